"""What is measured: the steps of an appraisal with kinerja and by the bare script, and the start of both."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.measure import Run, measure

PERIOD: Final = "2026-Q1"
ROSTER: Final = "roster.xlsx"
RECAP: Final = "recap.xlsx"
STARTS: Final = 7
"""A start takes little time, so that it is measured so many times more often than a step."""

HERE: Final = Path(__file__).resolve().parent
KINERJA: Final = Path(sysconfig.get_path("scripts"), "kinerja")
"""The console script of the environment this runs in, as a user calls it."""


class Disagreement(Exception):
    """Both did something else, so that comparing their times would mean nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in both ways; of `{...}` in the arguments, `store`, `roster` and `recap` are filled in."""

    name: str
    ours: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(slots=True)
class Comparison:
    """All runs of one step or start; `people` is None for a start, `bare` is empty where nothing compares."""

    name: str
    people: int | None = None
    ours: list[Run] = field(default_factory=list)
    bare: list[Run] = field(default_factory=list)


STEPS: Final = (
    Step("staff import", ("staff", "import", "{roster}"), ("staff", "{store}", "{roster}")),
    Step("period open", ("period", "open", PERIOD), ("open", "{store}", PERIOD)),
    Step("score import", ("score", "import", "{recap}"), ("scores", "{store}", "{recap}")),
    Step("period close", ("period", "close", PERIOD, "--allow-unrated"), ("close", "{store}", PERIOD)),
    Step(
        "report summary",
        ("report", "summary", PERIOD, "--by", "unit", "--format", "json"),
        ("summary", "{store}", PERIOD),
    ),
)


def environment(store: Path) -> dict[str, str]:
    """What commands run in: the caller's, but one language, and compiled modules kept as an installation does."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {"KINERJA_DB": str(store), "KINERJA_LANG": "en"}


def make_files(folder: Path, people: int) -> None:
    """Make the files to measure with, unless they are there."""
    if not (folder / RECAP).is_file():
        command = [sys.executable, "-m", "bench.data", str(folder), str(people)]
        subprocess.run(command, check=True, cwd=HERE.parent)


def run_cycles(files: Path, scratch: Path, people: int, repeat: int) -> list[Comparison]:
    """Every step, on new stores each time; which of the two goes first changes from time to time."""
    found = [Comparison(step.name, people) for step in STEPS]
    for turn in range(repeat):
        _cycle(files, scratch, found, ours_first=turn % 2 == 0)
    return found


def _cycle(files: Path, scratch: Path, found: Sequence[Comparison], *, ours_first: bool) -> None:
    ours, bare = scratch / "kinerja.db", scratch / "bare.db"
    env = environment(ours)
    paths = {"roster": str(files / ROSTER), "recap": str(files / RECAP), "store": str(bare)}
    measure([str(KINERJA), "init", "--agency", "Kota Contoh"], env=env, folder=scratch)
    printed: dict[str, bytes] = {}
    for step, comparison in zip(STEPS, found, strict=True):
        commands = {
            "ours": [str(KINERJA), *(word.format_map(paths) for word in step.ours)],
            "bare": [sys.executable, str(HERE / "bare.py"), *(word.format_map(paths) for word in step.bare)],
        }
        for side in ("ours", "bare") if ours_first else ("bare", "ours"):
            run, printed[side] = measure(commands[side], env=env, folder=scratch)
            (comparison.ours if side == "ours" else comparison.bare).append(run)
    _compare(printed)
    for path in (ours, bare):
        path.unlink()


def _compare(printed: Mapping[str, bytes]) -> None:
    """Refuse to compare times where the summaries at the end are not the same."""
    ours, bare = (
        {group["key"]: list(_counts(group)) for group in json.loads(printed[side])} for side in ("ours", "bare")
    )
    if ours != bare:
        odd = next(key for key in ours.keys() | bare.keys() if ours.get(key) != bare.get(key))
        raise Disagreement(f"unit {odd}: kinerja {ours.get(odd)}, the bare script {bare.get(odd)}")


def _counts(group: Mapping[str, Any]) -> Iterator[int]:
    # Nobody leaves in these files, and the bare script knows of no leaving.
    return (value for key, value in group.items() if key not in {"key", "label", "left"})


def run_starts(scratch: Path, repeat: int) -> list[Comparison]:
    """How long each takes until it has said its version, or its help, and what Python alone takes."""
    bare = [sys.executable, str(HERE / "bare_typer.py")]
    pairs = [
        (Comparison("kinerja --version"), [str(KINERJA), "--version"], [*bare, "--version"]),
        (Comparison("kinerja --help"), [str(KINERJA), "--help"], [*bare, "--help"]),
        (Comparison("python -c pass"), [sys.executable, "-c", "pass"], []),
    ]
    env = environment(scratch / "none.db")
    for turn in range(-1, repeat * STARTS):
        for comparison, ours, other in pairs:
            sides = [(comparison.ours, ours), (comparison.bare, other)]
            for runs, command in sides if turn % 2 else reversed(sides):
                if not command:
                    continue
                run, _printed = measure(command, env=env, folder=scratch)
                # The first turn only fills the caches of the system.
                if turn >= 0:
                    runs.append(run)
    return [comparison for comparison, _ours, _bare in pairs]
