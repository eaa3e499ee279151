"""The cells of an .xlsx sheet that hold no value: formulas that were never calculated, and errors.

The reader of workbooks gives such a cell as a blank one, which for a person without a rating would mean "not
rated". So the sheet is searched for the marks of such cells; one that has none of them costs no more than the
search. Sheets written in the usual way are looked into by those marks, any other by a parser.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from kinerja_cli.domain.rows import column_letter
from kinerja_cli.domain.text import clean_text

# Each begins with letters of its own, so that the search for it runs through at the speed of the memory.
_NO_VALUE: Final = rb"\s*(?:<v(?:\s[^<>]*)?(?:/>|>\s*</v>)\s*)?</c>"
_ENDS: Final = re.compile(rb"</f>" + _NO_VALUE)
_EMPTY: Final = re.compile(rb"<f(?:\s[^<>]*)?/>" + _NO_VALUE)
_ERRORS: Final = re.compile(b't="e"')
_HINTS: Final = (b"</f></c>", b"/></c>", b"<v></v>", b"<v/>", b"<v ", b"</f> ", b"</f>\n", b"</f>\r", b"</f>\t")
"""One of these is in every formula without a value, and none in most formulas with one."""

_PREFIX: Final = re.compile(rb"""xmlns:[^\s=<>]+\s*=\s*["']http://[a-z./]+/spreadsheetml(?:/2006)?/main["']""")
_CELL: Final = b'<c r="'
_REFERENCE: Final = re.compile(rb'<c r="([A-Za-z]{1,3})([0-9]{1,7})"')
_TYPE: Final = re.compile(rb"""\st\s*=\s*["']([A-Za-z]+)""")
_VALUE: Final = re.compile(rb"<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>)")
_FORMULA: Final = re.compile(rb"<f(\s[^<>]*?)?(?:/>|>([^<]*)</f>)")
_SHARED: Final = re.compile(rb"""\ssi\s*=\s*["']([0-9]+)""")
_ADDRESS: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SHOWN: Final = 60


class Finding:
    """The unreadable cells of the wanted columns, as the pieces of a sheet go by."""

    def __init__(self, columns: frozenset[int]) -> None:
        self.cells: dict[int, dict[int, str]] = {}
        self.columns = columns
        self._known = {column_letter(column).encode(): column for column in columns}
        self._shared: dict[bytes, bytes] = {}

    def add(self, row: int, column: int, kind: str, value: str | None, formula: str | None) -> None:
        """Take in a cell by its type, its value and its formula, each None where the cell has none."""
        if column not in self.columns:
            return
        if kind == "e":
            text = clean_text(value) or "#"
        elif formula is None or value or (kind == "str" and value is not None):
            return
        else:
            text = f"={clean_text(formula) or '…'}"
        if len(text) > _SHOWN:
            text = text[: _SHOWN - 1] + "…"
        self.cells.setdefault(row, {})[column] = text

    def look(self, rows: bytes) -> None:
        """Look into whole rows that are written in the usual way."""
        if b't="e"' in rows:
            self._judge_all(rows, _ERRORS)
        if b"<f" in rows and any(hint in rows for hint in _HINTS):
            self._judge_all(rows, _ENDS)
            self._judge_all(rows, _EMPTY)

    def _judge_all(self, rows: bytes, marks: re.Pattern[bytes]) -> None:
        done = 0
        for mark in marks.finditer(rows):
            if mark.end() <= done:
                continue
            start = rows.rfind(_CELL, done, mark.end())
            if start < 0:
                continue
            done = rows.find(_CELL, mark.end())
            if done < 0:
                done = len(rows)
            self._judge(rows, start, done)

    def _judge(self, rows: bytes, start: int, end: int) -> None:
        """Judge one cell, which reaches from its tag to the next one at most."""
        reference = _REFERENCE.match(rows, start, end)
        column = self._known.get(reference[1].upper()) if reference else None
        if reference is None or column is None:
            return
        tag = rows.find(b">", start, end)
        kind = _TYPE.search(rows, start, tag)
        value, formula = _VALUE.search(rows, tag, end), _FORMULA.search(rows, tag, end)
        written = None
        if formula:
            written = formula[2] or self._shared_formula(rows, formula[1] or b"")
        self.add(
            int(reference[2]),
            column,
            kind[1].decode() if kind else "",
            _text(value[1] or b"") if value else None,
            None if written is None else _text(written),
        )

    def _shared_formula(self, rows: bytes, attributes: bytes) -> bytes:
        """A formula that is written in another cell, where that one is among the same rows."""
        number = _SHARED.search(attributes)
        if number is None:
            return b""
        if number[1] not in self._shared:
            master = re.compile(rb"""<f\s[^<>]*?\bsi\s*=\s*["']%b["'][^<>]*>([^<]+)</f>""" % number[1]).search(rows)
            self._shared[number[1]] = master[1] if master else b""
        return self._shared[number[1]]


def is_marked(content: Iterable[bytes]) -> bool:
    """Whether a sheet may have any such cell, however it is written."""
    before = b""
    for piece in content:
        if _is_marked(piece) or _is_marked(before + piece[:8]):
            return True
        before = piece[-8:]
    return False


def is_prefixed(start: bytes) -> bool:
    """Whether a sheet gives its tags the prefix of a namespace, by what stands before its rows."""
    return _PREFIX.search(start) is not None


def parse_unreadable(content: Callable[[], Iterable[bytes]], columns: frozenset[int]) -> dict[int, dict[int, str]]:
    """The unreadable cells of a sheet that is written in an unusual way; as far as it is XML at all."""
    sheet = _Parsed(Finding(columns))
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.text
    try:
        for piece in content():
            parser.Parse(piece, False)
    except (ExpatError, LookupError, ValueError):
        pass
    return sheet.finding.cells


class _Parsed:
    """A sheet while it is parsed: the cell that the parser is in."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self._row = self._column = 0
        self._kind = ""
        self._said: dict[str, str] = {}
        self._in = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        name = name.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, -1
        elif name == "c":
            self._column += 1
            if (address := _ADDRESS.fullmatch(attributes.get("r", ""))) is not None:
                self._row, self._column = int(address[2]), _column(address[1])
            self._kind, self._said = attributes.get("t", ""), {}
        elif name in ("f", "v"):
            self._in = name
            self._said[name] = ""

    def text(self, text: str) -> None:
        """Text inside a tag."""
        if self._in:
            self._said[self._in] += text

    def end(self, name: str) -> None:
        """A tag closes."""
        self._in = ""
        if name.rpartition(":")[2] == "c":
            self.finding.add(self._row, self._column, self._kind, self._said.get("v"), self._said.get("f"))


def _is_marked(piece: bytes) -> bool:
    return b"<f" in piece or b":f" in piece or b'"e"' in piece or b"'e'" in piece


def _column(letters: str) -> int:
    """The column of its letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(written: bytes) -> str:
    return html.unescape(written.decode("utf-8", "replace"))
