"""Feedback in rating sheets: copies of a sheet that came back and disagree."""

from kinerja_cli.domain.rows import Row
from kinerja_cli.domain.sheet_feedback import disputes, read_sheet_feedback
from tests.domain.made import BUDI, SARI, sheet


def kind_words(*said: tuple[str, str], first: int = 2) -> list[Row]:
    """Rows of one sheet that say something of somebody's service."""
    rows = [{"nip": nip, "feedback_berorientasi_pelayanan": words} for nip, words in said]
    return sheet(*rows, first=first)


def test_copies_that_say_the_same_are_no_dispute() -> None:
    told, people = disputes(
        read_sheet_feedback([*kind_words((BUDI, "Ramah  sekali")), *kind_words((BUDI, "ramah sekali"))])
    )
    assert (told, people) == ([], frozenset())


def test_of_copies_that_disagree_each_cell_names_the_other() -> None:
    sheets = [*kind_words((BUDI, "Ramah"), (SARI, "Sigap")), *kind_words((BUDI, "Negatif: ketus"), first=12)]
    told, people = disputes(read_sheet_feedback(sheets))
    assert people == {BUDI}
    assert [(one.code, one.place.row, one.place.column) for one in told] == [
        ("duplicate-conflict", 2, "B"),
        ("duplicate-conflict", 12, "B"),
    ]
    assert "a.xlsx, sheet S, row 12" in told[0].message
    assert "UMPAN BALIK: BERORIENTASI PELAYANAN" in told[0].message
