"""Which column is what: headings as people write them, matched to the fields that are read."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_FOLDED = re.compile(r"[\s_./\\\-:*'\"`‘’“”()\[\]#,;\u200b\u200c\u200d\ufeff]+")


OURS = frozenset({"MASALAH"})
"""Headings of columns that an annotated copy adds; a corrected copy comes back with them."""

SUMMARY_SHEET = "Ringkasan Masalah"
"""The sheet that an annotated copy begins with."""


def normalise(heading: object) -> str:
    """A heading as it is compared: upper case, everything between its words folded into one space.

    >>> normalise("Gol./Ruang"), normalise(" nama_unor "), normalise("UNOR (1)"), normalise(None)
    ('GOL RUANG', 'NAMA UNOR', 'UNOR 1', '')
    """
    return "" if heading is None else _FOLDED.sub(" ", str(heading)).strip().upper()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields of one kind of table: how each may be headed and what it is called when it is missing."""

    labels: Mapping[str, str]
    spellings: Mapping[str, tuple[str, int]]
    """Normalised spelling → field and how far it stands from the most exact spelling of that field."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, in the order of the file that names them."""
        return tuple(self.labels)

    def match(self, headings: Sequence[object], mapping: Mapping[str, str]) -> "Match":
        """The columns of a row taken as headings; `mapping` (field → heading) goes before every spelling."""
        wanted = {normalise(heading): field for field, heading in mapping.items()}
        best: dict[str, tuple[int, int]] = {}
        for column, heading in enumerate(headings):
            name = normalise(heading) if isinstance(heading, str) else ""
            if name in wanted:
                field, distance = wanted[name], -1
            elif name in self.spellings:
                field, distance = self.spellings[name]
            else:
                continue
            if field not in best or distance < best[field][0]:
                best[field] = (distance, column)
        columns = {field: best[field][1] for field in self.labels if field in best}
        used = set(columns.values())
        ignored = tuple(
            " ".join(str(heading).split())
            for column, heading in enumerate(headings)
            if column not in used and isinstance(heading, str) and heading.strip() and normalise(heading) not in OURS
        )
        return Match(columns, ignored)


@dataclass(frozen=True, slots=True)
class Match:
    """What a row says when it is read as headings: columns by field, and the headings nobody asked for."""

    columns: Mapping[str, int]
    ignored: tuple[str, ...]


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, Vocabulary]:
    """The vocabularies by name (`roster`, `units`, `ratings`), as the headings file gives them."""
    text = resources.files("kinerja_cli.workbooks").joinpath("headings.toml").read_text(encoding="utf-8")
    return {name: _vocabulary(fields) for name, fields in tomllib.loads(text).items()}


def _vocabulary(fields: Mapping[str, Mapping[str, object]]) -> Vocabulary:
    labels: dict[str, str] = {}
    spellings: dict[str, tuple[str, int]] = {}
    for field, entry in fields.items():
        labels[field] = str(entry["label"])
        names = entry["spellings"]
        assert isinstance(names, list)
        for distance, name in enumerate([*names, field]):
            spellings.setdefault(normalise(name), (field, distance))
    return Vocabulary(labels, spellings)
