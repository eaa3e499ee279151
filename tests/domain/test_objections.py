"""Objections: accepted until the 14th working day, decided within 7, final results excepted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.objections import (
    Objection,
    ObjectionDay,
    ObjectionDecided,
    ObjectionFinal,
    ObjectionLate,
    ObjectionPending,
    ObjectionUnrated,
    check_filing,
    check_succession,
)
from kinerja_cli.domain.working_days import WorkCalendar

IMLEK = {date(2026, 2, 16): "Cuti Bersama", date(2026, 2, 17): "Tahun Baru Imlek"}
LAST_DAY = WorkCalendar(IMLEK.get).last_day
RECEIVED = date(2026, 2, 6)


def test_the_last_day_is_taken_and_the_next_working_day_is_late() -> None:
    assert not check_filing("BUDI", RECEIVED, date(2026, 3, 2), LAST_DAY, record_anyway=False)
    with pytest.raises(ObjectionLate, match="2026-03-02") as refused:
        check_filing("BUDI", RECEIVED, date(2026, 3, 3), LAST_DAY, record_anyway=False)
    assert "--record-anyway" in refused.value.hint
    assert check_filing("BUDI", RECEIVED, date(2026, 3, 3), LAST_DAY, record_anyway=True)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_late_is_whatever_comes_after_the_last_day(received: date, filed: date) -> None:
    late = check_filing("BUDI", received, filed, LAST_DAY, record_anyway=True)
    assert late == (filed > LAST_DAY(received, 14))


def test_a_decision_is_late_after_the_seventh_working_day() -> None:
    filed = Objection(1, "2026-Q1", "1", "2026-02-06", "2026-02-20", "x")
    assert (filed.is_open, filed.state, filed.decide_by(LAST_DAY)) == (True, "open", date(2026, 3, 3))
    assert not filed.is_decided_late(LAST_DAY)
    for day, late in (("2026-03-03", False), ("2026-03-04", True)):
        decided = Objection(1, "2026-Q1", "1", "2026-02-06", "2026-02-20", "x", decision="upheld", decided_on=day)
        assert (decided.is_open, decided.state, decided.is_decided_late(LAST_DAY)) == (False, "upheld", late)
    assert "2026-03-04" in ObjectionDecided(decided, "BUDI").message


def test_a_final_result_names_its_rule() -> None:
    assert "IV.A.11" in ObjectionFinal("BUDI", "2026-Q1", "late").message
    assert "IV.A.12" in ObjectionFinal("BUDI", "2026-Q1", "region_head").message
    assert "recorded as final" in ObjectionFinal("BUDI", "2026-Q1", None).message


def test_what_stands_in_the_way_is_named() -> None:
    assert "not rated in 2026-Q1" in ObjectionUnrated("BUDI", "2026-Q1").message
    assert "kinerja objection decide 7" in ObjectionPending("BUDI", 7, "2026-Q1").hint


def test_days_follow_each_other() -> None:
    check_succession(("a", RECEIVED), ("b", RECEIVED), ("c", date(2026, 2, 9)))
    with pytest.raises(ObjectionDay, match="b \\(2026-02-05\\) lies before a \\(2026-02-06\\)"):
        check_succession(("a", RECEIVED), ("b", date(2026, 2, 5)))
