"""How far the cells of a sheet reach, found without trusting what the sheet says of itself.

The reader of workbooks lays a sheet out as one block from its first to its last cell; one stray cell in the
far corner, a file of a few kilobytes, makes that block larger than any memory and ends the process. So every
part is swept before the reader sees it. The sweep looks only at cells whose reference is *larger* than all
before: an honest sheet of hundreds of megabytes takes about as long to sweep as to unpack.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.workbooks.refusals import FileDamaged, FileTooLarge

_LONGEST_TAG = 1 << 20
_ALWAYS_ALLOWED = 5_000_000
_BYTES_A_CELL = 8
"""The shortest cells take two to three times as many bytes: a sheet may be blank to more than a half."""
_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(c|row)(?=[\s/>])([^>]*)>")
_REFERENCE = re.compile(rb"""(?:^|[\s"'])r\s*=\s*["']([^"']*)["']""")
_CELL = re.compile(rb"([A-Za-z]{0,4})([0-9]{1,10})")
_PREFIXED = re.compile(rb"<[^\s<>/:]+:c[\s/>]")
_CLAIMED = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?([0-9]{1,30})""")
_AFTER_NAME = frozenset(b" \t\r\n/>")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a sheet may be: rows, columns, and cells of the block between its corners."""

    rows: int
    columns: int
    cells: int


class _Unusual(Exception):
    """The part is written in a way that the fast sweep does not follow."""


class Extent:
    """The corner reached so far; it refuses the file as soon as a bound is crossed."""

    def __init__(self, path: Path, bounds: Bounds) -> None:
        self.path = path
        self.bounds = bounds
        self.row = 0
        self.column = 0

    def reach(self, row: int, column: int) -> None:
        """Take in a cell, counted from 1."""
        if row > self.row:
            self.row = row
            if row > self.bounds.rows:
                raise FileTooLarge(self.path, "rows", row, self.bounds.rows)
        if column > self.column:
            self.column = column
            if column > self.bounds.columns:
                raise FileTooLarge(self.path, "columns", column, self.bounds.columns)

    def block(self, content: int, cell: int = _BYTES_A_CELL) -> int:
        """The largest block allowed for so many bytes of content; beyond it almost all would be empty."""
        return min(self.bounds.cells, max(_ALWAYS_ALLOWED, content // cell))

    def check_block(self, content: int) -> None:
        """Refuse the file if the block up to the corner is larger than is allowed for so much content."""
        if self.row * self.column > self.block(content):
            raise FileTooLarge(self.path, "cells", self.row * self.column, self.block(content))


def sweep(path: Path, content: Callable[[], Iterable[bytes]], bounds: Bounds) -> None:
    """Refuse a part of an .xlsx file that reaches too far; `content` gives its pieces, again if need be."""
    extent = Extent(path, bounds)
    try:
        size, row, column = _sweep_fast(content(), extent)
        if row <= bounds.rows and column <= bounds.columns and row * column <= extent.block(size):
            return
    except _Unusual:
        pass
    extent = Extent(path, bounds)
    extent.check_block(_sweep_tags(content(), extent))


def check_strings(path: Path, content: Iterable[bytes], size: int) -> None:
    """Refuse a table of strings that claims more of them than it has bytes: the reader makes room for all."""
    for data, end in whole_tags(path, content):
        for claimed in _CLAIMED.findall(data, 0, end):
            if int(claimed) > size:
                raise FileDamaged(path, f"uniqueCount {int(claimed)}")


def _sweep_fast(content: Iterable[bytes], extent: Extent) -> tuple[int, int, int]:
    """Follow cells written as every known program writes them: no prefix, the reference first.

    Returns the size of the part and a corner that no cell lies beyond, which may be somewhat too far out.
    """
    usual, row, column = _larger_than(0, 0)
    size = 0
    for data, end in whole_tags(extent.path, content):
        size += end
        if data.find(b":c", 0, end) >= 0 and _PREFIXED.search(data, 0, end):
            raise _Unusual
        position = 0
        while found := usual.search(data, position, end):
            position = found.end()
            if position >= len(data):
                raise FileDamaged(extent.path, _("a cell is cut off"))
            if data[position] not in _AFTER_NAME:
                continue
            reference = _REFERENCE.search(data, position, data.find(b">", position))
            if reference is None:
                raise _Unusual
            extent.reach(*_parse(extent.path, reference[1]))
            usual, row, column = _larger_than(extent.row, extent.column)
    return size, row, column


def _larger_than(row: int, column: int) -> tuple[re.Pattern[bytes], int, int]:
    """A pattern of cells outside the corner, as tightly as the shape of a reference can tell.

    With corner BR79000 it passes over every cell of columns A to BZ and rows 1 to 79999 and stops at others.
    Also returns the corner of what it passes over.
    """
    letters, digits = _letters(max(column, 1)), str(max(row, 1))
    first, tail = letters[0], len(letters) - 1
    columns = rb"[A-%c]?[A-Z]{1,%d}" % (first, tail) if tail else rb"[A-%c]" % first
    zeros = len(digits) - 1
    rows = rb"[1-%c]?[0-9]{1,%d}" % (ord(digits[0]), zeros) if zeros else rb"[1-9]"
    last_row = (int(digits[0]) + 1) * 10**zeros - 1 if zeros else 9
    last_column = sum((first - 64 if power == tail else 26) * 26**power for power in range(tail + 1))
    return re.compile(rb'<c(?! r="' + columns + rows + rb'")'), last_row, last_column


def _letters(column: int) -> bytes:
    letters = b""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = bytes([65 + rest]) + letters
    return letters


def _parse(path: Path, reference: bytes) -> tuple[int, int]:
    """Row and column of a reference such as BR79999; a bare number is a row."""
    parts = _CELL.fullmatch(reference)
    if parts is None:
        raise FileDamaged(path, reference[:20].decode("ascii", "replace"))
    column = 0
    for letter in parts[1].upper():
        column = column * 26 + letter - 64
    return int(parts[2]), column


def _sweep_tags(content: Iterable[bytes], extent: Extent) -> int:
    """Follow every tag of a row or cell one by one, counting on where a cell has no reference."""
    size = row = column = 0
    for data, end in whole_tags(extent.path, content):
        size += end
        for tag in _TAG.finditer(data, 0, end):
            reference = _REFERENCE.search(tag[2])
            if tag[1] == b"row":
                row, column = (_parse(extent.path, reference[1])[0] if reference else row + 1), 0
                continue
            if reference:
                row, column = _parse(extent.path, reference[1])
            else:
                column += 1
            extent.reach(max(row, 1), column)
    return size


def whole_tags(path: Path, content: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Pieces joined so that no tag is cut: each with the length of it that is ready to be looked at."""
    carry = b""
    for piece in content:
        data = carry + piece
        end = data.rfind(b"<")
        if end < 0 or data.find(b">", end) >= 0:
            end = len(data)
        yield data, end
        carry = data[end:]
        if len(carry) > _LONGEST_TAG:
            raise FileDamaged(path, "tag")
    if carry:
        yield carry, len(carry)
