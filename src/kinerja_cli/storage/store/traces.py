"""What operations in force say beyond the rows they changed: what ratings and justifications were given for."""

import json
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, select

from kinerja_cli.storage.store.operations import undone_operations
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, OPERATION

STUDY_FAILED: Final = "study_failed"
"""The fact of an operation that recorded a rating: the person's study was not completed."""

_RATINGS: Final = ("hasil", "perilaku", "skp", "perilaku_score", "innovation", "predikat")


def facts_of(connection: Connection, kind: str, period_code: str) -> Iterator[dict[str, object]]:
    """The facts of every operation of a kind on a period that is in force, in their order."""
    statement = (
        select(OPERATION.c.seq, OPERATION.c.facts)
        .where(OPERATION.c.kind == kind, OPERATION.c.period_code == period_code)
        .order_by(OPERATION.c.seq)
    )
    gone = undone_operations(connection)
    for seq, facts in connection.execute(statement).fetchall():
        if seq not in gone:
            yield json.loads(facts)


def study_failed_in(connection: Connection, nip: str) -> set[str]:
    """The periods in which a person was rated as having failed a study, and not rated otherwise since."""
    statement = (
        select(OPERATION.c.seq, OPERATION.c.facts, OPERATION.c.period_code, CHANGE.c.after)
        .join(CHANGE, CHANGE.c.seq == OPERATION.c.seq)
        .where(
            CHANGE.c.nip == nip,
            CHANGE.c.relation == APPRAISAL.name,
            OPERATION.c.kind.in_(("score.record", "score.import", "objection.decide")),
        )
        .order_by(OPERATION.c.seq)
    )
    gone = undone_operations(connection)
    found: set[str] = set()
    for seq, facts, period, after in connection.execute(statement).fetchall():
        if seq in gone or period is None:
            continue
        if json.loads(facts).get(STUDY_FAILED):
            found.add(period)
        elif any(name in json.loads(after or "{}") for name in _RATINGS):
            found.discard(period)
    return found
