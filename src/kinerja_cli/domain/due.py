"""What the calendar asks for by a day: periods to be opened and to be closed."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kinerja_cli.domain.cadences import Cadences
from kinerja_cli.domain.periods import Period, parse_period, takes_part


@dataclass(frozen=True, slots=True)
class Due:
    """A period that is to be opened or closed, and the day on which that became due."""

    action: Literal["open", "close"]
    period: Period
    on: date


def what_is_due(
    as_of: date,
    cadences: Cadences,
    *,
    since: date,
    known: Collection[str],
    windows: Mapping[str, date],
    window_of: Callable[[Due], date],
    employments: Collection[str] = (),
) -> list[Due]:
    """Everything to be opened and closed up to and including a day, in the order in which it became due.

    `known` are the periods that exist, `windows` the last days of those that are open; `window_of` tells it of one
    that is yet to be opened. Years before that of `since` are not opened, nor is what nobody of the `employments`
    there are takes part in. Doing all this at once comes to the same as doing it day by day.
    """
    openings = [
        Due("open", period, period.starts)
        for year in range(since.year, as_of.year + 1)
        for period in cadences.periods_of(year)
        if period.starts <= as_of and period.code not in known and _concerns(cadences, period, employments)
    ]
    ends = [(parse_period(code), last) for code, last in windows.items()]
    ends += [(one.period, window_of(one)) for one in openings]
    closings = [Due("close", period, last + timedelta(days=1)) for period, last in ends if last < as_of]
    # "close" sorts before "open", and a year, number 0, before the parts that start with it.
    return sorted(
        [*openings, *closings],
        key=lambda one: (one.on, one.action, one.period.starts, one.period.number, one.period.code),
    )


def _concerns(cadences: Cadences, period: Period, employments: Collection[str]) -> bool:
    """Whether anybody of some employments takes part in a period; where none are known, anybody may yet come."""
    participants = cadences.participants(period)
    return not employments or any(takes_part(one, participants) for one in employments)
