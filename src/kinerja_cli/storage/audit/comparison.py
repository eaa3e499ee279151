"""Compare the rows of some buckets in full with what was recorded of them, and name every column that differs."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from sqlalchemy import Table

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.errors import ProblemKind
from kinerja_cli.storage.audit.findings import Finding, Findings
from kinerja_cli.storage.audit.rows import RECORDED, image_of, listed
from kinerja_cli.storage.audit.sieve import BUCKETS, EMPTY_KEY, LAST, as_text, is_foreseeable
from kinerja_cli.storage.ledger import Value

_AT_ONCE: Final = 60_000
"""About so many rows are held at a time, however many are to be compared."""

_Place = tuple[bytes, bytes]
_CHANGES: Final = """SELECT seq, relation, "key", "before", "after" FROM change
WHERE relation = CAST(? AS TEXT) AND "key" IS NOT NULL ORDER BY seq, ordinal"""


@dataclass(slots=True)
class _Row:
    """A row as the ledger leaves it; not `whole` where its beginning was erased and only some columns are known."""

    values: dict[str, Value]
    whole: bool


def compare_rows(
    connection: sqlite3.Connection,
    buckets: Sequence[tuple[bytes, int]],
    counts: Mapping[bytes, int],
    emptied: Mapping[bytes, int],
    findings: Findings,
) -> None:
    """Compare all rows in these buckets of tables; `counts` are rows and `emptied` erased changes, by table.

    The connection gives text as bytes. A table is gone through once for as many buckets as fit into memory.
    """
    tables = {table.name.encode(): table for table in RECORDED}
    for relation, group in groupby(buckets, key=itemgetter(0)):
        wanted = [bucket for _relation, bucket in group]
        step = max(_AT_ONCE * BUCKETS // (counts.get(relation, 0) + 1), 1)
        seen = len(findings.listed())
        for start in range(0, len(wanted), step):
            one = _Comparison(connection, relation, frozenset(wanted[start : start + step]), findings)
            one.run(tables.get(relation), erased=emptied.get(relation, 0) > 0)
        if len(findings.listed()) == seen and not is_foreseeable():
            findings.add(Finding(kinds.ROWS_DISAGREE, table=str(as_text(relation))))


class _Comparison:
    """One table, or part of it, folded from its images and laid beside its live rows."""

    def __init__(
        self, connection: sqlite3.Connection, relation: bytes, buckets: Collection[int], findings: Findings
    ) -> None:
        self._connection = connection
        self._relation = relation
        self._name = str(as_text(relation))
        self._buckets = buckets
        self._findings = findings
        self._rows: dict[bytes, _Row] = {}

    def run(self, table: Table | None, *, erased: bool) -> None:
        """Fold, compare, and tell which rows are left over on either side."""
        self._fold()
        for key, found in [] if table is None else self._live(table):
            recorded = self._rows.pop(key, None)
            if recorded is None:
                kind = kinds.ROW_UNKNOWN if erased else kinds.ROW_EXTRA
                self._findings.add(Finding(kind, table=self._name, key=_text(key), nip=_nip(found)))
            else:
                self._compare(key, recorded, found)
        for key, recorded in sorted(self._rows.items()):
            kind = kinds.ROW_MISSING if recorded.whole or not erased else kinds.ROW_UNKNOWN
            self._findings.add(Finding(kind, table=self._name, key=_text(key), nip=_nip(recorded.values)))

    def _fold(self) -> None:
        """What the images leave of each row, change by change."""
        for seq, relation, key, before, after in self._connection.execute(_CHANGES, (self._relation,)):
            if relation != self._relation or not isinstance(key, bytes) or not self._is_wanted(key):
                continue
            row = self._rows.get(key)
            was, now = _image(before), _image(after)
            if row is None:
                row = self._rows[key] = _Row(dict(was), whole=before is None)
            else:
                self._meet(seq, key, row.values, was)
            if after is None:
                del self._rows[key]
                continue
            for column in was:
                row.values.pop(column, None)
            row.values.update(now)

    def _meet(self, seq: int, key: bytes, recorded: Mapping[str, Value], met: Mapping[str, Value]) -> None:
        """What an operation met in the row it changed, against what the one before had left there."""
        for column, value in met.items():
            if recorded.get(column) != value:
                self._differs(kinds.ROW_CHANGED_BEFORE, key, recorded, (column, recorded.get(column), value), seq)

    def _live(self, table: Table) -> Iterator[tuple[bytes, dict[str, Value]]]:
        """The live rows of these buckets."""
        for row in self._connection.execute(f"SELECT {listed(table)} FROM {table.name}"):
            key = row[-1]
            if self._is_wanted(key):
                yield key if isinstance(key, bytes) else b"", image_of(table, row)

    def _is_wanted(self, key: object) -> bool:
        return (hash(key) or EMPTY_KEY) & LAST in self._buckets

    def _compare(self, key: bytes, recorded: _Row, found: Mapping[str, Value]) -> None:
        """One row, column by column."""
        for column in sorted(recorded.values if not recorded.whole else {*recorded.values, *found}):
            kept, now = recorded.values.get(column), found.get(column)
            if kept != now or type(kept) is not type(now):
                self._differs(kinds.ROW_CHANGED, key, {**recorded.values, **found}, (column, kept, now))

    def _differs(
        self,
        kind: ProblemKind,
        key: bytes,
        row: Mapping[str, Value],
        difference: tuple[str, Value, Value],
        seq: int | None = None,
    ) -> None:
        column, recorded, found = difference
        self._findings.add(Finding(kind, seq, self._name, _text(key), _nip(row), column, recorded, found))


def _image(text: object) -> dict[str, Value]:
    """An image as a mapping; empty where there is none, or where it is nothing the program has written."""
    if not isinstance(text, bytes):
        return {}
    try:
        found = json.loads(text.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(key: bytes) -> str:
    return key.decode("utf-8", "surrogateescape")


def _nip(row: Mapping[str, Value]) -> str | None:
    """The person a row is about, where it is about one."""
    nip = row.get("nip")
    return nip if isinstance(nip, str) else None
