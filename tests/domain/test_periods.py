"""Periods: how they are written, found, ended, labelled, and when they are due."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.periods import (
    Due,
    PeriodKind,
    PeriodMalformed,
    find_period,
    month_period,
    parse_period,
    participants_of,
    period_label,
    periods_of_year,
    quarter_period,
    takes_part,
    titles_periods,
    what_is_due,
    window_ends,
)
from kinerja_cli.errors import Exit

CADENCES = st.sampled_from([PeriodKind.QUARTERLY, PeriodKind.MONTHLY])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026", "2026"),
        ("Tahun 2026", "2026"),
        ("Periode Tahunan 2026", "2026"),
        ("Periode Tahunan Tahun 2026", "2026"),
        ("annual 2026", "2026"),
        ("2026-Q1", "2026-Q1"),
        ("2026-q1", "2026-Q1"),
        (" 2026 - Q4 ", "2026-Q4"),
        ("2026-TW1", "2026-Q1"),
        ("2026-TW-III", "2026-Q3"),
        ("Triwulan I 2026", "2026-Q1"),
        ("TRIWULAN IV TAHUN 2026", "2026-Q4"),
        ("Triwulan IV-Akhir Tahun 2026", "2026-Q4"),
        ("Triwulan ke-2 2026", "2026-Q2"),
        ("Periode Triwulan 2 Tahun 2026", "2026-Q2"),
        ("Periode: Triwulan II, Tahun 2026", "2026-Q2"),
        ("TW II 2026", "2026-Q2"),
        ("TW.III/2026", "2026-Q3"),
        ("Quarter 3 2026", "2026-Q3"),
        ("2026-01", "2026-01"),
        ("2026-12", "2026-12"),
        ("2026-6", "2026-06"),
        ("Januari 2026", "2026-01"),
        ("JUNI\u00a02026", "2026-06"),
        ("Bulan Agustus Tahun 2026", "2026-08"),
        ("Okt. 2026", "2026-10"),
        ("december 2026", "2026-12"),
        ("Periode Bulanan 6 Tahun 2026", "2026-06"),
        ("Periode Bulanan 12 Tahun 2026", "2026-12"),
    ],
)
def test_a_period_is_read_in_every_accepted_spelling(text: str, code: str) -> None:
    assert parse_period(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "1899",
        "2026-Q5",
        "2026-Q0",
        "2026-13",
        "2026-00",
        "2026-1-1",
        "TW V 2026",
        "TW12026",
        "Semester I 2026",
        "Triwulan I",
        "31 Maret 2026",
        "2026-Q1 dan 2026-Q2",
    ],
)
def test_anything_else_is_refused_with_the_spellings(text: str) -> None:
    with pytest.raises(PeriodMalformed) as refusal:
        parse_period(text)
    assert (refusal.value.code, refusal.value.exit) == ("period-malformed", Exit.USAGE)
    assert text in refusal.value.message
    assert "2026-Q1" in refusal.value.hint


@given(st.integers(1900, 2099), CADENCES)
def test_codes_and_labels_are_read_back(year: int, cadence: PeriodKind) -> None:
    for period in periods_of_year(year, cadence):
        assert parse_period(period.code) == period
        assert parse_period(period_label(period)) == period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PERIODE: TRIWULAN I TAHUN 2026", "2026-Q1"),
        ("REKAP PENILAIAN KINERJA TRIWULAN IV-AKHIR TAHUN 2026 DINAS KESEHATAN", "2026-Q4"),
        ("Periode Bulanan 6 Tahun 2026", "2026-06"),
        ("Rekapitulasi bulan Juni 2026", "2026-06"),
        ("Periode Tahunan 2026", "2026"),
        ("PERIODE TAHUN 2026", "2026"),
        ("Rekap 2026-Q2 (revisi)", "2026-Q2"),
        ("Triwulan I 2026 (Januari s.d. Maret 2026)", "2026-Q1"),
        ("PERIODE PENILAIAN: 1 JANUARI SD 31 MARET TAHUN 2026", "2026-Q1"),
        ("Periode 1 Januari 2026 - 31 Desember 2026", "2026"),
        ("Juni s/d Juni 2026", "2026-06"),
        ("01 Februari – 28 Februari 2026", "2026-02"),
        ("Binjai, 31 Maret 2026", None),
        ("15 Januari s.d. 31 Maret 2026", None),
        ("1 Januari s.d. 15 Maret 2026", None),
        ("Februari s.d. Maret 2026", None),
        ("Desember 2025 s.d. Februari 2026", None),
        ("Rekap Triwulan I 2026 dan Triwulan II 2026", None),
        ("Peraturan Nomor 6 Tahun 2022", None),
        ("Rencana Kerja 2026", None),
        ("TW 1", None),
        ("", None),
    ],
)
def test_a_title_tells_its_period_when_there_is_exactly_one(text: str, code: str | None) -> None:
    found = find_period(text)
    assert (found and found.code) == code


@given(st.integers(2020, 2030))
def test_the_parts_of_a_year_follow_each_other_without_gap(year: int) -> None:
    for cadence, count in ((PeriodKind.QUARTERLY, 4), (PeriodKind.MONTHLY, 12)):
        whole, *parts = periods_of_year(year, cadence)
        assert len(parts) == count
        assert (parts[0].starts, parts[-1].ends) == (whole.starts, whole.ends)
        for one, following in pairwise(parts):
            assert following.starts == one.ends + timedelta(days=1)
    assert periods_of_year(year, PeriodKind.ANNUAL) == (whole,)
    assert month_period(year, 2).ends.day == (29 if isleap(year) else 28)


def test_windows_end_some_days_after_a_part_and_on_a_fixed_day_after_a_year() -> None:
    year, first_quarter, *_rest = periods_of_year(2026, PeriodKind.QUARTERLY)
    assert window_ends(first_quarter, days_after=14, annual=(1, 31)) == date(2026, 4, 14)
    assert window_ends(first_quarter, days_after=0, annual=(1, 31)) == date(2026, 3, 31)
    assert window_ends(year, days_after=14, annual=(1, 31)) == date(2027, 1, 31)


def test_labels_name_the_period() -> None:
    labels = [period_label(parse_period(code)) for code in ("2026", "2026-Q2", "2026-05")]
    assert labels == ["Year 2026", "Quarter II 2026", "May 2026"]


def due(
    as_of: date,
    opened: Mapping[str, str],
    *,
    cadence: PeriodKind = PeriodKind.QUARTERLY,
    since: date = date(2026, 1, 5),
    part_time: PeriodKind | None = None,
) -> list[Due]:
    return what_is_due(
        as_of, cadence=cadence, part_time=part_time, since=since, opened=opened, days_after=14, annual=(1, 31)
    )


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
        cadence=PeriodKind.QUARTERLY,
        since=date(2026, 1, 1),
        opened={"2026": "open", "2026-Q1": "open"},
        days_after=0,
        annual=(1, 31),
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


def test_a_cadence_may_come_as_plain_text() -> None:
    assert periods_of_year(2026, PeriodKind("quarterly"))[1] == quarter_period(2026, 1)


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
    other = None if part_time is None else PeriodKind(part_time)
    kinds = (PeriodKind.ANNUAL, PeriodKind.QUARTERLY, PeriodKind.MONTHLY)
    assert [participants_of(kind, cadence=PeriodKind(cadence), part_time=other) for kind in kinds] == [
        year,
        quarter,
        month,
    ]


def test_part_time_people_take_part_where_they_are_meant_and_the_others_where_not() -> None:
    for participants, full, part in (
        (None, True, True),
        ("everybody", True, True),
        ("full_time", True, False),
        ("part_time", False, True),
    ):
        assert takes_part("pppk", participants) is full
        assert takes_part("pppk_paruh_waktu", participants) is part


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


@pytest.mark.parametrize(
    "title",
    ["Triwulan I (Januari-Maret) 2026", "Triwulan I TA 2026", "Periode Triwulanan I Tahun Anggaran 2026"],
)
def test_titles_as_offices_write_them(title: str) -> None:
    found = find_period(title)
    assert found is not None
    assert found.code == "2026-Q1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Periode Triwulan II Tahun 2026", "2026-Q2"),
        ("Triwulan 2 2026", "2026-Q2"),
        ("TW II 2026", "2026-Q2"),
        ("Triwulan Kedua Tahun 2026", "2026-Q2"),
        ("TRIWULAN IV/AKHIR TAHUN 2026", "2026-Q4"),
        ("Evaluasi Kinerja Triwulan II T.A. 2026", "2026-Q2"),
        ("Tahun 2026 Triwulan II", "2026-Q2"),
        ("Periode Penilaian: 1 Januari s.d. 31 Maret 2026", "2026-Q1"),
        ("01-04-2026 s.d. 30-06-2026", "2026-Q2"),
        ("Periode Penilaian: 01/01/2026 - 31/12/2026", "2026"),
        ("Periode 2026-06-01 s.d. 2026-06-30", "2026-06"),
        ("Periode Penilaian: 1 - 30 Juni 2026", "2026-06"),
        ("1 s.d. 29 Juni 2026", None),
        ("01-13-2026 s.d. 30-14-2026", None),
        ("Surat Nomor 01-04-2026", None),
    ],
)
def test_recaps_word_their_period_in_many_ways(text: str, code: str | None) -> None:
    found = find_period(text)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("titles", "codes"),
    [
        ([("7371 - Kota",), ("DINAS",), ("Tahun 2026",)], {"2026"}),
        ([("Rekap",), ("TAHUN : 2026",)], {"2026"}),
        ([("Triwulan II",), ("Tahun 2026",)], {"2026-Q2"}),
        ([("Bulan Juni",), (), ("Tahun 2026",)], {"2026-06"}),
        ([("Semester I",), ("Tahun 2026",)], set()),
        ([("Peraturan Nomor 6 Tahun 2022",)], set()),
        ([("Triwulan I 2026", "Tahun 2026")], {"2026-Q1"}),
        ([("Triwulan I 2026",), ("Triwulan II 2026",)], {"2026-Q1", "2026-Q2"}),
    ],
)
def test_rows_of_titles_tell_their_period_together(titles: list[tuple[str, ...]], codes: set[str]) -> None:
    assert {period.code for period in titles_periods(titles)} == codes
