"""The agency's own holidays, and the working week of its units."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kinerja_cli.actions.calendars import load_calendars
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import PEOPLE, Kinerja, recap, roster, workbook

ROOT = Path(__file__).parents[2]
HEADINGS = ("Tanggal", "Keterangan", "Jenis")
ROWS: list[tuple[object, ...]] = [
    (datetime(2026, 5, 8), "Hari Jadi Kota Contoh", "Libur"),  # noqa: DTZ001 - spreadsheets know no zones
    ("Jumat, 15 Mei 2026", "Pelayanan tetap buka", "Kerja"),
    ("26-27 Desember 2026", "Cuti bersama Natal", "Cuti Bersama"),
]


def holidays(path: Path, rows: list[tuple[object, ...]]) -> Path:
    return workbook(path, [["HARI LIBUR KOTA CONTOH"], [], list(HEADINGS), *rows, [], ["Sumber: SE Wali Kota"]])


def working(kinerja: Kinerja, unit: str | None, *days: date) -> list[bool]:
    with Store.open(str(kinerja.db), Origin("2026-01-05T02:00:00+00:00", "siti@bkd")).reading() as connection:
        calendar = load_calendars(connection).of_unit(unit)
    return [calendar.is_working(day) for day in days]


def test_a_list_of_holidays_is_kept_over_the_public_ones(agency: Kinerja, tmp_path: Path) -> None:
    found = agency.json("settings", "holidays", "import", holidays(tmp_path / "libur.xlsx", ROWS))
    assert (found["operation"], found["rows"], found["added"], found["rejected"]) == (3, 3, 4, 0)
    assert found["files"][0] | {"reason": ""} == {
        "file": "libur.xlsx",
        "sheet": "Sheet1",
        "layout": "holidays",
        "header_row": 3,
        "rows": 3,
        "reason": "",
        "unit": None,
        "mapping": None,
    }
    rows = {row["date"]: row for row in agency.json("settings", "holidays", "list", "2026")}
    assert rows["2026-05-08"] == {
        "date": "2026-05-08",
        "kind": "holiday",
        "name": "Hari Jadi Kota Contoh",
        "source": "agency",
        "off": True,
        "instead_of": None,
    }
    assert (rows["2026-05-15"]["kind"], rows["2026-05-15"]["off"]) == ("working", False)
    assert rows["2026-05-15"]["instead_of"] == "Cuti Bersama Kenaikan Yesus Kristus"
    assert (rows["2026-08-17"]["source"], rows["2026-08-17"]["kind"]) == ("library", "holiday")
    assert list(rows) == sorted(rows)
    days = (date(2026, 5, 8), date(2026, 5, 15), date(2026, 8, 17), date(2026, 8, 18))
    assert working(agency, "U2", *days) == [False, True, False, True]


def test_the_same_list_twice_is_nothing_and_a_changed_one_has_the_last_word(agency: Kinerja, tmp_path: Path) -> None:
    file = holidays(tmp_path / "libur.xlsx", ROWS)
    agency.json("settings", "holidays", "import", file)
    before = agency.snapshot()
    again = agency.json("settings", "holidays", "import", file)
    assert (again["operation"], again["added"], again["changed"], again["unchanged"]) == (None, 0, 0, 4)
    assert agency.snapshot() == before
    other = holidays(tmp_path / "lain.xlsx", [(date(2026, 5, 8), "Hari Jadi", "Cuti bersama")])
    changed = agency.json("settings", "holidays", "import", other)
    assert (changed["added"], changed["changed"]) == (0, 1)
    assert len([row for row in agency.json("settings", "holidays", "list", "2026") if row["source"] == "agency"]) == 4


def test_a_dry_run_keeps_nothing(agency: Kinerja, tmp_path: Path) -> None:
    before = agency.snapshot()
    found = agency.json("settings", "holidays", "import", holidays(tmp_path / "l.xlsx", ROWS), "--dry-run")
    assert (found["operation"], found["dry_run"], found["added"]) == (None, True, 4)
    assert agency.snapshot() == before


def test_shared_leave_is_worked_through_where_the_setting_says_so(agency: Kinerja) -> None:
    agency.json("settings", "set", "shared_leave", "no")
    assert working(agency, "U2", date(2026, 5, 15), date(2026, 5, 14)) == [True, False]
    rows = {row["date"]: row for row in agency.json("settings", "holidays", "list", "2026")}
    assert (rows["2026-05-15"]["off"], rows["2026-05-14"]["off"]) == (False, True)


def test_bad_rows_keep_the_whole_list_out_unless_the_good_ones_are_wanted(agency: Kinerja, tmp_path: Path) -> None:
    file = holidays(tmp_path / "l.xlsx", [*ROWS, ("32 Mei 2026", "Salah ketik", "Libur")])
    before = agency.snapshot()
    ran = agency("settings", "holidays", "import", file, "--format", "json")
    assert (ran.code, ran.error["code"], ran.data["added"], ran.data["rejected"]) == (3, "rows-rejected", 0, 1)
    assert [(one["code"], one["row"], one["column"]) for one in ran.data["problems"] if one["severity"] == "error"] == [
        ("holiday-date-invalid", 7, "A")
    ]
    assert agency.snapshot() == before
    ran = agency("settings", "holidays", "import", file, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["added"], ran.data["rejected"]) == (7, 4, 1)


def test_of_rows_that_contradict_each_other_none_is_taken(agency: Kinerja, tmp_path: Path) -> None:
    file = holidays(tmp_path / "l.xlsx", [*ROWS, ("29 April 2026", "A", "Libur"), ("29-04-2026", "B", "Kerja")])
    ran = agency("settings", "holidays", "import", file, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["added"], ran.data["rejected"]) == (7, 4, 2)
    told = [(one["row"], one["message"]) for one in ran.data["problems"] if one["code"] == "holiday-conflict"]
    assert [row for row, _message in told] == [7, 8]
    assert ("row 8 of l.xlsx" in told[0][1], "row 7 of l.xlsx" in told[1][1]) == (True, True)
    days = {row["date"] for row in agency.json("settings", "holidays", "list", "2026")}
    assert "2026-04-29" not in days


def test_problems_can_be_marked_in_a_copy_that_is_imported_again(agency: Kinerja, tmp_path: Path) -> None:
    file = holidays(tmp_path / "l.xlsx", [("32 Mei 2026", "Salah ketik", "Libur"), *ROWS])
    marked = tmp_path / "masalah.xlsx"
    assert agency("settings", "holidays", "import", file, "--problems", marked).code == 3
    book = load_workbook(marked)
    cell = next(cell for row in book["Sheet1"].iter_rows() for cell in row if cell.value == "32 Mei 2026")
    cell.value = "31 Mei 2026"
    book.save(marked)
    assert agency.json("settings", "holidays", "import", marked)["added"] == 5


def test_the_lists_in_data_are_read(agency: Kinerja) -> None:
    for name, days in (("libur-2026.csv", 25), ("libur-daerah-2026.csv", 5)):
        found = agency.json("settings", "holidays", "import", ROOT / "data" / name)
        assert (found["added"] + found["changed"], found["problems"]) == (days, []), name


@pytest.mark.parametrize(
    ("make", "code", "error"),
    [
        (lambda folder: workbook(folder / "x.xlsx", [["Tanggal", "Keterangan"], ["2026-05-08", "x"]]), 3, "heading"),
        (lambda folder: workbook(folder / "x.xlsx", [list(HEADINGS)]), 3, "no-rows"),
        (lambda folder: recap(folder / "x.xlsx", []), 3, "heading"),
        (lambda folder: workbook(folder / "x.xlsx", [["NIP", *HEADINGS], ["1", "2026-05-08", "x", "Libur"]]), 3, "hea"),
        (lambda folder: folder / "x.xlsx", 4, "file-missing"),
    ],
)
def test_what_is_no_list_of_holidays_is_refused(
    agency: Kinerja, tmp_path: Path, make: Callable[[Path], Path], code: int, error: str
) -> None:
    ran = agency("settings", "holidays", "import", make(tmp_path), "--format", "json")
    assert ran.code == code
    assert ran.error["code"].startswith(error)


def test_the_template_is_read_back_and_belongs_to_no_other_import(agency: Kinerja, tmp_path: Path) -> None:
    file = tmp_path / "hari-libur.xlsx"
    assert agency("settings", "holidays", "template", "-o", file).code == 0
    assert agency.json("settings", "holidays", "import", file)["rows"] == 0
    book = load_workbook(file)
    page = book["Hari Libur"]
    heading = next(cell for row in page.iter_rows() for cell in row if cell.value == "Tanggal")
    for offset, value in enumerate(("08-05-2026", "Hari Jadi", "Libur")):
        page.cell(heading.row + 1, heading.column + offset, value)
    book.save(file)
    found = agency.json("settings", "holidays", "import", file)
    assert (found["added"], found["problems"]) == (1, [])
    ran = agency("staff", "import", file, "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "purpose-other")
    assert "kinerja settings holidays import" in ran.error["hint"]


def test_a_day_can_be_taken_out_of_the_list_again(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("settings", "holidays", "import", holidays(tmp_path / "libur.xlsx", ROWS))
    assert agency.json("settings", "holidays", "remove", "15 Mei 2026") == {"operation": 4, "date": "2026-05-15"}
    rows = {row["date"]: row for row in agency.json("settings", "holidays", "list", "2026")}
    assert (rows["2026-05-15"]["source"], rows["2026-05-15"]["off"]) == ("library", True)
    for day, code, error in (("2026-05-15", 4, "holiday-unknown"), ("2026-08-17", 4, "holiday-unknown"), ("x", 2, "")):
        ran = agency("settings", "holidays", "remove", day, "--format", "json")
        assert (ran.code, ran.error["code"]) == (code, error or "usage")
    summaries = [row["summary"] for row in agency.json("history")]
    assert summaries[0] == "2026-05-15 (Pelayanan tetap buka) removed from the holidays"
    assert summaries[1] == "holidays of libur.xlsx: 4 added, 0 changed"


@pytest.mark.parametrize("year", ["26", "1999", "2100", "x", ""])
def test_a_year_that_is_none_is_refused(agency: Kinerja, year: str) -> None:
    assert agency("settings", "holidays", "list", year).code == 2


def test_without_a_year_the_current_one_is_listed(agency: Kinerja) -> None:
    shown = agency("settings", "holidays", "list", "--format", "table")
    assert (shown.code, shown.err) == (0, "")
    assert "Tahun Baru Masehi" in shown.out


def test_a_unit_has_a_week_of_its_own_or_that_of_the_unit_above(agency: Kinerja, tmp_path: Path) -> None:
    saturday = date(2026, 2, 7)
    assert working(agency, "U2", saturday) == [False]
    agency.json("unit", "set", "U1", "--work-days", "6")
    assert working(agency, "U2", saturday) == [True]
    agency.json("unit", "set", "U2", "--work-days", "5")
    assert working(agency, "U2", saturday) == [False]
    weeks = {row["unit_code"]: row["work_days"] for row in agency.json("unit", "list")}
    assert weeks == {"U1": 6, "U2": 5}
    assert agency.json("unit", "set", "U2", "--work-days", "5")["operation"] is None
    agency.json("unit", "set", "U2", "--work-days", "-")
    assert working(agency, "U2", saturday) == [True]
    agency.json("settings", "set", "work_days", "6")
    agency.json("unit", "set", "U1", "--work-days", "-")
    assert working(agency, "U2", saturday) == [True]
    assert working(agency, None, saturday) == [True]
    assert agency("unit", "set", "U1", "--work-days", "7").code == 2


def test_the_week_of_a_unit_outlives_the_next_roster(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("unit", "set", "U2", "--work-days", "6")
    people = [["DINAS KESEHATAN KOTA" if cell == "DINAS KESEHATAN" else cell for cell in one] for one in PEOPLE]
    renamed = [["BIDANG LAYANAN" if cell == "BIDANG PELAYANAN" else cell for cell in one] for one in people]
    agency.json("staff", "import", roster(tmp_path / "lagi.xlsx", renamed))
    rows = {row["unit_code"]: row for row in agency.json("unit", "list")}
    assert (rows["U2"]["unit"], rows["U2"]["work_days"]) == ("BIDANG LAYANAN", 6)
