"""The rows under a heading: which are about somebody, which name a unit, and which are notes.

Nothing that is written is passed over in silence: what is taken for a note is kept, to be told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.name_nip import join_rows, part_name_nip
from kinerja_cli.workbooks.refusals import HeadingsChanged
from kinerja_cli.workbooks.repeated import is_heading, moved_columns
from kinerja_cli.workbooks.section_rows import UNKNOWN, Head, LooseRow, Unknown, find_heads
from kinerja_cli.workbooks.sections import unit_of_text
from kinerja_cli.workbooks.signs import Signs, is_counted, is_dated, is_number, numbered_remarks, read_signs
from kinerja_cli.workbooks.sources import Cells
from kinerja_cli.workbooks.unit_line import UnitLine
from kinerja_cli.workbooks.unit_words import NONE_KNOWN, KnownUnits, SectionUnit

_KEYS = ("nip", "unit_code", "day")
"""The field that says a row is about somebody, in a table of units about some unit, in one of holidays of a day."""

_PERSON_CELLS = 3
_LEAST_NIP = 14
_FIRST_OF_A_NIP = frozenset("'12")


@dataclass(frozen=True, slots=True)
class Note:
    """A row about nobody: its number and what stands in it."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a sheet beside its columns.

    `heads` are the rows of headings as they stand, `counting` the columns of running numbers, `banners` the rows
    with a cell merged over where NIPs stand, and `known` the units of the store.
    """

    heads: Sequence[Cells] = ()
    counting: frozenset[int] = frozenset()
    banners: frozenset[int] = frozenset()
    known: KnownUnits = NONE_KNOWN


@dataclass(slots=True)
class DataRows:
    """The rows of a sheet that are about somebody, without numbering, repeated headings, sections and notes.

    `line` is where in the agency the list has got to, where the sheet has no column for the unit. It and `notes`
    are those of the last time the rows were gone through.
    """

    source: Source
    cells: Iterable[Cells]
    width: int
    line: UnitLine = field(default_factory=UnitLine)
    by_section: bool = False
    around: Around = Around()
    notes: list[Note] = field(default_factory=list)
    _headings: frozenset[str] = field(default=frozenset(), init=False)
    _labels: bool = field(default=False, init=False)
    _listed: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[Row]:
        self.notes, self._labels = [], False
        self._headings = frozenset(filter(None, (normalise(cell) for row in self.around.heads for cell in row)))
        self.line.begin()
        if "name_nip" in self.source.columns:
            return self._parted(self._people())
        return self._placed(self._people()) if self.source.derived else self._people()

    def _people(self) -> Iterator[Row]:
        source = self.source
        first = source.header_row + 1
        key = self._key
        waiting: list[tuple[Row, int]] = []
        gaps = 0
        self._listed = False
        for number, cells in self._numbered(key):
            if number < first:
                continue
            value = cells[key] if key < len(cells) else None
            # Nearly every row passes this one look; the slower ones are only for what is no plain NIP.
            if (
                type(value) is str
                and len(value) > _LEAST_NIP
                and value[-1].isdigit()
                and value[3].isdigit()
                and value[0] in _FIRST_OF_A_NIP
            ):
                if waiting or gaps:
                    if all(map(is_number, _texts(cells))):
                        # Nothing but a NIP, after a gap: a signer's perhaps, which the rows below will tell.
                        waiting.append((Row(source, number, cells), gaps))
                        continue
                    yield from self._judged(waiting, key, at_end=False)
                    waiting, gaps = [], 0
                self._listed = True
                yield Row(source, number, cells)
                continue
            texts = [cell for cell in cells if cell is not None and str(cell).strip()]
            if not texts and number not in source.unreadable:
                gaps += 1
            elif is_heading(cells, value, self._headings, of_people=self._of_people):
                self._check_order(number, cells)
                yield from self._judged(waiting, key, before_table=True)
                waiting, gaps = [], 0
            elif not _is_numbering(texts):
                waiting.append((Row(source, number, cells), gaps))
        yield from self._judged(waiting, key, at_end=True)

    @property
    def _key(self) -> int:
        """The column that says whom a row is about."""
        columns, derived = self.source.columns, self.source.derived
        return next(columns[name] for name in (*_KEYS, "name_nip", "unit") if name in columns and name not in derived)

    @property
    def _of_people(self) -> bool:
        return not {"nip", "name_nip"}.isdisjoint(self.source.columns)

    def _numbered(self, key: int) -> Iterator[tuple[int, Cells]]:
        """The rows with their numbers; a name and the NIP right under it as one row, if one column is for both."""
        numbered = enumerate(self.cells, 1)
        if "name_nip" not in self.source.columns:
            return numbered

        def may_begin(number: int, cells: Cells) -> bool:
            if number <= self.source.header_row or number + 1 in self.source.unreadable:
                return False
            return is_counted(cells, self.around.counting) or not (
                self.by_section and unit_of_text(clean_text(cells[key]), self.around.known) is not None
            )

        return join_rows(numbered, key, may_begin, lambda cells: is_counted(cells, self.around.counting))

    def _check_order(self, number: int, cells: Cells) -> None:
        """Refuse a sheet whose second table has its columns in another order: below it every cell would be misread."""
        source = self.source
        columns = {name: column for name, column in source.columns.items() if name not in source.derived}
        moved = moved_columns(cells, self.around.heads, columns, of_people=self._of_people)
        if moved:
            raise HeadingsChanged(source.file, source.sheet, source.header_row, number, moved)

    def _judged(
        self, waiting: Sequence[tuple[Row, int]], key: int, *, at_end: bool = False, before_table: bool = False
    ) -> Iterator[Row]:
        """Of rows without a plain NIP those about somebody, the others taken for what they are.

        After the last person a gap, a total or a signature begins what stands under a table; before headings that
        are printed again stands the title of a table of its own.
        """
        looks = [read_signs(row, key, self.around.counting) for row, _gaps in waiting]
        loose = [self._loose(row, signs, after_gap=gaps > 0) for (row, gaps), signs in zip(waiting, looks, strict=True)]
        end = _end_of_table([gaps for _row, gaps in waiting], looks) if at_end else len(waiting)
        heads = find_heads(loose, self.around.known, end=end, before_table=before_table) if self._of_people else {}
        remarks = numbered_remarks(looks) if at_end and self._listed else frozenset()
        signing = False
        for at, ((row, _gaps), signs) in enumerate(zip(waiting, looks, strict=True)):
            texts = signs.texts or ("=",)
            ended = at >= end
            if at not in remarks and self._is_head(heads.get(at), row, loose[at]):
                continue
            if at not in remarks and (
                self._is_about_a_day(row, signs)
                or self._is_about_somebody(row, key, signs, ended=ended, signing=signing)
            ):
                self._labels = self._labels or signs.labelled
                yield row
                continue
            signing = signing or (ended and not signs.numbers_alone)
            if signs.filled or self.by_section:
                self.notes.append(Note(row.number, "; ".join(texts)))

    def _is_about_a_day(self, row: Row, signs: Signs) -> bool:
        """Whether a row of a list of holidays is about a day; a month over its days stands alone in its row."""
        return "day" in self.source.columns and not signs.noted and read_date(row.get("day")).day is not None

    def _is_about_somebody(self, row: Row, key: int, signs: Signs, *, ended: bool, signing: bool) -> bool:
        """Whether a row that has no plain NIP is a person's nevertheless, to be refused by name.

        `ended` says that what stands under a table has begun, `signing` that somebody signs there.
        """
        source = self.source
        if "name" not in source.columns and "name_nip" not in source.columns:
            return signs.filled > 0
        if clean_text(row.get("text")):
            # Words are said of somebody: where nobody is named they are refused, and not passed over as a note.
            return True
        if key in source.unreadable.get(row.number, {}) and not signs.noted:
            return True
        if signs.is_sure:
            return not self._is_section(signs)
        if signs.block and (ended or "name_nip" not in source.columns) and signs.filled < _PERSON_CELLS:
            return False
        if signs.has_number:
            return self._is_numbered(signs, ended=ended, signing=signing)
        return self._is_without_number(signs, ended=ended)

    def _is_without_number(self, signs: Signs, *, ended: bool) -> bool:
        """Whether a row without a NIP and without a running number is a person's and no remark."""
        if signs.noted:
            return signs.in_pattern
        if signs.number:
            if signs.named and signs.unnumbered:
                return True
            # Alone under the NIPs stands the date of a signature as well, in a row with another the second signer.
            return signs.filled > (_PERSON_CELLS if ended else 1)
        if not signs.name:
            return signs.filled >= _PERSON_CELLS and (signs.counted or not ended)
        if ended:
            return signs.filled >= _PERSON_CELLS
        return not (signs.filled == 1 and (self._is_section(signs) or is_dated(signs.name)))

    def _is_numbered(self, signs: Signs, *, ended: bool, signing: bool) -> bool:
        """Whether a row that has digits under NIP, but no running number, is a person's and not a signer's."""
        if signs.labelled:
            if not ended:
                return signs.named or signs.filled > 1
            return signs.filled > _PERSON_CELLS or (signs.named and self._labels)
        if not ended:
            return True
        if "name_nip" in self.source.columns:
            return not signs.alone or len(self.source.columns.keys() - self.source.derived) == 1
        if signs.numbers_alone:
            return not signing
        return not signs.alone or is_number(signs.number)

    def _loose(self, row: Row, signs: Signs, *, after_gap: bool) -> LooseRow:
        """A row without a plain NIP as it is judged for a heading."""
        texts = list(signs.texts)
        if row.number in self.source.unreadable or not texts:
            texts.append("=")
        named = row.get("name" if "name" in self.source.columns.keys() - self.source.derived else "name_nip")
        return LooseRow(
            texts,
            after_gap=after_gap,
            as_name=bool(texts) and clean_text(named) == texts[-1] and len(texts) == 1 + signs.counted,
            counted=signs.counted,
            banner=row.number in self.around.banners,
        )

    def _is_head(self, head: Head | None, row: Row, loose: LooseRow) -> bool:
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
        return any(sum(bool(normalise(cell)) for cell in row) > _PERSON_CELLS for row in self.around.heads)

    def _is_section(self, signs: Signs) -> bool:
        """Whether a name alone is that of a unit."""
        if signs.filled > 1 or (signs.counted and not self.by_section):
            return False
        return unit_of_text(signs.name) is not None

    def _placed(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows with the unit that was named before them, in columns of their own."""
        for row in rows:
            yield replace(row, cells=[*_fitted(row.cells, self.width), *self.line.cells(row.number)])

    def _parted(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows whose one cell holds name and NIP, with these in columns of their own."""
        column = self.source.columns["name_nip"]
        placed = self._placed(rows) if "unit" in self.source.derived else rows
        for row in placed:
            name, number = part_name_nip(row.cells[column] if column < len(row.cells) else None)
            yield replace(row, cells=[*_fitted(row.cells, self.source.columns["nip"]), number, name])


def _end_of_table(gaps: Sequence[int], looks: Sequence[Signs]) -> int:
    """From which row on there can only be what stands under the table: after the last that is surely a person's."""
    sure = max((at for at, signs in enumerate(looks) if signs.is_sure), default=-1)
    before = gaps[sure] if sure >= 0 else 0
    below = range(sure + 1, len(looks))
    return next((at for at in below if gaps[at] > before or looks[at].closes), len(looks))


def _fitted(cells: Cells, width: int) -> list[CellValue]:
    """Cells of exactly this many columns."""
    return [*cells[:width], *[None] * (width - len(cells))]


def _texts(cells: Cells) -> list[str]:
    return [text for text in map(clean_text, cells) if text]


def _is_numbering(cells: Sequence[object]) -> bool:
    """Whether a row only counts its columns: 1, 2, 3 … or (1), (2), (3) …; some may not have been read."""
    texts = [str(cell).strip(" ()").removesuffix(".0") for cell in cells]
    if len(texts) < 2 or not all(len(text) <= 3 and text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == sorted(set(numbers))
