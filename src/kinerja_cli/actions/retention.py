"""Say what is past its retention, and erase it so that nothing of it is left and the chain still holds."""

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from kinerja_cli.domain.agency import SETTINGS
from kinerja_cli.domain.retention import (
    NEVER,
    PastPeriod,
    PastPerson,
    past_days,
    past_people,
    past_periods,
    years_after,
)
from kinerja_cli.domain.text import clean_lines
from kinerja_cli.errors import UsageError
from kinerja_cli.storage.erasure import Erasure
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.retention import (
    erase_people,
    erase_periods,
    feedback_days,
    left_days,
    load_closed,
    people_in_open,
    people_named,
    people_standing,
)
from kinerja_cli.storage.store.settings import load_settings

PERIOD_YEARS, STAFF_YEARS = "retention_period_years", "retention_staff_years"


@dataclass(frozen=True, slots=True)
class RetentionPlan:
    """What is past its retention on a day: periods, numbers of feedback, and people, also those who must stay."""

    as_of: date
    period_years: str
    staff_years: str
    periods: tuple[PastPeriod, ...]
    feedback: frozenset[int]
    people: tuple[PastPerson, ...]

    @property
    def removed(self) -> list[str]:
        """The NIP of those of whom nothing is to be left."""
        return [one.nip for one in self.people if one.remove]

    @property
    def shortened(self) -> list[str]:
        """The NIP of those of whom only the NIP is to be left, since a closed period needs it."""
        return [one.nip for one in self.people if one.shorten]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.periods or self.feedback or self.removed or self.shortened)


@dataclass(frozen=True, slots=True)
class RetentionApplied:
    """What was erased, or would be; `emptied` counts the recorded changes of which nothing is left."""

    operation: int | None
    dry_run: bool
    plan: RetentionPlan
    emptied: int

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "as_of": self.plan.as_of.isoformat(),
            "periods": [one.code for one in self.plan.periods],
            "appraisals": sum(one.appraisals for one in self.plan.periods),
            "feedback": len(self.plan.feedback),
            "shortened": len(self.plan.shortened),
            "removed": len(self.plan.removed),
            "emptied": self.emptied,
        }


def retention_plan(store: Store, as_of: date) -> RetentionPlan:
    """What would be past its retention on a day."""
    with store.reading() as connection:
        return _plan(connection, as_of)


def apply_retention(store: Store, *, today: date, reason: str | None = None, dry_run: bool = False) -> RetentionApplied:
    """Erase what is past its retention today, as one operation that says how much; it cannot be taken back.

    `reason` names the decision it rests on; like every reason it can never be erased itself.
    """
    kept = None if reason is None else clean_lines(reason)
    if kept == "":
        raise UsageError(
            _("{option} is empty.").format(option="--reason"), _("Give a value, or leave the option away.")
        )
    emptied = 0
    with store.writing("retention.apply", dry_run=dry_run) as operation:
        plan = _plan(operation.connection, today)
        if not plan.is_empty:
            erasure = Erasure(operation)
            erase_periods(operation, erasure, plan.periods, plan.feedback)
            erase_people(operation, erasure, plan.shortened, plan.removed, _until(plan))
            emptied = erasure.finish()
            operation.reason = kept
            operation.facts.update(
                {
                    "periods": ", ".join(one.code for one in plan.periods),
                    "appraisals": sum(one.appraisals for one in plan.periods),
                    "feedback": len(plan.feedback),
                    "shortened": len(plan.shortened),
                    "removed": len(plan.removed),
                }
            )
    return RetentionApplied(operation.seq, dry_run, plan, emptied)


def _plan(connection: Connection, as_of: date) -> RetentionPlan:
    settings = load_settings(connection)
    years, staff_years = (settings.get(key, SETTINGS[key].default) for key in (PERIOD_YEARS, STAFF_YEARS))
    periods = load_closed(connection)
    past = past_periods(periods, years, as_of)
    codes = {one.code for one in past}
    feedback = past_days(feedback_days(connection), periods, codes, years, as_of)
    plan = RetentionPlan(as_of, years, staff_years, past, feedback, ())
    people = past_people(
        people_standing(connection),
        left_days(connection),
        people_in_open(connection),
        people_named(connection, codes, feedback, _until(plan)),
        staff_years,
        as_of,
    )
    return RetentionPlan(as_of, years, staff_years, past, feedback, people)


def _until(plan: RetentionPlan) -> str:
    """The last day of which what ended is past the retention of people; none where they are kept for ever."""
    return "" if plan.staff_years == NEVER else years_after(plan.as_of, -int(plan.staff_years)).isoformat()
