"""Settle feedback that was read against the store: whom it is on, who may give it, and what is kept already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from itertools import count

from kinerja_cli.domain import feedback_problems
from kinerja_cli.domain.feedback import Giver
from kinerja_cli.domain.feedback_reading import FeedbackDraft, FeedbackRead
from kinerja_cli.domain.feedback_rules import (
    LONG_AGO,
    Feedback,
    GiverFault,
    Kept,
    giver_fault,
    looks_like_nip,
    service_begins,
)
from kinerja_cli.domain.namesakes import Namesakes
from kinerja_cli.domain.nip import clean_nip
from kinerja_cli.domain.ratings import names_differ
from kinerja_cli.domain.staff import Employee
from kinerja_cli.errors import Problem, ProblemKind, Severity

_PLACES = 5


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A period that takes nothing in any more; days are ISO text."""

    code: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class FeedbackChanges:
    """What an import of feedback adds, how many rows say what is kept already, and how many are refused."""

    added: tuple[Feedback, ...]
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]


def settle_feedback(
    read: FeedbackRead,
    *,
    staff: Mapping[str, Employee],
    kept: Sequence[Feedback],
    closed: Sequence[ClosedPeriod],
    today: date,
    first_id: int,
) -> FeedbackChanges:
    """Decide about every row; new feedback is numbered from `first_id` on.

    What is kept already is left alone before anything else is asked: a file that was taken once may come again
    after its giver has left or its period has closed.
    """
    settling = _Settling(staff, Kept(kept), closed, today, first_id)
    for draft in read.drafts:
        settling.take(draft)
    settling.sum_up()
    return FeedbackChanges(
        tuple(settling.added), settling.unchanged, settling.rejected, (*read.problems, *settling.told)
    )


