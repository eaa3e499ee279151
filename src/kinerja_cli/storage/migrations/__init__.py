"""The steps from one schema to the next; each is applied whole, inside the caller's own transaction."""

from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection

from kinerja_cli.storage.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    StoreFailed,
    for_writing,
    make_engine,
    speaking_plainly,
)


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
            migrate(connection)
            after = _counts(connection)
            lost = [name for name, count in before.items() if name in after and after[name] < count]
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if lost or dangling:
                raise StoreFailed(
                    path,
                    _("the upgrade would have lost rows"),
                    _("Nothing was changed. Report this with the output of `kinerja db info`."),
                )


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0 for name in list(names)}
