"""How a rating workbook of ours is known again: its stamp, and for each row a key and a seal of what was sent.

All are short digests. They tell an entry from a slip and an old sheet from a new one; they are no protection
against somebody who means to deceive, since everybody can work them out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from kinerja_cli.domain.text import clean_text

SHEET: Final = "rating_sheet"
TEMPLATE: Final = "rating_template"
"""What a workbook says it is: a sheet about certain people, or an empty one."""

_DOCUMENT, _CHECKSUM, _KEYS = "document", "checksum", "keys"
_VERSION: Final = "1"
_KEYS_IN_A_CELL: Final = 400
"""A cell holds 32,767 characters, and far fewer are comfortable."""

_SEAL = re.compile(r"s1\.([0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose sheets these are: the mark of the agency's store, and the period."""

    agency: str
    period: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a rating workbook says of itself; `keys` are those of its rows when it was written.

    A sheet of several units has no `unit_code`, an empty template has neither period nor keys.
    """

    document: str
    agency: str
    period: str = ""
    unit_code: str = ""
    unit: str = ""
    written: str = ""
    keys: tuple[str, ...] = ()

    def facts(self) -> dict[str, str]:
        """The stamp as pairs to be written, with a checksum over all of them."""
        facts = {
            "purpose": "ratings",
            "aside": "Petunjuk",
            _DOCUMENT: self.document,
            "template_version": _VERSION,
            "agency": self.agency,
            "period": self.period,
            "unit_code": clean_text(self.unit_code),
            "unit": clean_text(self.unit),
            "written": self.written,
            "rows": str(len(self.keys)),
        }
        for number, start in enumerate(range(0, len(self.keys), _KEYS_IN_A_CELL), 1):
            facts[f"{_KEYS}_{number}"] = " ".join(self.keys[start : start + _KEYS_IN_A_CELL])
        return facts | {_CHECKSUM: _checksum(facts)}


@dataclass(frozen=True, slots=True)
class Seal:
    """Digests of what a row was sent with: its locked cells, its ratings and its note."""

    name: str
    position: str
    ratings: str
    note: str


def agency_mark(first_operation: str) -> str:
    """What stands for an agency's store: a digest of its first operation, which never changes."""
    return _digest(16, "agency", first_operation)


def is_stamped(facts: Mapping[str, str]) -> bool:
    """Whether a workbook says it is a rating workbook of ours, be that true or not."""
    return facts.get(_DOCUMENT) in (SHEET, TEMPLATE)


def read_stamp(facts: Mapping[str, str]) -> Stamp | None:
    """The stamp of a rating workbook; None where there is none, or where it is not as it was written."""
    if not is_stamped(facts):
        return None
    said = {name: text for name, text in facts.items() if name != _CHECKSUM}
    if facts.get(_CHECKSUM) != _checksum(said):
        return None
    keys = [key for name, text in said.items() if name.startswith(f"{_KEYS}_") for key in text.split()]
    return Stamp(
        said[_DOCUMENT],
        said.get("agency", ""),
        said.get("period", ""),
        said.get("unit_code", ""),
        said.get("unit", ""),
        said.get("written", ""),
        tuple(keys),
    )


def row_key(identity: Identity, nip: str) -> str:
    """The key of a person's row, which is another one in every period and agency."""
    return "k" + _digest(12, "key", identity.agency, identity.period, nip)


def rating_digest(values: Sequence[object]) -> str:
    """The digest of ratings: hasil, perilaku, SKP and perilaku in hundredths, innovation as 0 or 1."""
    return _digest(8, "ratings", *("" if value is None else str(value) for value in values))


def text_digest(text: str) -> str:
    """The digest of a cell's text."""
    return _digest(8, "text", text)


def seal_row(key: str, name: str, position: str, ratings: Sequence[object], note: str) -> str:
    """The seal of a row as it is sent; it holds for the row with this key alone."""
    parts = (text_digest(name), text_digest(position), rating_digest(ratings), text_digest(note))
    return ".".join(("s1", *parts, _whole(key, parts)))


def read_seal(key: str, text: str) -> Seal | None:
    """The seal of the row with a key, or None where it is no seal, or not this row's."""
    match = _SEAL.fullmatch(text)
    if match is None or match[5] != _whole(key, match.groups()[:4]):
        return None
    return Seal(match[1], match[2], match[3], match[4])


def _whole(key: str, parts: Iterable[str]) -> str:
    return _digest(12, "row", key, *parts)


def _checksum(facts: Mapping[str, str]) -> str:
    return _digest(32, "stamp", *(f"{name}={text}" for name, text in sorted(facts.items()) if text))


def _digest(length: int, *parts: str) -> str:
    """The first hexadecimal digits of a digest; what parts the parts occurs in no cell."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:length]
