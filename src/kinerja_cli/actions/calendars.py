"""The working days of the agency and its units: the library's holidays, with the agency's own days on top."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.domain.working_days import WorkCalendar
from kinerja_cli.public_holidays import public_holidays
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.holidays import AgencyDay, load_agency_days
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.units import load_units


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendar of every unit: its own week, else that of the nearest unit above, else the agency's."""

    agency: Agency
    tree: UnitTree
    holiday: Callable[[date], str | None]
    worked: frozenset[date] = frozenset()

    def of_unit(self, unit_code: str | None) -> WorkCalendar:
        """The working days of a unit; of no unit, those of the agency."""
        weeks = (unit.work_days for unit in self.tree.line(unit_code) if unit.work_days is not None)
        week = next(weeks, self.agency.work_days)
        return WorkCalendar(self.holiday, week, same_day=self.agency.count_same_day, worked=self.worked)


def load_calendars(connection: Connection) -> Calendars:
    """The working days as the store has them now."""
    agency = read_agency(load_settings(connection))
    own = load_agency_days(connection)
    worked = frozenset(day for day, said in own.items() if said.kind == "working")
    holiday = holiday_of(own, shared_leave=agency.shared_leave)
    return Calendars(agency, UnitTree(load_units(connection)), holiday, worked)


def holiday_of(own: Mapping[date, AgencyDay], *, shared_leave: bool) -> Callable[[date], str | None]:
    """What names a day off: the agency's file first, then the library; shared leave only where it counts."""

    def name(day: date) -> str | None:
        said = own.get(day)
        if said is not None:
            return None if said.kind == "working" or (said.kind == "shared_leave" and not shared_leave) else said.name
        kind, text = public_holidays(day.year).get(day, ("", ""))
        return text if kind == "holiday" or (kind and shared_leave) else None

    return name
