"""Eight writers and a long report at once: every change is there, and none of them failed."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD
from tests.faults.outcomes import ALL, ONE_CASE, enough, record
from tests.faults.running import Crew, Warm
from tests.faults.situations import DB, standing
from tests.faults.stages import STORE, Stages, ledger_of

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")


def test_writers_at_once_lose_nothing_while_a_report_is_read(stages: Stages, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(stages.at("opened"), folder)
    writers, each = (8, enough(100, 100)) if ALL else (2, 4)
    before, over = len(ledger_of(folder / STORE)), Event()
    crew = Crew(tmp_path / "crew", writers + 1)

    def write(writer: int) -> tuple[list[str], float]:
        faults, longest = list[str](), 0.0
        with crew.one() as warm:
            for number in range(each):
                begun = time.monotonic()
                ended = warm.run([*DB, *_change(writer, number)], folder)
                longest = max(longest, time.monotonic() - begun)
                if ended.code or not ended.out.strip():
                    faults.append(f"writer {writer}, change {number}: {ended}")
        return faults, longest

    def read() -> tuple[list[str], int]:
        faults, read = list[str](), 0
        with crew.one() as warm:
            while not over.is_set():
                ended = warm.run([*DB, "history", "--format", "json"], folder)
                read += 1
                if ended.code:
                    faults.append(f"report {read}: {ended}")
        return faults, read

    with ThreadPoolExecutor(writers + 1) as threads:
        reading = threads.submit(read)
        written = list(threads.map(write, range(writers)))
        over.set()
        faults, read_ = reading.result()
    faults += [fault for told, _longest in written for fault in told]
    after = len(ledger_of(folder / STORE))
    if after != before + writers * each:
        faults.append(f"{writers * each} changes became {after - before}")
    with crew.one() as warm:
        faults += _last(warm, folder, writers, each) + standing(warm, folder)[0]
    crew.stop()
    longest = max(seconds for _told, seconds in written)
    remark = f"{read_} reports read meanwhile, the longest command took {longest:.1f} s"
    record("F8", f"{writers} writers at once", writers * each, len(faults), remark)
    assert faults == []


def _change(writer: int, number: int) -> tuple[str, ...]:
    """A change that each writer makes to a field of their own, each time to another value."""
    nip = (HEAD, ANI, BUDI, CITRA)[writer % 4]
    words = ("score", "record", nip, "2026-Q1", "--perilaku", "sesuai", "--rated-on", "2026-04-02")
    if writer < 4:
        return (*words, "--hasil", ("diatas", "sesuai", "dibawah")[number % 3])
    return ("staff", "set", nip, "--position", f"PERAWAT {writer} {'A' * (number % 5)}{'B' * (number // 5)}")


def _last(warm: Warm, folder: Path, writers: int, each: int) -> list[str]:
    """Whether what each writer wrote last is what the store says."""
    said = warm.run([*DB, "score", "list", "2026-Q1", "--format", "json"], folder).out
    said += warm.run([*DB, "staff", "list", "--format", "json"], folder).out
    wanted = [words[words.index("--position") + 1] for words in (_change(one, each - 1) for one in range(4, writers))]
    return [f"{text} is not there" for text in wanted if text not in said]
