"""Tables for people: as wide as the screen, folded between words, never cut, a NIP never broken."""

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from itertools import islice
from textwrap import wrap
from typing import IO, TYPE_CHECKING, cast

from kinerja_cli.cli.bars import BAR, LEAST_BAR, bar, legend
from kinerja_cli.cli.streams import put
from kinerja_cli.cli.values import plain, spoken
from kinerja_cli.cli.views import Column, View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_GAP = 2
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
    cells = [[spoken(column, row.get(column.key)) for column in columns] for row in view.table_rows]
    left_out: list[str] = []
    widths = None if view.single else _widths(view, columns, cells, room)
    if widths is None and not view.single:
        columns, cells, widths, left_out = _narrowed(view, columns, cells, room)
    console = _console(room)
    _say_titles(console, view)
    if not view.table_rows:
        console.print(_("Nothing to show."))
    elif widths is None:
        _draw_blocks(console, view, columns, cells, room)
    else:
        _draw_rows(console, view, columns, cells, widths)
    _say_notes(console, view, columns, left_out)


def _narrowed(
    view: View, columns: list[Column], cells: list[list[str]], room: int | None
) -> tuple[list[Column], list[list[str]], list[int] | None, list[str]]:
    """As few columns fewer as make a table fit, and the titles of those; all of them where none does."""
    kept, left_out = list(range(len(columns))), list[str]()
    while spare := [index for index in kept if columns[index].wide or columns[index].kind == "bar"]:
        # The last goes first; a bar only shows what other columns say.
        kept.remove(spare[-1])
        left_out.insert(0, columns[spare[-1]].title)
        fewer, lines = [columns[index] for index in kept], [[line[index] for index in kept] for line in cells]
        if kept and (widths := _widths(view, fewer, lines, room)) is not None:
            return fewer, lines, widths, left_out
    return columns, cells, None, []


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
    natural, least = [], []
    total = view.total or {}
    for index, column in enumerate(columns):
        words = max(map(_length, column.title.split()), default=1)
        if column.kind == "bar":
            natural.append(max(BAR, _length(column.title)))
            least.append(max(LEAST_BAR, words))
            continue
        lines = {line for cell in cells for line in cell[index].split("\n")}
        if column.key in total:
            lines.add(spoken(column, total[column.key]))
        content = max(map(_length, lines), default=1)
        natural.append(max(content, _length(column.title)))
        if column.kind in _UNFOLDED:
            least.append(max(content, words))
        else:
            longest = max((_length(word) for line in lines for word in line.split()), default=1)
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

    for column in columns if view.table_rows else ():
        if column.kind == "bar":
            console.print()
            console.print(legend(column, view.columns))
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
    """The rows in portions, so that the first are seen at once however many there are.

    Laid out by hand: Rich takes a minute for a whole agency.
    """
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    titles = [_fold(plain(column.title), width) for column, width in zip(columns, widths, strict=True)]
    height = max(map(len, titles))
    for line in _beside([[""] * (height - len(title)) + title for title in titles], columns, widths):
        _put(console, line, "bold")
    _put(console, rule)
    barred = any(column.kind == "bar" for column in columns)
    first = True
    for heading, group in view.grouped(view.table_rows, list(zip(view.table_rows, cells, strict=True))):
        _put_heading(console, heading, first=first)
        first = False
        rows = iter(group)
        while portion := list(islice(rows, _CHUNK)):
            if not barred:
                lines = (line for _row, one in portion for line in _row_lines(one, columns, widths))
                put("".join(f"{line.rstrip()}\n" for line in lines))
                continue
            for row, one in portion:
                _put_barred(console, row, one, columns, widths)
    if view.total is not None:
        total = [spoken(one, view.total[one.key]) if one.key in view.total else "" for one in columns]
        _put(console, rule)
        _put_barred(console, view.total, total, columns, widths, "bold")


def _put_heading(console: "Console", heading: str, *, first: bool) -> None:
    """What the rows below have in common, apart from the rows above."""
    from rich.text import Text

    if not heading:
        return
    if not first:
        console.print()
    console.print(Text(plain(heading), style="bold"))


def _put(console: "Console", line: str, style: str = "") -> None:
    from rich.text import Text

    console.print(Text(line.rstrip(), style=style), soft_wrap=True)


def _put_barred(
    console: "Console",
    row: Mapping[str, object],
    line: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    style: str = "",
) -> None:
    """One row with its bars, which stand on its first line."""
    from rich.text import Text

    texts = ["" if column.kind == "bar" else text for column, text in zip(columns, line, strict=True)]
    for index, words in enumerate(_row_lines(texts, columns, widths)):
        drawn, at = Text(), 0
        for column, width in zip(columns, widths, strict=True) if not index else ():
            if column.kind == "bar":
                drawn.append(words[len(drawn) : at], style=style)
                drawn.append_text(bar(column, row, width))
            at += width + _GAP
        drawn.append(words[len(drawn) :], style=style)
        drawn.rstrip()
        console.print(drawn, soft_wrap=True)


def _row_lines(line: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    return _beside([_fold(text, width) for text, width in zip(line, widths, strict=True)], columns, widths)


def _beside(cells: Sequence[list[str]], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """Folded cells side by side, line by line."""
    for index in range(max(map(len, cells))):
        parts = []
        for lines, column, width in zip(cells, columns, widths, strict=True):
            text = lines[index] if index < len(lines) else ""
            blanks = " " * (width - _length(text))
            parts.append(blanks + text if column.kind in _RIGHT else text + blanks)
        yield (" " * _GAP).join(parts)


def _fold(text: str, width: int) -> list[str]:
    """A cell in lines no wider than its column, broken between words where there are any."""
    if "\n" not in text and _length(text) <= width:
        return [text]
    if _length(text.replace("\n", "")) == len(text.replace("\n", "")):
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines.extend(wrap(paragraph, width, break_on_hyphens=False) or [""])
        return lines
    from rich.console import Console
    from rich.text import Text

    # Letters twice as wide as others: only Rich knows them.
    return [line.plain.rstrip() for line in Text(text).wrap(Console(width=width), width, overflow="fold")]


def _length(text: str) -> int:
    """How many places on the screen a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _texts(row: Mapping[str, object], columns: Sequence[Column], line: Sequence[str]) -> Iterator["Text"]:
    from rich.text import Text

    for column, cell in zip(columns, line, strict=True):
        yield bar(column, row, BAR) if column.kind == "bar" else Text(cell)


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
    first = True
    for heading, group in view.grouped(view.table_rows, list(zip(view.table_rows, cells, strict=True))):
        _put_heading(console, heading, first=first)
        first = first or bool(heading)
        rows = iter(group)
        while portion := list(islice(rows, _CHUNK)):
            grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
            grid.add_column(width=label, overflow="fold", style="dim")
            grid.add_column(overflow="fold")
            for row, line in portion:
                if not first:
                    grid.add_row()
                first = False
                for column, text in zip(columns, _texts(row, columns, line), strict=True):
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
