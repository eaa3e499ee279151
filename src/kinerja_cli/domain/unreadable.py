"""Cells that hold no value although something stands in them: a formula never calculated, a spreadsheet error.

Read as blank they would pass for "nothing is said", so each keeps its row out until the file is mended.
"""

import re

from kinerja_cli.domain import problems
from kinerja_cli.domain.rows import Row
from kinerja_cli.errors import Problem, ProblemKind

_RANGE = re.compile(r"[A-Z]+[0-9]+:[A-Z]+[0-9]+")


def unreadable_cells(row: Row) -> list[Problem]:
    """The used cells of a row that hold no value, each as an error at its place; nearly always none."""
    cells = row.source.unreadable.get(row.number)
    if not cells:
        return []
    return [
        _kind(cells[at]).at(row.place(name), field=name, value=cells[at])
        for name, at in row.source.columns.items()
        if at in cells
    ]


def _kind(said: str) -> ProblemKind:
    """What is wrong with a cell by what is said of it: its formula, the range it is merged in, or its error."""
    if said.startswith("="):
        return problems.FORMULA_WITHOUT_VALUE
    return problems.CELL_MERGED if _RANGE.fullmatch(said) else problems.CELL_ERROR
