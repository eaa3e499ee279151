"""What follows an evaluation, and until when: the deadlines R1 to R11 of PermenPANRB 6/2022.

The deadlines are data (`regulations/deadlines-6-2022.toml`); here they meet the facts of one appraisal. What has not
happened by the day that is asked for is not known on it, so that any day can be looked back at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from kinerja_cli.domain.rulefile import RuleTable, read_rule_file
from kinerja_cli.errors import N_

EVENTS: Final = (
    "year_starts",
    "skp_set",
    "window_opens",
    "rated",
    "window_ends",
    "signed",
    "handed_over",
    "received",
    "returned",
    "reported",
    "filed",
    "decided",
    "changed_reported",
)
"""What deadlines begin and end with. What becomes of the SKP is not kept yet, so R1 is never done."""

ACTORS: Final = ("assessor", "superior", "person")
"""Who must act."""

PATHS: Final = ("any", "normal", "late", "rated", "objectionable", "changed")
"""When a deadline concerns somebody."""

State = Literal["not_begun", "open", "late", "done", "lapsed"]
"""How a deadline stands; `lapsed` is a right or a turn that nobody took, which is no fault of anybody's."""

STATE_LABELS: Final = {
    "not_begun": N_("not begun"),
    "open": N_("due"),
    "late": N_("late"),
    "done": N_("done"),
    "lapsed": N_("lapsed"),
}

LABELS: Final = {
    "R1": N_("SKP set by person and assessor"),
    "R2": N_("rating within the evaluation window"),
    "R3": N_("evaluation document handed to the person"),
    "R4": N_("evaluation document signed and returned by the person"),
    "R5": N_("evaluation document reported upward to the PyB"),
    "R6": N_("rating by the assessor's superior, who signs D.1.2"),
    "R7": N_("D.1.2 handed to the person"),
    "R8": N_("D.1.2 signed and returned by the person"),
    "R9": N_("objection, if the person has any"),
    "R10": N_("decision on the objection by the assessor's superior"),
    "R11": N_("D.1.3 (the changed result) reported to the PyB"),
}
"""What each is about, marked for translation; the rule file has the same words beside its numbers."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline as the rule file has it; without `days` it ends on a day of the calendar."""

    code: str
    what: str
    starts: str
    ends: str
    actor: str
    path: str
    duty: bool
    source: str
    days: int | None = None
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one appraisal; `superior_rated` says that the assessor missed the window.

    `days` has the day of each event that has one. `rated` may be true without a day: then it was in time.
    """

    window_opens: date
    window_ends: date
    rated: bool = False
    superior_rated: bool = False
    final: bool = False
    changed: bool = False
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of one appraisal; the days are None as long as what it begins with has not happened."""

    code: str
    actor: str
    starts: date | None
    last_day: date | None
    state: State


LastDay = Callable[[date, int], date]
"""Where so many working days from a day on end, as a unit works."""


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """The deadlines that come with the program, by code and in their order."""
    text = resources.files("kinerja_cli.regulations").joinpath("deadlines-6-2022.toml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> Mapping[str, Rule]:
    """Read a file of deadlines, or say which key breaks its form."""
    read = [_read_rule(table) for table in read_rule_file(text).tables("deadlines")]
    return {rule.code: rule for rule in read}


def skp_deadline(year: int, as_of: date) -> Deadline:
    """Until when the SKP of a year are to be set. Nothing is known of them yet, so it is never called late."""
    rule = rules()["R1"]
    month, day = rule.month_day or (1, 31)
    starts, last = date(year, 1, 1), date(year, month, day)
    state: State = "not_begun" if as_of < starts else "open" if as_of <= last else "lapsed"
    return Deadline(rule.code, rule.actor, starts, last, state)


def deadlines_of(facts: Facts, last_day: LastDay, *, as_of: date) -> list[Deadline]:
    """The deadlines that concern an appraisal on a day, in their order; R1 concerns a year and stands apart."""
    happened = _happened(facts, as_of)
    known = rules().values()
    return [
        _judge(rule, happened, last_day, as_of) for rule in known if rule.code != "R1" and _concerns(rule, facts, as_of)
    ]


def last_day_to(code: str, start: date, last_day: LastDay) -> date:
    """The last day of a deadline counted in working days that something on `start` begins.

    >>> from kinerja_cli.domain.working_days import WorkCalendar
    >>> last_day_to("R9", date(2026, 2, 6), WorkCalendar(lambda day: None).last_day).isoformat()
    '2026-02-26'
    """
    return last_day(start, rules()[code].days or 0)


def _happened(facts: Facts, as_of: date) -> dict[str, date]:
    """What has happened by a day, with its day."""
    days = {event: day for event, day in facts.days.items() if day <= as_of}
    for later in ("received", "returned"):
        if later in days:
            # Whoever has it was given it, though nobody kept the day.
            days.setdefault("handed_over", days[later])
    days |= {"window_opens": facts.window_opens, "window_ends": facts.window_ends}
    if facts.rated:
        days.setdefault("rated", min(facts.window_ends, as_of))
    reported, decided = days.get("reported"), days.get("decided")
    if reported is not None and decided is not None and reported >= decided:
        days["changed_reported"] = reported
    return days


def _concerns(rule: Rule, facts: Facts, as_of: date) -> bool:
    """Whether a deadline is one of this appraisal's."""
    missed = facts.superior_rated or (not facts.rated and as_of > facts.window_ends)
    return {
        "any": True,
        "normal": facts.rated and not missed,
        "late": missed,
        "rated": facts.rated,
        "objectionable": facts.rated and not facts.final,
        "changed": facts.changed,
    }[rule.path]


def _judge(rule: Rule, happened: Mapping[str, date], last_day: LastDay, as_of: date) -> Deadline:
    """How one deadline stands."""
    starts = happened.get(rule.starts)
    if starts is None:
        return Deadline(rule.code, rule.actor, None, None, "done" if rule.ends in happened else "not_begun")
    last = happened["window_ends"] if rule.days is None else last_day(starts, rule.days)
    state: State
    if rule.ends in happened:
        state = "done"
    elif as_of < starts or (rule.starts == "window_ends" and as_of == starts):
        state = "not_begun"
    elif as_of <= last:
        state = "open"
    else:
        state = "late" if rule.duty else "lapsed"
    return Deadline(rule.code, rule.actor, starts, last, state)


def _read_rule(table: RuleTable) -> Rule:
    """One deadline of the file."""
    counted = "days" in table.values
    fixed = "month" in table.values
    return Rule(
        code=table.one_of("code", tuple(LABELS)),
        what=table.text("what"),
        starts=table.one_of("starts", EVENTS),
        ends=table.one_of("ends", EVENTS),
        actor=table.one_of("actor", ACTORS),
        path=table.one_of("path", PATHS),
        duty=table.values.get("duty") is True,
        source=table.text("source"),
        days=table.whole("days") if counted else None,
        month_day=(table.whole("month"), table.whole("day")) if fixed else None,
    )
