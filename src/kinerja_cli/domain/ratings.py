"""Read sheets of ratings: from rows to one rating a person, everything odd told by its place.

A person without ratings is not rated, which is never a zero. Half a rating, a word outside the scale and a
predikat that disagrees with its ratings refuse the row; nothing is completed by guessing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain import problems
from kinerja_cli.domain.appraisal import MethodMismatch
from kinerja_cli.domain.nip import NipFault, clean_nip, judge_nip
from kinerja_cli.domain.periods import Period, find_period
from kinerja_cli.domain.rating_cells import Judge, Verdict, cell_text
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.text import clean_text
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Place, Problem

RECAP_LAYOUT: Final = "ekinerja_rekap"
"""The layout whose second title row is the name of the unit."""

_FIELDS = ("nip", "name", "hasil", "perilaku", "skp", "perilaku_score", "innovation", "predikat", "note")
_HEADINGS = {
    "hasil": "RATING HASIL KERJA",
    "perilaku": "RATING PERILAKU KERJA",
    "skp": "NILAI SKP",
    "perilaku_score": "NILAI PERILAKU",
    "innovation": "INOVASI",
    "note": "CATATAN",
}
"""What rating files call the fields; words of documents, the same in every language."""

_ANY_DAY = date.max
_LONGEST_NOTE = 10_000
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class RatingEntry:
    """One person's rating as a row says; `skp` and `perilaku_score` are hundredths, as they are stored."""

    nip: str
    name_in_file: str
    hasil: str | None
    perilaku: str | None
    skp: int | None
    perilaku_score: int | None
    innovation: bool | None
    predikat: str
    note: str | None
    source: Source
    number: int

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)

    def content(self) -> dict[str, object]:
        """What two rows of one person must agree on."""
        return {name: getattr(self, name) for name in _HEADINGS}


