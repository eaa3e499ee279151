"""What is done to a store past kinerja: raw SQL with the guards out of the way, and a chain recomputed by a forger."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from kinerja_cli.storage.ledger import GENESIS, change_digest, operation_hash


def run_sql(db: Path, *statements: str) -> None:
    """Run statements as any program could."""
    with closing(sqlite3.connect(db)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def tamper(db: Path, *statements: str) -> None:
    """Run statements with the guards dropped, and put the guards back as they were."""
    with closing(sqlite3.connect(db)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()


def tamper_deeply(db: Path, *statements: str) -> None:
    """The same on a copy of every table without types, keys and rules, which then takes anything at all."""
    with closing(sqlite3.connect(db)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for name in names:
            connection.execute("PRAGMA legacy_alter_table=ON")
            connection.execute(f'CREATE TABLE "loose_{name}" AS SELECT * FROM "{name}"')
            connection.execute(f'DROP TABLE "{name}"')
            connection.execute(f'ALTER TABLE "loose_{name}" RENAME TO "{name}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def forge(db: Path, *statements: str, after: int = 0) -> None:
    """Change what is recorded and recompute every hash behind an operation, so that the chain fits itself."""
    tamper(db, *statements)
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        previous = GENESIS
        for operation in connection.execute("SELECT * FROM operation ORDER BY seq").fetchall():
            header = dict(operation)
            header.pop("hash")
            if header["seq"] <= after:
                previous = operation["hash"]
                continue
            digests = hashlib.sha256()
            changes = connection.execute("SELECT * FROM change WHERE seq = ? ORDER BY ordinal", (header["seq"],))
            for change in changes.fetchall():
                digest = change_digest(
                    change["salt"], change["relation"], change["key"], change["before"], change["after"]
                )
                place = (digest, change["seq"], change["ordinal"])
                connection.execute("UPDATE change SET digest = ? WHERE seq = ? AND ordinal = ?", place)
                digests.update(digest)
            header |= {"digest": digests.hexdigest(), "previous": previous}
            previous = operation_hash(header)
            connection.execute(
                "UPDATE operation SET digest = ?, previous = ?, hash = ? WHERE seq = ?",
                (header["digest"], header["previous"], previous, header["seq"]),
            )
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()
