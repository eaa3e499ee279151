"""Where in the agency a list without a column for the unit has got to, and what of that had better be told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kinerja_cli.domain import unit_problems
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.errors import ProblemKind
from kinerja_cli.workbooks.unit_words import SectionUnit

UNIT_FIELDS = ("unit_level_1", "unit_level_2", "unit")
"""The fields that a unit named outside of any column is given in, from the top down."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd about the units of a sheet: at which row, what stands there, and which rows it concerns."""

    kind: ProblemKind
    row: int | None
    text: str
    rows: Sequence[int] = ()


@dataclass(slots=True)
class _Lost:
    """A row that looks like the name of a unit and is none that is known, and the people below it."""

    row: int
    text: str
    line: tuple[SectionUnit, ...]
    people: list[int] = field(default_factory=list)


@dataclass(slots=True)
class UnitLine:
    """The units that the next row lies in, from the top down; `start` are those that hold for the whole sheet.

    Below a row that may be the name of an unknown unit nobody is given one, until a row tells where the list is
    again: one of the highest level, or one counted as a row before.
    """

    start: tuple[SectionUnit, ...] = ()
    sections: int = 0
    _line: tuple[SectionUnit, ...] = field(default=(), init=False)
    _cells: tuple[CellValue, ...] = field(default=(None,) * len(UNIT_FIELDS), init=False)
    _lost: list[_Lost] = field(default_factory=list, init=False)
    _is_lost: bool = field(default=False, init=False)
    _before: list[int] = field(default_factory=list, init=False)

    def begin(self) -> None:
        """Back to the first row."""
        self.sections, self._lost, self._is_lost, self._before = 0, [], False, []
        self._go_to(self.start)

    def enter(self, unit: SectionUnit) -> None:
        """From here on people belong to this unit, within those above it that stand higher."""
        self.sections += 1
        line = self._line
        if self._is_lost:
            line = self._lost[-1].line
            counted_before = unit.mark is not None and any(one.mark == unit.mark for one in line)
            if unit.level > 1 and not counted_before:
                return
            self._is_lost = False
        self._go_to(unit.below(line))

    def lose(self, row: int, text: str) -> None:
        """From here on nobody knows which unit people belong to."""
        self._lost.append(_Lost(row, text, self._lost[-1].line if self._is_lost else self._line))
        self._is_lost = True
        self._go_to(())

    def cells(self, row: int) -> tuple[CellValue, ...]:
        """The unit of a person in this row, in the cells of `UNIT_FIELDS`."""
        if not self._line and not (self._is_lost and self._lost[-1].row == row):
            (self._lost[-1].people if self._is_lost else self._before).append(row)
        return self._cells

    def oddities(self) -> Iterator[Oddity]:
        """What is to be told once all rows have been gone through."""
        for one in self._lost:
            if one.people:
                yield Oddity(unit_problems.SECTION_UNKNOWN, one.row, one.text, one.people)
        if self.sections and self._before:
            yield Oddity(unit_problems.PEOPLE_ABOVE_SECTIONS, self._before[0], "", self._before)

    @property
    def in_force(self) -> bool:
        """Whether the next person would be given a unit, or would be but for a row that is not understood."""
        return bool(self._line) or self._is_lost

    @property
    def without_unit(self) -> Sequence[int]:
        """The rows of people above the first row that may name a unit, where nothing named one before."""
        return self._before

    @property
    def gives_none(self) -> bool:
        """Whether nobody was given a unit."""
        return not self.start and not self.sections

    def _go_to(self, line: tuple[SectionUnit, ...]) -> None:
        self._line = line
        names = [unit.name for unit in line][-len(UNIT_FIELDS) :]
        self._cells = (*names[:-1], *[None] * (len(UNIT_FIELDS) - len(names)), *names[-1:])
