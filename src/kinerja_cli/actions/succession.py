"""Keep the past when the present is changed: standings and heads that ended, and open periods that follow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kinerja_cli.actions.participation import follow_open
from kinerja_cli.domain.history import Headship, Standing
from kinerja_cli.domain.placements import Move
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import dated_standing, ended_headships, ended_standing, not_there_before
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.history import add_dated, load_dated, remove_dated
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.units import load_heads


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


def _by_nip(records: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Standings by the person."""
    found: dict[str, list[Standing]] = {}
    for one in records:
        found.setdefault(one.nip, []).append(one)
    return found
