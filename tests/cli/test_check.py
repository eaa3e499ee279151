"""`kinerja check` as a user runs it: before a period opens, while it runs, before it closes."""

import shlex
import sqlite3
from pathlib import Path

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja
from tests.cli.kept import opened_in_time

QUARTER = "2025-Q1"


def codes(kinerja: Kinerja, *words: str | Path) -> tuple[int, list[tuple[str, str | None]]]:
    """The exit code, and the code and person of each row."""
    ran = kinerja("check", *words, "--format", "json")
    return ran.code, [(row["code"], row["nip"]) for row in ran.data]


def test_before_opening_people_without_an_assessor_and_units_without_a_head_are_found(kinerja: Kinerja) -> None:
    kinerja.begin([one for one in PEOPLE if one[0] != HEAD])
    kinerja.json("staff", "set", ANI, "--position-type", "pengawas")
    code, found = codes(kinerja, QUARTER)
    assert (code, found) == (8, [("check-no-assessor", ANI)])
    row = kinerja("check", QUARTER, "--format", "json").data[0]
    assert list(row) == ["severity", "code", "nip", "unit_code", "period", "message", "fix"]
    assert f"kinerja staff set {ANI} --assessor NIP" in row["fix"]
    kinerja.json("unit", "set", "U2", "--head", CITRA, "--since", "2025-01-01")
    assert codes(kinerja, QUARTER) == (8, [("check-no-assessor", CITRA)])


def test_unrated_people_are_errors_after_the_window_and_one_rule_can_be_asked_for(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    code, found = codes(agency, "--only", "check-unrated")
    assert (code, [nip for _code, nip in found]) == (8, [HEAD, ANI, BUDI, CITRA])
    code, found = codes(agency, QUARTER, "--only", "check-unrated", "--as-of", "2025-03-25")
    assert (code, len(found)) == (0, 4)
    refused = agency("check", "--only", "check-nothing", "--format", "json")
    assert (refused.code, refused.error["code"]) == (2, "check-unknown")


def test_a_clean_period_ends_with_zero(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    for nip, perilaku in ((HEAD, "sesuai"), (ANI, "diatas"), (BUDI, "sesuai"), (CITRA, "diatas")):
        agency.json("score", "record", nip, QUARTER, "--hasil", "sesuai", "--perilaku", perilaku)
    code, found = codes(agency, QUARTER)
    assert (code, [one for one, _nip in found]) == (0, ["check-organisation-missing"])


def test_a_predikat_changed_by_another_program_is_found_and_keeps_the_period_open(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    for nip in (HEAD, ANI, BUDI, CITRA):
        agency.json("score", "record", nip, QUARTER, "--hasil", "sesuai", "--perilaku", "sesuai")
    connection = sqlite3.connect(agency.db)
    connection.execute("UPDATE appraisal SET predikat = 'sangat_baik' WHERE nip = ?", (BUDI,))
    connection.commit()
    connection.close()
    assert codes(agency, QUARTER, "--only", "check-predikat-disagrees") == (8, [("check-predikat-disagrees", BUDI)])
    ran = agency("period", "close", QUARTER, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "period-flawed")


def test_a_year_unlike_its_parts_and_a_rating_by_somebody_else_are_warnings(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("period", "open", "2025")
    # A rating of before anybody asked who may give one.
    agency.json("score", "record", BUDI, QUARTER, "--hasil", "sesuai", "--perilaku", "sesuai")
    connection = sqlite3.connect(agency.db)
    connection.execute("UPDATE appraisal SET rated_by = ? WHERE nip = ?", (CITRA, BUDI))
    connection.commit()
    connection.close()
    agency.json("score", "record", BUDI, "2025", "--hasil", "diatas", "--perilaku", "diatas")
    wanted = ["--only", "check-unlike-parts", "--only", "check-rated-by-other", "--only", "check-parts-missing"]
    assert codes(agency, *wanted) == (
        0,
        [("check-parts-missing", BUDI), ("check-unlike-parts", BUDI), ("check-rated-by-other", BUDI)],
    )


def test_the_table_says_what_was_looked_at(agency: Kinerja) -> None:
    ran = agency("check", "--format", "table")
    assert ran.code == 0
    assert "people and units alone" in ran.out


def test_the_command_that_mends_works_on_the_day(agency: Kinerja) -> None:
    unrated = ("--only", "check-unrated")
    agency.json("period", "open", QUARTER)
    (row,) = (one for one in agency("check", QUARTER, *unrated, "--format", "json").data if one["nip"] == BUDI)
    assert "--late" not in row["fix"]
    opened_in_time(agency, QUARTER)
    rows = {one["nip"]: one["fix"] for one in agency("check", QUARTER, *unrated, "--format", "json").data}
    assert "--late`" in rows[BUDI]
    assert "--rated-on DATE" in rows[BUDI]
    for nip in (BUDI, CITRA):
        words = shlex.split(rows[nip].split("`")[1].replace("RATING", "sesuai"))
        agency.json(*words[1:])
    early = agency.json("check", QUARTER, "--only", "check-unrated", "--as-of", "2025-03-25")
    assert all("--late" not in one["fix"] for one in early)


def test_a_result_carried_over_and_one_by_decision_are_nobody_elses_ratings(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, "--hasil", "sesuai", "--perilaku", "sesuai")
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01")
    agency.json("period", "open", "2025-Q2")
    agency.json("score", "record", BUDI, "2025-Q2", "--carry", QUARTER, "--note", "Disepakati")
    only = ("--only", "check-rated-by-other")
    assert codes(agency, "2025-Q2", *only) == (0, [])
    received = ("--received", "2025-07-07", "--filed", "2025-07-08", "--reason", "x")
    agency.json("objection", "file", BUDI, QUARTER, *received)
    decision = ("--changed", "--hasil", "diatas", "--perilaku", "diatas", "--explanation", "x", "--by", HEAD)
    agency.json("objection", "decide", BUDI, QUARTER, *decision)
    assert codes(agency, QUARTER, *only) == (0, [])


def test_a_cadence_of_part_timers_that_changed_within_the_year_misses_nothing(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--employment", "pppk_paruh_waktu")
    agency.json("settings", "set", "cadence", "monthly")
    agency.json("settings", "set", "part_time_cadence", "quarterly")
    good = ("--hasil", "sesuai", "--perilaku", "sesuai")
    for code in ("2025", QUARTER, "2025-Q2"):
        agency.json("period", "open", code)
        agency.json("score", "record", CITRA, code, *good)
    agency.json("settings", "set", "part_time_cadence", "same")
    for month in range(7, 13):
        agency.json("period", "open", f"2025-{month:02}")
        agency.json("score", "record", CITRA, f"2025-{month:02}", *good)
    found = agency.json("score", "record", CITRA, "2025", "--hasil", "sesuai", "--perilaku", "diatas")
    assert list(found["parts"]) == [QUARTER, "2025-Q2", *(f"2025-{month:02}" for month in range(7, 13))]
    assert found["problems"] == []
    only = ("--only", "check-parts-missing", "--only", "check-not-in-period")
    assert codes(agency, "2025", *only) == (0, [])
