"""A user's own workbooks back in one: what is wrong with each row beside it, and a front sheet that counts it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.errors import Problem
from kinerja_cli.files import atomic_path
from kinerja_cli.workbooks.added import Added
from kinerja_cli.workbooks.copies import Origin, columns_of_ours, origins, read_origins
from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, FileKind, FileRefused, Limits, check_file
from kinerja_cli.workbooks.headings import ORIGIN_SHEET, SUMMARY_SHEET
from kinerja_cli.workbooks.likeness import (
    STYLED_UP_TO,
    copy_names,
    copy_sheet,
    masalah_column,
    open_styled,
    sheets_size,
)
from kinerja_cli.workbooks.looks import Looks
from kinerja_cli.workbooks.marks import Marks, mark
from kinerja_cli.workbooks.moved import Moves
from kinerja_cli.workbooks.problem_summary import Copied, write_summary
from kinerja_cli.workbooks.read import STAMP_SHEET
from kinerja_cli.workbooks.rebuilt import rebuild_sheet
from kinerja_cli.workbooks.sources import Grid, open_grids
from kinerja_cli.workbooks.watched import SheetSeen
from kinerja_cli.workbooks.write import free_name

_LONGEST_NAME: Final = 31
_WRITER: Final = "_writer"
"""What holds the temporary file of a sheet; openpyxl gives no other way to it."""
_STYLED_IN_ALL: Final = 4 * STYLED_UP_TO
"""Of many files so many bytes are copied with their looks, the rest plainly, so that it is done within a minute."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """What a copy came to: rows that somebody should look at, and rows that are fine."""

    marked: int
    good: int


def write_annotated(
    path: Path,
    files: Sequence[Path],
    seen: Sequence[SheetSeen],
    problems: Sequence[Problem],
    *,
    outcome: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Annotated:
    """Write a copy of the files with the problems of an import marked in it; whole or not at all.

    `seen` are the sheets that the import has read; the others are copied as they are. `outcome` says on the
    front sheet how the import ended. Raises what reading the files raises, and OSError as the system gives it.
    """
    marks, elsewhere = mark(seen, problems)
    copy = _Copy({(one.seen.path, one.source.sheet): one for one in marks}, several=len(files) > 1)
    with atomic_path(path) as temporary, _closed(copy.book):
        read = {one.path for one in seen}
        for file in files:
            try:
                copy.take(file, limits)
            except FileRefused:
                # What the import has refused as well is told on the front sheet; there is nothing to copy of it.
                if file in read:
                    raise
        copy.end()
        write_summary(copy.front, copy.copied, problems, elsewhere, outcome)
        copy.book.save(temporary)
    bad = sum(len(one.bad) for one in marks)
    return Annotated(bad, sum(one.people - len(one.bad & one.seen.about) for one in marks))


@contextmanager
def _closed(book: Workbook) -> Iterator[None]:
    """Close and remove what openpyxl holds open for each sheet if the writing breaks off."""
    try:
        yield
    except BaseException:
        for page in book.worksheets:
            with suppress(Exception):
                page.close()
            with suppress(Exception):
                getattr(page, _WRITER).cleanup()
        raise


@dataclass(slots=True)
class _Copy:
    """The copy while it is made."""

    marks: Mapping[tuple[Path, str], Marks]
    several: bool
    book: Workbook = field(default_factory=lambda: Workbook(write_only=True))
    front: Worksheet = field(init=False)
    copied: list[Copied] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _origins: dict[str, Origin] = field(default_factory=dict)
    _files: dict[Path, int] = field(default_factory=dict)
    _room: int = _STYLED_IN_ALL

    def __post_init__(self) -> None:
        self.book.properties.creator = "kinerja"
        self.front = self.book.create_sheet(SUMMARY_SHEET)
        self._names.add(SUMMARY_SHEET.lower())

    def take(self, file: Path, limits: Limits) -> None:
        """Copy all sheets of a file."""
        kind = check_file(file, limits)
        source = self._styled(file) if kind is FileKind.XLSX else None
        if source is not None:
            with closing(source):
                self._take_styled(file, source)
            return
        with open_grids(file, kind, limits, 1, whole=True) as grids:
            self._take_plain(file, grids)

    def end(self) -> None:
        """Note which sheet is from which file: beside those of other files its name may count for something else."""
        if len({origin.file for origin in self._origins.values()}) > 1:
            page = self.book.create_sheet(ORIGIN_SHEET)
            page.sheet_state = "hidden"
            for name, origin in self._origins.items():
                page.append([name, origin.file, origin.tab])

    def _styled(self, file: Path) -> Workbook | None:
        """The file with its looks, if it can be had and is not too large."""
        size = sheets_size(file)
        if size > min(STYLED_UP_TO, self._room):
            return None
        self._room -= size
        return open_styled(file)

    def _take_styled(self, file: Path, source: Workbook) -> None:
        """Copy a workbook with its looks."""
        chosen: list[tuple[Worksheet, str, Added | None]] = []
        moves: dict[str, tuple[str, int]] = {}
        if self.book.loaded_theme is None:
            self.book.loaded_theme = source.loaded_theme
        earlier = read_origins(source[ORIGIN_SHEET].values) if ORIGIN_SHEET in source.sheetnames else {}
        for sheet in source.worksheets:
            marks = self.marks.get((file, sheet.title))
            if not self._wanted(sheet.title, marks):
                continue
            column = masalah_column(sheet, marks.source.header_row) if marks else None
            page, added = self._new_page(sheet.title, marks, column)
            self._note_origin(page, file, sheet.title, earlier)
            chosen.append((page, sheet.title, added))
            moves[sheet.title] = (page.title, added.shift if added else 0)
        where = Moves(moves, copy_names(self.book, source, moves))
        looks = Looks(self.front)
        for page, title, added in chosen:
            copy_sheet(page, source[title], looks, added, where)

    def _take_plain(self, file: Path, grids: Sequence[Grid]) -> None:
        """Copy the values of a workbook or text file."""
        looks = Looks(self.front)
        earlier = origins(grids)
        for grid in grids:
            marks = self.marks.get((file, grid.name))
            if not self._wanted(grid.name, marks):
                continue
            try:
                head = grid.head(marks.source.header_row)[-1:] if marks else []
                column = min(columns_of_ours(head[0] if head else ()), default=None)
                rows = grid.rows(frozenset())
            except FileRefused:
                # The import never looked into such a sheet; for one that it has read, this is news.
                if marks is not None:
                    raise
                continue
            page, added = self._new_page(grid.name, marks, column)
            self._note_origin(page, file, grid.name, earlier)
            page.sheet_state = "hidden" if grid.hidden else "visible"
            rebuild_sheet(page, rows, looks, added)

    def _wanted(self, name: str, marks: Marks | None) -> bool:
        """Whether a sheet comes along: not the front sheet of an earlier copy, nor what a workbook of ours says of
        itself where it would speak for the sheets of other files too."""
        of_ours = name in (SUMMARY_SHEET, ORIGIN_SHEET) or (self.several and name == STAMP_SHEET)
        return marks is not None or not of_ours

    def _note_origin(self, page: Worksheet, file: Path, name: str, earlier: Mapping[str, Origin]) -> None:
        """Note where a sheet is from; what an earlier copy has noted of it holds on."""
        first = earlier.get(name, Origin("", name))
        self._origins[page.title] = Origin(f"{self._files.setdefault(file, len(self._files))} {first.file}", first.tab)

    def _new_page(self, wanted: str, marks: Marks | None, column: int | None) -> tuple[Worksheet, Added | None]:
        """A new sheet in the copy, under its own name if that is still free."""
        name = wanted
        if len(name) > _LONGEST_NAME or name.lower() in self._names or free_name(name, set()) != name:
            name = free_name(wanted, self._names)
        self._names.add(name.lower())
        page: Worksheet = self.book.create_sheet(name)
        if marks is None:
            return page, None
        added = Added(page, marks, column)
        self.copied.append(Copied(marks, name, added.shift))
        return page, added
