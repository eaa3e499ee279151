"""Who takes part in a period, where, rated by whom: the moves of PermenPANRB 6/2022 Lampiran IV.A.13-14."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.history import Exclusion, Headship, History, Standing
from kinerja_cli.domain.participation import Participation
from kinerja_cli.domain.periods import annual_period, quarter_period, window_opens
from kinerja_cli.domain.placements import Move, Placement
from kinerja_cli.domain.rating_order import Rater
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import (
    dated_standing,
    ended_headships,
    ended_placement,
    ended_standing,
    not_there_before,
)
from kinerja_cli.domain.units import Unit, UnitTree

TREE = UnitTree({code: Unit(code, f"DINAS {code}") for code in "PQ"})
P_HEAD, Q_HEAD, SARI = "198001012005011001", "198001012005011002", "199001012020012001"
STAFF = {
    P_HEAD: Employee(P_HEAD, "Kepala P", unit_code="P"),
    Q_HEAD: Employee(Q_HEAD, "Kepala Q", unit_code="Q"),
    SARI: Employee(SARI, "Sari", unit_code="Q"),
}
HEADS = {"P": P_HEAD, "Q": Q_HEAD}
MOVED = {SARI: [Placement(SARI, "2026-07-31", "P")]}


def seen(history: History, number: int, today: str = "2027-03-01") -> Participation:
    """A quarter of 2026, or with 0 the year, as it stands on a day."""
    period = annual_period(2026) if number == 0 else quarter_period(2026, number)
    opens = window_opens(period, days_before=14)
    return Participation(history, TREE, str(period.starts), str(period.ends), str(opens), today)


def part(history: History, number: int, today: str = "2027-03-01", nip: str = SARI) -> tuple[str | None, Rater]:
    """The unit of a person in a period, and who rates."""
    ((_nip, found),) = seen(history, number, today).parts([nip])
    return found.person.unit_code, found.rater


def test_who_moves_is_rated_where_they_are_when_the_period_ends() -> None:
    history = History(STAFF, HEADS, placements=MOVED)
    assert [part(history, quarter) for quarter in (1, 2, 3, 4)] == [
        ("P", Rater(P_HEAD, "unit")),
        ("P", Rater(P_HEAD, "unit")),
        ("Q", Rater(Q_HEAD, "unit")),
        ("Q", Rater(Q_HEAD, "unit")),
    ]
    assert part(history, 0) == ("Q", Rater(Q_HEAD, "unit"))


def test_an_assessor_who_leaves_before_the_window_does_not_rate_and_within_it_does() -> None:
    """The regulation's example of Purnama: 25 August against 25 September, third quarter."""
    successor = "198001012005011003"
    staff = STAFF | {successor: Employee(successor, "Pengganti", unit_code="Q")}
    for last_day, rater in (("2026-08-24", successor), ("2026-09-24", Q_HEAD)):
        moved = {Q_HEAD: [Placement(Q_HEAD, last_day, "Q")]}
        history = History(
            staff | {Q_HEAD: Employee(Q_HEAD, "Kepala Q", unit_code="P")},
            HEADS | {"Q": successor},
            placements=moved,
            headships={"Q": [Headship("Q", last_day, Q_HEAD)]},
        )
        assert part(history, 3) == ("Q", Rater(rater, "unit"))


def test_who_leaves_before_the_end_is_out_since_that_day_and_who_leaves_after_is_not() -> None:
    history = History(
        STAFF | {SARI: Employee(SARI, "Sari", unit_code="Q", status="retired")},
        HEADS,
        standings={SARI: [Standing(SARI, "2026-08-31", "active")]},
    )

    def out(number: int, today: str = "2027-03-01") -> tuple[str | None, str | None]:
        ((_nip, found),) = seen(history, number, today).parts([SARI])
        return found.out_on, found.out_reason

    assert [out(quarter) for quarter in (2, 3, 4)] == [
        (None, None),
        ("2026-09-01", "retired"),
        ("2026-10-01", "retired"),
    ]
    assert out(3, today="2026-08-31") == (None, None)
    unknown = History(STAFF | {SARI: Employee(SARI, "Sari", status="cltn")}, HEADS)
    ((_nip, found),) = seen(unknown, 1).parts([SARI])
    assert (found.out_on, found.out_reason) == ("2026-01-01", "cltn")


