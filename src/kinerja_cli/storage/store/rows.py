"""Rows of a table as plain mappings, which is what the ledger takes back."""

from typing import cast

from sqlalchemy import Connection, Select, Table, select

from kinerja_cli.storage.ledger import Value


def read_rows(connection: Connection, statement: Select[*tuple[object, ...]]) -> list[dict[str, Value]]:
    """Every row of a query as a mapping by column."""
    result = connection.execute(statement)
    names = list(result.keys())
    return [dict(zip(names, cast("tuple[Value, ...]", row), strict=True)) for row in result.fetchall()]


def read_row(connection: Connection, table: Table, **key: Value) -> dict[str, Value] | None:
    """The one row of a table with that key, or None."""
    statement = select(table).where(*(table.c[name] == value for name, value in key.items()))
    rows = read_rows(connection, statement)
    return rows[0] if rows else None
