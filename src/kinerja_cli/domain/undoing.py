"""Which operations are in force: an undo takes one back, and the undo of that undo puts it in force again."""

from collections.abc import Iterable, Mapping


def undone_by(undoes: Mapping[int, int]) -> dict[int, int]:
    """Which operation took another back, of those that count; given are all undos with what each takes back.

    >>> undone_by({6: 5}), undone_by({6: 5, 7: 6}), undone_by({6: 5, 7: 6, 8: 5})
    ({5: 6}, {6: 7}, {5: 8, 6: 7})
    """
    found: dict[int, int] = {}
    for number in sorted(undoes, reverse=True):
        if number not in found:
            found[undoes[number]] = number
    return dict(sorted(found.items()))


def cancelled(after: int, undone: Mapping[int, int], inexact: Iterable[int] = ()) -> set[int]:
    """The operations after one that cancel each other, so that they left nothing behind.

    `inexact` are undos that did more than take back: with their target they do not come to nothing.

    >>> cancelled(5, {6: 7}), cancelled(6, {6: 7}), cancelled(5, {6: 7}, inexact=[7])
    ({6, 7}, set(), set())
    """
    more = frozenset(inexact)
    return {one for target, by in undone.items() if target > after and by not in more for one in (target, by)}
