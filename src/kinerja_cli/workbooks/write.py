"""The one writer of workbooks: styled for print, no formula from data, on disk whole or not at all."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.files import atomic_path
from kinerja_cli.workbooks.charts import add_chart
from kinerja_cli.workbooks.lists import Lists
from kinerja_cli.workbooks.style import LINE, MARGIN, Styles, set_up_page

__all__ = ["Chart", "Column", "Kind", "Sheet", "write_workbook"]

Kind = Literal["text", "nip", "number", "percent", "date"]

_LOOK_AHEAD = 1_000
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
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "kinerja"
    try:
        styles, lists = Styles(workbook), Lists()
        names: set[str] = set()
        for sheet in sheets:
            _write_sheet(workbook, sheet, styles, lists, names)
        lists.write(workbook)
        with atomic_path(path) as temporary:
            workbook.save(temporary)
    except BaseException:
        _abandon(workbook)
        raise


def _abandon(workbook: Workbook) -> None:
    """End the sheets begun and remove their temporary files, which openpyxl would leave behind."""
    pages: list[WriteOnlyWorksheet] = list(workbook)
    for page in pages:
        with suppress(Exception):
            if not page.closed:
                page.close()
            page._writer.cleanup()  # type: ignore[attr-defined]


def _write_sheet(workbook: Workbook, sheet: Sheet, styles: Styles, lists: Lists, names: set[str]) -> None:
    page: Worksheet = workbook.create_sheet(_free_name(sheet.name, names))
    rows = iter(sheet.rows)
    first = list(islice(rows, _LOOK_AHEAD))
    above = [line for line in ((sheet.title, "title"), (sheet.subtitle, "subtitle")) if line[0]]
    header = len(above) + 2 if above else 1
    widths = _lay_out(page, sheet, first, header)

    for index, (text, style) in enumerate(above, 1):
        page.row_dimensions[index].height = _TITLE_HEIGHTS[style]
        page.append([styles.text_cell(page, text, style)])
    if above:
        page.append([])
    page.append([styles.text_cell(page, column.header, "header") for column in sheet.columns])

    kinds = [column.kind for column in sheet.columns]
    last = header
    for values in chain(first, rows):
        last += 1
        band = "odd" if (last - header) % 2 else "even"
        if (lines := _row_lines(values, widths)) > 1:
            page.row_dimensions[last].height = LINE * lines + MARGIN
        page.append([styles.cell(page, value, kind, band) for value, kind in zip(values, kinds, strict=True)])
    if sheet.total is not None:
        page.append([styles.cell(page, value, kind, "total") for value, kind in zip(sheet.total, kinds, strict=True)])
    if sheet.notes:
        page.append([])
    for note in sheet.notes:
        page.append([styles.text_cell(page, note, "note")])

    page.auto_filter.ref = f"A{header}:{get_column_letter(len(sheet.columns))}{max(last, header)}"
    lists.validate(page, sheet.columns, header + 1, last + sheet.entry_rows)
    if sheet.chart is not None and last > header:
        keys = [column.key for column in sheet.columns]
        add_chart(workbook, page, sheet.chart, keys, (header, last), _free_name(sheet.chart.name, names))


def _lay_out(page: Worksheet, sheet: Sheet, first: Sequence[Sequence[object]], header: int) -> list[int]:
    """Widths, frozen panes and print set-up: a streamed sheet takes them only before its first row."""
    widths: list[int] = []
    for index, column in enumerate(sheet.columns):
        letter = get_column_letter(index + 1)
        width = column.width or _width(column, [row[index] for row in first])
        page.column_dimensions[letter].width = width
        if sheet.entry_rows and column.kind in ("nip", "text"):
            page.column_dimensions[letter].number_format = "@"
        widths.append(width)
    page.row_dimensions[header].height = LINE * _row_lines([column.header for column in sheet.columns], widths) + 10
    frozen = 0
    if len(sheet.columns) >= _FROZEN_FROM:
        frozen = 2 if sheet.columns[0].kind == "nip" else 1
    page.freeze_panes = f"{get_column_letter(frozen + 1)}{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    set_up_page(page)
    return widths


def _width(column: Column, values: Iterable[object]) -> int:
    """A width that shows most values whole: long words of the header, and all but the very longest texts."""
    # The filter button takes the room of a few characters more than the padding.
    longest_word = max(map(len, column.header.split()), default=0) + _PADDING + 1
    content = max((len(str(value)) for value in values if value is not None), default=0) + _PADDING
    return max(_LEAST[column.kind], min(max(longest_word, content if column.kind == "text" else 0), _WIDEST))


def _row_lines(values: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the tallest cell of a row takes: programs do not all work that out for themselves."""
    return max(
        (
            _lines(value, width)
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str) and (len(value) > width - _PADDING or "\n" in value)
        ),
        default=1,
    )


def _lines(text: str, width: int) -> int:
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


def _free_name(wanted: str, names: set[str]) -> str:
    """A name that spreadsheet programs take: no forbidden characters, at most 31, not used yet."""
    base = " ".join(wanted.translate(_FORBIDDEN_IN_NAMES).split()).strip("'")[:_LONGEST_NAME] or "Data"
    name, number = base, 1
    while name.lower() in names:
        number += 1
        tail = f" ({number})"
        name = base[: _LONGEST_NAME - len(tail)] + tail
    names.add(name.lower())
    return name
