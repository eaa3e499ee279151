"""Import a roster, look at people, change one of them."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from gettext import gettext as _
from typing import NamedTuple

from kinerja_cli.actions.circles import AssessorLoop, circles_on, refuse_new_circles
from kinerja_cli.actions.fitness import judge_assessor, leads_on
from kinerja_cli.actions.lookup import check_has_come, check_in_service, require_employee, require_unit
from kinerja_cli.actions.refusals import AssessorSelf
from kinerja_cli.actions.succession import (
    date_standing,
    follow_changes,
    keep_heads,
    keep_move,
    keep_standings,
    keep_unit_before,
)
from kinerja_cli.domain.assessors import assessor_loops, assessors, recognise_heads
from kinerja_cli.domain.personnel import (
    EMPLOYMENTS,
    POSITION_TYPES,
    STATUSES,
    vocabulary,
)
from kinerja_cli.domain.placements import Move
from kinerja_cli.domain.ranks import parse_rank
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Problem, UsageError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.placements import load_placements
from kinerja_cli.storage.store.staff import change_staff, load_staff
from kinerja_cli.storage.store.units import (
    load_heads,
    load_set_heads,
    load_units,
    save_heads,
)


def list_staff(
    store: Store, *, unit: str | None = None, status: str | None = None, search: str | None = None
) -> list[dict[str, object]]:
    """People with their unit and the assessor they have today, ordered by unit and name.

    `unit` includes the units below it; `search` looks in names and NIP, whatever the case.
    """
    with store.reading() as connection:
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
        heads = load_heads(connection)
    rated_by = assessors(staff, tree, heads)
    chosen = _chosen(staff, tree, unit=unit, status=status, search=search)
    return [_shown(person, tree, rated_by.get(person.nip)) for person in chosen]


def _chosen(
    staff: Mapping[str, Employee],
    tree: UnitTree,
    *,
    unit: str | None = None,
    status: str | None = None,
    search: str | None = None,
) -> list[Employee]:
    """The people asked for, ordered by unit and name."""
    status = _choice("--status", status, vocabulary().status, STATUSES)
    within = None if unit is None else tree.within(require_unit(tree.units, unit).code)
    wanted = fold(search) if search else ""
    people = [
        person
        for person in staff.values()
        if (within is None or person.unit_code in within)
        and (status is None or person.status == status)
        and (not wanted or wanted in fold(person.display_name) or wanted.replace(" ", "") in person.nip)
    ]
    return sorted(people, key=lambda one: (tree.path(one.unit_code), one.name, one.nip))


def export_staff(store: Store, *, unit: str | None = None, status: str | None = None) -> list[dict[str, object]]:
    """People as a roster that can be imported again: an assessor derived from the unit tree is left out."""
    with store.reading() as connection:
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
    rows = []
    for person in _chosen(staff, tree, unit=unit, status=status):
        own, parent = (*tree.line(person.unit_code)[:2], None, None)[:2]
        rows.append(
            {
                **{field.name: getattr(person, field.name) for field in fields(Employee)},
                "unit": own.name if own else None,
                "unit_parent_code": parent.code if parent else None,
                "unit_parent": parent.name if parent else None,
            }
        )
    return rows


def _shown(person: Employee, tree: UnitTree, assessor: str | None) -> dict[str, object]:
    """A person as lists show them."""
    line = tree.line(person.unit_code)
    return {
        "nip": person.nip,
        "name": person.name,
        "front_title": person.front_title,
        "back_title": person.back_title,
        "display_name": person.display_name,
        "unit_code": person.unit_code,
        "unit": line[0].name if line else None,
        "unit_path": tree.path(person.unit_code) or None,
        "position": person.position,
        "position_type": person.position_type,
        "rank": person.rank,
        "employment": person.employment,
        "status": person.status,
        "assessor_nip": assessor,
    }


def show_employee(store: Store, nip: str) -> dict[str, object]:
    """Everything kept about one person, and who appraises them by which rule."""
    with store.reading() as connection:
        person = require_employee(connection, nip)
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
        heads = load_heads(connection)
        past = load_placements(connection, person.nip).get(person.nip, [])
    assessor = assessors(staff, tree, heads).get(person.nip)
    named = staff[assessor].display_name if assessor else None
    return _shown(person, tree, assessor) | {
        "assessor": named,
        "assessor_rule": person.assessor_rule,
        "sex": person.sex,
        "rank_since": person.rank_since,
        "position_since": person.position_since,
        "echelon": person.echelon,
        "placements": [
            {
                "until": one.ends,
                "unit_code": one.unit_code,
                "unit": tree.path(one.unit_code) or None,
                "position": one.position,
                "assessor_nip": one.assessor_nip,
            }
            for one in past
        ],
    }


class PersonChanged(NamedTuple):
    """A person as they are now, and what is odd about it; `operation` is None where nothing was written."""

    operation: int | None
    person: Employee
    problems: tuple[Problem, ...] = ()


def set_employee(
    store: Store,
    nip: str,
    *,
    unit: str | None = None,
    assessor: str | None = None,
    status: str | None = None,
    position: str | None = None,
    position_type: str | None = None,
    rank: str | None = None,
    employment: str | None = None,
    since: date | None = None,
    today: date,
    dry_run: bool = False,
) -> PersonChanged:
    """Change what is known of one person; an assessor of "-" leaves it to the unit tree again.

    A change of unit or standing counts `since` a day that is not ahead of `today`, which it is where none is given;
    what ended is kept with its days, and open periods follow. What there is already, with a day, began on that day. A
    unit since a day before the last move that is known holds until the next one: the later moves stay.
    """
    words = vocabulary()
    status = _choice("--status", status, words.status, STATUSES)
    position_type = _choice("--position-type", position_type, words.position_type, POSITION_TYPES)
    employment = _choice("--employment", employment, words.employment, EMPLOYMENTS)
    for option, text in (("--position", position), ("--rank", rank), ("--unit", unit), ("--assessor", assessor)):
        if text is not None and not clean_text(text):
            raise UsageError(
                _("{option} is empty.").format(option=option), _("Give a value, or leave the option away.")
            )
    day = since or today
    check_has_come(day, today)
    with store.writing("staff.set", dry_run=dry_run) as operation:
        connection = operation.connection
        old = require_employee(connection, nip)
        led = load_heads(connection)
        circles = circles_on(connection, today) if assessor is not None else frozenset()
        new = replace(
            old,
            status=status or old.status,
            position=clean_text(position) or old.position,
            position_type=position_type or old.position_type,
            employment=employment or old.employment,
            rank=_rank(rank, employment or old.employment) if rank else old.rank,
        )
        if unit is not None:
            code = require_unit(load_units(connection), unit).code
            before = None if since is None else keep_unit_before(operation, old, code, since, new.position)
            new = replace(new, unit_code=old.unit_code if before else code)
            if before and code != old.unit_code:
                new = replace(new, position=old.position)
        superior = None
        if assessor == "-":
            new = replace(new, assessor_nip=None, assessor_rule="unit")
        elif assessor is not None:
            superior = require_employee(connection, assessor)
            if superior.nip == old.nip:
                raise AssessorSelf(old.display_name)
            check_in_service(superior)
            new = replace(new, assessor_nip=superior.nip, assessor_rule="roster")
        keep_move(operation, old, new, day, today)
        change_staff(operation, [(old, new)])
        keep_standings(operation, [(old, new)], day)
        if status == old.status and since is not None:
            date_standing(operation, new, since)
        staff = load_staff(connection)
        units = load_units(connection)
        heads = recognise_heads(units, staff, load_set_heads(connection))
        save_heads(operation, heads.heads, "position")
        _refuse_circle(new, staff, assessors(staff, UnitTree(units), heads.heads))
        went = (old.unit_code, old.status) != (new.unit_code, new.status)
        keep_heads(operation, led, [Move(old, new, day)] if went else (), today)
        if superior is not None:
            # Beside posts and links there are officials who act, and delegations.
            refuse_new_circles(connection, today, circles)
        follow_changes(operation, today)
        told = (
            [] if superior is None else list(judge_assessor(superior, leads=leads_on(connection, superior.nip, today)))
        )
    return PersonChanged(operation.seq, new, tuple(told))


def _refuse_circle(person: Employee, staff: Mapping[str, Employee], rated_by: Mapping[str, str | None]) -> None:
    """Refuse a change after which the person would, in the end, appraise their own assessor."""
    for loop in assessor_loops(rated_by):
        if person.nip in loop:
            assessor = staff[rated_by[person.nip] or person.nip]
            raise AssessorLoop(person.display_name, assessor.display_name)


def _rank(text: str, employment: str) -> str:
    """The rank a text names, for this kind of employment."""
    rank = parse_rank(text, pppk=employment.startswith("pppk"))
    if rank is None:
        raise UsageError(
            _("{value} is no rank.").format(value=text),
            _("Write I/a to IV/e for PNS, I to XVII for PPPK."),
        )
    return rank


def _choice(option: str, text: str | None, spellings: Mapping[str, str], allowed: tuple[str, ...]) -> str | None:
    """The value that a word names, in any spelling that rosters use too."""
    if text is None:
        return None
    value = spellings.get(fold(text))
    if value is None:
        raise UsageError(
            _("{value} is no value for {option}.").format(value=text or "''", option=option),
            _("Allowed: {allowed}.").format(allowed=", ".join(allowed)),
        )
    return value
