"""What an annotated copy has added to a user's workbook, known again when the copy comes back corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.workbooks.grid import Cells, Grid
from kinerja_cli.workbooks.headings import ORIGIN_SHEET, OURS, normalise

_MOST_SHEETS = 5_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sheet of a copy is from: the file, by its place among the files copied, and its name there."""

    file: str
    tab: str


def columns_of_ours(headings: Cells) -> frozenset[int]:
    """The columns (from 0) that a copy has added, by the row of headings."""
    return frozenset(
        column for column, cell in enumerate(headings) if isinstance(cell, str) and normalise(cell) in OURS
    )


def without(columns: frozenset[int], row: Cells) -> Cells:
    """A row with nothing in some of its columns; the others keep their places."""
    return [None if column in columns else cell for column, cell in enumerate(row)] if columns else row


@dataclass(frozen=True, slots=True)
class RowsWithout:
    """Rows with nothing in the columns that a copy has added."""

    rows: Iterable[Cells]
    columns: frozenset[int]

    def __iter__(self) -> Iterator[Cells]:
        return (without(self.columns, row) for row in self.rows)


def origins(grids: Sequence[Grid]) -> Mapping[str, Origin]:
    """Where the sheets of a copy of several files are from, by their names in it; none where it is anything else."""
    for grid in grids:
        if grid.name == ORIGIN_SHEET and grid.hidden:
            return read_origins(grid.head(_MOST_SHEETS))
    return {}


def read_origins(rows: Iterable[Sequence[object]]) -> Mapping[str, Origin]:
    """What the sheet of origins says: name in the copy, file, name there."""
    found = {}
    for row in rows:
        name, file, tab, *_more = [*("" if cell is None else str(cell) for cell in row), "", "", ""]
        if name and tab:
            found[name] = Origin(file, tab)
    return found
