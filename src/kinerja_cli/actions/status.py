"""Where the agency stands today."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kinerja_cli.actions.backups import last_backup
from kinerja_cli.actions.deadlines import is_current
from kinerja_cli.actions.due import asked_by
from kinerja_cli.actions.moves import moves_in
from kinerja_cli.actions.objections_shown import objections_shown
from kinerja_cli.actions.period_steps import AgencyDay, PeriodSteps
from kinerja_cli.domain.moves import Move, waiting_by_step
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.rating_order import REGION_HEAD, order_on
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.operations import count_operations
from kinerja_cli.storage.store.periods import Counts, StoredPeriod, count_ratings, load_periods

_AHEAD = timedelta(days=366)
_NEXT = 5
"""So many of the days that come next are told."""


@dataclass(frozen=True, slots=True)
class NextDue:
    """What the calendar asks for next: `action` is open or close."""

    action: str
    period: str
    on: str


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup of the store: when it was made, by the agency's clock, and how many operations ago."""

    file: str
    at: str
    operations_since: int


@dataclass(frozen=True, slots=True)
class Status:
    """The agency at a glance: `overdue` are open periods whose window has ended, `due` what rollover would open.

    Each open period has its `steps`: how many wait for which. `deadlines` are the next last days over all periods,
    `objections` the undecided ones; `no_assessor` counts people in service whom nobody would rate today.
    """

    agency: str
    as_of: str
    staff: int
    units: int
    open_periods: tuple[dict[str, Any], ...]
    overdue: tuple[str, ...]
    due: tuple[str, ...]
    next: NextDue | None
    deadlines: tuple[dict[str, Any], ...]
    objections: dict[str, Any]
    no_assessor: int
    last_backup: LastBackup | None


def agency_status(store: Store, today: date) -> Status:
    """Open periods with their progress and who waits for what, and what is due next."""
    with store.reading() as connection:
        day = AgencyDay(connection, today)
        agency = day.calendars.agency
        periods = load_periods(connection)
        counts = count_ratings(connection)
        moves = {
            period.code: [move for _one, move in moves_in(PeriodSteps(day, period))]
            for period in periods
            if period.is_open or is_current(period, today)
        }
        objections = _objections(connection, today)
        coming = asked_by(connection, today + _AHEAD, today=today, since=min(agency.since, today)).due
        operations = count_operations(connection)
    kept = last_backup(str(store.path))
    later = next((one for one in coming if one.on > today), None)
    open_periods = [period for period in periods if period.is_open]
    return Status(
        agency=agency.name,
        as_of=today.isoformat(),
        staff=sum(is_appraised(person.status) for person in day.staff.values()),
        units=len(day.calendars.tree.units),
        open_periods=tuple(
            _open(period, counts.get(period.code, Counts()), _steps(day, moves[period.code])) for period in open_periods
        ),
        overdue=tuple(period.code for period in open_periods if period.window_ends < today.isoformat()),
        due=tuple(one.period.code for one in coming if one.action == "open" and one.on <= today),
        next=None if later is None else NextDue(later.action, later.period.code, later.on.isoformat()),
        deadlines=tuple(_next(day, moves)),
        objections=objections,
        no_assessor=_without_assessor(day),
        last_backup=None
        if kept is None
        else LastBackup(
            kept.file,
            kept.made.astimezone(agency.timezone).isoformat(timespec="seconds"),
            operations - kept.operations,
        ),
    )


def _open(period: StoredPeriod, counts: Counts, steps: list[dict[str, object]]) -> dict[str, object]:
    return {
        "period": period.code,
        "window_ends": period.window_ends,
        "appraisals": counts.staff,
        "rated": counts.rated,
        "steps": steps,
    }


def _steps(day: AgencyDay, moves: Iterable[Move]) -> list[dict[str, object]]:
    """How many wait for which step."""
    return [
        {
            "step": one.step,
            "what": day.words(one.label),
            "waiting": one.waiting,
            "since": _iso(one.since),
            "until": _iso(one.until),
            "late": one.late,
        }
        for one in waiting_by_step(moves)
    ]


def _next(day: AgencyDay, moves: Mapping[str, Iterable[Move]]) -> Iterable[dict[str, object]]:
    """The last days that come next, with how many steps end on each."""
    ahead: Counter[tuple[date, str, str, str]] = Counter()
    for code, found in moves.items():
        for one in found:
            if one.until is not None and one.state != "late":
                ahead[one.until, code, one.step, one.label] += 1
    for (until, code, step, label), waiting in sorted(ahead.items())[:_NEXT]:
        yield {"until": until.isoformat(), "period": code, "step": step, "what": day.words(label), "waiting": waiting}


def _objections(connection: Connection, today: date) -> dict[str, object]:
    """The objections that wait for their decision, and the last day of the next that is not late."""
    days = [str(one["decide_by"]) for one in objections_shown(connection, load_objections(connection, undecided=True))]
    ahead = [one for one in days if one >= today.isoformat()]
    return {"undecided": len(days), "late": len(days) - len(ahead), "decide_by": min(ahead, default=None)}


def _without_assessor(day: AgencyDay) -> int:
    """How many people who are to be appraised nobody would rate on that day."""
    on = day.as_of.isoformat()
    raters = order_on(day.history, day.calendars.tree, on).raters().items()
    return sum(
        one.nip is None and one.rule != REGION_HEAD and day.history.excluded_on(nip, on) is None for nip, one in raters
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
