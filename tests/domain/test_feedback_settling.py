"""Settling feedback against the store: whom it is on, who may give it, what is kept already."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from kinerja_cli.domain.feedback_reading import read_feedback
from kinerja_cli.domain.feedback_rules import Feedback
from kinerja_cli.domain.feedback_settling import ClosedPeriod, FeedbackChanges, settle_feedback
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.staff import Employee
from tests.domain.made import BUDI, SARI, TONO
from tests.domain.test_feedback_reading import rows

TODAY = date(2026, 4, 2)
STAFF = {
    BUDI: Employee(BUDI, "BUDI SANTOSO", unit_code="U"),
    SARI: Employee(SARI, "SARI"),
    TONO: Employee(TONO, "TONO", status="retired"),
}
STRANGER = "199503122024212007"
GOOD: dict[str, CellValue] = {"nip": BUDI, "name": "Budi", "from": "rekan", "text": "Rajin", "date": "2026-03-01"}


def settle(
    *cells: Mapping[str, CellValue],
    kept: Sequence[Feedback] = (),
    closed: Sequence[ClosedPeriod] = (),
    today: date = TODAY,
    **more: object,
) -> FeedbackChanges:
    """What one sheet of these rows comes to."""
    read = read_feedback(rows(*cells, **more), today=today)
    return settle_feedback(read, staff=STAFF, kept=kept, closed=closed, today=today, first_id=7)


def codes(found: FeedbackChanges) -> list[str]:
    """What was odd."""
    return [one.code for one in found.problems]


def test_new_feedback_is_numbered_and_kept_as_it_was_said() -> None:
    found = settle(GOOD | {"giver": SARI, "aspect": "loyal", "tone": "positif"}, GOOD | {"text": "Teliti"})
    assert found.added == (
        Feedback(7, BUDI, "2026-03-01", "rekan", SARI, "SARI", 0, "loyal", "positive", "Rajin"),
        Feedback(8, BUDI, "2026-03-01", "rekan", None, None, 0, None, None, "Teliti"),
    )
    assert (found.unchanged, found.rejected, found.problems) == (0, 0, ())


def test_of_anonymous_feedback_the_giver_is_looked_at_and_never_kept() -> None:
    (new,) = settle(GOOD | {"giver": SARI, "anonymous": "ya"}).added
    assert (new.giver_nip, new.giver_name, new.anonymous) == (None, None, 1)
    for giver, code in ((BUDI, "feedback-self"), (TONO, "feedback-giver-gone"), (STRANGER, "feedback-giver-not-found")):
        found = settle(GOOD | {"giver": giver, "anonymous": "ya"})
        assert (found.added, codes(found)) == ((), [code])
        assert not {giver, "TONO"} & set(found.problems[0].message.split())


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"nip": STRANGER}, "feedback-person-unknown", "A"),
        ({"nip": None}, "feedback-nobody", "A"),
        ({"giver": BUDI}, "feedback-self", "F"),
        ({"giver": "Budi Santoso"}, "feedback-self", "F"),
        ({"giver_nip": BUDI}, "feedback-self", "F"),
        ({"giver": TONO}, "feedback-giver-gone", "F"),
        ({"giver": "0812 3456 7890"}, "feedback-giver-not-found", "F"),
    ],
)
def test_what_add_refuses_is_refused_by_its_cell(cells: dict[str, CellValue], code: str, column: str) -> None:
    found = settle(GOOD | cells)
    assert [(one.code, one.place.row, one.place.column) for one in found.problems] == [(code, 2, column)]
    assert (found.added, found.rejected) == ((), 1)


@pytest.mark.parametrize("nip", [STRANGER, None])
def test_where_the_name_is_known_its_nip_is_proposed(nip: CellValue) -> None:
    (problem,) = settle(GOOD | {"nip": nip, "name": "Budi Santosa, S.E."}).problems
    assert f"{BUDI} (BUDI SANTOSO)" in problem.fix
    (other,) = settle(GOOD | {"nip": nip, "name": "Entah"}).problems
    assert "(" not in other.fix


def test_another_name_beside_the_nip_is_a_warning() -> None:
    found = settle(GOOD | {"name": "Sari"}, GOOD | {"text": "Teliti", "name": "BUDI SANTOSO"})
    assert codes(found) == ["feedback-name-differs"]
    assert len(found.added) == 2


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    closed = [ClosedPeriod("2026-Q1", "2026-01-01", "2026-03-31")]
    found = settle(GOOD | {"from": "siapa", "giver": "12345678901", "name": "Sari"}, closed=closed)
    assert codes(found) == [
        "feedback-giver-unknown",
        "feedback-giver-not-found",
        "feedback-name-differs",
        "feedback-period-closed",
    ]
    assert found.rejected == 1
    assert codes(settle(GOOD | {"nip": "123", "date": None}, closed=closed)) == ["nip-length"]


def test_what_is_kept_is_unchanged_whatever_has_happened_since() -> None:
    kept = settle(GOOD | {"giver": TONO, "from": "pihak lain"}, GOOD).added
    closed = [ClosedPeriod("2026-Q1", "2026-01-01", "2026-03-31")]
    again = settle(GOOD | {"giver": TONO, "from": "pihak lain"}, GOOD, kept=kept, closed=closed)
    assert (again.added, again.unchanged, again.problems) == ((), 2, ())


def test_kept_feedback_is_never_rewritten() -> None:
    kept = settle(GOOD | {"tone": "netral"}).added
    again = settle(GOOD | {"tone": "negatif"}, kept=kept)
    assert (again.added, again.unchanged, codes(again)) == ((), 1, ["feedback-kept-otherwise"])


def test_the_same_in_several_rows_is_taken_once_with_one_note() -> None:
    found = settle(*[GOOD] * 7, GOOD | {"text": "Teliti"})
    assert (len(found.added), codes(found)) == (2, ["feedback-repeated"])
    assert found.problems[0].facts["count"] == 7
    assert str(found.problems[0].facts["places"]).endswith("; …")
    assert "…" not in str(settle(GOOD, GOOD).problems[0].facts["places"])


def test_without_a_date_today_is_taken_and_said_once() -> None:
    bare = {name: value for name, value in GOOD.items() if name != "date"}
    found = settle(bare, bare | {"text": "Teliti"})
    assert [one.given_on for one in found.added] == ["2026-04-02"] * 2
    assert [(one.code, one.facts["count"]) for one in found.problems] == [("feedback-undated", 2)]
    tomorrow = settle(bare, kept=found.added, today=date(2026, 4, 3))
    assert (tomorrow.added, tomorrow.unchanged) == ((), 1)


def test_a_sheet_of_a_period_wants_days_that_lie_in_it() -> None:
    above = (("Umpan Balik",), ("Periode: Triwulan I 2026",))
    found = settle(GOOD, GOOD | {"date": "2026-04-01"}, GOOD | {"date": None, "text": "Teliti"}, above=above)
    assert [(one.code, one.place.row) for one in found.problems] == [
        ("feedback-day-outside", 3),
        ("feedback-day-missing", 4),
    ]
    assert (len(found.added), found.rejected) == (2, 1)
    within = settle(GOOD | {"date": None}, above=above, today=date(2026, 3, 31))
    assert codes(within) == ["feedback-undated"]


@pytest.mark.parametrize(
    ("day", "refused"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
)
def test_days_of_a_closed_period_take_no_feedback(day: str, refused: int) -> None:
    closed = [ClosedPeriod("2026-Q1", "2026-01-01", "2026-03-31")]
    found = settle(GOOD | {"date": day}, closed=closed)
    assert (found.rejected, codes(found)) == (refused, ["feedback-period-closed"] * refused)


def test_a_day_before_the_service_or_years_ago_is_told() -> None:
    before, ago = settle(GOOD | {"date": "2009-12-31"}), settle(GOOD | {"date": "2012-03-01"})
    assert (codes(before), codes(ago)) == (["feedback-day-before-service"], ["feedback-day-long-ago"])
    assert "01-2010" in before.problems[0].message
