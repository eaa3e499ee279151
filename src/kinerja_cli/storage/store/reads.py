"""Who read whose data, where to and when: what an operation notes of a list or a file of people."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from sqlalchemy import Connection, Row, Select, func, select

from kinerja_cli.storage.ledger import Operation, Value
from kinerja_cli.storage.store.operations import READ_KINDS
from kinerja_cli.storage.tables import CHANGE, OPERATION

READ_OF: Final = "person_read"
"""What notes of reads are filed under in the ledger; it is no table."""

LISTED_AT_MOST: Final = 500
"""Of more people in one read only their number and what was asked for is kept, not each of them."""

_ASKED: Final = "of_"
"""What the facts that say which people were asked for begin with."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A list or file of people, about to be noted: by which command, in which form, whom, and what was asked for.

    `file` is its name without the folder. `of` are the options that chose the people; they name nobody.
    """

    command: str
    form: str
    people: Sequence[str]
    of: Mapping[str, str] = field(default_factory=dict)
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A read as it was noted; `at` is UTC. Where it is not `certain`, a person asked about may have been in it."""

    operation: int
    kind: str
    at: str
    actor: str
    context: Mapping[str, Value]
    command: str
    form: str
    people: int
    listed: bool
    of: Mapping[str, str]
    file: str | None
    sha256: str | None
    certain: bool = True


def note_read(operation: Operation, reading: Reading) -> None:
    """Note a read in an operation of its own: who was read by name where they are few, else only how many."""
    people = sorted(set(reading.people))
    listed = len(people) <= LISTED_AT_MOST
    operation.tells_by_itself = True
    operation.period_code = reading.of.get("period")
    operation.facts.update(
        {
            "command": reading.command,
            "form": reading.form,
            "people": len(people),
            "listed": int(listed),
            "file": reading.file,
            "sha256": reading.sha256,
            **{f"{_ASKED}{name}": value for name, value in reading.of.items()},
        }
    )
    if listed:
        operation.see(READ_OF, people)


def reads_between(connection: Connection, since: str, before: str) -> list[Read]:
    """The reads from one moment to another (UTC, ISO; the second not included), the oldest first."""
    statement = _reads().where(OPERATION.c.at >= since, OPERATION.c.at < before)
    return [_read(row) for row in connection.execute(statement).fetchall()]


def people_read(connection: Connection, since: str, before: str) -> list[tuple[str, int]]:
    """The people who were in reads of that time by name, each with how many of them; not those of large reads."""
    statement = (
        select(CHANGE.c.nip, func.count())
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(
            OPERATION.c.kind.in_(READ_KINDS),
            OPERATION.c.at >= since,
            OPERATION.c.at < before,
            CHANGE.c.relation == READ_OF,
            CHANGE.c.nip.is_not(None),
        )
        .group_by(CHANGE.c.nip)
        .order_by(CHANGE.c.nip)
    )
    return [(str(nip), count) for nip, count in connection.execute(statement)]


def reads_of(connection: Connection, nip: str) -> list[Read]:
    """The reads that a person was in, and those that they may have been in since the ledger first knew them."""
    in_them = set(
        connection.execute(select(CHANGE.c.seq).where(CHANGE.c.nip == nip, CHANGE.c.relation == READ_OF)).scalars()
    )
    first = connection.execute(select(func.min(CHANGE.c.seq)).where(CHANGE.c.nip == nip)).scalar() or 0
    found = (_read(row) for row in connection.execute(_reads().where(OPERATION.c.seq >= first)).fetchall())
    return [
        one if one.operation in in_them else replace(one, certain=False)
        for one in found
        if one.operation in in_them or not one.listed
    ]


def _reads() -> Select[*tuple[object, ...]]:
    columns = (OPERATION.c[name] for name in ("seq", "kind", "at", "actor", "context", "facts"))
    return select(*columns).where(OPERATION.c.kind.in_(READ_KINDS)).order_by(OPERATION.c.seq)


def _read(row: Row[*tuple[object, ...]]) -> Read:
    seq, kind, at, actor, context, text = cast("tuple[int, str, str, str, str, str]", tuple(row))
    facts = json.loads(text)
    return Read(
        seq,
        kind,
        at,
        actor,
        json.loads(context),
        str(facts.get("command", "")),
        str(facts.get("form", "")),
        int(facts.get("people", 0)),
        bool(facts.get("listed")),
        {name.removeprefix(_ASKED): str(value) for name, value in facts.items() if name.startswith(_ASKED)},
        facts.get("file"),
        facts.get("sha256"),
    )
