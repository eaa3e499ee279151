"""What is to be recorded of units: an organisation predikat, one by one or by a list of units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja_cli.domain import organisation_problems as problems
from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.organisation import Issued, UnitRating
from kinerja_cli.domain.organisation_rules import OrganisationRules
from kinerja_cli.domain.periods import Period
from kinerja_cli.domain.rating_cells import spoken_suggestion
from kinerja_cli.domain.rows import Row
from kinerja_cli.domain.text import clean_lines, clean_text, fold
from kinerja_cli.domain.units import Unit
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Place, Problem, ProblemKind, Severity


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be recorded of a unit; without a day it was issued today, or when it is on record as issued."""

    unit: Unit
    organisation: str
    issued: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UnitRatingsRead:
    """A list of units as it was read: what would be recorded, each beside what is on record, and what was odd.

    `rows` counts those that say something, `blank` the others, `rejected` those with an error.
    """

    pairs: tuple[tuple[UnitRating | None, UnitRating], ...]
    problems: tuple[Problem, ...]
    rows: int
    blank: int
    rejected: int

    @property
    def recorded(self) -> int:
        """How many are new."""
        return sum(old is None for old, _new in self.pairs)

    @property
    def changed(self) -> int:
        """How many replace another."""
        return sum(old is not None and old != new for old, new in self.pairs)

    @property
    def unchanged(self) -> int:
        """How many are on record already."""
        return sum(old == new for old, new in self.pairs)


def can_be_issued(period: Period, issued: date, today: date) -> bool:
    """Whether a result of a period can have been issued on a day."""
    return period.starts <= issued <= today


def settled(known: UnitRating | None, period: Period, wish: Wish, today: date) -> UnitRating:
    """What would stand on record; the same again is what stands there, with its day and its reason."""
    reason = None if wish.reason is None else clean_lines(wish.reason) or None
    issued = wish.issued.isoformat() if wish.issued else None
    if known is not None and wish.organisation == known.organisation and issued in (None, known.issued_on):
        return known
    return UnitRating(period.code, wish.unit.code, wish.organisation, issued or today.isoformat(), reason)


def noted_spelling(rules: OrganisationRules, unit: Unit, value: str, organisation: str, place: Place) -> Problem:
    """The warning of a spelling that belongs to another scale."""
    expected = rules.label(organisation)
    return problems.ORGANISATION_NOTED.at(place, field="organisation", value=value, unit=unit.name, expected=expected)


def stands_facts(
    unit: Unit, period: str, old: UnitRating, new: UnitRating, deadline: date, rules: OrganisationRules
) -> dict[str, object]:
    """What there is to say of a result that stands, as one issued too late cannot take its place."""
    return {
        "unit": unit.name,
        "code": unit.code,
        "period": period,
        "before": rules.label(old.organisation),
        "known": old.organisation,
        "issued": old.issued_on,
        "value": rules.label(new.organisation),
        "day": new.issued_on,
        "deadline": deadline,
    }


def read_unit_ratings(
    rows: Iterable[Row],
    *,
    period: Period,
    rules: OrganisationRules,
    units: Mapping[str, Unit],
    issued_before: Issued,
    today: date,
    issued: date | None = None,
    reason: str | None = None,
) -> UnitRatingsRead:
    """Read a list of units with their organisation predikat; every mistake is told, none stops the reading.

    `issued_before` is what is on record; `issued` and `reason` hold for rows that do not say. A row without a predikat
    is blank, whatever else it says.
    """
    reading = _Reading(period, rules, units, issued_before, today, issued, reason)
    for row in rows:
        reading.read(row)
    pairs = tuple(reading.found.values())
    return UnitRatingsRead(pairs, tuple(reading.problems), reading.rows, reading.blank, reading.rejected)


