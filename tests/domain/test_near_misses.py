"""Words that are nearly a rating or a predikat: never taken, and suggested as what they are meant for."""

import pytest

from kinerja_cli.domain.nearness import nearest, slips_between
from kinerja_cli.domain.rating_cells import Judge
from kinerja_cli.domain.regulation import (
    REGULATIONS,
    fold_label,
    load_regulation,
    parse_predikat,
    parse_rating,
    suggest,
)
from tests.domain.test_regulation import refuse

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")

RATINGS = {
    "Diatas Ekspektasi": (
        "diatas ekspetasi",
        "Diatas Expektasi",
        "Di atas ekpektasi",
        "Diats Ekspektasi",
        "Daitas Ekspektasi",
        "DIATAS EKSPEKTSI",
        "Diatass",
        "di ats",
        "d atas",
        "melebihi ekspektasi",
        "Melebihi Ekspetasi",
        "Melampaui ekspektasi",
        "lebih dari ekspektasi",
        "diatas harapan",
        "Exceeds Expectations",
        "above expectaton",
        "Atas",
    ),
    "Sesuai Ekspektasi": (
        "sesui ekspektasi",
        "Sesuia Ekspektasi",
        "sesuai ekspetasi",
        "Sesuai Expectasi",
        "sesuaiekspektas",
        "Sesui",
        "sesuaii",
        "memenuhi",
        "Memenuhi Ekspektasi",
        "memenuhi ekspetasi",
        "Sesuai harapan",
        "Sesuai target",
        "meet expectations",
        "Sesuai Ekspektasi.",
        "Sesuai-Ekspektasi",
    ),
    "Dibawah Ekspektasi": (
        "dibawah ekspetasi",
        "Dibwah Ekspektasi",
        "Di bawh ekspektasi",
        "dbawah",
        "Dibawa Ekspektasi",
        "DIBAWAH EXPEKTASI",
        "tidak sesuai ekspektasi",
        "Tidak sesuai expektasi",
        "belum memenuhi ekspektasi",
        "tidak memenuhi",
        "kurang dari ekspektasi",
        "below expectaions",
    ),
}
PREDIKAT = {
    "Sangat Baik": (
        "Baik Sekali",
        "Amat Baik",
        "Sangat Bagus",
        "Sangat Memuaskan",
        "sangat baek",
        "Sagat Baik",
        "Sangatbaik.",
        "sngat baik",
        "SB",
        "Sgt Baik",
        "Snagat Baik",
    ),
    "Baik": ("Memuaskan", "Bagus", "Baek", "Baikk", "Bak", "Biak", "Baik."),
    "Butuh Perbaikan": (
        "Cukup Baik",
        "Perlu Perbaikan",
        "Butuh Perbaikn",
        "Btuh Perbaikan",
        "butuh pebaikan",
        "Cukupp",
        "BP",
        "Needs improvement",
        "Memerlukan Perbaikan",
    ),
    "Kurang": ("Jelek", "Buruk", "Kurng", "Kuramg", "Kurang Baik", "Kurang/Misconduk", "Missconduct"),
    "Sangat Kurang": ("Kurang Sekali", "Sangat Jelek", "Sangat Buruk", "Sangat Kurng", "Sagat Kurang", "SK"),
}
CASES = [
    *(("rating", label, word) for label, words in RATINGS.items() for word in words),
    *(("predikat", label, word) for label, words in PREDIKAT.items() for word in words),
]


def test_there_are_enough_near_misses_to_speak_of() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("kind", "label", "word"), CASES)
def test_a_near_miss_is_never_taken_and_suggested_as_what_it_is_meant_for(kind: str, label: str, word: str) -> None:
    taken = parse_rating(P6, word) if kind == "rating" else parse_predikat(P6, word)
    assert taken is None
    assert suggest(P6, word, terms=P6.ratings if kind == "rating" else P6.predikat) == label


@pytest.mark.parametrize(
    "word", ["Istimewa", "hebat", "88", "-1", "4", "x", "Ekspektasi", "tidak", "diatas atau sesuai", ""]
)
def test_what_is_near_nothing_gets_no_suggestion(word: str) -> None:
    assert parse_rating(P6, word) is None
    assert suggest(P6, word, terms=P6.ratings) is None


@pytest.mark.parametrize("name", REGULATIONS)
def test_a_spelling_listed_to_be_suggested_is_suggested_and_not_accepted(name: str) -> None:
    regulation = load_regulation(name)
    for terms, accepted in (
        (regulation.ratings, regulation.rating_spellings),
        (regulation.predikat, regulation.predikat_spellings),
    ):
        for term in terms:
            for word in term.perhaps:
                assert fold_label(word) not in accepted
                assert suggest(regulation, word, terms=terms) == term.label


def test_under_the_older_regulation_the_middle_is_suggested_by_its_own_name() -> None:
    assert suggest(PP30, "Cukup Baik", terms=PP30.predikat) == "Cukup"


def test_the_refusal_of_a_row_names_the_suggestion() -> None:
    verdict = Judge(P6, peer_opinion=False).ratings("melebihi ekspektasi", "memenuhi", "Baik Sekali")
    assert [fault.facts["suggestion"] for fault in verdict.faults] == [
        "; perhaps Diatas Ekspektasi is meant",
        "; perhaps Sesuai Ekspektasi is meant",
    ]
    assert verdict.predikat is None
    (fault,) = Judge(P6, peer_opinion=False).ratings("diatas", "diatas", "Baik Sekali").faults
    assert (fault.kind.code, fault.facts["suggestion"]) == ("predikat-unknown", "; perhaps Sangat Baik is meant")


def test_a_spelling_cannot_be_accepted_and_a_guess() -> None:
    refuse(P6.text, 'perhaps = ["Bagus"', 'perhaps = ["Baik"', "predikat", "cannot be a guess too")
    refuse(P6.text, 'perhaps = ["Bagus"', 'perhaps = ["Jelek"', "predikat", "stands for two values")
    refuse(P6.text, 'perhaps = ["Bagus"', 'perhaps = ["/"', "predikat", "empty cells")


@pytest.mark.parametrize(
    ("one", "other", "most", "slips"),
    [
        ("baik", "baik", 0, 0),
        ("biak", "baik", 1, 1),
        ("bak", "baik", 1, 1),
        ("baiik", "baik", 1, 1),
        ("kurang", "gnaruk", 6, 5),
        ("kurang", "kuramg", 0, None),
        ("abcdef", "fedcba", 2, None),
        ("aaaa", "bbbb", 3, None),
        ("aaab", "baaa", 1, None),
    ],
)
def test_slips_of_the_keyboard_are_counted(one: str, other: str, most: int, slips: int | None) -> None:
    assert slips_between(one, other, most) == slips


def test_of_two_words_equally_near_neither_is_suggested() -> None:
    assert nearest("tes", [("tas", "bag"), ("tus", "tooth")]) is None
    assert nearest("tes", [("tas", "bag"), ("tis", "bag")]) == "bag"
    assert nearest("baiks", [("baika", "far"), ("baiks", "near")]) == "near"
    assert nearest("baiks", [("baiks", "near"), ("baika", "far")]) == "near"
