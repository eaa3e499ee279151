"""What people call the parts of a dossier, the tables behind them, and the fields of their rows."""

from collections.abc import Mapping
from gettext import gettext as _

from kinerja_cli.cli import row_words
from kinerja_cli.cli.words import (
    assessor_rules,
    employments,
    feedback_words,
    final_rules,
    objection_states,
    position_types,
    predikat_labels,
    rating_labels,
    sexes,
    standings,
)

_TRUTHS = frozenset(("final", "late", "anonymous", "innovation"))
"""Fields that are kept as 0 or 1."""


def section_words() -> dict[str, str]:
    """The parts of a dossier, in the order in which they are shown."""
    return {
        "person": _("Personal data"),
        "placements": _("Units before"),
        "standings": _("Standings before"),
        "leads": _("Units led"),
        "headships": _("Units led before"),
        "acting": _("Units led for a time (Plt., Plh.)"),
        "delegations": _("Delegations"),
        "exclusions": _("Exclusions from appraisal"),
        "appraisals": _("Ratings"),
        "documents": _("Days of documents"),
        "objections": _("Objections"),
        "feedback_received": _("Feedback received"),
        "feedback_given": _("Feedback given"),
        "named_in": _("Named in rows about others"),
        "trail": _("Trail: what was changed"),
        "mentions": _("Trail: rows about others that name this person"),
        "reads": _("Who read it: lists and files"),
    }


def table_words() -> dict[str, str]:
    """What the tables hold."""
    return {
        "staff": _("person"),
        "unit_head": _("head of a unit"),
        "placement": _("unit before"),
        "standing": _("standing before"),
        "headship": _("head of a unit before"),
        "acting": _("acting official"),
        "delegation": _("delegation"),
        "exclusion": _("exclusion"),
        "appraisal": _("rating"),
        "document_day": _("day of a document"),
        "objection": _("objection"),
        "feedback": _("feedback"),
        "period_unit": _("unit of a period"),
    }


def field_words() -> dict[object, str]:
    """The columns of rows; one that is not here is called by its own name."""
    return row_words.field_words() | {
        "unit": _("unit and those above"),
        "assessor": _("assessor"),
        "command": _("command"),
        "people": _("people in it"),
        "file": _("file"),
        "of": _("chosen by"),
    }


def value_words(field: str) -> Mapping[object, str]:
    """What people call the values of a field that is an enumeration."""
    from kinerja_cli.domain.rating_order import RULE_LABELS

    if field in _TRUTHS:
        return {0: _("no"), 1: _("yes")}
    words = {
        "sex": sexes,
        "employment": employments,
        "status": standings,
        "position_type": position_types,
        "assessor_rule": lambda: assessor_rules() | {rule: _(label) for rule, label in RULE_LABELS.items()},
        "final_rule": final_rules,
        "hasil": rating_labels,
        "perilaku": rating_labels,
        "predikat": predikat_labels,
        "giver": feedback_words,
        "aspect": feedback_words,
        "tone": feedback_words,
        "decision": objection_states,
    }
    return words[field.removeprefix("new_")]() if field.removeprefix("new_") in words else {}
