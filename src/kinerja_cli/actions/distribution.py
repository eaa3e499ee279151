"""Lay the predikat of each unit's people beside the pattern of its organisation predikat, and keep why they differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.lookup import require_open, require_period, require_unit
from kinerja_cli.actions.organisation import load_organisation
from kinerja_cli.actions.reports import unit_labels
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.distribution import Checked, Finding, check_distribution
from kinerja_cli.domain.organisation import Counting
from kinerja_cli.domain.regulation import PREDIKAT, Regulation
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import Severity, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.unit_ratings import justified_findings, load_justifications, save_justification

OTHER_REGULATION = "other_regulation"
"""The rule of the note that the pattern belongs to another regulation than the one the period froze."""


@dataclass(frozen=True, slots=True)
class UnitDistribution:
    """One unit: how many people have each predikat, and what the pattern says of it.

    `unrated` wait for a rating, `out` left or were excluded; neither are among the `n` people compared.
    `justified_keys` are the findings that the justification was given for, where they were kept.
    """

    unit_code: str | None
    unit: str
    counting: Counting | None
    counts: Mapping[str, int]
    checked: Checked
    unrated: int
    out: int
    justification: str | None
    justified_keys: frozenset[str] | None = None

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        fit = self.checked.fit
        return {
            "unit_code": self.unit_code,
            "unit": self.unit,
            "organisation": None if self.counting is None else self.counting.organisation,
            "n": self.checked.n,
            "counts": dict(self.counts),
            "findings": [self._finding(one) for one in self.checked.findings],
            "allowed": [
                {"predikat": list(one.predikat), "least": one.least, "most": one.most} for one in self.checked.limits
            ],
            "changes": None if fit is None else fit.changes,
            "fit": None
            if fit is None or fit.changes is None
            else {
                "counts": dict(fit.counts),
                "moves": [{"from": one.before, "to": one.after, "people": one.people} for one in fit.moves],
            },
            "unrated": self.unrated,
            "out": self.out,
            "justification": self.justification,
            "justification_expired": self.is_outdated,
            "organisation_from": None if self.counting is None else str(self.counting.basis),
        }

    def _finding(self, one: Finding) -> dict[str, object]:
        return {
            "severity": str(one.severity),
            "rule": one.rule,
            "have": one.have,
            "allowed": one.allowed,
            "message": one.message,
            "predikat": list(one.predikat),
            "justified": self.justified(one),
        }

    def justified(self, finding: Finding) -> bool:
        """Whether somebody wrote down why a finding stands; it stays what it is. Another finding asks for it anew."""
        if self.justification is None or finding.severity is not Severity.WARNING:
            return False
        return self.justified_keys is None or self.key_of(finding) in self.justified_keys

    def key_of(self, finding: Finding) -> str:
        """What tells a finding from every other: with other numbers, or by another pattern, it is another."""
        return f"{self.counting.organisation if self.counting else ''} {finding.key}"

    @property
    def is_outdated(self) -> bool:
        """Whether there is a justification, and a breach that it was not given for."""
        return self.justification is not None and not all(map(self.justified, self.checked.breaches))


@dataclass(frozen=True, slots=True)
class DistributionReport:
    """The distributions of a period beside their patterns, in the order of the unit tree.

    `apart` are people who count in no unit, since nobody who leads one rates them.
    """

    period: str
    agency: str
    pattern: str
    regulation: Regulation
    units: tuple[UnitDistribution, ...]
    apart: int


@dataclass(slots=True)
class _Tally:
    """The people of one unit while they are counted."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PREDIKAT, 0))
    unrated: int = 0
    out: int = 0

    def add(self, one: Appraisal, *, leavers: bool) -> None:
        """Count one person in the one place where they belong."""
        if one.is_out and not (leavers and one.is_rated):
            self.out += 1
        elif one.predikat is None:
            self.unrated += 1
        else:
            self.counts[one.predikat] += 1


