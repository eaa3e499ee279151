"""Who is absent from a roster: nobody who is written anywhere in it."""

import pytest

from kinerja_cli.domain.absence import absent
from kinerja_cli.domain.roster_rows import LeftOut, RosterRead
from kinerja_cli.domain.staff import Employee
from kinerja_cli.errors import Place
from tests.builders import ANI, BUDI

KNOWN = {
    ANI: Employee(ANI, "Ani Lestari", None, "S.Kep.", "P", "pns", "active"),
    BUDI: Employee(BUDI, "Budi", None, None, "L", "pns", "active"),
}


def left(*texts: str, rows: int = 1) -> list[str]:
    read = RosterRead(rows=rows, left_out=tuple(LeftOut(Place("a.xlsx", "S", 9), text) for text in texts))
    found = absent(KNOWN, read)
    written = {problem.facts["nip"] for problem in found.problems}
    assert written == KNOWN.keys() - {one.nip for one in found.people} or not rows
    return [one.name for one in found.people]


@pytest.mark.parametrize(
    "text",
    [
        "Ani Lestari",
        "Kepala Dinas; Dr. ANI LESTARI, S.Kep.",
        "Catatan: Ani  Lestari cuti",
        f"NIP. {ANI[:8]} {ANI[8:14]} {ANI[14]} {ANI[15:]}",
        f"Mengetahui; {ANI}",
    ],
)
def test_whoever_is_written_in_a_row_that_was_left_out_is_not_absent(text: str) -> None:
    assert left("Jumlah; 2", text) == ["Budi"]


@pytest.mark.parametrize(
    "text", ["Jumlah; 2", "Budi Santoso", f"NIP. {ANI[:-1]}", f"{ANI[:8]} {ANI[8:14]} {ANI[14]} 00", "", "; ,"]
)
def test_whoever_is_not_written_is_absent(text: str) -> None:
    assert left(text) == ["Ani Lestari", "Budi"]


def test_a_single_word_is_a_name_only_where_it_stands_by_itself() -> None:
    assert left("Kepala; Budi") == ["Ani Lestari"]


def test_files_that_hold_nobody_make_nobody_absent() -> None:
    assert left("Jumlah", rows=0) == []
