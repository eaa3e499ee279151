"""The SQLite file: opened safely, refused plainly, described by its schema version.

Every connection keeps a rollback journal that is truncated, syncs fully, enforces foreign keys and waits half a
minute for another run. Every write begins IMMEDIATE: two writers queue instead of failing in the middle.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from kinerja_cli.domain.json_read import read_object
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.files import read_plain
from kinerja_cli.storage.ledger import Origin

APPLICATION_ID = 0x6B6E726A
"""Marks a file as ours ("knrj"), so that a stranger's database is never written to."""

SCHEMA_VERSION = 3
"""How many migrations lead to this program's schema; kept in the file as `user_version`."""

WAIT_SECONDS = 30
"""How long a run waits for another before it says who holds the store."""

_CACHE_KIB = 65_536
"""What SQLite may keep of the file in memory; its own 2 MB make a large import read the same pages again."""

_WRITE = "kinerja_write"


class StoreMissing(KinerjaError):
    """There is no store at the place named."""

    code = "store-missing"
    exit = Exit.STORE

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no store at {path}.").format(path=path),
            _('Make one with `kinerja init --agency "NAME"`, or name another with --db or KINERJA_DB.'),
        )


class StoreExists(KinerjaError):
    """A store, or another file, stands where a new one was to be made."""

    code = "store-exists"
    exit = Exit.REFUSED

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} exists already.").format(path=path),
            _("Name another file with --db or KINERJA_DB; an existing store is never overwritten."),
        )


class StoreForeign(KinerjaError):
    """The file is no store of this program."""

    code = "store-foreign"
    exit = Exit.STORE

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} is not a kinerja store.").format(path=path),
            _("Name the right file with --db or KINERJA_DB. Nothing was changed."),
        )


class StoreVersion(KinerjaError):
    """The schema of the store is not the one this program speaks."""

    code = "store-version"
    exit = Exit.STORE

    def __init__(self, path: Path, found: int) -> None:
        newer = found > SCHEMA_VERSION
        super().__init__(
            _("{path} has schema {found}, this program speaks schema {known}.").format(
                path=path, found=found, known=SCHEMA_VERSION
            ),
            _("Install a newer kinerja.") if newer else _("Run `kinerja db upgrade` (it makes a copy first)."),
        )


class StoreBusy(KinerjaError):
    """Another run held the store for as long as we were willing to wait."""

    code = "store-busy"
    exit = Exit.REFUSED

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            _("{path} is in use by {holder}.").format(path=path, holder=holder),
            _("Try again when that run has ended; nothing was changed."),
        )


class StoreFailed(KinerjaError):
    """The system or the file itself stops us from using the store."""

    code = "store-failed"
    exit = Exit.STORE

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(
            _("The store {path} cannot be used: {reason}.").format(path=path, reason=reason),
            hint,
        )


