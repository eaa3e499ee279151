"""How often people are appraised within a year: by months or quarters, and PPPK paruh waktu perhaps by the other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kinerja_cli.domain.periods import (
    PART_TIME,
    Period,
    PeriodKind,
    annual_period,
    month_period,
    quarter_of,
    quarter_period,
)

_QUARTERS: Final = range(1, 5)
_GROUPS: Final = ("full_time", "part_time")


@dataclass(frozen=True, slots=True)
class Cadences:
    """The cadence of the agency, and that of PPPK paruh waktu where it is another; both quarter by quarter.

    Within a quarter the kind of period that was first opened for a group stays, whatever is set afterwards (`kept`,
    by group and code of the quarter): otherwise the rest of the quarter would belong to no period, or to two.
    """

    cadence: PeriodKind
    part_time: PeriodKind | None = None
    kept: Mapping[tuple[str, str], PeriodKind] = field(default_factory=dict)

    def of(self, employment: str, quarter: Period) -> PeriodKind:
        """The kind of the periods in which people of an employment take part in a quarter."""
        return self._of("part_time" if employment == PART_TIME else "full_time", quarter)

    def periods_of(self, year: int) -> list[Period]:
        """The periods that a year is to have: the year itself, and quarters or months as the groups need them.

        >>> mixed = Cadences(PeriodKind.MONTHLY, kept={("full_time", "2026-Q1"): PeriodKind.QUARTERLY})
        >>> [period.code for period in mixed.periods_of(2026)][:7]
        ['2026', '2026-Q1', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05']
        """
        found = [annual_period(year)]
        for number in _QUARTERS:
            quarter = quarter_period(year, number)
            kinds = {self._of(group, quarter) for group in _GROUPS}
            found += parts_in(quarter, kinds)
        return found

    def waiting(self, quarter: Period) -> dict[str, PeriodKind]:
        """Of each group for which another cadence is set than the one it keeps in a quarter, that which it keeps."""
        kept = {group: self._of(group, quarter) for group in _GROUPS}
        return {group: kind for group, kind in kept.items() if kind is not self._set(group)}

    def participants(self, period: Period) -> str:
        """Who takes part in a period that is opened now: one of PARTICIPANTS.

        A year is everybody's, and so is what nobody's cadence asks for.

        >>> Cadences(PeriodKind.MONTHLY, PeriodKind.QUARTERLY).participants(quarter_period(2026, 2))
        'part_time'
        """
        if period.kind is PeriodKind.ANNUAL:
            return "everybody"
        concerned = [group for group in _GROUPS if self._of(group, quarter_of(period)) is period.kind]
        return concerned[0] if len(concerned) == 1 else "everybody"

    def _of(self, group: str, quarter: Period) -> PeriodKind:
        return self.kept.get((group, quarter.code), self._set(group))

    def _set(self, group: str) -> PeriodKind:
        return (self.part_time if group == "part_time" else None) or self.cadence


@dataclass(frozen=True, slots=True)
class Opening:
    """For whom a period was opened, and what the agency had set then."""

    period: Period
    participants: str | None
    then: Cadences


def cadences_kept(now: Cadences, openings: Iterable[Opening]) -> Cadences:
    """The cadences that hold, after the periods there are in the order in which they were opened.

    A period that no cadence of its day asked for was opened beside the calendar and decides nothing.
    """
    kept: dict[tuple[str, str], PeriodKind] = {}
    for opening in openings:
        period = opening.period
        if period.kind is PeriodKind.ANNUAL:
            continue
        for group in _GROUPS:
            concerned = opening.participants in (None, "everybody", group)
            if concerned and opening.then._set(group) is period.kind:
                kept.setdefault((group, quarter_of(period).code), period.kind)
    return replace(now, kept=kept)


def parts_in(quarter: Period, kinds: Collection[PeriodKind]) -> list[Period]:
    """The periods of these kinds in a quarter: itself, its three months, or all of them."""
    months = [month_period(quarter.year, 3 * quarter.number - 2 + month) for month in range(3)]
    return [one for one in (quarter, *months) if one.kind in kinds]
