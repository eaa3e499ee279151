"""Cells that hold no value although something stands in them: a formula never calculated, a spreadsheet error.

Read as blank they would pass for "nothing is said", so each keeps its row out until the file is mended.
"""

from kinerja_cli.domain import problems
from kinerja_cli.domain.rows import Row
from kinerja_cli.errors import Problem


def unreadable_cells(row: Row) -> list[Problem]:
    """The used cells of a row that hold no value, each as an error at its place; nearly always none."""
    cells = row.source.unreadable.get(row.number)
    if not cells:
        return []
    return [
        (problems.FORMULA_WITHOUT_VALUE if cells[at].startswith("=") else problems.CELL_ERROR).at(
            row.place(name), field=name, value=cells[at]
        )
        for name, at in row.source.columns.items()
        if at in cells
    ]
