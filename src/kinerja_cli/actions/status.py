"""Where the agency stands today."""

from dataclasses import dataclass
from datetime import date, timedelta

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.backups import last_backup
from kinerja_cli.actions.rollover import due_by
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import count_operations
from kinerja_cli.storage.store.periods import Counts, count_ratings, load_periods
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import known_employments, load_staff
from kinerja_cli.storage.store.units import load_units

_AHEAD = timedelta(days=366)


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
    """The agency at a glance: `overdue` are open periods whose window has ended, `due` what rollover would open."""

    agency: str
    as_of: str
    staff: int
    units: int
    open_periods: tuple[dict[str, object], ...]
    overdue: tuple[str, ...]
    due: tuple[str, ...]
    next: NextDue | None
    last_backup: LastBackup | None


def agency_status(store: Store, today: date) -> Status:
    """Open periods with their progress, and what is due next."""
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        periods = load_periods(connection)
        counts = count_ratings(connection)
        staff = sum(is_appraised(person.status) for person in load_staff(connection).values())
        units = len(load_units(connection))
        annual = regulation_by_id(connection, agency.regulation).annual_window
        employments = known_employments(connection)
        operations = count_operations(connection)
    kept = last_backup(str(store.path))
    since = min(agency.since, today)
    coming = due_by(today + _AHEAD, agency, periods, since=since, annual=annual, employments=employments)
    later = next((one for one in coming if one.on > today), None)
    open_periods = [period for period in periods if period.is_open]
    return Status(
        agency=agency.name,
        as_of=today.isoformat(),
        staff=staff,
        units=units,
        open_periods=tuple(
            {
                "period": period.code,
                "window_ends": period.window_ends,
                "appraisals": counts.get(period.code, Counts()).staff,
                "rated": counts.get(period.code, Counts()).rated,
            }
            for period in open_periods
        ),
        overdue=tuple(period.code for period in open_periods if period.window_ends < today.isoformat()),
        due=tuple(one.period.code for one in coming if one.action == "open" and one.on <= today),
        next=None if later is None else NextDue(later.action, later.period.code, later.on.isoformat()),
        last_backup=None
        if kept is None
        else LastBackup(
            kept.file,
            kept.made.astimezone(agency.timezone).isoformat(timespec="seconds"),
            operations - kept.operations,
        ),
    )
