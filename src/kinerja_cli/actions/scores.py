"""Record the rating of one person, and show the ratings of a period."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from kinerja_cli.actions.lookup import (
    require_appraisal,
    require_employee,
    require_nip,
    require_open,
    require_period,
    require_unit,
)
from kinerja_cli.actions.organisation import PeriodOrganisation, load_organisation
from kinerja_cli.actions.refusals import AssessorSelf
from kinerja_cli.actions.score_import import ScoreImport, import_scores
from kinerja_cli.domain.appraisal import (
    MethodMismatch,
    Outcome,
    appraise,
    appraise_numbers,
    parse_number,
)
from kinerja_cli.domain.names import display_name
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.personnel import out_reason
from kinerja_cli.domain.rating_cells import SPOKEN, hundredths, perhaps_meant
from kinerja_cli.domain.regulation import Regulation, parse_rating, read_regulation
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.appraisals import (
    Appraisal,
    change_appraisals,
    load_appraisals_of,
    results,
)
from kinerja_cli.storage.store.periods import PeriodUnit, StoredPeriod, find_stored_period, load_period_units

__all__ = [
    "RatingUnknown",
    "ScoreImport",
    "ScoreResult",
    "import_scores",
    "list_scores",
    "record_score",
    "show_score",
    "stored_value",
]

_OPTIONS = {
    "hasil": "--hasil",
    "perilaku": "--perilaku",
    "skp": "--skp",
    "perilaku_score": "--perilaku-score",
}


class RatingUnknown(KinerjaError):
    """A word is none of the three ratings."""

    code = "rating-unknown"
    exit = Exit.REJECTED

    def __init__(self, what: str, text: str, regulation: Regulation) -> None:
        labels = ", ".join(term.label for term in regulation.ratings)
        super().__init__(
            _("{value} is no rating of {what}{suggestion}.").format(
                value=text, what=what, suggestion=perhaps_meant(regulation, text, regulation.ratings)
            ),
            _("Give one of: {labels}; diatas, sesuai and dibawah will do.").format(labels=labels),
        )


class PersonLeft(KinerjaError):
    """The person was out of the period before its end, so that nobody rates them in it."""

    code = "person-left"
    exit = Exit.REFUSED

    def __init__(self, name: str, period: str, day: str, reason: str) -> None:
        super().__init__(
            _("{name} is out of {period} since {day} ({reason}).").format(
                name=name, period=period, day=day, reason=reason
            ),
            _(
                "If they served until the end of the period, correct the day with"
                " `kinerja staff set NIP --status … --since DATE`, or end an exclusion."
            ),
        )


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """A rating as recorded; `before` is the predikat it overwrote, `value` the weighted sum of numbers.

    `operation` is None where the same rating stood there already, and after a dry run.
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
    suggested_hasil: str | None
    suggestion: str | None

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        return {
            "operation": self.operation,
            "nip": self.nip,
            "name": self.name,
            "period": self.period,
            "hasil": self.hasil,
            "perilaku": self.perilaku,
            "predikat": self.predikat,
            "assessor_nip": self.assessor_nip,
            "suggested_hasil": self.suggested_hasil,
        }


def record_score(
    store: Store,
    nip: str,
    period_code: str,
    *,
    hasil: str | None = None,
    perilaku: str | None = None,
    skp: str | None = None,
    perilaku_score: str | None = None,
    innovation: bool = False,
    note: str | None = None,
    by: str | None = None,
    today: date | None = None,
    dry_run: bool = False,
) -> ScoreResult:
    """Record one person's rating in an open period; a note that is not given stays as it was.

    The rating counts as given by `by`, else by the assessor frozen in the period. Recording what stands there
    already writes nothing. `today` tells whether an annual organisation result can still come in time.
    """
    require_nip(nip)
    parse_period(period_code)
    given = {"hasil": hasil, "perilaku": perilaku, "skp": skp, "perilaku_score": perilaku_score}
    _check_given(given)
    with store.writing("score.record", dry_run=dry_run) as operation:
        connection = operation.connection
        person = require_employee(connection, nip)
        period = require_open(connection, period_code)
        operation.period_code = period.code
        old = require_appraisal(connection, person, period)
        if old.out_on is not None:
            raise PersonLeft(person.display_name, period.code, old.out_on, out_reason(old.out_reason))
        new, outcome = _rated(old, period, given, innovation=innovation)
        if note is not None:
            new = replace(new, note=clean_lines(note) or None)
        new = replace(new, rated_by=_rater(connection, person, by, old, new))
        change_appraisals(operation, [(old, new)])
        organisation = load_organisation(connection, period, today)
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
        organisation.suggested_hasil(new.nip),
        organisation.suggestion(new.nip, person.display_name),
    )


def list_scores(
    store: Store, period_code: str, *, unit: str | None = None, unrated: bool = False, today: date | None = None
) -> list[dict[str, object]]:
    """The ratings of a period, ordered by unit and name; `unit` includes the units below it.

    Units are those frozen in the period. `today` is for the organisation predikat, as in `load_organisation`.
    """
    with store.reading() as connection:
        period = require_period(connection, period_code)
        units = load_period_units(connection, period.code)
        rows = results(connection, period.code, unrated=unrated)
        organisation = load_organisation(connection, period, today, units)
    if unit is not None:
        tree = organisation.tree
        within = tree.within(require_unit(tree.units, unit).code)
        rows = [row for row in rows if row["unit_code"] in within]
    shown = [_shown(row, organisation) for row in rows]
    shown.sort(key=lambda row: (_path(units, row["unit_code"]), str(row["name"]), str(row["nip"])))
    return shown


def frozen_regulation(store: Store, period_code: str) -> Regulation:
    """The regulation a period froze when it opened."""
    with store.reading() as connection:
        return read_regulation(require_period(connection, period_code).regulation_text)


