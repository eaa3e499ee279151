"""Units, and who leads them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select

from kinerja_cli.domain.personnel import vocabulary
from kinerja_cli.domain.units import Unit
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.tables import STAFF, UNIT, UNIT_HEAD


def load_units(connection: Connection) -> dict[str, Unit]:
    """Every unit by its code."""
    statement = select(UNIT.c.code, UNIT.c.name, UNIT.c.parent_code, UNIT.c.work_days)
    return {row[0]: Unit(*row) for row in connection.execute(statement)}


def load_heads(connection: Connection) -> dict[str, str]:
    """The head of each unit that has one."""
    statement = select(UNIT_HEAD.c.unit_code, UNIT_HEAD.c.nip)
    return {row.unit_code: row.nip for row in connection.execute(statement)}


def load_set_heads(connection: Connection) -> dict[str, str]:
    """The heads that a person named, which positions do not change."""
    statement = select(UNIT_HEAD.c.unit_code, UNIT_HEAD.c.nip).where(UNIT_HEAD.c.rule == "set")
    return {row.unit_code: row.nip for row in connection.execute(statement)}


def count_staff(connection: Connection) -> dict[str, int]:
    """How many people who are appraised stand in each unit itself."""
    statement = (
        select(STAFF.c.unit_code, func.count())
        .where(STAFF.c.status.in_(sorted(vocabulary().appraised)), STAFF.c.unit_code.is_not(None))
        .group_by(STAFF.c.unit_code)
    )
    return {code: count for code, count in connection.execute(statement)}


def add_units(operation: Operation, units: Sequence[Unit]) -> None:
    """Take units in."""
    operation.insert(UNIT, [_image(unit) for unit in units])


def change_units(operation: Operation, pairs: Iterable[tuple[Unit, Unit]]) -> None:
    """Rename or move units: each pair is the unit before and after."""
    operation.update(UNIT, [(_image(old), _image(new)) for old, new in pairs])


def save_heads(operation: Operation, heads: Mapping[str, str], rule: str) -> None:
    """Make these the heads of that rule (`position` or `set`); heads of the other rule stay as they are."""
    rows = operation.connection.execute(select(UNIT_HEAD.c.unit_code, UNIT_HEAD.c.nip, UNIT_HEAD.c.rule))
    known: dict[str, Image] = {row.unit_code: dict(row._mapping) for row in rows}
    fixed = {code for code, row in known.items() if rule == "position" and row["rule"] == "set"}
    wanted: dict[str, Image] = {
        code: {"unit_code": code, "nip": nip, "rule": rule} for code, nip in heads.items() if code not in fixed
    }
    operation.insert(UNIT_HEAD, [row for code, row in wanted.items() if code not in known])
    operation.update(UNIT_HEAD, [(known[code], row) for code, row in wanted.items() if code in known])
    if rule == "position":
        gone = [row for code, row in known.items() if row["rule"] == rule and code not in wanted]
        operation.remove(UNIT_HEAD, gone)


def unset_head(operation: Operation, unit_code: str) -> None:
    """Forget who leads a unit."""
    rows = operation.connection.execute(
        select(UNIT_HEAD.c.unit_code, UNIT_HEAD.c.nip, UNIT_HEAD.c.rule).where(UNIT_HEAD.c.unit_code == unit_code)
    )
    operation.remove(UNIT_HEAD, [dict(row._mapping) for row in rows])


def _image(unit: Unit) -> Image:
    return {"code": unit.code, "name": unit.name, "parent_code": unit.parent_code, "work_days": unit.work_days}
