"""Objections (keberatan) to a result: whether one can be made, until when, and how it is decided.

PermenPANRB 6/2022 Lampiran V.B. The days are counted by the deadlines R9 and R10. An objection is decided once: the
regulation knows no further appeal.
"""

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from itertools import pairwise

from kinerja_cli.domain.deadlines import LastDay, last_day_to
from kinerja_cli.domain.finality import FINAL_LABELS
from kinerja_cli.errors import N_, Exit, KinerjaError

DECISION_LABELS = {"upheld": N_("upheld"), "changed": N_("changed")}
"""What becomes of the result objected to."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection: the ratings objected to, and once decided what was decided and the ratings since.

    Days are ISO text, scores hundredths. `late` says that it came after the last day and was recorded all the same.
    """

    id: int
    period_code: str
    nip: str
    received_on: str
    filed_on: str
    reason: str
    late: int = 0
    hasil: str | None = None
    perilaku: str | None = None
    skp: int | None = None
    perilaku_score: int | None = None
    predikat: str | None = None
    decision: str | None = None
    decided_on: str | None = None
    decided_by: str | None = None
    explanation: str | None = None
    new_hasil: str | None = None
    new_perilaku: str | None = None
    new_skp: int | None = None
    new_perilaku_score: int | None = None
    new_predikat: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for its decision."""
        return self.decision is None

    @property
    def state(self) -> str:
        """What scripts call how it stands: open, upheld or changed."""
        return self.decision or "open"

    def decide_by(self, last_day: LastDay) -> date:
        """The last day for its decision."""
        return last_day_to("R10", date.fromisoformat(self.filed_on), last_day)

    def is_decided_late(self, last_day: LastDay) -> bool:
        """Whether it was decided after that day."""
        return self.decided_on is not None and date.fromisoformat(self.decided_on) > self.decide_by(last_day)


class ObjectionFinal(KinerjaError):
    """The result is final, so that no objection can be made."""

    code = "objection-final"
    exit = Exit.REFUSED

    def __init__(self, name: str, period: str, rule: str | None) -> None:
        why = _(FINAL_LABELS[rule]) if rule in FINAL_LABELS else _("recorded as final")
        super().__init__(
            _("The result of {name} in {period} is final: {why}.").format(name=name, period=period, why=why),
            _("There is no objection to a final result; nothing was saved."),
        )


class ObjectionUnrated(KinerjaError):
    """There is no result to object to yet."""

    code = "objection-unrated"
    exit = Exit.REFUSED

    def __init__(self, name: str, period: str) -> None:
        super().__init__(
            _("{name} is not rated in {period}, so there is nothing to object to.").format(name=name, period=period),
            _("Record the rating first, or name the period that is meant."),
        )


class ObjectionPending(KinerjaError):
    """An objection to the result waits for its decision."""

    code = "objection-pending"
    exit = Exit.REFUSED

    def __init__(self, name: str, number: int, period: str) -> None:
        super().__init__(
            _("Objection {number} of {name} in {period} is not decided yet.").format(
                name=name, number=number, period=period
            ),
            _("Decide it first: `kinerja objection decide {number} --upheld` or `--changed`.").format(number=number),
        )


class ObjectionDecided(KinerjaError):
    """The objection has been decided, and nothing comes after that."""

    code = "objection-decided"
    exit = Exit.REFUSED

    def __init__(self, one: Objection, name: str) -> None:
        super().__init__(
            _("Objection {number} of {name} in {period} was decided on {day}: {decision}.").format(
                number=one.id,
                name=name,
                period=one.period_code,
                day=one.decided_on,
                decision=_(DECISION_LABELS[one.state]),
            ),
            _("The regulation knows no further appeal (PermenPANRB 6/2022 Lampiran V.B); nothing was saved."),
        )


class ObjectionLate(KinerjaError):
    """The objection comes after its last day."""

    code = "objection-late"
    exit = Exit.REFUSED

    def __init__(self, name: str, received: date, filed: date, last: date) -> None:
        super().__init__(
            _(
                "The objection of {name} is late: the document was received on {received}, so {last} was the last "
                "day, and it was filed on {filed}."
            ).format(name=name, received=received, last=last, filed=filed),
            _("To keep it on record as late, add --record-anyway."),
        )


class ObjectionDay(KinerjaError):
    """The days of an objection stand in the wrong order, or in the future."""

    code = "objection-day"
    exit = Exit.REJECTED

    def __init__(self, earlier: tuple[str, date], later: tuple[str, date]) -> None:
        super().__init__(
            _("{later} ({later_day}) lies before {earlier} ({earlier_day}).").format(
                earlier=earlier[0], earlier_day=earlier[1], later=later[0], later_day=later[1]
            ),
            _("Correct one of the two days; nothing was saved."),
        )


def check_filing(name: str, received: date, filed: date, last_day: LastDay, *, record_anyway: bool) -> bool:
    """Whether an objection is late. Raises ObjectionLate where it is and nobody asked to record it anyway."""
    last = last_day_to("R9", received, last_day)
    late = filed > last
    if late and not record_anyway:
        raise ObjectionLate(name, received, filed, last)
    return late


def check_succession(*days: tuple[str, date]) -> None:
    """Refuse days that do not follow each other. Raises ObjectionDay."""
    for earlier, later in pairwise(days):
        if later[1] < earlier[1]:
            raise ObjectionDay(earlier, later)
