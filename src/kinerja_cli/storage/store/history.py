"""What has ended or runs for a time: standings, heads of units, acting officials, delegations, exclusions."""

from collections.abc import Iterable
from dataclasses import fields
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from kinerja_cli.domain.history import Acting, Delegation, Exclusion, Headship, History, Standing
from kinerja_cli.storage.dated_tables import ACTING, DELEGATION, EXCLUSION, HEADSHIP, STANDING
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.store.placements import load_placements
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_heads
from kinerja_cli.storage.tables import PLACEMENT

Dated = Standing | Headship | Acting | Delegation | Exclusion
"""Every record with days of its own."""

_TABLES: dict[type[Dated], Table] = {
    Standing: STANDING,
    Headship: HEADSHIP,
    Acting: ACTING,
    Delegation: DELEGATION,
    Exclusion: EXCLUSION,
}
_Record = TypeVar("_Record", Standing, Headship, Acting, Delegation, Exclusion)


def load_history(connection: Connection) -> History:
    """Everything that decides who took part and who rated on any day."""
    return History(
        staff=load_staff(connection),
        heads=load_heads(connection),
        placements=load_placements(connection),
        standings=_by(load_dated(connection, Standing), "nip"),
        headships=_by(load_dated(connection, Headship), "unit_code"),
        acting=load_dated(connection, Acting),
        delegations=load_dated(connection, Delegation),
        exclusions=_by(load_dated(connection, Exclusion), "nip"),
    )


def load_dated(connection: Connection, kind: type[_Record]) -> list[_Record]:
    """All records of a kind, in the order of their keys."""
    relation = _TABLES[kind]
    columns = [relation.c[field.name] for field in fields(kind)]
    rows = connection.execute(select(*columns).order_by(*relation.primary_key.columns))
    return [kind(*row) for row in rows]


def turns_between(connection: Connection, after: str, until: str) -> bool:
    """Whether anything begins, or is over, on a day after one and up to another."""
    for relation in (*_TABLES.values(), PLACEMENT):
        turn = (relation.c.ends >= after) & (relation.c.ends < until)
        if "starts" in relation.c:
            turn |= (relation.c.starts > after) & (relation.c.starts <= until)
        if connection.execute(select(relation).where(turn).limit(1)).first() is not None:
            return True
    return False


def add_dated(operation: Operation, records: Iterable[Dated]) -> None:
    """Keep records."""
    for record in records:
        operation.insert(_TABLES[type(record)], [_image(record)])


def replace_dated(operation: Operation, pairs: Iterable[tuple[Dated, Dated]]) -> None:
    """Change records that keep their keys: each pair is one before and after."""
    for old, new in pairs:
        operation.update(_TABLES[type(old)], [(_image(old), _image(new))])


def remove_dated(operation: Operation, records: Iterable[Dated]) -> None:
    """Forget records that were wrong; the ledger keeps them."""
    for record in records:
        operation.remove(_TABLES[type(record)], [_image(record)])


def find_dated(connection: Connection, kind: type[_Record], **key: str) -> _Record | None:
    """One record by its key, or None."""
    wanted = key.items()
    return next(
        (one for one in load_dated(connection, kind) if all(getattr(one, name) == value for name, value in wanted)),
        None,
    )


def _image(record: Dated) -> Image:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _by(records: Iterable[_Record], name: str) -> dict[str, list[_Record]]:
    """Records by the person or unit they are about."""
    found: dict[str, list[_Record]] = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return found
