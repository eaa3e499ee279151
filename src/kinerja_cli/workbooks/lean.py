"""Large .xlsx sheets without the columns that nobody asked for.

The reader of workbooks holds every cell of a sheet in memory, and an export of an agency has seventy columns,
of which some twenty are wanted; the others are mostly nobody's business here. So the reader is given a copy
that has only the wanted cells, in a file without a name that is gone when the reader has it: this takes less
time and a quarter of the memory. Only sheets written the way every known program writes them are copied; for
any other `NotLean` says to read the file itself.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZipFile, ZipInfo

from python_calamine import CalamineSheet, CalamineWorkbook

from kinerja_cli.domain.rows import column_letter
from kinerja_cli.workbooks.archive import entries, pieces
from kinerja_cli.workbooks.unreadable import Finding, is_marked, is_prefixed, parse_unreadable

_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_KEPT = (_BOOK, _RELATIONS, "_rels/.rels", "[Content_Types].xml", "xl/styles.xml")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _ROW_END = b'<c r="', b"</row>"
_EMPTY = b'<worksheet xmlns="%b"><sheetData/></worksheet>' % _MAIN[1:-1].encode()
_LONGEST_ROW = 16 << 20
_LARGEST_BOOK = 16 << 20
"""A list of sheets longer than this is nobody's; as a tree it would take ten times its size."""
_DATA_END, _STRINGS_END = b"</sheetData></worksheet>", b"</sst>"
_STRING = re.compile(rb't="s"[^>]*><v>(\d+)</v>')
_STRING_END = re.compile(rb"</si>|<si/>")


class NotLean(Exception):
    """The file is not written in the way that can be copied in part."""


@dataclass(frozen=True, slots=True)
class LeanBook:
    """A workbook whose sheets are read without their unwanted columns; `heads` has the first rows of each."""

    path: Path
    parts: Mapping[str, ZipInfo]
    sheets: Mapping[str, str]
    heads: CalamineWorkbook

    def sheet(self, name: str, finding: Finding) -> CalamineSheet:
        """A sheet with the columns alone that something is to be found in; every cell keeps its place."""
        with TemporaryFile() as copy:
            with self.path.open("rb") as stream, ZipFile(copy, "w") as archive:
                source = _Source(self.path, stream, self.parts)
                _copy(source, archive, (*_KEPT, _STRINGS))
                for part in self.sheets.values():
                    with archive.open(part, "w") as target:
                        wanted = wanted_rows(source.content(part), finding) if part == self.sheets[name] else (_EMPTY,)
                        for piece in wanted:
                            target.write(piece)
            with closing(_opened(copy)) as workbook:
                return workbook.get_sheet_by_name(name)


def open_lean(path: Path, rows: int) -> LeanBook:
    """Open a workbook so that the first `rows` rows of each sheet can be looked at without the rest."""
    parts = {part.filename.lower(): part for part in entries(path)}
    with TemporaryFile() as copy:
        with path.open("rb") as stream, ZipFile(copy, "w") as archive:
            source = _Source(path, stream, parts)
            _copy(source, archive, _KEPT)
            sheets = _sheets(source.whole(_BOOK), source.whole(_RELATIONS))
            strings = 0
            for part in sheets.values():
                head = _head(source.content(part), rows)
                strings = max([strings, *(int(number) + 1 for number in _STRING.findall(head))])
                archive.writestr(part, head)
            if strings:
                archive.writestr(_STRINGS, _first_strings(source.content(_STRINGS), strings))
        return LeanBook(path, parts, sheets, _opened(copy))


def find_unreadable(path: Path, name: str, columns: frozenset[int]) -> dict[int, dict[int, str]]:
    """The cells without a value in some columns of a sheet; none where the workbook hides which part it is."""
    parts = {part.filename.lower(): part for part in entries(path)}
    with path.open("rb") as stream:
        source = _Source(path, stream, parts)
        try:
            part = _sheets(source.whole(_BOOK), source.whole(_RELATIONS))[name]
            if not is_marked(source.content(part)):
                return {}
        except (KeyError, NotLean):
            return {}
        finding = Finding(columns)
        try:
            for _piece in wanted_rows(source.content(part), finding):
                pass
        except NotLean:
            return parse_unreadable(lambda: source.content(part), columns)
        return finding.cells


def wanted_rows(content: Iterator[bytes], finding: Finding) -> Iterator[bytes]:
    """A sheet without the cells of other columns, looked into on the way."""
    for piece in _wanted(content, _keys(finding.columns)):
        finding.look(piece)
        yield piece


def _opened(copy: IO[bytes]) -> CalamineWorkbook:
    """Open the copy, a file without a name; Linux has a path for it, elsewhere it is read into memory."""
    copy.flush()
    path = Path(f"/proc/self/fd/{copy.fileno()}")
    if path.exists():
        return CalamineWorkbook.from_path(path)
    copy.seek(0)
    return CalamineWorkbook.from_filelike(copy)


