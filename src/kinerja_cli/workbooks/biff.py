"""Whether the records of an old Excel workbook follow each other to the end, and can be read without a password.

The reader of workbooks stops at the first record it cannot follow, or at an end that came to stand too early, and
gives what it has: half a list that looks like a whole one. Nothing in such a file tells how many rows there should
be, but every record begins where the one before it ends, and every part that begins must end.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from kinerja_cli.workbooks.compound import Compound

_BEGIN: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_END: Final = 0x000A
_PASSWORD: Final = 0x002F
_AROUND: Final = 6
_HEAD: Final = 4
_NEAR: Final = 64
_KINDS: Final = frozenset({0x00, 0x01, 0x02, 0x04, 0x08, 0x10})
"""The high bytes that kinds of records have; whoever reads from a wrong place soon meets others."""

_LONGEST: Final = 8224
_SIZES: Final = {0x00FD: 10, 0x0201: 6, 0x0203: 14, 0x0205: 8, 0x0208: 16, 0x027E: 10}
"""The records of cells and rows that always have one size: a longer one would swallow its neighbours."""

_SPANS: Final = {0x00BD: 6, 0x00BE: 2}
"""The records of several cells in a row, and how long each cell is; they say their first and their last column."""


def broken_record(path: Path) -> int | None:
    """Where the records of an old workbook break off; None where they are whole, or it is another kind of file."""
    try:
        book = _book(path)
    except (ValueError, LookupError, struct.error):
        return 0
    if book is None:
        return None
    depth = at = 0
    for kind, start, size in records(book):
        at = start - _HEAD
        if depth == 0 and kind not in _BEGIN:
            return at if any(book[at:]) else None
        if kind == 0 or kind >> 8 not in _KINDS or size > _LONGEST or start + size > len(book):
            return at
        if size != _SIZES.get(kind, size) or (kind in _SPANS and not _spans(book, start, size, _SPANS[kind])):
            return at
        depth += (kind in _BEGIN) - (kind == _END)
    return at if depth else None


def _spans(book: bytes, start: int, size: int, cell: int) -> bool:
    """Whether a record of several cells is as long as the columns it says: row, first column, cells, last column."""
    if size < _AROUND:
        return False
    first, last = (int.from_bytes(book[at : at + 2], "little") for at in (start + 2, start + size - 2))
    return size == _AROUND + (last - first + 1) * cell


def is_locked(path: Path) -> bool:
    """Whether an old workbook asks for a password: near its beginning a record says how it is encrypted."""
    try:
        book = _book(path) or b""
    except (ValueError, LookupError, struct.error):
        return False
    return any(kind == _PASSWORD for kind, _start, _size in islice(records(book), _NEAR))


def _book(path: Path) -> bytes | None:
    """The records of an old workbook; None where the file is of another kind."""
    data = path.read_bytes()
    return None if data[:2] == b"PK" else Compound(data).stream("Workbook", "Book")


def records(book: bytes, position: int = 0) -> Iterator[tuple[int, int, int]]:
    """Kind of each record from a place on, where its content starts and how long it is."""
    while position + _HEAD <= len(book):
        kind, size = struct.unpack_from("<HH", book, position)
        yield kind, position + _HEAD, size
        position += _HEAD + size
