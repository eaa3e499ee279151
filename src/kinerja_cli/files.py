"""Write a file whole or not at all, readable by its owner alone."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Yield a temporary name beside `path`; on success it becomes `path`, on any failure nothing is left.

    The file is mode 0600 and reaches the disk before the rename, so that neither a crash nor a power cut
    leaves half a file or destroys the one that was there. Raises OSError as the system gives it.
    """
    folder = path.parent
    temporary = folder / f".{path.name}.{secrets.token_hex(6)}.part"
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield temporary
        sync_file(temporary)
        temporary.chmod(0o600)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)


@contextmanager
def draft_in(folder: Path, label: str) -> Iterator[Path]:
    """Yield a new empty file of mode 0600 with a hidden name; whatever still bears that name at the end is removed."""
    draft = folder / f".{label}.{secrets.token_hex(6)}.part"
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder of mode 0700, and those above it, so that a power cut takes none of them away again.

    Raises OSError as the system gives it; a folder that is there is left as it is.
    """
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in reversed(missing):
        sync_folder(one.parent)


def sync_file(path: Path) -> None:
    """Wait until a file has reached the disk."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows has no way to open a folder and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
