"""Who stands above an assessor."""

from dataclasses import replace

from kinerja_cli.domain.rating_order import Order
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.superiors import NOBODY, THE_REGION_HEAD, Superior, superior_of
from kinerja_cli.domain.units import Unit, UnitTree

TREE = UnitTree({"A": Unit("A", "DINAS"), "B": Unit("B", "BIDANG", "A"), "C": Unit("C", "SEKSI", "B")})
HEAD = Employee("1", "SURYA", unit_code="A", position_type="jpt_pratama")
ANI = Employee("2", "ANI", unit_code="B", position_type="administrator")
BUDI = Employee("3", "BUDI", unit_code="C", position_type="pengawas")
STAFF = {one.nip: one for one in (HEAD, ANI, BUDI)}
HEADS = {"A": "1", "B": "2", "C": "3"}


def test_above_an_assessor_stands_the_head_of_the_unit_above() -> None:
    assert superior_of(BUDI, Order(STAFF, TREE, HEADS)) == Superior("2")
    assert superior_of(ANI, Order(STAFF, TREE, HEADS)) == Superior("1")


def test_above_the_head_of_an_office_stands_the_head_of_the_region() -> None:
    assert superior_of(HEAD, Order(STAFF, TREE, HEADS)) == THE_REGION_HEAD
    assert THE_REGION_HEAD.is_known


def test_a_link_of_the_roster_goes_first() -> None:
    linked = replace(HEAD, assessor_nip="2", assessor_rule="roster")
    assert superior_of(linked, Order(STAFF, TREE, HEADS)) == Superior("2")


def test_where_the_tree_ends_nobody_is_known() -> None:
    top = replace(HEAD, position_type="pengawas")
    assert superior_of(top, Order(STAFF, TREE, HEADS)) == NOBODY
    assert not NOBODY.is_known
    assert Superior("1").is_known
