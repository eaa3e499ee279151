"""Tables of a web page, which many systems hand out under the name of an .xls: each table is a sheet.

The page is read as a stream of tags; nothing of it is built, fetched or run. Every cell is text, which is the
best that can happen to a NIP. A merged cell has its value at its first place, as in a workbook.
"""

import re
from collections.abc import Callable, Mapping
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

_LINE_END: Final = "\0"
"""Ends a line of text; a page itself cannot hold it, and its own line ends mean nothing."""

_SEAM: Final = len("<!-")
"""What one piece of text may end with of a mark that the next one goes on with."""

_LAST: Final = 100_000
_ENDS_A_ROW: Final = re.compile(r"(?:</(?:tr|t[dh]|tbody|thead|tfoot)\s*>|</body\s*>|</html\s*>)\s*\Z")
"""Some systems never close their tables, but none stops in the middle of a cell."""

_UNSEEN: Final = frozenset({"script", "style", "title", "xml", "template", "noscript"})
_LINES: Final = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "pre", "hr"})


def read_page(path: Path, data: bytes, limits: Limits) -> tuple[SheetRead, ...]:
    """The tables of a page that have at least two columns; text and smaller tables come as rows above the next.

    Raises FileKindUnknown where there is no such table, FileTooLarge and FileDamaged where it is too much.
    """
    encoding = declared_encoding(path, data)
    _check_rows(path, data, encoding, limits)
    page = _Page(path, limits, len(data))
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True)
    try:
        for text in decoded(data, encoding):
            parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError as error:
        raise FileDamaged(path, str(error)) from error
    if not page.sheets:
        raise FileKindUnknown(path, _("a web page without a table"))
    return tuple(page.sheets)


def _check_rows(path: Path, data: bytes, encoding: str, limits: Limits) -> None:
    """Refuse by a mere count what would take long to be refused tag by tag, and a page that broke off.

    The parser closes what is open, and half a list would look like a whole one.
    """
    rows = tables = comments = 0
    last = ""
    for text in decoded(data, encoding):
        small = text.lower()
        rows += small.count("<tr")
        tables += small.count("<tab")
        seam = last[-_SEAM:] + small
        # Of an end that is whole in what was seen before, this leaves out the first letter.
        comments += seam.count("<!--") - seam.count("-->", 1 if len(seam) >= len(small) + _SEAM else 0)
        last = (last + small)[-_LAST:]
    if rows > limits.rows:
        raise FileTooLarge(path, "rows", rows, limits.rows)
    if not tables:
        raise FileKindUnknown(path, _("a web page without a table"))
    if comments > 0:
        raise FileDamaged(path, _("a comment is not closed"))
    within = max(last.rfind(mark) for mark in ("<table", "<tr", "<td", "<th"))
    if within > last.rfind("</table") and not _ENDS_A_ROW.search(last):
        raise FileDamaged(path, _("the page ends within a table"))


