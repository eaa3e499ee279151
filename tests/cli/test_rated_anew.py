"""Who moved after they were rated: the rating stands where it was given until somebody gives it anew."""

import shlex
from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, recap, workbook
from tests.cli.kept import opened_in_time

QUARTER, NEXT = "2025-Q1", "2025-Q2"
CARRY = ("--carry", QUARTER, "--note", "Disepakati, 2 Juli 2025")
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
BETTER = ("--hasil", "diatas", "--perilaku", "diatas")
KEYS = ("unit_code", "assessor_nip", "rated_by")


@pytest.fixture
def moved(agency: Kinerja) -> Kinerja:
    """Budi was rated by Ani; then it was learnt that he had moved to the office itself before the evaluation."""
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, *GOOD)
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-02-10")
    return agency


def row(kinerja: Kinerja, nip: str = BUDI) -> tuple[object, ...]:
    """Where somebody counts, who rates them, and who did."""
    shown = kinerja.json("score", "show", nip, QUARTER)
    return tuple(shown[key] for key in KEYS)


def codes(found: dict[str, list[dict[str, str]]]) -> list[str]:
    """What was said of a recording."""
    return [one["code"] for one in found.get("problems", [])]


def test_a_rating_stands_where_it_was_given_until_it_is_given_anew(moved: Kinerja) -> None:
    assert row(moved) == ("U2", ANI, ANI)
    found = moved.json("score", "record", BUDI, QUARTER, *BETTER)
    assert (codes(found), found["assessor_nip"]) == (["rated-elsewhere"], HEAD)
    assert row(moved) == ("U1", HEAD, HEAD)


def test_the_same_rating_given_anew_is_a_change_and_then_none(moved: Kinerja) -> None:
    ran = moved("score", "record", BUDI, QUARTER, *GOOD, "--format", "json")
    assert (ran.data["operation"] is not None, codes(ran.data)) == (True, ["rated-elsewhere"])
    assert row(moved) == ("U1", HEAD, HEAD)
    again = moved.json("score", "record", BUDI, QUARTER, *GOOD)
    assert (again["operation"], codes(again)) == (None, [])
    moved.json("undo", str(ran.data["operation"]), "--yes")
    assert row(moved) == ("U2", ANI, ANI)


def test_who_may_rate_anew_is_judged_by_where_the_person_is_now(moved: Kinerja) -> None:
    before = moved.snapshot()
    ran = moved("score", "record", BUDI, QUARTER, *GOOD, "--by", ANI, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "rater-not-assessor")
    assert moved.snapshot() == before
    moved.json("score", "record", BUDI, QUARTER, *GOOD, "--by", HEAD)
    assert row(moved) == ("U1", HEAD, HEAD)


def test_whether_it_is_final_is_judged_by_who_rates_now(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, *GOOD)
    agency.json("staff", "set", BUDI, "--position-type", "jpt_pratama")
    assert agency.json("score", "show", BUDI, QUARTER)["final"] is False
    assert agency.json("score", "record", BUDI, QUARTER, *GOOD)["final_rule"] == "region_head"
    assert row(agency) == ("U2", None, None)


