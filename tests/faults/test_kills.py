"""Killed at any point, a store is as before or as after, never between, and the next run works by itself.

`make faults` kills at every write, sync and rename of every kind of command; the suite itself tries a few.
"""

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD
from tests.faults.every_kind import EVERY_KIND, EXPORTS
from tests.faults.outcomes import ALL, ONE_CASE, SEED, enough, record
from tests.faults.running import Crew, Ended, Warm, Wrong, can_trace, share
from tests.faults.situations import DB, Scene, standing
from tests.faults.stages import STORE, Stages, ledger_of

FEW = 1
WORDS = ("diatas", "sesuai", "dibawah")

pytestmark = [
    pytest.mark.skipif(not can_trace(), reason="there is no strace on this machine, or it may not trace"),
    pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for"),
]

SHORT = ("staff import", "period close", "backup restore", "upgrade from 1", "export xlsx")


@pytest.mark.parametrize("name", list(EVERY_KIND) if ALL else SHORT)
def test_killed_at_any_point_everything_is_as_before_or_as_after(
    name: str, crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    with crew.one() as warm:
        situation = EVERY_KIND[name](Scene(stages, warm, tmp_path / "made"))
        points = situation.points(warm, tmp_path / "counted")
    assert len(points) > FEW
    chosen = share(points, FEW)

    def attempt(warm: Warm, point: tuple[str, int]) -> list[str]:
        wrong = Wrong(*point)

        def happen(folder: Path) -> Ended:
            ended = warm.run(situation.words, folder, trace=["-o", os.devnull, *wrong.words])
            assert ended.code == -signal.SIGKILL, f"{situation.name} was not {wrong}: {ended}"
            return ended

        return situation.tried(tmp_path / f"{point[0]}{point[1]}", warm, happen, wrong)

    found = crew.each(chosen, attempt)
    of = "" if len(chosen) == len(points) else f"of {len(points)}"
    record(
        "F15" if name in EXPORTS else "F1",
        f"kill -9: {situation.name}",
        len(points) and len(chosen),
        sum(map(bool, found)),
        of,
    )
    assert [fault for faults in found for fault in faults] == []


def test_what_was_said_to_be_saved_survives_kills_at_any_moment(crew: Crew, stages: Stages, tmp_path: Path) -> None:
    """Two stores go through all kills, one rating after the other; what was said of a rating must be so."""
    tries = enough(1000, 12)

    def attempt(warm: Warm, worker: int) -> tuple[list[str], int, int]:
        rng, folder = Random(SEED * 10 + worker), tmp_path / f"store{worker}"
        shutil.copytree(stages.at("opened"), folder)
        faults, said, killed = list[str](), 0, 0
        begun = time.monotonic()
        warm.run(_rate(0)[0], folder)
        whole = time.monotonic() - begun
        for number in range(1, 1 + tries // 2):
            words, rating = _rate(number)
            was = len(ledger_of(folder / STORE))
            ended = warm.run(words, folder, kill=(signal.SIGKILL, rng.uniform(0, whole * 1.2)))
            now = len(ledger_of(folder / STORE))
            killed += ended.code == -signal.SIGKILL
            said += bool(ended.out.strip())
            if now not in (was, was + 1):
                faults.append(f"rating {number}: {was} operations became {now}")
            if (ended.out.strip() or ended.code == 0) and rating not in _rated(folder / STORE):
                faults.append(f"rating {number} was acknowledged and is lost")
            if number % 10 == 0:
                faults += standing(warm, folder)[0]
        return faults + standing(warm, folder)[0], said, killed

    found = crew.each(range(2), attempt)
    faults = [fault for told, _said, _killed in found for fault in told]
    said, killed = sum(one[1] for one in found), sum(one[2] for one in found)
    record("F2", "kill -9 at random moments", tries, len(faults), f"{killed} killed, {said} had acknowledged")
    assert faults == []


def _rate(number: int) -> tuple[list[str], tuple[str, str, str]]:
    """A rating of somebody, different from the ones before, and what the store then says of them."""
    nip = (HEAD, ANI, BUDI, CITRA)[number % 4]
    hasil, perilaku = WORDS[number // 4 % 3], WORDS[number // 12 % 3]
    words = ["score", "record", nip, "2026-Q1", "--hasil", hasil, "--perilaku", perilaku, "--rated-on", "2026-04-02"]
    return [*DB, *words], (nip, hasil, perilaku)


def _rated(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT nip, hasil, perilaku FROM appraisal").fetchall()
