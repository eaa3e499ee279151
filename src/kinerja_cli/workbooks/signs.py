"""What a row without a plain NIP says of itself: a name, a place in the table, a total, a date, a signature."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.rows import CellValue, Row
from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.grid import Cells
from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.name_nip import part_name_nip
from kinerja_cli.workbooks.sections import is_note

_HALF_A_NIP = 9
_BLOCK_LINES = 3
_LONGEST_NAME = 8
_SIGNERS = 2
_MOST = 100_000
_PLACE_AND_DAY = re.compile(r"[^\d,]{3,40},[\s._…]*\d{0,2}[\s._…]*[A-Za-z]*[\s._…]*(?:19|20)\d\d")
_NIP_LABEL = re.compile(r"N\.?I\.?P\b[\s.:]*", re.IGNORECASE)
_NO_NAME = re.compile(r"\d{3}|[:=]|\d\s*(?:orang|org)\b", re.IGNORECASE)
_RUNNING = re.compile(r"\(?\d{1,5}\s?[.)]?")
_WORDED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Signs:
    """What the cells of one row say.

    `name` and `number` are what stands under NAMA and NIP, `filled` counts the columns read that have something
    in them, `worded` those of them beside name and NIP that hold words. `counted` says that the row has a running
    number, `block` that one cell holds a whole signature.
    """

    texts: tuple[str, ...]
    name: str
    number: str
    filled: int
    worded: int
    counted: bool
    block: bool

    @property
    def named(self) -> bool:
        """Whether a person may be called what stands under NAMA."""
        return _may_be_a_name(self.name)

    @property
    def has_number(self) -> bool:
        """Whether there are digits enough under NIP to be at least half a NIP."""
        return sum(map(str.isdigit, self.number)) >= _HALF_A_NIP

    @property
    def labelled(self) -> bool:
        """Whether the NIP stands with its own label, as under a signature."""
        return _NIP_LABEL.match(self.number) is not None

    @property
    def unnumbered(self) -> bool:
        """Whether it is said under NIP that there is none."""
        return bool(self.number) and normalise(self.number.strip("-–—_. ")) in _words().unnumbered

    @property
    def alone(self) -> bool:
        """Whether one column alone has something in it, and the row is not counted."""
        return self.filled == 1 and not self.counted

    @property
    def noted(self) -> bool:
        """Whether the row begins as totals and remarks do; what stands in a column of remarks says nothing."""
        return any(map(is_note, (*self.texts[:1], self.name)))

    @property
    def in_pattern(self) -> bool:
        """Whether a row that begins as totals do has a person's name and place in the table nevertheless."""
        return self.named and (self.counted or self.worded > 1)

    @property
    def numbers_alone(self) -> bool:
        """Whether nothing but NIPs stands in the row."""
        return all(map(is_number, self.texts))

    @property
    def is_sure(self) -> bool:
        """Whether the row is a person's wherever it stands."""
        if self.block and not self.counted:
            return False
        if self.has_number:
            return self.counted or (self.named and self.filled > 1 and not self.labelled)
        return self.counted and self.named

    def is_remark(self, number: int) -> bool:
        """Whether a row has this running number and a sentence, and nothing else."""
        if not self.counted or len(self.texts) != 2 or self.number:
            return False
        first, *more = self.texts[1].split()
        return (
            self.texts[0].strip(" .()") == str(number)
            and first[:1].isupper()
            and any(word.islower() and word not in _words().particles for word in more)
        )

    @property
    def closes(self) -> bool:
        """Whether the table has ended before this row: it is a total, a remark, or belongs to a signature."""
        if self.counted:
            return False
        return (
            self.block
            or (self.noted and not self.in_pattern)
            or (self.labelled and not self.named)
            or (len(self.texts) <= _SIGNERS and any(map(is_dated, self.texts)))
        )


def numbered_remarks(looks: Sequence[Signs]) -> frozenset[int]:
    """Which rows under a table are remarks counted from 1 anew below a "Catatan" that stands alone.

    They are only where each of them is written as a sentence is and no name: with a capital at its beginning and a
    word in small letters after it. Else whoever is counted there is somebody.
    """
    for at, signs in enumerate(looks):
        if signs.counted or len(signs.texts) != 1 or normalise(signs.texts[0]) not in _words().remarks:
            continue
        found: list[int] = []
        for below in range(at + 1, len(looks)):
            if not looks[below].is_remark(len(found) + 1):
                break
            found.append(below)
        rest = looks[at + 1 + len(found) : at + 2 + len(found)]
        if not any(one.counted for one in rest):
            return frozenset(found)
    return frozenset()


