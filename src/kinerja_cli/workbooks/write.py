"""The one writer of workbooks: styled for print, no formula from data, on disk whole or not at all."""

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from kinerja_cli.files import atomic_path
from kinerja_cli.workbooks.charts import add_chart
from kinerja_cli.workbooks.lists import Lists
from kinerja_cli.workbooks.read import STAMP_SHEET
from kinerja_cli.workbooks.rowxml import RowWriter, seen
from kinerja_cli.workbooks.style import LINE, MARGIN, Paper, Styles, set_up_page

__all__ = ["Chart", "Column", "Kind", "Paper", "Sheet", "write_workbook"]

Kind = Literal["text", "nip", "number", "percent", "date", "score"]

_LOOK_AHEAD = 1_000
_IN_MEMORY = 32 << 20
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_SIZE = re.compile(rb"<dimension [^>]*/>")
_TITLE_HEIGHTS = {"title": 26, "subtitle": 18, "lead": 18}
_NARROWEST, _WIDEST = 6, 46
_PADDING = 4
_LEAST = {"nip": 24, "date": 21, "number": 10, "score": 10, "percent": 9, "text": _NARROWEST}
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_FROZEN_FROM = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for machines, `header` for people, `kind` for how its values are written.

    A percent is given as a fraction of one; a score is a number shown with just the digits it has. `choices`
    become a drop-down list, which where it is `free` only offers; `bounds` are those of a number to be typed.
    `width` in characters goes before the width found from the content. An `entry` column is there to be filled
    in: it looks so, and stays open where the sheet is protected. `prompt` is shown while one of its cells is
    chosen.
    """

    key: str
    header: str
    kind: Kind = "text"
    width: int | None = None
    choices: tuple[str, ...] = ()
    free: bool = False
    bounds: tuple[int, int] | None = None
    entry: bool = False
    hidden: bool = False
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A stacked bar chart on a sheet of its own: one bar for each row, one colour for each value column.

    `category` and `values` are keys of columns; `name` is what its sheet is called.
    """

    title: str
    category: str
    values: tuple[str, ...]
    name: str = "Grafik"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: titles, a table, an optional total row, notes under it and a chart of it.

    `lead` are lines between the titles and the table. `entry_rows` is how many empty rows under the data are made
    ready for typing: drop-downs, NIP as text. A `protected` sheet lets only its entry columns be changed, without
    a password. `frozen` is how many columns stay in sight, where not as many as the columns suggest; `foot` is
    printed at the left of the foot of each page, the name of the sheet where nothing is given.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    title: str | None = None
    subtitle: str | None = None
    lead: tuple[str, ...] = ()
    total: Sequence[object] | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    entry_rows: int = 0
    protected: bool = False
    frozen: int | None = None
    foot: str | None = None


