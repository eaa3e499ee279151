"""Where people served before: moves, what they leave behind, and the units of a period day by day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.history import History
from kinerja_cli.domain.placements import Placement, move_of, spans_between
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import backdated_placement, ended_placement
from tests.domain.made import BUDI, SARI, TODAY

OLD = Employee(BUDI, "Budi", unit_code="P", position="Staf", position_since="2020-01-01")
Q1 = (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("given_since", "position_since", "day"),
    [
        ("2025-12-01", "2025-11-01", "2025-12-01"),  # what the file says goes before all
        (None, "2025-11-01", "2025-11-01"),
        (None, "2020-01-01", "2026-01-20"),  # the position is held as long as before
        (None, None, "2026-01-20"),
        ("2026-05-01", "2025-11-01", "2025-11-01"),  # a day ahead is no day yet
        ("2026-05-01", "2026-06-01", "2026-01-20"),
    ],
)
def test_a_move_counts_from_the_best_day_there_is(
    given_since: str | None, position_since: str | None, day: str
) -> None:
    new = replace(OLD, unit_code="Q", position_since=position_since)
    move = move_of(OLD, new, since=given_since, today=TODAY)
    assert move is not None
    assert move.since.isoformat() == day


@pytest.mark.parametrize(("before", "after"), [("P", "P"), (None, "P"), ("P", None)])
def test_no_move_without_two_units(before: str | None, after: str | None) -> None:
    old, new = replace(OLD, unit_code=before), replace(OLD, unit_code=after)
    assert move_of(old, new, since=None, today=TODAY) is None


def test_what_a_move_leaves_behind() -> None:
    move = move_of(OLD, replace(OLD, unit_code="Q"), since="2026-01-10", today=TODAY)
    assert move is not None
    left = Placement(BUDI, "2026-01-09", "P", "Staf", SARI)
    assert ended_placement(move, SARI, []) == ([], [left])
    assert ended_placement(move, SARI, [left]) == ([], [])


def places(past: list[Placement], now: str, days: int = 40) -> list[str | None]:
    """The unit on each of some days."""
    first = date(2026, 1, 1)
    history = History({BUDI: replace(OLD, unit_code=now)}, {}, placements={BUDI: past})
    return [history.person_on(BUDI, (first + timedelta(days=n)).isoformat()).unit_code for n in range(days)]


@given(st.lists(st.tuples(st.integers(0, 38), st.sampled_from("PQR")), max_size=6), st.sampled_from("PQR"))
def test_moves_learnt_in_any_order_leave_each_day_to_the_last_move_before_it(
    moves: list[tuple[int, str]], first: str
) -> None:
    """Each move is asked to hold until the next that is known, whichever was recorded first."""
    past: list[Placement] = []
    now = first
    known: dict[int, str] = {0: first}
    for number, unit in moves:
        since = date(2026, 1, 2) + timedelta(days=number)
        person = replace(OLD, unit_code=now)
        fitted = backdated_placement(person, unit, since, past)
        if fitted is None:
            move = move_of(person, replace(person, unit_code=unit), since=since.isoformat(), today=date(2026, 3, 1))
            fitted = ([], []) if move is None else ended_placement(move, None, past)
            now = unit
        elif all(one.ends < since.isoformat() for one in past):
            # The unit there is, on a later day: the last move is moved.
            last = max(known)
            known = {day: where for day, where in known.items() if day != last}
        gone, kept = fitted
        past = [one for one in past if one not in gone] + kept
        if past or len(known) > 1 or unit != known[0]:
            known[number + 1] = unit
        known = _joined(known)
        assert places(past, now) == [known[max(day for day in known if day <= n)] for n in range(40)]
        assert len({one.ends for one in past}) == len(past)


def _joined(known: dict[int, str]) -> dict[int, str]:
    """Units by the day they were entered, without moves to where somebody is already."""
    found: dict[int, str] = {}
    for day in sorted(known):
        if not found or found[max(found)] != known[day]:
            found[day] = known[day]
    return found


def test_a_stretch_keeps_who_rated_and_the_position_held_there() -> None:
    past = [Placement(BUDI, "2026-03-31", "P", "Staf", SARI)]
    gone, kept = backdated_placement(
        replace(OLD, unit_code="Q"), "R", date(2026, 2, 1), past, position="Bendahara", assessor_nip="X"
    ) or ([], [])
    assert gone == past
    assert kept == [
        Placement(BUDI, "2026-03-31", "R", "Bendahara", "X"),
        Placement(BUDI, "2026-01-31", "P", "Staf", SARI),
    ]


@pytest.mark.parametrize(("unit", "gone", "kept"), [("D", "B", "D"), ("A", "BA", "A")])
def test_a_unit_since_the_very_day_of_a_known_move_takes_the_place_of_the_unit_moved_to(
    unit: str, gone: str, kept: str
) -> None:
    """Also where that leads back to the unit before, which they then never left."""
    past = [Placement(BUDI, "2026-01-31", "A"), Placement(BUDI, "2026-02-28", "B")]
    found = backdated_placement(replace(OLD, unit_code="C"), unit, date(2026, 2, 1), past) or ([], [])
    assert "".join(one.unit_code or "" for one in found[0]) == gone
    assert [(one.unit_code, one.ends) for one in found[1]] == [(kept, "2026-02-28")]


DAYS = st.dates(date(2025, 10, 1), date(2026, 6, 30))


@given(st.sets(DAYS, max_size=5))
def test_spans_cover_a_period_without_gap_or_overlap(ends: set[date]) -> None:
    past = [Placement(BUDI, day.isoformat(), f"U{number}") for number, day in enumerate(sorted(ends))]
    spans = spans_between(*Q1, past[::-1], unit_code="now", position=None, assessor_nip=None)
    assert (spans[0].starts, spans[-1].ends) == Q1
    for one, following in pairwise(spans):
        assert following.starts == one.ends + timedelta(days=1)
    for span in spans:
        expected = next((one.unit_code for one in past if one.ends >= span.ends.isoformat()), "now")
        assert span.unit_code == expected
