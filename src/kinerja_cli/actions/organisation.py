"""The organisation predikat of units: record it, and tell which counts for a unit and for a person in a period."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.agency import distribution_by_id, regulation_by_id
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.organisation import Basis, Counting, Issued, Leaders, Organisations
from kinerja_cli.domain.organisation_rules import OrganisationRules
from kinerja_cli.domain.periods import Period, PeriodKind, annual_period, parse_period, window_ends
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import (
    PeriodUnit,
    StoredPeriod,
    change_period_units,
    find_stored_period,
    load_period_units,
)
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.unit_ratings import load_unit_ratings
from kinerja_cli.storage.store.units import load_heads, load_units

REGION_HEAD = "region_head"
"""The rule by which the head of the region rates, who has no NIP and leads no unit of the tree."""

_WHO = ("nip", "unit_code", "assessor_nip")


@dataclass(frozen=True, slots=True)
class OrganisationTold:
    """What counts for one person: whose unit, which value, and every step to it in words.

    `suggested_hasil` is what the unit that the person leads suggests; None for who leads none.
    """

    unit_code: str | None
    counting: Counting | None
    suggested_hasil: str | None
    steps: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        counting = self.counting
        return {
            "organisation": None if counting is None else counting.organisation,
            "organisation_unit_code": self.unit_code,
            "organisation_from": None if counting is None else str(counting.basis),
            "organisation_period": None if counting is None else counting.of_period,
            "suggested_hasil": self.suggested_hasil,
        }


class PeriodOrganisation:
    """The organisation predikat of one period: what counts for each of its units and people.

    An open period is worked out from what is on record; a closed one keeps what counted when it was closed.
    """

    def __init__(
        self,
        issued: Issued,
        units: Mapping[str, PeriodUnit],
        rules: OrganisationRules,
        regulation: Regulation,
        *,
        closed: bool,
    ) -> None:
        self.rules = rules
        self.issued = issued
        self.units = units
        self.regulation = regulation
        self.tree = UnitTree({code: Unit(code, one.name, one.parent_code) for code, one in units.items()})
        self.leaders = Leaders.of(self.tree, {code: one.head_nip for code, one in units.items()})
        self._worked_out = Organisations(self.tree, issued, rules)
        self._closed = closed

    def of_unit(self, code: str) -> Counting:
        """What counts for a unit."""
        counting = self._worked_out.of(code)
        if not self._closed or code not in self.units:
            return counting
        unit = self.units[code]
        if unit.organisation is None:
            sentence = _("When {period} was closed, no organisation predikat counted for {unit}.")
        else:
            sentence = _("When {period} was closed, the organisation predikat of {unit} counted as {value}.")
        value = "" if unit.organisation is None else self.rules.label(unit.organisation)
        step = sentence.format(period=self.issued.period, unit=unit.name, value=value)
        if counting.organisation != unit.organisation or unit.organisation is None:
            return Counting(code, unit.organisation, Basis.CLOSED, steps=(step,))
        return replace(counting, basis=Basis.CLOSED, steps=(step, *counting.steps))

    def unit_for(self, appraisal: Appraisal) -> str | None:
        """The unit that counts for a person: the one that their assessor leads."""
        region = appraisal.assessor_rule == REGION_HEAD
        return self.leaders.unit_for(appraisal.nip, appraisal.unit_code, appraisal.assessor_nip, region=region)

    def is_apart(self, appraisal: Appraisal) -> bool:
        """Whether nobody who leads a unit rates a person: the head of the region does, or the top has nobody above."""
        if appraisal.assessor_rule == REGION_HEAD and appraisal.assessor_nip is None:
            return True
        return self.unit_for(appraisal) in self.leaders.led.get(appraisal.nip, ())

    def value_for(self, row: Mapping[str, object]) -> str | None:
        """The organisation predikat that counts for a person, from the columns of their appraisal."""
        nip, unit, assessor = (None if row[name] is None else str(row[name]) for name in _WHO)
        code = self.leaders.unit_for(nip or "", unit, assessor, region=row["assessor_rule"] == REGION_HEAD)
        return None if code is None else self.of_unit(code).organisation

    def suggested_hasil(self, nip: str) -> str | None:
        """The rating of hasil that the unit a person leads suggests; None where there is nothing to suggest."""
        code = self.leaders.unit_led(nip)
        value = None if code is None else self.of_unit(code).organisation
        return None if value is None or self.regulation.numeric is not None else self.rules.hasil[value]

    def suggestion(self, nip: str, name: str) -> str | None:
        """The same as a sentence that imposes nothing."""
        hasil, code = self.suggested_hasil(nip), self.leaders.unit_led(nip)
        if hasil is None or code is None:
            return None
        sentence = _(
            "{name} leads {unit}, whose organisation predikat is {value}; for hasil kerja that suggests {hasil},"
            " which the assessor may follow or not ({source})."
        )
        return sentence.format(
            name=name,
            unit=self.units[code].name,
            value=self.rules.label(self.of_unit(code).organisation or ""),
            hasil=self.regulation.rating_label(hasil),
            source=self.rules.hasil_source,
        )

    def told(self, appraisal: Appraisal, name: str) -> OrganisationTold:
        """Everything there is to say of one person."""
        code = self.unit_for(appraisal)
        suggested = self.suggestion(appraisal.nip, name)
        if code is None:
            return OrganisationTold(None, None, self.suggested_hasil(appraisal.nip), ())
        if code in self.leaders.led.get(appraisal.assessor_nip or "", ()):
            sentence = _("For {name} the organisation predikat of {unit} counts, which the assessor leads ({source}).")
        else:
            sentence = _("For {name} the organisation predikat of {unit} counts ({source}).")
        counting = self.of_unit(code)
        whose = sentence.format(name=name, unit=self.units[code].name, source=self.rules.assessor_source)
        steps = (whose, *counting.steps, *(() if suggested is None else (suggested,)))
        # An agency that records no organisation predikat need not read of it with everybody.
        silent = counting.organisation is None and suggested is None and len(counting.steps) == 1
        return OrganisationTold(code, counting, self.suggested_hasil(appraisal.nip), () if silent else steps)


def load_organisation(
    connection: Connection, period: StoredPeriod, today: date | None, units: Mapping[str, PeriodUnit] | None = None
) -> PeriodOrganisation:
    """What counts in a period that was opened, in the tree it froze.

    `today` tells whether an annual result that is missing can still come in time; without a day it can.
    """
    deadline = date.fromisoformat(period.window_ends) if period.kind == PeriodKind.ANNUAL else None
    passed = not period.is_open or bool(deadline and today and today > deadline)
    agency = read_agency(load_settings(connection))
    return PeriodOrganisation(
        _issued(connection, parse_period(period.code), deadline, passed=passed),
        load_period_units(connection, period.code) if units is None else units,
        distribution_by_id(connection, agency.distribution),
        read_regulation(period.regulation_text),
        closed=not period.is_open,
    )


def organisation_of(connection: Connection, period: Period, today: date | None) -> PeriodOrganisation:
    """What counts in a period that may never have been opened: then in the units as they are."""
    stored = find_stored_period(connection, period.code)
    if stored is not None:
        return load_organisation(connection, stored, today)
    agency = read_agency(load_settings(connection))
    regulation = regulation_by_id(connection, agency.regulation)
    deadline = _deadline(connection, period) if period.kind is PeriodKind.ANNUAL else None
    tree = UnitTree(load_units(connection))
    heads = load_heads(connection)
    return PeriodOrganisation(
        _issued(connection, period, deadline, passed=bool(deadline and today and today > deadline)),
        {
            code: PeriodUnit(code, one.name, tree.path(code), one.parent_code, heads.get(code), None)
            for code, one in tree.units.items()
        },
        distribution_by_id(connection, agency.distribution),
        regulation,
        closed=False,
    )


def freeze_organisation(operation: Operation, period: StoredPeriod) -> None:
    """Keep for every unit of a period what counts when it is closed; what is issued later moves nothing in it.

    What is missing when a period is closed counts as not issued in time, whichever day it is closed on.
    """
    units = load_period_units(operation.connection, period.code)
    counting = load_organisation(operation.connection, period, date.max, units)
    change_period_units(
        operation,
        period.code,
        [(one, replace(one, organisation=counting.of_unit(code).organisation)) for code, one in units.items()],
    )


def _issued(connection: Connection, period: Period, deadline: date | None, *, passed: bool) -> Issued:
    """What is on record for a period, and for the year before where it is a year."""
    ratings = load_unit_ratings(connection, period.code)
    if deadline is None:
        return Issued(period.code, ratings)
    last, after = annual_period(period.year - 1).code, annual_period(period.year + 1)
    known = load_unit_ratings(connection, last)
    return Issued(period.code, ratings, last, known, deadline, passed, _deadline(connection, after))


def _deadline(connection: Connection, year: Period) -> date:
    """The end of the annual evaluation of a year, whether it was opened or not."""
    stored = find_stored_period(connection, year.code)
    if stored is not None:
        return date.fromisoformat(stored.window_ends)
    agency = read_agency(load_settings(connection))
    annual = regulation_by_id(connection, agency.regulation).annual_window
    return window_ends(year, days_after=agency.window_days, annual=annual)
