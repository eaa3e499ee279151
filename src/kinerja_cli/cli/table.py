"""Tables for people: as wide as the screen, folded between words, never cut, a NIP never broken."""

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from itertools import islice
from typing import IO, TYPE_CHECKING, Final, cast

from kinerja_cli.cli.streams import put
from kinerja_cli.cli.values import ABSENT, plain, spoken
from kinerja_cli.cli.views import Column, View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

FILLS: Final = "█▓▒░·"
"""What tells the parts of a bar apart without colour."""

_COLOURS: Final = ("green", "cyan", "yellow", "magenta", "red")
_GAP = 2
_BAR, _LEAST_BAR = 24, 10
_WORD = 14
_NARROWEST = 40
_NIP = 18
_CHUNK = 500
_BLANKS = re.compile(" +\n")
_UNFOLDED = ("nip", "number", "percent", "date")
_RIGHT = ("number", "percent")


def draw(view: View) -> None:
    """Print a view on standard output for people."""
    room = _room()
    columns = view.table_columns
    cells = [[spoken(column, row.get(column.key)) for column in columns] for row in view.rows]
    left_out: list[str] = []
    widths = None if view.single else _widths(view, columns, cells, room)
    while widths is None and not view.single and (spare := _spare(columns)):
        last = spare[-1]
        left_out.insert(0, columns[last].title)
        columns = [column for index, column in enumerate(columns) if index != last]
        cells = [[*line[:last], *line[last + 1 :]] for line in cells]
        widths = _widths(view, columns, cells, room)
    console = _console(room)
    _say_titles(console, view)
    if not view.rows:
        console.print(_("Nothing to show."))
    elif widths is None:
        _draw_blocks(console, view, columns, cells, room)
    else:
        _draw_rows(console, view, columns, cells, widths)
    _say_notes(console, view, columns, left_out)


def _spare(columns: Sequence[Column]) -> list[int]:
    """Which columns may go where the screen is narrow; a bar only shows what other columns say."""
    return [index for index, column in enumerate(columns) if column.wide or column.kind == "bar"]


def fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Widths that fill the room: the widest columns give way first; None where even the least do not fit.

    >>> fit([18, 40, 10], [18, 8, 5], 50), fit([18, 40], [18, 20], 30)
    ([18, 18, 10], None)
    """
    room -= _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return list(natural)
    if sum(least) > room:
        return None
    cap = max(natural)
    while sum(widths := [min(n, max(m, cap)) for n, m in zip(natural, least, strict=True)]) > room:
        cap -= 1
    for index, width in enumerate(widths):
        if sum(widths) < room and width == cap < natural[index]:
            widths[index] += 1
    return widths


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


class _Trimmed(io.TextIOBase):
    """Standard output without the blanks that fill up the last column, and without Rich's own way to end."""

    def write(self, text: str) -> int:
        """Write a text of whole lines."""
        put(_BLANKS.sub("\n", text))
        return len(text)

    def flush(self) -> None:
        """Do nothing: every write has been passed on at once."""

    def isatty(self) -> bool:
        """Whether people look."""
        return sys.stdout.isatty()

    def fileno(self) -> int:
        """What the system calls it; needed to ask how wide it is."""
        return sys.stdout.fileno()


