"""Keep the parts people have in open periods in step with who moved, came, left, or leads what."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.participation import Part, Participation
from kinerja_cli.domain.periods import Period, parse_period, window_opens
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, change_appraisals, load_appraisals
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.periods import (
    PeriodUnit,
    StoredPeriod,
    add_period_units,
    change_period_units,
    load_period_units,
    load_periods,
)
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.units import load_units


def participation(connection: Connection, agency: Agency, period: Period, today: date) -> Participation:
    """Who takes part in a period and who rates, as it stands on a day."""
    return Participation(
        load_history(connection),
        UnitTree(load_units(connection)),
        period.starts.isoformat(),
        period.ends.isoformat(),
        window_opens(period, days_before=agency.window_days_before).isoformat(),
        today.isoformat(),
    )


def appraisal_of(period_code: str, part: Part) -> Appraisal:
    """A person's part in a period as it is kept, not rated yet."""
    person = part.person
    return Appraisal(
        period_code,
        person.nip,
        1,
        person.unit_code,
        person.position,
        person.position_type,
        person.rank,
        person.employment,
        person.sex,
        part.rater.nip,
        assessor_rule=part.rater.rule,
        out_on=part.out_on,
        out_reason=part.out_reason,
    )


def units_of(seen: Participation, codes: Iterable[str]) -> list[PeriodUnit]:
    """Units as a period keeps them, with who leads them when it is evaluated."""
    tree, leaders = seen.tree, seen.order.leaders
    return [
        PeriodUnit(code, tree.units[code].name, tree.path(code), tree.units[code].parent_code, leaders.get(code), None)
        for code in codes
    ]


def follow_open(operation: Operation, today: date) -> None:
    """Follow in every open period what an operation changed about people, heads or units."""
    for period in load_periods(operation.connection):
        if period.is_open:
            follow(operation, period, today)


def follow(operation: Operation, period: StoredPeriod, today: date) -> int:
    """Bring the parts of an open period in step with the history; how many changed.

    Who is rated keeps unit and assessor; that somebody is out is noted of everybody.
    """
    connection = operation.connection
    agency = read_agency(load_settings(connection))
    seen = participation(connection, agency, parse_period(period.code), today)
    known = load_appraisals(connection, period.code)
    pairs = []
    for nip, part in seen.parts(known):
        old = known[nip]
        new = _followed(old, part)
        if new != old:
            pairs.append((old, new))
    change_appraisals(operation, pairs)
    frozen = load_period_units(connection, period.code)
    missing = {one.unit_code for _old, one in pairs if one.unit_code is not None} - frozen.keys()
    if missing:
        # A unit is kept with those above it, without which its path would lead nowhere.
        line = {unit.code for code in missing for unit in seen.tree.line(code)}
        add_period_units(operation, period.code, units_of(seen, line - frozen.keys()))
    leaders = seen.order.leaders
    change_period_units(
        operation,
        period.code,
        [
            (unit, replace(unit, head_nip=leaders.get(code)))
            for code, unit in frozen.items()
            if unit.head_nip != leaders.get(code)
        ],
    )
    return len(pairs)


def _followed(old: Appraisal, part: Part) -> Appraisal:
    """An appraisal beside what the history says of the person's part."""
    new = replace(old, out_on=part.out_on, out_reason=part.out_reason)
    if old.is_rated:
        return new
    new = replace(new, assessor_nip=part.rater.nip, assessor_rule=part.rater.rule)
    if part.person.unit_code == old.unit_code:
        return new
    person = part.person
    return replace(new, unit_code=person.unit_code, position=person.position, position_type=person.position_type)
