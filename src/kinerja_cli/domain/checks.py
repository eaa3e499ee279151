"""Look for every rule that can be broken: plain functions from what is on record to what is wrong.

Some are errors, which keep a period from being closed; most are warnings, among them the patterns auditors look
for. Nothing here changes anything.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain import check_problems as kinds
from kinerja_cli.domain.assessing import why_unfit
from kinerja_cli.domain.assessors import assessor_loops
from kinerja_cli.domain.check_facts import Checked, Facts, Flaw, about_person, flaw, how_to_rate
from kinerja_cli.domain.checks_of_ratings import carried_differs, moved_since_rated
from kinerja_cli.domain.history import EVERYBODY
from kinerja_cli.domain.personnel import STATUS_LABELS, is_appraised
from kinerja_cli.domain.rating_order import REGION_HEAD
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.errors import ProblemKind, Severity

MANY: Final = 5
"""So many people an assessor must have before equal ratings are a pattern."""

BREATH: Final = 60
"""Seconds within which so many ratings are hardly weighed one by one."""

LONG_NOTE: Final = 12
"""Shorter notes ("baik", "ok") are the same by chance."""

SAME_NOTES: Final = 3

Check = Callable[[Facts], Iterator[Flaw]]
"""One rule: from the facts to everything that breaks it."""


def run_checks(facts: Facts, only: Iterable[str] | None = None) -> list[Flaw]:
    """Everything that is wrong, in the order of the rules; `only` the rules of these codes."""
    wanted = None if only is None else set(only)
    return [flaw for kind, check in CHECKS.items() if wanted is None or kind.code in wanted for flaw in check(facts)]


def _no_unit(facts: Facts) -> Iterator[Flaw]:
    for person in _serving(facts):
        if person.unit_code is None:
            yield flaw(facts, kinds.NO_UNIT, nip=person.nip)


def _no_assessor(facts: Facts) -> Iterator[Flaw]:
    for person in _serving(facts):
        rater = facts.raters.get(person.nip)
        if rater is None or rater.nip is not None or rater.rule == REGION_HEAD or _named_gone(facts, person):
            continue
        reason = (
            _("the roster names none, and no unit above has a head in service")
            if rater.rule == "none"
            else _("the roster leaves the assessor empty")
        )
        yield flaw(facts, kinds.NO_ASSESSOR, nip=person.nip, unit=person.unit_code, reason=reason)


def _assessor_left(facts: Facts) -> Iterator[Flaw]:
    for person in _serving(facts):
        gone = _named_gone(facts, person)
        if gone is not None and facts.raters[person.nip].nip is None:
            yield flaw(
                facts,
                kinds.ASSESSOR_LEFT,
                nip=person.nip,
                unit=person.unit_code,
                assessor=gone.display_name,
                assessor_nip=gone.nip,
                status=_(STATUS_LABELS[gone.status]),
            )


def _circles(facts: Facts) -> Iterator[Flaw]:
    for loop in assessor_loops({nip: rater.nip for nip, rater in facts.raters.items()}):
        chain = " → ".join(facts.name(nip) for nip in (*loop, loop[0]))
        yield flaw(facts, kinds.CIRCLE, nip=loop[0], chain=chain)


def _unfit(facts: Facts) -> Iterator[Flaw]:
    leading = set(facts.leaders.values())
    rated: dict[tuple[str, str], list[str]] = {}
    for nip, rater in facts.raters.items():
        if rater.nip is not None:
            rated.setdefault((rater.nip, rater.rule), []).append(nip)
    for (assessor, rule), people in rated.items():
        why = why_unfit(facts.staff[assessor], leads=assessor in leading)
        if why is not None:
            command = _end_of(facts, assessor, rule, people[0])
            yield _assessor(facts, kinds.UNFIT, assessor, people=len(people), why=why, command=command)


def _end_of(facts: Facts, assessor: str, rule: str, ratee: str) -> str:
    """The command after which somebody does not rate any more."""
    if rule == "roster":
        return f"kinerja staff set {ratee} --assessor NIP"
    if rule == "delegation":
        return _end_of_delegation(facts, assessor, ratee)
    unit = next((code for code, nip in facts.leaders.items() if nip == assessor), "CODE")
    return f"kinerja unit acting {unit} --end DATE" if rule == "acting" else f"kinerja unit set {unit} --head NIP"


def _end_of_delegation(facts: Facts, delegate: str, ratee: str) -> str:
    """The command that ends the delegation by which somebody rates; where the giver has others, it says for whom."""
    found = [one for one in facts.delegations if one.delegate_nip == delegate and one.ratee in (ratee, EVERYBODY)]
    if not found:
        return "kinerja staff delegate NIP --end DATE"
    one = min(found, key=lambda one: one.ratee == EVERYBODY)
    several = sum(other.assessor_nip == one.assessor_nip for other in facts.delegations) > 1
    whose = "'*'" if one.ratee == EVERYBODY else one.ratee
    return f"kinerja staff delegate {one.assessor_nip} --end DATE" + (f" --for {whose}" if several else "")


def _no_head(facts: Facts) -> Iterator[Flaw]:
    people = Counter(person.unit_code for person in _serving(facts) if person.unit_code is not None)
    for unit in facts.tree.ordered():
        if people[unit.code] and unit.code not in facts.leaders:
            yield flaw(facts, kinds.NO_HEAD, unit=unit.code, people=people[unit.code])


def _not_in_period(facts: Facts) -> Iterator[Flaw]:
    inside = {one.nip for one in facts.parts}
    for nip in facts.members:
        if nip not in inside:
            yield flaw(facts, kinds.NOT_IN_PERIOD, nip=nip, unit=facts.staff[nip].unit_code)


def _unrated(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        if one.predikat is None and not one.out:
            # As long as the window is open nobody is late.
            kind = kinds.UNRATED if facts.window_over else replace(kinds.UNRATED, severity=Severity.NOTE)
            by_region_head = one.assessor_rule == REGION_HEAD
            assessor = facts.region_head if by_region_head else facts.name(one.assessor_nip)
            if facts.closed_to_assessors:
                by = "" if one.superior_known else " --by NIP"
                yield about_person(facts, replace(kind, fix=kinds.UNRATED_LATE), one, assessor=assessor, by=by)
            else:
                yield about_person(facts, kind, one, assessor=assessor)


def _disagrees(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        if one.predikat != one.expected:
            known, expected = one.predikat or "-", one.expected or "-"
            how = how_to_rate(facts, one)
            yield about_person(facts, kinds.PREDIKAT_DISAGREES, one, known=known, expected=expected, how=how)


def _by_self(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        if one.rated_by == one.nip:
            yield about_person(facts, kinds.RATED_BY_SELF, one, how=how_to_rate(facts, one))


def _by_other(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        if one.rated_by is not None and one.rated_by not in (one.nip, one.assessor_nip, *one.entitled):
            yield about_person(
                facts,
                kinds.RATED_BY_OTHER,
                one,
                rater=facts.name(one.rated_by),
                assessor_nip=one.assessor_nip or "NIP",
            )


def _objections(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        if one.objection_open:
            yield about_person(facts, kinds.OBJECTION_OPEN, one)


def _no_organisation(facts: Facts) -> Iterator[Flaw]:
    for code in facts.without_organisation:
        yield flaw(facts, kinds.ORGANISATION_MISSING, unit=code)


def _patterns(facts: Facts) -> Iterator[Flaw]:
    for one in facts.patterns:
        sentence = _("{finding} The justification on record was given for other findings.")
        finding = sentence.format(finding=one.finding) if one.outdated else one.finding
        yield flaw(facts, kinds.PATTERN, unit=one.unit_code, finding=finding)


def _parts_missing(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        missing = [code for code, predikat in one.parts.items() if predikat is None]
        if one.predikat is not None and missing:
            yield about_person(facts, kinds.PARTS_MISSING, one, parts=", ".join(missing))


def _unlike_parts(facts: Facts) -> Iterator[Flaw]:
    for one in facts.parts:
        rated = [predikat for predikat in one.parts.values() if predikat is not None]
        if one.predikat is not None and rated and one.predikat not in rated and not one.note:
            parts = ", ".join(f"{code} {predikat}" for code, predikat in one.parts.items() if predikat is not None)
            yield about_person(facts, kinds.UNLIKE_PARTS, one, predikat=one.predikat, parts=parts)


def _one_for_all(facts: Facts) -> Iterator[Flaw]:
    for assessor, people in _by_assessor(facts):
        given = {one.ratings for one in people}
        if len(people) >= MANY and len(given) == 1:
            yield _assessor(
                facts, kinds.ONE_FOR_ALL, assessor, people=len(people), ratings=facts.labels(people[0].ratings or ())
            )


def _in_seconds(facts: Facts) -> Iterator[Flaw]:
    for assessor, people in _by_assessor(facts):
        times = sorted(one.entered for one in people if one.entered is not None)
        best, start = 0, 0
        for end, at in enumerate(times):
            while (at - times[start]).total_seconds() > BREATH:
                start += 1
            best = max(best, end - start + 1)
        if best >= MANY:
            yield _assessor(facts, kinds.IN_SECONDS, assessor, people=best, seconds=BREATH)


def _same_notes(facts: Facts) -> Iterator[Flaw]:
    for assessor, people in _by_assessor(facts):
        notes: dict[str, list[str]] = {}
        for one in people:
            if one.note and len(one.note) >= LONG_NOTE:
                notes.setdefault(fold(one.note), []).append(one.note)
        for same in notes.values():
            if len(same) >= SAME_NOTES:
                yield _assessor(facts, kinds.SAME_NOTES, assessor, people=len(same), note=same[0])


def _same_as_last(facts: Facts) -> Iterator[Flaw]:
    for assessor, people in _by_assessor(facts):
        known = [one for one in people if one.before is not None]
        if len(known) >= MANY and len(known) == len(people) and all(one.ratings == one.before for one in known):
            yield _assessor(facts, kinds.SAME_AS_LAST, assessor, people=len(people), last=facts.last)


CHECKS: Final[Mapping[ProblemKind, Check]] = {
    kinds.NO_UNIT: _no_unit,
    kinds.NO_ASSESSOR: _no_assessor,
    kinds.ASSESSOR_LEFT: _assessor_left,
    kinds.CIRCLE: _circles,
    kinds.UNFIT: _unfit,
    kinds.NO_HEAD: _no_head,
    kinds.NOT_IN_PERIOD: _not_in_period,
    kinds.UNRATED: _unrated,
    kinds.PREDIKAT_DISAGREES: _disagrees,
    kinds.RATED_BY_SELF: _by_self,
    kinds.RATED_BY_OTHER: _by_other,
    kinds.MOVED_SINCE_RATED: moved_since_rated,
    kinds.CARRIED_DIFFERS: carried_differs,
    kinds.OBJECTION_OPEN: _objections,
    kinds.ORGANISATION_MISSING: _no_organisation,
    kinds.PATTERN: _patterns,
    kinds.PARTS_MISSING: _parts_missing,
    kinds.UNLIKE_PARTS: _unlike_parts,
    kinds.ONE_FOR_ALL: _one_for_all,
    kinds.IN_SECONDS: _in_seconds,
    kinds.SAME_NOTES: _same_notes,
    kinds.SAME_AS_LAST: _same_as_last,
}
"""Every rule by its kind, in the order in which they are told."""


def _serving(facts: Facts) -> Iterator[Employee]:
    """Everybody in service."""
    return (person for person in facts.staff.values() if is_appraised(person.status))


def _named_gone(facts: Facts, person: Employee) -> Employee | None:
    """The assessor whom the roster names, where they are not in service any more."""
    named = facts.staff.get(person.assessor_nip or "") if person.assessor_rule == "roster" else None
    return None if named is None or is_appraised(named.status) else named


def _assessor(facts: Facts, kind: ProblemKind, assessor: str, **said: object) -> Flaw:
    """A flaw about what one assessor gave."""
    person = facts.staff.get(assessor)
    unit = None if person is None else person.unit_code
    return flaw(facts, kind, nip=assessor, unit=unit, assessor=facts.name(assessor), **said)


def _by_assessor(facts: Facts) -> Iterator[tuple[str, list[Checked]]]:
    """Those rated, by who rated them."""
    found: dict[str, list[Checked]] = {}
    for one in facts.parts:
        if one.ratings is not None and one.rated_by is not None:
            found.setdefault(one.rated_by, []).append(one)
    return iter(found.items())
