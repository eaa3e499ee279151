"""Whose move it is: of an appraisal's deadlines the steps that somebody still has to take."""

from datetime import date

import pytest

from kinerja_cli.domain.deadlines import Facts, rules
from kinerja_cli.domain.moves import RATING, SHORT_LABELS, BackFilled, Move, moves_of, waiting_by_step
from kinerja_cli.domain.working_days import WorkCalendar

OPENS, ENDS = date(2025, 12, 17), date(2026, 1, 31)
LAST_DAY = WorkCalendar(lambda _day: None).last_day


def on(day: date, back_filled: BackFilled | None = None, **facts: object) -> dict[str, tuple[str, str, date | None]]:
    """Who must act, how it stands and until when, by step."""
    known = Facts(OPENS, ENDS, **facts)  # type: ignore[arg-type]  # loose cases
    found = moves_of(known, LAST_DAY, as_of=day, back_filled=back_filled)
    return {one.step: (one.actor, one.state, one.until) for one in found}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 16), {"R2": ("assessor", "not_begun", ENDS)}),
        (OPENS, {"R2": ("assessor", "open", ENDS)}),
        (ENDS, {"R2": ("assessor", "open", ENDS)}),
        (date(2026, 2, 1), {"R6": ("superior", "open", date(2026, 2, 19))}),
        (date(2026, 2, 19), {"R6": ("superior", "open", date(2026, 2, 19))}),
        (date(2026, 2, 20), {"R6": ("superior", "late", date(2026, 2, 19))}),
    ],
)
def test_who_is_not_rated_waits_for_one_person(day: date, expected: dict[str, object]) -> None:
    assert on(day) == expected


def test_a_period_that_is_back_filled_asks_for_ratings_and_for_no_day() -> None:
    opened = date(2026, 6, 2)
    (move,) = moves_of(Facts(OPENS, ENDS), LAST_DAY, as_of=date(2026, 6, 3), back_filled=BackFilled(opened))
    assert move == Move("R2", "assessor", opened, None, "open")
    assert (move.label, move.is_rating) == ("rating by the assessor", True)
    assert on(date(2026, 6, 3), BackFilled(None)) == {"R2": ("assessor", "open", None)}
    assert on(date(2026, 6, 3), BackFilled(None), rated=True) == {}
    signed = {"signed": date(2026, 6, 1)}
    assert on(date(2026, 6, 3), BackFilled(None), rated=True, days=signed).keys() == {"R3"}


def test_after_the_rating_only_duties_are_waited_for() -> None:
    days = {"signed": date(2026, 1, 30), "received": date(2026, 2, 6)}
    found = on(date(2026, 2, 10), rated=True, days=days)
    assert found == {
        "R4": ("person", "open", date(2026, 2, 26)),
        "R5": ("assessor", "open", date(2026, 3, 13)),
    }
    assert on(date(2026, 3, 14), rated=True, days=days)["R5"][1] == "late"
    assert on(date(2026, 1, 20), rated=True) == {}


def test_every_step_that_can_be_waited_for_has_its_words() -> None:
    waited = {code for code, rule in rules().items() if rule.duty and code != "R1"} | {*RATING}
    assert SHORT_LABELS.keys() == waited


def test_those_who_wait_are_counted_by_step_with_the_day_that_comes_next() -> None:
    early, middle, last = date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 16)
    found = waiting_by_step(
        [
            Move("R10", "superior", early, middle, "open"),
            Move("R3", "assessor", middle, last, "open"),
            Move("R3", "assessor", early, middle, "open"),
            Move("R3", "assessor", early, early, "late"),
            Move("R5", "assessor", early, middle, "late"),
            Move("R5", "assessor", early, early, "late"),
            Move("R2", "assessor", None, None, "open"),
        ]
    )
    assert [(one.step, one.waiting, one.since, one.until, one.late) for one in found] == [
        ("R2", 1, None, None, 0),
        ("R3", 3, early, middle, 1),
        ("R5", 2, early, early, 2),
        ("R10", 1, early, middle, 0),
    ]