def test_a_file_moves_whom_it_rates_otherwise_and_nobody_whom_it_repeats(moved: Kinerja, tmp_path: Path) -> None:
    same = [(BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")]
    other = [(BUDI, "BUDI", "Diatas Ekspektasi", "Diatas Ekspektasi", "Sangat Baik")]
    title = "Periode Triwulan 1 Tahun 2025"
    head = [[title], [], ["NIP", "Nama", "Rating Hasil Kerja", "Rating Perilaku Kerja"]]
    files = [
        (recap(tmp_path / "same.xlsx", same, period=title), recap(tmp_path / "other.xlsx", other, period=title)),
        (
            workbook(tmp_path / "same_list.xlsx", [*head, *(one[:4] for one in same)]),
            workbook(tmp_path / "other_list.xlsx", [*head, *(one[:4] for one in other)]),
        ),
    ]
    for repeated, changed in files:
        found = moved.json("score", "import", repeated)
        assert (found["operation"], row(moved)) == (None, ("U2", ANI, ANI))
        found = moved.json("score", "import", changed)
        (told,) = [one for one in found["problems"] if one["code"] == "rated-elsewhere"]
        assert (found["changed"], told["row"] is not None, row(moved)) == (1, True, ("U1", HEAD, HEAD))
        moved.json("undo", str(found["operation"]), "--yes")


def test_after_the_window_only_a_rating_with_its_day_is_given_anew(moved: Kinerja) -> None:
    opened_in_time(moved, QUARTER)
    assert moved.json("score", "record", BUDI, QUARTER, *GOOD)["operation"] is None
    moved.json("score", "record", BUDI, QUARTER, *GOOD, "--note", "Catatan menyusul")
    assert row(moved) == ("U2", ANI, ANI)
    moved.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-10")
    assert row(moved) == ("U1", HEAD, HEAD)


def test_what_the_superior_gave_late_moves_with_the_superiors_own_correction_alone(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    opened_in_time(agency, QUARTER)
    agency.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-02-10")
    assert agency.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-10")["operation"] is None
    assert row(agency) == ("U2", ANI, HEAD)
    agency.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    assert row(agency) == ("U1", HEAD, None)


def test_what_is_objected_to_stays_where_it_was_given(moved: Kinerja) -> None:
    received = ("--received", "2025-07-07", "--filed", "2025-07-08", "--reason", "x")
    moved.json("objection", "file", BUDI, QUARTER, *received)
    moved.json("score", "record", BUDI, QUARTER, *GOOD, "--note", "Catatan")
    assert row(moved) == ("U2", ANI, ANI)


def test_who_was_never_rated_is_rated_by_who_rates_by_now(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("staff", "set", CITRA, "--unit", "U1", "--since", "2025-02-10")
    assert codes(agency.json("score", "record", CITRA, QUARTER, *GOOD)) == []
    assert row(agency, CITRA) == ("U1", HEAD, HEAD)


def test_who_moved_since_they_were_rated_is_found_and_the_command_mends_it(moved: Kinerja) -> None:
    only = ("check", QUARTER, "--only", "check-moved-since-rated")
    (found,) = moved.json(*only)
    assert (found["severity"], found["nip"]) == ("warning", BUDI)
    words = shlex.split(found["fix"].split("`")[1].replace("RATING", "sesuai"))
    moved.json(*words[1:])
    assert (moved.json(*only), row(moved)) == ([], ("U1", HEAD, HEAD))
    explained = moved.json("explain", BUDI, QUARTER)
    assert explained["changed_since"] is None


def test_a_closed_period_asks_nobody_to_rate_anew(moved: Kinerja) -> None:
    assert any("once BUDI is rated anew" in one for one in moved.json("explain", BUDI, QUARTER)["steps"])
    moved.json("period", "close", QUARTER, "--allow-unrated")
    assert moved.json("check", QUARTER, "--only", "check-moved-since-rated") == []
    assert any("without effect" in one for one in moved.json("explain", BUDI, QUARTER)["steps"])


@pytest.fixture
def carried(agency: Kinerja) -> Kinerja:
    """Budi was rated in both quarters, and moved to the office itself within the second."""
    for code in (QUARTER, NEXT):
        agency.json("period", "open", code)
        agency.json("score", "record", BUDI, code, *GOOD)
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01")
    return agency


def test_a_result_is_carried_over_by_the_history_also_to_somebody_rated(carried: Kinerja) -> None:
    found = carried.json("score", "record", BUDI, NEXT, *CARRY)
    assert (found["carried_from"], found["assessor_nip"], codes(found)) == (QUARTER, HEAD, [])


def test_a_result_that_changes_after_it_was_carried_over_is_told_and_found(carried: Kinerja) -> None:
    only = ("check", NEXT, "--only", "check-carried-differs")
    carried.json("score", "record", BUDI, NEXT, *CARRY)
    received = ("--received", "2025-07-07", "--filed", "2025-07-08", "--reason", "x")
    carried.json("objection", "file", BUDI, QUARTER, *received)
    assert codes(carried.json("score", "record", BUDI, NEXT, *CARRY)) == ["carried-undecided"]
    assert carried.json(*only) == []
    decision = ("--changed", *BETTER, "--explanation", "x", "--date", "2025-07-10")
    assert "carried-on" in codes(carried.json("objection", "decide", BUDI, QUARTER, *decision))
    (found,) = carried.json(*only)
    words = shlex.split(found["fix"].split("`")[1].replace("TEXT", "Disepakati"))
    assert codes(carried.json(*words[1:])) == []
    assert (carried.json("score", "show", BUDI, NEXT)["predikat"], carried.json(*only)) == ("sangat_baik", [])


def test_a_final_result_that_is_carried_over_can_be_objected_to_and_explain_says_why(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01")
    agency.json("period", "open", NEXT)
    agency.json("score", "record", BUDI, NEXT, *CARRY)
    assert any("Here it can be objected to" in one for one in agency.json("explain", BUDI, NEXT)["steps"])
    agency.json("objection", "file", BUDI, NEXT, "--received", "2025-07-07", "--filed", "2025-07-08", "--reason", "x")


def test_a_quarter_somebody_was_out_of_is_not_shown_as_never_rated(agency: Kinerja) -> None:
    agency.json("staff", "exclude", BUDI, "--reason", "CLTN", "--from", "2025-01-01", "--until", "2025-03-31")
    for code in ("2025", QUARTER, NEXT):
        agency.json("period", "open", code)
    ran = agency("score", "record", BUDI, "2025", *GOOD, "--format", "table")
    assert "2025-Q1 out · 2025-Q2 –" in ran.out
    for words in (("score", "record", BUDI, "2025", *GOOD), ("score", "show", BUDI, "2025"), ("explain", BUDI, "2025")):
        found = agency.json(*words)
        assert (found["parts"][QUARTER], found["parts_out"]) == (None, [QUARTER])
    assert any("2025-Q1 out, 2025-Q2 not rated" in one for one in found["steps"])
