"""Rating workbooks out and back: written for each unit, filled in as a unit would, and taken in again."""

import random
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja, roster, workbook

QUARTER = "2026-Q1"
ABOVE, MEETS, BELOW = "Diatas Ekspektasi", "Sesuai Ekspektasi", "Dibawah Ekspektasi"
WORDS = {ABOVE: "diatas", MEETS: "sesuai", BELOW: "dibawah", None: None}
HASIL, PERILAKU, NOTE = "Rating Hasil Kerja", "Rating Perilaku Kerja", "Catatan"
STRANGER = "198001012005011009"


class Form:
    """The sheet of a rating workbook as somebody who fills it in sees it: cells by person and heading."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.header = next(row for row in range(1, 12) if page.cell(row, 2).value == "NIP")
        texts = [page.cell(self.header, column).value for column in range(1, page.max_column + 1)]
        self.columns = {str(text): column for column, text in enumerate(texts, 1)}

    def row(self, nip: str) -> int:
        """The row of a person."""
        return next(n for n in range(self.header + 1, self.page.max_row + 1) if self.page.cell(n, 2).value == nip)

    def get(self, nip: str, heading: str) -> object:
        """What stands in a cell."""
        return self.page.cell(self.row(nip), self.columns[heading]).value

    def put(self, nip: str, heading: str, value: str | float | None) -> None:
        """Type something into a cell."""
        # `cell(…, value=None)` would leave the cell as it is.
        self.page.cell(self.row(nip), self.columns[heading]).value = value

    def rate(self, nip: str, hasil: str | None, perilaku: str | None) -> None:
        """Choose both ratings from their lists."""
        self.put(nip, HASIL, hasil)
        self.put(nip, PERILAKU, perilaku)


@contextmanager
def editing(path: Path, to: Path | None = None) -> Iterator[Form]:
    """Open a workbook, let it be filled in, and save it."""
    book = load_workbook(path)
    yield Form(book["Penilaian"])
    book.save(to or path)


@contextmanager
def whole(path: Path) -> Iterator[Workbook]:
    """Open a workbook with all its sheets, and save it."""
    book = load_workbook(path)
    yield book
    book.save(path)


def sent(kinerja: Kinerja, *options: str, folder: str = "lembar") -> dict[str, Path]:
    """Write the sheets of the quarter; the files by unit code."""
    to = kinerja.folder / folder
    done = kinerja.json("score", "sheets", QUARTER, "-o", to, *options)
    return {one["unit_code"]: to / one["file"] for one in done["files"]}


def rated(kinerja: Kinerja) -> dict[str, tuple[str | None, str | None]]:
    """Everybody's two ratings."""
    return {row["nip"]: (row["hasil"], row["perilaku"]) for row in kinerja.json("score", "list", QUARTER)}


def codes(found: dict[str, Any]) -> list[tuple[str, str]]:
    """What an import told, by severity and code."""
    return [(one["severity"], one["code"]) for one in found["problems"]]


@pytest.fixture
def open_quarter(agency: Kinerja) -> Kinerja:
    """A small agency with its first quarter open."""
    agency.json("period", "open", QUARTER)
    return agency


@pytest.fixture
def bidang(open_quarter: Kinerja) -> Path:
    """The sheet of the bidang: Ani, Budi and Citra."""
    return sent(open_quarter)["U2"]


def record(kinerja: Kinerja, nip: str, hasil: str, perilaku: str, *options: str) -> None:
    """Record a rating by hand."""
    kinerja.json("score", "record", nip, QUARTER, "--hasil", hasil, "--perilaku", perilaku, *options)


# What goes out


