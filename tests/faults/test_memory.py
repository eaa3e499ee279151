"""With too little memory a command says so and leaves the store as it was."""

import csv
import resource
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.builders import PEOPLE, SIASN, workbook
from tests.faults.outcomes import ALL, ONE_CASE, record
from tests.faults.running import Crew, Ended, Warm, cold
from tests.faults.situations import DB, leftovers, standing
from tests.faults.stages import STORE, Stages, ledger_of

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")

MEGABYTES = {"csv": (80, 96, 112, 128, 160, 224, 320), "xlsx": (96, 160, 320)} if ALL else {"csv": (160,)}
MANY = 80_000 if ALL else 3_000


@pytest.mark.parametrize("kind", MEGABYTES)
def test_with_too_little_memory_an_import_is_refused_whole(
    kind: str, crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    roster = _roster(tmp_path / f"large.{kind}")
    ways: dict[int, int] = {}

    def attempt(warm: Warm, megabytes: int) -> list[str]:
        folder = tmp_path / f"memory{megabytes}"
        shutil.copytree(stages.at("begun"), folder)
        before = ledger_of(folder / STORE)
        limit = (megabytes << 20, megabytes << 20)
        words = [*DB, "staff", "import", str(roster)]
        ended = cold(words, folder, preexec_fn=partial(resource.setrlimit, resource.RLIMIT_AS, limit))
        ways[ended.code] = ways.get(ended.code, 0) + 1
        faults, now = standing(warm, folder)
        if ended.code == 0:
            faults += [] if len(now) == len(before) + 1 else ["acknowledged and lost"]
        else:
            faults += _refused(ended, folder) + ([] if now == before else ["refused and saved"])
        faults += leftovers(folder)
        shutil.rmtree(folder)
        return [f"{kind}, {megabytes} MB: {one}" for one in faults]

    found = crew.each(MEGABYTES[kind], attempt)
    told = ", ".join(f"{count} with {code}" for code, count in sorted(ways.items()))
    record("F19", f"{MANY} rows of {kind} in little memory", len(MEGABYTES[kind]), sum(map(bool, found)), told)
    assert [fault for faults in found for fault in faults] == []


def _refused(ended: Ended, folder: Path) -> list[str]:
    """What is wrong with a refusal for want of memory."""
    faults = [] if ended.code in (1, 3, 6) and "memory" in ended.err else [f"it ended with {ended}"]
    faults += ["a traceback"] if "Traceback" in ended.err else []
    return faults + (["an incident"] if (folder / "state").exists() else [])


def _roster(path: Path) -> Path:
    """A roster of very many people."""
    letters = "ABCDEFGHIJ"
    rows = [
        (
            f"{1970 + one // 30_000}{1 + one // 2_500 % 12:02}{1 + one // 100 % 25:02}2010011{one % 100 + 1:03}",
            "BUDI " + "".join(letters[int(digit)] for digit in str(one)),
            *PEOPLE[2][2:],
        )
        for one in range(MANY)
    ]
    if path.suffix == ".xlsx":
        return workbook(path, [SIASN, *rows])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([SIASN, *rows])
    return path
