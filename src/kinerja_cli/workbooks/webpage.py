"""Tables of a web page, which many systems hand out under the name of an .xls: each table is a sheet.

The page is read as a stream of tags; nothing of it is built, fetched or run. Every cell is text, which is the
best that can happen to a NIP. A merged cell has its value at its first place, as in a workbook.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # has no stubs

from kinerja_cli.workbooks.encoding import declared_encoding, decoded
from kinerja_cli.workbooks.extent import Extent
from kinerja_cli.workbooks.grid import SheetRead, is_error
from kinerja_cli.workbooks.guard import Limits
from kinerja_cli.workbooks.refusals import FileDamaged, FileKindUnknown, FileTooLarge

_DEEPEST: Final = 1_000
"""Tags inside each other: pages that never close their fonts come to some hundred."""

_DEEPEST_TABLE: Final = 20
_LEAST_CELL: Final = 4
"""The bytes of `<td>`: but for merged ones, a page has at most so many cells as it is long."""

_LINES_ABOVE: Final = 20
_LOOSE: Final = 10_000
"""Pieces of text outside of tables that are kept before all but the last lines are forgotten."""

_UNSEEN: Final = frozenset({"script", "style", "title", "xml", "template", "noscript"})
_LINES: Final = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre", "hr"})


def read_page(path: Path, data: bytes, limits: Limits) -> tuple[SheetRead, ...]:
    """The tables of a page that have at least two columns; text and smaller tables come as rows above the next.

    Raises FileKindUnknown where there is no such table, FileTooLarge and FileDamaged where it is too much.
    """
    page = _Page(path, limits, len(data))
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True)
    try:
        for text in decoded(data, declared_encoding(path, data)):
            parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError as error:
        raise FileDamaged(path, str(error)) from error
    if not page.sheets:
        raise FileKindUnknown(path, _("a web page without a table"))
    return tuple(page.sheets)


@dataclass(slots=True)
class _Cell:
    """A cell that is open, and the text in it so far."""

    columns: int
    rows: int
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows, and in which columns a cell from above reaches down to which row."""

    above: list[str]
    rows: list[list[str]] = field(default_factory=list)
    reach: dict[int, int] = field(default_factory=dict)
    cell: _Cell | None = None
    caption: list[str] | None = None
    name: str = ""
    in_row: bool = False
    holds_sheet: bool = False

    def columns(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.rows), default=0)


class _Page:
    """What the parser tells its tags to."""

    def __init__(self, path: Path, limits: Limits, size: int) -> None:
        self.sheets: list[SheetRead] = []
        self._path = path
        self._limits = limits
        self._most = Extent(path, limits.bounds).block(size, _LEAST_CELL)
        self._tables: list[_Table] = []
        self._loose: list[str] = []
        self._cells = self._depth = self._unseen = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileDamaged(self._path, _("tags are nested too deeply"))
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open_table()
        elif tag in _LINES:
            self._say("\n")
        elif self._tables:
            table = self._tables[-1]
            if tag == "tr":
                self._open_row(table)
            elif tag in ("td", "th"):
                if not table.in_row:
                    self._open_row(table)
                table.cell = _Cell(_span(attributes.get("colspan")), _span(attributes.get("rowspan")))
            elif tag == "caption":
                table.caption = []

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._depth -= 1
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag in _LINES and tag != "br":
            self._say("\n")
        elif self._tables:
            table = self._tables[-1]
            if tag in ("td", "th"):
                self._close_cell(table)
            elif tag == "tr":
                table.in_row = False
            elif tag == "caption" and table.caption is not None:
                table.name, table.caption = " ".join("".join(table.caption).split()), None
            elif tag == "table":
                self._close_table()

    def data(self, text: str) -> None:
        """Text between tags; the lines of the page itself mean nothing."""
        if not self._unseen:
            self._say(text.replace("\n", " ").replace("\r", " "))

    def close(self) -> None:
        """The page ends; the parser closes what is open."""

    def _say(self, text: str) -> None:
        """Put text where it is being said: in a caption, a cell or outside of all tables."""
        if not self._tables:
            self._loose.append(text)
            if len(self._loose) > _LOOSE:
                self._loose = [f"{line}\n" for line in _lines(self._loose)[-_LINES_ABOVE:]]
            return
        table = self._tables[-1]
        if table.caption is not None:
            table.caption.append(text)
        elif table.cell is not None:
            table.cell.parts.append(text)

    def _open_table(self) -> None:
        if len(self._tables) >= _DEEPEST_TABLE:
            raise FileDamaged(self._path, _("tables are nested too deeply"))
        above = self._loose
        if self._tables:
            cell = self._tables[-1].cell
            above = cell.parts if cell is not None else []
        self._tables.append(_Table(_lines(above)[-_LINES_ABOVE:]))
        above.clear()

    def _open_row(self, table: _Table) -> None:
        table.rows.append([])
        table.in_row = True
        count = len(table.above) + len(table.rows)
        if count > self._limits.rows:
            raise FileTooLarge(self._path, "rows", count, self._limits.rows)

    def _close_cell(self, table: _Table) -> None:
        cell, table.cell = table.cell, None
        if cell is None:
            return
        row, number = table.rows[-1], len(table.rows)
        before = len(row)
        while table.reach.get(len(row), 0) >= number:
            row.append("")
        end = len(row) + cell.columns
        if end > self._limits.columns:
            raise FileTooLarge(self._path, "columns", end, self._limits.columns)
        if cell.rows > 1:
            table.reach |= dict.fromkeys(range(len(row), end), number + cell.rows - 1)
        row.append("\n".join(_lines(cell.parts)))
        row.extend([""] * (cell.columns - 1))
        self._cells += end - before
        if self._cells > self._most:
            raise FileTooLarge(self._path, "cells", self._cells, self._most)

    def _close_table(self) -> None:
        table = self._tables.pop()
        outer = self._tables[-1] if self._tables else None
        if table.columns() > 1 and (len(table.rows) > 1 or outer is None):
            self._take(table)
            for around in self._tables:
                around.holds_sheet = True
        elif not table.holds_sheet:
            said = [*table.above, *(" ".join(filter(None, row)) for row in table.rows)]
            into = self._loose if outer is None else outer.cell.parts if outer.cell is not None else []
            into.extend(f"\n{line}\n" for line in said if line)

    def _take(self, table: _Table) -> None:
        """Make a sheet of a table, with what was said above it."""
        rows = [[line] for line in table.above] + table.rows
        unreadable: dict[int, dict[int, str]] = {}
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                if text[:1] in ("#", "E") and is_error(text):
                    unreadable.setdefault(number, {})[column] = text
        name = table.name or f"Tabel {len(self.sheets) + 1}"
        self.sheets.append(SheetRead(name, hidden=False, cells=rows, without_value=unreadable))


def _lines(parts: list[str]) -> list[str]:
    """Text as a reader of the page sees it: single spaces, no blank lines."""
    return [line for said in "".join(parts).split("\n") if (line := " ".join(said.split()))]


def _span(said: str | None) -> int:
    """How many rows or columns a cell takes; what is no number counts as one."""
    if said is None or not said.strip().isdecimal():
        return 1
    return max(min(int(said.strip()[:9]), 1 << 30), 1)
