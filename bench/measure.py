"""A whole process measured from outside: time on the clock, time of the processor, memory at its peak."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""In what the system counts the resident memory of a process: bytes on macOS, kibibytes elsewhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process, or the typical one of several, took: seconds, seconds, bytes."""

    wall: float
    cpu: float
    peak: int


class CommandFailed(Exception):
    """A command that is measured must succeed."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"{' '.join(command)}\nended with {code}:\n{said}")


def measure(command: Sequence[str], *, env: Mapping[str, str], folder: Path) -> tuple[Run, bytes]:
    """Run a command to its end; what it took, and what it printed.

    On Linux a process begins with the peak of the one that starts it, so whoever calls this must stay small:
    no library that reads workbooks, no data.
    """
    printed, said = folder / "stdout", folder / "stderr"
    with printed.open("wb") as out, said.open("wb") as err:
        began = perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=dict(env), cwd=folder)
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(command, process.returncode, said.read_text(encoding="utf-8", errors="replace")[-4000:])
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * RSS_UNIT), printed.read_bytes()


def typical(runs: Sequence[Run]) -> Run:
    """The median of each measure."""
    return Run(median(run.wall for run in runs), median(run.cpu for run in runs), int(median(run.peak for run in runs)))
