"""The words that tables and workbooks print for the values of enumerations, in the user's language."""

from collections.abc import Collection, Iterable, Mapping
from gettext import gettext as _
from typing import TYPE_CHECKING

from kinerja_cli.domain.personnel import (
    EMPLOYMENT_LABELS,
    POSITION_TYPE_LABELS,
    SEX_LABELS,
    STATUS_LABELS,
)
from kinerja_cli.errors import N_

if TYPE_CHECKING:
    from kinerja_cli.domain.regulation import Regulation

RATING_LABELS = {
    "diatas": N_("Diatas Ekspektasi"),
    "sesuai": N_("Sesuai Ekspektasi"),
    "dibawah": N_("Dibawah Ekspektasi"),
}
"""The regulation's own words, the same in both languages."""

PREDIKAT_LABELS = {
    "sangat_baik": N_("Sangat Baik"),
    "baik": N_("Baik"),
    "butuh_perbaikan": N_("Butuh Perbaikan"),
    "kurang": N_("Kurang"),
    "sangat_kurang": N_("Sangat Kurang"),
}
"""From best to worst."""

ORGANISATION_LABELS = {
    "istimewa": N_("Istimewa"),
    "baik": N_("Baik"),
    "butuh_perbaikan": N_("Butuh Perbaikan"),
    "kurang": N_("Kurang"),
    "sangat_kurang": N_("Sangat Kurang"),
}
"""The predikat of units, from best to worst."""


def _spoken(labels: Mapping[str, str]) -> dict[object, str]:
    return {value: _(label) for value, label in labels.items()}


def rating_labels() -> dict[object, str]:
    """Ratings of hasil and perilaku."""
    return _spoken(RATING_LABELS)


def predikat_labels() -> dict[object, str]:
    """The five predikat."""
    return _spoken(PREDIKAT_LABELS)


def organisation_labels() -> dict[object, str]:
    """The five predikat of units."""
    return _spoken(ORGANISATION_LABELS)


def organisation_origins() -> dict[object, str]:
    """Where an organisation predikat that counts came from."""
    return {
        "own": _("own"),
        "last_year": _("last year's"),
        "above": _("unit above"),
        "closed": _("at closing"),
        "none": _("none on record"),
    }


def predikat_words(regulation: "Regulation") -> dict[object, str]:
    """The five predikat as a regulation calls them."""
    return {term.value: term.label for term in regulation.predikat}


def employments() -> dict[object, str]:
    """Kinds of employment."""
    return _spoken(EMPLOYMENT_LABELS)


def position_types() -> dict[object, str]:
    """Kinds of position."""
    return _spoken(POSITION_TYPE_LABELS)


def standings() -> dict[object, str]:
    """What people's legal standing comes to."""
    return _spoken(STATUS_LABELS)


def sexes() -> dict[object, str]:
    """Men and women."""
    return _spoken(SEX_LABELS)


def dry_run_note(dry_run: bool) -> tuple[str, ...]:
    """What a dry run says under its result."""
    return (_("Dry run: nothing was saved."),) if dry_run else ()


def severities() -> dict[object, str]:
    """How bad a problem is."""
    return {"error": _("error"), "warning": _("warning"), "note": _("note")}


def assessor_rules() -> dict[object, str]:
    """Where the assessor on record comes from."""
    return {"roster": _("named"), "unit": _("derived from the unit tree")}


def staff_fields() -> dict[str, str]:
    """What people call the fields of a person."""
    return {
        "name": _("name"),
        "front_title": _("front title"),
        "back_title": _("back title"),
        "sex": _("sex"),
        "employment": _("employment"),
        "status": _("standing"),
        "rank": _("rank"),
        "rank_since": _("rank since"),
        "position": _("position"),
        "position_type": _("kind of position"),
        "position_since": _("position since"),
        "echelon": _("echelon"),
        "unit_code": _("unit"),
        "assessor_nip": _("assessor"),
        "assessor_rule": _("assessor from"),
    }


def spoken_value(field: str, value: object) -> str:
    """A value of one of those fields as people read it."""
    words = {
        "sex": sexes,
        "employment": employments,
        "status": standings,
        "position_type": position_types,
        "assessor_rule": assessor_rules,
    }
    if value is None:
        return "-"
    labels = words[field]() if field in words else {}
    return labels.get(value, str(value))


def feedback_words() -> dict[object, str]:
    """Givers, aspects and tones of feedback."""
    from kinerja_cli.domain.feedback import Aspect, Giver, Tone, feedback_label

    return {str(word): feedback_label(word) for kind in (Giver, Aspect, Tone) for word in kind}


def final_rules() -> dict[object, str]:
    """Why results are final."""
    from kinerja_cli.domain.finality import FINAL_LABELS

    return _spoken(FINAL_LABELS)


def objection_states() -> dict[object, str]:
    """How objections stand."""
    from kinerja_cli.domain.objections import DECISION_LABELS

    return {"open": _("open"), **_spoken(DECISION_LABELS)}


def deadline_states() -> dict[object, str]:
    """How deadlines stand."""
    from kinerja_cli.domain.deadlines import STATE_LABELS

    return _spoken(STATE_LABELS)


def parts_note(parts: Mapping[str, str | None], out: Collection[str] = ()) -> str:
    """The parts of a year with their predikat, in one line; `out` are those that the person was out of."""
    words = predikat_labels()
    unrated = {code: _("out") if code in out else "–" for code in parts}
    return " · ".join(f"{code} {unrated[code] if value is None else words[value]}" for code, value in parts.items())


def parts_notes(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """A line for each year among a person's ratings that has parts."""
    shown = ((parts, row.get("parts_out")) for row in rows if isinstance(parts := row.get("parts"), dict))
    return tuple(parts_note(parts, out if isinstance(out, list) else ()) for parts, out in shown)


def closed_note(period: str) -> str:
    """What stands under steps of a closed period that give a rating."""
    return _("{period} is closed: before anybody is rated, `kinerja period reopen {period} --reason TEXT`.").format(
        period=period
    )
