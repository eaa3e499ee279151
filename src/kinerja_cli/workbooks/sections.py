"""Rows between people: which name a unit, which are notes, and which look like a unit that nobody knows."""

import re
from collections.abc import Sequence
from dataclasses import replace

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
)

_ENUMERATED = re.compile(
    r"^\(?(?:(?P<roman>[IVX]{1,5})|(?P<letter>[A-Z])|(?P<small>[a-z])|(?P<digit>[0-9]{1,3}))[.)]\s*"
)
_MARK = re.compile(r"\(?(?:(?P<roman>[IVX]{1,5})|(?P<letter>[A-Z])|(?P<small>[a-z])|(?P<digit>[0-9]{1,3}))[.)]*")
_HEADCOUNT = re.compile(r"\(?\s*(?:=\s*)?[0-9]{1,5}\s*(?:orang|org|pegawai|asn|pns|jiwa)\s*\)?", re.IGNORECASE)
_DATED = re.compile(r"\b[0-9]{1,2}[\s./-]+(?:[0-9]{1,2}|[A-Za-z]{3,9})[\s./-]+[0-9]{4}\b")
_ENDS_OF_SENTENCES = (".", ",", ":", ";", "!", "?")
_FEWEST_LETTERS = 3
_MARK_AND_NAME = 2
_LONGEST_NAME = 80
_MOST_DIGITS = 7


def unit_of_row(texts: Sequence[str], known: KnownUnits = NONE_KNOWN) -> SectionUnit | None:
    """The unit that a row names which says nothing else: in one cell, or apart from its label or its number.

    >>> unit_of_row(["I.", "DINAS SOSIAL"]), unit_of_row(["Unit Kerja", ":", "Dinas Sosial"])
    (SectionUnit(name='DINAS SOSIAL', level=1, mark='roman'), SectionUnit(name='Dinas Sosial', level=1, mark=None))
    """
    words = [text for text in texts if not _HEADCOUNT.fullmatch(text)]
    if len(words) == 1:
        return unit_of_text(words[0], known)
    if len(words) < 2:
        return None
    first, *rest = words
    if is_label(first):
        said = [text for text in rest if text not in (":", "=")]
        return unit_of_text(f"{first.rstrip(' :=')} : {said[0].lstrip(' :=')}", known) if len(said) == 1 else None
    mark = _MARK.fullmatch(first)
    if mark is None or len(rest) > 1:
        return None
    unit = unit_of_text(rest[0], known)
    if unit is None or (mark.lastgroup == "digit" and begins_with(normalise(rest[0]), unit_words().names_too)):
        return None
    return replace(unit, mark=mark.lastgroup)


def unit_of_text(text: str, known: KnownUnits = NONE_KNOWN) -> SectionUnit | None:
    """The unit that a text standing alone names: by its label, or by the word it begins with.

    >>> unit_of_text("UNIT KERJA : Dinas Kesehatan"), unit_of_text("GURU")
    (SectionUnit(name='Dinas Kesehatan', level=1, mark=None), None)
    >>> unit_of_text("B. BIDANG PELAYANAN")
    SectionUnit(name='BIDANG PELAYANAN', level=2, mark='letter')
    """
    written = clean_text(text)
    counted = _ENUMERATED.match(written)
    bare = written if counted is None else written[counted.end() :]
    mark = counted.lastgroup if counted else None
    labelled = after_label(bare)
    if labelled is not None:
        return SectionUnit(labelled, level_of(labelled) or 1, mark) if labelled else None
    unit = unit_named(bare, known)
    return None if unit is None else replace(unit, mark=mark)


def is_counted(texts: Sequence[str]) -> bool:
    """Whether a row has nothing but a text and a letter or roman number before it, as sections have and nobody has.

    >>> is_counted(["C.", "MUSTIKA RAYA"]), is_counted(["IV", "Mustika Raya"]), is_counted(["3", "Mustika Raya"])
    (True, True, False)
    """
    mark = _MARK.fullmatch(texts[0]) if len(texts) == _MARK_AND_NAME else None
    return mark is not None and mark.lastgroup != "digit"


def may_name_a_unit(text: str) -> bool:
    """Whether a text standing alone between people reads like the name of a unit that is only not known.

    >>> may_name_a_unit("PUSTEKKOM KOTA"), may_name_a_unit("GOLONGAN III"), may_name_a_unit("Contoh, 2 Januari 2026")
    (True, False, False)
    """
    written = clean_text(text)
    bare = _ENUMERATED.sub("", written)
    return (
        sum(map(str.isalpha, bare)) >= _FEWEST_LETTERS
        and len(bare) <= _LONGEST_NAME
        and sum(map(str.isdigit, bare)) <= _MOST_DIGITS
        and not bare.endswith(_ENDS_OF_SENTENCES)
        and _DATED.search(bare) is None
        and not is_note(bare)
        and not begins_with(normalise(bare), unit_words().groups)
    )


def is_note(text: str) -> bool:
    """Whether a text begins as the rows under a table do: a total, a remark, a signature.

    >>> is_note("Jumlah : 45"), is_note("Mengetahui,"), is_note("JUMLAHTI SITOHANG")
    (True, True, False)
    """
    return begins_with(normalise(text), unit_words().notes)
