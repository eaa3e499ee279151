"""Givers, aspects and tones of feedback in the words people use."""

from enum import StrEnum

import pytest

from kinerja_cli.domain.feedback import (
    Aspect,
    Giver,
    Tone,
    feedback_label,
    near_word,
    parse_aspect,
    parse_giver,
    parse_tone,
)


@pytest.mark.parametrize("word", [*Giver, *Aspect, *Tone])
def test_every_word_is_known_by_its_value_and_its_label(word: StrEnum) -> None:
    assert isinstance(word, Giver | Aspect | Tone)
    parse = {Giver: parse_giver, Aspect: parse_aspect, Tone: parse_tone}[type(word)]
    for written in (word.value, word.value.upper(), word.value.replace("_", " "), feedback_label(word)):
        assert parse(f" {written} ") is word


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("atasan", Giver.PIMPINAN),
        ("Rekan Kerja", Giver.REKAN),
        ("Pegawai di bawahnya", Giver.BAWAHAN),
        ("pegawai dibawahnya", Giver.BAWAHAN),
        ("Public", Giver.MASYARAKAT),
        ("lainnya", Giver.PIHAK_LAIN),
        ("rekanan", None),
        ("", None),
    ],
)
def test_givers_are_known_by_other_names_too(text: str, giver: Giver | None) -> None:
    assert parse_giver(text) is giver


def test_tones_and_aspects_are_known_by_other_names_too() -> None:
    assert [parse_tone(text) for text in ("positif", "NETRAL", "keluhan", "-", "?")] == [
        Tone.POSITIVE,
        Tone.NEUTRAL,
        Tone.NEGATIVE,
        Tone.NEGATIVE,
        None,
    ]
    assert parse_aspect("Orientasi Pelayanan") is Aspect.BERORIENTASI_PELAYANAN
    assert parse_aspect("result") is Aspect.HASIL
    assert parse_aspect("disiplin") is None


def test_complaint_systems_say_the_tone_in_their_own_words() -> None:
    words = ("Pengaduan", "Pengaduan Berkadar Pengawasan", "Aspirasi", "Permintaan Informasi", "Pujian")
    assert [parse_tone(text) for text in words] == [
        Tone.NEGATIVE,
        Tone.NEGATIVE,
        Tone.NEUTRAL,
        Tone.NEUTRAL,
        Tone.POSITIVE,
    ]


def test_a_slip_of_the_keyboard_finds_the_word_that_was_meant() -> None:
    assert near_word("bawhan", Giver) == feedback_label(Giver.BAWAHAN)
    assert near_word("akuntabl", Aspect) == "Akuntabel"
    assert near_word("negatip", Tone) == feedback_label(Tone.NEGATIVE)
    assert near_word("entah", Tone) is None
