"""Days of documents and the deadlines that follow from them, through the front door."""

from pathlib import Path

import pytest

from kinerja_cli.storage.store.holidays import AgencyDay
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja
from tests.cli.kept import holidays, opened_in_time, rated_by_region_head

QUARTER = "2025-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai", "--rated-on", "2025-04-10")


@pytest.fixture
def quarter(agency: Kinerja) -> Kinerja:
    """A small agency with a quarter opened in time; Budi and Citra are rated in it."""
    agency.json("period", "open", QUARTER)
    opened_in_time(agency, QUARTER)
    for nip in (BUDI, CITRA):
        agency.json("score", "record", nip, QUARTER, *GOOD)
    return agency


def steps(kinerja: Kinerja, day: str, *more: str, nip: str = BUDI) -> dict[str, tuple[str, str, str | None]]:
    """The open steps of a person on a day: last day, state and who must act, by code."""
    rows = kinerja.json("deadlines", QUARTER, "--as-of", day, *more)
    return {row["code"]: (row["last_day"], row["state"], row["actor_nip"]) for row in rows if row["nip"] == nip}


def dates(kinerja: Kinerja, *words: str) -> tuple[int, str]:
    """How days of documents are refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja("score", "dates", QUARTER, *words, "--format", "json")
    assert kinerja.snapshot() == before
    return ran.code, ran.error["code"]


def test_days_are_kept_for_everybody_rated_or_for_some(quarter: Kinerja) -> None:
    found = quarter.json("score", "dates", QUARTER, "--signed", "2025-04-11")
    assert {key: found[key] for key in found if key != "operation"} == {
        "period": QUARTER,
        "people": 2,
        "changed": 2,
        "unrated": 2,
        "problems": [],
    }
    again = quarter.json("score", "dates", QUARTER, "--signed", "2025-04-11", "--unit", "U2")
    assert (again["operation"], again["people"], again["changed"]) == (None, 2, 0)
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-10", "--received", "2025-04-15")
    assert quarter.json("score", "show", BUDI, QUARTER)["documents"] == {
        "signed": "2025-04-10",
        "received": "2025-04-15",
    }
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--nip", CITRA, "--received", "-")
    assert quarter.json("score", "show", BUDI, QUARTER)["documents"] == {"signed": "2025-04-10"}
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    assert quarter.json("score", "dates", QUARTER, "--returned", "2025-04-20")["changed"] == 2


def test_days_that_cannot_be(quarter: Kinerja) -> None:
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-11")
    ran = quarter("score", "dates", QUARTER, "--received", "2025-04-10", "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "document-order")
    assert "BUDI" in ran.error["message"]
    assert "2025-04-10" in ran.error["message"]
    assert "2025-04-11" in ran.error["message"]
    assert dates(quarter, "--signed", "2025-03-01") == (3, "document-day")
    assert dates(quarter, "--signed", "2098-03-01") == (3, "document-day")
    assert dates(quarter, "--nip", ANI, "--signed", "2025-04-11") == (5, "document-unrated")
    assert dates(quarter, "--signed", "kapan") == (2, "usage")
    assert dates(quarter) == (2, "usage")
    assert dates(quarter, "--unit", "U9", "--signed", "2025-04-11") == (4, "unit-unknown")


def test_each_step_is_listed_on_the_right_day(quarter: Kinerja) -> None:
    holidays(quarter, [AgencyDay("2025-04-28", "holiday", "Hari Jadi Kota Contoh")])
    # Good Friday, Labour Day, Waisak and Ascension, with the shared leave around them, come from the library.
    assert steps(quarter, "2025-04-15") == {"R5": ("2025-06-04", "open", ANI)}
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-10")
    assert steps(quarter, "2025-04-15")["R3"] == ("2025-05-05", "open", ANI)
    assert steps(quarter, "2025-05-05")["R3"][1] == "open"
    assert steps(quarter, "2025-05-06", "--late") == {"R3": ("2025-05-05", "late", ANI)}
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--handed-over", "2025-05-02", "--received", "2025-05-02")
    found = steps(quarter, "2025-05-06")
    assert "R3" not in found
    assert found["R4"] == found["R9"] == ("2025-05-26", "open", BUDI)
    assert steps(quarter, "2025-05-27").keys() == {"R4", "R5"}
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--returned", "2025-05-20", "--reported", "2025-05-22")
    assert steps(quarter, "2025-05-27") == {}


def test_the_superiors_way_has_shorter_days(quarter: Kinerja) -> None:
    assert steps(quarter, "2025-04-10", nip=ANI) == {"R2": ("2025-04-14", "open", HEAD)}
    assert steps(quarter, "2025-04-15", nip=ANI) == {"R6": ("2025-05-06", "open", None)}
    row = next(row for row in quarter.json("deadlines", QUARTER, "--as-of", "2025-04-15") if row["nip"] == ANI)
    assert (row["actor"], row["assessor"], row["state"]) == ("Kepala Daerah", "SURYA DARMA", "open")
    quarter.json("score", "record", ANI, QUARTER, *GOOD[:4], "--late")
    quarter.json("score", "dates", QUARTER, "--nip", ANI, "--signed", "2025-04-30")
    assert steps(quarter, "2025-05-05", nip=ANI).keys() == {"R5", "R7"}
    assert steps(quarter, "2025-05-05", nip=ANI)["R7"] == ("2025-05-14", "open", None)
    quarter.json("score", "dates", QUARTER, "--nip", ANI, "--received", "2025-05-02")
    found = steps(quarter, "2025-05-05", nip=ANI)
    assert (set(found), found["R8"]) == ({"R5", "R8"}, ("2025-05-15", "open", ANI))


def test_an_objection_is_a_step_of_the_superior(quarter: Kinerja) -> None:
    words = ["objection", "file", BUDI, QUARTER, "--received", "2025-04-21", "--filed", "2025-04-30", "--reason", "x"]
    quarter.json(*words)
    assert steps(quarter, "2025-05-02")["R10"] == ("2025-05-14", "open", HEAD)
    assert steps(quarter, "2025-05-15", "--late")["R10"][1] == "late"
    decide = ["objection", "decide", "1", "--changed", "--hasil", "1", "--perilaku", "1", "--explanation", "x"]
    quarter.json(*decide, "--date", "2025-05-14")
    found = steps(quarter, "2025-05-14")
    assert "R10" not in found
    assert found["R11"] == ("2025-06-03", "open", HEAD)


def test_the_head_of_the_region_is_named_as_the_agency_calls_them(quarter: Kinerja) -> None:
    rated_by_region_head(quarter, QUARTER, HEAD)
    quarter.json("settings", "set", "region_head", "Wali Kota Contoh")
    row = next(row for row in quarter.json("deadlines", QUARTER, "--as-of", "2025-04-10") if row["nip"] == HEAD)
    assert (row["code"], row["actor"], row["actor_nip"]) == ("R2", "Wali Kota Contoh", None)
    assert quarter.json("deadlines", QUARTER, "--as-of", "2025-04-15", "--by", "assessor")


def test_steps_stand_together_by_day_by_unit_or_by_assessor(quarter: Kinerja) -> None:
    quarter.json("score", "dates", QUARTER, "--nip", CITRA, "--signed", "2025-04-11")
    day = ["deadlines", QUARTER, "--as-of", "2025-04-22"]
    due = quarter.json(*day)
    assert [row["last_day"] for row in due] == sorted(row["last_day"] for row in due)
    by_unit = [row["unit_code"] for row in quarter.json(*day, "--by", "unit")]
    assert by_unit == sorted(by_unit)
    by_assessor = [row["assessor"] or "" for row in quarter.json(*day, "--by", "assessor")]
    assert by_assessor == sorted(by_assessor)
    assert {row["unit_code"] for row in quarter.json(*day, "--unit", "U2")} == {"U2"}
    keys = ["code", "nip", "name", "period", "unit_code", "unit", "actor_nip", "actor", "starts", "last_day", "state"]
    assert list(due[0])[: len(keys)] == keys
    assert "ANI LESTARI" in quarter(*day, "--by", "assessor", "--format", "table").out


def test_unasked_only_current_periods_are_listed(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("period", "open", "2024-Q1")
    assert {row["period"] for row in quarter.json("deadlines", "--as-of", "2025-04-22")} == {QUARTER}
    assert quarter.json("deadlines", "--as-of", "2024-12-15") == []
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    assert {row["period"] for row in quarter.json("deadlines", "--as-of", "2025-06-02")} == {QUARTER}
    assert quarter.json("deadlines", "--as-of", "2025-12-01") == []
    assert quarter("deadlines", "2025-Q2").code == 4


def test_the_skp_of_a_year_are_due_by_the_end_of_january(quarter: Kinerja) -> None:
    quarter.json("period", "open", "2025")
    (row,) = [row for row in quarter.json("deadlines", "--as-of", "2025-01-10") if row["code"] == "R1"]
    assert (row["nip"], row["period"], row["last_day"], row["state"]) == (None, "2025", "2025-01-31", "open")
    assert not [row for row in quarter.json("deadlines", "--as-of", "2025-02-01") if row["code"] == "R1"]
    assert [row["code"] for row in quarter.json("deadlines", "2025", "--as-of", "2025-01-31")] == ["R1"]


def test_who_has_left_is_waited_for_by_nobody(quarter: Kinerja) -> None:
    from dataclasses import replace

    from kinerja_cli.storage.store import Store
    from kinerja_cli.storage.store.appraisals import change_appraisals, find_appraisal
    from tests.cli.kept import ORIGIN

    with Store.open(str(quarter.db), ORIGIN).writing("test.out") as operation:
        old = find_appraisal(operation.connection, QUARTER, ANI)
        assert old is not None
        change_appraisals(operation, [(old, replace(old, out_on="2025-03-01", out_reason="retired"))])
    assert steps(quarter, "2025-04-15", nip=ANI) == {}
    assert "R6" in steps(quarter, "2025-04-15", nip=HEAD)
