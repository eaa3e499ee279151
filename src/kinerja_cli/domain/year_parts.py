"""The months or quarters beside an annual rating: shown, and asked about, but never computed with.

PermenPANRB 6/2022 Pasal 25: the annual predikat is a fresh review of the whole year.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain import objection_problems
from kinerja_cli.domain.periods import Period, PeriodKind, parse_period, periods_of_year
from kinerja_cli.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Part:
    """One month or quarter of a year: the predikat in it, and whether a rating of it is missing.

    Nothing is missing where the person took no part, or had left before its end.
    """

    code: str
    predikat: str | None
    is_missing: bool


def part_codes(year: int, taken_part: Iterable[str], opened: Iterable[str], cadence: PeriodKind) -> list[str]:
    """The codes of the parts of a year that concern a person, in order; `opened` are those opened for such people.

    They are of the kind of those the person took part in, else of those that were opened, else of the cadence.
    Where the cadence has changed within the year, each part of it counts at the cadence it was opened with, and what
    is not opened yet at the one that holds now.

    >>> part_codes(2026, ["2026-Q1"], ["2026-Q1", "2026-01"], PeriodKind.MONTHLY)
    ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']
    >>> part_codes(2026, ["2026-Q1", "2026-Q2", "2026-07"], ["2026-Q1", "2026-Q2", "2026-07"], PeriodKind.MONTHLY)
    ['2026-Q1', '2026-Q2', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12']
    """
    own, known = _parts(year, taken_part), _parts(year, opened)
    kinds = {one.kind for one in own} or {one.kind for one in known} or {cadence}
    if len(kinds) == 1:
        return [part.code for part in periods_of_year(year, *kinds)[1:]]
    there = {one.code: one for one in (*own, *known)}
    return [
        part.code
        for part in periods_of_year(year, *kinds)[1:]
        if part.code in there or (part.kind is cadence and not any(_meet(part, one) for one in there.values()))
    ]


def parts_of(
    codes: Sequence[str], predikat: Mapping[str, str | None], opened: Collection[str], out: Collection[str]
) -> list[Part]:
    """The parts with their predikat; `predikat` holds those the person takes part in, `out` those they left early."""
    return [
        Part(
            code,
            predikat.get(code),
            predikat.get(code) is None and code not in out and (code in predikat or code not in opened),
        )
        for code in codes
    ]


def judge_parts(
    annual: str,
    parts: Sequence[Part],
    *,
    name: str,
    note: str | None,
    label: Callable[[str], str],
    place: Place | None = None,
) -> list[Problem]:
    """What is to be asked about an annual predikat beside its parts: missing ones, and one unlike all of them.

    `place` is where the rating stands, if it came in a file.
    """
    place = place or Place()
    found = []
    missing = [part.code for part in parts if part.is_missing]
    if missing:
        found.append(objection_problems.PARTS_MISSING.at(place, value=", ".join(missing), name=name))
    rated = [part for part in parts if part.predikat is not None]
    if rated and not note and all(part.predikat != annual for part in rated):
        told = ", ".join(f"{part.code} {label(part.predikat or '')}" for part in rated)
        found.append(
            objection_problems.ANNUAL_UNLIKE_PARTS.at(
                place, field="predikat", value=label(annual), name=name, parts=told
            )
        )
    return found


def _parts(year: int, codes: Iterable[str]) -> list[Period]:
    """The parts of a year among some codes."""
    periods = [parse_period(code) for code in codes]
    return [one for one in periods if one.year == year and one.kind is not PeriodKind.ANNUAL]


def _meet(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return one.starts <= other.ends and other.starts <= one.ends
