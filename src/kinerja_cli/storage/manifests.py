"""Backups as files: how they are named, the manifest beside each, and which of a folder are ours.

The manifest is written first, under a name nobody has, and the backup itself is renamed last: a backup that can be
seen is whole and has its manifest, and of a killed run there is at most a manifest without a backup.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from types import UnionType
from typing import Any, Final, cast

from kinerja_cli import __version__
from kinerja_cli.domain.json_read import read_object
from kinerja_cli.domain.text import without_steering
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.files import read_plain, sync_folder
from kinerja_cli.storage.copies import Content

FORM: Final = "kinerja-backup-1"
"""What a manifest calls itself."""

_ENDING: Final = ".json"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_OURS: Final = re.compile(r"\.?(?P<stem>.+)-(?P<stamp>\d{8}T\d{6}Z)(-\d+)?\.db(\.age)?(\.json|\.[0-9a-f]{12}\.part)")
_LEFT_FOR: Final = timedelta(days=1)
"""No backup takes as long: what is older than this belongs to a run that was killed."""


class BackupExists(KinerjaError):
    """A file stands where a backup was to be written."""

    code = "backup-exists"
    exit = Exit.REFUSED

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{path} exists already.").format(path=path),
            _("Give another name, or a folder: there every backup gets a name of its own."),
        )


_KINDS: Final[Mapping[str, type | UnionType]] = {
    "file": str,
    "at": str,
    "store_id": str | None,
    "agency": str,
    "schema": int,
    "operations": int,
    "head": str,
    "head_at": str | None,
    "rows": dict,
    "bytes": int,
    "sha256": str,
    "encryption": str | None,
    "content_sha256": str | None,
    "program": str,
}
"""What the values of a manifest are; a file that anybody may have put there need not be one."""

_YEARS: Final = range(1971, 9999)
"""Instants of these years can be told in every zone."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside a backup: `at` is when it was made, `head` the hash of its last operation.

    `content_sha256` is that of the store inside an encrypted backup, and None where the backup is the store.
    """

    file: str
    at: str
    store_id: str | None
    agency: str
    schema: int
    operations: int
    head: str
    head_at: str | None
    rows: dict[str, int]
    bytes: int
    sha256: str
    encryption: str | None = None
    content_sha256: str | None = None
    program: str = __version__
    form: str = FORM

    @property
    def made(self) -> datetime:
        """When the backup was made."""
        return datetime.fromisoformat(self.at)

    @property
    def content(self) -> Content:
        """What the backup holds, as it was counted when it was made."""
        return Content(
            self.store_id, self.agency, self.schema, self.operations, self.head, self.head_at, dict(self.rows)
        )


def stamp(at: datetime) -> str:
    """An instant as names of files bear it, in UTC.

    >>> stamp(datetime(2026, 1, 5, 2, 0, 7, tzinfo=UTC))
    '20260105T020007Z'
    """
    return at.astimezone(UTC).strftime(_STAMP)


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup lies."""
    return backup.with_name(backup.name + _ENDING)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file as it lies on the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(path: Path) -> Manifest | None:
    """A manifest, or None where the file is missing or none of ours."""
    try:
        kept = read_object(read_plain(path))
        if kept.get("form") != FORM or not all(isinstance(kept[name], kind) for name, kind in _KINDS.items()):
            return None
        known = Manifest(**{field.name: cast("Any", kept[field.name]) for field in fields(Manifest)})
        whole = known.made.tzinfo is not None and known.made.year in _YEARS and Path(known.file).name == known.file
    except (OSError, ValueError, KeyError):
        return None
    return known if whole and all(isinstance(count, int) for count in known.rows.values()) else None


def file_away(draft: Path, wanted: Path, manifest: Manifest, *, numbered: bool) -> tuple[Path, Manifest]:
    """Give a finished draft its name, with its manifest beside it; `numbered` names are changed until one is free.

    Raises BackupExists where a name that cannot be changed is taken.
    """
    for number in range(1, 1_000):
        path = wanted if number == 1 else _numbered(wanted, number)
        named = Manifest(**{**asdict(manifest), "file": path.name})
        if not path.exists() and _reserve(manifest_path(path), named, again=not numbered):
            try:
                # A draft lies where the backup will, so that this is one step however large it is.
                draft.replace(path)
            except OSError:
                manifest_path(path).unlink(missing_ok=True)
                raise
            sync_folder(path.parent)
            return path, named
        if not numbered:
            break
    raise BackupExists(wanted)


def backups_in(folder: Path) -> list[tuple[Path, Manifest]]:
    """The backups of a folder that have a manifest, the oldest first; none where there is no folder."""
    if not folder.is_dir():
        return []
    found = []
    for path in folder.glob(f"*{_ENDING}"):
        backup = path.with_name(path.name.removesuffix(_ENDING))
        manifest = read_manifest(path)
        if manifest is not None and manifest.file == backup.name and backup.is_file():
            found.append((backup, manifest))
    return sorted(found, key=lambda one: (one[1].made, one[1].operations, one[0].name))


def remove(backup: Path) -> None:
    """Take a backup away, and then its manifest."""
    backup.unlink(missing_ok=True)
    manifest_path(backup).unlink(missing_ok=True)


def sweep(folder: Path, stem: str, now: datetime) -> None:
    """Take away what killed runs of this store left: drafts, and manifests without a backup, older than a day."""
    for path in list(_leavings(folder, stem)):
        matched = _OURS.fullmatch(path.name)
        made = datetime.strptime(matched["stamp"], _STAMP).replace(tzinfo=UTC) if matched else now
        if now - made > _LEFT_FOR:
            with suppress(OSError):
                path.unlink()


def _leavings(folder: Path, stem: str) -> Iterator[Path]:
    """Files of a folder with our kind of name, of this store, that are no part of a backup."""
    for path in folder.iterdir():
        matched = _OURS.fullmatch(path.name)
        if matched is None or matched["stem"] != stem:
            continue
        if path.suffix == ".part" or not path.with_name(path.name.removesuffix(_ENDING)).exists():
            yield path


def _numbered(wanted: Path, number: int) -> Path:
    """A name with a number, before its endings."""
    name, dot, endings = wanted.name.partition(".db")
    return wanted.with_name(f"{name}-{number}{dot}{endings}")


def _reserve(path: Path, manifest: Manifest, *, again: bool) -> bool:
    """Write a manifest where none lies; its name is what two runs at once would compete for."""
    text = without_steering(json.dumps(asdict(manifest), ensure_ascii=False, indent=2)) + "\n"
    flags = os.O_CREAT | os.O_WRONLY | (os.O_TRUNC if again else os.O_EXCL)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return True
