"""What a store holds beside its ledger, to tell whether two are alike."""

import sqlite3
from typing import TypeAlias

from tests.builders import Kinerja

State: TypeAlias = dict[str, list[tuple[object, ...]]]


def state(kinerja: Kinerja) -> State:
    """Every row of every table but the ledger's two."""
    connection = sqlite3.connect(kinerja.db)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr)
            for name in sorted(names)
            if name not in ("operation", "change")
        }
    finally:
        connection.close()


def schema(kinerja: Kinerja) -> list[tuple[object, ...]]:
    """Everything that the schema consists of."""
    connection = sqlite3.connect(kinerja.db)
    try:
        return list(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name"))
    finally:
        connection.close()


def last(kinerja: Kinerja) -> int:
    """The number of the last operation."""
    connection = sqlite3.connect(kinerja.db)
    try:
        return int(connection.execute("SELECT max(seq) FROM operation").fetchone()[0])
    finally:
        connection.close()


def dangling(kinerja: Kinerja) -> list[tuple[object, ...]]:
    """Rows that refer to what is not there."""
    connection = sqlite3.connect(kinerja.db)
    try:
        return list(connection.execute("PRAGMA foreign_key_check"))
    finally:
        connection.close()
