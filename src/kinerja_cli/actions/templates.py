"""What the store puts into an empty workbook: units to choose from, people to copy, a period to fill it in for."""

from dataclasses import dataclass

from kinerja_cli.actions.lookup import require_unit
from kinerja_cli.actions.refusals import PeriodClosed
from kinerja_cli.domain.periods import Period, parse_period
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.periods import find_stored_period
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_units


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """A unit with the people in service in it and below it, each with the name of their own unit."""

    unit: str
    people: tuple[tuple[Employee, str], ...]


def units_to_choose(store: Store) -> list[tuple[Unit, str | None]]:
    """Every unit after its parent, with the name of that parent."""
    with store.reading() as connection:
        units = load_units(connection)
    return [(unit, units[unit.parent_code].name if unit.parent_code else None) for unit in UnitTree(units).ordered()]


def people_to_copy(store: Store, code: str) -> UnitPeople:
    """The people of a unit on whom feedback can be given. Raises UnitNotFound."""
    with store.reading() as connection:
        units = load_units(connection)
        unit = require_unit(units, code)
        staff = load_staff(connection)
    tree = UnitTree(units)
    within = tree.within(unit.code)
    people = [
        (person, units[person.unit_code].name)
        for person in staff.values()
        if person.unit_code is not None and person.unit_code in within and is_appraised(person.status)
    ]
    people.sort(key=lambda one: (tree.path(one[0].unit_code), one[0].name, one[0].nip))
    return UnitPeople(unit.name, tuple(people))


def period_to_fill(store: Store | None, text: str) -> Period:
    """The period that a workbook is for, opened or not. Raises PeriodMalformed and PeriodClosed."""
    period = parse_period(text)
    if store is not None:
        with store.reading() as connection:
            stored = find_stored_period(connection, period.code)
        if stored is not None and not stored.is_open:
            raise PeriodClosed(period.code)
    return period
