"""A cell without a value is no blank cell: its row stays out and the person is neither rated nor absent."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kinerja_cli.domain.ratings import read_ratings
from kinerja_cli.domain.regulation import load_regulation
from kinerja_cli.domain.roster import RosterRead, read_roster
from kinerja_cli.domain.rows import CellValue, Row
from kinerja_cli.errors import Severity
from tests.domain.made import BUDI, SARI, TODAY, sheet


def marked(rows: list[Row], cells: Mapping[int, Mapping[int, str]]) -> list[Row]:
    """The rows of a sheet of which some cells are known to hold no value."""
    source = replace(rows[0].source, unreadable=cells)
    return [replace(row, source=source) for row in rows]


def roster(cells: Mapping[int, Mapping[int, str]], *rows: Mapping[str, CellValue]) -> RosterRead:
    return read_roster(marked(sheet(*rows), cells), today=TODAY)


@pytest.mark.parametrize(
    ("text", "code"), [("=VLOOKUP(A2,B:C,2)", "formula-without-value"), ("#REF!", "cell-error"), ("#", "cell-error")]
)
def test_a_cell_without_a_value_keeps_its_row_out_and_is_told_by_its_place(text: str, code: str) -> None:
    people = ({"nip": BUDI, "name": "Budi", "rank": None}, {"nip": SARI, "name": "Sari", "rank": "III/a"})
    read = roster({2: {2: text}}, *people)
    assert [row.employee.nip for row in read.people] == [SARI]
    assert (read.rows, read.rejected) == (2, 1)
    (problem,) = read.problems
    assert (problem.code, problem.severity, problem.field, problem.value) == (code, Severity.ERROR, "rank", text)
    assert (problem.place.row, problem.place.column) == (2, "C")
    assert text in problem.message
    assert problem.fix


def test_whoever_such_a_row_is_about_is_not_absent() -> None:
    read = roster({2: {1: "#N/A"}, 3: {0: "=B3"}}, {"nip": BUDI, "name": None}, {"nip": None, "name": "Sari"})
    assert [problem.code for problem in read.problems] == ["cell-error", "formula-without-value"]
    assert BUDI in read.seen
    assert "SARI" in read.unidentified


def test_cells_in_columns_that_are_not_used_do_no_harm() -> None:
    read = roster({2: {7: "#REF!"}, 9: {0: "#REF!"}}, {"nip": BUDI, "name": "Budi"})
    assert (len(read.people), read.problems) == (1, ())


def test_a_table_of_units_tells_them_too() -> None:
    rows: tuple[Mapping[str, CellValue], ...] = (
        {"unit_code": "1", "unit": "Dinas"},
        {"unit_code": "2", "unit": None},
    )
    read = roster({3: {1: "=X"}}, *rows)
    assert [ref.name for ref, _place in read.units] == ["Dinas"]
    assert [problem.code for problem in read.problems] == ["formula-without-value"]


def test_a_rating_that_failed_to_calculate_is_not_an_absent_rating() -> None:
    rows = sheet(
        {"nip": BUDI, "hasil": None, "perilaku": None},
        {"nip": None, "hasil": "sesuai", "perilaku": "sesuai"},
        {"nip": SARI, "hasil": "sesuai", "perilaku": "sesuai"},
    )
    cells = {2: {1: "#N/A", 2: "=B2"}, 3: {0: "#REF!"}}
    read = read_ratings(marked(rows, cells), load_regulation("permenpanrb-6-2022"), peer_opinion=False)
    assert [entry.nip for entry in read.entries] == [SARI]
    assert (read.rows, read.rejected, read.unrated) == (3, 2, 0)
    assert [problem.code for problem in read.problems] == ["cell-error", "formula-without-value", "cell-error"]
    assert read.seen == {BUDI, SARI}