def test_there_is_one_workbook_for_each_unit_with_people(open_quarter: Kinerja) -> None:
    record(open_quarter, BUDI, "sesuai", "diatas", "--note", "Rajin")
    folder = open_quarter.folder / "a" / "lembar"
    done = open_quarter.json("score", "sheets", QUARTER, "-o", folder)
    assert done == {
        "period": QUARTER,
        "folder": str(folder),
        "dry_run": False,
        "people": 4,
        "rated": 1,
        "files": [
            {"unit_code": "U1", "unit": "DINAS KESEHATAN", "file": "2026-Q1_dinas-kesehatan_u1.xlsx"}
            | {"people": 1, "rated": 0},
            {"unit_code": "U2", "unit": "BIDANG PELAYANAN", "file": "2026-Q1_bidang-pelayanan_u2.xlsx"}
            | {"people": 3, "rated": 1},
        ],
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == sorted(one["file"] for one in done["files"])
    form = Form(load_workbook(folder / "2026-Q1_bidang-pelayanan_u2.xlsx")["Penilaian"])
    assert (form.get(BUDI, HASIL), form.get(BUDI, PERILAKU), form.get(BUDI, NOTE)) == (MEETS, ABOVE, "Rajin")
    assert (form.get(ANI, HASIL), form.get(ANI, PERILAKU), form.get(ANI, NOTE)) == (None, None, None)


def test_a_sheet_says_in_indonesian_what_to_do_until_when(bidang: Path) -> None:
    book = load_workbook(bidang)
    assert book.sheetnames == ["Penilaian", "Petunjuk", "_pilihan", "_kinerja"]
    assert [page.sheet_state for page in book] == ["visible", "visible", "hidden", "hidden"]
    top = [str(book["Penilaian"].cell(row, 1).value) for row in range(1, 6)]
    assert top[:3] == [
        "Penilaian Kinerja Pegawai",
        "Kota Contoh › DINAS KESEHATAN › BIDANG PELAYANAN",
        "Periode: Triwulan I Tahun 2026",
    ]
    assert "kuning" in top[3]
    assert "14 April 2026" in top[4]
    subjects = [row[0] for row in book["Petunjuk"].iter_rows(values_only=True)]
    assert {"Rating Hasil Kerja", "Belum dapat dinilai", "Mengirim kembali"} <= set(subjects)


def test_names_are_locked_and_entry_cells_open_with_lists(bidang: Path) -> None:
    page = load_workbook(bidang)["Penilaian"]
    form = Form(page)
    assert list(form.columns) == ["No", "NIP", "Nama", "Jabatan", HASIL, PERILAKU, NOTE, "Kunci Baris", "Segel Baris"]
    row = form.row(BUDI)
    open_cells = {name for name, column in form.columns.items() if not page.cell(row, column).protection.locked}
    assert open_cells == {HASIL, PERILAKU, NOTE}
    fills = {page.cell(row, form.columns[name]).fill.start_color.rgb for name in open_cells}
    assert fills == {"00FFF7D6"}
    assert page.protection.sheet
    assert page.protection.password is None
    guard = page.protection
    assert [guard.autoFilter, guard.sort, guard.formatColumns] == [False] * 3
    assert page.cell(row, 2).number_format == "@"
    assert [page.column_dimensions[letter].hidden for letter in "GHI"] == [False, True, True]
    (rule,) = page.data_validations.dataValidation[1:2]
    assert rule.formula1 == "'_pilihan'!$A$1:$A$3"
    assert (page.freeze_panes, page.print_title_rows) == ("D8", "$7:$7")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToWidth) == ("landscape", 14, 1)
    assert page.oddFooter is not None
    assert page.oddFooter.right.text == "Halaman &P dari &N"


def test_the_paper_can_be_a4(open_quarter: Kinerja) -> None:
    page = load_workbook(sent(open_quarter, "--paper", "a4")["U1"])["Penilaian"]
    assert page.page_setup.paperSize == 9


def test_a_unit_stands_for_those_below_it_and_a_dry_run_writes_nothing(open_quarter: Kinerja) -> None:
    folder = open_quarter.folder / "x"
    done = open_quarter.json("score", "sheets", QUARTER, "-o", folder, "--unit", "u2", "--dry-run")
    assert [one["unit_code"] for one in done["files"]] == ["U2"]
    assert done["dry_run"]
    assert not folder.exists()
    ran = open_quarter("score", "sheets", QUARTER, "-o", folder, "--unit", "U9")
    assert (ran.code, "unit-unknown" in ran.err) == (4, True)


def test_the_period_before_stands_there_to_compare_with(open_quarter: Kinerja) -> None:
    record(open_quarter, BUDI, "diatas", "diatas")
    open_quarter.json("period", "close", QUARTER, "--allow-unrated")
    open_quarter.json("period", "open", "2026-Q2")
    open_quarter.json("score", "sheets", "2026-Q2", "-o", open_quarter.folder / "q2")
    form = Form(load_workbook(open_quarter.folder / "q2" / "2026-Q2_bidang-pelayanan_u2.xlsx")["Penilaian"])
    heading = "Predikat Triwulan I Tahun 2026"
    assert (form.get(BUDI, heading), form.get(ANI, heading)) == ("Sangat Baik", "–")


@pytest.mark.parametrize(
    ("period", "code", "exit_code"), [("2026-Q3", "period-unknown", 4), ("2026-Q1", "period-closed", 5)]
)
def test_sheets_are_only_written_for_an_open_period(
    open_quarter: Kinerja, period: str, code: str, exit_code: int
) -> None:
    open_quarter.json("period", "close", QUARTER, "--allow-unrated")
    ran = open_quarter("score", "sheets", period, "-o", open_quarter.folder / "x")
    assert (ran.code, code in ran.err) == (exit_code, True)


