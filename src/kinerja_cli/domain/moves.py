"""Whose move it is: of everything that follows an evaluation the steps that somebody still has to take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kinerja_cli.domain.deadlines import LABELS, Deadline, Facts, LastDay, deadlines_of, rules
from kinerja_cli.errors import N_

RATING: Final = ("R2", "R6")
"""The two steps that give a rating: by the assessor, and once the window is over by the assessor's superior."""

BACK_FILLED_LABEL: Final = N_("rating by the assessor")
"""What rating is called in a period that was opened after its own window: no day asks for it."""

SHORT_LABELS: Final = {
    "R2": N_("rating"),
    "R3": N_("document to be handed over"),
    "R4": N_("document to be signed and returned"),
    "R5": N_("report to the PyB"),
    "R6": N_("rating by the superior"),
    "R7": N_("D.1.2 to be handed over"),
    "R8": N_("D.1.2 to be signed and returned"),
    "R10": N_("decision on the objection"),
    "R11": N_("D.1.3 to be reported"),
}
"""The steps in a few words, for narrow columns."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step that is not taken yet: who must act, since when, and until when, where a day asks for it."""

    step: str
    actor: str
    since: date | None
    until: date | None
    state: Literal["not_begun", "open", "late"]

    @property
    def is_rating(self) -> bool:
        """Whether it is the rating itself that is waited for."""
        return self.step in RATING

    @property
    def label(self) -> str:
        """What is to be done, in English, marked for translation."""
        return BACK_FILLED_LABEL if self.step == RATING[0] and self.until is None else LABELS[self.step]


@dataclass(frozen=True, slots=True)
class BackFilled:
    """That a period was opened after its own window, and on which day, where that was kept."""

    opened: date | None


def moves_of(
    facts: Facts, last_day: LastDay, *, as_of: date, back_filled: BackFilled | None = None
) -> tuple[Move, ...]:
    """The steps that an appraisal waits for on a day, in their order; who is not rated always waits for the rating.

    A right that one may leave, like an objection, is no step to wait for. In a period that is being back-filled
    nothing is counted from a window that was over before anybody began.
    """
    known = deadlines_of(facts, last_day, as_of=as_of)
    steps = [one for one in known if one.code not in RATING and _is_due(one, since_window=back_filled is None)]
    moves = [Move(one.code, one.actor, one.starts, one.last_day, _state(one)) for one in steps]
    if not facts.rated:
        moves.insert(0, _rating(known, back_filled))
    return tuple(moves)


def _rating(known: Sequence[Deadline], back_filled: BackFilled | None) -> Move:
    """Who rates next: after the window the superior in the assessor's place."""
    if back_filled is not None:
        first = rules()[RATING[0]]
        return Move(first.code, first.actor, back_filled.opened, None, "open")
    now = [one for one in known if one.code in RATING][-1]
    return Move(now.code, now.actor, now.starts, now.last_day, _state(now))


def _is_due(one: Deadline, *, since_window: bool) -> bool:
    rule = rules()[one.code]
    return rule.duty and one.state in ("open", "late") and (since_window or rule.starts != "window_ends")


def _state(one: Deadline) -> Literal["not_begun", "open", "late"]:
    """How a step that is waited for stands; there is no other way for it."""
    if one.state == "not_begun" or one.state == "open":
        return one.state
    return "late"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for one step: since the first day, until the next last day (the first missed, if all are late)."""

    step: str
    label: str
    waiting: int
    since: date | None
    until: date | None
    late: int


def waiting_by_step(moves: Iterable[Move]) -> list[Waiting]:
    """How many wait for each step, in the order of the regulation."""
    by_step: dict[str, list[Move]] = {}
    for move in moves:
        by_step.setdefault(move.step, []).append(move)
    found = []
    for step in sorted(by_step, key=list(LABELS).index):
        own = by_step[step]
        ahead = [one.until for one in own if one.until is not None and one.state != "late"]
        missed = [one.until for one in own if one.until is not None and one.state == "late"]
        since = min((one.since for one in own if one.since is not None), default=None)
        until = min(ahead or missed, default=None)
        found.append(Waiting(step, own[0].label, len(own), since, until, len(missed)))
    return found
