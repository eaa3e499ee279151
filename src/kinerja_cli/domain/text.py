"""Text as people type it into cells, and the one clean spelling of it that is kept and compared."""

import re
import unicodedata
from functools import lru_cache

from kinerja_cli.domain.rows import CellValue

STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that are not seen but steer a terminal, the direction of writing, or whoever compares two names."""

_SEPARATORS = re.compile(r"[\s_./\\\-\u2010-\u2015]+")


def without_steering(json_text: str) -> str:
    """JSON whose steering characters are written as their codes: the same to a program, harmless on a screen.

    >>> without_steering('{"name": "Budi\\u009b31m"}')
    '{"name": "Budi\\\\u009b31m"}'
    """
    if json_text.isascii() and "\x7f" not in json_text:
        return json_text
    return _STEERING_OR_BREAKING.sub(_as_code, json_text)


_STEERING_OR_BREAKING = re.compile(f"{STEERING.pattern[:-1]}\u2028\u2029]")


def _as_code(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def clean_text(value: CellValue) -> str:
    """A cell as one line of text: composed letters, single spaces, nothing that cannot be printed.

    A whole number that a spreadsheet keeps as a decimal loses its point, nothing else is rounded.

    >>> clean_text("  Budi\\u00a0 Santoso\\x07 "), clean_text(12.0), clean_text(None)
    ('Budi Santoso', '12', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)
    folded = " ".join(value.split())
    if folded.isascii() and folded.isprintable():
        return folded
    # What cannot be printed goes first: it may stand between a letter and its accent.
    printable = "".join(letter for letter in folded if letter.isprintable() and letter not in "\u200b\ufeff")
    return " ".join(unicodedata.normalize("NFC", printable).split())


def clean_lines(value: str) -> str:
    """Text of several lines, each cleaned; what a note or a feedback keeps."""
    return "\n".join(clean_text(line) for line in value.strip().splitlines())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What two spellings of one word have in common: upper case, one space for every kind of separator.

    >>> fold(" Laki-laki "), fold("III/c"), fold("Sub_Bagian  Umum")
    ('LAKI LAKI', 'III C', 'SUB BAGIAN UMUM')
    """
    return _SEPARATORS.sub(" ", clean_text(text)).strip().upper()


def slug(text: str) -> str:
    """A short name for machines and keyboards.

    >>> slug("Dinas Kesehatan, P2 & KB")
    'dinas-kesehatan-p2-kb'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def whole_number(text: str, most: int) -> int | None:
    """The whole number from 0 to `most` that a text of figures names; None where it names none.

    >>> whole_number("007", 99), whole_number("100", 99), whole_number("9" * 5_000, 99), whole_number("²", 99)
    (7, None, None, None)
    """
    # Python refuses to read a number of thousands of figures at all, so those are counted first.
    figures = text.lstrip("0") or text[:1]
    if not (text.isascii() and text.isdigit()) or len(figures) > len(str(most)):
        return None
    number = int(figures)
    return number if number <= most else None
