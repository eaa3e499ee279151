"""Whatever happens to a file, an import ends as documented, leaves no mess, and loses nobody without a word.

`make faults` damages 5,000 files; the suite itself tries a few. A failure names its seed and number, and
`make faults SEED=… CASE=…` runs that one alone and keeps its file.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

import pytest

from tests.corpus.agency import empty_agency
from tests.faults.good import FEEDBACK, SCORE, STAFF, Good, agency, all_good
from tests.faults.outcomes import record
from tests.faults.worker import Verdict, case_of, serve

COUNT = int(os.environ.get("KINERJA_FAULTS") or "144")
SEED = int(os.environ.get("KINERJA_FAULTS_SEED") or "2026")
CASE = os.environ.get("KINERJA_FAULTS_CASE")
WORKERS = max(1, min(4, (os.cpu_count() or 2) if COUNT > 1000 else 2))
PATIENCE = 60.0
"""Seconds after which an import counts as one that never ends; what it may compute is bounded much closer."""

_SPAWN = multiprocessing.get_context("spawn")


class _Worker:
    """A process that can be asked for verdicts; it is started again where a case killed it."""

    def __init__(self, folder: Path, good: list[Good], stores: dict[tuple[str, str], Path]) -> None:
        self.arguments = (folder, good, stores, SEED)
        self.connection: Connection | None = None

    def verdict(self, number: int) -> Verdict:
        """What became of a case."""
        if self.connection is None:
            self.connection, theirs = _SPAWN.Pipe()
            self.process = _SPAWN.Process(target=serve, args=(theirs, *self.arguments))
            self.process.start()
            theirs.close()
        self.connection.send(number)
        try:
            if self.connection.poll(PATIENCE):
                answer: Verdict = self.connection.recv()
                return answer
            ended = f"no end after {PATIENCE:.0f} s"
        except EOFError:
            self.process.join()
            ended = f"the process died ({self.process.exitcode})"
        self.stop()
        return Verdict(number, "", -1, (ended,), PATIENCE)

    def stop(self) -> None:
        """End the process."""
        if self.connection is not None:
            self.process.kill()
            self.process.join()
            self.connection.close()
            self.connection = None


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[Good]:
    return all_good(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    folder = tmp_path_factory.mktemp("stores")
    agency(folder / "score.db")
    return {STAFF: empty_agency(folder / "staff.db"), SCORE: folder / "score.db", FEEDBACK: folder / "score.db"}


@pytest.fixture
def workers(good: list[Good], stores: dict[tuple[str, str], Path], tmp_path: Path) -> Iterator[list[_Worker]]:
    pool = [_Worker(tmp_path / f"worker{n}", good, stores) for n in range(WORKERS)]
    yield pool
    for worker in pool:
        worker.stop()


def test_damaged_files_end_as_documented_and_lose_nobody(
    workers: list[_Worker], good: list[Good], tmp_path: Path
) -> None:
    numbers = iter([int(CASE)] if CASE else range(1, COUNT + 1))
    lock, verdicts = Lock(), list[Verdict]()

    def work(worker: _Worker) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            verdicts.append(worker.verdict(number))

    with ThreadPoolExecutor(len(workers)) as threads:
        list(threads.map(work, workers))
    if CASE:
        _keep(good, int(CASE), tmp_path)
    print(_summary(verdicts))  # noqa: T201 - `make faults` shows it
    failed = sorted((one for one in verdicts if one.faults), key=lambda one: one.number)
    record("F13", "damaged workbooks", len(verdicts), len(failed))
    assert not failed, "\n".join(_line(one) for one in failed)


def test_the_same_seed_damages_the_same_way(good: list[Good]) -> None:
    for number in range(len(good)):
        assert case_of(good, SEED, number)[1].content == case_of(good, SEED, number)[1].content


def _line(one: Verdict) -> str:
    return f"make faults SEED={SEED} CASE={one.number}: {'; '.join(one.faults)} ({one.told})"


def _summary(verdicts: list[Verdict]) -> str:
    codes = Counter(one.code for one in verdicts)
    slowest = max(verdicts, key=lambda one: one.seconds)
    ended = ", ".join(f"{count} with {code}" for code, count in sorted(codes.items()))
    return f"\n{len(verdicts)} damaged files (seed {SEED}): {ended}; the slowest took {slowest.seconds:.1f} s"


def _keep(good: list[Good], number: int, folder: Path) -> None:
    """The one file asked for, to be looked at."""
    one, hurt, _rng = case_of(good, SEED, number)
    path = folder / one.name
    path.write_bytes(hurt.content)
    print(f"\nkept as {path}: {hurt.how}")  # noqa: T201 - asked for by whoever runs one case
