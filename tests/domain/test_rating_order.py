"""Who rates whom on a day: holders of posts, acting officials, delegates, and the head of the region."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.assessors import assessor_loops
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
    assert (of_below.rater_of(KABID), of_below.rater_of(OTHER)) == (
        Rater(None, "region_head"),
        Rater("2", "acting"),
    )
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


def test_who_acts_in_two_units_one_above_the_other_is_rated_from_above_the_higher() -> None:
    both = order(acting=[Acting(code, "2026-01-01", "4", "plt") for code in ("b", "s")])
    assert both.rater_of(KASI) == Rater("1", "above")
    at_the_top = order(acting=[Acting(code, "2026-01-01", "4", "plt") for code in ("d", "b", "c")])
    assert at_the_top.rater_of(KASI) == Rater(None, "region_head")
    assert at_the_top.rater_of(KABID) == Rater("4", "acting")
    # A post of one's own that stands higher goes before acting below, wherever that is.
    below = order(acting=[Acting("s", "2026-01-01", "6", "plt")])
    assert (below.rater_of(CAMAT), below.rater_of(STAFF)) == (Rater(None, "region_head"), Rater("6", "acting"))
    crosswise = order(acting=[Acting("s", "2026-01-01", "3", "plt"), Acting("c", "2026-01-01", "4", "plt")])
    assert (crosswise.rater_of(OTHER), crosswise.rater_of(KASI)) == (Rater("1", "above"), Rater("1", "above"))


def test_who_comes_to_stand_above_the_assessor_is_not_their_own_superior() -> None:
    plt = order(acting=[Acting("b", "2026-01-01", "5", "plt")])
    # The assessor of before was the kasi, above whom the person acts now.
    assert plt.rater_of(KASI) == Rater("5", "acting")
    assert plt.superior_of(Rater("4", "unit"), STAFF) == Rater("1", "above")
    assert plt.superior_of(Rater(None, "none"), STAFF) == Rater("1", "above")
    top = order(acting=[Acting("b", "2026-01-01", "5", "plt"), Acting("d", "2026-01-01", "5", "plt")])
    assert top.superior_of(Rater("4", "unit"), STAFF) == Rater(None, "region_head")
    circle = [replace(KABID, assessor_nip="4", assessor_rule="roster"), replace(KASI, assessor_nip="2")]
    mutual = order(circle[0], replace(circle[1], assessor_rule="roster"))
    assert mutual.superior_of(Rater("2", "roster"), KASI) == Rater(None, "none")


def test_a_link_of_the_roster_gives_way_to_acting_above_whom_it_names() -> None:
    linked = replace(OTHER, assessor_nip="4", assessor_rule="roster")
    assert order(linked).rater_of(linked) == Rater("4", "roster")
    plt = order(linked, acting=[Acting("b", "2026-01-01", "3", "plt")])
    assert (plt.rater_of(KASI), plt.rater_of(linked)) == (Rater("3", "acting"), Rater("1", "above"))


def test_authority_handed_to_somebody_whom_the_person_rates_stays_where_it_was() -> None:
    down = order(delegations=[Delegation("2", EVERYBODY, "2026-01-01", "5")])
    assert down.rater_of(KASI) == Rater("2", "above")
    crossed = order(
        delegations=[Delegation("1", "2", "2026-01-01", "3"), Delegation("1", "3", "2026-01-01", "2")],
    )
    assert (crossed.rater_of(KABID), crossed.rater_of(OTHER)) == (Rater("1", "above"), Rater("1", "above"))
    for_all = order(
        delegations=[Delegation("2", "4", "2026-01-01", "5"), Delegation("2", EVERYBODY, "2026-01-01", "6")]
    )
    assert for_all.rater_of(KASI) == Rater("6", "delegation")


@st.composite
def agencies(draw: st.DrawFn) -> Order:
    """Any tree, any heads, anybody acting anywhere, anything handed to anybody."""
    codes = [f"u{number}" for number in range(draw(st.integers(1, 6)))]
    units = {
        code: Unit(code, code, draw(st.sampled_from([None, *codes[:at]])) if at else None)
        for at, code in enumerate(codes)
    }
    nips = [str(number) for number in range(draw(st.integers(1, 6)))]
    anybody, anywhere = st.sampled_from(nips), st.sampled_from(codes)
    staff = {
        nip: Employee(
            nip,
            nip,
            unit_code=draw(st.none() | anywhere),
            position_type=draw(st.sampled_from(["jpt_pratama", "administrator", "pengawas", "fungsional", None])),
            status=draw(st.sampled_from(["active", "active", "active", "retired"])),
        )
        for nip in nips
    }
    acting = draw(st.lists(st.tuples(anywhere, anybody), unique_by=lambda one: one[0]))
    handed = draw(st.lists(st.tuples(anybody, st.just(EVERYBODY) | anybody, anybody), unique_by=lambda one: one[:2]))
    return Order(
        staff,
        UnitTree(units),
        draw(st.dictionaries(anywhere, anybody)),
        [Acting(code, "2026-01-01", nip, "plt") for code, nip in sorted(acting)],
        [Delegation(giver, ratee, "2026-01-01", taker) for giver, ratee, taker in handed],
    )


@given(agencies())
def test_nobody_is_their_own_rater_or_superior_or_rated_by_whom_they_rate(made: Order) -> None:
    raters = made.raters()
    assert {nip for nip, rater in raters.items() if rater.nip == nip} == set()
    assert {nip for nip, rater in raters.items() if rater.nip and raters[rater.nip].nip == nip} == set()
    for nip, person in made.staff.items():
        rater = made.rater_of(person)
        for assessor in (rater, *(Rater(other, "unit") for other in made.staff)):
            superior = made.superior_of(assessor, person).nip
            assert superior is None or superior not in (nip, assessor.nip)


@given(agencies())
def test_by_the_tree_alone_everybody_is_rated_from_above_in_the_end(made: Order) -> None:
    alone = Order(made.staff, made.tree, made.heads, made.acting)
    assert assessor_loops({nip: rater.nip for nip, rater in alone.raters().items()}) == []
