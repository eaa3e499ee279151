"""Headings that are printed again further down: told from people, and compared with those of the table."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kinerja_cli.domain.rows import CellValue, column_letter
from kinerja_cli.workbooks.grid import Cells
from kinerja_cli.workbooks.headings import normalise, vocabularies, without_gaps

_DIGITS_OF_DATA = 6


def is_heading(cells: Cells, key: CellValue, headings: frozenset[str]) -> bool:
    """Whether a row is headings: those of the table, or of another one; `key` is what stands under NIP."""
    if not isinstance(key, str | None):
        return False
    name = normalise(key)
    if sum(map(str.isdigit, name)) >= _DIGITS_OF_DATA:
        return False
    filled = [text for text in map(normalise, cells) if text]
    known = sum(text in headings or text in _every_heading() for text in filled)
    heads_numbers = name in spellings("nip") or name in spellings("name_nip")
    if len(filled) == 1:
        return heads_numbers
    return known > 1 and (heads_numbers or 2 * known >= len(filled))


def moved_columns(cells: Cells, heads: Sequence[Cells], columns: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """The columns that another heading stands over now: letter, heading of the table, heading further down."""
    moved = []
    for field, column in sorted(columns.items(), key=lambda one: one[1]):
        text = _text(cells, column)
        own = [_text(row, column) for row in heads]
        same = {normalise(one) for one in own} | spellings(field)
        if text and normalise(text) not in same and without_gaps(text) not in same:
            moved.append((column_letter(column), " ".join(filter(None, own)), text))
    return moved


@lru_cache(maxsize=128)
def spellings(field: str) -> frozenset[str]:
    """Every way a field is headed in any kind of table."""
    return frozenset(
        spelling
        for vocabulary in vocabularies().values()
        for spelling, (meant, _distance) in vocabulary.spellings.items()
        if meant == field
    )


@lru_cache(maxsize=1)
def _every_heading() -> frozenset[str]:
    return frozenset(spelling for vocabulary in vocabularies().values() for spelling in vocabulary.spellings)


def _text(row: Cells, column: int) -> str:
    cell = row[column] if column < len(row) else None
    return " ".join(str(cell).split()) if cell is not None else ""
