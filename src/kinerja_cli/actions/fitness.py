"""Tell where somebody is to rate others who can be no assessor by the post they hold."""

from collections.abc import Iterator
from datetime import date

from kinerja_cli.domain.arrangement_problems import ASSESSOR_UNFIT
from kinerja_cli.domain.assessing import why_unfit
from kinerja_cli.domain.rating_order import order_on
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Place, Problem
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.units import load_units


def leads_on(connection: Connection, nip: str, day: date) -> bool:
    """Whether somebody leads a unit on a day, also for a time."""
    order = order_on(load_history(connection), UnitTree(load_units(connection)), day.isoformat())
    return nip in order.leaders.values()


def judge_assessor(person: Employee, *, leads: bool) -> Iterator[Problem]:
    """The warning that somebody is to rate others and can be no assessor by post; `leads` says whether a unit."""
    why = why_unfit(person, leads=leads)
    if why is not None:
        yield ASSESSOR_UNFIT.at(
            Place(), field="assessor_nip", value=person.nip, name=person.display_name, nip=person.nip, why=why
        )
