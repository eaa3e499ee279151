"""Summaries: what a period, a unit and a person come to."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.feedback import list_feedback
from kinerja_cli.actions.lookup import require_employee, require_period
from kinerja_cli.actions.objections_shown import objections_of
from kinerja_cli.actions.scores import list_scores, show_score
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.personnel import EMPLOYMENT_LABELS, POSITION_TYPE_LABELS, SEX_LABELS
from kinerja_cli.domain.ranks import rank_label, rank_order
from kinerja_cli.domain.summary import Group, summarise, total
from kinerja_cli.domain.units import SEPARATOR
from kinerja_cli.errors import UsageError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import GROUPS, count_left, distribution
from kinerja_cli.storage.store.periods import PeriodUnit, load_period_units
from kinerja_cli.storage.store.settings import load_settings

_LABELS: Mapping[str, Mapping[str, str]] = {
    "position_type": POSITION_TYPE_LABELS,
    "employment": EMPLOYMENT_LABELS,
    "sex": SEX_LABELS,
}


@dataclass(frozen=True, slots=True)
class Summary:
    """How many people of a period have each predikat, by group; `total` is everybody in the period."""

    period: str
    agency: str
    by: str
    groups: tuple[Group, ...]
    total: Group


def summary(store: Store, period_code: str, by: str = "unit") -> Summary:
    """Summarise a period by `unit`, `parent`, `position_type`, `rank`, `employment` or `sex`.

    Everything is as it was frozen when the period opened. People without a value make the group "".
    """
    if by not in GROUPS:
        raise UsageError(
            _("{value} is no value for {option}.").format(value=by, option="--by"),
            _("Allowed: {allowed}.").format(allowed=", ".join(GROUPS)),
        )
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        period = require_period(connection, period_code)
        units = load_period_units(connection, period.code)
        column = "unit_code" if by in ("unit", "parent") else by
        counts = distribution(connection, period.code, column, leavers=agency.leavers_in_base)
        gone = count_left(connection, period.code, column)
    if by == "parent":
        counts = [(_parent(units, key), predikat, people) for key, predikat, people in counts]
    left: Counter[str] = Counter()
    for key, people in gone.items():
        left[(_parent(units, key) if by == "parent" else key) or ""] += people
    label = _labels(by, units)
    groups = summarise((key or "", label(key), predikat, people) for key, predikat, people in counts)
    groups = tuple(replace(group, left=left[group.key or ""]) for group in groups)
    if by == "rank":
        groups = tuple(sorted(groups, key=lambda group: rank_order(group.key or None)))
    return Summary(period.code, agency.name, by, groups, replace(total(groups), left=sum(left.values())))


def results(
    store: Store, period_code: str, *, unit: str | None = None, today: date | None = None
) -> list[dict[str, object]]:
    """Everybody's result of a period, ordered by unit and name; `today` as in `list_scores`."""
    return list_scores(store, period_code, unit=unit, today=today)


@dataclass(frozen=True, slots=True)
class StaffReport:
    """One person's history: the periods with their ratings, the feedback, and the objections."""

    nip: str
    name: str
    position: str | None
    rank: str | None
    status: str
    periods: list[dict[str, object]]
    feedback: list[dict[str, object]]
    objections: list[dict[str, object]]


def staff_report(store: Store, nip: str) -> StaffReport:
    """What is on record of one person. Raises NipNotFound."""
    with store.reading() as connection:
        person = require_employee(connection, nip)
        objections = objections_of(connection, person.nip)
    return StaffReport(
        person.nip,
        person.display_name,
        person.position,
        person.rank,
        person.status,
        show_score(store, person.nip),
        list_feedback(store, nip=person.nip),
        objections,
    )


def _parent(units: Mapping[str, PeriodUnit], code: str | None) -> str | None:
    """The unit above one; a unit at the top is its own."""
    unit = None if code is None else units.get(code)
    return code if unit is None or unit.parent_code is None else unit.parent_code


def _labels(by: str, units: Mapping[str, PeriodUnit]) -> Callable[[str | None], str]:
    """How the groups are called."""
    if by in ("unit", "parent"):
        return unit_labels(units)

    def label(key: str | None) -> str:
        if key is None:
            return _("not given")
        return _(_LABELS[by].get(key, key)) if by in _LABELS else rank_label(key)

    return label


def unit_labels(units: Mapping[str, PeriodUnit]) -> Callable[[str | None], str]:
    """How units of a period are called; units of one name by their path, so that they can be told apart."""
    names = Counter(unit.name for unit in units.values())
    tops = [unit.name for unit in units.values() if unit.parent_code is None]
    only_top = tops[0] if len(tops) == 1 else ""

    def label(key: str | None) -> str:
        if key is None:
            return _("not given")
        unit = units.get(key)
        if unit is None:
            return key
        if names[unit.name] == 1:
            return unit.name
        # The top of the tree is the agency itself in most rosters: it tells nothing apart.
        return unit.path.removeprefix(f"{only_top}{SEPARATOR}")

    return label
