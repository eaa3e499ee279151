"""Dates as Indonesian offices write them: the day always first, a spreadsheet's own dates, or ISO."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text

MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "feb", "february", "pebruari"),
    ("maret", "mar", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agu", "agt", "ags", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nov", "nopember", "nop"),
    ("desember", "des", "dec", "december"),
)
"""The months by number, the official Indonesian name first."""

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""The days of the week in Indonesian, Monday first."""

_MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[Tt ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: 00:00(?::00)?)?")
_NAMED = re.compile(r"(\d{1,2})[-/. ]+([a-z]+)[-/., ]+(\d{4})")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(61, 73051)
"""Day numbers of spreadsheets, March 1900 (before that Excel itself counts wrongly) to the end of 2099."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date read from a cell: `day` is None where it is none; `ambiguous` where day and month could swap."""

    day: date | None
    ambiguous: bool = False


def read_date(value: CellValue) -> ReadDate:
    """What date a cell holds.

    >>> read_date("1 Maret 2015").day, read_date("07-03-2026").day, read_date("31/02/2020").day
    (datetime.date(2015, 3, 1), datetime.date(2026, 3, 7), None)
    """
    if isinstance(value, datetime):
        return ReadDate(value.date())
    if isinstance(value, date):
        return ReadDate(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = int(value)
        return ReadDate(_EPOCH + timedelta(days=whole) if whole in _SERIALS else None)
    return _read_text(clean_text(value).lower())


@lru_cache(maxsize=65536)
def _read_text(text: str) -> ReadDate:
    """A date in words or figures."""
    if text.isdigit() and len(text) == 5:
        return read_date(int(text))
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return ReadDate(_day(year, month, day))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return ReadDate(_day(year, month, day), ambiguous=day != month and day <= 12 and month <= 12)
    if match := _NAMED.fullmatch(text):
        named = _MONTH_NUMBERS.get(match[2])
        return ReadDate(_day(int(match[3]), named, int(match[1])) if named else None)
    return ReadDate(None)


def _day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def official_date(day: date) -> str:
    """The date as official letters write it, always in Indonesian.

    >>> official_date(date(2026, 3, 7))
    '7 Maret 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1][0].capitalize()} {day.year}"
