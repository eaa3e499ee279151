"""The words by which spreadsheets name units outside of any column, and the units that the store knows already."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Final

from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise

_LABEL_END = re.compile(r"^[\s:=\-]+")
_YEAR_AT_END = re.compile(r"\s+20[0-9]{2}$")
_FEWEST_LETTERS = 3
_LONGEST_TAB = 31
"""Excel cuts longer names of sheets off."""


@dataclass(frozen=True, slots=True)
class SectionUnit:
    """A unit and how high it stands: 1 for a dinas, 2 for what lies in one, 3 for what lies in that.

    `mark` is how its row is counted: by `roman` numbers, a `letter`, a `small` one or a `digit`; rows counted alike
    stand alike.
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


class KnownUnits:
    """The units that the store knows, by their names and by what they are called for short."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        """`levels` says of each name how deep the unit stands, 1 at the top."""
        self._units = {normalise(name): SectionUnit(name, level) for name, level in levels.items()}

    def find(self, text: str) -> SectionUnit | None:
        """The unit of that name, or the only one that is called so for short."""
        name = normalise(text)
        exact = self._units.get(name)
        if exact is not None or " " in name or len(name) < _FEWEST_LETTERS:
            return exact
        begins = unit_words().short.get(name)
        if begins is not None:
            return self._only(f"{one} ".startswith(f"{begins} ") for one in self._units)
        return self._only(name in _first_letters(one) for one in self._units)

    def cut_off(self, tab: str) -> SectionUnit | None:
        """The only unit whose name begins as a tab does that has no room for more."""
        name = normalise(tab)
        return self._only(one.startswith(name) for one in self._units) if len(tab) >= _LONGEST_TAB else None

    def _only(self, chosen: Iterable[bool]) -> SectionUnit | None:
        found = [unit for unit, taken in zip(self._units.values(), chosen, strict=True) if taken]
        return found[0] if len(found) == 1 else None


NONE_KNOWN: Final = KnownUnits({})
"""No unit is known."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What `sections.toml` says, ready to be compared."""

    labels: tuple[str, ...]
    labels_with_colon: frozenset[str]
    tails: tuple[str, ...]
    times: tuple[str, ...]
    lists: frozenset[str]
    governments: tuple[str, ...]
    addresses: tuple[str, ...]
    letters: tuple[str, ...]
    posts: frozenset[str]
    tabs: frozenset[str]
    default_tabs: frozenset[str]
    tab_words: frozenset[str]
    notes: tuple[str, ...]
    groups: tuple[str, ...]
    alone: frozenset[str]
    names_too: frozenset[str]
    unsaid: frozenset[str]
    levels: tuple[tuple[str, int], ...]
    short: Mapping[str, str]


@lru_cache(maxsize=1)
def unit_words() -> UnitWords:
    """The words, read once."""
    text = resources.files("kinerja_cli.workbooks").joinpath("sections.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    levels = {word: int(level) for level, words in data["levels"].items() for word in words}
    by_length = tuple(sorted(levels.items(), key=lambda entry: len(entry[0]), reverse=True))
    short: dict[str, str] = data["short"]
    levels |= {
        name: next((at for word, at in by_length if f"{full} ".startswith(f"{word} ")), 1)
        for name, full in short.items()
    }
    return UnitWords(
        labels=tuple(sorted(data["labels"], key=len, reverse=True)),
        labels_with_colon=frozenset(data["labels_with_colon"]),
        tails=tuple(data["tails"]),
        times=tuple(data["times"]),
        lists=frozenset(data["lists"]),
        governments=tuple(data["governments"]),
        addresses=tuple(data["addresses"]),
        letters=tuple(data["letters"]),
        posts=frozenset(data["posts"]),
        tabs=frozenset(data["tabs"]),
        default_tabs=frozenset(data["default_tabs"]),
        tab_words=frozenset(data["tab_words"]),
        notes=tuple(data["notes"]),
        groups=tuple(data["groups"]),
        alone=frozenset(data["alone"]) | short.keys(),
        names_too=frozenset(data["names_too"]),
        unsaid=frozenset(data["unsaid"]),
        levels=tuple(sorted(levels.items(), key=lambda entry: len(entry[0]), reverse=True)),
        short=short,
    )


def begins_with(name: str, words: Iterable[str]) -> bool:
    """Whether a normalised text begins with one of some words, each whole."""
    return any(name == word or name.startswith(f"{word} ") for word in words)


def unit_named(name: str, known: KnownUnits) -> SectionUnit | None:
    """The unit that a text names by the word it begins with, for short, or because the store knows it."""
    level = level_of(name)
    if level is None or normalise(name) in unit_words().short:
        found = known.find(name)
        if found is not None:
            return found if level is None else replace(found, level=level)
    return None if level is None else SectionUnit(name, level)


def level_of(text: str) -> int | None:
    """How high a unit stands by the word that its name begins with."""
    words = unit_words()
    name = normalise(text)
    for word, level in words.levels:
        if name.startswith(f"{word} ") or (name == word and word in words.alone):
            return level
    return None


def after_label(text: str) -> str | None:
    """What follows a label and its colon, without the month or year that may follow; None where there is no label.

    >>> after_label("SKPD : Dinas Sosial Kota Contoh   BULAN : JANUARI 2026"), after_label("Dinas Sosial")
    ('Dinas Sosial Kota Contoh', None)
    """
    for label in unit_words().labels:
        match = re.match(re.escape(label).replace(r"\ ", r"[\s_/]+") + r"\s*[:=]", text, re.IGNORECASE)
        if match is not None:
            name = _LABEL_END.sub("", text[match.end() :]).strip()
            return _YEAR_AT_END.sub("", without_tail(name.split(), unit_words().times))
    return None


def is_label(text: str) -> bool:
    """Whether a cell holds nothing but a label, with its colon or without."""
    name = normalise(text)
    words = unit_words()
    return name in words.labels and (name not in words.labels_with_colon or clean_text(text).endswith((":", "=")))


def without_tail(words: Sequence[str], tails: Sequence[str]) -> str:
    """A name without what follows it in a title."""
    kept = list(words)
    shortest = 1 if words and normalise(words[0]) in unit_words().alone else 2
    for at in range(len(words) - 1, shortest - 1, -1):
        after = normalise(" ".join(words[at:]))
        last = at == len(kept) - 1
        if not last and begins_with(after, tails):
            kept = kept[:at]
    return " ".join(kept)


def _first_letters(name: str) -> set[str]:
    """What the first letters of a name make, with the name of its city and without it."""
    words = unit_words()
    written = [word for word in name.split() if word not in words.unsaid]
    own = without_tail(written, words.tails).split()
    return {"".join(word[0] for word in one) for one in (written, own)}
