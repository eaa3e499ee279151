"""Which organisation predikat counts for a unit in a period, and whose unit counts for a person.

PermenPANRB 6/2022 Lampiran IV.B.1 looks at the unit led by the assessor. A result of the year that comes after the
annual evaluation has ended gives way to that of the year before; a unit without one takes that of the nearest unit
above. Whatever counts says where it came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from gettext import gettext as _

from kinerja_cli.domain.organisation_rules import OrganisationRules
from kinerja_cli.domain.units import UnitTree


class Basis(StrEnum):
    """Where an organisation predikat that counts came from."""

    OWN = "own"
    LAST_YEAR = "last_year"
    ABOVE = "above"
    CLOSED = "closed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class UnitRating:
    """The organisation predikat of a unit in a period as it was issued; the day is ISO text."""

    period_code: str
    unit_code: str
    organisation: str
    issued_on: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts for a unit: the value, whose and of which period it is, and how it came to count, in sentences."""

    unit_code: str
    organisation: str | None
    basis: Basis
    of_unit: str | None = None
    of_period: str | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued for a period, by unit, and for the year before where the period is a year.

    After `deadline`, the end of the annual evaluation, a result of the year does not count any more, nor does one of
    the year before that was not issued by then; `passed` is whether it lies behind, so that what is missing will not
    come in time. Other periods have no deadline. `next_deadline` is that of the year after, for which a result of
    this one may count.
    """

    period: str
    ratings: Mapping[str, UnitRating]
    last_period: str = ""
    last: Mapping[str, UnitRating] = field(default_factory=dict)
    deadline: date | None = None
    passed: bool = False
    next_deadline: date | None = None

    def overtaken(self, old: UnitRating, new: UnitRating) -> date | None:
        """The deadline by which a result had been issued and another was not, so that it cannot take its place."""
        if old.organisation == new.organisation or new.issued_on is None:
            return None
        for day in (self.deadline, self.next_deadline):
            if day is not None and (old.issued_on or "") <= day.isoformat() < new.issued_on:
                return day
        return None

    def late(self, rating: UnitRating) -> bool:
        """Whether a result was issued after the annual evaluation had ended."""
        return bool(self.deadline and rating.issued_on and rating.issued_on > self.deadline.isoformat())


class Organisations:
    """The organisation predikat of every unit of a tree in one period."""

    def __init__(self, tree: UnitTree, issued: Issued, rules: OrganisationRules) -> None:
        self.tree = tree
        self.issued = issued
        self.rules = rules
        self._found: dict[str, Counting] = {}

    def of(self, code: str) -> Counting:
        """What counts for a unit: its own, else that of the nearest unit above that has one that counts."""
        found = self._found.get(code)
        if found is None:
            found = self._found[code] = self._looked_up(code)
        return found

    def _looked_up(self, code: str) -> Counting:
        line = self.tree.line(code)
        name = line[0].name if line else code
        steps: list[str] = []
        for at, unit in enumerate(line):
            counting, step = self._own(unit.code)
            if counting is not None and at == 0:
                return counting
            if counting is None:
                steps += [step] if step else []
                continue
            sentence = _(
                "{unit} has no result for {period} that counts, so that of {above}, the nearest unit above, does"
                " ({source})."
            )
            steps.append(
                sentence.format(unit=name, period=self.issued.period, above=unit.name, source=self.rules.above_source)
            )
            steps += counting.steps
            return Counting(code, counting.organisation, Basis.ABOVE, unit.code, counting.of_period, tuple(steps))
        sentence = _("No organisation predikat for {period} is on record for {unit} or a unit above it.")
        steps.append(sentence.format(period=self.issued.period, unit=name))
        return Counting(code, None, Basis.NONE, steps=tuple(steps))

    def _own(self, code: str) -> tuple[Counting | None, str]:
        """What a unit has of its own that counts; or the sentence that says why what it has does not."""
        issued = self.issued
        rating, last = issued.ratings.get(code), issued.last.get(code)
        if rating is not None and not issued.late(rating):
            sentence = _("The result of {unit} for {period} is {value} ({source}).")
            return self._counting(rating, Basis.OWN, sentence, rating), ""
        if last is not None and issued.late(last) and (rating is not None or issued.passed):
            sentence = _(
                "Neither the result of {unit} for {period} nor that of {last}, issued on {day}, was issued by"
                " {deadline}, so neither counts ({late_source})."
            )
            return None, self._said(sentence, last, last)
        if rating is not None and last is not None:
            sentence = _(
                "The result of {unit} for {period} was issued on {day}, after {deadline}, so that of {last} counts:"
                " {value} ({late_source})."
            )
            return self._counting(last, Basis.LAST_YEAR, sentence, rating), ""
        if rating is not None:
            sentence = _(
                "The result of {unit} for {period} was issued on {day}, after {deadline}, so it does not count;"
                " that of {last} would, but is not on record ({late_source})."
            )
            return None, self._said(sentence, rating, rating)
        if last is not None and issued.passed:
            sentence = _(
                "No result of {unit} for {period} was issued by {deadline}, so that of {last} counts: {value}"
                " ({late_source})."
            )
            return self._counting(last, Basis.LAST_YEAR, sentence, None), ""
        return None, ""

    def _counting(self, counts: UnitRating, basis: Basis, sentence: str, issued: UnitRating | None) -> Counting:
        step = self._said(sentence, counts, issued)
        return Counting(counts.unit_code, counts.organisation, basis, counts.unit_code, counts.period_code, (step,))

    def _said(self, sentence: str, counts: UnitRating, issued: UnitRating | None) -> str:
        """A sentence on a result, with the facts it may name."""
        return sentence.format(
            unit=self.tree.units[counts.unit_code].name,
            value=self.rules.label(counts.organisation),
            period=self.issued.period,
            last=self.issued.last_period,
            day=issued.issued_on if issued else None,
            deadline=self.issued.deadline,
            source=self.rules.terms[0].source,
            late_source=self.rules.late_source,
        )


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads which units of a tree, and whose unit counts for whom."""

    tree: UnitTree
    led: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, tree: UnitTree, heads: Mapping[str, str | None]) -> "Leaders":
        """Leaders from the head of each unit; of several units of one head the highest stands first."""
        led: dict[str, list[str]] = {}
        for code, nip in heads.items():
            if nip is not None:
                led.setdefault(nip, []).append(code)
        return cls(tree, {nip: sorted(codes, key=lambda code: (tree.level(code), code)) for nip, codes in led.items()})

    def unit_led(self, nip: str | None) -> str | None:
        """The unit a person leads, of several the highest; None for who leads none."""
        return next(iter(self.led.get(nip or "", ())), None)

    def unit_for(self, nip: str, unit_code: str | None, assessor: str | None, *, region: bool = False) -> str | None:
        """The unit whose organisation predikat counts for a person: the one that their assessor leads.

        Of several it is the nearest above the person. The head of the region (`region`) leads all of it, so the
        top of the person's line counts. Where the assessor leads no unit it is the person's own; for who leads
        that one, the unit above it, since nobody is their own assessor.
        """
        line = [unit.code for unit in self.tree.line(unit_code)]
        if region and assessor is None:
            return line[-1] if line else None
        led = self.led.get(assessor or "", ())
        nearest = next((code for code in line if code in led), None)
        if nearest or led:
            return nearest or led[0]
        own = self.led.get(nip, ())
        return next((code for code in line if code not in own), line[-1] if line else None)