def read_signs(row: Row, key: int, counting: frozenset[int]) -> Signs:
    """Look at a row; `key` is the column of NIPs, or of names and NIPs, and `counting` those of running numbers."""
    source, cells = row.source, row.cells
    columns = {name: column for name, column in source.columns.items() if name not in source.derived}
    unread = source.unreadable.get(row.number, {})
    held = {name: clean_text(cells[column]) if column < len(cells) else "" for name, column in columns.items()}
    value = cells[key] if key < len(cells) else None
    together = "name_nip" in columns
    name, number = held.get("name", ""), clean_text(value)
    if together:
        name, nip = part_name_nip(value)
        number = clean_text(nip)
    return Signs(
        texts=tuple(text for text in map(clean_text, cells) if text),
        name=name,
        number=number,
        filled=sum(bool(held[field]) or column in unread for field, column in columns.items()),
        worded=sum(
            _WORDED.match(held[field].lstrip("(\"'")) is not None
            for field, column in columns.items()
            if field != "name" and column != key
        ),
        counted=is_counted(cells, counting),
        block=any(map(_is_block, cells)),
    )


def is_counted(cells: Cells, counting: frozenset[int]) -> bool:
    """Whether a row has a running number."""
    return any(_is_running(cells[column]) for column in counting if column < len(cells))


def counting_columns(headings: Sequence[Cells], used: frozenset[int], first: int) -> frozenset[int]:
    """The columns of running numbers: by their heading, else those without a proper one before the `first` used."""
    width = max(map(len, headings), default=0)
    names = [
        {text for row in headings if column < len(row) and (text := normalise(row[column]))} for column in range(width)
    ]
    named = frozenset(at for at, texts in enumerate(names) if texts & _words().counting and at not in used)
    return named or frozenset(at for at in range(first) if at not in used and not (at < width and names[at]))


def is_dated(text: str) -> bool:
    """Whether a text is a day alone, or a place and a day as over a signature.

    >>> is_dated("2 Januari 2026"), is_dated("Binjai, 2 Januari 2026"), is_dated("Binjai, ...... 2026")
    (True, True, True)
    >>> is_dated("Budi Santoso, S.E."), is_dated("45231")
    (False, False)
    """
    place, comma, day = text.rpartition(",")
    if any(map(str.isdigit, place)) or not any(map(str.isdigit, day)):
        return False
    return (not day.strip().isdigit() and read_date(day).day is not None) or (
        bool(comma) and _PLACE_AND_DAY.fullmatch(text) is not None
    )


def is_number(text: str) -> bool:
    """Whether a text is a NIP, with or without its label, whole or not.

    >>> is_number("NIP. 19850115 201001 1 001"), is_number("Budi"), is_number("45")
    (True, False, False)
    """
    bare = _NIP_LABEL.sub("", text, count=1)
    return not _WORDED.search(bare) and sum(map(str.isdigit, bare)) >= _HALF_A_NIP


def _may_be_a_name(text: str) -> bool:
    words = text.partition(",")[0].split()
    if not 0 < len(words) <= _LONGEST_NAME or not _WORDED.search(text) or _NO_NAME.search(text) or is_dated(text):
        return False
    # "Jumlah" alone is a total, Jumlah Sitohang may be somebody.
    return not is_note(text) or is_note(" ".join(words[:-1]))


def _is_block(cell: CellValue) -> bool:
    """Whether a cell holds a signature in several lines, the last of them a NIP."""
    if not isinstance(cell, str) or "\n" not in cell:
        return False
    lines = [line for line in map(clean_text, cell.splitlines()) if line]
    return len(lines) >= _BLOCK_LINES and is_number(lines[-1]) and _NIP_LABEL.match(lines[-1]) is not None


def _is_running(value: CellValue) -> bool:
    if isinstance(value, str):
        return _RUNNING.fullmatch(value.strip()) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < _MOST and value == int(value)


@dataclass(frozen=True, slots=True)
class _Words:
    counting: frozenset[str]
    unnumbered: frozenset[str]
    remarks: frozenset[str]
    particles: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    text = resources.files("kinerja_cli.workbooks").joinpath("signs.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return _Words(*(frozenset(data[name]) for name in ("counting", "unnumbered", "remarks", "particles")))
