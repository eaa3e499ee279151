"""Take one whole operation back, as an operation of its own, or say what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kinerja_cli.actions.operation_words import Told
from kinerja_cli.actions.refusals import OperationUnknown
from kinerja_cli.actions.rows_named import Named, Names, nip_of
from kinerja_cli.actions.undo_refusals import (
    NEVER,
    NotUndoable,
    UndoBuiltOn,
    UndoClosed,
    UndoDiffers,
    UndoErased,
    UndoneAlready,
)
from kinerja_cli.actions.undo_settling import Settling
from kinerja_cli.domain import undo_problems
from kinerja_cli.domain.undoing import cancelled
from kinerja_cli.errors import Place, ProblemKind
from kinerja_cli.storage.ledger import Image
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
    standing_on_ratings,
    take_back,
)

_EXAMPLES = 3

_FROZEN = frozenset(("appraisal", "period_unit", "feedback", "justification"))
"""Tables whose rows stand still in a closed period; others may be written to after it was closed."""

_FIRST_UP = {"added": 0, "changed": 1, "removed": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """What an undo does to one table: rows `added` again, `changed` back or `removed`, and the first of them."""

    table: str
    action: str
    rows: int
    examples: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an undo came to; `followed` counts the rows that then followed what had come between."""

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

    Raises OperationUnknown, and where something stands in the way one of the refusals. What was done since stays;
    heads by post and open periods follow the two together, as they follow every change of people and units.
    """
    with store.writing("undo", dry_run=dry_run) as operation:
        connection = operation.connection
        target = _undoable(connection, number)
        ignored = cancelled(number, undone_operations(connection), inexact_undos(connection))
        found = _unhindered(connection, target, ignored)
        parts = _parts(connection, found)
        settling = Settling.of(connection, target, found, ignored, today)
        take_back(operation, found)
        gone = gone_since(connection, number, found, ignored)
        _refuse(connection, number, [(undo_problems.GONE_SINCE, one) for one in gone])
        rows = operation.changes
        followed = settling.settle(operation, today)
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
    if target.kind in NEVER:
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
    about = standing_on_ratings(connection, number, ignored)
    _refuse(
        connection,
        number,
        [
            *((undo_problems.CHANGED_LATER, one) for one in later),
            *((undo_problems.REFERRED_TO, one) for one in standing if not _told(one, later)),
            *((undo_problems.ABOUT_RATING, one) for one in about if not _told(one, (*later, *standing))),
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
        closing = operations[one.seq].kind in NEVER
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


def _key_of(relation: str, row: Image) -> str:
    return "/".join(str(row[column.name]) for column in TABLES[relation].primary_key.columns)


def _nip(row: Image) -> str | None:
    nip = row.get("nip")
    return None if nip is None else str(nip)


def _called(named: Named) -> str:
    """A row in a few words."""
    who = f"{named.name} ({named.nip})" if named.name and named.nip else named.name or named.nip
    return ", ".join(filter(None, (who, named.of if named.of != named.name else ""))) or "-"
