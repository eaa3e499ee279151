"""Make backups, look at them, and keep no more of them than wanted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from zoneinfo import ZoneInfo

from kinerja_cli.domain import backup_problems as found
from kinerja_cli.domain.agency import SETTINGS
from kinerja_cli.domain.rotation import kept
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, Severity
from kinerja_cli.files import draft_in, make_folder, sync_file
from kinerja_cli.storage import copies, manifests, sealing
from kinerja_cli.storage.audit import audit_file
from kinerja_cli.storage.database import SCHEMA_VERSION, StoreMissing, StoreVersion
from kinerja_cli.storage.manifests import Manifest
from kinerja_cli.storage.store import store_path


class BackupMissing(KinerjaError):
    """There is no backup where one was looked for."""

    code = "backup-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no backup at {path}.").format(path=path),
            _("`kinerja backup list` shows those there are; `kinerja backup create` makes one."),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a backup is to be put, for whom it is encrypted, and what is kept beside it (None: everything)."""

    folder: Path | None = None
    file: Path | None = None
    recipients: Sequence[str] = ()
    keep: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup as it was made, and the names of older ones that were taken away for it."""

    path: Path
    manifest: Manifest
    removed: tuple[str, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at one backup found; without an error it is sound."""

    path: Path
    manifest: Manifest | None
    sealed: bool
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with it."""
        return all(one.severity is not Severity.ERROR for one in self.problems)


def backup_folder(location: str) -> Path:
    """Where the backups of a store are: as its setting says, else a folder beside it."""
    path = store_path(location)
    named = copies.settings_of(path).get("backup_dir", "")
    return Path(named).expanduser() if named else path.with_name(f"{path.name}.backups")


def create_backup(location: str, wanted: Wanted, *, now: datetime, dry_run: bool = False) -> BackupMade:
    """A verified copy of the store under a name of its own, with its manifest, and older ones taken away.

    A dry run makes the copy and checks it, and keeps nothing. Raises StoreMissing, StoreForeign, StoreVersion,
    StoreFailed, BackupExists.
    """
    path = store_path(location)
    settings = copies.settings_of(path)
    folder = wanted.file.parent if wanted.file else wanted.folder or backup_folder(location)
    ending = ".db" + (sealing.ENDING if wanted.recipients else "")
    target = wanted.file or folder / f"{path.stem}-{manifests.stamp(now)}{ending}"
    if wanted.file is not None and wanted.file.exists():
        raise manifests.BackupExists(wanted.file)
    if path.is_file() and not dry_run and wanted.file is None:
        make_folder(folder)
    # The copy that can be read stays beside the store, whoever may look into the folder of encrypted backups.
    beside = path.parent if wanted.recipients or not folder.is_dir() else folder
    label = f"{path.stem}-{manifests.stamp(now)}.db"
    with _draft(path, beside, label) as plain:
        content = copies.copy_into(path, plain)
        if content.schema > SCHEMA_VERSION:
            raise StoreVersion(path, content.schema)
        manifest = _manifest(plain, content, now, target.name)
        if dry_run:
            made = target
        elif not wanted.recipients:
            made, manifest = manifests.file_away(plain, target, manifest, numbered=wanted.file is None)
        else:
            with draft_in(folder, label) as sealed:
                sealing.seal(plain, sealed, wanted.recipients)
                sync_file(sealed)
                manifest = _sealed(manifest, sealed)
                made, manifest = manifests.file_away(sealed, target, manifest, numbered=wanted.file is None)
    ours = [one for one in manifests.backups_in(folder) if one[1].store_id == content.store_id]
    if dry_run:
        ours.append((target, manifest))
    leaving = _outlived(ours, made, wanted.keep, settings)
    if not dry_run:
        for one in leaving:
            manifests.remove(one)
        for place in {folder, path.parent}:
            manifests.sweep(place, path.stem, now)
    return BackupMade(made, manifest, tuple(one.name for one in leaving), len(ours) - len(leaving))


def list_backups(location: str, folder: Path | None = None) -> list[tuple[Path, Manifest, bool]]:
    """The backups of a folder, the newest first, each with whether it is of this store."""
    place = folder or backup_folder(location)
    if folder is not None and not folder.is_dir():
        raise BackupMissing(folder)
    path = store_path(location)
    if folder is None and not place.is_dir() and not path.is_file():
        raise StoreMissing(path)
    own = copies.settings_of(path).get("store_id")
    return [
        (backup, manifest, own is not None and manifest.store_id == own)
        for backup, manifest in reversed(manifests.backups_in(place))
    ]


def last_backup(location: str) -> Manifest | None:
    """The newest backup of this store where its backups are, read from its manifest alone."""
    try:
        ours = [manifest for _path, manifest, own in list_backups(location) if own]
    except OSError:
        # Whoever asks where the agency stands need not be allowed to look into the folder of backups.
        return None
    return ours[0] if ours else None


def look_at(backup: Path, *, opened: Path | None = None) -> Looked:
    """Everything that can be told of a backup: its hash, its inside, and whether its manifest speaks of it.

    `opened` is where its content lies, decrypted; without it an encrypted one is looked at from outside only.
    """
    if not backup.is_file():
        raise BackupMissing(backup)
    manifest = manifests.read_manifest(manifests.manifest_path(backup))
    sealed = sealing.is_sealed(backup)
    problems = _outside(backup, manifest)
    if sealed and opened is None:
        problems.append(found.BACKUP_SEALED.at(Place(), file=backup))
    elif not any(one.kind is found.BACKUP_HASH for one in problems):
        problems += _inside(opened or backup, backup, manifest)
    return Looked(backup, manifest, sealed, tuple(problems))


def _inside(opened: Path, backup: Path, manifest: Manifest | None) -> list[Problem]:
    """What is wrong with the store in a backup, and whether it is the one its manifest speaks of."""
    try:
        content = copies.check_copy(opened)
    except copies.CopyUnsound as error:
        return [found.BACKUP_DAMAGED.at(Place(), file=backup, reason=error)]
    problems = []
    if manifest is not None:
        differing = [
            field.name
            for field in fields(content)
            if getattr(content, field.name) != getattr(manifest.content, field.name)
        ]
        if opened != backup and manifest.content_sha256 not in (None, manifests.hash_file(opened)):
            differing.append("content_sha256")
        if differing:
            problems.append(found.BACKUP_DIFFERS.at(Place(), file=backup, what=", ".join(differing)))
    if content.schema > SCHEMA_VERSION:
        problems.append(found.BACKUP_NEWER.at(Place(), file=backup, found=content.schema, known=SCHEMA_VERSION))
    elif content.schema == SCHEMA_VERSION:
        audited = {one.kind.code for one in audit_file(opened).findings if one.kind.severity is Severity.ERROR}
        if audited:
            # Only a manifest whose hash fits tells a faithful copy of such a store from one changed afterwards.
            kind = found.BACKUP_CHANGED if manifest is None else found.BACKUP_AUDIT
            problems.append(kind.at(Place(), file=backup, what=", ".join(sorted(audited))))
    return problems


def _outside(backup: Path, manifest: Manifest | None) -> list[Problem]:
    """What can be told of a backup without looking into it."""
    if manifest is None:
        beside = manifests.manifest_path(backup).name
        return [found.BACKUP_NO_MANIFEST.at(Place(), file=backup, manifest=beside)]
    if backup.stat().st_size != manifest.bytes or manifests.hash_file(backup) != manifest.sha256:
        return [found.BACKUP_HASH.at(Place(), file=backup)]
    return []


def _outlived(
    ours: Sequence[tuple[Path, Manifest]],
    made: Path,
    keep: Mapping[str, int] | None,
    settings: Mapping[str, str],
) -> list[Path]:
    """The backups that a rotation takes away; never the one just made."""
    if keep is None:
        return []
    zone = ZoneInfo(settings.get("timezone", SETTINGS["timezone"].default))
    staying = kept([manifest.made for _path, manifest in ours], keep, zone)
    return [path for place, (path, _manifest) in enumerate(ours) if place not in staying and path != made]


@contextmanager
def _draft(store: Path, folder: Path, label: str) -> Iterator[Path]:
    """A draft for the copy; where there is no store at all, that is what is told."""
    if not store.is_file():
        raise StoreMissing(store)
    with draft_in(folder, label) as draft:
        yield draft


def _manifest(copy: Path, content: copies.Content, now: datetime, name: str) -> Manifest:
    """The manifest of a copy as it lies on the disk."""
    return Manifest(
        file=name,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        store_id=content.store_id,
        agency=content.agency,
        schema=content.schema,
        operations=content.operations,
        head=content.head,
        head_at=content.head_at,
        rows=content.rows,
        bytes=copy.stat().st_size,
        sha256=manifests.hash_file(copy),
    )


def _sealed(manifest: Manifest, sealed: Path) -> Manifest:
    """The manifest of the same content once it is encrypted."""
    return replace(
        manifest,
        bytes=sealed.stat().st_size,
        sha256=manifests.hash_file(sealed),
        encryption="age",
        content_sha256=manifest.sha256,
    )