def test_file_names_are_safe_and_each_unit_has_its_own(kinerja: Kinerja) -> None:
    units = [("X/1", "SEKRETARIAT", "U1"), ("X-1", "SEKRETARIAT", "U1"), ("../..", "日本", ""), ("U1", "A" * 90, "")]
    people = [
        (f"19850{n}152010012001", f"ORANG {n}", "F", "", "", "STAF", "", code, name, parent, "Aktif")
        for n, (code, name, parent) in enumerate([*units, ("", "", "")], 1)
    ]
    kinerja.begin(people)
    kinerja.json("period", "open", QUARTER)
    names = [path.name for path in sent(kinerja).values()]
    assert len({name.casefold() for name in names}) == len(names) == 5
    assert all(name.startswith("2026-Q1_") and len(name) < 160 for name in names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.Q") for name in names)
    assert "2026-Q1_tanpa-unit.xlsx" in names
    assert names == [path.name for path in sent(kinerja, folder="again").values()]


def test_writing_again_never_destroys_entries_that_are_nowhere_else(open_quarter: Kinerja) -> None:
    path = sent(open_quarter)["U2"]
    with editing(path) as form:
        form.rate(BUDI, ABOVE, MEETS)
    before = path.read_bytes()
    ran = open_quarter("score", "sheets", QUARTER, "-o", path.parent)
    assert (ran.code, "sheets-filled-in" in ran.err, path.name in ran.err) == (5, True, True)
    assert path.read_bytes() == before
    open_quarter.json("score", "import", path.parent)
    assert Form(load_workbook(sent(open_quarter)["U2"])["Penilaian"]).get(BUDI, HASIL) == ABOVE
    path.write_bytes(b"something else")
    assert open_quarter("score", "sheets", QUARTER, "-o", path.parent).code == 5


def test_a_file_is_no_folder(open_quarter: Kinerja) -> None:
    ran = open_quarter("score", "sheets", QUARTER, "-o", open_quarter.folder / "roster.xlsx")
    assert (ran.code, "folder-unusable" in ran.err) == (2, True)


# What comes back


def test_everybody_filled_in_is_recorded_and_the_second_time_unchanged(open_quarter: Kinerja) -> None:
    files = sent(open_quarter)
    with editing(files["U1"]) as form:
        form.rate(HEAD, MEETS, MEETS)
    with editing(files["U2"]) as form:
        for nip in (ANI, BUDI, CITRA):
            form.rate(nip, ABOVE, ABOVE)
        form.put(CITRA, NOTE, "Baru pindah")
    found = open_quarter.json("score", "import", files["U1"].parent)
    assert {key: found[key] for key in ("period", "rows", "recorded", "changed", "rejected", "left")} == {
        "period": QUARTER,
        "rows": 4,
        "recorded": 4,
        "changed": 0,
        "rejected": 0,
        "left": 0,
    }
    assert found["problems"] == []
    assert [(one["layout"], one["unit_code"], one["unit"]) for one in found["files"]] == [
        ("kinerja_sheet", "U2", "BIDANG PELAYANAN"),
        ("kinerja_sheet", "U1", "DINAS KESEHATAN"),
    ]
    assert rated(open_quarter) == {HEAD: ("sesuai", "sesuai")} | dict.fromkeys((ANI, BUDI, CITRA), ("diatas", "diatas"))
    assert open_quarter.json("score", "show", CITRA, QUARTER)["note"] == "Baru pindah"
    before = open_quarter.snapshot()
    again = open_quarter.json("score", "import", files["U1"].parent)
    assert (again["operation"], again["unchanged"], again["recorded"]) == (None, 4, 0)
    assert open_quarter.snapshot() == before


def test_untouched_sheets_come_back_with_nothing_to_do(open_quarter: Kinerja) -> None:
    record(open_quarter, BUDI, "sesuai", "sesuai", "--note", "=1+1\nbaris dua")
    folder = sent(open_quarter)["U1"].parent
    ran = open_quarter("score", "import", folder)
    assert (ran.code, ran.err) == (0, "Everything was recorded already; nothing was written.\n")


def test_a_locked_cell_that_was_changed_is_told_with_both_values(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.put(BUDI, "Nama", "BUDIMAN")
        form.put(BUDI, "Jabatan", None)
    found = open_quarter.json("score", "import", bidang)
    assert codes(found) == [("warning", "locked-changed")] * 2
    assert [one["field"] for one in found["problems"]] == ["name", "position"]
    assert "“BUDIMAN”" in found["problems"][0]["message"]
    assert "“BUDI”" in found["problems"][0]["message"]
    assert (found["problems"][0]["row"], found["problems"][0]["column"]) == (9, "C")
    assert rated(open_quarter)[BUDI] == ("sesuai", "sesuai")


def test_a_name_changed_on_the_roster_since_is_no_change_of_the_sheet(open_quarter: Kinerja, bidang: Path) -> None:
    people = [(*one[:1], "JOKO PURNOMO", *one[2:]) if one[0] == BUDI else one for one in PEOPLE]
    open_quarter.json("staff", "import", roster(open_quarter.folder / "new.xlsx", people))
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
    assert open_quarter.json("score", "import", bidang)["problems"] == []
    with editing(bidang) as form:
        form.put(BUDI, "Nama", "JOKO PURNOMO")
    assert open_quarter.json("score", "import", bidang)["problems"] == []


def test_a_nip_that_was_changed_is_an_error_that_names_whose_row_it_was(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        form.rate(ANI, MEETS, MEETS)
        form.rate(BUDI, MEETS, MEETS)
        form.put(BUDI, "NIP", HEAD)
    before = open_quarter.snapshot()
    ran = open_quarter("score", "import", bidang, "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "rows-rejected")
    (problem,) = [one for one in ran.data["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["row"], problem["column"]) == ("nip-changed", 9, "B")
    assert f"BUDI (NIP {BUDI})" in problem["message"]
    assert open_quarter.snapshot() == before
    ran = open_quarter("score", "import", bidang, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["recorded"], ran.data["rejected"]) == (7, 1, 1)
    assert rated(open_quarter) == {ANI: ("sesuai", "sesuai")} | dict.fromkeys((HEAD, BUDI, CITRA), (None, None))


def test_a_damaged_nip_is_told_as_everywhere(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.put(BUDI, "NIP", int(BUDI))
    ran = open_quarter("score", "import", bidang, "--format", "json")
    assert ran.code == 3
    assert [code for _, code in codes(ran.data)] == ["nip-numeric"]


def test_rows_pasted_in_are_taken_with_a_warning_and_strangers_are_not(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        last = form.page.max_row
        for number, nip in enumerate((HEAD, STRANGER), 1):
            for heading, value in (("NIP", nip), ("Nama", "SURYA"), (HASIL, MEETS), (PERILAKU, MEETS)):
                form.page.cell(last + number, form.columns[heading]).value = value
        form.put(BUDI, "Kunci Baris", None)
    ran = open_quarter("score", "import", bidang, "--accept-valid", "--format", "json")
    assert ran.code == 7
    assert [(one["code"], one["row"]) for one in ran.data["problems"]] == [
        ("row-pasted", 9),
        ("row-pasted", 11),
        ("nip-unknown", 12),
    ]
    assert rated(open_quarter)[HEAD] == ("sesuai", "sesuai")


def test_the_row_of_another_sheet_is_a_pasted_row(open_quarter: Kinerja) -> None:
    files = sent(open_quarter)
    with editing(files["U1"]) as form:
        form.rate(HEAD, ABOVE, ABOVE)
    source = Form(load_workbook(files["U1"])["Penilaian"])
    with editing(files["U2"]) as form:
        for column in form.columns.values():
            form.page.cell(form.page.max_row + (column == 1), column).value = source.page.cell(8, column).value
    found = open_quarter.json("score", "import", files["U2"])
    assert codes(found) == [("warning", "row-pasted")]
    assert rated(open_quarter)[HEAD] == ("diatas", "diatas")


@pytest.mark.parametrize("how", ["deleted", "emptied", "all"])
def test_rows_taken_out_are_noted_by_name(open_quarter: Kinerja, bidang: Path, how: str) -> None:
    with editing(bidang) as form:
        if how == "emptied":
            for heading in ("Nama", "Jabatan", "NIP"):
                form.put(BUDI, heading, None)
        else:
            form.page.delete_rows(*((form.header + 1, 3) if how == "all" else (form.row(BUDI), 1)))
    found = open_quarter.json("score", "import", bidang)
    (message,) = [one["message"] for one in found["problems"] if one["code"] == "rows-gone"]
    assert message.endswith("(3)." if how == "all" else "(1).")
    assert "BUDI" in message
    assert ("CITRA DEWI" in message) == (how == "all")
    assert found["rows"] == (0 if how == "all" else 2)


def test_a_sheet_of_another_agency_is_an_error(
    open_quarter: Kinerja, bidang: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Kinerja(capsys, tmp_path / "other")
    other.json("init", "--agency", "Kota Contoh")
    other.json("staff", "import", roster(tmp_path / "roster.xlsx"))
    other.json("period", "open", QUARTER)
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
    ran = other("score", "import", bidang, "--format", "json")
    assert ran.code == 3
    assert [(one["code"], one["sheet"], one["row"]) for one in ran.data["problems"]] == [
        ("agency-other", "Penilaian", None)
    ]
    assert ran.data["rejected"] == 3


def test_last_quarters_sheet_is_told_even_under_a_new_title(open_quarter: Kinerja, bidang: Path) -> None:
    open_quarter.json("period", "open", "2026-Q2")
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
    ran = open_quarter("score", "import", bidang, "--period", "2026-Q2", "--format", "json")
    assert (ran.code, codes(ran.data)) == (3, [("error", "period-other")])
    with whole(bidang) as book:
        book["Penilaian"]["A3"] = "Periode: Triwulan II Tahun 2026"
    ran = open_quarter("score", "import", bidang, "--format", "json")
    assert (ran.code, codes(ran.data)) == (3, [("error", "period-retitled")])
    with whole(bidang) as book:
        book["Penilaian"]["A3"] = None
    assert open_quarter.json("score", "import", bidang)["recorded"] == 1


def test_two_copies_that_disagree_name_each_other(open_quarter: Kinerja, bidang: Path) -> None:
    folder = open_quarter.folder / "kembali"
    folder.mkdir()
    for name, rating in (("a.xlsx", ABOVE), ("b.xlsx", BELOW)):
        with editing(bidang, folder / name) as form:
            form.rate(BUDI, rating, MEETS)
    ran = open_quarter("score", "import", folder, "--format", "json")
    assert (ran.code, codes(ran.data)) == (3, [("error", "duplicate-conflict")] * 2)
    assert "b.xlsx" in ran.data["problems"][0]["message"]
    assert "a.xlsx" in ran.data["problems"][1]["message"]


def test_of_two_copies_the_one_filled_in_is_taken(open_quarter: Kinerja) -> None:
    record(open_quarter, CITRA, "sesuai", "sesuai", "--note", "Awal")
    bidang, folder = sent(open_quarter)["U2"], open_quarter.folder / "kembali"
    folder.mkdir()
    with editing(bidang, folder / "a.xlsx") as form:
        form.rate(BUDI, ABOVE, ABOVE)
        form.rate(CITRA, BELOW, MEETS)
    with editing(bidang, folder / "b.xlsx") as form:
        form.rate(ANI, MEETS, MEETS)
        form.put(CITRA, NOTE, "Akhir")
    found = open_quarter.json("score", "import", folder)
    assert codes(found) == [("note", "rated-in-one")] * 3
    assert rated(open_quarter) == {
        HEAD: (None, None),
        ANI: ("sesuai", "sesuai"),
        BUDI: ("diatas", "diatas"),
        CITRA: ("dibawah", "sesuai"),
    }
    assert open_quarter.json("score", "show", CITRA, QUARTER)["note"] == "Akhir"
    again = open_quarter.json("score", "import", folder)
    assert again["operation"] is None


def test_what_nobody_touched_in_the_sheet_does_not_undo_a_newer_rating(open_quarter: Kinerja) -> None:
    record(open_quarter, BUDI, "sesuai", "sesuai", "--note", "Lama")
    bidang = sent(open_quarter)["U2"]
    record(open_quarter, BUDI, "diatas", "sesuai", "--note", "Baru")
    before = open_quarter.snapshot()
    found = open_quarter.json("score", "import", bidang)
    assert codes(found) == [("note", "kept-newer")]
    assert "Sesuai Ekspektasi / Sesuai Ekspektasi" in found["problems"][0]["message"]
    assert "Diatas Ekspektasi / Sesuai Ekspektasi (operation 6 by " in found["problems"][0]["message"]
    assert (found["operation"], found["unchanged"]) == (None, 1)
    assert open_quarter.snapshot() == before
    with editing(bidang) as form:
        form.put(BUDI, NOTE, "Tambahan")
    assert open_quarter.json("score", "import", bidang)["changed"] == 1
    row = open_quarter.json("score", "show", BUDI, QUARTER)
    assert (row["hasil"], row["note"]) == ("diatas", "Tambahan")


def test_a_third_value_wins_with_a_warning_that_shows_both(open_quarter: Kinerja, bidang: Path) -> None:
    record(open_quarter, BUDI, "diatas", "sesuai")
    with editing(bidang) as form:
        form.rate(BUDI, BELOW, MEETS)
    found = open_quarter.json("score", "import", bidang)
    assert codes(found) == [("warning", "overwrites-newer")]
    for told in ("Dibawah Ekspektasi / Sesuai Ekspektasi", "Diatas Ekspektasi / Sesuai Ekspektasi", "operation 5 by "):
        assert told in found["problems"][0]["message"]
    assert rated(open_quarter)[BUDI] == ("dibawah", "sesuai")
    again = open_quarter.json("score", "import", bidang)
    assert (again["operation"], again["problems"]) == (None, [])


def test_an_emptied_cell_deletes_nothing_and_a_note_needs_a_rating(open_quarter: Kinerja) -> None:
    record(open_quarter, BUDI, "sesuai", "sesuai")
    record(open_quarter, CITRA, "sesuai", "sesuai", "--note", "Rajin")
    bidang = sent(open_quarter)["U2"]
    with editing(bidang) as form:
        form.rate(BUDI, None, None)
        form.put(CITRA, NOTE, None)
        form.put(ANI, NOTE, "Cuti")
    before = open_quarter.snapshot()
    found = open_quarter.json("score", "import", bidang)
    assert sorted(codes(found)) == [("warning", "entry-emptied")] * 2 + [("warning", "note-alone")]
    assert open_quarter.snapshot() == before


def test_half_a_rating_is_refused_as_everywhere(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        form.put(BUDI, HASIL, "melebihi")
        form.put(ANI, PERILAKU, MEETS)
    ran = open_quarter("score", "import", bidang, "--format", "json")
    assert ran.code == 3
    assert {code for _, code in codes(ran.data)} == {"rating-half", "rating-unknown"}


# What programs do to it on the way


def test_without_its_hidden_sheet_it_is_a_plain_list(open_quarter: Kinerja, bidang: Path) -> None:
    with whole(bidang) as book:
        del book["_kinerja"]
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.put(ANI, "Nama", "ANI LESTARI BARU")
        form.page.delete_rows(form.row(CITRA))
    found = open_quarter.json("score", "import", bidang)
    assert codes(found) == [("warning", "locked-changed")]
    assert (found["recorded"], found["files"][0]["unit_code"], found["files"][0]["period"]) == (1, None, QUARTER)
    with whole(bidang) as book:
        book["Penilaian"]["A3"] = None
    assert open_quarter("score", "import", bidang).code == 2


def test_a_hidden_sheet_that_was_changed_is_left_aside(open_quarter: Kinerja, bidang: Path) -> None:
    with whole(bidang) as book:
        for row in book["_kinerja"].iter_rows():
            if row[0].value == "unit_code":
                row[1].value = "U1"
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
    found = open_quarter.json("score", "import", bidang)
    assert (codes(found), found["recorded"]) == ([("warning", "stamp-changed")], 1)


def test_a_list_without_the_hidden_columns_still_comes_in(open_quarter: Kinerja, bidang: Path) -> None:
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.page.delete_cols(form.columns["Kunci Baris"], 2)
    found = open_quarter.json("score", "import", bidang)
    assert (found["recorded"], found["problems"]) == (1, [])


def test_a_second_tab_is_read_beside_the_first(open_quarter: Kinerja, bidang: Path) -> None:
    with whole(bidang) as book:
        copy = book.copy_worksheet(book["Penilaian"])
        Form(copy).rate(BUDI, MEETS, MEETS)
    found = open_quarter.json("score", "import", bidang)
    assert (codes(found), found["recorded"]) == ([("note", "rated-in-one")], 1)


# Feedback


def pieces(kinerja: Kinerja) -> list[tuple[str, str, str, str, str | None]]:
    """All feedback: whom it is on, its value, words, day and giver."""
    return [
        (one["nip"], one["aspect"], one["text"], one["date"], one["giver"]) for one in kinerja.json("feedback", "list")
    ]


def test_feedback_in_a_sheet_is_kept_once_from_the_assessor(open_quarter: Kinerja) -> None:
    bidang = sent(open_quarter, "--feedback")["U2"]
    with editing(bidang) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.put(BUDI, "Umpan Balik: Harmonis", "Positif")
        form.put(BUDI, "Umpan Balik: Loyal", "Negatif: sering terlambat")
        form.put(ANI, "Umpan Balik: Adaptif", "Cepat belajar")
        form.put(CITRA, "Umpan Balik: Adaptif", "-")
    found = open_quarter.json("score", "import", bidang)
    assert (found["feedback"], found["recorded"], found["problems"]) == (3, 1, [])
    assert pieces(open_quarter) == [
        (ANI, "adaptif", "Cepat belajar", "2026-03-31", "SURYA DARMA"),
        (BUDI, "harmonis", "Positif", "2026-03-31", "ANI LESTARI"),
        (BUDI, "loyal", "sering terlambat", "2026-03-31", "ANI LESTARI"),
    ]
    tones = {one["text"]: (one["tone"], one["from"]) for one in open_quarter.json("feedback", "list")}
    assert tones == {
        "Positif": ("positive", "pimpinan"),
        "sering terlambat": ("negative", "pimpinan"),
        "Cepat belajar": (None, "pimpinan"),
    }
    again = open_quarter.json("score", "import", bidang)
    assert (again["operation"], again["feedback"]) == (None, 0)


def test_new_words_take_the_place_of_those_of_an_earlier_sheet_alone(open_quarter: Kinerja) -> None:
    open_quarter.json(
        *("feedback", "add", BUDI, "--from", "pimpinan", "--text", "Tulus", "--aspect", "loyal"),
        *("--date", "2026-02-02"),
    )
    bidang = sent(open_quarter, "--feedback")["U2"]
    for words, count in (("Setia", 1), ("Sangat setia", 1), ("Tulus", 0)):
        with editing(bidang) as form:
            form.put(BUDI, "Umpan Balik: Loyal", words)
        assert open_quarter.json("score", "import", bidang)["feedback"] == count
    assert [one[2] for one in pieces(open_quarter)] == ["Tulus", "Sangat setia"]


def test_two_copies_with_different_feedback_disagree_and_neither_is_taken(open_quarter: Kinerja) -> None:
    bidang, folder = sent(open_quarter, "--feedback")["U2"], open_quarter.folder / "kembali"
    folder.mkdir()
    for name, words in (("a.xlsx", "Setia"), ("b.xlsx", "Patuh")):
        with editing(bidang, folder / name) as form:
            form.rate(BUDI, MEETS, MEETS)
            form.put(BUDI, "Umpan Balik: Loyal", words)
            form.put(ANI, "Umpan Balik: Loyal", "Tulus")
            form.put(CITRA, "Umpan Balik: Loyal", words if name == "a.xlsx" else None)
    ran = open_quarter("score", "import", folder, "--format", "json")
    assert ran.code == 3
    conflicts = [one for one in ran.error["problems"] if one["severity"] == "error"]
    assert [(one["code"], one["file"], one["field"]) for one in conflicts] == [
        ("duplicate-conflict", "a.xlsx", "feedback_loyal"),
        ("duplicate-conflict", "b.xlsx", "feedback_loyal"),
    ]
    assert "b.xlsx" in conflicts[0]["message"]
    assert "UMPAN BALIK: LOYAL" in conflicts[0]["message"]
    partly = open_quarter("score", "import", folder, "--accept-valid", "--format", "json")
    assert (partly.code, partly.data["recorded"], partly.data["rejected"], partly.data["feedback"]) == (7, 0, 2, 2)
    assert {one[0] for one in pieces(open_quarter)} == {ANI, CITRA}
    assert open_quarter.json("score", "import", folder / "a.xlsx")["feedback"] == 1


def test_feedback_on_a_stranger_is_an_error_and_a_wrong_row_gives_none(open_quarter: Kinerja) -> None:
    headings = ["NIP", "Nama", HASIL, PERILAKU, "Umpan Balik: Loyal"]
    rows: list[list[str | None]] = [
        [*headings],
        [STRANGER, "X", None, None, "Setia"],
        [BUDI, "BUDI", MEETS, None, "Setia"],
        [ANI, "ANI", MEETS, MEETS, "Setia"],
    ]
    path = workbook(open_quarter.folder / "x.xlsx", rows)
    ran = open_quarter("score", "import", path, "--period", QUARTER, "--accept-valid", "--format", "json")
    assert ran.code == 7
    assert [(one["code"], one["row"]) for one in ran.data["problems"]] == [("rating-half", 3), ("nip-unknown", 2)]
    assert {key: ran.data[key] for key in ("rows", "recorded", "unrated", "rejected", "feedback")} == {
        "rows": 3,
        "recorded": 1,
        "unrated": 0,
        "rejected": 2,
        "feedback": 1,
    }
    assert [one[0] for one in pieces(open_quarter)] == [ANI]


def test_feedback_never_falls_into_a_closed_period(open_quarter: Kinerja) -> None:
    open_quarter.json("period", "open", "2025")
    open_quarter.json("period", "open", "2025-Q4")
    open_quarter.json("period", "close", "2025-Q4", "--allow-unrated")
    open_quarter.json("score", "sheets", "2025", "-o", open_quarter.folder / "t", "--feedback")
    path = open_quarter.folder / "t" / "2025_bidang-pelayanan_u2.xlsx"
    with editing(path) as form:
        form.rate(BUDI, MEETS, MEETS)
        form.put(BUDI, "Umpan Balik: Loyal", "Setia")
    found = open_quarter.json("score", "import", path)
    assert (codes(found), found["feedback"], found["recorded"]) == (
        [("warning", "parts-missing"), ("warning", "feedback-closed")],
        0,
        1,
    )
    assert "2025-Q4" in found["problems"][0]["message"]


# Numbers instead of words


@pytest.fixture
def numeric(agency: Kinerja) -> Kinerja:
    """The same agency under the numeric regulation."""
    agency.json("settings", "set", "regulation", "pp-30-2019")
    agency.json("period", "open", QUARTER)
    return agency


def test_under_the_numeric_regulation_a_sheet_asks_for_numbers(numeric: Kinerja) -> None:
    numeric.json("score", "record", ANI, QUARTER, "--skp", "87,5", "--perilaku-score", "90", "--innovation")
    bidang = sent(numeric)["U2"]
    page = load_workbook(bidang)["Penilaian"]
    form = Form(page)
    assert [form.get(ANI, name) for name in ("Nilai SKP", "Nilai Perilaku", "Inovasi")] == [87.5, 90, "Ya"]
    assert page.cell(form.row(ANI), form.columns["Nilai SKP"]).number_format == "General"
    bounds = [(rule.type, rule.formula1, rule.formula2) for rule in page.data_validations.dataValidation]
    assert ("decimal", "0", "120") in bounds
    assert numeric.json("score", "import", bidang)["unchanged"] == 1
    with editing(bidang) as form:
        form.put(BUDI, "Nilai SKP", 95.25)
        form.put(BUDI, "Nilai Perilaku", "88,5")
    numeric.json("score", "record", ANI, QUARTER, "--skp", "70", "--perilaku-score", "70")
    found = numeric.json("score", "import", bidang)
    assert (found["recorded"], codes(found)) == (1, [("note", "kept-newer")])
    assert "87.5 / 90 + inovasi" in found["problems"][0]["message"]
    row = numeric.json("score", "show", BUDI, QUARTER)
    assert (row["skp"], row["perilaku_score"]) == (95.25, 88.5)


# Templates


@pytest.mark.parametrize("regulation", ["permenpanrb-6-2022", "pp-30-2019"])
def test_an_untouched_template_imports_cleanly(agency: Kinerja, regulation: str) -> None:
    agency.json("settings", "set", "regulation", regulation)
    path = agency.folder / "nilai.xlsx"
    assert agency("score", "template", "-o", path).code == 0
    ran = agency("score", "import", path)
    assert (ran.code, ran.err) == (0, "There is nobody in the files yet; nothing was written.\n")
    found = agency.json("score", "import", path)
    assert (found["rows"], found["period"], found["operation"]) == (0, None, None)
    assert agency.json("score", "import", path, "--period", "TW1 2026")["period"] == QUARTER


def test_a_template_is_filled_in_from_scratch(open_quarter: Kinerja) -> None:
    path = open_quarter.folder / "nilai.xlsx"
    open_quarter("score", "template", "-o", path)
    with whole(path) as book:
        page = book["Penilaian"]
        page["A2"] = "Periode: Triwulan I Tahun 2026"
        form = Form(page)
        for column, value in (("NIP", BUDI), ("Nama", "BUDI"), (HASIL, ABOVE), (PERILAKU, MEETS), (NOTE, "Sip")):
            page.cell(form.header + 3, form.columns[column]).value = value
    found = open_quarter.json("score", "import", path)
    assert (found["recorded"], found["rows"], found["problems"]) == (1, 1, [])
    assert rated(open_quarter)[BUDI] == ("diatas", "sesuai")


def test_a_template_with_the_people_of_a_period(open_quarter: Kinerja) -> None:
    path = open_quarter.folder / "nilai.xlsx"
    assert open_quarter("score", "template", "-o", path, "--period", QUARTER).code == 0
    ran = open_quarter("score", "import", path)
    assert (ran.code, ran.err) == (0, "Nobody in the files is rated yet; nothing was written.\n")
    with editing(path) as form:
        assert form.get(BUDI, "Unit Kerja") == "BIDANG PELAYANAN"
        form.rate(HEAD, MEETS, MEETS)
    assert open_quarter.json("score", "import", path)["recorded"] == 1
    open_quarter("score", "template", "-o", path, "--period", QUARTER, "--unit", "U2")
    found = open_quarter.json("score", "import", path)
    assert (found["rows"], found["files"][0]["unit_code"]) == (3, "U2")


@pytest.mark.parametrize(
    "words", [("-o", "nilai.csv"), ("-o", "nilai.xlsx", "--unit", "U1")], ids=["ending", "unit alone"]
)
def test_a_template_is_a_workbook_and_a_unit_needs_a_period(agency: Kinerja, words: tuple[str, ...]) -> None:
    assert agency("score", "template", *words).code == 2


def test_headings_alone_of_another_file_are_refused(open_quarter: Kinerja) -> None:
    path = workbook(open_quarter.folder / "x.xlsx", [["NIP", "Nama", HASIL, PERILAKU]])
    ran = open_quarter("score", "import", path)
    assert (ran.code, "no-rows" in ran.err) == (3, True)
    assert open_quarter("score", "import", path, "--dry-run").code == 0


# Whatever is filled in


RATINGS = st.sampled_from([(None, None), *((a, b) for a in WORDS if a for b in WORDS if b)])
NOTES = st.sampled_from([None, "Rajin", "+62 811", "-5", "dua  spasi", "12"])
EVERYBODY = (HEAD, ANI, BUDI, CITRA)


@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    before=st.fixed_dictionaries(dict.fromkeys(EVERYBODY, RATINGS)),
    edits=st.dictionaries(st.sampled_from(EVERYBODY), st.tuples(RATINGS, NOTES)),
    seed=st.integers(0, 99),
)
def test_the_store_becomes_what_was_filled_in_and_nothing_else(
    open_quarter: Kinerja,
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, tuple[str | None, str | None]],
    edits: dict[str, tuple[tuple[str | None, str | None], str | None]],
    seed: int,
) -> None:
    kinerja = copy(open_quarter)
    kinerja.folder = tmp_path_factory.mktemp("x")
    kinerja.db = kinerja.folder / "kinerja.db"
    shutil.copy(open_quarter.db, kinerja.db)
    for nip, (hasil, perilaku) in before.items():
        if hasil and perilaku:
            record(kinerja, nip, hasil, perilaku)
    expected = {nip: [WORDS[hasil], WORDS[perilaku], None] for nip, (hasil, perilaku) in before.items()}
    files = list(sent(kinerja).values())
    random.Random(seed).shuffle(files)
    for path in files:
        with editing(path) as form:
            for nip, ((hasil, perilaku), note) in edits.items():
                if nip in [form.page.cell(row, 2).value for row in range(form.header + 1, form.page.max_row + 1)]:
                    form.rate(nip, hasil, perilaku)
                    form.put(nip, NOTE, note)
                    if hasil:
                        expected[nip] = [WORDS[hasil], WORDS[perilaku], note and " ".join(note.split())]
    kinerja.json("score", "import", *files)
    shown = {nip: kinerja.json("score", "show", nip, QUARTER) for nip in EVERYBODY}
    assert {nip: [row["hasil"], row["perilaku"], row["note"]] for nip, row in shown.items()} == expected
    state = kinerja.snapshot()
    kinerja.json("score", "import", *files)
    assert kinerja.snapshot() == state
