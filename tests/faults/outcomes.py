"""What the experiments of `make faults` came to, kept for the one table at its end, and how much of each is done."""

import os
from dataclasses import dataclass
from typing import Final

COUNT: Final = int(os.environ.get("KINERJA_FAULTS") or "0")
ALL: Final = COUNT > 1000
"""Whether everything is tried, as `make faults` does; the suite itself tries a few."""

SIZE: Final = float(os.environ.get("KINERJA_FAULTS_SHARE") or "1") if ALL else 0.0
"""The share of the points that is tried under `make faults`."""

SEED: Final = int(os.environ.get("KINERJA_FAULTS_SEED") or "2026")
ONE_CASE: Final = bool(os.environ.get("KINERJA_FAULTS_CASE"))
"""Whether a single damaged file is asked for, and nothing else."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One experiment: its number in the study, what was done, at how many points, and how many of them went wrong."""

    number: str
    name: str
    points: int
    bad: int
    remark: str = ""


TRIED: Final[list[Tried]] = []


def record(number: str, name: str, points: int, faults: int, remark: str = "") -> None:
    """Keep what an experiment came to."""
    TRIED.append(Tried(number, name, points, faults, remark))


def enough(many: int, few: int) -> int:
    """How many tries: so many under `make faults`, few in the suite."""
    return max(few, round(many * SIZE))


def table() -> list[str]:
    """The lines of the table, in the order of the experiments."""
    rows = sorted(TRIED, key=lambda one: int(one.number.removeprefix("F")))
    wide = max((len(one.name) for one in rows), default=0)
    lines = [f"{'':4}  {'experiment':{wide}}  {'points':>7}  {'bad':>5}"]
    for one in rows:
        remark = f"  {one.remark}" if one.remark else ""
        lines.append(f"{one.number:4}  {one.name:{wide}}  {one.points:>7}  {one.bad:>5}{remark}")
    lines.append(f"{'':4}  {'':{wide}}  {sum(one.points for one in rows):>7}  {sum(one.bad for one in rows):>5}")
    return lines
