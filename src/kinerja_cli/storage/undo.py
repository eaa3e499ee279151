"""Take an operation back: put every row it changed where it stood before, and find what stands in the way.

An operation may have changed a row several times; what counts is how the row stood before the first change and
after the last one. Everything is found and done in sets, since an import has tens of thousands of rows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, cast, func, literal, or_, select, tuple_

from kinerja_cli.storage.dated_tables import DELEGATION, DOCUMENT_DAY, OBJECTION, STANDING
from kinerja_cli.storage.ledger import Image, Operation, Value
from kinerja_cli.storage.store.changes import TABLES, RowChange, key_values, load_changes
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, FEEDBACK, PERIOD_UNIT, STAFF, UNIT

_AT_ONCE: Final = 500
"""So many rows one statement asks for."""

_MANY: Final = 50
"""From so many removed rows on, an index on what refers to them is worth making."""

_RATING: Final = ("predikat", "hasil", "perilaku", "skp", "perilaku_score")
"""The columns of an appraisal that are its result."""

_ONLY_SPAN: Final = 1
"""The span of every appraisal: a person has one part in a period."""

_NAMED: Final[Sequence[tuple[Table, str, Table]]] = (
    (PERIOD_UNIT, "unit_code", UNIT),
    (PERIOD_UNIT, "head_nip", STAFF),
    (APPRAISAL, "unit_code", UNIT),
    (APPRAISAL, "assessor_nip", STAFF),
    (APPRAISAL, "rated_by", STAFF),
    (FEEDBACK, "giver_nip", STAFF),
    (OBJECTION, "decided_by", STAFF),
    (DELEGATION, "ratee", STAFF),
)
"""Columns that name a row of another table without the database insisting on it, since periods keep what is past."""


class ImagesErased(Exception):
    """Images of the operation were lawfully erased, so that nobody can tell what it changed."""


class RowsDiffer(Exception):
    """A row is not as the ledger says it was left."""

    def __init__(self, relation: str, key: str) -> None:
        super().__init__(relation, key)
        self.relation = relation
        self.key = key


@dataclass(slots=True)
class Reversal:
    """What taking an operation back does to one table: rows that go, rows now and as they were, rows that return."""

    relation: Table
    removed: list[Image] = field(default_factory=list)
    changed: list[tuple[Image, Image]] = field(default_factory=list)
    restored: list[Image] = field(default_factory=list)

    def rows(self) -> Iterator[Image]:
        """Every row it touches, whole."""
        yield from self.removed
        yield from (now for now, _back in self.changed)
        yield from self.restored


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a later operation did to rows of one table that stands in the way, with the key of one of them."""

    seq: int
    relation: str
    rows: int
    key: str


@dataclass(slots=True)
class _Net:
    """What an operation came to for one row; `before` and `after` name each column that it changed."""

    existed: bool
    exists: bool
    before: dict[str, Value]
    after: dict[str, Value]

    def then(self, before: Image | None, after: Image | None) -> None:
        """Add a later change of the same row."""
        columns = {*(before or ()), *(after or ())}
        if self.existed:
            self.before = {name: (before or {}).get(name) for name in columns} | self.before
        self.after |= {name: (after or {}).get(name) for name in columns}
        self.exists = after is not None


def reversals(connection: Connection, seq: int, *, strict: bool = True) -> list[Reversal]:
    """What taking an operation back would do, by table. Raises ImagesErased and RowsDiffer.

    Not `strict`, rows may have been changed since; what taking back would do is then only told by the way.
    """
    nets: dict[str, dict[str, _Net]] = {}
    for change in load_changes(connection, seq):
        if change.key is None:
            raise ImagesErased
        _add(nets.setdefault(change.relation, {}), change.key, change)
    return [_reversal(connection, TABLES[relation], found, strict=strict) for relation, found in nets.items()]


def take_back(operation: Operation, found: Iterable[Reversal]) -> None:
    """Put the rows back, through the ledger: what refers goes before what it refers to, and returns after it."""
    connection = operation.connection
    if connection.dialect.name == "sqlite":
        # Rows of one table refer to each other, in circles too: only at the end is it known whether all is well.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    order = {table.name: number for number, table in enumerate(STANDING.metadata.sorted_tables)}
    parents_first = sorted(found, key=lambda one: order[one.relation.name])
    made = _index_referring(connection, {one.relation for one in parents_first if len(one.removed) >= _MANY})
    for one in reversed(parents_first):
        operation.remove(one.relation, one.removed)
    for name in made:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for one in parents_first:
        operation.insert(one.relation, one.restored)
        operation.update(one.relation, one.changed)


