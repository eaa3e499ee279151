"""What an operation did, in one line."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from kinerja_cli.errors import N_
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.operations import StoredOperation, find_operations

TAKEN_BACK = N_("operation {number} taken back: {what}")
"""What an undo did."""

SUMMARIES = {
    "agency.init": N_("store made for {agency}"),
    "settings.set": N_("setting {key} = {value}"),
    "clock.confirm": N_("the clock confirmed as right"),
    "holidays.import": N_("holidays of {files}: {added} added, {changed} changed"),
    "holidays.remove": N_("{day} ({name}) removed from the holidays"),
    "staff.import": N_(
        "roster of {files}: {added} added, {changed} changed, {units} units added, {units_changed} units changed"
    ),
    "staff.set": N_("a person changed"),
    "staff.delegate": N_("an assessor's authority handed over"),
    "staff.exclude": N_("a person left out of appraisal for a time"),
    "unit.set": N_("unit {name} changed"),
    "unit.acting": N_("an acting official of a unit"),
    "unit.rate": N_("organisation predikat of {period} recorded, units: {units}"),
    "unit.justify": N_("distribution of {name} in {period} justified"),
    "period.open": N_("{period} opened, {added} people added"),
    "period.close": N_("{period} closed, {rated} rated, {unrated} not rated"),
    "period.reopen": N_("{period} reopened"),
    "period.follow": N_("open periods brought in step with who moved, came or left"),
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
    "undo": TAKEN_BACK,
}
"""One for each kind of operation."""

_ROSTER_WITH_ACTING = N_(
    "roster of {files}: {added} added, {changed} changed, {units} units added, {units_changed} units changed,"
    " {acting} acting appointments"
)
"""What a roster did that says where people act too."""


@dataclass(frozen=True, slots=True)
class Told:
    """The summaries of some operations, and of those that they took back."""

    known: Mapping[int, StoredOperation]

    @classmethod
    def of(cls, connection: Connection, operations: Iterable[StoredOperation]) -> "Told":
        """What is needed to tell of some operations."""
        known = {one.seq: one for one in operations}
        wanted = {one.undoes for one in known.values() if one.undoes is not None} - known.keys()
        while wanted:
            found = find_operations(connection, wanted)
            known |= found
            wanted = {one.undoes for one in found.values() if one.undoes is not None} - known.keys()
        return cls(known)

    def summary(self, seq: int) -> str:
        """The one line that says what an operation did; an older program's facts may be fewer."""
        operation = self.known[seq]
        if operation.undoes is not None:
            return _(TAKEN_BACK).format(number=operation.undoes, what=self.summary(operation.undoes))
        template = SUMMARIES.get(operation.kind)
        if template is None:
            return operation.kind
        facts = json.loads(operation.facts) | {"period": operation.period_code}
        if facts.get("acting"):
            template = _ROSTER_WITH_ACTING
        try:
            return _(template).format(**facts)
        except KeyError:
            return operation.kind
