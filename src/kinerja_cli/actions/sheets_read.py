"""What is told of each sheet an import has read: how it was understood, and its rows that are about nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from kinerja_cli.actions.naming import row_ranges
from kinerja_cli.domain import problems
from kinerja_cli.domain.roster_rows import LeftOut
from kinerja_cli.errors import Place, Problem, ProblemKind, Severity

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile

_TEXTS = 3
"""So many rows about nobody are quoted; the numbers of all are told."""
_TEXT_WIDTH = 80


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
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    skipped: "list[IgnoredSheet]",
    told: list[Problem],
) -> "Iterator[SheetReading]":
    """The sheets that were understood, one after the other.

    The others are put into `skipped` on the way, and files that were refused are told as problems.
    """
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading

    for sheet in sheets:
        if isinstance(sheet, SheetReading):
            yield sheet
        elif isinstance(sheet, IgnoredSheet):
            skipped.append(sheet)
        else:
            told.append(_refusal(sheet))


def _refusal(refused: "RefusedFile") -> Problem:
    """A file that was refused as a problem among the others: the code, the sentence and the remedy of its refusal."""
    error = refused.error
    kind = ProblemKind(error.code, Severity.ERROR, "{message}", "{hint}", "")
    return kind.at(Place(refused.file), message=error.message, hint=error.hint)


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
        texts = [f"“{shorten(note.text, _TEXT_WIDTH, placeholder=' …')}”" for note in sheet.notes[:_TEXTS]]
        if len(numbers) > _TEXTS:
            texts.append("…")
        yield problems.ROWS_ABOUT_NOBODY.at(
            sheet.source.place(first.row),
            value=first.text,
            count=len(numbers),
            rows=row_ranges(numbers),
            texts=", ".join(texts),
        )


def left_out(sheet: "SheetReading") -> Iterator[LeftOut]:
    """The rows of a sheet that are about nobody, each with its place."""
    return (LeftOut(sheet.source.place(note.row), note.text) for note in sheet.notes)