def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, stamp: Mapping[str, str] | None = None, paper: Paper = "folio"
) -> None:
    """Write the sheets as one .xlsx file, atomically and readable by its owner alone.

    `stamp` is what the workbook says of itself on a hidden sheet, for the day it comes back. Every text is
    written as text: nothing in the data can become a formula or a number. Raises OSError as the system gives it;
    then the file that was there is untouched.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "kinerja"
    styles, lists = Styles(workbook), Lists()
    names: set[str] = set()
    with ExitStack() as stack:
        bodies: list[tuple[Worksheet, IO[bytes]]] = []
        for sheet in sheets:
            body = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))
            bodies.append((_write_sheet(workbook, sheet, paper, body, styles, lists, names), body))
        lists.write(workbook)
        _write_stamp(workbook, stamp or {})
        with atomic_path(path) as temporary:
            _assemble(workbook, bodies, temporary)


@contextmanager
def _closing(archive: ZipFile) -> Iterator[ZipFile]:
    """Finish an archive, or drop it: on a full disk it would try once more while Python clears up, and fail aloud."""
    try:
        yield archive
        archive.close()
    except BaseException:
        archive.fp = None
        raise


def _assemble(workbook: Workbook, bodies: Sequence[tuple[Worksheet, IO[bytes]]], path: Path) -> None:
    """Put the rows into the workbook, which openpyxl writes with all its settings but without them."""
    frame = io.BytesIO()
    # Its own archive would be left open where it fails, and complain aloud while Python clears up.
    with _closing(ZipFile(frame, "w", ZIP_DEFLATED)) as archive:
        ExcelWriter(workbook, archive).write_data()
    rows = {page.path.lstrip("/"): body for page, body in bodies}
    with ZipFile(frame) as source, path.open("wb") as file, _closing(ZipFile(file, "w", ZIP_DEFLATED)) as target:
        for name in source.namelist():
            with target.open(name, "w") as part:
                if name not in rows:
                    part.write(source.read(name))
                    continue
                before, after = _NO_ROWS.split(_SIZE.sub(b"", source.read(name)))
                part.write(before + b"<sheetData>")
                rows[name].seek(0)
                shutil.copyfileobj(rows[name], part)
                part.write(b"</sheetData>" + after)


def _write_sheet(
    workbook: Workbook, sheet: Sheet, paper: Paper, body: IO[bytes], styles: Styles, lists: Lists, names: set[str]
) -> Worksheet:
    page: Worksheet = workbook.create_sheet(free_name(sheet.name, names))
    rows = iter(sheet.rows)
    first = list(islice(rows, _LOOK_AHEAD))
    widths = [column.width or _width(column, [row[at] for row in first]) for at, column in enumerate(sheet.columns)]
    looks = {
        band: [(column.kind, "entry" if column.entry else band) for column in sheet.columns] for band in ("odd", "even")
    }
    writer = RowWriter(body, styles, len(sheet.columns), grow=_is_form(sheet))

    subtitles = [(text, "subtitle") for text in (sheet.subtitle or "").split("\n")]
    for text, style in ((sheet.title, "title"), *subtitles, *((text, "lead") for text in sheet.lead)):
        if text:
            writer.words([text], [style], _TITLE_HEIGHTS[style])
    if writer.number:
        writer.blank()
    headers = [column.header for column in sheet.columns]
    styles_of = ["entry header" if column.entry else "header" for column in sheet.columns]
    writer.words(headers, styles_of, LINE * _row_lines(headers, widths) + 2 * MARGIN)
    header = writer.number
    for values in chain(first, rows):
        band = "even" if (writer.number - header) % 2 else "odd"
        writer.data(values, looks[band], _height(values, widths))
    last = writer.number
    if sheet.total is not None:
        total = [(column.kind, "total") for column in sheet.columns]
        writer.data(sheet.total, total, _height(sheet.total, widths))
    if sheet.notes:
        writer.blank()
    for note in sheet.notes:
        writer.words([note], ["note"])

    _lay_out(page, sheet, paper, widths, header)
    page.auto_filter.ref = f"A{header}:{get_column_letter(len(sheet.columns))}{last}"
    lists.validate(page, sheet.columns, header + 1, last + sheet.entry_rows)
    if sheet.chart is not None and last > header:
        keys = [column.key for column in sheet.columns]
        add_chart(workbook, page, sheet.chart, keys, (header, last), free_name(sheet.chart.name, names))
    return page


def _lay_out(page: Worksheet, sheet: Sheet, paper: Paper, widths: Sequence[int], header: int) -> None:
    """Widths, frozen panes, protection and print set-up."""
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), 1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = width
        page.column_dimensions[letter].hidden = column.hidden
        if sheet.entry_rows and column.kind in ("nip", "text"):
            page.column_dimensions[letter].number_format = "@"
            page.column_dimensions[letter].alignment = Alignment(vertical="top", wrap_text=True)
    frozen = sheet.frozen or 0
    if sheet.frozen is None and len(sheet.columns) >= _FROZEN_FROM:
        frozen = 2 if sheet.columns[0].kind == "nip" else 1
    page.freeze_panes = f"{get_column_letter(frozen + 1)}{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    set_up_page(
        page,
        paper=paper,
        grow=_is_form(sheet),
        foot="&A" if sheet.foot is None else seen(sheet.foot).replace("&", "&&"),
    )
    if sheet.entry_rows:
        # Rows still to be written show by their lines where they are, and grow with what is typed into them.
        page.sheet_view.showGridLines = True
        page.sheet_format.customHeight = None
    if sheet.protected:
        _protect(page)


def _is_form(sheet: Sheet) -> bool:
    """Whether people are to write into the rows that are there."""
    return any(column.entry for column in sheet.columns)


def _protect(page: Worksheet) -> None:
    """Lock a sheet against slips: no password; finding, sorting and fitting columns stay possible."""
    guard = page.protection
    guard.sheet = True
    # Of these settings "false" is what allows.
    guard.autoFilter = guard.sort = guard.formatColumns = guard.formatRows = False


def _write_stamp(workbook: Workbook, stamp: Mapping[str, str]) -> None:
    """Add the hidden sheet by which a workbook of ours is known again, where there is anything to say."""
    if not stamp:
        return
    page = workbook.create_sheet(STAMP_SHEET)
    page.sheet_state = "hidden"
    for row, pair in enumerate(stamp.items(), 1):
        for column, text in enumerate(pair, 1):
            cell = page.cell(row, column, seen(text))
            # Said once more, since openpyxl would make a formula of a text that begins like one.
            cell.data_type, cell.number_format = "s", "@"


def _width(column: Column, values: Iterable[object]) -> int:
    """A width that shows most values whole: long words of the header, and all but the very longest texts."""
    # The filter button takes the room of a few characters more than the padding.
    longest_word = max(map(len, column.header.split()), default=0) + _PADDING + 1
    content = max((len(str(value)) for value in values if value is not None), default=0) + _PADDING
    return max(_LEAST[column.kind], min(max(longest_word, content if column.kind == "text" else 0), _WIDEST))


def _height(values: Sequence[object], widths: Sequence[int]) -> int | None:
    """The height of a row of more than one line; the others have the height of the sheet."""
    lines = _row_lines(values, widths)
    return LINE * lines + MARGIN if lines > 1 else None


def _row_lines(values: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the tallest cell of a row takes: programs do not all work that out for themselves."""
    return max(
        (
            lines_of(value, width)
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str) and (len(value) > width - _PADDING or "\n" in value)
        ),
        default=1,
    )


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes when it is broken between words."""
    room = max(width - _PADDING, 1)
    lines = 0
    for paragraph in text.split("\n"):
        lines, left = lines + 1, room
        for word in paragraph.split():
            if len(word) > left and left < room:
                lines, left = lines + 1, room
            left -= len(word) + 1
    return lines


def free_name(wanted: str, names: set[str]) -> str:
    """A name that spreadsheet programs take: no forbidden characters, at most 31, not used yet."""
    base = " ".join(seen(wanted).translate(_FORBIDDEN_IN_NAMES).split()).strip("'")[:_LONGEST_NAME] or "Data"
    name, number = base, 1
    while name.lower() in names:
        number += 1
        tail = f" ({number})"
        name = base[: _LONGEST_NAME - len(tail)] + tail
    names.add(name.lower())
    return name
