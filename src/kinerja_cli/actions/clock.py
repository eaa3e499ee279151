"""Ask the ledger whether the clock can be believed, before the calendar is left to itself."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.clock import FURTHEST_AHEAD, day_in, day_that_counts, is_behind, is_far_ahead
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import count_operations, first_gap, latest_operation_at
from kinerja_cli.storage.store.settings import load_settings, save_setting

_CONFIRMED: Final = "clock_confirmed"
"""What the store keeps the number of the last operation under that was done before somebody said the clock is right."""


class ClockAhead(KinerjaError):
    """The day lies far after what was done before it: the clock is wrong, or a long time is to be caught up with."""

    code = "clock-ahead"
    exit = Exit.REFUSED

    def __init__(self, day: date, last: str) -> None:
        super().__init__(
            _(
                "{day} is more than {days} days after the last operation of this store ({last}) that a clock can be "
                "believed for: nothing was opened or closed."
            ).format(day=day.isoformat(), days=FURTHEST_AHEAD.days, last=last),
            _(
                "Set the clock of the machine right. If it is right, say so once: `kinerja period rollover "
                "--clock-is-right`. If a day given with --as-of is really meant, add --catch-up."
            ),
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

    `is_behind` where the clock shows a day that was over when something was done. `is_far_ahead` where more than two
    years passed without anything being done, and nobody has vouched for the clock since; `last` is then what was done
    before those years.
    """

    day: date
    now: str
    last: str
    is_behind: bool
    is_far_ahead: bool = False


def read_clock(store: Store, now: datetime | None = None) -> Clock:
    """Which day it is: that of the clock, but none before a day on which something was done."""
    return _load_times(store).beside(now or datetime.fromisoformat(store.origin.at))


def check_clock(store: Store, *, as_of: date | None = None, catch_up: bool = False, dry_run: bool = False) -> date:
    """The day by which the calendar runs: the one given, or that of the clock.

    Raises ClockAhead where it is too far in the future, ClockBehind where the clock was set back. A clock that looks
    far ahead is refused whatever day is given: what is done gets its time, and would keep a clock that is right from
    working. Whoever catches up all the same vouches for it, which is kept.
    """
    times = _load_times(store)
    clock = times.beside(datetime.fromisoformat(store.origin.at))
    if as_of is None and clock.is_behind:
        raise ClockBehind(clock.now, clock.last)
    day = as_of or clock.day
    looks_ahead = clock.is_far_ahead and not clock.is_behind
    if (looks_ahead or is_far_ahead(day, times.believed, times.zone)) and not catch_up:
        told = clock.day if looks_ahead else day
        raise ClockAhead(told, "" if times.believed is None else _spoken(times.believed, times.zone))
    if catch_up and looks_ahead and not dry_run:
        _confirm(store)
    return day


def confirm_clock(store: Store) -> int | None:
    """Say that the clock is right now: what was done until now tells nothing any more about which day it is."""
    clock = read_clock(store)
    return _confirm(store) if clock.is_behind or clock.is_far_ahead else None


def _confirm(store: Store) -> int | None:
    """Keep that somebody vouched for the clock."""
    with store.writing("clock.confirm") as operation:
        save_setting(operation, _CONFIRMED, str(count_operations(operation.connection)))
    return operation.seq


@dataclass(frozen=True, slots=True)
class _Times:
    """The agency's zone, when anything was done last since the clock was last vouched for, and what of it is believed.

    `believed` is the last time before a gap that no agency leaves; without a gap it is the last of all.
    """

    zone: tzinfo
    last: datetime | None
    believed: datetime | None

    def beside(self, now: datetime) -> Clock:
        """The clock beside what was done last."""
        zone, last = self.zone, self.last
        day = day_that_counts(now, last, zone)
        behind = day > day_in(now, zone) and is_behind(now, last)
        ahead = is_far_ahead(day, self.believed, zone)
        told = self.believed if ahead and not behind else last
        return Clock(day, _spoken(now, zone), "" if told is None else _spoken(told, zone), behind, ahead)


def _load_times(store: Store) -> _Times:
    with store.reading() as connection:
        settings = load_settings(connection)
        zone, after = read_agency(settings).timezone, int(settings.get(_CONFIRMED, "0"))
        last = latest_operation_at(connection, after=after)
        gap = first_gap(connection, after=after, is_gap=lambda one, next_: is_far_ahead(day_in(next_, zone), one, zone))
    return _Times(zone, last, gap or last)


def _spoken(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(" ", "seconds")
