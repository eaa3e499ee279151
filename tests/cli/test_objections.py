"""Objections through the front door: filed within 14 working days, decided within 7, and what closing makes of them."""

from pathlib import Path

import pytest

from kinerja_cli.storage.store.holidays import AgencyDay
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, recap, workbook
from tests.cli.kept import holidays, opened_in_time, rated_by_region_head

QUARTER = "2025-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
WHY = ("--reason", "Target tercapai")


@pytest.fixture
def rated(agency: Kinerja) -> Kinerja:
    """A small agency with a past quarter in which all are rated, open until somebody closes it."""
    agency.json("period", "open", QUARTER)
    for nip in (HEAD, ANI, BUDI, CITRA):
        agency.json("score", "record", nip, QUARTER, *GOOD)
    return agency


def file(kinerja: Kinerja, filed: str, *more: str, nip: str = BUDI, received: str = "2025-07-07") -> list[str]:
    """The words of an objection."""
    return ["objection", "file", nip, QUARTER, "--received", received, "--filed", filed, *WHY, *more]


def refused(kinerja: Kinerja, *words: str | Path) -> tuple[int, str]:
    """How a command is refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja(*words, "--format", "json")
    assert kinerja.snapshot() == before
    return ran.code, ran.error["code"]


def test_the_fourteenth_working_day_is_the_last_one_with_a_holiday_between(rated: Kinerja) -> None:
    holidays(rated, [AgencyDay("2025-07-14", "holiday", "Hari Jadi Kota Contoh")])
    ran = rated(*file(rated, "2025-07-29"), "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "objection-late")
    assert "2025-07-28" in ran.error["message"]
    found = rated.json(*file(rated, "2025-07-28"))
    assert {key: found[key] for key in found if key not in ("operation", "name")} == {
        "id": 1,
        "nip": BUDI,
        "period": QUARTER,
        "received": "2025-07-07",
        "filed": "2025-07-28",
        "last_day": "2025-07-28",
        "late": False,
        "decide_by": "2025-08-06",
        "predikat": "baik",
        "reason": "Target tercapai",
        "problems": [],
    }


def test_a_late_objection_can_be_kept_as_late(rated: Kinerja) -> None:
    found = rated.json(*file(rated, "2025-07-28", "--record-anyway"))
    assert (found["late"], found["last_day"]) == (True, "2025-07-25")
    assert rated.json("objection", "list")[0]["late"] is True
    assert "(late)" in rated.json("explain", BUDI, QUARTER)["steps"][-1]


def test_the_receipt_on_record_is_taken_and_one_that_is_given_is_kept(rated: Kinerja) -> None:
    rated.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-08", "--received", "2025-07-07")
    words = ["objection", "file", BUDI, QUARTER, "--filed", "2025-07-10", *WHY]
    assert refused(rated, *words, "--received", "2025-07-08") == (5, "objection-receipt")
    assert rated.json(*words)["received"] == "2025-07-07"
    rated.json(*file(rated, "2025-07-10", nip=CITRA))
    assert rated.json("score", "show", CITRA, QUARTER)["documents"] == {"received": "2025-07-07"}


def test_without_reasons_or_a_receipt_nothing_is_taken(rated: Kinerja) -> None:
    assert refused(rated, "objection", "file", BUDI, QUARTER, *WHY) == (2, "usage")
    assert refused(rated, "objection", "file", BUDI, QUARTER, "--reason", " ", "--received", "2025-07-07") == (
        2,
        "usage",
    )
    assert refused(rated, "objection", "file", BUDI, QUARTER, "--received", "2025-07-07") == (2, "usage")
    assert refused(rated, *file(rated, "2025-07-04")) == (3, "objection-day")
    assert refused(rated, *file(rated, "2099-07-04")) == (3, "objection-day")
    rated.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-07-09")
    assert refused(rated, *file(rated, "2025-07-10")) == (3, "document-order")


def test_a_final_result_is_not_objected_to_and_the_rule_is_named(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    opened_in_time(agency, QUARTER)
    rated_by_region_head(agency, QUARTER, HEAD)
    agency.json("score", "record", HEAD, QUARTER, *GOOD, "--rated-on", "2025-04-10")
    agency.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    agency.json("score", "record", ANI, QUARTER, *GOOD, "--rated-on", "2025-04-10")
    for nip, article in ((HEAD, "IV.A.12"), (BUDI, "IV.A.11")):
        ran = agency(*file(agency, "2025-07-10", "--record-anyway", nip=nip), "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "objection-final")
        assert article in ran.error["message"]
    assert agency.json(*file(agency, "2025-07-10", nip=ANI))["id"] == 1


def test_there_must_be_a_result_and_no_other_objection(rated: Kinerja) -> None:
    rated.json("period", "open", "2025-Q2")
    words = ["objection", "file", BUDI, "2025-Q2", "--received", "2025-07-07", "--filed", "2025-07-10", *WHY]
    assert refused(rated, *words) == (5, "objection-unrated")
    assert refused(rated, *file(rated, "2025-07-10", nip="199001012015011004")) == (4, "nip-unknown")
    rated.json(*file(rated, "2025-07-10"))
    assert refused(rated, *file(rated, "2025-07-11")) == (5, "objection-pending")


def test_upheld_leaves_the_result_and_ends_the_matter(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    found = rated.json("objection", "decide", "1", "--upheld", "--explanation", "Sudah tepat", "--date", "2025-07-21")
    assert (found["decision"], found["decided_by"], found["late"], found["after"]) == ("upheld", HEAD, False, None)
    assert rated.json("score", "show", BUDI, QUARTER)["predikat"] == "baik"
    assert "upheld on 2025-07-21" in rated.json("explain", BUDI, QUARTER)["steps"][-1]
    again = ["objection", "decide", "1", "--upheld", "--explanation", "x"]
    assert refused(rated, *again) == (5, "objection-decided")
    assert refused(rated, *file(rated, "2025-07-25")) == (5, "objection-decided")


def test_changed_gives_a_new_pair_and_keeps_the_old(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    words = ["objection", "decide", BUDI, QUARTER, "--changed", "--explanation", "Bukti baru"]
    assert refused(rated, *words, "--hasil", "diatas") == (2, "usage")
    assert refused(rated, *words, *GOOD) == (2, "usage")
    assert refused(rated, *words, "--hasil", "hebat", "--perilaku", "sesuai") == (3, "rating-unknown")
    found = rated.json(*words, "--hasil", "diatas", "--perilaku", "diatas", "--date", "2025-07-22")
    assert (found["before"]["predikat"], found["after"]["predikat"]) == ("baik", "sangat_baik")
    assert (found["late"], found["decide_by"]) == (True, "2025-07-21")
    assert [one["code"] for one in found["problems"]] == ["decision-late"]
    shown = rated.json("score", "show", BUDI, QUARTER)
    assert (shown["predikat"], shown["rated_by"], shown["objection"], shown["final"]) == (
        "sangat_baik",
        HEAD,
        "changed",
        False,
    )
    (kept,) = rated.json("report", "staff", BUDI)["objections"]
    assert (kept["before"]["hasil"], kept["after"]["hasil"], kept["decided_late"]) == ("sesuai", "diatas", True)
    assert rated.json("objection", "show", "1") == kept
    assert "from Baik to Sangat Baik" in rated.json("explain", BUDI, QUARTER)["steps"][-1]
    assert "Baik → Sangat Baik" in "".join(rated("report", "staff", BUDI, "--format", "table").out.split("\n"))


def test_a_decision_in_time_and_one_a_day_late(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    rated.json(*file(rated, "2025-07-10", nip=CITRA))
    for number, day, late in (("1", "2025-07-21", False), ("2", "2025-07-22", True)):
        ran = rated("objection", "decide", number, "--upheld", "--explanation", "x", "--date", day)
        assert ran.code == 0
        assert ("decision-late" in ran.err) is late


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["1"], (2, "usage")),
        (["1", "--upheld", "--changed"], (2, "usage")),
        (["1", "--upheld"], (2, "usage")),
        (["1", "--upheld", "--explanation", "x", *GOOD], (2, "usage")),
        (["1", "--upheld", "--explanation", "x", "--date", "2025-07-09"], (3, "objection-day")),
        (["1", "--upheld", "--explanation", "x", "--by", BUDI], (5, "decider-involved")),
        (["1", "--upheld", "--explanation", "x", "--by", ANI], (5, "decider-involved")),
        (["7", "--upheld", "--explanation", "x"], (4, "objection-unknown")),
        ([CITRA, QUARTER, "--upheld", "--explanation", "x"], (4, "objection-unknown")),
        ([BUDI, "--upheld", "--explanation", "x"], (2, "usage")),
    ],
)
def test_decisions_that_are_refused(rated: Kinerja, words: list[str], code: tuple[int, str]) -> None:
    rated.json(*file(rated, "2025-07-10"))
    assert refused(rated, "objection", "decide", *words) == code


def test_a_rating_objected_to_is_changed_by_the_decision_alone(rated: Kinerja, tmp_path: Path) -> None:
    rated.json(*file(rated, "2025-07-10"))
    better = ["score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas"]
    assert refused(rated, *better) == (5, "objection-pending")
    rows = [(nip, "", "Diatas Ekspektasi", "Diatas Ekspektasi", "Sangat Baik") for nip in (BUDI, CITRA)]
    rekap = recap(tmp_path / "rekap.xlsx", rows, period="Periode Triwulan 1 Tahun 2025")
    ran = rated("score", "import", rekap, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["changed"], ran.data["rejected"]) == (7, 1, 1)
    assert [one["code"] for one in ran.data["problems"] if one["severity"] == "error"] == ["objection-open"]
    by_hand = workbook(
        tmp_path / "d.xlsx", [["Periode: 2025-Q1"], ["NIP", "Hasil Kerja", "Perilaku Kerja"], [BUDI, 1, 1]]
    )
    assert rated("score", "import", by_hand).code == 3
    assert rated.json("score", "show", BUDI, QUARTER)["predikat"] == "baik"


def test_objections_follow_a_closed_period_but_only_an_open_one_changes(rated: Kinerja) -> None:
    rated.json("period", "close", QUARTER)
    rated.json(*file(rated, "2025-07-10"))
    rated.json(*file(rated, "2025-07-10", nip=CITRA))
    changed = ["objection", "decide", "1", "--changed", "--hasil", "1", "--perilaku", "1", "--explanation", "x"]
    ran = rated(*changed, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "period-closed")
    assert "period reopen" in ran.error["hint"]
    assert rated.json("objection", "decide", "2", "--upheld", "--explanation", "x")["operation"]
    rated.json("period", "reopen", QUARTER, "--reason", "keberatan")
    assert rated.json(*changed)["after"]["predikat"] == "sangat_baik"
    assert [one["id"] for one in rated.json("objection", "list", QUARTER, "--open")] == []
    assert len(rated.json("objection", "list", QUARTER)) == 2


def test_closing_waits_for_decisions_unless_the_agency_allows_it(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    ran = rated("period", "close", QUARTER, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "objections-open")
    assert BUDI in ran.error["message"]
    rated.json("settings", "set", "since", "2025-01-01")
    rolled = rated.json("period", "rollover", "--as-of", "2025-06-20")
    assert (rolled["objections"], QUARTER in rolled["closed"]) == ({QUARTER: 1}, False)
    rated.json("settings", "set", "close_with_objections", "allow")
    assert rated.json("period", "close", QUARTER, "--dry-run")["objections"] == [BUDI]
    assert QUARTER in rated.json("period", "rollover", "--as-of", "2025-06-20")["closed"]
    marked = {row["nip"]: row["objection"] for row in rated.json("report", "results", QUARTER)}
    assert marked == {HEAD: None, ANI: None, BUDI: "open", CITRA: None}
    assert rated.json("objection", "decide", "1", "--upheld", "--explanation", "x")["decision"] == "upheld"


def test_rollover_tells_of_a_period_that_waits_for_decisions(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    rated.json("settings", "set", "since", "2025-01-01")
    ran = rated("period", "rollover", "--as-of", "2025-06-20", "--format", "table")
    assert "waits for decisions on objections" in ran.out


def test_under_the_numeric_regulation_the_scores_are_changed(kinerja: Kinerja) -> None:
    kinerja.begin()
    kinerja.json("settings", "set", "regulation", "pp-30-2019")
    kinerja.json("period", "open", QUARTER)
    kinerja.json("score", "record", BUDI, QUARTER, "--skp", "80", "--perilaku-score", "80,5")
    kinerja.json(*file(kinerja, "2025-07-10"))
    words = ["objection", "decide", "1", "--changed", "--explanation", "x"]
    assert refused(kinerja, *words, *GOOD) == (5, "method-mismatch")
    found = kinerja.json(*words, "--skp", "100", "--perilaku-score", "90")
    assert (found["before"]["perilaku_score"], found["after"]["skp"]) == (80.5, 100)
    assert "100" in kinerja("objection", "show", "1", "--format", "table").out


def test_what_was_done_is_in_the_history(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-10"))
    rated.json("objection", "decide", "1", "--upheld", "--explanation", "x")
    summaries = [row["summary"] for row in rated.json("history", "--nip", BUDI)][:2]
    assert summaries == ["objection 1 in 2025-Q1 decided", "objection 1 filed in 2025-Q1"]


@pytest.mark.parametrize("decision", ["--upheld", "--changed"])
def test_what_was_decided_stands_whatever_is_recorded_afterwards(rated: Kinerja, tmp_path: Path, decision: str) -> None:
    rated.json(*file(rated, "2025-07-10"))
    pair = ("--hasil", "diatas", "--perilaku", "diatas") if decision == "--changed" else ()
    words = ["objection", "decide", "1", decision, "--explanation", "Bukti baru", "--date", "2025-07-15", *pair]
    rated.json(*words)
    worse = ["score", "record", BUDI, QUARTER, "--hasil", "dibawah", "--perilaku", "sesuai"]
    for more in ([], ["--rated-on", "2025-04-10"], ["--by", ANI]):
        assert refused(rated, *worse, *more) == (5, "decision-stands")
    told = rated(*worse).err
    assert "Objection 1" in told
    assert "2025-07-15" in told
    assert f"kinerja history --nip {BUDI}" in told
    rows = [(BUDI, "BUDI", "Dibawah Ekspektasi", "Sesuai Ekspektasi", "Butuh Perbaikan")]
    rekap = recap(tmp_path / "rekap.xlsx", rows, period="Periode Triwulan 1 Tahun 2025")
    own = workbook(tmp_path / "d.xlsx", [["Periode: 2025-Q1"], ["NIP", "Hasil Kerja", "Perilaku Kerja"], [BUDI, 3, 2]])
    for sheet in (rekap, own):
        ran = rated("score", "import", sheet, "--format", "json")
        (problem,) = (one for one in ran.data["problems"] if one["severity"] == "error")
        assert (ran.code, problem["code"], problem["file"]) == (3, "decision-stands", sheet.name)
        assert "2025-07-15" in problem["message"]
    kept = "sangat_baik" if decision == "--changed" else "baik"
    assert rated.json("score", "show", BUDI, QUARTER)["predikat"] == kept
    same = ("--hasil", "diatas", "--perilaku", "diatas") if decision == "--changed" else GOOD
    assert rated.json("score", "record", BUDI, QUARTER, *same, "--note", "Sesuai putusan")["operation"]


def test_an_undecided_objection_follows_the_day_of_receipt(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-25"))
    dates = ["score", "dates", QUARTER, "--nip", BUDI, "--received"]
    found = rated.json(*dates, "2025-07-03")
    assert [one["code"] for one in found["problems"]] == ["receipt-moved"]
    assert "is late" in found["problems"][0]["message"]
    (one,) = rated.json("objection", "list")
    assert (one["received"], one["late"], one["last_day"]) == ("2025-07-03", True, "2025-07-23")
    assert "receipt-moved" in rated(*dates, "2025-07-08").err
    (one,) = rated.json("objection", "list")
    assert (one["received"], one["late"]) == ("2025-07-08", False)
    assert rated.json("score", "show", BUDI, QUARTER)["documents"]["received"] == "2025-07-08"
    assert refused(rated, *dates, "2025-07-28") == (3, "objection-day")
    assert refused(rated, *dates, "-") == (5, "receipt-stands")


def test_the_day_of_receipt_stands_once_the_objection_is_decided(rated: Kinerja) -> None:
    rated.json(*file(rated, "2025-07-25"))
    rated.json("objection", "decide", "1", "--upheld", "--explanation", "x", "--date", "2025-07-28")
    for day in ("2025-07-01", "-"):
        assert refused(rated, "score", "dates", QUARTER, "--received", day) == (5, "receipt-stands")
    told = rated("score", "dates", QUARTER, "--received", "2025-07-01").err
    assert "2025-07-28" in told
    assert BUDI in told
    assert rated.json("score", "dates", QUARTER, "--received", "2025-07-07")["changed"] == 3
    assert rated.json("score", "dates", QUARTER, "--nip", CITRA, "--received", "2025-07-01")["changed"] == 1


def test_in_a_closed_period_it_is_said_that_a_change_needs_it_open(agency: Kinerja) -> None:
    agency.json("period", "open", "2025-Q1")
    for nip in (BUDI, CITRA):
        agency.json("score", "record", nip, "2025-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    agency.json("period", "close", "2025-Q1", "--allow-unrated")
    days = ("--received", "2025-05-05", "--filed", "2025-05-06")
    filed = agency.json("objection", "file", BUDI, "2025-Q1", "--reason", "x", *days)
    (note,) = filed["problems"]
    assert (note["code"], note["severity"]) == ("objection-in-closed", "note")
    assert "`kinerja period reopen 2025-Q1 --reason TEXT`" in note["fix"]
    assert "note[objection-in-closed]" in agency("objection", "file", CITRA, "2025-Q1", "--reason", "x", *days).err
    upheld = agency.json("objection", "decide", "1", "--upheld", "--explanation", "x", "--date", "2025-05-07")
    assert [one["code"] for one in upheld["problems"]] == ["objection-in-closed"]
    agency.json("period", "reopen", "2025-Q1", "--reason", "Keberatan")
    upheld = agency.json("objection", "decide", "2", "--upheld", "--explanation", "x", "--date", "2025-05-07")
    assert upheld["problems"] == []
