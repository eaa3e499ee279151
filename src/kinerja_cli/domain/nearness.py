"""How far a misspelt word stands from the words it may be meant for: slips of the keyboard, counted."""

from collections.abc import Iterable

_LETTERS_A_SLIP = 4
"""One slip is allowed for each so many letters, and one in any case."""


def slips_allowed(word: str) -> int:
    """How many slips of the keyboard a word of that length can hold and still be known.

    >>> slips_allowed("baik"), slips_allowed("sesuaiekspektasi")
    (1, 4)
    """
    return max(1, len(word) // _LETTERS_A_SLIP)


def slips_between(one: str, other: str, most: int) -> int | None:
    """How many letters were left out, added, changed or swapped with their neighbour; None where more than `most`.

    >>> slips_between("sesuia", "sesuai", 2), slips_between("baek", "baik", 2), slips_between("buruk", "baik", 2)
    (1, 1, None)
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            least = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                least = min(least, earlier[to - 2] + 1)
            row.append(least)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def nearest(word: str, spellings: Iterable[tuple[str, str]]) -> str | None:
    """What the spelling nearest to a word stands for; None where none is near, or two are that mean different things.

    `spellings` are pairs of a spelling and what it stands for.

    >>> nearest("sagat baik", [("baik", "B"), ("sangat baik", "SB")]), nearest("x", [("y", "Y"), ("z", "Z")])
    ('SB', None)
    """
    best: set[str] = set()
    least: int | None = None
    for spelling, meaning in spellings:
        slips = slips_between(word, spelling, slips_allowed(min(word, spelling, key=len)))
        if slips is None or (least is not None and slips > least):
            continue
        if least is None or slips < least:
            best, least = set(), slips
        best.add(meaning)
    return best.pop() if len(best) == 1 else None
