"""Tell in one pass over each side whether live rows are what was recorded of them, without keeping any row.

Rows fall into buckets by their key. What is recorded of a row adds to the sum of its bucket the hash of the key
times the hashes of the columns that came, less those of the columns that went; a live row adds the same for all
its columns. So both sums agree where every row is as its images leave it, whatever happened to it in between, and
differ where any does not. Python draws the key of its hashes anew for every run, so that nobody can prepare rows
whose sums agree all the same; by chance they do once in some 10^18 times. Which rows of a bucket differ is found
out by comparing them in full.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from kinerja_cli.storage.ledger import Value, canonical

BUCKETS: Final = 4096
"""How many sums each table has: so many that a bucket of a large table still fits into memory."""

LAST: Final = BUCKETS - 1
BETWEEN: Final = b',"'
"""What stands between two columns in an image."""

_REMEMBERED = 100_000
_LONG = 64


class Sums(dict[bytes, list[int]]):
    """The sums of all buckets, by table."""

    def __missing__(self, relation: bytes) -> list[int]:
        """A table that was not met before adds up to nothing."""
        self[relation] = sums = [0] * BUCKETS
        return sums


def is_foreseeable() -> bool:
    """Whether somebody has fixed the key of Python's hashes, so that sums prove nothing."""
    return os.environ.get("PYTHONHASHSEED", "random") != "random"


def differing(recorded: Sums, live: Sums) -> Iterator[tuple[bytes, int]]:
    """The buckets in which live rows are not what was recorded; all of them where the hashes can be foreseen."""
    trusted = not is_foreseeable()
    for relation in sorted({*recorded, *live}):
        sides = zip(recorded[relation], live[relation], strict=True)
        yield from ((relation, bucket) for bucket, (one, other) in enumerate(sides) if one != other or not trusted)


class Fragments(dict[object, bytes]):
    """What each value of a column looks like in an image, without the quotation mark that begins it."""

    def __init__(self, column: str, *, whole: bool) -> None:
        """Of a column by its name; `whole` where it holds whole numbers."""
        super().__init__()
        self._column = column
        self._whole = whole

    def __missing__(self, value: object) -> bytes:
        """Spell a value, and remember it if it is short enough to come again."""
        text = _spelled(self._column, value)
        if not isinstance(value, (str, bytes)) or len(value) < _LONG:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[value] = text
        return text

    def spell(self, values: Sequence[object]) -> list[bytes] | bytes:
        """Spell many values: one fragment for each, or a single one where all of them are the same."""
        if self._whole and float in set(map(type, values)):
            # Equal to the whole number to Python, and nothing that is ever recorded.
            values = [as_found(value) for value in values]
        first = values[0]
        if first == values[-1] and values.count(first) == len(values):
            return self[first]
        return list(map(self.__getitem__, values))


class _EndingInComma(bytes):
    """A fragment that an image is split in two at, since its value ends as a column does."""

    __slots__ = ()

    def __hash__(self) -> int:
        """That of both its parts, of which the second is empty."""
        return sum(map(hash, bytes(self).split(BETWEEN)))


def _spelled(column: str, value: object) -> bytes:
    if value is None:
        return b""
    if isinstance(value, bytes):
        # The bytes may be those of the text that was recorded; no image spells a value without quotation marks so.
        return f'{column}":{as_found(value)}'.encode()
    text = canonical({column: as_text(value)})[2:-1].encode("utf-8", "surrogateescape")
    return _EndingInComma(text) if BETWEEN in text else text


def as_text(value: object) -> Value:
    """A value as the database holds it; bytes that are no text keep their place, so that they can be told."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value if value is None or isinstance(value, (str, int)) else str(value)


def as_found(value: object) -> Value:
    """A value of a live row, of which bytes that the database does not hold as text are told as SQL writes them."""
    return f"X'{value.hex()}'" if isinstance(value, bytes) else as_text(value)
