"""Feedback that leaders write into a rating sheet, one column a BerAKHLAK value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain import problems
from kinerja_cli.domain.feedback import Aspect, Tone, parse_tone
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.domain.rating_cells import cell_text
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import Place, Problem

_ANY_DAY = date.max
_TONED = re.compile(r"\s*([^\W\d_]+)\s*[:–-]\s*(\S.*)", re.DOTALL)

TONE_WORDS: Final[Mapping[Tone, str]] = {
    Tone.POSITIVE: "Positif",
    Tone.NEUTRAL: "Netral",
    Tone.NEGATIVE: "Negatif",
}
"""What a sheet offers to choose from; words of a document, the same in every language."""

FEEDBACK_FIELDS: Final[Mapping[str, Aspect]] = {
    f"feedback_{aspect.value}": aspect for aspect in Aspect if aspect is not Aspect.HASIL
}
"""The columns of a sheet and the value each is about."""


@dataclass(frozen=True, slots=True)
class SheetFeedback:
    """What one cell says of somebody: about which value, in which tone, in which words."""

    nip: str
    aspect: Aspect
    tone: Tone | None
    text: str
    source: Source
    number: int
    field: str

    def place(self) -> Place:
        """Where the cell stands in the user's file."""
        return self.source.place(self.number, self.field)


def read_sheet_feedback(rows: Iterable[Row]) -> list[SheetFeedback]:
    """All feedback in rows of rating sheets, the same words on one person and value once."""
    found: dict[tuple[str, str, str], SheetFeedback] = {}
    for row in rows:
        fields = [field for field in FEEDBACK_FIELDS if row.has(field) and cell_text(row.get(field))]
        facts = judge_nip(row.get("nip"), today=_ANY_DAY).facts if fields else None
        for field in fields if facts is not None else ():
            tone, text = read_tone(str(row.get(field)))
            assert facts is not None
            said = SheetFeedback(facts.nip, FEEDBACK_FIELDS[field], tone, text, row.source, row.number, field)
            found.setdefault((said.nip, field, text), said)
    return list(found.values())


def disputes(pieces: Sequence[SheetFeedback]) -> tuple[list[Problem], frozenset[str]]:
    """Cells of one person and value that say different things in several rows, and the people they are on.

    Copies of a sheet came back and disagree: which of them is meant is nobody's guess, as with ratings.
    """
    cells: dict[tuple[str, str], list[SheetFeedback]] = {}
    for piece in pieces:
        cells.setdefault((piece.nip, piece.field), []).append(piece)
    told: list[Problem] = []
    people: set[str] = set()
    for (nip, field), said in cells.items():
        if len({" ".join(piece.text.casefold().split()) for piece in said}) < 2:
            continue
        people.add(nip)
        for piece in said:
            other = "; ".join(_placed(one.place()) for one in said if one is not piece)
            heading = field.replace("feedback_", "UMPAN BALIK: ").replace("_", " ").upper()
            facts = {"nip": nip, "other": other, "fields": heading}
            told.append(problems.DUPLICATE_CONFLICT.at(piece.place(), field=field, value=nip, **facts))
    return told, frozenset(people)


def _placed(place: Place) -> str:
    """Where a cell stands, in one line."""
    return _("{file}, sheet {sheet}, row {row}").format(file=place.file, sheet=place.sheet, row=place.row)


def read_tone(written: str) -> tuple[Tone | None, str]:
    """The tone of a text that is, or begins with, a word for it; and the words to keep.

    >>> read_tone("positif"), read_tone("Negatif: sering terlambat"), read_tone("Ramah")
    ((<Tone.POSITIVE: 'positive'>, 'Positif'), (<Tone.NEGATIVE: 'negative'>, 'sering terlambat'), (None, 'Ramah'))
    """
    text = clean_lines(written)
    alone = parse_tone(text)
    if alone is not None:
        return alone, TONE_WORDS[alone]
    match = _TONED.fullmatch(text)
    tone = None if match is None else parse_tone(match[1])
    return (None, text) if match is None or tone is None else (tone, match[2])
