"""What kind of file system a path lies on, and which kinds a store may not be kept on."""

from gettext import gettext as _
from pathlib import Path
from typing import Final

from kinerja_cli.errors import Exit, KinerjaError

MOUNTINFO = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted; other systems have no such file, and nothing is said of theirs."""

NETWORK: Final = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)
"""File systems whose locks reach another machine late or never, so that two writers would break a store."""


class StoreOnNetwork(KinerjaError):
    """The store would lie on a network file system, where locks cannot be trusted."""

    code = "store-network"
    exit = Exit.STORE

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(
            _("{path} lies on a network file system ({kind}), where locks cannot be trusted.").format(
                path=path, kind=kind
            ),
            _("Keep the store on a disk of one machine and work on it there, over ssh; backups may go to the network."),
        )


def file_system(path: Path) -> str | None:
    """The kind of file system a path, or the nearest folder above it that exists, lies on; None where unknown."""
    try:
        lines = MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        place = path.resolve()
    except OSError:
        return None
    best: tuple[int, str] | None = None
    for line in lines:
        before, _dash, after = line.partition(" - ")
        words, kind = before.split(" "), after.split(" ")[0]
        if len(words) < 5 or not kind:
            continue
        point = Path(_unescaped(words[4]))
        # Of several mounts on one place the last one hides the others.
        if place.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), kind)
    return None if best is None else best[1]


def check_local(path: Path) -> None:
    """Refuse a place on a network file system. Raises StoreOnNetwork."""
    kind = file_system(path)
    if kind in NETWORK:
        raise StoreOnNetwork(path, str(kind))


def _unescaped(text: str) -> str:
    """A path as it is, of which the list writes spaces and the like as three octal digits.

    >>> _unescaped("/mnt/Data\\\\040BKD")
    '/mnt/Data BKD'
    """
    for octal, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, sign)
    return text
