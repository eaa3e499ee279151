"""Tell in one pass over each side whether live rows are what was recorded of them, without keeping any row.

Rows fall into buckets by their key. What is recorded of a row adds to the sum of its bucket the hash of the key
times the hashes of the columns that came, less those of the columns that went; a live row adds the same for all
its columns. So both sums agree where every row is as its images leave it, whatever happened to it in between, and
differ where any does not. Python draws the key of its hashes anew for every run, so that nobody can prepare rows
whose sums agree all the same; by chance they do once in some 10^18 times. Which rows of a bucket differ is found
out by comparing them in full.
"""

import os
from collections.abc import Iterator
from typing import Final

from kinerja_cli.storage.ledger import Value

BUCKETS: Final = 4096
"""How many sums each table has: so many that a bucket of a large table still fits into memory."""

LAST: Final = BUCKETS - 1
BETWEEN: Final = b',"'
"""What stands between two columns in an image."""


EMPTY_KEY: Final = 1 << 60 | int.from_bytes(os.urandom(7), "big")
"""What stands for the hash of an empty key, which is 0: a row with it would add nothing to any sum."""

_REMEMBERED: Final = 50_000
_SHORT: Final = 200


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


class Weights(dict[bytes, int]):
    """What each image adds to a sum; short ones are remembered, for updates write the same few ratings many times."""

    def __missing__(self, image: bytes) -> int:
        """Weigh an image that is not remembered."""
        weight = weigh(image)
        if len(image) < _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[image] = weight
        return weight


def weigh(image: bytes) -> int:
    """What an image adds to a sum: the hashes of its columns."""
    return sum(map(hash, image[2:-1].split(BETWEEN)))


def as_text(value: object) -> Value:
    """A value as the database holds it; bytes that are no text keep their place, so that they can be told."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return value if value is None or isinstance(value, (str, int)) else str(value)
