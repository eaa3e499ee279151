"""The front sheet of an annotated copy: what is wrong how often, what it means, how to mend it, where to begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Final

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.errors import Place, Problem, Severity
from kinerja_cli.workbooks.headings import SUMMARY_SHEET
from kinerja_cli.workbooks.looks import new_cell
from kinerja_cli.workbooks.marks import FILLS, INKS, WORDS, Marks, by_code, cell_in_copy
from kinerja_cli.workbooks.style import LINE, MARGIN, set_up_page
from kinerja_cli.workbooks.write import lines_of

_WIDTHS: Final = (13, 10, 48, 48, 36, 24)
_NAVY, _GREY, _EDGE, _FONT = "1F3864", "5F6B7A", "C9D3E3", "Calibri"
_PLACES: Final = 3
_LISTED: Final = 200
"""Of problems that are of no row at most so many are listed; what there are more of is counted above them."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One sheet that was read, as it is in the copy: its name there and by how many columns its cells moved."""

    marks: Marks
    name: str
    shift: int


def write_summary(
    page: Worksheet,
    sheets: Sequence[Copied],
    problems: Sequence[Problem],
    elsewhere: Sequence[Problem],
    outcome: str,
) -> None:
    """Write the front sheet; `elsewhere` are the problems of no single row, `outcome` is how the import ended."""
    sheet = _Front(page, {(one.marks.source.file, one.marks.source.sheet): one for one in sheets})
    sheet.begin()
    sheet.line(SUMMARY_SHEET, Font(name=_FONT, size=16, bold=True, color=_NAVY), 26)
    sheet.line(_counts(sheets), Font(name=_FONT, size=11, color=_GREY), 18)
    sheet.line(outcome, Font(name=_FONT, size=11, bold=True, color=_NAVY), 18)
    for advice in _advice(bool(problems)):
        sheet.line(advice, Font(name=_FONT, size=11))
    groups = by_code(problems)
    if groups:
        sheet.heading(_("Severity"), _("Count"), _("What it means"), _("How to mend it"), _("First places"), _("Code"))
        for group in groups:
            first = group[0]
            sheet.problem(first.severity, len(group), _(first.kind.meaning), group, first.code)
    if elsewhere:
        sheet.heading(
            _("Severity"), "", _("Of a column, a sheet or a file"), _("How to mend it"), _("Where"), _("Code")
        )
        for one in elsewhere[:_LISTED]:
            sheet.problem(one.severity, None, one.message, [one], one.code)
    sheet.heading(
        _("Rows"), _("Errors"), _("File"), _("Sheet in this copy"), _("Warnings and notes"), _("Without a problem")
    )
    for copied in sheets:
        sheet.sheet(copied)


def _counts(sheets: Sequence[Copied]) -> str:
    """How many rows there are and how many of them are fine, in one line."""
    return _("Rows: {rows}; with errors: {errors}, with warnings or notes: {others}, without a problem: {good}").format(
        rows=sum(one.marks.people for one in sheets),
        errors=sum(one.marks.count(Severity.ERROR) for one in sheets),
        others=sum(one.marks.count(Severity.WARNING) + one.marks.count(Severity.NOTE) for one in sheets),
        good=sum(len(one.marks.good) for one in sheets),
    )


def _advice(wrong: bool) -> tuple[str, ...]:
    if not wrong:
        return (_("Nothing is wrong: there is nothing to correct."),)
    return (
        _("Red must be corrected, amber should be looked at, light blue only tells something."),
        _("Rows without an error or warning are hidden by the filter of the column Masalah; clear it to see all rows."),
        _("Correct the cells and import this file: the column Masalah, the comments and this sheet are not read."),
    )


