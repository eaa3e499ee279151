"""Standard output and error: always there, always UTF-8, and silent once nobody listens."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from kinerja_cli.cli.refusals import system_refusal


def prepare_streams() -> None:
    """Give a closed stream somewhere to go, and let every name through whatever the locale says."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for the whole run
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for the whole run
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def put(text: str) -> None:
    """Write to standard output; whoever closed the other end, as `head` does, has seen enough.

    Raises what the system refuses, such as a full disk, as a KinerjaError of the output and no other file.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        hush(sys.stdout)
    except OSError as error:
        hush(sys.stdout)
        raise system_refusal(error) or error from error


def hush(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that the end of the program does not stumble over it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
