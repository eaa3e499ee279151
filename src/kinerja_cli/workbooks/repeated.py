"""Headings that are printed again further down: told from people, and compared with those of the table."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.rows import CellValue, column_letter
from kinerja_cli.workbooks.grid import Cells
from kinerja_cli.workbooks.headings import Vocabulary, normalise, vocabularies, without_gaps

_DIGITS_OF_DATA = 6


def is_heading(cells: Cells, key: CellValue, headings: frozenset[str], *, of_people: bool) -> bool:
    """Whether a row is headings: those of the table, or of another one; `key` is what stands under NIP."""
    if not isinstance(key, str | None):
        return False
    name = normalise(key)
    if sum(map(str.isdigit, name)) >= _DIGITS_OF_DATA or (not of_people and read_date(key).day is not None):
        return False
    filled = [text for text in map(normalise, cells) if text]
    every = _every_heading(of_people=of_people)
    known = sum(text in headings or text in every for text in filled)
    heads_numbers = name in spellings("nip", of_people=True) or name in spellings("name_nip", of_people=True)
    if len(filled) == 1:
        return heads_numbers
    return known > 1 and (heads_numbers or 2 * known >= len(filled))


def moved_columns(
    cells: Cells, heads: Sequence[Cells], columns: Mapping[str, int], *, of_people: bool
) -> list[tuple[str, str, str]]:
    """The columns that another heading stands over now: letter, heading of the table, heading further down."""
    moved = []
    for field, column in sorted(columns.items(), key=lambda one: one[1]):
        text = _text(cells, column)
        own = [_text(row, column) for row in heads]
        same = {normalise(one) for one in own} | spellings(field, of_people=of_people)
        if text and normalise(text) not in same and without_gaps(text) not in same:
            moved.append((column_letter(column), " ".join(filter(None, own)), text))
    return moved


@lru_cache(maxsize=256)
def spellings(field: str, *, of_people: bool) -> frozenset[str]:
    """Every way a field is headed, in tables of people or in those of units and days: to each NAMA is another field."""
    return frozenset(
        spelling
        for vocabulary in _kin(of_people=of_people)
        for spelling, (meant, _distance) in vocabulary.spellings.items()
        if meant == field
    )


@lru_cache(maxsize=2)
def _every_heading(*, of_people: bool) -> frozenset[str]:
    return frozenset(spelling for vocabulary in _kin(of_people=of_people) for spelling in vocabulary.spellings)


def _kin(*, of_people: bool) -> list[Vocabulary]:
    return [one for one in vocabularies().values() if ("nip" in one.labels) is of_people]


def _text(row: Cells, column: int) -> str:
    cell = row[column] if column < len(row) else None
    return " ".join(str(cell).split()) if cell is not None else ""
