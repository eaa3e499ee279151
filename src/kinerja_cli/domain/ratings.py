"""Read sheets of ratings: from rows to one rating a person, everything odd told by its place.

A person without ratings is not rated, which is never a zero. Half a rating, a word outside the scale and a
predikat that disagrees with its ratings refuse the row; nothing is completed by guessing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kinerja_cli.domain import problems
from kinerja_cli.domain.appraisal import MethodMismatch
from kinerja_cli.domain.damaged_nips import DamagedNip, certain_digits
from kinerja_cli.domain.names import name_words
from kinerja_cli.domain.nip import NipFault, clean_nip, judge_nip
from kinerja_cli.domain.periods import Period, titles_periods
from kinerja_cli.domain.rating_cells import Judge, Verdict, cell_text
from kinerja_cli.domain.rating_entries import BlankRow, RatingEntry, settle
from kinerja_cli.domain.recap_titles import titled_unit
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.seals import Identity, Seal, read_seal, row_key
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Problem

RECAP_LAYOUT: Final = "ekinerja_rekap"
"""The layout whose second title row is the name of the unit."""

_FIELDS = ("nip", "name", "hasil", "perilaku", "skp", "perilaku_score", "innovation", "predikat", "note")
_MARKS = ("row_key", "row_seal")
_ANY_DAY = date.max
_LONGEST_NOTE = 10_000


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
    damaged: tuple[DamagedNip, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    regulation: Regulation
    judge: Judge
    identity: Identity | None
    people: dict[str, list[RatingEntry]] = field(default_factory=dict)
    blank: dict[str, list[BlankRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    unrated: int = 0
    seen: set[str] = field(default_factory=set)
    damaged: list[DamagedNip] = field(default_factory=list)


def read_ratings(
    rows: Iterable[Row], regulation: Regulation, *, peer_opinion: bool, identity: Identity | None = None
) -> RatingsRead:
    """Read rating sheets under a regulation; every mistake is told, none stops the reading.

    With an `identity`, rows that were sent with a seal of that agency and period are read beside it.

    Raises MethodMismatch where a sheet has ratings and the regulation wants numbers, or the other way round.
    """
    reading = _Reading(regulation, Judge(regulation, peer_opinion=peer_opinion), identity)
    source: Source | None = None
    columns: tuple[int | None, ...] = ()
    for row in rows:
        if row.source is not source:
            source = row.source
            columns = _columns(source, regulation)
        cells, size = row.cells, len(row.cells)
        _take(reading, row, [cells[at] if at is not None and at < size else None for at in columns])
    entries = tuple(_settled(reading))
    return RatingsRead(
        entries,
        tuple(reading.problems),
        reading.rows,
        reading.rejected,
        reading.unrated,
        frozenset(reading.seen),
        tuple(reading.damaged),
    )


def sheet_period(source: Source) -> Period | None:
    """The period that the titles of a sheet name; of a quarter and its year the quarter.

    None where no period stands there, or several that do not lie one in the other.
    """
    found = periods_named(source)
    if not found:
        return None
    shortest = min(found, key=lambda period: (period.ends - period.starts, period.code))
    nested = all(period.starts <= shortest.starts and shortest.ends <= period.ends for period in found)
    return shortest if nested else None


def periods_named(source: Source) -> set[Period]:
    """Every period that the titles of a sheet name."""
    return set(titles_periods(source.above))


def sheet_unit(source: Source) -> str | None:
    """The unit that the titles of a sheet name: after "Unit Kerja:", or in a recap under the agency's name."""
    return titled_unit(source.above, recap=source.layout == RECAP_LAYOUT)


def names_differ(one: str, other: str) -> bool:
    """Whether two names of one person have no word in common, which suggests a shifted row.

    >>> names_differ("M. Yusuf, S.E.", "Muhammad Yusuf"), names_differ("Ani Lestari", "Budi Santoso")
    (False, True)
    """
    words = name_words(one)
    return bool(words) and words.isdisjoint(name_words(other))


def _columns(source: Source, regulation: Regulation) -> tuple[int | None, ...]:
    """Where the fields stand in a sheet, which must have those that the regulation appraises by."""
    wanted = {"hasil", "perilaku"} if regulation.numeric is None else {"skp", "perilaku_score"}
    if not wanted <= source.columns.keys():
        raise MethodMismatch(regulation)
    return tuple(source.columns.get(name) for name in (*_FIELDS, *_MARKS))


def _take(reading: _Reading, row: Row, values: list[CellValue]) -> None:
    """Read one row."""
    written, named, hasil, perilaku, skp, score, innovation, predikat, note, *marks = values
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
        if fault is NipFault.MISSING and not any(map(cell_text, values[: len(_FIELDS)])):
            return
        reading.rows += 1
        reading.rejected += 1
        unit = fold(cell_text(row.get("unit")) or sheet_unit(row.source) or "")
        certain = certain_digits(written, fault)
        reading.damaged.append(DamagedNip(len(reading.problems), fold(cell_text(named)), certain=certain, unit=unit))
        reading.problems.append(nip_problem(row, written, fault))
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
    if verdict.faults or verdict.notes:
        _tell(reading, row, verdict, name or nip)
    if verdict.faults:
        reading.rejected += 1
    elif verdict.predikat is None:
        reading.unrated += 1
        blank = BlankRow(nip, name or nip, cell_text(note), row.source, row.number, _sent(reading, nip, marks))
        reading.blank.setdefault(nip, []).append(blank)
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
            _sent(reading, nip, marks),
        )
        reading.people.setdefault(nip, []).append(entry)


def _sent(reading: _Reading, nip: str, marks: list[CellValue]) -> Seal | None:
    """What a row was sent with, if its key and its seal are those of this person."""
    # Nearly all rows come from elsewhere and have neither.
    if not marks[0] or reading.identity is None:
        return None
    key, seal = map(clean_text, marks)
    return read_seal(key, seal) if key == row_key(reading.identity, nip) else None


def _tell(reading: _Reading, row: Row, verdict: Verdict, name: str) -> None:
    """Tell what a combination of cells comes to at the row where it stands."""
    reading.problems.extend(
        fault.kind.at(row.place(fault.field), field=fault.field, value=fault.value, name=name, **fault.facts)
        for fault in (*verdict.faults, *verdict.notes)
    )


def nip_problem(row: Row, written: CellValue, fault: NipFault) -> Problem:
    """Why a row cannot be anybody's."""
    value = f"{written:.0f}" if isinstance(written, float) else clean_text(written)
    digits = len(clean_nip(value)) if fault is NipFault.LENGTH else None
    whose = problems.whose(cell_text(row.get("name")))
    return problems.NIP_KINDS[fault].at(row.place("nip"), field="nip", value=value or None, digits=digits, **whose)


def _settled(reading: _Reading) -> Iterator[RatingEntry]:
    """Each person once, from all the rows about them."""
    for nip in dict.fromkeys((*reading.people, *reading.blank)):
        entries = reading.people.get(nip, ())
        if len(entries) == 1 and entries[0].sent is None and nip not in reading.blank:
            yield entries[0]
            continue
        settled = settle(entries, reading.blank.get(nip, ()))
        reading.problems += settled.problems
        reading.rejected += settled.refused
        if settled.entry is not None:
            yield settled.entry
