"""Whether a rating can still be recorded: in the window by the assessor, after it by the assessor's superior.

A period that was opened after its own window is being back-filled: what was rated long ago is written down now, so
its window refuses nothing.
"""

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError


class WindowEnded(KinerjaError):
    """The window of the period has ended, so the assessor can no longer rate in it."""

    code = "window-ended"
    exit = Exit.REFUSED

    def __init__(self, period: str, ended: date) -> None:
        super().__init__(
            _("The window of {period} ended on {day}; the assessor can no longer rate in it.").format(
                period=period, day=ended
            ),
            _(
                "If it was rated in time and is only written down now, say when with --rated-on DATE. Otherwise the "
                "assessor's superior rates: `kinerja score record NIP {period} --late`, which is final "
                "(PermenPANRB 6/2022 Lampiran IV.A.11)."
            ).format(period=period),
        )


class WindowNotEnded(KinerjaError):
    """The superior cannot step in while the assessor can still rate."""

    code = "window-not-ended"
    exit = Exit.REFUSED

    def __init__(self, period: str, ends: date) -> None:
        super().__init__(
            _("The window of {period} runs until {day}; until then the assessor rates.").format(
                period=period, day=ends
            ),
            _("Record the assessor's rating without --late, or wait until the window has ended."),
        )


class RatedOutside(KinerjaError):
    """The day on which somebody is said to have been rated lies outside of the window."""

    code = "rated-outside"
    exit = Exit.REFUSED

    def __init__(self, period: str, day: date, *, first: date, last: date) -> None:
        super().__init__(
            _("{day} is no day on which {period} could be rated in time.").format(day=day, period=period),
            _("--rated-on takes a day from {first} to {last}, and none in the future.").format(first=first, last=last),
        )


@dataclass(frozen=True, slots=True)
class RatingWindow:
    """The days of a period and of its evaluation, and the day on which it was opened here, where that is known."""

    period: str
    starts: date
    opens: date
    ends: date
    opened: date | None

    @property
    def is_back_filled(self) -> bool:
        """Whether the period was opened after its own window, or before anybody kept the day."""
        return self.opened is None or self.opened > self.ends

    def check_in_time(self, *, today: date, rated_on: date | None) -> None:
        """Refuse a rating by the assessor that comes too late. Raises WindowEnded or RatedOutside."""
        if self.takes(today=today, rated_on=rated_on):
            return
        if rated_on is not None:
            raise RatedOutside(self.period, rated_on, first=self.opens, last=self.ends)
        raise WindowEnded(self.period, self.ends)

    def takes(self, *, today: date, rated_on: date | None) -> bool:
        """Whether the assessor can rate now, or has rated on the day that is named."""
        if rated_on is not None:
            return self.opens <= rated_on <= min(self.ends, today)
        return today <= self.ends or self.is_back_filled

    def is_early(self, today: date) -> bool:
        """Whether the evaluation has not begun: a rating is taken, but the period can still bring anything."""
        return today < self.opens

    def check_late(self, *, today: date) -> None:
        """Refuse a rating by the superior that comes too early. Raises WindowNotEnded."""
        if today <= self.ends:
            raise WindowNotEnded(self.period, self.ends)
