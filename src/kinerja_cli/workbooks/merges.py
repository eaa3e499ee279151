"""The merged cells of .ods files, whose reader does not tell them."""

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from kinerja_cli.workbooks.grid import Merged

_ODS_TAG: Final = re.compile(
    rb"<(?:[^\s<>/:]+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
_ODS_ATTRIBUTE: Final = re.compile(rb"""[\s:](name|number-\w+-(?:repeated|spanned))\s*=\s*["']([^"']*)["']""")


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
