"""Read rosters and ratings from any spreadsheet: rows that know their sheet, number and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.domain.rows import Row, Source, column_letter
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.data_rows import UNIT_FIELDS, DataRows, Note
from kinerja_cli.workbooks.grid import Unreadable
from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, Limits, check_file
from kinerja_cli.workbooks.heading_rows import (
    HEADING_WITHIN,
    HeadingRow,
    NearMiss,
    find_heading,
    near_miss,
    texts_of,
)
from kinerja_cli.workbooks.headings import SUMMARY_SHEET, normalise
from kinerja_cli.workbooks.layouts import Purpose, fields_of
from kinerja_cli.workbooks.refusals import MappingMissing, MappingUnknown, NoHeading, PurposeOther, SheetMissing
from kinerja_cli.workbooks.sections import SectionUnit, unit_of_tab, unit_of_titles
from kinerja_cli.workbooks.side_by_side import Strip, StripRows, strips
from kinerja_cli.workbooks.signs import counting_columns
from kinerja_cli.workbooks.sources import Cells, Grid, open_grids

__all__ = ["IgnoredSheet", "Purpose", "SheetReading", "read_sheets"]

STAMP_SHEET = "_kinerja"
"""The hidden sheet on which our own workbooks say what they are: names in its first column, values beside them."""

STAMP_PURPOSE = "purpose"
"""Under this name it says which of our imports it is for."""

STAMP_ASIDE = "aside"
"""Under this name it lists the sheets that are only there to be looked at."""

_STAMP_ROWS = 100
_RATINGS = ("hasil", "perilaku", "skp", "perilaku_score")
_TALLEST_MERGE = 10_000
_MOST_HIDDEN = 1 << 20
_UNIT_COLUMNS = frozenset({"unit", "unit_code", "unit_level_1"})
_EVERY_COLUMN = frozenset(range(1 << 14))
NOTHING_SAVED: Mapping[str, Mapping[str, str]] = {}
"""No mapping is kept."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was understood: where it is, its rows of data (to be gone through more than once if
    need be), what told its layout, the headings that are not used, and the unit that its title or tab names.

    `mapped_by` is the saved mapping without which it would not have been understood, `data` the rows as they
    were found, however those handed on are wrapped.
    """

    source: Source
    rows: Iterable[Row]
    ignored: tuple[str, ...]
    reason: str = ""
    unit: str | None = None
    mapped_by: str | None = None
    data: DataRows | None = None

    @property
    def layout(self) -> tuple[str, str]:
        """The kind of table and what told so, once `rows` have been gone through."""
        sections = self.data.sections if self.data else 0
        if self.source.layout == "generic" and (sections or self.unit):
            where = _("rows between people name their unit") if sections else _("its title or tab names the unit")
            return "per_unit", where
        return self.source.layout, self.reason

    @property
    def notes(self) -> Sequence[Note]:
        """The rows about nobody, once `rows` have been gone through."""
        return self.data.notes if self.data else ()


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
    saved: Mapping[str, Mapping[str, str]] = NOTHING_SAVED,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[SheetReading | IgnoredSheet]:
    """Every sheet of a file in turn; keep none longer than needed, each holds its whole sheet in memory.

    `saved` mappings are tried, by name, on sheets that are not understood without. Raises a `FileRefused` where
    the file cannot be trusted or read, `SheetMissing`, `MappingUnknown`, `MappingMissing`, and `NoHeading` where
    no sheet of the file is of this purpose.
    """
    wanted = dict(mapping or {})
    for field in wanted:
        if field not in fields_of(purpose):
            raise MappingUnknown(field, fields_of(purpose))
    return _read(path, purpose, sheet, _Mappings(wanted, saved), limits)


@dataclass(frozen=True, slots=True)
class _Mappings:
    """The mapping asked for, and those kept from earlier files."""

    wanted: Mapping[str, str]
    saved: Mapping[str, Mapping[str, str]]


def _read(
    path: Path, purpose: Purpose, sheet: str | None, mappings: _Mappings, limits: Limits
) -> Iterator[SheetReading | IgnoredSheet]:
    understood = False
    nearest = NearMiss()
    mapping = mappings.wanted
    with open_grids(path, check_file(path, limits), limits, HEADING_WITHIN + 1) as grids:
        stamp = _stamp(grids)
        if stamp.get(STAMP_PURPOSE, purpose) != purpose:
            raise PurposeOther(path, stamp[STAMP_PURPOSE])
        aside = stamp.get(STAMP_ASIDE, "").split(", ")
        alone = sum(not grid.hidden for grid in grids) < 2
        for grid in _chosen(path, grids, sheet):
            if stamp and ((grid.hidden and grid.name.startswith("_")) or grid.name in aside):
                continue
            if grid.hidden and sheet is None:
                yield IgnoredSheet(path.name, grid.name, _("the sheet is hidden"))
                continue
            head = grid.head(HEADING_WITHIN + 1)
            heading, mapped_by = _understood(head, purpose, mappings)
            if heading is None:
                if grid.name == SUMMARY_SHEET:
                    continue
                nearest = nearest.or_nearer(near_miss(head, purpose, mapping))
                reason = _("it has no heading row") if any(map(texts_of, head)) else _("the sheet is empty")
                yield IgnoredSheet(path.name, grid.name, reason)
                continue
            understood = True
            _check_mapping(path, mapping, heading.texts)
            beside = strips(path, grid.name, head, heading, purpose, mapping)
            for strip in beside or (None,):
                reading = _reading(path, grid, strip.heading if strip else heading, head, stamp, strip, alone=alone)
                yield replace(reading, mapped_by=mapped_by)
    if not understood:
        _check_mapping(path, mapping, nearest.found)
        raise NoHeading(path, nearest.missing or near_miss((), purpose, mapping).missing, nearest.found)


def _understood(head: Sequence[Cells], purpose: Purpose, mappings: _Mappings) -> tuple[HeadingRow | None, str | None]:
    """The heading row of a sheet, and the saved mapping that it took to see it."""
    heading = find_heading(head, purpose, mappings.wanted)
    if heading is not None:
        return heading, None
    for name, mapping in mappings.saved.items():
        known = {field: text for field, text in mapping.items() if field in fields_of(purpose)}
        heading = find_heading(head, purpose, {**known, **mappings.wanted}) if known else None
        if heading is not None and set(map(normalise, known.values())) <= set(map(normalise, heading.texts)):
            return heading, name
    return None, None


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


def _check_mapping(path: Path, mapping: Mapping[str, str], found: Sequence[str]) -> None:
    names = set(map(normalise, found))
    for heading in mapping.values():
        if normalise(heading) not in names:
            raise MappingMissing(path, heading, found)


def _reading(
    path: Path,
    grid: Grid,
    heading: HeadingRow,
    head: Sequence[Cells],
    stamp: Mapping[str, str],
    strip: Strip | None = None,
    *,
    alone: bool,
) -> SheetReading:
    """A sheet whose heading row was found, or one strip of it; `alone` where no other sheet is seen beside it."""
    layout = heading.layout
    top = heading.index + 1 - heading.height
    above = tuple(map(texts_of, head[:top]))
    heads = [strip.cut(row) if strip else row for row in head[top : heading.index + 1]]
    columns = dict(layout.columns)
    width = 1 + max(columns.values())
    units: tuple[SectionUnit, ...] = ()
    by_section = "nip" in columns or "name_nip" in columns
    by_section = by_section and not {"hasil", "text"} & columns.keys() and not (_UNIT_COLUMNS & columns.keys())
    if by_section:
        unit = unit_of_titles(above) or unit_of_tab(grid.name, alone=alone)
        units = () if unit is None else (unit,)
        columns |= {name: width + at for at, name in enumerate(UNIT_FIELDS)}
    if "name_nip" in columns:
        after = 1 + max(columns.values())
        columns |= {"nip": after, "name": after + 1}
    used = frozenset(layout.columns.values())
    merged = _merged_ratings(grid, layout.columns)
    counting = counting_columns(heads, used, min(used))
    # A section may stand in any column, so where sections count none is left out.
    read = _EVERY_COLUMN if by_section else used | counting
    rows = grid.rows(read)
    unreadable = _of_columns(grid.unreadable(used if by_section else read), used)
    source = Source(
        file=path.name,
        sheet=grid.name,
        layout=layout.name,
        header_row=heading.index + 1,
        columns=columns,
        above=above,
        derived=frozenset(columns.keys() - layout.columns.keys()),
        stamp=stamp,
        unreadable=_with_merged(unreadable, merged, heading.index + 1),
    )
    names = frozenset(filter(None, (normalise(cell) for row in heads for cell in row)))
    data = DataRows(
        source,
        rows if strip is None else StripRows(rows, strip),
        names,
        width,
        units,
        by_section=by_section,
        heads=heads,
        counting=counting,
    )
    reason = layout.reason
    if strip is not None:
        reason = _("{reason}; one of several lists side by side, columns {columns}").format(
            reason=reason, columns=strip.columns
        )
    return SheetReading(source, data, layout.ignored, reason, units[0].name if units else None, data=data)


def _of_columns(unreadable: Unreadable, columns: frozenset[int]) -> Unreadable:
    """What cannot be read in some columns alone: a running number that fails to count keeps nobody out."""
    found = {row: {at: said for at, said in cells.items() if at in columns} for row, cells in unreadable.items()}
    return {row: cells for row, cells in found.items() if cells}


def _merged_ratings(grid: Grid, columns: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """The cells of ratings that are hidden under merged ones: row from 1, column from 0, and the range."""
    wanted = {columns[name] for name in _RATINGS if name in columns}
    if not wanted:
        return []
    hidden: list[tuple[int, int, str]] = []
    for (top, left), (bottom, right) in grid.merged():
        if bottom - top > _TALLEST_MERGE or len(hidden) > _MOST_HIDDEN:
            continue
        said = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        hidden += [
            (row + 1, column, said)
            for row in range(top, bottom + 1)
            for column in sorted(wanted)
            if left <= column <= right and (row, column) != (top, left)
        ]
    return hidden


def _with_merged(
    unreadable: Mapping[int, Mapping[int, str]], merged: Sequence[tuple[int, int, str]], header_row: int
) -> Mapping[int, Mapping[int, str]]:
    """What cannot be read, with the merged cells of the rows under the headings."""
    if not merged:
        return unreadable
    found = {row: dict(cells) for row, cells in unreadable.items()}
    for row, column, said in merged:
        if row > header_row:
            found.setdefault(row, {}).setdefault(column, said)
    return found
