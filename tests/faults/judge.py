"""Whether an import of a damaged file ended as promised, and whom it may not have lost.

Whoever is in the file with all of their cells as they were must be in the store, or be told of: by NIP, by name
or by the row where they stand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.faults.damage import Damaged
from tests.faults.good import STAFF, Good, names
from tests.faults.whole import whole

DOCUMENTED: Final = frozenset({0, 2, 3, 4, 5, 6, 7})
SAVED: Final = frozenset({0, 7})
SECONDS: Final = 3.0
MEGABYTES: Final = 300

_NOBODY: Final = re.compile(r"^Rows about nobody, left out: (\d+) ")


@dataclass(frozen=True)
class Outcome:
    """What an import of a damaged file came to: how it ended, what it said, who is saved, and what it cost."""

    code: int
    out: str
    err: str
    saved: frozenset[str]
    result: Mapping[str, Any] | None
    changed_for_nothing: bool
    incidents: int
    seconds: float
    megabytes: float


def faults(good: Good, hurt: Damaged, outcome: Outcome) -> list[str]:
    """Everything that is not as promised."""
    told = []
    if outcome.code not in DOCUMENTED:
        told.append(f"exit code {outcome.code}")
    if "Traceback" in outcome.out + outcome.err:
        told.append("a traceback")
    if outcome.incidents:
        told.append("an incident file")
    if outcome.changed_for_nothing:
        told.append("the store changed although nothing was to be saved")
    if outcome.code not in SAVED and not outcome.err.strip():
        told.append("no word on standard error")
    if outcome.seconds > SECONDS:
        told.append(f"{outcome.seconds:.1f} s of computing")
    if outcome.megabytes > MEGABYTES:
        told.append(f"{outcome.megabytes:.0f} MB more")
    if outcome.code in SAVED and outcome.result is not None:
        lost = _lost(good, hurt, outcome, outcome.result)
        if lost:
            told.append(f"{len(lost)} lost without a word, the first in row {min(good.rows[nip] for nip in lost)}")
        told.extend(_miscounted(good, hurt, outcome.result))
    return told


def _lost(good: Good, hurt: Damaged, outcome: Outcome, result: Mapping[str, Any]) -> set[str]:
    told_rows = {problem["row"] for problem in result["problems"]}
    told_rows |= {row for problem in result["problems"] for row in _rows_named(str(problem["message"]))}
    who, said = names(), outcome.out + outcome.err
    return {
        nip
        for nip in whole(good, hurt)
        if nip not in outcome.saved and good.rows[nip] not in told_rows and nip not in said and who[nip] not in said
    }


def _rows_named(message: str) -> set[int]:
    """The rows that a sentence names in brackets: (rows 6, 12-13)."""
    match = re.search(r"\(rows? ([\d, -]+)", message)
    rows: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", match[1] if match else ""):
        rows |= set(range(int(first), int(last or first) + 1))
    return rows


def _miscounted(good: Good, hurt: Damaged, result: Mapping[str, Any]) -> list[str]:
    """Where the sheet itself is whole every row of it is counted: taken, refused, or told to be about nobody."""
    name = (hurt.part or "").lower()
    if "sharedstrings" not in name or good.command != STAFF:
        return []
    nobody = sum(int(match[1]) for one in result["problems"] if (match := _NOBODY.match(str(one["message"]))))
    rows = result["rows"] + nobody
    return [f"{rows} rows told of {len(good.rows)}"] if rows < len(good.rows) else []
