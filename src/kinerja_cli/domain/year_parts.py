"""The months or quarters beside an annual rating: shown, and asked about, but never computed with.

PermenPANRB 6/2022 Pasal 25: the annual predikat is a fresh review of the whole year.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain import objection_problems
from kinerja_cli.domain.cadences import parts_in
from kinerja_cli.domain.periods import Period, PeriodKind, parse_period, quarter_of, quarter_period
from kinerja_cli.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Part:
    """One month or quarter of a year: the predikat in it, whether a rating of it is missing, and why not.

    Nothing is missing where the person took no part, or had left before its end: of these `is_out` says so.
    """

    code: str
    predikat: str | None
    is_missing: bool
    is_out: bool = False


def part_codes(year: int, taken_part: Iterable[str], cadence: Callable[[Period], PeriodKind]) -> list[str]:
    """The codes of the parts of a year that concern a person, in order: those they took part in, and those due.

    In a quarter they are of the kind that the person took part in, else of that of their `cadence`.

    >>> part_codes(2026, ["2026-Q1", "2026-04"], lambda quarter: PeriodKind.QUARTERLY)
    ['2026-Q1', '2026-04', '2026-05', '2026-06', '2026-Q3', '2026-Q4']
    """
    own = [one for one in map(parse_period, taken_part) if one.year == year and one.kind is not PeriodKind.ANNUAL]
    found: list[str] = []
    for number in range(1, 5):
        quarter = quarter_period(year, number)
        there = [one for one in own if quarter_of(one) == quarter]
        kinds = {one.kind for one in there} or {cadence(quarter)}
        found += [one.code for one in parts_in(quarter, kinds) if len(kinds) == 1 or one in there]
    return found


def parts_of(
    codes: Sequence[str], predikat: Mapping[str, str | None], opened: Collection[str], out: Collection[str]
) -> list[Part]:
    """The parts with their predikat; `predikat` holds those the person takes part in, `out` those they left early."""
    return [
        Part(
            code,
            predikat.get(code),
            predikat.get(code) is None and code not in out and (code in predikat or code not in opened),
            predikat.get(code) is None and code in out,
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
