"""What was done: the ledger as a list."""

import json
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from kinerja_cli.actions.agency import load_agency
from kinerja_cli.actions.lookup import require_employee, require_period
from kinerja_cli.errors import N_
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import load_operations

_SUMMARIES = {
    "agency.init": N_("store made for {agency}"),
    "settings.set": N_("setting {key} = {value}"),
    "holidays.import": N_("holidays of {files}: {added} added, {changed} changed"),
    "holidays.remove": N_("{day} ({name}) removed from the holidays"),
    "staff.import": N_(
        "roster of {files}: {added} added, {changed} changed, {units} units added, {units_changed} units changed"
    ),
    "staff.set": N_("a person changed"),
    "unit.set": N_("unit {name} changed"),
    "unit.rate": N_("organisation predikat of {period} recorded, units: {units}"),
    "unit.justify": N_("distribution of {name} in {period} justified"),
    "period.open": N_("{period} opened, {added} people added"),
    "period.close": N_("{period} closed, {rated} rated, {unrated} not rated"),
    "period.reopen": N_("{period} reopened"),
    "score.record": N_("one rating recorded in {period}"),
    "score.import": N_("ratings of {files}: {recorded} recorded, {changed} overwritten"),
    "score.dates": N_("days of {people} evaluation documents kept in {period}"),
    "objection.file": N_("objection {id} filed in {period}"),
    "objection.decide": N_("objection {id} in {period} decided"),
    "retention.apply": N_(
        "past its retention: {appraisals} ratings, {feedback} pieces of feedback, {removed} people erased,"
        " {shortened} shortened; {emptied} recorded changes emptied"
    ),
    "read.export": N_("{command}: written to {file}, people: {people}"),
    "read.list": N_("{command}: listed as {form}, people: {people}"),
    "feedback.add": N_("feedback added"),
    "feedback.import": N_("feedback of {files}: {added} added"),
}


@dataclass(frozen=True, slots=True)
class OperationShown:
    """An operation as people read it; `at` is in the agency's time zone."""

    operation: int
    kind: str
    at: str
    actor: str
    summary: str
    reason: str | None
    period: str | None
    changes: int
    undone_by: int | None


def list_operations(
    store: Store, *, nip: str | None = None, period: str | None = None, reads: bool = False
) -> list[OperationShown]:
    """Operations, the newest first; those that only note who read people's data are left out, or the only ones."""
    zone = load_agency(store).timezone
    with store.reading() as connection:
        person = require_employee(connection, nip).nip if nip is not None else None
        code = require_period(connection, period).code if period is not None else None
        operations = load_operations(connection, nip=person, period_code=code, reads=reads)
    return [
        OperationShown(
            one.seq,
            one.kind,
            datetime.fromisoformat(one.at).astimezone(zone).isoformat(timespec="seconds"),
            one.actor,
            _summary(one.kind, json.loads(one.facts) | {"period": one.period_code}),
            one.reason,
            one.period_code,
            one.changes,
            one.undone_by,
        )
        for one in operations
    ]


def _summary(kind: str, facts: dict[str, object]) -> str:
    """The one line that says what an operation did; an older program's facts may be fewer."""
    template = _SUMMARIES.get(kind)
    if template is None:
        return kind
    try:
        return _(template).format(**facts)
    except KeyError:
        return kind
