"""Whether the XML of a sheet is whole, since the reader of workbooks does not ask.

Where a tag is broken the reader goes on at the next place it understands, and the rows between are gone without
a word. A sheet of usual size is parsed once for nothing but its form; in a large one, where that would cost a good
part of the reading, rows must begin as often as they end.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from kinerja_cli.workbooks.extent import whole_tags
from kinerja_cli.workbooks.refusals import FileDamaged

PARSED_TO: Final = 8 << 20
"""Sheets of so many bytes are parsed, which takes less than a tenth of a second."""

_CONTROLS: Final = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))
_CHARACTER: Final = re.compile(rb"&#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6});")
_PART: Final = re.compile(
    r"content\.xml|xl/(?:workbook\.xml|_rels/workbook\.xml\.rels|sharedstrings\.xml|worksheets/[^/]*\.xml)",
    re.IGNORECASE,
)
_ROWS: Final = (
    (re.compile(rb"<row(?:\s[^<>]*?)?(/?)>"), re.compile(rb"</row\s*>")),
    (re.compile(rb"<table:table-row(?:\s[^<>]*?)?(/?)>"), re.compile(rb"</table:table-row\s*>")),
)
"""How a row begins and ends; each begins with letters of its own, so that the search runs at full speed."""


def holds_rows(part: str) -> bool:
    """Whether rows may be lost where this part of a workbook is broken."""
    return _PART.fullmatch(part) is not None


def check_whole(path: Path, part: str, content: Iterable[bytes], size: int) -> None:
    """Refuse a part of XML that is broken; `size` is how many bytes its pieces come to."""
    if size <= PARSED_TO:
        _parse(path, part, content)
    else:
        _count_rows(path, part, content)


def _parse(path: Path, part: str, content: Iterable[bytes]) -> None:
    # Control characters are against the rules of XML as well, but they hide no row and are cleaned later.
    text = b"".join(content).translate(_CONTROLS)
    if b"&#" in text:
        text = _CHARACTER.sub(b" ", text)
    try:
        ParserCreate().Parse(text, True)
    except ExpatError as error:
        raise FileDamaged(path, f"{part}: {error}") from error


def _count_rows(path: Path, part: str, content: Iterable[bytes]) -> None:
    opened = closed = 0
    for data, end in whole_tags(path, content):
        for begins, ends in _ROWS:
            # Of "/" and "" the empty ones are rows that have something in them.
            opened += begins.findall(data, 0, end).count(b"")
            closed += len(ends.findall(data, 0, end))
    if opened != closed:
        raise FileDamaged(path, f"{part}: {opened} <row>, {closed} </row>")
