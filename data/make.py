"""Write the example files anew: the same practice agency every time, byte for byte.

Run it from anywhere with the Python that has kinerja installed: `python data/make.py`. What people wrote by
hand (the holidays, the README) it leaves alone.
"""

from pathlib import Path

from kinerja_cli.actions.practice import build_practice
from kinerja_cli.actions.practice_files import write_recaps, write_roster, write_units

QUARTERS = ("2026-Q1", "2026-Q2")


def make(folder: Path) -> None:
    """Write every example workbook into a folder; recaps of an earlier run that are no longer made go."""
    practice = build_practice()
    write_roster(folder / "roster-siasn.xlsx", practice)
    write_units(folder / "unor.xlsx", practice)
    for quarter in QUARTERS:
        recaps = folder / f"rekap-{quarter}"
        written = write_recaps(recaps, practice, quarter)
        for stale in set(recaps.glob("*.xlsx")) - set(written):
            stale.unlink()
    for workbook in folder.rglob("*.xlsx"):
        # What the program writes is for its owner's eyes alone; examples are for everyone.
        workbook.chmod(0o644)


if __name__ == "__main__":
    make(Path(__file__).resolve().parent)
