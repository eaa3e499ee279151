"""What the system itself refuses: a file or a pipe that cannot be written."""

import errno
from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError


class FolderMissing(KinerjaError):
    """The folder a file should be written to does not exist."""

    code = "folder-missing"
    exit = Exit.NOT_FOUND


class FileUnwritable(KinerjaError):
    """The system does not let a file be read or written: permission, a full disk, a folder in its place."""

    code = "file-unwritable"
    exit = Exit.STORE


class ResultUnwritten(KinerjaError):
    """What the command was to do is done and kept; only what it has to say of it could not be written."""

    code = "result-unwritten"
    exit = Exit.STORE

    def __init__(self, done: str, refusal: KinerjaError) -> None:
        super().__init__(
            _("{done} Only the result could not be written. {reason}").format(done=done, reason=refusal.message),
            _("Do not run the command again: nothing is missing but what it would have told."),
        )


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_ODD = {errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EIO, errno.EEXIST, errno.ENOTEMPTY}


def system_refusal(error: OSError, name: object = None) -> KinerjaError | None:
    """What the system refused, in a sentence; None where it looks like a fault of the program."""
    file = name or error.filename or _("The output")
    reason = error.strerror or str(error)
    if error.errno == errno.ENOENT:
        return FolderMissing(
            _("{file} cannot be written: its folder does not exist.").format(file=file)
            if name
            else _("{file} does not exist.").format(file=file),
            _("Check the path, or make the folder first."),
        )
    if error.errno in _FULL:
        return FileUnwritable(
            _("{file} cannot be written: the disk is full.").format(file=file),
            _("Free some space and run the command again; no half-written file was left."),
        )
    if error.errno in _FORBIDDEN:
        return FileUnwritable(
            _("{file}: permission denied.").format(file=file),
            _("Choose a place you may write to, or ask whoever runs this machine."),
        )
    if error.errno in _ODD:
        return FileUnwritable(
            _("{file} cannot be used: {reason}.").format(file=file, reason=reason), _("Choose another name.")
        )
    return None
