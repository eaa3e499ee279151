"""Look at the store itself, and bring its schema up to date."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli.storage import database
from kinerja_cli.storage.copies import copy_verified
from kinerja_cli.storage.migrations import upgrade_file
from kinerja_cli.storage.store import store_path


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """The store as a file: its schema, that of this program, its size in bytes and its rows by table."""

    path: str
    schema: int
    program_schema: int
    bytes: int
    sqlite: str
    journal: str
    rows: dict[str, int]


def store_info(location: str) -> StoreInfo:
    """What stands at a location. Raises StoreMissing or StoreForeign; an older schema is told, not refused."""
    path = store_path(location)
    facts = database.inspect(path)
    return StoreInfo(
        str(path),
        facts.schema,
        database.SCHEMA_VERSION,
        path.stat().st_size,
        facts.sqlite,
        facts.journal,
        facts.rows,
    )


def upgrade_store(location: str, *, dry_run: bool = False) -> tuple[int, int, Path | None]:
    """Bring a store to this program's schema: the schema before and after, and where the copy was put.

    A verified copy is made beside the store first. A store that is up to date is left alone; a dry run only tells.
    """
    path = store_path(location)
    before = database.inspect(path).schema
    if before == database.SCHEMA_VERSION:
        return before, before, None
    if before > database.SCHEMA_VERSION:
        raise database.StoreVersion(path, before)
    if dry_run:
        return before, database.SCHEMA_VERSION, None
    copy = path.with_name(f"{path.name}.schema-{before}-{secrets.token_hex(3)}.bak")
    copy_verified(path, copy)
    upgrade_file(path)
    return before, database.SCHEMA_VERSION, copy
