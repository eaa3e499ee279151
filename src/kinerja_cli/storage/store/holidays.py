"""The days of which the agency's own file of holidays speaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlalchemy import Connection, select

from kinerja_cli.storage.dated_tables import HOLIDAY
from kinerja_cli.storage.ledger import Image, Operation


@dataclass(frozen=True, slots=True)
class AgencyDay:
    """One day: a holiday, shared leave, or a day on which the agency works although others do not."""

    day: str
    kind: Literal["holiday", "shared_leave", "working"]
    name: str


def load_agency_days(connection: Connection) -> dict[date, AgencyDay]:
    """Every day the agency's file spoke of."""
    rows = connection.execute(select(HOLIDAY.c.day, HOLIDAY.c.kind, HOLIDAY.c.name).order_by(HOLIDAY.c.day))
    return {
        date.fromisoformat(row.day): AgencyDay(row.day, cast('Literal["holiday"]', row.kind), row.name) for row in rows
    }


def save_agency_days(operation: Operation, days: Iterable[AgencyDay]) -> tuple[int, int]:
    """Keep days, over what was said of them before; how many are new, and how many changed."""
    known = load_agency_days(operation.connection)
    added: list[Image] = []
    changed: list[tuple[Image, Image]] = []
    for one in days:
        old = known.get(date.fromisoformat(one.day))
        if old is None:
            added.append(_image(one))
        elif old != one:
            changed.append((_image(old), _image(one)))
    operation.insert(HOLIDAY, added)
    operation.update(HOLIDAY, changed)
    return len(added), len(changed)


def remove_agency_day(operation: Operation, one: AgencyDay) -> None:
    """Forget what the agency's file said of a day."""
    operation.remove(HOLIDAY, [_image(one)])


def _image(one: AgencyDay) -> Image:
    return {"day": one.day, "kind": one.kind, "name": one.name}
