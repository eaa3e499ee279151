"""Lists that name units in titles, on tabs or in rows between people: nobody gets into a wrong one unseen."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, HEAD, Kinerja, workbook
from tests.cli.lists import ANNE, BOBBY, CHIT, HEADINGS, SURYA, book, line, told, units


def test_a_corrected_copy_comes_to_what_the_corrected_file_comes_to(begun: Kinerja, tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        ("DAFTAR PEGAWAI",),
        ("NO", "NAMA", "NIP", "PANGKAT", None, "JABATAN"),
        (None, None, None, "GOL", "TMT", None),
        ("DINAS SOSIAL",),
        (1, "Surya", HEAD, "IV/b", "01-04-2020", "Kepala"),
        ("B.", "BIDANG REHABILITASI"),
        (2, "Ani", None, "III/c", "01-04-2020", "Staf"),
        (None, "Jumlah", None, 2),
        ("DINAS PERHUBUNGAN",),
        (3, "Budi", BUDI, "III/a", "01-04-2020", "Staf"),
        (None, "Jumlah", None, 1),
    ]
    merged = ("D2:E2", "A2:A3", "B2:B3", "C2:C3", "A4:F4")
    given = book(tmp_path / "a.xlsx", {"SOSIAL": rows}, *merged)
    copy = tmp_path / "copy.xlsx"
    first = begun("staff", "import", given, "--problems", copy, "--format", "json")
    assert (first.code, first.data["rows"]) == (3, 3)

    opened = load_workbook(copy)
    front, page = opened.worksheets
    assert front["A2"].value == "Rows: 3; with errors: 1, with warnings or notes: 0, without a problem: 2"
    assert [page.cell(row, 1).value for row in (4, 6, 8, 9, 11)] == [None] * 5
    page["D7"] = ANI
    opened.save(copy)
    rows[6] = (2, "Ani", ANI, "III/c", "01-04-2020", "Staf")
    again = begun.json("staff", "import", copy, "--dry-run")
    right = begun.json("staff", "import", book(tmp_path / "a.xlsx", {"SOSIAL": rows}, *merged))
    for key in ("added", "rejected", "units_added", "rows"):
        assert again[key] == right[key]
    assert [one["layout"] for one in again["files"]] == [one["layout"] for one in right["files"]]
    assert [(one["code"], one["row"], one["message"]) for one in again["problems"]] == [
        (one["code"], one["row"], one["message"]) for one in right["problems"]
    ]
    assert units(begun) == {
        "Surya": "DINAS SOSIAL",
        "Ani": "DINAS SOSIAL › BIDANG REHABILITASI",
        "Budi": "DINAS PERHUBUNGAN",
    }
    assert begun.json("staff", "import", copy)["operation"] is None


def test_sheets_of_several_files_in_one_copy_are_called_as_in_their_files(begun: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    book(folder / "a.xlsx", {"SOSIAL": [HEADINGS, SURYA, line("12", "Ani")]})
    book(folder / "b.xlsx", {"MELATI": [HEADINGS, BOBBY]})
    copy = tmp_path / "copy.xlsx"
    assert begun("staff", "import", folder, "--problems", copy).code == 3
    opened = load_workbook(copy)
    opened["SOSIAL"]["D3"] = ANI
    opened.save(copy)
    found = begun.json("staff", "import", copy, "--problems", tmp_path / "second.xlsx")
    assert (found["added"], found["units_added"], told(found)) == (3, 0, [])
    assert begun.json("staff", "import", tmp_path / "second.xlsx")["unchanged"] == 3


def test_a_row_that_names_no_known_unit_is_marked_and_counts_as_nobody(begun: Kinerja, tmp_path: Path) -> None:
    given = workbook(tmp_path / "a.xlsx", [HEADINGS, ("DINAS SOSIAL",), SURYA, ("PUSTEKKOM KOTA",), ANNE])
    copy = tmp_path / "copy.xlsx"
    assert told(begun.json("staff", "import", given, "--problems", copy)) == [("section-unknown", 4)]
    opened = load_workbook(copy)
    front, page = opened.worksheets
    assert front["A2"].value == "Rows: 2; with errors: 0, with warnings or notes: 0, without a problem: 2"
    assert "PUSTEKKOM" in page["A4"].value
    page["B4"] = "UNIT KERJA : PUSTEKKOM KOTA"
    opened.save(copy)
    assert told(begun.json("staff", "import", copy)) == []
    assert units(begun) == {"Surya": "DINAS SOSIAL", "Ani": "PUSTEKKOM KOTA"}


def test_tables_under_each_other_have_the_unit_of_their_own_title(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("DINAS KESEHATAN",),
        HEADINGS,
        SURYA,
        ("Jumlah", 1),
        (None, None, None, None, "Kepala Dinas Kesehatan"),
        (None, None, None, None, "NIP. 196501011990031001"),
        (),
        ("DINAS SOSIAL",),
        (),
        HEADINGS,
        ANNE,
        (),
        ("DAFTAR PEGAWAI DINAS PERHUBUNGAN KOTA CONTOH",),
        ("TAHUN 2026",),
        HEADINGS,
        BOBBY,
        HEADINGS,
        CHIT,
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert told(found) == []
    assert units(begun) == {
        "Surya": "DINAS KESEHATAN",
        "Ani": "DINAS SOSIAL",
        "Budi": "DINAS PERHUBUNGAN",
        "Citra": "DINAS PERHUBUNGAN",
    }


def test_a_letterhead_over_a_second_table_changes_nothing(begun: Kinerja, tmp_path: Path) -> None:
    head = [("PEMERINTAH KOTA CONTOH",), ("BADAN KEPEGAWAIAN",), ("Jalan Merdeka 1 Telp. (061) 123456",)]
    rows = [*head, ("UNIT KERJA : DINAS SOSIAL",), HEADINGS, SURYA, (), *head, HEADINGS, ANNE]
    begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert units(begun) == {"Surya": "DINAS SOSIAL", "Ani": "DINAS SOSIAL"}


def test_an_unknown_title_over_a_second_table_gives_no_unit(begun: Kinerja, tmp_path: Path) -> None:
    rows = [("DINAS KESEHATAN",), HEADINGS, SURYA, (), ("PUSTEKKOM KOTA",), HEADINGS, ANNE]
    assert told(begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))) == [("section-unknown", 5)]
    assert units(begun) == {"Surya": "DINAS KESEHATAN", "Ani": None}


def test_nobody_is_left_in_the_unit_before_a_row_that_is_not_known(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ("DINAS KOMUNIKASI",),
        SURYA,
        ("PUSTEKKOM KOTA",),
        ANNE,
        ("BIDANG DATA",),
        BOBBY,
        ("DINAS SOSIAL",),
        CHIT,
    ]
    file = workbook(tmp_path / "a.xlsx", rows)
    ran = begun("staff", "import", file, "--format", "json")
    assert (ran.code, told(ran.data)) == (0, [("section-unknown", 4)])
    (problem,) = [one for one in ran.data["problems"] if one["code"] == "section-unknown"]
    assert "PUSTEKKOM KOTA" in problem["message"]
    assert "rows 5, 7" in problem["message"]
    assert "UNIT KERJA :" in problem["fix"]
    assert units(begun) == {"Surya": "DINAS KOMUNIKASI", "Ani": None, "Budi": None, "Citra": "DINAS SOSIAL"}
    # Once the store knows a unit of that name, its row counts.
    begun.json(
        "staff", "import", workbook(tmp_path / "b.xlsx", [("NIP", "NAMA", "UNOR"), (ANI, "Ani", "Pustekkom Kota")])
    )
    assert told(begun.json("staff", "import", file)) == []
    assert units(begun)["Ani"] == "Pustekkom Kota"


@pytest.mark.parametrize(
    ("row", "merged", "code"),
    [
        ((None, "Taman Bacaan"), ("B4:E4",), "section-unknown"),
        ((None, "TAMAN BACAAN"), (), "section-unknown"),
        (("Taman Bacaan",), (), "section-unknown"),
        (("C.", "Taman Bacaan"), (), "section-unknown"),
        (("GOLONGAN III",), (), None),
        ((None, None, None, None, "Contoh, 2 Januari 2026"), (), None),
        ((None, "Jumlah", None, 1), (), None),
    ],
)
def test_which_rows_look_like_units(
    begun: Kinerja, tmp_path: Path, row: tuple[object, ...], merged: tuple[str, ...], code: str | None
) -> None:
    file = book(tmp_path / "a.xlsx", {"S": [HEADINGS, ("DINAS SOSIAL",), SURYA, row, ANNE]}, *merged)
    found = begun("staff", "import", file, "--accept-valid", "--format", "json").data
    assert ("section-unknown" in dict(told(found))) == (code is not None)
    assert units(begun) == {"Surya": "DINAS SOSIAL", "Ani": None if code else "DINAS SOSIAL"}


def test_a_name_alone_in_a_list_of_names_is_no_unit(begun: Kinerja, tmp_path: Path) -> None:
    rows = [("DAFTAR PEGAWAI DINAS SOSIAL",), ("NIP", "NAMA"), (HEAD, "SURYA"), (None, "SRI WAHYUNI"), (ANI, "ANI")]
    ran = begun("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--accept-valid", "--format", "json")
    assert told(ran.data) == [("nip-missing", 4)]
    assert units(begun) == {"Surya": "DINAS SOSIAL", "Ani": "DINAS SOSIAL"}


def test_sections_numbered_or_labelled_in_cells_of_their_own(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ("I.", "DINAS SOSIAL", None, None, "(2 orang)"),
        SURYA,
        ("a", "Sekretariat"),
        ANNE,
        ("II", "DINAS KESEHATAN"),
        BOBBY,
        ("UNIT KERJA", ":", "Dinas Perhubungan"),
        CHIT,
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert (found["added"], found["rejected"], told(found)) == (4, 0, [])
    assert units(begun) == {
        "Surya": "DINAS SOSIAL",
        "Ani": "DINAS SOSIAL › Sekretariat",
        "Budi": "DINAS KESEHATAN",
        "Citra": "Dinas Perhubungan",
    }


def test_people_above_the_first_section_are_told(begun: Kinerja, tmp_path: Path) -> None:
    rows = [HEADINGS, SURYA, ("DINAS SOSIAL",), ANNE]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert told(found) == [("people-above-sections", 2)]


def test_rows_between_people_are_nobody_where_a_column_has_the_unit(begun: Kinerja, tmp_path: Path) -> None:
    headings = ("No", "Nama", "NIP", "Unor Nama")
    rows = [
        headings,
        ("I.", "DINAS SOSIAL"),
        (1, "Surya", HEAD, "Bidang Satu"),
        ("UNIT KERJA", ":", "Dinas Kesehatan"),
        (2, "Ani", ANI, "Bidang Dua"),
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert (found["added"], found["rejected"], told(found)) == (2, 0, [])
    assert units(begun) == {"Surya": "Bidang Satu", "Ani": "Bidang Dua"}


@pytest.mark.parametrize(
    ("titles", "unit"),
    [
        (["PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN", "Jalan Merdeka 1 Telp. (061) 12345", "DAFTAR PNS"], None),
        (["BADAN KEPEGAWAIAN", "Jl. Merdeka 1, bkd@contoh.test", "DAFTAR PNS"], None),
        (["PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN", "DAFTAR PEGAWAI DINAS SOSIAL"], "DINAS SOSIAL"),
        (["PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN", "DAFTAR PEGAWAI", "DINAS SOSIAL"], "DINAS SOSIAL"),
        (["PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN", "OPD : DINAS SOSIAL"], "DINAS SOSIAL"),
        (["LAMPIRAN SURAT KEPALA BADAN KEPEGAWAIAN", "DAFTAR PNS"], None),
        (["DINAS SOSIAL"], "DINAS SOSIAL"),
        (["UNIT KERJA : DINAS KESEHATAN TAHUN 2026"], "DINAS KESEHATAN"),
        (["SKPD : KECAMATAN CONTOH KOTA            BULAN : JANUARI 2026"], "KECAMATAN CONTOH KOTA"),
        (["UNIT KERJA : DINAS SOSIAL KOTA CONTOH PER 31 DESEMBER 2025"], "DINAS SOSIAL KOTA CONTOH"),
    ],
)
def test_what_titles_say_of_the_unit(begun: Kinerja, tmp_path: Path, titles: list[str], unit: str | None) -> None:
    rows = [*([title] for title in titles), [], HEADINGS, SURYA]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert (found["files"][0]["unit"], units(begun)) == (unit, {"Surya": unit})


def test_a_letterhead_moves_nobody_and_is_told(agency: Kinerja, tmp_path: Path) -> None:
    rows = [["PEMERINTAH KOTA CONTOH"], ["BADAN KEPEGAWAIAN"], ["Jl. Merdeka 1"], ["DAFTAR PNS"], HEADINGS, ANNE]
    before = units(agency)
    found = agency.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert (told(found), found["moved"]) == ([("letterhead-no-unit", None)], [])
    assert units(agency) == before


def test_a_tab_is_a_unit_only_where_something_says_so(agency: Kinerja, tmp_path: Path) -> None:
    sheets = {
        "DINKES": [HEADINGS, SURYA],
        "Pensiun": [HEADINGS, ANNE],
        "Sheet3": [HEADINGS, BOBBY],
        "Bidang Pelayanan": [HEADINGS, CHIT],
    }
    before = units(agency)
    found = agency.json("staff", "import", book(tmp_path / "a.xlsx", sheets))
    assert [one["unit"] for one in found["files"]] == ["DINAS KESEHATAN", None, None, "BIDANG PELAYANAN"]
    assert [(one["code"], one["sheet"]) for one in found["problems"]] == [
        ("tab-no-unit", "Pensiun"),
        ("tab-no-unit", "Sheet3"),
    ]
    assert (units(agency), found["units_added"]) == (before, 0)


def test_tabs_that_all_may_be_units_are(begun: Kinerja, tmp_path: Path) -> None:
    found = begun.json(
        "staff", "import", book(tmp_path / "a.xlsx", {"Melati": [HEADINGS, SURYA], "Mawar": [HEADINGS, ANNE]})
    )
    assert (units(begun), told(found)) == ({"Surya": "Melati", "Ani": "Mawar"}, [])


def test_sheets_called_as_programs_call_them_are_no_matter(begun: Kinerja, tmp_path: Path) -> None:
    found = begun.json(
        "staff", "import", book(tmp_path / "a.xlsx", {"Sheet1": [HEADINGS, SURYA], "Sheet2": [HEADINGS, ANNE]})
    )
    assert (units(begun), told(found)) == ({"Surya": None, "Ani": None}, [])
