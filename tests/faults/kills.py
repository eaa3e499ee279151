"""Run a command of the program and kill it at the n-th call of the system, for every n."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "link", "unlink")
"""The calls by which a store, a copy or a name reaches the disk."""

PATIENCE = 120

_ONE_AT_A_TIME = Lock()
"""The program keeps what it was told in one place, so that in this process it runs once at a time."""


@dataclass(frozen=True, slots=True)
class Point:
    """One place to be killed at: just before the `number`-th of these calls takes effect."""

    call: str
    number: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command in a folder of its own: how it is prepared, its words, and what must hold after it was killed.

    `judge` gives what is wrong, nothing where all is well; it also runs the command again to its end.
    """

    name: str
    prepare: Callable[[Path], None]
    words: Callable[[Path], Sequence[str]]
    judge: Callable[[Path], list[str]]


def can_kill() -> bool:
    """Whether this machine has strace and lets it trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def points_of(scenario: Scenario, folder: Path) -> list[Point]:
    """Every place at which the command can be killed, found by letting it run to its end once."""
    folder.mkdir()
    scenario.prepare(folder)
    log = folder / "calls"
    known = ",".join(f"?{call}" for call in CALLS)
    # With its numbers suppressed each line is one call; which files they go to does not matter.
    done = _run(["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={known}"], scenario.words(folder))
    assert done.returncode == 0, done.stderr
    counts = dict.fromkeys(CALLS, 0)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = line.partition("(")[0].split(" ")[-1]
        if call in counts:
            counts[call] += 1
    shutil.rmtree(folder)
    return [Point(call, number) for call in CALLS for number in range(1, counts[call] + 1)]


def some_of(points: Sequence[Point], wanted: int) -> Iterator[Point]:
    """So many of the points, spread over all of them; all where so many are wanted."""
    step = max(1.0, len(points) / wanted)
    place = step / 2
    while place < len(points):
        yield points[int(place)]
        place += step


def kill_at(scenario: Scenario, point: Point, folder: Path) -> list[str]:
    """What is wrong after the command was killed at a point; its folder is removed where nothing is."""
    with _ONE_AT_A_TIME:
        folder.mkdir()
        scenario.prepare(folder)
    call = f"{point.call}:signal=SIGKILL:when={point.number}"
    done = _run(
        ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={point.call}", "-e", f"inject={call}"],
        scenario.words(folder),
    )
    told = (
        [] if done.returncode < 0 or done.returncode > 128 else [f"it was not killed but ended with {done.returncode}"]
    )
    with _ONE_AT_A_TIME:
        told += scenario.judge(folder)
    faults = [f"{scenario.name}, {point.call} {point.number}: {one}" for one in told]
    if not faults:
        shutil.rmtree(folder)
    return faults


def _run(before: Sequence[str], words: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run the program as its own process, in English."""
    return subprocess.run(
        [*before, sys.executable, "-m", "kinerja_cli", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=os.environ | {"KINERJA_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"},
    )
