"""A process that has loaded the program and makes a copy of itself for each command it is asked to run.

Most of the time of a short command goes into loading it. Whoever runs thousands of them, to kill each at another
place, has them begin where the loading ends: each is a process of its own that goes through `main` to its end. One
request is one line of JSON, and so is the answer.
"""

import gc
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def serve() -> None:
    """Answer requests until there are none."""
    asked, told = os.fdopen(os.dup(0), "r"), os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _load()
    _answer(told, {"ready": os.getpid()})
    for line in asked:
        request = json.loads(line)
        pid = os.fork()
        if not pid:
            asked.close()
            told.close()
            sys.exit(_command(request))
        _answer(told, {"pid": pid})
        _answer(told, {"code": _ended(pid, request.get("signal"), request.get("after"))})


def _load() -> None:
    """Go through commands of every kind once, so that all they need is loaded."""
    from kinerja_cli.main import main
    from tests.builders import roster

    with tempfile.TemporaryDirectory() as folder:
        db, file = f"{folder}/kinerja.db", roster(Path(folder) / "roster.xlsx")
        for words in (
            ["init", "--agency", "Kota Contoh"],
            ["staff", "import", str(file)],
            ["staff", "list", "-o", f"{folder}/list.xlsx"],
            ["period", "open", "2026-Q1"],
            ["backup", "create"],
            ["undo", "3", "--yes"],
            ["audit", "verify"],
        ):
            main(["--db", db, *words])
    gc.freeze()


def _command(request: dict[str, Any]) -> int:
    """Become the command: its folder, its streams, its limits, its words."""
    from kinerja_cli.main import main

    os.chdir(request["folder"])
    for number, key in ((1, "out"), (2, "err")):
        file = os.open(request[key], os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.update(request["environment"])
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    if request.get("bytes") is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["bytes"], request["bytes"]))
    while request.get("traced") and b"TracerPid:\t0\n" in Path("/proc/self/status").read_bytes():
        time.sleep(0.001)
    return main(request["words"])


def _ended(pid: int, number: int | None, after: float | None) -> int:
    """Wait for the command, which gets a signal after so many seconds, and give its exit code."""
    if number is not None and after is not None:
        ended = os.pidfd_open(pid)
        # Not waited for yet, it keeps its number: no other process can be hit.
        select.select([ended], [], [], after)
        os.close(ended)
        os.kill(pid, number)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _answer(told: Any, answer: dict[str, int]) -> None:  # noqa: ANN401 - a stream of text
    told.write(json.dumps(answer) + "\n")
    told.flush()


if __name__ == "__main__":
    serve()
