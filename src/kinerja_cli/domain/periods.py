"""Periods of appraisal: months, quarters and years.

How people write them, when they and their windows end, and what is due to be opened or closed on a day.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from gettext import gettext as _
from itertools import pairwise
from typing import Final

from kinerja_cli.domain.dates import MONTHS
from kinerja_cli.errors import N_, Exit, KinerjaError


class PeriodKind(StrEnum):
    """How long a period is; the first two are also the cadence an agency chooses."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


PARTICIPANTS: Final = ("everybody", "full_time", "part_time")
"""Who takes part in a period: all, all but PPPK paruh waktu, or these alone, who may have a cadence of their own."""

PART_TIME: Final = "pppk_paruh_waktu"
"""The employment that may have a cadence of its own (KepmenPANRB 16/2025: triwulan and tahunan)."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period; `number` is its month or quarter, and 0 for a whole year."""

    code: str
    kind: PeriodKind
    year: int
    number: int
    starts: date
    ends: date


class PeriodMalformed(KinerjaError):
    """A text names no period."""

    code = "period-malformed"
    exit = Exit.USAGE

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a period.").format(text=text),
            _("Write a year (2026), a quarter (2026-Q1, Triwulan I 2026) or a month (2026-06, Juni 2026)."),
        )


_MONTH_NUMBERS: Final = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
_MONTH_LABELS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_ROMAN: Final = ("I", "II", "III", "IV")
_ORDINALS: Final = ("pertama", "kedua", "ketiga", "keempat")
_QUARTER_NUMBERS = {
    name: number
    for names in (("1", "2", "3", "4"), map(str.lower, _ROMAN), _ORDINALS)
    for number, name in enumerate(names, 1)
}

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR = rf"[ ,./-]+(?:\([^()]*\)[ ,./-]+)?(?:(?:tahun(?: anggaran)?|ta|t\.a\.?|thn|th\.?|year)[ :]*)?{_YEAR}"
_MONTH_NAME = f"(?:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\\.?"
_QUARTER_WORD = r"(?:triwulanan|triwulan|tri wulan|tw|kuartal|quarter|q)"
_QUARTER_NUMBER = rf"(?P<quarter>[1-4]|iv|i{{1,3}}|{'|'.join(_ORDINALS)})"
_QUARTER = rf"{_QUARTER_WORD}[ .:-]*(?:ke[ -]*)?{_QUARTER_NUMBER}(?:[ /-]*akhir)?{_OF_YEAR}"
_QUARTER_CODE = rf"{_YEAR}[ /-]*{_QUARTER_WORD}[ .-]*{_QUARTER_NUMBER}"
_MONTH_NUMBER = rf"(?:bulanan|bulan|month)[ .:-]*(?:ke[ -]*)?(?P<month>1[0-2]|0?[1-9]){_OF_YEAR}"
_MONTH_CODE = rf"{_YEAR}-(?P<month>1[0-2]|0?[1-9])"
_NAMED_MONTH = rf"(?:(?:bulanan|bulan|month)[ :]*)?(?P<name>{_MONTH_NAME}){_OF_YEAR}"
_ANNUAL_WORD = rf"(?:tahunan|annual){_OF_YEAR}"
_PREFIX = r"(?:periode(?: penilaian)?[ :]*)?"
_UNTIL = r" ?(?:s/d|sd|s\.d\.?|sampai(?: dengan)?|hingga|to|-|–) ?"
_SPAN = (
    rf"(?:(?P<first_day>\d\d?) )?(?P<first>{_MONTH_NAME})(?: (?:tahun )?(?P<first_year>\d{{4}}))?"
    rf"{_UNTIL}(?:(?P<last_day>\d\d?) )?(?P<last>{_MONTH_NAME}){_OF_YEAR}"
)
_DAYS_OF_MONTH = rf"(?P<first_day>\d\d?){_UNTIL}(?P<last_day>\d\d?) (?P<last>{_MONTH_NAME}){_OF_YEAR}"
_DATE = re.compile(r"(?<![\d/.-])(?:(\d\d?)([-/.])(\d\d?)\2(\d{4})|(\d{4})-(\d\d)-(\d\d))(?![\d/-])")

