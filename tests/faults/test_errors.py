"""A full disk, a limit, an error of the disk: nothing half done, the way out is told, and the next run works."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import PEOPLE, roster
from tests.faults.every_kind import EVERY_KIND, EXPORTS
from tests.faults.outcomes import ALL, ONE_CASE, enough, record
from tests.faults.running import Crew, Ended, Warm, Wrong, can_trace, share
from tests.faults.situations import DB, Scene, leftovers, standing
from tests.faults.stages import STORE, Stages, ledger_of

FEW = 1
WRITES = ("pwrite64", "write")
SYNCS = ("fdatasync", "fsync")
OTHERS = ("ftruncate", "rename", "link", "unlink")

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")
traced = pytest.mark.skipif(not can_trace(), reason="there is no strace on this machine, or it may not trace")

KINDS = ("staff import", "period close", "undo", "backup create", "backup restore", "upgrade from 2", *EXPORTS)
SHORT = ("period close", "export csv")


@traced
@pytest.mark.parametrize("name", KINDS if ALL else SHORT)
def test_an_error_at_any_call_leaves_nothing_half_done(name: str, crew: Crew, stages: Stages, tmp_path: Path) -> None:
    with crew.one() as warm:
        situation = EVERY_KIND[name](Scene(stages, warm, tmp_path / "made"))
        points = situation.points(warm, tmp_path / "counted")
    kinds = {
        ("F4", "disk full from a write on"): [
            Wrong(call, number, "ENOSPC", on=call == "pwrite64") for call, number in points if call in WRITES
        ],
        ("F5", "I/O error at a write, rename or unlink"): [
            Wrong(call, number, "EIO") for call, number in points if call in WRITES + OTHERS
        ],
        ("F6", "failing sync"): [Wrong(call, number, "EIO") for call, number in points if call in SYNCS],
    }

    def attempt(warm: Warm, wrong: Wrong) -> list[str]:
        left = list[str]()

        def happen(folder: Path) -> Ended:
            ended = warm.run(situation.words, folder, trace=["-o", os.devnull, *wrong.words])
            # What cannot be unlinked stays; and a process that cannot write cannot say so either.
            left.extend(leftovers(folder) if wrong.call != "unlink" else [])
            return ended

        told = situation.tried(tmp_path / f"{wrong.error}{wrong.call}{wrong.number}", warm, happen, wrong)
        return told + [f"{situation.name}, {wrong}: {one}" for one in left]

    failed = []
    for (number, what), wrongs in kinds.items():
        chosen = share(wrongs, FEW)
        found = crew.each(chosen, attempt)
        record(number, f"{what}: {situation.name}", len(chosen), sum(map(bool, found)))
        failed += [fault for faults in found for fault in faults]
    assert failed == []


@pytest.mark.parametrize("name", KINDS if ALL else SHORT)
def test_a_limit_to_the_size_of_files_leaves_nothing_half_done(
    name: str, crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    with crew.one() as warm:
        situation = EVERY_KIND[name](Scene(stages, warm, tmp_path / "made"))
    largest = max((one.stat().st_size for one in situation.folder.rglob("*") if one.is_file()), default=0) + 65536
    tries = enough(40, 2)
    limits = [1024 + (largest - 1024) * place // tries for place in range(tries)]

    def attempt(warm: Warm, limit: int) -> list[str]:
        left = list[str]()

        def happen(folder: Path) -> Ended:
            ended = warm.run(situation.words, folder, limit=limit)
            left.extend(leftovers(folder))
            return ended

        told = situation.tried(tmp_path / f"limit{limit}", warm, happen, f"files of {limit} bytes")
        return told + [f"{situation.name}, files of {limit} bytes: {one}" for one in left]

    found = crew.each(limits, attempt)
    record("F5", f"file size limit: {situation.name}", len(limits), sum(map(bool, found)))
    assert [fault for faults in found for fault in faults] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte in memory; only root can have one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_really_fills_up_keeps_what_was_saved(crew: Crew, small_disk: Path, stages: Stages) -> None:
    shutil.copytree(stages.at("begun"), small_disk, dirs_exist_ok=True)
    refused, faults = 0, list[str]()
    rounds = 12 if ALL else 2
    with crew.one() as warm:
        for number in range(rounds):
            roster(small_disk.parent / "more.xlsx", _newcomers(number, 200 if ALL else 900))
            was = ledger_of(small_disk / STORE)
            ended = warm.run([*DB, "staff", "import", str(small_disk.parent / "more.xlsx")], small_disk)
            now = ledger_of(small_disk / STORE)
            refused += ended.code == 6
            if ended.code not in (0, 6) or (ended.code == 6) != (now == was):
                faults.append(f"round {number}: {ended}, {len(was)} operations became {len(now)}")
            if ended.code == 6 and "no space left" not in ended.err and "disk is full" not in ended.err:
                faults.append(f"round {number}: {ended.err}")
            faults += standing(warm, small_disk)[0] + leftovers(small_disk)
    record("F4", "a disk of 1 MB filled up", rounds, len(faults), f"{refused} refused")
    assert refused
    assert faults == []


def _newcomers(number: int, many: int) -> list[tuple[object, ...]]:
    """People who were in no roster before."""
    letters = "ABCDEFGHIJ"
    return [
        (
            f"1980{1 + number:02}152010011{one:03}",
            "BUDI " + "".join(letters[int(digit)] for digit in str(one)),
            *PEOPLE[2][2:],
        )
        for one in range(1, many + 1)
    ]
