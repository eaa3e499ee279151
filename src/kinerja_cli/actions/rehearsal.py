"""Try backups out before they are needed: verify one, and rehearse a restore of the newest."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kinerja_cli.actions.backups import BackupMissing, Looked, backup_folder, look_at
from kinerja_cli.actions.restore import opened_into
from kinerja_cli.domain import backup_problems as found
from kinerja_cli.errors import Place, Problem, Severity
from kinerja_cli.files import draft_in
from kinerja_cli.storage import copies, manifests, sealing
from kinerja_cli.storage.database import SCHEMA_VERSION, StoreVersion
from kinerja_cli.storage.manifests import Manifest
from kinerja_cli.storage.sampling import compare
from kinerja_cli.storage.store import store_path

_OLD_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Drill:
    """A restore rehearsed: how far the backup is behind the store, and how many rows were compared with it."""

    path: Path
    manifest: Manifest
    behind: int
    sampled: int
    seconds: float
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the backup could be put back as it is."""
        return all(one.severity is not Severity.ERROR for one in self.problems)


def verify(backup: Path, identity: Path | None = None) -> Looked:
    """Everything that can be told of one backup; what is decrypted for it is removed at once."""
    if not backup.is_file():
        raise BackupMissing(backup)
    if identity is None or not sealing.is_sealed(backup):
        return look_at(backup)
    with draft_in(backup.parent, backup.name.removesuffix(sealing.ENDING)) as opened:
        sealing.unseal(backup, opened, identity)
        return look_at(backup, opened=opened)


def drill(location: str, folder: Path | None, identity: Path | None, *, now: datetime) -> Drill:
    """Put the newest backup of this store at a temporary place and compare it with the store by sample.

    Raises BackupMissing, BackupUnsound, BackupSealed.
    """
    began = time.monotonic()
    path = store_path(location)
    live = copies.describe(path)
    if live.schema != SCHEMA_VERSION:
        raise StoreVersion(path, live.schema)
    place = folder or backup_folder(location)
    ours = [one for one in manifests.backups_in(place) if one[1].store_id == live.store_id]
    if not ours:
        raise BackupMissing(place)
    backup, manifest = ours[-1]
    with draft_in(path.parent, f"{path.stem}-{manifests.stamp(now)}.db") as draft:
        problems = list(opened_into(draft, backup, identity).problems)
        compared = compare(draft, path, after=manifest.operations)
    if compared.apart:
        problems.append(found.BACKUP_APART.at(Place(), count=compared.apart))
    problems += [
        found.BACKUP_ROWS.at(Place(), table=table, count=differing, sampled=sampled)
        for table, (sampled, differing) in compared.rows.items()
        if differing
    ]
    behind = compared.operations - manifest.operations
    days = (now - manifest.made).days
    if behind > 0 and days > _OLD_AFTER_DAYS:
        problems.append(found.BACKUP_OLD.at(Place(), days=days, count=behind))
    sampled = sum(count for count, _differing in compared.rows.values())
    return Drill(backup, manifest, behind, sampled, time.monotonic() - began, tuple(problems))
