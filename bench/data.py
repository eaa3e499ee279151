"""The files to measure with: one roster of a practice agency, and one recap with everybody's ratings.

It runs as a process of its own, `python -m bench.data FOLDER PEOPLE`, see `bench.measure` for the reason.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.cycle import PERIOD, RECAP, ROSTER
from kinerja_cli.actions.practice import NOT_RATED, Practice, build_practice, ratings
from kinerja_cli.actions.practice_files import write_roster
from kinerja_cli.actions.practice_units import practice_data
from kinerja_cli.domain.regulation import load_regulation
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.workbooks.plain import write_plain

REGULATION: Final = "permenpanrb-6-2022"


def make_files(folder: Path, people: int) -> None:
    """Write the two files; the same number of people gives the same files."""
    practice = build_practice(people=people)
    folder.mkdir(parents=True, exist_ok=True)
    write_roster(folder / ROSTER, practice)
    write_plain(folder / RECAP, [("Rekap Penilaian", _recap(practice))])


def _recap(practice: Practice) -> Iterator[Sequence[CellValue]]:
    """The rows of one recap of the whole agency, laid out as e-Kinerja lays out that of one organisation."""
    words = practice_data()["recap"]
    regulation = load_regulation(REGULATION)
    labels = {term.value: term.label for term in (*regulation.ratings, *regulation.predikat)}
    people = {person.nip: person for person in practice.people}
    yield (f"{practice.code} - {words['agency']}",)
    yield (practice.name,)
    yield ("Periode Triwulan 1 Tahun 2026",)
    yield ()
    yield words["headings"]
    for number, rating in enumerate(ratings(practice, PERIOD), start=1):
        person = people[rating.nip]
        cells: tuple[str, ...] = (NOT_RATED,) * 3
        if rating.hasil != NOT_RATED:
            outcome = regulation.cells[rating.hasil, rating.perilaku].predikat
            cells = (labels[rating.hasil], labels[rating.perilaku], labels[outcome])
        yield (str(number), person.nip, person.name, person.position, *cells)


if __name__ == "__main__":
    make_files(Path(sys.argv[1]), int(sys.argv[2]))
