"""The workbook of Excel 2003 in XML, which some systems still hand out under the name of an .xls.

It is read as a stream of tags by a parser that fetches nothing and knows no entities of the file's own.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # has no stubs

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.workbooks.extent import Extent
from kinerja_cli.workbooks.grid import SheetRead
from kinerja_cli.workbooks.guard import Limits
from kinerja_cli.workbooks.refusals import FileDamaged, FileTooLarge

_SPACE: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE: Final = "{urn:schemas-microsoft-com:office:excel}Visible"
_PIECE: Final = 1 << 16
_LEAST_CELL: Final = len("<Cell/>")
_SHOWN: Final = 60


def read_spreadsheetml(path: Path, data: bytes, limits: Limits) -> tuple[SheetRead, ...]:
    """The sheets of a workbook in XML. Raises FileDamaged and FileTooLarge."""
    book = _Book(path, limits, len(data))
    parser = etree.XMLParser(target=book, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise FileDamaged(path, str(error)) from error
    return tuple(book.sheets)


class _Book:
    """What the parser tells its tags to."""

    def __init__(self, path: Path, limits: Limits, size: int) -> None:
        self.sheets: list[SheetRead] = []
        self._path = path
        self._extent = Extent(path, limits.bounds)
        self._most = self._extent.block(size, _LEAST_CELL)
        self._laid = 0
        self._name = ""
        self._hidden = False
        self._rows: list[list[CellValue]] = []
        self._unreadable: dict[int, dict[int, str]] = {}
        self._row = self._column = self._next = 0
        self._kind = self._formula = ""
        self._parts: list[str] | None = None
        self._visible: list[str] | None = None

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """A document with rules of its own is none that a spreadsheet program wrote."""
        raise FileDamaged(self._path, f"DOCTYPE {name}")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        name = tag.removeprefix(_SPACE)
        if name == "Worksheet":
            self._name, self._hidden = attributes.get(f"{_SPACE}Name", ""), False
            self._rows, self._unreadable, self._row = [], {}, 0
        elif name == "Row":
            self._row, self._next = _index(attributes, self._row + 1), 0
        elif name == "Cell":
            self._column = _index(attributes, self._next + 1) - 1
            self._next = self._column + 1 + _number(attributes.get(f"{_SPACE}MergeAcross"))
            self._kind, self._formula = "", attributes.get(f"{_SPACE}Formula", "")
            self._parts = None
        elif name == "Data":
            self._kind, self._parts = attributes.get(f"{_SPACE}Type", "String"), []
        elif tag == _VISIBLE:
            self._visible = []

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._visible is not None:
            self._visible.append(text)
        elif self._parts is not None:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """A tag closes."""
        name = tag.removeprefix(_SPACE)
        if name == "Cell":
            self._put()
            self._parts = None
        elif tag == _VISIBLE and self._visible is not None:
            self._hidden = "".join(self._visible).strip() in ("SheetHidden", "SheetVeryHidden")
            self._visible = None
        elif name == "Worksheet":
            self.sheets.append(SheetRead(self._name, self._hidden, self._rows, self._unreadable))

    def close(self) -> None:
        """The document ends."""

    def _put(self) -> None:
        """Lay the cell that closes at its place, as a value or as one without."""
        text = None if self._parts is None else "".join(self._parts)
        if self._kind == "Error" or (self._formula and text is None):
            self._extent.reach(self._row, self._column + 1)
            said = (text or "#") if self._kind == "Error" else self._formula
            said = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
            self._unreadable.setdefault(self._row, {})[self._column] = said
        elif text:
            self._extent.reach(self._row, self._column + 1)
            while len(self._rows) < self._row:
                self._rows.append([])
            row = self._rows[self._row - 1]
            self._laid += max(self._column + 1 - len(row), 0)
            if self._laid > self._most:
                raise FileTooLarge(self._path, "cells", self._laid, self._most)
            row.extend([""] * (self._column + 1 - len(row)))
            row[self._column] = _value(self._kind, text)


def _value(kind: str, text: str) -> CellValue:
    """A value by its type; a number stays the number it is, so that a NIP typed as one is found out."""
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return text.strip() == "1" if kind == "Boolean" else text


def _index(attributes: Mapping[str, str], following: int) -> int:
    """Where a row or cell stands, from 1: where it says, else after the one before."""
    return max(_number(attributes.get(f"{_SPACE}Index")) or following, 1)


def _number(said: str | None) -> int:
    return int(said[:9]) if said and said.isdecimal() else 0