@dataclass(slots=True)
class _Cell:
    """A cell that is open, and the text in it so far."""

    columns: int
    rows: int
    parts: list[str]


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows, and in which columns a cell from above reaches down to which row.

    `merged` are the cells of several rows, by their first row and column and their last, from 0.
    """

    above: list[str]
    rows: list[list[str]] = field(default_factory=list)
    reach: dict[int, int] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cell: _Cell | None = None
    caption: list[str] | None = None
    name: str = ""
    in_row: bool = False
    holds_sheet: bool = False

    def columns(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.rows), default=0)

    def into(self) -> list[str]:
        """Where text inside of it goes; between its cells nothing is said."""
        if self.caption is not None:
            return self.caption
        return [] if self.cell is None else self.cell.parts


class _Page:
    """What the parser tells its tags to: some hundred thousand a second, so the usual ways are short."""

    def __init__(self, path: Path, limits: Limits, size: int) -> None:
        self.sheets: list[SheetRead] = []
        self._path = path
        self._limits = limits
        self._most = Extent(path, limits.bounds).block(size, _LEAST_CELL)
        self._tables: list[_Table] = []
        self._loose: list[str] = []
        self._into = self._loose
        self._cells = self._depth = 0
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "td": self._open_cell,
            "th": self._open_cell,
            "tr": self._open_row,
            "table": self._open_table,
            "caption": self._open_caption,
        }
        self._starts |= dict.fromkeys(_LINES, self._break_line) | dict.fromkeys(_UNSEEN, self._hide)
        self._ends: dict[str, Callable[[], None]] = {
            "td": self._close_cell,
            "th": self._close_cell,
            "tr": self._close_row,
            "table": self._close_table,
            "caption": self._close_caption,
        }
        self._ends |= dict.fromkeys(_LINES - {"br"}, self._break_line) | dict.fromkeys(_UNSEEN, self._listen)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileDamaged(self._path, _("tags are nested too deeply"))
        if (opens := self._starts.get(tag)) is not None:
            opens(attributes)

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._depth -= 1
        if (closes := self._ends.get(tag)) is not None:
            closes()

    def data(self, text: str) -> None:
        """Text between tags."""
        self._into.append(text)

    def close(self) -> None:
        """The page ends; the parser closes what is open."""

    def _listen(self) -> None:
        """Text goes to where the page is now: a caption, a cell, or outside of all tables."""
        self._into = self._tables[-1].into() if self._tables else self._loose

    def _hide(self, _attributes: Mapping[str, str]) -> None:
        self._into = []

    def _break_line(self, _attributes: Mapping[str, str] | None = None) -> None:
        self._into.append(_LINE_END)
        if not self._tables and len(self._loose) > _LOOSE:
            self._loose[:] = [f"{line}{_LINE_END}" for line in _lines(self._loose)[-_LINES_ABOVE:]]

    def _open_caption(self, _attributes: Mapping[str, str]) -> None:
        if self._tables:
            self._tables[-1].caption = []
            self._listen()

    def _close_caption(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is not None and table.caption is not None:
            table.name, table.caption = " ".join(_lines(table.caption)), None
            self._listen()

    def _open_table(self, _attributes: Mapping[str, str]) -> None:
        if len(self._tables) >= _DEEPEST_TABLE:
            raise FileDamaged(self._path, _("tables are nested too deeply"))
        above = self._tables[-1].into() if self._tables else self._loose
        self._tables.append(_Table(_lines(above)[-_LINES_ABOVE:]))
        above.clear()
        self._listen()

    def _open_row(self, _attributes: Mapping[str, str] | None = None) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        table.rows.append([])
        table.in_row = True
        count = len(table.above) + len(table.rows)
        if count > self._limits.rows:
            raise FileTooLarge(self._path, "rows", count, self._limits.rows)

    def _close_row(self) -> None:
        if self._tables:
            self._tables[-1].in_row = False

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        if not self._tables:
            raise FileDamaged(self._path, _("a cell stands outside of every table"))
        table = self._tables[-1]
        if not table.in_row:
            self._open_row()
        self._into = []
        columns = rows = 1
        if attributes:
            columns, rows = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        table.cell = _Cell(columns, rows, self._into)

    def _close_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None:
            return
        cell, table.cell, self._into = table.cell, None, []
        row = table.rows[-1]
        before = len(row)
        if table.reach:
            number = len(table.rows)
            while table.reach.get(len(row), 0) >= number:
                row.append("")
        end = len(row) + cell.columns
        if end > self._limits.columns:
            raise FileTooLarge(self._path, "columns", end, self._limits.columns)
        if cell.rows > 1:
            table.reach |= dict.fromkeys(range(len(row), end), len(table.rows) + cell.rows - 1)
            table.merged.append((len(table.rows) - 1, len(row), len(table.rows) + cell.rows - 2, end - 1))
        parts = cell.parts
        plain = len(parts) == 1 and parts[0] != _LINE_END
        row.append(" ".join(parts[0].split()) if plain else "\n".join(_lines(parts)))
        if cell.columns > 1:
            row.extend([""] * (cell.columns - 1))
        self._cells += end - before
        if self._cells > self._most:
            raise FileTooLarge(self._path, "cells", self._cells, self._most)

    def _close_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        self._listen()
        if table.columns() > 1 and (len(table.rows) > 1 or not self._tables):
            self._take(table)
            for around in self._tables:
                around.holds_sheet = True
        elif not table.holds_sheet:
            said = [*table.above, *(" ".join(filter(None, row)) for row in table.rows)]
            self._into.extend(f"{_LINE_END}{line}{_LINE_END}" for line in said if line)

    def _take(self, table: _Table) -> None:
        """Make a sheet of a table, with what was said above it."""
        rows = [[line] for line in table.above] + table.rows
        unreadable: dict[int, dict[int, str]] = {}
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                if text[:1] in ("#", "E") and is_error(text):
                    unreadable.setdefault(number, {})[column] = text
        name = table.name or f"Tabel {len(self.sheets) + 1}"
        down = len(table.above)
        ranges = [((top + down, left), (bottom + down, right)) for top, left, bottom, right in table.merged]
        self.sheets.append(SheetRead(name, hidden=False, cells=rows, without_value=unreadable, ranges=ranges))


def _lines(parts: list[str]) -> list[str]:
    """Text as a reader of the page sees it: single spaces, no blank lines."""
    return [line for said in "".join(parts).split(_LINE_END) if (line := " ".join(said.split()))]


def _span(said: str | None) -> int:
    """How many rows or columns a cell takes; what is no number counts as one."""
    if said is None or not said.strip().isdecimal():
        return 1
    return max(min(int(said.strip()[:9]), 1 << 30), 1)
