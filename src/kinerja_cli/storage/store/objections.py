"""Objections to results, and what was decided on them."""

from dataclasses import fields

from sqlalchemy import Connection, select

from kinerja_cli.domain.objections import Objection
from kinerja_cli.storage.dated_tables import OBJECTION
from kinerja_cli.storage.ledger import Image, Operation, next_number

_FIELDS = tuple(field.name for field in fields(Objection))
_COLUMNS = [OBJECTION.c[name] for name in _FIELDS]


def load_objections(
    connection: Connection, *, period_code: str | None = None, nip: str | None = None, undecided: bool = False
) -> list[Objection]:
    """Objections in the order in which they were filed: all, of a period, of a person, those not decided."""
    statement = select(*_COLUMNS).order_by(OBJECTION.c.filed_on, OBJECTION.c.id)
    if period_code is not None:
        statement = statement.where(OBJECTION.c.period_code == period_code)
    if nip is not None:
        statement = statement.where(OBJECTION.c.nip == nip)
    if undecided:
        statement = statement.where(OBJECTION.c.decision.is_(None))
    return [Objection(*row) for row in connection.execute(statement).fetchall()]


def find_objection(connection: Connection, number: int) -> Objection | None:
    """One objection by its number, or None."""
    row = connection.execute(select(*_COLUMNS).where(OBJECTION.c.id == number)).first()
    return None if row is None else Objection(*row)


def add_objection(operation: Operation, objection: Objection) -> None:
    """Keep an objection."""
    operation.insert(OBJECTION, [_image(objection)])


def change_objection(operation: Operation, old: Objection, new: Objection) -> None:
    """Keep what was decided on an objection."""
    operation.update(OBJECTION, [(_image(old), _image(new))])


def next_objection_id(connection: Connection) -> int:
    """The number the next objection gets."""
    return next_number(connection, OBJECTION, "id")


def _image(objection: Objection) -> Image:
    return {name: getattr(objection, name) for name in _FIELDS}
