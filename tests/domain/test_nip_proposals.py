"""Whose a damaged NIP of a rating sheet may be: proposed where one person is left, and never taken."""

import pytest

from kinerja_cli.domain import problems
from kinerja_cli.domain.damaged_nips import DamagedNip
from kinerja_cli.domain.nip_proposals import with_rated_proposals
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Place

TREE = UnitTree(
    {"d": Unit("d", "Dinas"), "b": Unit("b", "Bidang", "d"), "s": Unit("s", "Seksi", "d"), "e": Unit("e", "Badan")}
)
ANI, OTHER_ANI, BUDI = "199001012020012001", "198505052010012002", "199001012020011002"
STAFF = {
    ANI: Employee(ANI, "Ani", unit_code="b"),
    OTHER_ANI: Employee(OTHER_ANI, "Ani", unit_code="e"),
    BUDI: Employee(BUDI, "Budi", unit_code="s"),
}


def proposal(damaged: DamagedNip, *, rated: tuple[str, ...] = tuple(STAFF)) -> str:
    """What the remedy of one damaged NIP proposes; empty where it stays as it was."""
    told = problems.NIP_DAMAGED.at(Place("a.xlsx", "S", 2, "A"), field="nip", value="1.99E+17")
    (found,) = with_rated_proposals([told], [damaged], STAFF, rated=rated, tree=TREE)
    assert (found.code, found.place) == (told.code, told.place)
    return str(found.facts.get("proposal", ""))


@pytest.mark.parametrize(
    ("damaged", "meant", "agrees"),
    [
        (DamagedNip(0, "BUDI"), "19900101 202001 1 002", "the name agrees"),
        (DamagedNip(0, "BUDI SE"), "19900101 202001 1 002", "the name agrees"),
        (DamagedNip(0, "ANI", certain="1985"), "19850505 201001 2 002", "the name agrees"),
        (DamagedNip(0, "ANI", unit="BIDANG"), "19900101 202001 2 001", "name and unit agree"),
        (DamagedNip(0, "ANI", unit="DINAS"), "19900101 202001 2 001", "name and unit agree"),
    ],
)
def test_the_one_who_is_left_is_proposed(damaged: DamagedNip, meant: str, agrees: str) -> None:
    assert meant in proposal(damaged)
    assert agrees in proposal(damaged)


@pytest.mark.parametrize(
    "damaged",
    [
        DamagedNip(0, "CITRA"),
        DamagedNip(0, "ANI"),
        DamagedNip(0, "ANI", unit="SEKSI"),
        DamagedNip(0, "BUDI", certain="2"),
    ],
)
def test_where_nobody_or_several_are_left_nobody_is_proposed(damaged: DamagedNip) -> None:
    assert proposal(damaged) == ""


def test_of_namesakes_those_who_take_part_go_first() -> None:
    assert "19850505 201001 2 002" in proposal(DamagedNip(0, "ANI"), rated=(OTHER_ANI,))
    assert "19900101 202001 1 002" in proposal(DamagedNip(0, "BUDI"), rated=())
