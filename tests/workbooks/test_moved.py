"""Formulas of rules and ranges of cells, after a column was put before them."""

import pytest

from kinerja_cli.workbooks.moved import Moves, moved_range

MOVES = Moves({"Data": ("Data", 1), "Daftar Pilihan": ("Daftar Pilihan (2)", 0)}, frozenset({"GOLONGAN"}))


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("LEN(A2)=18", "LEN(B2)=18"),
        ("$A$1:$A$9", "$B$1:$B$9"),
        ("A:C", "B:D"),
        ("$3:$4", "$3:$4"),
        ('"Ya,Tidak"', '"Ya,Tidak"'),
        ("GOLONGAN", "GOLONGAN"),
        ("'Daftar Pilihan'!$A$1:$A$2", "'Daftar Pilihan (2)'!$A$1:$A$2"),
        ("Data!Z1", "'Data'!AA1"),
        ("18", "18"),
        ("[1]Lain!$A$1", None),
        ("Lain!$A$1", None),
        ("TAK_DIKENAL", None),
        ("A1:B2:C3", None),
        ('"', None),
    ],
)
def test_a_formula_means_the_same_cells(formula: str, moved: str | None) -> None:
    assert MOVES.formula(formula, 1) == moved


def test_ranges_move_and_never_leave_the_sheet() -> None:
    assert moved_range("A1:B2 D5", 1) == "B1:C2 E5"
    assert moved_range("A1:XFD1", 1) == "B1:XFD1"
