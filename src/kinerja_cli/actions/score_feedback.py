"""Keep the feedback that leaders wrote into rating sheets, once each, however often a sheet is imported."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kinerja_cli.actions.score_matching import stranger
from kinerja_cli.domain import sheet_problems
from kinerja_cli.domain.feedback import Giver
from kinerja_cli.domain.feedback_rules import Feedback
from kinerja_cli.domain.sheet_feedback import SheetFeedback
from kinerja_cli.domain.text import fold
from kinerja_cli.errors import Problem
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.feedback import (
    add_feedback,
    change_feedback,
    feedback_from_sheets,
    load_feedback,
    next_feedback_id,
)
from kinerja_cli.storage.store.periods import StoredPeriod, load_periods

if TYPE_CHECKING:
    from kinerja_cli.domain.staff import Employee

Subject = tuple[str, str]
"""Whom feedback is on and which value it is about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the feedback of sheets comes to: new pieces, pieces in new words, what was odd, and how many people on
    whom it cannot be kept."""

    added: tuple[Feedback, ...] = ()
    reworded: tuple[tuple[Feedback, Feedback], ...] = ()
    problems: tuple[Problem, ...] = ()
    rejected: int = 0

    @property
    def count(self) -> int:
        """How many pieces are kept that were not, or not in these words."""
        return len(self.added) + len(self.reworded)


def keep_feedback(
    operation: Operation,
    pieces: Sequence[SheetFeedback],
    period: StoredPeriod,
    appraisals: Mapping[str, Appraisal],
    staff: "Mapping[str, Employee]",
    *,
    today: date,
) -> Kept:
    """Work out what of the feedback in sheets is new; the caller writes it with `write_feedback`.

    It counts as given by the assessor frozen in the period, on its last day or today. A text that came in with
    an earlier sheet gives way to the one in its place; whatever was given in another way stays.
    """
    if not pieces:
        return Kept()
    connection = operation.connection
    day = min(period.ends, today.isoformat())
    closed = next(
        (one.code for one in load_periods(connection) if not one.is_open and one.starts <= day <= one.ends), None
    )
    problems: list[Problem] = []
    strangers: dict[str, Problem] = {}
    wanted: dict[Subject, list[SheetFeedback]] = defaultdict(list)
    for piece in pieces:
        person = staff.get(piece.nip)
        if person is None or piece.nip not in appraisals:
            strangers.setdefault(piece.nip, stranger(piece.nip, person, period.code, piece.place()))
        else:
            wanted[piece.nip, piece.aspect.value].append(piece)
    from_sheets = feedback_from_sheets(connection, period.code)
    known: dict[Subject, list[Feedback]] = defaultdict(list)
    for old in load_feedback(connection, until=period.ends):
        # What came with a sheet before the period began is of the period all the same.
        belongs = old.given_on >= period.starts or old.id in from_sheets
        if belongs and old.giver == Giver.PIMPINAN and old.aspect is not None:
            known[old.nip, old.aspect].append(old)
    number = next_feedback_id(connection)
    added: list[Feedback] = []
    reworded: list[tuple[Feedback, Feedback]] = []
    for subject, said in wanted.items():
        fresh, stale = _differing(said, known[subject], from_sheets)
        if fresh and closed is not None:
            problems += [_too_late(piece, staff, day, closed) for piece in fresh]
        elif len(fresh) == len(stale) == 1:
            reworded.append((stale[0], replace(stale[0], tone=_tone(fresh[0]), text=fresh[0].text)))
        else:
            for piece in fresh:
                added.append(_new(number, piece, day, appraisals[piece.nip].assessor_nip, staff))
                number += 1
    return Kept(tuple(added), tuple(reworded), (*strangers.values(), *problems), len(strangers))


def write_feedback(operation: Operation, kept: Kept) -> None:
    """Keep what was worked out."""
    add_feedback(operation, kept.added)
    change_feedback(operation, kept.reworded)


def _differing(
    said: Sequence[SheetFeedback], known: Sequence[Feedback], from_sheets: Container[int]
) -> tuple[list[SheetFeedback], list[Feedback]]:
    """What sheets say that is not known, and what came from sheets that none of them says any more."""
    texts = {fold(piece.text) for piece in said}
    kept = {fold(old.text) for old in known}
    fresh = [piece for piece in said if fold(piece.text) not in kept]
    return fresh, [old for old in known if old.id in from_sheets and fold(old.text) not in texts]


def _too_late(piece: SheetFeedback, staff: "Mapping[str, Employee]", day: str, closed: str) -> Problem:
    """Tell that feedback cannot be kept, since its day lies in a closed period."""
    return sheet_problems.FEEDBACK_CLOSED.at(
        piece.place(), field=piece.field, value=piece.text, name=staff[piece.nip].display_name, day=day, period=closed
    )


def _new(number: int, piece: SheetFeedback, day: str, giver: str | None, staff: "Mapping[str, Employee]") -> Feedback:
    """A piece of feedback from the assessor of a person, as it is kept."""
    known = None if giver is None else staff.get(giver)
    return Feedback(
        id=number,
        nip=piece.nip,
        given_on=day,
        giver=Giver.PIMPINAN.value,
        giver_nip=None if known is None else known.nip,
        giver_name=None if known is None else known.display_name,
        anonymous=0,
        aspect=piece.aspect.value,
        tone=_tone(piece),
        text=piece.text,
    )


def _tone(piece: SheetFeedback) -> str | None:
    return None if piece.tone is None else piece.tone.value
