"""Which organisation predikat counts for a unit, and whose unit counts for a person."""

from datetime import date

import pytest

from kinerja_cli.domain.organisation import Basis, Counting, Issued, Leaders, Organisations, UnitRating
from kinerja_cli.domain.organisation_rules import load_distribution
from kinerja_cli.domain.units import Unit, UnitTree

RULES = load_distribution("se-3-2023")
TREE = UnitTree(
    {
        "KOTA": Unit("KOTA", "Pemerintah Kota"),
        "DINAS": Unit("DINAS", "Dinas Kesehatan", "KOTA"),
        "BIDANG": Unit("BIDANG", "Bidang Pelayanan", "DINAS"),
        "SEKSI": Unit("SEKSI", "Seksi Mutu", "BIDANG"),
    }
)
END = date(2026, 1, 31)


def annual(
    this: dict[str, tuple[str, str | None]], last: dict[str, str] | None = None, *, passed: bool = False
) -> Organisations:
    """The year 2025, with what was issued for it and for 2024."""
    return Organisations(
        TREE,
        Issued(
            "2025",
            {code: UnitRating("2025", code, value, issued) for code, (value, issued) in this.items()},
            "2024",
            {code: UnitRating("2024", code, value, "2025-01-20") for code, value in (last or {}).items()},
            END,
            passed,
        ),
        RULES,
    )


def said(counting: Counting) -> tuple[str | None, Basis, str | None, str | None]:
    return counting.organisation, counting.basis, counting.of_unit, counting.of_period


def test_a_result_that_comes_after_the_annual_evaluation_gives_way_to_last_years() -> None:
    """Published on 10 February 2026, the result of 2025 does not count; published on 30 January it does."""
    late = annual({"DINAS": ("istimewa", "2026-02-10")}, {"DINAS": "baik"}, passed=True).of("DINAS")
    assert said(late) == ("baik", Basis.LAST_YEAR, "DINAS", "2024")
    (step,) = late.steps
    assert "2026-02-10" in step
    assert "2026-01-31" in step
    assert "2024" in step
    assert "IV.B.1.f" in step
    in_time = annual({"DINAS": ("istimewa", "2026-01-30")}, {"DINAS": "baik"}, passed=True).of("DINAS")
    assert said(in_time) == ("istimewa", Basis.OWN, "DINAS", "2025")


def test_the_last_day_of_the_annual_evaluation_is_in_time() -> None:
    assert annual({"DINAS": ("kurang", "2026-01-31")}, {"DINAS": "baik"}).of("DINAS").organisation == "kurang"
    assert annual({"DINAS": ("kurang", None)}, {"DINAS": "baik"}).of("DINAS").organisation == "kurang"


def test_a_result_not_issued_in_time_gives_way_to_last_years() -> None:
    counting = annual({}, {"DINAS": "kurang"}, passed=True).of("DINAS")
    assert said(counting) == ("kurang", Basis.LAST_YEAR, "DINAS", "2024")
    assert "IV.B.1.f" in counting.steps[0]


def test_until_the_deadline_a_result_is_waited_for() -> None:
    assert said(annual({}, {"DINAS": "kurang"}).of("DINAS")) == (None, Basis.NONE, None, None)


def test_a_unit_without_one_takes_that_of_the_nearest_unit_above_and_says_so() -> None:
    found = annual({"KOTA": ("istimewa", "2026-01-05"), "DINAS": ("baik", "2026-01-05")})
    counting = found.of("SEKSI")
    assert said(counting) == ("baik", Basis.ABOVE, "DINAS", "2025")
    assert "Seksi Mutu" in counting.steps[0]
    assert "Dinas Kesehatan" in counting.steps[0]
    assert counting.steps[1:] == found.of("DINAS").steps


def test_last_years_result_of_the_unit_itself_goes_before_the_unit_above() -> None:
    found = annual({"KOTA": ("istimewa", "2026-01-05")}, {"DINAS": "kurang"}, passed=True)
    assert said(found.of("DINAS")) == ("kurang", Basis.LAST_YEAR, "DINAS", "2024")
    assert said(found.of("SEKSI")) == ("kurang", Basis.ABOVE, "DINAS", "2024")


def test_a_late_result_without_one_of_last_year_does_not_count_and_the_unit_above_does() -> None:
    found = annual({"DINAS": ("kurang", "2026-02-10"), "KOTA": ("baik", "2026-01-05")}, passed=True)
    counting = found.of("DINAS")
    assert said(counting) == ("baik", Basis.ABOVE, "KOTA", "2025")
    assert "not on record" in counting.steps[0]
    alone = annual({"DINAS": ("kurang", "2026-02-10")}, passed=True).of("DINAS")
    assert said(alone) == (None, Basis.NONE, None, None)
    assert len(alone.steps) == 2


