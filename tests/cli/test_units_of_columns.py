"""Lists with columns for the unit: merged, blank and repeating cells, parents beside units; and sheets left alone."""

from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]  # has no stubs
from openpyxl import load_workbook

from kinerja_cli.workbooks import sources
from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, REKAP, Kinerja, recap, roster, workbook
from tests.cli.lists import ANNE, HEADINGS, SURYA, book, told, units


@pytest.mark.parametrize("above", ["OPD", "SKPD", "Perangkat Daerah", "Unit Induk"])
def test_a_column_of_the_opd_is_the_parent_of_the_unit(begun: Kinerja, tmp_path: Path, above: str) -> None:
    rows = [
        ("NIP", "NAMA", above, "UNIT KERJA"),
        (HEAD, "Surya", "Dinas Kesehatan", None),
        (ANI, "Ani", "Dinas Kesehatan", "Tata Usaha"),
        (BUDI, "Budi", "RSUD", "Tata Usaha"),
    ]
    file = workbook(tmp_path / "a.xlsx", rows)
    begun.json("staff", "import", file)
    assert units(begun) == {
        "Surya": "Dinas Kesehatan",
        "Ani": "Dinas Kesehatan › Tata Usaha",
        "Budi": "RSUD › Tata Usaha",
    }
    # A blank unit beside the OPD takes nobody out of a unit below it, but out of any other.
    rows[2:] = [(ANI, "Ani", "Dinas Kesehatan", None), (BUDI, "Budi", "Dinas Kesehatan", None)]
    begun.json("staff", "import", workbook(tmp_path / "b.xlsx", rows))
    assert units(begun)["Ani"] == "Dinas Kesehatan › Tata Usaha"
    assert units(begun)["Budi"] == "Dinas Kesehatan"


def test_an_opd_alone_is_the_unit(begun: Kinerja, tmp_path: Path) -> None:
    begun.json(
        "staff", "import", workbook(tmp_path / "a.xlsx", [("NIP", "NAMA", "OPD"), (HEAD, "Surya", "Dinas Sosial")])
    )
    assert units(begun) == {"Surya": "Dinas Sosial"}


def test_a_unit_merged_down_is_everybodys_and_a_blank_one_takes_nothing_away(begun: Kinerja, tmp_path: Path) -> None:
    headings = ("No", "Nama", "NIP", "Unit Kerja")
    rows = [headings, (1, "Surya", HEAD, "Dinas Sosial"), (2, "Ani", ANI), (), (3, "Budi", BUDI, "Dinas Kesehatan")]
    found = begun.json("staff", "import", book(tmp_path / "a.xlsx", {"S": rows}, "D2:D4"))
    assert (units(begun), told(found)) == (
        {"Surya": "Dinas Sosial", "Ani": "Dinas Sosial", "Budi": "Dinas Kesehatan"},
        [],
    )
    blank = workbook(tmp_path / "b.xlsx", [headings, (1, "Ani", ANI, None), (2, "Citra", CITRA, None)])
    found = begun.json("staff", "import", blank)
    assert (told(found), found["changed"]) == ([("unit-missing", 2), ("unit-missing", 3)], 0)
    assert units(begun)["Ani"] == "Dinas Sosial"


def test_a_unit_merged_down_in_other_kinds_of_files(begun: Kinerja, tmp_path: Path) -> None:
    old = xlwt.Workbook()
    page = old.add_sheet("S")
    for at, row in enumerate([("NAMA", "NIP", "UNIT KERJA"), ("Surya", HEAD), ("Ani", ANI)]):
        for column, text in enumerate(row):
            page.write(at, column, text)
    page.write_merge(1, 2, 2, 2, "Dinas Sosial")
    old.save(str(tmp_path / "a.xls"))
    rows = f"<td>{BUDI}<td rowspan=2>Dinas Kesehatan<tr><td>Citra<td>{CITRA}"
    page_of_web = f"<p>Daftar</p><table><tr><th>NAMA<th>NIP<th>UNIT KERJA<tr><td>Budi{rows}</table>"
    (tmp_path / "b.xls").write_text(page_of_web, encoding="utf-8")
    begun.json("staff", "import", tmp_path / "a.xls", tmp_path / "b.xls")
    assert units(begun) == {
        "Surya": "Dinas Sosial",
        "Ani": "Dinas Sosial",
        "Budi": "Dinas Kesehatan",
        "Citra": "Dinas Kesehatan",
    }


