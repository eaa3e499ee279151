"""What the calendar asks of an agency by a day, beside the periods that it has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from kinerja_cli.actions.agency import regulation_by_id
from kinerja_cli.actions.cadences import load_cadences
from kinerja_cli.domain.agency import CADENCE_SETTINGS, Agency, read_agency
from kinerja_cli.domain.clock import day_in
from kinerja_cli.domain.due import Due, what_is_due
from kinerja_cli.domain.periods import takes_part, window_ends
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.operations import first_known_at, settings_changed_at
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.settings import load_settings, load_settings_on
from kinerja_cli.storage.store.staff import known_employments, load_staff

_ASKS_FOR_YEARS: Final = ("since",)
_ASKS: Final = (*_ASKS_FOR_YEARS, *CADENCE_SETTINGS)
"""The settings that say which periods there are to be: parts of a year, and years."""


@dataclass(frozen=True, slots=True)
class OpenedAs:
    """As what a period is to be opened: for whom, since when it counts as open, and with whose windows."""

    participants: str
    opened_on: date
    agency: Agency


@dataclass(frozen=True, slots=True)
class Asked:
    """What is due, in order; of what is to be opened, by code, how."""

    due: list[Due]
    openings: Mapping[str, OpenedAs]


def asked_by(connection: Connection, as_of: date, *, today: date, since: date) -> Asked:
    """What the calendar asks by a day; periods that are open keep the window they froze.

    One that is opened late has the windows that a run in the night of its day would have frozen. Years before that
    of `since` are not asked for, nor is a period in which nobody there is takes part.
    """
    agency = read_agency(load_settings(connection))
    periods = load_periods(connection)
    cadences = load_cadences(connection, periods)
    annual = regulation_by_id(connection, agency.regulation).annual_window
    openings: dict[str, OpenedAs] = {}

    def window_of(due: Due) -> date:
        participants = cadences.participants(due.period)
        # What falls due from today on cannot have been opened late, whatever the ledger says.
        opened_on = today if due.on >= today else min(_could_open_on(connection, agency, due, participants), today)
        then = agency if opened_on == today else _as_then(connection, agency, opened_on, due.on)
        openings[due.period.code] = OpenedAs(participants, opened_on, then)
        return window_ends(due.period, days_after=then.window_days, annual=annual)

    due = what_is_due(
        as_of,
        cadences,
        since=since,
        known={one.code for one in periods},
        windows={one.code: date.fromisoformat(one.window_ends) for one in periods if one.is_open},
        window_of=window_of,
        employments=known_employments(connection),
    )
    return Asked(due, openings)


def _as_then(connection: Connection, agency: Agency, opened_on: date, due_on: date) -> Agency:
    """The agency with the windows that a run in the night of a day would have frozen.

    That night comes before whatever is set on that day; not so on a day on which the agency first asked.
    """
    day = opened_on if opened_on > due_on else opened_on - timedelta(days=1)
    then = read_agency(load_settings_on(connection, day, lambda at: day_in(at, agency.timezone)))
    return replace(agency, window_days=then.window_days, window_days_before=then.window_days_before)


def _could_open_on(connection: Connection, agency: Agency, due: Due, participants: str) -> date:
    """The first day on which a run could have opened a period.

    That is the day on which it fell due, unless the agency asked for such periods, or had anybody for them, only later:
    then what was rated before is being taken over. A night that cron missed is no reason for the rules to differ.
    """
    people = load_staff(connection).values() if participants != "everybody" else ()
    nips = [one.nip for one in people if takes_part(one.employment, participants)]
    asked = settings_changed_at(connection, _ASKS if due.period.number else _ASKS_FOR_YEARS)
    known = first_known_at(connection, nips or None) or asked
    return max(due.on, *(day_in(at, agency.timezone) for at in (asked, known)))
