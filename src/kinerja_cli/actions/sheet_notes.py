"""What is told of the rows of a sheet that are about nobody."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kinerja_cli.actions.naming import row_ranges
from kinerja_cli.domain import problems
from kinerja_cli.errors import Problem

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import SheetReading


def told_notes(sheet: "SheetReading") -> Iterator[Problem]:
    """The one note on the rows of a sheet that are about nobody."""
    if sheet.notes:
        first = sheet.notes[0]
        numbers = [note.row for note in sheet.notes]
        yield problems.ROWS_ABOUT_NOBODY.at(
            sheet.source.place(first.row), value=first.text, count=len(numbers), rows=row_ranges(numbers)
        )
