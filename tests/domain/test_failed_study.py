"""What a note says of a study that was not completed."""

from kinerja_cli.domain.failed_study import STUDY_NOTE, says_failed, with_study, without_study


def test_the_sentence_is_added_once() -> None:
    assert with_study(None) == STUDY_NOTE
    assert with_study("Rapat") == f"Rapat\n{STUDY_NOTE}"
    assert with_study(with_study("Rapat")) == with_study("Rapat")
    assert says_failed(with_study("Rapat"))


def test_the_sentence_goes_and_the_rest_stays() -> None:
    assert without_study(STUDY_NOTE) is None
    assert without_study(f"Rapat\n{STUDY_NOTE}\nLagi") == "Rapat\nLagi"
    assert without_study("Rapat") == "Rapat"
    assert without_study(None) is None