def make_engine(path: Path, *, wait: int | None = None) -> Engine:
    """An engine for the file, with everything a connection must be told. Opens nothing yet.

    `wait` is for how many seconds another run is waited for, where that is not as long as usual.
    """
    engine = create_engine(
        f"sqlite+pysqlite:///{path}",
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": WAIT_SECONDS if wait is None else wait, "isolation_level": None},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Set what SQLite forgets between connections."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=TRUNCATE",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        f"cache_size=-{_CACHE_KIB}",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except UnicodeDecodeError as error:
            # Of a damaged schema SQLite says what it has read there, which then is no text at all.
            damaged = sqlite3.DatabaseError("malformed database schema")
            damaged.sqlite_errorname = "SQLITE_CORRUPT"
            raise damaged from error


def _begin(connection: Connection) -> None:
    """Begin as the connection's purpose asks: a write takes its lock at once, a read takes none yet."""
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection inside one transaction that only reads."""
    with speaking_plainly(path), engine.connect() as connection, connection.begin():
        yield connection


def for_writing(connection: Connection) -> Connection:
    """The same connection, whose transactions take the write lock when they begin."""
    return connection.execution_options(**{_WRITE: True})


def check_schema(connection: Connection, path: Path) -> None:
    """Refuse a file that is not ours, or of another schema, before anything is read from it."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise StoreForeign(path)
    found = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    if found != SCHEMA_VERSION:
        raise StoreVersion(path, found)


@contextmanager
def speaking_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says into one of our sentences."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(path, error.orig) from error
    except sqlite3.Error as error:
        raise _plain(path, error) from error


def _plain(path: Path, error: BaseException | None) -> Exception:
    """The refusal that fits a database error; a fault of ours stays what it is."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(path, read_holder(path) or _("another run"))
    if name.startswith("SQLITE_NOTADB"):
        return StoreForeign(path)
    for start, (reason, hint) in _failures().items():
        if name.startswith(start):
            return StoreFailed(path, reason, hint)
    return error if isinstance(error, Exception) else RuntimeError(name)


def _failures() -> dict[str, tuple[str, str]]:
    """SQLite's name for a failure → what happened, and what to do."""
    return {
        "SQLITE_FULL": (
            _("there is no space left on the disk"),
            _("Free some space and run the command again; nothing was changed."),
        ),
        "SQLITE_READONLY": (
            _("it may be read but not written"),
            _("Ask its owner for the right to write, both to the file and to its folder."),
        ),
        "SQLITE_CANTOPEN": (
            _("it cannot be opened"),
            _("Check that you may read the file and write to its folder."),
        ),
        "SQLITE_PERM": (
            _("you have no permission"),
            _("Check that you may read the file and write to its folder."),
        ),
        "SQLITE_IOERR": (
            _("the system could not read or write it"),
            _("Check free space, file size limits and the disk, then run the command again."),
        ),
        "SQLITE_CORRUPT": (
            _("it is damaged"),
            _("Do not write to it. Put back the latest good copy."),
        ),
    }


def holder_path(path: Path) -> Path:
    """Where a run notes that it holds the store; only read to name the holder, never to decide."""
    return path.with_name(f"{path.name}-holder")


@contextmanager
def holding(path: Path, origin: Origin) -> Iterator[None]:
    """Leave a note of who writes while we write. A note left by a killed run is overwritten by the next."""
    note = holder_path(path)
    text = json.dumps({"actor": origin.actor, "pid": os.getpid(), "since": origin.at})
    # Its name can be guessed, so a link that somebody put there is not followed to a file of ours.
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        opened = os.open(note, flags, 0o600)
    except OSError:
        # The note only makes a message better: where there can be none, the work goes on without it.
        yield
        return
    try:
        with suppress(OSError), os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text)
        yield
    finally:
        note.unlink(missing_ok=True)


def read_holder(path: Path) -> str | None:
    """Who holds the store since when, as one phrase; None where nobody left a note."""
    try:
        note = read_object(read_plain(holder_path(path)))
        since = datetime.fromisoformat(str(note["since"])).astimezone()
    except (OSError, ValueError, KeyError, OverflowError):
        return None
    return _("{actor} (process {pid}) since {since}").format(
        actor=note.get("actor"), pid=note.get("pid"), since=since.strftime("%H:%M:%S")
    )


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a store says of itself before anything of ours is loaded."""

    schema: int
    sqlite: str
    journal: str
    rows: dict[str, int]


def inspect(path: Path) -> FileFacts:
    """The facts of a store of any schema. Raises StoreMissing, StoreForeign or StoreFailed."""
    if not path.is_file():
        raise StoreMissing(path)
    with reading(make_engine(path), path) as connection:
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise StoreForeign(path)
        schema = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar() or ""
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).scalars()
        rows = {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0
            for name in list(names)
            if name != "alembic_version"
        }
    return FileFacts(schema, sqlite3.sqlite_version, journal, rows)
