"""Hide the counts of few people in what is published, and so many others that no hidden one can be worked out.

A table with its totals is a set of sums: each row adds up to its total, each column too. A count that is hidden alone
in a row or a column is what the others leave of the total. So small counts are hidden first, then, in every row and
column that would tell one, the next smallest. Which counts the sums still tell is a question of circles: a hidden
count can have any of several values exactly if one can go from it over rows and columns of hidden counts back to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from kinerja_cli.domain.regulation import PREDIKAT
from kinerja_cli.domain.summary import Group

LEAST: Final = 5
"""Groups of fewer people are usually not published."""

Cell: TypeAlias = tuple[int, int]
"""A row and a column."""

_ROW_AND_TOTAL: Final = 2
_COUNTED: Final = ("unrated", *PREDIKAT)


def hidden_in_summary(groups: Sequence[Group], whole: Group, least: int = LEAST) -> list[frozenset[str]]:
    """Which counts of each group are hidden, and last of all groups together.

    Those are `staff`, `rated`, `unrated`, and predikat.
    """
    lines = (*groups, whole)
    table = [[one.unrated, *(one.counts.get(value, 0) for value in PREDIKAT), one.staff] for one in lines]
    hidden = hidden_cells(table, least)
    names = (*_COUNTED, "staff")
    found = []
    for row in range(len(lines)):
        here = {names[column] for column in range(len(names)) if (row, column) in hidden}
        # Those rated are all but the unrated: told where both are, and telling neither where one is not.
        found.append(frozenset(here | ({"rated"} if here & {"staff", "unrated"} else set())))
    return found


def hidden_in_distribution(counts: Sequence[Mapping[str, int]], least: int = LEAST) -> list[frozenset[str]]:
    """Which counts of each unit are hidden: predikat, and `n` where a unit is small; with their totals in mind."""
    rows = [[one.get(value, 0) for value in PREDIKAT] for one in counts]
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    hidden = hidden_cells(table, least)
    names = (*PREDIKAT, "n")
    return [
        frozenset(names[column] for column in range(len(names)) if (row, column) in hidden) for row in range(len(rows))
    ]


def hidden_cells(table: Sequence[Sequence[int]], least: int = LEAST) -> frozenset[Cell]:
    """The counts to hide of a table whose last row and last column are totals.

    >>> sorted(hidden_cells([[9, 2, 11], [8, 7, 15], [17, 9, 26]]))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    if len(table) < _ROW_AND_TOTAL:
        return frozenset()
    return _Suppression(table, least).run()


class _Suppression:
    """One table while counts are hidden in it."""

    def __init__(self, table: Sequence[Sequence[int]], least: int) -> None:
        self._table = table
        self._least = least
        self._last = (len(table) - 1, len(table[0]) - 1)
        rows, columns = range(len(table)), range(len(table[0]))
        self._rows: list[list[Cell]] = [[(row, column) for column in columns] for row in rows]
        self._columns: list[list[Cell]] = [[(row, column) for row in rows] for column in columns]
        # Where a total is nobody, everything that adds up to it is known to be nobody, hidden or not.
        self._known = {cell for line in (*self._rows, *self._columns) if not self._count(line[-1]) for cell in line}
        self.hidden: set[Cell] = set()

    def run(self) -> frozenset[Cell]:
        """Hide small groups, small counts, and whatever would tell them."""
        for line in self._rows:
            if 0 < self._count(line[-1]) < self._least:
                self.hidden.update(cell for cell in line if cell not in self._known)
        self.hidden.update(cell for line in self._rows for cell in line if 0 < self._count(cell) < self._least)
        # Hiding one count may leave another alone in its row or column; it ends, since each round hides one more.
        while self._hide_beside_few() or self._hide_beside_told():
            pass
        return frozenset(self.hidden)

    def _hide_beside_few(self) -> bool:
        """Hide one more in each row and column in which one is hidden alone, or so few people that it is known who."""
        before = len(self.hidden)
        for line in (*self._rows, *self._columns):
            here = [cell for cell in line if cell in self.hidden]
            total = line[-1]
            few = total not in self.hidden and sum(map(self._count, here)) < self._least
            if here and (len(here) < 2 or few):
                self._hide_next(line)
        return len(self.hidden) > before

    def _hide_beside_told(self) -> bool:
        """Hide one more beside counts that the sums still tell, since they are on no circle of hidden ones."""
        before = len(self.hidden)
        for row, column in sorted(_told(self.hidden)):
            self._hide_next([*self._rows[row], *self._columns[column]])
        return len(self.hidden) > before

    def _hide_next(self, cells: Sequence[Cell]) -> None:
        """Hide the smallest of some counts that is still there: people before nobody, totals last."""
        left = (cell for cell in cells if cell not in self.hidden and cell not in self._known)
        smallest = sorted(left, key=lambda cell: (self._is_total(cell), not self._count(cell), self._count(cell)))
        self.hidden.update(smallest[:1])

    def _is_total(self, cell: Cell) -> bool:
        return cell[0] == self._last[0] or cell[1] == self._last[1]

    def _count(self, cell: Cell) -> int:
        return self._table[cell[0]][cell[1]]


def _told(hidden: Iterable[Cell]) -> set[Cell]:
    """The hidden counts that are on no circle: the bridges of the graph of rows and columns that they join."""
    beside: dict[int, list[int]] = {}
    for row, column in hidden:
        # Columns are numbered below zero, so that rows and columns are apart.
        beside.setdefault(row, []).append(-column - 1)
        beside.setdefault(-column - 1, []).append(row)
    seen: dict[int, int] = {}
    lowest: dict[int, int] = {}
    bridges: set[Cell] = set()
    for start in beside:
        if start not in seen:
            bridges.update(_bridges_from(start, beside, seen, lowest))
    return bridges


def _bridges_from(
    start: int, beside: Mapping[int, Sequence[int]], seen: dict[int, int], lowest: dict[int, int]
) -> Iterator[Cell]:
    """The bridges that can be reached from a row or a column; walked without recursion, since tables are long."""
    seen[start] = lowest[start] = len(seen)
    way: list[tuple[int, int | None, Iterator[int]]] = [(start, None, iter(beside[start]))]
    while way:
        here, before, ahead = way[-1]
        for there in ahead:
            if there not in seen:
                seen[there] = lowest[there] = len(seen)
                way.append((there, here, iter(beside[there])))
                break
            if there != before:
                lowest[here] = min(lowest[here], seen[there])
        else:
            way.pop()
            if before is not None:
                lowest[before] = min(lowest[before], lowest[here])
                if lowest[here] > seen[before]:
                    row, column = (here, before) if before < 0 else (before, here)
                    yield row, -column - 1
