"""The life of a period: which there can be, who enters, what it freezes, and which steps are allowed."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja, recap, roster

RATED = [
    (nip, name, "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    for nip, name in ((HEAD, "SURYA DARMA"), (ANI, "ANI LESTARI"), (BUDI, "BUDI"), (CITRA, "CITRA DEWI"))
]
NEWCOMER = ("199001012020121001", "DODI", "M", "III/a", "Fungsional", "PERAWAT", "", "U2", "BIDANG PELAYANAN", "U1", "")


def codes(kinerja: Kinerja) -> list[str]:
    return [row["period"] for row in kinerja.json("period", "list")]


@pytest.mark.parametrize("text", ["2026-Q0", "2026-Q5", "2026-13", "2026-00", "2026-Q2..Q1", "31-03-2026", "1899"])
def test_a_period_that_would_end_before_it_starts_has_no_name(agency: Kinerja, text: str) -> None:
    """A period is named by its code, so that its days follow from the calendar and cannot be typed the wrong way.

    A period of one day cannot be named either.
    """
    before = agency.snapshot()
    ran = agency("period", "open", text, "--format", "json")
    assert (ran.code, ran.error["code"]) == (2, "period-malformed")
    assert agency.snapshot() == before


def test_one_period_has_many_names_and_is_kept_once(agency: Kinerja) -> None:
    """A second period of the same days cannot be made under another name: every name leads to the same code."""
    for text in ("2026-Q1", "2026-TW1", "TW I 2026", "Triwulan Pertama Tahun 2026", "Periode Triwulan 1 Tahun 2026"):
        agency.json("period", "open", text)
    assert codes(agency) == ["2026-Q1"]
    assert [row["kind"] for row in agency.json("history", "--period", "2026-Q1")] == ["period.open"]


def test_a_quarter_stands_in_its_open_year(agency: Kinerja) -> None:
    agency.json("period", "open", "2026")
    agency.json("period", "open", "2026-Q2")
    assert codes(agency) == ["2026", "2026-Q2"]


def test_quarters_adjoin_and_never_overlap(agency: Kinerja) -> None:
    """Two quarters that share a day cannot be named; each ends the day before the next one starts."""
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        agency.json("period", "open", quarter)
    days = [(row["starts"], row["ends"]) for row in agency.json("period", "list")]
    assert days == [
        ("2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("code", "ends", "window_ends"),
    [
        ("2024-02", "2024-02-29", "2024-03-14"),
        ("2026-02", "2026-02-28", "2026-03-14"),
        ("2026-01", "2026-01-31", "2026-02-14"),
        ("2026-04", "2026-04-30", "2026-05-14"),
        ("2024", "2024-12-31", "2025-01-31"),
    ],
)
def test_a_period_ends_on_the_last_day_of_its_month(agency: Kinerja, code: str, ends: str, window_ends: str) -> None:
    agency.json("period", "open", code)
    row = agency.json("period", "list")[0]
    assert (row["ends"], row["window_ends"]) == (ends, window_ends)


def test_opening_for_a_unit_takes_in_its_people_in_service_alone_and_can_be_looked_at_first(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--status", "cltn")
    before = agency.snapshot()
    dry = agency.json("period", "open", "2026-Q1", "--unit", "U2", "--dry-run")
    assert agency.snapshot() == before
    wet = agency.json("period", "open", "2026-Q1", "--unit", "U2")
    assert (dry["appraisals"], wet["appraisals"], wet["added"]) == (2, 2, 2)
    assert {row["nip"] for row in agency.json("score", "list", "2026-Q1")} == {ANI, BUDI}
    # What was left out comes in when the period is opened for everybody.
    assert agency.json("period", "open", "2026-Q1")["added"] == 1


def test_opening_again_adds_only_who_is_new(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q4")
    agency.json("score", "record", BUDI, "2026-Q4", "--hasil", "sesuai", "--perilaku", "sesuai")
    agency.json("staff", "import", roster(tmp_path / "lagi.xlsx", [*PEOPLE, NEWCOMER]))
    again = agency.json("period", "open", "2026-Q4", "--late-joiners")
    assert (again["added"], again["appraisals"]) == (1, 5)
    assert agency.json("score", "show", BUDI, "2026-Q4")["predikat"] == "baik"
    assert agency.json("period", "open", "2026-Q4")["operation"] is None


def test_the_regulation_of_an_open_period_does_not_change_with_the_setting(agency: Kinerja) -> None:
    """Nothing in an open period can be appraised by another method than the one it was opened with."""
    agency.json("period", "open", "2026-Q1")
    agency.json("settings", "set", "regulation", "pp-30-2019")
    agency.json("settings", "set", "cadence", "monthly")
    assert agency.json("period", "show", "2026-Q1")["regulation"] == "permenpanrb-6-2022"
    ran = agency("score", "record", BUDI, "2026-Q1", "--skp", "90", "--perilaku-score", "90", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "method-mismatch")
    agency.json("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    agency.json("period", "open", "2026-Q2")
    assert agency.json("period", "show", "2026-Q2")["regulation"] == "pp-30-2019"


def test_closing_twice_changes_nothing_and_says_the_same(agency: Kinerja, tmp_path: Path) -> None:
    """Closing is no toggle: whatever the state was, it is closed afterwards."""
    agency.json("period", "open", "2026-Q1")
    agency.json("score", "import", recap(tmp_path / "x.xlsx", RATED))
    first = agency.json("period", "close", "2026-Q1")
    before = agency.snapshot()
    second = agency.json("period", "close", "2026-Q1")
    assert second == {**first, "operation": None}
    assert agency.snapshot() == before


@pytest.mark.parametrize(
    ("state", "words", "code", "error"),
    [
        ("never", ["close", "2026-Q1"], 4, "period-unknown"),
        ("never", ["reopen", "2026-Q1", "--reason", "x"], 4, "period-unknown"),
        ("never", ["open", "2026-Q1", "--late-joiners"], 4, "period-unknown"),
        ("open", ["reopen", "2026-Q1", "--reason", "x"], 5, "period-open"),
        ("closed", ["open", "2026-Q1"], 5, "period-closed"),
        ("closed", ["open", "2026-Q1", "--late-joiners"], 5, "period-closed"),
    ],
)
def test_a_step_that_is_not_allowed_is_refused_and_says_which_is(
    agency: Kinerja, state: str, words: list[str], code: int, error: str
) -> None:
    if state != "never":
        agency.json("period", "open", "2026-Q1")
    if state == "closed":
        agency.json("period", "close", "2026-Q1", "--allow-unrated")
    before = agency.snapshot()
    ran = agency("period", *words, "--format", "json")
    assert (ran.code, ran.error["code"]) == (code, error)
    assert ran.error["hint"]
    assert agency.snapshot() == before


def test_a_period_is_never_deleted(agency: Kinerja) -> None:
    """There is no command for it, and the manual says so."""
    agency.json("period", "open", "2026-Q1")
    assert agency("period", "delete", "2026-Q1").code == 2
    assert codes(agency) == ["2026-Q1"]


def test_a_past_period_can_be_opened_to_fill_it_in_and_that_is_said(agency: Kinerja) -> None:
    ran = agency("period", "open", "2019-Q3")
    assert ran.code == 0
    assert "warning[period-past]: 2019-Q3 is past: its window ended on 2019-10-14." in ran.err
    again = agency("period", "open", "2019-Q3")
    assert "period-past" not in again.err
    assert agency("period", "open", "2019-Q2", "--format", "json").err == ""
    assert "period-past" not in agency("--quiet", "period", "open", "2019-Q1").err
    assert "period-past" not in agency("period", "open", "2099-Q1").err
    agency.json("score", "record", BUDI, "2019-Q3", "--hasil", "sesuai", "--perilaku", "sesuai")


def test_a_new_period_leaves_the_open_one_of_its_kind_alone(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    agency.json("period", "open", "2026-Q2")
    assert [row["state"] for row in agency.json("period", "list")] == ["open", "open"]


def test_part_timers_are_appraised_by_quarter_in_an_agency_of_months(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--employment", "pppk_paruh_waktu")
    agency.json("settings", "set", "cadence", "monthly")
    agency.json("settings", "set", "part_time_cadence", "quarterly")
    assert agency.json("period", "open", "2026-Q1")["appraisals"] == 1
    assert agency.json("period", "open", "2026-01")["appraisals"] == 3
    assert agency.json("period", "open", "2026")["appraisals"] == 4
    shown = {code: agency.json("period", "show", code)["participants"] for code in ("2026", "2026-Q1", "2026-01")}
    assert shown == {"2026": "everybody", "2026-Q1": "part_time", "2026-01": "full_time"}
    assert agency.json("period", "open", "2026-01")["added"] == 0
    due = agency.json("status", "--as-of", "2026-04-02")["due"]
    assert due == ["2026-02", "2026-03", "2026-Q2", "2026-04"]


def test_part_timers_whose_cadence_changes_within_a_quarter_end_it_as_they_began(agency: Kinerja) -> None:
    """From months to quarters: April was theirs by month, so May and June are, and the quarter is not due twice."""
    agency.json("staff", "set", CITRA, "--employment", "pppk_paruh_waktu")
    agency.json("settings", "set", "part_time_cadence", "monthly")
    for code in ("2026", "2026-Q2", "2026-04"):
        agency.json("period", "open", code)
    agency.json("settings", "set", "part_time_cadence", "same")
    due = [one for one in agency.json("status", "--as-of", "2026-07-02")["due"] if one >= "2026-05"]
    assert due == ["2026-Q1", "2026-05", "2026-06", "2026-Q3"]
    assert agency.json("period", "open", "2026-05")["appraisals"] == 1
    assert agency.json("period", "open", "2026-Q2", "--late-joiners")["added"] == 0
    assert agency.json("period", "open", "2026-Q3")["appraisals"] == 4


def test_a_new_cadence_says_who_ends_the_quarter_as_it_began(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinerja_cli.cli.agency.today", lambda _store: date(2026, 5, 6))
    agency.json("period", "open", "2026-Q2")
    ran = agency("settings", "set", "cadence", "monthly")
    assert ran.code == 0
    assert "everybody but PPPK paruh waktu goes on by quarter until 2026-06-30" in ran.err
    assert "PPPK paruh waktu go on by quarter until 2026-06-30" in ran.err
    assert "goes on" not in agency("settings", "set", "window_days", "20").err


def test_nobody_is_due_by_month_in_a_quarter_that_is_open_for_them_as_a_whole(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--employment", "pppk_paruh_waktu")
    for code in ("2026", "2026-Q1", "2026-Q2"):
        agency.json("period", "open", code)
    agency.json("settings", "set", "part_time_cadence", "monthly")
    agency.json("settings", "set", "cadence", "monthly")
    assert agency.json("status", "--as-of", "2026-07-02")["due"] == ["2026-07"]
    assert agency.json("period", "open", "2026-05")["appraisals"] == 4, "by hand beside the calendar, for everybody"


def test_who_came_from_another_agency_is_in_no_period_before_that_day(agency: Kinerja) -> None:
    """Their NIP is years old, so that nothing but the day given tells that they were not here before."""
    agency.json("period", "open", "2026-Q1")
    agency.json("staff", "set", BUDI, "--status", "active", "--since", "2026-08-10")
    assert agency.json("period", "open", "2026-Q2")["appraisals"] == 3
    assert agency.json("period", "open", "2026-Q3")["appraisals"] == 4
    assert BUDI not in {row["nip"] for row in agency.json("report", "missing", "2026-Q1")}


def test_a_cadence_that_nobody_has_is_not_said_to_be_due(agency: Kinerja) -> None:
    agency.json("settings", "set", "part_time_cadence", "monthly")
    assert agency.json("status", "--as-of", "2026-04-02")["due"] == ["2026", "2026-Q1", "2026-Q2"]
