"""Ask the ledger whether the clock can be believed, before the calendar is left to itself."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.clock import FURTHEST_AHEAD, day_in, day_that_counts, is_behind, is_far_ahead
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import count_operations, latest_operation_at
from kinerja_cli.storage.store.settings import load_settings, save_setting

_CONFIRMED: Final = "clock_confirmed"
"""What the store keeps the number of the last operation under that was done before somebody said the clock is right."""


class ClockAhead(KinerjaError):
    """The day lies far after the last operation: the clock is wrong, or a long time is to be caught up with."""

    code = "clock-ahead"
    exit = Exit.REFUSED

    def __init__(self, day: date, last: str) -> None:
        super().__init__(
            _("{day} is more than {days} days after the last operation of this store ({last}).").format(
                day=day.isoformat(), days=FURTHEST_AHEAD.days, last=last
            ),
            _("Set the clock of the machine right. If so long a time is really to be caught up with, add --catch-up."),
        )


class ClockBehind(KinerjaError):
    """The clock stands on a day before one on which something was done already, so its day is not to be believed."""

    code = "clock-behind"
    exit = Exit.REFUSED

    def __init__(self, now: str, last: str) -> None:
        super().__init__(
            _(
                "The clock says {now}, but something was done in this store at {last} already: nothing was opened or "
                "closed."
            ).format(now=now, last=last),
            _(
                "Set the clock of the machine right; the next run catches up. If the clock is right now, and was wrong "
                "then, say so once: `kinerja period rollover --clock-is-right`."
            ),
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """The day that counts, and the clock beside what was done last, both as the agency's clock shows them.

    `is_behind` where the clock shows a day that was over when something was done.
    """

    day: date
    now: str
    last: str
    is_behind: bool


def read_clock(store: Store, now: datetime | None = None) -> Clock:
    """Which day it is: that of the clock, but none before a day on which something was done."""
    return _seen(*_zone_and_last(store), now or datetime.fromisoformat(store.origin.at))


def check_clock(store: Store, *, as_of: date | None = None, catch_up: bool = False) -> date:
    """The day by which the calendar runs: the one given, or that of the clock.

    Raises ClockAhead where it is too far in the future, ClockBehind where the clock was set back.
    """
    zone, last = _zone_and_last(store)
    clock = _seen(zone, last, datetime.fromisoformat(store.origin.at))
    if as_of is None and clock.is_behind:
        raise ClockBehind(clock.now, clock.last)
    day = as_of or clock.day
    if is_far_ahead(day, last, zone) and not catch_up:
        raise ClockAhead(day, clock.last)
    return day


def confirm_clock(store: Store) -> int | None:
    """Say that the clock is right now: what was done until now tells nothing any more about which day it is."""
    if not read_clock(store).is_behind:
        return None
    with store.writing("clock.confirm") as operation:
        save_setting(operation, _CONFIRMED, str(count_operations(operation.connection)))
    return operation.seq


def _zone_and_last(store: Store) -> tuple[tzinfo, datetime | None]:
    """The agency's zone, and the latest time at which anything was done since the clock was last confirmed."""
    with store.reading() as connection:
        settings = load_settings(connection)
        return read_agency(settings).timezone, latest_operation_at(connection, after=int(settings.get(_CONFIRMED, "0")))


def _seen(zone: tzinfo, last: datetime | None, now: datetime) -> Clock:
    """The clock beside what was done last."""
    day = day_that_counts(now, last, zone)
    spoken = "" if last is None else _spoken(last, zone)
    return Clock(day, _spoken(now, zone), spoken, is_behind=day > day_in(now, zone) and is_behind(now, last))


def _spoken(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(" ", "seconds")
