"""Copies of a store: made while others write, opened again and checked, and put back in the place of a store."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.files import atomic_path, draft_in, sync_file, sync_folder
from kinerja_cli.storage import database
from kinerja_cli.storage.ledger import GENESIS

_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file; a journal of another file would be played back into a restored one."""

_MAGIC, _HEADER_BYTES, _MARK_AT = b"SQLite format 3\x00", 100, 68
"""How every database begins, and where its header says whose it is."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a store holds, in short: two with the same are taken for the same."""

    store_id: str | None
    agency: str
    schema: int
    operations: int
    head: str
    head_at: str | None
    rows: dict[str, int]


class CopyUnsound(Exception):
    """A copy is no whole store; the text says why, in the user's language."""


def copy_verified(path: Path, copy: Path) -> Content:
    """A consistent copy of a store under a new name, opened again and checked before it bears it."""
    with atomic_path(copy) as draft:
        return copy_into(path, draft)


def copy_into(path: Path, draft: Path) -> Content:
    """Copy a store, whoever writes to it meanwhile, into an empty file that reaches the disk and is checked.

    The counts and the head are read in the same view of the store as the copy is made of. Raises StoreMissing,
    StoreForeign, StoreBusy, and StoreFailed where the store or its copy is damaged.
    """
    if not path.is_file():
        raise database.StoreMissing(path)
    with database.speaking_plainly(path), closing(_connect(path, "rw")) as source:
        source.execute("BEGIN")
        expected = _content(source, path)
        with closing(sqlite3.connect(draft)) as target:
            # Nobody else sees the draft: it is synced once, at the end, rather than page by page.
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
    sync_file(draft)
    try:
        found = check_copy(draft)
    except CopyUnsound as error:
        raise _damaged(path) from error
    if found != expected:
        raise _damaged(path)
    return found


def check_copy(path: Path) -> Content:
    """What a copy at rest holds, after every check SQLite knows. Raises CopyUnsound, or OSError."""
    try:
        with closing(_connect(path, "ro&immutable=1")) as copy:
            content = _content(copy, path)
            verdict = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
            dangling = copy.execute("PRAGMA foreign_key_check").fetchone()
    except database.StoreForeign as error:
        raise CopyUnsound(_("it is no kinerja store")) from error
    except sqlite3.Error as error:
        raise CopyUnsound(str(error)) from error
    if verdict != "ok":
        raise CopyUnsound(verdict.replace("\n", " "))
    if dangling is not None:
        raise CopyUnsound(_("a row of {table} points at a row that is missing").format(table=dangling[0]))
    return content


def describe(path: Path) -> Content:
    """What a store holds. Raises StoreMissing, StoreForeign, StoreBusy or StoreFailed."""
    if not path.is_file():
        raise database.StoreMissing(path)
    with database.speaking_plainly(path), closing(_connect(path, "rw")) as connection:
        connection.execute("BEGIN")
        return _content(connection, path)


def settings_of(path: Path) -> dict[str, str]:
    """The settings kept in a store of any schema; none where there is no store or it cannot be read."""
    if not path.is_file():
        return {}
    try:
        with closing(_connect(path, "rw")) as connection:
            return dict(connection.execute("SELECT key, value FROM setting"))
    except sqlite3.Error:
        return {}


def is_foreign(path: Path) -> bool:
    """Whether a file is a database that another program marked or left unmarked; judged by its header alone."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    ours = database.APPLICATION_ID.to_bytes(4, "big")
    return header.startswith(_MAGIC) and len(header) == _HEADER_BYTES and header[_MARK_AT : _MARK_AT + 4] != ours


def put_new(draft: Path, path: Path) -> None:
    """Give a checked draft the name of a store that does not exist. Raises StoreExists where one does."""
    set_journals_aside(path, path.with_name(f"{path.name}.left-{secrets.token_hex(3)}"))
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise database.StoreExists(path) from error
    sync_folder(path.parent)


def put_over(draft: Path, path: Path, safety: Path) -> bool:
    """Put a checked draft in the place of a store that stands there, which is first copied to `safety`.

    The store is locked the whole time, and its file is written through SQLite's journal: killed at any point, it is
    as before or as the draft, and nobody's operation falls in between. Gives whether the old store was sound; one
    that cannot even be locked is copied byte by byte and exchanged as a file.
    """
    try:
        with _locked(path) as live:
            sound = _copy_aside(live, safety)
            with closing(_connect(draft, "ro&immutable=1")) as source:
                source.backup(live)
            return sound
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if not name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")):
            with database.speaking_plainly(path):
                raise
    _exchange(draft, path, safety)
    return False


def set_journals_aside(path: Path, beside: Path) -> None:
    """Rename what SQLite left beside a file that is gone, or it would be played back into the one to come."""
    for ending in _BESIDE:
        left = path.with_name(path.name + ending)
        if left.is_file() and left.stat().st_size:
            left.rename(beside.with_name(beside.name + ending))


@contextmanager
def _locked(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that has the store to itself, after what a killed run left was rolled back."""
    with closing(_connect(path, "rw")) as live:
        live.execute("PRAGMA locking_mode=EXCLUSIVE")
        live.execute("PRAGMA journal_mode=TRUNCATE")
        live.execute("PRAGMA synchronous=FULL")
        live.execute("BEGIN EXCLUSIVE")
        # The lock outlives the transaction: that is what the mode is for.
        live.execute("COMMIT")
        yield live


def _copy_aside(live: sqlite3.Connection, safety: Path) -> bool:
    """Keep the store as it stands, sound or not."""
    with draft_in(safety.parent, safety.name) as draft:
        with closing(sqlite3.connect(draft)) as target:
            target.execute("PRAGMA journal_mode=OFF")
            live.backup(target)
        sync_file(draft)
        try:
            check_copy(draft)
            sound = True
        except CopyUnsound:
            sound = False
        draft.replace(safety)
    sync_folder(safety.parent)
    return sound


def _exchange(draft: Path, path: Path, safety: Path) -> None:
    """Exchange a file that is no database any more, keeping it and whatever lies beside it."""
    with draft_in(safety.parent, safety.name) as kept:
        shutil.copyfile(path, kept)
        sync_file(kept)
        kept.replace(safety)
    was = path.stat()
    if hasattr(os, "chown"):
        # Root restores for the account that owns the store; anybody else may not and need not give it away.
        with suppress(PermissionError):
            os.chown(draft, was.st_uid, was.st_gid)
    set_journals_aside(path, safety)
    draft.replace(path.resolve())
    sync_folder(path.resolve().parent)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that never makes a file; what it begins, it is told to."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=database.WAIT_SECONDS, isolation_level=None)


def _content(connection: sqlite3.Connection, path: Path) -> Content:
    """What an open store holds, whatever its schema."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != database.APPLICATION_ID:
        raise database.StoreForeign(path)
    names = [
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    settings = dict(connection.execute("SELECT key, value FROM setting")) if "setting" in names else {}
    last = (
        connection.execute("SELECT seq, hash, at FROM operation ORDER BY seq DESC LIMIT 1").fetchone()
        if "operation" in names
        else None
    )
    operations, head, at = last or (0, GENESIS, None)
    return Content(
        store_id=settings.get("store_id"),
        agency=settings.get("agency", ""),
        schema=connection.execute("PRAGMA user_version").fetchone()[0],
        operations=operations,
        head=head,
        head_at=at,
        rows={
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
            if name != "alembic_version"
        },
    )


def _damaged(path: Path) -> database.StoreFailed:
    return database.StoreFailed(path, _("it is damaged"), _("Do not write to it. Put back the latest good copy."))
