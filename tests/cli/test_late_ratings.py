"""Ratings after the window: written down late, by the superior, by the head of the region, carried over a move."""

from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, recap, workbook
from tests.cli.kept import opened_in_time, rated_by_region_head

GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
QUARTER = "2025-Q1"


@pytest.fixture
def past(agency: Kinerja) -> Kinerja:
    """A small agency with a quarter that was opened in time and whose window is long over."""
    agency.json("period", "open", QUARTER)
    opened_in_time(agency, QUARTER)
    return agency


def refused(kinerja: Kinerja, *words: str | Path) -> tuple[int, str]:
    """How a command is refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja(*words, "--format", "json")
    assert kinerja.snapshot() == before
    return ran.code, ran.error["code"]


def test_after_the_window_a_plain_rating_is_refused_with_both_ways_out(past: Kinerja) -> None:
    ran = past("score", "record", BUDI, QUARTER, *GOOD, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "window-ended")
    assert "2025-04-14" in ran.error["message"]
    assert "--rated-on" in ran.error["hint"]
    assert "--late" in ran.error["hint"]


def test_what_was_rated_in_time_is_written_down_with_its_day(past: Kinerja) -> None:
    for day in ("2025-04-15", "2025-03-16", "2025-01-01"):
        assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--rated-on", day) == (5, "rated-outside")
    found = past.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "14-04-2025")
    assert "final" not in found
    shown = past.json("score", "show", BUDI, QUARTER)
    assert (shown["rated_by"], shown["final"], shown["final_rule"]) == (ANI, False, None)
    again = past.json("score", "record", BUDI, QUARTER, *GOOD)
    assert again["operation"] is None
    past.json("score", "record", BUDI, QUARTER, *GOOD, "--note", "Catatan menyusul")


def test_when_the_evaluation_begins_stays_as_it_was_when_the_period_opened(past: Kinerja) -> None:
    past.json("settings", "set", "window_days_before", "60")
    early = ("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-02-10")
    assert refused(past, *early) == (5, "rated-outside")
    assert refused(past, "score", "dates", QUARTER, "--signed", "2025-02-10")[0] != 0
    past.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-03-20")


def test_the_superior_of_the_assessor_rates_late_and_it_is_final(past: Kinerja) -> None:
    found = past.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    assert (found["rated_by"], found["final"], found["final_rule"]) == (HEAD, True, "late")
    shown = past.json("score", "show", BUDI, QUARTER)
    assert (shown["assessor_nip"], shown["rated_by"], shown["final"]) == (ANI, HEAD, True)
    assert "IV.A.11" in past.json("explain", BUDI, QUARTER)["steps"][-1]
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--by", ANI) == (5, "rated-late")
    corrected = past.json(
        "score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas", "--late", "--by", HEAD
    )
    assert (corrected["predikat"], corrected["final_rule"]) == ("sangat_baik", "late")


def test_nobody_else_rates_late(past: Kinerja) -> None:
    ran = past("score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", CITRA, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "rater-not-superior")
    assert HEAD in ran.error["message"]
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", ANI) == (5, "rater-not-superior")
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", BUDI) == (5, "assessor-self")


def test_above_the_head_of_an_office_the_head_of_the_region_rates_late(past: Kinerja) -> None:
    found = past.json("score", "record", ANI, QUARTER, *GOOD, "--late")
    assert (found["rated_by"], found["final_rule"]) == (None, "late")
    ran = past("score", "record", ANI, QUARTER, "--hasil", "1", "--perilaku", "1", "--late", "--by", BUDI)
    assert (ran.code, "Kepala Daerah" in ran.err) == (5, True)


def test_above_the_head_of_a_dinas_stands_the_head_of_the_region(past: Kinerja) -> None:
    found = past.json("score", "record", HEAD, QUARTER, *GOOD, "--late")
    assert (found["rated_by"], found["final"], found["final_rule"]) == (None, True, "region_head")


def test_where_nobody_stands_above_the_superior_must_be_named(past: Kinerja) -> None:
    past.json("staff", "set", HEAD, "--status", "retired")
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--late") == (5, "superior-unknown")
    found = past.json("score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", CITRA)
    assert (found["rated_by"], found["final_rule"]) == (CITRA, "late")


def test_a_superior_who_has_left_since_is_not_asked(past: Kinerja) -> None:
    past.json("staff", "set", HEAD, "--status", "retired")
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--late") == (5, "superior-unknown")


def test_who_was_rated_in_time_cannot_lose_the_objection_to_a_late_rating(past: Kinerja) -> None:
    past.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-10")
    late = ["score", "record", BUDI, QUARTER, "--hasil", "dibawah", "--perilaku", "sesuai", "--late"]
    assert refused(past, *late) == (5, "rated-in-time")


def test_within_the_window_the_superior_waits(agency: Kinerja) -> None:
    agency.json("period", "open", "2099-Q1")
    assert refused(agency, "score", "record", BUDI, "2099-Q1", *GOOD, "--late") == (5, "window-not-ended")


def test_a_period_opened_after_its_window_is_back_filled(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", QUARTER)
    assert agency.json("score", "record", BUDI, QUARTER, *GOOD)["operation"]
    assert agency.json("score", "import", _list(tmp_path, CITRA))["recorded"] == 1


@pytest.mark.parametrize(
    "words",
    [
        [*GOOD, "--late", "--rated-on", "2025-04-01"],
        ["--carry", "2024-Q4", "--late", "--note", "x"],
        ["--carry", "2024-Q4"],
        ["--carry", "2024-Q4", "--note", " "],
        ["--carry", "2024-Q4", "--note", "x", *GOOD],
        ["--carry", "2024-Q4", "--note", "x", "--study-failed"],
        [*GOOD, "--rated-on", "besok"],
    ],
)
def test_options_that_contradict_each_other(past: Kinerja, words: list[str]) -> None:
    assert refused(past, "score", "record", BUDI, QUARTER, *words) == (2, "usage")


def _list(folder: Path, nip: str, *ratings: str) -> Path:
    """A plain list of ratings, as an office keeps one."""
    values = ratings or ("Sesuai Ekspektasi", "Sesuai Ekspektasi")
    rows = [["Periode: Triwulan I 2025"], ["NIP", "Nama", "Hasil Kerja", "Perilaku Kerja"], [nip, "", *values]]
    return workbook(folder / f"daftar-{nip}.xlsx", rows)


def test_our_own_sheets_follow_the_rule_and_recaps_are_always_taken(past: Kinerja, tmp_path: Path) -> None:
    own = _list(tmp_path, BUDI)
    assert refused(past, "score", "import", own) == (5, "window-ended")
    assert refused(past, "score", "import", own, "--rated-on", "2025-05-01") == (5, "rated-outside")
    assert past.json("score", "import", own, "--rated-on", "2025-04-10")["recorded"] == 1
    assert past.json("score", "import", own)["unchanged"] == 1
    row = (CITRA, "CITRA DEWI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    file = recap(tmp_path / "rekap.xlsx", [row], period="Periode Triwulan 1 Tahun 2025")
    assert past.json("score", "import", file)["recorded"] == 1


def test_what_the_head_of_the_region_gives_is_final_by_every_path(past: Kinerja, tmp_path: Path) -> None:
    for nip in (HEAD, ANI):
        past.json("staff", "set", nip, "--position-type", "jpt_pratama")
    found = past.json("score", "record", HEAD, QUARTER, *GOOD, "--rated-on", "2025-04-10")
    assert (found["rated_by"], found["final"], found["final_rule"]) == (None, True, "region_head")
    row = (ANI, "ANI LESTARI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    past.json("score", "import", recap(tmp_path / "rekap.xlsx", [row], period="Periode Triwulan 1 Tahun 2025"))
    shown = past.json("score", "show", ANI, QUARTER)
    assert (shown["rated_by"], shown["final"], shown["final_rule"]) == (None, True, "region_head")
    named = ["score", "record", ANI, QUARTER, "--hasil", "1", "--perilaku", "1", "--by", CITRA]
    ran = past(*named, "--rated-on", "2025-04-10")
    assert (ran.code, "Kepala Daerah" in ran.err, "staff delegate" in ran.err) == (5, True, False)
    late = past.json("score", "record", CITRA, QUARTER, *GOOD, "--late")
    assert (late["rated_by"], late["final_rule"]) == (None, "late")


def test_the_head_of_the_region_may_come_late(past: Kinerja) -> None:
    rated_by_region_head(past, QUARTER, HEAD)
    found = past.json("score", "record", HEAD, QUARTER, *GOOD, "--late")
    assert (found["rated_by"], found["final_rule"]) == (None, "region_head")


def test_who_did_not_complete_a_study_gets_one_of_the_two_lowest(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    low = ("--hasil", "sesuai", "--perilaku", "dibawah", "--study-failed")
    assert refused(agency, "score", "record", BUDI, QUARTER, *low) == (5, "study-not-failed")
    agency.json("staff", "set", BUDI, "--status", "study")
    ran = agency("score", "record", BUDI, QUARTER, *GOOD, "--study-failed", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "study-failed-limit")
    assert "Kurang or Sangat Kurang" in ran.error["message"]
    assert agency.json("score", "record", BUDI, QUARTER, *low)["predikat"] == "kurang"
    shown = agency.json("score", "show", BUDI, QUARTER)
    assert "Tugas belajar" in shown["note"]
    assert shown["study_failed"] is True
    (newest, *_rest) = agency.json("history", "--nip", BUDI)
    assert "Tugas belajar" in newest["reason"]
    assert "Study not completed" in agency("score", "show", BUDI, QUARTER, "--format", "table").out


def test_a_failed_study_leaves_its_trace_until_somebody_is_rated_otherwise(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("staff", "set", BUDI, "--status", "study")
    low = ["score", "record", BUDI, QUARTER, "--hasil", "sesuai", "--perilaku", "dibawah"]
    agency.json(*low, "--note", "Rapat 1 April")
    assert agency.json("score", "show", BUDI, QUARTER)["study_failed"] is False
    assert agency.json(*low, "--study-failed")["study_failed"] is True
    shown = agency.json("score", "show", BUDI, QUARTER)
    assert shown["note"].splitlines()[0] == "Rapat 1 April"
    assert "Tugas belajar" in shown["note"].splitlines()[1]
    assert agency.json(*low, "--study-failed")["operation"] is None
    agency.json(*low, "--note", "Catatan lain")
    shown = agency.json("score", "show", BUDI, QUARTER)
    assert (shown["study_failed"], "Tugas belajar" in shown["note"]) == (True, True)
    better = agency.json("score", "record", BUDI, QUARTER, *GOOD)
    assert [one["code"] for one in better["problems"]] == ["study-failed-lifted"]
    shown = agency.json("score", "show", BUDI, QUARTER)
    assert (shown["study_failed"], shown["note"]) == (False, "Catatan lain")


def test_a_sheet_or_a_decision_lifts_a_failed_study_too(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", QUARTER)
    low = ["--hasil", "sesuai", "--perilaku", "dibawah", "--study-failed"]
    for nip in (BUDI, CITRA):
        agency.json("staff", "set", nip, "--status", "study")
        agency.json("score", "record", nip, QUARTER, *low)
    row = (BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    file = recap(tmp_path / "rekap.xlsx", [row], period="Periode Triwulan 1 Tahun 2025")
    found = agency.json("score", "import", file)
    assert "study-failed-lifted" in [one["code"] for one in found["problems"]]
    days = ["--received", "2025-07-07", "--filed", "2025-07-10"]
    agency.json("objection", "file", CITRA, QUARTER, "--reason", "Lulus", *days)
    words = [
        "objection",
        "decide",
        CITRA,
        QUARTER,
        "--changed",
        *GOOD,
        "--explanation",
        "Lulus",
        "--date",
        "2025-07-14",
    ]
    assert [one["code"] for one in agency.json(*words)["problems"]] == ["study-failed-lifted"]
    for nip in (BUDI, CITRA):
        shown = agency.json("score", "show", nip, QUARTER)
        assert (shown["study_failed"], shown["note"]) == (False, None)


@pytest.fixture
def moved(agency: Kinerja) -> Kinerja:
    """Budi was rated in the first quarter and moved to the office itself in the second."""
    agency.json("period", "open", "2025")
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas")
    agency.json("score", "record", CITRA, QUARTER, *GOOD)
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01")
    agency.json("period", "open", "2025-Q2")
    return agency


def test_by_agreement_the_result_of_the_old_unit_is_used(moved: Kinerja) -> None:
    carry = ["score", "record", BUDI, "2025-Q2", "--carry", QUARTER, "--note", "Disepakati, 2 Juli 2025"]
    found = moved.json(*carry)
    assert (found["predikat"], found["carried_from"], found["hasil"]) == ("sangat_baik", QUARTER, "diatas")
    shown = moved.json("score", "show", BUDI, "2025-Q2")
    assert (shown["carried_from"], shown["rated_by"], shown["note"]) == (QUARTER, ANI, "Disepakati, 2 Juli 2025")
    assert any("carried over from 2025-Q1" in step for step in moved.json("explain", BUDI, "2025-Q2")["steps"])
    assert moved.json("score", "record", BUDI, "2025-Q2", "--hasil", "1", "--perilaku", "1")["operation"]
    assert moved.json("score", "show", BUDI, "2025-Q2")["carried_from"] is None


@pytest.mark.parametrize(
    ("nip", "period", "source"),
    [
        (CITRA, "2025-Q2", QUARTER),
        (BUDI, "2025", QUARTER),
        (BUDI, "2025-Q2", "2025"),
        (BUDI, QUARTER, "2025-Q2"),
        (ANI, "2025-Q2", QUARTER),
    ],
)
def test_nothing_else_is_carried_over(moved: Kinerja, nip: str, period: str, source: str) -> None:
    words = ["score", "record", nip, period, "--carry", source, "--note", "x"]
    assert refused(moved, *words) == (5, "carry-refused")


def test_what_the_superior_rated_late_is_not_replaced_by_a_rating_in_time(past: Kinerja, tmp_path: Path) -> None:
    past.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    better = ["score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas"]
    for more in (["--rated-on", "2025-04-10"], ["--rated-on", "2025-04-10", "--by", ANI], []):
        assert refused(past, *better, *more) == (5, "rated-late")
    told = past(*better, "--rated-on", "2025-04-10")
    assert "by the assessor's superior after the window, which is final" in told.err
    assert "--late" in told.err
    rekap = recap(
        tmp_path / "rekap.xlsx",
        [(BUDI, "BUDI", "Diatas Ekspektasi", "Diatas Ekspektasi", "Sangat Baik")],
        period="Periode Triwulan 1 Tahun 2025",
    )
    for file in (rekap, _list(tmp_path, BUDI, "Diatas Ekspektasi", "Diatas Ekspektasi")):
        ran = past("score", "import", file, "--rated-on", "2025-04-10", "--format", "json")
        (problem,) = ran.data["problems"]
        assert (ran.code, problem["code"], problem["row"] is not None) == (3, "rated-late", True)
    shown = past.json("score", "show", BUDI, QUARTER)
    assert (shown["predikat"], shown["final"], shown["rated_by"]) == ("baik", True, HEAD)


def test_the_same_ratings_after_a_late_one_say_that_they_stand_already(past: Kinerja) -> None:
    past.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    same = ["score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-10"]
    found = past.json(*same)
    assert found["operation"] is None
    assert [one["code"] for one in found["problems"]] == ["rated-late-already"]
    told = past(*same).err
    assert "already" in told
    assert "final" in told
    assert "already" in past("score", "record", BUDI, QUARTER, *GOOD, "--late").err
    past.json(*same, "--note", "Catatan menyusul")
    assert past.json("score", "show", BUDI, QUARTER)["final"] is True


def test_back_filled_late_ratings_are_final_too(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    agency.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    assert refused(agency, "score", "record", BUDI, QUARTER, "--hasil", "1", "--perilaku", "1") == (5, "rated-late")


def test_a_rating_before_the_evaluation_begins_is_taken_with_a_warning(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2099-Q1")
    found = agency.json("score", "record", BUDI, "2099-Q1", *GOOD)
    (problem,) = found["problems"]
    assert (problem["code"], problem["severity"], problem["value"]) == ("rated-early", "warning", "2099-03-17")
    assert "problems" not in agency.json("score", "record", BUDI, "2099-Q1", *GOOD)
    rows = [(CITRA, "CITRA DEWI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")]
    file = recap(tmp_path / "rekap.xlsx", rows, period="Periode Triwulan 1 Tahun 2099")
    (problem,) = agency.json("score", "import", file)["problems"]
    assert (problem["code"], problem["file"], problem["sheet"]) == ("rated-early", "rekap.xlsx", "Sheet1")
    agency.json("period", "open", QUARTER)
    assert "problems" not in agency.json("score", "record", BUDI, QUARTER, *GOOD)


def test_closing_before_the_last_day_is_noted(agency: Kinerja) -> None:
    for code, early in (("2099-Q1", True), (QUARTER, False)):
        agency.json("period", "open", code)
        ran = agency("period", "close", code, "--allow-unrated")
        assert (ran.code, "period-early" in ran.err) == (0, early)
        assert "period-early" not in agency("period", "close", code, "--allow-unrated").err


@pytest.fixture
def handed_over(past: Kinerja) -> Kinerja:
    """The quarter ended with an acting head of the dinas; by the last day of the window it has a new one."""
    past.json("staff", "set", HEAD, "--status", "retired", "--since", "2025-02-01")
    past.json("unit", "acting", "U1", "--nip", ANI, "--from", "2025-02-01", "--until", "2025-03-31")
    post = ["--position", "KEPALA DINAS KESEHATAN", "--position-type", "jpt_pratama"]
    past.json("staff", "set", CITRA, "--unit", "U1", *post, "--since", "2025-04-01")
    return past


def test_after_an_acting_appointment_the_definitive_post_says_who_the_superior_is(handed_over: Kinerja) -> None:
    assert handed_over.json("explain", ANI, QUARTER)["assessor_rule"] == "region_head"
    assert handed_over.json("explain", BUDI, "--on", "2025-04-14")["superior_nip"] == CITRA
    (step,) = (row for row in handed_over.json("deadlines", QUARTER) if row["nip"] == BUDI)
    assert (step["code"], step["actor_nip"]) == ("R6", CITRA)
    asked = handed_over("report", "missing", QUARTER, "--text").out
    assert asked.index("Yth. Ibu CITRA DEWI") < asked.index("BUDI (")
    found = handed_over.json("score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", CITRA)
    assert (found["rated_by"], found["final_rule"]) == (CITRA, "late")


def test_an_acting_appointment_that_runs_on_the_last_day_still_counts(past: Kinerja) -> None:
    past.json("unit", "acting", "U1", "--nip", ANI, "--from", "2025-02-01", "--until", "2025-04-14")
    found = past.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    assert found["rated_by"] is None
    assert refused(past, "score", "record", BUDI, QUARTER, *GOOD, "--late", "--by", HEAD) == (5, "rater-not-superior")


def test_of_an_assessor_who_left_the_period_says_who_stood_above(past: Kinerja) -> None:
    past.json("unit", "acting", "U1", "--nip", ANI, "--from", "2025-02-01")
    past.json("staff", "set", ANI, "--status", "retired", "--since", "2025-04-05")
    assert past.json("score", "record", BUDI, QUARTER, *GOOD, "--late")["rated_by"] is None


def test_the_definitive_superior_decides_after_an_acting_appointment(handed_over: Kinerja) -> None:
    handed_over.json("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-14")
    days = ["--received", "2025-07-07", "--filed", "2025-07-10"]
    handed_over.json("objection", "file", BUDI, QUARTER, "--reason", "Target tercapai", *days)
    words = ["objection", "decide", "1", "--upheld", "--explanation", "Sudah tepat", "--date", "2025-07-21"]
    assert handed_over.json(*words, "--by", CITRA)["decided_by"] == CITRA


def test_why_somebody_is_out_is_told_in_words(handed_over: Kinerja) -> None:
    shown = [handed_over("--lang", "id", "history", "show", n, "--format", "table").out for n in "3456"]
    (line,) = (line for out in shown for line in out.splitlines() if "keluar karena" in line)
    assert ("retired" in line, "pensiun" in line) == (False, True)
