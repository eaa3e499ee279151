"""The days on which a period of the store can be rated."""

from datetime import date

from kinerja_cli.domain.rating_window import RatingWindow
from kinerja_cli.storage.store.periods import StoredPeriod


def window_of(period: StoredPeriod) -> RatingWindow:
    """The days on which a period can be rated, and the day on which it was opened, where that was kept."""
    return RatingWindow(
        period.code,
        date.fromisoformat(period.starts),
        date.fromisoformat(period.window_ends),
        None if period.opened_on is None else date.fromisoformat(period.opened_on),
    )
