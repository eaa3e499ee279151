"""The file of patterns: what it understands, and how a wrong one is refused."""

import pytest

from kinerja_cli.domain.organisation_rules import (
    DISTRIBUTIONS,
    ORGANISATION,
    DistributionUnknown,
    OrganisationUnknown,
    load_distribution,
    read_distribution,
)
from kinerja_cli.domain.rulefile import RegulationInvalid

RULES = load_distribution("se-3-2023")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Istimewa", ("istimewa", False)),
        (" butuh   PERBAIKAN ", ("butuh_perbaikan", False)),
        ("butuh_perbaikan", ("butuh_perbaikan", False)),
        ("Cukup", ("butuh_perbaikan", False)),
        ("Kurang/Misconduct", ("kurang", False)),
        ("Sangat Baik", ("istimewa", True)),
        ("sangat_baik", ("istimewa", True)),
        ("Bagus", None),
        ("", None),
        (None, None),
    ],
)
def test_spellings_are_understood_whole(text: str | None, expected: tuple[str, bool] | None) -> None:
    assert RULES.parse(text) == expected


def test_what_is_not_understood_is_suggested() -> None:
    assert (RULES.suggest("istimewah"), RULES.suggest("Perlu Perbaikan")) == ("Istimewa", "Butuh Perbaikan")
    assert "Istimewa" in OrganisationUnknown("istimewah", RULES).message
    assert "''" in OrganisationUnknown("", RULES).message


def test_every_organisation_predikat_has_a_pattern_a_label_and_a_suggestion_for_the_head() -> None:
    assert set(RULES.patterns) == set(RULES.hasil) == set(ORGANISATION)
    assert [RULES.label(value) for value in ORGANISATION] == [term.label for term in RULES.terms]
    assert (RULES.hasil["istimewa"], RULES.hasil["baik"], RULES.hasil["kurang"]) == ("diatas", "sesuai", "dibawah")
    assert all(rule.source for pattern in RULES.patterns.values() for rule in pattern)


def test_only_files_that_exist_can_be_named() -> None:
    assert [load_distribution(one).id for one in DISTRIBUTIONS] == list(DISTRIBUTIONS)
    with pytest.raises(DistributionUnknown):
        load_distribution("se-9-2023")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("people = 10", "people = -1", "small_unit.people"),
        ("percent = 70", "percent = 170", "organisation[1].pattern[1].percent"),
        ("people = 1\n", "people = 0\n", "organisation[2].pattern[2].people"),
        ('predikat = ["sangat_baik"]', "predikat = []", "organisation[1].pattern[1].predikat"),
        ('predikat = ["sangat_baik"]', 'predikat = ["istimewa"]', "organisation[1].pattern[1].predikat"),
        ('predikat = ["sangat_baik"]', 'predikat = ["baik", "baik"]', "organisation[1].pattern[1].predikat"),
        ('predikat = ["sangat_baik"]', 'predikat = ["sangat_baik", "baik"]', "organisation[1].pattern"),
        ('rule = "max"', 'rule = "about"', "organisation[1].pattern[1].rule"),
        ('istimewa = "diatas"', 'istimewa = "atas"', "hasil_of_head.istimewa"),
        ('value = "istimewa"', 'value = "baik"', "organisation"),
    ],
)
def test_a_wrong_file_is_refused_by_naming_the_key(old: str, new: str, key: str) -> None:
    assert old in RULES.text
    with pytest.raises(RegulationInvalid) as refused:
        read_distribution(RULES.text.replace(old, new, 1))
    assert f"“{key}”" in refused.value.message
