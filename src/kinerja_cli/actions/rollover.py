"""Let the calendar open and close periods: what is due by a day, in order, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from gettext import gettext as _
from typing import Final

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.participation import follow, follow_days
from kinerja_cli.actions.pending_objections import pending_objections
from kinerja_cli.actions.periods import NobodyToAppraise, close_open, open_or_add, participants_now
from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.clock import day_in
from kinerja_cli.domain.periods import Due, takes_part, what_is_due
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import rated_counts
from kinerja_cli.storage.store.operations import (
    MEMBERS_ON,
    first_known_at,
    settings_changed_at,
    was_reopened,
)
from kinerja_cli.storage.store.periods import StoredPeriod, find_stored_period, load_periods
from kinerja_cli.storage.store.settings import load_settings, load_settings_on
from kinerja_cli.storage.store.staff import known_employments, load_staff

_ASKS_FOR_YEARS: Final = ("since",)
_ASKS: Final = ("since", "cadence", "part_time_cadence")
"""The settings that say which periods there are to be: parts of a year, and years."""


class BeforeSince(KinerjaError):
    """The year named lies before every year that the agency has anything of."""

    code = "before-since"
    exit = Exit.REFUSED

    def __init__(self, as_of: date, since: date) -> None:
        super().__init__(
            _("{day} lies before the years for which rollover opens periods: they begin with {year}.").format(
                day=as_of.isoformat(), year=since.year
            ),
            _(
                "If the periods of {year} are really to be opened, and none of them can be deleted again, say so first:"
                " `kinerja settings set since {year}-01-01`. One past period alone: `kinerja period open PERIOD`."
            ).format(year=as_of.year),
        )


@dataclass(frozen=True, slots=True)
class RolledOver:
    """What the calendar asked for and what was done; `unrated` are periods past their window left open.

    `stopped` is what ended it early: what was done before stays done. `objections` counts the undecided ones that
    keep a period open.
    """

    as_of: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    unrated: dict[str, int]
    operations: tuple[int, ...]
    stopped: Exception | None = None
    objections: dict[str, int] = field(default_factory=dict)


def roll_over(
    store: Store, as_of: date, *, today: date | None = None, allow_unrated: bool = False, dry_run: bool = False
) -> RolledOver:
    """Open and close whatever is due by a day, in order, each period an operation of its own.

    Into a period come those who were in service on its first day, on whichever day it is opened. What has become
    of them since then is followed in every period that is open. `today` is the day of the clock where it differs.

    A period past its window in which people are unrated stays open and is reported, unless allowed to close. One
    that somebody reopened waits for them to close it again. The first that fails ends the run, after those before it.
    A dry run tells the same without keeping anything. Raises BeforeSince for a year before all there is.
    """
    agency, due = _due(store, as_of)
    opened: dict[str, int] = {}
    closed: list[str] = []
    unrated: dict[str, int] = {}
    objections: dict[str, int] = {}
    operations: list[int] = []
    stopped: Exception | None = None
    for one in due:
        code = one.period.code
        try:
            with store.writing(f"period.{one.action}", dry_run=dry_run) as operation:
                if one.action == "open":
                    if whole := _open_when_due(operation, agency, one, as_of, today or as_of):
                        opened[code] = whole
                else:
                    taken_back = opened.get(code, 0) if dry_run else 0
                    done, left = _close_when_due(operation, code, as_of, taken_back, allow_unrated=allow_unrated)
                    objections |= {} if done else _held_up(operation, code)
                    unrated |= {code: left} if left else {}
                    if done:
                        closed.append(code)
        except Exception as error:  # noqa: BLE001 - what was done before it is to be told of first
            stopped = error
            opened.pop(code, None)
            break
        if operation.seq is not None:
            operations.append(operation.seq)
    if stopped is None:
        with store.writing("period.follow", dry_run=dry_run) as operation:
            follow_days(operation, as_of)
        if operation.seq is not None:
            operations.append(operation.seq)
    return RolledOver(as_of.isoformat(), tuple(opened), tuple(closed), unrated, tuple(operations), stopped, objections)


def _due(store: Store, as_of: date) -> tuple[Agency, list[Due]]:
    """The agency, and what its calendar asks by a day."""
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        periods = load_periods(connection)
        annual = regulation_by_id(connection, agency.regulation).annual_window
        employments = known_employments(connection)
    if as_of.year < agency.since.year and not any(int(one.starts[:4]) <= as_of.year for one in periods):
        raise BeforeSince(as_of, agency.since)
    return agency, due_by(
        as_of,
        agency,
        periods,
        since=min(agency.since, date(as_of.year, 1, 1)),
        annual=annual,
        employments=employments,
    )


def _open_when_due(operation: Operation, agency: Agency, due: Due, as_of: date, today: date) -> int:
    """Open a period that begins, and tell how many are in it.

    0 where somebody opened it meanwhile, or where all those whose cadence it is are gone.
    """
    period = due.period
    if find_stored_period(operation.connection, period.code) is not None:
        return 0
    operation.facts[MEMBERS_ON] = due.on.isoformat()
    opened_on = min(_could_open_on(operation.connection, agency, due), today)
    _, whole = open_or_add(
        operation,
        agency if opened_on == today else _as_then(operation.connection, agency, opened_on, due.on),
        period,
        None,
        members_on=due.on,
        today=as_of,
        opened_on=opened_on,
        circles_on=(due.on, as_of),
    )
    if not whole and participants_now(agency, period) == "everybody":
        raise NobodyToAppraise(period.code)
    return whole


def _as_then(connection: Connection, agency: Agency, opened_on: date, due_on: date) -> Agency:
    """The agency with the windows that a run in the night of a day would have frozen.

    That night comes before whatever is set on that day; not so on a day on which the agency first asked.
    """
    day = opened_on if opened_on > due_on else opened_on - timedelta(days=1)
    then = read_agency(load_settings_on(connection, day, lambda at: day_in(at, agency.timezone)))
    return replace(agency, window_days=then.window_days, window_days_before=then.window_days_before)


def _could_open_on(connection: Connection, agency: Agency, due: Due) -> date:
    """The first day on which a run could have opened a period.

    That is the day on which it fell due, unless the agency asked for such periods, or had anybody for them, only later:
    then what was rated before is being taken over. A night that cron missed is no reason for the rules to differ.
    """
    participants = participants_now(agency, due.period)
    people = load_staff(connection).values() if participants != "everybody" else ()
    nips = [one.nip for one in people if takes_part(one.employment, participants)]
    asked = settings_changed_at(connection, _ASKS if due.period.number else _ASKS_FOR_YEARS)
    known = first_known_at(connection, nips or None) or asked
    return max(due.on, *(day_in(at, agency.timezone) for at in (asked, known)))


def _held_up(operation: Operation, code: str) -> dict[str, int]:
    """How many undecided objections keep a period open, by its code; nothing where none does."""
    waiting, refused = pending_objections(operation.connection, code)
    return {code: len(waiting)} if refused else {}


def _close_when_due(
    operation: Operation, code: str, as_of: date, taken_back: int, *, allow_unrated: bool
) -> tuple[bool, int]:
    """Close a period whose window is over: whether it was closed, and how many people in it are unrated.

    `taken_back` are those of a period that a dry run opened and took back: nobody of them is rated.
    """
    period = find_stored_period(operation.connection, code)
    if period is None:
        return bool(taken_back and allow_unrated), taken_back
    if not period.is_open or was_reopened(operation.connection, code):
        return False, 0
    follow(operation, period, as_of)
    left = rated_counts(operation.connection, code)[1]
    if (left and not allow_unrated) or pending_objections(operation.connection, code)[1]:
        return False, left
    close_open(operation, period, allow_unrated=True)
    return True, left


def due_by(
    day: date,
    agency: Agency,
    periods: Iterable[StoredPeriod],
    *,
    since: date,
    annual: tuple[int, int],
    employments: Collection[str],
) -> list[Due]:
    """What the calendar asks of an agency by a day, beside the periods it has; each keeps the window it froze.

    A period in which nobody of the `employments` there are takes part is not asked for.
    """
    kept = {period.code: period for period in periods}
    due = what_is_due(
        day,
        cadence=agency.cadence,
        part_time=agency.part_time_cadence,
        since=since,
        opened={code: period.state for code, period in kept.items()},
        days_after=agency.window_days,
        annual=annual,
        windows={code: date.fromisoformat(period.window_ends) for code, period in kept.items()},
    )
    return [
        one
        for one in due
        if one.period.code in kept
        or not employments
        or any(takes_part(each, participants_now(agency, one.period)) for each in employments)
    ]
