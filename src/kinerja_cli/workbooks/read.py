"""Read rosters and ratings from any spreadsheet: rows that know their sheet, number and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.domain import unit_problems
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.copies import RowsWithout, columns_of_ours, origins, without
from kinerja_cli.workbooks.data_rows import Around, DataRows, Note
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
from kinerja_cli.workbooks.headings import ORIGIN_SHEET, SUMMARY_SHEET, normalise
from kinerja_cli.workbooks.layouts import Purpose, fields_of
from kinerja_cli.workbooks.merged_cells import banners, filled_down, hidden_ratings, with_hidden
from kinerja_cli.workbooks.refusals import MappingMissing, MappingUnknown, NoHeading, PurposeOther, SheetMissing
from kinerja_cli.workbooks.side_by_side import Strip, StripRows, strips, titles_over
from kinerja_cli.workbooks.signs import counting_columns
from kinerja_cli.workbooks.sources import Cells, Grid, open_grids
from kinerja_cli.workbooks.tabs import is_default, units_of_tabs
from kinerja_cli.workbooks.titles import Titles, read_titles
from kinerja_cli.workbooks.unit_line import UNIT_FIELDS, Oddity, UnitLine
from kinerja_cli.workbooks.unit_words import KnownUnits, SectionUnit

__all__ = ["IgnoredSheet", "Purpose", "SheetReading", "read_sheets"]

STAMP_SHEET = "_kinerja"
"""The hidden sheet on which our own workbooks say what they are: names in its first column, values beside them."""

STAMP_PURPOSE = "purpose"
"""Under this name it says which of our imports it is for."""

STAMP_ASIDE = "aside"
"""Under this name it lists the sheets that are only there to be looked at."""

_STAMP_ROWS = 100
_UNIT_COLUMNS = frozenset({"unit", "unit_code", *(f"unit_level_{depth}" for depth in range(1, 6))})
_EVERY_COLUMN = frozenset(range(1 << 14))
NOTHING_SAVED: Mapping[str, Mapping[str, str]] = {}
"""No mapping is kept."""
NO_UNITS: Mapping[str, int] = {}
"""The store knows no unit."""


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet that was understood: where it is, its rows of data (to be gone through more than once if
    need be), what told its layout, the headings that are not used, and the unit that its title or tab names.

    `mapped_by` is the saved mapping without which it would not have been understood, `data` the rows as they
    were found, however those handed on are wrapped. `sender` is who the letterhead above it names, `unused_tab`
    the name of a sheet that stands beside others and is not known to be that of a unit.
    """

    source: Source
    rows: Iterable[Row]
    ignored: tuple[str, ...]
    reason: str = ""
    unit: str | None = None
    mapped_by: str | None = None
    data: DataRows | None = None
    sender: str | None = None
    unused_tab: str | None = None

    @property
    def layout(self) -> tuple[str, str]:
        """The kind of table and what told so, once `rows` have been gone through."""
        sections = self.data.line.sections if self.data else 0
        if self.source.layout == "generic" and (sections or self.unit):
            where = _("rows between people name their unit") if sections else _("its title or tab names the unit")
            return "per_unit", where
        return self.source.layout, self.reason

    @property
    def notes(self) -> Sequence[Note]:
        """The rows about nobody, once `rows` have been gone through."""
        return self.data.notes if self.data else ()

    @property
    def oddities(self) -> Sequence[Oddity]:
        """What is odd about the units of its people, once `rows` have been gone through."""
        if self.data is None or not self.data.by_section:
            return ()
        found = list(self.data.line.oddities())
        people = self.data.line.without_unit
        if self.data.line.gives_none and people:
            for kind, text in (
                (unit_problems.LETTERHEAD_NO_UNIT, self.sender),
                (unit_problems.TAB_NO_UNIT, self.unused_tab),
            ):
                if text is not None:
                    found.append(Oddity(kind, None, text, people))
        return found


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
    units: Mapping[str, int] = NO_UNITS,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[SheetReading | IgnoredSheet]:
    """Every sheet of a file in turn; keep none longer than needed, each holds its whole sheet in memory.

    `saved` mappings are tried, by name, on sheets that are not understood without; `units` are the names of those
    that the store knows, and how deep they stand. Raises a `FileRefused` where
    the file cannot be trusted or read, `SheetMissing`, `MappingUnknown`, `MappingMissing`, and `NoHeading` where
    no sheet of the file is of this purpose.
    """
    wanted = dict(mapping or {})
    for field in wanted:
        if field not in fields_of(purpose):
            raise MappingUnknown(field, fields_of(purpose))
    return _read(path, _Wish(purpose, sheet, wanted, saved, KnownUnits(units)), limits)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted of a file: for what it is read, which sheet, the mapping asked for and those kept, the units."""

    purpose: Purpose
    sheet: str | None
    mapping: Mapping[str, str]
    saved: Mapping[str, Mapping[str, str]]
    units: KnownUnits


@dataclass(slots=True)
class _Look:
    """A first look at a sheet: its first rows, the headings among them, and which unit its title or tab names."""

    grid: Grid
    head: Sequence[Cells]
    ours: frozenset[int]
    heading: HeadingRow | None
    mapped_by: str | None
    titles: Titles
    tab: SectionUnit | None = None
    unused_tab: str | None = None


def _read(path: Path, wish: _Wish, limits: Limits) -> Iterator[SheetReading | IgnoredSheet]:
    understood = False
    nearest = NearMiss()
    mapping = wish.mapping
    with open_grids(path, check_file(path, limits), limits, HEADING_WITHIN + 1) as grids:
        stamp = _stamp(grids)
        if stamp.get(STAMP_PURPOSE, wish.purpose) != wish.purpose:
            raise PurposeOther(path, stamp[STAMP_PURPOSE])
        for look in _looks(path, grids, stamp, wish):
            grid = look.grid
            if grid.hidden and wish.sheet is None:
                yield IgnoredSheet(path.name, grid.name, _("the sheet is hidden"))
                continue
            if look.heading is None:
                if grid.name == SUMMARY_SHEET:
                    continue
                miss = near_miss(look.head, wish.purpose, mapping)
                nearest = nearest.or_nearer(miss)
                yield IgnoredSheet(path.name, grid.name, _why_ignored(look.head, miss))
                continue
            understood = True
            _check_mapping(path, mapping, look.heading)
            beside = strips(path, grid.name, look.head, look.heading, wish.purpose, mapping)
            for strip in beside or (None,):
                yield _reading(path, look, strip.heading if strip else look.heading, stamp, wish.units, strip)
    if not understood:
        missing = next((one for one in mapping.values() if normalise(one) not in map(normalise, nearest.found)), None)
        if missing is not None:
            raise MappingMissing(path, missing, nearest.found)
        raise NoHeading(path, nearest.missing or near_miss((), wish.purpose, mapping).missing, nearest.found)


def _looks(path: Path, grids: Sequence[Grid], stamp: Mapping[str, str], wish: _Wish) -> list[_Look]:
    """A first look at every sheet that is wanted; the tabs of all that can be read tell which of them are units."""
    aside = stamp.get(STAMP_ASIDE, "").split(", ")
    chosen = _chosen(path, grids, wish.sheet)
    looks = []
    for grid in grids:
        if (stamp and ((grid.hidden and grid.name.startswith("_")) or grid.name in aside)) or (
            grid.hidden and grid.name == ORIGIN_SHEET
        ):
            continue
        beside = wish.purpose is Purpose.ROSTER and not grid.hidden
        if grid in chosen and grid.hidden and wish.sheet is None:
            looks.append(_Look(grid, (), frozenset(), None, None, Titles()))
        elif grid in chosen or beside:
            looks.append(_look(grid, wish))
    _name_by_tabs([look for look in looks if look.heading and not look.grid.hidden], grids, wish.units)
    return [look for look in looks if look.grid in chosen]


def _look(grid: Grid, wish: _Wish) -> _Look:
    """A first look at one sheet."""
    head: Sequence[Cells] = grid.head(HEADING_WITHIN + 1)
    heading, mapped_by = _understood(head, wish)
    ours = columns_of_ours(head[heading.index]) if heading else frozenset()
    if ours:
        head = [without(ours, row) for row in head]
        heading, mapped_by = _understood(head, wish)
    above = head[: heading.index + 1 - heading.height] if heading else ()
    return _Look(grid, head, ours, heading, mapped_by, read_titles([texts_of(row) for row in above], wish.units))


def _name_by_tabs(looks: Sequence[_Look], grids: Sequence[Grid], units: KnownUnits) -> None:
    """Note which sheets are called after units; those of an annotated copy go by what their file called them."""
    known = origins(grids)
    files = {one.file for one in known.values()}
    alone = next(iter(files)) if len(files) == 1 else ""
    by_file: dict[str, list[tuple[_Look, str]]] = {}
    for look in looks:
        origin = known.get(look.grid.name)
        file, tab = (alone, look.grid.name) if origin is None else (origin.file, origin.tab)
        by_file.setdefault(file, []).append((look, tab))
    for pairs in by_file.values():
        named = units_of_tabs([tab for _look, tab in pairs], units)
        some = any(named) or any(look.titles.unit for look, _tab in pairs)
        for (look, tab), unit in zip(pairs, named, strict=True):
            look.tab = unit
            if unit is None and len(pairs) > 1 and (some or not is_default(tab)):
                look.unused_tab = tab


def _why_ignored(head: Sequence[Cells], miss: NearMiss) -> str:
    """Why a sheet is left alone."""
    if not any(map(texts_of, head)):
        return _("the sheet is empty")
    if miss.is_near:
        return _("its headings lack {names}").format(names=", ".join(miss.missing))
    return _("it has no heading row")


def _understood(head: Sequence[Cells], wish: _Wish) -> tuple[HeadingRow | None, str | None]:
    """The heading row of a sheet, and the saved mapping that it took to see it."""
    heading = find_heading(head, wish.purpose, wish.mapping)
    if heading is not None:
        return heading, None
    for name, mapping in wish.saved.items():
        known = {field: text for field, text in mapping.items() if field in fields_of(wish.purpose)}
        heading = find_heading(head, wish.purpose, {**known, **wish.mapping}) if known else None
        if heading is not None and set(map(normalise, known.values())) <= heading.readings:
            return heading, name
    return None, None


def _stamp(grids: Sequence[Grid]) -> dict[str, str]:
    """What a workbook that kinerja wrote says of itself; nothing where it is anybody else's."""
    for grid in grids:
        if grid.name == STAMP_SHEET:
            pairs = [[*map(clean_text, row), ""][:2] for row in grid.head(_STAMP_ROWS) if row]
            return {name: value for name, value in pairs if name}
    return {}


