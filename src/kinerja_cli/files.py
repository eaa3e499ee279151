"""Write a file whole or not at all, readable by its owner alone; read one that may be anything."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LARGEST = 16 << 20
"""No list of anchors, manifest, note or rule book that we read whole is nearly as large, in bytes."""


class NotPlain(OSError):
    """Not a file to be read whole: a pipe nobody may ever fill, a device without an end, a folder, or too large."""


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


def write_new(path: Path, text: str) -> bool:
    """Write a new file of mode 0600 whole or not at all; False, and nothing is touched, where the name is taken.

    A link of that name is never followed, not even one that leads nowhere. Raises OSError as the system gives it.
    """
    with draft_in(path.parent, path.name) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
        sync_file(draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    sync_folder(path.parent)
    return True


def read_plain(path: Path, *, most: int = LARGEST, follow: bool = True) -> str:
    """The text of an ordinary file of UTF-8, without ever waiting for one that is none.

    A link is read as what it leads to, unless it is not to be followed. Raises NotPlain, OSError as the system gives
    it, and UnicodeDecodeError.
    """
    # Windows knows neither of the two, and has no pipes in folders that they would matter for.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    descriptor = os.open(path, flags)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > most:
        os.close(descriptor)
        raise NotPlain(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most).decode("utf-8")
