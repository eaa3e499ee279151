"""Periods, scores, feedback and summaries through the front door."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, recap, workbook

RATED = [
    (HEAD, "SURYA DARMA", "Diatas Ekspektasi", "Diatas Ekspektasi", "Sangat Baik"),
    (ANI, "ANI LESTARI", "Sesuai Ekspektasi", "Diatas Ekspektasi", "Baik"),
    (BUDI, "BUDI", "Dibawah Ekspektasi", "Sesuai Ekspektasi", "Butuh Perbaikan"),
    (CITRA, "CITRA DEWI", "-", "-", "-"),
]


@pytest.fixture
def quarter(agency: Kinerja) -> Kinerja:
    """A small agency with its first quarter open."""
    agency.json("period", "open", "2026-Q1")
    return agency


def test_opening_takes_in_everybody_in_service(agency: Kinerja) -> None:
    assert agency.json("period", "open", "Triwulan I 2026") == {
        "operation": 3,
        "period": "2026-Q1",
        "state": "open",
        "appraisals": 4,
        "added": 4,
    }
    assert agency.json("period", "open", "2026-Q1") == {
        "operation": None,
        "period": "2026-Q1",
        "state": "open",
        "appraisals": 4,
        "added": 0,
    }
    row = agency.json("period", "list")[0]
    assert row == {
        "period": "2026-Q1",
        "kind": "quarterly",
        "starts": "2026-01-01",
        "ends": "2026-03-31",
        "window_ends": "2026-04-14",
        "state": "open",
        "appraisals": 4,
        "rated": 0,
        "unrated": 4,
        "left": 0,
    }


def test_a_recap_is_taken_in_by_what_its_cells_say(quarter: Kinerja, tmp_path: Path) -> None:
    found = quarter.json("score", "import", recap(tmp_path / "Rekap Penilaian (12).xlsx", RATED))
    kept = {key: found[key] for key in ("period", "rows", "recorded", "changed", "unchanged", "rejected", "problems")}
    assert kept == {
        "period": "2026-Q1",
        "rows": 4,
        "recorded": 3,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "problems": [],
    }
    assert found["files"][0]["layout"] == "ekinerja_rekap"
    again = quarter.json("score", "import", recap(tmp_path / "again.xlsx", RATED))
    assert (again["operation"], again["unchanged"]) == (None, 3)


def test_a_folder_of_recaps_is_one_operation(quarter: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "rekap"
    folder.mkdir()
    recap(folder / "a.xlsx", RATED[:2])
    recap(folder / "b.xlsx", RATED[2:])
    found = quarter.json("score", "import", folder)
    assert (found["operation"], found["recorded"], len(found["files"])) == (4, 3, 2)


def test_a_predikat_that_disagrees_with_its_ratings_is_a_problem(quarter: Kinerja, tmp_path: Path) -> None:
    wrong = [(BUDI, "BUDI", "Diatas Ekspektasi", "Dibawah Ekspektasi", "Butuh Perbaikan")]
    before = quarter.snapshot()
    ran = quarter("score", "import", recap(tmp_path / "x.xlsx", wrong), "--format", "json")
    assert ran.code == 3
    problem = ran.data["problems"][0]
    assert (problem["code"], problem["row"], problem["column"]) == ("predikat-mismatch", 6, "G")
    assert quarter.snapshot() == before


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("198001012005011009", "X", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik"), "nip-unknown"),
        ((BUDI, "BUDI", "Luar Biasa", "Sesuai Ekspektasi", ""), "rating-unknown"),
        ((BUDI, "BUDI", "Sesuai Ekspektasi", "", ""), "rating-half"),
        ((BUDI, "BUDI", "", "", "Baik"), "predikat-alone"),
    ],
)
def test_rows_of_a_recap_that_cannot_be_taken(
    quarter: Kinerja, tmp_path: Path, row: tuple[str, ...], code: str
) -> None:
    ran = quarter("score", "import", recap(tmp_path / "x.xlsx", [row]), "--format", "json")
    assert (ran.code, ran.data["problems"][0]["code"]) == (3, code)


def test_a_recap_of_a_period_that_is_not_open(agency: Kinerja, tmp_path: Path) -> None:
    ran = agency("score", "import", recap(tmp_path / "x.xlsx", RATED), "--format", "json")
    assert (ran.code, ran.error["code"]) == (4, "period-unknown")


def test_recording_one_rating(quarter: Kinerja) -> None:
    found = quarter.json("score", "record", BUDI, "2026-Q1", "--result", "above", "--behaviour", "2")
    assert found == {
        "operation": 4,
        "nip": BUDI,
        "name": "BUDI",
        "period": "2026-Q1",
        "hasil": "diatas",
        "perilaku": "sesuai",
        "predikat": "baik",
        "assessor_nip": ANI,
        "suggested_hasil": None,
    }
    assert quarter.json("score", "show", BUDI, "2026-Q1")["predikat"] == "baik"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["199001012015011004", "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai"], 4, "nip-unknown"),
        ([BUDI, "2026-Q2", "--hasil", "sesuai", "--perilaku", "sesuai"], 4, "period-unknown"),
        ([BUDI, "2026-Q9", "--hasil", "sesuai", "--perilaku", "sesuai"], 2, "period-malformed"),
        ([BUDI, "2026-Q1", "--hasil", "hebat", "--perilaku", "sesuai"], 3, "rating-unknown"),
        ([BUDI, "2026-Q1", "--hasil", "sesuai"], 2, "usage"),
        ([BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--by", BUDI], 5, "assessor-self"),
    ],
)
def test_ratings_that_are_refused(quarter: Kinerja, arguments: list[str], exit_code: int, code: str) -> None:
    before = quarter.snapshot()
    ran = quarter("score", "record", *arguments, "--format", "json")
    assert (ran.code, ran.error["code"]) == (exit_code, code)
    assert quarter.snapshot() == before


def test_closing_waits_for_everybody_unless_told(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("score", "import", recap(tmp_path / "x.xlsx", RATED))
    refused = quarter("period", "close", "2026-Q1", "--format", "json")
    assert (refused.code, refused.error["code"]) == (5, "period-unrated")
    assert CITRA in refused.error["message"]
    closed = quarter.json("period", "close", "2026-Q1", "--allow-unrated")
    assert (closed["state"], closed["rated"], closed["unrated"], len(closed["fingerprint"])) == ("closed", 3, 1, 64)


def test_a_closed_period_refuses_every_path(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("period", "close", "2026-Q1", "--allow-unrated")
    before = quarter.snapshot()
    for arguments in (
        ["score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai"],
        ["score", "import", str(recap(tmp_path / "x.xlsx", RATED))],
        ["period", "open", "2026-Q1"],
        ["period", "open", "2026-Q1", "--late-joiners"],
        ["feedback", "add", BUDI, "--from", "rekan", "--text", "Baik", "--date", "2026-02-03"],
    ):
        ran = quarter(*arguments, "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "period-closed"), arguments
    assert quarter.snapshot() == before


def test_reopening_needs_a_reason_and_leaves_it_in_the_history(quarter: Kinerja) -> None:
    first = quarter.json("period", "close", "2026-Q1", "--allow-unrated")["fingerprint"]
    assert quarter("period", "reopen", "2026-Q1").code == 2
    assert quarter("period", "reopen", "2026-Q1", "--reason", " ").code == 2
    quarter.json("period", "reopen", "2026-Q1", "--reason", "Salah input")
    quarter.json("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    assert quarter.json("period", "close", "2026-Q1", "--allow-unrated")["fingerprint"] != first
    reasons = [row["reason"] for row in quarter.json("history", "--period", "2026-Q1") if row["reason"]]
    assert reasons == ["Salah input"]


def test_what_was_frozen_does_not_move(quarter: Kinerja) -> None:
    quarter.json("unit", "set", "U2", "--name", "BIDANG BARU")
    quarter.json("staff", "set", BUDI, "--unit", "U1", "--rank", "III/b")
    row = next(row for row in quarter.json("score", "list", "2026-Q1") if row["nip"] == BUDI)
    assert (row["unit"], row["rank"], row["assessor_nip"]) == ("BIDANG PELAYANAN", "III/a", ANI)


def test_rollover_catches_up_once(agency: Kinerja) -> None:
    found = agency.json("period", "rollover", "--as-of", "2026-07-20")
    assert found["opened"] == ["2026", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert (found["closed"], found["unrated"]) == ([], {"2026-Q1": 4, "2026-Q2": 4})
    before = agency.snapshot()
    again = agency.json("period", "rollover", "--as-of", "2026-07-20")
    assert (again["opened"], again["closed"], again["operations"]) == ([], [], [])
    assert agency.snapshot() == before
    silent = agency("period", "rollover", "--as-of", "2026-07-20")
    assert (silent.code, silent.out, silent.err) == (0, "", "")


def test_rollover_closes_a_period_that_is_rated_once_its_window_is_over(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "rollover", "--as-of", "2026-01-01")
    rows = [(nip, name, "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik") for nip, name, *_ in RATED]
    agency.json("score", "import", recap(tmp_path / "x.xlsx", rows))
    assert agency.json("period", "rollover", "--as-of", "2026-04-14")["closed"] == []
    assert agency.json("period", "rollover", "--as-of", "2026-04-15")["closed"] == ["2026-Q1"]


def test_rollover_day_by_day_comes_to_the_same(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    for day in ("2026-01-01", "2026-02-10", "2026-04-01", "2026-04-16", "2026-07-01", "2026-07-20"):
        kinerja.json("period", "rollover", "--as-of", day, "--allow-unrated")
    daily = kinerja.json("period", "list")
    kinerja.db = tmp_path / "other.db"
    kinerja.begin().json("period", "rollover", "--as-of", "2026-07-20", "--allow-unrated")
    assert kinerja.json("period", "list") == daily


def test_a_dry_rollover_tells_what_the_real_one_does(agency: Kinerja) -> None:
    before = agency.snapshot()
    dry = agency.json("period", "rollover", "--as-of", "2026-07-20", "--dry-run")
    assert agency.snapshot() == before
    wet = agency.json("period", "rollover", "--as-of", "2026-07-20")
    assert {**dry, "operations": []} == {**wet, "operations": []}


def test_feedback_from_every_source(quarter: Kinerja) -> None:
    for source in ("pimpinan", "rekan", "bawahan", "masyarakat", "pihak_lain"):
        quarter.json("feedback", "add", BUDI, "--from", source, "--text", f"Dari {source}", "--date", "2026-02-03")
    rows = quarter.json("feedback", "list", BUDI, "--period", "2026-Q1")
    assert [row["from"] for row in rows] == ["pimpinan", "rekan", "bawahan", "masyarakat", "pihak_lain"]


def test_feedback_that_is_refused(quarter: Kinerja) -> None:
    add = ["feedback", "add", BUDI, "--from", "rekan", "--date", "2026-02-03"]
    assert quarter(*add, "--text", "x", "--by", BUDI, "--format", "json").error["code"] == "feedback-self"
    assert quarter(*add, "--text", " ").code == 2
    assert quarter(*add[:4], "tetangga", "--text", "x").code == 2
    assert quarter(*add, "--text", "Baik").code == 0
    assert quarter(*add, "--text", "Baik", "--format", "json").error["code"] == "feedback-duplicate"


def test_anonymous_feedback_never_keeps_who_gave_it(quarter: Kinerja) -> None:
    quarter.json(
        "feedback",
        "add",
        BUDI,
        "--from",
        "bawahan",
        "--text",
        "x",
        "--by",
        "Orang Rahasia",
        "--anonymous",
        "--date",
        "2026-02-03",
    )
    assert b"Orang Rahasia" not in quarter.snapshot()


def test_a_summary_counts_everybody_once(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("score", "import", recap(tmp_path / "x.xlsx", RATED))
    for by in ("unit", "parent", "position_type", "rank", "employment", "sex"):
        rows = quarter.json("report", "summary", "2026-Q1", "--by", by)
        assert [row["label"] for row in rows] == sorted(
            (row["label"] for row in rows), key=str.casefold
        ) or by == "rank"
        totals = {key: sum(row[key] for row in rows) for key in rows[0] if key not in ("key", "label")}
        assert totals == {
            "staff": 4,
            "rated": 3,
            "unrated": 1,
            "left": 0,
            "sangat_baik": 1,
            "baik": 1,
            "butuh_perbaikan": 1,
            "kurang": 0,
            "sangat_kurang": 0,
        }
    units = {row["key"]: row["staff"] for row in quarter.json("report", "summary", "2026-Q1")}
    assert units == {"U1": 1, "U2": 3}


def test_a_summary_as_a_workbook(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("score", "import", recap(tmp_path / "x.xlsx", RATED))
    out = tmp_path / "rekap.xlsx"
    assert quarter("report", "summary", "2026-Q1", "--by", "unit", "-o", out).code == 0
    book = load_workbook(out)
    page = book.worksheets[0]
    assert page.freeze_panes is not None
    assert page.auto_filter.ref
    with ZipFile(out) as parts:
        assert any(name.startswith("xl/charts/chart") for name in parts.namelist())


def test_who_still_owes_a_rating(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("score", "import", recap(tmp_path / "x.xlsx", RATED))
    rows = quarter.json("report", "missing", "2026-Q1")
    assert [(row["assessor_nip"], row["nip"]) for row in rows] == [(ANI, CITRA)]


def test_a_list_of_ratings_can_be_filled_in_and_imported(quarter: Kinerja, tmp_path: Path) -> None:
    sheet = tmp_path / "isian.xlsx"
    assert quarter("score", "list", "2026-Q1", "-o", sheet).code == 0
    book = load_workbook(sheet)
    page = book.worksheets[0]
    heading = next(row for row in page.iter_rows() if any(cell.value == "NIP" for cell in row))
    places = {str(cell.value): index for index, cell in enumerate(heading)}
    for row in page.iter_rows():
        if row[places["NIP"]].value == BUDI:
            row[places["Hasil kerja"]].value = "Diatas Ekspektasi"
            row[places["Perilaku kerja"]].value = "Diatas Ekspektasi"
    book.save(sheet)
    found = quarter.json("score", "import", sheet)
    assert (found["period"], found["recorded"], found["files"][0]["layout"]) == ("2026-Q1", 1, "kinerja_sheet")
    assert quarter.json("score", "show", BUDI, "2026-Q1")["predikat"] == "sangat_baik"


def test_explaining_a_predikat_names_the_article(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, "2026-Q1", "--hasil", "diatas", "--perilaku", "dibawah")
    found = quarter.json("explain", BUDI, "2026-Q1")
    assert set(found) == {
        "changed_since",
        "nip",
        "name",
        "period",
        "regulation",
        "hasil",
        "perilaku",
        "predikat",
        "cell",
        "source",
        "steps",
        "spans",
        "assessor_nip",
        "assessor",
        "assessor_rule",
        "assessed",
        "out_on",
        "out_reason",
        "organisation",
        "organisation_unit_code",
        "organisation_from",
        "organisation_period",
        "suggested_hasil",
        "final",
        "final_rule",
        "carried_from",
        "parts",
        "parts_out",
        "objections",
    }
    assert found["predikat"] == "kurang"
    assert "IV.B.3" in found["source"]
    assert found["steps"]


def test_the_numeric_regulation(kinerja: Kinerja) -> None:
    kinerja.begin()
    kinerja.json("settings", "set", "regulation", "pp-30-2019")
    kinerja.json("period", "open", "2021")
    found = kinerja.json("score", "record", BUDI, "2021", "--skp", "120", "--perilaku-score", "110")
    assert found["predikat"] == "baik"
    best = kinerja.json("score", "record", BUDI, "2021", "--skp", "120", "--perilaku-score", "110", "--innovation")
    assert best["predikat"] == "sangat_baik"
    ran = kinerja("score", "record", BUDI, "2021", "--hasil", "sesuai", "--perilaku", "sesuai", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "method-mismatch")


def test_the_history_tells_who_did_what(quarter: Kinerja) -> None:
    rows = quarter.json("history")
    assert [row["kind"] for row in rows] == ["period.open", "staff.import", "agency.init"]
    assert set(rows[0]) >= {"operation", "kind", "at", "actor", "summary", "changes", "undone_by"}
    assert [row["kind"] for row in quarter.json("history", "--nip", BUDI)] == ["period.open", "staff.import"]


def test_a_missing_store_is_said_so(kinerja: Kinerja) -> None:
    for arguments in (["staff", "list"], ["status"], ["period", "rollover"], ["db", "info"], ["history"]):
        ran = kinerja(*arguments, "--format", "json")
        assert (ran.code, ran.error["code"]) == (6, "store-missing"), arguments


def test_init_refuses_an_existing_store(agency: Kinerja) -> None:
    before = agency.snapshot()
    ran = agency("init", "--agency", "Lain", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "store-exists")
    assert agency.snapshot() == before


def test_a_generic_list_of_names_makes_units_by_name(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    rows: list[list[object]] = [
        ["No", "Nama", "NIP", "Unit Kerja", "Unit Induk"],
        [1, "Dr. H. Budi Santoso, S.Pd., M.Si.", "198501152010011001", "SUBBAGIAN UMUM", "DINAS A"],
        [2, "Siti", "199207082019032015", "SUBBAGIAN UMUM", "DINAS B"],
    ]
    found = kinerja.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert (found["files"][0]["layout"], found["units_added"]) == ("generic", 4)
    people = {row["nip"]: row for row in kinerja.json("staff", "list")}
    budi = people["198501152010011001"]
    assert (budi["front_title"], budi["name"], budi["back_title"]) == ("Dr. H.", "Budi Santoso", "S.Pd., M.Si.")
    assert len({row["unit_code"] for row in people.values()}) == 2


def test_the_numeric_sheet_can_be_filled_in_and_imported(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    kinerja.json("settings", "set", "regulation", "pp-30-2019")
    kinerja.json("period", "open", "2021")
    kinerja.json("score", "record", BUDI, "2021", "--skp", "85", "--perilaku-score", "80,5")
    sheet = tmp_path / "isian.xlsx"
    assert kinerja("score", "list", "2021", "-o", sheet).code == 0
    found = kinerja.json("score", "import", sheet)
    assert (found["unchanged"], found["rejected"], found["period"]) == (1, 0, "2021")
    row = next(row for row in kinerja.json("report", "results", "2021") if row["nip"] == BUDI)
    assert (row["skp"], row["perilaku_score"], row["predikat"]) == (85, 80.5, "butuh_perbaikan")
    assert "Cukup" in kinerja("score", "list", "2021", "--format", "table").out


def test_a_reopened_period_waits_for_who_reopened_it(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    rows = [(nip, name, "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik") for nip, name, *_ in RATED]
    agency.json("score", "import", recap(tmp_path / "x.xlsx", rows))
    agency.json("period", "close", "2026-Q1")
    agency.json("period", "reopen", "2026-Q1", "--reason", "keberatan")
    assert agency.json("period", "rollover", "--as-of", "2026-05-20")["closed"] == []
    agency.json("period", "close", "2026-Q1")


def test_a_period_keeps_the_window_it_was_opened_with(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    rows = [(nip, name, "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik") for nip, name, *_ in RATED]
    agency.json("score", "import", recap(tmp_path / "x.xlsx", rows))
    agency.json("settings", "set", "window_days", "60")
    assert agency.json("period", "rollover", "--as-of", "2026-04-15")["closed"] == ["2026-Q1"]


@pytest.mark.parametrize(
    "words",
    [
        ["period", "rollover", "--as-of", ""],
        ["period", "rollover", "--as-of", "9999-12-31"],
        ["status", "--as-of", "1066-10-14"],
        ["feedback", "add", BUDI, "--from", "rekan", "--text", "x", "--date", ""],
        ["--lang", "xx", "status"],
    ],
)
def test_values_that_are_no_values_are_refused(agency: Kinerja, words: list[str]) -> None:
    before = agency.snapshot()
    assert agency(*words).code == 2
    assert agency.snapshot() == before


def test_an_import_of_nothing_but_bad_rows_is_not_done_in_part(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    bad = recap(tmp_path / "x.xlsx", [("198001012005011009", "X", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")])
    assert agency("score", "import", bad, "--accept-valid").code == 3


def test_ranks_are_summarised_in_their_own_order(quarter: Kinerja) -> None:
    rows = quarter.json("report", "summary", "2026-Q1", "--by", "rank")
    assert [row["key"] for row in rows] == ["III/a", "III/c", "IV/b", "IX"]


def test_the_busy_message_names_who_holds_the_store(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinerja_cli.storage.database.WAIT_SECONDS", 0)
    store = Store.open(str(agency.db), Origin("2026-01-05T02:00:00+00:00", "siti@bkd"))
    with store.writing("unit.set") as held:
        assert held.seq is None
        ran = agency("period", "open", "2026-Q1", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "store-busy")
    assert "siti@bkd" in ran.error["message"]


def test_an_overwritten_rating_is_told_with_both_values(agency: Kinerja, tmp_path: Path) -> None:
    file = recap(tmp_path / "rekap.xlsx", [(BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")])
    agency.json("period", "open", "2026-Q1")
    agency.json("score", "import", file)
    agency.json("score", "record", BUDI, "2026-Q1", "--hasil", "dibawah", "--perilaku", "dibawah")
    found = agency.json("score", "import", file)
    (note,) = found["problems"]
    assert (found["changed"], note["code"], note["severity"], note["row"]) == (1, "rating-overwritten", "note", 6)
    assert "Dibawah Ekspektasi" in note["message"]
    assert agency.json("score", "import", file)["problems"] == []


def test_ratings_beside_the_name_of_somebody_else_are_taken_for_nobody(agency: Kinerja, tmp_path: Path) -> None:
    good = ("Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    file = recap(tmp_path / "rekap.xlsx", [(BUDI, "Citra Dewi, S.Keb.", *good), (CITRA, "BUDI", *good)])
    agency.json("period", "open", "2026-Q1")
    ran = agency("score", "import", file, "--format", "json")
    assert (ran.code, [one["code"] for one in ran.data["problems"]]) == (3, ["name-of-another", "name-of-another"])
    assert CITRA in ran.data["problems"][0]["message"]


def test_folders_are_read_to_their_depth(agency: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "kembali"
    (folder / "dinas" / "bidang").mkdir(parents=True)
    (folder / ".sampah").mkdir()
    row = (BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")
    recap(folder / "dinas" / "bidang" / "a.xlsx", [row])
    (folder / ".sampah" / "b.xlsx").write_bytes(b"x")
    agency.json("period", "open", "2026-Q1")
    assert agency.json("score", "import", folder)["recorded"] == 1


def test_a_rating_merged_over_several_people_is_nobody_elses(agency: Kinerja, tmp_path: Path) -> None:
    rows = [(BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", None), (CITRA, "CITRA DEWI", None, None, None)]
    file = recap(tmp_path / "rekap.xlsx", rows)
    book = load_workbook(file)
    for cells in ("E6:E7", "F6:F7"):
        book.worksheets[0].merge_cells(cells)
    book.save(file)
    agency.json("period", "open", "2026-Q1")
    ran = agency("score", "import", file, "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["recorded"], ran.data["rejected"]) == (7, 1, 1)
    assert [(one["code"], one["column"], one["row"]) for one in ran.data["problems"]] == [
        ("cell-merged", "E", 7),
        ("cell-merged", "F", 7),
    ]
