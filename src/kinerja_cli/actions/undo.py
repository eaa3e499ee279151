"""Take one whole operation back, as an operation of its own, or say what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.operation_words import Told
from kinerja_cli.actions.participation import follow
from kinerja_cli.actions.refusals import OperationUnknown
from kinerja_cli.actions.rows_named import Named, Names, nip_of
from kinerja_cli.domain import undo_problems
from kinerja_cli.domain.undoing import cancelled
from kinerja_cli.errors import N_, Exit, KinerjaError, Place, Problem, ProblemKind
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.changes import TABLES
from kinerja_cli.storage.store.operations import (
    StoredOperation,
    find_operation,
    find_operations,
    inexact_undos,
    last_of,
    undone_operations,
)
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.undo import (
    ImagesErased,
    Obstacle,
    Reversal,
    RowsDiffer,
    changed_later,
    find_row,
    gone_since,
    referring,
    reversals,
    take_back,
)

_EXAMPLES = 3

_NEVER = {
    "agency.init": N_("It made the store itself. To begin anew, make another store."),
    "period.close": N_("A closed period is opened again with `kinerja period reopen {period} --reason TEXT`."),
    "period.reopen": N_("A reopened period is closed again with `kinerja period close {period}`."),
}
"""Kinds of operations that are not undone, and what to do instead."""

_FROZEN = frozenset(("appraisal", "period_unit", "feedback", "justification"))
"""Tables whose rows stand still in a closed period; others may be written to after it was closed."""

_MOVES_PARTS = frozenset(
    ("staff", "unit", "unit_head", "placement", "standing", "headship", "acting", "delegation", "exclusion")
)
"""Tables from which it is worked out who takes part where in open periods."""

_FIRST_UP = {"added": 0, "changed": 1, "removed": 2}


class UndoneAlready(KinerjaError):
    """The operation is taken back already."""

    code = "undo-done"
    exit = Exit.REFUSED

    def __init__(self, number: int, by: int) -> None:
        super().__init__(
            _("Operation {number} is taken back already, by operation {by}.").format(number=number, by=by),
            _("To have it again, take that one back: `kinerja undo {by}`.").format(by=by),
        )


class NotUndoable(KinerjaError):
    """Operations of this kind are not undone."""

    code = "undo-never"
    exit = Exit.REFUSED

    def __init__(self, operation: StoredOperation) -> None:
        super().__init__(
            _("Operation {number} ({kind}) cannot be taken back.").format(number=operation.seq, kind=operation.kind),
            _(_NEVER[operation.kind]).format(period=operation.period_code),
        )


class UndoErased(KinerjaError):
    """What the operation changed was lawfully erased from the history."""

    code = "undo-erased"
    exit = Exit.REFUSED

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Operation {number} cannot be taken back: what it changed was erased from the history.").format(
                number=number
            ),
            _("Correct what is wrong by a new entry."),
        )


class UndoDiffers(KinerjaError):
    """The store does not hold what the ledger says the operation left, and no operation changed it since."""

    code = "undo-differs"
    exit = Exit.STORE

    def __init__(self, number: int, relation: str, key: str) -> None:
        super().__init__(
            _(
                "Operation {number} cannot be taken back: {table} {key} is not as the history says, and no operation "
                "of kinerja changed it since."
            ).format(number=number, table=relation, key=key),
            _("Another program wrote to the store, or it is damaged. Put back the latest good copy."),
        )


class UndoClosed(KinerjaError):
    """A period that the operation touched is closed."""

    code = "period-closed"
    exit = Exit.REFUSED

    def __init__(self, number: int, periods: Sequence[str]) -> None:
        super().__init__(
            _("Operation {number} cannot be taken back: it touched {periods}, which is closed since.").format(
                number=number, periods=", ".join(periods)
            ),
            _("If it must change, reopen it with `kinerja period reopen {period} --reason TEXT`.").format(
                period=periods[0]
            ),
        )


class UndoBuiltOn(KinerjaError):
    """Later work stands on the operation."""

    code = "undo-built-on"
    exit = Exit.REFUSED

    def __init__(self, number: int, problems: Sequence[Problem]) -> None:
        later = sorted({int(one.value or 0) for one in problems}, reverse=True)
        super().__init__(
            _("Operation {number} cannot be taken back: later work stands on it (operations {later}).").format(
                number=number, later=", ".join(map(str, later))
            ),
            _("Take those back first, the newest before the others, or correct what is wrong by a new entry."),
            problems,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What an undo does to one table: rows `added` again, `changed` back or `removed`, and the first of them."""

    table: str
    action: str
    rows: int
    examples: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an undo came to; `followed` counts parts in periods opened since that were brought in step."""

    operation: int | None
    undoes: int
    dry_run: bool
    kind: str
    summary: str
    rows: int
    followed: int
    parts: tuple[Part, ...]


def undo_operation(
    store: Store, number: int, *, today: date, reason: str | None = None, dry_run: bool = False
) -> TakenBack:
    """Take an operation back: every row it changed is again as it was before.

    Raises OperationUnknown, and where something stands in the way one of the refusals above. Periods that were
    opened on what is taken back follow, as they follow every change of people and units.
    """
    with store.writing("undo", dry_run=dry_run) as operation:
        connection = operation.connection
        target = _undoable(connection, number)
        ignored = cancelled(number, undone_operations(connection), inexact_undos(connection))
        found = _unhindered(connection, target, ignored)
        parts = _parts(connection, found)
        take_back(operation, found)
        gone = gone_since(connection, number, found, ignored)
        _refuse(connection, number, [(undo_problems.GONE_SINCE, one) for one in gone])
        rows = operation.changes
        followed = _follow(operation, number, found, today)
        operation.undoes = number
        operation.reason = reason
        operation.period_code = target.period_code
        operation.facts.update({"kind": target.kind} | ({"followed": followed} if followed else {}))
        summary = Told.of(connection, [target]).summary(number)
    return TakenBack(operation.seq, number, dry_run, target.kind, summary, rows, followed, parts)


def _undoable(connection: Connection, number: int) -> StoredOperation:
    """The operation, if it is there, of a kind that can be undone, and in force."""
    target = find_operation(connection, number)
    if target is None:
        raise OperationUnknown(number)
    if target.kind in _NEVER:
        raise NotUndoable(target)
    by = undone_operations(connection).get(number)
    if by is not None:
        raise UndoneAlready(number, by)
    return target


def _unhindered(connection: Connection, target: StoredOperation, ignored: set[int]) -> list[Reversal]:
    """What undoing does, where no closed period and no later change of the same rows stands in the way."""
    number = target.seq
    try:
        later = changed_later(connection, number, ignored)
        found = reversals(connection, number, strict=not later)
    except ImagesErased as error:
        raise UndoErased(number) from error
    except RowsDiffer as error:
        raise UndoDiffers(number, error.relation, error.key) from error
    closed = _closed(connection, number, found)
    if closed:
        raise UndoClosed(number, closed)
    standing = referring(connection, number, found, ignored)
    _refuse(
        connection,
        number,
        [
            *((undo_problems.CHANGED_LATER, one) for one in later),
            *((undo_problems.REFERRED_TO, one) for one in standing if not _told(one, later)),
        ],
    )
    return found


def _told(one: Obstacle, others: Iterable[Obstacle]) -> bool:
    """Whether it is told already what an operation did to rows of a table."""
    return any((one.seq, one.relation) == (each.seq, each.relation) for each in others)


def _closed(connection: Connection, number: int, found: Iterable[Reversal]) -> list[str]:
    """The closed periods that undoing would change, or that were closed on what it would take back."""
    closed = {one.code: one for one in load_periods(connection) if not one.is_open}
    after = {code for code in closed if last_of(connection, code, "period.close") > number}
    touched = set[str]()
    for one in found:
        name = one.relation.name
        for row in one.rows():
            if name == "feedback":
                touched |= {code for code, each in closed.items() if each.starts <= str(row["given_on"]) <= each.ends}
                continue
            code = str(row.get("code") if name == "period" else row.get("period_code"))
            if code in closed and (name in _FROZEN or code in after):
                touched.add(code)
    return sorted(touched)


def _refuse(connection: Connection, number: int, found: Sequence[tuple[ProblemKind, Obstacle]]) -> None:
    """Refuse with the list of later operations that stand in the way, if there are any."""
    if not found:
        return
    operations = find_operations(connection, (one.seq for _kind, one in found))
    told = Told.of(connection, operations.values())
    problems = []
    for kind, one in found:
        nip = nip_of(one.relation, one.key, None)
        named = Names.known(connection, [] if nip is None else [nip]).of(
            one.relation, one.key, nip, find_row(connection, one.relation, one.key) or {}
        )
        closing = operations[one.seq].kind in _NEVER
        problems.append(
            (undo_problems.CLOSED_SINCE if closing else kind).at(
                Place(),
                field=one.relation,
                value=one.seq,
                summary=told.summary(one.seq),
                rows=one.rows,
                example=_called(named),
            )
        )
    raise UndoBuiltOn(number, problems)


def _parts(connection: Connection, found: Iterable[Reversal]) -> tuple[Part, ...]:
    """What an undo does, table by table, with the first rows by name."""
    kept: list[tuple[str, str, int, list[Image]]] = []
    for one in found:
        name = one.relation.name
        backs = [back for _now, back in one.changed]
        for action, rows in (("added", one.restored), ("changed", backs), ("removed", one.removed)):
            if rows:
                kept.append((name, action, len(rows), [dict(row) for row in rows[:_EXAMPLES]]))
    keyed = [(name, _key_of(name, row), row) for name, _action, _rows, first in kept for row in first]
    nips = (nip_of(name, key, None) or row.get("nip") for name, key, row in keyed)
    names = Names.known(connection, (str(nip) for nip in nips if nip is not None))
    parts = []
    for name, action, count, first in kept:
        examples = [names.of(name, _key_of(name, row), _nip(row), row) for row in first]
        parts.append(Part(name, action, count, tuple(examples)))
    return tuple(sorted(parts, key=lambda part: (-part.rows, part.table, _FIRST_UP[part.action])))


def _follow(operation: Operation, number: int, found: Iterable[Reversal], today: date) -> int:
    """Bring in step the open periods that were opened or added to since; how many parts changed.

    Those opened before were followed by the operation itself, and so are back already.
    """
    if not any(one.relation.name in _MOVES_PARTS for one in found):
        return 0
    since = [
        period
        for period in load_periods(operation.connection)
        if period.is_open and last_of(operation.connection, period.code, "period.open") > number
    ]
    before = operation.changes
    for period in since:
        follow(operation, period, today)
    return operation.changes - before


def _key_of(relation: str, row: Image) -> str:
    return "/".join(str(row[column.name]) for column in TABLES[relation].primary_key.columns)


def _nip(row: Image) -> str | None:
    nip = row.get("nip")
    return None if nip is None else str(nip)


def _called(named: Named) -> str:
    """A row in a few words."""
    who = f"{named.name} ({named.nip})" if named.name and named.nip else named.name or named.nip
    return ", ".join(filter(None, (who, named.of if named.of != named.name else ""))) or "-"
