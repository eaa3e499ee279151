"""Which backups a rotation keeps: the newest of each of the last days, weeks, months and years that have one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain.text import whole_number
from kinerja_cli.errors import UsageError

_SPANS: Final[Mapping[str, Callable[[date], object]]] = {
    "daily": lambda day: day,
    "weekly": lambda day: day.isocalendar()[:2],
    "monthly": lambda day: (day.year, day.month),
    "yearly": lambda day: day.year,
}
"""The day of a backup → what it is the backup of."""

_MOST: Final = 999_999_999
"""More backups than any folder holds: all of them."""


def read_keep(text: str) -> dict[str, int]:
    """How many of each are kept. Raises UsageError where the words are none.

    >>> read_keep("daily=7, weekly=4")
    {'daily': 7, 'weekly': 4}
    """
    wanted: dict[str, int] = {}
    for part in text.split(","):
        span, _equals, count = (one.strip() for one in part.partition("="))
        number = whole_number(count, _MOST)
        if span not in _SPANS or span in wanted or number is None:
            raise UsageError(
                _("{value} is no value for {option}.").format(value=text or "''", option="--keep"),
                _("Write it like daily=7,weekly=4,monthly=12,yearly=5; leave out what is not wanted."),
            )
        wanted[span] = number
    return wanted


def kept(times: Sequence[datetime], keep: Mapping[str, int], zone: tzinfo) -> set[int]:
    """The places in `times` of the backups to keep; the newest is always among them.

    Days are those of the agency's zone. A day, week or month without a backup does not count: where no backup was
    made for a while, none is lost by it.
    """
    newest_first = sorted(range(len(times)), key=lambda place: times[place], reverse=True)
    places = set(newest_first[:1])
    for span, count in keep.items():
        seen: set[object] = set()
        for place in newest_first:
            mark = _SPANS[span](times[place].astimezone(zone).date())
            if mark not in seen and len(seen) < count:
                seen.add(mark)
                places.add(place)
    return places
