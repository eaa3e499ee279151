"""The steps from one schema to the next; each is applied whole, inside the caller's own transaction."""

from collections.abc import Collection
from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from kinerja_cli.storage.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    StoreFailed,
    for_writing,
    make_engine,
    speaking_plainly,
)

_STEPS = "alembic_version"
"""The table in which the steps are noted beside `user_version`."""


def migrate(connection: Connection) -> None:
    """Bring the schema of an open write transaction to the newest; the caller commits, or nothing happened.

    Foreign keys must be off before the transaction begins: rebuilding a table would otherwise empty the
    tables that point at it.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def upgrade_file(path: Path) -> None:
    """Bring a store's schema to the newest in one transaction: killed at any point, it is as it was.

    Foreign keys are off while tables are rebuilt and checked before the commit; no table may lose a row.
    """
    with speaking_plainly(path), make_engine(path).connect() as raw:
        connection = for_writing(raw)
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            before = _counts(connection)
            _check_steps(path, connection, before)
            try:
                migrate(connection)
            except OperationalError as error:
                if getattr(error.orig, "sqlite_errorname", None) != "SQLITE_ERROR":
                    raise
                raise _odd(path, str(error.orig)) from error
            after = _counts(connection)
            lost = [name for name, count in before.items() if name in after and after[name] < count]
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if lost or dangling:
                raise StoreFailed(
                    path,
                    _("the upgrade would have lost rows"),
                    _("Nothing was changed. Report this with the output of `kinerja db info`."),
                )


def _check_steps(path: Path, connection: Connection, tables: Collection[str]) -> None:
    """Refuse a store whose two notes of its schema do not agree; where nothing has begun, there is only one."""
    schema = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    steps: list[str] = []
    if _STEPS in tables:
        steps = [str(step) for step in connection.exec_driver_sql(f"SELECT version_num FROM {_STEPS}").scalars()]
    if schema and steps != [f"{schema:04d}"]:
        said = ", ".join(steps) or "–"
        raise _odd(
            path, _("{table} says {found}, the file schema {schema}").format(table=_STEPS, found=said, schema=schema)
        )


def _odd(path: Path, reason: str) -> StoreFailed:
    """The refusal of a store whose tables are not those of the schema it claims to have."""
    return StoreFailed(
        path,
        _("its tables are not those of its schema ({reason})").format(reason=reason),
        _("Another program has changed it. Nothing was changed now; put the latest good copy back."),
    )


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0 for name in list(names)}
