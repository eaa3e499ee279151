"""Which steps are due of whom, and until when: the deadlines of every appraisal beside what is on record."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from gettext import gettext as _
from typing import Final, Literal

from kinerja_cli.actions.calendars import Calendars, load_calendars
from kinerja_cli.actions.lookup import require_period, require_unit
from kinerja_cli.actions.rating_windows import window_of
from kinerja_cli.actions.superiors import Superiors
from kinerja_cli.domain.deadlines import LABELS, Deadline, Facts, LastDay, deadlines_of, skp_deadline
from kinerja_cli.domain.finality import LATE, REGION_HEAD
from kinerja_cli.domain.objections import Objection
from kinerja_cli.domain.periods import PeriodKind, parse_period, window_opens
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.documents import load_document_days
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import PeriodUnit, StoredPeriod, load_period_units, load_periods
from kinerja_cli.storage.store.staff import load_staff

By = Literal["due", "unit", "assessor"]
"""What the steps are put in order by: their last day, the unit, or the assessor."""

_LOOKED_BACK: Final = timedelta(days=90)
"""How long after the window of a closed period its steps are still listed unasked; 30 working days are over by then."""

_SHOWN: Final = ("open", "late")


@dataclass(frozen=True, slots=True)
class _Agency:
    """What is the same for all periods."""

    connection: Connection
    calendars: Calendars
    staff: Mapping[str, Employee]
    as_of: date

    @property
    def region_head(self) -> str:
        """The head of the region, by name where the agency gave it."""
        return self.calendars.agency.region_head or "Kepala Daerah"


def list_deadlines(
    store: Store,
    period_code: str | None = None,
    *,
    as_of: date,
    by: By = "due",
    unit: str | None = None,
    late: bool = False,
) -> list[dict[str, object]]:
    """Every step that is due or late on a day, with its last day and who must act.

    Without a period: of those opened in time that are open, or whose window ended within the last 90 days.
    """
    with store.reading() as connection:
        agency = _Agency(connection, load_calendars(connection), load_staff(connection), as_of)
        if period_code is not None:
            periods = [require_period(connection, period_code)]
        else:
            periods = [one for one in load_periods(connection) if _is_current(one, as_of)]
        rows = [row for period in periods for row in _of_period(agency, period, unit)]
        rows += _skp(agency, None if period_code is None else periods[0], unit)
    wanted = ("late",) if late else _SHOWN
    rows = [row for row in rows if row["state"] in wanted]
    rows.sort(key=_order(by))
    return rows


def _is_current(period: StoredPeriod, as_of: date) -> bool:
    """Whether the steps of a period are looked at unasked."""
    window = window_of(period)
    if window.is_back_filled or as_of < window.starts:
        return False
    return period.is_open or as_of - window.ends <= _LOOKED_BACK


def _of_period(agency: _Agency, period: StoredPeriod, unit: str | None) -> Iterable[dict[str, object]]:
    """The steps of everybody in a period, whatever their state."""
    connection = agency.connection
    frozen = load_period_units(connection, period.code)
    within = None if unit is None else _within(frozen, unit)
    days = load_document_days(connection, period_code=period.code)
    objections = {one.nip: one for one in load_objections(connection, period_code=period.code)}
    superiors = Superiors(connection, period, agency.as_of)
    count = _counting(agency.calendars)
    opens = window_opens(parse_period(period.code), days_before=agency.calendars.agency.window_days_before)
    for nip, one in load_appraisals(connection, period.code).items():
        if (within is not None and one.unit_code not in within) or (one.is_out and not one.is_rated):
            continue
        facts = _facts(period, one, opens, days.get((period.code, nip), {}), objections.get(nip))
        for deadline in deadlines_of(facts, count(one.unit_code), as_of=agency.as_of):
            yield _row(agency, one, frozen, deadline, superiors)


def _facts(
    period: StoredPeriod, one: Appraisal, opens: date, days: Mapping[str, date], objection: Objection | None
) -> Facts:
    """What is known of one appraisal."""
    known = dict(days)
    if objection is not None:
        known["filed"] = date.fromisoformat(objection.filed_on)
        known.setdefault("received", date.fromisoformat(objection.received_on))
        if objection.decided_on is not None:
            known["decided"] = date.fromisoformat(objection.decided_on)
    return Facts(
        opens,
        date.fromisoformat(period.window_ends),
        rated=one.is_rated,
        superior_rated=one.final_rule == LATE,
        final=bool(one.final),
        changed=objection is not None and objection.decision == "changed",
        days=known,
    )


def _row(
    agency: _Agency, one: Appraisal, frozen: Mapping[str, PeriodUnit], deadline: Deadline, superiors: Superiors
) -> dict[str, object]:
    """A step as lists show it."""
    unit = frozen.get(one.unit_code or "")
    by_region_head = one.assessor_rule == REGION_HEAD
    if deadline.actor == "person":
        actor, is_region_head = one.nip, False
    elif deadline.actor == "assessor":
        actor, is_region_head = one.assessor_nip or "", by_region_head
    else:
        above = superiors.above(one)
        actor, is_region_head = above.nip or "", above.is_region_head
    return {
        "code": deadline.code,
        "nip": one.nip,
        "name": _named(agency, one.nip),
        "period": one.period_code,
        "unit_code": one.unit_code,
        "unit": None if unit is None else unit.name,
        "actor_nip": actor or None,
        "actor": agency.region_head if is_region_head else _named(agency, actor),
        "starts": None if deadline.starts is None else deadline.starts.isoformat(),
        "last_day": None if deadline.last_day is None else deadline.last_day.isoformat(),
        "state": deadline.state,
        "step": _(LABELS[deadline.code]),
        "assessor_nip": one.assessor_nip,
        "assessor": agency.region_head if by_region_head else _named(agency, one.assessor_nip),
        "unit_path": None if unit is None else unit.path,
    }


def _skp(agency: _Agency, period: StoredPeriod | None, unit: str | None) -> list[dict[str, object]]:
    """The day until which the SKP of a year are to be set; nothing is kept of anybody's yet."""
    if unit is not None or (period is not None and period.kind != PeriodKind.ANNUAL):
        return []
    year = agency.as_of.year if period is None else parse_period(period.code).year
    deadline = skp_deadline(year, agency.as_of)
    nothing = dict.fromkeys(("nip", "name"))
    return [
        {"code": deadline.code}
        | nothing
        | {
            "period": f"{year}",
            "unit_code": None,
            "unit": None,
            "actor_nip": None,
            "actor": _("every assessor"),
            "starts": None if deadline.starts is None else deadline.starts.isoformat(),
            "last_day": None if deadline.last_day is None else deadline.last_day.isoformat(),
            "state": deadline.state,
            "step": _(LABELS[deadline.code]),
            "assessor_nip": None,
            "assessor": None,
            "unit_path": None,
        }
    ]


def _counting(calendars: Calendars) -> Callable[[str | None], LastDay]:
    """The working days of each unit; what was counted once is not counted again."""
    return cache(lambda unit_code: cache(calendars.of_unit(unit_code).last_day))


def _within(frozen: Mapping[str, PeriodUnit], unit: str) -> set[str]:
    tree = UnitTree({code: Unit(code, one.name, one.parent_code) for code, one in frozen.items()})
    return set(tree.within(require_unit(tree.units, unit).code))


def _named(agency: _Agency, nip: str | None) -> str | None:
    person = agency.staff.get(nip or "")
    return None if person is None else person.display_name


def _order(by: By) -> Callable[[Mapping[str, object]], tuple[str, ...]]:
    """How the steps are ordered: what is due next first, within each unit or assessor where that is wanted."""
    first = {"due": (), "unit": ("unit_path", "unit_code"), "assessor": ("assessor", "assessor_nip")}[by]
    keys = (*first, "last_day", "code", "unit_path", "name", "nip", "period")
    return lambda row: tuple(str(row[key] or "") for key in keys)
