"""Import each file of a folder in a process of its own, and print how it ended, how long it took and what it held.

Run as `python -m tests.cli.hostile_run STORE FOLDER`; everything is imported once, before the processes part.
"""

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

from kinerja_cli.actions import staff
from kinerja_cli.main import main
from kinerja_cli.workbooks import read

LOADED = (staff, read)
"""What the command would import for itself, and be measured with."""


def run(store: str, path: Path) -> dict[str, object]:
    """Import one file and come back alive, whatever becomes of the process that does it."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            code = main(["--db", store, "staff", "import", str(path), "--dry-run", "--format", "json"])
        os.write(writing, said.getvalue().encode()[:60_000])
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
    for one in sorted(Path(sys.argv[2]).iterdir()):
        sys.stdout.write(json.dumps(run(sys.argv[1], one)) + "\n")
        sys.stdout.flush()
