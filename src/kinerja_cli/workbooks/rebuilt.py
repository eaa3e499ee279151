"""A sheet rebuilt from its values alone, however large: text files, other kinds of workbooks, the largest of all."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Final

from openpyxl.cell import Cell
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.workbooks.added import Added
from kinerja_cli.workbooks.likeness import AS_TEXT
from kinerja_cli.workbooks.looks import Looks, look_of, new_cell, wear
from kinerja_cli.workbooks.rowxml import TRIGGERS

_LOOK_AHEAD: Final = 500
_NARROWEST, _WIDEST, _PADDING = 8, 48, 2
_DAY, _MOMENT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"
_APART: Final = (*TRIGGERS, "#")
"""Text that begins so is written with care: a spreadsheet program would make a formula or an error of it."""


def rebuild_sheet(page: Worksheet, rows: Iterable[Sequence[CellValue]], looks: Looks, added: Added | None) -> None:
    """Write the rows of a sheet, from its first one on, with widths by what stands in them."""
    shift = added.shift if added else 0
    every = iter(rows)
    first = list(islice(every, _LOOK_AHEAD))
    header = added.marks.source.header_row if added else 0
    for column, width in enumerate(_widths(first[max(header - 1, 0) :])):
        page.column_dimensions[get_column_letter(column + 1 + shift)].width = width
    if added:
        for name in AS_TEXT & added.marks.source.columns.keys():
            column = added.marks.source.columns[name] + shift
            page.column_dimensions[get_column_letter(column + 1)].number_format = "@"
        added.begin()
    writer = _Writer(page, looks)
    width = 0
    for number, cells in enumerate(chain(first, every), 1):
        row: list[object] = writer.values(cells)
        if added:
            row = _with_added(row, number, writer, added)
            if number == header:
                writer.make_heading(row, added.at)
            _set_height(page, number, added)
        width = max(width, len(row))
        page.append(row)
        page.row_dimensions.pop(number, None)
    if added:
        added.end(width)


class _Writer:
    """Makes of values what can be appended to a page."""

    def __init__(self, page: Worksheet, looks: Looks) -> None:
        self.page = page
        self.looks = looks
        self._heading: StyleArray | None = None

    def values(self, cells: Sequence[CellValue]) -> list[object]:
        """A row: most values as they are, those that need it as cells."""
        return [
            value
            if type(value) is float
            or (type(value) is str and value != "" and not value.startswith(_APART) and value.isprintable())
            else self.cell(value)
            for value in cells
        ]

    def cell(self, value: CellValue) -> object:
        """One value that needs care; nothing for none."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, date):
            cell = new_cell(self.page, value)
            midnight = not isinstance(value, datetime) or value.time() == datetime.min.time()
            wear(cell, self.looks.of(None, date=_DAY if midnight else _MOMENT))
            return cell
        return value

    def as_cell(self, value: object) -> Cell:
        """A value of a row as a cell, for it to be given a look."""
        return value if isinstance(value, Cell) else new_cell(self.page, value)

    def make_heading(self, row: list[object], but: int) -> None:
        """Give the cells of the heading row their look, except one."""
        for at, value in enumerate(row):
            if at == but or value is None:
                continue
            cell = row[at] = self.as_cell(value)
            if self._heading is None:
                cell.font = Font(name="Calibri", size=11, bold=True)
                cell.fill = PatternFill("solid", start_color="DCE6F4")
                cell.border = Border(bottom=Side(style="thin", color="1F3864"))
                self._heading = look_of(cell)
            wear(cell, self._heading)

    def _text(self, value: str) -> Cell:
        cell = new_cell(self.page, value)
        if value.startswith(TRIGGERS):
            wear(cell, self.looks.of(None, quoted=True))
        return cell


def _with_added(row: list[object], number: int, writer: _Writer, added: Added) -> list[object]:
    """The row with what the copy adds to it: its own column, fills and comments."""
    if added.shift:
        row.insert(0, None)
    marked = added.marked(number)
    ours = added.cell(number)
    row.extend([None] * (max([*marked, added.at if ours else -1], default=-1) + 1 - len(row)))
    for at, problems in marked.items():
        cell = writer.as_cell(row[at])
        own = cell if cell.has_style else None
        wear(cell, writer.looks.of(own, mark=problems[0].severity, text=problems[0].field in AS_TEXT))
        added.comment(cell, problems)
        row[at] = cell
    if added.at < len(row):
        row[added.at] = ours
    return row


def _set_height(page: Worksheet, number: int, added: Added) -> None:
    hidden, height = added.hides(number), added.height(number)
    if hidden or height is not None:
        row = page.row_dimensions[number]
        row.hidden, row.height = bool(hidden), height


def _widths(rows: Sequence[Sequence[CellValue]]) -> Iterator[int]:
    """Of every column a width that shows most of what stands in it."""
    for column in range(max(map(len, rows), default=0)):
        texts = (str(row[column]) for row in rows if column < len(row) and row[column] is not None)
        yield max(_NARROWEST, min(max(map(len, texts), default=0) + _PADDING, _WIDEST))
