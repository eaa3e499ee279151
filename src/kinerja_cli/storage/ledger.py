"""Every write is an operation: numbered, whole or not at all, with before and after images, chained by hash.

An operation's images are kept one change a row. Each change is committed to by a salted digest, the operation's
own hash covers those digests and the hash of the operation before it. Editing, deleting or reordering anything
that was recorded therefore breaks the chain from there on.

The canonical form of an image is JSON with sorted keys, no spaces, UTF-8, holding strings and integers only; a
column without a value is left out. An insert has only an after image, a removal only a before image, and an
update has both, restricted to the columns that changed.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.tables import CHANGE, OPERATION

Value: TypeAlias = str | int | None
"""What a column holds, in the database and in an image."""

Image: TypeAlias = Mapping[str, Value]
"""A row, or the columns of it that changed."""

GENESIS = "0" * 64
"""The hash before the first operation."""

_SALT_BYTES = 16
CHANGE_TAG = b"kinerja.change.1\n"
_OPERATION_TAG = b"kinerja.operation.1\n"

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class RowsNotTaken(KinerjaError):
    """Something in the store kept rows from being written, and said nothing of it."""

    code = "rows-not-taken"
    exit = Exit.STORE

    def __init__(self, table: str, rows: int, written: int) -> None:
        super().__init__(
            _("The table {table} took {written} of {rows} rows: nothing was changed.").format(
                table=table, rows=rows, written=written
            ),
            _("Something strange stands in this store: see `kinerja doctor` and `kinerja audit verify`."),
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Who writes, from where and when: `at` is UTC in ISO form, `context` whatever else is known."""

    at: str
    actor: str
    context: Mapping[str, Value] = field(default_factory=dict)


def canonical(image: Image) -> str:
    """The one spelling of an image that digests are taken of.

    >>> canonical({"b": 1, "a": "x", "c": None})
    '{"a":"x","b":1}'
    """
    return _encode({key: value for key, value in sorted(image.items()) if value is not None})


def change_digest(salt: bytes, relation: str, key: str, before: str | None, after: str | None) -> bytes:
    """What the chain commits to for one change. JSON escapes the separator, so no two changes look alike."""
    text = f"{relation}\x1f{key}\x1f{before or ''}\x1f{after or ''}"
    return hashlib.sha256(CHANGE_TAG + salt + text.encode()).digest()


def operation_hash(header: Image) -> str:
    """The hash of an operation over its header, which holds the digest of its changes and the hash before it."""
    return hashlib.sha256(_OPERATION_TAG + canonical(header).encode()).hexdigest()


