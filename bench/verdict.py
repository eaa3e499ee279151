"""What was measured, beside what is promised: a table to read and the same as data."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.cycle import Comparison
from bench.measure import Run, typical

PROMISED_FOR: Final = 80_000
"""Up to so many people the memory is promised, from so many on the times of the steps after the import."""

IMPORT: Final = "staff import"
IMPORT_RATIO: Final = 2.5
STEP_RATIO: Final = 3.0
START_RATIOS: Final = {"kinerja --version": 1.3, "kinerja --help": 1.5}
PEAK_MB: Final = 600
MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison judged: typical runs, their ratio, and the bounds where there are any."""

    name: str
    people: int | None
    ours: Run
    bare: Run | None
    bound: float | None
    peak_bound: int | None

    @property
    def ratio(self) -> float | None:
        """How many times as long as the bare script, by the clock."""
        return None if self.bare is None else self.ours.wall / self.bare.wall

    @property
    def broken(self) -> list[str]:
        """What is promised and not kept, in words."""
        where = self.name if self.people is None else f"{self.name} of {self.people:,} people"
        found = []
        if self.bound is not None and self.ratio is not None and self.ratio > self.bound:
            found.append(f"{where}: {self.ratio:.2f} times the bare script, at most {self.bound} is promised")
        if self.peak_bound is not None and self.ours.peak / MB >= self.peak_bound:
            found.append(f"{where}: {self.ours.peak / MB:.0f} MB, less than {self.peak_bound} is promised")
        return found

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON has it."""
        return {
            "step": self.name,
            "people": self.people,
            "kinerja": _as_dict(self.ours),
            "bare": None if self.bare is None else _as_dict(self.bare),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "ratio_bound": self.bound,
            "peak_mb_bound": self.peak_bound,
            "broken": self.broken,
        }


def judge(comparison: Comparison) -> Finding:
    """A comparison beside what is promised of it."""
    name, people = comparison.name, comparison.people
    peak_bound = None
    if people is None:
        bound = START_RATIOS.get(name)
    elif name == IMPORT:
        bound = IMPORT_RATIO
        peak_bound = PEAK_MB if people <= PROMISED_FOR else None
    else:
        bound = STEP_RATIO if people >= PROMISED_FOR else None
    bare = typical(comparison.bare) if comparison.bare else None
    return Finding(name, people, typical(comparison.ours), bare, bound, peak_bound)


def machine() -> dict[str, object]:
    """What this was measured on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def table(findings: Sequence[Finding]) -> str:
    """The findings as a Markdown table, which is as well read on a terminal."""
    heads = ("step", "people", "kinerja s", "bare s", "ratio", "bound", "CPU ratio", "kinerja MB", "bare MB", "kept")
    rows = [heads, *map(_row, findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    rows.insert(1, tuple("-" * (width - 1) + (":" if at else "-") for at, width in enumerate(widths)))
    return "\n".join(
        "| "
        + " | ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    )


def _row(one: Finding) -> tuple[str, ...]:
    bare, ratio = one.bare, one.ratio
    promised = one.bound is not None or one.peak_bound is not None
    return (
        one.name,
        "" if one.people is None else f"{one.people:,}",
        f"{one.ours.wall:.3f}",
        "" if bare is None else f"{bare.wall:.3f}",
        "" if ratio is None else f"{ratio:.2f}",
        ", ".join(
            bound
            for bound in (
                f"{one.bound}" if one.bound is not None else "",
                f"{one.peak_bound} MB" if one.peak_bound is not None else "",
            )
            if bound
        ),
        "" if bare is None else f"{one.ours.cpu / bare.cpu:.2f}",
        f"{one.ours.peak / MB:.0f}",
        "" if bare is None else f"{bare.peak / MB:.0f}",
        ("no" if one.broken else "yes") if promised else "",
    )


def _as_dict(run: Run) -> dict[str, float]:
    return {"wall": round(run.wall, 4), "cpu": round(run.cpu, 4), "peak_mb": round(run.peak / MB, 1)}
