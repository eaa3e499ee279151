"""Read rosters and ratings from any spreadsheet: rows that know their sheet, number and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, Limits, check_file
from kinerja_cli.workbooks.headings import SUMMARY_SHEET, normalise
from kinerja_cli.workbooks.layouts import Layout, Purpose, fields_of, lacking, recognise
from kinerja_cli.workbooks.refusals import MappingMissing, MappingUnknown, NoHeading, SheetMissing
from kinerja_cli.workbooks.sources import Cells, Grid, open_grids

__all__ = ["IgnoredSheet", "Purpose", "SheetReading", "read_sheets"]

HEADING_WITHIN = 30
"""A heading row is looked for in this many rows from the top."""

STAMP_SHEET = "_kinerja"
"""The hidden sheet on which our own workbooks say what they are: names in its first column, values beside them."""

_STAMP_ROWS = 100

_KEYS = ("nip", "unit_code")
"""The field that says a row is about somebody, or in a table of units about some unit."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was understood: where it is, its rows of data (to be gone through more than once if
    need be), and the headings that are not used."""

    source: Source
    rows: Iterable[Row]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IgnoredSheet:
    """One sheet that was left out, and why, in the user's language."""

    file: str
    sheet: str
    reason: str


def read_sheets(
    path: Path,
    purpose: Purpose,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[SheetReading | IgnoredSheet]:
    """Every sheet of a file in turn; keep none longer than needed, each holds its whole sheet in memory.

    Raises a `FileRefused` where the file cannot be trusted or read, `SheetMissing`, `MappingUnknown`,
    `MappingMissing`, and `NoHeading` where no sheet of the file is of this purpose.
    """
    wanted = dict(mapping or {})
    for field in wanted:
        if field not in fields_of(purpose):
            raise MappingUnknown(field, fields_of(purpose))
    return _read(path, purpose, sheet, wanted, limits)


def _read(
    path: Path, purpose: Purpose, sheet: str | None, mapping: Mapping[str, str], limits: Limits
) -> Iterator[SheetReading | IgnoredSheet]:
    understood = False
    nearest: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    with open_grids(path, check_file(path, limits), limits, HEADING_WITHIN + 1) as grids:
        stamp = _stamp(grids)
        for grid in _chosen(path, grids, sheet):
            if stamp and grid.hidden and grid.name.startswith("_"):
                continue
            if grid.hidden and sheet is None:
                yield IgnoredSheet(path.name, grid.name, _("the sheet is hidden"))
                continue
            head = grid.head(HEADING_WITHIN + 1)
            heading = _find_heading(head, purpose, mapping)
            if heading is None:
                if grid.name == SUMMARY_SHEET:
                    continue
                nearest = _nearer(nearest, _near_miss(head, purpose, mapping))
                reason = _("it has no heading row") if any(map(_texts, head)) else _("the sheet is empty")
                yield IgnoredSheet(path.name, grid.name, reason)
                continue
            understood = True
            yield _reading(path, grid, head, heading, mapping, stamp)
    if not understood:
        missing, found = nearest
        _check_mapping(path, mapping, found)
        raise NoHeading(path, missing or _near_miss([()], purpose, mapping)[0], found)


def _stamp(grids: Sequence[Grid]) -> dict[str, str]:
    """What a workbook that kinerja wrote says of itself; nothing where it is anybody else's."""
    for grid in grids:
        if grid.name == STAMP_SHEET:
            pairs = [[*map(clean_text, row), ""][:2] for row in grid.head(_STAMP_ROWS) if row]
            return {name: value for name, value in pairs if name}
    return {}


def _chosen(path: Path, grids: Sequence[Grid], sheet: str | None) -> Iterable[Grid]:
    if sheet is None:
        return grids
    for same in (str, normalise):
        for grid in grids:
            if same(grid.name) == same(sheet):
                return (grid,)
    raise SheetMissing(path, sheet, [grid.name for grid in grids])


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading found: its last row (from 0), how many rows it takes, its texts and what they mean."""

    index: int
    height: int
    texts: tuple[str, ...]
    layout: Layout


def _find_heading(head: Sequence[Cells], purpose: Purpose, mapping: Mapping[str, str]) -> _Heading | None:
    """The first row that is a heading row, alone or with the row under it where headings are split in two."""
    for index, row in enumerate(head[:HEADING_WITHIN]):
        layout = recognise(row, purpose, mapping)
        below = head[index + 1] if index + 1 < len(head) else ()
        if layout is not None and not _continues(below, layout):
            return _Heading(index, 1, _found(row), layout)
        if not _texts(row) or not all(isinstance(cell, str) for cell in below):
            continue
        both = [low or high for high, low in zip(row, below, strict=False)]
        stacked = recognise(both, purpose, mapping)
        if stacked is not None and recognise(below, purpose, mapping) is None:
            return _Heading(index + 1, 2, _found(both), stacked)
    return None


def _continues(below: Cells, layout: Layout) -> bool:
    """Whether the row under a heading row is its second half: words only, none where NIP and name stand."""
    keys = {layout.columns[field] for field in ("nip", "name", "unit_code", "unit") if field in layout.columns}
    texts = [(column, cell) for column, cell in enumerate(below) if cell not in ("", None)]
    return bool(texts) and all(
        column not in keys and isinstance(cell, str) and not any(map(str.isdigit, cell)) for column, cell in texts
    )


def _near_miss(
    head: Sequence[Cells], purpose: Purpose, mapping: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the row nearest to a heading row lacks, and what it does say."""
    best: tuple[int, tuple[str, ...], tuple[str, ...]] = (-1, (), ())
    for row in head[:HEADING_WITHIN]:
        match, missing = lacking(row, purpose, mapping)
        if len(match.columns) > best[0]:
            best = (len(match.columns), missing, _found(row) if match.columns else ())
    return best[1], best[2]


def _nearer(
    one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of two near misses the one that lacks less; one that says nothing is no near miss."""
    if not one[1]:
        return other
    return other if other[1] and len(other[0]) < len(one[0]) else one


def _check_mapping(path: Path, mapping: Mapping[str, str], found: Sequence[str]) -> None:
    names = set(map(normalise, found))
    for heading in mapping.values():
        if normalise(heading) not in names:
            raise MappingMissing(path, heading, found)


def _reading(
    path: Path,
    grid: Grid,
    head: Sequence[Cells],
    heading: _Heading,
    mapping: Mapping[str, str],
    stamp: Mapping[str, str],
) -> SheetReading:
    _check_mapping(path, mapping, heading.texts)
    layout = heading.layout
    top = heading.index + 1 - heading.height
    source = Source(
        file=path.name,
        sheet=grid.name,
        layout=layout.name,
        header_row=heading.index + 1,
        columns=layout.columns,
        above=tuple(map(_texts, head[:top])),
        stamp=stamp,
    )
    rows = grid.rows(frozenset(layout.columns.values()))
    names = {normalise(text) for text in _texts(head[heading.index])}
    return SheetReading(source, _DataRows(source, rows, names), layout.ignored)


@dataclass(frozen=True, slots=True)
class _DataRows:
    """The rows under a heading that say something: no blank ones, no numbering, no heading printed again."""

    source: Source
    cells: Iterable[Cells]
    headings: set[str]

    def __iter__(self) -> Iterator[Row]:
        source = self.source
        first = source.header_row + 1
        key = next(source.columns[field] for field in _KEYS if field in source.columns)
        for number, cells in enumerate(self.cells, 1):
            if number < first:
                continue
            value = cells[key] if key < len(cells) else None
            # Nearly every row passes this one look; the slower ones are only for what is no plain NIP.
            if (type(value) is str and len(value) > 9 and value[-1].isdigit()) or self._says_something(cells, value):
                yield Row(source, number, cells)

    def _says_something(self, cells: Cells, key: CellValue) -> bool:
        width = len(cells)
        values = [cells[column] for column in self.source.columns.values() if column < width]
        if all(value is None or (isinstance(value, str) and not value.strip()) for value in values):
            return False
        if isinstance(key, str) and normalise(key) in self.headings:
            return False
        return not _is_numbering(cells)


def _is_numbering(cells: Cells) -> bool:
    """Whether a row only counts its columns: 1, 2, 3 … or (1), (2), (3) …; some may not have been read."""
    texts = [str(cell).strip(" ()").removesuffix(".0") for cell in cells if cell not in ("", None)]
    if len(texts) < 2 or not all(len(text) <= 3 and text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(set(numbers))


def _texts(row: Cells) -> tuple[str, ...]:
    """What stands in a row, as text, without its blank cells."""
    return tuple(text for text in (str(cell).strip() for cell in row if cell is not None) if text)


def _found(row: Cells) -> tuple[str, ...]:
    """The headings of a row as they are shown to a user: one line each."""
    return tuple(" ".join(text.split()) for text in _texts(row))
