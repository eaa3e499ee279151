"""A fault of the program, kept in a file for whoever mends it, without a word about anybody's data."""

import os
import platform
import re
import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from kinerja_cli import __version__
from kinerja_cli.cli.state import session

_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){14,}")


def redact(text: str) -> str:
    """Without any NIP or NIK, however they are spaced.

    >>> redact("NIP 19850115 201001 1 001 of line 3")
    'NIP [number] of line 3'
    """
    return _LONG_NUMBER.sub("[number]", text)


def write_incident(error: BaseException) -> Path | None:
    """Keep the way to a fault, without the values of variables; None where no file can be written."""
    from platformdirs import user_state_path

    now = datetime.now(UTC)
    trace = "".join(traceback.format_exception(error))
    text = (
        f"kinerja {__version__}\n"
        f"python {platform.python_version()} on {platform.platform()}\n"
        f"at {now.isoformat(timespec='seconds')}\n"
        f"command {session.command or '-'}\n\n{redact(trace)}"
    )
    folder = user_state_path("kinerja") / "incidents"
    path = folder / f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        return None
    return path
