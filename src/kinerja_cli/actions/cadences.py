"""The cadences of the agency, as its settings and the periods it has opened make them."""

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.cadences import Cadences, Opening, cadences_kept
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.settings import load_opening_settings, load_settings


def load_cadences(connection: Connection) -> Cadences:
    """At which cadence people are appraised in each quarter: as it began there, else as it is set now."""
    agency = read_agency(load_settings(connection))
    participants = {one.code: one.participants for one in load_periods(connection)}
    openings = []
    for code, settings in load_opening_settings(connection).items():
        then = read_agency(settings)
        openings.append(Opening(parse_period(code), participants.get(code), then.cadence, then.part_time_cadence))
    return cadences_kept(agency.cadence, agency.part_time_cadence, openings)
