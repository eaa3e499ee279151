"""The column that an annotated copy adds to a sheet, and what it does to the sheet's rows."""

from typing import Final

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import CustomFilter, CustomFilters, FilterColumn
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.errors import Problem, Severity
from kinerja_cli.workbooks.looks import look_of, new_cell, wear
from kinerja_cli.workbooks.marks import FILLS, GOOD, INKS, Marks, told
from kinerja_cli.workbooks.style import MARGIN
from kinerja_cli.workbooks.write import lines_of

HEADING: Final = "Masalah"
WIDTH: Final = 52
"""Of the added column, in characters: some sentences in two or three lines, and room for the table beside it."""

OURS: Final = "[kinerja]\n"
"""With this line begins what is ours in a comment, so that a copy of a copy can be told from its user's words."""

_COMMENTS: Final = 1_000
"""Spreadsheet programs draw a box for every comment; with many more of them a file takes minutes to open."""
_COMMENT_WIDTH: Final = 340
_COMMENT_LINE: Final = 18
_COMMENT_CHARACTERS: Final = 46

_FONT: Final = "Calibri"
_LINE: Final = 13.5
_NARROW_TYPE: Final = 12
"""So many more characters of the smaller type find room in the column."""
_GOOD_INK: Final = "375623"


class Added:
    """The added column of one sheet: at which column of the copy, and by how many the others have moved."""

    def __init__(self, page: Worksheet, marks: Marks, column: int | None) -> None:
        """`column` is where an earlier copy has added one already; it is written anew."""
        self.marks = marks
        self.at = column or 0
        self.shift = 1 if column is None else 0
        self._page = page
        self._last = marks.last
        self._bad = marks.bad
        self._comments = 0
        self._cells: dict[int, dict[int, list[Problem]]] = {}
        for (row, at), problems in marks.cells.items():
            self._cells.setdefault(row, {})[at + self.shift] = problems
        self._styles: dict[Severity | None, StyleArray] = {}

    def begin(self) -> None:
        """What must be known before the first row is written: width, frozen panes."""
        page, header = self._page, self.marks.source.header_row
        letter = get_column_letter(self.at + 1)
        page.column_dimensions[letter].width = WIDTH
        page.column_dimensions[letter].hidden = False
        for cells in self._cells.values():
            for at in cells:
                at_letter = get_column_letter(at + 1)
                if at_letter in page.column_dimensions:
                    page.column_dimensions[at_letter].hidden = False
        page.freeze_panes = f"{get_column_letter(self.at + 2)}{header + 1}"
        page.print_title_rows = f"{header}:{header}"
        page.sheet_properties.filterMode = bool(self._bad)

    def end(self, columns: int) -> None:
        """The filter over the whole table, set so that only rows to look at are shown, if there are any."""
        page, header = self._page, self.marks.source.header_row
        page.auto_filter.ref = f"A{header}:{get_column_letter(max(columns, self.at + 1))}{self._last}"
        if self._bad:
            unlike = [CustomFilter(operator="notEqual", val=f"{GOOD}*"), CustomFilter(operator="notEqual", val=" ")]
            column = FilterColumn(colId=self.at, customFilters=CustomFilters(_and=True, customFilter=unlike))
            page.auto_filter.filterColumn.append(column)

    def hides(self, row: int) -> bool | None:
        """Whether the filter hides a row; None where it says nothing of it."""
        if not self._bad or not self.marks.source.header_row < row <= self._last:
            return None
        return row not in self._bad

    def height(self, row: int) -> float | None:
        """How high a row must be for its sentences to be read; None where any height will do."""
        if row not in self.marks.rows:
            return None
        text, _severity = self.marks.text(row) or ("", None)
        return _LINE * lines_of(text, WIDTH + _NARROW_TYPE) + MARGIN

    def cell(self, row: int) -> Cell | None:
        """What stands in the added column of a row."""
        if row == self.marks.source.header_row:
            cell = new_cell(self._page, HEADING)
            cell.font = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", start_color="1F3864")
            cell.alignment = Alignment(horizontal="center", vertical="center")
            return cell
        found = self.marks.text(row)
        if found is None:
            return None
        text, severity = found
        cell = new_cell(self._page, text)
        if severity not in self._styles:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(name=_FONT, size=10, color=_GOOD_INK if severity is None else INKS[severity])
            if severity is not None:
                cell.border = Border(bottom=Side(style="thin", color=INKS[severity]))
                cell.fill = PatternFill("solid", start_color=FILLS[severity])
            self._styles[severity] = look_of(cell)
        wear(cell, self._styles[severity])
        return cell

    def marked(self, row: int) -> dict[int, list[Problem]]:
        """The cells of a row that something is wrong with, by their column in the copy (from 0)."""
        return self._cells.get(row, {})

    def comment(self, cell: Cell, problems: list[Problem]) -> None:
        """Say in a comment what is wrong with a cell, beneath what its user has noted there."""
        if self._comments == _COMMENTS:
            return
        self._comments += 1
        ours = told(problems)
        theirs = f"{cell.comment.text.rstrip()}\n\n" if cell.comment else ""
        lines = lines_of(f"{theirs}{ours}", _COMMENT_CHARACTERS) + 2
        cell.comment = Comment(f"{theirs}{OURS}{ours}", "kinerja", lines * _COMMENT_LINE, _COMMENT_WIDTH)
