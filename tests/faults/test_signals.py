"""Told to stop, cut off or not listened to, the program ends as it should and leaves nothing half done."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.faults.outcomes import ONE_CASE, SEED, enough, record
from tests.faults.running import PATIENCE, Crew, Warm, surroundings
from tests.faults.situations import DB, leftovers, standing
from tests.faults.stages import STORE, Stages, ledger_of

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")

STOPS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_a_signal_at_any_moment_ends_the_program_cleanly(
    stop: signal.Signals, crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    commands = (("staff", "import", "roster.xlsx"), ("staff", "list", "-o", "list.xlsx"), ("backup", "create"))
    tries = enough(120, 3)
    rng = Random(SEED + stop)
    ways: dict[int, int] = {}

    def attempt(warm: Warm, number: int) -> list[str]:
        folder, words = tmp_path / f"try{number}", commands[number % len(commands)]
        shutil.copytree(stages.at("begun"), folder)
        before = ledger_of(folder / STORE)
        ended = warm.run([*DB, *words], folder, kill=(stop, rng.uniform(0, 0.4)))
        ways[ended.code] = ways.get(ended.code, 0) + 1
        faults, now = standing(warm, folder)
        faults += leftovers(folder)
        # Before `main` has said how it wants to be stopped, and after it has ended, a signal does what it always does.
        if ended.code not in (0, STOPS[stop], -stop):
            faults.append(f"exit code {ended.code}")
        if "Traceback" in ended.err and "kinerja_cli" in ended.err.partition("Traceback")[2].partition("main(")[2]:
            faults.append(f"a traceback: {ended.err[-300:]}")
        if ended.out.strip() and words[0] == "staff" and words[1] == "import" and now == before:
            faults.append("acknowledged and lost")
        if warm.run([*DB, *words], folder).code != 0:
            faults.append("the next run fails")
        if not faults:
            shutil.rmtree(folder)
        return [f"{stop.name} in {' '.join(words)} ({folder}): {one}" for one in faults]

    found = crew.each(range(tries), attempt)
    told = ", ".join(f"{count} with {code}" for code, count in sorted(ways.items()))
    record("F16", f"{stop.name} at random moments", tries, sum(map(bool, found)), told)
    assert [fault for faults in found for fault in faults] == []


def test_a_stream_that_is_closed_or_full_is_no_fault_of_the_program(crew: Crew, stages: Stages, tmp_path: Path) -> None:
    """Through a shell, with the whole of Python started each time."""
    folder = tmp_path / "store"
    shutil.copytree(stages.at("rated"), folder)
    program = f"{sys.executable} -m kinerja_cli --db {STORE}"
    nobody_listens = (
        ("staff list | head -n 1", (0,)),
        ("staff list | true", (0,)),
        ("history --format json | head -c 1", (0,)),
        ("--help | head -n 1", (0,)),
        ("staff list >&-", (0, 6)),
        ("staff list 2>&-", (0,)),
        ("staff list >&- 2>&-", (0, 6)),
        ("staff show 1 2>&-", (2, 4)),
        ("staff list <&-", (0,)),
        ("undo 4 <&-", (0, 2, 5)),
        ("undo 4 </dev/null", (0, 2, 5)),
        ("staff list >/dev/full", (6,)),
        ("settings set window_days 20 >/dev/full", (6,)),
        ("staff list 2>/dev/full", (0,)),
        ("staff show 1 2>/dev/full", (2, 4)),
    )
    faults = list[str]()
    chosen = nobody_listens[: enough(len(nobody_listens), 2)]
    for line, codes in chosen:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{program} {line}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            cwd=folder,
            env=os.environ | surroundings(folder),
        )
        if done.returncode not in codes or "Traceback" in done.stderr or "Exception ignored" in done.stderr:
            faults.append(f"{line}: {done.returncode} {done.stderr[-300:]}")
    with crew.one() as warm:
        faults += standing(warm, folder)[0] + leftovers(folder)
    record("F16", "closed pipes and streams", len(chosen), len(faults))
    assert faults == []
