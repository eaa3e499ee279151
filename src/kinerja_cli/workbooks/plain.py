"""Bare workbooks as other systems export them: no styles, text that stays text, the same bytes every time."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import STEERING
from kinerja_cli.files import atomic_path
from kinerja_cli.workbooks.rowxml import LIKE_A_CODE

_EPOCH: Final = (2026, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_SPECIAL: Final = ("=", "#")


def write_plain(path: Path, sheets: Sequence[tuple[str, Iterable[Sequence[CellValue]]]]) -> None:
    """Write sheets, each a name and its rows, as a plain .xlsx; whole or not at all.

    Text is always a text cell, never a formula. Nothing in the file tells when it was written.
    """
    with atomic_path(path) as temporary:
        book = Workbook(write_only=True)
        book.properties.created = datetime(*_EPOCH)  # noqa: DTZ001 - a workbook's own dates bear no zone
        for name, rows in sheets:
            _fill(book.create_sheet(name), rows)
        with _SteadyZip(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()


def _fill(sheet: WriteOnlyWorksheet, rows: Iterable[Sequence[CellValue]]) -> None:
    """Append the rows; if they break off, close what openpyxl holds open, or it complains when collected."""
    try:
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    except BaseException:
        sheet.close()
        raise


def _cell(sheet: WriteOnlyWorksheet, value: CellValue) -> object:
    """What to append for a value: itself, but text that looks like a formula or an error as text."""
    if not isinstance(value, str):
        return value
    if not value.isprintable():
        value = STEERING.sub("", value)
    if "_x" in value:
        value = LIKE_A_CODE.sub("_x005F_", value)
    if not value.startswith(_SPECIAL):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


class _SteadyZip(zipfile.ZipFile):
    """An archive whose entries bear one fixed date, so that the same workbook is the same file."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_how: Any, **_more: Any) -> None:  # noqa: ANN401 - stands in for the standard library's own loose signature
        """Add an entry; the moment the workbook says it was changed is made the fixed one."""
        name = str(zinfo_or_arcname)
        if name == "docProps/core.xml":
            raw = data.encode() if isinstance(data, str) else bytes(data)
            data = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", raw)
        super().writestr(self._entry(name), data)

    def write(self, filename: Any, arcname: Any = None, *_how: Any, **_more: Any) -> None:  # noqa: ANN401 - stands in for the standard library's own loose signature
        """Add a file as an entry."""
        with Path(filename).open("rb") as source, self.open(self._entry(str(arcname)), "w") as target:
            while block := source.read(1 << 20):
                target.write(block)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry
