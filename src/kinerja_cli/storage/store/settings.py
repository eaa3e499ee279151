"""The agency's settings and the regulation files it brought itself."""

from sqlalchemy import Connection, select

from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.rows import read_row
from kinerja_cli.storage.tables import REGULATION, SETTING


def load_settings(connection: Connection) -> dict[str, str]:
    """Every setting that was ever set, by key."""
    return {row.key: row.value for row in connection.execute(select(SETTING))}


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
