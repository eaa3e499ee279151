"""What recaps of ratings say, row by row: who stands where, rated how, under which unit and assessor.

An import of ratings keeps what is good and refuses the rest. Here nothing is kept, so every row counts: one not
rated, one that contradicts itself, and one whose NIP is damaged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from kinerja_cli.domain.appraisal import MethodMismatch
from kinerja_cli.domain.nip import NipFault, judge_nip
from kinerja_cli.domain.rating_cells import Judge, Verdict, cell_text, rating_text
from kinerja_cli.domain.ratings import nip_problem, sheet_unit
from kinerja_cli.domain.regulation import Regulation, parse_predikat
from kinerja_cli.domain.rows import CellValue, Row, Source
from kinerja_cli.domain.unreadable import unreadable_cells
from kinerja_cli.errors import Place, Problem

_FIELDS: Final = (
    "nip",
    "name",
    "unit",
    "assessor_nip",
    "assessor_name",
    "hasil",
    "perilaku",
    "skp",
    "perilaku_score",
    "innovation",
    "predikat",
)
_ANY_DAY = date.max


@dataclass(frozen=True, slots=True)
class RecapEntry:
    """One row of a recap. Without a `nip` the row cannot be anybody's, and `damage` says why.

    `unit` is what the row calls the unit, else the titles of its sheet. `predikat` is what its cell says: a
    machine value, or its text where it is no predikat. `assessor_damaged` is what stands where the assessor's NIP
    should, if it is none.
    """

    nip: str | None
    name: str
    unit: str
    assessor_nip: str
    assessor_name: str
    assessor_damaged: str
    predikat: str | None
    verdict: Verdict
    source: Source
    number: int
    damage: Problem | None = None

    @property
    def rated(self) -> bool:
        """Whether the row holds ratings that do not contradict themselves."""
        return self.verdict.predikat is not None and not self.verdict.faults

    def place(self, field: str | None = None) -> Place:
        """Where this row, or one field of it, stands in the user's file."""
        return self.source.place(self.number, field)


def read_recaps(rows: Iterable[Row], regulation: Regulation, *, peer_opinion: bool) -> list[RecapEntry]:
    """Every row about somebody, in the order of the files.

    Raises MethodMismatch where a sheet has ratings and the regulation wants numbers, or the other way round.
    """
    judge = Judge(regulation, peer_opinion=peer_opinion)
    wanted = {"hasil", "perilaku"} if regulation.numeric is None else {"skp", "perilaku_score"}
    entries: list[RecapEntry] = []
    source: Source | None = None
    columns: tuple[int | None, ...] = ()
    title = ""
    for row in rows:
        if row.source is not source:
            source = row.source
            if not wanted <= source.columns.keys():
                raise MethodMismatch(regulation)
            columns = tuple(source.columns.get(name) for name in _FIELDS)
            title = sheet_unit(source) or ""
        cells, size = row.cells, len(row.cells)
        entry = _read(row, [cells[at] if at is not None and at < size else None for at in columns], judge, title)
        if entry is not None:
            entries.append(entry)
    return entries


def _read(row: Row, values: list[CellValue], judge: Judge, title: str) -> RecapEntry | None:
    """One row; None where it says nothing."""
    written, named, unit, assessor_nip, assessor_name, hasil, perilaku, skp, score, innovation, predikat = values
    judgement = judge_nip(written, today=_ANY_DAY)
    damage = None
    if judgement.facts is None:
        fault = judgement.fault or NipFault.MISSING
        if fault is NipFault.MISSING and not any(map(cell_text, values)):
            return None
        damage = nip_problem(row, written, fault)
    unreadable = unreadable_cells(row) if row.source.unreadable else []
    if unreadable:
        damage = unreadable[0]
    if judge.regulation.numeric is None:
        verdict = judge.ratings(hasil, perilaku, predikat)
    else:
        verdict = judge.values(skp, score, innovation, predikat)
    return RecapEntry(
        None if judgement.facts is None or unreadable else judgement.facts.nip,
        cell_text(named),
        rating_text(unit) or title,
        *_assessor(assessor_nip, assessor_name),
        _predikat(judge.regulation, predikat) or verdict.predikat,
        verdict,
        row.source,
        row.number,
        damage,
    )


@lru_cache(maxsize=65536, typed=True)
def _assessor(nip: CellValue, name: CellValue) -> tuple[str, str, str]:
    """The assessor's NIP and name, and what stands in place of a NIP."""
    text = rating_text(nip)
    facts = judge_nip(nip, today=_ANY_DAY).facts if text else None
    return ("" if facts is None else facts.nip, rating_text(name), text if facts is None else "")


def _predikat(regulation: Regulation, cell: CellValue) -> str | None:
    """What the predikat's own cell says; None where it is empty."""
    text = rating_text(cell)
    read = parse_predikat(regulation, text) if text else None
    return (text or None) if read is None else read[0]
