"""What is past its retention: closed periods, feedback, and people who left, so many years ago.

How long a record is kept is for the agency's archive schedule (UU 43/2009) to say; the years are settings. Nothing
goes before all that needs it has gone: a person's NIP stays as long as a closed period is kept that they were in,
since the fingerprint of the period covers it. Their name and everything else about them goes first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kinerja_cli.domain.text import whole_number

NEVER: Final = "never"
"""The value of a setting by which nothing is ever past its retention."""

MOST_YEARS: Final = 100

ERASED_NAME: Final = "(data dihapus)"
"""What stands in the place of a name; in Indonesian, as whatever the agency writes is."""

LEFT: Final = frozenset(("retired", "dismissed", "transferred", "deceased"))
"""Standings of people who do not come back."""


class Kept(StrEnum):
    """Why a person who left long ago is kept as they are, or only shortened."""

    NO_DAY = "no_day"
    OPEN_PERIOD = "open_period"
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """A closed period that is past its retention: since when, and how many appraisals it has."""

    code: str
    starts: str
    ends: str
    since: str
    appraisals: int


@dataclass(frozen=True, slots=True)
class PastPerson:
    """A person who left long ago, and what may be done: `remove` all, else take out all but NIP and days.

    `kept` says why not more may be done.
    """

    nip: str
    name: str
    left_on: str | None
    remove: bool
    shorten: bool
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Closed:
    """What has to be known of a period."""

    code: str
    starts: str
    ends: str
    window_ends: str
    is_open: bool
    appraisals: int


def read_years(text: str) -> str | None:
    """The value of a setting of years as it is kept; None where it is none.

    >>> read_years(" 10 "), read_years("NEVER"), read_years("0")
    ('10', 'never', None)
    """
    value = text.strip().lower()
    if value == NEVER:
        return value
    return str(number) if (number := whole_number(value, MOST_YEARS)) else None


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the day after where there is no such day.

    >>> years_after(date(2024, 2, 29), 1).isoformat()
    '2025-03-01'
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def past_since(day: str, years: str, today: date) -> str | None:
    """Since when a record of a day is past its retention; None where it is not yet, or never will be."""
    if years == NEVER:
        return None
    since = years_after(date.fromisoformat(day), int(years))
    return since.isoformat() if since <= today else None


def past_periods(periods: Iterable[Closed], years: str, today: date) -> tuple[PastPeriod, ...]:
    """The closed periods whose appraisals are past their retention, counted from the end of the window."""
    return tuple(
        PastPeriod(one.code, one.starts, one.ends, since, one.appraisals)
        for one in periods
        if not one.is_open and one.appraisals and (since := past_since(one.window_ends, years, today)) is not None
    )


def past_days(
    days: Mapping[int, str], periods: Sequence[Closed], past: Collection[str], years: str, today: date
) -> frozenset[int]:
    """The pieces of feedback, by number and day, that no kept period has and that are old enough themselves."""
    kept = [one for one in periods if one.code not in past and one.appraisals]
    return frozenset(
        number
        for number, day in days.items()
        if past_since(day, years, today) is not None and not any(one.starts <= day <= one.ends for one in kept)
    )


def past_people(
    people: Mapping[str, tuple[str, str]],
    left_on: Mapping[str, str],
    in_open: Collection[str],
    referred: Collection[str],
    years: str,
    today: date,
) -> tuple[PastPerson, ...]:
    """The people who left so long ago that they are past their retention, by NIP.

    `people` are (name, standing) by NIP, `left_on` the last day in service, `in_open` those in an open period and
    `referred` those whom something that is kept still names.
    """
    found = []
    for nip, (name, status) in sorted(people.items()):
        if status not in LEFT or years == NEVER:
            continue
        day = left_on.get(nip)
        shortened = name == ERASED_NAME
        if day is None:
            found.append(PastPerson(nip, name, None, remove=False, shorten=False, kept=Kept.NO_DAY))
        elif past_since(day, years, today) is not None:
            if nip in in_open:
                found.append(PastPerson(nip, name, day, remove=False, shorten=False, kept=Kept.OPEN_PERIOD))
            elif nip in referred:
                found.append(PastPerson(nip, name, day, remove=False, shorten=not shortened, kept=Kept.REFERRED))
            else:
                found.append(PastPerson(nip, name, day, remove=True, shorten=False, kept=None))
    return tuple(found)
