"""Go through every live row once: its sum for the comparison with the ledger, and the fingerprints of periods."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Table

from kinerja_cli.storage.audit.findings import Finding
from kinerja_cli.storage.audit.sieve import BETWEEN, EMPTY_KEY, LAST, Sums, as_text, weigh
from kinerja_cli.storage.dated_tables import STANDING
from kinerja_cli.storage.ledger import Value, canonical
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

_UNORDERED: Final = ""
"""The name of a column there is not, which marks an image as not yet in order."""

_Portion = tuple[Sequence[bytes], Sequence[object]]


@dataclass(slots=True)
class LiveRows:
    """What going through the live rows came to: how many, their sums, and by period (recorded, recomputed)."""

    counts: dict[bytes, int] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)
    fingerprints: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    unreadable: dict[bytes, str] = field(default_factory=dict)
    indexes: list[Finding] = field(default_factory=list)
    """What is wrong with the indexes by which others read the rows."""


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
            live.counts[name] = _scan_table(connection, table, live, there)
        except BROKEN as error:
            if not is_of_content(error):
                raise
            live.unreadable[name] = str(error)
    return live


def _scan_table(connection: sqlite3.Connection, table: Table, live: LiveRows, there: Collection[str]) -> int:
    """Go through one table, and again with more care where something in it is no text or cannot be JSON."""
    try:
        return _scan(_Quick(connection, table), live, there)
    except (*BROKEN, ValueError):
        del live.sums[table.name.encode()]
        return _scan(_Careful(connection, table), live, there)


def listed(table: Table) -> str:
    """The columns of a table in the order of images, what each holds in a row, and the key of the row in bytes."""
    names = column_names(table)
    kinds_of = ", ".join(f'typeof("{name}")' for name in names)
    return f"{_quoted(names)}, {kinds_of}, {key_of(table)}"


def image_of(table: Table, row: Sequence[object]) -> dict[str, Value]:
    """A row of `listed` columns as an image; what is a blob in it is told as SQL writes one."""
    names = column_names(table)
    return {
        name: plain(value, kind)
        for name, value, kind in zip(names, row, row[len(names) :], strict=False)
        if value is not None
    }


def plain(value: object, kind: object) -> Value:
    """A value and what `typeof` says of it as a value of images, with a blob as SQL writes one."""
    return f"X'{value.hex()}'" if kind == b"blob" and isinstance(value, bytes) else as_text(value)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def key_of(table: Table) -> str:
    """The key of a row as the ledger writes it, in bytes."""
    key = " || '/' || ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return f"CAST({key} AS BLOB)"


def column_names(table: Table) -> list[str]:
    """The columns of a table in the order of images."""
    return sorted(column.name for column in table.columns)


def is_of_content(error: Exception) -> bool:
    """Whether it is the content of the file that is wrong, and neither the system nor another run."""
    if isinstance(error, UnicodeDecodeError):
        return True
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_SCHEMA", "SQLITE_TOOBIG"))


class _Quick:
    """Reads rows as images that SQLite spells, which takes half the time that columns one by one do."""

    def __init__(self, connection: sqlite3.Connection, table: Table) -> None:
        self.connection = connection
        self.table = table
        self._names = column_names(table)

    def images(self, which: str = "", *values: object) -> Iterator[_Portion]:
        """The rows of a query, some at a time: the images, and the keys as bytes."""
        name = self.table.name
        start = self.connection.execute(f"SELECT {_quoted(self._names)} FROM {name} {which} LIMIT 1", values)
        first = start.fetchone() or ()
        empty = [name for name, value in zip(self._names, first, strict=False) if value is None]
        filled = [name for name in self._names if name not in empty]
        # What the first row does not have, most others have not, and then it need not be spelled.
        image = _object(filled)
        if empty:
            others = ", ".join(f'"{name}"' for name in [*empty, empty[0]])
            image = (
                f"CASE WHEN coalesce({others}) IS NULL THEN {image} ELSE {_object([*filled, *empty, _UNORDERED])} END"
            )
        cursor = self.connection.execute(f"SELECT {image}, {key_of(self.table)} FROM {name} {which}", values)
        while portion := cursor.fetchmany(PORTION):
            texts, keys = zip(*portion, strict=True)
            block = b"\n".join(texts)
            plain_ones = b":null" not in block and b"\\" not in block
            yield texts if plain_ones else [_spelled(text) for text in texts], keys


def _object(names: Sequence[str]) -> str:
    """The SQL that spells some columns of a row as an image; one without a name marks it as not yet in order."""
    pairs = ", ".join(f"'{one}', " + ("NULL" if one == _UNORDERED else f'"{one}"') for one in names)
    return f"json_object({pairs})"


def _spelled(text: bytes) -> bytes:
    """The one spelling of a row that SQLite has spelled with empty columns and columns in any order."""
    pieces = text[2:-1].split(BETWEEN)
    if b"\\" in text or any(b'":' not in piece for piece in pieces):
        # SQLite escapes some signs otherwise, and a value that ends in a comma looks like the end of a column.
        return canonical(json.loads(text)).encode()
    return b'{"' + BETWEEN.join(sorted(piece for piece in pieces if not piece.endswith(b'":null'))) + b"}"


class _Careful:
    """Reads rows whatever they hold, value by value."""

    def __init__(self, connection: sqlite3.Connection, table: Table) -> None:
        self.connection = connection
        self.table = table

    def images(self, which: str = "", *values: object) -> Iterator[_Portion]:
        """The rows of a query, some at a time: the images, and the keys as bytes."""
        statement = f"SELECT {listed(self.table)} FROM {self.table.name} {which}"
        cursor = self.connection.execute(statement, values)
        while portion := cursor.fetchmany(PORTION):
            images = [canonical(image_of(self.table, row)).encode("utf-8", "surrogateescape") for row in portion]
            yield images, [row[-1] for row in portion]


def _scan(rows: _Quick | _Careful, live: LiveRows, there: Collection[str]) -> int:
    """Add up the rows of a table and count them."""
    sums = live.sums[rows.table.name.encode()]
    if rows.table is APPRAISAL:
        return _scan_appraisals(rows, sums, live, with_periods=PERIOD.name in there)
    return sum(_add(sums, images, keys) for images, keys in rows.images())


def _add(sums: list[int], images: Sequence[bytes], keys: Iterable[object]) -> int:
    """Add up some rows and count them."""
    for image, hashed in zip(images, map(hash, keys), strict=True):
        known = hashed or EMPTY_KEY
        sums[known & LAST] += known * weigh(image)
    return len(images)


def _scan_appraisals(rows: _Quick | _Careful, sums: list[int], live: LiveRows, *, with_periods: bool) -> int:
    """Add up appraisals period by period, in the order of the fingerprint, which is taken on the way."""
    count = 0
    periods = _periods(rows.connection) if with_periods else {}
    codes = {code for (code,) in rows.connection.execute("SELECT DISTINCT period_code FROM appraisal")}
    for code in sorted(codes | {name.encode("utf-8", "surrogateescape") for name in periods}, key=repr):
        digest = hashlib.sha256(FINGERPRINT_TAG)
        period = periods.get(str(as_text(code)), {})
        digest.update(fingerprint_line(period))
        for images, keys in rows.images("WHERE period_code = CAST(? AS TEXT) ORDER BY nip, span", code):
            count += _add(sums, images, keys)
            digest.update(b"\n".join((*images, b"")))
        if period.get("state") == "closed":
            recorded = period.get("fingerprint")
            live.fingerprints[str(period.get("code"))] = (
                None if recorded is None else str(recorded),
                digest.hexdigest(),
            )
    return count


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
