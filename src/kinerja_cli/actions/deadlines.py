"""Which steps are due of whom, and until when: the deadlines of every appraisal beside what is on record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from gettext import gettext as _
from typing import Final, Literal

from kinerja_cli.actions.lookup import require_period
from kinerja_cli.actions.period_steps import AgencyDay, PeriodSteps
from kinerja_cli.actions.rating_windows import window_of
from kinerja_cli.domain.deadlines import LABELS, Deadline, deadlines_of, skp_deadline
from kinerja_cli.domain.moves import RATING
from kinerja_cli.domain.periods import PeriodKind, parse_period
from kinerja_cli.errors import N_
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import StoredPeriod, load_periods

By = Literal["due", "unit", "assessor"]
"""What the steps are put in order by: their last day, the unit, or the assessor."""

_LOOKED_BACK: Final = timedelta(days=90)
"""How long after the window of a closed period its steps are still listed unasked; 30 working days are over by then."""

_SHOWN: Final = ("open", "late")


def list_deadlines(
    store: Store,
    period_code: str | None = None,
    *,
    as_of: date,
    by: By = "due",
    unit: str | None = None,
    late: bool = False,
) -> list[dict[str, object]]:
    """Every step that is due or late on a day, with its last day and who must act.

    Without a period: of those opened in time that are open, or whose window ended within the last 90 days.
    """
    with store.reading() as connection:
        day = AgencyDay(connection, as_of)
        if period_code is not None:
            periods = [require_period(connection, period_code)]
        else:
            periods = [one for one in load_periods(connection) if is_current(one, as_of)]
        wanted = ("late",) if late else _SHOWN
        rows = [row for period in periods for row in _of_period(day, period, unit, wanted)]
        rows += _skp(as_of, None if period_code is None else periods[0], unit, wanted)
    rows.sort(key=_order(by))
    return rows


def closed_for_rating(store: Store, rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The closed periods in which people still wait to be rated, of steps that were listed."""
    waiting = {str(row["period"]) for row in rows if row["code"] in RATING}
    with store.reading() as connection:
        return [one.code for one in load_periods(connection) if one.code in waiting and not one.is_open]


def is_current(period: StoredPeriod, as_of: date) -> bool:
    """Whether the steps of a period are looked at unasked."""
    window = window_of(period)
    if window.is_back_filled or as_of < window.starts:
        return False
    return period.is_open or as_of - window.ends <= _LOOKED_BACK


def _of_period(
    day: AgencyDay, period: StoredPeriod, unit: str | None, wanted: Sequence[str]
) -> Iterator[dict[str, object]]:
    """The steps of everybody in a period that stand as wanted."""
    steps = PeriodSteps(day, period, unit)
    for one, deadlines in steps.judged(lambda facts, last_day: deadlines_of(facts, last_day, as_of=day.as_of)):
        for deadline in deadlines:
            if deadline.state in wanted:
                yield _row(steps, one, deadline)


def _row(steps: PeriodSteps, one: Appraisal, deadline: Deadline) -> dict[str, object]:
    """A step as lists show it."""
    unit = steps.units.get(one.unit_code or "")
    actor, assessor = steps.actor(one, deadline.actor), steps.assessor(one)
    return {
        "code": deadline.code,
        "nip": one.nip,
        "name": steps.day.name_of(one.nip),
        "period": one.period_code,
        "unit_code": one.unit_code,
        "unit": None if unit is None else unit.name,
        "actor_nip": actor.nip,
        "actor": actor.name,
        "starts": None if deadline.starts is None else deadline.starts.isoformat(),
        "last_day": None if deadline.last_day is None else deadline.last_day.isoformat(),
        "state": deadline.state,
        "step": _step(steps, one, deadline.code),
        "assessor_nip": assessor.nip,
        "assessor": assessor.name,
        "unit_path": None if unit is None else unit.path,
    }


def _step(steps: PeriodSteps, one: Appraisal, code: str) -> str:
    """What is to be done; in a closed period a rating can only be given once it is open again."""
    words = steps.day.words
    label = words(steps.label(one, code, LABELS[code]))
    if code in RATING and not steps.period.is_open:
        return words(N_("{step}; the period is closed and must be reopened first")).format(step=label)
    return label


def _skp(as_of: date, period: StoredPeriod | None, unit: str | None, wanted: Sequence[str]) -> list[dict[str, object]]:
    """The day until which the SKP of a year are to be set; nothing is kept of anybody's yet."""
    if unit is not None or (period is not None and period.kind != PeriodKind.ANNUAL):
        return []
    year = as_of.year if period is None else parse_period(period.code).year
    deadline = skp_deadline(year, as_of)
    if deadline.state not in wanted:
        return []
    nothing = dict.fromkeys(("nip", "name"))
    return [
        {"code": deadline.code}
        | nothing
        | {
            "period": f"{year}",
            "unit_code": None,
            "unit": None,
            "actor_nip": None,
            "actor": _("every assessor"),
            "starts": None if deadline.starts is None else deadline.starts.isoformat(),
            "last_day": None if deadline.last_day is None else deadline.last_day.isoformat(),
            "state": deadline.state,
            "step": _(LABELS[deadline.code]),
            "assessor_nip": None,
            "assessor": None,
            "unit_path": None,
        }
    ]


def _order(by: By) -> Callable[[Mapping[str, object]], tuple[str, ...]]:
    """How the steps are ordered: what is due next first, within each unit or assessor where that is wanted."""
    first = {"due": (), "unit": ("unit_path", "unit_code"), "assessor": ("assessor", "assessor_nip")}[by]
    keys = (*first, "last_day", "code", "unit_path", "name", "nip", "period")
    return lambda row: tuple(str(row[key] or "") for key in keys)
