"""Which column is what: headings as people write them, matched to the fields that are read."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, TypeAlias

_LETTER_BY_LETTER = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ .][^\W\d_]){2,}(?![^\W\d_])")
_FOLDED = re.compile(r"[\s_./\\\-:*'\"`‘’“”()\[\]#,;\u200b\u200c\u200d\ufeff]+")


Heading: TypeAlias = object
"""A cell taken as a heading; a tuple holds every reading of a heading that two rows make, the most exact first."""


class InGroup(tuple[str, ...]):
    """A heading under one that is merged over several: by what it is known, and its own text, which a user may name."""


OURS = frozenset({"MASALAH"})
"""Headings of columns that an annotated copy adds; a corrected copy comes back with them."""

UNTOLD = OURS | {"NO", "NOMOR", "NO URUT"}
"""Headings that nobody need be told are not used: what we added, and running numbers."""

SUMMARY_SHEET = "Ringkasan Masalah"
"""The sheet that an annotated copy begins with."""

ORIGIN_SHEET = "_kinerja_asal"
"""The hidden sheet of an annotated copy of several files: which of them each sheet is from, and its name there."""


def normalise(heading: object) -> str:
    """A heading as it is compared: upper case, everything between its words folded into one space.

    >>> normalise("Gol./Ruang"), normalise(" nama_unor "), normalise("UNOR (1)"), normalise(None)
    ('GOL RUANG', 'NAMA UNOR', 'UNOR 1', '')
    """
    return "" if heading is None else _FOLDED.sub(" ", str(heading)).strip().upper()


def without_gaps(heading: str) -> str:
    """A heading whose words are written letter by letter, as it is compared.

    >>> without_gaps("N a m a / N.I.P"), without_gaps("L / P")
    ('NAMA NIP', 'L P')
    """
    return normalise(_LETTER_BY_LETTER.sub(lambda word: re.sub("[ .]", "", word[0]), heading))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields of one kind of table: how each may be headed and what it is called when it is missing."""

    labels: Mapping[str, str]
    spellings: Mapping[str, tuple[str, int]]
    """Normalised spelling → field and how far it stands from the most exact spelling of that field."""
    groups: Mapping[str, str]
    """Normalised heading over several columns → what it is called in the spellings of these."""
    higher: frozenset[str]
    """Normalised headings that name what stands above a field, where the same row names the field itself as well."""
    above: Mapping[str, str]
    """Those fields, and the field that stands above each."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, in the order of the file that names them."""
        return tuple(self.labels)

    def match(self, headings: Sequence[Heading], mapping: Mapping[str, str]) -> "Match":
        """The columns of a row taken as headings; `mapping` (field → heading) goes before every spelling."""
        wanted = {normalise(heading): field for field, heading in mapping.items()}
        best: dict[str, tuple[int, int]] = {}
        higher: dict[str, tuple[int, int]] = {}
        for column, heading in enumerate(headings):
            meant = self._meaning(heading, wanted)
            if meant is None:
                continue
            field, distance = meant
            kept = higher if distance >= 0 and self._is_higher(heading, field) else best
            if field not in kept or distance < kept[field][0]:
                kept[field] = (distance, column)
        for field, found in higher.items():
            # What is higher is the unit itself only where nothing lower is named; else it is what that lies in.
            best.setdefault(self.above[field] if field in best else field, found)
        columns = {field: best[field][1] for field in self.labels if field in best}
        used = set(columns.values())
        shown = [heading[0] if isinstance(heading, tuple) else heading for heading in headings]
        ignored = tuple(
            " ".join(heading.split())
            for column, heading in enumerate(shown)
            if column not in used and isinstance(heading, str) and heading.strip() and normalise(heading) not in UNTOLD
        )
        return Match(columns, ignored)

    def is_known(self, heading: str) -> bool:
        """Whether a heading names a field by itself."""
        return normalise(heading) in self.spellings

    def _is_higher(self, heading: Heading, field: str) -> bool:
        """Whether a heading of a field rather names what stands above it."""
        first = heading[0] if isinstance(heading, tuple) else heading
        return field in self.above and normalise(first) in self.higher

    def _meaning(self, heading: Heading, wanted: Mapping[str, str]) -> tuple[str, int] | None:
        """The field of a heading and how exactly it is named."""
        if isinstance(heading, InGroup):
            whole, own = heading
            meant = self._meaning(whole, wanted)
            named = wanted.get(normalise(own)) if meant is None or meant[1] >= 0 else None
            return meant if named is None else (named, -1)
        for text in heading if isinstance(heading, tuple) else (heading,):
            name = normalise(text) if isinstance(text, str) else ""
            if name in wanted:
                return wanted[name], -2
            if name in self.spellings:
                return self.spellings[name]
            if isinstance(text, str) and (wide := without_gaps(text)) in self.spellings:
                field, distance = self.spellings[wide]
                return field, distance + len(self.spellings)
        return None


@dataclass(frozen=True, slots=True)
class Match:
    """What a row says when it is read as headings: columns by field, and the headings nobody asked for."""

    columns: Mapping[str, int]
    ignored: tuple[str, ...]


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, Vocabulary]:
    """The vocabularies by name (`roster`, `units`, `ratings`), as the headings file gives them."""
    data = dict(_data())
    groups, higher, _marks = data.pop("groups"), data.pop("higher"), data.pop("marks")
    return {name: _vocabulary(fields, groups.get(name, {}), higher.get(name, {})) for name, fields in data.items()}


@lru_cache(maxsize=1)
def marks() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """What tells a kind of table from others, by its name: words in its `titles`, and `headings`."""
    return {
        name: {kind: frozenset(map(normalise, words)) for kind, words in entry.items()}
        for name, entry in _data()["marks"].items()
    }


def _data() -> dict[str, Any]:
    text = resources.files("kinerja_cli.workbooks").joinpath("headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _vocabulary(
    fields: Mapping[str, Mapping[str, object]], groups: Mapping[str, Sequence[str]], higher: Mapping[str, Any]
) -> Vocabulary:
    labels: dict[str, str] = {}
    spellings: dict[str, tuple[str, int]] = {}
    for field, entry in fields.items():
        labels[field] = str(entry["label"])
        names = entry["spellings"]
        assert isinstance(names, list)
        for distance, name in enumerate([*names, field]):
            spellings.setdefault(normalise(name), (field, distance))
    called = {normalise(name): prefix for prefix, names in groups.items() for name in (prefix, *names)}
    return Vocabulary(
        labels, spellings, called, frozenset(map(normalise, higher.get("headings", ()))), higher.get("above", {})
    )