def test_a_unit_merged_down_in_a_large_file(begun: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LEAN_FROM", 1)
    rows = [("NAMA", "NIP", "Agama", "UNIT KERJA"), ("Surya", HEAD, "-", "Dinas Sosial"), ("Ani", ANI, "-")]
    begun.json("staff", "import", book(tmp_path / "a.xlsx", {"S": rows}, "D2:D3"))
    assert units(begun) == {"Surya": "Dinas Sosial", "Ani": "Dinas Sosial"}


def test_marks_that_repeat_the_unit_above_are_no_units(begun: Kinerja, tmp_path: Path) -> None:
    marks = ['"', "''", "sda", "s.d.a.", "Idem", '-"-', 0, "〃"]
    nips = [f"19850115201001{number:04}" for number in range(1001, 1001 + len(marks))]
    rows = [
        ("NIP", "NAMA", "UNIT KERJA", "OPD"),
        (CITRA, "Citra", "sda", "sda"),
        (HEAD, "Surya", "Bidang Satu", "Dinas Sosial"),
        *((nip, f"Orang{at}", mark, "Dinas Sosial") for at, (nip, mark) in enumerate(zip(nips, marks, strict=True))),
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert {path for name, path in units(begun).items() if name != "Citra"} == {"Dinas Sosial › Bidang Satu"}
    assert units(begun)["Citra"] is None
    assert found["units_added"] == 2
    assert [(one["code"], one["column"]) for one in found["problems"] if one["code"].startswith("unit-")] == [
        ("unit-as-above", "C"),
        ("unit-as-above", "D"),
        ("unit-zero", "C"),
        ("unit-missing", "C"),
    ]


def test_a_group_of_units_by_echelon_is_parent_and_unit(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NO", "NAMA", "NIP", "UNIT KERJA", None, "GOL"),
        (None, None, None, "ESELON II", "ESELON III", None),
        (1, "Ani", ANI, "Dinas Sosial", "Bidang Satu", "III/a"),
        (2, "Surya", HEAD, "Dinas Sosial", None, "IV/b"),
    ]
    begun.json("staff", "import", book(tmp_path / "a.xlsx", {"S": rows}, "D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2"))
    assert units(begun) == {"Ani": "Dinas Sosial › Bidang Satu", "Surya": "Dinas Sosial"}


@pytest.mark.parametrize("heading", ["TEMPAT", "tempat", "DATA KERJA TEMPAT"])
def test_a_heading_under_a_group_is_mapped_by_its_own_text(begun: Kinerja, tmp_path: Path, heading: str) -> None:
    rows = [
        ("NO", "NAMA", "NIP", "DATA KERJA", None),
        (None, None, None, "TEMPAT", "GOL"),
        (1, "Ani", ANI, "Dinas Sosial", "III/a"),
    ]
    file = book(tmp_path / "a.xlsx", {"S": rows}, "D1:E1")
    begun.json("staff", "import", file, "--map", f"unit={heading}")
    assert units(begun) == {"Ani": "Dinas Sosial"}
    assert begun("staff", "import", file, "--map", "unit=TEMPATNYA").code == 3


def test_sheets_left_alone_are_named_in_json(begun: Kinerja, tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[object, ...]]] = {
        "DINAS SOSIAL": [HEADINGS, SURYA],
        "Honorer": [("No", "Nama", "Jabatan"), (1, "Si Honorer", "Sopir")],
        "Rekap": [("Unit", "Jumlah"), ("DINAS SOSIAL", 1)],
        "Lama": [HEADINGS, ANNE],
        "Kosong": [],
    }
    file = book(tmp_path / "a.xlsx", sheets, hidden="Lama")
    found = begun.json("staff", "import", file)
    assert found["ignored_sheets"] == [
        {"file": "a.xlsx", "sheet": "Honorer", "reason": "its headings lack NIP"},
        {"file": "a.xlsx", "sheet": "Rekap", "reason": "it has no heading row"},
        {"file": "a.xlsx", "sheet": "Lama", "reason": "the sheet is hidden"},
        {"file": "a.xlsx", "sheet": "Kosong", "reason": "the sheet is empty"},
    ]


def test_sheets_left_alone_by_ratings_are_named_in_json(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    file = recap(tmp_path / "rekap.xlsx", [(ANI, "ANI LESTARI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")])
    opened = load_workbook(file)
    opened.create_sheet("Catatan").append(["Dikirim lewat surel"])
    opened.create_sheet("Tanpa NIP").append([one for one in REKAP if one != "NIP"])
    opened.save(file)
    left = [("Catatan", "it has no heading row"), ("Tanpa NIP", "its headings lack NIP")]
    found = agency.json("score", "import", file)
    assert [(one["sheet"], one["reason"]) for one in found["ignored_sheets"]] == left
    compared = agency("reconcile", file, "--format", "json")
    assert [(one["sheet"], one["message"]) for one in compared.data if one["code"] == "sheet-left-alone"] == [
        (sheet, f"The sheet was not read: {reason}.") for sheet, reason in left
    ]


def test_a_roster_without_any_unit_keeps_what_is_known(agency: Kinerja, tmp_path: Path) -> None:
    before = units(agency)
    found = agency.json(
        "staff", "import", roster(tmp_path / "a.xlsx", [row[:2] for row in PEOPLE], headings=("NIP", "NAMA"))
    )
    assert (found["changed"], units(agency)) == (0, before)
