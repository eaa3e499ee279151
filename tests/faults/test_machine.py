"""An agency to which anything happens agrees with the plain model of the rules after every step.

`make faults` takes more than 20,000 steps (STEPS=…); the suite a few. A failure prints the steps that lead to it.
"""

import multiprocessing
import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.agreement import prepare
from tests.faults.machine import Agency
from tests.faults.outcomes import record

STEPS = int(os.environ.get("KINERJA_FAULTS_STEPS") or "300")
SEED = int(os.environ.get("KINERJA_FAULTS_SEED") or "2026")
LONG = STEPS > 1000
EACH = 50 if LONG else 20
"""Steps of one agency, at most."""

pytestmark = pytest.mark.skipif(bool(os.environ.get("KINERJA_FAULTS_CASE")), reason="one damaged file is asked for")


def test_the_store_agrees_with_the_model_whatever_happens() -> None:
    steps, refused = Counter[str](), Counter[str]()
    turns = iter(range(1000))
    workers = max(1, min(4, os.cpu_count() or 1)) if LONG else 1
    while steps.total() < (STEPS if LONG else 1):
        jobs = [(SEED * 1000 + next(turns), (2500 if LONG else STEPS) // EACH) for _ in range(workers)]
        if LONG:
            with multiprocessing.get_context("spawn").Pool(workers) as pool:
                done = pool.starmap(live, jobs)
        else:
            done = [live(*job) for job in jobs]
        for counted, codes, fault in done:
            steps += counted
            refused += codes
            if fault:
                record("F17", "steps of agencies beside the model", steps.total(), 1)
            assert not fault, f"{fault}\n{_table(steps, refused)}"
    record("F17", "steps of agencies beside the model", steps.total(), 0)
    print(_table(steps, refused))  # noqa: T201 - `make faults` shows it


def live(number: int, agencies: int) -> tuple[Counter[str], Counter[str], str]:
    """Let so many agencies live by chance: the steps that were taken, the refusals, and the first fault in words."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        Agency.folder, Agency.steps, Agency.refused = Path(folder), Counter(), Counter()
        prepare(Agency.folder)
        chosen = settings(
            max_examples=agencies,
            stateful_step_count=EACH,
            deadline=None,
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(seed(number)(Agency), settings=chosen)
        except AssertionError as error:
            notes = "\n".join(getattr(error, "__notes__", ()))
            return Agency.steps, Agency.refused, f"seed {number}: {error!r}\n{notes}"
        return Agency.steps, Agency.refused, ""


def _table(steps: Counter[str], refused: Counter[str]) -> str:
    """How many steps of each kind there were, and what was refused how often."""
    rows = [f"{count:>7}  {name}" for name, count in sorted(steps.items())]
    codes = ", ".join(f"{count} {code}" for code, count in refused.most_common())
    return "\n".join(["", f"{steps.total():>7}  steps, seed {SEED}", *rows, f"refused: {codes}"])
