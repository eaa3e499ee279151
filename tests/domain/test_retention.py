"""What is past its retention, and what must stay although it is."""

from datetime import date

import pytest

from kinerja_cli.domain.retention import (
    ERASED_NAME,
    Closed,
    Kept,
    past_days,
    past_people,
    past_periods,
    past_since,
    read_years,
    years_after,
)

TODAY = date(2030, 6, 1)


def closed(code: str, *, year: int, is_open: bool = False, appraisals: int = 3) -> Closed:
    return Closed(code, f"{year}-01-01", f"{year}-12-31", f"{year + 1}-01-31", is_open, appraisals)


@pytest.mark.parametrize(
    ("text", "value"), [("10", "10"), (" 07 ", "7"), ("Never", "never"), ("1", "1"), ("100", "100")]
)
def test_years_are_read(text: str, value: str) -> None:
    assert read_years(text) == value


@pytest.mark.parametrize("text", ["0", "101", "-1", "ten", "", "٣"])
def test_other_words_are_no_years(text: str) -> None:
    assert read_years(text) is None


def test_a_day_is_past_from_its_anniversary_on() -> None:
    assert past_since("2028-06-01", "2", TODAY) == "2030-06-01"
    assert past_since("2028-06-02", "2", TODAY) is None
    assert past_since("1990-01-01", "never", TODAY) is None
    assert years_after(date(2028, 2, 29), -1) == date(2027, 3, 1)


def test_only_closed_periods_with_ratings_in_them_are_emptied() -> None:
    periods = [
        closed("2025", year=2025),
        closed("2024", year=2024, is_open=True),
        closed("2023", year=2023, appraisals=0),
        closed("2029", year=2029),
    ]
    assert [(one.code, one.since) for one in past_periods(periods, "2", TODAY)] == [("2025", "2028-01-31")]


def test_feedback_goes_when_no_kept_period_has_its_day() -> None:
    periods = [closed("2025", year=2025), closed("2026", year=2026), closed("2024", year=2024, appraisals=0)]
    days = {1: "2025-05-05", 2: "2026-05-05", 3: "2024-05-05", 4: "2029-05-05", 5: "2010-01-01"}
    assert past_days(days, periods, {"2025"}, "2", TODAY) == {1, 3, 5}


def test_people_go_when_nothing_needs_them() -> None:
    people = {
        "1": ("ANI", "active"),
        "2": ("BUDI", "retired"),
        "3": ("CITRA", "transferred"),
        "4": ("DEDI", "deceased"),
        "5": ("ERNA", "retired"),
        "6": (ERASED_NAME, "retired"),
        "7": ("FITRI", "dismissed"),
    }
    left = dict.fromkeys(("1", "2", "3", "5", "6"), "2020-01-01") | {"7": "2029-01-01"}
    found = past_people(people, left, {"3"}, {"2", "6"}, "2", TODAY)
    assert {one.nip: (one.remove, one.shorten, one.kept) for one in found} == {
        "2": (False, True, Kept.REFERRED),
        "3": (False, False, Kept.OPEN_PERIOD),
        "4": (False, False, Kept.NO_DAY),
        "5": (True, False, None),
        "6": (False, False, Kept.REFERRED),
    }
    assert past_people(people, left, (), (), "never", TODAY) == ()
