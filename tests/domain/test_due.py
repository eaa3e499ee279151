"""What the calendar asks for by a day."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.cadences import Cadences
from kinerja_cli.domain.due import Due, what_is_due
from kinerja_cli.domain.periods import PeriodKind, parse_period, window_ends

CADENCES = st.sampled_from([PeriodKind.QUARTERLY, PeriodKind.MONTHLY])


def due(
    as_of: date,
    opened: Mapping[str, str],
    *,
    cadence: PeriodKind = PeriodKind.QUARTERLY,
    since: date = date(2026, 1, 5),
    part_time: PeriodKind | None = None,
    employments: Collection[str] = (),
) -> list[Due]:
    return what_is_due(
        as_of,
        Cadences(cadence, part_time),
        since=since,
        known=opened,
        windows={code: last_day(code) for code, state in opened.items() if state == "open"},
        window_of=lambda one: last_day(one.period.code),
        employments=employments,
    )


def last_day(code: str, days_after: int = 14) -> date:
    return window_ends(parse_period(code), days_after=days_after, annual=(1, 31))


def told(dues: list[Due]) -> list[tuple[str, str, str]]:
    return [(one.action, one.period.code, one.on.isoformat()) for one in dues]


def test_what_is_due_comes_in_the_order_in_which_it_became_due() -> None:
    assert told(due(date(2026, 7, 20), {})) == [
        ("open", "2026", "2026-01-01"),
        ("open", "2026-Q1", "2026-01-01"),
        ("open", "2026-Q2", "2026-04-01"),
        ("close", "2026-Q1", "2026-04-15"),
        ("open", "2026-Q3", "2026-07-01"),
        ("close", "2026-Q2", "2026-07-15"),
    ]


def test_closing_comes_before_opening_on_the_same_day() -> None:
    dues = what_is_due(
        date(2026, 4, 1),
        Cadences(PeriodKind.QUARTERLY),
        since=date(2026, 1, 1),
        known=("2026", "2026-Q1"),
        windows={code: last_day(code, days_after=0) for code in ("2026", "2026-Q1")},
        window_of=lambda one: last_day(one.period.code, days_after=0),
    )
    assert told(dues) == [("close", "2026-Q1", "2026-04-01"), ("open", "2026-Q2", "2026-04-01")]


def test_a_window_is_over_only_on_the_day_after_its_last() -> None:
    opened = {"2026": "open", "2026-Q1": "open", "2026-Q2": "open"}
    assert due(date(2026, 4, 14), opened) == []
    assert told(due(date(2026, 4, 15), opened)) == [("close", "2026-Q1", "2026-04-15")]


def test_what_is_closed_stays_and_other_cadences_are_closed_too() -> None:
    opened = {"2025": "open", "2025-Q4": "open", "2025-11": "open", "2026": "open", "2026-Q1": "closed"}
    assert told(due(date(2026, 2, 1), opened)) == [
        ("close", "2025-11", "2025-12-15"),
        ("close", "2025-Q4", "2026-01-15"),
        ("close", "2025", "2026-02-01"),
    ]


def test_both_cadences_of_an_agency_are_opened() -> None:
    dues = due(date(2026, 4, 1), {}, cadence=PeriodKind.MONTHLY, part_time=PeriodKind.QUARTERLY)
    assert [code for action, code, _on in told(dues) if action == "open"] == [
        "2026",
        "2026-01",
        "2026-Q1",
        "2026-02",
        "2026-03",
        "2026-Q2",
        "2026-04",
    ]


def test_a_cadence_that_nobody_has_is_not_asked_for() -> None:
    def opened(*employments: str) -> list[str]:
        dues = due(
            date(2026, 1, 5), {}, cadence=PeriodKind.MONTHLY, part_time=PeriodKind.QUARTERLY, employments=employments
        )
        return [one.period.code for one in dues]

    assert opened("pns", "pppk") == ["2026", "2026-01"]
    assert opened("pppk_paruh_waktu") == ["2026", "2026-Q1"]
    assert opened() == ["2026", "2026-01", "2026-Q1"]


@given(
    since=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 500),
    cadence=CADENCES,
    opened=st.dictionaries(
        st.sampled_from(["2025", "2025-Q2", "2025-12", "2026", "2026-Q1", "2026-02"]),
        st.sampled_from(["open", "closed"]),
    ),
    step=st.integers(1, 40),
    part_time=st.none() | CADENCES,
)
def test_catching_up_at_once_is_the_same_as_day_by_day(
    since: date, days: int, cadence: PeriodKind, opened: dict[str, str], step: int, part_time: PeriodKind | None
) -> None:
    end = since + timedelta(days=days)
    at_once = due(end, opened, cadence=cadence, since=since, part_time=part_time)
    state, done, day = dict(opened), list[Due](), since
    while True:
        dues = due(day, state, cadence=cadence, since=since, part_time=part_time)
        state |= {one.period.code: "open" if one.action == "open" else "closed" for one in dues}
        done += dues
        assert due(day, state, cadence=cadence, since=since, part_time=part_time) == [], "twice the same as once"
        if day == end:
            break
        day = min(day + timedelta(days=step), end)
    assert done == at_once
