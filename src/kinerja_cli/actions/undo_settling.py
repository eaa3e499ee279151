"""After an undo, let what is worked out from people and units follow what was done since as well."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kinerja_cli.actions.participation import follow, follow_open
from kinerja_cli.actions.succession import keep_heads
from kinerja_cli.actions.undo_refusals import UndoCircle
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.assessors import assessor_loops, assessors, recognise_heads
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.operations import (
    FOLLOWED_ON,
    StoredOperation,
    count_operations,
    find_operation,
    followed_on,
)
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import load_staff
from kinerja_cli.storage.store.units import load_heads, load_set_heads, load_units, save_heads
from kinerja_cli.storage.undo import Reversal

_ORDER = frozenset(("staff", "unit", "unit_head"))
"""Tables from which it is worked out who leads what, and who appraises whom."""

_COURSE = _ORDER | {"placement", "standing", "headship", "acting", "delegation", "exclusion", "setting"}
"""Tables from which it is worked out who takes part where in open periods."""

_PARTS = frozenset(("appraisal", "period_unit", "period"))
"""Tables that hold what was worked out."""

_Circles = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Settling:
    """What has to follow an undo. Without anything done since and on the same day nothing has: all is as it was."""

    number: int
    tables: frozenset[str]
    periods: frozenset[str]
    needed: bool
    circles: _Circles

    @classmethod
    def of(
        cls,
        connection: Connection,
        target: StoredOperation,
        found: Sequence[Reversal],
        ignored: Collection[int],
        today: date,
    ) -> "Settling":
        """What will have to follow, told before anything is taken back; `ignored` came to nothing since."""
        tables = frozenset(one.relation.name for one in found)
        periods = frozenset(
            str(row["period_code"]) for one in found if one.relation.name == "appraisal" for row in one.rows()
        )
        # Who takes back that periods followed wants them as they were before.
        followed = _root(connection, target).kind == "period.follow"
        needed = not followed and (_done_since(connection, target, ignored) or _day_of(connection, target) != today)
        return cls(
            target.seq, tables, periods, needed, _circles(connection) if needed and tables & _ORDER else frozenset()
        )

    def settle(self, operation: Operation, today: date) -> int:
        """Let heads by post and open periods follow, and tell how many rows changed. Raises UndoCircle."""
        before = operation.changes
        if self.needed and self.tables & _ORDER:
            self._recognise(operation, today)
        if self.needed and self.tables & _COURSE:
            follow_open(operation, today)
        elif self.needed and self.periods:
            for period in load_periods(operation.connection):
                if period.is_open and period.code in self.periods:
                    follow(operation, period, today)
        elif not self.tables & (_COURSE | _PARTS):
            day = followed_on(operation.connection)
            operation.facts.update({} if day is None else {FOLLOWED_ON: day})
        return operation.changes - before

    def _recognise(self, operation: Operation, today: date) -> None:
        """Work out anew who leads the units, and refuse what goes round in a circle now and did not before."""
        connection = operation.connection
        units, staff = load_units(connection), load_staff(connection)
        for loop in assessor_loops({code: unit.parent_code for code, unit in units.items()}):
            raise UndoCircle(self.number, [units[code].name for code in loop])
        led = load_heads(connection)
        heads = recognise_heads(units, staff, load_set_heads(connection)).heads
        save_heads(operation, heads, "position")
        keep_heads(operation, led, (), today)
        for loop in assessor_loops(assessors(staff, UnitTree(units), load_heads(connection))):
            if frozenset(loop) not in self.circles:
                raise UndoCircle(self.number, [staff[nip].display_name for nip in loop])


def _done_since(connection: Connection, target: StoredOperation, ignored: Collection[int]) -> bool:
    """Whether anything done after an operation is still in force."""
    return count_operations(connection) - target.seq > sum(seq > target.seq for seq in ignored)


def _day_of(connection: Connection, target: StoredOperation) -> date:
    """The day on which an operation was done, where the agency is."""
    return datetime.fromisoformat(target.at).astimezone(read_agency(load_settings(connection)).timezone).date()


def _root(connection: Connection, target: StoredOperation) -> StoredOperation:
    """What an undo of undos is about in the end."""
    while target.undoes is not None and (found := find_operation(connection, target.undoes)) is not None:
        target = found
    return target


def _circles(connection: Connection) -> _Circles:
    """The circles of people who appraise each other already."""
    staff = load_staff(connection)
    rated_by = assessors(staff, UnitTree(load_units(connection)), load_heads(connection))
    return frozenset(frozenset(loop) for loop in assessor_loops(rated_by))
