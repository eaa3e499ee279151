"""What a store holds beside its ledger, to tell whether two are alike."""

import json
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


def folded(kinerja: Kinerja) -> dict[str, list[str]]:
    """The rows that the images of the ledger come to, as their canonical text, by table."""
    connection = sqlite3.connect(kinerja.db)
    rows: dict[tuple[str, str], dict[str, object]] = {}
    try:
        for relation, key, before, after in connection.execute(
            "SELECT relation, key, before, after FROM change ORDER BY seq, ordinal"
        ):
            if after is None:
                assert rows.pop((relation, key)) == json.loads(before)
                continue
            old = json.loads(before) if before is not None else {}
            kept = rows.get((relation, key), {})
            assert before is None or old.items() <= kept.items()
            rows[relation, key] = {name: value for name, value in kept.items() if name not in old} | json.loads(after)
    finally:
        connection.close()
    found: dict[str, list[str]] = {}
    for (relation, _key), row in rows.items():
        found.setdefault(relation, []).append(json.dumps(row, sort_keys=True))
    return {relation: sorted(texts) for relation, texts in found.items()}


def live(kinerja: Kinerja) -> dict[str, list[str]]:
    """The rows there are, in the same form."""
    connection = sqlite3.connect(kinerja.db)
    connection.row_factory = sqlite3.Row
    try:
        found = {}
        for name in state(kinerja):
            rows = [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
            texts = [{field: value for field, value in row.items() if value is not None} for row in rows]
            if texts and name != "alembic_version":
                found[name] = sorted(json.dumps(row, sort_keys=True) for row in texts)
        return found
    finally:
        connection.close()
