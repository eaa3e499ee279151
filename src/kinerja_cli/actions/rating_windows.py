"""The days on which a period of the store can be rated."""

from datetime import date

from kinerja_cli.domain.periods import parse_period, window_opens
from kinerja_cli.domain.rating_window import RatingWindow
from kinerja_cli.storage.store.periods import StoredPeriod


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
