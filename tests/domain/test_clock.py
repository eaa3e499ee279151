"""Which day it is where the agency is, and when the clock is not to be believed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kinerja_cli.domain.clock import day_in, day_that_counts, is_behind, is_far_ahead

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
ZONES = {7: WIB, 8: WITA, 9: WIT}
NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize("hours", ZONES)
def test_at_half_past_five_in_utc_the_year_has_turned_in_all_three_zones(hours: int) -> None:
    assert day_in(datetime(2025, 12, 31, 17, 30, tzinfo=UTC), ZONES[hours]) == NEW_YEAR


@pytest.mark.parametrize("hours", ZONES)
def test_the_day_turns_one_second_after_23_59_59_wherever_the_clock_was_read(hours: int) -> None:
    midnight = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(hours=hours)
    for host in (UTC, WIB, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")):
        assert day_in((midnight - timedelta(seconds=1)).astimezone(host), ZONES[hours]) == date(2025, 12, 31)
        assert day_in(midnight.astimezone(host), ZONES[hours]) == NEW_YEAR


def test_the_three_zones_turn_their_day_one_after_the_other() -> None:
    days = [day_in(datetime(2025, 12, 31, 15, 30, tzinfo=UTC), zone) for zone in ZONES.values()]
    assert days == [date(2025, 12, 31), date(2025, 12, 31), NEW_YEAR]


def test_days_do_not_go_back_behind_one_on_which_something_was_done() -> None:
    now = datetime(2026, 4, 10, 1, tzinfo=UTC)
    assert day_that_counts(now, None, WIB) == date(2026, 4, 10)
    assert day_that_counts(now, now - timedelta(days=1), WIB) == date(2026, 4, 10)
    assert day_that_counts(now, now + timedelta(days=6), WIB) == date(2026, 4, 16)


def test_a_clock_is_behind_by_more_than_five_minutes_or_not_at_all() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert not is_behind(now, None)
    assert not is_behind(now, now - timedelta(days=400))
    assert not is_behind(now, now + timedelta(minutes=5))
    assert is_behind(now, now + timedelta(minutes=5, seconds=1))


def test_a_day_is_too_far_ahead_two_years_after_the_last_operation_where_the_agency_is() -> None:
    last = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    assert not is_far_ahead(date(2099, 1, 1), None, WIB)
    assert not is_far_ahead(NEW_YEAR + timedelta(days=732), last, WIB)
    assert is_far_ahead(NEW_YEAR + timedelta(days=733), last, WIB)
    assert is_far_ahead(NEW_YEAR + timedelta(days=732), last, UTC)