def show_score(
    store: Store, nip: str, period_code: str | None = None, *, today: date | None = None
) -> list[dict[str, object]]:
    """One person's ratings in order of time: of all periods, or of the one named, which they must be in."""
    with store.reading() as connection:
        person = require_employee(connection, nip)
        if period_code is not None:
            appraisals = [require_appraisal(connection, person, require_period(connection, period_code))]
        else:
            appraisals = load_appraisals_of(connection, person.nip)
        codes = {one.period_code for one in appraisals}
        periods = [period for code in codes if (period := find_stored_period(connection, code)) is not None]
        frozen = {period.code: load_organisation(connection, period, today) for period in periods}
    titles = {"name": person.name, "front_title": person.front_title, "back_title": person.back_title}
    shown = []
    for one in appraisals:
        columns = {name: getattr(one, name) for name in Appraisal.__dataclass_fields__} | titles
        shown.append(
            {"period": one.period_code}
            | _shown(columns, frozen[one.period_code])
            | {"note": one.note, "rated_by": one.rated_by}
        )
    return shown


def stored_value(hundredths: object) -> Decimal | None:
    """A value as people know it, from the hundredths that are stored."""
    return Decimal(hundredths).scaleb(-2) if isinstance(hundredths, int) else None


def _check_given(given: Mapping[str, str | None]) -> None:
    """Two ratings or two values; what is missing is named."""
    for pair in (("hasil", "perilaku"), ("skp", "perilaku_score")):
        there = [name for name in pair if given[name] is not None]
        if len(there) == 1:
            lacking = next(name for name in pair if name not in there)
            raise UsageError(
                _("The option {option} is missing.").format(option=_OPTIONS[lacking]),
                _("A predikat needs both {first} and {second}.").format(
                    first=_OPTIONS[pair[0]], second=_OPTIONS[pair[1]]
                ),
            )
    if all(value is None for value in given.values()):
        raise UsageError(
            _("The options --hasil and --perilaku are missing."),
            _("Give both ratings; under a numeric regulation give --skp and --perilaku-score."),
        )


def _rated(
    old: Appraisal, period: StoredPeriod, given: Mapping[str, str | None], *, innovation: bool
) -> tuple[Appraisal, Outcome]:
    """The appraisal with what was given, and how the predikat came about."""
    regulation = read_regulation(period.regulation_text)
    named = {name for name, value in given.items() if value is not None}
    if regulation.numeric is None:
        if named != {"hasil", "perilaku"} or innovation:
            raise MethodMismatch(regulation)
        hasil = _rating(regulation, "hasil", str(given["hasil"]))
        perilaku = _rating(regulation, "perilaku", str(given["perilaku"]))
        outcome = appraise(regulation, hasil, perilaku)
        return replace(old, hasil=hasil, perilaku=perilaku, predikat=outcome.predikat), outcome
    if named != {"skp", "perilaku_score"}:
        raise MethodMismatch(regulation)
    skp, score = parse_number(given["skp"]), parse_number(given["perilaku_score"])
    outcome = appraise_numbers(regulation, skp, score, innovation=innovation, peer_opinion=bool(period.peer_opinion))
    new = replace(
        old,
        skp=hundredths(skp),
        perilaku_score=hundredths(score),
        innovation=int(innovation),
        predikat=outcome.predikat,
    )
    return new, outcome


def _rating(regulation: Regulation, name: str, text: str) -> str:
    """The rating that a word names. Raises RatingUnknown."""
    value = parse_rating(regulation, text)
    if value is None:
        raise RatingUnknown(SPOKEN[name], text, regulation)
    return value


def _rater(connection: Connection, person: Employee, by: str | None, old: Appraisal, new: Appraisal) -> str | None:
    """Who the rating counts as given by; recording the same again does not take it from who gave it."""
    if by is None:
        return old.rated_by if old.is_rated and replace(new, note=old.note) == old else old.assessor_nip
    rater = require_employee(connection, by)
    if rater.nip == person.nip:
        raise AssessorSelf(person.display_name)
    return rater.nip


def _shown(row: Mapping[str, object], organisation: PeriodOrganisation) -> dict[str, object]:
    """An appraisal as lists show it, under the keys promised to scripts."""
    unit = organisation.units.get(str(row["unit_code"]))
    front, back = row["front_title"], row["back_title"]
    return {
        "nip": row["nip"],
        "name": display_name(
            None if front is None else str(front), str(row["name"]), None if back is None else str(back)
        ),
        "unit_code": row["unit_code"],
        "unit": None if unit is None else unit.name,
        "position": row["position"],
        "position_type": row["position_type"],
        "rank": row["rank"],
        "employment": row["employment"],
        "assessor_nip": row["assessor_nip"],
        "hasil": row["hasil"],
        "perilaku": row["perilaku"],
        "predikat": row["predikat"],
        "organisation": organisation.value_for(row),
        "final": bool(row["final"]),
        "state": _state(row),
        "out_on": row["out_on"],
        "out_reason": row["out_reason"],
        "assessor_rule": row["assessor_rule"],
        "skp": stored_value(row["skp"]),
        "perilaku_score": stored_value(row["perilaku_score"]),
        "innovation": None if row["innovation"] is None else bool(row["innovation"]),
        "suggested_hasil": organisation.suggested_hasil(str(row["nip"])),
    }


def _state(row: Mapping[str, object]) -> str:
    """Whether a person is rated, still to be, or out of the period without a rating."""
    if row["predikat"] is not None:
        return "rated"
    return "unrated" if row["out_on"] is None else "out"


def _path(units: Mapping[str, PeriodUnit], code: object) -> str:
    unit = units.get(str(code))
    return "" if unit is None else unit.path
