"""Which operations are in force after undos of undos."""

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.undoing import cancelled, undone_by


def test_the_undo_of_an_undo_puts_the_first_in_force_again() -> None:
    assert undone_by({}) == {}
    assert undone_by({2: 1}) == {1: 2}
    assert undone_by({2: 1, 3: 2}) == {2: 3}
    assert undone_by({2: 1, 3: 2, 4: 3}) == {1: 2, 3: 4}
    assert undone_by({2: 1, 3: 2, 4: 1}) == {1: 4, 2: 3}


def test_operations_that_cancel_each_other_left_nothing_behind() -> None:
    undone = undone_by({3: 2, 5: 4})
    assert cancelled(1, undone) == {2, 3, 4, 5}
    assert cancelled(2, undone) == {4, 5}
    assert cancelled(1, undone, inexact=[5]) == {2, 3}


@given(st.lists(st.integers(0, 30), max_size=20))
def test_what_is_in_force_is_what_going_through_the_undos_leaves(choices: list[int]) -> None:
    """Only what is in force and was not touched since is ever undone, as the program makes sure."""
    undoes, root, in_force = dict[int, int](), {1: 1, 2: 2, 3: 3}, {1, 2, 3}
    standing = {1, 2, 3}

    def turn(number: int) -> None:
        in_force.symmetric_difference_update({number})
        if number in undoes:
            turn(undoes[number])

    for choice in choices:
        number = 4 + len(undoes)
        target = sorted(in_force)[choice % len(in_force)]
        since = {number for number, about in root.items() if number > target and about == root[target]}
        if since - cancelled(target, undone_by(undoes)):
            continue
        turn(target)
        undoes[number] = target
        in_force.add(number)
        root[number] = root[target]
        standing ^= {root[target]}
    assert {number for number in range(1, 4 + len(undoes)) if number not in undone_by(undoes)} == in_force
    assert in_force & {1, 2, 3} == standing
