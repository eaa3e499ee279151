"""Workbooks with what offices put into them besides cells: merged cells, hidden rows, formulas, several sheets."""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows: TypeAlias = Iterable[Sequence[object]]


def book(path: Path, sheets: Mapping[str, Rows], **after: Callable[[Worksheet], None]) -> Path:
    """A workbook of these sheets; `after` does more to the sheet of that name."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    for name, do in after.items():
        do(made[name])
    made.save(path)
    return path


def one(path: Path, rows: Rows, after: Callable[[Worksheet], None] | None = None, name: str = "Sheet1") -> Path:
    """A workbook of one sheet."""
    return book(path, {name: rows}, **({name: after} if after else {}))


def merged(*ranges: str) -> Callable[[Worksheet], None]:
    """Merge these ranges, as titles, sections and two-line headings are."""

    def merge(page: Worksheet) -> None:
        for one_range in ranges:
            page.merge_cells(one_range)

    return merge


def filled(path: Path, rows: Mapping[int, Mapping[str, object]], heading_row: int) -> Path:
    """A workbook with these values filled in on its first sheet, by row and heading."""
    book_ = load_workbook(path)
    page = book_.worksheets[0]
    columns = {str(cell.value): number for number, cell in enumerate(page[heading_row], 1)}
    for row, values in rows.items():
        for heading, value in values.items():
            page.cell(row, columns[heading]).value = value  # type: ignore[assignment]  # a test gives what cells take
    book_.save(path)
    return path


def calculated(path: Path, values: Mapping[str, str | None]) -> Path:
    """Give formulas of the first sheet the value a spreadsheet program keeps beside them; None is an error."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["xl/worksheets/sheet1.xml"].decode()
    for reference, value in values.items():
        kept = 't="e"' if value is None else 't="str"'
        shown = "#N/A" if value is None else value
        text, count = re.subn(
            rf'<c r="{reference}"[^>]*><f>(.*?)</f><v ?/?>(?:</v>)?</c>',
            rf'<c r="{reference}" {kept}><f>\1</f><v>{shown}</v></c>',
            text,
        )
        if count != 1:
            raise ValueError(reference)
    parts["xl/worksheets/sheet1.xml"] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def html_as_xls(path: Path, rows: Rows, *, title: str = "") -> Path:
    """What web applications call an Excel file: a page with a table, under the name of an .xls."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    path.write_text(
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta http-equiv='Content-Type' "
        "content='text/html; charset=utf-8'><style>.t{mso-number-format:'\\@'}</style></head><body>"
        f"{title}<table border=1>{lines}</table></body></html>",
        encoding="utf-8",
    )
    return path
