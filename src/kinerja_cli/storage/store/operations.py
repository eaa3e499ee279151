"""The ledger as history: which operations there were."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kinerja_cli.storage.tables import CHANGE, OPERATION


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
    connection: Connection, *, nip: str | None = None, period_code: str | None = None
) -> list[StoredOperation]:
    """Operations, the newest first: all, those that changed a person, those on a period."""
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
    rows = connection.execute(statement.order_by(OPERATION.c.seq.desc()))
    return [StoredOperation(**row._mapping) for row in rows]


def was_reopened(connection: Connection, period_code: str) -> bool:
    """Whether the last time a period changed its state was that somebody reopened it."""
    statement = (
        select(OPERATION.c.kind)
        .where(
            OPERATION.c.period_code == period_code,
            OPERATION.c.kind.in_(("period.open", "period.close", "period.reopen")),
        )
        .order_by(OPERATION.c.seq.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar() == "period.reopen"
