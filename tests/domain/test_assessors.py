"""Who leads a unit, and who appraises whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.assessors import assessor_loops, assessors, recognise_heads
from kinerja_cli.domain.rating_order import Order
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree

UNITS = {
    unit.code: unit
    for unit in (
        Unit("d", "DINAS SOSIAL"),
        Unit("s", "SEKRETARIAT", "d"),
        Unit("b", "BIDANG REHABILITASI", "d"),
        Unit("k", "KECAMATAN BARAT"),
    )
}
TREE = UnitTree(UNITS)


def post(
    nip: str,
    unit: str | None,
    position: str | None,
    kind: str | None = None,
    echelon: str | None = None,
    status: str = "active",
) -> Employee:
    return Employee(
        nip, f"N{nip}", position=position, position_type=kind, echelon=echelon, unit_code=unit, status=status
    )


def heads_of(*people: Employee, chosen: dict[str, str] | None = None) -> dict[str, str]:
    return dict(recognise_heads(UNITS, {one.nip: one for one in people}, chosen or {}).heads)


@pytest.mark.parametrize(
    ("unit", "higher", "lower"),
    [
        (
            "d",
            ("KEPALA DINAS SOSIAL", "jpt_pratama", "II.b"),
            ("SEKRETARIS DINAS SOSIAL", "administrator", "III.a"),
        ),
        ("d", ("KEPALA", "administrator", "III.a"), ("KEPALA", "administrator", "III.b")),
        ("d", ("Plt. Kepala Dinas Sosial", "struktural", None), ("KEPALA BIDANG A", "struktural", None)),
        ("k", ("CAMAT BARAT", "struktural", None), ("SEKRETARIS KECAMATAN BARAT", "struktural", None)),
        ("s", ("SEKRETARIS", "struktural", None), ("KEPALA SUBBAGIAN UMUM", "struktural", None)),
        ("d", ("KEPALA BIDANG A", "pengawas", "IV.a"), ("STAF AHLI", "jpt_pratama", "II.b")),
        ("d", ("DINAS SOSIAL", "pengawas", None), (None, "pengawas", None)),
        ("d", ("KEPALA SEKSI", "pengawas", None), ("KEPALA UPTD A - ANALIS", "fungsional", None)),
        ("d", ("KEPALA UPT A", "fungsional", None), ("ANALIS", "fungsional", None)),
        ("k", ("KEPALA UPT KECAMATAN BARAT", "fungsional", None), ("KEPALA UPT B", "fungsional", None)),
    ],
)
def test_the_holder_of_the_highest_post_leads(
    unit: str, higher: tuple[str | None, str, str | None], lower: tuple[str | None, str, str | None]
) -> None:
    first, second = post("1", unit, *higher), post("2", unit, *lower)
    assert heads_of(first, second) == heads_of(second, first) == {unit: "1"}


def test_nobody_leads_where_nobody_can() -> None:
    assert (
        heads_of(
            post("1", "d", "KEPALA DINAS SOSIAL", "jpt_pratama", status="retired"),
            post("2", "d", "ANALIS", "pelaksana"),
            post("3", None, "KEPALA", "jpt_pratama"),
        )
        == {}
    )


def test_two_of_one_height_are_told_and_none_is_taken() -> None:
    people = {nip: post(nip, "b", "KEPALA BIDANG REHABILITASI", "administrator", "III.b") for nip in "21"}
    result = recognise_heads(UNITS, people, {})
    (problem,) = result.problems
    assert (problem.code, problem.value, result.heads) == ("head-ambiguous", "b", {})
    assert "BIDANG REHABILITASI has several possible heads (N1, N2)" in problem.message
    assert recognise_heads(UNITS, people, {"b": "2"}).problems == ()


def test_a_head_that_was_set_stays_while_in_service() -> None:
    boss, analyst = (
        post("1", "d", "KEPALA DINAS SOSIAL", "jpt_pratama"),
        post("2", "s", "ANALIS", "fungsional"),
    )
    assert heads_of(boss, analyst, chosen={"d": "2"}) == {"d": "2"}
    gone = post("2", "s", "ANALIS", "fungsional", status="retired")
    assert heads_of(boss, gone, chosen={"d": "2"}) == {"d": "1"}
    assert heads_of(boss, chosen={"d": "9"}) == {"d": "1"}


def test_the_assessor_comes_from_the_roster_the_unit_or_above() -> None:
    staff = {
        one.nip: one
        for one in (
            post("1", "d", None),
            post("2", "s", None),
            post("3", "s", None),
            post("4", "b", None),
            post("5", None, None),
            Employee("6", "F", unit_code="s", assessor_nip="4", assessor_rule="roster"),
            Employee("7", "G", unit_code="s", assessor_rule="roster"),
            post("8", "b", None, status="retired"),
            Employee("9", "I", unit_code="s", assessor_nip="8", assessor_rule="roster"),
        )
    }
    heads = {"d": "1", "s": "2", "b": "8"}
    found = {nip: tuple(Order(staff, TREE, heads).rater_of(person)) for nip, person in staff.items()}
    assert found == {
        "1": (None, "none"),
        "2": ("1", "above"),
        "3": ("2", "unit"),
        "4": ("1", "above"),
        "5": (None, "none"),
        "6": ("4", "roster"),
        "7": (None, "roster"),
        "8": ("1", "above"),
        "9": (None, "roster"),
    }
    everybody = assessors(staff, TREE, heads)
    assert everybody == {nip: nip_above for nip, (nip_above, _rule) in found.items() if nip != "8"}
    assert assessor_loops(everybody) == []


def test_who_leads_a_higher_unit_is_not_appraised_from_below() -> None:
    staff = {one.nip: one for one in (post("1", "s", None), post("2", "s", None))}
    heads = {"d": "1", "s": "2"}
    assert assessors(staff, TREE, heads) == {"1": None, "2": "1"}


@given(
    st.lists(st.sampled_from([None, "d", "s", "b", "k"]), min_size=5, max_size=5),
    st.dictionaries(st.sampled_from("dsbk"), st.sampled_from("01234")),
)
def test_nobody_appraises_themself_and_the_short_way_equals_the_long(
    units: list[str | None], heads: dict[str, str]
) -> None:
    staff = {str(at): post(str(at), unit, None) for at, unit in enumerate(units)}
    found = assessors(staff, TREE, heads)
    assert found == {nip: Order(staff, TREE, heads).rater_of(person).nip for nip, person in staff.items()}
    assert all(nip != above for nip, above in found.items())


def test_loops_are_found_once_and_in_linear_time() -> None:
    assert assessor_loops({"x": "a", "a": "b", "b": "a", "c": None, "d": "gone"}) == [("a", "b")]
    chain: dict[str, str | None] = {str(at): str(at + 1) for at in range(50_000)}
    assert assessor_loops(chain) == []
    assert len(assessor_loops(chain | {"49999": "0"})[0]) == 50_000