_WRITTEN = tuple(
    re.compile(_PREFIX + pattern)
    for pattern in (
        _QUARTER,
        _QUARTER_CODE,
        _MONTH_NUMBER,
        _MONTH_CODE,
        _NAMED_MONTH,
        _ANNUAL_WORD,
        rf"(?:(?:tahun|year)[ :]*)?{_YEAR}",
    )
)
# A month after a day is a date, and a year without "tahunan" or "periode" says when, not how long.
_IN_TITLES = tuple(
    re.compile(rf"(?<![\w/-])(?:{pattern})(?![\w/-])")
    for pattern in (
        _QUARTER,
        _QUARTER_CODE,
        _MONTH_NUMBER,
        _MONTH_CODE,
        rf"(?<!\d ){_NAMED_MONTH}",
        _ANNUAL_WORD,
        rf"periode(?: penilaian)?[ :]*(?:tahun[ :]*)?{_YEAR}",
    )
)
_SPANS_IN_TITLES = tuple(re.compile(rf"(?<!\w){span}(?!\w)") for span in (_SPAN, _DAYS_OF_MONTH))
_YEAR_ALONE = re.compile(rf"(?:tahun|year)[ :]*{_YEAR}")
_PART_OF_YEAR = re.compile(
    rf"(?<!\w)(?:{_QUARTER_WORD}|semester|semesteran|catur ?wulan|bulanan|bulan|month|{_MONTH_NAME})(?!\w)"
)


def parse_period(text: str) -> Period:
    """The period a text names as a whole, or the refusal that tells how to write one.

    >>> parse_period("Triwulan I 2026").code, parse_period("Periode Bulanan 6 Tahun 2026").code
    ('2026-Q1', '2026-06')
    """
    written = _fold(text)
    for pattern in _WRITTEN:
        match = pattern.fullmatch(written)
        if match is not None:
            return _from_match(match)
    raise PeriodMalformed(text)


def find_period(text: str) -> Period | None:
    """The one period named somewhere in a title, or None if there is none or more than one.

    >>> find_period("REKAP PENILAIAN, PERIODE: TRIWULAN I TAHUN 2026").code
    '2026-Q1'
    >>> find_period("Periode Penilaian: 1 Januari s.d. 31 Maret 2026").code
    '2026-Q1'
    """
    written = _DATE.sub(_spelt_out, _fold(text))
    spans = [span for pattern in _SPANS_IN_TITLES for span in pattern.finditer(written)]
    for span in spans:
        written = written.replace(span[0], " ")
    found = {_from_span(span) for span in spans}
    found |= {_from_match(match) for pattern in _IN_TITLES for match in pattern.finditer(written)}
    return found.pop() if len(found) == 1 else None


def titles_periods(titles: Sequence[Sequence[str]]) -> set[Period]:
    """Every period that the rows of titles over a table name.

    What one row leaves open the row below may say. A bare "Tahun 2026" is the year only where nothing speaks of
    a part of it.

    >>> [period.code for period in titles_periods([["DINAS KESEHATAN"], ["Triwulan II"], ["Tahun 2026"]])]
    ['2026-Q2']
    """
    lines = [" ".join(row) for row in titles if row]
    found = _named([*lines, *(text for row in titles for text in row)]) or _named(map(" ".join, pairwise(lines)))
    if not found and not any(_PART_OF_YEAR.search(_fold(line)) for line in lines):
        alone = filter(None, (_YEAR_ALONE.fullmatch(_fold(line)) for line in lines))
        found = set(map(_from_match, alone))
    return found


def annual_period(year: int) -> Period:
    """A whole year."""
    return Period(f"{year}", PeriodKind.ANNUAL, year, 0, date(year, 1, 1), date(year, 12, 31))


def quarter_period(year: int, number: int) -> Period:
    """A quarter of a year, counted from 1."""
    starts, ends = date(year, 3 * number - 2, 1), _month_end(year, 3 * number)
    return Period(f"{year}-Q{number}", PeriodKind.QUARTERLY, year, number, starts, ends)


def month_period(year: int, number: int) -> Period:
    """A month of a year, counted from 1."""
    starts, ends = date(year, number, 1), _month_end(year, number)
    return Period(f"{year}-{number:02}", PeriodKind.MONTHLY, year, number, starts, ends)


def periods_of_year(year: int, *cadences: PeriodKind | None) -> tuple[Period, ...]:
    """The periods of a year at one cadence or several: the year itself first, then its parts.

    >>> [period.code for period in periods_of_year(2026, PeriodKind.QUARTERLY)]
    ['2026', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']
    """
    parts: list[Period] = []
    if PeriodKind.QUARTERLY in cadences:
        parts += [quarter_period(year, number) for number in range(1, 5)]
    if PeriodKind.MONTHLY in cadences:
        parts += [month_period(year, number) for number in range(1, 13)]
    return (annual_period(year), *parts)


