"""The agency's settings, what they were on a day, and the regulation files it brought itself."""

import json
from collections import deque
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.operations import shown_at, undone_operations
from kinerja_cli.storage.store.rows import read_row
from kinerja_cli.storage.tables import CHANGE, OPERATION, REGULATION, SETTING

DAYS_BEFORE: Final = "window_days_before"
"""The setting that a period keeps as it was when it was opened, and the fact of that operation that says it."""


_SETTINGS_SET: Final = (
    select(CHANGE.c.seq, CHANGE.c.key, CHANGE.c.after)
    .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
    # Settings speak of nobody: said as well, since there is an index for that and none by table.
    .where(CHANGE.c.nip.is_(None), CHANGE.c.relation == SETTING.name, CHANGE.c.key.is_not(None))
    .order_by(CHANGE.c.seq, CHANGE.c.ordinal)
)


def load_settings(connection: Connection) -> dict[str, str]:
    """Every setting that was ever set, by key."""
    return {row.key: row.value for row in connection.execute(select(SETTING))}


def load_settings_on(connection: Connection, day: date, day_of: Callable[[datetime], date]) -> dict[str, str]:
    """Every setting that was set by the end of a day, as it was then; those the store was made with in any case.

    What was set while the clock was ahead counts from the first operation that shows when it was at the latest.
    """
    statement = _SETTINGS_SET.add_columns(OPERATION.c.kind, shown_at(OPERATION.c.seq))
    found: dict[str, str] = {}
    for _seq, key, after, kind, at in connection.execute(statement):
        if kind == "agency.init" or day_of(datetime.fromisoformat(at)) <= day:
            _set(found, key, after)
    return found


def load_opening_settings(connection: Connection, period_code: str | None = None) -> dict[str, dict[str, str]]:
    """The settings as they stood when each period there is was opened, or one of them, in order of opening.

    What an opening noted itself goes before: a period that is opened late keeps what was set on its due day.
    """
    openings = (
        select(OPERATION.c.seq, OPERATION.c.period_code, OPERATION.c.facts)
        .where(
            OPERATION.c.kind == "period.open",
            OPERATION.c.period_code.is_not(None) if period_code is None else OPERATION.c.period_code == period_code,
            OPERATION.c.seq.not_in(list(undone_operations(connection))),
        )
        .order_by(OPERATION.c.seq)
    )
    changes = deque((seq, key, after) for seq, key, after in connection.execute(_SETTINGS_SET))
    now: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for seq, code, facts in connection.execute(openings):
        while changes and changes[0][0] < seq:
            _number, key, after = changes.popleft()
            _set(now, key, after)
        if code not in found:
            noted = json.loads(facts).get(DAYS_BEFORE)
            found[code] = now | ({} if noted is None else {DAYS_BEFORE: str(noted)})
    return found


def _set(settings: dict[str, str], key: str, after: str | None) -> None:
    """Follow a change of a setting; the first time it was set may have been taken back."""
    if after is None:
        settings.pop(key, None)
    else:
        settings[key] = json.loads(after)["value"]


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
