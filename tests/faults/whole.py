"""Whose cells a damage did not touch, told from the bytes alone: nothing of it is what kinerja makes of a file."""

import re
import struct
from collections.abc import Collection, Iterator
from typing import Final

from tests.faults.damage import Damaged
from tests.faults.good import Good

_ROW: Final = re.compile(rb'<row\b[^<>]*?\br="(\d+)".*?</row>', re.DOTALL)
_TABLE_ROW: Final = re.compile(rb"<table:table-row\b[^<>]*>.*?</table:table-row>", re.DOTALL)
_PAGE_ROW: Final = re.compile(rb"<tr>.*?</tr>", re.DOTALL)
_SECTOR: Final = 512
_END, _STRINGS, _CONTINUED = 0x000A, 0x00FC, 0x003C
_CELLS: Final = frozenset({0x00FD, 0x0201, 0x0203, 0x027E, 0x00BD, 0x00BE})
_ROW_HEADER: Final = 0


def whole(good: Good, hurt: Damaged) -> Collection[str]:
    """The NIPs of those whose cells are as they were."""
    if hurt.after == hurt.before:
        return good.rows
    if hurt.part is None:
        return _whole_in_file(good, hurt)
    name = hurt.part.lower()
    if name.endswith("sheet1.xml"):
        rows = {int(match[1]): match[0] for match in _ROW.finditer(hurt.before)}
        return {nip for nip, row in good.rows.items() if rows[row] in hurt.after}
    if name == "content.xml":
        return _by_nip(good, (match[0] for match in _TABLE_ROW.finditer(hurt.before)), hurt.after)
    if name.endswith("sheet1.bin"):
        return _by_nip(good, _binary_rows(hurt.before), hurt.after, "utf-16-le")
    # Other parts hold no cells, except for the strings that cells name by number: any of them may be gone.
    return () if "sharedstrings" in name else good.rows


def _whole_in_file(good: Good, hurt: Damaged) -> Collection[str]:
    """For a file that was damaged from outside."""
    if good.content[:2] == b"PK" or hurt.before.startswith(hurt.after):
        # Each part has its check sum, and what broke off is refused: whatever is read is what was written.
        return good.rows if good.kind != "csv" else _by_nip(good, hurt.before.splitlines(), hurt.after.splitlines())
    if good.kind == "csv":
        return _by_nip(good, hurt.before.splitlines(), hurt.after.splitlines())
    if good.name.endswith(".htm.xls"):
        return _by_nip(good, (match[0] for match in _PAGE_ROW.finditer(hurt.before)), hurt.after)
    return _old_rows(good, hurt)


def _by_nip(good: Good, rows: Collection[bytes] | Iterator[bytes], after: Collection[bytes] | bytes,
            encoding: str = "ascii") -> set[str]:  # fmt: skip
    """Those whose row, which holds their NIP, is still there."""
    kept = [row for row in rows if row in after]
    return {nip for nip in good.rows if any(nip.encode(encoding) in row for row in kept)}


def _binary_rows(content: bytes) -> Iterator[bytes]:
    """The rows of a binary sheet, each from its header to the next."""
    at, start = 0, 0
    while at < len(content):
        here = at
        kind, at = _seven_bits(content, at, 2)
        length, at = _seven_bits(content, at, 4)
        if kind == _ROW_HEADER:
            if start:
                yield content[start:here]
            start = here
        at += length


def _seven_bits(content: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        byte = content[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    return value, at + most


def _old_rows(good: Good, hurt: Damaged) -> Collection[str]:
    """For an old workbook: those whose cells, and all strings, stand where they stood."""
    cells: dict[int, list[slice]] = {}
    strings: list[slice] = []
    at = _SECTOR
    while at + 4 <= len(hurt.before):
        kind, length = struct.unpack_from("<HH", hurt.before, at)
        span = slice(at, at + 4 + length)
        if kind in _CELLS:
            cells.setdefault(int.from_bytes(hurt.before[at + 4 : at + 6], "little") + 1, []).append(span)
        elif kind == _STRINGS or (kind == _CONTINUED and strings and not cells):
            strings.append(span)
        at = span.stop
        if kind == _END and cells:
            break
    if any(hurt.before[span] != hurt.after[span] for span in strings):
        return ()
    return {nip for nip, row in good.rows.items() if all(hurt.before[span] == hurt.after[span] for span in cells[row])}
