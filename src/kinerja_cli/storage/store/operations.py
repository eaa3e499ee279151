"""The ledger as history: which operations there were."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from kinerja_cli.storage.ledger import GENESIS
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, OPERATION

_AT_ONCE = 500
"""So many values one statement asks for."""

READ_KINDS: Final = ("read.export", "read.list")
"""Operations that change nothing: people's data was written to a file, or to a pipe."""


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """One operation; `at` is UTC, `facts` and `context` are JSON text."""

    seq: int
    kind: str
    at: str
    actor: str
    facts: str
    context: str
    reason: str | None
    period_code: str | None
    changes: int
    undone_by: int | None


def load_operations(
    connection: Connection, *, nip: str | None = None, period_code: str | None = None, reads: bool = False
) -> list[StoredOperation]:
    """Operations, the newest first: all, those that changed a person, those on a period.

    Those that only note who read people's data are left out, or with `reads` the only ones.
    """
    later = OPERATION.alias("later")
    statement = select(
        OPERATION.c.seq,
        OPERATION.c.kind,
        OPERATION.c.at,
        OPERATION.c.actor,
        OPERATION.c.facts,
        OPERATION.c.context,
        OPERATION.c.reason,
        OPERATION.c.period_code,
        OPERATION.c.changes,
        later.c.seq.label("undone_by"),
    ).outerjoin(later, later.c.undoes == OPERATION.c.seq)
    if nip is not None:
        statement = statement.where(OPERATION.c.seq.in_(select(CHANGE.c.seq).where(CHANGE.c.nip == nip)))
    if period_code is not None:
        statement = statement.where(OPERATION.c.period_code == period_code)
    only_read = OPERATION.c.kind.in_(READ_KINDS)
    statement = statement.where(only_read if reads else only_read.is_(False))
    rows = connection.execute(statement.order_by(OPERATION.c.seq.desc()))
    return [StoredOperation(**row._mapping) for row in rows]


def last_operation_at(connection: Connection) -> datetime | None:
    """When the last operation was done, as the clock told then; None where there is none yet."""
    at = connection.execute(select(OPERATION.c.at).order_by(OPERATION.c.seq.desc()).limit(1)).scalar()
    return None if at is None else datetime.fromisoformat(at)


def count_operations(connection: Connection) -> int:
    """How many operations were done: the number of the last one."""
    return connection.execute(select(func.max(OPERATION.c.seq))).scalar() or 0


def was_reopened(connection: Connection, period_code: str) -> bool:
    """Whether the last time a period changed its state was that somebody reopened it."""
    statement = (
        select(OPERATION.c.kind)
        .where(OPERATION.c.period_code == period_code, OPERATION.c.kind.in_(("period.close", "period.reopen")))
        .order_by(OPERATION.c.seq.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar() == "period.reopen"


MEMBERS_ON: Final = "members_on"
"""The fact of an operation that opened a period: the day on which the calendar takes in whoever was in service."""


def members_on(connection: Connection, period_code: str) -> str | None:
    """The day whose people take part in a period that the calendar opened; None where a person opened it."""
    statement = (
        select(OPERATION.c.facts)
        .where(OPERATION.c.period_code == period_code, OPERATION.c.kind == "period.open")
        .order_by(OPERATION.c.seq)
        .limit(1)
    )
    day = json.loads(connection.execute(statement).scalar() or "{}").get(MEMBERS_ON)
    return None if day is None else str(day)


FOLLOWED_ON: Final = "followed_on"
"""The fact of an operation in which every open period followed how things were on a day: that day."""

_NO_COURSE: Final = (
    *("score.record", "score.import", "score.dates", "objection.file", "objection.decide"),
    *("feedback.add", "feedback.import", "unit.rate", "unit.justify", "holidays.import", "holidays.remove"),
    "period.close",
    *READ_KINDS,
)
"""Operations that change nothing of what open periods follow."""


def followed_on(connection: Connection) -> str | None:
    """The day as of which all open periods were followed, where nothing has changed since that they would follow."""
    statement = (
        select(OPERATION.c.facts).where(OPERATION.c.kind.not_in(_NO_COURSE)).order_by(OPERATION.c.seq.desc()).limit(1)
    )
    day = json.loads(connection.execute(statement).scalar() or "{}").get(FOLLOWED_ON)
    return None if day is None else str(day)


def first_hash(connection: Connection) -> str:
    """The hash of the store's first operation, which tells this store from every other."""
    return str(connection.execute(select(OPERATION.c.hash).order_by(OPERATION.c.seq).limit(1)).scalar_one())


def load_head(connection: Connection) -> tuple[int, str, str]:
    """The end of the chain: the number, the hash and the time (UTC) of the last operation."""
    statement = select(OPERATION.c.seq, OPERATION.c.hash, OPERATION.c.at).order_by(OPERATION.c.seq.desc()).limit(1)
    row = connection.execute(statement).first()
    return (0, GENESIS, "") if row is None else (row.seq, row.hash, row.at)


def last_closing(connection: Connection, period_code: str) -> tuple[int, str, str] | None:
    """The number, the hash and the time (UTC) of the operation that closed a period last."""
    statement = (
        select(OPERATION.c.seq, OPERATION.c.hash, OPERATION.c.at)
        .where(OPERATION.c.period_code == period_code, OPERATION.c.kind == "period.close")
        .order_by(OPERATION.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else (row.seq, row.hash, row.at)


def typed_ratings(connection: Connection, period_code: str) -> dict[str, str]:
    """When each rating of a period was last typed by itself (UTC, ISO); those of imported files are not there."""
    statement = (
        select(CHANGE.c.nip, func.max(OPERATION.c.at))
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(
            OPERATION.c.kind == "score.record",
            OPERATION.c.period_code == period_code,
            CHANGE.c.relation == APPRAISAL.name,
        )
        .group_by(CHANGE.c.nip)
    )
    return {nip: at for nip, at in connection.execute(statement) if nip is not None}


def last_raters(connection: Connection, period_code: str, nips: Sequence[str]) -> dict[str, tuple[int, str]]:
    """For each of some people the operation that last changed their appraisal of a period, and who ran it."""
    raters: dict[str, tuple[int, str]] = {}
    for start in range(0, len(nips), _AT_ONCE):
        last = (
            select(CHANGE.c.nip, func.max(CHANGE.c.seq).label("seq"))
            .where(
                CHANGE.c.nip.in_(nips[start : start + _AT_ONCE]),
                CHANGE.c.relation == APPRAISAL.name,
                CHANGE.c.key.startswith(f"{period_code}/", autoescape=True),
            )
            .group_by(CHANGE.c.nip)
            .subquery()
        )
        statement = select(last.c.nip, last.c.seq, OPERATION.c.actor).join(OPERATION, OPERATION.c.seq == last.c.seq)
        raters |= {nip: (seq, actor) for nip, seq, actor in connection.execute(statement)}
    return raters