def test_who_is_excluded_on_the_last_day_is_out_and_counts_again_afterwards() -> None:
    history = History(
        STAFF, HEADS, exclusions={SARI: [Exclusion(SARI, "2026-02-01", "Pejabat lembaga nonstruktural", "2026-05-31")]}
    )
    found = [next(iter(seen(history, quarter).parts([SARI])))[1] for quarter in (1, 2)]
    assert [(one.out_on, one.out_reason) for one in found] == [
        ("2026-02-01", "Pejabat lembaga nonstruktural"),
        (None, None),
    ]


def test_those_in_service_on_the_day_take_part() -> None:
    history = History(
        STAFF | {P_HEAD: Employee(P_HEAD, "Kepala P", unit_code="P", status="retired")},
        HEADS,
        standings={
            SARI: [Standing(SARI, "2026-02-14", "absent")],
            P_HEAD: [Standing(P_HEAD, "2026-06-30", "active")],
        },
    )
    view = seen(history, 1)
    assert view.members("2026-01-01") == [P_HEAD, Q_HEAD]
    assert view.members("2026-03-31") == [P_HEAD, Q_HEAD, SARI]
    assert view.members("2026-03-31", gone_since="2026-07-01") == [Q_HEAD, SARI]
    assert [view.joined_on(nip) for nip in (P_HEAD, SARI)] == ["2026-01-01", "2026-02-15"]


def test_who_serves_when_the_window_opens_rates_although_gone_before_the_end() -> None:
    history = History(
        STAFF | {Q_HEAD: Employee(Q_HEAD, "Kepala Q", unit_code="Q", status="retired")},
        {"P": P_HEAD},
        standings={Q_HEAD: [Standing(Q_HEAD, "2026-09-24", "active")]},
        headships={"Q": [Headship("Q", "2026-09-24", Q_HEAD)]},
    )
    assert part(history, 3) == ("Q", Rater(Q_HEAD, "unit"))
    assert part(history, 4) == ("Q", Rater(None, "none"))


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_what_is_over_comes_to_the_same_on_any_later_day(first: date, second: date) -> None:
    history = History(STAFF, HEADS, placements=MOVED)
    days = [max(day, date(2026, 9, 30)).isoformat() for day in (first, second)]
    assert part(history, 3, days[0]) == part(history, 3, days[1])


def test_a_standing_ends_the_day_before_the_next_begins() -> None:
    old = Employee(SARI, "Sari", status="active")
    active, cltn = Standing(SARI, "2026-08-31", "active"), Standing(SARI, "2026-08-31", "cltn")
    assert ended_standing(old, "retired", date(2026, 9, 1), ()) == ([], [active])
    assert ended_standing(old, "active", date(2026, 9, 1), ()) == ([], [])
    assert ended_standing(old, "retired", date(2026, 9, 1), [cltn]) == ([], [])
    away = Employee(SARI, "Sari", status="cltn")
    assert ended_standing(away, "active", date(2026, 9, 1), [active]) == ([active], [])
    assert ended_standing(away, "retired", date(2026, 7, 1), [active]) == (
        [active],
        [Standing(SARI, "2026-06-30", "active")],
    )


def test_the_day_of_a_standing_can_be_corrected_both_ways() -> None:
    away = Employee(SARI, "Sari", status="cltn")
    known = [Standing(SARI, "2026-02-28", "absent"), Standing(SARI, "2026-08-31", "active")]
    assert dated_standing(away, date(2026, 10, 1), known) == ([known[1]], [Standing(SARI, "2026-09-30", "active")])
    assert dated_standing(away, date(2026, 5, 1), known) == ([known[1]], [Standing(SARI, "2026-04-30", "active")])
    assert dated_standing(away, date(2026, 2, 1), known) == (known, [Standing(SARI, "2026-01-31", "absent")])
    assert dated_standing(away, date(2026, 9, 1), known) == ([], [])
    assert dated_standing(away, date(2026, 9, 1), ()) == ([], [Standing(SARI, "2026-08-31", "absent")])


