"""Find the heading row of a sheet by what it says: one row, or two of which the upper heads groups of columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.workbooks.headings import Heading, InGroup, Vocabulary, normalise, vocabularies
from kinerja_cli.workbooks.layouts import Layout, Purpose, lacking, recognise
from kinerja_cli.workbooks.sources import Cells
from kinerja_cli.workbooks.unit_words import level_of

HEADING_WITHIN = 30
"""A heading row is looked for in this many rows from the top."""

_LONGEST_HEADING = 60
_DIGITS_OF_DATA = 6


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading found: its last row (from 0), how many rows it takes, its texts and what they mean.

    `readings` are its texts as they are compared, and what they may be called besides.
    """

    index: int
    height: int
    texts: tuple[str, ...]
    layout: Layout
    readings: frozenset[str]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What the row nearest to a heading row lacks, and what it does say."""

    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    is_near: bool = False

    def or_nearer(self, other: "NearMiss") -> "NearMiss":
        """Of two near misses the one that lacks less; one that says nothing is no near miss."""
        if not self.found:
            return other
        return other if other.found and len(other.missing) < len(self.missing) else self


def find_heading(head: Sequence[Cells], purpose: Purpose, mapping: Mapping[str, str]) -> HeadingRow | None:
    """The first row that is a heading row, alone or together with the row under it."""
    for index, row in enumerate(head[:HEADING_WITHIN]):
        if not texts_of(row):
            continue
        titles = [texts_of(above) for above in head[:index]]
        below = head[index + 1] if index + 1 < len(head) else ()
        alone = recognise(row, purpose, mapping, titles)
        stacked = None
        # Feedback that names nobody, as many reports do, looks like the words of a second heading row.
        if not (purpose is Purpose.FEEDBACK and alone is not None) and _may_continue(
            below, alone, vocabularies()[purpose.vocabulary]
        ):
            joined = _joined(row, below, purpose)
            stacked = recognise(joined, purpose, mapping, titles)
        if stacked is not None and (alone is not None or not _is_better(below, stacked, purpose, mapping)):
            return HeadingRow(index + 1, 2, _found(joined), stacked, _readings(joined))
        if alone is not None:
            return HeadingRow(index, 1, _found(row), alone, _readings(row))
    return None


def near_miss(head: Sequence[Cells], purpose: Purpose, mapping: Mapping[str, str]) -> NearMiss:
    """How near the rows of a sheet come to a heading row."""
    every = lacking((), purpose, mapping)[1]
    best, known = NearMiss(every), 0
    for row in head[:HEADING_WITHIN]:
        match, missing = lacking(row, purpose, mapping)
        if len(match.columns) > known:
            best, known = NearMiss(missing, _found(row), len(missing) < len(every)), len(match.columns)
    return best


def texts_of(row: Cells) -> tuple[str, ...]:
    """What stands in a row, as text, without its blank cells."""
    return tuple(text for text in (str(cell).strip() for cell in row if cell is not None) if text)


def _is_better(below: Cells, stacked: Layout, purpose: Purpose, mapping: Mapping[str, str]) -> bool:
    """Whether the lower row says as much by itself: then what stands above it is a title and no half of it."""
    alone = recognise(below, purpose, mapping, ())
    return alone is not None and len(alone.columns) >= len(stacked.columns)


def _may_continue(below: Cells, layout: Layout | None, vocabulary: Vocabulary) -> bool:
    """Whether a row may be the second half of the heading row above it: short words, and no person's cells."""
    cells = [(column, cell) for column, cell in enumerate(below) if cell not in ("", None)]
    words = [cell for _column, cell in cells if isinstance(cell, str)]
    if len(words) < len(cells) or any(
        len(word) > _LONGEST_HEADING or sum(map(str.isdigit, word)) >= _DIGITS_OF_DATA for word in words
    ):
        return False
    if words and all(level_of(word) is not None for word in words):
        # Lists side by side begin with their units, each in a cell of its own.
        return False
    if layout is None:
        return len(words) > 1
    keys = {layout.columns[field] for field in ("nip", "name", "unit_code", "unit") if field in layout.columns}
    units = {layout.columns[field] for field in ("unit", "unit_parent") if field in layout.columns}
    if any(
        (column in keys and not (column in units and vocabulary.is_known(f"UNIT {cell}")))
        or any(map(str.isdigit, str(cell)))
        for column, cell in cells
    ):
        return False
    return len(words) > 1


def _joined(row: Cells, below: Cells, purpose: Purpose) -> list[Heading]:
    """Two rows as one, column by column: every reading of both, the most exact first.

    A cell merged over several columns stands in the first of them alone; it heads them all.
    """
    width = max(len(row), len(below))
    upper = [_text(row, column) for column in range(width)]
    lower = [_text(below, column) for column in range(width)]
    grouped = [False] * width
    for column in range(1, width):
        if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
            upper[column] = upper[column - 1]
            grouped[column] = grouped[column - 1] = True
    groups = vocabularies()[purpose.vocabulary].groups
    joined: list[Heading] = []
    for high, low, in_group in zip(upper, lower, grouped, strict=True):
        if not (high and low):
            joined.append(high or low)
            continue
        name = groups.get(normalise(high), high)
        whole = f"{name} {low}".strip()
        # Under a group a word such as NAMA speaks of the group; elsewhere it is the heading broken in two.
        joined.append(InGroup((whole, low)) if in_group else (whole, high, low))
    return joined


def _text(row: Cells, column: int) -> str:
    cell = row[column] if column < len(row) else None
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _found(row: Sequence[object]) -> tuple[str, ...]:
    """The headings of a row as they are shown to a user: one line each."""
    shown = (cell[0] if isinstance(cell, tuple) else cell for cell in row)
    return tuple(" ".join(str(cell).split()) for cell in shown if cell is not None and str(cell).strip())


def _readings(row: Sequence[object]) -> frozenset[str]:
    """Everything that the headings of a row may be called by, as it is compared."""
    every = (cell if isinstance(cell, tuple) else (cell,) for cell in row)
    return frozenset(name for readings in every for name in map(normalise, readings) if name)
