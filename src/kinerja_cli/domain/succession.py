"""What ends when people come, move, change their standing, or hand over a unit: the records that keep the past.

Something that holds from a day on overrules whatever was recorded for the days since: each function gives the
records that are to be forgotten, and those to be kept in their place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

from kinerja_cli.domain.history import ABSENT, Headship, Standing
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.domain.placements import Move, Placement
from kinerja_cli.domain.staff import Employee

_A_DAY = timedelta(days=1)
_RECENT = timedelta(days=366)

_Record = TypeVar("_Record", Standing, Headship, Placement)

Overruled: TypeAlias = tuple[list[_Record], list[_Record]]
"""Records to be forgotten, and records to be kept."""


def ended_standing(old: Employee, status: str, since: date, earlier: Sequence[Standing]) -> Overruled[Standing]:
    """What a new standing ends; nothing where it is the one there is."""
    if old.status == status:
        return [], []
    return _overruled(earlier, Standing(old.nip, _eve(since), old.status), lambda one: one.status == status)


def dated_standing(person: Employee, since: date, earlier: Sequence[Standing]) -> Overruled[Standing]:
    """What it comes to where the standing that a person has began on another day than was thought.

    Of whom nothing earlier is known, that is the day on which they came.
    """
    last = max(earlier, key=lambda one: one.ends, default=None)
    if last is None:
        return [], [Standing(person.nip, _eve(since), ABSENT)]
    if last.ends < _eve(since):
        return [last], [replace(last, ends=_eve(since))]
    return _overruled(earlier, replace(last, ends=_eve(since)), lambda one: one.status == person.status)


def ended_placement(move: Move, assessor_nip: str | None, earlier: Sequence[Placement]) -> Overruled[Placement]:
    """What a move to another unit ends; `assessor_nip` appraised the person in the one left."""
    left = Placement(move.old.nip, _eve(move.since), move.old.unit_code, move.old.position, assessor_nip)
    return _overruled(earlier, left, lambda one: one.unit_code == move.new.unit_code)


def backdated_placement(
    person: Employee,
    unit_code: str | None,
    since: date,
    earlier: Sequence[Placement],
    *,
    position: str | None = None,
    assessor_nip: str | None = None,
) -> Overruled[Placement] | None:
    """What it comes to where a person was in a unit since a day, until the next move that is known already.

    None where no move after that day is known: then the person is in the unit still. The unit there is, with a later
    day than was thought, began on that day.
    """
    past = sorted(earlier, key=lambda one: one.ends)
    later = [one for one in past if one.ends >= since.isoformat()]
    if not later:
        if past and unit_code == person.unit_code:
            last = past[-1]
            return ([], []) if last.ends == _eve(since) else ([last], [replace(last, ends=_eve(since))])
        return None
    left = later[0]
    before = [one for one in past if one.ends < left.ends]
    if left.unit_code == unit_code:
        return [], []
    after = later[1].unit_code if len(later) > 1 else person.unit_code
    kept = [] if after == unit_code else [replace(left, unit_code=unit_code, assessor_nip=assessor_nip)]
    if position is not None:
        kept = [replace(one, position=position) for one in kept]
    gone = [left]
    if before and before[-1].ends == _eve(since):
        # Nothing is left of the unit left: the move to it is the one that was wrong.
        if before[-1].unit_code == unit_code:
            gone.append(before[-1])
    else:
        kept.append(replace(left, ends=_eve(since)))
    return gone, kept


def not_there_before(person: Employee, today: date) -> Standing | None:
    """That a person was not with the agency until the day before they came; None where nobody knows since when.

    A NIP tells the month of the appointment, that of a PPPK the year alone: then it is the day on which it became
    known. An appointment of long ago says nothing: the person came from elsewhere, or was missing from the rosters
    so far, which is as likely, and then they were there all the time.
    """
    facts = judge_nip(person.nip, today=today).facts
    if facts is None:
        return None
    if facts.month is None:
        return Standing(person.nip, _eve(today), ABSENT) if facts.year == today.year else None
    appointed = date(facts.year, facts.month, 1)
    if not today - _RECENT <= appointed <= today:
        return None
    return Standing(person.nip, _eve(appointed), ABSENT)


def ended_headships(
    before: Mapping[str, str],
    after: Mapping[str, str],
    moves: Sequence[Move],
    earlier: Mapping[str, Sequence[Headship]],
    today: date,
) -> Overruled[Headship]:
    """What ends where a unit has another head now, or none.

    A new head leads since they moved, the old one until they did; where neither moved, it counts when somebody else
    left or entered the unit, else today. `moves` are changes of unit and of standing. That a unit had no head is kept
    where it had one before, or where somebody's move gave it the first: otherwise whoever leads it first counts as
    having led it always.
    """
    since = {move.old.nip: move.since for move in moves}
    touched = {code: move.since for move in moves for code in (move.old.unit_code, move.new.unit_code)}
    gone: list[Headship] = []
    kept: list[Headship] = []
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        past = earlier.get(code, ())
        if old == new or (old is None and not past and new not in since and code not in touched):
            continue
        forgotten, ended = _handed_over(code, old, new, since, past, touched.get(code, today))
        gone += forgotten
        kept += ended
    return gone, kept


def _handed_over(
    code: str, old: str | None, new: str | None, since: Mapping[str, date], past: Sequence[Headship], otherwise: date
) -> Overruled[Headship]:
    """What ends where one unit passes from one to another, either of whom may be nobody."""
    left, came = since.get(old or ""), since.get(new or "")
    day = came or left or otherwise
    if left is None or left >= day:
        return _overruled(past, Headship(code, _eve(day), old), lambda one: one.nip == new)
    gone, kept = _overruled(past, Headship(code, _eve(left), old), lambda one: one.nip is None)
    return gone, [*kept, Headship(code, _eve(day), None)]


def _overruled(earlier: Sequence[_Record], ended: _Record, holds_now: Callable[[_Record], bool]) -> Overruled[_Record]:
    """The records to forget and to keep where something holds from the day after one on, whatever was recorded.

    `ended` is the present until now, as ending then; `holds_now` tells a record of what holds from then on.
    """
    later = [one for one in earlier if one.ends >= ended.ends]
    held = replace(min(later, key=lambda one: one.ends, default=ended), ends=ended.ends)
    kept = [] if holds_now(held) else [held]
    return [one for one in later if one not in kept], [one for one in kept if one not in later]


def _eve(day: date) -> str:
    """The day before one, as ISO text."""
    return (day - _A_DAY).isoformat()
