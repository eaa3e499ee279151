"""How long lists are named in few words: files, numbers of rows."""

from collections.abc import Iterable, Sequence

_NAMED = 3


def name_files(files: Iterable[str]) -> str:
    """A few files by name, the others by their number.

    >>> name_files(["a.xlsx", "b.xlsx", "a.xlsx"]), name_files(["a", "b", "c", "d", "e"])
    ('a.xlsx, b.xlsx', 'a, b, c + 2')
    """
    names = list(dict.fromkeys(files))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" + {more}" if more > 0 else "")


def row_ranges(numbers: Sequence[int]) -> str:
    """Row numbers in order, those that follow each other as a range.

    >>> row_ranges([3, 5, 6, 7, 12])
    '3, 5-7, 12'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ", ".join("-".join(map(str, one)) for one in ranges)