class _Front:
    """Writes the front sheet line by line."""

    def __init__(self, page: Worksheet, sheets: Mapping[tuple[str, str], Copied]) -> None:
        self._page = page
        self._sheets = sheets
        self._number = 0
        line = Side(style="thin", color=_EDGE)
        self._border = Border(left=line, right=line, top=line, bottom=line)

    def begin(self) -> None:
        """Widths and the printed page."""
        for column, width in enumerate(_WIDTHS, 1):
            self._page.column_dimensions[get_column_letter(column)].width = width
        set_up_page(self._page)

    def line(self, text: str, font: Font, height: float | None = None) -> None:
        """A line over the tables."""
        cell = self._cell(text, font)
        cell.alignment = Alignment(vertical="center")
        self._append([cell], height)

    def heading(self, *texts: str) -> None:
        """The headings of a table, a line apart from what is above it."""
        self._append([], None)
        cells = [self._cell(text, Font(name=_FONT, size=11, bold=True, color="FFFFFF")) for text in texts]
        for cell in cells:
            cell.fill = PatternFill("solid", start_color=_NAVY)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = self._border
        self._append(cells, max(self._height(texts), LINE + 2 * MARGIN))

    def problem(self, severity: Severity, count: int | None, what: str, group: Sequence[Problem], code: str) -> None:
        """A kind of problem, or one problem."""
        where = self._where(group)
        texts = (_(WORDS[severity]), count, what, group[0].fix, where, code)
        cells = self._data(texts)
        cells[0].fill = PatternFill("solid", start_color=FILLS[severity])
        cells[0].font = Font(name=_FONT, size=11, bold=True, color=INKS[severity])
        self._link(cells[4], group[0].place)
        self._append(cells, self._height([str(text or "") for text in texts]))

    def sheet(self, copied: Copied) -> None:
        """A sheet that was read, with its counts."""
        marks = copied.marks
        errors = marks.count(Severity.ERROR)
        source = marks.source
        texts = (
            marks.people, errors, source.file, copied.name, marks.people - errors - len(marks.good), len(marks.good)
        )  # fmt: skip
        cells = self._data(texts)
        self._link(cells[3], source.place(source.header_row))
        self._append(cells, self._height([str(text) for text in texts]))

    def _data(self, values: Sequence[object]) -> list[Cell]:
        cells = [self._cell(value, Font(name=_FONT, size=11)) for value in values]
        for cell in cells:
            cell.border = self._border
            sideways = "center" if isinstance(cell.value, int) else "left"
            cell.alignment = Alignment(horizontal=sideways, vertical="top", wrap_text=True)
        return cells

    def _where(self, group: Sequence[Problem]) -> str:
        """The first places of some problems as the copy names them."""
        places: list[str] = []
        last = None
        for one in group[:_PLACES]:
            sheet, cell = self._place(one.place)
            places.append(cell if cell and sheet == last else "!".join(filter(None, (sheet, cell))))
            last = sheet
        return ", ".join([*dict.fromkeys(filter(None, places)), *(["…"] if len(group) > _PLACES else [])])

    def _place(self, place: Place) -> tuple[str, str]:
        """The sheet and the cell of a place in the copy."""
        copied = self._sheets.get((place.file or "", place.sheet or ""))
        if copied is None:
            return ", ".join(filter(None, (place.file, place.sheet))), ""
        return copied.name, cell_in_copy(place, copied.shift)

    def _link(self, cell: Cell, place: Place) -> None:
        """Let a click lead to a place in the copy."""
        copied = self._sheets.get((place.file or "", place.sheet or ""))
        if copied is None:
            return
        target = cell_in_copy(place, copied.shift) or f"A{copied.marks.source.header_row}"
        cell.hyperlink = Hyperlink(ref="A1", location=f"{quote_sheetname(copied.name)}!{target}")
        cell.font = Font(name=_FONT, size=11, color="0563C1", underline="single")

    def _cell(self, value: object, font: Font) -> Cell:
        cell = new_cell(self._page, value)
        cell.font = font
        return cell

    def _height(self, texts: Sequence[str]) -> float:
        return MARGIN + LINE * max(lines_of(text, width + 4) for text, width in zip(texts, _WIDTHS, strict=True))

    def _append(self, cells: Sequence[Cell], height: float | None) -> None:
        self._number += 1
        if height is not None:
            self._page.row_dimensions[self._number].height = height
        self._page.append(list(cells))