def changed_later(connection: Connection, seq: int, ignored: Collection[int]) -> list[Obstacle]:
    """Which later operations changed rows that this one had changed, the newest first."""
    mine, later = CHANGE.alias("mine"), CHANGE.alias("later")
    # A set to look into, which SQLite makes once; joined it would go through all of one side for each of the other.
    changed = select(mine.c.relation, mine.c.key).where(mine.c.seq == seq)
    statement = (
        select(later.c.seq, later.c.relation, func.count(later.c.key.distinct()), func.min(later.c.key))
        .where(later.c.seq > seq, later.c.seq.not_in(ignored), tuple_(later.c.relation, later.c.key).in_(changed))
        .group_by(later.c.seq, later.c.relation)
        .order_by(later.c.seq.desc())
    )
    return [Obstacle(*row) for row in connection.execute(statement)]


def referring(connection: Connection, seq: int, found: Iterable[Reversal], ignored: Collection[int]) -> list[Obstacle]:
    """Which later operations left rows that refer to what would go, the newest first."""
    obstacles: dict[tuple[int, str], Obstacle] = {}
    for one in found:
        if not one.removed:
            continue
        made = select(CHANGE.c.key).where(
            CHANGE.c.seq == seq, CHANGE.c.relation == one.relation.name, CHANGE.c.before.is_(None)
        )
        for child, column in _children(one.relation):
            mine = select(CHANGE.c.key).where(CHANGE.c.seq == seq, CHANGE.c.relation == child.name)
            key = _key_of(child)
            left = select(key).where(child.c[column].in_(made), key.not_in(mine))
            for obstacle in _blamed(connection, child.name, left, seq, ignored, removed=False):
                obstacles.setdefault((obstacle.seq, obstacle.relation), obstacle)
    return sorted(obstacles.values(), key=lambda obstacle: -obstacle.seq)


def standing_on_ratings(connection: Connection, seq: int, ignored: Collection[int]) -> list[Obstacle]:
    """Which later operations wrote about ratings that this one gave: objections, days of documents, carried results."""
    gave = or_(
        *(
            image.contains(f'"{word}":', autoescape=True)
            for word in _RATING
            for image in (CHANGE.c.before, CHANGE.c.after)
        )
    )
    given = select(CHANGE.c.key).where(CHANGE.c.seq == seq, CHANGE.c.relation == APPRAISAL.name, gave)
    if connection.execute(given.limit(1)).first() is None:
        return []
    obstacles: list[Obstacle] = []
    for child, period, column in (
        (OBJECTION, "period_code", ""),
        (DOCUMENT_DAY, "period_code", ""),
        (APPRAISAL, "carried_from", "carried_from"),
    ):
        about = child.c[period] + literal("/") + child.c.nip + literal(f"/{_ONLY_SPAN}")
        left = select(_key_of(child)).where(about.in_(given))
        obstacles += _blamed(connection, child.name, left, seq, ignored, removed=False, column=column)
    return sorted(obstacles, key=lambda obstacle: -obstacle.seq)


def gone_since(connection: Connection, seq: int, found: Iterable[Reversal], ignored: Collection[int]) -> list[Obstacle]:
    """After taking back: which later operations removed what rows that came back refer to, the newest first."""
    obstacles: list[Obstacle] = []
    for one in found:
        if not (one.restored or one.changed):
            continue
        for column, parent in _parents(one.relation):
            left = select(one.relation.c[column]).where(_dangling(one.relation, column, parent))
            obstacles += _blamed(connection, parent.name, left, seq, ignored, removed=True)
    return sorted(obstacles, key=lambda obstacle: -obstacle.seq)


def find_row(connection: Connection, relation: str, key: str) -> Image | None:
    """A row as it stands, by its key in the ledger."""
    table = TABLES[relation]
    values = key_values(table, key)
    return _live(connection, table, [values]).get(values)


def _add(nets: dict[str, _Net], key: str, change: RowChange) -> None:
    """Add a change of a row to what came before it in the same operation."""
    before, after = change.before, change.after
    if key in nets:
        nets[key].then(before, after)
        return
    columns = {*(before or ()), *(after or ())}
    nets[key] = _Net(
        before is not None,
        after is not None,
        {} if before is None else {name: before.get(name) for name in columns},
        {} if after is None else {name: after.get(name) for name in columns},
    )


