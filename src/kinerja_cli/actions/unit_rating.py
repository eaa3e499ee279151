"""Record the organisation predikat that was issued for a unit, and show what is on record and what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.lookup import require_unit
from kinerja_cli.actions.organisation import PeriodOrganisation, organisation_of
from kinerja_cli.actions.units import UnitShown, list_units
from kinerja_cli.domain.organisation import UnitRating
from kinerja_cli.domain.organisation_problems import ORGANISATION_LATE, ORGANISATION_STANDS
from kinerja_cli.domain.organisation_rules import OrganisationRules, OrganisationUnknown
from kinerja_cli.domain.periods import Period, parse_period
from kinerja_cli.domain.unit_ratings import Wish, can_be_issued, noted_spelling, settled, stands_facts
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.unit_ratings import (
    load_justifications,
    load_ratings_of_unit,
    load_unit_ratings,
    save_unit_ratings,
)
from kinerja_cli.storage.store.units import load_units


class OrganisationStands(KinerjaError):
    """A result that was issued in time stands; one issued after the annual evaluation cannot take its place."""

    code = "organisation-stands"
    exit = Exit.REFUSED

    def __init__(
        self, unit: Unit, period: str, old: UnitRating, new: UnitRating, deadline: date, rules: OrganisationRules
    ) -> None:
        facts = stands_facts(unit, period, old, new, deadline, rules)
        super().__init__(_(ORGANISATION_STANDS.message).format(**facts), _(ORGANISATION_STANDS.fix).format(**facts))


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """The organisation predikat of a unit as recorded, what it replaced, and what counts now.

    `operation` is None where the same stood there already, and after a dry run.
    """

    operation: int | None
    period: str
    unit_code: str
    unit: str
    organisation: str
    issued_on: str | None
    reason: str | None
    before: str | None
    counts: str | None
    counts_from: str
    steps: tuple[str, ...]
    problems: tuple[Problem, ...]


def rate_unit(
    store: Store,
    period_text: str,
    code: str,
    value: str,
    *,
    today: date,
    reason: str | None = None,
    issued: date | None = None,
    dry_run: bool = False,
) -> RatedUnit:
    """Record the organisation predikat of a unit; a change of one on record needs a reason.

    The period may be open, closed or never opened: last year's result is needed where this year's comes late. A
    closed period keeps what counted when it was closed.
    """
    period = parse_period(period_text)
    check_issued(period, issued, today)
    with store.writing("unit.rate", dry_run=dry_run) as operation:
        connection = operation.connection
        unit = require_unit(load_units(connection), code)
        before = organisation_of(connection, period, today)
        rules = before.rules
        organisation, noted = _understood(rules, value)
        known = load_unit_ratings(connection, period.code).get(unit.code)
        new = settled(known, period, Wish(unit, organisation, issued, reason), today)
        if known is not None and new != known and new.reason is None:
            raise UsageError(
                _("{unit} has {before} on record for {period}; changing it needs a reason.").format(
                    unit=unit.name, before=rules.label(known.organisation), period=period.code
                ),
                _("Give it with --reason, in words others will understand."),
            )
        deadline = None if known is None else before.issued.overtaken(known, new)
        if known is not None and deadline is not None:
            raise OrganisationStands(unit, period.code, known, new, deadline, rules)
        operation.period_code = period.code
        operation.reason = new.reason
        operation.facts.update({"units": 1, "unit": unit.code})
        save_unit_ratings(operation, [(known, new)])
        now = organisation_of(connection, period, today)
    counting = now.of_unit(unit.code)
    problems = [noted_spelling(rules, unit, value, organisation, Place())] if noted else []
    problems += late_results(now, {unit.code: unit}, [new])
    return RatedUnit(
        operation.seq,
        period.code,
        unit.code,
        unit.name,
        organisation,
        new.issued_on,
        new.reason,
        None if known is None else known.organisation,
        counting.organisation,
        str(counting.basis),
        counting.steps,
        tuple(problems),
    )


def check_issued(period: Period, issued: date | None, today: date) -> None:
    """Refuse a day on which no result of a period can have been issued."""
    if issued is not None and not can_be_issued(period, issued, today):
        raise UsageError(
            _("{value} is no day on which a result for {period} can have been issued (--issued).").format(
                value=issued.isoformat(), period=period.code
            ),
            _("Give a day from {starts} to today.").format(starts=period.starts.isoformat()),
        )


def late_results(counting: PeriodOrganisation, units: Mapping[str, Unit], new: Iterable[UnitRating]) -> list[Problem]:
    """What is worth a warning of results as recorded: that they came too late to count."""
    issued = counting.issued
    return [
        ORGANISATION_LATE.at(
            Place(),
            field="issued_on",
            value=counting.rules.label(one.organisation),
            unit=units[one.unit_code].name,
            period=issued.period,
            day=one.issued_on,
            deadline=issued.deadline,
            last=issued.last_period,
        )
        for one in new
        if issued.late(one)
    ]


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit in one period: what is on record of it, what counts, and where that comes from."""

    period: str
    recorded: str | None
    issued_on: str | None
    reason: str | None
    organisation: str | None
    organisation_from: str
    organisation_unit_code: str | None
    organisation_period: str | None
    justification: str | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """One unit with its place in the tree, and every period in which something is on record or counts."""

    unit: UnitShown
    path: str
    work_days: int | None
    periods: tuple[UnitStanding, ...]


def show_unit(store: Store, code: str, *, today: date) -> UnitDetail:
    """Everything kept about one unit. Raises UnitNotFound."""
    shown = list_units(store)
    with store.reading() as connection:
        units = load_units(connection)
        unit = require_unit(units, code)
        rated = {one.period_code for one in load_ratings_of_unit(connection, unit.code)}
        codes = rated | {period.code for period in load_periods(connection)}
        periods = sorted(map(parse_period, codes), key=lambda one: (one.starts, -one.ends.toordinal()))
        standings = [_standing(connection, unit.code, period, today) for period in periods]
    return UnitDetail(
        next(one for one in shown if one.unit_code == unit.code),
        UnitTree(units).path(unit.code),
        unit.work_days,
        tuple(standings),
    )


def units_in_period(store: Store, period_text: str, *, today: date) -> dict[str, UnitStanding]:
    """For every unit what is on record of it in a period and what counts."""
    period = parse_period(period_text)
    with store.reading() as connection:
        counting = organisation_of(connection, period, today)
        reasons = load_justifications(connection, period.code)
        return {code: _stood(counting, code, reasons.get(code)) for code in load_units(connection)}


def _standing(connection: Connection, code: str, period: Period, today: date) -> UnitStanding:
    reason = load_justifications(connection, period.code).get(code)
    return _stood(organisation_of(connection, period, today), code, reason)


def _stood(counting: PeriodOrganisation, code: str, justification: str | None) -> UnitStanding:
    recorded = counting.issued.ratings.get(code)
    counts = counting.of_unit(code)
    return UnitStanding(
        counting.issued.period,
        None if recorded is None else recorded.organisation,
        None if recorded is None else recorded.issued_on,
        None if recorded is None else recorded.reason,
        counts.organisation,
        str(counts.basis),
        counts.of_unit,
        counts.of_period,
        justification,
        counts.steps,
    )


def _understood(rules: OrganisationRules, value: str) -> tuple[str, bool]:
    """The organisation predikat a word names, and whether its spelling asks for a warning."""
    found = rules.parse(value)
    if found is None:
        raise OrganisationUnknown(value, rules)
    return found
