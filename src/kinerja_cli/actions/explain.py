"""Explain how a predikat came out, with the article, and what a code means."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from gettext import gettext as _

from kinerja_cli.actions.kept_parts import called, kept_part, served
from kinerja_cli.actions.lookup import require_appraisal, require_employee, require_period
from kinerja_cli.actions.meanings import MEANINGS
from kinerja_cli.actions.objections_shown import objections_of
from kinerja_cli.actions.organisation import load_organisation
from kinerja_cli.actions.participation import load_course
from kinerja_cli.actions.retold import followed
from kinerja_cli.actions.scores import stored_value
from kinerja_cli.actions.year_parts import load_parts, parts_out, predikat_by_code
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.appraisal import Outcome, appraise, appraise_numbers
from kinerja_cli.domain.personnel import out_reason
from kinerja_cli.domain.problem_codes import CHECKED, PROBLEMS
from kinerja_cli.domain.rating_order import RULE_LABELS, Order, Rater, order_on
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, ProblemKind, Severity
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import Appraisal, find_appraisal
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.units import load_units


class CodeUnknown(KinerjaError):
    """No problem and no refusal has this code."""

    code = "code-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, wanted: str) -> None:
        near = get_close_matches(wanted, sorted({*PROBLEMS, *MEANINGS}), n=3, cutoff=0.5)
        hint = _("Codes look like nip-length or period-closed; they stand in brackets before each message.")
        if near:
            hint = _("Did you mean {near}?").format(near=_(" or ").join(near))
        super().__init__(_("There is no code {code}.").format(code=wanted), hint)


def explain_person(store: Store, nip: str, period_code: str, *, today: date | None = None) -> dict[str, object]:
    """How one person's predikat of a period came out, step by step, by the regulation the period froze.

    `today` is for the organisation predikat, as in `load_organisation`.
    """
    with store.reading() as connection:
        person = require_employee(connection, nip)
        period = require_period(connection, period_code)
        appraisal = require_appraisal(connection, person, period)
        course = load_course(connection)
        organisation = load_organisation(connection, period, today).told(appraisal, person.display_name)
        year = load_parts(connection, appraisal)
        source = find_appraisal(connection, appraisal.carried_from or "", person.nip)
        objections = objections_of(connection, person.nip, period.code)
    history, region_head = course.history, course.agency.region_head
    kept = kept_part(course, period, appraisal, today or date.fromisoformat(period.ends))
    regulation = read_regulation(period.regulation_text)
    outcome = _outcome(regulation, period, appraisal)
    waiting = _("{name} is not rated in {period} yet; a missing rating is never guessed.")
    steps = list((waiting.format(name=person.display_name, period=period.code),) if outcome is None else outcome.steps)
    if len(kept.spans) > 1:
        steps.append(served(person, kept.spans))
    if appraisal.out_on is not None:
        steps.append(_out(person, appraisal))
    if kept.changed is not None:
        steps += kept.steps
    steps += organisation.steps
    parts, out = predikat_by_code(year), parts_out(year)
    final = source is not None and bool(source.final)
    steps += followed(regulation, appraisal, parts or {}, objections, source_final=final, out=out or ())
    return {
        "nip": person.nip,
        "name": person.display_name,
        "period": period.code,
        "regulation": regulation.id,
        "hasil": appraisal.hasil,
        "perilaku": appraisal.perilaku,
        "skp": stored_value(appraisal.skp),
        "perilaku_score": stored_value(appraisal.perilaku_score),
        "value": None if outcome is None else outcome.value,
        "predikat": None if outcome is None else outcome.predikat,
        "cell": None if outcome is None else outcome.cell,
        "source": None if outcome is None else outcome.source,
        "steps": steps,
        "spans": kept.spans,
        "changed_since": kept.changed,
        "assessor_nip": appraisal.assessor_nip,
        "assessor": called(appraisal.assessor_nip, appraisal.assessor_rule, history.staff, region_head),
        "assessor_rule": appraisal.assessor_rule,
        "assessed": _assessed(appraisal, history.staff, region_head),
        "out_on": appraisal.out_on,
        "out_reason": appraisal.out_reason,
        **organisation.as_dict(),
        "final": bool(appraisal.final),
        "final_rule": appraisal.final_rule,
        "carried_from": appraisal.carried_from,
        "parts": parts,
        "parts_out": out,
        "objections": objections,
    }


def explain_rater(store: Store, nip: str, day: date) -> dict[str, object]:
    """Who rates a person on a day, by which rule, and who would in the assessor's place."""
    with store.reading() as connection:
        person = require_employee(connection, nip)
        history, tree = load_history(connection), UnitTree(load_units(connection))
        region_head = read_agency(load_settings(connection)).region_head
    then = history.person_on(person.nip, day.isoformat())
    order = order_on(history, tree, day.isoformat())
    rater = order.rater_of(then)
    superior = order.superior_of(rater, then)
    excluded = history.excluded_on(person.nip, day.isoformat())
    return {
        "nip": person.nip,
        "name": person.display_name,
        "on": day.isoformat(),
        "status": then.status,
        "excluded": None if excluded is None else excluded.reason,
        "unit_code": then.unit_code,
        "unit": tree.path(then.unit_code) or None,
        "assessor_nip": rater.nip,
        "assessor": called(rater.nip, rater.rule, history.staff, region_head),
        "rule": rater.rule,
        "source": _(RULE_LABELS[rater.rule]),
        "superior_nip": superior.nip,
        "superior": called(superior.nip, superior.rule, history.staff, region_head),
        "superior_rule": superior.rule,
        "superior_source": _above(order, rater, superior),
    }


