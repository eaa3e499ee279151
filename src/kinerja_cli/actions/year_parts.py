"""The months or quarters beside an annual rating, as the store has them."""

from collections.abc import Mapping, Sequence

from kinerja_cli.actions.cadences import load_cadences
from kinerja_cli.domain.cadences import Cadences
from kinerja_cli.domain.periods import PeriodKind, parse_period, takes_part
from kinerja_cli.domain.year_parts import Part, part_codes, parts_of
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals, load_appraisals_of
from kinerja_cli.storage.store.periods import StoredPeriod, load_periods


def load_parts(connection: Connection, annual: Appraisal) -> list[Part]:
    """The parts of the year of an annual appraisal; none for an appraisal of a part."""
    period = parse_period(annual.period_code)
    if period.kind is not PeriodKind.ANNUAL:
        return []
    own = {one.period_code: one for one in load_appraisals_of(connection, annual.nip)}
    periods = load_periods(connection)
    return _parts(period.year, annual, own, periods, load_cadences(connection, periods))


def load_parts_of(connection: Connection, annual: Mapping[str, Appraisal]) -> dict[str, list[Part]]:
    """The parts of the year of many annual appraisals, by person; nothing of appraisals of a part."""
    year = next((parse_period(one.period_code) for one in annual.values()), None)
    if year is None or year.kind is not PeriodKind.ANNUAL:
        return {}
    periods = load_periods(connection)
    cadences = load_cadences(connection, periods)
    of_year = [one.code for one in periods if one.code != year.code and parse_period(one.code).year == year.year]
    known = {code: load_appraisals(connection, code) for code in of_year}
    return {
        nip: _parts(year.year, one, {code: rows[nip] for code, rows in known.items() if nip in rows}, periods, cadences)
        for nip, one in annual.items()
    }


def predikat_by_code(parts: Sequence[Part]) -> dict[str, str | None] | None:
    """The predikat of each part of a year; None for an appraisal of a part."""
    return {part.code: part.predikat for part in parts} if parts else None


def parts_out(parts: Sequence[Part]) -> list[str] | None:
    """The parts of a year that somebody was out of, and so was not rated in; None for an appraisal of a part."""
    return [part.code for part in parts if part.is_out] if parts else None


def _parts(
    year: int,
    annual: Appraisal,
    own: Mapping[str, Appraisal],
    periods: list[StoredPeriod],
    cadences: Cadences,
) -> list[Part]:
    """The parts of a year that concern somebody: of each period those for whom it was opened take part."""
    for_them = [one.code for one in periods if takes_part(annual.employment, one.participants)]
    return parts_of(
        part_codes(year, own, lambda quarter: cadences.of(annual.employment, quarter)),
        {code: one.predikat for code, one in own.items()},
        for_them,
        {code for code, one in own.items() if one.is_out},
    )
