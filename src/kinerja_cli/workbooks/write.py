"""The one writer of workbooks: styled for print, no formula from data, on disk whole or not at all."""

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.files import atomic_path
from kinerja_cli.workbooks.charts import add_chart
from kinerja_cli.workbooks.lists import Lists
from kinerja_cli.workbooks.rowxml import RowWriter
from kinerja_cli.workbooks.style import LINE, MARGIN, Styles, set_up_page

__all__ = ["Chart", "Column", "Kind", "Sheet", "write_workbook"]

Kind = Literal["text", "nip", "number", "percent", "date"]

_LOOK_AHEAD = 1_000
_IN_MEMORY = 32 << 20
_NO_ROWS = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_SIZE = re.compile(rb"<dimension [^>]*/>")
_TITLE_HEIGHTS = {"title": 26, "subtitle": 18}
_NARROWEST, _WIDEST = 6, 46
_PADDING = 4
_LEAST = {"nip": 24, "date": 21, "number": 10, "percent": 9, "text": _NARROWEST}
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_FROZEN_FROM = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for machines, `header` for people, `kind` for how its values are written.

    A percent is given as a fraction of one. `choices` become a drop-down list; `width` in characters goes
    before the width found from the content.
    """

    key: str
    header: str
    kind: Kind = "text"
    width: int | None = None
    choices: tuple[str, ...] = ()


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

    `entry_rows` is how many empty rows under the data are made ready for typing: drop-downs, NIP as text.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    title: str | None = None
    subtitle: str | None = None
    total: Sequence[object] | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    entry_rows: int = 0


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as one .xlsx file, atomically and readable by its owner alone.

    Every text is written as text: nothing in the data can become a formula or a number. Raises OSError as the
    system gives it; then the file that was there is untouched.
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
            bodies.append((_write_sheet(workbook, sheet, body, styles, lists, names), body))
        lists.write(workbook)
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
    workbook.save(frame)
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
    workbook: Workbook, sheet: Sheet, body: IO[bytes], styles: Styles, lists: Lists, names: set[str]
) -> Worksheet:
    page: Worksheet = workbook.create_sheet(free_name(sheet.name, names))
    rows = iter(sheet.rows)
    first = list(islice(rows, _LOOK_AHEAD))
    widths = [column.width or _width(column, [row[at] for row in first]) for at, column in enumerate(sheet.columns)]
    kinds = [column.kind for column in sheet.columns]
    writer = RowWriter(body, styles, len(kinds))

    for text, style in ((sheet.title, "title"), (sheet.subtitle, "subtitle")):
        if text:
            writer.words([text], style, _TITLE_HEIGHTS[style])
    if writer.number:
        writer.blank()
    headers = [column.header for column in sheet.columns]
    writer.words(headers, "header", LINE * _row_lines(headers, widths) + 2 * MARGIN)
    header = writer.number
    for values in chain(first, rows):
        band = "even" if (writer.number - header) % 2 else "odd"
        writer.data(values, kinds, band, _height(values, widths))
    last = writer.number
    if sheet.total is not None:
        writer.data(sheet.total, kinds, "total", _height(sheet.total, widths))
    if sheet.notes:
        writer.blank()
    for note in sheet.notes:
        writer.words([note], "note")

    _lay_out(page, sheet, widths, header)
    page.auto_filter.ref = f"A{header}:{get_column_letter(len(kinds))}{last}"
    lists.validate(page, sheet.columns, header + 1, last + sheet.entry_rows)
    if sheet.chart is not None and last > header:
        keys = [column.key for column in sheet.columns]
        add_chart(workbook, page, sheet.chart, keys, (header, last), free_name(sheet.chart.name, names))
    return page


def _lay_out(page: Worksheet, sheet: Sheet, widths: Sequence[int], header: int) -> None:
    """Widths, frozen panes and print set-up."""
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), 1):
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = width
        if sheet.entry_rows and column.kind in ("nip", "text"):
            page.column_dimensions[letter].number_format = "@"
    frozen = 0
    if len(sheet.columns) >= _FROZEN_FROM:
        frozen = 2 if sheet.columns[0].kind == "nip" else 1
    page.freeze_panes = f"{get_column_letter(frozen + 1)}{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    set_up_page(page)


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
    base = " ".join(wanted.translate(_FORBIDDEN_IN_NAMES).split()).strip("'")[:_LONGEST_NAME] or "Data"
    name, number = base, 1
    while name.lower() in names:
        number += 1
        tail = f" ({number})"
        name = base[: _LONGEST_NAME - len(tail)] + tail
    names.add(name.lower())
    return name
