"""The images of one operation: which rows it changed, from what to what."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from kinerja_cli.storage.dated_tables import STANDING
from kinerja_cli.storage.ledger import Image, Value
from kinerja_cli.storage.tables import CHANGE, STAFF

TABLES: dict[str, Table] = dict(STANDING.metadata.tables)
"""Every table by its name."""

_FREE_TEXT = "unit_code"
"""The only part of a key of several columns that may hold a slash, which stands between the parts."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; without a key the images were lawfully erased."""

    relation: str
    key: str | None
    nip: str | None
    before: Image | None
    after: Image | None


def load_changes(connection: Connection, seq: int) -> Iterator[RowChange]:
    """The changes of an operation, in the order in which they were made."""
    statement = (
        select(CHANGE.c.relation, CHANGE.c.key, CHANGE.c.nip, CHANGE.c.before, CHANGE.c.after)
        .where(CHANGE.c.seq == seq)
        .order_by(CHANGE.c.ordinal)
    )
    for relation, key, nip, before, after in connection.execute(statement):
        yield RowChange(relation, key, nip, _decoded(before), _decoded(after))


def key_values(relation: Table, key: str) -> tuple[Value, ...]:
    """The values of the key of a row, from its one text in the ledger."""
    columns = list(relation.primary_key.columns)
    parts = [key] if len(columns) == 1 else key.split("/")
    spare = len(parts) - len(columns)
    if spare:
        free = [column.name for column in columns].index(_FREE_TEXT)
        parts[free : free + spare + 1] = ["/".join(parts[free : free + spare + 1])]
    return tuple(
        int(part) if column.type.python_type is int else part for column, part in zip(columns, parts, strict=True)
    )


def last_known(connection: Connection, nip: str) -> Image | None:
    """What the ledger last knew of a person who is not on the roster any more."""
    image = connection.execute(
        select(func.coalesce(CHANGE.c.after, CHANGE.c.before))
        .where(
            CHANGE.c.nip == nip, CHANGE.c.relation == STAFF.name, (CHANGE.c.before.is_(None) | CHANGE.c.after.is_(None))
        )
        .order_by(CHANGE.c.seq.desc(), CHANGE.c.ordinal.desc())
        .limit(1)
    ).scalar()
    return _decoded(image)


def _decoded(image: str | None) -> Image | None:
    if image is None:
        return None
    decoded: Image = json.loads(image)
    return decoded
