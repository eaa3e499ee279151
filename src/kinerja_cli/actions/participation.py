"""Keep the parts people have in open periods in step with who moved, came, left, or leads what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kinerja_cli.actions.rating_windows import every_days_before
from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.history import History
from kinerja_cli.domain.participation import Part, Participation
from kinerja_cli.domain.periods import Period, parse_period, takes_part, window_opens
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import (
    Appraisal,
    add_appraisals,
    change_appraisals,
    load_appraisals,
    remove_appraisals,
)
from kinerja_cli.storage.store.history import load_history, turns_between
from kinerja_cli.storage.store.operations import FOLLOWED_ON, followed_on, members_on, was_reopened
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


@dataclass(frozen=True, slots=True)
class Course:
    """What decides about every period of a store: who was where when, the units, and the agency's settings."""

    history: History
    tree: UnitTree
    agency: Agency
    days_before: Mapping[str, int]

    def of(self, period: Period, today: date, *, days_before: int | None = None) -> Participation:
        """Who takes part in a period and who rates, as it stands on a day.

        `days_before` is for a period that is about to be opened; others keep what they were opened with.
        """
        kept = self.days_before.get(period.code, self.agency.window_days_before)
        return Participation(
            self.history,
            self.tree,
            period.starts.isoformat(),
            period.ends.isoformat(),
            window_opens(period, days_before=kept if days_before is None else days_before).isoformat(),
            today.isoformat(),
        )


def load_course(connection: Connection) -> Course:
    """The course of things as the store has it now."""
    return Course(
        load_history(connection),
        UnitTree(load_units(connection)),
        read_agency(load_settings(connection)),
        every_days_before(connection),
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
    operation.facts[FOLLOWED_ON] = today.isoformat()
    periods = [period for period in load_periods(operation.connection) if period.is_open]
    if periods:
        course = load_course(operation.connection)
        for period in periods:
            _follow(operation, period, course, today)


def follow_days(operation: Operation, today: date) -> None:
    """Follow in every open period what has begun or ended with the days, where anything can have."""
    last = followed_on(operation.connection)
    day = today.isoformat()
    if last is None or day < last or turns_between(operation.connection, last, day):
        follow_open(operation, today)


def follow(operation: Operation, period: StoredPeriod, today: date) -> None:
    """Bring the parts of an open period in step with the history.

    Who is rated keeps unit and assessor until rated anew; that somebody is out is noted of everybody. Who turns out
    never to have been in service in the period is taken out, and into one that the calendar opened comes who turns
    out to have been on its first day: so it does not matter on which day either was learnt.
    """
    _follow(operation, period, load_course(operation.connection), today)


def _follow(operation: Operation, period: StoredPeriod, course: Course, today: date) -> None:
    """The same, with the course of things at hand."""
    connection = operation.connection
    seen = course.of(parse_period(period.code), today)
    known = load_appraisals(connection, period.code)
    never = [one for nip, one in known.items() if not one.is_rated and not seen.was_there(nip)]
    remove_appraisals(operation, never)
    for one in never:
        del known[one.nip]
    joining = _turned_out_there(operation, period, seen, known)
    add_appraisals(operation, joining)
    pairs = []
    for nip, part in seen.parts(known):
        old = known[nip]
        new = _followed(old, part)
        if new is not old:
            pairs.append((old, new))
    change_appraisals(operation, pairs)
    frozen = load_period_units(connection, period.code)
    _keep_units(operation, period.code, seen, frozen, (*(new for _old, new in pairs), *joining))
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


def _keep_units(
    operation: Operation,
    period_code: str,
    seen: Participation,
    frozen: Mapping[str, PeriodUnit],
    placed: Iterable[Appraisal],
) -> None:
    """Keep in a period the units in which people are placed, where it does not have them yet."""
    missing = {one.unit_code for one in placed if one.unit_code is not None} - frozen.keys()
    if missing:
        # A unit is kept with those above it, without which its path would lead nowhere.
        line = {unit.code for code in missing for unit in seen.tree.line(code)}
        add_period_units(operation, period_code, units_of(seen, line - frozen.keys()))


def rate_anew(
    operation: Operation, period_code: str, seen: Participation, pairs: Sequence[tuple[Appraisal, Appraisal]]
) -> None:
    """Keep ratings of an open period, with the units in which the people rated count by now."""
    _keep_units(
        operation, period_code, seen, load_period_units(operation.connection, period_code), [new for _old, new in pairs]
    )
    change_appraisals(operation, pairs)


def in_step(seen: Participation, old: Appraisal) -> Appraisal:
    """An appraisal that is about to be rated, in step with the history: whoever rates anew rates by what holds now."""
    ((_nip, part),) = seen.parts([old.nip])
    return _followed(old, part, anew=True)


def _turned_out_there(
    operation: Operation, period: StoredPeriod, seen: Participation, known: Mapping[str, Appraisal]
) -> list[Appraisal]:
    """The parts of those who were in service on the first day of a period that the calendar opened, and are not in it.

    Whoever reopened a period decides for themselves who is in it.
    """
    day = members_on(operation.connection, period.code)
    if day is None or was_reopened(operation.connection, period.code):
        return []
    lacking = [nip for nip in seen.members(day) if nip not in known]
    parts = (part for _nip, part in seen.parts(lacking))
    return [
        appraisal_of(period.code, part) for part in parts if takes_part(part.person.employment, period.participants)
    ]


def _followed(old: Appraisal, part: Part, *, anew: bool = False) -> Appraisal:
    """An appraisal beside what the history says of the person's part; a rating keeps unit and assessor while it stands.

    Where it is given `anew`, it stands no longer.
    """
    new: dict[str, str | None] = {}
    if (old.out_on, old.out_reason) != (part.out_on, part.out_reason):
        new |= {"out_on": part.out_on, "out_reason": part.out_reason}
    person, rater = part.person, part.rater
    if anew or not old.is_rated:
        if (old.assessor_nip, old.assessor_rule) != rater:
            new |= {"assessor_nip": rater.nip, "assessor_rule": rater.rule}
        if old.unit_code != person.unit_code:
            new |= {"unit_code": person.unit_code, "position": person.position, "position_type": person.position_type}
    # Hardly anybody changes from one night to the next, and a copy of everybody is what would take the time.
    return replace(old, **new) if new else old  # type: ignore[arg-type]  # every field named holds text or nothing
