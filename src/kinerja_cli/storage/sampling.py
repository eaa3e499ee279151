"""Compare a copy with the store it was made of: every operation, and rows by sample."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kinerja_cli.storage import database

_SAMPLE: Final = 200
"""So many rows of each table are compared at most; of a smaller table all."""

_LEDGER: Final = ("operation", "change", "alembic_version")


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs: `apart` operations, and by table how many rows were sampled and how many of them differ."""

    operations: int
    apart: int
    rows: dict[str, tuple[int, int]]


def compare(copy: Path, path: Path, *, after: int) -> Compared:
    """Compare a checked copy with the store; rows that operations after the copy's last one changed are left out."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    with (
        database.speaking_plainly(path),
        closing(sqlite3.connect(address, uri=True, timeout=database.WAIT_SECONDS, isolation_level=None)) as live,
    ):
        live.execute("ATTACH ? AS copy", (f"{copy.absolute().as_uri()}?mode=ro&immutable=1",))
        live.execute("BEGIN")
        operations = live.execute("SELECT coalesce(max(seq), 0) FROM main.operation").fetchone()[0]
        apart = live.execute(
            "SELECT count(*) FROM copy.operation c LEFT JOIN main.operation m ON m.seq = c.seq"
            " WHERE m.hash IS NOT c.hash"
        ).fetchone()[0]
        changed = {
            (relation, key)
            for relation, key in live.execute("SELECT relation, key FROM main.change WHERE seq > ?", (after,))
        }
        names = [
            name
            for (name,) in live.execute(
                "SELECT name FROM copy.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            if name not in _LEDGER
        ]
        rows = {name: _compare_rows(live, name, changed) for name in names}
    return Compared(operations, apart, rows)


def _compare_rows(live: sqlite3.Connection, table: str, changed: set[tuple[str, str]]) -> tuple[int, int]:
    """How many rows of a table were sampled, and how many of them the store holds otherwise or not at all."""
    described = live.execute(f'PRAGMA copy.table_info("{table}")').fetchall()
    columns = [f'"{row[1]}"' for row in described]
    keys = [row[1] for row in sorted(described, key=lambda row: row[5]) if row[5]]
    places = [[row[1] for row in described].index(key) for key in keys]
    step = max(1, live.execute(f'SELECT count(*) FROM copy."{table}"').fetchone()[0] // _SAMPLE)
    wanted = " AND ".join(f'"{key}" = ?' for key in keys)
    sampled = differing = 0
    for row in live.execute(
        f'SELECT {", ".join(columns)} FROM copy."{table}" WHERE abs(random()) % ? = 0 LIMIT ?', (step, _SAMPLE)
    ).fetchall():
        key = [row[place] for place in places]
        if (table, "/".join(map(str, key))) in changed:
            continue
        sampled += 1
        known = live.execute(f'SELECT {", ".join(columns)} FROM main."{table}" WHERE {wanted}', key).fetchone()
        differing += known != row
    return sampled, differing
