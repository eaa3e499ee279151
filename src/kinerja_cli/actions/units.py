"""Look at the units of the agency, and set what no roster says: a name, a parent, a head, a working week."""

from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.circles import circles_on, refuse_new_circles
from kinerja_cli.actions.lookup import check_has_come, check_in_service, require_employee, require_unit
from kinerja_cli.actions.succession import follow_changes, keep_heads
from kinerja_cli.domain.text import clean_text
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.staff import names_by_nip
from kinerja_cli.storage.store.units import (
    add_units,
    change_units,
    count_staff,
    load_heads,
    load_units,
    save_heads,
    unset_head,
)

TOP = "-"
"""What stands for "no parent", "no head" or "no week of its own" on the command line."""

_WEEKS = {"5": 5, "6": 6, TOP: None}


class UnitLoop(KinerjaError):
    """The unit would stand below itself."""

    code = "unit-loop"
    exit = Exit.REFUSED

    def __init__(self, name: str, parent: str) -> None:
        super().__init__(
            _("{name} cannot stand below {parent}, which stands below it.").format(name=name, parent=parent),
            _("Choose a parent that is not below the unit; see `kinerja unit tree`."),
        )


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit with its place in the tree; `staff` counts the people appraised in the unit itself.

    `work_days` a week is what the unit says itself; without, those of the units above it count.
    """

    unit_code: str
    unit: str
    parent_code: str | None
    level: int
    head_nip: str | None
    head: str | None
    staff: int
    work_days: int | None


def unit_depths(store: Store) -> dict[str, int]:
    """How deep each unit stands, by its name; of names that several units bear the highest."""
    with store.reading() as connection:
        tree = UnitTree(load_units(connection))
    depths: dict[str, int] = {}
    for code, unit in tree.units.items():
        depths[unit.name] = min(depths.get(unit.name, tree.level(code)), tree.level(code))
    return depths


def list_units(store: Store) -> list[UnitShown]:
    """Every unit after its parent."""
    with store.reading() as connection:
        tree = UnitTree(load_units(connection))
        heads = load_heads(connection)
        counts = count_staff(connection)
        people = names_by_nip(connection, heads.values())
    return [
        UnitShown(
            unit.code,
            unit.name,
            unit.parent_code,
            tree.level(unit.code),
            heads.get(unit.code),
            people[heads[unit.code]].display_name if unit.code in heads else None,
            counts.get(unit.code, 0),
            unit.work_days,
        )
        for unit in tree.ordered()
    ]


def set_unit(
    store: Store,
    code: str,
    *,
    name: str | None = None,
    parent: str | None = None,
    head: str | None = None,
    work_days: str | None = None,
    since: date,
    today: date,
    dry_run: bool = False,
) -> int | None:
    """Name a unit, move it, say who leads it or how many days a week it works.

    A unit that does not exist is made if it is given a name. Another head counts `since` a day that is not ahead
    of `today`; who led before is kept, open periods follow.
    """
    code = clean_text(code)
    if not code or (name is not None and not clean_text(name)):
        raise UsageError(_("A unit needs a code and a name."), _("See the codes with `kinerja unit tree`."))
    check_has_come(since, today)
    name = None if name is None else clean_text(name)
    with store.writing("unit.set", dry_run=dry_run) as operation:
        units = load_units(operation.connection)
        circles = circles_on(operation.connection, today)
        led = load_heads(operation.connection)
        if code not in units and name:
            old = None
            new = Unit(code, name)
        else:
            old = require_unit(units, code)
            new = replace(old, name=name or old.name)
        new = _with_week(new, work_days)
        if parent == TOP:
            new = replace(new, parent_code=None)
        elif parent is not None:
            above = require_unit(units, parent)
            tree = UnitTree(units)
            if any(unit.code == code for unit in tree.line(above.code)):
                raise UnitLoop(new.name, above.name)
            new = replace(new, parent_code=above.code)
        if old is None:
            add_units(operation, [new])
        else:
            change_units(operation, [(old, new)])
        if head == TOP:
            unset_head(operation, code)
        elif head is not None:
            leader = require_employee(operation.connection, head)
            check_in_service(leader)
            save_heads(operation, {code: leader.nip}, "set")
        keep_heads(operation, led, (), since)
        refuse_new_circles(operation.connection, today, circles)
        follow_changes(operation, today)
        operation.facts.update({"unit": code, "name": new.name})
    return operation.seq


def _with_week(unit: Unit, work_days: str | None) -> Unit:
    """A unit with the working week typed for it, if one was."""
    if work_days is None:
        return unit
    if work_days.strip() not in _WEEKS:
        raise UsageError(
            _("{value} is no working week.").format(value=work_days or "''"),
            _("Give 5 or 6 days, or - to follow the unit above."),
        )
    return replace(unit, work_days=_WEEKS[work_days.strip()])
