"""Import each file of a folder in a process of its own, and print how it ended, how long it took and what it held.

Run as `python -m tests.cli.hostile_run STORE FOLDER`. A good file is taken first, so that all that a command loads is
loaded once, before the processes part.
"""

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

from kinerja_cli.main import main


def take(store: str, path: Path) -> tuple[int, str]:
    """Import one file: the exit code, and what was said of it."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = main(["--db", store, "staff", "import", str(path), "--dry-run", "--format", "json"])
    return code, said.getvalue()


def run(store: str, path: Path) -> dict[str, object]:
    """Import one file and come back alive, whatever becomes of the process that does it."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code, said = take(store, path)
        os.write(writing, said.encode()[:60_000])
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        err = stream.read().decode()
    _pid, status, used = os.wait4(child, 0)
    return {
        "name": path.name,
        "code": os.waitstatus_to_exitcode(status),
        "seconds": time.monotonic() - began,
        "megabytes": used.ru_maxrss // 1024,
        "err": err,
    }


if __name__ == "__main__":
    take(sys.argv[1], Path(sys.argv[2], "good.xlsx"))
    for one in sorted(Path(sys.argv[2]).iterdir()):
        sys.stdout.write(json.dumps(run(sys.argv[1], one)) + "\n")
        sys.stdout.flush()
