"""Ranges and formulas of a sheet after a column was put before its first one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange

_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?[0-9]{1,7})", re.IGNORECASE)
_COLUMN = re.compile(r"(\$?)([A-Z]{1,3})", re.IGNORECASE)
_ROW = re.compile(r"\$?[0-9]{1,7}")
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the sheets of one file are in the copy: by their old names the new ones, and by how many columns
    their cells moved. `names` are the names of ranges that the copy keeps."""

    sheets: Mapping[str, tuple[str, int]]
    names: frozenset[str] = frozenset()

    def formula(self, text: str, shift: int) -> str | None:
        """A formula of a rule as it is in the copy, on a sheet that moved by `shift`; None if it cannot be kept."""
        try:
            tokens = Tokenizer(f"={text}").items
        except (TokenizerError, IndexError):
            return None
        parts = [self._token(token, shift) for token in tokens]
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _token(self, token: Token, shift: int) -> str | None:
        value: str = token.value
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return value
        if value in self.names:
            return value
        sheet, mark, reference = value.rpartition("!")
        if not mark:
            return _reference(reference, shift)
        found = self.sheets.get(sheet.strip("'").replace("''", "'"))
        moved = None if found is None else _reference(reference, found[1])
        return None if found is None or moved is None else f"{quote_sheetname(found[0])}!{moved}"


def moved_range(text: str, shift: int) -> str:
    """Cell ranges, apart by spaces, as they are in the copy.

    >>> moved_range("A1:B2 D5", 1)
    'B1:C2 E5'
    """
    moved = []
    for one in text.split():
        cells = CellRange(one)
        cells.max_col = min(cells.max_col + shift, _LAST_COLUMN)
        cells.min_col += shift
        moved.append(cells.coord)
    return " ".join(moved)


def _reference(text: str, shift: int) -> str | None:
    """A reference to cells, columns or rows; None where it is none of these."""
    parts = [_end(end, shift) for end in text.split(":")]
    return None if len(parts) > 2 or None in parts else ":".join(part for part in parts if part is not None)


def _end(text: str, shift: int) -> str | None:
    if _ROW.fullmatch(text):
        return text
    cell = _CELL.fullmatch(text) or _COLUMN.fullmatch(text)
    if cell is None:
        return None
    column = min(column_index_from_string(cell[2]) + shift, _LAST_COLUMN)
    return f"{cell[1]}{get_column_letter(column)}{cell[3] if cell.re is _CELL else ''}"
