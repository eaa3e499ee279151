"""Periods: how they are written, found, ended and labelled."""

from calendar import isleap
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.periods import (
    PeriodKind,
    PeriodMalformed,
    find_period,
    month_period,
    parse_period,
    period_label,
    periods_of_year,
    quarter_period,
    takes_part,
    titles_periods,
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


def test_a_cadence_may_come_as_plain_text() -> None:
    assert periods_of_year(2026, PeriodKind("quarterly"))[1] == quarter_period(2026, 1)


def test_part_time_people_take_part_where_they_are_meant_and_the_others_where_not() -> None:
    for participants, full, part in (
        (None, True, True),
        ("everybody", True, True),
        ("full_time", True, False),
        ("part_time", False, True),
    ):
        assert takes_part("pppk", participants) is full
        assert takes_part("pppk_paruh_waktu", participants) is part


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
