"""Keep the days on which evaluation documents were signed, handed over, received, returned and reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.lookup import require_appraisal, require_employee, require_period, require_unit
from kinerja_cli.actions.rating_windows import days_before
from kinerja_cli.actions.receipts import follow_receipts
from kinerja_cli.domain.documents import check_days, check_order
from kinerja_cli.domain.periods import parse_period, window_opens
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Exit, KinerjaError, Problem, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.documents import load_document_days, save_document_days
from kinerja_cli.storage.store.periods import StoredPeriod, load_period_units
from kinerja_cli.storage.store.staff import names_by_nip


class DocumentUnrated(KinerjaError):
    """There is no document of somebody who is not rated."""

    code = "document-unrated"
    exit = Exit.REFUSED

    def __init__(self, name: str, period: str) -> None:
        super().__init__(
            _("{name} is not rated in {period}, so there is no document yet.").format(name=name, period=period),
            _("Record the rating first."),
        )


@dataclass(frozen=True, slots=True)
class DatesKept:
    """What keeping days came to: the people they are for, those whose days changed, those without a rating.

    `problems` are objections whose time the day of receipt has changed.
    """

    operation: int | None
    period: str
    people: int
    changed: int
    unrated: int
    problems: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        return {
            "operation": self.operation,
            "period": self.period,
            "people": self.people,
            "changed": self.changed,
            "unrated": self.unrated,
            "problems": [one.as_dict() for one in self.problems],
        }


def keep_dates(
    store: Store,
    period_code: str,
    days: Mapping[str, date | None],
    *,
    today: date,
    nips: Sequence[str] = (),
    unit: str | None = None,
    dry_run: bool = False,
) -> DatesKept:
    """Keep days of documents, for some people or for everybody rated; None takes a day away.

    The period may be closed, since documents follow it. Nothing is kept where one person's days would not follow
    each other. An undecided objection follows the day of receipt; of a decided one that day stands.
    """
    if not days:
        raise UsageError(
            _("No day was given."),
            _("Give one or more of --signed, --handed-over, --received, --returned and --reported."),
        )
    with store.writing("score.dates", dry_run=dry_run) as operation:
        connection = operation.connection
        period = require_period(connection, period_code)
        opens = window_opens(parse_period(period.code), days_before=days_before(connection, period.code))
        check_days({event: day for event, day in days.items() if day is not None}, opens=opens, today=today)
        wanted = _wanted(connection, period, nips, unit)
        rated = [one for one in wanted if one.is_rated]
        people = names_by_nip(connection, (one.nip for one in wanted))
        if nips and len(rated) < len(wanted):
            name = next(people[one.nip].display_name for one in wanted if not one.is_rated)
            raise DocumentUnrated(name, period.code)
        known = load_document_days(connection, period_code=period.code)
        pairs = []
        for one in rated:
            before = known.get((period.code, one.nip), {})
            after = {event: day for event, day in {**before, **days}.items() if day is not None}
            check_order(after, people[one.nip].display_name)
            pairs.append(((period.code, one.nip), before, after))
        operation.period_code = period.code
        moved = {one.nip: days["received"] for one in rated} if "received" in days else {}
        told = follow_receipts(operation, period, {one.nip: one.unit_code for one in rated}, moved)
        changed = save_document_days(operation, pairs)
        operation.facts["people"] = changed
    return DatesKept(operation.seq, period.code, len(rated), changed, len(wanted) - len(rated), told)


def _wanted(connection: Connection, period: StoredPeriod, nips: Sequence[str], unit: str | None) -> list[Appraisal]:
    """The appraisals of those named, within a unit where one is named; of everybody where nobody is."""
    if nips:
        found = [require_appraisal(connection, require_employee(connection, nip), period) for nip in nips]
        appraisals = {one.nip: one for one in found}
    else:
        appraisals = load_appraisals(connection, period.code)
    if unit is None:
        return list(appraisals.values())
    frozen = load_period_units(connection, period.code)
    tree = UnitTree({code: Unit(code, one.name, one.parent_code) for code, one in frozen.items()})
    within = tree.within(require_unit(tree.units, unit).code)
    return [one for one in appraisals.values() if one.unit_code in within]