def _room() -> int | None:
    """How wide the table may be: what COLUMNS says, else the terminal; in a pipe as wide as it likes."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return max(int(columns), _NARROWEST)
    if sys.stdout.isatty():
        try:
            return max(os.get_terminal_size(sys.stdout.fileno()).columns, _NARROWEST)
        except OSError:
            return 80
    return None


def _console(room: int | None) -> "Console":
    from rich.console import Console

    colourless = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Console(
        file=cast("IO[str]", _Trimmed()),
        width=room or 100_000,
        color_system=None if colourless else "auto",
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=room is None,
    )


def _widths(
    view: View, columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int | None
) -> list[int] | None:
    from rich.cells import cell_len

    def length(text: str) -> int:
        return len(text) if text.isascii() else cell_len(text)

    natural, least = [], []
    total = view.total or {}
    for index, column in enumerate(columns):
        words = max(map(length, column.title.split()), default=1)
        if column.kind == "bar":
            natural.append(max(_BAR, length(column.title)))
            least.append(max(_LEAST_BAR, words))
            continue
        lines = {line for cell in cells for line in cell[index].split("\n")}
        if column.key in total:
            lines.add(spoken(column, total[column.key]))
        content = max(map(length, lines), default=1)
        natural.append(max(content, length(column.title)))
        if column.kind in _UNFOLDED:
            least.append(max(content, words))
        else:
            longest = max((length(word) for line in lines for word in line.split()), default=1)
            least.append(max(min(longest, _WORD), words))
    return natural if room is None else fit(natural, least, room)


def _say_titles(console: "Console", view: View) -> None:
    from rich.text import Text

    console.print(Text(plain(view.title), style="bold"))
    if view.subtitle:
        console.print(Text(plain(view.subtitle), style="dim"))
    console.print()


def _say_notes(console: "Console", view: View, columns: Sequence[Column], left_out: Sequence[str]) -> None:
    from rich.text import Text

    for column in columns if view.rows else ():
        if column.kind == "bar":
            titles = {one.key: one.title for one in view.columns}
            legend = Text()
            for index, part in enumerate(column.parts):
                legend.append(FILLS[index % len(FILLS)], style=_COLOURS[index % len(_COLOURS)])
                legend.append(f" {plain(titles.get(part, part))}   ")
            legend.rstrip()
            console.print()
            console.print(legend)
    notes = [*view.notes]
    if left_out:
        notes.append(
            _("No room for: {columns}. Widen the window, or use --format tsv.").format(columns=", ".join(left_out))
        )
    if notes:
        console.print()
    for note in notes:
        console.print(Text(plain(note)))


def _draw_rows(
    console: "Console",
    view: View,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    """The rows in portions, so that the first are seen at once however many there are."""
    rows = iter(zip(view.rows, cells, strict=True))
    first = True
    portion = list(islice(rows, _CHUNK))
    while portion:
        following = list(islice(rows, _CHUNK))
        total = None if following else view.total
        table = _table(columns, widths, header=first, total=total)
        for row, line in portion:
            table.add_row(*_texts(row, columns, line, widths))
        console.print(table)
        portion, first = following, False


def _table(
    columns: Sequence[Column], widths: Sequence[int], *, header: bool, total: Mapping[str, object] | None
) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_header=header,
        show_footer=total is not None,
        header_style="bold",
        footer_style="bold",
    )
    for column, width in zip(columns, widths, strict=True):
        value = (total or {}).get(column.key)
        footer: str | Text = "" if value is None else Text(spoken(column, value))
        if column.kind == "bar" and total is not None:
            footer = _bar(column, total, width)
        table.add_column(
            Text(plain(column.title)),
            footer,
            justify="right" if column.kind in _RIGHT else "left",
            width=width,
            overflow="fold",
        )
    return table


def _texts(
    row: Mapping[str, object], columns: Sequence[Column], line: Sequence[str], widths: Sequence[int]
) -> Iterator["Text"]:
    from rich.text import Text

    for column, cell, width in zip(columns, line, widths, strict=True):
        yield _bar(column, row, width) if column.kind == "bar" else Text(cell)


def _bar(column: Column, row: Mapping[str, object], width: int) -> "Text":
    """The parts of one row, each in its own fill."""
    from rich.text import Text

    given = [row.get(part) for part in column.parts]
    values = [float(value) if isinstance(value, (int, float)) else 0.0 for value in given]
    bar = Text()
    for index, cells in enumerate(bar_cells(values, min(width, _BAR))):
        bar.append(FILLS[index % len(FILLS)] * cells, style=_COLOURS[index % len(_COLOURS)])
    return bar or Text(ABSENT)


def _draw_blocks(
    console: "Console",
    view: View,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    room: int | None,
) -> None:
    """Each row as lines of name and value: for one object, and where a table would not fit."""
    from rich.table import Table
    from rich.text import Text

    longest = max((len(column.title) for column in columns), default=1)
    label = longest if room is None else max(6, min(longest, room - _NIP - _GAP))
    rows = iter(zip(view.rows, cells, strict=True))
    first = True
    while portion := list(islice(rows, _CHUNK)):
        grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        grid.add_column(width=label, overflow="fold", style="dim")
        grid.add_column(overflow="fold")
        for row, line in portion:
            if not first:
                grid.add_row()
            first = False
            for column, text in zip(columns, _texts(row, columns, line, [_BAR] * len(columns)), strict=True):
                grid.add_row(Text(plain(column.title)), text)
        console.print(grid)
    if view.total is not None:
        grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        grid.add_column(width=label, overflow="fold", style="dim")
        grid.add_column(overflow="fold", style="bold")
        for column in columns:
            if column.key in view.total:
                grid.add_row(Text(plain(column.title)), Text(spoken(column, view.total[column.key])))
        console.print()
        console.print(grid)
