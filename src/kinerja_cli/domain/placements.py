"""Where people served before they moved, so that an appraisal knows the units of its period and from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kinerja_cli.domain.staff import Employee

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placement:
    """A unit that a person has left: `ends` is the last day there, the first is the day after the one before it.

    `assessor_nip` is who appraised them there. Days are ISO text.
    """

    nip: str
    ends: str
    unit_code: str | None
    position: str | None = None
    assessor_nip: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included, that a person spent in one unit."""

    starts: date
    ends: date
    unit_code: str | None
    position: str | None
    assessor_nip: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A person who went from one unit to another, and from which day on."""

    old: Employee
    new: Employee
    since: date


def move_of(old: Employee, new: Employee, *, since: str | None, today: date) -> Move | None:
    """The move between two states of a person, or None where the unit is the same or one is unknown.

    It counts from the day the file gives, else from the day the new position is held, else from today.
    """
    if old.unit_code is None or new.unit_code is None or old.unit_code == new.unit_code:
        return None
    newer = new.position_since if (new.position_since or "") > (old.position_since or "") else None
    days = [date.fromisoformat(text) for text in (since, newer) if text]
    return Move(old, new, next((day for day in days if day <= today), today))


def spans_between(
    starts: date,
    ends: date,
    past: Sequence[Placement],
    *,
    unit_code: str | None,
    position: str | None,
    assessor_nip: str | None,
) -> tuple[Span, ...]:
    """The units of a person between two days, in order: those they left, and the one they are in since.

    >>> past = [Placement("1", "2026-07-31", "P")]
    >>> [(str(one.starts), one.unit_code) for one in spans_between(
    ...     date(2026, 7, 1), date(2026, 9, 30), past, unit_code="Q", position=None, assessor_nip=None)]
    [('2026-07-01', 'P'), ('2026-08-01', 'Q')]
    """
    spans = []
    first = starts
    for one in sorted(past, key=lambda placement: placement.ends):
        last = date.fromisoformat(one.ends)
        if last < first:
            continue
        spans.append(Span(first, min(last, ends), one.unit_code, one.position, one.assessor_nip))
        first = last + _A_DAY
        if first > ends:
            return tuple(spans)
    return (*spans, Span(first, ends, unit_code, position, assessor_nip))


def kept_spans(
    spans: Sequence[Span], *, unit_code: str | None, position: str | None, assessor_nip: str | None
) -> tuple[Span, ...]:
    """Spans as a period has kept them, which ends in the unit and with the assessor that it keeps of a person.

    What was recorded since of later moves is left away; where none of the spans is in that unit, it is all there is.

    >>> moved = [Span(date(2026, 7, 1), date(2026, 7, 31), "P", None, "1"),
    ...          Span(date(2026, 8, 1), date(2026, 9, 30), "Q", None, "2")]
    >>> [(str(one.ends), one.unit_code, one.assessor_nip) for one in kept_spans(
    ...     moved, unit_code="P", position=None, assessor_nip="3")]
    [('2026-09-30', 'P', '3')]
    """
    last = max((at for at, span in enumerate(spans) if span.unit_code == unit_code), default=0)
    return (*spans[:last], Span(spans[last].starts, spans[-1].ends, unit_code, position, assessor_nip))
