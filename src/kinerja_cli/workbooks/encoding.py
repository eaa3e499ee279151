"""What letters the bytes of a text file stand for: told by its first bytes, by itself, or by trying."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kinerja_cli.workbooks.refusals import FileDamaged

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_DECLARED_WITHIN: Final = 8192
_PIECE: Final = 1 << 20
_UNDECLARED: Final = ("utf-8", "cp1252")
_ONE_BYTE: Final = re.compile(r"iso8859-\d+|cp(?:125\d|437|850|874)|koi8-\w|mac-roman")


def encoding_of(path: Path, data: bytes) -> str:
    """The encoding of a text file; FileDamaged where its bytes are no letters in any that could be meant."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _first_possible(path, data, (encoding,))
    return _first_possible(path, data, _UNDECLARED)


def declared_encoding(path: Path, data: bytes) -> str:
    """The encoding of a page or document, which may say itself what it is.

    UTF-8 is tried before it is believed to be anything else: no other text looks like it, and pages often lie.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return encoding_of(path, data)
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    name = _known(found[1].decode("ascii")) if found else None
    return _first_possible(path, data, (*_UNDECLARED[:1], name, *_UNDECLARED[1:]) if name else _UNDECLARED)


def decoded(data: bytes, encoding: str) -> Iterator[str]:
    """The text of the bytes, piece by piece."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _PIECE):
        yield decoder.decode(data[start : start + _PIECE])
    yield decoder.decode(b"", final=True)


def _first_possible(path: Path, data: bytes, encodings: tuple[str, ...]) -> str:
    detail = ""
    for encoding in encodings:
        try:
            for _text in decoded(data, encoding):
                pass
        except UnicodeDecodeError as error:
            detail = f"{error.encoding}: {error.reason}"
        else:
            return encoding
    raise FileDamaged(path, detail)


def _known(name: str) -> str | None:
    """An encoding of one byte a letter by the name a page gives; what claims to be Latin-1 is cp1252 in truth."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    if known in ("iso8859-1", "ascii"):
        return "cp1252"
    return known if _ONE_BYTE.fullmatch(known) else None
