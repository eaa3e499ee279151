"""The units that the rows of one sheet name, marks that repeat the row above among them."""

from collections.abc import Iterator, Sequence

from kinerja_cli.domain import unit_problems
from kinerja_cli.domain.rows import CellValue, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.domain.unit_cells import AS_ABOVE, NO_UNIT, UNIT_FIELDS, is_zero, repeated, repeats, unit_ref
from kinerja_cli.domain.units import UnitRef
from kinerja_cli.errors import Problem, ProblemKind

_NOTHING: Sequence[CellValue] = (None,) * len(UNIT_FIELDS)


class UnitsDown:
    """The units of a sheet from its first row down; every row is to be read, also one that is refused."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.above = _NOTHING
        self.repeated: dict[tuple[str, ProblemKind], tuple[int, str, int]] = {}

    def read(self, cells: Sequence[CellValue], row: int) -> UnitRef:
        """What a row says of its unit; marks that repeat the cell above stand for the last unit named."""
        ref = unit_ref(*cells)
        if ref is AS_ABOVE:
            for name, cell in zip(UNIT_FIELDS, cells, strict=True):
                if repeats(name, cell):
                    where = (name, unit_problems.UNIT_ZERO if is_zero(cell) else unit_problems.UNIT_AS_ABOVE)
                    count, first, at = self.repeated.get(where, (0, clean_text(cell), row))
                    self.repeated[where] = (count + 1, first, at)
            cells = repeated(cells, self.above)
            ref = unit_ref(*cells)
        if ref is not NO_UNIT:
            self.above = cells
        return ref

    def forget(self) -> None:
        """From here on marks repeat nothing: the cells above them could not be read."""
        self.above = _NOTHING

    def problems(self) -> Iterator[Problem]:
        """One problem for each column whose cells say that the unit is the one above."""
        for (name, kind), (count, first, row) in self.repeated.items():
            place = self.source.place(None, name)
            yield kind.at(place, field=name, value=first, count=count, row=row)
