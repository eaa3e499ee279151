"""Compare the schema of a store, row by row, with what the migrations make."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.errors import ProblemKind
from kinerja_cli.storage.audit.findings import Finding, Findings
from kinerja_cli.storage.audit.rows import plain
from kinerja_cli.storage.database import for_writing, make_engine
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.migrations import migrate

_COLUMNS: Final = ("type", "name", "tbl_name", "sql")
_SCHEMA: Final = f"SELECT {', '.join((*_COLUMNS, *(f'typeof({one})' for one in _COLUMNS)))} FROM sqlite_schema"
_VERSIONS: Final = "alembic_version"
_VERSION: Final = f"SELECT version_num, typeof(version_num) FROM {_VERSIONS} LIMIT 3"

_PLAIN: Final = re.compile(
    r"(?P<table>CREATE (?:VIRTUAL )?TABLE )|(?P<index>CREATE (?:UNIQUE )?INDEX )|(?P<view>CREATE VIEW )"
)
"""What other programs add and what changes nothing, as SQLite itself writes it into its schema."""

_OF_SQLITE: Final = {
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""Tables that SQLite makes for itself, as it makes them."""

_RESERVED: Final = "sqlite_"


class _Thing(NamedTuple):
    """A table, an index, a trigger or a view, by its name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """A schema: what there is, each with its clauses; and what there is twice, or what no SQL can have written."""

    things: dict[_Thing, tuple[str, ...]] = field(default_factory=dict)
    version: list[str] = field(default_factory=list)
    strange: list[_Thing] = field(default_factory=list)


def compare_shape(connection: sqlite3.Connection, findings: Findings) -> frozenset[str]:
    """Note what is missing, altered or strange, and tell which of kinerja's tables are there as tables.

    What stands in the place of one, a view without end, say, must not be read. The connection gives text as bytes.
    """
    found, made = _shape(connection), _made()
    for thing in sorted(made.things.keys() - found.things.keys()):
        findings.add(_finding(kinds.SCHEMA_MISSING, thing))
    for thing in sorted(made.things.keys() & found.things.keys()):
        if made.things[thing] != found.things[thing]:
            findings.add(_finding(kinds.SCHEMA_CHANGED, thing))
    for thing in sorted(found.things.keys() - made.things.keys()):
        kind = kinds.TRIGGER_FOREIGN if thing.kind == "trigger" else kinds.SCHEMA_EXTRA
        findings.add(_finding(kind, thing))
    for thing in found.strange:
        findings.add(_finding(kinds.SCHEMA_STRANGE, thing))
    virtual = {thing for thing, clauses in found.things.items() if clauses[1].startswith("CREATE VIRTUAL")}
    there = frozenset(
        thing.name for thing in made.things.keys() & found.things.keys() - virtual if thing.kind == "table"
    )
    if _VERSIONS in there and found.version != made.version:
        findings.add(
            Finding(
                kinds.SCHEMA_VERSION,
                table=_VERSIONS,
                recorded=", ".join(made.version),
                found=", ".join(found.version) or None,
            )
        )
    return there


def _finding(kind: ProblemKind, thing: _Thing) -> Finding:
    return Finding(kind, table=thing.name, facts={"kind": thing.kind, "name": thing.name})


@cache
def _made() -> _Shape:
    """The shape of a new store, made in memory."""
    with make_engine(Path(":memory:")).connect() as raw:
        connection = for_writing(raw)
        with connection.begin():
            migrate(connection)
            made = connection.connection.driver_connection
            if not isinstance(made, sqlite3.Connection):
                raise TypeError(made)
            return _shape(made)


def _shape(connection: sqlite3.Connection) -> _Shape:
    """What the schema of an open file holds; only what SQLite makes for itself, as it makes it, is left out."""
    rows = [
        [plain(value, kind if isinstance(kind, bytes) else str(kind).encode()) for value, kind in _pairs(row)]
        for row in connection.execute(_SCHEMA)
    ]
    shape = _Shape()
    many = Counter(_Thing(str(kind), str(name)) for kind, name, _table, _sql in rows)
    for kind, name, table, sql in rows:
        thing = _Thing(str(kind), str(name))
        ordinary = _is_ordinary(thing, table, sql)
        if many[thing] > 1 or not ordinary:
            shape.strange.append(thing)
        if ordinary and not thing.name.startswith(_RESERVED):
            text = str(sql)
            clauses = _clauses(text) if kind == "table" else (" ".join(text.split()),)
            shape.things[thing] = (str(table), *clauses)
    if _Thing("table", _VERSIONS) in shape.things:
        shape.version.extend(str(plain(value, kind)) for value, kind in connection.execute(_VERSION))
    return shape


def _pairs(row: Sequence[object]) -> Iterator[tuple[object, object]]:
    """The values of a row, each with what `typeof` says of it."""
    return zip(row[: len(_COLUMNS)], row[len(_COLUMNS) :], strict=True)


def _is_ordinary(thing: _Thing, table: Value, sql: Value) -> bool:
    """Whether a row of the schema is one that SQL can have written, with nothing hidden in it."""
    kind, name = thing
    if name.startswith(_RESERVED):
        by_itself = kind == "index" and sql is None and name.startswith(f"sqlite_autoindex_{table}_")
        return by_itself or (kind == "table" and name == table and sql == _OF_SQLITE.get(name))
    if kind == "trigger":
        return True
    written = _PLAIN.match(str(sql))
    return written is not None and written.lastgroup == kind


def _clauses(sql: str) -> tuple[str, ...]:
    """The columns and constraints of a table in an order of their own, since theirs says nothing.

    >>> _clauses('CREATE TABLE t (b TEXT CONSTRAINT c CHECK (b IN (1, 2)), "a" TEXT) STRICT')
    ('CREATE TABLE t', 'CONSTRAINT c CHECK (b IN (1, 2))', 'a TEXT', 'b TEXT', 'STRICT')
    """
    head, _bracket, rest = " ".join(sql.replace('"', "").split()).partition("(")
    body, _bracket, tail = rest.rpartition(")")
    clauses, depth, start = list[str](), 0, 0
    for place, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            clauses.append(body[start:place])
            start = place + 1
    parts = [part for one in [*clauses, body[start:]] for part in re.split(" (?=CONSTRAINT )", one.strip())]
    return head.strip(), *sorted(parts), tail.strip()
