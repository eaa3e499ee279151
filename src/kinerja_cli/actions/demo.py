"""The practice agency: the files of an invented city, for a run through a whole year."""

from dataclasses import dataclass
from pathlib import Path

from kinerja_cli.actions.practice import Practice, build_practice, ratings
from kinerja_cli.actions.practice_files import write_recaps, write_roster, write_units

YEAR = "2025"
"""The year that the run goes through: a past one, so that no window is still to come."""

QUARTERS = tuple(f"{YEAR}-Q{number}" for number in range(1, 5))


@dataclass(frozen=True, slots=True)
class PracticeFiles:
    """Where the files are, and a few people the run speaks of."""

    roster: Path
    units: Path
    recaps: dict[str, Path]
    unrated: dict[str, tuple[str, ...]]
    someone: str
    practice: Practice


def write_practice(folder: Path) -> PracticeFiles:
    """Write a roster, the table of units and the recaps of every period into a folder."""
    practice = build_practice()
    roster, units = folder / "roster-siasn.xlsx", folder / "unor.xlsx"
    write_roster(roster, practice)
    write_units(units, practice)
    recaps: dict[str, Path] = {}
    unrated: dict[str, tuple[str, ...]] = {}
    for period in (*QUARTERS, YEAR):
        recaps[period] = folder / f"rekap-{period}"
        recaps[period].mkdir(exist_ok=True)
        write_recaps(recaps[period], practice, period)
        unrated[period] = tuple(one.nip for one in ratings(practice, period) if one.hasil == "-")
    rated = next(one.nip for one in ratings(practice, QUARTERS[0]) if one.hasil == "diatas" and one.nip[8:12] < YEAR)
    return PracticeFiles(roster, units, recaps, unrated, rated, practice)
