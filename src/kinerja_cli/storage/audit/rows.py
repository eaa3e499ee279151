"""Go through every live row once: its sum for the comparison with the ledger, and the fingerprints of periods."""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

from sqlalchemy import Integer, Table

from kinerja_cli.storage.audit.sieve import LAST, Fragments, Sums, as_text
from kinerja_cli.storage.dated_tables import STANDING
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.store.appraisals import FINGERPRINT_TAG, fingerprint_line
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, OPERATION, PERIOD

BROKEN: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file can raise: also that SQLite quotes what is no text in a message."""

NOT_A_TABLE: Final = "no such table"
"""What is said of a table that is not there, in the words of SQLite, which say the same."""

PORTION: Final = 256
"""So many rows are taken at a time: few enough to stay in the cache of a processor."""

RECORDED: Final[tuple[Table, ...]] = tuple(
    table for table in STANDING.metadata.sorted_tables if table not in (OPERATION, CHANGE)
)
"""Every table whose rows the ledger records: all but its own two."""


@dataclass(slots=True)
class LiveRows:
    """What going through the live rows came to: how many, their sums, and by period (recorded, recomputed)."""

    counts: dict[bytes, int] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)
    fingerprints: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    unreadable: dict[bytes, str] = field(default_factory=dict)


def scan_rows(connection: sqlite3.Connection, there: Collection[str]) -> LiveRows:
    """Go through all tables that are there; one that cannot be read through is noted, with what SQLite says of it.

    The connection is to be used for nothing else. Raises sqlite3.DatabaseError where the file itself cannot be used.
    """
    live = LiveRows()
    for table in RECORDED:
        name = table.name.encode()
        if table.name not in there:
            live.unreadable[name] = NOT_A_TABLE
            continue
        try:
            live.counts[name] = _scan_table(connection, table, live, there)
        except BROKEN as error:
            if not is_of_content(error):
                raise
            live.unreadable[name] = str(error)
    return live


def _scan_table(connection: sqlite3.Connection, table: Table, live: LiveRows, there: Collection[str]) -> int:
    """Go through one table, and again with more care where something in it is no text."""
    connection.text_factory = str
    try:
        return _scan(connection, table, live, there)
    except BROKEN:
        connection.text_factory = as_text
        del live.sums[table.name.encode()]
        return _scan(connection, table, live, there)


def listed(table: Table) -> str:
    """The columns of a table in the order of images, and behind them its key as the ledger writes it, in bytes."""
    columns = ", ".join(f'"{name}"' for name in column_names(table))
    key = " || '/' || ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return f"{columns}, CAST({key} AS BLOB)"


def column_names(table: Table) -> list[str]:
    """The columns of a table in the order of images."""
    return sorted(column.name for column in table.columns)


def is_of_content(error: Exception) -> bool:
    """Whether it is the content of the file that is wrong, and neither the system nor another run."""
    if isinstance(error, UnicodeDecodeError):
        return True
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_TOOBIG"))


class _Adder:
    """Adds up the rows of a table, many at a time and column by column: Python is slow by the value, not by the row."""

    def __init__(self, table: Table, live: LiveRows) -> None:
        columns = sorted(table.columns, key=lambda column: column.name)
        self._memos = [Fragments(column.name, whole=isinstance(column.type, Integer)) for column in columns]
        self._sums = live.sums[table.name.encode()]
        self.count = 0

    def add(self, portion: Sequence[tuple[object, ...]]) -> list[list[bytes] | bytes]:
        """Add up some rows, and give their fragments by column."""
        many = len(portion)
        self.count += many
        *columns, keys = zip(*portion, strict=True)
        spelled = [memo.spell(column) for memo, column in zip(self._memos, columns, strict=True)]
        same = sum(hash(one) for one in spelled if one and isinstance(one, bytes))
        hashes = [map(hash, one) for one in spelled if isinstance(one, list)]
        sums = self._sums
        weights = map(sum, zip(repeat(same, many), *hashes, strict=True))
        for known, weight in zip(map(hash, keys), weights, strict=True):
            sums[known & LAST] += known * weight
        return spelled


def _scan(connection: sqlite3.Connection, table: Table, live: LiveRows, there: Collection[str]) -> int:
    """Add up the rows of a table and count them."""
    adder = _Adder(table, live)
    if table is APPRAISAL:
        _scan_appraisals(connection, adder, live, with_periods=PERIOD.name in there)
        return adder.count
    cursor = connection.execute(f"SELECT {listed(table)} FROM {table.name}")
    while portion := cursor.fetchmany(PORTION):
        adder.add(portion)
    return adder.count


def _scan_appraisals(connection: sqlite3.Connection, adder: _Adder, live: LiveRows, *, with_periods: bool) -> None:
    """Add up appraisals period by period, in the order of the fingerprint, which is taken on the way."""
    statement = f"SELECT {listed(APPRAISAL)} FROM appraisal WHERE period_code = CAST(? AS TEXT) ORDER BY nip, span"
    periods = _periods(connection) if with_periods else {}
    codes = {_raw(code) for (code,) in connection.execute("SELECT DISTINCT period_code FROM appraisal")}
    for code in sorted(codes | {_raw(name) for name in periods}, key=repr):
        digest = hashlib.sha256(FINGERPRINT_TAG)
        period = periods.get(str(as_text(code)), {})
        digest.update(fingerprint_line(period))
        cursor = connection.execute(statement, (code,))
        while portion := cursor.fetchmany(PORTION):
            digest.update(_lines(adder.add(portion), len(portion)))
        if period.get("state") == "closed":
            recorded = period.get("fingerprint")
            live.fingerprints[str(period.get("code"))] = (
                None if recorded is None else str(recorded),
                digest.hexdigest(),
            )


def _lines(spelled: Sequence[list[bytes] | bytes], many: int) -> bytes:
    """Rows whose fragments are given by column, as a fingerprint covers them."""
    columns = [repeat(one, many) if isinstance(one, bytes) else one for one in spelled if one]
    rows: Iterable[Iterable[bytes]] = zip(*columns, strict=True)
    if any(b"" in one for one in columns if isinstance(one, list)):
        rows = (filter(None, row) for row in rows)
    return b'{"' + b'}\n{"'.join(map(b',"'.join, rows)) + b"}\n"


def _raw(value: object) -> object:
    """A text as its bytes, which can always be handed to SQLite."""
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def _periods(connection: sqlite3.Connection) -> Mapping[str, Mapping[str, Value]]:
    """The periods as rows; none where their own table cannot be read, which is told of by itself."""
    try:
        cursor = connection.execute("SELECT * FROM period")
        names: Sequence[str] = [column[0] for column in cursor.description]
        rows = [dict(zip(names, map(as_text, row), strict=True)) for row in cursor]
    except BROKEN as error:
        if not is_of_content(error):
            raise
        return {}
    return {str(row.get("code")): row for row in rows}
