"""What the column and the position say of somebody who acts."""

import pytest

from kinerja_cli.domain.acting_marks import ActingMark, read_mark

OWN, PLH = "Kepala Dinas", "Plh. Kepala Dinas"


@pytest.mark.parametrize("word", ["Plt.", "PELAKSANA TUGAS", "Penjabat", "PJ", "acting"])
def test_a_word_for_plt_or_penjabat_goes_before_what_the_position_says(word: str) -> None:
    assert read_mark(word, PLH) == (ActingMark("plt", by_title=False), False)


@pytest.mark.parametrize("word", ["Ya", "y", "TRUE", "Plt/Plh", 1, "2"])
def test_a_word_that_only_marks_leaves_the_kind_to_the_position(word: str | int) -> None:
    assert read_mark(word, PLH) == (ActingMark("plh", by_title=False), False)
    assert read_mark(word, OWN) == (ActingMark(None, by_title=False), False)


@pytest.mark.parametrize("word", ["Tidak", "bukan", "No", "Definitif", 0, "00"])
def test_a_word_that_denies_it_goes_before_what_the_position_says(word: str | int) -> None:
    assert read_mark(word, PLH) == (None, False)


def test_a_word_that_is_no_mark_is_told_and_leaves_it_all_to_the_position() -> None:
    assert read_mark("SK Bupati", PLH) == (ActingMark("plh", by_title=True), True)
    assert read_mark("SK Bupati", OWN) == (None, True)
