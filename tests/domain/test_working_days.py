"""Deadlines in working days, after the worked examples of the regulation's deadlines (hari kerja)."""

from datetime import date

import pytest

from kinerja_cli.domain.working_days import WorkCalendar
from kinerja_cli.public_holidays import public_holidays

IMLEK = {date(2026, 2, 16): "Cuti Bersama", date(2026, 2, 17): "Tahun Baru Imlek"}


def no_holiday(day: date) -> None:
    return None


@pytest.mark.parametrize(
    ("start", "days", "holidays", "expected"),
    [
        (date(2026, 2, 6), 14, {}, date(2026, 2, 26)),
        (date(2026, 2, 6), 14, IMLEK, date(2026, 3, 2)),
        (date(2026, 2, 7), 14, IMLEK, date(2026, 3, 2)),
        (date(2026, 2, 9), 14, IMLEK, date(2026, 3, 3)),
        (date(2026, 2, 20), 7, IMLEK, date(2026, 3, 3)),
        (date(2026, 1, 30), 14, IMLEK, date(2026, 2, 23)),
        (date(2026, 1, 31), 14, IMLEK, date(2026, 2, 23)),
        (date(2026, 2, 23), 7, IMLEK, date(2026, 3, 4)),
        (date(2026, 1, 31), 30, IMLEK, date(2026, 3, 17)),
    ],
)
def test_a_deadline_counts_working_days_from_the_next_one(
    start: date, days: int, holidays: dict[date, str], expected: date
) -> None:
    assert WorkCalendar(lambda day: holidays.get(day)).last_day(start, days) == expected


def test_counting_may_begin_on_the_day_itself() -> None:
    assert WorkCalendar(no_holiday, same_day=True).last_day(date(2026, 2, 6), 14) == date(2026, 2, 25)
    assert WorkCalendar(no_holiday, same_day=True).last_day(date(2026, 2, 7), 1) == date(2026, 2, 9)


def test_a_unit_of_six_days_works_on_saturday() -> None:
    assert WorkCalendar(no_holiday, week=6).last_day(date(2026, 2, 6), 14) == date(2026, 2, 23)


def test_the_agency_may_work_on_a_day_off() -> None:
    saturday, christmas = date(2026, 2, 7), date(2026, 12, 25)
    calendar = WorkCalendar(lambda day: "Natal" if day == christmas else None, worked=frozenset({saturday, christmas}))
    assert calendar.is_working(saturday)
    assert calendar.is_working(christmas)
    assert not calendar.is_working(date(2026, 2, 14))


def test_the_library_knows_holidays_and_shared_leave_by_name() -> None:
    year = public_holidays(2026)
    assert year[date(2026, 8, 17)] == ("holiday", "Hari Kemerdekaan Republik Indonesia")
    assert year[date(2026, 2, 16)] == ("shared_leave", "Cuti Bersama Tahun Baru Imlek")
