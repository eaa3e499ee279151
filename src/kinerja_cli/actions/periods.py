"""Open, close and reopen periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.cadences import load_cadences
from kinerja_cli.actions.lookup import require_period, require_unit
from kinerja_cli.actions.organisation import freeze_organisation
from kinerja_cli.actions.participation import appraisal_of, follow, load_course, units_of
from kinerja_cli.actions.pending_objections import refuse_over_objections
from kinerja_cli.actions.period_flaws import refuse_flaws
from kinerja_cli.actions.refusals import PeriodClosed, PeriodNotOpened
from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.assessors import assessor_loops
from kinerja_cli.domain.participation import Participation
from kinerja_cli.domain.periods import (
    Period,
    parse_period,
    takes_part,
    window_ends,
)
from kinerja_cli.domain.rating_order import order_on
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import (
    add_appraisals,
    fingerprint,
    load_appraisals,
    rated_counts,
    results,
)
from kinerja_cli.storage.store.periods import (
    Counts,
    StoredPeriod,
    add_period,
    add_period_units,
    change_period,
    count_ratings,
    find_stored_period,
    load_period_units,
    load_periods,
)
from kinerja_cli.storage.store.settings import DAYS_BEFORE, load_settings

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


class AssessorCircle(KinerjaError):
    """People would appraise each other in turn, so that the period cannot be opened."""

    code = "assessor-circle"
    exit = Exit.REFUSED

    def __init__(self, period: str, names: Iterable[str]) -> None:
        super().__init__(
            _("{period} was not opened: these people would appraise each other in turn: {names}.").format(
                period=period, names=" → ".join(names)
            ),
            _("Name another: `kinerja staff set NIP --assessor NIP`; `kinerja explain NIP --on DATE` tells the rule."),
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
    """What closing came to; `objections` are those whose objection was undecided, where that is allowed.

    `early` is the last day of a period that was closed before it.
    """

    operation: int | None
    period: str
    state: str
    rated: int
    unrated: int
    fingerprint: str
    objections: tuple[str, ...] = ()
    early: str | None = None


def open_period(
    store: Store,
    text: str,
    *,
    today: date,
    unit: str | None = None,
    late_joiners: bool = False,
    dry_run: bool = False,
) -> Opened:
    """Open a period, or add to an open one whoever is in service and not yet in it.

    Opening freezes the regulation, the unit tree and each person's post and rank; unit and assessor follow those
    who move until the period ends. Of a period that is past, those take part who were in service at its end.
    `late_joiners` insists that the period is open already; `unit` takes in only that unit and those below it.
    """
    period = parse_period(text)
    with store.writing("period.open", dry_run=dry_run) as operation:
        agency = read_agency(load_settings(operation.connection))
        if late_joiners and find_stored_period(operation.connection, period.code) is None:
            raise PeriodNotOpened(period.code)
        day = min(max(today, period.starts), period.ends)
        added, whole = open_or_add(
            operation,
            agency,
            period,
            unit,
            participants=load_cadences(operation.connection, load_periods(operation.connection)).participants(period),
            members_on=day,
            today=today,
            opened_on=today,
            gone_since=today.isoformat(),
        )
        if not whole:
            raise NobodyToAppraise(period.code)
    return Opened(operation.seq, period.code, "open", whole, added)


def close_period(
    store: Store, text: str, *, today: date | None = None, allow_unrated: bool = False, dry_run: bool = False
) -> Closed:
    """Close a period. Refused while people are unrated, unless allowed; a second close changes nothing.

    What has begun or ended by `today` is followed first: without cron nobody may have noticed since.
    """
    with store.writing("period.close", dry_run=dry_run) as operation:
        period = require_period(operation.connection, text)
        if not period.is_open:
            rated, unrated = rated_counts(operation.connection, period.code)
            return Closed(None, period.code, period.state, rated, unrated, period.fingerprint or "")
        if today is not None:
            follow(operation, period, today)
        waiting = refuse_over_objections(operation.connection, period.code)
        rated, unrated, print_ = close_open(operation, period, allow_unrated=allow_unrated)
    early = period.ends if today is not None and today.isoformat() < period.ends else None
    return Closed(operation.seq, period.code, "closed", rated, unrated, print_, tuple(waiting), early)


def reopen_period(store: Store, text: str, *, reason: str, dry_run: bool = False) -> int | None:
    """Open a closed period again; the reason stays in the history."""
    kept = clean_lines(reason)
    if not kept:
        raise UsageError(
            _("Reopening a period needs a reason."), _("Give it with --reason, in words others will understand.")
        )
    with store.writing("period.reopen", dry_run=dry_run) as operation:
        period = require_period(operation.connection, text)
        if period.is_open:
            raise PeriodOpenAlready(period.code)
        operation.reason = kept
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
        "participants": period.participants or "everybody",
        "units": len(units),
        "fingerprint": period.fingerprint,
    }


def window_over(store: Store, text: str, today: date) -> date | None:
    """The last day of the window of a period that was never opened, if that day is past."""
    period = parse_period(text)
    with store.reading() as connection:
        if find_stored_period(connection, period.code) is not None:
            return None
        agency = read_agency(load_settings(connection))
        ends = _window_ends(connection, agency, period)
    return ends if ends < today else None


def open_or_add(
    operation: Operation,
    agency: Agency,
    period: Period,
    unit: str | None,
    *,
    participants: str,
    members_on: date,
    today: date,
    opened_on: date,
    gone_since: str | None = None,
    circles_on: Sequence[date] = (),
) -> tuple[int, int]:
    """Open a period or add to it; how many people were added, and how many it then has.

    `participants` are those for whom it is opened; one that is open keeps its own. Circles of people who would
    appraise each other are refused where there are some on every day of `circles_on` as well: a run that catches up
    shall not stumble over one that has come and gone since.
    """
    connection = operation.connection
    stored = find_stored_period(connection, period.code)
    if stored is not None and not stored.is_open:
        raise PeriodClosed(period.code)
    operation.period_code = period.code
    seen = load_course(connection).of(period, today, days_before=agency.window_days_before if stored is None else None)
    inside = None if unit is None else seen.tree.within(require_unit(seen.tree.units, unit).code)
    known = load_appraisals(connection, period.code)
    takes = participants if stored is None else stored.participants
    members = seen.members(members_on.isoformat(), gone_since=gone_since)
    parts = dict(seen.parts(nip for nip in members if nip not in known))
    loops = assessor_loops({nip: part.rater.nip for nip, part in parts.items()})
    if loops and all(_circles(seen, parts, day) for day in circles_on):
        raise AssessorCircle(period.code, (seen.order.staff[nip].display_name for nip in (*loops[0], loops[0][0])))
    joining = [
        appraisal_of(period.code, part)
        for part in parts.values()
        if takes_part(part.person.employment, takes) and (inside is None or part.person.unit_code in inside)
    ]
    if stored is None and joining:
        regulation = regulation_by_id(connection, agency.regulation)
        ends = _window_ends(connection, agency, period)
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
                opened_on=opened_on.isoformat(),
                participants=participants,
            ),
        )
        operation.facts[DAYS_BEFORE] = agency.window_days_before
    if joining:
        frozen = load_period_units(connection, period.code)
        add_period_units(operation, period.code, units_of(seen, set(seen.tree.units) - frozen.keys()))
    add_appraisals(operation, joining)
    operation.facts.update({"added": len(joining), "appraisals": len(known) + len(joining)})
    return len(joining), len(known) + len(joining)


def _circles(seen: Participation, nips: Iterable[str], day: date) -> bool:
    """Whether some of these people would appraise each other in turn by how things are on a day."""
    raters = order_on(seen.history, seen.tree, day.isoformat()).raters()
    return bool(assessor_loops({nip: raters[nip].nip for nip in nips if nip in raters}))


def _window_ends(connection: Connection, agency: Agency, period: Period) -> date:
    """The last day on which a period that is opened now can be appraised."""
    annual = regulation_by_id(connection, agency.regulation).annual_window
    return window_ends(period, days_after=agency.window_days, annual=annual)


def close_open(operation: Operation, period: StoredPeriod, *, allow_unrated: bool) -> tuple[int, int, str]:
    """Close an open period; its rated and unrated people, and its fingerprint."""
    connection = operation.connection
    refuse_flaws(connection, period)
    rated, unrated = rated_counts(connection, period.code)
    if unrated and not allow_unrated:
        waiting = results(connection, period.code, unrated=True)[:_NAMED]
        raise PeriodUnrated(period.code, unrated, (f"{row['name']} ({row['nip']})" for row in waiting))
    freeze_organisation(operation, period)
    print_ = fingerprint(connection, period.code)
    operation.period_code = period.code
    change_period(operation, period, replace(period, state="closed", fingerprint=print_))
    operation.facts.update({"rated": rated, "unrated": unrated, "fingerprint": print_})
    return rated, unrated, print_


def _shown(period: StoredPeriod, counts: Mapping[str, Counts]) -> dict[str, object]:
    """A period as lists show it."""
    staff, rated, left = counts.get(period.code, Counts())
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
        "left": left,
    }