def distribution_report(
    store: Store, period_text: str, *, today: date, unit: str | None = None, with_below: bool = False
) -> DistributionReport:
    """How the predikat of a period are distributed, by the unit that each person's assessor leads.

    `unit` shows only that unit and those below it; `with_below` counts each unit with everything below it.
    """
    with store.reading() as connection:
        period = require_period(connection, period_text)
        return _distributed(connection, period, today, unit, with_below=with_below)


def _distributed(
    connection: Connection, period: StoredPeriod, today: date, unit: str | None, *, with_below: bool
) -> DistributionReport:
    """The same of a period of the store."""
    agency = read_agency(load_settings(connection))
    organisation = load_organisation(connection, period, today)
    appraisals = load_appraisals(connection, period.code)
    reasons, given = load_justifications(connection, period.code), justified_findings(connection, period.code)
    tree = organisation.tree
    shown = None if unit is None else require_unit(tree.units, unit).code
    within = None if shown is None else tree.within(shown)
    tallies: dict[str | None, _Tally] = {}
    apart = 0
    for one in appraisals.values():
        code = organisation.unit_for(one)
        if organisation.is_apart(one):
            apart += within is None or one.unit_code in within
            continue
        above = [at.code for at in tree.line(code)] if with_below and code is not None else [code]
        for counted in above:
            tallies.setdefault(counted, _Tally()).add(one, leavers=agency.leavers_in_base)
    if within is not None:
        tallies = {code: tally for code, tally in tallies.items() if code in within}
        tallies.setdefault(shown, _Tally())
    regulation = organisation.regulation
    words = {term.value: term.label for term in regulation.predikat}
    label = unit_labels(organisation.units)
    order = {one.code: at for at, one in enumerate(tree.ordered())}
    rows = []
    for code, tally in sorted(tallies.items(), key=lambda item: order.get(item[0] or "", len(order))):
        counting = None if code is None else organisation.of_unit(code)
        if regulation.numeric is None:
            value = None if counting is None else counting.organisation
            checked = check_distribution(tally.counts, value, organisation.rules, words)
        else:
            checked = _not_compared(tally.counts, regulation, organisation.rules.short)
        reason = None if code is None else reasons.get(code)
        keys = None if code is None else given.get(code)
        rows.append(
            UnitDistribution(code, label(code), counting, tally.counts, checked, tally.unrated, tally.out, reason, keys)
        )
    return DistributionReport(period.code, agency.name, organisation.rules.short, regulation, tuple(rows), apart)


def justify_distribution(
    store: Store, period_text: str, code: str, *, reason: str, today: date, dry_run: bool = False
) -> tuple[int | None, str, str, tuple[str, ...]]:
    """Keep why the distribution of a unit is as it is: the operation, the period, the unit's code, and the findings.

    It counts for what breaks the pattern now, in the unit by itself or with everything below it, and for nothing else.
    """
    kept = clean_lines(reason)
    if not kept:
        raise UsageError(
            _("A justification needs a reason."), _("Give it with --reason, in words others will understand.")
        )
    with store.writing("unit.justify", dry_run=dry_run) as operation:
        connection = operation.connection
        period = require_open(connection, period_text)
        unit = require_unit(load_organisation(connection, period, today).tree.units, code)
        reports = [_distributed(connection, period, today, unit.code, with_below=below) for below in (False, True)]
        found = {
            row.key_of(finding): finding.message
            for report in reports
            for row in report.units
            if row.unit_code == unit.code
            for finding in row.checked.breaches
        }
        operation.period_code = period.code
        operation.reason = kept
        operation.facts["name"] = unit.name
        save_justification(operation, period.code, unit.code, kept, found)
    return operation.seq, period.code, unit.code, tuple(found.values())


def _not_compared(counts: Mapping[str, int], regulation: Regulation, pattern: str) -> Checked:
    """What is said of a period whose regulation knows no patterns."""
    n = sum(counts.values())
    message = _("{pattern} belongs to PermenPANRB 6/2022; this period follows {regulation}, so nothing is compared.")
    told = message.format(pattern=pattern, regulation=regulation.short)
    return Checked(n, (Finding(Severity.NOTE, OTHER_REGULATION, n, None, told),), (), None)
