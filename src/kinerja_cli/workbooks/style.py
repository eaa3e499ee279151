"""What a workbook of ours looks like: colours, fonts, borders, number formats, and the printed page."""

from typing import Final, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Paper: TypeAlias = Literal["folio", "a4"]
"""What is printed on; offices use folio, 215 × 330 mm."""

LINE: Final = 15
"""Height of one line of text, in points; a row has a little more."""

MARGIN: Final = 5
"""What a row is higher than its lines, in points."""

_NAVY, _BAND, _LINE, _TOTAL, _GREY = "1F3864", "F3F6FB", "C9D3E3", "DCE6F4", "5F6B7A"
_FONT = "Calibri"
_ENTRY, _ENTRY_HEADER = "FFF7D6", "8A6100"
_PAPERS: Final = {"folio": 14, "a4": 9}
_HEADER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FORMATS = {
    "text": "@",
    "nip": "@",
    "number": "#,##0",
    "decimal": "#,##0.00",
    "percent": "0.0%",
    # Whatever somebody types is shown as they typed it: no rounding, no zeros added.
    "score": "General",
    # Indonesian month names whatever the language of the spreadsheet program.
    "date": "[$-421]d mmmm yyyy",
}
_SIDEWAYS = {"text": "left", "nip": "left", "date": "left"}


class Styles:
    """The styles of one workbook, each made once; `ids` has their numbers by band, kind, and whether quoted."""

    def __init__(self, workbook: Workbook) -> None:
        self.ids: dict[tuple[str, str, bool], int] = {}
        page = workbook.create_sheet()
        words = (
            ("title", Font(name=_FONT, size=16, bold=True, color=_NAVY), None, Alignment(vertical="center")),
            ("subtitle", Font(name=_FONT, size=11, color=_GREY), None, Alignment(vertical="center")),
            ("note", Font(name=_FONT, size=9, italic=True, color=_GREY), None, Alignment(vertical="top")),
            ("lead", Font(name=_FONT, size=11), None, Alignment(vertical="center")),
            ("header", Font(name=_FONT, size=11, bold=True, color="FFFFFF"), _NAVY, _HEADER),
            ("entry header", Font(name=_FONT, size=11, bold=True, color="FFFFFF"), _ENTRY_HEADER, _HEADER),
        )
        for name, font, fill, alignment in words:
            border = _border() if name.endswith("header") else None
            self._add(page, (name, "text"), font, fill, alignment, border)
        for band, fill in (("odd", None), ("even", _BAND), ("total", _TOTAL), ("entry", _ENTRY)):
            font = Font(name=_FONT, size=11, bold=band == "total")
            for kind in _FORMATS:
                sideways = _SIDEWAYS.get(kind, "right")
                alignment = Alignment(horizontal=sideways, vertical="center", indent=1, wrap_text=kind == "text")
                self._add(page, (band, kind), font, fill, alignment, _border(total=band == "total"))
        workbook.remove(page)

    def _add(
        self,
        page: Worksheet,
        key: tuple[str, str],
        font: Font,
        fill: str | None,
        alignment: Alignment,
        border: Border | None,
    ) -> None:
        # The quoted twin has the apostrophe of spreadsheet programs: editing its cell makes no formula of it.
        for quoted in (False, True):
            cell = page.cell(1, 1 + len(self.ids))
            cell.font, cell.alignment, cell.number_format = font, alignment, _FORMATS[key[1]]
            if fill:
                cell.fill = PatternFill("solid", start_color=fill)
            if border:
                cell.border = border
            cell.quotePrefix = quoted
            cell.protection = Protection(locked=key[0] != "entry")
            self.ids[*key, quoted] = cell.style_id


def _border(*, total: bool = False) -> Border:
    line = Side(style="thin", color=_LINE)
    return Border(left=line, right=line, bottom=line, top=Side(style="medium", color=_NAVY) if total else line)


def set_up_page(page: Worksheet, *, paper: Paper = "folio", foot: str = "&A", grow: bool = False) -> None:
    """A page in landscape, as wide as the paper, numbered at the foot, without grid lines on the screen.

    `foot` is what stands at the left of the foot, in the code of spreadsheet programs. Rows that `grow` are left to
    the program to fit to what is typed into them.
    """
    page.sheet_view.showGridLines = False
    page.sheet_format.defaultRowHeight = LINE + MARGIN
    page.sheet_format.customHeight = not grow
    page.page_setup.paperSize = _PAPERS[paper]
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.7
    for part, text in ((_foot(page).left, foot), (_foot(page).right, "Halaman &P dari &N")):
        part.text, part.size = text, 9


def _foot(page: Worksheet) -> HeaderFooterItem:
    foot = page.oddFooter
    assert foot is not None
    return foot
