"""Whose move it is: of everything that follows an evaluation the steps that somebody still has to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Final, Literal

from kinerja_cli.domain.deadlines import LABELS, Deadline, Facts, LastDay, deadlines_of, rules
from kinerja_cli.errors import N_

RATING: Final = ("R2", "R6")
"""The two steps that give a rating: by the assessor, and once the window is over by the assessor's superior."""

BACK_FILLED_LABEL: Final = N_("rating by the assessor")
"""What rating is called in a period that was opened after its own window: no day asks for it."""


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
    def what(self) -> str:
        """What is to be done, in the user's language."""
        return _(BACK_FILLED_LABEL if self.step == RATING[0] and self.until is None else LABELS[self.step])


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
