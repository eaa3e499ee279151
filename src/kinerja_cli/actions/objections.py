"""File an objection to a result, and decide it."""

from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.calendars import load_calendars
from kinerja_cli.actions.carrying import tell_carried
from kinerja_cli.actions.lookup import require_appraisal, require_employee, require_nip, require_period
from kinerja_cli.actions.objections_shown import ObjectionUnknown, objection_by_number, rating_of
from kinerja_cli.actions.raters import SuperiorUnknown, name_of
from kinerja_cli.actions.ratings_given import check_given, rated_with
from kinerja_cli.actions.refusals import PeriodClosed
from kinerja_cli.actions.superiors import Superiors
from kinerja_cli.domain import objection_problems, rating_problems
from kinerja_cli.domain.deadlines import last_day_to
from kinerja_cli.domain.documents import check_order
from kinerja_cli.domain.failed_study import says_failed, without_study
from kinerja_cli.domain.objections import (
    Objection,
    ObjectionDecided,
    ObjectionFinal,
    ObjectionPending,
    ObjectionUnrated,
    check_filing,
    check_succession,
)
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, change_appraisals
from kinerja_cli.storage.store.documents import load_document_days, save_document_days
from kinerja_cli.storage.store.objections import (
    add_objection,
    change_objection,
    load_objections,
    next_objection_id,
)
from kinerja_cli.storage.store.periods import StoredPeriod


class ObjectionReceipt(KinerjaError):
    """Another day of receipt is on record than the one given."""

    code = "objection-receipt"
    exit = Exit.REFUSED

    def __init__(self, name: str, known: date, given: date) -> None:
        super().__init__(
            _("On record {name} received the document on {known}, not on {given}.").format(
                name=name, known=known, given=given
            ),
            _("Leave --received away, or correct it: `kinerja score dates PERIOD --nip NIP --received DATE`."),
        )


class DeciderNotSuperior(KinerjaError):
    """Somebody is said to have decided who is not the assessor's superior."""

    code = "decider-not-superior"
    exit = Exit.REFUSED

    def __init__(self, named: str, superior: str) -> None:
        super().__init__(
            _("{name} is not the superior of the assessor; that is {superior}.").format(name=named, superior=superior),
            _("Leave --by away, and it counts as decided by the superior (PermenPANRB 6/2022 Pasal 29)."),
        )


class DeciderInvolved(KinerjaError):
    """Whoever objects, or gave the rating, cannot decide on the objection."""

    code = "decider-involved"
    exit = Exit.REFUSED

    def __init__(self, name: str, *, objects: bool = False) -> None:
        message = _("{name} gave the rating and cannot decide on the objection to it.")
        if objects:
            message = _("{name} objects, and nobody decides on their own objection.")
        super().__init__(
            message.format(name=name),
            _("The assessor's superior decides (PermenPANRB 6/2022 Pasal 29); leave --by away, or name them."),
        )


