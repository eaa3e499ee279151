"""A sheet as every kind of file gives it: rows from A1 on, and which of its cells hold no value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final, Protocol, TypeAlias

from kinerja_cli.domain.rows import CellValue

Cells: TypeAlias = Sequence[CellValue]

Unreadable: TypeAlias = Mapping[int, Mapping[int, str]]
"""By row (from 1) and column (from 0): a formula that was never calculated ("=…"), or an error ("#REF!")."""

ERRORS: Final = frozenset(
    {
        *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"),
        *("#BLOCKED!", "#BUSY!", "#CALC!", "#CONNECT!", "#EXTERNAL!", "#FIELD!", "#GETTING_DATA", "#PYTHON!"),
        *("#SPILL!", "#UNKNOWN!", "#TIMEOUT!"),
    }
)
"""What spreadsheet programs show instead of a value; LibreOffice also has Err: and a number."""

_OFFICE_ERROR: Final = "Err:5"


Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""A range of merged cells by its first and last row and column, counted from 0."""


class Grid(Protocol):
    """One sheet: row 1 is its first row, whether or not anything stands there."""

    @property
    def name(self) -> str:
        """What the sheet is called."""

    @property
    def hidden(self) -> bool:
        """Whether the spreadsheet program hides it."""

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:
        """All rows, to be gone through as often as wanted; only `columns` need to be filled."""

    def unreadable(self, columns: frozenset[int]) -> Unreadable:
        """The cells of these columns whose value the file does not give; quickest after `rows`."""

    def merged(self) -> Sequence[Merged]:
        """The ranges of merged cells, as far as the reader of this kind of file tells them; asked after `rows`."""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet that has been read whole, a grid of its own: its rows from A1 on, and its cells without a value."""

    name: str
    hidden: bool
    cells: Sequence[Cells]
    without_value: Unreadable
    ranges: Sequence[Merged] = ()

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""
        return list(self.cells[:count])

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:  # noqa: ARG002 - all have been read
        """All rows, those too that hold nothing but cells without a value."""
        below = max(self.without_value, default=0) - len(self.cells)
        return [*self.cells, *repeat((), below)] if below > 0 else self.cells

    def unreadable(self, columns: frozenset[int]) -> Unreadable:
        """The cells of these columns that hold a formula never calculated, or an error."""
        return {
            row: wanted
            for row, cells in self.without_value.items()
            if (wanted := {column: text for column, text in cells.items() if column in columns})
        }

    def merged(self) -> Sequence[Merged]:
        """The ranges that its reader has told."""
        return self.ranges


def error_cells(rows: Iterable[Cells], columns: frozenset[int]) -> dict[int, dict[int, str]]:
    """The cells that hold an error as text, which is all that a file without types can say of it."""
    found: dict[int, dict[int, str]] = {}
    for number, cells in enumerate(rows, 1):
        for column in columns:
            value = cells[column] if column < len(cells) else None
            if isinstance(value, str) and is_error(text := value.strip()):
                found.setdefault(number, {})[column] = text
    return found


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet program shows where there is no value.

    `Err:502` and its like are LibreOffice's.
    """
    return text in ERRORS or (text.startswith(_OFFICE_ERROR) and len(text) == 7 and text[4:].isdecimal())