def _chosen(path: Path, grids: Sequence[Grid], sheet: str | None) -> Sequence[Grid]:
    if sheet is None:
        return grids
    for same in (str, normalise):
        for grid in grids:
            if same(grid.name) == same(sheet):
                return (grid,)
    raise SheetMissing(path, sheet, [grid.name for grid in grids])


def _check_mapping(path: Path, mapping: Mapping[str, str], heading: HeadingRow) -> None:
    for name in mapping.values():
        if normalise(name) not in heading.readings:
            raise MappingMissing(path, name, heading.texts)


def _reading(
    path: Path,
    look: _Look,
    heading: HeadingRow,
    stamp: Mapping[str, str],
    known: KnownUnits,
    strip: Strip | None,
) -> SheetReading:
    """A sheet whose heading row was found, or one strip of it."""
    layout, grid = heading.layout, look.grid
    first, header_row = heading.index + 1 - heading.height, heading.index + 1
    above = tuple(map(texts_of, look.head[:first]))
    titles = look.titles if strip is None else read_titles(titles_over(strip, look.head[:first]), known)
    heads = [strip.cut(row) if strip else row for row in look.head[first:header_row]]
    columns = dict(layout.columns)
    width = 1 + max(columns.values())
    key = columns.get("nip", columns.get("name_nip"))
    by_section = key is not None and not {"hasil", "text"} & columns.keys() and not (_UNIT_COLUMNS & columns.keys())
    unit = (titles.unit or look.tab) if by_section else None
    if by_section:
        columns |= {name: width + at for at, name in enumerate(UNIT_FIELDS)}
    if "name_nip" in columns:
        after = 1 + max(columns.values())
        columns |= {"nip": after, "name": after + 1}
    used = frozenset(layout.columns.values())
    counting = counting_columns(heads, used, min(used))
    # A section may stand in any column, so where sections count none is left out.
    read = _EVERY_COLUMN if by_section else used | counting
    rows = grid.rows(read)
    if look.ours:
        rows = RowsWithout(rows, look.ours)
    merged = grid.merged()
    unreadable = _of_columns(grid.unreadable(used if by_section else read), used)
    filled = filled_down(rows, merged, layout.columns, header_row)
    source = Source(
        file=path.name,
        sheet=grid.name,
        layout=layout.name,
        header_row=header_row,
        columns=columns,
        above=above,
        derived=frozenset(columns.keys() - layout.columns.keys()),
        stamp=stamp,
        unreadable=with_hidden(unreadable, hidden_ratings(merged, layout.columns), header_row),
    )
    data = DataRows(
        source,
        filled if strip is None else StripRows(filled, strip),
        width,
        UnitLine(() if unit is None else (unit,)),
        by_section=by_section,
        around=Around(heads, counting, frozenset() if key is None else banners(merged, key), known),
    )
    reason = layout.reason
    if strip is not None:
        reason = _("{reason}; one of several lists side by side, columns {columns}").format(
            reason=reason, columns=strip.columns
        )
    return SheetReading(
        source,
        data,
        layout.ignored,
        reason,
        None if unit is None else unit.name,
        mapped_by=look.mapped_by,
        data=data,
        sender=titles.sender,
        unused_tab=look.unused_tab,
    )


def _of_columns(unreadable: Unreadable, columns: frozenset[int]) -> Unreadable:
    """What cannot be read in some columns alone: a running number that fails to count keeps nobody out."""
    found = {row: {at: said for at, said in cells.items() if at in columns} for row, cells in unreadable.items()}
    return {row: cells for row, cells in found.items() if cells}
