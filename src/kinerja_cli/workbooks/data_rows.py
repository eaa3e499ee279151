"""The rows under a heading: which are about somebody, which name a unit, and which are notes.

Nothing that is written is passed over in silence: what is taken for a note is kept, to be told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise, vocabularies
from kinerja_cli.workbooks.section_rows import UNKNOWN, LooseRow, Title, Unknown, find_heads
from kinerja_cli.workbooks.sections import is_note, unit_of_text
from kinerja_cli.workbooks.sources import Cells
from kinerja_cli.workbooks.unit_line import UnitLine
from kinerja_cli.workbooks.unit_words import NONE_KNOWN, KnownUnits, SectionUnit

_KEYS = ("nip", "unit_code")
"""The field that says a row is about somebody, or in a table of units about some unit."""

_PERSON_CELLS = 3
_HALF_A_NIP = 9
_FIRST_OF_A_NIP = frozenset("'12")
_NIP_LABEL = re.compile(r"NIP\b[\s.:]*")
_NIP_IN_NAME = re.compile(r"(?:\bN\.?I\.?P\.?P?\.?P?\.?K?\.?[\s.:]*)?('?\d[\d\s.]{15,26}\d)")


@dataclass(frozen=True, slots=True)
class Note:
    """A row about nobody: its number and what stands in it."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a sheet beside its columns.

    `ours` are the columns that an annotated copy has added, `banners` the rows with a cell merged over where NIPs
    stand, `headings` the texts of the rows of headings, and `known` the units of the store.
    """

    ours: frozenset[int] = frozenset()
    banners: frozenset[int] = frozenset()
    headings: frozenset[tuple[str, ...]] = frozenset()
    known: KnownUnits = NONE_KNOWN


@dataclass(slots=True)
class DataRows:
    """The rows of a sheet that are about somebody, without numbering, repeated headings, sections and notes.

    `line` is where in the agency the list has got to, where the sheet has no column for the unit. It and `notes`
    are those of the last time the rows were gone through.
    """

    source: Source
    cells: Iterable[Cells]
    headings: frozenset[str]
    width: int
    line: UnitLine = field(default_factory=UnitLine)
    by_section: bool = False
    around: Around = Around()
    notes: list[Note] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        self.notes = []
        self.line.begin()
        if "name_nip" in self.source.columns:
            return self._parted(self._people())
        return self._placed(self._people()) if self.source.derived else self._people()

    def _people(self) -> Iterator[Row]:
        source = self.source
        first = source.header_row + 1
        key = next(
            source.columns[name]
            for name in (*_KEYS, "name_nip")
            if name in source.columns and name not in source.derived
        )
        waiting: list[tuple[Row, bool]] = []
        blank = False
        for number, cells in enumerate(self.cells, 1):
            if number < first:
                continue
            value = cells[key] if key < len(cells) else None
            # Nearly every row passes this one look; the slower ones are only for what is no plain NIP.
            if type(value) is str and len(value) > 9 and value[-1].isdigit() and value[0] in _FIRST_OF_A_NIP:
                if waiting:
                    yield from self._judged(waiting, key, at_end=False)
                    waiting = []
                blank = False
                yield Row(source, number, cells)
                continue
            texts = self._said(cells)
            if not texts and number not in source.unreadable:
                blank = True
            elif self._is_heading_again(texts, value):
                yield from self._judged(waiting, key, before_table=True)
                waiting, blank = [], False
            elif not self._is_furniture(texts, value):
                waiting.append((Row(source, number, cells), blank))
        yield from self._judged(waiting, key, at_end=True)

    def _judged(
        self, waiting: Sequence[tuple[Row, bool]], key: int, *, at_end: bool = False, before_table: bool = False
    ) -> Iterator[Row]:
        """Of rows without a plain NIP those about somebody, the others taken for what they are.

        After the last person a gap, a total or a signature begins what stands under a table; before headings that
        are printed again stands the title of a table of its own.
        """
        ended = False
        loose = [self._loose(row, after_gap=after_gap) for row, after_gap in waiting]
        heads = find_heads(loose, self.around.known, at_end=at_end, before_table=before_table)
        for at, (row, after_gap) in enumerate(waiting):
            texts = loose[at].texts
            ended = ended or (at_end and (after_gap or any(map(is_note, texts)) or _is_signature(row, key)))
            if self._is_head(heads.get(at), row, loose[at]):
                continue
            if self._is_about_somebody(row, key, noted=any(map(is_note, texts)), ended=ended):
                yield row
            elif self._fills(row) or self.by_section:
                self.notes.append(Note(row.number, "; ".join(texts)))

    def _is_about_somebody(self, row: Row, key: int, *, noted: bool, ended: bool) -> bool:
        """Whether a row that has no plain NIP is a person's nevertheless, to be refused by name.

        `noted` says that a cell begins as notes do, `ended` that what stands under a table has begun.
        """
        source, filled = self.source, self._fills(row)
        if "name" not in source.columns and "name_nip" not in source.columns:
            return filled > 0
        if clean_text(row.get("text")):
            # Words are said of somebody: where nobody is named they are refused, and not passed over as a note.
            return True
        unread = source.unreadable.get(row.number, {})
        if key in unread and not noted:
            return True
        value = row.cells[key] if key < len(row.cells) else None
        named = bool(clean_text(row.get("name"))) if "name" in source.columns else False
        if value is not None and clean_text(value):
            has_number = sum(map(str.isdigit, clean_text(value))) >= _HALF_A_NIP
            if noted and not has_number:
                return False
            if _is_signature(row, key):
                return filled > _PERSON_CELLS
            # Alone under the NIPs stands the date of a signature as well: "Binjai, 31 Desember 2025".
            return filled > 1 or has_number
        if named and noted:
            return False
        if ended:
            return named and filled >= _PERSON_CELLS
        if named:
            return not (filled == 1 and unit_of_text(clean_text(row.get("name"))) is not None)
        return filled >= _PERSON_CELLS

    def _fills(self, row: Row) -> int:
        """How many of the columns that are read have something in them."""
        source, size = self.source, len(row.cells)
        unread = source.unreadable.get(row.number, {})
        return sum(
            column in unread
            or (column < size and row.cells[column] is not None and bool(str(row.cells[column]).strip()))
            for name, column in source.columns.items()
            if name not in source.derived
        )

    def _is_furniture(self, texts: Sequence[object], key: CellValue) -> bool:
        """Whether a row is the heading printed again, or only counts its columns."""
        name = normalise(key) if isinstance(key, str) else None
        return name in self.headings or name in _nip_headings() or _is_numbering(texts)

    def _is_heading_again(self, texts: Sequence[object], key: CellValue) -> bool:
        """Whether a row is one of the rows of headings, or heads the NIPs in another way."""
        name = normalise(key) if isinstance(key, str) else None
        if name in _nip_headings() or name in self.headings:
            return True
        return tuple(normalise(text) for text in texts) in self.around.headings

    def _said(self, cells: Cells) -> list[CellValue]:
        """What stands in a row, but for what an annotated copy has written into it."""
        ours = self.around.ours
        return [cell for at, cell in enumerate(cells) if cell is not None and at not in ours and str(cell).strip()]

    def _loose(self, row: Row, *, after_gap: bool) -> LooseRow:
        """A row without a plain NIP as it is judged for a heading."""
        texts = _texts(self._said(row.cells))
        if row.number in self.source.unreadable or not texts:
            texts.append("=")
        named = row.get("name" if "name" in self.source.columns.keys() - self.source.derived else "name_nip")
        as_name = len(texts) == 1 and clean_text(named) == texts[0]
        return LooseRow(texts, after_gap, as_name, row.number in self.around.banners)

    def _is_head(self, head: SectionUnit | Title | Unknown | None, row: Row, loose: LooseRow) -> bool:
        """Whether a row is a heading and nobody's; what it says of units is noted.

        Where a column says which unit people are in, a heading says nothing that counts. A name of an unknown unit
        that stands where names do may be somebody's after all.
        """
        if head is None:
            return False
        if not self.by_section:
            if isinstance(head, Unknown) or len(loose.texts) < 2 or "text" in self.source.columns:
                return False
        elif isinstance(head, SectionUnit):
            self.line.enter(head)
            return True
        elif head is UNKNOWN:
            if not loose.is_nobody and not (self.line.in_force and self._has_many_columns()):
                return False
            self.line.lose(row.number, " ".join(loose.texts))
            if not loose.is_nobody:
                return False
        self.notes.append(Note(row.number, "; ".join(loose.texts)))
        return True

    def _has_many_columns(self) -> bool:
        """Whether so much is said of everybody that a name by itself is hardly anybody's."""
        return max(map(len, self.around.headings), default=0) > _PERSON_CELLS

    def _placed(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows with the unit that was named before them, in columns of their own."""
        for row in rows:
            yield replace(row, cells=[*_fitted(row.cells, self.width), *self.line.cells(row.number)])

    def _parted(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows whose one cell holds name and NIP, with these in columns of their own."""
        column = self.source.columns["name_nip"]
        placed = self._placed(rows) if "unit" in self.source.derived else rows
        for row in placed:
            text = str(row.cells[column]) if column < len(row.cells) and row.cells[column] is not None else ""
            match = _NIP_IN_NAME.search(text)
            name = text if match is None else f"{text[: match.start()]} {text[match.end() :]}"
            number = None if match is None else match[1]
            yield replace(
                row, cells=[*_fitted(row.cells, self.source.columns["nip"]), number, clean_text(name).strip(" /")]
            )


@lru_cache(maxsize=1)
def _nip_headings() -> frozenset[str]:
    """Every way a column of NIPs is headed: a second table under the first may head its own in another way."""
    return frozenset(
        spelling
        for vocabulary in vocabularies().values()
        for spelling, (field, _distance) in vocabulary.spellings.items()
        if field == "nip"
    )


def _fitted(cells: Cells, width: int) -> list[CellValue]:
    """Cells of exactly this many columns."""
    return [*cells[:width], *[None] * (width - len(cells))]


def _texts(cells: Cells) -> list[str]:
    return [text for text in map(clean_text, cells) if text]


def _is_signature(row: Row, key: int) -> bool:
    """Whether the NIP stands with its own label, as under a signature."""
    value = row.cells[key] if key < len(row.cells) else None
    return isinstance(value, str) and _NIP_LABEL.match(value.strip().upper()) is not None


def _is_numbering(cells: Sequence[object]) -> bool:
    """Whether a row only counts its columns: 1, 2, 3 … or (1), (2), (3) …; some may not have been read."""
    texts = [str(cell).strip(" ()").removesuffix(".0") for cell in cells]
    if len(texts) < 2 or not all(len(text) <= 3 and text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(set(numbers))