def _reversal(connection: Connection, relation: Table, nets: Mapping[str, _Net], *, strict: bool) -> Reversal:
    """What taking back does to the rows of one table, which must stand as the operation left them."""
    keys = {key: key_values(relation, key) for key in nets}
    live = _live(connection, relation, list(keys.values()))
    reversal = Reversal(relation)
    for key, net in nets.items():
        now = live.get(keys[key])
        if strict and ((now is not None) != net.exists or (now is not None and not _stands(relation, now, net))):
            raise RowsDiffer(relation.name, key)
        if now is None:
            if net.existed:
                reversal.restored.append({name: value for name, value in net.before.items() if value is not None})
        elif not net.existed:
            reversal.removed.append(now)
        elif now != (back := {**now, **net.before}):
            reversal.changed.append((now, back))
    return reversal


def _stands(relation: Table, now: Image, net: _Net) -> bool:
    """Whether a row is as the operation left it."""
    if any(now.get(name) != value for name, value in net.after.items()):
        return False
    # A row that was added names all it has; a column that came with a later schema begins with its default.
    whole = not net.existed
    return not whole or all(
        value is None or name in net.after or relation.c[name].default is not None for name, value in now.items()
    )


def _live(connection: Connection, relation: Table, keys: Sequence[tuple[Value, ...]]) -> dict[tuple[Value, ...], Image]:
    """The rows of a table with those keys."""
    columns = list(relation.primary_key.columns)
    names = [column.name for column in relation.columns]
    places = [names.index(column.name) for column in columns]
    live: dict[tuple[Value, ...], Image] = {}
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        wanted = columns[0].in_([one[0] for one in part]) if len(columns) == 1 else tuple_(*columns).in_(part)
        for row in connection.execute(select(relation).where(wanted)):
            live[tuple(row[place] for place in places)] = dict(zip(names, row, strict=True))
    return live


def _parents(child: Table) -> Iterator[tuple[str, Table]]:
    """The columns of a table that refer to another, with the table; every key referred to is one column."""
    for constraint in child.foreign_key_constraints:
        yield constraint.column_keys[0], constraint.referred_table


def _children(parent: Table) -> Iterator[tuple[Table, str]]:
    """The tables and columns that refer to a table."""
    for child in TABLES.values():
        for column, referred in _parents(child):
            if referred is parent:
                yield child, column
    for child, column, referred in _NAMED:
        if referred is parent:
            yield child, column


def _dangling(child: Table, column: str, parent: Table) -> ColumnElement[bool]:
    """That a row refers to one that is not there."""
    above = parent.alias("above")
    (key,) = (above.c[column.name] for column in parent.primary_key.columns)
    return (
        child.c[column].is_not(None)
        & ~select(literal(1)).select_from(above).where(key == child.c[column]).correlate(child).exists()
    )


def _key_of(relation: Table) -> ColumnElement[str]:
    """The key of a row as the ledger writes it."""
    first, *others = (cast(column, Text) for column in relation.primary_key.columns)
    whole: ColumnElement[str] = first
    for one in others:
        whole = whole + literal("/") + one
    return whole


def _blamed(
    connection: Connection,
    relation: str,
    keys: Select[Any],
    seq: int,
    ignored: Collection[int],
    *,
    removed: bool,
    column: str = "",
) -> list[Obstacle]:
    """Which later operations wrote the rows of those keys, or one column of them, or removed them."""
    if connection.execute(keys.limit(1)).first() is None:
        # Spares a look through all later changes, which is what is slow here.
        return []
    ended = CHANGE.c.after.is_(None)
    wrote = CHANGE.c.after.contains(f'"{column}":', autoescape=True) if column else ~ended
    statement = (
        select(CHANGE.c.seq, CHANGE.c.relation, func.count(CHANGE.c.key.distinct()), func.min(CHANGE.c.key))
        .where(
            CHANGE.c.seq > seq,
            CHANGE.c.seq.not_in(ignored),
            CHANGE.c.relation == relation,
            CHANGE.c.key.in_(keys),
            ended if removed else wrote,
        )
        .group_by(CHANGE.c.seq, CHANGE.c.relation)
    )
    return [Obstacle(*row) for row in connection.execute(statement)]


def _index_referring(connection: Connection, parents: Collection[Table]) -> list[str]:
    """Make an index on what refers to rows that go, where there is none, for as long as they are being removed.

    Without it SQLite looks through the whole of such a table for every single row that goes.
    """
    made = []
    for parent in parents:
        for child in TABLES.values():
            for column, referred in _parents(child):
                if referred is parent and not _is_indexed(child, column):
                    made.append(name := f"undo_{child.name}_{column}")
                    connection.exec_driver_sql(f'CREATE INDEX "{name}" ON "{child.name}" ("{column}")')
    return made


def _is_indexed(relation: Table, column: str) -> bool:
    """Whether rows can be found by a column: it comes first in the key or in an index."""
    firsts = [next(iter(index.columns)).name for index in relation.indexes]
    return column in (*firsts, next(iter(relation.primary_key.columns)).name)
