"""What ends when people come, change their standing, or hand over a unit: the records that keep the past."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from kinerja_cli.domain.history import ABSENT, Headship, Standing
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.domain.placements import Move
from kinerja_cli.domain.staff import Employee

_A_DAY = timedelta(days=1)
_RECENT = timedelta(days=366)


def ended_standing(old: Employee, status: str, since: date, earlier: Sequence[Standing]) -> Standing | None:
    """The standing that a new one ends; None where it is the same, or would not have lasted a day."""
    ends = (since - _A_DAY).isoformat()
    if old.status == status or any(one.ends >= ends for one in earlier):
        return None
    return Standing(old.nip, ends, old.status)


def not_there_before(person: Employee, today: date) -> Standing | None:
    """That a person was not with the agency until the day before they came; None where nobody knows since when.

    A NIP tells the month of the appointment. One of long ago says nothing: the person came from elsewhere, or was
    missing from the rosters so far, which is as likely, and then they were there all the time.
    """
    facts = judge_nip(person.nip, today=today).facts
    if facts is None or facts.month is None:
        return None
    appointed = date(facts.year, facts.month, 1)
    if not today - _RECENT <= appointed <= today:
        return None
    return Standing(person.nip, (appointed - _A_DAY).isoformat(), ABSENT)


def ended_headships(
    before: Mapping[str, str],
    after: Mapping[str, str],
    moves: Iterable[Move],
    earlier: Mapping[str, Sequence[Headship]],
    today: date,
) -> Iterator[Headship]:
    """The headships that end where a unit has another head now, or none.

    One ends the day before either of the two moved, else the day before today. That a unit had no head is not
    kept: whoever leads it first counts as having led it.
    """
    since = {move.old.nip: move.since for move in moves}
    for code, nip in before.items():
        if after.get(code) == nip:
            continue
        days = [since[one] for one in (after.get(code), nip) if one in since]
        ends = ((days[0] if days else today) - _A_DAY).isoformat()
        if all(one.ends < ends for one in earlier.get(code, ())):
            yield Headship(code, ends, nip)