class Operation:
    """An operation being written: every change of a row goes through it, and none past it."""

    def __init__(self, connection: Connection, kind: str, origin: Origin) -> None:
        self.connection = connection
        self.kind = kind
        self.origin = origin
        self.seq: int | None = None
        self.changes = 0
        self._next, self._previous = _head(connection)
        self._digests = hashlib.sha256()
        self._mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        self.facts: dict[str, Value] = {}
        self.reason: str | None = None
        self.period_code: str | None = None
        self.undoes: int | None = None
        self.tells_by_itself = False
        """Whether it is kept although it changed nothing, for what its facts say."""

    def insert(self, relation: Table, rows: Iterable[Image]) -> None:
        """Add rows; a column a row does not name takes its default or stays empty."""
        defaults = sorted(_defaults(relation).items())
        names = [name for name, _ in defaults]
        values = [[row.get(name, default) for name, default in defaults] for row in rows]
        if not values:
            return
        keys = [names.index(name) for name in _key_columns(relation)]
        # In the order of the key the tree grows at its end: twice as fast as leaping about in it.
        values.sort(key=itemgetter(*keys))
        self._run(
            relation,
            f"INSERT INTO {_listed([relation.name])} ({_listed(names)}) VALUES ({self._marks(names)})",
            [tuple(row) for row in values],
        )
        nip = names.index("nip") if "nip" in names else None
        self._record(
            relation.name,
            (
                (
                    "/".join([str(row[index]) for index in keys]),
                    None if nip is None else row[nip],
                    None,
                    _encode({name: value for name, value in zip(names, row, strict=True) if value is not None}),
                )
                for row in values
            ),
        )

    def update(self, relation: Table, pairs: Iterable[tuple[Image, Image]]) -> None:
        """Change rows: each pair is a row before and after, both with its key. Equal pairs change nothing."""
        differing = [
            (columns, before, after)
            for before, after in pairs
            if before != after and (columns := tuple(sorted(dict(after.items() - before.items()))))
        ]
        keys = _key_columns(relation)
        for columns, group in groupby(sorted(differing, key=itemgetter(0)), key=itemgetter(0)):
            members = [(before, after) for _, before, after in group]
            self._run(
                relation,
                f"UPDATE {_listed([relation.name])} SET {self._equal(columns, ', ')}"
                f" WHERE {self._equal(keys, ' AND ')}",
                [tuple(after[name] for name in (*columns, *keys)) for _, after in members],
            )
            self._record(
                relation.name,
                (
                    (
                        _key(keys, after),
                        after.get("nip"),
                        _image_of(before, columns),
                        _image_of(after, columns),
                    )
                    for before, after in members
                ),
            )

    def remove(self, relation: Table, rows: Sequence[Image]) -> None:
        """Take rows away; each is the whole row as it stands."""
        if not rows:
            return
        keys = _key_columns(relation)
        self._run(
            relation,
            f"DELETE FROM {_listed([relation.name])} WHERE {self._equal(keys, ' AND ')}",
            [tuple(row[name] for name in keys) for row in rows],
        )
        self._record(relation.name, ((_key(keys, row), row.get("nip"), canonical(row), None) for row in rows))

    def end(self, relation: Table, pairs: Sequence[tuple[Image, Image]]) -> None:
        """Change rows as a whole, and record what they were as if they were removed; `begin` records what they are.

        Between the two, everything recorded of them before can be emptied without their becoming unknown.
        """
        if not pairs:
            return
        keys = _key_columns(relation)
        columns = sorted(set(pairs[0][1]) - set(keys))
        # A row that stays as it is may be in a closed period, where nothing is written.
        changed = [tuple(new[name] for name in (*columns, *keys)) for old, new in pairs if old != new]
        if changed:
            self._run(
                relation,
                f"UPDATE {_listed([relation.name])} SET {self._equal(columns, ', ')}"
                f" WHERE {self._equal(keys, ' AND ')}",
                changed,
            )
        self._record(relation.name, ((_key(keys, old), old.get("nip"), canonical(old), None) for old, _new in pairs))

    def begin(self, relation: Table, rows: Iterable[Image]) -> None:
        """Record rows as they are now, as if they were new."""
        keys = _key_columns(relation)
        self._record(relation.name, ((_key(keys, row), row.get("nip"), None, canonical(row)) for row in rows))

    def see(self, subject: str, nips: Iterable[str]) -> None:
        """Note whose data was looked at, by person: the end of a row that never was, which leaves no row to differ.

        So each person's trail has it, and it can be emptied as everything else about them.
        """
        self._record(subject, ((nip, nip, "{}", None) for nip in sorted(set(nips))))

    def seal(self) -> int:
        """Write the operation itself, chained to the one before it, and give its number."""
        header: dict[str, Value] = {
            "seq": self._next,
            "kind": self.kind,
            "at": self.origin.at,
            "actor": self.origin.actor,
            "context": canonical(self.origin.context),
            "facts": canonical(self.facts),
            "reason": self.reason,
            "period_code": self.period_code,
            "undoes": self.undoes,
            "changes": self.changes,
            "digest": self._digests.hexdigest(),
            "previous": self._previous,
        }
        self.connection.execute(insert(OPERATION).values(**header, hash=operation_hash(header)))
        return self._next

    def _run(self, relation: Table, statement: str, rows: list[tuple[Value, ...]]) -> None:
        """Write rows one by one. Raises RowsNotTaken where one of them was not: no acknowledged write may be lost."""
        written = self.connection.exec_driver_sql(statement, rows).rowcount
        if written != len(rows):
            raise RowsNotTaken(relation.name, len(rows), written)

    def _record(
        self,
        name: str,
        changes: Iterable[tuple[str, Value, str | None, str | None]],
    ) -> None:
        """Keep the images of changes of a table, in the order they were made."""
        rows = []
        ordinal = self.changes
        for key, nip, before, after in changes:
            ordinal += 1
            salt = os.urandom(_SALT_BYTES)
            digest = change_digest(salt, name, key, before, after)
            self._digests.update(digest)
            rows.append((self._next, ordinal, name, key, nip, before, after, salt, digest))
        self.changes = ordinal
        if not rows:
            return
        self.connection.exec_driver_sql(
            f"INSERT INTO {_listed([CHANGE.name])} ({_listed(_CHANGE_COLUMNS)})"
            f" VALUES ({self._marks(_CHANGE_COLUMNS)})",
            rows,
        )

    def _marks(self, names: Sequence[str]) -> str:
        """As many places for values as there are names, in the driver's way of writing one."""
        return ", ".join([self._mark] * len(names))

    def _equal(self, names: Sequence[str], between: str) -> str:
        """`"name" = ?` for each name."""
        return between.join(f"{_listed([name])} = {self._mark}" for name in names)


_CHANGE_COLUMNS = ("seq", "ordinal", "relation", "key", "nip", "before", "after", "salt", "digest")


def _head(connection: Connection) -> tuple[int, str]:
    """The number of the next operation, and the hash it chains to."""
    last = connection.execute(
        select(OPERATION.c.seq, OPERATION.c.hash).order_by(OPERATION.c.seq.desc()).limit(1)
    ).first()
    return (1, GENESIS) if last is None else (last.seq + 1, last.hash)


def next_number(connection: Connection, relation: Table, column: str) -> int:
    """The first free number of a table that counts its rows."""
    return (connection.execute(select(func.max(relation.c[column]))).scalar() or 0) + 1


def _image_of(row: Image, columns: Sequence[str]) -> str:
    """The canonical text of some columns of a row, named in sorted order."""
    return _encode({name: value for name in columns if (value := row.get(name)) is not None})


def _listed(names: Sequence[str]) -> str:
    """Names as SQL text, quoted, since `key` and `text` are among them."""
    return ", ".join(f'"{name}"' for name in names)


def _defaults(relation: Table) -> dict[str, Value]:
    """What each column holds where a new row does not say."""
    return {
        column.name: column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
        for column in relation.columns
    }


def _key_columns(relation: Table) -> list[str]:
    return [column.name for column in relation.primary_key.columns]


def row_key(relation: Table, row: Image) -> str:
    """The key of a row of a table as one text."""
    return _key(_key_columns(relation), row)


def _key(names: Sequence[str], row: Image) -> str:
    """The key of a row as one text."""
    return "/".join(str(row[name]) for name in names)
