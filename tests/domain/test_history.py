"""Who was where, in which standing, and who led, on any day."""

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.history import (
    EVERYBODY,
    Acting,
    Delegation,
    Exclusion,
    Headship,
    History,
    Standing,
    in_force,
)
from kinerja_cli.domain.placements import Placement
from kinerja_cli.domain.staff import Employee

ANI = Employee("1", "Ani", unit_code="Q", position="Analis", status="retired")
BUDI = Employee("2", "Budi", unit_code="P")


def test_a_person_stands_where_they_stood_on_the_day() -> None:
    history = History(
        {"1": ANI, "2": BUDI},
        {},
        placements={"1": [Placement("1", "2026-07-31", "P", "Arsiparis")]},
        standings={"1": [Standing("1", "2026-01-31", "absent"), Standing("1", "2026-09-30", "active")]},
    )
    assert [history.person_on("1", day).unit_code for day in ("2026-07-31", "2026-08-01")] == ["P", "Q"]
    assert history.person_on("1", "2026-07-31").position == "Arsiparis"
    assert [history.staff_on(day)["1"].status for day in ("2026-01-31", "2026-02-01", "2026-10-01")] == [
        "absent",
        "active",
        "retired",
    ]
    assert history.staff_on("2026-01-01")["2"] is BUDI
    assert (history.left_on("1"), history.left_on("2")) == ("2026-09-30", None)


def test_a_unit_is_led_by_whoever_led_it_on_the_day() -> None:
    history = History(
        {},
        {"P": "3", "Q": "4"},
        headships={"P": [Headship("P", "2026-08-24", "2")], "Q": [Headship("Q", "2026-03-31", None)]},
    )
    assert history.heads_on("2026-08-24") == {"P": "2", "Q": "4"}
    assert history.heads_on("2026-08-25") == {"P": "3", "Q": "4"}
    assert history.heads_on("2026-03-31") == {"P": "2"}


def test_what_runs_for_a_time_covers_both_its_days() -> None:
    for one in (
        Acting("P", "2026-03-01", "2", "plt", "2026-03-31"),
        Delegation("3", EVERYBODY, "2026-03-01", "2", "2026-03-31"),
        Exclusion("1", "2026-03-01", "MPP", "2026-03-31"),
    ):
        assert [one.covers(day) for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")] == [
            False,
            True,
            True,
            False,
        ]
    assert Acting("P", "2026-03-01", "2", "plh").covers("2099-01-01")
    history = History({}, {}, exclusions={"1": [Exclusion("1", "2026-03-01", "MPP")]})
    assert history.excluded_on("1", "2026-02-28") is None
    assert history.excluded_on("1", "2026-05-01") == Exclusion("1", "2026-03-01", "MPP")


@given(st.lists(st.dates().map(str), unique=True), st.dates().map(str))
def test_exactly_one_record_or_the_present_holds_on_any_day(ends: list[str], day: str) -> None:
    held = in_force([Standing("1", end, "active") for end in ends], day)
    later = sorted(end for end in ends if end >= day)
    assert (None if held is None else held.ends) == (later[0] if later else None)
