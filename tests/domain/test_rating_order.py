"""Who rates whom on a day: holders of posts, acting officials, delegates, and the head of the region."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kinerja_cli.domain.history import EVERYBODY, Acting, Delegation, Headship, History, Standing
from kinerja_cli.domain.rating_order import Order, Rater, order_on
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree

TREE = UnitTree(
    {
        unit.code: unit
        for unit in (
            Unit("d", "DINAS"),
            Unit("b", "BIDANG A", "d"),
            Unit("c", "BIDANG B", "d"),
            Unit("s", "SEKSI", "b"),
            Unit("k", "KECAMATAN"),
        )
    }
)
KADIS = Employee("1", "Kadis", unit_code="d", position_type="jpt_pratama")
KABID = Employee("2", "Kabid", unit_code="b")
OTHER = Employee("3", "Kabid B", unit_code="c")
KASI = Employee("4", "Kasi", unit_code="s")
STAFF = Employee("5", "Staf", unit_code="s")
CAMAT = Employee("6", "Camat", unit_code="k", position_type="administrator")
PEOPLE = {one.nip: one for one in (KADIS, KABID, OTHER, KASI, STAFF, CAMAT)}
HEADS = {"d": "1", "b": "2", "c": "3", "s": "4", "k": "6"}


def order(
    *changed: Employee,
    heads: dict[str, str] | None = None,
    acting: Sequence[Acting] = (),
    delegations: Sequence[Delegation] = (),
) -> Order:
    people = PEOPLE | {one.nip: one for one in changed}
    return Order(people, TREE, HEADS if heads is None else heads, acting, delegations)


def test_the_chain_leads_from_the_seksi_to_the_head_of_the_region() -> None:
    assert order().raters() == {
        "5": Rater("4", "unit"),
        "4": Rater("2", "above"),
        "2": Rater("1", "above"),
        "3": Rater("1", "above"),
        "1": Rater(None, "region_head"),
        "6": Rater(None, "region_head"),
    }


def test_a_roster_that_names_an_assessor_is_taken_at_its_word() -> None:
    named = replace(KADIS, assessor_nip="6", assessor_rule="roster")
    assert order(named).rater_of(named) == Rater("6", "roster")
    empty = replace(KADIS, assessor_rule="roster")
    assert order(empty).rater_of(empty) == Rater(None, "region_head")
    nobody = replace(STAFF, assessor_rule="roster")
    assert order(nobody).rater_of(nobody) == Rater(None, "roster")
    gone = replace(STAFF, assessor_nip="2", assessor_rule="roster")
    assert order(replace(KABID, status="retired")).rater_of(gone) == Rater(None, "roster")


def test_an_acting_head_rates_in_the_holders_place_and_is_rated_from_above() -> None:
    plh = order(acting=[Acting("b", "2026-01-01", "3", "plh")])
    assert plh.rater_of(KASI) == Rater("3", "acting")
    assert plh.rater_of(KABID) == Rater("1", "above")
    assert plh.rater_of(OTHER) == Rater("1", "above")
    # Whoever acts in a dinas is rated for that from above the dinas, where nobody leads.
    plt = order(acting=[Acting("d", "2026-01-01", "6", "plt")])
    assert (plt.rater_of(KABID), plt.rater_of(CAMAT)) == (Rater("6", "acting"), Rater(None, "region_head"))
    of_below = order(acting=[Acting("d", "2026-01-01", "2", "plt")])
    assert (of_below.rater_of(KABID), of_below.rater_of(OTHER)) == (Rater(None, "none"), Rater("2", "acting"))
    left = order(replace(OTHER, status="retired"), acting=[Acting("b", "2026-01-01", "3", "plt")])
    assert left.rater_of(KASI) == Rater("2", "above")
    assert plh.leaders == HEADS | {"b": "3"}


def test_authority_is_handed_on_for_one_or_for_all() -> None:
    for_all = Delegation("4", EVERYBODY, "2026-01-01", "3")
    assert order(delegations=[for_all]).rater_of(STAFF) == Rater("3", "delegation")
    assert order(delegations=[for_all]).rater_of(KASI) == Rater("2", "above")
    for_one = Delegation("4", "5", "2026-01-01", "6")
    assert order(delegations=[for_all, for_one]).rater_of(STAFF) == Rater("6", "delegation")
    to_the_ratee = Delegation("2", EVERYBODY, "2026-01-01", "4")
    assert order(delegations=[to_the_ratee]).rater_of(KASI) == Rater("2", "above")
    gone = order(replace(OTHER, status="retired"), delegations=[for_all])
    assert gone.rater_of(STAFF) == Rater("4", "unit")
    # An assessor who has left may have handed the rating on before: the record takes over.
    named = replace(STAFF, assessor_nip="2", assessor_rule="roster")
    late = order(replace(KABID, status="retired"), named, delegations=[Delegation("2", EVERYBODY, "2026-01-01", "3")])
    assert late.rater_of(named) == Rater("3", "delegation")


@pytest.mark.parametrize(
    ("person", "rater", "superior"),
    [
        (STAFF, Rater("4", "unit"), Rater("2", "above")),
        (KABID, Rater("1", "above"), Rater(None, "region_head")),
        (KADIS, Rater(None, "region_head"), Rater(None, "region_head")),
        (STAFF, Rater(None, "roster"), Rater("2", "above")),
    ],
)
def test_the_superior_of_the_assessor_is_the_next_link(person: Employee, rater: Rater, superior: Rater) -> None:
    assert order().superior_of(rater, person) == superior


def test_the_order_is_that_of_the_day() -> None:
    history = History(
        PEOPLE,
        HEADS | {"s": "5"},
        standings={"2": [Standing("2", "2026-01-31", "absent")]},
        headships={"s": [Headship("s", "2026-08-24", "4")]},
        acting=[Acting("b", "2026-03-01", "3", "plh", "2026-03-31")],
        delegations=[Delegation("1", EVERYBODY, "2026-05-01", "6", "2026-05-31")],
    )

    def rater(nip: str, day: str) -> Rater:
        return order_on(history, TREE, day).rater_of(PEOPLE[nip])

    assert [rater("4", day).nip for day in ("2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01")] == [
        "1",
        "2",
        "3",
        "2",
    ]
    assert [rater("2", day).nip for day in ("2026-04-30", "2026-05-31", "2026-06-01")] == ["1", "6", "1"]
    assert [rater("5", day).nip for day in ("2026-08-24", "2026-08-25")] == ["4", "2"]
