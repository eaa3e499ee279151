"""Open, close and reopen periods, and let the calendar do it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.lookup import require_period, require_unit
from kinerja_cli.actions.pending_objections import pending_objections, refuse_over_objections
from kinerja_cli.actions.refusals import PeriodClosed, PeriodNotOpened
from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.assessors import assessors
from kinerja_cli.domain.periods import Due, Period, parse_period, what_is_due, window_ends
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import (
    Appraisal,
    add_appraisals,
    fingerprint,
    load_appraisals,
    rated_counts,
    results,
)
from kinerja_cli.storage.store.operations import was_reopened
from kinerja_cli.storage.store.periods import (
    PeriodUnit,
    StoredPeriod,
    add_period,
    add_period_units,
    change_period,
    count_ratings,
    find_stored_period,
    load_period_units,
    load_periods,
)
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_heads, load_units

_NAMED = 5


class PeriodUnrated(KinerjaError):
    """The period cannot be closed while people in it are not rated."""

    code = "period-unrated"
    exit = Exit.REFUSED

    def __init__(self, period: str, unrated: int, names: Iterable[str]) -> None:
        listed = list(names)
        more = ", …" if unrated > len(listed) else ""
        super().__init__(
            _("{period} cannot be closed: {unrated} people are not rated ({names}).").format(
                period=period, unrated=unrated, names="; ".join(listed) + more
            ),
            _(
                "See them with `kinerja report missing {period}`, record their ratings, or close with --allow-unrated."
            ).format(period=period),
        )


class PeriodOpenAlready(KinerjaError):
    """The period is open, so it cannot be reopened."""

    code = "period-open"
    exit = Exit.REFUSED

    def __init__(self, period: str) -> None:
        super().__init__(
            _("{period} is open already.").format(period=period),
            _("Only a closed period can be reopened; nothing was changed."),
        )


class NobodyToAppraise(KinerjaError):
    """There is nobody active whom the period could take in."""

    code = "nobody-to-appraise"
    exit = Exit.REFUSED

    def __init__(self, period: str) -> None:
        super().__init__(
            _("{period} was not opened: there is nobody in service to appraise.").format(period=period),
            _("Import a roster first with `kinerja staff import FILE`."),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening came to: everybody in the period, and those added just now."""

    operation: int | None
    period: str
    state: str
    appraisals: int
    added: int


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing came to; `objections` are those whose objection was undecided, where that is allowed."""

    operation: int | None
    period: str
    state: str
    rated: int
    unrated: int
    fingerprint: str
    objections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RolledOver:
    """What the calendar asked for and what was done; `unrated` are periods past their window left open.

    `objections` counts the undecided ones that keep a period open.
    """

    as_of: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    unrated: dict[str, int]
    operations: tuple[int, ...]
    objections: dict[str, int] = field(default_factory=dict)


def open_period(
    store: Store, text: str, *, unit: str | None = None, late_joiners: bool = False, dry_run: bool = False
) -> Opened:
    """Open a period, or add to an open one whoever is in service and not yet in it.

    Opening freezes the regulation, the unit tree and each person's unit, post, rank and assessor.
    `late_joiners` insists that the period is open already; `unit` takes in only that unit and those below it.
    """
    period = parse_period(text)
    with store.writing("period.open", dry_run=dry_run) as operation:
        agency = read_agency(load_settings(operation.connection))
        if late_joiners and find_stored_period(operation.connection, period.code) is None:
            raise PeriodNotOpened(period.code)
        added, whole = _open(operation, agency, period, unit)
        if not whole:
            raise NobodyToAppraise(period.code)
    return Opened(operation.seq, period.code, "open", whole, added)


def close_period(store: Store, text: str, *, allow_unrated: bool = False, dry_run: bool = False) -> Closed:
    """Close a period. Refused while people are unrated, unless allowed; a second close changes nothing."""
    with store.writing("period.close", dry_run=dry_run) as operation:
        period = require_period(operation.connection, text)
        if not period.is_open:
            rated, unrated = rated_counts(operation.connection, period.code)
            return Closed(None, period.code, period.state, rated, unrated, period.fingerprint or "")
        waiting = refuse_over_objections(operation.connection, period.code)
        rated, unrated, print_ = _close(operation, period, allow_unrated=allow_unrated)
    return Closed(operation.seq, period.code, "closed", rated, unrated, print_, tuple(waiting))


def reopen_period(store: Store, text: str, *, reason: str, dry_run: bool = False) -> int | None:
    """Open a closed period again; the reason stays in the history."""
    if not reason.strip():
        raise UsageError(
            _("Reopening a period needs a reason."), _("Give it with --reason, in words others will understand.")
        )
    with store.writing("period.reopen", dry_run=dry_run) as operation:
        period = require_period(operation.connection, text)
        if period.is_open:
            raise PeriodOpenAlready(period.code)
        operation.reason = reason.strip()
        operation.period_code = period.code
        change_period(operation, period, replace(period, state="open", fingerprint=None))
    return operation.seq


def list_periods(store: Store) -> list[dict[str, object]]:
    """Every period with its dates, its state and how far it is."""
    with store.reading() as connection:
        counts = count_ratings(connection)
        return [_shown(period, counts) for period in load_periods(connection)]


def show_period(store: Store, text: str) -> dict[str, object]:
    """One period with everything that was frozen in it."""
    with store.reading() as connection:
        period = require_period(connection, text)
        shown = _shown(period, count_ratings(connection))
        units = load_period_units(connection, period.code)
    return shown | {
        "regulation": period.regulation_id,
        "peer_opinion": bool(period.peer_opinion),
        "units": len(units),
        "fingerprint": period.fingerprint,
    }


def roll_over(store: Store, as_of: date, *, allow_unrated: bool = False, dry_run: bool = False) -> RolledOver:
    """Open and close whatever is due by a day, in order, each period an operation of its own.

    A period past its window in which people are unrated stays open and is reported, unless allowed to close. One
    that somebody reopened waits for them to close it again.
    A dry run tells the same without keeping anything.
    """
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        periods = load_periods(connection)
        annual = regulation_by_id(connection, agency.regulation).annual_window
    due = due_by(as_of, agency, periods, since=min(agency.since, date(as_of.year, 1, 1)), annual=annual)
    opened: list[str] = []
    closed: list[str] = []
    unrated: dict[str, int] = {}
    objections: dict[str, int] = {}
    operations: list[int] = []
    for one in due:
        code = one.period.code
        with store.writing(f"period.{one.action}", dry_run=dry_run) as operation:
            if one.action == "open":
                if find_stored_period(operation.connection, code) is not None:
                    continue
                _, whole = _open(operation, agency, one.period, None)
                if not whole:
                    raise NobodyToAppraise(code)
                opened.append(code)
            else:
                done, left = _close_when_due(operation, code, allow_unrated=allow_unrated, dry_run=dry_run)
                waiting, refused = pending_objections(operation.connection, code)
                if refused and not done:
                    objections[code] = len(waiting)
                if left:
                    unrated[code] = left
                if done:
                    closed.append(code)
        if operation.seq is not None:
            operations.append(operation.seq)
    return RolledOver(as_of.isoformat(), tuple(opened), tuple(closed), unrated, tuple(operations), objections)


def _close_when_due(operation: Operation, code: str, *, allow_unrated: bool, dry_run: bool) -> tuple[bool, int]:
    """Close a period whose window is over: whether it was closed, and how many people in it are unrated."""
    period = find_stored_period(operation.connection, code)
    if period is not None and (not period.is_open or was_reopened(operation.connection, code)):
        return False, 0
    left = _unrated_at(operation.connection, period, dry_run=dry_run)
    if (left and not allow_unrated) or pending_objections(operation.connection, code)[1]:
        return False, left
    if period is not None:
        _close(operation, period, allow_unrated=True)
    return True, left


def due_by(
    day: date, agency: Agency, periods: Iterable[StoredPeriod], *, since: date, annual: tuple[int, int]
) -> list[Due]:
    """What the calendar asks of an agency by a day, beside the periods it has; each keeps the window it froze."""
    kept = list(periods)
    return what_is_due(
        day,
        cadence=agency.cadence,
        since=since,
        opened={period.code: period.state for period in kept},
        days_after=agency.window_days,
        annual=annual,
        windows={period.code: date.fromisoformat(period.window_ends) for period in kept},
    )


def _unrated_at(connection: Connection, period: StoredPeriod | None, *, dry_run: bool) -> int:
    """How many people of a period are unrated; one that a dry run opened and took back had everybody so."""
    if period is not None:
        return rated_counts(connection, period.code)[1]
    return sum(is_appraised(person.status) for person in load_staff(connection).values()) if dry_run else 0


def _open(operation: Operation, agency: Agency, period: Period, unit: str | None) -> tuple[int, int]:
    """Open a period or add to it; how many people were added, and how many it then has."""
    connection = operation.connection
    stored = find_stored_period(connection, period.code)
    if stored is not None and not stored.is_open:
        raise PeriodClosed(period.code)
    operation.period_code = period.code
    staff = load_staff(connection)
    units = load_units(connection)
    heads = load_heads(connection)
    tree = UnitTree(units)
    inside = None if unit is None else tree.within(require_unit(units, unit).code)
    known = load_appraisals(connection, period.code)
    rated_by = assessors(staff, tree, heads)
    joining = [
        Appraisal(
            period.code,
            person.nip,
            1,
            person.unit_code,
            person.position,
            person.position_type,
            person.rank,
            person.employment,
            person.sex,
            rated_by.get(person.nip),
        )
        for person in staff.values()
        if is_appraised(person.status) and person.nip not in known and (inside is None or person.unit_code in inside)
    ]
    if stored is None and joining:
        regulation = regulation_by_id(connection, agency.regulation)
        ends = window_ends(period, days_after=agency.window_days, annual=regulation.annual_window)
        add_period(
            operation,
            StoredPeriod(
                period.code,
                str(period.kind),
                period.starts.isoformat(),
                period.ends.isoformat(),
                ends.isoformat(),
                "open",
                regulation.id,
                regulation.text,
                int(agency.peer_opinion),
                None,
            ),
        )
    frozen = load_period_units(connection, period.code)
    if joining:
        add_period_units(
            operation,
            period.code,
            [
                PeriodUnit(code, one.name, tree.path(code), one.parent_code, heads.get(code), None)
                for code, one in units.items()
                if code not in frozen
            ],
        )
    add_appraisals(operation, joining)
    operation.facts.update({"added": len(joining), "appraisals": len(known) + len(joining)})
    return len(joining), len(known) + len(joining)


def _close(operation: Operation, period: StoredPeriod, *, allow_unrated: bool) -> tuple[int, int, str]:
    """Close an open period; its rated and unrated people, and its fingerprint."""
    connection = operation.connection
    rated, unrated = rated_counts(connection, period.code)
    if unrated and not allow_unrated:
        waiting = results(connection, period.code, unrated=True)[:_NAMED]
        raise PeriodUnrated(period.code, unrated, (f"{row['name']} ({row['nip']})" for row in waiting))
    print_ = fingerprint(connection, period.code)
    operation.period_code = period.code
    change_period(operation, period, replace(period, state="closed", fingerprint=print_))
    operation.facts.update({"rated": rated, "unrated": unrated, "fingerprint": print_})
    return rated, unrated, print_


def _shown(period: StoredPeriod, counts: dict[str, tuple[int, int]]) -> dict[str, object]:
    """A period as lists show it."""
    staff, rated = counts.get(period.code, (0, 0))
    return {
        "period": period.code,
        "kind": period.kind,
        "starts": period.starts,
        "ends": period.ends,
        "window_ends": period.window_ends,
        "state": period.state,
        "appraisals": staff,
        "rated": rated,
        "unrated": staff - rated,
    }
