"""Units of lists where rows are refused, lists stand side by side, or people bear the names of units."""

from pathlib import Path

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, workbook
from tests.cli.lists import told, units


def test_marks_repeat_the_row_above_though_that_row_is_refused(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "UNIT KERJA"),
        (HEAD, "Surya", "Dinas Sosial"),
        ("1992", "Ani", "Dinas Kesehatan"),
        (BUDI, "Budi", '"'),
        (CITRA, "Citra", "=B1&C1"),
    ]
    ran = begun("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--accept-valid", "--format", "json")
    assert ran.code == 7, ran.err
    assert units(begun) == {"Surya": "Dinas Sosial", "Budi": "Dinas Kesehatan"}


def test_marks_below_a_cell_that_cannot_be_read_repeat_nothing(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "UNIT KERJA"),
        (HEAD, "Surya", "Dinas Sosial"),
        (ANI, "Ani", "=B1&C1"),
        (BUDI, "Budi", "sda"),
    ]
    ran = begun("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--accept-valid", "--format", "json")
    assert ran.code == 7, ran.err
    assert units(begun) == {"Surya": "Dinas Sosial", "Budi": None}
    assert ("unit-missing", 4) in told(ran.data)


def test_people_called_as_units_are_for_short_are_people(begun: Kinerja, tmp_path: Path) -> None:
    unit = "Seksi Analisis Rencana Investasi"
    begun.json("staff", "import", workbook(tmp_path / "a.xlsx", [("NIP", "NAMA", "UNIT"), (HEAD, "Surya", unit)]))
    rows = [
        ("No", "Nama", "NIP"),
        ("DINAS SOSIAL",),
        (1, "Ani", ANI),
        (2, "Sari", None),
        (3, "Budi", BUDI),
        (None, "Sari", None),
        (4, "Citra", CITRA),
    ]
    ran = begun("staff", "import", workbook(tmp_path / "b.xlsx", rows), "--accept-valid", "--format", "json")
    assert ran.code == 7, ran.err
    assert [(one["code"], one["row"]) for one in ran.data["problems"] if one["severity"] == "error"] == [
        ("nip-missing", 4),
        ("nip-missing", 6),
    ]
    assert {name: path for name, path in units(begun).items() if name != "Surya"} == {
        "Ani": "DINAS SOSIAL",
        "Budi": "DINAS SOSIAL",
        "Citra": "DINAS SOSIAL",
    }


def test_lists_side_by_side_have_the_titles_over_them(begun: Kinerja, tmp_path: Path) -> None:
    heads = ("NO", "NAMA", "NIP", None, "NO", "NAMA", "NIP")
    left, right = (1, "Surya", HEAD), (1, "Ani", ANI)
    both = [
        ("DAFTAR PEGAWAI DINAS SOSIAL", None, None, None, "DAFTAR PEGAWAI DINAS KESEHATAN"),
        heads,
        (*left, None, *right),
    ]
    begun.json("staff", "import", workbook(tmp_path / "a.xlsx", both))
    assert units(begun) == {"Surya": "DINAS SOSIAL", "Ani": "DINAS KESEHATAN"}
    one = [("DAFTAR PEGAWAI DINAS PERHUBUNGAN",), heads, ((1, "Budi", BUDI)[0], "Budi", BUDI, None, 2, "Citra", CITRA)]
    begun.json("staff", "import", workbook(tmp_path / "b.xlsx", one))
    assert {units(begun)["Budi"], units(begun)["Citra"]} == {"DINAS PERHUBUNGAN"}


def test_sections_count_between_lists_side_by_side(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NO", "NAMA", "NIP", None, "NO", "NAMA", "NIP"),
        ("DINAS SOSIAL", None, None, None, "DINAS KESEHATAN"),
        (1, "Surya", HEAD, None, 1, "Ani", ANI),
        ("DINAS PERHUBUNGAN",),
        (2, "Budi", BUDI, None, 2, "Citra", CITRA),
    ]
    copy = tmp_path / "copy.xlsx"
    begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--problems", copy)
    wanted = {
        "Surya": "DINAS SOSIAL",
        "Ani": "DINAS KESEHATAN",
        "Budi": "DINAS PERHUBUNGAN",
        "Citra": "DINAS KESEHATAN",
    }
    assert units(begun) == wanted
    again = begun.json("staff", "import", copy)
    assert (again["rows"], again["operation"]) == (4, None)


def test_a_list_of_unit_ratings_with_numbers_loses_no_unit(agency: Kinerja, tmp_path: Path) -> None:
    assert agency("period", "open", "2026-Q1").code == 0
    known = [one["unit"] for one in agency.json("unit", "list")]
    rows = [("No", "Nama Unit", "Predikat Organisasi"), *((at, name, "") for at, name in enumerate(known, 1))]
    ran = agency(
        "unit", "rate", "2026-Q1", "--from", workbook(tmp_path / "a.xlsx", rows), "--dry-run", "--format", "json"
    )
    assert (ran.data["blank"], ran.data["rejected"]) == (len(known), 0)