def _above(order: Order, rater: Rater, superior: Rater) -> str:
    """The rule by which somebody stands above the assessor, or why nobody does."""
    if superior.nip is None and rater.nip is not None:
        line = [rater.nip]
        while (above := order.rater_of(order.staff[line[-1]]).nip) is not None:
            if above in line:
                chain = " → ".join(order.staff[nip].display_name for nip in (*line[line.index(above) :], above))
                return _("nobody: these people would appraise each other in turn: {chain}").format(chain=chain)
            line.append(above)
    if superior == Rater(None, "roster"):
        return _("nobody: the roster names an assessor who is not in service")
    return _(RULE_LABELS[superior.rule])


def _assessed(appraisal: Appraisal, staff: Mapping[str, Employee], region_head: str) -> str:
    """The sentence that tells who rates in the period, and by which rule."""
    name = called(appraisal.assessor_nip, appraisal.assessor_rule, staff, region_head)
    if name is None:
        return _("Nobody is found who rates: the roster names none, and no unit above has a head in service.")
    if appraisal.assessor_rule is None:
        return name
    return _("{name}, {rule}").format(name=name, rule=_(RULE_LABELS[appraisal.assessor_rule]))


def _out(person: Employee, appraisal: Appraisal) -> str:
    """The sentence that tells that a person is out of the period."""
    return _("{name} is out of the period since {day} ({reason}).").format(
        name=person.display_name, day=appraisal.out_on, reason=out_reason(appraisal.out_reason)
    )


def explain_code(code: str) -> dict[str, object]:
    """What a code means: of a problem with input, of a refusal, or of both where they share it.

    `exit` is the exit code it leads to, None where it keeps nothing out; the remedy of a refusal stands in its
    meaning.
    """
    wanted = code.strip().lower()
    kind, refusal = PROBLEMS.get(wanted), MEANINGS.get(wanted)
    if kind is not None:
        kept_out = kind.severity is Severity.ERROR
        otherwise = Exit.FINDINGS if wanted in CHECKED else Exit.REJECTED
        return {
            "code": wanted,
            "severity": str(kind.severity),
            "exit": int(refusal.exit if refusal else otherwise) if kept_out or refusal else None,
            "message": _sentence(kind, kind.message),
            "fix": _sentence(kind, kind.fix),
            "meaning": _(kind.meaning),
        }
    if refusal is not None:
        return {
            "code": wanted,
            "severity": str(Severity.ERROR),
            "exit": int(refusal.exit),
            "message": _(refusal.message),
            "fix": None,
            "meaning": _(refusal.meaning),
        }
    raise CodeUnknown(wanted)


def _outcome(regulation: Regulation, period: StoredPeriod, appraisal: Appraisal) -> Outcome | None:
    """The predikat worked out again from what is stored; None for a person not rated."""
    if appraisal.hasil is not None and appraisal.perilaku is not None:
        return appraise(regulation, appraisal.hasil, appraisal.perilaku)
    skp, score = stored_value(appraisal.skp), stored_value(appraisal.perilaku_score)
    if skp is None or score is None:
        return None
    return appraise_numbers(
        regulation,
        skp,
        score,
        innovation=bool(appraisal.innovation),
        peer_opinion=bool(period.peer_opinion),
    )


def _sentence(kind: ProblemKind, text: str) -> str:
    """A problem's sentence with dots where the file's own words would stand."""
    blanks: defaultdict[str, str] = defaultdict(lambda: "…", code=kind.code, suggestion="", proposal="")
    return _(text).format_map(blanks)
