"""Which backups stay: the newest of each day, week, month and year, and always the newest of all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.rotation import kept, read_keep
from kinerja_cli.errors import UsageError

WIB = ZoneInfo("Asia/Jakarta")
BEGIN = datetime(2026, 1, 1, 18, tzinfo=UTC)


def test_a_rotation_is_read_from_its_words() -> None:
    assert read_keep("daily=7,weekly=4, monthly = 12,yearly=0") == {"daily": 7, "weekly": 4, "monthly": 12, "yearly": 0}


@pytest.mark.parametrize("text", ["", "daily", "daily=", "daily=-1", "hourly=3", "daily=1,daily=2", "daily=²", "7"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_keep(text)
    assert "--keep" in refused.value.message


def test_the_newest_of_each_day_week_and_month_stays() -> None:
    times = [BEGIN + timedelta(days=day) for day in range(100)]
    stay = {times[place].date().isoformat() for place in kept(times, {"daily": 3, "weekly": 2, "monthly": 3}, UTC)}
    assert stay == {"2026-04-10", "2026-04-09", "2026-04-08", "2026-04-05", "2026-03-31", "2026-02-28"}


def test_days_are_those_of_the_agency() -> None:
    evening = [datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in (16, 18)]
    assert kept(evening, {"daily": 2}, UTC) == {1}
    assert kept(evening, {"daily": 2}, WIB) == {0, 1}


def test_days_without_a_backup_do_not_count() -> None:
    times = [BEGIN, BEGIN + timedelta(days=200), BEGIN + timedelta(days=400)]
    assert kept(times, {"daily": 3}, WIB) == {0, 1, 2}


def test_the_only_one_stays_whatever_is_wished() -> None:
    assert kept([BEGIN], {"daily": 0}, WIB) == {0}
    assert kept([], {"daily": 7}, WIB) == set()


@given(
    st.lists(st.integers(0, 3_000_000), max_size=30),
    st.dictionaries(st.sampled_from(["daily", "weekly", "monthly", "yearly"]), st.integers(0, 9)),
)
def test_rotating_twice_takes_nothing_more(minutes: list[int], keep: dict[str, int]) -> None:
    times = [BEGIN + timedelta(minutes=minute) for minute in minutes]
    staying = sorted(kept(times, keep, WIB))
    again = kept([times[place] for place in staying], keep, WIB)
    assert again == set(range(len(staying)))
    assert not times or max(times) in [times[place] for place in staying]
