"""Look a store over: the file, the machine it lies on, its inside, its backups. Nothing is changed."""

import os
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISVTX, S_IWGRP, S_IWOTH
from zoneinfo import ZoneInfo

from kinerja_cli.actions.backups import backup_folder, last_backup
from kinerja_cli.actions.clock import read_clock
from kinerja_cli.domain import doctor_problems as found
from kinerja_cli.domain.agency import SETTINGS, check_setting
from kinerja_cli.domain.backup_problems import BACKUP_OLD
from kinerja_cli.errors import KinerjaError, Place, Problem, ProblemKind, Severity
from kinerja_cli.storage import health, mounts
from kinerja_cli.storage.database import SCHEMA_VERSION, StoreMissing, StoreVersion
from kinerja_cli.storage.health import Inside
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store, store_path

_MB = 1_000_000
_LEAST_FREE_MB = 100
_OLD_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a note is a fact, a warning or an error has its remedy."""

    severity: Severity
    code: str
    message: str
    fix: str


def examine(location: str, *, now: datetime) -> list[Finding]:
    """Everything there is to say of a store and its surroundings, the worst first; never raises for a bad store."""
    findings = [_of_problem(one) for one in _around(store_path(location))]
    try:
        findings += [_of_problem(one) for one in _inside(location, now)]
    except KinerjaError as error:
        # What would end another command is what is looked for here.
        findings.append(Finding(Severity.ERROR, error.code, error.message, error.hint))
    order = list(Severity)
    return sorted(findings, key=lambda one: order.index(one.severity))


def _of_problem(problem: Problem) -> Finding:
    return Finding(problem.severity, problem.code, problem.message, problem.fix)


def _at(kind: ProblemKind, **facts: object) -> Problem:
    return Problem(kind, Place(), facts=facts)


def _around(path: Path) -> Iterator[Problem]:
    """What can be seen without opening the store."""
    yield _at(found.SQLITE, version=health.SQLITE_VERSION)
    folder = path.parent
    if folder.is_dir():
        yield from _place(path)
        yield from _folder(folder)
    if not path.is_file():
        return
    yield from _file(path)
    for one in health.unfinished(path):
        yield _at(found.INTERRUPTED, file=one)
    for one in health.strays(path):
        yield _at(found.STRAY, file=one)


def _place(path: Path) -> Iterator[Problem]:
    """The file system and its space."""
    kind = mounts.file_system(path)
    if kind is not None and kind not in mounts.NETWORK:
        yield _at(found.FILE_SYSTEM, filesystem=kind)
    free = shutil.disk_usage(path.parent).free // _MB
    size = -(-path.stat().st_size // _MB) if path.is_file() else 0
    needed = max(3 * size, _LEAST_FREE_MB)
    yield _at(found.SPACE if free >= needed else found.SPACE_SHORT, free=free, size=size, needed=needed)


def _folder(folder: Path) -> Iterator[Problem]:
    """Who may change what the folder holds; a sticky one lets nobody touch the files of others."""
    mode = folder.stat().st_mode
    if os.name == "posix" and mode & (S_IWGRP | S_IWOTH) and not mode & S_ISVTX:
        yield _at(found.FOLDER_OPEN, file=folder, mode=f"{mode & 0o7777:o}", quoted=shlex.quote(str(folder)))


def _file(path: Path) -> Iterator[Problem]:
    """Who may read and write the file."""
    mode = path.stat().st_mode & 0o777
    if os.name == "posix" and mode & 0o077:
        yield _at(found.OPEN_TO_OTHERS, file=path, mode=f"{mode:o}", quoted=shlex.quote(str(path)))
    for one in (path, path.parent):
        if not os.access(one, os.W_OK):
            yield _at(found.UNWRITABLE, file=one, owner=_owner(path))


def _owner(path: Path) -> str:
    """Whose file it is; a number where the system has no name for it."""
    try:
        return path.owner()
    except (KeyError, NotImplementedError):
        return str(path.stat().st_uid)


def _inside(location: str, now: datetime) -> Iterator[Problem]:
    """What the store itself tells. Raises whatever keeps it from being used."""
    path = store_path(location)
    if not path.is_file():
        raise StoreMissing(path)
    mounts.check_local(path)
    try:
        wal = health.in_wal_mode(path)
    except OSError:
        wal = False
    if wal:
        yield _at(found.JOURNAL)
    inside = health.look_inside(path)
    if inside.verdict != "ok":
        yield _at(found.DAMAGED, reason=inside.verdict)
    if inside.schema != SCHEMA_VERSION:
        raise StoreVersion(path, inside.schema)
    if inside.differing:
        yield _at(found.GUARDS, what=", ".join(inside.differing))
    zone = ZoneInfo(check_setting("timezone", inside.settings.get("timezone", SETTINGS["timezone"].default)))
    last = None if inside.last_at is None else datetime.fromisoformat(inside.last_at)
    spoken = "-" if last is None else _spoken(last, zone)
    yield _at(found.SCHEMA, schema=inside.schema, operations=inside.operations, last=spoken)
    yield _at(found.TIME, now=_spoken(now, zone), zone=zone.key)
    if inside.verdict == "ok" and not inside.differing:
        yield from _clock(Store.open(location, Origin(now.isoformat(), "")), now)
    yield from _backups(location, inside, zone, now)


def _clock(store: Store, now: datetime) -> Iterator[Problem]:
    """Whether the clock can be believed, as every command asks; who vouched for it has settled what was before."""
    clock = read_clock(store, now)
    if clock.is_behind:
        yield _at(found.CLOCK, now=clock.now, last=clock.last)
    elif clock.is_far_ahead:
        yield _at(found.CLOCK_AHEAD, now=clock.now, last=clock.last)


def _backups(location: str, inside: Inside, zone: ZoneInfo, now: datetime) -> Iterator[Problem]:
    """The last backup, and where it lies."""
    folder = backup_folder(location)
    last = last_backup(location)
    if last is None:
        yield _at(found.NO_BACKUP, folder=folder)
        return
    since = inside.operations - last.operations
    yield _at(found.LAST_BACKUP, at=_spoken(last.made, zone), count=since)
    days = (now - last.made).days
    if since > 0 and days > _OLD_AFTER_DAYS:
        yield _at(BACKUP_OLD, days=days, count=since)
    if folder.stat().st_dev == store_path(location).stat().st_dev:
        yield _at(found.SAME_DISK, folder=folder)


def _spoken(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as the agency's clock shows it."""
    return instant.astimezone(zone).isoformat(" ", "seconds")
