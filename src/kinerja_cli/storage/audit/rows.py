"""Go through every live row once: its sum for the comparison with the ledger, and the fingerprints of periods."""

import hashlib
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import getitem
from typing import Final

from sqlalchemy import Table

from kinerja_cli.storage.audit.sieve import LAST, Fragments, Sums, as_text
from kinerja_cli.storage.dated_tables import STANDING
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.store.appraisals import FINGERPRINT_TAG, fingerprint_line
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, OPERATION, PERIOD

BROKEN: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file can raise: also that SQLite quotes what is no text in a message."""

NOT_A_TABLE: Final = "no such table"
"""What is said of a table that is not there, in the words of SQLite, which say the same."""

_PORTION: Final = 4096

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

    The connection gives text as bytes. Raises sqlite3.DatabaseError where the file itself cannot be used.
    """
    live = LiveRows()
    for table in RECORDED:
        name = table.name.encode()
        if table.name not in there:
            live.unreadable[name] = NOT_A_TABLE
            continue
        try:
            if table is APPRAISAL:
                _scan_appraisals(connection, live, with_periods=PERIOD.name in there)
            else:
                live.counts[name] = _scan(connection.execute(f"SELECT {listed(table)} FROM {table.name}"), table, live)
        except BROKEN as error:
            if not is_of_content(error):
                raise
            live.unreadable[name] = str(error)
    return live


def listed(table: Table) -> str:
    """The columns of a table in the order of images, and behind them its key as the ledger writes it."""
    columns = ", ".join(f'"{name}"' for name in column_names(table))
    key = " || '/' || ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return f"{columns}, CAST({key} AS TEXT)"


def column_names(table: Table) -> list[str]:
    """The columns of a table in the order of images."""
    return sorted(column.name for column in table.columns)


def is_of_content(error: Exception) -> bool:
    """Whether it is the content of the file that is wrong, and neither the system nor another run."""
    if isinstance(error, UnicodeDecodeError):
        return True
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_TOOBIG"))


def _scan(cursor: sqlite3.Cursor, table: Table, live: LiveRows) -> int:
    """Add up rows and count them."""
    memos = [Fragments(name) for name in column_names(table)]
    sums, count = live.sums[table.name.encode()], 0
    while portion := cursor.fetchmany(_PORTION):
        count += len(portion)
        for row in portion:
            known = hash(row[-1])
            sums[known & LAST] += known * sum(map(hash, map(getitem, memos, row)))
    return count


def _scan_appraisals(connection: sqlite3.Connection, live: LiveRows, *, with_periods: bool) -> None:
    """Add up appraisals period by period, in the order of the fingerprint, which is taken on the way."""
    memos = [Fragments(name) for name in column_names(APPRAISAL)]
    sums, count = live.sums[APPRAISAL.name.encode()], 0
    statement = f"SELECT {listed(APPRAISAL)} FROM appraisal WHERE period_code = CAST(? AS TEXT) ORDER BY nip, span"
    periods = _periods(connection) if with_periods else {}
    codes = {code for (code,) in connection.execute("SELECT DISTINCT period_code FROM appraisal")}
    for code in sorted(codes | {name.encode("utf-8", "surrogateescape") for name in periods}, key=repr):
        digest = hashlib.sha256(FINGERPRINT_TAG)
        period = periods.get(str(as_text(code)), {})
        digest.update(fingerprint_line(period))
        cursor = connection.execute(statement, (code,))
        while portion := cursor.fetchmany(_PORTION):
            count += len(portion)
            for row in portion:
                known = hash(row[-1])
                fragments = list(filter(None, map(getitem, memos, row)))
                sums[known & LAST] += known * sum(map(hash, fragments))
                digest.update(b'{"' + b',"'.join(fragments) + b"}\n")
        if period.get("state") == "closed":
            recorded = period.get("fingerprint")
            live.fingerprints[str(period.get("code"))] = (
                None if recorded is None else str(recorded),
                digest.hexdigest(),
            )
    live.counts[APPRAISAL.name.encode()] = count


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
