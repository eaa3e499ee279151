"""Which rows between people are headings: of a unit, of a table of its own, or of something that is not known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.sections import is_counted, is_note, may_name_a_unit, unit_of_row
from kinerja_cli.workbooks.titles import read_titles
from kinerja_cli.workbooks.unit_words import KnownUnits, SectionUnit, begins_with, is_label, level_of, unit_words

_NIP_LABEL = re.compile(r"NIP\b", re.IGNORECASE)
_SIGNATURE_CELLS = 2


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row that has no plain NIP: what it says, whether a gap is above it, and how its text stands.

    `as_name` says that its only text, but for a running number, is where names stand, `counted` that it has such
    a number, and `banner` that it is merged over where NIPs do.
    """

    texts: Sequence[str]
    after_gap: bool
    as_name: bool
    counted: bool
    banner: bool

    @property
    def is_note(self) -> bool:
        """Whether one of its cells begins as the rows under a table do."""
        return any(map(is_note, self.texts))

    @property
    def is_signature(self) -> bool:
        """Whether it ends a signature: a NIP with its label, and little else."""
        return len(self.texts) <= _SIGNATURE_CELLS and any(map(_NIP_LABEL.match, self.texts))

    @property
    def is_nobody(self) -> bool:
        """Whether its text stands as that of no person does."""
        return self.banner or not self.as_name or is_counted(self.texts)

    @property
    def may_be_unknown(self) -> bool:
        """Whether it looks like the name of a unit that is only not known."""
        if not (len(self.texts) == 1 or is_counted(self.texts)) or not may_name_a_unit(self.texts[-1]):
            return False
        return self.is_nobody or self.texts[0].isupper()

    @property
    def is_title(self) -> bool:
        """Whether it looks like a title over a table, and not like somebody whose name alone is given."""
        first = self.texts[0]
        if len(self.texts) > 1:
            return is_label(first)
        name = normalise(first)
        listed = begins_with(name, unit_words().lists) or level_of(first) is not None
        return not self.as_name or self.banner or listed or first.isupper()

    @property
    def may_be_somebody(self) -> bool:
        """Whether a person may be called what it says."""
        return self.as_name and not self.banner


class Title:
    """A heading that changes nothing."""


class Unknown:
    """A heading that may be the name of a unit which is not known."""


Head: TypeAlias = SectionUnit | Title | Unknown
"""What a row between people heads."""

TITLE: Final = Title()
UNKNOWN: Final = Unknown()


def find_heads(rows: Sequence[LooseRow], known: KnownUnits, *, end: int, before_table: bool) -> Mapping[int, Head]:
    """The headings among some rows that follow each other, by their place.

    From `end` on stands what is under a table, where nothing is a heading. With `before_table` the headings of the
    columns follow: what stands last is the title of a table of its own.
    """
    signed = max((at for at, row in enumerate(rows) if row.is_signature), default=-1)
    gap = next((at for at, row in enumerate(rows) if row.after_gap), len(rows))
    heads: dict[int, Head] = {}
    if before_table:
        begin = signed + 1 if gap <= signed or gap == len(rows) else gap
        heads |= _titles(rows, range(begin, len(rows)), known)
    for at, row in enumerate(rows[:end]):
        if at in heads or gap <= at <= signed or at == signed:
            continue
        unit = _unit_of(row, known)
        if unit is not None:
            heads[at] = unit
        elif at > signed and row.may_be_unknown:
            heads[at] = UNKNOWN
    return heads


def _unit_of(row: LooseRow, known: KnownUnits) -> SectionUnit | None:
    """The unit that a row names. Where it may be somebody instead, only a word that begins units tells one, or its
    whole name in a row that is not counted: people are called Sari, as units may be for short.
    """
    unit = unit_of_row(row.texts, known)
    if unit is None or not row.may_be_somebody or unit_of_row(row.texts) is not None:
        return unit
    return unit if not row.counted and normalise(unit.name) in normalise(row.texts[-1]) else None


def _titles(rows: Sequence[LooseRow], block: range, known: KnownUnits) -> dict[int, Head]:
    """The titles right above headings printed again; the last of them brings the unit that they name."""
    places: list[int] = []
    for at in reversed(block):
        if not rows[at].is_title or rows[at].is_note:
            break
        places.insert(0, at)
    said = read_titles([rows[at].texts for at in places], known)
    heads: dict[int, Head] = dict.fromkeys(places, TITLE)
    if said.unit is not None:
        heads[places[-1]] = said.unit
    elif said.sender is None:
        heads |= dict.fromkeys((at for at in places if rows[at].may_be_unknown), UNKNOWN)
    return heads
