"""Lists of units with their organisation predikat: what is taken, and what is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from kinerja_cli.domain.organisation import Issued, UnitRating
from kinerja_cli.domain.organisation_rules import load_distribution
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.unit_ratings import UnitRatingsRead, Wish, read_unit_ratings, settled
from kinerja_cli.domain.units import Unit
from tests.domain.made import sheet

RULES = load_distribution("se-3-2023")
PERIOD = parse_period("2025-Q4")
TODAY = date(2026, 2, 1)
UNITS = {
    code: Unit(code, name)
    for code, name in {"A": "Dinas Kesehatan", "B": "Sekretariat", "C": "SEKRETARIAT", "D": "Badan"}.items()
}
KNOWN = {"A": UnitRating("2025-Q4", "A", "baik", "2026-01-02", "SK 1")}


def read(*rows: Mapping[str, CellValue], reason: str | None = None) -> UnitRatingsRead:
    return read_unit_ratings(
        sheet(*rows),
        period=PERIOD,
        rules=RULES,
        units=UNITS,
        issued_before=Issued("2025-Q4", KNOWN),
        today=TODAY,
        reason=reason,
    )


def test_units_are_known_by_their_code_or_by_a_name_of_their_own() -> None:
    found = read(
        {"unit_code": "a", "unit": None, "organisation": "Baik", "issued_on": None, "reason": None},
        {"unit_code": None, "unit": "BADAN", "organisation": "Cukup", "issued_on": "20/1/2026", "reason": "SK 2"},
    )
    assert found.pairs == (
        (KNOWN["A"], KNOWN["A"]),
        (None, UnitRating("2025-Q4", "D", "butuh_perbaikan", "2026-01-20", "SK 2")),
    )
    assert (found.recorded, found.changed, found.unchanged, found.rejected, found.problems) == (1, 0, 1, 0, ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit_code": "X", "organisation": "Baik"}, "organisation-unit-unknown"),
        ({"unit": "Dinas Kehutanan", "organisation": "Baik"}, "organisation-unit-unknown"),
        ({"unit": None, "organisation": "Baik"}, "organisation-unit-unknown"),
        ({"unit": "sekretariat", "organisation": "Baik"}, "organisation-unit-ambiguous"),
        ({"unit_code": "D", "organisation": "Baek Sekali"}, "organisation-unknown"),
        ({"unit_code": "D", "organisation": "Baik", "issued_on": "besok"}, "organisation-day"),
        ({"unit_code": "D", "organisation": "Baik", "issued_on": "2026-02-02"}, "organisation-day"),
        ({"unit_code": "D", "organisation": "Baik", "issued_on": "2025-09-30"}, "organisation-day"),
        ({"unit_code": "A", "organisation": "Kurang"}, "organisation-reason"),
    ],
)
def test_what_cannot_be_taken_is_told_and_kept_out(row: dict[str, CellValue], code: str) -> None:
    found = read(row)
    assert [one.code for one in found.problems] == [code]
    assert (found.pairs, found.rows, found.rejected) == ((), 1, 1)
    assert found.problems[0].message
    assert found.problems[0].fix


def test_a_wrong_code_beside_a_good_name_says_which_code_may_be_meant() -> None:
    (problem,) = read({"unit_code": "X", "unit": "Dinas Kesehatan", "organisation": "Baik"}).problems
    assert "perhaps A is meant" in problem.message


def test_a_spelling_of_another_scale_is_taken_with_a_warning() -> None:
    found = read({"unit_code": "D", "organisation": "Sangat Baik"})
    assert [one.code for one in found.problems] == ["organisation-noted"]
    assert (found.pairs[0][1].organisation, found.rejected) == ("istimewa", 0)


def test_two_rows_on_one_unit_agree_or_are_refused() -> None:
    same = read({"unit_code": "D", "organisation": "Baik"}, {"unit_code": "d", "organisation": "baik"})
    assert (len(same.pairs), same.problems) == (1, ())
    two = read({"unit_code": "D", "organisation": "Baik"}, {"unit_code": "D", "organisation": "Kurang"})
    assert [(one.code, one.place.row) for one in two.problems] == [("organisation-twice", 3)]


def test_a_change_takes_the_reason_of_its_row_or_the_one_given_for_all() -> None:
    assert read({"unit_code": "A", "organisation": "Kurang"}, reason="Ralat").pairs[0][1].reason == "Ralat"
    rows = {"unit_code": "A", "organisation": "Kurang", "reason": "SK 3"}
    found = read(rows, reason="Ralat")
    assert (found.pairs[0][1].reason, found.changed) == ("SK 3", 1)


def test_a_row_without_a_predikat_is_blank_and_one_that_cannot_be_read_is_not() -> None:
    rows = sheet({"unit_code": "D", "organisation": None})
    found = read_unit_ratings(
        rows, period=PERIOD, rules=RULES, units=UNITS, issued_before=Issued("2025-Q4", {}), today=TODAY
    )
    assert (found.rows, found.blank, found.problems) == (0, 1, ())
    source = replace(rows[0].source, unreadable={2: {1: "=IF(A1,1)"}})
    unread = [replace(rows[0], source=source)]
    found = read_unit_ratings(
        unread, period=PERIOD, rules=RULES, units=UNITS, issued_before=Issued("2025-Q4", {}), today=TODAY
    )
    assert (found.rows, found.rejected, found.problems[0].code) == (1, 1, "formula-without-value")


def test_the_same_result_keeps_its_day_and_another_day_is_a_change() -> None:
    same = settled(KNOWN["A"], PERIOD, Wish(UNITS["A"], "baik", None, "lain"), TODAY)
    assert same == KNOWN["A"]
    moved = settled(KNOWN["A"], PERIOD, Wish(UNITS["A"], "baik", date(2026, 1, 3), " Ralat "), TODAY)
    assert (moved.issued_on, moved.reason) == ("2026-01-03", "Ralat")
    assert settled(None, PERIOD, Wish(UNITS["A"], "baik"), TODAY).issued_on == "2026-02-01"


def test_a_result_in_time_is_not_overtaken_by_a_row_that_comes_too_late() -> None:
    year = parse_period("2025")
    known = {"A": UnitRating("2025", "A", "baik", "2026-01-20")}
    rows = [{"unit_code": "A", "organisation": "Kurang", "issued_on": "1/2/2026", "reason": "SK 2"}]
    found = read_unit_ratings(
        sheet(*rows),
        period=year,
        rules=RULES,
        units=UNITS,
        issued_before=Issued("2025", known, deadline=date(2026, 1, 31)),
        today=date(2026, 2, 2),
    )
    (problem,) = found.problems
    assert (problem.code, found.pairs, found.rejected) == ("organisation-stands", (), 1)
    assert "2026-01-20" in problem.message
    assert "kinerja unit rate 2025 A baik --issued DATE" in problem.fix
