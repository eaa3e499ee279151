"""The rows of a sheet as they stand in an .xlsx file, written straight: ten times faster than cell by cell."""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from kinerja_cli.domain.text import STEERING
from kinerja_cli.workbooks.style import Styles

_LONGEST = 32_767
"""Excel refuses a file with a longer text in a cell."""


class RowWriter:
    """Writes row after row of one sheet; `number` is that of the last row written.

    Rows that `grow` become taller once somebody types a longer text into them.
    """

    def __init__(self, target: IO[bytes], styles: Styles, columns: int, *, grow: bool = False) -> None:
        self.number = 0
        self._height = "" if grow else ' customHeight="1"'
        self._target = target
        self._styles = styles
        self._letters = [get_column_letter(column) for column in range(1, columns + 1)]

    def blank(self) -> None:
        """Leave a row empty."""
        self.number += 1

    def words(self, texts: Sequence[object], styles: Sequence[str], height: float | None = None) -> None:
        """A row outside the data: a title, headers, a note; each text in its style."""
        self._row([self._text(str(text), style, "text") for text, style in zip(texts, styles, strict=True)], height)

    def data(self, values: Sequence[object], looks: Sequence[tuple[str, str]], height: float | None) -> None:
        """A row of data, each value of a kind and on a band.

        A number or date stays one, all else becomes text and nothing but text.
        """
        self._row([self._value(value, *look) for value, look in zip(values, looks, strict=True)], height)

    def _row(self, cells: Sequence[str], height: float | None) -> None:
        self.number += 1
        row = self.number
        tall = "" if height is None else f' ht="{height}"{self._height}'
        body = "".join([f'<c r="{letter}{row}"{cell}' for letter, cell in zip(self._letters, cells, strict=False)])
        self._target.write(f'<row r="{row}"{tall}>{body}</row>'.encode())

    def _value(self, value: object, kind: str, band: str) -> str:
        ids = self._styles.ids
        if value is None or value == "":
            return f' s="{ids[band, kind, False]}"/>'
        if type(value) is str or isinstance(value, bool):
            return self._text(str(value), band, kind)
        if kind in ("number", "percent", "score") and isinstance(value, (int, float, Decimal)) and math.isfinite(value):
            shape = "decimal" if kind == "number" and value % 1 else kind
            return f' s="{ids[band, shape, False]}"><v>{value}</v></c>'
        if kind == "date" and isinstance(value, date):
            return f' s="{ids[band, kind, False]}"><v>{_serial(value)}</v></c>'
        return self._text(str(value), band, kind)

    def _text(self, text: str, band: str, kind: str) -> str:
        style = self._styles.ids[band, "nip" if kind == "nip" else "text", text.startswith(TRIGGERS)]
        return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{_clean(text)}</t></is></c>'


LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheet programs take `_x0041_` for an A, so an underscore that begins such a thing is written as a code."""

TRIGGERS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet program would take for a formula once somebody edits its cell."""


def _serial(day: date) -> float:
    """A date as the number of days that spreadsheets count."""
    number: float = to_excel(day)  # type: ignore[no-untyped-call]  # the stubs leave it untyped
    return number


def seen(text: str) -> str:
    """A text without what XML forbids, and without what steers readers unseen."""
    return text if text.isprintable() else STEERING.sub("", text)


def _clean(text: str) -> str:
    """A text as XML can carry it: without what XML forbids or nobody sees, with line ends as they are."""
    text = escape(seen(text)[:_LONGEST], {"\r": "&#13;"})
    return LIKE_A_CODE.sub("_x005F_", text) if "_x" in text else text
