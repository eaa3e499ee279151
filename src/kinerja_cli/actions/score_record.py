"""Record the rating of one person: in the window, late by the superior, or carried over from before a move."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Final

from kinerja_cli.actions.carrying import carried_appraisal, tell_undecided
from kinerja_cli.actions.lookup import (
    require_appraisal,
    require_employee,
    require_nip,
    require_open,
)
from kinerja_cli.actions.organisation import load_organisation
from kinerja_cli.actions.participation import rate_anew
from kinerja_cli.actions.rated_anew import RatedAnew
from kinerja_cli.actions.raters import RaterNotSuperior, SuperiorUnknown, another, check_entitled, name_of
from kinerja_cli.actions.rating_windows import days_before, window_of
from kinerja_cli.actions.ratings_given import check_given, rated_with, stored_value
from kinerja_cli.actions.score_refusals import (
    DecisionStands,
    PersonLeft,
    RatedInTime,
    RatedLate,
    StudyFailedLimit,
    StudyNotFailed,
)
from kinerja_cli.actions.superiors import Superiors
from kinerja_cli.actions.year_parts import load_parts, parts_out
from kinerja_cli.domain import rating_problems
from kinerja_cli.domain.appraisal import Outcome
from kinerja_cli.domain.failed_study import STUDY_NOTE, with_study, without_study
from kinerja_cli.domain.finality import LATE, REGION_HEAD
from kinerja_cli.domain.objections import Objection, ObjectionPending
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.personnel import is_standing, out_reason
from kinerja_cli.domain.rating_window import RatingWindow
from kinerja_cli.domain.regulation import read_regulation
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.superiors import Superior
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.domain.year_parts import Part, judge_parts
from kinerja_cli.errors import Place, Problem, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.traces import STUDY_FAILED, study_failed_in

_STUDY: Final = "study"
_STUDY_FAILED: Final = ("kurang", "sangat_kurang")
"""What somebody can get whose study came to nothing: PermenPANRB 6/2022 Lampiran IV.B.3.d."""


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """A rating as recorded; `before` is the predikat it overwrote, `value` the weighted sum of numbers.

    `operation` is None where the same rating stood there `already`, and after a dry run. `parts` are the months or
    quarters beside an annual rating, `problems` what is to be asked or said about it.
    """

    operation: int | None
    nip: str
    name: str
    period: str
    hasil: str | None
    perilaku: str | None
    predikat: str
    assessor_nip: str | None
    rated_by: str | None
    skp: Decimal | None
    perilaku_score: Decimal | None
    value: Decimal | None
    note: str | None
    before: str | None
    final: bool
    final_rule: str | None
    carried_from: str | None
    study_failed: bool
    already: bool
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    suggested_hasil: str | None
    suggestion: str | None

    @property
    def parts_by_code(self) -> dict[str, str | None]:
        """The predikat of each month or quarter beside an annual rating."""
        return {part.code: part.predikat for part in self.parts}

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts; what concerns only some ratings is there only with them."""
        told: dict[str, object] = {
            "operation": self.operation,
            "nip": self.nip,
            "name": self.name,
            "period": self.period,
            "hasil": self.hasil,
            "perilaku": self.perilaku,
            "predikat": self.predikat,
        }
        if self.value is not None:
            told["value"] = self.value
        told["assessor_nip"] = self.assessor_nip
        told["suggested_hasil"] = self.suggested_hasil
        if self.final:
            told |= {"rated_by": self.rated_by, "final": True, "final_rule": self.final_rule}
        if self.carried_from is not None:
            told["carried_from"] = self.carried_from
        if self.study_failed:
            told["study_failed"] = True
        if self.parts:
            told |= {"parts": self.parts_by_code, "parts_out": parts_out(self.parts)}
        if self.parts or self.problems:
            told["problems"] = [problem.as_dict() for problem in self.problems]
        return told


