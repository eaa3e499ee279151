"""The merged cells of sheets whose reader does not tell them: of .ods files, and of large .xlsx sheets."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from kinerja_cli.workbooks.grid import Merged

_DATA_END: Final = re.compile(rb"</(?:[^\s<>/:]+:)?sheetData\s*>|<(?:[^\s<>/:]+:)?sheetData\s*/>")
_LONGEST_TAG: Final = 256
_MERGE: Final = re.compile(
    rb"""<(?:[^\s<>/:]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})["']"""
)
_ODS_TAG: Final = re.compile(
    rb"<(?:[^\s<>/:]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
_ODS_ATTRIBUTE: Final = re.compile(rb"""[\s:](name|number-\w+-(?:repeated|spanned))\s*=\s*["']([^"']*)["']""")


def merges_of_sheet(content: Iterable[bytes]) -> Sequence[Merged]:
    """The merged cells of an .xlsx sheet as its pieces go by; they stand behind all rows, however many these are."""
    found: list[Merged] = []
    rest, behind = b"", False
    for piece in content:
        data = rest + piece
        if not behind:
            end = _DATA_END.search(data)
            behind, data = end is not None, data[end.end() :] if end else data
        done = 0
        for match in _MERGE.finditer(data) if behind else ():
            done = match.end()
            left, right = _column(match[1]), _column(match[3])
            found.append(((int(match[2]) - 1, left), (int(match[4]) - 1, right)))
        rest = data[max(done, len(data) - _LONGEST_TAG) :]
    return found


def find_merges(path: Path) -> Mapping[str, Sequence[Merged]]:
    """The merged cells of each sheet of an .ods file by its name; nothing where it is of another kind or broken."""
    try:
        with ZipFile(path) as archive:
            content = archive.read("content.xml")
        return _ods(content) if b"spanned" in content else {}
    except (BadZipFile, OSError, ValueError, LookupError, RuntimeError, NotImplementedError):
        return {}


def _ods(content: bytes) -> dict[str, list[Merged]]:
    found: dict[str, list[Merged]] = {}
    here: list[Merged] = []
    row = column = repeated = 0
    for tag in _ODS_TAG.finditer(content):
        said = {name: value for name, value in _ODS_ATTRIBUTE.findall(tag[2])}
        if tag[1] == b"table":
            here = found.setdefault(html.unescape(said.get(b"name", b"").decode()), [])
            row = column = repeated = 0
        elif tag[1] == b"table-row":
            row, column = row + repeated, 0
            repeated = _times(said, b"number-rows-repeated")
        else:
            down, across = _times(said, b"number-rows-spanned"), _times(said, b"number-columns-spanned")
            if down > 1 or across > 1:
                here.append(((row, column), (row + down - 1, column + across - 1)))
            column += _times(said, b"number-columns-repeated")
    return found


def _times(said: Mapping[bytes, bytes], name: bytes) -> int:
    return max(int(said.get(name, b"1")), 1)


def _column(letters: bytes) -> int:
    """The column of its letters, counted from 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
