"""What a dossier tells of feedback and of changes."""

from kinerja_cli.domain.dossiers import fields_changed, givers_by_key, sheltered


def test_givers_from_within_are_sheltered_and_so_are_those_nobody_knows() -> None:
    row = {"text": "Cekatan", "giver_nip": "1", "giver_name": "ANI"}
    for giver in ("rekan", "bawahan", None):
        assert sheltered(row, giver) == {"text": "Cekatan"}
    assert sheltered(row, "pimpinan") == row


def test_what_came_and_went_is_told_field_by_field() -> None:
    assert fields_changed(None, {"b": 1, "a": "x"}) == [("a", None, "x"), ("b", None, 1)]
    assert fields_changed({"a": "x"}, None) == [("a", "x", None)]
    assert fields_changed(None, None) == []


def test_a_giver_is_known_from_the_image_that_says_it() -> None:
    images = [("1", None), ("1", {"giver": "rekan"}), ("2", {"text": "x"})]
    assert givers_by_key(images) == {"1": "rekan"}
