"""Run commands of the program as processes of their own, with something going wrong at a call of the system."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from tests.faults.outcomes import ALL, SIZE

ROOT: Final = Path(__file__).parents[2]
WORKERS: Final = max(1, min(4, os.cpu_count() or 1)) if ALL else 1
PATIENCE: Final = 120.0
Work = TypeVar("Work")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, below zero for the signal that killed it, and what it had said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something goes wrong at the `number`-th of these calls, or from it on: the process dies or gets an error."""

    call: str
    number: int
    error: str | None = None
    on: bool = False

    @property
    def words(self) -> list[str]:
        """What strace is told."""
        effect = f"error={self.error}" if self.error else "signal=SIGKILL"
        when = f"{self.number}{'+' if self.on else ''}"
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:{effect}:when={when}"]

    def __str__(self) -> str:
        return f"{self.error or 'killed'} at {self.call} {self.number}{'+' if self.on else ''}"


def surroundings(folder: Path) -> dict[str, str]:
    """English, and everything that is written past the store kept in the folder."""
    return {"KINERJA_LANG": "en", "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}


def cold(words: Sequence[str], folder: Path, before: Sequence[str] = (), **options: Any) -> Ended:  # noqa: ANN401 - those of subprocess
    """Run a command from the very start of Python on."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "kinerja_cli", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=5 * PATIENCE,
        cwd=folder,
        env=os.environ | surroundings(folder),
        **options,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@cache
def can_trace() -> bool:
    """Whether this machine has strace and lets it look on at another process."""
    if shutil.which("strace") is None:
        return False
    process = subprocess.Popen(["sleep", "0.2"])
    seen = subprocess.run(["strace", "-qq", "-o", os.devnull, "-p", str(process.pid)], capture_output=True, check=False)
    process.wait()
    return seen.returncode == 0


class Warm:
    """A process that has loaded the program, and what it is asked to run."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        with (folder / "trouble").open("w") as trouble:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.warm"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=trouble,
                text=True,
                cwd=ROOT,
                env=os.environ | surroundings(folder),
            )
        self._told()

    def run(
        self,
        words: Sequence[str],
        folder: Path,
        *,
        trace: Sequence[str] = (),
        limit: int | None = None,
        kill: tuple[int, float] | None = None,
    ) -> Ended:
        """Run a command in a folder: looked on by strace, with a limit to its files, or with a signal after a while."""
        out, err = self._folder / "out", self._folder / "err"
        # Killed before it opens them, a command must not be taken to have said what the one before it did.
        for stream in (out, err):
            stream.write_bytes(b"")
        request = {
            "words": list(words),
            "folder": str(folder),
            "out": str(out),
            "err": str(err),
            "environment": surroundings(folder),
            "traced": bool(trace),
            "bytes": limit,
            "signal": kill and kill[0],
            "after": kill and kill[1],
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        pid = self._told()["pid"]
        tracing = subprocess.Popen(["strace", "-f", "-qq", *trace, "-p", str(pid)]) if trace else None
        code = self._told()["code"]
        if tracing is not None:
            tracing.wait(PATIENCE)
        return Ended(code, *(one.read_text(encoding="utf-8", errors="replace") for one in (out, err)))

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _told(self) -> dict[str, int]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, (self._folder / "trouble").read_text(encoding="utf-8")
        answer: dict[str, int] = json.loads(line)
        return answer


class Crew:
    """Several warm processes, so that every processor has one to run commands with."""

    def __init__(self, folder: Path, size: int) -> None:
        with ThreadPoolExecutor(size) as threads:
            self._all = list(threads.map(lambda number: Warm(folder / f"warm{number}"), range(size)))
        self._free = SimpleQueue[Warm]()
        for one in self._all:
            self._free.put(one)

    @contextmanager
    def one(self) -> Iterator[Warm]:
        """One of them that is free."""
        warm = self._free.get()
        try:
            yield warm
        finally:
            self._free.put(warm)

    def each(self, works: Sequence[Work], do: Callable[[Warm, Work], Found]) -> list[Found]:
        """Do something with every work, as many at once as there are processes."""

        def attempt(work: Work) -> Found:
            with self.one() as warm:
                return do(warm, work)

        with ThreadPoolExecutor(len(self._all)) as threads:
            return list(threads.map(attempt, works))

    def stop(self) -> None:
        """End all of them."""
        for one in self._all:
            one.stop()


def counted(warm: Warm, words: Sequence[str], folder: Path, calls: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of those calls that a command makes, but for what it says itself."""
    log = folder / "calls"
    known = ",".join(f"?{call}" for call in calls)
    done = warm.run(words, folder, trace=["-o", str(log), "-s", "0", "-e", f"trace={known}"])
    assert done.code == 0, done.err
    found: dict[str, list[int]] = {call: [] for call in calls}
    seen = dict.fromkeys(calls, 0)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.search(r"(\w+)\((\d+)?", line)
        if call is None or call[1] not in seen:
            continue
        seen[call[1]] += 1
        if call[1] != "write" or call[2] not in ("1", "2"):
            found[call[1]].append(seen[call[1]])
    log.unlink()
    return found


def some_of(points: Sequence[Work], wanted: int) -> list[Work]:
    """So many of the points, spread over all of them; all where so many are wanted."""
    step = max(1.0, len(points) / wanted)
    chosen, place = [], step / 2
    while place < len(points):
        chosen.append(points[int(place)])
        place += step
    return chosen


def share(points: Sequence[Work], few: int) -> list[Work]:
    """All of the points under `make faults`, or a part of them; a few in the suite."""
    return some_of(points, max(few, round(len(points) * SIZE)))


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something has happened in another process."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends, "it never happened"
        time.sleep(0.01)
