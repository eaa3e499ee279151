"""Sheets called after units: by a word of their name, by a unit that is known, or because all of a file are."""

import re
from collections.abc import Sequence

from kinerja_cli.domain.text import clean_text
from kinerja_cli.workbooks.headings import normalise
from kinerja_cli.workbooks.unit_words import (
    NONE_KNOWN,
    KnownUnits,
    SectionUnit,
    level_of,
    unit_named,
    unit_words,
    without_tail,
)

_NUMBERED = re.compile(r" ?\(?[0-9]+\)?$")
_COUNTED = re.compile(r"^\(?(?:[IVX]{1,5}|[A-Za-z]|[0-9]{1,3})[.)_-]\s*|^[0-9]{1,3}\s+")
_FEWEST_LETTERS = 3


def units_of_tabs(tabs: Sequence[str], known: KnownUnits = NONE_KNOWN) -> list[SectionUnit | None]:
    """The unit that each of the sheets of one file is called after, in order.

    A tab that nothing tells to be a unit counts as one only where every other of the file may be one too.

    >>> [unit and unit.name for unit in units_of_tabs(["Melati", "Mawar"])], units_of_tabs(["Melati"])
    (['Melati', 'Mawar'], [None])
    >>> [unit and unit.name for unit in units_of_tabs(["DINKES", "Melati", "Pensiun"])]
    ['DINKES', None, None]
    """
    units = [unit_of_tab(tab, known) for tab in tabs]
    if len(tabs) > 1 and all(unit or _may_be_a_unit(tab) for tab, unit in zip(tabs, units, strict=True)):
        return [unit or SectionUnit(clean_text(tab), 1) for tab, unit in zip(tabs, units, strict=True)]
    return units


def unit_of_tab(tab: str, known: KnownUnits = NONE_KNOWN) -> SectionUnit | None:
    """The unit that a sheet is called after by itself.

    >>> unit_of_tab("01 Dinas Sosial"), unit_of_tab("Data Dinas Sosial 2026"), unit_of_tab("Guru")
    (SectionUnit(name='Dinas Sosial', level=1, mark=None), SectionUnit(name='Dinas Sosial', level=1, mark=None), None)
    """
    written = clean_text(tab)
    words = _COUNTED.sub("", written).split()
    while len(words) > 1 and level_of(" ".join(words)) is None and normalise(words[0]) in unit_words().lists:
        words = words[1:]
    name = without_tail(words, unit_words().times)
    bare = _NUMBERED.sub("", name) if _is_numbered_copy(name) else name
    return known.find(written) or known.cut_off(written) or unit_named(bare, known)


def is_default(tab: str) -> bool:
    """Whether a tab is called as spreadsheet programs call them, by which nobody means a unit."""
    return _NUMBERED.sub("", normalise(tab)) in unit_words().default_tabs


def _is_numbered_copy(name: str) -> bool:
    """Whether a name ends in the year, or in the number in brackets that a copied sheet gets."""
    return name.endswith(")") or re.search(r" 20[0-9]{2}$", name) is not None


def _may_be_a_unit(tab: str) -> bool:
    name = _NUMBERED.sub("", normalise(tab))
    said = name.split()
    return (
        sum(map(str.isalpha, name)) >= _FEWEST_LETTERS
        and name not in unit_words().tabs
        and not any(word in unit_words().tab_words for word in said)
    )
