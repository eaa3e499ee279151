"""What stands over a table: the unit its people belong to, or the letterhead of whoever has sent the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.unit_words import (
    NONE_KNOWN,
    KnownUnits,
    SectionUnit,
    after_label,
    begins_with,
    is_label,
    level_of,
    unit_named,
    unit_words,
    without_tail,
)

_NEAR = 3
"""Of a letterhead the address stands at most so many lines below the name."""

_LISTED_WITHIN = 3
_ADDRESS_AT = re.compile(r"\S@\S|\b0[0-9]{2,3}[\s)/-]+[0-9]{5,}")


@dataclass(frozen=True, slots=True)
class Titles:
    """The unit that titles name, and the office in whose letterhead they stand; either may be missing."""

    unit: SectionUnit | None = None
    sender: str | None = None


def read_titles(rows: Sequence[Sequence[str]], known: KnownUnits = NONE_KNOWN) -> Titles:
    """What the rows over a table say; a label counts more than a word inside a title, a letterhead not at all.

    >>> read_titles([("PEMERINTAH KOTA CONTOH",), ("BADAN KEPEGAWAIAN",), ("Jl. Merdeka 1",), ("DAFTAR PNS",)])
    Titles(unit=None, sender='BADAN KEPEGAWAIAN')
    """
    labelled = labelled_unit(rows)
    if labelled is not None:
        return Titles(labelled)
    sender = None
    of_government = listed = False
    for at, row in enumerate(rows):
        text = clean_text(" ".join(row))
        name = normalise(text)
        if not name or (begins_with(name, unit_words().letters) and not _is_of_a_list(name)):
            continue
        listed = listed or _is_of_a_list(name)
        of_government = of_government or begins_with(name, unit_words().governments)
        unit = _inside(text, known)
        if unit is None:
            continue
        if listed or not (of_government or _has_address(rows[at : at + _NEAR + 1])):
            return Titles(unit)
        sender = sender or unit.name
    return Titles(sender=sender)


def labelled_unit(rows: Sequence[Sequence[str]]) -> SectionUnit | None:
    """The unit that the first label in some rows speaks of, in the same cell or in the next."""
    for row in rows:
        cells = [text for text in map(clean_text, row) if text]
        for at, text in enumerate(cells):
            after = [one for one in (cell.lstrip(" :=") for cell in cells[at + 1 :]) if one]
            said = after_label(text)
            if said == "" or (said is None and is_label(text) and cells[at + 1 :][:1] != after[:1]):
                said = after_label(f"{text.rstrip(' :=')} : {after[0]}") if after else None
            if said:
                return SectionUnit(said, level_of(said) or 1)
    return None


def _is_of_a_list(name: str) -> bool:
    """Whether a title says that a list follows: what comes with it is about the people listed."""
    words = name.split()[:_LISTED_WITHIN]
    return any(word in unit_words().lists for word in words) or begins_with(name, unit_words().lists)


def _has_address(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a line near the first of some rows is an address, a telephone number or the like."""
    for row in rows:
        text = clean_text(" ".join(row))
        name = normalise(text)
        if _is_of_a_list(name):
            return False
        if _ADDRESS_AT.search(text) or any(f" {word} " in f" {name} " for word in unit_words().addresses):
            return True
    return False


def _inside(text: str, known: KnownUnits) -> SectionUnit | None:
    """The unit named somewhere in a title, without what follows its name; the post of its head is no unit."""
    words = text.split()
    for start in range(len(words)):
        if start and normalise(words[start - 1]) in unit_words().posts:
            continue
        if level_of(" ".join(words[start:])) is not None:
            return unit_named(without_tail(words[start:], unit_words().tails), known)
    return None
