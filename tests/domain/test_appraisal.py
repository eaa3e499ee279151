"""From ratings or numbers to a predikat: the regulation's own examples, and what must hold for all values."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.appraisal import (
    MethodMismatch,
    NumberAmbiguous,
    NumberInvalid,
    Outcome,
    ScoreOutOfRange,
    appraise,
    appraise_numbers,
    parse_number,
    predikat_of,
    round_half_up,
)
from kinerja_cli.domain.regulation import PREDIKAT, RATINGS, load_regulation
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.errors import Exit

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")
SCORES = st.decimals(0, 120, places=2)


def matrix(hasil: str, perilaku: str) -> str:
    return predikat_of(P6, hasil, perilaku)


def numbers(skp: str | Decimal, perilaku: str | Decimal, *, innovation: bool, peer_opinion: bool) -> Outcome:
    return appraise_numbers(PP30, Decimal(skp), Decimal(perilaku), innovation=innovation, peer_opinion=peer_opinion)


@pytest.mark.parametrize(
    ("hasil", "perilaku", "predikat"),
    [
        ("diatas", "diatas", "sangat_baik"),
        ("diatas", "sesuai", "baik"),
        ("diatas", "dibawah", "kurang"),
        ("sesuai", "diatas", "baik"),
        ("sesuai", "sesuai", "baik"),
        ("sesuai", "dibawah", "kurang"),
        ("dibawah", "diatas", "butuh_perbaikan"),
        ("dibawah", "sesuai", "butuh_perbaikan"),
        ("dibawah", "dibawah", "sangat_kurang"),
    ],
)
def test_the_nine_cells_of_the_kuadran(hasil: str, perilaku: str, predikat: str) -> None:
    assert matrix(hasil, perilaku) == appraise(P6, hasil, perilaku).predikat == predikat


def test_a_better_rating_never_gives_a_lower_predikat() -> None:
    place = PREDIKAT.index
    for fixed in RATINGS:
        for better, worse in pairwise(RATINGS):
            assert place(matrix(better, fixed)) <= place(matrix(worse, fixed))
            assert place(matrix(fixed, better)) <= place(matrix(fixed, worse))


def test_the_kuadran_counts_and_is_not_symmetric() -> None:
    results = [matrix(hasil, perilaku) for hasil in RATINGS for perilaku in RATINGS]
    assert [results.count(predikat) for predikat in PREDIKAT] == [1, 3, 2, 2, 1]
    swapped = {(h, p) for h in RATINGS for p in RATINGS if matrix(h, p) != matrix(p, h)}
    assert swapped == {
        ("diatas", "dibawah"),
        ("sesuai", "dibawah"),
        ("dibawah", "diatas"),
        ("dibawah", "sesuai"),
    }


def test_the_steps_lead_from_the_ratings_to_the_predikat_each_with_its_article() -> None:
    article = "PermenPANRB 6/2022 Lampiran Bab IV.B.3"
    assert appraise(P6, "diatas", "sesuai") == Outcome(
        predikat="baik",
        cell="hasil diatas × perilaku sesuai",
        source=article,
        value=None,
        steps=(
            f"Hasil kerja is rated Diatas Ekspektasi ({article}).",
            f"Perilaku kerja is rated Sesuai Ekspektasi ({article}).",
            f"Hasil Diatas Ekspektasi and perilaku Sesuai Ekspektasi give predikat Baik ({article}).",
        ),
    )


@pytest.mark.parametrize(
    ("skp", "perilaku", "peer_opinion", "innovation", "value", "predikat"),
    [
        ("95", "90", False, False, "93.5", "baik"),
        ("95", "90", True, False, "93", "baik"),
        ("120", "110", False, True, "117", "sangat_baik"),
        ("120", "110", False, False, "117", "baik"),
        ("110", "110", False, True, "110", "sangat_baik"),
        ("109.99", "109.99", False, True, "109.99", "baik"),
        ("120", "120", True, True, "120", "sangat_baik"),
        ("90", "90", False, False, "90", "baik"),
        ("89.99", "89.99", False, False, "89.99", "butuh_perbaikan"),
        ("89.995", "89.995", False, False, "89.995", "butuh_perbaikan"),
        ("70", "70", False, False, "70", "butuh_perbaikan"),
        ("69.99", "69.99", False, False, "69.99", "kurang"),
        ("50", "50", False, False, "50", "kurang"),
        ("49.99", "49.99", False, True, "49.99", "sangat_kurang"),
        ("0", "0", False, False, "0", "sangat_kurang"),
    ],
)
def test_numbers_are_weighed_and_classified_exactly(
    skp: str, perilaku: str, peer_opinion: bool, innovation: bool, value: str, predikat: str
) -> None:
    outcome = numbers(skp, perilaku, innovation=innovation, peer_opinion=peer_opinion)
    assert (outcome.value, outcome.predikat) == (Decimal(value), predikat)


def test_the_steps_of_numbers_show_the_sum_the_band_and_the_innovation_rule() -> None:
    article = "PP 30/2019 Pasal 41"
    without = numbers("120", "110", innovation=False, peer_opinion=False)
    assert without.cell == "110 ≤ nilai ≤ 120"
    assert without.steps == (
        f"SKP 120 × 70% = 84 ({article}).",
        f"Perilaku 110 × 30% = 33 ({article}).",
        f"The sum 117 lies in 110 ≤ nilai ≤ 120: predikat Sangat Baik ({article}).",
        f"Without a new idea or method on record the predikat is Baik ({article}).",
    )
    with_idea = numbers("120", "110", innovation=True, peer_opinion=False)
    assert with_idea.steps[-1] == f"A new idea or method is on record, so Sangat Baik stands ({article})."
    middle = numbers("87.5", "80", innovation=True, peer_opinion=True)
    assert middle.cell == "70 ≤ nilai < 90"
    assert middle.steps[-1] == f"The sum 84.5 lies in 70 ≤ nilai < 90: predikat Cukup ({article})."


@given(SCORES, SCORES, st.booleans(), st.booleans())
def test_the_value_is_exact_and_lies_in_the_band_it_is_said_to(
    skp: Decimal, perilaku: Decimal, innovation: bool, peer_opinion: bool
) -> None:
    outcome = numbers(skp, perilaku, innovation=innovation, peer_opinion=peer_opinion)
    share = Fraction(60 if peer_opinion else 70, 100)
    assert outcome.value is not None
    assert Fraction(outcome.value) == Fraction(skp) * share + Fraction(perilaku) * (1 - share)
    floors = {"sangat_baik": 110, "baik": 90, "butuh_perbaikan": 70, "kurang": 50, "sangat_kurang": 0}
    reached = next(predikat for predikat, lowest in floors.items() if outcome.value >= lowest)
    assert outcome.predikat == ("baik" if reached == "sangat_baik" and not innovation else reached)


@given(SCORES, SCORES, SCORES, st.booleans(), st.booleans())
def test_a_better_score_never_gives_a_lower_predikat(
    one: Decimal, other: Decimal, perilaku: Decimal, innovation: bool, peer_opinion: bool
) -> None:
    low, high = (
        PREDIKAT.index(numbers(skp, perilaku, innovation=innovation, peer_opinion=peer_opinion).predikat)
        for skp in sorted((one, other))
    )
    assert high <= low


@pytest.mark.parametrize("score", ["-0.01", "120.01", "NaN", "Infinity"])
def test_a_score_outside_the_scale_is_refused(score: str) -> None:
    with pytest.raises(ScoreOutOfRange, match=r"Perilaku .* outside the scale from 0 to 120") as refusal:
        numbers("90", score, innovation=False, peer_opinion=False)
    assert (refusal.value.code, refusal.value.exit) == ("score-out-of-range", Exit.REJECTED)
    with pytest.raises(ScoreOutOfRange, match="SKP"):
        numbers(score, "90", innovation=False, peer_opinion=False)


def test_each_regulation_refuses_the_method_of_the_other() -> None:
    with pytest.raises(MethodMismatch) as refusal:
        appraise(PP30, "diatas", "diatas")
    assert "PP 30/2019" in refusal.value.message
    assert "SKP" in refusal.value.hint
    with pytest.raises(MethodMismatch) as refusal:
        appraise_numbers(P6, Decimal(90), Decimal(90), innovation=False, peer_opinion=False)
    assert "hasil" in refusal.value.hint
    assert refusal.value.exit == Exit.REFUSED


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("87,5", "87.5"),
        ("87.5", "87.5"),
        (" 87 ", "87"),
        ("\u00a090,25", "90.25"),
        ("-5", "-5"),
        ("1250", "1250"),
        (87, "87"),
        (87.5, "87.5"),
        (90.0, "90"),
        (93.45000000000002, "93.45"),
    ],
)
def test_numbers_are_read_with_comma_or_dot(value: CellValue, number: str) -> None:
    assert parse_number(value) == Decimal(number)


@pytest.mark.parametrize("text", ["1.250", "1,250", "87.456", "1.250.000", "-1.250"])
def test_what_may_be_thousands_is_refused(text: str) -> None:
    with pytest.raises(NumberAmbiguous) as refusal:
        parse_number(text)
    assert text in refusal.value.message
    assert refusal.value.exit == Exit.REJECTED


@pytest.mark.parametrize(
    "value", [None, "", "-", "delapan", "1.250,5", "87,", ",5", "8 7", "1e2", "٨٧", "87.4567", 87.456, True]
)
def test_what_is_no_number_is_refused(value: CellValue) -> None:
    with pytest.raises(NumberInvalid) as refusal:
        parse_number(value)
    assert refusal.value.exit == Exit.REJECTED


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e20])
def test_a_cell_without_a_plain_number_is_refused(value: float) -> None:
    with pytest.raises(NumberInvalid):
        parse_number(value)


@given(st.decimals(0, 120, places=2))
def test_a_number_is_read_as_it_was_written(number: Decimal) -> None:
    assert parse_number(str(number)) == parse_number(str(number).replace(".", ",")) == number
    assert parse_number(float(number)) == number


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("28.125"), 2, "28.13"),
        (Decimal("-28.125"), 2, "-28.13"),
        (Decimal("89.995"), 2, "90.00"),
        (Decimal("89.9949"), 2, "89.99"),
        (Fraction(25, 12), 2, "2.08"),
        (Fraction(1, 2), 0, "1"),
        (7, 2, "7.00"),
    ],
)
def test_values_are_rounded_half_up_for_showing(value: Decimal | Fraction | int, places: int, shown: str) -> None:
    assert str(round_half_up(value, places)) == shown


@given(st.fractions(-1000, 1000))
def test_rounding_is_off_by_half_a_unit_at_most_and_never_rounds_twice(value: Fraction) -> None:
    rounded = round_half_up(value)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 200)
    assert round_half_up(rounded) == rounded