def record_score(
    store: Store,
    nip: str,
    period_code: str,
    *,
    today: date,
    hasil: str | None = None,
    perilaku: str | None = None,
    skp: str | None = None,
    perilaku_score: str | None = None,
    innovation: bool = False,
    note: str | None = None,
    by: str | None = None,
    rated_on: date | None = None,
    late: bool = False,
    study_failed: bool = False,
    carry: str | None = None,
    dry_run: bool = False,
) -> ScoreResult:
    """Record one person's rating in an open period; a note that is not given stays as it was.

    The rating counts as given by the assessor frozen in the period, or by `by` where they may rate too; a `late` one
    by the assessor's superior, and it is final. Who moved since they were rated counts where they are by now, and is
    rated by whoever rates them there. `rated_on` says that it was given within the window and is only
    written down now.
    `carry` takes the rating from the period before, in which the person was still in another unit. Recording what
    stands there already writes nothing.
    """
    require_nip(nip)
    parse_period(period_code)
    given = {"hasil": hasil, "perilaku": perilaku, "skp": skp, "perilaku_score": perilaku_score}
    if carry is None:
        check_given(given)
    _check_options(given, note=note, rated_on=rated_on, late=late, study_failed=study_failed, carry=carry)
    with store.writing("score.record", dry_run=dry_run) as operation:
        connection = operation.connection
        person = require_employee(connection, nip)
        period = require_open(connection, period_code)
        operation.period_code = period.code
        old = require_appraisal(connection, person, period)
        anew = RatedAnew(connection, period, today)
        now = anew.row(old)
        if now.out_on is not None:
            raise PersonLeft(
                person.display_name,
                person.nip,
                period.code,
                now.out_on,
                out_reason(now.out_reason),
                excluded=not is_standing(now.out_reason),
            )
        source = None if carry is None else carried_appraisal(connection, person, period, now.unit_code, carry)
        undecided = () if source is None else tuple(tell_undecided(connection, person, source, period.code))
        if source is not None:
            given = _as_typed(source)
            innovation = bool(source.innovation)
        window = window_of(period, days_before=days_before(connection, period.code))
        objections = load_objections(connection, period_code=period.code, nip=person.nip)
        given_late = old.final_rule == LATE and not late
        stands = bool(objections) or given_late or not (late or window.takes(today=today, rated_on=rated_on))
        base = old if stands else now
        new, outcome = rated_with(base, period, given, innovation=innovation)
        new = replace(new, carried_from=None if source is None else source.period_code)
        if study_failed:
            _check_study(person, period, outcome)
            operation.facts[STUDY_FAILED] = 1
            operation.reason = STUDY_NOTE
        if late:
            new = _late(connection, person, period, old, new, by, today)
        else:
            new = _in_time(connection, person, period, old, new, by, source, today)
        rated = new != old
        if rated:
            _check_standing(person, period, old, objections, given_late=given_late)
        if rated and not late:
            window.check_in_time(today=today, rated_on=rated_on)
        if rated_on is not None:
            operation.facts["rated_on"] = rated_on.isoformat()
        new, problems = _noted(connection, person, new, note, rated=rated, study_failed=study_failed)
        rate_anew(operation, period.code, anew.seen, [(old, new)])
        parts = load_parts(connection, new)
        organisation = load_organisation(connection, period, today)
    problems += () if late else _said(person, window, old, today, rated=rated)
    problems += anew.told(old, new)
    problems += undecided
    if parts:
        label = read_regulation(period.regulation_text).predikat_label
        problems += judge_parts(outcome.predikat, parts, name=person.display_name, note=new.note, label=label)
    return ScoreResult(
        operation.seq,
        new.nip,
        person.display_name,
        period.code,
        new.hasil,
        new.perilaku,
        outcome.predikat,
        new.assessor_nip,
        new.rated_by,
        stored_value(new.skp),
        stored_value(new.perilaku_score),
        outcome.value,
        new.note,
        old.predikat,
        bool(new.final),
        new.final_rule,
        new.carried_from,
        study_failed,
        new == old,
        tuple(parts),
        tuple(problems),
        organisation.suggested_hasil(new.nip),
        organisation.suggestion(new.nip, person.display_name),
    )


def _check_options(
    given: Mapping[str, str | None],
    *,
    note: str | None,
    rated_on: date | None,
    late: bool,
    study_failed: bool,
    carry: str | None,
) -> None:
    """Refuse options that contradict each other, and carrying over without saying why."""
    if late and (rated_on is not None or carry is not None):
        raise UsageError(
            _("{first} and {second} do not go together.").format(
                first="--late", second="--rated-on" if rated_on is not None else "--carry"
            ),
            _("A late rating is the superior's own and is given after the window."),
        )
    if carry is None:
        return
    if study_failed or any(value is not None for value in given.values()):
        raise UsageError(
            _("--carry takes the ratings of another period; no others can be given with it."),
            _("Leave --carry away to rate anew."),
        )
    if not clean_lines(note or ""):
        raise UsageError(
            _("--carry needs --note: who agreed to it, and when."),
            _('For example --note "Disepakati dengan Camat, 3 April 2026".'),
        )


def _as_typed(source: Appraisal) -> dict[str, str | None]:
    """The ratings of an appraisal as if they had been typed."""
    skp, score = stored_value(source.skp), stored_value(source.perilaku_score)
    return {
        "hasil": source.hasil,
        "perilaku": source.perilaku,
        "skp": None if skp is None else str(skp),
        "perilaku_score": None if score is None else str(score),
    }