def test_nothing_on_record_is_none_and_said() -> None:
    counting = annual({}).of("SEKSI")
    assert said(counting) == (None, Basis.NONE, None, None)
    assert "Seksi Mutu" in counting.steps[0]
    assert "X9" in annual({}).of("X9").steps[0]


def test_a_quarter_has_no_deadline_and_no_last_year() -> None:
    ratings = {"DINAS": UnitRating("2025-Q4", "DINAS", "baik", "2026-05-01")}
    found = Organisations(TREE, Issued("2025-Q4", ratings), RULES)
    assert said(found.of("DINAS")) == ("baik", Basis.OWN, "DINAS", "2025-Q4")
    assert found.of("KOTA").organisation is None
    assert found.of("KOTA") is found.of("KOTA")


LEADERS = Leaders.of(TREE, {"KOTA": None, "DINAS": "kadis", "BIDANG": "kabid", "SEKSI": "kabid"})


@pytest.mark.parametrize(
    ("nip", "unit", "assessor", "region", "expected"),
    [
        ("staf", "BIDANG", "kabid", False, "BIDANG"),  # the unit the assessor leads
        ("staf", "SEKSI", "kabid", False, "SEKSI"),  # of several the nearest
        ("staf", "SEKSI", "kadis", False, "DINAS"),
        ("staf", "KOTA", "kabid", False, "BIDANG"),  # of several elsewhere the highest
        ("staf", "BIDANG", "other", False, "BIDANG"),  # who leads nothing: the own unit
        ("staf", "BIDANG", None, False, "BIDANG"),
        ("kabid", "BIDANG", "kadis", False, "DINAS"),
        ("kadis", "DINAS", None, False, "KOTA"),  # nobody is their own assessor
        ("kadis", "DINAS", None, True, "KOTA"),
        ("staf", None, None, True, None),
        ("staf", None, None, False, None),
    ],
)
def test_the_unit_that_the_assessor_leads_counts(
    nip: str, unit: str | None, assessor: str | None, region: bool, expected: str | None
) -> None:
    assert LEADERS.unit_for(nip, unit, assessor, region=region) == expected


def test_the_head_of_the_highest_unit_has_only_that_one() -> None:
    alone = Leaders.of(UnitTree({"X": Unit("X", "Dinas")}), {"X": "kadis"})
    assert alone.unit_for("kadis", "X", None) == "X"
    assert alone.unit_led("kadis") == "X"
    assert LEADERS.unit_led("kabid") == "BIDANG"
    assert LEADERS.unit_led("staf") is None
    assert LEADERS.unit_led(None) is None


def of_years(this: str | None, last: str | None, *, passed: bool = True) -> Organisations:
    """The results of 2025 and 2024 of one unit, issued on these days."""
    ratings = {} if this is None else {"DINAS": UnitRating("2025", "DINAS", "kurang", this)}
    before = {} if last is None else {"DINAS": UnitRating("2024", "DINAS", "baik", last)}
    return Organisations(TREE, Issued("2025", ratings, "2024", before, END, passed, date(2027, 1, 31)), RULES)


@pytest.mark.parametrize("this", [None, "2026-02-10"])
def test_last_years_result_must_itself_have_been_issued_by_the_end_of_this_years_evaluation(this: str | None) -> None:
    assert said(of_years(this, "2026-01-31").of("DINAS")) == ("baik", Basis.LAST_YEAR, "DINAS", "2024")
    found = of_years(this, "2026-03-01").of("DINAS")
    assert said(found) == (None, Basis.NONE, None, None)
    assert "2026-03-01" in found.steps[0]
    assert "neither counts" in found.steps[0]
    assert said(of_years("2026-01-20", "2026-03-01").of("DINAS")) == ("kurang", Basis.OWN, "DINAS", "2025")
    assert said(of_years(None, "2026-03-01", passed=False).of("DINAS")) == (None, Basis.NONE, None, None)


@pytest.mark.parametrize(
    ("old", "new", "other", "deadline"),
    [
        ("2026-01-30", "2026-02-10", "kurang", END),
        ("2026-01-30", "2026-01-31", "kurang", None),
        ("2026-01-30", "2026-02-10", "baik", None),
        ("2026-02-10", "2026-03-01", "kurang", None),
        ("2026-02-10", "2027-02-01", "kurang", date(2027, 1, 31)),
        (None, "2026-02-10", "kurang", END),
        ("2026-01-30", None, "kurang", None),
    ],
)
def test_a_result_issued_in_time_is_not_overtaken_by_one_that_comes_too_late(
    old: str | None, new: str | None, other: str, deadline: date | None
) -> None:
    issued = of_years("2026-01-20", None).issued
    before, after = UnitRating("2025", "DINAS", "baik", old), UnitRating("2025", "DINAS", other, new)
    assert issued.overtaken(before, after) == deadline
    assert Issued("2025-Q4", {}).overtaken(before, after) is None