@dataclass(frozen=True, slots=True)
class RatingsRead:
    """All rows of all sheets: ratings (each person once), and everything that was odd.

    `rows` counts the rows about people, `rejected` those with an error, `unrated` those without any rating.
    `seen` holds every NIP that stands in a row, rated or not.
    """

    entries: tuple[RatingEntry, ...]
    problems: tuple[Problem, ...]
    rows: int
    rejected: int
    unrated: int
    seen: frozenset[str]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    regulation: Regulation
    judge: Judge
    people: dict[str, list[RatingEntry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    unrated: int = 0
    seen: set[str] = field(default_factory=set)


def read_ratings(rows: Iterable[Row], regulation: Regulation, *, peer_opinion: bool) -> RatingsRead:
    """Read rating sheets under a regulation; every mistake is told, none stops the reading.

    Raises MethodMismatch where a sheet has ratings and the regulation wants numbers, or the other way round.
    """
    reading = _Reading(regulation, Judge(regulation, peer_opinion=peer_opinion))
    source: Source | None = None
    columns: tuple[int | None, ...] = ()
    for row in rows:
        if row.source is not source:
            source = row.source
            columns = _columns(source, regulation)
        cells, size = row.cells, len(row.cells)
        _take(reading, row, [cells[at] if at is not None and at < size else None for at in columns])
    entries = tuple(entry for entry in _settled(reading) if entry is not None)
    return RatingsRead(
        entries,
        tuple(reading.problems),
        reading.rows,
        reading.rejected,
        reading.unrated,
        frozenset(reading.seen),
    )


def sheet_period(source: Source) -> Period | None:
    """The period that the titles of a sheet name; of a quarter and its year the quarter.

    None where no period stands there, or several that do not lie one in the other.
    """
    texts = (text for row in source.above for text in (*row, " ".join(row)))
    found = {period for period in map(find_period, texts) if period is not None}
    if not found:
        return None
    shortest = min(found, key=lambda period: (period.ends - period.starts, period.code))
    nested = all(period.starts <= shortest.starts and shortest.ends <= period.ends for period in found)
    return shortest if nested else None


def sheet_unit(source: Source) -> str | None:
    """The unit that an e-Kinerja recap names in its second title row."""
    titles = [row[0] for row in source.above if row]
    if source.layout != RECAP_LAYOUT or len(titles) < 2 or find_period(titles[1]) is not None:
        return None
    return clean_text(titles[1])


def names_differ(one: str, other: str) -> bool:
    """Whether two names of one person have no word in common, which suggests a shifted row.

    >>> names_differ("M. Yusuf, S.E.", "Muhammad Yusuf"), names_differ("Ani Lestari", "Budi Santoso")
    (False, True)
    """
    words = _name_words(one)
    return bool(words) and words.isdisjoint(_name_words(other))


@lru_cache(maxsize=4096)
def _name_words(name: str) -> frozenset[str]:
    """The words of a name; initials only where there is nothing else."""
    words = frozenset(_WORDS.findall(clean_text(name).casefold()))
    return frozenset(word for word in words if len(word) > 1) or words


def _columns(source: Source, regulation: Regulation) -> tuple[int | None, ...]:
    """Where the fields stand in a sheet, which must have those that the regulation appraises by."""
    wanted = {"hasil", "perilaku"} if regulation.numeric is None else {"skp", "perilaku_score"}
    if not wanted <= source.columns.keys():
        raise MethodMismatch(regulation)
    return tuple(source.columns.get(name) for name in _FIELDS)


def _take(reading: _Reading, row: Row, values: list[CellValue]) -> None:
    """Read one row."""
    written, named, hasil, perilaku, skp, score, innovation, predikat, note = values
    # Whether a date lies in the future is for the roster to judge; here such a NIP is unknown anyway.
    judgement = judge_nip(written, today=_ANY_DAY)
    unreadable = unreadable_cells(row) if row.source.unreadable else None
    if unreadable:
        reading.rows += 1
        reading.rejected += 1
        reading.problems.extend(unreadable)
        if judgement.facts is not None:
            reading.seen.add(judgement.facts.nip)
        return
    if judgement.facts is None:
        fault = judgement.fault or NipFault.MISSING
        if fault is NipFault.MISSING and not any(map(cell_text, values)):
            return
        reading.rows += 1
        reading.rejected += 1
        reading.problems.append(_nip_problem(row, written, fault))
        return
    nip, name, said = judgement.facts.nip, cell_text(named), cell_text(note)
    reading.rows += 1
    reading.seen.add(nip)
    if len(said) > _LONGEST_NOTE:
        reading.rejected += 1
        facts = {"count": len(said), "most": _LONGEST_NOTE}
        reading.problems.append(
            problems.TEXT_TOO_LONG.at(row.place("note"), field="note", value=f"{said[:20]}…", **facts)
        )
        return
    if reading.regulation.numeric is None:
        verdict = reading.judge.ratings(hasil, perilaku, predikat)
    else:
        verdict = reading.judge.values(skp, score, innovation, predikat)
    if verdict.faults:
        reading.rejected += 1
        _tell(reading, row, verdict, name or nip)
    elif verdict.predikat is None:
        reading.unrated += 1
    else:
        entry = RatingEntry(
            nip,
            name,
            verdict.hasil,
            verdict.perilaku,
            verdict.skp,
            verdict.perilaku_score,
            verdict.innovation,
            verdict.predikat,
            said or None,
            row.source,
            row.number,
        )
        reading.people.setdefault(nip, []).append(entry)


def _tell(reading: _Reading, row: Row, verdict: Verdict, name: str) -> None:
    """Tell the faults of a combination of cells at the row where it stands."""
    reading.problems.extend(
        fault.kind.at(row.place(fault.field), field=fault.field, value=fault.value, name=name, **fault.facts)
        for fault in verdict.faults
    )


def _nip_problem(row: Row, written: CellValue, fault: NipFault) -> Problem:
    """Why a row cannot be anybody's."""
    value = f"{written:.0f}" if isinstance(written, float) else clean_text(written)
    digits = len(clean_nip(value)) if fault is NipFault.LENGTH else None
    return problems.NIP_KINDS[fault].at(row.place("nip"), field="nip", value=value or None, digits=digits)


def _settled(reading: _Reading) -> Iterator[RatingEntry | None]:
    """Each person once: rows alike become one, rows that disagree are refused."""
    for entries in reading.people.values():
        yield entries[0] if len(entries) == 1 else _one_of(entries, reading)


def _one_of(entries: list[RatingEntry], reading: _Reading) -> RatingEntry | None:
    """The one rating that several rows give, or None where they disagree; a note may stand in one alone."""
    first = entries[0]
    notes = [entry.note for entry in entries if entry.note is not None]
    whole = replace(first, note=notes[0] if notes else None)
    odd: dict[str, None] = {}
    for entry in entries:
        said = (entry if entry.note else replace(entry, note=whole.note)).content()
        odd |= dict.fromkeys(name for name, value in whole.content().items() if said[name] != value)
    if not odd:
        reading.problems.append(
            problems.DUPLICATE_SAME.at(
                entries[1].place("nip"),
                field="nip",
                value=first.nip,
                nip=first.nip,
                name=first.name_in_file or first.nip,
                count=len(entries),
                places=_places(entries),
            )
        )
        return whole
    reading.rejected += len(entries)
    columns = ", ".join(_HEADINGS[name] for name in odd)
    for entry in entries:
        other = _places(one for one in entries if one is not entry)
        reading.problems.append(
            problems.DUPLICATE_CONFLICT.at(
                entry.place("nip"), field="nip", value=entry.nip, nip=entry.nip, other=other, fields=columns
            )
        )
    return None


def _places(entries: Iterable[RatingEntry]) -> str:
    """Where rows stand, in one line."""
    return "; ".join(
        _("{file}, sheet {sheet}, row {row}").format(file=entry.source.file, sheet=entry.source.sheet, row=entry.number)
        for entry in entries
    )
