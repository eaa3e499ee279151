"""Ranks in every spelling, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.ranks import PNS_RANKS, PPPK_RANKS, parse_rank, rank_label, rank_order


@pytest.mark.parametrize(("code", "name"), PNS_RANKS)
def test_every_pns_rank_is_known_by_golongan_by_pangkat_and_by_both(code: str, name: str) -> None:
    for written in (
        code,
        code.lower(),
        code.replace("/", ""),
        code.replace("/", "-").upper(),
        f" {code} ",
        name,
        name.upper(),
        f"{name} ({code})",
        f"{name}, {code}",
        f"{code} - {name}",
        f"Gol. {code}",
        f"Golongan Ruang {code}",
        name.replace("Tingkat I", "Tk. I"),
        name.replace("Tingkat I", "Tk.I"),
        name.replace("Tingkat I", "TKI"),
        name.replace("Tingkat I", "Tingkat 1") + f" - {code}",
    ):
        assert parse_rank(written) == code, written
        assert parse_rank(written, pppk=True) == code, written


def test_the_codes_of_siasn_are_two_digits() -> None:
    codes = [str(10 * group + room) for group in (1, 2, 3) for room in (1, 2, 3, 4)]
    codes += ["41", "42", "43", "44", "45"]
    assert [parse_rank(code) for code in codes] == [code for code, _name in PNS_RANKS]
    assert [parse_rank(code) for code in ("10", "15", "35", "46", "51")] == [None] * 5


@pytest.mark.parametrize(("number", "roman"), list(enumerate(PPPK_RANKS, 1)))
def test_every_golongan_of_a_pppk_is_known(number: int, roman: str) -> None:
    for written in (roman, roman.lower(), f"Golongan {roman}", f"Gol. {roman}", str(number), f"Gol {number}"):
        assert parse_rank(written, pppk=True) == roman, written


def test_a_golongan_alone_is_half_a_rank_for_a_pns() -> None:
    assert [parse_rank(roman) for roman in ("I", "II", "III", "IV")] == [None] * 4
    assert parse_rank("IX") == "IX", "only a PPPK can have it"
    assert parse_rank("9") is None


def test_a_number_means_another_rank_for_a_pppk() -> None:
    assert (parse_rank("11"), parse_rank("11", pppk=True)) == ("I/a", "XI")
    assert (parse_rank("33"), parse_rank("33", pppk=True)) == ("III/c", "III/c")


@pytest.mark.parametrize(
    "text", ["", "-", "Penata (III/d)", "III/e", "V/a", "XVIII", "0", "Honorer", "III/c III/d", "Penataa"]
)
def test_what_is_no_rank_or_contradicts_itself_is_not_guessed(text: str) -> None:
    assert parse_rank(text) is None
    assert parse_rank(text, pppk=True) is None


def test_order_is_that_of_the_scale_not_of_the_letters() -> None:
    ranks = [code for code, _name in PNS_RANKS] + list(PPPK_RANKS)
    assert sorted(reversed(ranks), key=rank_order) == ranks
    assert rank_order("IX") < rank_order("X"), "as text IX stands after X"
    assert rank_order(None) == rank_order("unknown") == 999


def test_labels_name_the_pangkat() -> None:
    assert [rank_label(rank) for rank in ("IV/e", "XVII", "", None)] == ["IV/e Pembina Utama", "XVII", "", ""]


@given(st.text(), st.booleans())
def test_what_is_found_is_always_a_known_rank(text: str, pppk: bool) -> None:
    rank = parse_rank(text, pppk=pppk)
    assert rank is None or rank_order(rank) < 999
