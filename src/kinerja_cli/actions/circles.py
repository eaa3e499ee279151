"""Circles of assessors: refuse what would let people appraise each other in turn, by links, posts and delegations."""

from datetime import date
from gettext import gettext as _

from kinerja_cli.domain.assessors import assessor_loops
from kinerja_cli.domain.rating_order import Order, order_on
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.units import load_units


class AssessorLoop(KinerjaError):
    """The assessor named is, in the end, appraised by the person."""

    code = "assessor-loop"
    exit = Exit.REFUSED

    def __init__(self, name: str, assessor: str) -> None:
        super().__init__(
            _("{assessor} cannot appraise {name}: by the links set, {name} appraises them in turn.").format(
                name=name, assessor=assessor
            ),
            _("Change the other link first; see `kinerja staff show NIP`."),
        )


def circles_on(connection: Connection, day: date) -> frozenset[frozenset[str]]:
    """The people who appraise each other in turn by how things are on a day, circle by circle."""
    return frozenset(frozenset(loop) for loop in _loops(_order(connection, day)))


def refuse_new_circles(connection: Connection, day: date, before: frozenset[frozenset[str]]) -> None:
    """Refuse a change that lets people appraise each other in turn on a day. Raises AssessorLoop.

    What went round in a circle `before` is no fault of the change.
    """
    order = _order(connection, day)
    for loop in _loops(order):
        if frozenset(loop) not in before:
            rater = order.rater_of(order.staff[loop[0]]).nip or loop[0]
            raise AssessorLoop(order.staff[loop[0]].display_name, order.staff[rater].display_name)


def _order(connection: Connection, day: date) -> Order:
    """Who rates whom on a day."""
    return order_on(load_history(connection), UnitTree(load_units(connection)), day.isoformat())


def _loops(order: Order) -> list[tuple[str, ...]]:
    """Who appraises each other in turn in an order."""
    return assessor_loops({nip: rater.nip for nip, rater in order.raters().items()})
