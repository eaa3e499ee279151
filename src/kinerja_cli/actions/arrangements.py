"""What holds for a time: officials who act for others, delegated authority, people left out of appraisal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import Generic, Literal, NamedTuple, TypeVar

from kinerja_cli.actions.circles import circles_on, refuse_new_circles
from kinerja_cli.actions.fitness import judge_assessor, leads_on
from kinerja_cli.actions.lookup import check_in_service, require_employee, require_unit
from kinerja_cli.actions.refusals import AssessorSelf
from kinerja_cli.actions.succession import follow_changes
from kinerja_cli.domain.arrangement_problems import DELEGATION_IDLE
from kinerja_cli.domain.assessing import leads_nothing
from kinerja_cli.domain.history import EVERYBODY, Acting, Delegation, Exclusion
from kinerja_cli.domain.rating_order import order_on
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_text
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.history import add_dated, load_dated, load_history, replace_dated
from kinerja_cli.storage.store.units import load_units

Arrangement = Acting | Delegation | Exclusion
"""Whatever holds for a time."""

_Record = TypeVar("_Record", Acting, Delegation, Exclusion)


class ArrangementOverlaps(KinerjaError):
    """Two arrangements of one kind for the same unit or person would hold on the same days."""

    code = "arrangement-overlaps"
    exit = Exit.REFUSED

    def __init__(self, known: Arrangement) -> None:
        super().__init__(
            _("One of this kind holds already from {starts} to {ends}.").format(
                starts=known.starts, ends=known.ends or _("further notice")
            ),
            _("End it first with --end DATE, or choose other days."),
        )


class ArrangementAmbiguous(KinerjaError):
    """Several delegations run, and which of them is to end was not said."""

    code = "arrangement-ambiguous"
    exit = Exit.USAGE

    def __init__(self, giver: Employee, running: Sequence[str]) -> None:
        super().__init__(
            _("{name} has several delegations on that day: {running}.").format(
                name=giver.display_name, running="; ".join(running)
            ),
            _("Say which with --for NIP, or --for '*' for the one that is for all."),
        )


class DelegateLeadsNothing(KinerjaError):
    """A functional official who leads no unit cannot be handed the rating of others."""

    code = "delegate-leads-nothing"
    exit = Exit.REFUSED

    def __init__(self, name: str, day: str) -> None:
        super().__init__(
            _("{name} is a functional official and leads no unit on {day}.").format(name=name, day=day),
            _(
                "The rating can be handed to a functional official only where they lead a unit (PermenPANRB 6/2022"
                " Lampiran IV.A.7). Name another delegate, or record first what they lead:"
                " `kinerja unit set CODE --head NIP`."
            ),
        )


class ArrangementMissing(KinerjaError):
    """There is nothing of this kind that could be ended."""

    code = "arrangement-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, subject: str) -> None:
        super().__init__(
            _("Nothing of this kind runs for {subject} on that day.").format(subject=subject),
            _("See what there is with the same command without options."),
        )


class Arranged(NamedTuple, Generic[_Record]):
    """What was arranged, and what is odd about it; `operation` is None where nothing was written."""

    operation: int | None
    record: _Record
    problems: tuple[Problem, ...] = ()


def appoint_acting(
    store: Store,
    unit: str,
    nip: str,
    kind: Literal["plt", "plh"],
    *,
    starts: date,
    ends: date | None,
    today: date,
    dry_run: bool = False,
) -> Arranged[Acting]:
    """Let an official lead a unit for a time (Plt., Plh.); open periods follow."""
    with store.writing("unit.acting", dry_run=dry_run) as operation:
        code = require_unit(load_units(operation.connection), unit).code
        person = require_employee(operation.connection, nip)
        check_in_service(person)
        new = Acting(code, starts.isoformat(), person.nip, kind, _last(starts, ends))
        known = [one for one in load_dated(operation.connection, Acting) if one.unit_code == code]
        _add(operation, new, known, today)
    return Arranged(operation.seq, new, tuple(judge_assessor(person, leads=True)))


def delegate(
    store: Store,
    assessor: str,
    to: str,
    *,
    ratee: str | None,
    starts: date,
    ends: date | None,
    today: date,
    dry_run: bool = False,
) -> Arranged[Delegation]:
    """Hand an assessor's authority to another official for a time, for one person or for all; open periods follow.

    Told is where the delegate can be no assessor by post, and where the one person is rated by somebody else still.
    """
    with store.writing("staff.delegate", dry_run=dry_run) as operation:
        connection = operation.connection
        giver, taker = require_employee(connection, assessor), require_employee(connection, to)
        check_in_service(taker)
        rated = EVERYBODY if ratee is None else require_employee(connection, ratee).nip
        if taker.nip in (giver.nip, rated):
            raise AssessorSelf(taker.display_name)
        if leads_nothing(taker, leads=leads_on(connection, taker.nip, starts)):
            raise DelegateLeadsNothing(taker.display_name, starts.isoformat())
        new = Delegation(giver.nip, rated, starts.isoformat(), taker.nip, _last(starts, ends))
        known = [
            one
            for one in load_dated(connection, Delegation)
            if (one.assessor_nip, one.ratee) == (new.assessor_nip, new.ratee)
        ]
        _add(operation, new, known, today)
        told = [*judge_assessor(taker, leads=True), *_idle(connection, new, taker)]
    return Arranged(operation.seq, new, tuple(told))


def exclude(
    store: Store,
    nip: str,
    reason: str,
    *,
    starts: date,
    ends: date | None,
    today: date,
    dry_run: bool = False,
) -> Arranged[Exclusion]:
    """Leave a person out of appraisal for a time, with the reason; open periods follow."""
    if not clean_text(reason):
        raise UsageError(_("Leaving somebody out needs a reason."), _("Give it with --reason."))
    with store.writing("staff.exclude", dry_run=dry_run) as operation:
        person = require_employee(operation.connection, nip)
        new = Exclusion(person.nip, starts.isoformat(), clean_text(reason), _last(starts, ends))
        known = [one for one in load_dated(operation.connection, Exclusion) if one.nip == person.nip]
        _add(operation, new, known, today)
    return Arranged(operation.seq, new)


def end_arrangement(
    store: Store,
    kind: type[_Record],
    subject: str,
    *,
    last: date,
    today: date,
    ratee: str | None = None,
    dry_run: bool = False,
) -> Arranged[_Record]:
    """End what runs for a unit or a person, with its last day; of several delegations the one for a `ratee`.

    Raises ArrangementMissing, ArrangementAmbiguous, and UsageError where it had not begun by then.
    """
    with store.writing(_ENDINGS[kind], dry_run=dry_run) as operation:
        key = _subject(operation.connection, kind, subject)
        day = last.isoformat()
        mine = [one for one in load_dated(operation.connection, kind) if _about(one) == key]
        if ratee is not None:
            wanted = ratee if ratee == EVERYBODY else require_employee(operation.connection, ratee).nip
            mine = [one for one in mine if _ratee(one) == wanted]
        running = _running(operation.connection, mine, subject, day)
        new = replace(running, ends=day)
        replace_dated(operation, [(running, new)])
        follow_changes(operation, today)
    return Arranged(operation.seq, new)


def _running(connection: Connection, mine: Sequence[_Record], subject: str, day: str) -> _Record:
    """The one that runs on a day."""
    running = [one for one in mine if one.covers(day)]
    # What ends on that very day needs no ending, unless there is nothing else that is meant.
    running = [one for one in running if one.ends != day] or running
    if not running:
        ahead = min((one.starts for one in mine if one.starts > day), default=None)
        if ahead is None:
            raise ArrangementMissing(subject)
        raise UsageError(
            _("It begins on {starts} and cannot end on {ends}.").format(starts=ahead, ends=day),
            _("Give --end a day from the first on. `kinerja history` shows the operation that recorded it."),
        )
    if len(running) > 1:
        giver = require_employee(connection, subject)
        raise ArrangementAmbiguous(giver, [_told(connection, one) for one in running])
    return running[0]


def _ratee(one: Arrangement) -> str | None:
    """For whom a delegation is; only delegations can be for one person."""
    return one.ratee if isinstance(one, Delegation) else None


def _told(connection: Connection, one: Arrangement) -> str:
    """One delegation among others, in words; of units and people left out no two run at once."""
    if not isinstance(one, Delegation):
        return one.starts
    delegate = require_employee(connection, one.delegate_nip).display_name
    if one.ratee == EVERYBODY:
        return _("to {delegate} for all since {starts}").format(delegate=delegate, starts=one.starts)
    ratee = require_employee(connection, one.ratee)
    return _("to {delegate} for {name} ({nip}) since {starts}").format(
        delegate=delegate, name=ratee.display_name, nip=ratee.nip, starts=one.starts
    )


def _idle(connection: Connection, new: Delegation, taker: Employee) -> Iterator[Problem]:
    """Tell where a delegation for one person does not make the delegate their assessor on its first day."""
    if new.ratee == EVERYBODY:
        return
    history = load_history(connection)
    person = history.person_on(new.ratee, new.starts)
    order = order_on(history, UnitTree(load_units(connection)), new.starts)
    if order.rater_of(person).nip != taker.nip:
        yield DELEGATION_IDLE.at(
            Place(),
            field="delegate_nip",
            value=taker.nip,
            day=new.starts,
            delegate=taker.display_name,
            name=person.display_name,
            nip=person.nip,
        )


def list_arrangements(store: Store, kind: type[_Record], subject: str | None = None) -> list[_Record]:
    """What there is of a kind, of everybody or of one unit or person, in order of time."""
    with store.reading() as connection:
        found = load_dated(connection, kind)
        if subject is not None:
            wanted = _subject(connection, kind, subject)
            found = [one for one in found if _about(one) == wanted]
    return sorted(found, key=lambda one: (one.starts, _about(one)))


_ENDINGS: dict[type[Arrangement], str] = {
    Acting: "unit.acting",
    Delegation: "staff.delegate",
    Exclusion: "staff.exclude",
}


def _about(one: Arrangement) -> str:
    """The unit or person that an arrangement is about."""
    if isinstance(one, Acting):
        return one.unit_code
    return one.assessor_nip if isinstance(one, Delegation) else one.nip


def _subject(connection: Connection, kind: type[Arrangement], text: str) -> str:
    """The code of the unit, or the NIP of the person, that a text names."""
    if issubclass(kind, Acting):
        return require_unit(load_units(connection), text).code
    return require_employee(connection, text).nip


def _last(starts: date, ends: date | None) -> str | None:
    """The last day as kept. Raises UsageError where it lies before the first."""
    if ends is None:
        return None
    if ends < starts:
        raise UsageError(
            _("The last day {ends} lies before the first, {starts}.").format(
                ends=ends.isoformat(), starts=starts.isoformat()
            ),
            _("Correct --from or --until."),
        )
    return ends.isoformat()


def _add(operation: Operation, new: Arrangement, known: Sequence[Arrangement], today: date) -> None:
    """Keep an arrangement beside others of its kind for the same unit or person."""
    for one in known:
        apart = (one.ends is not None and one.ends < new.starts) or (new.ends is not None and new.ends < one.starts)
        if not apart and one != new:
            raise ArrangementOverlaps(one)
    if new not in known:
        # The day nearest to today on which it holds.
        held = max(date.fromisoformat(new.starts), today)
        held = held if new.ends is None else min(held, date.fromisoformat(new.ends))
        circles = circles_on(operation.connection, held)
        add_dated(operation, [new])
        refuse_new_circles(operation.connection, held, circles)
        follow_changes(operation, today)
