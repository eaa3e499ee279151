"""The sheets inside a file, whatever its kind: their names, their first rows, and all rows from A1 on."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from gettext import gettext as _
from itertools import chain, islice, repeat
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.workbooks.apart import read_apart
from kinerja_cli.workbooks.delimited import open_delimited
from kinerja_cli.workbooks.grid import Cells, Grid, Merged, Unreadable
from kinerja_cli.workbooks.guard import FileKind, Limits
from kinerja_cli.workbooks.lean import LeanBook, NotLean, find_unreadable, open_lean
from kinerja_cli.workbooks.refusals import FileDamaged, FileEncrypted, FileRefused, FileTooLarge, FileUnreadable
from kinerja_cli.workbooks.spreadsheetml import read_spreadsheetml
from kinerja_cli.workbooks.unreadable import Finding
from kinerja_cli.workbooks.webpage import read_page

__all__ = ["LEAN_FROM", "Cells", "Grid", "open_grids"]

LEAN_FROM = 1 << 20
"""Workbooks of at least so many bytes are read without their unwanted columns."""


@contextmanager
def open_grids(
    path: Path, kind: FileKind, limits: Limits, heads: int, *, whole: bool = False
) -> Iterator[Sequence[Grid]]:
    """The sheets of a file that the guard let pass, in order; `heads` is how many first rows matter.

    `whole` is for whoever wants every column: then none is left out on the way. A file that another program goes
    on writing is refused: half of it is no roster.
    """
    before = _state(path)
    with _grids(path, kind, limits, heads, whole=whole) as grids:
        yield grids
        if _state(path) != before:
            raise FileUnreadable(path, _("it changed while it was read"))


@contextmanager
def _grids(path: Path, kind: FileKind, limits: Limits, heads: int, *, whole: bool) -> Iterator[Sequence[Grid]]:
    if kind is FileKind.CSV:
        yield (open_delimited(path, _whole(path, limits), limits),)
        return
    if kind is FileKind.HTML:
        yield read_page(path, _whole(path, limits), limits)
        return
    if kind is FileKind.XML:
        yield read_spreadsheetml(path, _whole(path, limits), limits)
        return
    if kind is not FileKind.XLSX:
        yield read_apart(path, memory=limits.memory, seconds=limits.seconds)
        return
    lean = _open_lean(path, heads) if not whole and path.stat().st_size >= LEAN_FROM else None
    with _reading(path):
        workbook = lean.heads if lean else _opened(path)
    with closing(workbook):
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        # All sheets are looked at before the first is read: many large ones at once would fill the memory.
        kept = len(sheets) == 1 or path.stat().st_size < LEAN_FROM
        yield tuple(
            _CalamineGrid(path, workbook, lean, sheet.name, sheet.visible != SheetVisibleEnum.Visible, kept)
            for sheet in sheets
        )


def _opened(path: Path) -> CalamineWorkbook:
    """A workbook for what it is; by its path the reader goes by the ending, which many systems get wrong."""
    if path.suffix.lower() == ".xlsx":
        return CalamineWorkbook.from_path(path)
    with path.open("rb") as stream:
        return CalamineWorkbook.from_filelike(stream)


def _state(path: Path) -> tuple[int, int, int]:
    """What tells whether a file is still the same."""
    with _opening(path):
        found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a refusal of the file."""
    try:
        yield
    except OSError as error:
        raise FileUnreadable(path, error.strerror or type(error).__name__) from error


def _whole(path: Path, limits: Limits) -> bytes:
    """All bytes of a file, which may have grown since it was looked at."""
    with _opening(path), path.open("rb") as stream:
        data = stream.read(limits.packed + 1)
    if len(data) > limits.packed:
        raise FileTooLarge(path, "packed", len(data), limits.packed)
    return data


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
    """A sheet of a workbook: whole when first asked for, or lean where its columns are known to be few.

    `kept` says whether it may wait in memory from its first look to its reading.
    """

    path: Path
    workbook: CalamineWorkbook
    lean: LeanBook | None
    name: str
    hidden: bool
    kept: bool = True
    _sheet: CalamineSheet | None = field(default=None, init=False)
    _found: tuple[frozenset[int], Unreadable] | None = field(default=None, init=False)
    _ranges: Sequence[Merged] = field(default=(), init=False)

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""
        with _reading(self.path):
            sheet = self.workbook.get_sheet_by_name(self.name)
        if self.lean is None and self.kept:
            self._sheet = sheet
        return list(islice(_SheetRows(sheet), count))

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:
        """All rows; the sheet is handed over, so that it is forgotten together with them."""
        sheet, self._sheet = self._sheet, None
        if self.lean is not None:
            finding = Finding(columns)
            with _reading(self.path), suppress(NotLean, CalamineError, OSError):
                sheet = self.lean.sheet(self.name, finding)
                self._found = columns, finding.cells
        if sheet is None:
            with _reading(self.path), closing(_opened(self.path)) as workbook:
                sheet = workbook.get_sheet_by_name(self.name)
        self._ranges = sheet.merged_cell_ranges or ()
        return _SheetRows(sheet, max(self.unreadable(columns), default=0))

    def merged(self) -> Sequence[Merged]:
        """The ranges of merged cells, once the rows were asked for."""
        return self._ranges

    def unreadable(self, columns: frozenset[int]) -> Unreadable:
        """The cells of these columns that hold a formula never calculated, or an error."""
        if self._found is None or self._found[0] != columns:
            with _reading(self.path):
                self._found = columns, find_unreadable(self.path, self.name, columns)
        return self._found[1]


@dataclass(frozen=True, slots=True)
class _SheetRows:
    """The rows of a sheet from A1 on, one at a time, so that the sheet is in memory once.

    The reader ends at the last value; `last` is a row below it that has only cells without one, or 0.
    """

    sheet: CalamineSheet
    last: int = 0

    def __iter__(self) -> Iterator[Cells]:
        end = self.sheet.end
        below = self.last - (end[0] + 1 if end else 0)
        return chain(self._filled_rows(), repeat((), below)) if below > 0 else self._filled_rows()

    def _filled_rows(self) -> Iterator[Cells]:
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
