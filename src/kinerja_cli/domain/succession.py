"""What ends when people come, move, change their standing, or hand over a unit: the records that keep the past.

Something that holds from a day on overrules whatever was recorded for the days since: each function gives the
records that are to be forgotten, and those to be kept in their place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """What it comes to where the standing that a person has began on another day than was thought."""
    last = max(earlier, key=lambda one: one.ends, default=None)
    if last is None:
        return [], []
    if last.ends < _eve(since):
        return [last], [replace(last, ends=_eve(since))]
    return _overruled(earlier, replace(last, ends=_eve(since)), lambda one: one.status == person.status)


def ended_placement(move: Move, assessor_nip: str | None, earlier: Sequence[Placement]) -> Overruled[Placement]:
    """What a move to another unit ends; `assessor_nip` appraised the person in the one left."""
    left = Placement(move.old.nip, _eve(move.since), move.old.unit_code, move.old.position, assessor_nip)
    return _overruled(earlier, left, lambda one: one.unit_code == move.new.unit_code)


def not_there_before(person: Employee, since: date | None, today: date) -> Standing:
    """That a person was not with the agency until the day before they came.

    The day is the one given, else the first of the month in the NIP where that is not long ago, else today.
    """
    facts = judge_nip(person.nip, today=today).facts
    if since is None and facts is not None and facts.month is not None:
        appointed = date(facts.year, facts.month, 1)
        since = appointed if today - _RECENT <= appointed <= today else None
    return Standing(person.nip, _eve(since or today), ABSENT)


def ended_headships(
    before: Mapping[str, str],
    after: Mapping[str, str],
    moves: Iterable[Move],
    earlier: Mapping[str, Sequence[Headship]],
    today: date,
) -> Overruled[Headship]:
    """What ends where a unit has another head now, or none.

    A new head leads since they moved, the old one until they did; where neither moved it is today that counts. That
    a unit had no head is kept where it had one before, or where it is known when the first one came: otherwise
    whoever leads it first counts as having led it.
    """
    since = {move.old.nip: move.since for move in moves}
    gone: list[Headship] = []
    kept: list[Headship] = []
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code), after.get(code)
        past = earlier.get(code, ())
        if old == new or (old is None and not past and new not in since):
            continue
        left, came = since.get(old or ""), since.get(new or "")
        day = came or left or today
        ended = [Headship(code, _eve(day), old)]
        if old is not None and left is not None and left < day:
            ended = [Headship(code, _eve(left), old), Headship(code, _eve(day), None)]
        forgotten, ends = _overruled(past, ended[0], lambda one, new=new: one.nip == new)
        gone += forgotten
        kept += [*ends, *ended[1:]]
    return gone, kept


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
