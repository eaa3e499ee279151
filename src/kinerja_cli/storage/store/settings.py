"""The agency's settings, what they were on a day, and the regulation files it brought itself."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.rows import read_row
from kinerja_cli.storage.tables import CHANGE, OPERATION, REGULATION, SETTING

DAYS_BEFORE: Final = "window_days_before"
"""The setting that a period keeps as it was when it was opened, and the fact of that operation that says it."""


def load_settings(connection: Connection) -> dict[str, str]:
    """Every setting that was ever set, by key."""
    return {row.key: row.value for row in connection.execute(select(SETTING))}


def load_settings_on(connection: Connection, day: date, day_of: Callable[[datetime], date]) -> dict[str, str]:
    """Every setting that was set by the end of a day, as it was then; those the store was made with in any case."""
    statement = (
        select(CHANGE.c.key, CHANGE.c.after, OPERATION.c.at, OPERATION.c.kind)
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(CHANGE.c.relation == SETTING.name, CHANGE.c.key.is_not(None))
        .order_by(CHANGE.c.seq, CHANGE.c.ordinal)
    )
    found: dict[str, str] = {}
    for key, after, at, kind in connection.execute(statement):
        if kind == "agency.init" or day_of(datetime.fromisoformat(at)) <= day:
            if after is None:
                # The first time it was set has been undone.
                found.pop(key, None)
            else:
                found[key] = json.loads(after)["value"]
    return found


def load_days_before(connection: Connection) -> dict[str, int]:
    """How many days before its end the evaluation of each period begins, as it was when the period was opened."""
    statement = (
        select(OPERATION.c.period_code, OPERATION.c.facts)
        .where(OPERATION.c.kind == "period.open", OPERATION.c.period_code.is_not(None))
        .order_by(OPERATION.c.seq)
    )
    kept = ((code, json.loads(facts).get(DAYS_BEFORE)) for code, facts in connection.execute(statement))
    return {code: days for code, days in kept if days is not None}


def save_setting(operation: Operation, key: str, value: str) -> None:
    """Keep a setting."""
    old = read_row(operation.connection, SETTING, key=key)
    new = {"key": key, "value": value}
    if old is None:
        operation.insert(SETTING, [new])
    else:
        operation.update(SETTING, [(old, new)])


def load_regulation_text(connection: Connection, regulation_id: str) -> str | None:
    """The text of a regulation file the agency brought itself."""
    row = read_row(connection, REGULATION, id=regulation_id)
    return None if row is None else str(row["text"])


def save_regulation(operation: Operation, regulation_id: str, text: str) -> None:
    """Keep a regulation file for the periods that open from now on."""
    old = read_row(operation.connection, REGULATION, id=regulation_id)
    new = {"id": regulation_id, "text": text}
    if old is None:
        operation.insert(REGULATION, [new])
    else:
        operation.update(REGULATION, [(old, new)])
