"""A backup put back after any work is the store that was backed up, to the last row."""

import shutil
from pathlib import Path
from random import Random

import pytest

from tests.builders import ANI, BUDI
from tests.faults.outcomes import ONE_CASE, SEED, enough, record
from tests.faults.running import Crew, Warm
from tests.faults.situations import DB, standing
from tests.faults.stages import STORE, Stages, inside

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")

RATE = ("--perilaku", "sesuai", "--rated-on", "2026-04-02")
WORK = (
    ("staff", "import", "roster.xlsx"),
    ("period", "open", "2026-Q1"),
    ("score", "import", "recap.xlsx"),
    ("score", "record", ANI, "2026-Q1", "--hasil", "diatas", *RATE),
    ("score", "record", BUDI, "2026-Q1", "--hasil", "dibawah", *RATE),
    ("unit", "set", "u2", "--name", "Bidang Pelayanan"),
    ("settings", "set", "window_days", "20"),
    ("period", "close", "2026-Q1", "--allow-unrated"),
    ("period", "reopen", "2026-Q1", "--reason", "Salah input"),
    ("period", "rollover", "--as-of", "2026-07-20"),
    ("undo", "3", "--yes"),
)


def test_a_backup_put_back_after_any_work_is_the_store_that_was_backed_up(
    crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    rounds = enough(40, 1)

    def attempt(warm: Warm, number: int) -> list[str]:
        rng, folder = Random(SEED + number), tmp_path / f"round{number}"
        shutil.copytree(stages.at("begun"), folder)
        _work(warm, folder, rng)
        backup = [*DB, "backup", "create", "-o", "copy.db"]
        faults = [] if warm.run(backup, folder).code == 0 else ["no backup"]
        then = inside(folder / STORE)
        _work(warm, folder, rng)
        for to in (("--to", "new.db"), ("--yes",)):
            ended = warm.run([*DB, "backup", "restore", "copy.db", *to], folder)
            if ended.code:
                faults.append(f"restore {to[0]}: {ended}")
        for name in ("new.db", STORE):
            if inside(folder / name) != then:
                faults.append(f"{name} is not as it was")
        drill = warm.run([*DB, "backup", "drill", "."], folder)
        if drill.code:
            faults.append(f"the drill fails: {drill}")
        return [f"round {number}: {one}" for one in faults + standing(warm, folder)[0]]

    found = crew.each(range(rounds), attempt)
    record("F18", "restore after work, new path and over", rounds, sum(map(bool, found)))
    assert [fault for faults in found for fault in faults] == []


def _work(warm: Warm, folder: Path, rng: Random) -> None:
    """Work as it comes; what is refused because something else is missing is part of it."""
    for words in rng.choices(WORK, k=6):
        ended = warm.run([*DB, *words], folder)
        assert ended.code in (0, 3, 4, 5), (words, ended)