def _check_study(person: Employee, period: StoredPeriod, outcome: Outcome) -> None:
    """Refuse what is too good for a study that was not completed."""
    if person.status != _STUDY:
        raise StudyNotFailed(person.display_name)
    if outcome.predikat not in _STUDY_FAILED:
        label = read_regulation(period.regulation_text).predikat_label
        raise StudyFailedLimit(person.display_name, label(outcome.predikat), _(" or ").join(map(label, _STUDY_FAILED)))


def _in_time(
    connection: Connection,
    person: Employee,
    period: StoredPeriod,
    old: Appraisal,
    new: Appraisal,
    by: str | None,
    source: Appraisal | None,
    today: date,
) -> Appraisal:
    """A rating with who gave it: `by`, whoever rated before the move, or the assessor of the period.

    Recording the same again does not take it from who gave it, unless the person is rated by somebody else since.
    What the head of the region gave is final.
    """
    if by is not None:
        rater = another(connection, person, by)
        check_entitled(connection, person, period, new, rater, today)
        return replace(new, rated_by=rater.nip, final=0, final_rule=None)
    if source is not None:
        return replace(new, rated_by=source.rated_by, final=0, final_rule=None)
    if old.is_rated and new == old:
        return old
    if new.assessor_rule == REGION_HEAD:
        return replace(new, rated_by=None, final=1, final_rule=REGION_HEAD)
    return replace(new, rated_by=new.assessor_nip, final=0, final_rule=None)


def _late(
    connection: Connection,
    person: Employee,
    period: StoredPeriod,
    old: Appraisal,
    new: Appraisal,
    by: str | None,
    today: date,
) -> Appraisal:
    """A rating by the assessor's superior after the window, which is final."""
    window = window_of(period)
    window.check_late(today=today)
    if old.is_rated and old.final_rule is None and not window.is_back_filled:
        raise RatedInTime(person.display_name, period.code)
    superior = Superiors(connection, period, today).above(new)
    rater = None if by is None else another(connection, person, by)
    if not superior.is_known:
        if rater is None or rater.nip == new.assessor_nip:
            raise SuperiorUnknown(person.display_name)
        superior = Superior(rater.nip)
    elif rater is not None and rater.nip != superior.nip:
        raise RaterNotSuperior(rater.display_name, name_of(connection, superior))
    rule = REGION_HEAD if new.assessor_rule == REGION_HEAD else LATE
    return replace(new, rated_by=superior.nip, final=1, final_rule=rule)


def _check_standing(
    person: Employee, period: StoredPeriod, old: Appraisal, objections: Iterable[Objection], *, given_late: bool
) -> None:
    """Refuse to change a rating that stands.

    One that somebody objects to is changed by the decision alone, and afterwards by nothing any more; one that the
    superior has `given_late` by the superior alone.
    """
    for one in objections:
        if one.is_open:
            raise ObjectionPending(person.display_name, one.id, period.code)
        raise DecisionStands(one, person.display_name, _label(period, old.predikat))
    if given_late:
        raise RatedLate(person.display_name, person.nip, period.code, _label(period, old.predikat))


def _label(period: StoredPeriod, predikat: str | None) -> str:
    """A predikat in the words of the regulation that a period froze."""
    return read_regulation(period.regulation_text).predikat_label(predikat or "")


def _said(person: Employee, window: RatingWindow, old: Appraisal, today: date, *, rated: bool) -> Iterator[Problem]:
    """What is worth saying of a rating by the assessor: that it comes early, or changes nothing of a late one."""
    if not rated and old.final_rule == LATE:
        yield rating_problems.RATED_LATE_ALREADY.at(Place(), name=person.display_name, period=window.period)
    elif rated and window.is_early(today):
        yield rating_problems.RATED_EARLY.at(Place(), value=window.opens, period=window.period)


def _noted(
    connection: Connection, person: Employee, new: Appraisal, note: str | None, *, rated: bool, study_failed: bool
) -> tuple[Appraisal, list[Problem]]:
    """A rating with its note, which speaks of a failed study for as long as the rating counts as one."""
    new = new if note is None else replace(new, note=clean_lines(note) or None)
    if study_failed:
        return replace(new, note=with_study(new.note)), []
    if new.period_code not in study_failed_in(connection, person.nip):
        return new, []
    if not rated:
        return (new if note is None else replace(new, note=with_study(new.note))), []
    told = rating_problems.STUDY_FAILED_LIFTED.at(
        Place(), name=person.display_name, nip=person.nip, period=new.period_code
    )
    return replace(new, note=without_study(new.note)), [told]
