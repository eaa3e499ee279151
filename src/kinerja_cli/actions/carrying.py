"""Use the result of the period before for somebody who moved, as old and new unit may agree.

PermenPANRB 6/2022 Lampiran IV.A.13.a; the annual rating is always the new unit's own (13.b).
"""

from collections.abc import Iterator
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.lookup import require_period
from kinerja_cli.domain import objection_problems, rating_problems
from kinerja_cli.domain.periods import PeriodKind
from kinerja_cli.domain.placements import spans_between
from kinerja_cli.domain.staff import Employee
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals_of
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import StoredPeriod, load_periods
from kinerja_cli.storage.store.placements import load_placements


class CarryRefused(KinerjaError):
    """The result of another period cannot be used here."""

    code = "carry-refused"
    exit = Exit.REFUSED

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            _(
                "By agreement, somebody who moved within a month or quarter can keep the result of the one before, "
                "from the old unit; a year is always rated anew (PermenPANRB 6/2022 Lampiran IV.A.13)."
            ),
        )


def carried_appraisal(
    connection: Connection, person: Employee, period: StoredPeriod, unit_code: str | None, text: str
) -> Appraisal:
    """The appraisal whose result is to be used in a period, where the person counts in a unit by the history.

    Raises CarryRefused where it may not be.
    """
    source = require_period(connection, text)
    if PeriodKind.ANNUAL in (period.kind, source.kind):
        raise CarryRefused(_("A result is never carried into a year, nor out of one."))
    stored = {one.code: one for one in load_periods(connection)}
    earlier = [
        one
        for one in load_appraisals_of(connection, person.nip)
        if stored[one.period_code].kind != PeriodKind.ANNUAL and stored[one.period_code].ends < period.starts
    ]
    if not earlier or earlier[-1].period_code != source.code:
        raise CarryRefused(
            _("{source} is not the period before {period} of {name}.").format(
                source=source.code, period=period.code, name=person.display_name
            )
        )
    found = earlier[-1]
    if not found.is_rated:
        raise CarryRefused(_("{name} is not rated in {source}.").format(name=person.display_name, source=source.code))
    if len(_units(connection, person, period)) < 2 or found.unit_code == unit_code:
        raise CarryRefused(
            _("{name} did not move to another unit within {period}.").format(
                name=person.display_name, period=period.code
            )
        )
    return found


def tell_undecided(connection: Connection, person: Employee, source: Appraisal, code: str) -> Iterator[Problem]:
    """That the result which is carried into a period is objected to, and may be another yet."""
    for one in load_objections(connection, period_code=source.period_code, nip=person.nip):
        if one.is_open:
            facts = {"name": person.display_name, "source": source.period_code, "period": code}
            yield rating_problems.CARRIED_UNDECIDED.at(Place(), **facts)


def tell_carried(connection: Connection, person: Employee, code: str) -> Iterator[Problem]:
    """Into which periods a result that was changed has been carried before."""
    for one in load_appraisals_of(connection, person.nip):
        if one.carried_from == code:
            facts = {"name": person.display_name, "nip": person.nip, "source": code, "period": one.period_code}
            yield objection_problems.CARRIED_ON.at(Place(), **facts)


def _units(connection: Connection, person: Employee, period: StoredPeriod) -> set[str | None]:
    """The units a person was in during a period."""
    spans = spans_between(
        date.fromisoformat(period.starts),
        date.fromisoformat(period.ends),
        load_placements(connection, person.nip).get(person.nip, []),
        unit_code=person.unit_code,
        position=person.position,
        assessor_nip=person.assessor_nip,
    )
    return {span.unit_code for span in spans}
