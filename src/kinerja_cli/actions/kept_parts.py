"""What a period kept of a person's part in it, and what was recorded since that would have made it another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.participation import Course
from kinerja_cli.domain.participation import Participation
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.placements import Span, kept_spans, spans_between
from kinerja_cli.domain.rating_order import REGION_HEAD, order_on
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import StoredPeriod

Shown = dict[str, str | None]
"""A span as scripts see it."""


@dataclass(frozen=True, slots=True)
class KeptPart:
    """The spans that agree with what the period kept; `changed` is what is on record by now, where it is another."""

    spans: list[Shown]
    changed: dict[str, object] | None
    steps: tuple[str, ...]


def kept_part(course: Course, period: StoredPeriod, appraisal: Appraisal, today: date) -> KeptPart:
    """What a period kept of somebody, and separately what was learnt since.

    A closed period keeps everything, an open one the unit and the assessor of those who are rated.
    """
    history, tree = course.history, course.tree
    person = history.staff[appraisal.nip]
    known = _spans(course, person, period)
    kept = kept_spans(
        known, unit_code=appraisal.unit_code, position=appraisal.position, assessor_nip=appraisal.assessor_nip
    )
    spans = _shown(kept, tree)
    if period.is_open and not appraisal.is_rated:
        return KeptPart(spans, None, ())
    ((_nip, part),) = course.of(parse_period(period.code), today).parts([appraisal.nip])
    now = (part.person.unit_code, part.rater.nip, part.rater.rule == REGION_HEAD, part.out_on)
    then = (appraisal.unit_code, appraisal.assessor_nip, appraisal.assessor_rule == REGION_HEAD, appraisal.out_on)
    if now == then:
        return KeptPart(spans, None, ())
    region_head = course.agency.region_head
    nobody = _("nobody")
    facts = {
        "name": person.display_name,
        "period": period.code,
        "unit": tree.path(appraisal.unit_code) or "-",
        "assessor": called(appraisal.assessor_nip, appraisal.assessor_rule, history.staff, region_head) or nobody,
        "unit_now": tree.path(part.person.unit_code) or "-",
        "assessor_now": called(part.rater.nip, part.rater.rule, history.staff, region_head) or nobody,
    }
    steps = [
        _("{period} keeps what it had when it was closed or {name} was rated: {unit}, rated by {assessor}."),
    ]
    if now[:3] != then[:3] and period.is_open:
        steps.append(_("Recorded since: {unit_now}, rated by {assessor_now}; that counts once {name} is rated anew."))
    elif now[:3] != then[:3]:
        steps.append(_("Recorded since, and without effect on {period}: {unit_now}, rated by {assessor_now}."))
    if part.out_on != appraisal.out_on and part.out_on is not None:
        facts["day"] = part.out_on
        steps.append(_("Recorded since, and without effect on {period}: {name} is out since {day}."))
    changed: dict[str, object] = {
        "unit_code": part.person.unit_code,
        "unit": tree.path(part.person.unit_code) or None,
        "assessor_nip": part.rater.nip,
        "assessor_rule": part.rater.rule,
        "out_on": part.out_on,
        "out_reason": part.out_reason,
        "spans": _shown(known, tree),
    }
    return KeptPart(spans, changed, tuple(step.format_map(facts) for step in steps))


def called(nip: str | None, rule: str | None, staff: Mapping[str, Employee], region_head: str) -> str | None:
    """Who rates, by name; the head of the region has no NIP."""
    if nip is not None:
        return staff[nip].display_name if nip in staff else None
    return region_head if rule == REGION_HEAD else None


def served(person: Employee, spans: Sequence[Mapping[str, str | None]]) -> str:
    """The sentence that tells the units of a period one after the other."""
    listed = "; ".join(
        _("{starts} to {ends}: {unit}").format(starts=one["starts"], ends=one["ends"], unit=one["unit"] or "-")
        for one in spans
    )
    return _("{name} moved within the period ({spans}).").format(name=person.display_name, spans=listed)


def _spans(course: Course, person: Employee, period: StoredPeriod) -> tuple[Span, ...]:
    """The units a person was in during a period by what is on record now, with who appraised them there."""
    history, tree = course.history, course.tree
    past = history.placements.get(person.nip, ())
    seen = Participation(history, tree, period.starts, period.ends, period.ends, period.ends)
    return spans_between(
        date.fromisoformat(seen.joined_on(person.nip)),
        date.fromisoformat(period.ends),
        past,
        unit_code=person.unit_code,
        position=person.position,
        assessor_nip=order_on(history, tree, period.ends).rater_of(person).nip,
    )


def _shown(spans: Sequence[Span], tree: UnitTree) -> list[Shown]:
    """Spans as scripts see them."""
    return [
        {
            "starts": span.starts.isoformat(),
            "ends": span.ends.isoformat(),
            "unit_code": span.unit_code,
            "unit": tree.path(span.unit_code) or None,
            "position": span.position,
            "assessor_nip": span.assessor_nip,
        }
        for span in spans
    ]
