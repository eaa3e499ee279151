"""Working days (hari kerja): which days are, and where a deadline counted in them ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

FIVE_DAYS: Final = 5
"""Monday to Friday; the other week, of six days, has Saturday too."""

_A_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of a unit: five or six a week, without holidays.

    `holiday` gives the name of a day off, or None. `same_day` counts a working day on which something happened
    as the first; otherwise counting begins on the next one, as is common where a rule does not say. On a day of
    `worked` people work whatever the week and the holidays say.
    """

    holiday: Callable[[date], str | None]
    week: int = 5
    same_day: bool = False
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether people work on a day."""
        if day in self.worked:
            return True
        weekend = day.weekday() >= (_SATURDAY if self.week == FIVE_DAYS else _SUNDAY)
        return not weekend and self.holiday(day) is None

    def last_day(self, start: date, days: int) -> date:
        """The last day of a deadline of so many working days that something on `start` begins.

        >>> WorkCalendar(lambda day: None).last_day(date(2026, 2, 6), 14).isoformat()
        '2026-02-26'
        """
        day = start if self.same_day else start + _A_DAY
        left = days
        while True:
            if self.is_working(day):
                left -= 1
                if left <= 0:
                    return day
            day += _A_DAY
