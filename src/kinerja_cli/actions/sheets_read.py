"""What is told of each sheet an import has read: how it was understood, and its rows that are about nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinerja_cli.actions.naming import row_ranges
from kinerja_cli.domain import problems
from kinerja_cli.errors import Problem

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading


@dataclass(frozen=True, slots=True)
class FileRead:
    """One sheet that was read: what was recognised in it and how many rows it had."""

    file: str
    sheet: str
    layout: str
    header_row: int
    rows: int
    ignored: tuple[str, ...]
    reason: str
    unit: str | None
    mapped_by: str | None
    template: bool = False

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "layout": self.layout,
            "header_row": self.header_row,
            "rows": self.rows,
            "reason": self.reason,
            "unit": self.unit,
            "mapping": self.mapped_by,
        }


def left_alone(skipped: "Iterable[IgnoredSheet]") -> list[dict[str, object]]:
    """The sheets that were not read, by the keys promised to scripts."""
    return [{"file": one.file, "sheet": one.sheet, "reason": one.reason} for one in skipped]


def readings(
    sheets: "Iterable[SheetReading | IgnoredSheet]", skipped: "list[IgnoredSheet]"
) -> "Iterator[SheetReading]":
    """The sheets that were understood, one after the other; the others are put into `skipped` on the way."""
    from kinerja_cli.workbooks.read import IgnoredSheet

    for sheet in sheets:
        if isinstance(sheet, IgnoredSheet):
            skipped.append(sheet)
        else:
            yield sheet


def file_read(sheet: "SheetReading", rows: int) -> FileRead:
    """What is told of a sheet whose rows have been gone through."""
    source = sheet.source
    layout, reason = sheet.layout
    return FileRead(
        source.file,
        source.sheet,
        layout,
        source.header_row,
        rows,
        sheet.ignored,
        reason,
        sheet.unit,
        sheet.mapped_by,
        source.is_template,
    )


def told_units(sheet: "SheetReading") -> Iterator[Problem]:
    """What is odd about the units that a sheet names outside of its columns."""
    for odd in sheet.oddities:
        place = sheet.source.place(odd.row)
        yield odd.kind.at(place, field="unit", value=odd.text, count=len(odd.rows), rows=row_ranges(odd.rows))


def told_notes(sheet: "SheetReading") -> Iterator[Problem]:
    """The one note on the rows of a sheet that are about nobody."""
    if sheet.notes:
        first = sheet.notes[0]
        numbers = [note.row for note in sheet.notes]
        yield problems.ROWS_ABOUT_NOBODY.at(
            sheet.source.place(first.row), value=first.text, count=len(numbers), rows=row_ranges(numbers)
        )
