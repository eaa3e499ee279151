"""A fault of the program, kept in a file for whoever mends it, without a word about anybody's data.

What an error says may name people, files, or what stood in a cell. So of each error only its kind is kept and the
lines of code it went through, never its words, nor the values of variables.
"""

import os
import platform
import secrets
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kinerja_cli import __version__
from kinerja_cli.cli.state import session
from kinerja_cli.errors import KinerjaError

_LIBRARIES = ("site-packages", "dist-packages", f"python{sys.version_info[0]}.{sys.version_info[1]}", "lib", "src")
_MOST_ERRORS = 20
_MOST_LINES = 60


def write_incident(error: BaseException) -> Path | None:
    """Keep the way to a fault; None where no file can be written."""
    from platformdirs import user_state_path

    now = datetime.now(UTC)
    lines = [
        f"kinerja {__version__}",
        f"python {platform.python_version()} on {platform.platform()}",
        f"at {now.isoformat(timespec='seconds')}",
        f"command {session.command or '-'}",
        f"options {session.options or '-'}",
        "",
        *_way_to(error),
    ]
    try:
        folder = user_state_path("kinerja") / "incidents"
        path = folder / f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}.txt"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(lines) + "\n")
    except (OSError, RuntimeError):
        # A user without a home folder is a RuntimeError.
        return None
    return path


def _way_to(error: BaseException) -> Iterator[str]:
    """An error and those that led to it, the first one first, each with the lines of code it went through."""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain and len(chain) < _MOST_ERRORS:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    for number, one in enumerate(reversed(chain)):
        if number:
            yield "and then"
        frames = traceback.extract_tb(one.__traceback__)
        if len(frames) > _MOST_LINES:
            yield f"  ({len(frames) - _MOST_LINES} calls before)"
        for frame in frames[-_MOST_LINES:]:
            yield f"  {_module(frame.filename)}:{frame.lineno} in {frame.name}"
        yield kind_of(one)


def kind_of(error: BaseException) -> str:
    """What kind an error is of, with the codes that systems and we ourselves have for it.

    >>> kind_of(OSError(28, "No space left on device", "/home/siti/nilai budi.xlsx"))
    'OSError errno 28'
    """
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    codes = [name]
    if isinstance(error, KinerjaError):
        codes.append(error.code)
    if isinstance(error, OSError) and error.errno is not None:
        codes.append(f"errno {error.errno}")
    # What SQLite calls it; SQLAlchemy carries the error of the driver inside its own.
    for one in (error, getattr(error, "orig", None)):
        code = getattr(one, "sqlite_errorname", None)
        if isinstance(code, str) and code.isidentifier():
            codes.append(code)
    return " ".join(codes)


def _module(filename: str) -> str:
    """A file of code as it is called in its library: the folders before it may bear a user's name."""
    parts = Path(filename).parts
    for at in range(len(parts) - 1, 0, -1):
        if parts[at - 1] in _LIBRARIES:
            return "/".join(parts[at:])
    return parts[-1] if parts else "?"