@dataclass(frozen=True, slots=True)
class _Source:
    """The original file, part by part."""

    path: Path
    stream: BinaryIO
    parts: Mapping[str, ZipInfo]

    def has(self, name: str) -> bool:
        """Whether there is such a part; capitals do not matter in the names of parts."""
        return name.lower() in self.parts

    def content(self, name: str) -> Iterator[bytes]:
        if not self.has(name):
            raise NotLean(name)
        return pieces(self.path, self.stream, self.parts[name.lower()])

    def whole(self, name: str) -> bytes:
        if self.has(name) and self.parts[name.lower()].file_size > _LARGEST_BOOK:
            raise NotLean(name)
        return b"".join(self.content(name))


def _copy(source: _Source, archive: ZipFile, names: tuple[str, ...]) -> None:
    for name in names:
        if source.has(name):
            with archive.open(name, "w") as target:
                for piece in source.content(name):
                    target.write(piece)


def _sheets(book: bytes, relations: bytes) -> dict[str, str]:
    """Which part each sheet is in. The guard has refused every file with entities before it came here."""
    try:
        targets = {relation.get("Id"): relation.get("Target") for relation in ET.fromstring(relations)}
        found = ET.fromstring(book).iterfind("{*}sheets/{*}sheet")
        sheets = {sheet.get("name"): targets.get(_relation(sheet)) for sheet in found}
    except (ET.ParseError, LookupError, ValueError) as error:
        raise NotLean(_BOOK) from error
    parts = {name: str(PurePosixPath("/xl", part))[1:] for name, part in sheets.items() if name and part}
    if not parts or len(parts) != len(sheets) or len(set(parts.values())) != len(parts):
        raise NotLean(_BOOK)
    return parts


def _relation(sheet: ET.Element) -> str | None:
    """The relation of a sheet to its part; its name has a namespace, of which there are two."""
    return next((value for name, value in sheet.items() if name.endswith("}id")), None)


def _head(content: Iterator[bytes], rows: int) -> bytes:
    """The first rows of a sheet, closed again after them; all of it where it has fewer."""
    data = bytearray()
    found = position = 0
    for piece in content:
        data += piece
        while (end := data.find(_ROW_END, position)) >= 0:
            position = end + len(_ROW_END)
            found += 1
            if found == rows:
                return bytes(data[:position]) + _DATA_END
        if len(data) - position > _LONGEST_ROW:
            raise NotLean("row")
    return bytes(data)


def _first_strings(content: Iterator[bytes], wanted: int) -> bytes:
    """The first strings of the table of strings, closed again after them."""
    data = bytearray()
    found = position = 0
    for piece in content:
        data += piece
        for end in _STRING_END.finditer(data, position):
            position = end.end()
            found += 1
            if found == wanted:
                return bytes(data[:position]) + _STRINGS_END
    return bytes(data)


def _keys(columns: frozenset[int]) -> frozenset[bytes]:
    """How the reference of a wanted cell begins: with two letters, or with one letter and any digit."""
    names = [column_letter(column) for column in columns]
    ends = {name[:2] for name in names if len(name) > 1}
    ends |= {f"{name}{digit}" for name in names if len(name) == 1 for digit in range(10)}
    return frozenset(end.encode() for end in ends)


def _wanted(content: Iterator[bytes], keys: frozenset[bytes]) -> Iterator[bytes]:
    """The sheet without the cells whose reference begins with none of the keys."""
    rest = b""
    in_data = False
    for piece in content:
        data = rest + piece
        if not in_data:
            start = data.find(b"<sheetData>")
            if start < 0 or b"<![CDATA[" in data or b"<!--" in data or is_prefixed(data[:start]):
                raise NotLean("sheetData")
            yield data[:start]
            data, in_data = data[start:], True
        end = data.rfind(_ROW_END) + len(_ROW_END)
        if end < len(_ROW_END):
            end = 0
        if len(data) - end > _LONGEST_ROW:
            raise NotLean("row")
        yield _thinned(data[:end], keys)
        rest = data[end:]
    yield rest


def _thinned(rows: bytes, keys: frozenset[bytes]) -> bytes:
    """Whole rows without their unwanted cells."""
    lines = rows.split(_ROW_END)
    cells = 0
    for number, line in enumerate(lines):
        start, *parts = line.split(_CELL)
        cells += len(parts)
        lines[number] = _CELL.join([start, *[part for part in parts if part[:2] in keys]])
    # A cell written in any other way would go with the one before it, unnoticed.
    if cells != rows.count(b"<c"):
        raise NotLean("cell")
    return _ROW_END.join(lines)
