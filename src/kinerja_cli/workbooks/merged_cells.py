"""Cells merged over several rows or columns: a unit is everybody's beside it, a rating is the first one's alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain.rows import CellValue, column_letter
from kinerja_cli.workbooks.grid import Cells, Merged, Unreadable

UNIT_COLUMNS = frozenset(
    {"unit_code", "unit", "unit_parent_code", "unit_parent", *(f"unit_level_{depth}" for depth in range(1, 6))}
)
"""The fields that say in which unit somebody is."""

_RATINGS = ("hasil", "perilaku", "skp", "perilaku_score")
_TALLEST = 10_000
_MOST_HIDDEN = 1 << 20
_BANNER_ROWS = 3


def hidden_ratings(ranges: Sequence[Merged], columns: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """The cells of ratings that are hidden under merged ones: row from 1, column from 0, and the range."""
    wanted = {columns[name] for name in _RATINGS if name in columns}
    hidden: list[tuple[int, int, str]] = []
    for (top, left), (bottom, right) in ranges if wanted else ():
        if bottom - top > _TALLEST or len(hidden) > _MOST_HIDDEN:
            continue
        said = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        hidden += [
            (row + 1, column, said)
            for row in range(top, bottom + 1)
            for column in sorted(wanted)
            if left <= column <= right and (row, column) != (top, left)
        ]
    return hidden


def with_hidden(unreadable: Unreadable, hidden: Sequence[tuple[int, int, str]], header_row: int) -> Unreadable:
    """What cannot be read, with the hidden cells of the rows under the headings."""
    if not hidden:
        return unreadable
    found = {row: dict(cells) for row, cells in unreadable.items()}
    for row, column, said in hidden:
        if row > header_row:
            found.setdefault(row, {}).setdefault(column, said)
    return found


def filled_down(
    rows: Iterable[Cells], ranges: Sequence[Merged], columns: Mapping[str, int], header_row: int
) -> Iterable[Cells]:
    """Rows with the unit of a cell merged down over several people in each of these; others as they are."""
    wanted = {column for name, column in columns.items() if name in UNIT_COLUMNS}
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in ranges:
        if left in wanted and bottom > top >= header_row and bottom - top <= _TALLEST:
            starts.setdefault(top, []).append((left, bottom))
    return _FilledDown(rows, starts) if starts else rows


def banners(ranges: Sequence[Merged], key: int) -> frozenset[int]:
    """The rows (from 1) with a cell that is merged over the column of the NIP and others: they are nobody's."""
    return frozenset(
        row + 1
        for (top, left), (bottom, right) in ranges
        if left <= key <= right and left < right and bottom - top < _BANNER_ROWS
        for row in range(top, bottom + 1)
    )


@dataclass(frozen=True, slots=True)
class _FilledDown:
    """Rows with what is merged down over them: by the first row (from 0) its columns and last rows."""

    rows: Iterable[Cells]
    starts: Mapping[int, Sequence[tuple[int, int]]]

    def __iter__(self) -> Iterator[Cells]:
        held: dict[int, tuple[int, CellValue]] = {}
        for at, cells in enumerate(self.rows):
            if held:
                held = {column: one for column, one in held.items() if one[0] >= at}
            yield _with(held, cells) if held and any(map(_is_filled, cells)) else cells
            for column, last in self.starts.get(at, ()):
                held[column] = (last, cells[column] if column < len(cells) else None)


def _is_filled(cell: CellValue) -> bool:
    return cell is not None and bool(str(cell).strip())


def _with(held: Mapping[int, tuple[int, CellValue]], cells: Cells) -> Cells:
    """A row with the values held in cells of its own that are not filled."""
    row = [*cells, *[None] * (max(held) + 1 - len(cells))]
    for column, (_last, value) in held.items():
        if not _is_filled(row[column]):
            row[column] = value
    return row
