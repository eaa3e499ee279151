"""Who may be named as having rated somebody: the assessor, whoever the rating was handed to, the superior."""

from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.lookup import require_employee
from kinerja_cli.actions.participation import load_course
from kinerja_cli.actions.refusals import AssessorSelf
from kinerja_cli.domain.entitled import entitled
from kinerja_cli.domain.finality import REGION_HEAD
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.superiors import THE_REGION_HEAD, Superior
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import StoredPeriod


class RaterNotSuperior(KinerjaError):
    """A late rating is to be given by somebody who is not the assessor's superior."""

    code = "rater-not-superior"
    exit = Exit.REFUSED

    def __init__(self, named: str, superior: str) -> None:
        super().__init__(
            _("{name} is not the superior of the assessor; that is {superior}.").format(name=named, superior=superior),
            _("Leave --by away, and the rating counts as given by the superior (PermenPANRB 6/2022 Lampiran IV.A.11)."),
        )


class SuperiorUnknown(KinerjaError):
    """The rules do not say who stands above the assessor."""

    code = "superior-unknown"
    exit = Exit.REFUSED

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The rules do not say who stands above the assessor of {name}.").format(name=name),
            _("Name the superior with --by NIP, or the head of the unit with `kinerja unit set CODE --head NIP`."),
        )


class RaterNotAssessor(KinerjaError):
    """Somebody is said to have rated who is neither the assessor nor has the assessor's authority."""

    code = "rater-not-assessor"
    exit = Exit.REFUSED

    def __init__(self, named: str, ratee: Employee, period: str, assessor: str | None, giver: str | None) -> None:
        facts = {"rater": named, "name": ratee.display_name, "nip": ratee.nip, "period": period}
        hint = _(
            "Where {rater} is to rate, record it first: `kinerja staff set {nip} --assessor NIP`."
            " Otherwise leave --by away."
        )
        if giver is not None:
            hint = _(
                "Leave --by away, and the rating counts as given by the assessor. Where {rater} was to rate, record it"
                " first: `kinerja staff delegate {giver} --to NIP --for {nip} --from DATE`, or"
                " `kinerja staff set {nip} --assessor NIP` (PermenPANRB 6/2022 Pasal 1 (9))."
            )
        message = _("{rater} does not rate {name} in {period}; {assessor} does.")
        if assessor is None:
            message = _("{rater} does not rate {name} in {period}; the rules name nobody.")
        super().__init__(
            message.format(assessor=assessor, **facts),
            hint.format(giver=giver, **facts),
        )


def another(connection: Connection, person: Employee, by: str) -> Employee:
    """Whom a NIP names in a matter of somebody else. Raises AssessorSelf where it is their own."""
    named = require_employee(connection, by)
    if named.nip == person.nip:
        raise AssessorSelf(person.display_name)
    return named


def check_entitled(
    connection: Connection, person: Employee, period: StoredPeriod, appraisal: Appraisal, rater: Employee, today: date
) -> None:
    """Refuse somebody as the rater who is not entitled. Raises RaterNotAssessor.

    Entitled are the assessor that the period keeps, the one whom the rules name by now, and whoever either of them
    handed the rating to on any day since the window opened.
    """
    if rater.nip == appraisal.assessor_nip:
        return
    course = load_course(connection)
    seen = course.of(parse_period(period.code), today)
    ((_nip, part),) = seen.parts([person.nip])
    assessors = (appraisal.assessor_nip, part.rater.nip)
    if rater.nip in entitled(assessors, course.history.delegations, person.nip, seen.opens, today.isoformat()):
        return
    known = THE_REGION_HEAD if appraisal.assessor_rule == REGION_HEAD else Superior(appraisal.assessor_nip)
    raise RaterNotAssessor(
        rater.display_name,
        person,
        period.code,
        name_of(connection, known) if known.is_known else None,
        appraisal.assessor_nip,
    )


def name_of(connection: Connection, superior: Superior) -> str:
    """Who a superior is, in words."""
    if superior.nip is None:
        return _("the head of the region (Kepala Daerah)")
    found = require_employee(connection, superior.nip)
    return f"{found.display_name} ({found.nip})"