def quarter_on(day: date) -> Period:
    """The quarter that a day lies in."""
    return quarter_period(day.year, (day.month + 2) // 3)


def quarter_of(period: Period) -> Period:
    """The quarter that a month lies in, or a quarter itself.

    >>> quarter_of(month_period(2026, 5)).code
    '2026-Q2'
    """
    return quarter_on(period.starts)


def takes_part(employment: str, participants: str | None) -> bool:
    """Whether people of an employment take part in a period; one that does not say so is everybody's."""
    if participants in (None, "everybody"):
        return True
    return (employment == PART_TIME) is (participants == "part_time")


def window_ends(period: Period, *, days_after: int, annual: tuple[int, int]) -> date:
    """The last day on which a period can be appraised.

    `days_after` the end for months and quarters, a fixed month and day of the following year for a year.
    """
    if period.kind is PeriodKind.ANNUAL:
        month, day = annual
        return date(period.year + 1, month, day)
    return period.ends + timedelta(days=days_after)


def window_opens(period: Period, *, days_before: int) -> date:
    """The first day on which a period is appraised: shortly before its end, as PermenPANRB 6/2022 IV.A.14 implies."""
    return max(period.starts, period.ends - timedelta(days=days_before))


def period_label(period: Period) -> str:
    """A period for people to read, in their language."""
    if period.kind is PeriodKind.ANNUAL:
        return _("Year {year}").format(year=period.year)
    if period.kind is PeriodKind.QUARTERLY:
        return _("Quarter {number} {year}").format(number=_ROMAN[period.number - 1], year=period.year)
    return _("{month} {year}").format(month=_(_MONTH_LABELS[period.number - 1]), year=period.year)


def period_title(period: Period) -> str:
    """A period as official papers write it, always in Indonesian.

    >>> period_title(parse_period("2026-Q1")), period_title(parse_period("2026-03")), period_title(parse_period("2026"))
    ('Triwulan I Tahun 2026', 'Bulan Maret Tahun 2026', 'Tahun 2026')
    """
    if period.kind is PeriodKind.ANNUAL:
        return f"Tahun {period.year}"
    if period.kind is PeriodKind.QUARTERLY:
        return f"Triwulan {_ROMAN[period.number - 1]} Tahun {period.year}"
    return f"Bulan {MONTHS[period.number - 1][0].capitalize()} Tahun {period.year}"


def _fold(text: str) -> str:
    """A text as periods are looked for in it: lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _named(texts: Iterable[str]) -> set[Period]:
    """The periods that some texts name, each by itself."""
    return {period for period in map(find_period, texts) if period is not None}


def _spelt_out(found: re.Match[str]) -> str:
    """A date in figures, day first or ISO, as a day of a named month; what is no date stays as it is."""
    day, month, year = (found[1], found[3], found[4]) if found[1] else (found[7], found[6], found[5])
    return f"{day} {MONTHS[int(month) - 1][0]} {year}" if 1 <= int(month) <= len(MONTHS) else found[0]


def _from_match(match: re.Match[str]) -> Period:
    """The period that a pattern has found the parts of."""
    parts = match.groupdict()
    year = int(parts["year"])
    if quarter := parts.get("quarter"):
        return quarter_period(year, _QUARTER_NUMBERS[quarter])
    if month := parts.get("month"):
        return month_period(year, int(month))
    if name := parts.get("name"):
        return month_period(year, _MONTH_NUMBERS[name.rstrip(".")])
    return annual_period(year)


def _from_span(span: re.Match[str]) -> Period | None:
    """The period that runs exactly from one month, or day, to another; None where no period does."""
    parts = span.groupdict()
    year = int(parts["year"])
    if parts.get("first_year") not in (None, parts["year"]) or parts["first_day"] not in (None, "1", "01"):
        return None
    last = parts["last"]
    months = tuple(_MONTH_NUMBERS[name.rstrip(".")] for name in (parts.get("first") or last, last))
    for cadence in (PeriodKind.QUARTERLY, PeriodKind.MONTHLY):
        for period in periods_of_year(year, cadence):
            if (period.starts.month, period.ends.month) == months:
                whole = parts["last_day"] in (None, str(period.ends.day))
                return period if whole else None
    return None


def _month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
