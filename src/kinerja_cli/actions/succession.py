"""Keep the past when the present is changed: standings and heads that ended, and open periods that follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kinerja_cli.actions.participation import follow_open
from kinerja_cli.domain.assessors import assessors
from kinerja_cli.domain.history import Headship, Standing
from kinerja_cli.domain.placements import Move, Placement, move_of
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import (
    Overruled,
    backdated_placement,
    dated_standing,
    ended_headships,
    ended_placement,
    ended_standing,
    not_there_before,
)
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.history import add_dated, load_dated, remove_dated
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.placements import add_placements, load_placements, remove_placements
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_heads, load_units


def keep_move(operation: Operation, old: Employee, new: Employee, since: date, today: date) -> None:
    """Keep the unit that a person leaves for another."""
    move = move_of(old, new, since=since.isoformat(), today=today)
    if move is not None:
        rated_by = _raters(operation, old)
        past = load_placements(operation.connection, old.nip).get(old.nip, [])
        _put_places(operation, ended_placement(move, rated_by.get(old.nip), past))


def keep_unit_before(operation: Operation, person: Employee, unit_code: str, since: date, position: str | None) -> bool:
    """Keep that a person was in a unit from a day until the next move that is known; whether one is known.

    It is true as well of the unit they are in: then it is the day of the last move that is corrected.
    """
    past = load_placements(operation.connection, person.nip).get(person.nip, [])
    there = _raters(operation, replace(person, unit_code=unit_code)).get(person.nip)
    position = None if position == person.position else position
    fitted = backdated_placement(person, unit_code, since, past, position=position, assessor_nip=there)
    if fitted is not None:
        _put_places(operation, fitted)
    return fitted is not None


def keep_standings(operation: Operation, changed: Iterable[tuple[Employee, Employee]], since: date) -> None:
    """Keep the standings that people no longer have from a day on."""
    pairs = [(old, new) for old, new in changed if old.status != new.status]
    if pairs:
        earlier = _by_nip(load_dated(operation.connection, Standing))
        for old, new in pairs:
            gone, kept = ended_standing(old, new.status, since, earlier.get(old.nip, ()))
            remove_dated(operation, gone)
            add_dated(operation, kept)


def date_standing(operation: Operation, person: Employee, since: date) -> None:
    """Correct from which day on a person has the standing they have."""
    earlier = _by_nip(load_dated(operation.connection, Standing)).get(person.nip, [])
    gone, kept = dated_standing(person, since, earlier)
    remove_dated(operation, gone)
    add_dated(operation, kept)


def keep_arrivals(operation: Operation, added: Sequence[Employee], today: date) -> None:
    """Keep since when new people are there, once there is a period that they could have come after."""
    if added and load_periods(operation.connection):
        arrivals = (not_there_before(person, today) for person in added)
        add_dated(operation, [one for one in arrivals if one is not None])


def keep_heads(operation: Operation, before: Mapping[str, str], moves: Sequence[Move], today: date) -> None:
    """Keep who no longer leads a unit."""
    after = load_heads(operation.connection)
    if after == before:
        return
    earlier: dict[str, list[Headship]] = {}
    for one in load_dated(operation.connection, Headship):
        earlier.setdefault(one.unit_code, []).append(one)
    gone, kept = ended_headships(before, after, moves, earlier, today)
    remove_dated(operation, gone)
    add_dated(operation, kept)


def follow_changes(operation: Operation, today: date) -> None:
    """Let every open period follow what this operation changed so far."""
    if operation.changes:
        follow_open(operation, today)


def _raters(operation: Operation, person: Employee) -> dict[str, str | None]:
    """Who appraises whom by the units there are, with a person as given."""
    staff, units = load_staff(operation.connection), load_units(operation.connection)
    return assessors(staff | {person.nip: person}, UnitTree(units), load_heads(operation.connection))


def _put_places(operation: Operation, places: Overruled[Placement]) -> None:
    """Forget and keep what a move comes to."""
    gone, kept = places
    remove_placements(operation, gone)
    add_placements(operation, kept)


def _by_nip(records: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Standings by the person."""
    found: dict[str, list[Standing]] = {}
    for one in records:
        found.setdefault(one.nip, []).append(one)
    return found
