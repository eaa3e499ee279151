"""Which store a command works on, and which day it is there."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kinerja_cli.cli.messages import warn
from kinerja_cli.cli.origin import origin
from kinerja_cli.cli.state import session
from kinerja_cli.domain import calendar_problems
from kinerja_cli.domain.clock import FURTHEST_AHEAD, day_in
from kinerja_cli.errors import Place

if TYPE_CHECKING:
    from kinerja_cli.storage.store import Store


def location() -> str:
    """The store named on the command line or in KINERJA_DB, else the one in the user's data folder."""
    if session.db:
        return session.db
    from platformdirs import user_data_path

    return str(user_data_path("kinerja") / "kinerja.db")


def open_store(*, tells_clock: bool = True) -> "Store":
    """The store this command works on; a clock that cannot be believed is told of, but by whoever refuses it."""
    from kinerja_cli.storage.store import Store

    store = session.store = Store.open(location(), origin())
    if tells_clock:
        today(store)
    return store


def find_store() -> "Store | None":
    """The store, for a command that can do without one; None where there is none yet."""
    from kinerja_cli.storage.database import StoreMissing

    try:
        return open_store()
    except StoreMissing:
        return None


def today(store: "Store") -> date:
    """The day it is where the agency is, whatever zone the host's clock is in.

    It never goes back behind a day on which something was done: a clock that was set back is told of, once, and so
    is one that is years ahead. One run has one day, and looks at the clock once.
    """
    if session.day is not None:
        return session.day
    from kinerja_cli.actions.clock import read_clock

    clock = read_clock(store, datetime.now(UTC))
    session.day = clock.day
    if clock.is_behind:
        day = clock.day.isoformat()
        warn(calendar_problems.CLOCK_SET_BACK.at(Place(), now=clock.now, last=clock.last, day=day))
    elif clock.is_far_ahead:
        ahead = calendar_problems.CLOCK_FAR_AHEAD
        warn(ahead.at(Place(), now=clock.now, last=clock.last, days=FURTHEST_AHEAD.days))
    return clock.day


def today_in(zone: str) -> date:
    """The day it is in a time zone."""
    return day_in(datetime.now(UTC), ZoneInfo(zone))
