"""Let the calendar open and close periods: what is due by a day, in order, each once."""

from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.due import Asked, OpenedAs, asked_by
from kinerja_cli.actions.participation import follow, follow_days
from kinerja_cli.actions.pending_objections import pending_objections
from kinerja_cli.actions.periods import NobodyToAppraise, close_open, open_or_add
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.due import Due
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import rated_counts
from kinerja_cli.storage.store.operations import MEMBERS_ON, was_reopened
from kinerja_cli.storage.store.periods import find_stored_period, load_periods
from kinerja_cli.storage.store.settings import load_settings


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
    asked = _asked(store, as_of, today or as_of)
    opened: dict[str, int] = {}
    closed: list[str] = []
    unrated: dict[str, int] = {}
    objections: dict[str, int] = {}
    operations: list[int] = []
    stopped: Exception | None = None
    for one in asked.due:
        code = one.period.code
        try:
            with store.writing(f"period.{one.action}", dry_run=dry_run) as operation:
                if one.action == "open":
                    if whole := _open_when_due(operation, one, asked.openings[code], as_of):
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


def _asked(store: Store, as_of: date, today: date) -> Asked:
    """What the calendar asks by a day. Raises BeforeSince for a year before all there is."""
    with store.reading() as connection:
        since = read_agency(load_settings(connection)).since
        if as_of.year < since.year and not any(int(one.starts[:4]) <= as_of.year for one in load_periods(connection)):
            raise BeforeSince(as_of, since)
        return asked_by(connection, as_of, today=today, since=min(since, date(as_of.year, 1, 1)))


def _open_when_due(operation: Operation, due: Due, opening: OpenedAs, as_of: date) -> int:
    """Open a period that begins, and tell how many are in it.

    0 where somebody opened it meanwhile, or where all those whose cadence it is are gone.
    """
    period = due.period
    if find_stored_period(operation.connection, period.code) is not None:
        return 0
    operation.facts[MEMBERS_ON] = due.on.isoformat()
    _, whole = open_or_add(
        operation,
        opening.agency,
        period,
        None,
        participants=opening.participants,
        members_on=due.on,
        today=as_of,
        opened_on=opening.opened_on,
        circles_on=(due.on, as_of),
    )
    if not whole and opening.participants == "everybody":
        raise NobodyToAppraise(period.code)
    return whole


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
