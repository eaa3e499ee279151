"""Bars that stack the parts of a whole, told apart by their fill as well as by colour."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kinerja_cli.cli.values import ABSENT, plain
from kinerja_cli.cli.views import Column

if TYPE_CHECKING:
    from rich.text import Text

FILLS: Final = "█▓▒░·"
"""What tells the parts of a bar apart without colour."""

_COLOURS: Final = ("green", "cyan", "yellow", "magenta", "red")
BAR: Final = 24
"""How long a bar is where there is room."""

LEAST_BAR: Final = 10
"""How short it may become."""


def bar_cells(values: Sequence[float], width: int) -> list[int]:
    """How many cells of a bar each part gets: by largest remainder, and one at least for whoever is there.

    >>> bar_cells([1, 199, 0], 10), bar_cells([0, 0], 10)
    ([1, 9, 0], [0, 0])
    """
    total = sum(values)
    if not total:
        return [0] * len(values)
    exact = [value * width / total for value in values]
    cells = [max(int(share), 1 if value else 0) for share, value in zip(exact, values, strict=True)]
    while sum(cells) != width:
        step = 1 if sum(cells) < width else -1
        index = max(
            (index for index, cell in enumerate(cells) if values[index] and cell + step > 0),
            key=lambda index: step * (exact[index] - cells[index]),
        )
        cells[index] += step
    return cells


def bar(column: Column, row: Mapping[str, object], width: int) -> "Text":
    """The parts of one row, each in its own fill."""
    from rich.text import Text

    given = [row.get(part) for part in column.parts]
    values = [float(value) if isinstance(value, (int, float)) else 0.0 for value in given]
    drawn = Text()
    for index, cells in enumerate(bar_cells(values, min(width, BAR))):
        drawn.append(FILLS[index % len(FILLS)] * cells, style=_COLOURS[index % len(_COLOURS)])
    return drawn or Text(ABSENT)


def legend(column: Column, columns: Sequence[Column]) -> "Text":
    """Which fill stands for what."""
    from rich.text import Text

    titles = {one.key: one.title for one in columns}
    told = Text()
    for index, part in enumerate(column.parts):
        told.append(FILLS[index % len(FILLS)], style=_COLOURS[index % len(_COLOURS)])
        told.append(f" {plain(titles.get(part, part))}   ")
    told.rstrip()
    return told
