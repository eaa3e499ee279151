"""Lists of holidays as offices write them."""

from collections.abc import Mapping
from datetime import date

import pytest

from kinerja_cli.domain.holidays import HolidaysRead, read_days, read_holidays
from kinerja_cli.domain.rows import CellValue, Row, Source
from tests.domain.made import sheet


def listed(*rows: Mapping[str, CellValue]) -> HolidaysRead:
    return read_holidays(sheet(*rows))


def told(read: HolidaysRead) -> list[tuple[str, str | None]]:
    return [(problem.code, f"{problem.place.column}{problem.place.row}") for problem in read.problems]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        (date(2026, 8, 17), ["2026-08-17"]),
        ("2026-08-17", ["2026-08-17"]),
        ("17 Agustus 2026", ["2026-08-17"]),
        ("Senin, 17 Agustus 2026", ["2026-08-17"]),
        ("Jum'at/ 3 April 2026", ["2026-04-03"]),
        ("Sabtu - Minggu, 21 - 22 Maret 2026", ["2026-03-21", "2026-03-22"]),
        ("Sabtu dan Minggu, 21 dan 22 Maret 2026", ["2026-03-21", "2026-03-22"]),
        ("20, 23, dan 24 Maret 2026", []),
        ("20, 23, 24 Maret 2026", ["2026-03-20", "2026-03-23", "2026-03-24"]),
        ("20, 23 s.d. 24 Maret 2026", ["2026-03-20", "2026-03-23", "2026-03-24"]),
        ("29 s/d 31 Februari 2026", []),
        ("24-20 Maret 2026", []),
        ("20, 20 Maret 2026", []),
        ("31 Mei - 1 Juni 2026", []),
        ("17 Agustus 1945", []),
        ("21-22 Maret 1945", []),
        ("hari raya", []),
        ("Senin", []),
        ("", []),
        (None, []),
    ],
)
def test_the_days_of_a_cell(value: CellValue, days: list[str]) -> None:
    assert [day.isoformat() for day in read_days(value)] == days


def test_a_list_gives_each_day_once_and_in_order() -> None:
    read = listed(
        {"day": "Sabtu-Minggu, 21-22 Maret 2026", "name": "Idulfitri", "kind": "Libur Nasional"},
        {"day": date(2026, 1, 1), "name": "Tahun Baru", "kind": "libur"},
        {"day": "23/03/2026", "name": "Cuti Idulfitri", "kind": "CUTI  BERSAMA"},
        {"day": "15 Mei 2026", "name": "Layanan buka", "kind": "Kerja"},
    )
    assert read.problems == ()
    assert [(one.day.isoformat(), one.kind, one.name) for one in read.days] == [
        ("2026-01-01", "holiday", "Tahun Baru"),
        ("2026-03-21", "holiday", "Idulfitri"),
        ("2026-03-22", "holiday", "Idulfitri"),
        ("2026-03-23", "shared_leave", "Cuti Idulfitri"),
        ("2026-05-15", "working", "Layanan buka"),
    ]
    assert (read.rows, read.rejected) == (4, 0)


def test_whatever_is_wrong_with_a_row_is_told_with_its_cell() -> None:
    read = listed(
        {"day": None, "name": "Idulfitri", "kind": "Libur"},
        {"day": "31-02-2026", "name": "Idulfitri", "kind": "Libur"},
        {"day": "2026-03-21", "name": "", "kind": "Libur"},
        {"day": "2026-03-22", "name": "Idulfitri", "kind": ""},
        {"day": "2026-03-23", "name": "Idulfitri", "kind": "Cuti Bersma"},
        {"day": "2026-03-24", "name": "Idulfitri", "kind": "?"},
        {"day": "Senin, 18 Agustus 2026", "name": "Hari Jadi", "kind": "Libur"},
    )
    assert told(read) == [
        ("holiday-date-missing", "A2"),
        ("holiday-date-invalid", "A3"),
        ("holiday-name-missing", "B4"),
        ("holiday-kind-missing", "C5"),
        ("holiday-kind-unknown", "C6"),
        ("holiday-kind-unknown", "C7"),
        ("holiday-weekday-differs", "A8"),
    ]
    assert "perhaps shared leave" in read.problems[4].message
    assert (read.rejected, [one.day.isoformat() for one in read.days]) == (6, ["2026-08-18"])


def test_two_holidays_of_one_day_keep_both_names_and_the_same_row_twice_is_once() -> None:
    row = {"day": "2026-05-14", "name": "Kenaikan", "kind": "Libur"}
    read = listed(row, row, {**row, "name": "Hari Jadi Kota"})
    assert [(one.name, read.problems) for one in read.days] == [("Kenaikan; Hari Jadi Kota", ())]


def test_a_day_that_is_both_off_and_not_is_a_conflict() -> None:
    read = listed(
        {"day": "2026-05-14", "name": "Kenaikan", "kind": "Libur"},
        {"day": "14-15 Mei 2026", "name": "Layanan buka", "kind": "Kerja"},
    )
    assert told(read) == [("holiday-conflict", "C2"), ("holiday-conflict", "C3")]
    assert "in row 3 of a.xlsx as working day" in read.problems[0].message
    assert "in row 2 of a.xlsx as holiday" in read.problems[1].message
    assert (read.days, read.rejected) == ((), 2)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("29/04/26", "29-04-2026"),
        ("Rabu, 29.04.26", "29-04-2026"),
        ("29 April 26", "29-04-2026"),
        ("21-22 Maret 26", "21-03-2026, 22-03-2026"),
    ],
)
def test_a_year_in_two_digits_is_told_with_the_form_that_is_wanted(text: str, written: str) -> None:
    read = listed({"day": text, "name": "Hari Jadi Kota", "kind": "Libur"})
    assert told(read) == [("holiday-year-short", "A2")]
    assert written in read.problems[0].fix


@pytest.mark.parametrize("text", ["31/04/26", "17-08", "26"])
def test_what_would_be_no_day_with_a_whole_year_either_is_no_date(text: str) -> None:
    assert told(listed({"day": text, "name": "Libur", "kind": "Libur"})) == [("holiday-date-invalid", "A2")]


def test_dates_that_could_be_read_two_ways_are_told_once_a_sheet_but_not_of_our_template() -> None:
    rows = [
        {"day": "03/04/2026", "name": "Wafat Yesus Kristus", "kind": "Libur"},
        {"day": "Jumat, 01/05/2026", "name": "Hari Buruh", "kind": "Libur"},
    ]
    read = listed(*rows)
    assert [(problem.code, problem.facts["count"]) for problem in read.problems] == [("date-ambiguous", 2)]
    ours = Source("a.xlsx", "S", "holidays", 1, {"day": 0, "name": 1, "kind": 2}, stamp={"kind": "template"})
    assert read_holidays([Row(ours, 2, list(rows[0].values()))]).problems == ()


def test_a_cell_without_a_value_is_told_and_nothing_else_of_it() -> None:
    columns = {"day": 0, "name": 1, "kind": 2}
    source = Source("a.xlsx", "S", "holidays", 1, columns, unreadable={2: {0: "#REF!", 1: "#N/A", 2: "=A1"}})
    read = read_holidays([Row(source, 2, [None, None, None])])
    assert sorted(told(read)) == [("holiday-cell-unreadable", f"{column}2") for column in "ABC"]
    assert (read.rejected, read.days) == (1, ())
