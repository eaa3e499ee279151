"""A row of a spreadsheet as the domain sees it: values by field, and the place a user can find it at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from kinerja_cli.errors import Place

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell can hold; an empty cell is None or an empty string."""

STAMP_KIND: Final = "kind"
"""Under this name a workbook of ours says what it is."""

TEMPLATE: Final = "template"
"""What an empty workbook to be filled in says it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet of one file, with what was recognised in it.

    `columns` maps a field ("nip", "unit_name" …) to its column, counted from 0; `above` holds the text of the
    rows over the heading row, where titles, units and periods stand. `derived` are the fields that no column
    of the file holds but its titles, tabs or rows between people do. `stamp` is what a workbook that kinerja
    wrote says of itself; `unreadable` names, by row (from 1) and column (from 0), the cells whose value the
    file does not give: a formula never calculated, or an error such as #REF!.
    """

    file: str
    sheet: str
    layout: str
    header_row: int
    columns: Mapping[str, int]
    above: tuple[tuple[str, ...], ...] = ()
    derived: frozenset[str] = frozenset()
    stamp: Mapping[str, str] = field(default_factory=dict)
    unreadable: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    @property
    def is_template(self) -> bool:
        """Whether the sheet stands in an empty workbook that kinerja gave out to be filled in."""
        return self.stamp.get(STAMP_KIND) == TEMPLATE

    def place(self, row: int | None = None, name: str | None = None) -> Place:
        """The address of a field in a row, in the terms of the spreadsheet program."""
        if name in ("nip", "name") and name in self.derived:
            name = "name_nip"
        index = self.columns.get(name) if name is not None and name not in self.derived else None
        return Place(self.file, self.sheet, row, None if index is None else column_letter(index))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: `number` as the spreadsheet shows it (from 1), `cells` from column A on."""

    source: Source
    number: int
    cells: Sequence[CellValue]

    def get(self, field: str) -> CellValue:
        """The value of a field, or None where the sheet has no such column or the cell is empty."""
        index = self.source.columns.get(field)
        if index is None or index >= len(self.cells):
            return None
        value = self.cells[index]
        return None if value == "" else value

    def has(self, field: str) -> bool:
        """Whether the sheet has a column for the field at all."""
        return field in self.source.columns

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)


def column_letter(index: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
