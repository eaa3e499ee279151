"""People as they are today."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter

from sqlalchemy import Connection, select

from kinerja_cli.domain.staff import Employee
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.tables import STAFF

_FIELDS = tuple(field.name for field in fields(Employee))
_values = attrgetter(*_FIELDS)
_COLUMNS = [STAFF.c[name] for name in _FIELDS]


def load_staff(connection: Connection) -> dict[str, Employee]:
    """Everybody the store knows, whatever their standing, by NIP."""
    return {row[0]: Employee(*row) for row in connection.execute(select(*_COLUMNS)).fetchall()}


def find_employee(connection: Connection, nip: str) -> Employee | None:
    """One person, or None."""
    row = connection.execute(select(*_COLUMNS).where(STAFF.c.nip == nip)).first()
    return None if row is None else Employee(*row)


def names_by_nip(connection: Connection, nips: Iterable[str]) -> dict[str, Employee]:
    """The people with those NIPs."""
    wanted = sorted(set(nips))
    found: dict[str, Employee] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        statement = select(*_COLUMNS).where(STAFF.c.nip.in_(part))
        found.update((row[0], Employee(*row)) for row in connection.execute(statement))
    return found


def known_employments(connection: Connection) -> frozenset[str]:
    """The kinds of employment there are, of people in service and of those who were."""
    return frozenset(connection.execute(select(STAFF.c.employment).distinct()).scalars())


def add_staff(operation: Operation, people: Sequence[Employee]) -> None:
    """Take people in."""
    operation.insert(STAFF, [_image(person) for person in people])


def change_staff(operation: Operation, pairs: Iterable[tuple[Employee, Employee]]) -> None:
    """Keep what changed of people: each pair is the person before and after."""
    operation.update(STAFF, [(_image(old), _image(new)) for old, new in pairs])


def _image(person: Employee) -> Image:
    return dict(zip(_FIELDS, _values(person), strict=True))
