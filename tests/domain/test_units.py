"""Units: which one a row means, and the tree they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.units import Unit, UnitRef, UnitsRead, UnitTree, read_units
from kinerja_cli.errors import Place

HERE = Place("a.xlsx", "S", 2, "A")


def take(*refs: UnitRef, known: dict[str, Unit] | None = None, listed: tuple[UnitRef, ...] = ()) -> UnitsRead:
    return read_units(known or {}, [(ref, HERE) for ref in listed], [(ref, HERE) for ref in refs])


def units_of(read: UnitsRead) -> dict[str, tuple[str, str | None]]:
    return {unit.code: (unit.name, unit.parent_code) for unit in read.units.values()}


def told(read: UnitsRead) -> list[tuple[str, str | None]]:
    assert all(problem.message and problem.fix for problem in read.problems)
    return [(problem.code, problem.value) for problem in read.problems]


def test_a_table_of_units_is_a_tree_whatever_its_order() -> None:
    listed = (UnitRef("3", "UMUM", "2"), UnitRef("2", "DINAS", "1"), UnitRef("1", "KOTA"))
    read = take(UnitRef("3", "UMUM"), UnitRef("4"), listed=listed)
    assert units_of(read) == {"3": ("UMUM", "2"), "2": ("DINAS", "1"), "1": ("KOTA", None), "4": ("4", None)}
    assert told(read) == []
    tree = UnitTree(read.units)
    assert tree.path("3") == "KOTA › DINAS › UMUM"
    assert (tree.level("3"), tree.level("1"), tree.path(None), tree.path("9")) == (3, 1, "", "")
    assert tree.within("2") == {"2", "3"}
    assert [unit.code for unit in tree.ordered()] == ["4", "1", "2", "3"]


def test_codes_rename_move_and_never_remove() -> None:
    known = {"1": Unit("1", "KOTA"), "2": Unit("2", "DINAS", "1"), "3": Unit("3", "UMUM", "2")}
    read = take(UnitRef("3", "UMUM DAN TU", "1"), UnitRef("2"), UnitRef("1", "KOTA", "1"), known=known)
    assert units_of(read) == {"1": ("KOTA", None), "2": ("DINAS", "1"), "3": ("UMUM DAN TU", "1")}
    assert told(read) == []


def test_the_first_of_two_names_stays() -> None:
    read = take(UnitRef("1", "DINAS A"), UnitRef("1", "DINAS B"), UnitRef("1", "Dinas  A"))
    assert units_of(read) == {"1": ("DINAS A", None)}
    assert told(read) == [("unit-names-differ", "DINAS B")]


def test_parents_come_by_code_with_a_name_or_by_name() -> None:
    read = take(
        UnitRef("3", "UMUM", "2", "DINAS A"),
        UnitRef("4", "KEUANGAN", parent_name="DINAS A"),
        UnitRef("5", "ARSIP", parent_name="DINAS B"),
        UnitRef("6", "DINAS C", parent_name="DINAS C"),
    )
    assert units_of(read) == {
        "3": ("UMUM", "2"),
        "4": ("KEUANGAN", "2"),
        "5": ("ARSIP", "dinas-b"),
        "6": ("DINAS C", None),
        "2": ("DINAS A", None),
        "dinas-b": ("DINAS B", None),
    }
    assert told(read) == []


def test_parents_nobody_explains_are_told() -> None:
    known = {"7": Unit("7", "DINAS"), "8": Unit("8", "DINAS")}
    read = take(UnitRef("1", "A", "9"), UnitRef("2", "B", parent_name="Dinas"), known=known)
    assert told(read) == [("unit-parent-unknown", "9"), ("unit-parent-unknown", "Dinas")]
    assert read.units["1"].parent_code is None


def test_levels_lead_from_the_top_down() -> None:
    deep = UnitRef("c", "UMUM", levels=("DINAS", "SEKRETARIAT", "UMUM"))
    middle = UnitRef("b", levels=("DINAS", "SEKRETARIAT"))
    read = take(deep, middle, UnitRef("a", levels=("DINAS",)), UnitRef(levels=("DINAS", "BIDANG")))
    assert units_of(read) == {
        "c": ("UMUM", "b"),
        "b": ("SEKRETARIAT", "a"),
        "a": ("DINAS", None),
        "bidang": ("BIDANG", "a"),
    }
    assert read.codes[UnitRef(levels=("DINAS", "BIDANG"))] == "bidang"


def test_names_are_the_same_unit_only_under_the_same_parent() -> None:
    read = take(
        UnitRef(name="UMUM", parent_name="A"),
        UnitRef(name="UMUM", parent_name="B"),
        UnitRef(name="Umum", parent_name="A"),
        UnitRef(name="A"),
        UnitRef(name="C", parent_name="C"),
        UnitRef(name="UMUM"),
        UnitRef(),
        UnitRef(name="!"),
    )
    assert units_of(read)["umum"] == ("UMUM", "a")
    assert units_of(read)["umum-2"] == ("UMUM", "b")
    assert list(read.codes.values()) == ["umum", "umum-2", "umum", "a", "c", None, None, "unit"]
    assert told(read) == []


def test_a_parent_of_several_units_is_no_parent() -> None:
    known = {"1": Unit("1", "DINAS"), "2": Unit("2", "DINAS")}
    read = take(UnitRef(name="UMUM", parent_name="DINAS"), known=known)
    assert told(read) == [("unit-parent-ambiguous", "DINAS")]
    assert read.codes == {UnitRef(name="UMUM", parent_name="DINAS"): None}


def test_circles_are_cut_once_and_told() -> None:
    read = take(UnitRef("0", "TAIL", "1"), UnitRef("1", "A", "2"), UnitRef("2", "B", "1"), UnitRef("3", "C", "3"))
    assert units_of(read) == {"0": ("TAIL", "1"), "1": ("A", None), "2": ("B", "1"), "3": ("C", None)}
    assert told(read) == [("unit-parent-loop", "2")]


def test_a_parent_missing_from_the_store_is_the_end_of_the_line() -> None:
    known = {"1": Unit("1", "A", "gone")}
    assert UnitTree(known).path("1") == "A"
    assert units_of(take(known=known)) == {"1": ("A", "gone")}


def test_a_new_name_close_to_a_known_one_is_asked_about() -> None:
    known = {"1": Unit("1", "DINAS PERHUBUNGAN")}
    read = take(
        UnitRef(name="DINAS PERHUBUGAN"),
        UnitRef(name="INSPEKTORAT"),
        UnitRef(name="Dinas Perhubungan"),
        known=known,
    )
    assert told(read) == [("unit-like-another", "DINAS PERHUBUGAN"), ("units-without-parents", None)]
    assert "did you mean DINAS PERHUBUNGAN" in read.problems[0].message
    below = UnitRef(name="DINAS PERHUBUNGAN", parent_name="DINAS PERHUBUNGAN II")
    assert told(take(below, known=known)) == []


def test_a_file_without_parents_is_noted_once() -> None:
    read = take(UnitRef(name="A"), UnitRef(name="B"))
    assert told(read) == [("units-without-parents", None)]
    assert read.problems[0].place == Place("a.xlsx", "S")
    assert not UnitRef(name="A").names_a_parent


@pytest.mark.parametrize("circle", [False, True])
def test_a_very_deep_tree_is_no_trouble(circle: bool) -> None:
    listed = tuple(UnitRef(str(at), f"U{at}", str(at - 1) if at or circle else "") for at in range(3000))
    if circle:
        listed = (UnitRef("0", "U0", "2999"), *listed[1:])
    read = take(listed=listed)
    assert len(UnitTree(read.units).line("2998")) in (2999, 3000)
    assert len(read.problems) == circle


REFS = st.builds(
    UnitRef,
    code=st.sampled_from(["", "1", "2", "3"]),
    name=st.sampled_from(["", "A", "B", "a"]),
    parent_code=st.sampled_from(["", "1", "2", "9"]),
    parent_name=st.sampled_from(["", "A", "B", "C"]),
    levels=st.sampled_from([(), ("A",), ("A", "B"), ("B", "A")]),
)


@given(st.lists(REFS, max_size=8))
def test_whatever_a_file_says_there_is_a_tree_and_a_second_reading_adds_nothing(refs: list[UnitRef]) -> None:
    first = take(*refs)
    tree = UnitTree(first.units)
    assert all(unit.parent_code is None or unit.parent_code in first.units for unit in first.units.values())
    assert all(tree.line(code)[-1].parent_code is None for code in first.units)
    assert all(code in first.units for code in first.codes.values() if code is not None)
    assert take(*refs, known=dict(first.units)).units.keys() >= first.units.keys()


def test_a_parent_that_a_later_row_places_is_placed_first() -> None:
    read = take(UnitRef(name="SEKSI", parent_name="BIDANG"), UnitRef(name="BIDANG", parent_name="DINAS"))
    tree = UnitTree(read.units)
    assert sorted(tree.path(code) for code in read.units) == ["DINAS", "DINAS › BIDANG", "DINAS › BIDANG › SEKSI"]
    assert told(read) == []
