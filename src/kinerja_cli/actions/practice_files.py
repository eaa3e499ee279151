"""The practice agency as the files an agency really has: SIASN export, unit table, e-Kinerja recaps."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kinerja_cli.actions.practice import NOT_RATED, Practice, Rating, ratings
from kinerja_cli.actions.practice_rows import HEADINGS, siasn_row
from kinerja_cli.actions.practice_units import practice_data
from kinerja_cli.domain.periods import Period, PeriodKind, parse_period
from kinerja_cli.domain.regulation import load_regulation
from kinerja_cli.domain.rows import CellValue

UNIT_HEADINGS: Final = ("ID", "NAMA_UNOR", "ID_ATASAN")
"""The headings of SIASN's table of units."""

_REGULATION: Final = "permenpanrb-6-2022"


def write_roster(path: Path, practice: Practice) -> None:
    """The whole agency as one SIASN export: two rows of titles, the headings, a row for everyone."""
    from kinerja_cli.workbooks.plain import write_plain

    write_plain(path, [("Data ASN", roster_rows(practice))])


def roster_rows(practice: Practice) -> Iterator[Sequence[CellValue]]:
    """The rows of the SIASN export, titles and headings first."""
    as_of = practice_data()["agency"]["as_of"]
    yield (f"DATA ASN {practice.name}",)
    yield (f"KEADAAN {as_of:%d-%m-%Y}",)
    yield HEADINGS
    for person in practice.people:
        yield tuple(siasn_row(practice, person).values())


def write_units(path: Path, practice: Practice) -> None:
    """The tree of units as SIASN's table of them."""
    from kinerja_cli.workbooks.plain import write_plain

    rows = [(unit.code, unit.name, unit.parent_code) for unit in practice.units]
    write_plain(path, [("UNOR", [UNIT_HEADINGS, *rows])])


def write_recaps(folder: Path, practice: Practice, period_code: str) -> list[Path]:
    """One "Rekap Penilaian" of e-Kinerja BKN for every organisation that has people; the files written.

    They are named as the portal names its downloads: what they hold can only be seen inside.
    """
    from kinerja_cli.workbooks.plain import write_plain

    period = parse_period(period_code)
    organisations = practice.organisations()
    by_organisation: dict[str, list[Rating]] = {}
    for rating in ratings(practice, period.code):
        by_organisation.setdefault(organisations[rating.unit_code], []).append(rating)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, unit in enumerate((unit for unit in practice.units if unit.code in by_organisation), start=1):
        path = folder / f"Rekap Penilaian ({number}).xlsx"
        rows = _recap_rows(practice, unit.name, period, by_organisation[unit.code])
        write_plain(path, [("Rekap Penilaian", rows)])
        paths.append(path)
    return paths


def _recap_rows(
    practice: Practice, unit: str, period: Period, found: Sequence[Rating]
) -> Iterator[Sequence[CellValue]]:
    words = practice_data()["recap"]
    regulation = load_regulation(_REGULATION)
    labels = {term.value: term.label for term in regulation.ratings}
    predikat = {term.value: term.label for term in regulation.predikat}
    people = {person.nip: person for person in practice.people}
    yield (f"{practice.code} - {words['agency']}",)
    yield (unit,)
    yield (_period_title(period),)
    yield ()
    yield words["headings"]
    for number, rating in enumerate(found, start=1):
        person = people[rating.nip]
        cells: tuple[str, ...] = (NOT_RATED,) * 3
        if rating.hasil != NOT_RATED:
            outcome = regulation.cells[rating.hasil, rating.perilaku].predikat
            cells = (labels[rating.hasil], labels[rating.perilaku], predikat[outcome])
        yield (str(number), person.nip, person.name, person.position, *cells)


def _period_title(period: Period) -> str:
    """A period in the words of the portal."""
    if period.kind is PeriodKind.ANNUAL:
        return f"Periode Tahunan {period.year}"
    kind = "Triwulan" if period.kind is PeriodKind.QUARTERLY else "Bulanan"
    return f"Periode {kind} {period.number} Tahun {period.year}"
