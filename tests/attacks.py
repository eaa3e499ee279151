"""What is done to a store past kinerja: raw SQL with the guards out of the way, and a chain recomputed by a forger."""

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from kinerja_cli.storage.ledger import GENESIS, Image, canonical, change_digest, operation_hash


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


def write_schema(db: Path, *statements: str) -> None:
    """Write into the schema itself, past SQL."""
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA schema_version={version + 1}")


def as_blobs(db: Path, table: str, column: str, where: str) -> None:
    """Make blobs of texts as flipped bits do, with the schema as it was afterwards."""
    with closing(sqlite3.connect(db)) as connection:
        (made,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    loose = re.sub(r",?\s*\bSTRICT\b", "", made).replace("TEXT", "BLOB").replace("'", "''")
    write_schema(db, f"UPDATE sqlite_schema SET sql = '{loose}' WHERE type = 'table' AND name = '{table}'")
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        done = connection.execute(f'UPDATE "{table}" SET "{column}" = CAST("{column}" AS BLOB) WHERE {where}').rowcount
        assert done
        for _name, sql in guards:
            connection.execute(sql)
    kept = made.replace("'", "''")
    write_schema(db, f"UPDATE sqlite_schema SET sql = '{kept}' WHERE type = 'table' AND name = '{table}'")


def poison_index(db: Path, index: str, away: str, back: str) -> None:
    """Leave an index with what rows were after one statement, and the rows as they are after another."""
    with closing(sqlite3.connect(db)) as connection:
        row = connection.execute(
            "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?", (index,)
        ).fetchone()
    tamper(db, away)
    write_schema(db, f"DELETE FROM sqlite_schema WHERE name = '{index}'")
    tamper(db, back)
    quoted = ", ".join(str(one) if isinstance(one, int) else f"'{one}'" for one in row)
    write_schema(db, f"INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ({quoted})")


def append(db: Path, kind: str, *changes: tuple[str, str, str | None, Image, Image]) -> None:
    """Put an operation behind the last one, rightly chained: tables, keys, people, and columns before and after."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        last = dict(connection.execute("SELECT * FROM operation ORDER BY seq DESC LIMIT 1").fetchone())
        seq, digests = last["seq"] + 1, hashlib.sha256()
        for ordinal, (relation, key, nip, before, after) in enumerate(changes, 1):
            images = canonical(before), canonical(after)
            digest = change_digest(b"s" * 16, relation, key, *images)
            digests.update(digest)
            row = (seq, ordinal, relation, key, nip, *images, b"s" * 16, digest)
            connection.execute(f"INSERT INTO change VALUES ({', '.join('?' * len(row))})", row)
        header = last | {"seq": seq, "kind": kind, "facts": "{}", "reason": None, "period_code": None, "undoes": None}
        header |= {"changes": len(changes), "digest": digests.hexdigest(), "previous": header.pop("hash")}
        header["hash"] = operation_hash(header)
        marks = ", ".join("?" * len(header))
        connection.execute(f"INSERT INTO operation ({', '.join(header)}) VALUES ({marks})", tuple(header.values()))
        connection.commit()
