"""Where people served before: moves, what they leave behind, and the units of a period day by day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.placements import Placement, move_of, spans_between
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import ended_placement
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
