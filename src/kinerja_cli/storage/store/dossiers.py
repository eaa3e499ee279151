"""Everything that is kept about one person, live and in the ledger, wherever their NIP stands."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, and_, func, or_, select

from kinerja_cli.storage.dated_tables import ACTING, DELEGATION, DOCUMENT_DAY, EXCLUSION, HEADSHIP, OBJECTION, STANDING
from kinerja_cli.storage.ledger import Image, Value
from kinerja_cli.storage.store.rows import read_rows
from kinerja_cli.storage.tables import (
    APPRAISAL,
    CHANGE,
    FEEDBACK,
    OPERATION,
    PERIOD_UNIT,
    PLACEMENT,
    STAFF,
    UNIT_HEAD,
)

OWN: Final[tuple[Table, ...]] = (
    *(STAFF, PLACEMENT, STANDING, UNIT_HEAD, HEADSHIP, ACTING, EXCLUSION),
    *(APPRAISAL, DOCUMENT_DAY, OBJECTION, FEEDBACK),
)
"""Tables of which a row is about the person whose NIP it bears in the column `nip`."""

NAMING: Final[tuple[tuple[Table, str], ...]] = (
    (STAFF, "assessor_nip"),
    (PLACEMENT, "assessor_nip"),
    (PERIOD_UNIT, "head_nip"),
    (APPRAISAL, "assessor_nip"),
    (APPRAISAL, "rated_by"),
    (OBJECTION, "decided_by"),
)
"""Columns in which rows about other people or units name a person."""


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One change of a row as the ledger keeps it, with the operation that made it; `at` is UTC."""

    operation: int
    kind: str
    at: str
    actor: str
    reason: str | None
    relation: str
    key: str
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class StoredMention:
    """How many rows about others named a person in one operation; `at` is UTC."""

    operation: int
    kind: str
    at: str
    actor: str
    relation: str
    rows: int


def rows_about(connection: Connection, nip: str) -> dict[str, list[dict[str, Value]]]:
    """The live rows about a person, by table, in the order of their keys."""
    found = {}
    for table in OWN:
        statement = select(*table.columns).where(table.c.nip == nip).order_by(*table.primary_key.columns)
        found[table.name] = read_rows(connection, statement)
    columns = DELEGATION.c
    handed = or_(columns.assessor_nip == nip, columns.ratee == nip, columns.delegate_nip == nip)
    statement = select(*columns).where(handed).order_by(*DELEGATION.primary_key.columns)
    found[DELEGATION.name] = read_rows(connection, statement)
    return found


def feedback_by(connection: Connection, nip: str) -> list[dict[str, Value]]:
    """The feedback that a person gave under their NIP, with the name of whom it is about."""
    statement = (
        select(*FEEDBACK.columns, STAFF.c.name)
        .join(STAFF, STAFF.c.nip == FEEDBACK.c.nip)
        .where(FEEDBACK.c.giver_nip == nip)
        .order_by(FEEDBACK.c.given_on, FEEDBACK.c.id)
    )
    return read_rows(connection, statement)


def named_in(connection: Connection, nip: str) -> Iterator[tuple[str, str, str | None, int]]:
    """How many live rows about others name a person: table, column, period where there is one, rows."""
    for table, column in NAMING:
        period = table.c.get("period_code")
        groups = [] if period is None else [period]
        statement = select(*groups, func.count()).where(table.c[column] == nip).group_by(*groups)
        for *code, rows in connection.execute(statement).fetchall():
            if rows:
                yield table.name, column, code[0] if code else None, rows


def changes_of(connection: Connection, nip: str) -> list[StoredChange]:
    """Every recorded change of a row about a person, the oldest first; what was lawfully erased is not there."""
    statement = (
        select(
            OPERATION.c.seq,
            OPERATION.c.kind,
            OPERATION.c.at,
            OPERATION.c.actor,
            OPERATION.c.reason,
            CHANGE.c.relation,
            CHANGE.c.key,
            CHANGE.c.before,
            CHANGE.c.after,
        )
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(CHANGE.c.nip == nip)
        .order_by(CHANGE.c.seq, CHANGE.c.ordinal)
    )
    return [
        StoredChange(*row[:7], *(_decoded(image) for image in row[7:]))
        for row in connection.execute(statement).fetchall()
    ]


def mentions_of(connection: Connection, nip: str) -> list[StoredMention]:
    """The operations in which rows about others named a person, the oldest first. Goes through the whole ledger."""
    named = or_(func.instr(CHANGE.c.before, nip) > 0, func.instr(CHANGE.c.after, nip) > 0)
    of_others = or_(CHANGE.c.nip.is_(None), CHANGE.c.nip != nip)
    counted = (
        select(CHANGE.c.seq, CHANGE.c.relation, func.count().label("rows"))
        .where(and_(of_others, named))
        .group_by(CHANGE.c.seq, CHANGE.c.relation)
        .subquery()
    )
    statement = (
        select(OPERATION.c.seq, OPERATION.c.kind, OPERATION.c.at, OPERATION.c.actor, counted.c.relation, counted.c.rows)
        .join(OPERATION, OPERATION.c.seq == counted.c.seq)
        .order_by(OPERATION.c.seq, counted.c.relation)
    )
    return [StoredMention(*row) for row in connection.execute(statement).fetchall()]


def last_image(changes: Sequence[StoredChange]) -> dict[str, Value]:
    """What the ledger last knew of a person who is not on the roster: their row of then; nothing where it never was."""
    row: dict[str, Value] = {}
    for change in changes:
        if change.relation == STAFF.name:
            row = {name: value for name, value in row.items() if name not in (change.before or {})}
            # A removal has the whole row before it, which is what was known last.
            row |= change.after if change.after is not None else change.before or {}
    return row


def _decoded(image: str | None) -> Image | None:
    if image is None:
        return None
    decoded: Image = json.loads(image)
    return decoded
