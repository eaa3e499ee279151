"""The sheets inside a file, whatever its kind: their names, their first rows, and all rows from A1 on."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.workbooks.apart import SheetApart, read_apart
from kinerja_cli.workbooks.guard import FileKind, Limits
from kinerja_cli.workbooks.lean import LeanBook, NotLean, open_lean
from kinerja_cli.workbooks.refusals import FileDamaged, FileEncrypted, FileRefused, FileTooLarge

Cells: TypeAlias = Sequence[CellValue]

LEAN_FROM = 1 << 20
"""Workbooks of at least so many bytes are read without their unwanted columns."""

_DELIMITERS = ",;\t|"
_DISARMED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class Grid(Protocol):
    """One sheet: row 1 is its first row, whether or not anything stands there."""

    @property
    def name(self) -> str:
        """What the sheet is called."""

    @property
    def hidden(self) -> bool:
        """Whether the spreadsheet program hides it."""

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:
        """All rows, to be gone through as often as wanted; only `columns` need to be filled."""


@contextmanager
def open_grids(
    path: Path, kind: FileKind, limits: Limits, heads: int, *, whole: bool = False
) -> Iterator[Sequence[Grid]]:
    """The sheets of a file that the guard let pass, in order; `heads` is how many first rows matter.

    `whole` is for whoever wants every column: then none is left out on the way.
    """
    if kind is FileKind.CSV:
        yield (_open_csv(path, limits),)
        return
    if kind is not FileKind.XLSX:
        yield tuple(map(_ListGrid, read_apart(path, memory=limits.memory, seconds=limits.seconds)))
        return
    lean = _open_lean(path, heads) if not whole and path.stat().st_size >= LEAN_FROM else None
    with _reading(path):
        workbook = lean.heads if lean else CalamineWorkbook.from_path(path)
    with closing(workbook):
        yield tuple(
            _CalamineGrid(path, workbook, lean, sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        )


def _open_lean(path: Path, heads: int) -> LeanBook | None:
    with _reading(path), suppress(NotLean, CalamineError, OSError):
        return open_lean(path, heads)
    return None


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn whatever the reader of workbooks raises, its panics too, into a refusal of the file."""
    try:
        yield
    except FileRefused:
        raise
    except PasswordError as error:
        raise FileEncrypted(path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise FileDamaged(path, str(error)) from error
    except BaseException as error:
        # A panic of the Rust side derives from BaseException and can only be told by its name.
        if type(error).__name__ != "PanicException":
            raise
        raise FileDamaged(path, "panic") from error


@dataclass(slots=True)
class _CalamineGrid:
    """A sheet of a workbook: whole when first asked for, or lean where its columns are known to be few."""

    path: Path
    workbook: CalamineWorkbook
    lean: LeanBook | None
    name: str
    hidden: bool
    _sheet: CalamineSheet | None = field(default=None, init=False)

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""
        with _reading(self.path):
            sheet = self.workbook.get_sheet_by_name(self.name)
        if self.lean is None:
            self._sheet = sheet
        return list(islice(_SheetRows(sheet), count))

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:
        """All rows; the sheet is handed over, so that it is forgotten together with them."""
        sheet, self._sheet = self._sheet, None
        if self.lean is not None:
            with _reading(self.path), suppress(NotLean, CalamineError, OSError):
                sheet = self.lean.sheet(self.name, columns)
        if sheet is None:
            with _reading(self.path), closing(CalamineWorkbook.from_path(self.path)) as workbook:
                sheet = workbook.get_sheet_by_name(self.name)
        return _SheetRows(sheet)


@dataclass(frozen=True, slots=True)
class _SheetRows:
    """The rows of a sheet from A1 on, one at a time, so that the sheet is in memory once."""

    sheet: CalamineSheet

    def __iter__(self) -> Iterator[Cells]:
        start = self.sheet.start
        if start is None:
            return iter(())
        # The reader counts rows from the first row of the sheet but columns from the first that is filled.
        margin = start[1]
        if not margin:
            return iter(self.sheet.iter_rows())
        blank: list[CellValue] = [""] * margin
        return (blank + cells for cells in self._plain_rows())

    def _plain_rows(self) -> Iterator[list[CellValue]]:
        rows: Iterator[list[CellValue]] = self.sheet.iter_rows()  # type: ignore[assignment]  # calamine's stub names the same types one by one
        return rows


@dataclass(frozen=True, slots=True)
class _ListGrid:
    """A sheet that another process has read."""

    sheet: SheetApart

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.sheet.name

    @property
    def hidden(self) -> bool:
        """Whether the spreadsheet program hides it."""
        return self.sheet.hidden

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""
        return list(self.sheet.rows[:count])

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:  # noqa: ARG002 - all have been read
        """All rows."""
        return self.sheet.rows


def _open_csv(path: Path, limits: Limits) -> "_CsvGrid":
    data = path.read_bytes()
    text = ""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            detail = str(error)
        else:
            break
    else:
        raise FileDamaged(path, detail)
    delimiter = max(_DELIMITERS, key=lambda mark: _width(text, mark))
    return _CsvGrid(path, text, delimiter, limits)


def _width(text: str, delimiter: str) -> int:
    """How many cells the first rows have if `delimiter` parts them; the true one parts them into the most."""
    try:
        return sum(len(cells) for cells in islice(csv.reader(io.StringIO(text), delimiter=delimiter), 50))
    except csv.Error:
        return 0


@dataclass(frozen=True, slots=True)
class _CsvGrid:
    """A text file as the one sheet it is, called after the file as spreadsheet programs do."""

    path: Path
    text: str
    delimiter: str
    limits: Limits
    hidden: bool = False

    @property
    def name(self) -> str:
        return self.path.stem

    def head(self, count: int) -> list[Cells]:
        return list(islice(self, count))

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:  # noqa: ARG002 - text is read whole anyway
        return self

    def __iter__(self) -> Iterator[Cells]:
        limits = self.limits
        # A quotation mark that is never closed would swallow the people below it without a word.
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if number > limits.rows:
                    raise FileTooLarge(self.path, "rows", number, limits.rows)
                if len(cells) > limits.columns:
                    raise FileTooLarge(self.path, "columns", len(cells), limits.columns)
                yield [cell[1:] if cell.startswith(_DISARMED) else cell for cell in cells]
        except csv.Error as error:
            detail = _("line {line}: a quotation mark is not closed or stands inside a cell").format(
                line=reader.line_num
            )
            raise FileDamaged(self.path, detail) from error
