"""The clock of the machine: which day it is where the agency is, and whether the clock can be believed."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final

_MAY_DIFFER: Final = timedelta(minutes=5)
"""By so much clocks differ and are set right without anybody having turned them back."""

FURTHEST_AHEAD: Final = timedelta(days=732)
"""An agency whose store nobody touched for more than two years has a wrong clock, or means to catch up."""


def day_in(instant: datetime, zone: tzinfo) -> date:
    """The day it is in a zone at an instant, whatever zone the instant was taken in.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> day_in(datetime(2025, 12, 31, 17, 0, tzinfo=UTC), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-01-01'
    """
    return instant.astimezone(zone).date()


def is_behind(now: datetime, last: datetime | None) -> bool:
    """Whether the clock stands before what was done last: then it was set back, and its day is not to be believed."""
    return last is not None and last - now > _MAY_DIFFER


def day_that_counts(now: datetime, last: datetime | None, zone: tzinfo) -> date:
    """The day of the clock, or the later one on which something was done already: days do not go back."""
    day = day_in(now, zone)
    return day if last is None else max(day, day_in(last, zone))


def is_far_ahead(day: date, last: datetime | None, zone: tzinfo) -> bool:
    """Whether a day lies so far after what was done last that a wrong clock is the likeliest reason."""
    return last is not None and day - day_in(last, zone) > FURTHEST_AHEAD
