"""Name and NIP in one column: told apart in a cell, and put together where they stand in two rows."""

import re
from collections.abc import Callable, Iterable, Iterator

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.grid import Cells

_LABEL = r"\bN\.?\s?I\.?\s?P\.?(?:\s?[P3]\.?){0,2}K?\.?[\s.:=]*"
_WHOLE = re.compile(rf"[(\[]?\s*(?:{_LABEL})?('?\d[\d\s.\-]{{15,26}}\d)'?\s*[)\]]?", re.IGNORECASE)
_LABELLED = re.compile(r"[(\[]?\s*\b(?:NIP|NI\s?PPPK|NIPPPK|NI\s?P3K)\b[\s.:=]*([^\n]*)", re.IGNORECASE)
_BROKEN = re.compile(r"\d[.,]\d+E\+?\d+|\d[\d .\-]{7,}\d", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_HALF_A_NIP = 9
_AROUND = " /,;:|-–=("


def part_name_nip(cell: CellValue) -> tuple[str, CellValue]:
    """The name of a cell, and its NIP or what stands there for one; None where nothing does.

    >>> part_name_nip("Rina Siregar, S.E. (NIP 199001012015012001)")
    ('Rina Siregar, S.E.', '199001012015012001')
    >>> part_name_nip("Rina Siregar\\nNIP. 1990 0101"), part_name_nip("Rina Siregar\\nNIP. -"), part_name_nip(None)
    (('Rina Siregar', '1990 0101'), ('Rina Siregar', None), ('', None))
    """
    if not isinstance(cell, str):
        return "", cell
    match = _WHOLE.search(cell)
    if match is not None:
        return _name(f"{cell[: match.start()]} {cell[match.end() :]}"), match[1]
    label = _LABELLED.search(cell)
    if label is not None:
        rest = clean_text(label[1]).rstrip(")] ")
        number = rest if any(map(str.isdigit, rest)) else None
        after = cell[label.end(1) :] if number or not any(map(str.isalpha, rest)) else cell[label.start(1) :]
        return _name(f"{cell[: label.start()]} {after}"), number
    broken = _BROKEN.search(cell)
    if broken is not None and (sum(map(str.isdigit, broken[0])) >= _HALF_A_NIP or "E" in broken[0].upper()):
        return _name(f"{cell[: broken.start()]} {cell[broken.end() :]}"), broken[0]
    return clean_text(cell), None


def join_rows(
    rows: Iterable[tuple[int, Cells]],
    column: int,
    may_begin: Callable[[int, Cells], bool],
    is_new: Callable[[Cells], bool],
) -> Iterator[tuple[int, Cells]]:
    """Numbered rows, of which a name and the NIP right under it are one, with the number of the first.

    `may_begin` says whether a row may hold a name whose NIP follows, `is_new` whether one begins somebody else.
    """
    held: tuple[int, Cells] | None = None
    for number, cells in rows:
        name, nip = part_name_nip(cells[column] if column < len(cells) else None)
        if held is not None:
            if nip is not None and not name and number == held[0] + 1 and not is_new(cells):
                yield held[0], _joined(held[1], cells, column)
                held = None
                continue
            yield held
            held = None
        if name and nip is None and may_begin(number, cells):
            held = number, cells
        else:
            yield number, cells
    if held is not None:
        yield held


def _joined(upper: Cells, lower: Cells, column: int) -> Cells:
    """Two rows about one person as one: what both have in a column is read on from the upper to the lower."""
    joined: list[CellValue] = []
    for at in range(max(len(upper), len(lower))):
        high, low = (cells[at] if at < len(cells) and cells[at] != "" else None for cells in (upper, lower))
        if at == column and isinstance(low, str):
            joined.append(f"{high}\n{low}")
        elif at != column and isinstance(high, str) and isinstance(low, str):
            joined.append(f"{high} {low}")
        else:
            joined.append(low if high is None or at == column else high)
    return joined


def _name(text: str) -> str:
    """What is left of a cell as a name, without what stood around the number."""
    return clean_text(_EMPTY_BRACKETS.sub(" ", text)).strip(_AROUND)
