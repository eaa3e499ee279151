"""The deadlines R1 to R11: from when to when, whose move it is, and how each stands on any day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.deadlines import (
    LABELS,
    Deadline,
    Facts,
    deadlines_of,
    last_day_to,
    read_rules,
    rules,
    skp_deadline,
)
from kinerja_cli.domain.rulefile import RegulationInvalid
from kinerja_cli.domain.working_days import WorkCalendar

IMLEK = {date(2026, 2, 16): "Cuti Bersama", date(2026, 2, 17): "Tahun Baru Imlek"}
OPENS, ENDS = date(2025, 12, 17), date(2026, 1, 31)
WORK = WorkCalendar(IMLEK.get)


def on(day: date, **facts: object) -> dict[str, Deadline]:
    """The deadlines of an appraisal of 2025 on a day, by code."""
    found = deadlines_of(Facts(OPENS, ENDS, **facts), WORK.last_day, as_of=day)  # type: ignore[arg-type]  # loose cases
    return {one.code: one for one in found}


@pytest.mark.parametrize(
    ("code", "start", "holidays", "expected"),
    [
        ("R9", date(2026, 2, 6), {}, date(2026, 2, 26)),
        ("R9", date(2026, 2, 6), IMLEK, date(2026, 3, 2)),
        ("R9", date(2026, 2, 7), IMLEK, date(2026, 3, 2)),
        ("R9", date(2026, 2, 9), IMLEK, date(2026, 3, 3)),
        ("R10", date(2026, 2, 20), IMLEK, date(2026, 3, 3)),
        ("R3", date(2026, 1, 30), IMLEK, date(2026, 2, 23)),
        ("R6", date(2026, 1, 31), IMLEK, date(2026, 2, 23)),
        ("R7", date(2026, 2, 23), IMLEK, date(2026, 3, 4)),
        ("R5", date(2026, 1, 31), IMLEK, date(2026, 3, 17)),
    ],
)
def test_the_worked_examples_of_the_regulation(
    code: str, start: date, holidays: dict[date, str], expected: date
) -> None:
    assert last_day_to(code, start, WorkCalendar(holidays.get).last_day) == expected


def test_an_objection_is_never_counted_in_calendar_days() -> None:
    assert last_day_to("R9", date(2026, 2, 6), WORK.last_day) != date(2026, 2, 20)


def test_nobody_rated_is_waited_for_until_the_window_ends_and_then_the_superior() -> None:
    before = on(date(2026, 1, 5))
    assert (before["R2"].state, before["R2"].last_day, before["R2"].actor) == ("open", ENDS, "assessor")
    assert not {"R3", "R5", "R6", "R9"} & before.keys()
    assert on(ENDS)["R2"].state == "open"
    after = on(date(2026, 2, 2))
    assert (after["R2"].state, after["R6"].state, after["R6"].actor) == ("lapsed", "open", "superior")
    assert (after["R6"].starts, after["R6"].last_day) == (ENDS, date(2026, 2, 23))
    assert on(date(2026, 2, 23))["R6"].state == "open"
    assert on(date(2026, 2, 24))["R6"].state == "late"
    assert on(date(2025, 12, 1))["R2"].state == "not_begun"


def test_the_normal_way_of_a_document() -> None:
    days = {"signed": date(2026, 1, 30)}
    found = on(date(2026, 2, 2), rated=True, days=days)
    assert (found["R2"].state, found["R3"].state, found["R3"].last_day) == ("done", "open", date(2026, 2, 23))
    assert (found["R4"].state, found["R9"].state, found["R4"].starts) == ("not_begun", "not_begun", None)
    assert (found["R5"].state, found["R5"].last_day) == ("open", date(2026, 3, 17))
    days |= {"handed_over": date(2026, 2, 6), "received": date(2026, 2, 6)}
    found = on(date(2026, 2, 10), rated=True, days=days)
    assert [found[code].state for code in ("R3", "R4", "R9")] == ["done", "open", "open"]
    assert found["R4"].last_day == found["R9"].last_day == date(2026, 3, 2)
    found = on(date(2026, 3, 3), rated=True, days=days)
    assert [found[code].state for code in ("R4", "R9", "R5")] == ["late", "lapsed", "open"]
    assert on(date(2026, 3, 18), rated=True, days=days)["R5"].state == "late"
    assert on(date(2026, 3, 18), rated=True, days=days | {"reported": date(2026, 3, 2)})["R5"].state == "done"
    assert on(ENDS, rated=True)["R5"].state == "not_begun"


def test_whoever_received_a_document_was_given_it() -> None:
    for event in ("received", "returned"):
        days = {"signed": date(2026, 1, 30), event: date(2026, 2, 6)}
        assert on(date(2026, 3, 18), rated=True, days=days)["R3"].state == "done"


def test_the_way_of_the_superior_has_its_own_days_and_no_objection() -> None:
    days = {"signed": date(2026, 2, 23)}
    found = on(date(2026, 2, 24), rated=True, superior_rated=True, final=True, days=days)
    assert not {"R3", "R4", "R9"} & found.keys()
    assert (found["R6"].state, found["R7"].state, found["R7"].last_day) == ("done", "open", date(2026, 3, 4))
    days |= {"handed_over": date(2026, 3, 2), "received": date(2026, 3, 2)}
    found = on(date(2026, 3, 4), rated=True, superior_rated=True, final=True, days=days)
    assert (found["R7"].state, found["R8"].state, found["R8"].last_day) == ("done", "open", date(2026, 3, 11))


def test_an_objection_and_what_follows_it() -> None:
    days = {"received": date(2026, 2, 6), "filed": date(2026, 2, 20)}
    found = on(date(2026, 3, 3), rated=True, days=days)
    assert (found["R9"].state, found["R10"].state, found["R10"].last_day) == ("done", "open", date(2026, 3, 3))
    assert on(date(2026, 3, 4), rated=True, days=days)["R10"].state == "late"
    assert "R11" not in found
    days |= {"decided": date(2026, 3, 2), "reported": date(2026, 2, 10)}
    found = on(date(2026, 3, 4), rated=True, changed=True, days=days)
    assert (found["R10"].state, found["R11"].state, found["R11"].last_day) == ("done", "open", date(2026, 3, 17))
    days["reported"] = date(2026, 3, 4)
    assert on(date(2026, 3, 4), rated=True, changed=True, days=days)["R11"].state == "done"


def test_a_receipt_that_nobody_recorded_leaves_nothing_to_count() -> None:
    found = on(date(2026, 3, 4), rated=True, days={"returned": date(2026, 2, 20), "filed": date(2026, 2, 20)})
    assert (found["R4"].state, found["R4"].last_day, found["R9"].state) == ("done", None, "done")


def test_the_skp_are_due_by_the_end_of_january() -> None:
    for day, state in ((date(2025, 12, 31), "not_begun"), (date(2026, 1, 31), "open"), (date(2026, 2, 1), "lapsed")):
        found = skp_deadline(2026, day)
        assert (found.state, found.starts, found.last_day) == (state, date(2026, 1, 1), date(2026, 1, 31))


def test_the_rules_are_whole_and_each_names_its_source() -> None:
    assert list(rules()) == [f"R{number}" for number in range(1, 12)] == list(LABELS)
    assert {code: rule.what for code, rule in rules().items()} == LABELS
    assert all("PermenPANRB 6/2022" in rule.source for rule in rules().values())
    assert {code: rule.days for code, rule in rules().items() if rule.days} == {
        "R3": 14,
        "R4": 14,
        "R5": 30,
        "R6": 14,
        "R7": 7,
        "R8": 7,
        "R9": 14,
        "R10": 7,
        "R11": 30,
    }


def test_a_rule_that_breaks_the_form_is_refused_by_its_key() -> None:
    with pytest.raises(RegulationInvalid, match="deadlines"):
        read_rules('[[deadlines]]\ncode = "R99"\n')


working = st.builds(
    lambda off, week, same: WorkCalendar({day: "libur" for day in off}.get, week, same_day=same),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 6, 30)), max_size=40),
    st.sampled_from([5, 6]),
    st.booleans(),
)


@given(working, st.dates(date(2026, 1, 1), date(2026, 6, 30)), st.sampled_from(["R3", "R5", "R9", "R10"]))
def test_so_many_working_days_lie_within_a_deadline(calendar: WorkCalendar, start: date, code: str) -> None:
    days = rules()[code].days
    last = last_day_to(code, start, calendar.last_day)
    first = start if calendar.same_day else start + timedelta(days=1)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(map(calendar.is_working, span)) == days
    assert calendar.is_working(last)


EVENTS = ("signed", "handed_over", "received", "returned", "reported", "filed", "decided")


@st.composite
def histories(draw: Callable[..., object]) -> Facts:
    """An appraisal with events in an order in which they can have come."""
    rated = draw(st.booleans())
    count = draw(st.integers(0, len(EVENTS))) if rated else 0
    steps = draw(st.lists(st.integers(0, 20), min_size=len(EVENTS), max_size=len(EVENTS)))
    assert isinstance(count, int)
    assert isinstance(steps, list)
    day = OPENS + timedelta(days=20)
    days = {}
    for event, step in list(zip(EVENTS, steps, strict=True))[:count]:
        day += timedelta(days=step)
        days[event] = day
    late = bool(rated and draw(st.booleans()))
    return Facts(OPENS, ENDS, rated=bool(rated), superior_rated=late, final=late, days=days)


@given(histories(), st.dates(OPENS, date(2026, 8, 1)))
def test_a_day_is_judged_by_what_had_happened_by_then(facts: Facts, day: date) -> None:
    known = Facts(
        facts.window_opens,
        facts.window_ends,
        rated=facts.rated,
        superior_rated=facts.superior_rated,
        final=facts.final,
        days={event: on for event, on in facts.days.items() if on <= day},
    )
    assert deadlines_of(facts, WORK.last_day, as_of=day) == deadlines_of(known, WORK.last_day, as_of=day)


@given(histories(), st.dates(OPENS, date(2026, 8, 1)))
def test_a_step_that_is_due_is_late_once_its_last_day_is_over_and_stays_done_once_done(facts: Facts, day: date) -> None:
    now = {one.code: one for one in deadlines_of(facts, WORK.last_day, as_of=day)}
    later = {one.code: one for one in deadlines_of(facts, WORK.last_day, as_of=day + timedelta(days=1))}
    for code, one in now.items():
        if one.state == "open":
            assert one.last_day is not None
            assert day <= one.last_day
        if one.state in ("late", "lapsed"):
            assert one.last_day is not None
            assert day > one.last_day
            assert later[code].state in (one.state, "done")
        if one.state == "done":
            assert later[code].state == "done"
