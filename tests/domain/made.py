"""Sheets as the reader hands them over, made from plain dictionaries."""

from collections.abc import Mapping
from datetime import date

from kinerja_cli.domain.roster import RosterChanges, RosterRead, read_roster, resolve_roster
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit

TODAY = date(2026, 1, 20)
BUDI = "198501152010011001"
SARI = "199207082019032015"
TONO = "197003031995031002"
PPPK = "199503122024212007"


def sheet(*rows: Mapping[str, CellValue], name: str = "S", first: int = 2) -> list[Row]:
    """Rows of one sheet; its columns are the fields any of the rows names, in order."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    source = Source("a.xlsx", name, "generic", first - 1, {field: at for at, field in enumerate(fields)})
    return [Row(source, number, [row.get(field) for field in fields]) for number, row in enumerate(rows, first)]


def read(*rows: Mapping[str, CellValue]) -> RosterRead:
    """What one sheet of these rows says."""
    return read_roster(sheet(*rows), today=TODAY)


def resolve(*rows: Mapping[str, CellValue], known: RosterChanges | None = None, retire: bool = False) -> RosterChanges:
    """What one sheet of these rows changes of what an earlier one left."""
    staff: Mapping[str, Employee] = known.staff if known else {}
    units: Mapping[str, Unit] = known.all_units if known else {}
    return resolve_roster(read(*rows), today=TODAY, known=staff, units=units, leavers="retire" if retire else "keep")


def codes(result: RosterRead | RosterChanges) -> list[str]:
    """The codes of the problems told."""
    return [problem.code for problem in result.problems]
