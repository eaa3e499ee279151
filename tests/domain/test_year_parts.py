"""The annual rating beside its quarters or months, which it is never computed from."""

from collections.abc import Callable

import pytest

from kinerja_cli.domain.appraisal import appraise
from kinerja_cli.domain.periods import Period, PeriodKind
from kinerja_cli.domain.regulation import load_regulation
from kinerja_cli.domain.year_parts import Part, judge_parts, part_codes, parts_of

QUARTERLY, MONTHLY = PeriodKind.QUARTERLY, PeriodKind.MONTHLY
QUARTERS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
RULES = load_regulation("permenpanrb-6-2022")
B, SB, BP = "baik", "sangat_baik", "butuh_perbaikan"


def told(annual: str, values: list[str | None], note: str | None = None) -> list[str]:
    """The codes of what is asked about an annual predikat beside its quarters."""
    own = dict(zip(QUARTERS, values, strict=True))
    parts = parts_of(QUARTERS, own, QUARTERS, ())
    found = judge_parts(annual, parts, name="BUDI", note=note, label=RULES.predikat_label)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("quarters", "hasil", "perilaku", "predikat", "asked"),
    [
        ([B, SB, BP, B], "sesuai", "sesuai", "baik", []),
        ([B, B, B, B], "diatas", "diatas", "sangat_baik", ["annual-unlike-parts"]),
        ([SB, SB, SB, SB], "sesuai", "dibawah", "kurang", ["annual-unlike-parts"]),
        ([B, B, B, None], "sesuai", "sesuai", "baik", ["parts-missing"]),
    ],
)
def test_the_worked_examples_of_four_quarters(
    quarters: list[str | None], hasil: str, perilaku: str, predikat: str, asked: list[str]
) -> None:
    annual = appraise(RULES, hasil, perilaku).predikat
    assert annual == predikat
    assert told(annual, quarters) == asked


def test_a_note_answers_what_is_asked_about_a_result_unlike_its_quarters() -> None:
    assert told("sangat_baik", [B, B, B, B], note="Capaian akhir tahun luar biasa") == []
    assert told("sangat_baik", [None, None, None, None], note="x") == ["parts-missing"]


def test_both_sides_are_named_in_words() -> None:
    parts = [Part("2026-Q1", "baik", is_missing=False), Part("2026-Q2", None, is_missing=True)]
    missing, unlike = judge_parts("kurang", parts, name="BUDI", note=None, label=RULES.predikat_label)
    assert "2026-Q2" in missing.message
    assert "2026-Q1 Baik" in unlike.message


def test_nobody_is_missing_where_they_took_no_part_or_had_left() -> None:
    own = {"2026-Q2": B, "2026-Q3": None}
    parts = parts_of(QUARTERS, own, ["2026-Q1", "2026-Q2", "2026-Q3"], {"2026-Q3"})
    assert [(part.predikat, part.is_missing) for part in parts] == [
        (None, False),
        (B, False),
        (None, False),
        (None, True),
    ]


def always(kind: PeriodKind) -> Callable[[Period], PeriodKind]:
    return lambda _quarter: kind


def test_the_parts_are_of_the_persons_own_cadence() -> None:
    months = [f"2026-{month:02}" for month in range(1, 13)]
    assert part_codes(2026, ["2026-Q2", "2026"], always(MONTHLY)) == [*months[:3], "2026-Q2", *months[6:]]
    assert part_codes(2026, ["2025-Q2"], always(MONTHLY)) == months
    assert part_codes(2026, [], always(QUARTERLY)) == QUARTERS


def test_a_cadence_that_changed_within_the_year_counts_for_each_quarter_as_it_was() -> None:
    halves = ["2026-Q1", "2026-Q2", *(f"2026-{month:02}" for month in range(7, 13))]
    assert part_codes(2026, [], lambda quarter: QUARTERLY if quarter.number < 3 else MONTHLY) == halves
    assert part_codes(2026, halves[:2], always(MONTHLY)) == halves


def test_what_was_opened_beside_the_calendar_stands_with_its_quarter() -> None:
    own = ["2026-Q1", "2026-03"]
    assert part_codes(2026, own, always(QUARTERLY)) == ["2026-Q1", "2026-03", *QUARTERS[1:]]
