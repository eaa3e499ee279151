"""Distributions beside the pattern of SE 3/2023: what breaks it, and the fewest people who would have to change."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.distribution import Limit, check_distribution, fewest_changes, limits_of
from kinerja_cli.domain.organisation_rules import ORGANISATION, load_distribution
from kinerja_cli.domain.regulation import PREDIKAT, load_regulation
from kinerja_cli.errors import Severity

RULES = load_distribution("se-3-2023")
WORDS = {term.value: term.label for term in load_regulation("permenpanrb-6-2022").predikat}
SHORT = dict(zip(("SB", "B", "BP", "K", "SK"), PREDIKAT, strict=True))


def counted(text: str) -> dict[str, int]:
    """`SB 7, B 2` as counts."""
    return {SHORT[part.split()[0]]: int(part.split()[1]) for part in text.split(", ") if part}


def breaches(organisation: str, text: str) -> list[tuple[str, tuple[str, ...], int, int | None]]:
    found = check_distribution(counted(text), organisation, RULES, WORDS).findings
    return [(one.rule, one.predikat, one.have, one.allowed) for one in found if one.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("organisation", "people", "expected"),
    [
        ("istimewa", "SB 7, B 2, BP 1", []),
        ("istimewa", "SB 8, B 2", [("max", ("sangat_baik",), 8, 7)]),
        ("baik", "SB 2, B 7, BP 1", []),
        ("baik", "SB 2, B 8", [("max", ("baik",), 8, 7), ("some", ("butuh_perbaikan", "kurang"), 0, 1)]),
        ("baik", "SB 3, B 7", [("some", ("butuh_perbaikan", "kurang"), 0, 1)]),
        ("baik", "SB 1, B 5, BP 1", [("max", ("baik",), 5, 4)]),
        ("butuh_perbaikan", "SB 1, B 3, BP 6", []),
        ("butuh_perbaikan", "SB 2, B 2, BP 6", [("max", ("sangat_baik",), 2, 1)]),
        ("kurang", "B 3, BP 1, K 6", []),
        ("kurang", "B 4, K 6", [("min", ("butuh_perbaikan",), 0, 1)]),
        ("sangat_kurang", "B 3, K 1, SK 6", []),
        ("sangat_kurang", "SB 1, B 2, BP 1, SK 6", [("none", ("sangat_baik",), 1, 0)]),
    ],
)
def test_the_pattern_of_each_organisation_predikat(
    organisation: str, people: str, expected: list[tuple[str, tuple[str, ...], int, int]]
) -> None:
    assert breaches(organisation, people) == expected
    checked = check_distribution(counted(people), organisation, RULES, WORDS)
    assert checked.fits is not bool(expected)


@pytest.mark.parametrize("organisation", [*ORGANISATION, None])
def test_nobody_rated_is_no_data_and_no_division(organisation: str | None) -> None:
    checked = check_distribution({}, organisation, RULES, WORDS)
    (finding,) = checked.findings
    assert (finding.severity, finding.rule, checked.n, checked.fit) == (Severity.NOTE, "no_data", 0, None)


def test_without_an_organisation_predikat_nothing_is_compared() -> None:
    checked = check_distribution({"baik": 12}, None, RULES, WORDS)
    (finding,) = checked.findings
    assert (finding.severity, finding.rule, finding.have) == (Severity.NOTE, "no_organisation", 12)
    assert checked.limits == ()
    assert checked.fit is None


def test_a_small_unit_is_told_of_and_never_an_error() -> None:
    checked = check_distribution(counted("SB 1, B 5, BP 1"), "baik", RULES, WORDS)
    assert [(one.severity, one.rule) for one in checked.findings] == [
        (Severity.WARNING, "max"),
        (Severity.NOTE, "small_unit"),
    ]
    assert "71.43%" in checked.findings[0].message
    assert "SE MenPANRB 3/2023" in checked.findings[0].message


def test_less_than_half_is_information_alone() -> None:
    checked = check_distribution(counted("SB 6, B 4, BP 2"), "baik", RULES, WORDS)
    (finding,) = checked.findings
    assert (finding.severity, finding.rule, finding.have, finding.allowed) == (Severity.NOTE, "majority", 4, 6)
    assert check_distribution(counted("SB 5, B 6, BP 1"), "baik", RULES, WORDS).findings == ()


def test_shares_are_rounded_so_that_the_rule_stays_as_given() -> None:
    assert limits_of(RULES.patterns["kurang"], 27) == (
        Limit(("kurang",), 17, 27),
        Limit(("butuh_perbaikan",), 3, 27),
        Limit(("sangat_baik",), 0, 2),
    )


def test_the_fewest_changes_are_told_with_what_the_counts_would_be() -> None:
    fit = check_distribution(counted("SB 2, B 8"), "baik", RULES, WORDS).fit
    assert fit is not None
    assert (fit.changes, fit.counts) == (1, dict.fromkeys(PREDIKAT, 0) | counted("SB 2, B 7, BP 1"))
    assert [(one.before, one.after, one.people) for one in fit.moves] == [("baik", "butuh_perbaikan", 1)]


def test_what_fits_already_needs_no_change() -> None:
    fit = check_distribution(counted("SB 7, B 2, BP 1"), "istimewa", RULES, WORDS).fit
    assert fit is not None
    assert (fit.changes, fit.moves) == (0, ())


@pytest.mark.parametrize("n", [1, 2])
def test_too_few_people_for_a_pattern_cannot_fit(n: int) -> None:
    fit = check_distribution({"kurang": n}, "kurang", RULES, WORDS).fit
    assert fit is not None
    assert (fit.changes, fit.moves, fit.counts["kurang"]) == (None, (), n)


def test_limits_that_contradict_each_other_cannot_fit() -> None:
    assert fewest_changes([Limit(("baik",), 3, 2)], {"baik": 5}).changes is None


def test_one_who_leaves_a_full_place_for_an_empty_one_mends_both() -> None:
    limits = [Limit(("sangat_baik",), 0, 1), Limit(("kurang", "sangat_kurang"), 2, 9)]
    assert fewest_changes(limits, counted("SB 3, B 2")).changes == 2


many = st.fixed_dictionaries({value: st.integers(0, 400) for value in PREDIKAT})


@given(st.sampled_from(ORGANISATION), many)
def test_the_suggested_counts_break_nothing_and_lose_nobody(organisation: str, counts: dict[str, int]) -> None:
    checked = check_distribution(counts, organisation, RULES, WORDS)
    fit = checked.fit
    if fit is None or fit.changes is None:
        return
    assert sum(fit.counts.values()) == checked.n
    assert all(people >= 0 for people in fit.counts.values())
    assert check_distribution(fit.counts, organisation, RULES, WORDS).fits
    assert fit.changes == sum(max(0, counts[value] - fit.counts[value]) for value in PREDIKAT)
    assert (fit.changes == 0) is checked.fits


def spread(n: int) -> Iterator[dict[str, int]]:
    """Every way in which so many people can have the five predikat."""
    for some in product(range(n + 1), repeat=4):
        if sum(some) <= n:
            yield dict(zip(PREDIKAT, (*some, n - sum(some)), strict=True))


@pytest.mark.parametrize("organisation", ORGANISATION)
@pytest.mark.parametrize("n", range(1, 7))
def test_no_fewer_changes_would_do(organisation: str, n: int) -> None:
    fitting = [other for other in spread(n) if check_distribution(other, organisation, RULES, WORDS).fits]
    for counts in spread(n):
        needed = (sum(max(0, counts[value] - other[value]) for value in PREDIKAT) for other in fitting)
        fit = check_distribution(counts, organisation, RULES, WORDS).fit
        assert fit is not None
        assert fit.changes == min(needed, default=None)


@given(st.sampled_from(ORGANISATION), many)
def test_a_distribution_is_never_worse_than_a_warning(organisation: str, counts: dict[str, int]) -> None:
    found = check_distribution(counts, organisation, RULES, WORDS).findings
    assert all(one.severity is not Severity.ERROR for one in found)


def test_a_finding_is_told_from_every_other_by_its_rule_and_its_numbers() -> None:
    (finding,) = check_distribution({}, None, RULES, WORDS).findings
    assert finding.key.startswith("no_data ")
    assert replace(finding, have=finding.have + 1).key != finding.key
