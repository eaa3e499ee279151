"""The days on which a period of the store can be rated."""

from datetime import date

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.periods import parse_period, window_opens
from kinerja_cli.domain.rating_window import RatingWindow
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.settings import load_opening_settings, load_settings


def days_before(connection: Connection, period_code: str) -> int:
    """How many days before its end the evaluation of a period begins: as it was when it was opened."""
    opening = load_opening_settings(connection, period_code).get(period_code)
    return read_agency(load_settings(connection) if opening is None else opening).window_days_before


def every_days_before(connection: Connection) -> dict[str, int]:
    """The same of each period that there is."""
    return {code: read_agency(one).window_days_before for code, one in load_opening_settings(connection).items()}


def window_of(period: StoredPeriod, *, days_before: int | None = None) -> RatingWindow:
    """The days of a period and of its evaluation, and the day on which it was opened, where that was kept.

    The evaluation begins `days_before` the end, as the agency has set it; whoever only asks about the end gives none.
    """
    starts = date.fromisoformat(period.starts)
    return RatingWindow(
        period.code,
        starts,
        starts if days_before is None else window_opens(parse_period(period.code), days_before=days_before),
        date.fromisoformat(period.window_ends),
        None if period.opened_on is None else date.fromisoformat(period.opened_on),
    )
