"""Who can still rate a period: the assessor within the window, the superior after it."""

from datetime import date

import pytest

from kinerja_cli.domain.rating_window import RatedOutside, RatingWindow, WindowEnded, WindowNotEnded

STARTS, OPENS = date(2026, 1, 1), date(2026, 3, 17)
ENDS, AFTER = date(2026, 4, 14), date(2026, 4, 15)
WINDOW = RatingWindow("2026-Q1", STARTS, OPENS, ENDS, date(2026, 1, 2))


def test_the_assessor_rates_until_the_last_day_of_the_window() -> None:
    WINDOW.check_in_time(today=ENDS, rated_on=None)
    with pytest.raises(WindowEnded, match="2026-04-14") as refused:
        WINDOW.check_in_time(today=AFTER, rated_on=None)
    assert "--rated-on" in refused.value.hint
    assert "--late" in refused.value.hint


def test_what_was_rated_in_time_is_written_down_afterwards_with_its_day() -> None:
    WINDOW.check_in_time(today=AFTER, rated_on=ENDS)
    WINDOW.check_in_time(today=AFTER, rated_on=OPENS)
    for day in (AFTER, date(2026, 3, 16), STARTS):
        with pytest.raises(RatedOutside, match=day.isoformat()):
            WINDOW.check_in_time(today=AFTER, rated_on=day)
    with pytest.raises(RatedOutside):
        WINDOW.check_in_time(today=date(2026, 4, 1), rated_on=date(2026, 4, 2))


@pytest.mark.parametrize("opened", [None, AFTER])
def test_a_period_opened_after_its_window_is_back_filled(opened: date | None) -> None:
    window = RatingWindow("2026-Q1", STARTS, OPENS, ENDS, opened)
    assert window.is_back_filled
    window.check_in_time(today=date(2027, 1, 1), rated_on=None)
    assert not WINDOW.is_back_filled
    assert not RatingWindow("2026-Q1", STARTS, OPENS, ENDS, ENDS).is_back_filled


def test_the_superior_waits_for_the_end_of_the_window() -> None:
    WINDOW.check_late(today=AFTER)
    with pytest.raises(WindowNotEnded, match="2026-04-14"):
        WINDOW.check_late(today=ENDS)


def test_a_rating_before_the_evaluation_begins_is_early_and_not_refused() -> None:
    assert WINDOW.is_early(date(2026, 3, 16))
    assert not WINDOW.is_early(OPENS)
    WINDOW.check_in_time(today=date(2026, 3, 16), rated_on=None)
