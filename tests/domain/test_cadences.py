"""How often people are appraised, and what a cadence that changes within a year or a quarter comes to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.cadences import Cadences, Opening, cadences_kept
from kinerja_cli.domain.periods import PeriodKind, parse_period, quarter_period, takes_part

QUARTERLY, MONTHLY = PeriodKind.QUARTERLY, PeriodKind.MONTHLY
KINDS = st.sampled_from([QUARTERLY, MONTHLY])
SECOND = quarter_period(2026, 2)
Opened = tuple[str, tuple[str | None, PeriodKind, PeriodKind | None]]
PART_TIME = "pppk_paruh_waktu"


def kept(now: tuple[PeriodKind, PeriodKind | None], *opened: Opened) -> Cadences:
    openings = [
        Opening(parse_period(code), whom, Cadences(cadence, part_time)) for code, (whom, cadence, part_time) in opened
    ]
    return cadences_kept(Cadences(*now), openings)


@pytest.mark.parametrize(
    ("cadence", "part_time", "year", "quarter", "month"),
    [
        ("monthly", "quarterly", "everybody", "part_time", "full_time"),
        ("quarterly", "monthly", "everybody", "full_time", "part_time"),
        ("quarterly", "quarterly", "everybody", "everybody", "everybody"),
        ("monthly", None, "everybody", "everybody", "everybody"),
    ],
)
def test_who_takes_part_follows_from_the_two_cadences(
    cadence: str, part_time: str | None, year: str, quarter: str, month: str
) -> None:
    cadences = Cadences(PeriodKind(cadence), None if part_time is None else PeriodKind(part_time))
    told = [cadences.participants(parse_period(code)) for code in ("2026", "2026-Q1", "2026-02")]
    assert told == [year, quarter, month]


def test_the_others_keep_what_was_opened_for_them_when_part_timers_change() -> None:
    """By quarter at first, then by month: the quarter stays theirs, and months begin with the next one."""
    cadences = kept((QUARTERLY, MONTHLY), ("2026-Q2", ("everybody", QUARTERLY, None)))
    assert cadences.of(PART_TIME, SECOND) is QUARTERLY
    assert cadences.participants(SECOND) == "everybody"
    assert [one.code for one in cadences.periods_of(2026) if one.starts >= date(2026, 4, 1)][:5] == [
        "2026-Q2",
        "2026-Q3",
        "2026-07",
        "2026-08",
        "2026-09",
    ]


def test_part_timers_who_began_by_month_go_on_by_month_until_the_quarter_ends() -> None:
    opened = [("2026-Q2", ("full_time", QUARTERLY, MONTHLY)), ("2026-04", ("part_time", QUARTERLY, MONTHLY))]
    cadences = kept((QUARTERLY, None), *opened)
    assert cadences.of(PART_TIME, SECOND) is MONTHLY
    assert cadences.participants(parse_period("2026-05")) == "part_time"
    assert cadences.participants(SECOND) == "full_time"
    assert cadences.participants(quarter_period(2026, 3)) == "everybody"


def test_a_new_cadence_waits_for_those_whose_quarter_has_begun() -> None:
    cadences = kept((MONTHLY, None), ("2026-Q2", ("full_time", QUARTERLY, MONTHLY)))
    assert cadences.waiting(SECOND) == {"full_time": QUARTERLY}
    assert cadences.waiting(quarter_period(2026, 3)) == {}


def test_what_was_opened_beside_the_calendar_decides_nothing() -> None:
    """A month that somebody opened by hand in an agency of quarters."""
    cadences = kept(
        (QUARTERLY, None), ("2026-04", ("everybody", QUARTERLY, None)), ("2026", ("everybody", MONTHLY, None))
    )
    assert cadences == Cadences(QUARTERLY)
    assert cadences.participants(parse_period("2026-05")) == "everybody"


def test_a_period_that_keeps_no_participants_was_for_everybody() -> None:
    cadences = kept((MONTHLY, None), ("2026-Q2", (None, QUARTERLY, None)))
    assert {cadences.of(one, SECOND) for one in ("pns", PART_TIME)} == {QUARTERLY}


@given(st.lists(st.tuples(KINDS, st.none() | KINDS), min_size=1, max_size=6), st.data())
def test_on_every_day_of_a_year_each_group_is_in_one_period_whatever_is_set_when(
    settings: list[tuple[PeriodKind, PeriodKind | None]], data: st.DataObject
) -> None:
    """Neither in none nor in two: at every night of a month the calendar opens what its cadences ask for then."""
    changes = data.draw(st.lists(st.sampled_from(range(len(settings))), min_size=12, max_size=12))
    opened: dict[str, tuple[str | None, PeriodKind, PeriodKind | None]] = {}
    for month, which in enumerate(changes, 1):
        cadence, part_time = settings[which]
        cadences = kept((cadence, part_time), *opened.items())
        for period in cadences.periods_of(2026)[1:]:
            if period.starts <= date(2026, month, 1) and period.code not in opened:
                opened[period.code] = (cadences.participants(period), cadence, part_time)
    for month in range(1, 13):
        day = date(2026, month, 15)
        for employment in ("pns", PART_TIME):
            there = [
                code
                for code, (participants, *_rest) in opened.items()
                if takes_part(employment, participants) and parse_period(code).starts <= day <= parse_period(code).ends
            ]
            assert len(there) == 1, (day, employment, there)
