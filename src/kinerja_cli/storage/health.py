"""Look at a store without trusting anything about it: its file, its neighbours, its inside, its schema."""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kinerja_cli.domain.json_read import read_object
from kinerja_cli.files import read_plain
from kinerja_cli.storage import database
from kinerja_cli.storage.migrations import migrate

SQLITE_VERSION: Final = sqlite3.sqlite_version
"""The SQLite this Python came with."""

_WAL_AT, _WAL = 18, b"\x02\x02"
"""Where the header of a file says how it is written, and what it says in WAL mode."""

_DRAFT = re.compile(r"\..+\.[0-9a-f]{12}\.part")


@dataclass(frozen=True, slots=True)
class Inside:
    """What a readable store says of itself; `verdict` is what SQLite's own check found, "ok" where nothing."""

    schema: int
    verdict: str
    operations: int
    last_at: str | None
    settings: dict[str, str]
    differing: tuple[str, ...]


def in_wal_mode(path: Path) -> bool:
    """Whether the file itself says that it is written through a WAL. Raises OSError."""
    with path.open("rb") as file:
        file.seek(_WAL_AT)
        return file.read(len(_WAL)) == _WAL


def unfinished(path: Path) -> list[Path]:
    """The files beside a store that hold changes which are not in it yet."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in ("-journal", "-wal"))
    return [one for one in beside if one.is_file() and _is_hot(one)]


def strays(path: Path) -> list[Path]:
    """What killed runs left beside a store: the note of a holder that is gone, drafts of copies."""
    left = [one for one in path.parent.glob(".*.part") if _DRAFT.fullmatch(one.name) and path.stem in one.name]
    note = database.holder_path(path)
    return [note, *left] if note.is_file() and not _runs(note) else left


def look_inside(path: Path) -> Inside:
    """Open a store and check it as far as it lets itself be read. Raises StoreForeign, StoreBusy, StoreFailed."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    with (
        database.speaking_plainly(path),
        closing(sqlite3.connect(address, uri=True, timeout=database.WAIT_SECONDS, isolation_level=None)) as connection,
    ):
        connection.execute("BEGIN")
        if connection.execute("PRAGMA application_id").fetchone()[0] != database.APPLICATION_ID:
            raise database.StoreForeign(path)
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0]).replace("\n", " ")
        if verdict == "ok":
            dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
            verdict = verdict if dangling is None else f"foreign key: {dangling[0]} → {dangling[2]}"
        shape = _shape(connection)
        named = {name for _kind, name in shape}
        settings = dict(connection.execute("SELECT key, value FROM setting")) if "setting" in named else {}
        last = (
            connection.execute("SELECT seq, at FROM operation ORDER BY seq DESC LIMIT 1").fetchone()
            if "operation" in named
            else None
        )
    differing = _differing(shape) if schema == database.SCHEMA_VERSION else ()
    operations, last_at = last or (0, None)
    return Inside(schema, verdict, operations, last_at, settings, differing)


def _is_hot(journal: Path) -> bool:
    """Whether a journal holds anything; SQLite leaves an empty one, or one whose header is wiped."""
    try:
        with journal.open("rb") as file:
            return any(file.read(8))
    except OSError:
        return False


def _runs(note: Path) -> bool:
    """Whether the process that noted itself as holder still runs; so it is taken where nobody can tell."""
    try:
        pid = int(str(read_object(read_plain(note))["pid"]))
        if os.name != "nt":
            os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, ValueError, KeyError, OverflowError):
        return True
    return True


def _shape(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Every object of a schema with its text, spaces folded; tables are compared by their columns alone."""
    shape: dict[tuple[str, str], str] = {}
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    ).fetchall():
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] if kind == "table" else ()
        shape[kind, name] = ",".join(sorted(columns)) if kind == "table" else " ".join(sql.split())
    return shape


def _differing(shape: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """What is missing, added or changed beside the schema of a new store."""
    fresh = _fresh_shape()
    return (
        *(f"-{kind} {name}" for kind, name in sorted(fresh.keys() - shape.keys())),
        *(f"+{kind} {name}" for kind, name in sorted(shape.keys() - fresh.keys()) if not name.startswith("sqlite_")),
        *(
            f"~{kind} {name}"
            for kind, name in sorted(fresh.keys() & shape.keys())
            if fresh[kind, name] != shape[kind, name]
        ),
    )


@cache
def _fresh_shape() -> dict[tuple[str, str], str]:
    """The schema of a store made now, in memory."""
    with database.make_engine(Path(":memory:")).connect() as raw:
        connection = database.for_writing(raw)
        with connection.begin():
            migrate(connection)
            inside = connection.connection.driver_connection
            assert isinstance(inside, sqlite3.Connection)
            return _shape(inside)
