"""Compare the tables, indexes and guards of a store with what the migrations make."""

import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.errors import ProblemKind
from kinerja_cli.storage.audit.findings import Finding, Findings
from kinerja_cli.storage.database import for_writing, make_engine
from kinerja_cli.storage.migrations import migrate

_SCHEMA: Final = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    # A flipped bit makes a blob of a text; SQLite then still finds the table, but others do not.
    " WHERE typeof(type) = 'text' AND typeof(name) = 'text' AND typeof(tbl_name) = 'text'"
)
_VERSIONS: Final = "SELECT version_num FROM alembic_version"


class _Thing(NamedTuple):
    """A table, an index, a trigger or a view, by its name."""

    kind: str
    name: str


def compare_shape(connection: sqlite3.Connection, findings: Findings) -> frozenset[str]:
    """Note what is missing, altered or strange, and tell which of kinerja's tables are there as tables.

    What stands in the place of one, a view without end, say, must not be read. The connection gives text as bytes.
    """
    found, made = _shape(connection.execute(_SCHEMA).fetchall()), _made()
    for thing in sorted(made.keys() - found.keys()):
        findings.add(_finding(kinds.SCHEMA_MISSING, thing))
    for thing in sorted(made.keys() & found.keys()):
        if made[thing] != found[thing]:
            findings.add(_finding(kinds.SCHEMA_CHANGED, thing))
    for thing in sorted(found.keys() - made.keys()):
        kind = kinds.TRIGGER_FOREIGN if thing.kind == "trigger" else kinds.SCHEMA_EXTRA
        findings.add(_finding(kind, thing))
    virtual = {thing for thing, clauses in found.items() if clauses[1].startswith("CREATE VIRTUAL")}
    return frozenset(thing.name for thing in made.keys() & found.keys() - virtual if thing.kind == "table")


def _finding(kind: ProblemKind, thing: _Thing) -> Finding:
    return Finding(kind, table=thing.name, facts={"kind": thing.kind, "name": thing.name})


@cache
def _made() -> dict[_Thing, tuple[str, ...]]:
    """The shape of a new store, made in memory."""
    with make_engine(Path(":memory:")).connect() as raw:
        connection = for_writing(raw)
        with connection.begin():
            migrate(connection)
            return _shape([tuple(row) for row in connection.exec_driver_sql(_SCHEMA)])


def _shape(rows: list[tuple[object, ...]]) -> dict[_Thing, tuple[str, ...]]:
    """What there is, each with its clauses; what SQLite makes for itself is left out."""
    shape = {}
    for kind, name, table, sql in (map(_plain, row) for row in rows):
        if not name.startswith("sqlite_"):
            shape[_Thing(kind, name)] = (table, *(_clauses(sql) if kind == "table" else (" ".join(sql.split()),)))
    return shape


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


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
