"""One value at a time: as people read it, as a script takes it, and nothing in it that could do harm."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from gettext import gettext as _
from typing import Final

from kinerja_cli.cli.views import Column
from kinerja_cli.domain.text import STEERING

ABSENT: Final = "-"
"""What people see where there is no value; never a zero."""

_SPACES = re.compile("[\t\r\x0b\x0c\x85\u2028\u2029]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """A text that does nothing to a terminal: no control characters, none that turn the direction of writing.

    >>> plain("red\\x1b[31m\\tface\\u202e")
    'red[31m face'
    """
    if text.isascii() and text.isprintable():
        return text
    return STEERING.sub("", _SPACES.sub(" ", text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """A text on one line.

    >>> one_line("two\\r\\nlines")
    'two lines'
    """
    return plain(text).replace("\n", " ")


def spoken(column: Column, value: object) -> str:
    """A value as people read it, in their language; lines of a list one below the other."""
    if value is None:
        return ABSENT
    if column.labels and isinstance(value, (str, int, bool)) and value in column.labels:
        return plain(column.labels[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (float, Decimal, Fraction)) or column.kind == "percent":
        return _spoken_number(value, percent=column.kind == "percent")
    if isinstance(value, (list, tuple)):
        return "\n".join(spoken(column, one) for one in value) or ABSENT
    return plain(_text(value)) or ABSENT


def _spoken_number(value: object, *, percent: bool) -> str:
    if not isinstance(value, (int, float, Decimal, Fraction)):
        return plain(_text(value))
    number = _decimal(value)
    if percent:
        number = number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    whole, _point, part = f"{number:f}".partition(".")
    # The catalogue puts a comma there where the language writes one.
    written = _("{whole}.{part}").format(whole=whole, part=part) if part else whole
    return f"{written}%" if percent else written


def written(value: object) -> str:
    """A value as a script takes it from csv or tsv: nothing cut, on one line, never a formula.

    >>> written(None), written(True), written("=1+1"), written(-3), written(["a", "b"])
    ('', 'true', "'=1+1", '-3', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        # What begins with an apostrophe already gets one more, or reading it back would take its own away.
        line = one_line(value)
        return f"'{line}" if line.lstrip("'").startswith(_FORMULA) or value.startswith(_FORMULA) else line
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return written("; ".join(value))
    return one_line(_text(value))


def as_json(value: object) -> object:
    """What `json` does not know by itself."""
    if isinstance(value, (Decimal, Fraction)):
        return int(value) if value == int(value) else float(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _decimal(value: float | Decimal | Fraction) -> Decimal:
    if isinstance(value, Fraction):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Decimal(str(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (Mapping, list, tuple, set, frozenset)):
        return json.dumps(value, ensure_ascii=False, default=as_json)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return f"{_decimal(value):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