@dataclass(frozen=True, slots=True)
class Filed:
    """An objection as recorded, and the last day for its decision; `operation` is None after a dry run."""

    operation: int | None
    objection: Objection
    name: str
    last_day: date
    decide_by: date
    problems: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        one = self.objection
        return {
            "operation": self.operation,
            "id": one.id,
            "nip": one.nip,
            "name": self.name,
            "period": one.period_code,
            "received": one.received_on,
            "filed": one.filed_on,
            "last_day": self.last_day.isoformat(),
            "late": bool(one.late),
            "decide_by": self.decide_by.isoformat(),
            "predikat": one.predikat,
            "reason": one.reason,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as recorded: the result before and after, and whether it came too late."""

    operation: int | None
    objection: Objection
    name: str
    decide_by: date
    late: bool
    problems: tuple[Problem, ...]

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        one = self.objection
        return {
            "operation": self.operation,
            "id": one.id,
            "nip": one.nip,
            "name": self.name,
            "period": one.period_code,
            "decision": one.decision,
            "decided": one.decided_on,
            "decided_by": one.decided_by,
            "decide_by": self.decide_by.isoformat(),
            "late": self.late,
            "before": rating_of(one),
            "after": rating_of(one, new=True) if one.decision == "changed" else None,
            "explanation": one.explanation,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def file_objection(
    store: Store,
    nip: str,
    period_code: str,
    *,
    today: date,
    reason: str,
    received: date | None = None,
    filed: date | None = None,
    record_anyway: bool = False,
    dry_run: bool = False,
) -> Filed:
    """Record an objection, whether the period is open or closed.

    `received` is the day on which the person got the document; where one is on record it need not be given, and
    where none is it is kept. Refused after the last day, unless it is to be recorded as late.
    """
    require_nip(nip)
    if not clean_lines(reason):
        raise UsageError(
            _("An objection needs its reasons."), _("Give them with --reason (PermenPANRB 6/2022 Lampiran V.B.2).")
        )
    with store.writing("objection.file", dry_run=dry_run) as operation:
        connection = operation.connection
        person = require_employee(connection, nip)
        period = require_period(connection, period_code)
        appraisal = require_appraisal(connection, person, period)
        _check_objectionable(connection, person, period, appraisal)
        filed = filed or today
        days = load_document_days(connection, period_code=period.code, nip=person.nip).get(
            (period.code, person.nip), {}
        )
        received = _received(person, days.get("received"), received)
        check_succession((_("the receipt of the document"), received), (_("the objection"), filed), (_("today"), today))
        known = dict(days) | {"received": received}
        check_order(known, person.display_name)
        last_day = load_calendars(connection).of_unit(appraisal.unit_code).last_day
        late = check_filing(person.display_name, received, filed, last_day, record_anyway=record_anyway)
        objection = Objection(
            next_objection_id(connection),
            period.code,
            person.nip,
            received.isoformat(),
            filed.isoformat(),
            clean_lines(reason),
            int(late),
            appraisal.hasil,
            appraisal.perilaku,
            appraisal.skp,
            appraisal.perilaku_score,
            appraisal.predikat,
        )
        operation.period_code = period.code
        operation.facts["id"] = objection.id
        add_objection(operation, objection)
        save_document_days(operation, [((period.code, person.nip), days, known)])
    return Filed(
        operation.seq,
        objection,
        person.display_name,
        last_day_to("R9", received, last_day),
        objection.decide_by(last_day),
        tuple(_told_if_closed(period, person)),
    )


def decide_objection(
    store: Store,
    what: str,
    period_code: str | None = None,
    *,
    today: date,
    changed: bool,
    explanation: str,
    hasil: str | None = None,
    perilaku: str | None = None,
    skp: str | None = None,
    perilaku_score: str | None = None,
    innovation: bool = False,
    by: str | None = None,
    on: date | None = None,
    dry_run: bool = False,
) -> Decided:
    """Record the decision of the assessor's superior: upheld, or changed to a new pair of ratings.

    `what` is the number of the objection, or with a period a NIP. A changed result stands in the appraisal, for
    which the period must be open; the one objected to stays with the objection. A decision after its last day is
    recorded and marked.
    """
    given = {"hasil": hasil, "perilaku": perilaku, "skp": skp, "perilaku_score": perilaku_score}
    if changed:
        check_given(given)
    elif any(value is not None for value in given.values()):
        raise UsageError(_("An objection that is upheld gets no new ratings."), _("Decide it with --changed."))
    if not clean_lines(explanation):
        raise UsageError(_("A decision needs its explanation."), _("Give it with --explanation."))
    told: list[Problem] = []
    with store.writing("objection.decide", dry_run=dry_run) as operation:
        connection = operation.connection
        old = _require_open_objection(connection, what, period_code)
        person = require_employee(connection, old.nip)
        if not old.is_open:
            raise ObjectionDecided(old, person.display_name)
        period = require_period(connection, old.period_code)
        appraisal = require_appraisal(connection, person, period)
        day = on or today
        filed = date.fromisoformat(old.filed_on)
        check_succession((_("the objection"), filed), (_("the decision"), day), (_("today"), today))
        new = replace(
            old,
            decision="changed" if changed else "upheld",
            decided_on=day.isoformat(),
            decided_by=_decider(connection, person, period, appraisal, by, on=day, today=today),
            explanation=clean_lines(explanation),
        )
        operation.period_code = period.code
        operation.facts.update({"id": old.id, "decision": new.decision})
        if changed:
            if not period.is_open:
                raise PeriodClosed(period.code)
            rated = _changed(appraisal, period, given, innovation=innovation)
            if says_failed(appraisal.note):
                told.append(
                    rating_problems.STUDY_FAILED_LIFTED.at(
                        Place(), name=person.display_name, nip=person.nip, period=period.code
                    )
                )
            change_appraisals(operation, [(appraisal, replace(rated, rated_by=new.decided_by))])
            told += tell_carried(connection, person, period.code)
            new = replace(
                new,
                new_hasil=rated.hasil,
                new_perilaku=rated.perilaku,
                new_skp=rated.skp,
                new_perilaku_score=rated.perilaku_score,
                new_predikat=rated.predikat,
            )
        told += _told_if_closed(period, person)
        change_objection(operation, old, new)
        last_day = load_calendars(connection).of_unit(appraisal.unit_code).last_day
    decide_by, late = new.decide_by(last_day), new.is_decided_late(last_day)
    if late:
        late_by = {"value": new.decided_on, "name": person.display_name, "last": decide_by}
        told.append(objection_problems.DECISION_LATE.at(Place(), field="decided", **late_by))
    return Decided(operation.seq, new, person.display_name, decide_by, late, tuple(told))


def _check_objectionable(connection: Connection, person: Employee, period: StoredPeriod, appraisal: Appraisal) -> None:
    """Refuse an objection to what is final, not there, or objected to already."""
    if not appraisal.is_rated:
        raise ObjectionUnrated(person.display_name, period.code)
    if appraisal.final:
        raise ObjectionFinal(person.display_name, period.code, appraisal.final_rule)
    for earlier in load_objections(connection, period_code=period.code, nip=person.nip):
        if earlier.is_open:
            raise ObjectionPending(person.display_name, earlier.id, period.code)
        raise ObjectionDecided(earlier, person.display_name)


def _told_if_closed(period: StoredPeriod, person: Employee) -> list[Problem]:
    """Tell that a result in a closed period stays as it is until that is opened again."""
    if period.is_open:
        return []
    told = objection_problems.OBJECTION_IN_CLOSED
    return [told.at(Place(), value=period.code, period=period.code, name=person.display_name)]


def _received(person: Employee, known: date | None, given: date | None) -> date:
    """The day of receipt: the one on record, or the one given."""
    if known is not None and given is not None and given != known:
        raise ObjectionReceipt(person.display_name, known, given)
    day = known or given
    if day is None:
        raise UsageError(
            _("When {name} received the document is not on record.").format(name=person.display_name),
            _("Give it with --received; the 14 working days count from then (PermenPANRB 6/2022 Lampiran V.B.2)."),
        )
    return day


def _require_open_objection(connection: Connection, what: str, period_code: str | None) -> Objection:
    """The objection of that number, or the latest of a person in a period."""
    if period_code is None:
        return objection_by_number(connection, what)
    person = require_employee(connection, what)
    period = require_period(connection, period_code)
    found = load_objections(connection, nip=person.nip, period_code=period.code)
    if not found:
        raise ObjectionUnknown(_("of {name} in {period}").format(name=person.display_name, period=period.code))
    return found[-1]


def _decider(
    connection: Connection,
    person: Employee,
    period: StoredPeriod,
    appraisal: Appraisal,
    by: str | None,
    *,
    on: date,
    today: date,
) -> str | None:
    """Who decides: the assessor's superior, or the one of the day of the decision where they are named.

    The head of the region has no NIP. Where the rules name nobody, whoever is named decides. Nobody decides on their
    own rating, or on one they gave.
    """
    superior = Superiors(connection, period, today).above(appraisal, deciding=True)
    if by is None:
        if not superior.is_known:
            raise SuperiorUnknown(person.display_name)
        return superior.nip
    decider = require_employee(connection, by)
    if decider.nip == person.nip:
        raise DeciderInvolved(decider.display_name, objects=True)
    if decider.nip in (appraisal.rated_by, appraisal.assessor_nip):
        raise DeciderInvolved(decider.display_name)
    if superior.is_known and decider.nip != superior.nip:
        now = Superiors(connection, period, today, on=on).above(appraisal, deciding=True)
        if decider.nip != now.nip:
            raise DeciderNotSuperior(decider.display_name, name_of(connection, superior))
    return decider.nip


def _changed(
    appraisal: Appraisal, period: StoredPeriod, given: dict[str, str | None], *, innovation: bool
) -> Appraisal:
    """The appraisal with its new ratings, which must be others."""
    rated, _outcome = rated_with(appraisal, period, given, innovation=innovation)
    if rated == appraisal:
        raise UsageError(_("These are the ratings objected to; nothing would change."), _("Decide it with --upheld."))
    return replace(rated, carried_from=None, note=without_study(rated.note))
