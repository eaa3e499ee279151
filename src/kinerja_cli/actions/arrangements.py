"""What holds for a time: officials who act for others, delegated authority, people left out of appraisal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import Literal, TypeVar

from kinerja_cli.actions.lookup import check_in_service, require_employee, require_unit
from kinerja_cli.actions.refusals import AssessorSelf
from kinerja_cli.actions.succession import follow_changes
from kinerja_cli.domain.history import EVERYBODY, Acting, Delegation, Exclusion
from kinerja_cli.domain.text import clean_text
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.history import add_dated, load_dated, remove_dated, replace_dated
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


class ArrangementMissing(KinerjaError):
    """There is nothing of this kind that could be ended."""

    code = "arrangement-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, subject: str) -> None:
        super().__init__(
            _("Nothing of this kind runs for {subject} on that day.").format(subject=subject),
            _("See what there is with the same command without options."),
        )


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
) -> tuple[int | None, Acting]:
    """Let an official lead a unit for a time (Plt., Plh.); open periods follow."""
    with store.writing("unit.acting", dry_run=dry_run) as operation:
        code = require_unit(load_units(operation.connection), unit).code
        person = require_employee(operation.connection, nip)
        check_in_service(person)
        new = Acting(code, starts.isoformat(), person.nip, kind, _last(starts, ends))
        known = [one for one in load_dated(operation.connection, Acting) if one.unit_code == code]
        _add(operation, new, known, today)
    return operation.seq, new


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
) -> tuple[int | None, Delegation]:
    """Hand an assessor's authority to another official for a time, for one person or for all; open periods follow."""
    with store.writing("staff.delegate", dry_run=dry_run) as operation:
        connection = operation.connection
        giver, taker = require_employee(connection, assessor), require_employee(connection, to)
        check_in_service(taker)
        rated = EVERYBODY if ratee is None else require_employee(connection, ratee).nip
        if taker.nip in (giver.nip, rated):
            raise AssessorSelf(taker.display_name)
        new = Delegation(giver.nip, rated, starts.isoformat(), taker.nip, _last(starts, ends))
        known = [
            one
            for one in load_dated(connection, Delegation)
            if (one.assessor_nip, one.ratee) == (new.assessor_nip, new.ratee)
        ]
        _add(operation, new, known, today)
    return operation.seq, new


def exclude(
    store: Store,
    nip: str,
    reason: str,
    *,
    starts: date,
    ends: date | None,
    today: date,
    dry_run: bool = False,
) -> tuple[int | None, Exclusion]:
    """Leave a person out of appraisal for a time, with the reason; open periods follow."""
    if not clean_text(reason):
        raise UsageError(_("Leaving somebody out needs a reason."), _("Give it with --reason."))
    with store.writing("staff.exclude", dry_run=dry_run) as operation:
        person = require_employee(operation.connection, nip)
        new = Exclusion(person.nip, starts.isoformat(), clean_text(reason), _last(starts, ends))
        known = [one for one in load_dated(operation.connection, Exclusion) if one.nip == person.nip]
        _add(operation, new, known, today)
    return operation.seq, new


def end_arrangement(
    store: Store, kind: type[_Record], subject: str, *, last: date, today: date, dry_run: bool = False
) -> tuple[int | None, _Record]:
    """End what runs for a unit or a person, with its last day; one that had not begun by then never was."""
    with store.writing(_ENDINGS[kind], dry_run=dry_run) as operation:
        key = _subject(operation.connection, kind, subject)
        day = last.isoformat()
        mine = [one for one in load_dated(operation.connection, kind) if _about(one) == key]
        running = next((one for one in mine if one.covers(day) or (one.ends is None and one.starts > day)), None)
        if running is None:
            raise ArrangementMissing(subject)
        new = replace(running, ends=day)
        if running.starts > day:
            remove_dated(operation, [running])
        else:
            replace_dated(operation, [(running, new)])
        follow_changes(operation, today)
    return operation.seq, new


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
        add_dated(operation, [new])
        follow_changes(operation, today)