@dataclass(slots=True)
class _Reading:
    """A list while it is read."""

    period: Period
    rules: OrganisationRules
    units: Mapping[str, Unit]
    before: Issued
    today: date
    issued: date | None
    reason: str | None
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, tuple[UnitRating | None, UnitRating]] = field(default_factory=dict)
    rows: int = 0
    blank: int = 0
    rejected: int = 0

    def read(self, row: Row) -> None:
        """Take one row in, or tell why not."""
        unreadable = unreadable_cells(row)
        text = clean_text(row.get("organisation"))
        if not text and not unreadable:
            self.blank += 1
            return
        self.rows += 1
        told = unreadable or self._taken(row, text)
        self.problems.extend(told)
        self.rejected += any(one.severity is Severity.ERROR for one in told)

    def _taken(self, row: Row, text: str) -> list[Problem]:
        unit, fault = self._unit(row)
        if unit is None:
            return [fault] if fault else []
        place = row.place("organisation")
        meant = self.rules.parse(text)
        if meant is None:
            near = spoken_suggestion(self.rules.suggest(text))
            return [
                problems.ORGANISATION_UNKNOWN.at(
                    place, field="organisation", value=text, unit=unit.name, suggestion=near
                )
            ]
        organisation, noted = meant
        day, wrong = self._day(row)
        if wrong:
            return [
                problems.ORGANISATION_DAY.at(row.place("issued_on"), field="issued_on", value=wrong, unit=unit.name)
            ]
        known = self.before.ratings.get(unit.code)
        wish = Wish(unit, organisation, day, clean_text(row.get("reason")) or self.reason)
        new = settled(known, self.period, wish, self.today)
        told = [noted_spelling(self.rules, unit, text, organisation, place)] if noted else []
        earlier = self.found.get(unit.code)
        if earlier is not None and earlier[1] != new:
            label = self.rules.label
            facts = {"value": label(organisation), "unit": unit.name, "other": label(earlier[1].organisation)}
            return [*told, problems.ORGANISATION_TWICE.at(place, field="organisation", **facts)]
        if known is not None and known != new and new.reason is None:
            before = self.rules.label(known.organisation)
            return [
                *told,
                problems.ORGANISATION_REASON.at(place, field="organisation", value=text, unit=unit.name, before=before),
            ]
        deadline = None if known is None else self.before.overtaken(known, new)
        if known is not None and deadline is not None:
            standing = stands_facts(unit, self.period.code, known, new, deadline, self.rules)
            return [*told, problems.ORGANISATION_STANDS.at(place, field="organisation", **standing)]
        self.found[unit.code] = (known, new)
        return told

    def _unit(self, row: Row) -> tuple[Unit | None, Problem | None]:
        """The unit of a row: by its code where one is given, else by a name that only one bears."""
        code, name = clean_text(row.get("unit_code")), clean_text(row.get("unit"))
        if code:
            named = [one for one in self.units.values() if one.code.casefold() == code.casefold()]
        else:
            named = [one for one in self.units.values() if fold(one.name) == fold(name)]
        if len(named) == 1:
            return named[0], None
        kind: ProblemKind = problems.ORGANISATION_UNIT_AMBIGUOUS if named else problems.ORGANISATION_UNIT_UNKNOWN
        same = [one.code for one in self.units.values() if code and name and fold(one.name) == fold(name)]
        return None, kind.at(
            row.place("unit_code" if code else "unit"),
            field="unit_code" if code else "unit",
            value=code or name or "''",
            count=len(named),
            codes=", ".join(sorted(one.code for one in named)),
            suggestion=spoken_suggestion(same[0] if len(same) == 1 else None),
        )

    def _day(self, row: Row) -> tuple[date | None, str]:
        """The day a result was issued, and what stands there where that is no such day."""
        cell = row.get("issued_on")
        if not clean_text(cell):
            return self.issued, ""
        day = read_date(cell).day
        if day is None or not can_be_issued(self.period, day, self.today):
            return None, clean_text(cell)
        return day, ""
