"""Importing ratings by the file: whole or not at all, of one period, as one operation."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_cli.actions.periods import close_period, open_period
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.score_import import ScoreImport
from kinerja_cli.actions.scores import import_scores, list_scores, record_score, show_score
from kinerja_cli.actions.sheet_periods import PeriodMissing, PeriodsDiffer
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.workbooks.read import IgnoredSheet, Purpose, SheetReading, read_sheets
from tests.actions.conftest import TODAY
from tests.builders import ANI, BUDI, CITRA, HEAD, recap, workbook

QUARTER = "2026-Q1"
GOOD = ("Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
RATED = [(HEAD, "SURYA DARMA", *GOOD), (ANI, "ANI LESTARI", *GOOD), (BUDI, "BUDI", *GOOD), (CITRA, "CITRA DEWI", *GOOD)]
STRANGER = "198001012005011009"


def sheets(*paths: Path) -> Iterator[SheetReading | IgnoredSheet]:
    """The sheets of rating files."""
    for path in paths:
        yield from read_sheets(path, Purpose.RATINGS)


def take(
    store: Store, *paths: Path, period_code: str | None = None, accept_valid: bool = False, dry_run: bool = False
) -> ScoreImport:
    """Import rating files."""
    return import_scores(
        store, sheets(*paths), period_code=period_code, accept_valid=accept_valid, dry_run=dry_run, today=TODAY
    )


def rated(store: Store) -> dict[object, object]:
    """Everybody's predikat of the quarter."""
    return {row["nip"]: row["predikat"] for row in list_scores(store, QUARTER)}


def test_a_recap_is_imported_whole(store: Store, tmp_path: Path) -> None:
    done = take(store, recap(tmp_path / "Rekap Penilaian (12).xlsx", RATED))
    data = done.as_dict()
    assert {key: value for key, value in data.items() if key != "files"} == {
        "operation": 4,
        "dry_run": False,
        "period": QUARTER,
        "ignored_sheets": [],
        "rows": 4,
        "recorded": 4,
        "changed": 0,
        "unchanged": 0,
        "unrated": 0,
        "rejected": 0,
        "left": 0,
        "units_added": 0,
        "feedback": 0,
        "problems": [],
    }
    assert data["files"] == [
        {
            "file": "Rekap Penilaian (12).xlsx",
            "sheet": "Sheet1",
            "layout": "ekinerja_rekap",
            "header_row": 5,
            "rows": 4,
            "period": QUARTER,
            "unit": "DINAS KESEHATAN",
            "unit_code": None,
        }
    ]
    assert (done.accepted, done.partial) == (True, False)
    assert set(rated(store).values()) == {"baik"}
    (row,) = show_score(store, BUDI, QUARTER)
    assert (row["rated_by"], row["state"]) == (ANI, "rated")


def test_everything_again_is_unchanged_and_no_operation(store: Store, tmp_path: Path) -> None:
    path = recap(tmp_path / "a.xlsx", RATED)
    take(store, path)
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", by=ANI, note="Rajin", today=TODAY)
    before = store.path.read_bytes()
    again = take(store, path)
    assert (again.operation, again.unchanged, again.recorded, again.changed) == (None, 4, 0, 0)
    assert store.path.read_bytes() == before


def test_overwritten_ratings_are_counted_and_people_in_no_file_are_left(store: Store, tmp_path: Path) -> None:
    take(store, recap(tmp_path / "a.xlsx", RATED[:3]))
    other = [(BUDI, "BUDI", "Diatas Ekspektasi", "Diatas Ekspektasi", ""), (CITRA, "CITRA DEWI", "-", "-", "-")]
    done = take(store, recap(tmp_path / "b.xlsx", other))
    assert (done.recorded, done.changed, done.unrated, done.left) == (0, 1, 1, 2)
    assert rated(store) == {HEAD: "baik", ANI: "baik", BUDI: "sangat_baik", CITRA: None}


def test_a_note_in_a_file_is_taken_and_a_rating_alike_keeps_who_gave_it(store: Store, tmp_path: Path) -> None:
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", by=ANI, today=TODAY)
    rows: list[list[object]] = [["NIP", "Nama", "Hasil", "Perilaku", "Catatan"], [BUDI, "BUDI", 2, 2, "Rajin"]]
    assert take(store, workbook(tmp_path / "a.xlsx", rows), period_code=QUARTER).changed == 1
    (row,) = show_score(store, BUDI)
    assert (row["note"], row["rated_by"]) == ("Rajin", ANI)


def test_one_wrong_row_saves_nothing_unless_the_valid_ones_are_accepted(store: Store, tmp_path: Path) -> None:
    path = recap(tmp_path / "a.xlsx", [*RATED[:2], (BUDI, "BUDI", "Hebat", "Sesuai Ekspektasi", "")])
    before = store.path.read_bytes()
    refused = take(store, path)
    assert (refused.accepted, refused.operation, refused.as_dict()["recorded"]) == (False, None, 0)
    assert store.path.read_bytes() == before
    done = take(store, path, accept_valid=True)
    assert (done.accepted, done.partial, done.recorded, done.rejected) == (True, True, 2, 1)
    assert [problem.code for problem in done.problems] == ["rating-unknown"]


