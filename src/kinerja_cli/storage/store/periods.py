"""Periods, and the unit tree each of them froze."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.tables import APPRAISAL, PERIOD, PERIOD_UNIT


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """A period as it is kept: days are ISO text, `peer_opinion` 0 or 1."""

    code: str
    kind: str
    starts: str
    ends: str
    window_ends: str
    state: str
    regulation_id: str
    regulation_text: str
    peer_opinion: int
    fingerprint: str | None
    opened_on: str | None = None
    participants: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether ratings can be recorded."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class PeriodUnit:
    """A unit as it stood when the period opened."""

    unit_code: str
    name: str
    path: str
    parent_code: str | None
    head_nip: str | None
    organisation: str | None


def load_periods(connection: Connection) -> list[StoredPeriod]:
    """Every period, in order of time, a year before its parts."""
    statement = select(PERIOD).order_by(PERIOD.c.starts, PERIOD.c.ends.desc())
    return [StoredPeriod(**row._mapping) for row in connection.execute(statement)]


def find_stored_period(connection: Connection, code: str) -> StoredPeriod | None:
    """One period, or None."""
    row = connection.execute(select(PERIOD).where(PERIOD.c.code == code)).first()
    return None if row is None else StoredPeriod(**row._mapping)


def add_period(operation: Operation, period: StoredPeriod) -> None:
    """Take a period in."""
    operation.insert(PERIOD, [_image(period)])


def change_period(operation: Operation, old: StoredPeriod, new: StoredPeriod) -> None:
    """Keep a period's new state."""
    operation.update(PERIOD, [(_image(old), _image(new))])


def load_period_units(connection: Connection, period_code: str) -> dict[str, PeriodUnit]:
    """The unit tree of a period by unit code."""
    names = ("unit_code", "name", "path", "parent_code", "head_nip", "organisation")
    statement = select(*(PERIOD_UNIT.c[name] for name in names)).where(PERIOD_UNIT.c.period_code == period_code)
    return {row[0]: PeriodUnit(*row) for row in connection.execute(statement)}


def add_period_units(operation: Operation, period_code: str, units: Iterable[PeriodUnit]) -> None:
    """Freeze units into a period."""
    operation.insert(PERIOD_UNIT, [_unit_image(period_code, unit) for unit in units])


def change_period_units(operation: Operation, period_code: str, pairs: Iterable[tuple[PeriodUnit, PeriodUnit]]) -> None:
    """Keep what a period newly froze of its units: each pair is the unit before and after."""
    operation.update(
        PERIOD_UNIT, [(_unit_image(period_code, old), _unit_image(period_code, new)) for old, new in pairs]
    )


def count_ratings(connection: Connection) -> dict[str, tuple[int, int]]:
    """For each period how many people take part, and how many of them are rated."""
    statement = select(APPRAISAL.c.period_code, func.count(), func.count(APPRAISAL.c.predikat)).group_by(
        APPRAISAL.c.period_code
    )
    return {code: (staff, rated) for code, staff, rated in connection.execute(statement)}


def _unit_image(period_code: str, unit: PeriodUnit) -> dict[str, str | int | None]:
    return {
        "period_code": period_code,
        "unit_code": unit.unit_code,
        "name": unit.name,
        "path": unit.path,
        "parent_code": unit.parent_code,
        "head_nip": unit.head_nip,
        "organisation": unit.organisation,
    }


def _image(period: StoredPeriod) -> dict[str, str | int | None]:
    return {
        "code": period.code,
        "kind": period.kind,
        "starts": period.starts,
        "ends": period.ends,
        "window_ends": period.window_ends,
        "state": period.state,
        "regulation_id": period.regulation_id,
        "regulation_text": period.regulation_text,
        "peer_opinion": period.peer_opinion,
        "fingerprint": period.fingerprint,
        "opened_on": period.opened_on,
        "participants": period.participants,
    }
