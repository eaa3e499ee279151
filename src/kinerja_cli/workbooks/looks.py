"""Cells of a copy: text that stays text, and the look of a cell of one workbook made in another."""

from copy import copy

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.domain.text import STEERING
from kinerja_cli.errors import Severity
from kinerja_cli.workbooks.marks import FILLS

_STYLE = "_style"
"""Where openpyxl keeps the look of a cell, row or column; unlike its public properties it is one look-up for all."""

_PARTS = ("font", "border", "alignment", "protection")


def new_cell(page: Worksheet, value: object = None) -> Cell:
    """A cell to append to a page; text is text, whatever it looks like."""
    cell = WriteOnlyCell(page)
    if isinstance(value, str) and not value.isprintable():
        value = STEERING.sub("", value)
    cell.value = value  # type: ignore[assignment]  # what cannot stand in a cell openpyxl refuses itself
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def look_of(model: StyleableObject) -> StyleArray:
    """The look of a cell, row or column, in the terms of its workbook."""
    look = getattr(model, _STYLE)
    return look if isinstance(look, StyleArray) else StyleArray()


def wear(model: StyleableObject, look: StyleArray) -> None:
    """Give a cell, row or column a look, which must not be changed afterwards: others have it too."""
    setattr(model, _STYLE, look)


class Looks:
    """Styles of one workbook as styles of another, each made once."""

    def __init__(self, page: Worksheet) -> None:
        """`page` is any sheet of the workbook they are made in."""
        self._page = page
        self._made: dict[tuple[object, ...], StyleArray] = {}

    def of(
        self,
        model: StyleableObject | None,
        *,
        mark: Severity | None = None,
        bare: bool = False,
        text: bool = False,
        quoted: bool = False,
        date: str = "",
    ) -> StyleArray:
        """The look of a cell, or of none: filled for a `mark`, `bare` without the fill it had.

        `text` makes what is typed into it text; `quoted` keeps text from becoming a formula when it is edited;
        `date` is the number format of a cell that has none of its own.
        """
        own = tuple(look_of(model)) if model is not None else ()
        key = (own, mark, bare, text, quoted, date)
        if key not in self._made:
            self._made[key] = self._make(model, mark, bare=bare, text=text, quoted=quoted, date=date)
        return self._made[key]

    def _make(
        self, model: StyleableObject | None, mark: Severity | None, *, bare: bool, text: bool, quoted: bool, date: str
    ) -> StyleArray:
        cell = WriteOnlyCell(self._page)
        if model is not None:
            for part in _PARTS if bare else (*_PARTS, "fill"):
                setattr(cell, part, copy(getattr(model, part)))
            cell.number_format = model.number_format
            cell.quotePrefix = model.quotePrefix
        if mark is not None:
            cell.fill = PatternFill("solid", start_color=FILLS[mark])
        if text:
            cell.number_format = "@"
        elif date:
            cell.number_format = date
        if quoted:
            cell.quotePrefix = True
        return look_of(cell)