def test_a_dry_run_counts_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    before = store.path.read_bytes()
    done = take(store, recap(tmp_path / "a.xlsx", RATED), dry_run=True)
    assert (done.operation, done.dry_run, done.recorded) == (None, True, 4)
    assert store.path.read_bytes() == before


def test_who_is_unknown_or_not_in_the_period_is_refused_and_another_name_is_warned_of(
    empty: Store, tmp_path: Path
) -> None:
    set_employee(empty, CITRA, status="cltn", since=TODAY, today=TODAY)
    open_period(empty, QUARTER, today=TODAY)
    rows = [(STRANGER, "X", *GOOD), (CITRA, "CITRA DEWI", *GOOD), (BUDI, "JOKO SUSILO", *GOOD)]
    done = take(empty, recap(tmp_path / "a.xlsx", rows), accept_valid=True)
    assert [(one.code, one.severity.value, one.place.row, one.place.column) for one in done.problems] == [
        ("nip-unknown", "error", 6, "B"),
        ("not-in-period", "error", 7, "B"),
        ("name-differs", "warning", 8, "C"),
    ]
    assert (done.recorded, done.rejected) == (1, 2)


def test_files_of_several_periods_are_refused_by_name(store: Store, tmp_path: Path) -> None:
    first = recap(tmp_path / "a.xlsx", RATED[:2])
    second = recap(tmp_path / "b.xlsx", RATED[2:], period="Periode Triwulan 2 Tahun 2026")
    with pytest.raises(PeriodsDiffer, match=r"2026-Q1: a\.xlsx \(Sheet1\); 2026-Q2: b\.xlsx") as refused:
        take(store, first, second)
    assert (refused.value.code, refused.value.exit) == ("periods-differ", Exit.REJECTED)


def test_many_files_of_another_period_are_named_in_part(store: Store, tmp_path: Path) -> None:
    others = [recap(tmp_path / f"b{n:02}.xlsx", [], period="Periode Triwulan 2 Tahun 2026") for n in range(12)]
    with pytest.raises(PeriodsDiffer, match=r"b09\.xlsx \(Sheet1\), …"):
        take(store, recap(tmp_path / "a.xlsx", RATED), *others)


def test_a_sheet_of_another_period_than_the_one_asked_for_is_a_problem_at_the_sheet(
    store: Store, tmp_path: Path
) -> None:
    first = recap(tmp_path / "a.xlsx", RATED[:1])
    second = recap(tmp_path / "b.xlsx", RATED[1:], period="Periode Triwulan 2 Tahun 2026")
    done = take(store, first, second, period_code="TW1 2026", accept_valid=True)
    (problem,) = done.problems
    assert (problem.code, problem.place.file, problem.place.row) == ("period-other", "b.xlsx", None)
    assert (done.rows, done.recorded, done.rejected) == (4, 1, 3)


def test_a_sheet_without_a_period_goes_with_the_others_and_alone_needs_the_option(store: Store, tmp_path: Path) -> None:
    plain = workbook(tmp_path / "b.xlsx", [["NIP", "Nama", "Hasil", "Perilaku"], [BUDI, "BUDI", 1, 1]])
    with pytest.raises(PeriodMissing, match=r"b\.xlsx") as refused:
        take(store, plain)
    assert (refused.value.code, refused.value.exit) == ("period-missing", Exit.USAGE)
    assert "--period" in refused.value.hint
    assert take(store, plain, recap(tmp_path / "a.xlsx", RATED[:1])).recorded == 2


@pytest.mark.parametrize(("state", "code"), [("closed", "period-closed"), ("never", "period-unknown")])
def test_files_for_a_period_that_is_not_open(store: Store, tmp_path: Path, state: str, code: str) -> None:
    period = "Periode Triwulan 1 Tahun 2026" if state == "closed" else "Periode Triwulan 2 Tahun 2026"
    close_period(store, QUARTER, allow_unrated=True)
    with pytest.raises(KinerjaError) as refused:
        take(store, recap(tmp_path / "a.xlsx", RATED, period=period))
    assert refused.value.code == code


def test_headings_without_anybody_below_are_refused_and_other_sheets_told(store: Store, tmp_path: Path) -> None:
    path = recap(tmp_path / "a.xlsx", [])
    with pytest.raises(NoRows, match=r"0 rows of people in a\.xlsx"):
        take(store, path)
    other = IgnoredSheet("b.xlsx", "Grafik", "the sheet is empty")
    done = import_scores(store, [other, *sheets(recap(tmp_path / "c.xlsx", RATED))], today=TODAY)
    assert done.skipped == (other,)


def test_a_sheet_of_ratings_is_refused_under_the_numeric_regulation(numeric: Store, tmp_path: Path) -> None:
    with pytest.raises(KinerjaError) as refused:
        take(numeric, recap(tmp_path / "a.xlsx", RATED))
    assert refused.value.code == "method-mismatch"
    rows: list[list[object]] = [["NIP", "Nilai SKP", "Nilai Perilaku"], [BUDI, "87,5", 90], [ANI, 95, 90]]
    path = workbook(tmp_path / "b.xlsx", rows)
    assert take(numeric, path, period_code=QUARTER).recorded == 2
    assert take(numeric, path, period_code=QUARTER).unchanged == 2
    assert show_score(numeric, BUDI)[0]["skp"] == Decimal("87.50")
