"""The months or quarters beside an annual rating, as the store has them."""

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.periods import PeriodKind, parse_period
from kinerja_cli.domain.year_parts import Part, part_codes, parts_of
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals_of
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.settings import load_settings

_PART_TIME = "pppk_paruh_waktu"


def load_parts(connection: Connection, annual: Appraisal) -> list[Part]:
    """The parts of the year of an annual appraisal; none for an appraisal of a part."""
    period = parse_period(annual.period_code)
    if period.kind is not PeriodKind.ANNUAL:
        return []
    agency = read_agency(load_settings(connection))
    cadence = (agency.part_time_cadence if annual.employment == _PART_TIME else None) or agency.cadence
    opened = {one.code for one in load_periods(connection)}
    own = {one.period_code: one for one in load_appraisals_of(connection, annual.nip)}
    return parts_of(
        part_codes(period.year, own, opened, cadence),
        {code: one.predikat for code, one in own.items()},
        opened,
        {code for code, one in own.items() if one.is_out},
    )


def predikat_of_parts(connection: Connection, annual: Appraisal) -> dict[str, str | None] | None:
    """The predikat of each part of the year by its code; None for an appraisal of a part."""
    parts = load_parts(connection, annual)
    return {part.code: part.predikat for part in parts} if parts else None
