"""The cadences of the agency, as its settings and the periods it has opened make them."""

from collections.abc import Iterable

from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.cadences import Cadences, Opening, cadences_kept
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.settings import load_opening_settings, load_settings


def load_cadences(connection: Connection, periods: Iterable[StoredPeriod]) -> Cadences:
    """At which cadence people are appraised in each quarter: as it began in one of the periods, else as it is now."""
    participants = {one.code: one.participants for one in periods}
    openings = (
        Opening(parse_period(code), participants.get(code), _set_in(read_agency(settings)))
        for code, settings in load_opening_settings(connection).items()
    )
    return cadences_kept(_set_in(read_agency(load_settings(connection))), openings)


def _set_in(agency: Agency) -> Cadences:
    return Cadences(agency.cadence, agency.part_time_cadence)
