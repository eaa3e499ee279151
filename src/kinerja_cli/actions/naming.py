"""How an operation names the files it read."""

from collections.abc import Iterable

_NAMED = 3


def name_files(files: Iterable[str]) -> str:
    """A few files by name, the others by their number.

    >>> name_files(["a.xlsx", "b.xlsx", "a.xlsx"]), name_files(["a", "b", "c", "d", "e"])
    ('a.xlsx, b.xlsx', 'a, b, c + 2')
    """
    names = list(dict.fromkeys(files))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" + {more}" if more > 0 else "")
