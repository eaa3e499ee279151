"""Ask the ledger whether the clock can be believed, before the calendar is left to itself."""

from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.clock import FURTHEST_AHEAD, is_behind, is_far_ahead
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import last_operation_at
from kinerja_cli.storage.store.settings import load_settings


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


@dataclass(frozen=True, slots=True)
class ClockBehind:
    """The clock stands before the last operation: both as the agency's clock shows them."""

    now: str
    last: str


def check_clock(store: Store, day: date, *, catch_up: bool = False) -> ClockBehind | None:
    """What is wrong with the clock, if it was set back. Raises ClockAhead where a day is too far in the future."""
    with store.reading() as connection:
        zone = read_agency(load_settings(connection)).timezone
        last = last_operation_at(connection)
    now = datetime.fromisoformat(store.origin.at)
    spoken = "" if last is None else last.astimezone(zone).isoformat(" ", "seconds")
    if is_far_ahead(day, last, zone) and not catch_up:
        raise ClockAhead(day, spoken)
    return ClockBehind(now.astimezone(zone).isoformat(" ", "seconds"), spoken) if is_behind(now, last) else None
