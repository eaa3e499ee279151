"""What an annotated copy says of each row and cell, in which words and colours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Final

from openpyxl.utils import column_index_from_string

from kinerja_cli.domain.rows import Source
from kinerja_cli.domain.text import STEERING
from kinerja_cli.errors import N_, Place, Problem, Severity
from kinerja_cli.workbooks.watched import SheetSeen

GOOD: Final = "diterima"
"""What stands beside a row that is fine, before the notes there may be. Always this word: the filter goes by it."""

WORDS: Final = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
"""How bad a problem is, from worst to least."""

FILLS: Final = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
"""Red, amber and light blue, as spreadsheet programs themselves mark what is bad, doubtful or worth a look."""

INKS: Final = {Severity.ERROR: "9C0006", Severity.WARNING: "7F6000", Severity.NOTE: "1F4E78"}

_RANKS = {severity: rank for rank, severity in enumerate(WORDS)}
_TOLD = 12
"""A cell or comment tells at most so many problems one by one; nobody reads more."""


@dataclass(slots=True)
class Marks:
    """One sheet: the rows that are fine, and what is wrong with the others and with single cells.

    Rows count from 1 and columns from 0, as in the user's own file.
    """

    seen: SheetSeen
    good: frozenset[int] = frozenset()
    rows: dict[int, list[Problem]] = field(default_factory=dict)
    cells: dict[tuple[int, int], list[Problem]] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The sheet."""
        return self.seen.source

    @property
    def people(self) -> int:
        """How many rows about somebody there are; what is wrong with a row that names a unit is wrong with nobody."""
        return len(self.good) + len(self.seen.about & self.rows.keys())

    @property
    def last(self) -> int:
        """The last row of the table."""
        return max([self.source.header_row, *self.seen.rows[-1:], *self.rows])

    def text(self, row: int) -> tuple[str, Severity | None] | None:
        """What stands in the added column beside a row, and how bad it is; None where nothing does."""
        if row in self.rows:
            severity, text = worst(self.rows[row]), told(self.rows[row])
            return (f"{GOOD}\n{text}" if severity is Severity.NOTE else text), severity
        return (GOOD, None) if row in self.good else None

    @property
    def bad(self) -> frozenset[int]:
        """The rows that somebody should look at; a note alone asks for nothing."""
        return frozenset(row for row, found in self.rows.items() if worst(found) is not Severity.NOTE)

    def count(self, severity: Severity) -> int:
        """How many rows have this as their worst."""
        return sum(worst(self.rows[row]) is severity for row in self.seen.about & self.rows.keys())


def mark(sheets: Iterable[SheetSeen], problems: Iterable[Problem]) -> tuple[list[Marks], list[Problem]]:
    """The marks of every sheet that was read, and the problems that are of no single row."""
    marks = {(one.source.file, one.source.sheet): Marks(one) for one in _together(sheets)}
    refused: dict[tuple[str | None, str | None], list[Problem]] = {}
    elsewhere: list[Problem] = []
    for problem in problems:
        place = problem.place
        sheet = marks.get((place.file or "", place.sheet or ""))
        if sheet is None or place.row is None:
            elsewhere.append(problem)
            if sheet is not None and problem.severity is Severity.ERROR:
                refused.setdefault((place.file, place.sheet), []).append(problem)
            continue
        if place.column is not None:
            at = (place.row, column_index_from_string(place.column) - 1)
            sheet.cells.setdefault(at, []).append(problem)
        # Beside titles nothing is written: an importer reads periods and units there. Nor is a note of rows that
        # are about nobody beside the first of them, where it would say that this one was accepted.
        of_nobody = problem.severity is Severity.NOTE and place.row not in sheet.seen.about
        if place.row > sheet.source.header_row and not of_nobody:
            sheet.rows.setdefault(place.row, []).append(problem)
        else:
            elsewhere.append(problem)
    for name, sheet in marks.items():
        # What refuses a whole sheet refuses each of its rows.
        for row in sheet.seen.rows if name in refused else ():
            sheet.rows.setdefault(row, []).extend(refused[name])
        sheet.good = frozenset(sheet.seen.rows) - sheet.rows.keys()
        for found in (*sheet.rows.values(), *sheet.cells.values()):
            found.sort(key=lambda one: _RANKS[one.severity])
    return list(marks.values()), elsewhere


def _together(sheets: Iterable[SheetSeen]) -> Iterable[SheetSeen]:
    """Each sheet once: lists side by side are read one after the other and marked together."""
    found: dict[tuple[str, str], SheetSeen] = {}
    for one in sheets:
        key = one.source.file, one.source.sheet
        held = found.get(key)
        if held is None:
            found[key] = one
        else:
            found[key] = SheetSeen(one.path, one.source, sorted({*held.rows, *one.rows}), held.about | one.about)
    return found.values()


def worst(problems: Sequence[Problem]) -> Severity:
    """The worst of some problems."""
    return min((one.severity for one in problems), key=_RANKS.__getitem__)


def told(problems: Sequence[Problem]) -> str:
    """What is wrong and what to do about it, a line for each problem."""
    lines = [f"{_(WORDS[one.severity]).capitalize()}: {one.message} {one.fix}" for one in problems[:_TOLD]]
    if len(problems) > _TOLD:
        lines.append(_("… and {count} more").format(count=len(problems) - _TOLD))
    return STEERING.sub("", "\n".join(lines))


def by_code(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems alike together: the worst first, and of one severity the most frequent first."""
    groups: dict[tuple[int, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((_RANKS[one.severity], one.code), []).append(one)
    return sorted(groups.values(), key=lambda group: (_RANKS[group[0].severity], -len(group)))


def cell_in_copy(place: Place, shift: int) -> str:
    """How the copy names a cell of the user's file; a row without a column is named by the added one."""
    if place.row is None:
        return ""
    if place.column is None:
        return f"A{place.row}"
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column_index_from_string(place.column) + shift)}{place.row}"
