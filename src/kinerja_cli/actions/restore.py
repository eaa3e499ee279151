"""Put a backup back: to a new place, or over the store after a safety copy of it."""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.actions.backups import BackupMissing, Looked, look_at
from kinerja_cli.domain import backup_problems as found
from kinerja_cli.errors import Exit, KinerjaError, Problem, ProblemKind, Severity
from kinerja_cli.files import draft_in, make_folder, sync_file
from kinerja_cli.storage import copies, manifests, sealing
from kinerja_cli.storage.copies import Content
from kinerja_cli.storage.database import SCHEMA_VERSION, StoreExists, StoreForeign, StoreVersion
from kinerja_cli.storage.mounts import check_local
from kinerja_cli.storage.store import store_path

_TAKEN = (found.BACKUP_NO_MANIFEST, found.BACKUP_AUDIT)
"""Errors with which a backup is put back all the same, and told."""

_TAKEN_ELSEWHERE = (*_TAKEN, found.BACKUP_CHANGED)
"""Those with which it may stand at a new path, where it can be looked at, but replaces nothing."""


class BackupUnsound(KinerjaError):
    """The backup is damaged, or not what its manifest says: nothing is put back from it."""

    code = "backup-unsound"
    exit = Exit.STORE

    def __init__(self, backup: Path, problem: Problem) -> None:
        super().__init__(
            _("{file} is not put back: {reason}").format(file=backup.name, reason=problem.message),
            _("Nothing was changed. {fix}").format(fix=problem.fix),
        )


class BackupSealed(KinerjaError):
    """The backup is encrypted and no secret key was named."""

    code = "backup-locked"
    exit = Exit.USAGE

    def __init__(self, backup: Path) -> None:
        super().__init__(
            _("{file} is encrypted.").format(file=backup),
            _("--identity FILE names the file with the secret key."),
        )


class BackupOfAnotherStore(KinerjaError):
    """The backup is of another store than the one it would be put over."""

    code = "backup-other-store"
    exit = Exit.REFUSED

    def __init__(self, backup: Path, content: Content) -> None:
        super().__init__(
            _("{file} is a backup of another store: {id} ({agency}).").format(
                file=backup.name, id=content.store_id, agency=content.agency
            ),
            _("--to PATH puts it elsewhere. If it is really to replace this store, add --store-id {id}.").format(
                id=content.store_id
            ),
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """A backup copied, decrypted and checked, about to become the store at `target`.

    `present` is what stands there now; None where nothing does, or nothing that can be read.
    """

    draft: Path
    backup: Path
    content: Content
    target: Path
    present: Content | None
    replaces: bool
    warnings: tuple[Problem, ...]
    program_schema: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `safety` is the copy of the store that stood there."""

    store: Path
    content: Content
    safety: Path | None
    safety_sound: bool


@contextmanager
def ready_to_restore(
    location: str,
    backup: Path,
    *,
    to: Path | None,
    identity: Path | None,
    store_id: str | None,
    now: datetime,
) -> Iterator[Ready]:
    """Everything up to the point of no return, done on a copy beside the target: what is checked is what will be.

    Raises BackupMissing, BackupUnsound, BackupSealed, BackupOfAnotherStore, StoreVersion, StoreExists.
    """
    target = to if to is not None else store_path(location)
    if not backup.is_file():
        raise BackupMissing(backup)
    if to is not None and to.exists():
        raise StoreExists(to)
    if target.is_file() and target.samefile(backup):
        raise StoreExists(target)
    check_local(target)
    if to is None:
        make_folder(target.parent)
    with draft_in(target.parent, f"{target.stem}-{manifests.stamp(now)}.db") as draft:
        looked = opened_into(draft, backup, identity, _TAKEN if to is None else _TAKEN_ELSEWHERE)
        content = copies.check_copy(draft)
        if content.schema > SCHEMA_VERSION:
            raise StoreVersion(backup, content.schema)
        replaces = to is None and target.exists()
        present = _present(target) if replaces else None
        if present is not None and content.store_id not in (present.store_id, store_id):
            raise BackupOfAnotherStore(backup, content)
        yield Ready(draft, backup, content, target, present, replaces, looked.problems)


def restore(ready: Ready, *, now: datetime) -> Restored:
    """Put it back. What stands there is first kept beside it, whatever its state."""
    if not ready.replaces:
        copies.put_new(ready.draft, ready.target)
        return Restored(ready.target, copies.describe(ready.target), None, safety_sound=True)
    safety = _free(ready.target, now)
    sound = copies.put_over(ready.draft, ready.target, safety)
    return Restored(ready.target, copies.describe(ready.target), safety, sound)


def opened_into(draft: Path, backup: Path, identity: Path | None, taken: Collection[ProblemKind] = _TAKEN) -> Looked:
    """Copy or decrypt a backup into a draft that reaches the disk. Raises BackupUnsound for one that is not sound.

    One without a manifest is taken, with the warning that nobody can tell whether it was changed; so is a faithful
    copy of a store that was changed past kinerja, since it may be all there is. One that is both is only where it is
    among the kinds of errors `taken`.
    """
    if sealing.is_sealed(backup):
        if identity is None:
            raise BackupSealed(backup)
        sealing.unseal(backup, draft, identity)
    else:
        shutil.copyfile(backup, draft)
    sync_file(draft)
    looked = look_at(backup, opened=draft)
    for one in looked.problems:
        if one.severity is Severity.ERROR and one.kind not in taken:
            raise BackupUnsound(backup, one)
    return looked


def _present(target: Path) -> Content | None:
    """What the store to be replaced holds; None where it cannot be read, which is what restoring is for.

    Raises StoreForeign for the sound database of another program, which was surely named by mistake.
    """
    if copies.is_foreign(target):
        raise StoreForeign(target)
    try:
        return copies.describe(target)
    except KinerjaError:
        return None


def _free(target: Path, now: datetime) -> Path:
    """A name for the safety copy that nothing has yet."""
    name = f"{target.name}.before-restore-{manifests.stamp(now)}"
    path, number = target.with_name(f"{name}.bak"), 1
    while path.exists():
        number += 1
        path = target.with_name(f"{name}-{number}.bak")
    return path
