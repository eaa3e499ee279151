"""Look at the units of the agency, and set what no roster says: a name, a parent, a head."""

from dataclasses import dataclass, replace
from gettext import gettext as _

from kinerja_cli.actions.lookup import check_in_service, require_employee, require_unit
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
"""What stands for "no parent" or "no head" on the command line."""


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
    """A unit with its place in the tree; `staff` counts the people appraised in the unit itself."""

    unit_code: str
    unit: str
    parent_code: str | None
    level: int
    head_nip: str | None
    head: str | None
    staff: int


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
    dry_run: bool = False,
) -> int | None:
    """Name a unit, move it, or say who leads it; a unit that does not exist is made if it is given a name."""
    code = clean_text(code)
    if not code or (name is not None and not clean_text(name)):
        raise UsageError(_("A unit needs a code and a name."), _("See the codes with `kinerja unit tree`."))
    name = None if name is None else clean_text(name)
    with store.writing("unit.set", dry_run=dry_run) as operation:
        units = load_units(operation.connection)
        if code not in units and name:
            old = None
            new = Unit(code, name)
        else:
            old = require_unit(units, code)
            new = replace(old, name=name or old.name)
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
        operation.facts.update({"unit": code, "name": new.name})
    return operation.seq
