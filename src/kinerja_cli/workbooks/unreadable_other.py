"""The cells of .xls, .xlsb and .ods sheets that hold an error, and in .ods the formulas never calculated.

The two binary kinds keep a result with every formula, if only a zero, so there one that was never calculated
cannot be told from one that was.
"""

import html
import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias
from zipfile import BadZipFile, ZipFile

from kinerja_cli.workbooks.biff import records
from kinerja_cli.workbooks.compound import Compound
from kinerja_cli.workbooks.extent_other import XLSB_SHEET, xlsb_record

Cells: TypeAlias = dict[int, dict[int, str]]

_WORDS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_SHOWN: Final = 60

_XLS_MARK: Final = re.compile(rb"\x05\x02\x08\x00|\x02.[\x00-\x2b]...\xff\xff", re.DOTALL)
_XLS_SHEET, _XLS_END, _XLS_FORMULA, _XLS_ERROR = 0x85, 0x0A, 0x06, 0x205
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_BUNDLE = 0, 3, 11, 156
_XLSB_RELATION: Final = re.compile(rb"<Relationship\s[^<>]*>")
_ATTRIBUTE: Final = re.compile(rb"""\s(Id|Target)\s*=\s*["']([^"']*)["']""")

_ODS_TAG: Final = re.compile(
    rb"<(?:[^\s<>/:]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
    rb"(?:\s*<(?:[^\s<>/:]+:)?(p)(?=[\s/>])[^<>]*>([^<]*))?"
)
_ODS_ATTRIBUTE: Final = re.compile(rb"""[\s:](name|formula|value-type|number-\w+-repeated)\s*=\s*["']([^"']*)["']""")
_ROWS_ALIKE, _COLUMNS_ALIKE = 1_000, 64
"""Of a cell said to be repeated so many are told at most, which is enough to say what is wrong."""


def find_errors(path: Path) -> Mapping[str, Cells]:
    """The unreadable cells of each sheet by its name; nothing where the file is not as it should be."""
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"PK"
        if not packed:
            return _xls(path.read_bytes())
        with ZipFile(path) as archive:
            return _ods(archive) if "content.xml" in archive.namelist() else _xlsb(archive)
    except (BadZipFile, OSError, ValueError, LookupError, struct.error, RuntimeError, NotImplementedError):
        return {}


def _xls(data: bytes) -> dict[str, Cells]:
    book = Compound(data).stream("Workbook", "Book")
    if not _XLS_MARK.search(book):
        return {}
    names: list[tuple[str, int]] = []
    for kind, start, size in records(book, 0):
        if kind == _XLS_SHEET:
            begins, _state, _type, length, wide = struct.unpack_from("<IBBBB", book, start)
            text = book[start + 8 : start + size]
            names.append(
                (text[: 2 * length].decode("utf-16-le") if wide & 1 else text[:length].decode("latin-1"), begins)
            )
        elif kind == _XLS_END:
            break
    return {name: _xls_sheet(book, begins) for name, begins in names}


def _xls_sheet(book: bytes, begins: int) -> Cells:
    found: Cells = {}
    depth = 0
    for kind, start, size in records(book, begins):
        if kind & 0xFF == 0x09:
            depth += 1
        elif kind == _XLS_END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind == _XLS_ERROR and size >= 8 and book[start + 7]:
            row, column = struct.unpack_from("<HH", book, start)
            _put(found, row + 1, column, book[start + 6])
        elif depth == 1 and kind == _XLS_FORMULA and size >= 14 and _XLS_MARK.match(book, start + 6):
            row, column = struct.unpack_from("<HH", book, start)
            _put(found, row + 1, column, book[start + 8])
    return found


def _xlsb(archive: ZipFile) -> dict[str, Cells]:
    targets: dict[str, str] = {}
    for tag in _XLSB_RELATION.findall(archive.read("xl/_rels/workbook.bin.rels")):
        said = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(tag)}
        targets[said.get("Id", "")] = "xl/" + said.get("Target", "").removeprefix("/xl/")
    book = archive.read("xl/workbook.bin")
    found: dict[str, Cells] = {}
    for kind, start, _stop in _xlsb_records(book):
        if kind == _XLSB_BUNDLE:
            relation, after = _xlsb_text(book, start + 8)
            name, _after = _xlsb_text(book, after)
            found[name] = _xlsb_sheet(archive.read(targets[relation]))
    return found


def _xlsb_sheet(data: bytes) -> Cells:
    found: Cells = {}
    row = 0
    if data.startswith(XLSB_SHEET):
        for kind, start, _stop in _xlsb_records(data):
            if kind == _XLSB_ROW:
                row = int.from_bytes(data[start : start + 4], "little") + 1
            elif kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR):
                _put(found, row, int.from_bytes(data[start : start + 4], "little"), data[start + 8])
    return found


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    position = 0
    while (record := xlsb_record(data, position)) is not None:
        yield record
        position = record[2]


def _xlsb_text(data: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(data[at : at + 4], "little")
    return data[at + 4 : end].decode("utf-16-le"), end


def _ods(archive: ZipFile) -> dict[str, Cells]:
    content = archive.read("content.xml")
    if b"formula" not in content and b"error" not in content:
        return {}
    found: dict[str, Cells] = {}
    cells: Cells = {}
    row = column = repeated = 0
    for tag in _ODS_TAG.finditer(content):
        said = {name: value for name, value in _ODS_ATTRIBUTE.findall(tag[2])}
        if tag[1] == b"table":
            cells = found.setdefault(html.unescape(said.get(b"name", b"").decode()), {})
            row = column = 0
            repeated = 1
        elif tag[1] == b"table-row":
            row, column = row + repeated, 0
            repeated = _times(said, b"number-rows-repeated")
        else:
            text = _ods_unreadable(tag, said)
            times = _times(said, b"number-columns-repeated")
            if text:
                for down in range(min(repeated, _ROWS_ALIKE)):
                    for across in range(min(times, _COLUMNS_ALIKE)):
                        cells.setdefault(row + down, {})[column + across] = text
            column += times
    return found


def _ods_unreadable(tag: re.Match[bytes], said: Mapping[bytes, bytes]) -> str:
    """What an .ods cell says that has no value: the text of an error, or a formula without any text."""
    if said.get(b"value-type") == b"error":
        return html.unescape((tag[4] or b"").decode()) or "#"
    formula = said.get(b"formula")
    if formula is None or b"value-type" in said or tag[3]:
        return ""
    text = html.unescape(formula.decode()).partition(":")[2] or "=…"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _times(said: Mapping[bytes, bytes], name: bytes) -> int:
    return max(int(said.get(name, b"1")), 1)


def _put(found: Cells, row: int, column: int, code: int) -> None:
    found.setdefault(row, {})[column] = _WORDS.get(code, "#")
