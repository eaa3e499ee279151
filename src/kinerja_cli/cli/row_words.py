"""What people call the tables of the store, their fields, and what happened to a row."""

from collections.abc import Callable, Mapping
from gettext import gettext as _

from kinerja_cli.cli import words
from kinerja_cli.cli.values import spoken
from kinerja_cli.cli.views import Column

_SHORT = 60


def table_words() -> dict[object, str]:
    """The tables, each by what its rows are."""
    return {
        "setting": _("settings"),
        "regulation": _("regulation files"),
        "unit": _("units"),
        "unit_head": _("heads of units"),
        "staff": _("people"),
        "placement": _("earlier units of people"),
        "standing": _("earlier standings of people"),
        "headship": _("earlier heads of units"),
        "acting": _("acting officials"),
        "delegation": _("delegations"),
        "exclusion": _("exclusions"),
        "holiday": _("holidays"),
        "period": _("periods"),
        "period_unit": _("units of periods"),
        "appraisal": _("parts in periods"),
        "unit_rating": _("organisation predikat"),
        "justification": _("justifications"),
        "document_day": _("days of documents"),
        "objection": _("objections"),
        "feedback": _("feedback"),
        "person_read": _("people whose data was read"),
    }


def action_words() -> dict[object, str]:
    """What an operation did to a row."""
    return {"added": _("added"), "changed": _("changed"), "removed": _("removed"), "erased": _("erased")}


def undo_words() -> dict[object, str]:
    """What an undo does to a row."""
    return {"added": _("comes back"), "changed": _("as it was"), "removed": _("goes")}


def field_words() -> dict[object, str]:
    """The fields of all tables."""
    return {
        **{field: word for field, word in words.staff_fields().items()},
        "nip": "NIP",
        "key": _("setting"),
        "value": _("value"),
        "id": _("number"),
        "text": _("text"),
        "code": _("code"),
        "parent_code": _("unit above"),
        "work_days": _("working days a week"),
        "rule": _("rule"),
        "starts": _("first day"),
        "ends": _("last day"),
        "kind": _("kind"),
        "ratee": _("for whom"),
        "delegate_nip": _("delegate"),
        "reason": _("reason"),
        "day": _("day"),
        "event": _("event"),
        "window_ends": _("last day to rate"),
        "state": _("state"),
        "regulation_id": _("regulation"),
        "regulation_text": _("text of the regulation"),
        "peer_opinion": _("opinion of peers"),
        "fingerprint": _("fingerprint"),
        "opened_on": _("opened on"),
        "participants": _("who takes part"),
        "period_code": _("period"),
        "path": _("path"),
        "head_nip": _("head"),
        "organisation": _("organisation predikat"),
        "issued_on": _("issued on"),
        "span": _("part"),
        "hasil": "hasil",
        "perilaku": "perilaku",
        "skp": "SKP",
        "perilaku_score": _("score of perilaku"),
        "innovation": _("innovation"),
        "predikat": "predikat",
        "note": _("note"),
        "rated_by": _("rated by"),
        "final": _("final"),
        "final_rule": _("final because"),
        "carried_from": _("carried over from"),
        "out_on": _("out since"),
        "out_reason": _("out because"),
        "given_on": _("given on"),
        "giver": _("giver"),
        "giver_nip": _("NIP of the giver"),
        "giver_name": _("name of the giver"),
        "anonymous": _("anonymous"),
        "aspect": _("aspect"),
        "tone": _("tone"),
        "received_on": _("received on"),
        "filed_on": _("filed on"),
        "late": _("late"),
        "decision": _("decision"),
        "decided_on": _("decided on"),
        "decided_by": _("decided by"),
        "explanation": _("explanation"),
        "new_hasil": _("new hasil"),
        "new_perilaku": _("new perilaku"),
        "new_skp": _("new SKP"),
        "new_perilaku_score": _("new score of perilaku"),
        "new_predikat": _("new predikat"),
    }


_VALUES: Mapping[str, Callable[[], dict[object, str]]] = {
    "hasil": words.rating_labels,
    "perilaku": words.rating_labels,
    "new_hasil": words.rating_labels,
    "new_perilaku": words.rating_labels,
    "predikat": words.predikat_labels,
    "new_predikat": words.predikat_labels,
    "organisation": words.organisation_labels,
    "final_rule": words.final_rules,
    "out_reason": words.standings,
    "giver": words.feedback_words,
    "aspect": words.feedback_words,
    "tone": words.feedback_words,
}


def said(field: str, value: object) -> str:
    """A value of a field in few words."""
    if isinstance(value, str) and field in _VALUES:
        text = _VALUES[field]().get(value, value)
    elif isinstance(value, str):
        text = words.spoken_value(field, value)
    else:
        text = spoken(Column(field, field), value)
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
