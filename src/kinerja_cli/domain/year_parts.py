"""The months or quarters beside an annual rating: shown, and asked about, but never computed with.

PermenPANRB 6/2022 Pasal 25: the annual predikat is a fresh review of the whole year.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain import objection_problems
from kinerja_cli.domain.periods import PeriodKind, parse_period, periods_of_year
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
    """The codes of the parts of a year that concern a person, in order.

    They are of the kind of those the person took part in, else of those that were opened, else of the cadence.

    >>> part_codes(2026, ["2026-Q1"], ["2026-Q1", "2026-01"], PeriodKind.MONTHLY)
    ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']
    """
    kinds = _kinds(year, taken_part) or _kinds(year, opened) or {cadence}
    return [
        part.code
        for kind in (PeriodKind.QUARTERLY, PeriodKind.MONTHLY)
        if kind in kinds
        for part in periods_of_year(year, kind)[1:]
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
    annual: str, parts: Sequence[Part], *, name: str, note: str | None, label: Callable[[str], str]
) -> list[Problem]:
    """What is to be asked about an annual predikat beside its parts: missing ones, and one unlike all of them."""
    found = []
    missing = [part.code for part in parts if part.is_missing]
    if missing:
        found.append(objection_problems.PARTS_MISSING.at(Place(), value=", ".join(missing), name=name))
    rated = [part for part in parts if part.predikat is not None]
    if rated and not note and all(part.predikat != annual for part in rated):
        told = ", ".join(f"{part.code} {label(part.predikat or '')}" for part in rated)
        found.append(
            objection_problems.ANNUAL_UNLIKE_PARTS.at(
                Place(), field="predikat", value=label(annual), name=name, parts=told
            )
        )
    return found


def _kinds(year: int, codes: Iterable[str]) -> set[PeriodKind]:
    """The kinds of parts of a year among some codes."""
    periods = [parse_period(code) for code in codes]
    return {one.kind for one in periods if one.year == year and one.kind is not PeriodKind.ANNUAL}
