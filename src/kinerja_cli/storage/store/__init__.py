"""What kinerja asks of a database, in the domain's words: one file a noun.

A `Store` opens transactions; the functions of the nouns read through the connection of one and write through
its `Operation`, so that nothing is ever changed past the ledger.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from gettext import gettext as _
from pathlib import Path

from sqlalchemy import Connection, Engine

from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.files import make_folder, sync_folder
from kinerja_cli.storage import database
from kinerja_cli.storage.ledger import Operation, Origin
from kinerja_cli.storage.mounts import check_local

__all__ = ["Connection", "Store", "StoreUnsupported", "create_store", "store_path"]

_BRIEFLY = 2
"""Seconds."""


class StoreUnsupported(KinerjaError):
    """The place named is a database this version does not speak to."""

    code = "store-unsupported"
    exit = Exit.STORE

    def __init__(self, location: str) -> None:
        kind = location.split(":", 1)[0]
        super().__init__(
            _("This version of kinerja keeps its store in one SQLite file, not in {kind}.").format(kind=kind),
            _("Give the path of a file with --db or KINERJA_DB."),
        )


class Store:
    """The agency's store at one place, and who is using it; `wrote` says whether anything was to be kept in it."""

    def __init__(self, path: Path, engine: Engine, origin: Origin) -> None:
        self.path = path
        self.origin = origin
        self.kept: list[int] = []
        """The operations that were committed through this store, for whoever must tell of them."""
        self.wrote = False
        self._engine = engine

    @classmethod
    def open(cls, location: str, origin: Origin) -> "Store":
        """The store that stands at a path. Raises StoreMissing, StoreForeign or StoreVersion."""
        path = store_path(location)
        if not path.is_file():
            raise database.StoreMissing(path)
        engine = database.make_engine(path)
        with database.reading(engine, path) as connection:
            database.check_schema(connection, path)
        return cls(path, engine, origin)

    def impatient(self) -> "Store":
        """The same store for what may as well be left undone: another run is waited for only briefly."""
        return Store(self.path, database.make_engine(self.path, wait=_BRIEFLY), self.origin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store, however long it is looked at."""
        with database.reading(self._engine, self.path) as connection:
            yield connection

    @contextmanager
    def writing(self, kind: str, *, dry_run: bool = False) -> Iterator[Operation]:
        """One operation: sealed and committed when the block ends well and changed something, or has something to tell.

        A dry run does all the work and takes it back; its `seq` stays None.
        """
        self.wrote = self.wrote or not dry_run
        with database.speaking_plainly(self.path), self._engine.connect() as raw, ExitStack() as held:
            connection = database.for_writing(raw)
            transaction = connection.begin()
            # Only who has the lock may sign for it: a note left while waiting would hide the holder's.
            held.enter_context(database.holding(self.path, self.origin))
            try:
                operation = Operation(connection, kind, self.origin)
                yield operation
                if dry_run or not (operation.changes or operation.tells_by_itself):
                    transaction.rollback()
                    return
                seq = operation.seal()
                transaction.commit()
                operation.seq = seq
                self.kept.append(seq)
            except BaseException:
                if transaction.is_active:
                    transaction.rollback()
                raise


def store_path(location: str) -> Path:
    """The file a location names; other databases are refused with a sentence."""
    if location.startswith("sqlite:///"):
        return Path(location.removeprefix("sqlite:///")).expanduser()
    if "://" in location:
        raise StoreUnsupported(location)
    return Path(location).expanduser()


def create_store(location: str, origin: Origin, fill: Callable[[Operation], None], *, dry_run: bool = False) -> Store:
    """A new store with a first operation in it, made beside its place and moved there whole.

    `fill` writes the first operation. Nothing that exists is ever overwritten, and killed at any point there is
    either no store or a whole one. A dry run makes everything and moves nothing to its place.
    """
    from kinerja_cli.storage.migrations import migrate

    path = store_path(location)
    if path.exists():
        raise database.StoreExists(path)
    check_local(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    with database.speaking_plainly(path):
        try:
            make_folder(path.parent)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with database.make_engine(draft).connect() as raw:
                connection = database.for_writing(raw)
                with connection.begin():
                    migrate(connection)
                    operation = Operation(connection, "agency.init", origin)
                    fill(operation)
                    operation.seal()
            if not dry_run:
                os.link(draft, path)
                # Without this a power cut may take the name away again, and with it the store.
                sync_folder(path.parent)
        except FileExistsError as error:
            raise database.StoreExists(path) from error
        except OSError as error:
            raise _unwritable(path, error) from error
        finally:
            draft.unlink(missing_ok=True)
            draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)
    made = Store(path, database.make_engine(path), origin)
    made.wrote = not dry_run
    return made


def _unwritable(path: Path, error: OSError) -> database.StoreFailed:
    return database.StoreFailed(
        path,
        error.strerror or str(error),
        _("Check that the folder exists and that you may write to it."),
    )
