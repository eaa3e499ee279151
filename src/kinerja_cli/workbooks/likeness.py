"""A sheet copied as its user made it: values, styles, widths, merged cells, lists to choose from."""

import re
import warnings
from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.workbooks.added import OURS, Added
from kinerja_cli.workbooks.headings import OURS as OUR_HEADINGS
from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.looks import Looks, new_cell, wear
from kinerja_cli.workbooks.moved import Moves, moved_range
from kinerja_cli.workbooks.rowxml import TRIGGERS

STYLED_UP_TO: Final = 24 << 20
"""So many bytes of unpacked sheets are copied with their looks; they take some ten seconds and 250 MB."""

_SHEETS = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/comments")
_SPREAD = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*["']([^"']*)["']""")
_SPREAD_UP_TO = 1_000_000
_LAST_COLUMN = 16_384
AS_TEXT: Final = frozenset({"nip", "assessor_nip", "unit_code", "unit_parent_code"})
"""Fields whose digits a spreadsheet program must not take for a number once they are typed again."""


def sheets_size(path: Path) -> int:
    """How many bytes the sheets of an .xlsx file have when unpacked; the guard has seen that it says the truth."""
    with ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist() if part.filename.startswith(_SHEETS))


def open_styled(path: Path) -> Workbook | None:
    """A workbook with its looks and without its formulas; None where it cannot be had this way.

    The guard has let the file pass, but openpyxl holds a cell for each one that is merged or linked, and is less
    forgiving than the reader: whatever it cannot make sense of is copied plainly.
    """
    try:
        if _spread(path) > _SPREAD_UP_TO:
            return None
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            return load_workbook(stream, data_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds of them on files of other programs
        return None


def _spread(path: Path) -> int:
    """How many cells the merged and linked ranges of a file have."""
    cells = 0
    with ZipFile(path) as archive:
        for name in archive.namelist():
            for found in _SPREAD.findall(archive.read(name) if name.startswith("xl/worksheets/") else b""):
                size = CellRange(found.decode()).size
                cells += size["rows"] * size["columns"]
    return cells


def masalah_column(source: Worksheet, row: int) -> int | None:
    """The column (from 0) that an earlier copy has added, by the heading row."""
    for (number, column), cell in source._cells.items():
        if number == row and normalise(cell.value) in OUR_HEADINGS:
            return column - 1
    return None


def copy_names(book: Workbook, source: Workbook, moves: Mapping[str, tuple[str, int]]) -> frozenset[str]:
    """Take over the names of ranges that lists to choose from may use; which ones they are."""
    kept = set()
    for name, defined in source.defined_names.items():
        value = Moves(moves).formula(defined.value or "", 0)
        if value is not None and name not in book.defined_names and "!" in value:
            defined.value = value
            book.defined_names[name] = defined
            kept.add(name)
    return frozenset(kept)


def copy_sheet(page: Worksheet, source: Worksheet, looks: Looks, added: Added | None, moves: Moves) -> None:
    """Copy a sheet, with the added column where there is one; charts, pictures and links to elsewhere stay behind."""
    shift = added.shift if added else 0
    _copy_frame(page, source, looks, shift)
    if added:
        added.begin()
    else:
        page.freeze_panes = source.freeze_panes
        page.auto_filter = copy(source.auto_filter)
    _copy_rules(page, source, shift, moves)
    width = 0
    for number, cells in _rows(source):
        copies = _copy_row(page, number, cells, looks, added)
        _copy_height(page, source, number, looks, added)
        page.append([copies.get(column) for column in range(max(copies, default=-1) + 1)])
        width = max([width, *(column + 1 for column in copies)])
        page.row_dimensions.pop(number, None)
    if added:
        added.end(width)


def _rows(source: Worksheet) -> Iterator[tuple[int, list[Cell | MergedCell]]]:
    """Every row from the first on, with the cells there are; a sheet is never filled up to its corners."""
    rows: dict[int, list[Cell | MergedCell]] = {}
    for (number, _column), cell in sorted(source._cells.items()):
        rows.setdefault(number, []).append(cell)
    for number in range(1, max([0, *rows]) + 1):
        yield number, rows.pop(number, [])


def _copy_row(
    page: Worksheet, number: int, cells: list[Cell | MergedCell], looks: Looks, added: Added | None
) -> dict[int, Cell]:
    """The cells of a row, by their column in the copy (from 0)."""
    shift = added.shift if added else 0
    marked = dict(added.marked(number)) if added else {}
    copies: dict[int, Cell] = {}
    for cell in cells:
        at = (cell.column or 1) - 1 + shift
        if added and at == added.at:
            continue
        problems = marked.pop(at, None)
        theirs = _comment_of(cell)
        ours = theirs is not None and OURS in theirs.text
        copied = _copy_value(page, cell)
        look = looks.of(
            cell,
            mark=problems[0].severity if problems else None,
            bare=ours,
            text=problems is not None and problems[0].field in AS_TEXT,
            quoted=copied.data_type == "s" and str(copied.value).startswith(TRIGGERS),
        )
        wear(copied, look)
        text = theirs.text.partition(OURS)[0].rstrip() if theirs else ""
        if theirs and text:
            copied.comment = Comment(text, theirs.author or "", theirs.height, theirs.width)
        if added and problems:
            added.comment(copied, problems)
        if copied.value is not None or copied.has_style or copied.comment:
            copies[at] = copied
    for at, problems in marked.items() if added else ():
        copies[at] = new_cell(page)
        wear(copies[at], looks.of(None, mark=problems[0].severity, text=problems[0].field in AS_TEXT))
        if added:
            added.comment(copies[at], problems)
    ours_too = added.cell(number) if added else None
    if added and ours_too is not None:
        copies[added.at] = ours_too
    return copies


def _comment_of(cell: Cell | MergedCell) -> Comment | None:
    found: Comment | None = getattr(cell, "comment", None)
    return found


def _copy_value(page: Worksheet, cell: Cell | MergedCell) -> Cell:
    """A cell with the same value, text always as text."""
    if isinstance(cell, MergedCell):
        return new_cell(page)
    copied = new_cell(page, cell.value)
    if cell.data_type == "e":
        copied.data_type = "e"
    return copied


def _copy_height(page: Worksheet, source: Worksheet, number: int, looks: Looks, added: Added | None) -> None:
    """The height of a row and whether it is hidden; a row with a problem is shown, and high enough to be read."""
    theirs = source.row_dimensions.get(number)
    hidden = added.hides(number) if added else None
    needed = added.height(number) if added else None
    if theirs is None and not hidden and needed is None:
        return
    row = page.row_dimensions[number]
    if theirs is not None:
        row.height = theirs.height
        if theirs.has_style:
            wear(row, looks.of(theirs))
    row.hidden = bool(theirs is not None and theirs.hidden) if hidden is None else hidden
    if needed is not None:
        row.height = max(needed, row.height or 0)


def _copy_frame(page: Worksheet, source: Worksheet, looks: Looks, shift: int) -> None:
    """Everything of a sheet that is not in its cells, but for its rules."""
    page.sheet_state = source.sheet_state
    page.sheet_format = copy(source.sheet_format)
    page.sheet_properties.tabColor = copy(source.sheet_properties.tabColor)
    page.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    page.sheet_view.zoomScale = source.sheet_view.zoomScale
    page.sheet_view.showGridLines = source.sheet_view.showGridLines
    page.page_setup = copy(source.page_setup)
    page.page_margins = copy(source.page_margins)
    page.print_options = copy(source.print_options)
    page.HeaderFooter = copy(source.HeaderFooter)
    for merged in source.merged_cells.ranges:
        page.merged_cells.add(moved_range(merged.coord, shift))
    for letter, theirs in source.column_dimensions.items():
        # Where columns are described together the letter is that of the first.
        first = theirs.min or column_index_from_string(letter)
        for number in range(first, min(theirs.max or first, first + 1_000) + 1):
            _copy_column(page, theirs, number + shift, looks)


def _copy_column(page: Worksheet, theirs: ColumnDimension, number: int, looks: Looks) -> None:
    if number > _LAST_COLUMN:
        return
    column = page.column_dimensions[get_column_letter(number)]
    column.width, column.hidden = theirs.width, theirs.hidden
    if theirs.has_style:
        wear(column, looks.of(theirs))


def _copy_rules(page: Worksheet, source: Worksheet, shift: int, moves: Moves) -> None:
    """Lists to choose from, checks of what is typed, and colours by content; those that cannot be kept are not."""
    for rule in source.data_validations.dataValidation:
        formulas = [moves.formula(text, shift) if text else text for text in (rule.formula1, rule.formula2)]
        if (rule.formula1 and formulas[0] is None) or (rule.formula2 and formulas[1] is None):
            continue
        kept = copy(rule)
        kept.formula1, kept.formula2 = formulas
        kept.sqref = type(rule.sqref)(moved_range(str(rule.sqref), shift))
        page.data_validations.append(kept)
    for colours in source.conditional_formatting:
        for colouring in colours.rules:
            texts = [moves.formula(text, shift) for text in colouring.formula]
            if None not in texts:
                colouring.formula = texts
                page.conditional_formatting.add(moved_range(str(colours.sqref), shift), colouring)
