"""What is published tells no small count: not itself, and not by what the sums leave of the totals."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.summary import Group, summarise, total
from kinerja_cli.domain.suppression import Cell, hidden_cells, hidden_in_distribution, hidden_in_summary

INNER = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9) | st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def with_totals(inner: Sequence[Sequence[int]]) -> list[list[int]]:
    table = [[*row, sum(row)] for row in inner]
    return [*table, [sum(column) for column in zip(*table, strict=True)]]


def told(table: Sequence[Sequence[int]], hidden: frozenset[Cell]) -> set[Cell]:
    """The hidden counts whose value the sums determine, by exact elimination: nothing is shared with the program."""
    cells = sorted(hidden)
    at = {cell: number for number, cell in enumerate(cells)}
    height, width = len(table), len(table[0])
    rows = [[(row, column) for column in range(width)] for row in range(height)]
    columns = [[(row, column) for row in range(height)] for column in range(width)]
    equations = []
    for line in (*rows, *columns):
        equation = [Fraction(0)] * len(cells)
        for cell in line:
            if cell in at:
                equation[at[cell]] = Fraction(-1 if cell == line[-1] else 1)
        equations.append(equation)
    pivots: list[int] = []
    for column in range(len(cells)):
        found = next((one for one in range(len(pivots), len(equations)) if equations[one][column]), None)
        if found is None:
            continue
        top = len(pivots)
        equations[top], equations[found] = equations[found], equations[top]
        pivot = equations[top][column]
        equations[top] = [value / pivot for value in equations[top]]
        for other in range(len(equations)):
            if other != top and equations[other][column]:
                factor = equations[other][column]
                equations[other] = [a - factor * b for a, b in zip(equations[other], equations[top], strict=True)]
        pivots.append(column)
    free = set(range(len(cells))) - set(pivots)
    return {cells[column] for row, column in enumerate(pivots) if not any(equations[row][one] for one in free)}


@given(INNER)
def test_no_small_count_is_shown_and_none_can_be_computed(inner: list[list[int]]) -> None:
    table = with_totals(inner)
    hidden = hidden_cells(table)
    shown = [
        value for row, line in enumerate(table) for column, value in enumerate(line) if (row, column) not in hidden
    ]
    assert all(value == 0 or value >= 5 for value in shown)
    assert told(table, hidden) == set()


@given(INNER)
def test_what_is_hidden_beside_a_shown_total_is_a_group_of_its_own(inner: list[list[int]]) -> None:
    """Otherwise 2 people in two hidden counts would be one in each."""
    table = with_totals(inner)
    hidden = hidden_cells(table)
    for row, line in enumerate(table):
        few = [value for column, value in enumerate(line[:-1]) if (row, column) in hidden]
        if few and (row, len(line) - 1) not in hidden:
            assert sum(few) >= 5
    for column in range(len(table[0])):
        few = [line[column] for row, line in enumerate(table[:-1]) if (row, column) in hidden]
        if few and (len(table) - 1, column) not in hidden:
            assert sum(few) >= 5


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert hidden_cells(with_totals([[10, 20], [30, 0], [5, 7]])) == frozenset()
    assert hidden_cells([]) == frozenset()


def test_a_small_group_is_hidden_whole_and_the_next_smallest_with_it() -> None:
    table = with_totals([[3, 0], [30, 20], [12, 40], [50, 60]])
    hidden = hidden_cells(table)
    assert {(0, 0), (0, 1), (0, 2)} <= hidden
    assert (2, 0) in hidden
    assert not {(3, 0), (3, 1), (3, 2)} & hidden


def test_a_count_that_joins_two_circles_of_hidden_ones_is_not_left_to_be_computed() -> None:
    """Each row and column has two hidden counts at least, and still the sums would tell the one in the middle."""
    small = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)}
    table = with_totals([[4 if (row, column) in small else 20 for column in range(4)] for row in range(4)])
    assert told(table, frozenset(small)) == {(1, 2)}
    hidden = hidden_cells(table)
    assert hidden > small
    assert told(table, hidden) == set()


def test_an_agency_of_few_is_not_published_at_all() -> None:
    assert len(hidden_cells(with_totals([[1, 2], [0, 1]]))) == 9


def test_what_everybody_knows_to_be_nobody_is_no_secret() -> None:
    """Nobody is unrated: that needs no hiding, not even in a small group."""
    table = with_totals([[0, 3, 1], [0, 20, 12], [0, 9, 30]])
    assert not {(row, 0) for row in range(4)} & hidden_cells(table)


def test_another_limit_hides_more() -> None:
    table = with_totals([[10, 20], [30, 40]])
    assert hidden_cells(table, 5) == frozenset()
    assert (0, 0) in hidden_cells(table, 11)


def test_a_summary_hides_by_name_and_the_rated_with_the_unrated() -> None:
    groups = summarise(
        [
            ("a", "A", "baik", 20),
            ("a", "A", None, 2),
            ("b", "B", "baik", 30),
            ("b", "B", None, 9),
            ("c", "C", "baik", 2),
        ]
    )
    hidden = hidden_in_summary(groups, total(groups))
    assert {"unrated", "rated", "baik"} <= hidden[0]
    assert hidden[2] >= {"staff", "rated", "unrated", "baik"}
    assert len(hidden) == 4
    assert hidden_in_summary((), Group(None, "Total")) == [frozenset()]


def test_a_distribution_hides_the_number_of_a_small_unit() -> None:
    found = hidden_in_distribution([{"baik": 3}, {"baik": 20, "kurang": 8}, {"baik": 11, "kurang": 9}])
    assert "n" in found[0]
    assert found[1] | found[2]
    assert hidden_in_distribution([]) == []
