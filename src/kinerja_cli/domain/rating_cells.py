"""What the cells of a rating come to: two ratings or two values, the predikat they give, or what is wrong.

The same few combinations of cells fill whole files, so each is judged once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from gettext import gettext as _
from typing import Final

from kinerja_cli.domain import rating_problems
from kinerja_cli.domain.appraisal import (
    MethodMismatch,
    ScoreOutOfRange,
    appraise_numbers,
    parse_number,
    predikat_of,
)
from kinerja_cli.domain.personnel import vocabulary
from kinerja_cli.domain.regulation import NumericRules, Regulation, Term, parse_predikat, parse_rating, suggest
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.errors import KinerjaError, ProblemKind

_DASHES = frozenset("-–—_.")
_YES = frozenset({"YA", "YES", "Y", "TRUE", "1", "ADA", "V", "X", "✓", "✔"})
_NO = frozenset({"", "TIDAK", "TIDAK ADA", "NO", "N", "T", "FALSE", "0", "NIHIL"})

SPOKEN: Final = {
    "hasil": "hasil",
    "perilaku": "perilaku",
    "skp": "SKP",
    "perilaku_score": "perilaku",
    "innovation": "inovasi",
}
"""What sentences call the fields; words of the regulation, the same in every language."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a combination of cells, wherever it stands."""

    kind: ProblemKind
    field: str
    value: str | None
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rating cells come to; without a predikat and without faults the person is not rated.

    `skp` and `perilaku_score` are hundredths, as they are stored. `notes` are worth telling and refuse nothing.
    """

    hasil: str | None = None
    perilaku: str | None = None
    skp: int | None = None
    perilaku_score: int | None = None
    innovation: bool | None = None
    predikat: str | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


class Judge:
    """Judges the rating cells of rows under one regulation."""

    def __init__(self, regulation: Regulation, *, peer_opinion: bool) -> None:
        self.regulation = regulation
        self._peer_opinion = peer_opinion
        self._known: dict[tuple[object, ...], Verdict] = {}

    def ratings(self, hasil: CellValue, perilaku: CellValue, predikat: CellValue) -> Verdict:
        """What two ratings come to, and the predikat beside them where there is one."""
        key = (rating_text(hasil), rating_text(perilaku), rating_text(predikat))
        verdict = self._known.get(key)
        if verdict is None:
            verdict = self._known[key] = self._judge_ratings(*key)
        return verdict

    def values(self, skp: CellValue, perilaku: CellValue, innovation: CellValue, predikat: CellValue) -> Verdict:
        """What two values come to, with the innovation and the predikat beside them.

        Raises MethodMismatch under a regulation that appraises by ratings.
        """
        idea, named = cell_text(innovation), rating_text(predikat)
        key = (skp, perilaku, type(skp), type(perilaku), idea, named)
        verdict = self._known.get(key)
        if verdict is None:
            verdict = self._judge_values({"skp": skp, "perilaku_score": perilaku}, idea, named)
            self._known[key] = verdict
        return verdict

    def _judge_ratings(self, hasil: str, perilaku: str, predikat: str) -> Verdict:
        regulation = self.regulation
        given = {"hasil": hasil, "perilaku": perilaku}
        read = {name: parse_rating(regulation, text) for name, text in given.items() if text}
        faults = [self._unknown(name, given[name]) for name, value in read.items() if value is None]
        faults += _incomplete(given, predikat)
        if faults or not read:
            return Verdict(faults=tuple(faults))
        first, second = str(read["hasil"]), str(read["perilaku"])
        outcome = predikat_of(regulation, first, second)
        found, notes = self._compared(predikat, outcome)
        return Verdict(hasil=first, perilaku=second, predikat=outcome, faults=found, notes=notes)

    def _unknown(self, name: str, text: str) -> Fault:
        """A word outside the scale."""
        near = perhaps_meant(self.regulation, text, self.regulation.ratings)
        return Fault(rating_problems.RATING_UNKNOWN, name, text, {"what": SPOKEN[name], "suggestion": near})

    def _judge_values(self, cells: Mapping[str, CellValue], innovation: str, predikat: str) -> Verdict:
        rules = self.regulation.numeric
        if rules is None:
            raise MethodMismatch(self.regulation)
        given = {name: rating_text(cell) for name, cell in cells.items()}
        faults: list[Fault] = []
        values: dict[str, Decimal] = {}
        for name, text in given.items():
            if text:
                try:
                    values[name] = _value(SPOKEN[name], cells[name], rules)
                except KinerjaError as error:
                    facts = {"what": SPOKEN[name], "why": error.message}
                    faults.append(Fault(rating_problems.SCORE_INVALID, name, text, facts))
        faults += _incomplete(given, predikat)
        new_idea = fold(innovation) in _YES
        if not new_idea and fold(innovation) not in _NO:
            facts = {"what": SPOKEN["innovation"], "why": _("write ya or tidak.")}
            faults.append(Fault(rating_problems.SCORE_INVALID, "innovation", innovation, facts))
        if faults or not values:
            return Verdict(faults=tuple(faults))
        skp, score = values["skp"], values["perilaku_score"]
        outcome = appraise_numbers(
            self.regulation, skp, score, innovation=new_idea, peer_opinion=self._peer_opinion
        ).predikat
        found, notes = self._compared(predikat, outcome)
        return Verdict(
            skp=hundredths(skp),
            perilaku_score=hundredths(score),
            innovation=new_idea,
            predikat=outcome,
            faults=found,
            notes=notes,
        )

    def _compared(self, predikat: str, outcome: str) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
        """Whether the predikat of a file is the one its ratings give: what is wrong, and what is worth a note."""
        if not predikat:
            return (), ()
        read = parse_predikat(self.regulation, predikat)
        if read is None:
            near = perhaps_meant(self.regulation, predikat, self.regulation.predikat)
            return (Fault(rating_problems.PREDIKAT_UNKNOWN, "predikat", predikat, {"suggestion": near}),), ()
        facts = {"expected": self.regulation.predikat_label(outcome)}
        if read[0] != outcome:
            return (Fault(rating_problems.PREDIKAT_MISMATCH, "predikat", predikat, facts),), ()
        return (), (Fault(rating_problems.PREDIKAT_OLD_NAME, "predikat", predikat, facts),) if read[1] else ()


@lru_cache(maxsize=65536, typed=True)
def cell_text(value: CellValue) -> str:
    """A cell as text; a dash alone stands for an empty cell.

    >>> cell_text(" - "), cell_text("Sesuai  Ekspektasi"), cell_text(None)
    ('', 'Sesuai Ekspektasi', '')
    """
    text = clean_text(value)
    return "" if _DASHES.issuperset(text) else text


@lru_cache(maxsize=65536, typed=True)
def rating_text(value: CellValue) -> str:
    """A cell of a rating as text; whatever says that there is none yet stands for an empty cell.

    >>> rating_text("Belum dinilai"), rating_text("N/A"), rating_text("Sesuai  Ekspektasi")
    ('', '', 'Sesuai Ekspektasi')
    """
    text = cell_text(value)
    return "" if fold(text) in vocabulary().not_rated else text


def perhaps_meant(regulation: Regulation, text: str, terms: tuple[Term, ...]) -> str:
    """The end of a sentence that names the nearest label, or nothing."""
    return spoken_suggestion(suggest(regulation, text, terms=terms))


def spoken_suggestion(near: str | None) -> str:
    """The end of a sentence that names what may be meant, or nothing."""
    return "" if near is None else _("; perhaps {label} is meant").format(label=near)


def hundredths(value: Decimal) -> int:
    """A value of at most two decimals as it is stored.

    >>> hundredths(Decimal("87.5"))
    8750
    """
    return int(value * 100)


def _incomplete(given: Mapping[str, str], predikat: str) -> list[Fault]:
    """One rating without the other, or a predikat without any."""
    there = [name for name, text in given.items() if text]
    if len(there) == 1:
        lacking = next(name for name in given if name not in there)
        facts = {"given": SPOKEN[there[0]], "lacking": SPOKEN[lacking]}
        return [Fault(rating_problems.RATING_HALF, lacking, None, facts)]
    if predikat and not there:
        return [Fault(rating_problems.PREDIKAT_ALONE, "predikat", predikat, {})]
    return []


def _value(what: str, cell: CellValue, rules: NumericRules) -> Decimal:
    """The number of a cell, which must lie on the regulation's scale."""
    value = parse_number(cell)
    if not rules.lowest <= value <= rules.highest:
        raise ScoreOutOfRange(what, value, rules)
    return value
