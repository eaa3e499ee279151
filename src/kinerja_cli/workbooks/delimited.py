"""Text files of cells: comma, semicolon, tab or bar between them, in the encodings that offices use."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kinerja_cli.workbooks.encoding import encoding_of
from kinerja_cli.workbooks.grid import Cells, Merged, Unreadable, error_cells
from kinerja_cli.workbooks.guard import Limits
from kinerja_cli.workbooks.refusals import FileDamaged, FileTooLarge

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS: Final = ",;\t|"
_LOOKED_AT: Final = 50
_SAYS_DELIMITER: Final = re.compile(r"""("?)sep=([^\w"'\r\n])\1[\r\n]*""", re.IGNORECASE)
_ERROR: Final = re.compile(rb"#\0?[A-Z]|E\0?r\0?r\0?:")
_DISARMED: Final = re.compile("'+[=+\\-@\t\r]")
"""What an export put one more apostrophe before, since a spreadsheet program would take it for a formula."""


def open_delimited(path: Path, data: bytes, limits: Limits) -> "CsvGrid":
    """A text file as the one sheet it is. Raises FileDamaged where its bytes are no text."""
    text = _Text(data, encoding_of(path, data), "")
    says = _SAYS_DELIMITER.fullmatch(next(text.lines(), ""))
    if says:
        text = replace(text, delimiter=says[2], skipped=1)
    else:
        text = max((replace(text, delimiter=mark) for mark in _DELIMITERS), key=_evenness)
    if text.delimiter == "\t" and not _is_sound(text):
        raw = replace(text, quoted=False)
        # Where every line has as many cells as the others, no quotation mark can be holding two lines together.
        if len({len(cells) for cells in raw.reader() if cells}) == 1:
            text = raw
    return CsvGrid(path, text, limits)


@dataclass(frozen=True, slots=True)
class _Text:
    """The bytes of a file and how they are told apart; `skipped` lines come before its first row."""

    data: bytes
    encoding: str
    delimiter: str
    skipped: int = 0
    quoted: bool = True

    def lines(self) -> Iterator[str]:
        """The lines with their ends, decoded on the way."""
        return islice(io.TextIOWrapper(io.BytesIO(self.data), self.encoding, newline=""), self.skipped, None)

    def reader(self) -> "Reader":
        """The cells of each row."""
        if self.quoted:
            # A quotation mark that is never closed would swallow the people below it without a word.
            return csv.reader(self.lines(), delimiter=self.delimiter, strict=True)
        return csv.reader(self.lines(), delimiter=self.delimiter, quoting=csv.QUOTE_NONE)


def _evenness(text: _Text) -> tuple[int, int]:
    """How well a delimiter tells cells apart: how many of the first rows have the usual width, and that width.

    The widest would be no sign: names with titles hold more commas than their file has columns.
    """
    widths: Counter[int] = Counter()
    try:
        for cells in islice(text.reader(), _LOOKED_AT):
            widths[len(cells)] += 1
    except csv.Error:
        pass
    usual = ((count, width) for width, count in widths.items() if width > 1)
    return max(usual, default=(0, 0))


def _is_sound(text: _Text) -> bool:
    """Whether every quotation mark that opens a cell is closed at the end of one."""
    try:
        for _cells in text.reader():
            pass
    except csv.Error:
        return False
    return True


@dataclass(frozen=True, slots=True)
class CsvGrid:
    """A text file as the one sheet it is, called after the file as spreadsheet programs do."""

    path: Path
    text: _Text
    limits: Limits
    hidden: bool = False

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.path.stem

    def head(self, count: int) -> list[Cells]:
        """The first rows, at most `count` of them."""
        return list(islice(self, count))

    def rows(self, columns: frozenset[int]) -> Iterable[Cells]:  # noqa: ARG002 - text is read whole anyway
        """All rows."""
        return self

    def unreadable(self, columns: frozenset[int]) -> Unreadable:
        """The cells where a spreadsheet program wrote an error instead of a value."""
        return error_cells(self, columns) if _ERROR.search(self.text.data) else {}

    def merged(self) -> Sequence[Merged]:
        """None: text has no merged cells."""
        return ()

    def __iter__(self) -> Iterator[Cells]:
        limits = self.limits
        reader = self.text.reader()
        try:
            for number, cells in enumerate(reader, 1):
                if number > limits.rows:
                    raise FileTooLarge(self.path, "rows", number, limits.rows)
                if len(cells) > limits.columns:
                    cells = _without_blank_end(cells)
                    if len(cells) > limits.columns:
                        raise FileTooLarge(self.path, "columns", len(cells), limits.columns)
                yield [cell[1:] if cell[:1] == "'" and _DISARMED.match(cell) else cell for cell in cells]
        except csv.Error as error:
            detail = _("line {line}: a quotation mark is not closed or stands inside a cell").format(
                line=reader.line_num + self.text.skipped
            )
            raise FileDamaged(self.path, detail) from error


def _without_blank_end(cells: list[str]) -> list[str]:
    """A row without the blank cells after its last filled one."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
