"""What a workbook of ours looks like: colours, fonts, borders, number formats, and the printed page."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

LINE: Final = 15
"""Height of one line of text, in points; a row has a little more."""

MARGIN: Final = 5
"""What a row is higher than its lines, in points."""

_NAVY, _BAND, _LINE, _TOTAL, _GREY = "1F3864", "F3F6FB", "C9D3E3", "DCE6F4", "5F6B7A"
_FONT = "Calibri"
_FOLIO = 14
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
_FORMATS = {
    "text": "@",
    "nip": "@",
    "number": "#,##0",
    "decimal": "#,##0.00",
    "percent": "0.0%",
    # Indonesian month names whatever the language of the spreadsheet program.
    "date": "[$-421]d mmmm yyyy",
}
_SIDEWAYS = {"text": "left", "nip": "left", "date": "left"}


class Styles:
    """The styles of one workbook, each made once: a cell only takes a reference to its own."""

    def __init__(self, workbook: Workbook) -> None:
        page = workbook.create_sheet("style")
        self._styles: dict[tuple[str, str, bool], StyleArray] = {}
        for name, font, fill, alignment in (
            ("title", Font(name=_FONT, size=16, bold=True, color=_NAVY), None, Alignment(vertical="center")),
            ("subtitle", Font(name=_FONT, size=11, color=_GREY), None, Alignment(vertical="center")),
            ("note", Font(name=_FONT, size=9, italic=True, color=_GREY), None, Alignment(vertical="top")),
            (
                "header",
                Font(name=_FONT, size=11, bold=True, color="FFFFFF"),
                _NAVY,
                Alignment(horizontal="center", vertical="center", wrap_text=True),
            ),
        ):
            for quoted in (False, True):
                self._add(page, (name, "text", quoted), font, fill, alignment, "@", None)
        for band, fill in (("odd", None), ("even", _BAND), ("total", _TOTAL)):
            font = Font(name=_FONT, size=11, bold=band == "total")
            for kind, number_format in _FORMATS.items():
                alignment = Alignment(
                    horizontal=_SIDEWAYS.get(kind, "right"),
                    vertical="center",
                    indent=1,
                    wrap_text=kind == "text",
                )
                for quoted in (False, True):
                    self._add(page, (band, kind, quoted), font, fill, alignment, number_format, band)
        workbook.remove(page)

    def text_cell(self, page: Worksheet, text: object, style: str) -> Cell:
        """A cell of words outside the data: a title, a header, a note."""
        return self._text(page, str(text), style, "text")

    def cell(self, page: Worksheet, value: object, kind: str, band: str) -> Cell:
        """A cell of data: a number or date stays one, all else is written as text and nothing but text."""
        if value is None or value == "":
            return self._plain(page, None, band, kind)
        if kind in ("number", "percent") and isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            whole = kind == "number" and value % 1 == 0
            return self._plain(page, value, band, kind if whole or kind == "percent" else "decimal")
        if kind == "date" and isinstance(value, date):
            return self._plain(page, value, band, kind)
        return self._text(page, str(value), band, "nip" if kind == "nip" else "text")

    def _plain(self, page: Worksheet, value: float | Decimal | date | None, band: str, kind: str) -> Cell:
        cell = WriteOnlyCell(page)
        cell.value = value
        return _dressed(cell, self._styles[band, kind, False])

    def _text(self, page: Worksheet, text: str, style: str, kind: str) -> Cell:
        cell = WriteOnlyCell(page, value=_NOT_XML.sub("", text))
        # What begins with = would otherwise be taken for a formula of ours.
        cell.data_type = "s"
        return _dressed(cell, self._styles[style, kind, text.startswith(_TRIGGERS)])

    def _add(
        self,
        page: Worksheet,
        key: tuple[str, str, bool],
        font: Font,
        fill: str | None,
        alignment: Alignment,
        number_format: str,
        band: str | None,
    ) -> None:
        cell = WriteOnlyCell(page)
        cell.font = font
        cell.alignment = alignment
        cell.number_format = number_format
        if fill:
            cell.fill = PatternFill("solid", start_color=fill)
        if band or key[0] == "header":
            line = Side(style="thin", color=_LINE)
            top = Side(style="medium", color=_NAVY) if band == "total" else line
            cell.border = Border(left=line, right=line, top=top, bottom=line)
        if key[2]:
            # The apostrophe of spreadsheet programs: editing the cell does not turn its text into a formula.
            cell.quotePrefix = True
        self._styles[key] = cell._style  # type: ignore[attr-defined]


def set_up_page(page: Worksheet) -> None:
    """Folio in landscape, as wide as the page, numbered at the foot, without grid lines on the screen."""
    page.sheet_view.showGridLines = False
    page.sheet_format.defaultRowHeight = LINE + MARGIN
    page.sheet_format.customHeight = True
    page.page_setup.paperSize = _FOLIO
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.7
    for part, text in ((_foot(page).left, "&A"), (_foot(page).right, "Halaman &P dari &N")):
        part.text, part.size = text, 9


def _foot(page: Worksheet) -> HeaderFooterItem:
    foot = page.oddFooter
    assert foot is not None
    return foot


def _dressed(cell: Cell, style: StyleArray) -> Cell:
    """The cell in a style made before: to compose it anew from font, fill and border takes far longer."""
    cell._style = style  # type: ignore[attr-defined]
    return cell
