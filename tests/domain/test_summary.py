"""What a period comes to: nobody is lost, nobody without a rating is counted as rated."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.summary import Group, share, summarise, total

COUNTS = [
    ("2", "Umum", "baik", 3),
    ("1", "umum", "baik", 1),
    ("2", "Umum", None, 2),
    ("2", "Umum", "baik", 1),
    (None, "Belum ada", "kurang", 0),
]


def test_groups_are_ordered_by_label_and_kept_apart_by_key() -> None:
    groups = summarise(COUNTS)
    assert groups == (
        Group(None, "Belum ada", 0, 0, {}),
        Group("1", "umum", 1, 1, {"baik": 1}),
        Group("2", "Umum", 6, 4, {"baik": 4}),
    )
    assert groups[2].unrated == 2
    assert total(groups) == Group(None, "Total", 7, 5, {"baik": 5})
    assert summarise([]) == ()


def test_shares_are_of_those_rated_half_up() -> None:
    assert [share(1, 16), share(1, 3), share(2, 3), share(5, 5)] == [
        Decimal("6.3"),
        Decimal("33.3"),
        Decimal("66.7"),
        Decimal("100.0"),
    ]
    assert share(0, 0) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, "a"]),
            st.sampled_from("AB"),
            st.sampled_from([None, "baik"]),
            st.integers(0, 9),
        )
    )
)
def test_the_sum_over_groups_is_everybody(counts: list[tuple[str | None, str, str | None, int]]) -> None:
    groups = summarise(counts)
    assert sum(group.staff for group in groups) == total(groups).staff == sum(entry[3] for entry in counts)
    assert all(group.rated == sum(group.counts.values()) <= group.staff for group in groups)


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_share_is_off_by_half_a_tenth_at_most(n: int, of: int) -> None:
    part = share(n, of)
    assert part is not None
    assert -Fraction(1, 20) < Fraction(part) - Fraction(n * 100, of) <= Fraction(1, 20)
