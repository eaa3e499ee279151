"""Who may give feedback on whom, and when two pieces of feedback are one and the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kinerja_cli.domain.feedback import Giver
from kinerja_cli.domain.nip import NIP_LENGTH, clean_nip, judge_nip, went_through_a_number
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold

COLLEAGUES: Final = frozenset({Giver.PIMPINAN, Giver.REKAN, Giver.BAWAHAN})
"""The givers who speak from within the service, each as somebody other than the person."""

LONG_AGO: Final = timedelta(days=2 * 366)
"""Feedback of a day that lies further back is worth a second look."""

_GONE: Final = frozenset({"retired", "dismissed", "transferred", "deceased"})


@dataclass(frozen=True, slots=True)
class Feedback:
    """One piece of feedback; of an anonymous one neither NIP nor name of the giver was ever kept."""

    id: int
    nip: str
    given_on: str
    giver: str
    giver_nip: str | None
    giver_name: str | None
    anonymous: int
    aspect: str | None
    tone: str | None
    text: str


class GiverFault(StrEnum):
    """Why somebody may not give this feedback."""

    SELF = "self"
    GONE = "gone"


def giver_fault(person: Employee, source: Giver, giver: Employee | str) -> GiverFault | None:
    """Why a giver, known or named, may not speak about a person in this role; None where they may.

    A name decides only among colleagues: outside of the service a namesake is somebody else.
    """
    if isinstance(giver, str):
        own = {fold(person.name), fold(person.display_name)}
        return GiverFault.SELF if source in COLLEAGUES and fold(giver) in own else None
    if giver.nip == person.nip:
        return GiverFault.SELF
    return GiverFault.GONE if source in COLLEAGUES and giver.status in _GONE else None


def service_begins(nip: str) -> date | None:
    """The first day on which somebody can have been in service by the NIP; None where it does not tell.

    >>> service_begins("198501152010012001"), service_begins("199503122024212007")
    (datetime.date(2010, 1, 1), datetime.date(2024, 1, 1))
    """
    facts = judge_nip(nip, today=date.max).facts
    return None if facts is None else date(facts.year, facts.month or 1, 1)


def looks_like_nip(text: str) -> bool:
    """Whether a giver is named by number; one with a digit missing is still meant as a number.

    >>> looks_like_nip("'19850115 201001 1 00"), looks_like_nip("1.98407E+17"), looks_like_nip("Ibu Wati RT 05")
    (True, True, False)
    """
    digits = sum(map(str.isdigit, clean_nip(text)))
    return digits >= NIP_LENGTH // 2 or went_through_a_number(text)


Words = tuple[str, str, str, str]
"""Whom feedback is on, from which side, by whom (NIP, folded name, or empty) and its folded text."""


def words_of(feedback: Feedback) -> Words:
    """What makes a piece of feedback the same as another, but for its day."""
    # Not `fold`, which remembers what it folded: texts are long and each comes once.
    text = " ".join(feedback.text.casefold().split())
    return (feedback.nip, feedback.giver, feedback.giver_nip or _named(feedback), text)


def known_as(feedback: Feedback) -> tuple[Words, ...]:
    """What the same feedback can come back as: lists name by name who was kept by NIP."""
    words = words_of(feedback)
    named = _named(feedback)
    return (words,) if words[2] == named else (words, (words[0], words[1], named, words[3]))


class Kept:
    """The feedback there is, to be asked whether some is among it."""

    def __init__(self, feedback: Sequence[Feedback] = ()) -> None:
        self._days: dict[Words, dict[str, Feedback]] = {}
        for one in feedback:
            self.add(one)

    def add(self, feedback: Feedback) -> None:
        """Take in one more."""
        for words in known_as(feedback):
            self._days.setdefault(words, {}).setdefault(feedback.given_on, feedback)

    def find(self, feedback: Feedback, *, dated: bool = True) -> Feedback | None:
        """The same by the same giver on the same day, or on any day where none was given."""
        days: Mapping[str, Feedback] = self._days.get(words_of(feedback), {})
        return days.get(feedback.given_on) if dated else next(iter(days.values()), None)


def _named(feedback: Feedback) -> str:
    return fold(feedback.giver_name or "")