def test_what_holds_since_a_day_overrules_whatever_was_recorded_for_the_days_after() -> None:
    known = [Placement(SARI, "2026-03-31", "P"), Placement(SARI, "2026-08-31", "Q")]
    now, then = Employee(SARI, "Sari", unit_code="R"), Employee(SARI, "Sari", unit_code="S")
    assert ended_placement(Move(now, then, date(2026, 7, 1)), None, known) == (
        [known[1]],
        [Placement(SARI, "2026-06-30", "Q")],
    )
    back = Employee(SARI, "Sari", unit_code="Q")
    assert ended_placement(Move(now, back, date(2026, 9, 1)), None, known) == ([known[1]], [])


def test_who_is_new_came_when_appointed_and_of_others_nobody_knows() -> None:
    today = date(2026, 11, 1)
    fresh = Employee("199901012026031001", "Baru")
    assert not_there_before(fresh, today) == Standing(fresh.nip, "2026-02-28", "absent")
    assert not_there_before(Employee("199503122026212007", "X"), today) is not None
    for nip in (SARI, "199503122025212007", "1"):
        assert not_there_before(Employee(nip, "X"), today) is None


def test_a_headship_ends_where_another_begins() -> None:
    today = date(2026, 11, 1)
    old, new = Employee(P_HEAD, "A", unit_code="P"), Employee(P_HEAD, "A", unit_code="Q")
    left = Move(old, new, date(2026, 8, 25))
    came = Move(Employee(SARI, "Sari", unit_code="Q"), Employee(SARI, "Sari", unit_code="P"), date(2026, 9, 10))

    def ended(
        before: dict[str, str], after: dict[str, str], moves: list[Move], known: list[Headship]
    ) -> tuple[list[Headship], list[Headship]]:
        return ended_headships(before, after, moves, {"P": known}, today)

    led, taken = {"P": P_HEAD}, {"P": SARI}
    ends = Headship("P", "2026-08-24", P_HEAD)
    assert ended(led | {"Q": Q_HEAD}, taken | {"Q": Q_HEAD}, [left], []) == ([], [ends])
    assert ended(led, taken, [left, came], []) == ([], [ends, Headship("P", "2026-09-09", None)])
    assert ended(led, {}, [], []) == ([], [Headship("P", "2026-10-31", P_HEAD)])
    assert ended(led, taken, [left], [Headship("P", "2026-08-24", Q_HEAD)]) == ([], [])
    later = Headship("P", "2026-10-31", Q_HEAD)
    assert ended(led, taken, [came], [later]) == ([later], [Headship("P", "2026-09-09", Q_HEAD)])


def test_a_unit_was_without_a_head_where_it_had_one_before_or_where_the_first_one_moved_there() -> None:
    today = date(2026, 11, 1)
    came = Move(Employee(SARI, "Sari", unit_code="Q"), Employee(SARI, "Sari", unit_code="P"), date(2026, 9, 10))
    taken = {"P": SARI}
    assert ended_headships({}, taken, [], {}, today) == ([], [])
    assert ended_headships({}, taken, [came], {}, today) == ([], [Headship("P", "2026-09-09", None)])
    other = Move(replace(STAFF[Q_HEAD], unit_code="P"), STAFF[Q_HEAD], date(2026, 9, 10))
    assert ended_headships({}, taken, [other], {}, today) == ([], [Headship("P", "2026-09-09", None)])
    known = {"P": [Headship("P", "2026-08-24", P_HEAD)]}
    assert ended_headships({}, taken, [], known, today) == ([], [Headship("P", "2026-10-31", None)])


def test_whoever_was_in_service_on_any_day_of_the_period_so_far_was_there() -> None:
    history = History(
        STAFF | {P_HEAD: Employee(P_HEAD, "Kepala P", unit_code="P", status="retired")},
        HEADS,
        standings={
            SARI: [Standing(SARI, "2026-02-14", "absent")],
            P_HEAD: [Standing(P_HEAD, "2025-10-31", "absent"), Standing(P_HEAD, "2026-05-31", "active")],
        },
    )
    there = {number: [nip for nip in STAFF if seen(history, number).was_there(nip)] for number in (1, 2, 3)}
    assert there == {1: [P_HEAD, Q_HEAD, SARI], 2: [P_HEAD, Q_HEAD, SARI], 3: [Q_HEAD, SARI]}
    assert not seen(history, 1, today="2026-02-14").was_there(SARI)
