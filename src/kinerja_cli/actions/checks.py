"""Run every rule of `check` over the store: over people and who rates them, and over the periods asked for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from gettext import gettext as _

from kinerja_cli.actions.distribution import distribution_report
from kinerja_cli.actions.kept_parts import called
from kinerja_cli.actions.organisation import PeriodOrganisation, load_organisation
from kinerja_cli.actions.participation import load_course
from kinerja_cli.actions.period_flaws import from_ratings
from kinerja_cli.actions.rated_anew import whose
from kinerja_cli.actions.rating_windows import window_of
from kinerja_cli.actions.ratings_given import stored_value
from kinerja_cli.actions.superiors import Superiors
from kinerja_cli.actions.year_parts import load_parts_of
from kinerja_cli.domain.agency import Agency, read_agency
from kinerja_cli.domain.appraisal import appraise_numbers
from kinerja_cli.domain.check_facts import Checked, Facts, Flaw, PatternFound, Ratings
from kinerja_cli.domain.checks import CHECKS, run_checks
from kinerja_cli.domain.entitled import entitled
from kinerja_cli.domain.finality import LATE
from kinerja_cli.domain.periods import Period, parse_period, takes_part
from kinerja_cli.domain.rating_order import REGION_HEAD, order_on
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, Severity
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.operations import typed_ratings
from kinerja_cli.storage.store.periods import StoredPeriod, find_stored_period, load_periods
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.units import load_units

_OF_ROSTER_ALONE = frozenset(
    {
        "check-no-unit",
        "check-no-assessor",
        "check-assessor-left",
        "check-assessor-circle",
        "check-assessor-unfit",
        "check-no-head",
    }
)
"""Rules about people and units as they are, told once however many periods are looked at."""


class CheckUnknown(KinerjaError):
    """There is no rule of this code."""

    code = "check-unknown"
    exit = Exit.USAGE

    def __init__(self, wanted: str) -> None:
        super().__init__(
            _("There is no check {code}.").format(code=wanted),
            _("Checks are: {codes}.").format(codes=", ".join(kind.code for kind in CHECKS)),
        )


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and what was found."""

    periods: tuple[str, ...]
    flaws: tuple[Flaw, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return any(flaw.problem.severity is Severity.ERROR for flaw in self.flaws)


def check_store(
    store: Store, period_text: str | None = None, *, only: Collection[str] = (), as_of: date
) -> CheckReport:
    """Look for every rule that is broken: in the period named, else in all that are open.

    A period that is not opened yet is looked at for what would keep it from being opened.
    """
    for code in only:
        if all(kind.code != code for kind in CHECKS):
            raise CheckUnknown(code)
    wanted = set(only) or {kind.code for kind in CHECKS}
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        if period_text is None:
            periods = [one for one in load_periods(connection) if one.is_open]
        else:
            stored = find_stored_period(connection, parse_period(period_text).code)
            periods = [] if stored is None else [stored]
        upcoming = parse_period(period_text) if period_text is not None and not periods else None
        flaws = run_checks(_of_roster(connection, upcoming, as_of), wanted & _OF_ROSTER_ALONE)
        found = [
            (period, _of_period(connection, agency, period, as_of)) for period in periods if wanted - _OF_ROSTER_ALONE
        ]
    for period, facts in found:
        patterned = _with_patterns(store, period, facts, as_of) if "check-distribution" in wanted else facts
        flaws += run_checks(patterned, wanted - _OF_ROSTER_ALONE)
    return CheckReport(tuple(one.code for one in periods), tuple(flaws))


def _of_roster(connection: Connection, upcoming: Period | None, as_of: date) -> Facts:
    """People as they are today, or as they would come into a period that is not opened yet."""
    tree = UnitTree(load_units(connection))
    if upcoming is not None:
        seen = load_course(connection).of(upcoming, as_of)
        order, staff = seen.order, seen.history.staff
    else:
        history = load_history(connection)
        order, staff = order_on(history, tree, as_of.isoformat()), history.staff
    return Facts(staff, order.raters(), tree, order.leaders, delegations=order.delegations)


def _of_period(connection: Connection, agency: Agency, period: StoredPeriod, as_of: date) -> Facts:
    """Everybody's part in a period, with what the rules compare it to."""
    own = parse_period(period.code)
    appraisals = load_appraisals(connection, period.code)
    seen = load_course(connection).of(own, as_of)
    by_now = dict(seen.parts(nip for nip, one in appraisals.items() if one.is_rated))
    regulation = read_regulation(period.regulation_text)
    last = _period_before(connection, period)
    before = {} if last is None else load_appraisals(connection, last)
    typed = typed_ratings(connection, period.code)
    superiors = Superiors(connection, period, as_of)
    parts = {
        nip: {part.code: part.predikat for part in found if part.is_missing or part.predikat is not None}
        for nip, found in load_parts_of(connection, appraisals).items()
    }
    objections = {one.nip: one for one in load_objections(connection, period_code=period.code)}
    carried = {
        (code, nip): _ratings(source)
        for code in {one.carried_from for one in appraisals.values()} - {None}
        for nip, source in load_appraisals(connection, str(code)).items()
    }
    decided = {one.nip: one.decided_by for one in objections.values()}
    window = window_of(period)
    over = as_of > window.ends
    organisation = load_organisation(connection, period, as_of)
    day = max(own.starts, min(own.ends, as_of)).isoformat()

    def beside(one: Appraisal) -> frozenset[str]:
        """Who may have rated somebody beside the assessor; who rated before a move did it by the rules of then."""
        part = by_now[one.nip]
        others = (superiors.above(one).nip, decided.get(one.nip), one.rated_by if one.carried_from else None)
        assessors = (one.assessor_nip, part.rater.nip)
        handed = entitled(assessors, seen.history.delegations, one.nip, seen.opens, as_of.isoformat())
        return handed | {nip for nip in others if nip is not None}

    def elsewhere(one: Appraisal) -> tuple[str | None, str] | None:
        """Where somebody rated counts by now, and who rates them there, if the row has it otherwise."""
        part = by_now.get(one.nip)
        if part is None or (part.person.unit_code, part.rater.nip, part.rater.rule == REGION_HEAD) == whose(one):
            return None
        name = called(part.rater.nip, part.rater.rule, seen.history.staff, agency.region_head)
        return part.person.unit_code, name or _("nobody")

    def checked(one: Appraisal) -> Checked:
        earlier = before.get(one.nip)
        at, objection = typed.get(one.nip), objections.get(one.nip)
        return Checked(
            one.nip,
            seen.history.staff[one.nip].display_name,
            one.unit_code,
            one.assessor_nip,
            one.assessor_rule,
            _ratings(one),
            one.predikat,
            _expected(regulation, period, one),
            one.note,
            one.rated_by,
            beside(one) if one.is_rated and one.rated_by != one.assessor_nip else frozenset(),
            one.is_out,
            None if at is None else datetime.fromisoformat(at),
            None if earlier is None else _ratings(earlier),
            parts.get(one.nip, {}),
            objection is not None and objection.is_open,
            one.final_rule == LATE,
            one.is_rated or not over or superiors.above(one).is_known,
            objection is not None,
            elsewhere(one),
            one.carried_from,
            carried.get((one.carried_from, one.nip)),
        )

    return Facts(
        seen.history.staff,
        {},
        seen.tree,
        seen.order.leaders,
        period.code,
        [checked(one) for one in appraisals.values()],
        [
            nip
            for nip in seen.members(day)
            if period.is_open and takes_part(seen.history.staff[nip].employment, period.participants)
        ],
        list(_without_organisation(organisation, appraisals.values())),
        (),
        last,
        lambda ratings: _spoken(regulation, ratings),
        window_over=over,
        closed_to_assessors=over and not window.is_back_filled,
        region_head=agency.region_head,
        is_open=period.is_open,
    )


def _with_patterns(store: Store, period: StoredPeriod, facts: Facts, as_of: date) -> Facts:
    """The facts with every unit whose predikat break the pattern and nobody has written down why."""
    report = distribution_report(store, period.code, today=as_of)
    found = [
        PatternFound(row.unit_code, finding.message, outdated=row.is_outdated)
        for row in report.units
        if row.unit_code is not None
        for finding in row.checked.breaches
        if not row.justified(finding)
    ]
    return facts.with_patterns(found)


def _period_before(connection: Connection, period: StoredPeriod) -> str | None:
    """The last period of the same kind that ended before this one began."""
    earlier = [one for one in load_periods(connection) if one.kind == period.kind and one.ends < period.starts]
    return max(earlier, key=lambda one: one.ends).code if earlier else None


def _without_organisation(organisation: PeriodOrganisation, appraisals: Iterable[Appraisal]) -> Iterator[str]:
    """The units that count for somebody and have no organisation predikat; of a line only the highest."""
    codes = {code for one in appraisals if (code := organisation.unit_for(one)) is not None}
    lacking = {code for code in codes if organisation.of_unit(code).organisation is None}
    for code in sorted(lacking):
        if not any(unit.code in lacking for unit in organisation.tree.line(code)[1:]):
            yield code


def _ratings(one: Appraisal) -> Ratings | None:
    """What was given to somebody; None where nothing was."""
    given = (one.hasil, one.perilaku) if one.hasil is not None else (one.skp, one.perilaku_score, one.innovation)
    return given if one.is_rated else None


def _expected(regulation: Regulation, period: StoredPeriod, one: Appraisal) -> str | None:
    """The predikat that ratings give; None where there are none."""
    if regulation.numeric is None:
        return from_ratings(regulation, one.hasil, one.perilaku)
    skp, score = stored_value(one.skp), stored_value(one.perilaku_score)
    if skp is None or score is None:
        return None
    opinion = bool(period.peer_opinion)
    return appraise_numbers(regulation, skp, score, innovation=bool(one.innovation), peer_opinion=opinion).predikat


def _spoken(regulation: Regulation, ratings: Ratings) -> str:
    """Ratings as a sentence names them."""
    if regulation.numeric is None:
        return " / ".join(regulation.rating_label(str(one)) for one in ratings)
    return " / ".join(str(stored_value(one)) for one in ratings[:2])
