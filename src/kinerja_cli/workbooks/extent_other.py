"""How far the cells of an .ods or .xlsb sheet reach: the same question in two other notations."""

import re
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.workbooks.extent import Bounds, Extent, whole_tags
from kinerja_cli.workbooks.refusals import FileDamaged

_ODS_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ROWS_REPEATED = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_COLUMNS_REPEATED = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")

XLSB_SHEET = b"\x81\x01"
"""How a sheet of an .xlsb file begins."""

_XLSB_ROW = 0
_XLSB_CELLS = frozenset({*range(1, 12), 62})


def sweep_ods(path: Path, content: Iterable[bytes], bounds: Bounds) -> None:
    """Refuse an .ods content that reaches too far: there one cell or row may be said to be repeated."""
    extent = Extent(path, bounds)
    size = row = column = repeated = 0
    for data, end in whole_tags(path, content):
        size += end
        for tag in _ODS_TAG.finditer(data, 0, end):
            name, attributes = tag[1], tag[2]
            if name == b"table":
                row = column = repeated = 0
            elif name == b"table-row":
                row += repeated
                column, repeated = 0, _times(_ROWS_REPEATED, attributes)
            else:
                column += _times(_COLUMNS_REPEATED, attributes)
                if b"value-type" in attributes:
                    extent.reach(row + repeated, column)
    extent.check_block(size)


def sweep_xlsb(path: Path, content: Iterable[bytes], bounds: Bounds) -> None:
    """Refuse a binary sheet that reaches too far, reading the row and column of each of its records."""
    extent = Extent(path, bounds)
    size = row = 0
    data = b""
    for piece in content:
        data += piece
        position = 0
        while (record := xlsb_record(data, position)) is not None:
            kind, start, stop = record
            if stop > len(data):
                break
            if kind == _XLSB_ROW:
                before, row = row, int.from_bytes(data[start : start + 4], "little") + 1
                if row <= before:
                    raise FileDamaged(path, _("row {row} comes after row {before}").format(row=row, before=before))
            elif kind in _XLSB_CELLS:
                extent.reach(row, int.from_bytes(data[start : start + 4], "little") + 1)
            position = stop
        size += position
        data = data[position:]
    if data:
        raise FileDamaged(path, "xlsb")
    extent.check_block(size)


def xlsb_record(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Kind of the record at a position, where its content starts and stops; None if its head is cut off."""
    kind = length = 0
    for index in range(2):
        if position >= len(data):
            return None
        byte = data[position]
        position += 1
        kind |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    for index in range(4):
        if position >= len(data):
            return None
        byte = data[position]
        position += 1
        length |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return kind, position, position + length


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