class _Settling:
    """What has been decided so far."""

    def __init__(
        self,
        staff: Mapping[str, Employee],
        kept: Kept,
        closed: Sequence[ClosedPeriod],
        today: date,
        first_id: int,
    ) -> None:
        self.staff = staff
        self.namesakes = Namesakes(staff.values())
        self.kept = kept
        self.new = Kept()
        self.closed = closed
        self.today = today
        self.numbers = count(first_id)
        self.added: list[Feedback] = []
        self.unchanged = self.rejected = 0
        self.told: list[Problem] = []
        self.refused = False
        self.rows: dict[int, list[FeedbackDraft]] = {}
        self.undated: dict[int, list[FeedbackDraft]] = {}

    def take(self, draft: FeedbackDraft) -> None:
        """Decide about one row."""
        self.refused = draft.refused
        person, giver = self._person(draft), self._giver(draft)
        wanted = None
        if person is not None and draft.source is not None and not self.refused:
            wanted = self._feedback(draft, person, draft.source, giver)
            known = self.kept.find(wanted, dated=draft.day is not None)
            if known is not None:
                self.unchanged += 1
                if (known.aspect, known.tone) != (wanted.aspect, wanted.tone):
                    self._tell(feedback_problems.KEPT_OTHERWISE, draft, "text", name=person.display_name, nip=known.nip)
                return
        self._judge(draft, person, giver)
        if wanted is None or self.refused:
            self.rejected += 1
            return
        self._add(draft, wanted)

    def sum_up(self) -> None:
        """Tell what stands in several rows, and which were given the day of today."""
        for drafts in self.rows.values():
            if len(drafts) > 1:
                name = self.staff[drafts[0].nip or ""].display_name
                facts = {"count": len(drafts), "name": name, "places": _places(drafts)}
                self._tell(feedback_problems.REPEATED, drafts[1], "text", **facts)
        for drafts in self.undated.values():
            value = self.today.isoformat()
            self._tell(feedback_problems.UNDATED, drafts[0], "date", value, count=len(drafts))

    def _tell(
        self, kind: ProblemKind, draft: FeedbackDraft, field: str, value: object = None, /, **facts: object
    ) -> None:
        self.told.append(kind.at(draft.row.place(field), field=field, value=value, **facts))
        self.refused = self.refused or kind.severity is Severity.ERROR

    def _person(self, draft: FeedbackDraft) -> Employee | None:
        """Whom the feedback is on; where nobody, who may be meant is proposed."""
        if draft.nip is None:
            return None
        person = self.staff.get(draft.nip)
        if person is None:
            meant = ", ".join(f"{one.nip} ({one.display_name})" for one in self.namesakes.meant(draft.name))
            suggestion = _("Did you mean {people}?").format(people=meant) + " " if meant else ""
            if draft.nip:
                self._tell(feedback_problems.PERSON_UNKNOWN, draft, "nip", draft.nip, suggestion=suggestion)
            else:
                self._tell(feedback_problems.NOBODY, draft, "nip", suggestion=suggestion)
        return person

    def _giver(self, draft: FeedbackDraft) -> Employee | str:
        """Who gives the feedback: somebody known, or a name, empty where nobody is named."""
        if not looks_like_nip(draft.giver):
            return draft.giver
        giver = self.staff.get(clean_nip(draft.giver))
        if giver is None:
            # Of a giver who wants to remain unnamed not even a wrong number is repeated.
            shown = "…" if draft.anonymous else draft.giver
            self._tell(feedback_problems.GIVER_NOT_FOUND, draft, _giver_field(draft), shown)
        return giver or ""

    def _feedback(self, draft: FeedbackDraft, person: Employee, source: Giver, giver: Employee | str) -> Feedback:
        """The feedback of a row as it would be kept."""
        nip, name = (None, giver or None) if isinstance(giver, str) else (giver.nip, giver.display_name)
        if draft.anonymous:
            nip = name = None
        return Feedback(
            id=0,
            nip=person.nip,
            given_on=(draft.day or self.today).isoformat(),
            giver=source.value,
            giver_nip=nip,
            giver_name=name,
            anonymous=int(draft.anonymous),
            aspect=None if draft.aspect is None else draft.aspect.value,
            tone=None if draft.tone is None else draft.tone.value,
            text=draft.text,
        )

    def _judge(self, draft: FeedbackDraft, person: Employee | None, giver: Employee | str) -> None:
        """Tell what stands against keeping the feedback of a row."""
        if person is not None:
            self._judge_names(draft, person, giver)
        if draft.day is None and draft.refused:
            return
        day = draft.day or self.today
        if draft.day is not None:
            self._judge_age(draft, draft.day, person)
        period = draft.period
        if period is not None and not period.starts <= day <= period.ends:
            if draft.day is None:
                self._tell(feedback_problems.DAY_MISSING, draft, "date", period=period.code)
            else:
                self._tell(feedback_problems.DAY_OUTSIDE, draft, "date", day.isoformat(), period=period.code)
        written = day.isoformat()
        closed = next((one.code for one in self.closed if one.starts <= written <= one.ends), None)
        if closed is not None:
            self._tell(feedback_problems.PERIOD_CLOSED, draft, "date", written, period=closed)

    def _judge_age(self, draft: FeedbackDraft, day: date, person: Employee | None) -> None:
        """Tell a day on which the person was not in service yet, or that lies years back."""
        since = None if person is None else service_begins(person.nip)
        if person is not None and since is not None and day < since:
            facts = {"name": person.display_name, "since": f"{since:%m-%Y}"}
            self._tell(feedback_problems.DAY_BEFORE_SERVICE, draft, "date", day.isoformat(), **facts)
        elif day < self.today - LONG_AGO:
            self._tell(feedback_problems.DAY_LONG_AGO, draft, "date", day.isoformat())

    def _judge_names(self, draft: FeedbackDraft, person: Employee, giver: Employee | str) -> None:
        """Tell a name that is not the person's, and a giver who may not speak."""
        if draft.name and draft.name != person.name and names_differ(draft.name, person.name):
            facts = {"name": person.display_name, "nip": person.nip}
            self._tell(feedback_problems.NAME_DIFFERS, draft, "name", draft.name, **facts)
        if draft.source is None:
            return
        fault = giver_fault(person, draft.source, giver)
        if fault is GiverFault.SELF:
            self._tell(feedback_problems.SELF, draft, _giver_field(draft), name=person.display_name)
        elif fault is GiverFault.GONE and not isinstance(giver, str):
            name = _("The giver") if draft.anonymous else giver.display_name
            self._tell(feedback_problems.GIVER_GONE, draft, _giver_field(draft), name=name)

    def _add(self, draft: FeedbackDraft, wanted: Feedback) -> None:
        """Take new feedback in, once."""
        dated = draft.day is not None
        again = self.new.find(wanted, dated=dated)
        if again is not None:
            self.rows[again.id].append(draft)
            return
        new = replace(wanted, id=next(self.numbers))
        self.new.add(new)
        self.added.append(new)
        self.rows[new.id] = [draft]
        if not dated:
            self.undated.setdefault(id(draft.row.source), []).append(draft)


def _giver_field(draft: FeedbackDraft) -> str:
    """The column that names the giver: a sheet may have one for the number, one for the name, or either."""
    return "giver_nip" if draft.row.has("giver_nip") and not draft.row.has("giver") else "giver"


def _places(drafts: Sequence[FeedbackDraft]) -> str:
    """Where rows stand, in one line; of many the first few."""
    shown = "; ".join(
        _("{file}, sheet {sheet}, row {row}").format(
            file=draft.row.source.file, sheet=draft.row.source.sheet, row=draft.row.number
        )
        for draft in drafts[:_PLACES]
    )
    return shown if len(drafts) <= _PLACES else f"{shown}; …"
