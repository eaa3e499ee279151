"""Units named outside of any column: in a title, on a tab, or in a row of its own between people."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise

_ENUMERATED = re.compile(r"^\(?(?:(?P<roman>[IVX]{1,5})|(?P<letter>[A-Za-z])|(?P<digit>[0-9]{1,3}))[.)]\s*")
_LABEL_END = re.compile(r"^[\s:=\-]+")
_NUMBERED = re.compile(r" ?\(?[0-9]+\)?$")


@dataclass(frozen=True, slots=True)
class SectionUnit:
    """A unit and how high it stands: 1 for a dinas, 2 for what lies in one, 3 for what lies in that.

    `mark` is how its row is counted: by `roman` numbers, a `letter` or a `digit`; rows counted alike stand alike.
    """

    name: str
    level: int
    mark: str | None = None

    def below(self, units: "Sequence[SectionUnit]") -> "tuple[SectionUnit, ...]":
        """This unit after those of a line from the top down that it lies in."""
        for at, other in enumerate(units):
            if other.level >= self.level or (self.mark and other.mark == self.mark):
                return (*units[:at], self)
        return (*units, self)


@dataclass(frozen=True, slots=True)
class _Words:
    labels: tuple[str, ...]
    tails: tuple[str, ...]
    tabs: frozenset[str]
    notes: tuple[str, ...]
    alone: frozenset[str]
    levels: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    text = resources.files("kinerja_cli.workbooks").joinpath("sections.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    levels = {word: int(level) for level, words in data["levels"].items() for word in words}
    return _Words(
        tuple(sorted(data["labels"], key=len, reverse=True)),
        tuple(data["tails"]),
        frozenset(data["tabs"]),
        tuple(data["notes"]),
        frozenset(data["alone"]),
        tuple(sorted(levels.items(), key=lambda entry: len(entry[0]), reverse=True)),
    )


def unit_of_text(text: str) -> SectionUnit | None:
    """The unit that a text standing alone names: by its label, or by the word it begins with.

    >>> unit_of_text("UNIT KERJA : Dinas Kesehatan"), unit_of_text("GURU")
    (SectionUnit(name='Dinas Kesehatan', level=1, mark=None), None)
    >>> unit_of_text("B. BIDANG PELAYANAN")
    SectionUnit(name='BIDANG PELAYANAN', level=2, mark='letter')
    """
    written = clean_text(text)
    counted = _ENUMERATED.match(written)
    bare = written if counted is None else written[counted.end() :]
    labelled = _after_label(bare)
    name = bare if labelled is None else labelled
    level = _level(name)
    if not name or (labelled is None and level is None):
        return None
    return SectionUnit(name, level or 1, counted.lastgroup if counted else None)


def unit_of_titles(rows: Sequence[Sequence[str]]) -> SectionUnit | None:
    """The unit that the rows over a table name; a label counts more than a word inside a title."""
    texts = [clean_text(" ".join(row)) for row in rows]
    for text in texts:
        labelled = _after_label(text)
        if labelled:
            return SectionUnit(labelled, _level(labelled) or 1)
    for text in texts:
        inside = _inside(text)
        if inside is not None:
            return inside
    return None


def unit_of_tab(name: str, *, alone: bool) -> SectionUnit | None:
    """The unit that a sheet is called after; a sheet that stands alone only where a word says so.

    >>> unit_of_tab("DINKES", alone=False), unit_of_tab("DINKES", alone=True), unit_of_tab("Sheet1", alone=False)
    (SectionUnit(name='DINKES', level=1, mark=None), None, None)
    """
    text = clean_text(name)
    level = _level(text)
    if level is not None:
        return SectionUnit(text, level)
    generic = _NUMBERED.sub("", normalise(text)) in _words().tabs
    return None if alone or generic or not text else SectionUnit(text, 1)


def is_note(text: str) -> bool:
    """Whether a text begins as the rows under a table do: a total, a remark, a signature.

    >>> is_note("Jumlah : 45"), is_note("Mengetahui,"), is_note("JUMLAHTI SITOHANG")
    (True, True, False)
    """
    name = normalise(text)
    return any(name == word or name.startswith(f"{word} ") for word in _words().notes)


def _after_label(text: str) -> str | None:
    """What follows a label and its colon; None where there is no label."""
    for label in _words().labels:
        match = re.match(re.escape(label).replace(r"\ ", r"[\s_/]+") + r"\s*[:=]", text, re.IGNORECASE)
        if match is not None:
            return _LABEL_END.sub("", text[match.end() :]).strip()
    return None


def _level(text: str) -> int | None:
    name = normalise(text)
    for word, level in _words().levels:
        if name.startswith(f"{word} ") or (name == word and word in _words().alone):
            return level
    return None


def _inside(text: str) -> SectionUnit | None:
    """The unit named somewhere in a title, without what follows its name."""
    words = text.split()
    for start in range(len(words)):
        rest = " ".join(words[start:])
        level = _level(rest)
        if level is not None:
            return SectionUnit(_without_tail(words[start:]), level)
    return None


def _without_tail(words: Sequence[str]) -> str:
    kept = list(words)
    for at in range(len(words) - 1, 1, -1):
        after = normalise(" ".join(words[at:]))
        last = at == len(kept) - 1
        if not last and any(after == tail or after.startswith(f"{tail} ") for tail in _words().tails):
            kept = kept[:at]
    return " ".join(kept)
