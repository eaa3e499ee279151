"""Show the ratings of a period and of a person; how ratings come in stands beside this, and is named from here."""

from collections.abc import Mapping
from datetime import date

from kinerja_cli.actions.lookup import require_appraisal, require_employee, require_period, require_unit
from kinerja_cli.actions.organisation import PeriodOrganisation, load_organisation
from kinerja_cli.actions.ratings_given import RatingUnknown, stored_value
from kinerja_cli.actions.score_import import ScoreImport, import_scores
from kinerja_cli.actions.score_record import ScoreResult, record_score
from kinerja_cli.actions.year_parts import load_parts, parts_out, predikat_by_code
from kinerja_cli.domain.names import display_name
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals_of, results
from kinerja_cli.storage.store.documents import load_document_days
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import PeriodUnit, find_stored_period, load_period_units
from kinerja_cli.storage.store.traces import study_failed_in

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
        objections = {one.nip: one.state for one in load_objections(connection, period_code=period.code)}
    if unit is not None:
        tree = organisation.tree
        within = tree.within(require_unit(tree.units, unit).code)
        rows = [row for row in rows if row["unit_code"] in within]
    shown = [_shown(row, organisation, objections.get(str(row["nip"]))) for row in rows]
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
        parts = {one.period_code: load_parts(connection, one) for one in appraisals}
        days = load_document_days(connection, nip=person.nip)
        objections = {one.period_code: one.state for one in load_objections(connection, nip=person.nip)}
        failed = study_failed_in(connection, person.nip)
    titles = {"name": person.name, "front_title": person.front_title, "back_title": person.back_title}
    shown = []
    for one in appraisals:
        columns = {name: getattr(one, name) for name in Appraisal.__dataclass_fields__} | titles
        shown.append(
            {"period": one.period_code}
            | _shown(columns, frozen[one.period_code], objections.get(one.period_code))
            | {
                "note": one.note,
                "rated_by": one.rated_by,
                "final_rule": one.final_rule,
                "carried_from": one.carried_from,
                "study_failed": one.period_code in failed,
                "parts": predikat_by_code(parts[one.period_code]),
                "parts_out": parts_out(parts[one.period_code]),
                "documents": days.get((one.period_code, one.nip), {}),
            }
        )
    return shown


def _shown(
    row: Mapping[str, object], organisation: PeriodOrganisation, objection: str | None = None
) -> dict[str, object]:
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
        "objection": objection,
    }


def _state(row: Mapping[str, object]) -> str:
    """Whether a person is rated, still to be, or out of the period without a rating."""
    if row["predikat"] is not None:
        return "rated"
    return "unrated" if row["out_on"] is None else "out"


def _path(units: Mapping[str, PeriodUnit], code: object) -> str:
    unit = units.get(str(code))
    return "" if unit is None else unit.path
