"""Lay the recaps of e-Kinerja beside the store: who is missing where, and in what the two disagree.

Everything is only looked at. Whoever agrees in both says nothing; everybody else is one finding or several, each with
its place in the recap, both sides, and what to do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain import rating_problems
from kinerja_cli.domain import reconcile_problems as kinds
from kinerja_cli.domain.findings import Finding, Findings, Kept, Known, called
from kinerja_cli.domain.names import name_words, same_name, split_titles
from kinerja_cli.domain.personnel import STATUS_LABELS, is_appraised
from kinerja_cli.domain.rating_cells import Verdict
from kinerja_cli.domain.ratings import names_differ
from kinerja_cli.domain.recap_units import RecapPart, RecapUnits
from kinerja_cli.domain.recaps import RecapEntry
from kinerja_cli.errors import Place, ProblemKind

WHOLE_UNIT: Final = 5
"""So many people of whom none stands in the recap of the unit above are told as a unit, fewer one by one."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the comparison came to: the findings, the worst first; how many people were compared, and how many of them
    stand in the recap of a unit above or below their own."""

    findings: tuple[Finding, ...]
    compared: int
    elsewhere: int


def reconcile(entries: Sequence[RecapEntry], known: Known, *, within: frozenset[str] | None = None) -> Reconciled:
    """Compare the rows of recaps with the store; `within` narrows it to some units."""
    comparison = _Comparison(entries, known, within)
    comparison.run()
    return Reconciled(tuple(comparison.told.in_order()), comparison.compared, comparison.elsewhere)


@dataclass(slots=True)
class _Comparison:
    """A comparison while it goes on."""

    entries: Sequence[RecapEntry]
    known: Known
    within: frozenset[str] | None
    units: RecapUnits = field(init=False)
    rows: dict[str, list[RecapEntry]] = field(init=False, default_factory=dict)
    told: Findings = field(init=False)
    compared: int = field(init=False, default=0)
    elsewhere: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.told = Findings(self.known)
        units = {nip: person.unit_code for nip, person in self.known.people.items() if person.taking_part}
        self.units = RecapUnits(self.entries, units, self.known.tree, self.known.agency)
        for entry in self.entries:
            if entry.nip is not None:
                self.rows.setdefault(entry.nip, []).append(entry)

    def run(self) -> None:
        """Go through everybody, from the recaps and from the store."""
        for nip, entries in self.rows.items():
            person = self.known.people.get(nip)
            if self._wanted(person, entries):
                self.compared += 1
                self._contradictions(entries, person)
                if person is not None and person.taking_part:
                    self._compare(person, entries)
                else:
                    self._stranger(nip, entries, person)
        absent = self._absent()
        for person in self._nameless(absent):
            absent.pop(person.nip)
        self._missing(absent.values())
        for parts in self.units.unknown():
            if self.within is None:
                self._unknown_unit(parts)

    def _wanted(self, person: Kept | None, entries: Iterable[RecapEntry]) -> bool:
        """Whether somebody is within the units that were asked for: by their own unit, or by that of a recap."""
        if self.within is None or (person is not None and person.unit_code in self.within):
            return True
        return any(not self.within.isdisjoint(self.units.part_of(entry).codes) for entry in entries)

    def _contradictions(self, entries: Iterable[RecapEntry], person: Kept | None) -> None:
        """What is wrong with rows by themselves, whoever they are about."""
        for entry in entries:
            for fault in (*entry.verdict.faults, *entry.verdict.notes):
                kind = kinds.MATRIX_DISAGREES if fault.kind is rating_problems.PREDIKAT_MISMATCH else fault.kind
                problem = kind.at(
                    entry.place(fault.field),
                    field=fault.field,
                    value=fault.value,
                    name=called(person, entry),
                    **fault.facts,
                )
                self.told.tell(problem, person, entry)

    def _compare(self, person: Kept, entries: Sequence[RecapEntry]) -> None:
        """Somebody who takes part and stands in a recap."""
        rated = [entry for entry in entries if entry.rated]
        entry = rated[0] if rated else entries[0]
        at_odds = self._twice(person.nip, entries, rated, person)
        if entry.name and entry.name != person.name and names_differ(entry.name, person.name):
            facts = {"nip": person.nip, "name": person.display_name}
            self.told.say(rating_problems.NAME_DIFFERS, person, entry, field="name", value=entry.name, facts=facts)
        self._compare_units(person, entries, entry)
        self._compare_assessors(person, entry)
        if not at_odds and not any(one.verdict.faults for one in entries):
            self._compare_ratings(person, entry)

    def _compare_units(self, person: Kept, entries: Iterable[RecapEntry], entry: RecapEntry) -> None:
        parts = [self.units.part_of(one) for one in entries]
        if not any(self.units.agrees(person.unit_code, part) for part in parts):
            here = self.told.path(person.unit_code)
            facts = {"here": here, "there": entry.unit}
            self.told.say(kinds.UNIT_DIFFERS, person, entry, field="unit", value=entry.unit, facts=facts)
        elif not any(person.unit_code in part.codes for part in parts):
            self.elsewhere += any(part.codes for part in parts)

    def _compare_assessors(self, person: Kept, entry: RecapEntry) -> None:
        here, there = person.assessor_nip, entry.assessor_nip
        name = entry.assessor_name
        facts = {"here": self.told.named(here), "there": self.told.assessor_there(entry)}
        kind: ProblemKind | None = None
        if there:
            if here is None:
                kind = kinds.ASSESSOR_DIFFERS["nobody"]
            elif here != there:
                kind = kinds.ASSESSOR_DIFFERS.kind
        elif name:
            # A governor or mayor has no NIP: where nobody is on record, a name alone contradicts nothing.
            known = self.known.people.get(here or "")
            if known is not None and not same_name(name, known.name):
                kind = kinds.ASSESSOR_DIFFERS.kind
        elif entry.assessor_damaged:
            kind = kinds.ASSESSOR_DIFFERS["unreadable"]
        if kind is not None:
            value = there or name or entry.assessor_damaged
            column = "assessor_nip" if there or not name else "assessor_name"
            self.told.say(kind, person, entry, field=column, value=value, facts=facts)

    def _compare_ratings(self, person: Kept, entry: RecapEntry) -> None:
        facts: dict[str, object] = {
            "here": self.told.spoken(person.verdict),
            "there": self.told.spoken(entry.verdict),
        }
        if not entry.rated:
            if person.verdict.predikat is not None:
                self.told.say(kinds.RATED_HERE_ONLY.kind, person, entry, field="hasil", facts=facts)
            elif person.expected:
                self.told.say(kinds.NOT_RATED["empty"], person, entry, field="hasil")
        elif self.known.opened and _content(person.verdict) != _content(entry.verdict):
            cases = kinds.RATED_THERE_ONLY if person.verdict.predikat is None else kinds.RATING_DIFFERS
            kind = self._case(cases, person)
            facts |= {"nip": person.nip, "period": self.known.period, **person.facts}
            self.told.say(kind, person, entry, field="predikat", facts=facts)

    def _case(self, cases: kinds.Cases, person: Kept) -> ProblemKind:
        """The kind of a rating that is not the one on record: by what an import of it would meet."""
        if person.standing is not None:
            return cases[person.standing]
        return cases["closed"] if self.known.closed else cases.kind

    def _twice(self, nip: str, entries: Sequence[RecapEntry], rated: Sequence[RecapEntry], person: Kept | None) -> bool:
        """Tell of somebody who stands in several rows; whether those rows contradict each other."""
        if len(entries) < 2:
            return False
        at_odds = len({_content(entry.verdict) for entry in rated}) > 1
        kind = kinds.TWICE.kind if at_odds else kinds.TWICE["alike"]
        facts = {"count": len(entries), "places": _places(entries)}
        self.told.say(kind, person, entries[1], field="nip", value=nip, facts=facts)
        return at_odds

    def _stranger(self, nip: str, entries: Sequence[RecapEntry], person: Kept | None) -> None:
        """Somebody who stands in a recap and takes no part: unknown, gone, or not in the period."""
        rated = [entry for entry in entries if entry.rated]
        entry = rated[0] if rated else entries[0]
        self._twice(nip, entries, rated, person)
        told = bool(rated) or any(one.verdict.faults for one in entries)
        facts: dict[str, object] = {"nip": nip, "period": self.known.period}
        if person is None:
            kind = kinds.NOT_ON_ROSTER.kind if told else kinds.NOT_ON_ROSTER["unrated"]
        elif not told:
            return
        elif is_appraised(person.status):
            kind = kinds.NOT_ON_ROSTER["shut" if self.known.closed else "outside"]
        else:
            kind = kinds.NOT_ON_ROSTER["away"]
            facts["status"] = _(STATUS_LABELS[person.status])
        self.told.say(kind, person, entry, field="nip", value=nip, facts=facts)

    def _absent(self) -> dict[str, Kept]:
        """Those whom the recaps should have and do not: not rated there, or rated here alone."""
        return {
            nip: person
            for nip, person in self.known.people.items()
            if nip not in self.rows
            and (person.expected or person.verdict.predikat is not None)
            and (self.within is None or person.unit_code in self.within)
        }

    def _nameless(self, absent: Mapping[str, Kept]) -> Iterator[Kept]:
        """Tell of the rows whose NIP is damaged, and give the people whose rows they may be."""
        named: dict[frozenset[str], list[Kept]] = {}
        for person in absent.values():
            if self.units.covers(person.unit_code):
                named.setdefault(name_words(person.name), []).append(person)
        for entry in self.entries:
            if entry.damage is None or not self._wanted(None, [entry]):
                continue
            alike = named.get(name_words(split_titles(entry.name)[1]), [])
            meant = alike.pop() if len(alike) == 1 and entry.name else None
            also = ""
            if meant is not None:
                also = _("Perhaps it is {name}, NIP {nip}.").format(name=meant.display_name, nip=meant.nip)
                yield meant
            self.told.tell(entry.damage, meant, entry, also=also)
            if entry.name:
                self._contradictions([entry], meant)

    def _missing(self, absent: Iterable[Kept]) -> None:
        """Tell of the absent: one by one where the recap of their unit was given, else by the unit."""
        seen = (person.unit_code for nip in self.rows if (person := self.known.people.get(nip)) is not None)
        asked_for = self.units.above(self.units.named | self.units.unplaced)
        touched = asked_for | self.units.above(seen)
        within: dict[str, list[Kept]] = {}
        without: dict[str | None, list[Kept]] = {}
        for person in absent:
            code = person.unit_code
            if self.units.covers(code):
                whole = self.units.untouched(code, touched)
                if whole is None:
                    self._missing_person(person)
                else:
                    within.setdefault(whole, []).append(person)
            else:
                without.setdefault(self.units.untouched(code, asked_for) or code, []).append(person)
        for code, people in within.items():
            if len(people) >= WHOLE_UNIT:
                self._missing_unit(code, people)
            else:
                for person in people:
                    self._missing_person(person)
        for whole, people in without.items():
            self._missing_unit(whole, people)

    def _missing_person(self, person: Kept) -> None:
        """Somebody who stands in no recap, though one of their unit was given."""
        part = self.units.part_for(person.unit_code)
        place = Place() if part is None else part.first.source.place()
        if person.verdict.predikat is None:
            problem = kinds.NOT_RATED.kind.at(place, name=person.display_name)
        else:
            here = self.told.spoken(person.verdict)
            problem = kinds.RATED_HERE_ONLY["absent"].at(place, name=person.display_name, here=here)
        self.told.tell(problem, person, None)

    def _missing_unit(self, code: str | None, people: Sequence[Kept]) -> None:
        """A unit that no recap is of."""
        path = self.told.path(code) or None
        kind = kinds.UNIT_WITHOUT_RECAP
        problem = kind.at(Place(), value=code, unit=path or _("people without a unit"), count=len(people))
        self.told.made.append(Finding(problem, unit_store=path, people=len(people)))

    def _unknown_unit(self, parts: Sequence[RecapPart]) -> None:
        """Recaps that bear a name no unit has; told at the first of them."""
        label, entry = parts[0].label, parts[0].first
        near = self.units.nearest(parts[0])
        suggestion = "" if near is None else _("; perhaps {label} is meant").format(label=near)
        place = entry.place("unit") if "unit" in entry.source.columns else entry.source.place()
        problem = kinds.RECAP_UNIT_UNKNOWN.at(place, field="unit", value=label, suggestion=suggestion)
        self.told.made.append(Finding(problem, unit_recap=label, people=sum(len(part.nips) for part in parts)))


def _content(verdict: Verdict) -> tuple[object, ...]:
    """What two ratings must agree on."""
    return (verdict.hasil, verdict.perilaku, verdict.skp, verdict.perilaku_score, bool(verdict.innovation))


def _places(entries: Iterable[RecapEntry]) -> str:
    """Where rows stand, in one line."""
    return "; ".join(
        _("{file}, sheet {sheet}, row {row}").format(file=entry.source.file, sheet=entry.source.sheet, row=entry.number)
        for entry in entries
    )
