"""Whose move it is, through the front door: who waits for which step, messages to paste, and the status."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja
from tests.cli.kept import opened_in_time, rated_by_region_head

QUARTER = "2025-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai", "--rated-on", "2025-04-10")
FIRST = ["assessor_nip", "assessor", "nip", "name", "unit_code", "unit", "position"]
ADDED = ["step", "what", "actor_nip", "actor", "since", "until", "state"]

MESSAGE = """\
Yth. Ibu ANI LESTARI
KEPALA BIDANG PELAYANAN

Dengan hormat, kami mengingatkan evaluasi kinerja pegawai periode Triwulan I Tahun 2025 yang belum selesai.

Mohon Ibu menilai kinerja pegawai berikut paling lambat Senin, 14 April 2025:
1. BUDI (BIDANG PELAYANAN)
2. CITRA DEWI (BIDANG PELAYANAN)

Atas perhatian dan kerja sama Ibu, kami ucapkan terima kasih.

Pengelola Kinerja Kota Contoh
"""


@pytest.fixture
def quarter(agency: Kinerja) -> Kinerja:
    """A small agency with a quarter opened in time, in which nobody is rated."""
    agency.json("period", "open", QUARTER)
    opened_in_time(agency, QUARTER)
    return agency


def waits(kinerja: Kinerja, day: str, *more: str) -> dict[tuple[str, str], tuple[object, ...]]:
    """Who must act, since when, until when and how it stands, by person and step."""
    rows = kinerja.json("report", "missing", QUARTER, "--as-of", day, *more)
    return {(row["nip"], row["step"]): tuple(row[key] for key in ADDED[2:]) for row in rows}


def follow_up(kinerja: Kinerja) -> None:
    """Rate Budi and Citra, sign and hand over, and let Budi object."""
    for nip in (BUDI, CITRA):
        kinerja.json("score", "record", nip, QUARTER, *GOOD)
    kinerja.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-10", "--received", "2025-04-15")
    kinerja.json("score", "dates", QUARTER, "--nip", CITRA, "--signed", "2025-04-11")
    words = ["objection", "file", BUDI, QUARTER, "--received", "2025-04-15", "--filed", "2025-04-22", "--reason", "x"]
    kinerja.json(*words)


def test_the_keys_of_who_owes_a_rating_stand_before_those_of_the_step(quarter: Kinerja) -> None:
    rows = quarter.json("report", "missing", QUARTER, "--as-of", "2025-04-10")
    assert {tuple(row) for row in rows} == {(*FIRST, *ADDED)}
    assert rows[0]["what"] == "rating within the evaluation window"


def test_the_rating_is_the_assessors_move_and_then_the_superiors(quarter: Kinerja) -> None:
    assert waits(quarter, "2025-03-10")[BUDI, "R2"][-3:] == ("2025-03-17", "2025-04-14", "not_begun")
    for day in ("2025-03-17", "2025-04-14"):
        assert waits(quarter, day)[BUDI, "R2"] == (ANI, "ANI LESTARI", "2025-03-17", "2025-04-14", "open")
    found = waits(quarter, "2025-04-15")
    assert found.keys() == {(nip, "R6") for nip in (HEAD, ANI, BUDI, CITRA)}
    assert found[BUDI, "R6"] == (HEAD, "SURYA DARMA", "2025-04-14", "2025-05-06", "open")
    assert found[ANI, "R6"] == (None, "Kepala Daerah", "2025-04-14", "2025-05-06", "open")
    assert waits(quarter, "2025-05-07")[BUDI, "R6"][-1] == "late"


def test_a_period_opened_after_its_window_asks_for_no_day(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    row = next(row for row in agency.json("report", "missing", QUARTER) if row["nip"] == BUDI)
    assert (row["step"], row["what"], row["actor_nip"]) == ("R2", "rating by the assessor", ANI)
    assert (row["until"], row["state"]) == (None, "open")
    assert "sesegera mungkin:\n1. BUDI" in agency("report", "missing", QUARTER, "--text").out


def test_all_steps_are_documents_and_objections_too(quarter: Kinerja) -> None:
    follow_up(quarter)
    assert waits(quarter, "2025-04-25").keys() == {(ANI, "R6"), (HEAD, "R6")}
    found = waits(quarter, "2025-04-25", "--steps", "all")
    assert found.keys() == {
        (ANI, "R6"),
        (HEAD, "R6"),
        (BUDI, "R4"),
        (BUDI, "R5"),
        (BUDI, "R10"),
        (CITRA, "R3"),
        (CITRA, "R5"),
    }
    assert found[BUDI, "R4"] == (BUDI, "BUDI", "2025-04-15", "2025-05-07", "open")
    assert found[BUDI, "R10"][:2] == (HEAD, "SURYA DARMA")
    assert waits(quarter, "2025-05-05", "--steps", "all")[BUDI, "R10"][-1] == "late"


def test_people_stand_together_by_assessor_or_by_unit(quarter: Kinerja) -> None:
    day = ["report", "missing", QUARTER, "--as-of", "2025-04-15"]
    assert [row["assessor"] for row in quarter.json(*day)] == [
        "ANI LESTARI",
        "ANI LESTARI",
        "SURYA DARMA",
        "Kepala Daerah",
    ]
    assert [row["unit_code"] for row in quarter.json(*day, "--by", "unit")] == ["U1", "U2", "U2", "U2"]
    assert {row["nip"] for row in quarter.json(*day, "--unit", "U2")} == {ANI, BUDI, CITRA}
    shown = quarter(*day, "--format", "table").out
    assert "ANI LESTARI · people: 2\n" in shown
    assert "\n\nKepala Daerah · people: 1\n" in shown
    late = quarter(*day[:-1], "2025-05-07", "--by", "unit", "--format", "table").out
    assert "BIDANG PELAYANAN · people: 3, late: 3\n" in late
    assert "People: 4, late: 4" in late


def test_the_list_fits_on_a_screen_of_80_columns(quarter: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up(quarter)
    for columns in ("80", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        shown = quarter(
            "report", "missing", QUARTER, "--as-of", "2025-04-25", "--steps", "all", "--format", "table"
        ).out
        assert max(map(len, shown.splitlines())) <= int(columns)
        assert "SURYA DARMA · people: 1" in shown


def test_a_workbook_has_the_list_and_the_counts(quarter: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "belum.xlsx"
    assert quarter("report", "missing", QUARTER, "--as-of", "2025-04-15", "-o", out).code == 0
    book = load_workbook(out)
    listed, counted = ({tuple(cell.value for cell in row) for row in page.iter_rows()} for page in book.worksheets[:2])
    assert any(BUDI in row and "SURYA DARMA" in row for row in listed)
    assert any("ANI LESTARI" in row and 2 in row for row in counted)
    page = tmp_path / "belum.md"
    assert quarter("report", "missing", QUARTER, "--as-of", "2025-04-15", "-o", page).code == 0
    assert "| **ANI LESTARI · people: 2** |" in page.read_text(encoding="utf-8")


def test_nobody_waiting_is_an_empty_list_and_no_message(quarter: Kinerja, tmp_path: Path) -> None:
    for nip in (HEAD, ANI, BUDI, CITRA):
        quarter.json("score", "record", nip, QUARTER, *GOOD)
    assert quarter.json("report", "missing", QUARTER, "--as-of", "2025-04-15") == []
    ran = quarter("report", "missing", QUARTER, "--as-of", "2025-04-15", "--text")
    assert (ran.code, ran.out) == (0, "")
    assert quarter("report", "missing", QUARTER, "-o", tmp_path / "kosong.xlsx").code == 0


def test_a_message_says_who_what_for_whom_and_until_when(quarter: Kinerja, tmp_path: Path) -> None:
    before = quarter.snapshot()
    words = ["report", "missing", QUARTER, "--as-of", "2025-04-10", "--text"]
    ran = quarter(*words)
    messages = ran.out.split(f"\n\n{'-' * 40}\n\n")
    assert messages[0] + "\n" == MESSAGE
    assert len(messages) == 3
    assert "Nothing was sent" in ran.err
    assert not any(nip in ran.out for nip in (HEAD, ANI, BUDI, CITRA))
    assert quarter.snapshot() == before
    out = tmp_path / "pengingat.txt"
    assert quarter(*words, "-o", out).code == 0
    assert out.read_text(encoding="utf-8") == ran.out
    assert out.stat().st_mode & 0o077 == 0
    assert [one["kind"] for one in quarter.json("history", "--reads")] == ["read.export"]


def test_messages_for_programs(quarter: Kinerja, tmp_path: Path) -> None:
    words = ["report", "missing", QUARTER, "--as-of", "2025-04-10", "--text"]
    found = quarter.json(*words)
    assert [(one["actor_nip"], one["actor"]) for one in found] == [
        (ANI, "ANI LESTARI"),
        (None, "Kepala Daerah"),
        (HEAD, "SURYA DARMA"),
    ]
    assert found[0]["text"] + "\n" == MESSAGE
    assert [one["nip"] for one in found[0]["people"]] == [BUDI, CITRA]
    table = tmp_path / "surat.csv"
    assert quarter(*words, "-o", table).code == 0
    assert table.read_text(encoding="utf-8").startswith("actor_nip,actor,text\n")
    ran = quarter(*words, "-o", tmp_path / "surat.doc", "--format", "json")
    assert (ran.code, ".txt" in ran.error["hint"]) == (2, True)
    assert quarter(*words[:-1], "-o", tmp_path / "daftar.txt").code == 2


def test_a_message_to_a_unit_goes_to_whoever_leads_it_on_that_day(quarter: Kinerja) -> None:
    words = ["report", "missing", QUARTER, "--as-of", "2025-04-10", "--text", "--by", "unit"]
    found = {one["unit_code"]: one for one in quarter.json(*words)}
    assert (found["U2"]["actor_nip"], found["U2"]["unit"]) == (ANI, "BIDANG PELAYANAN")
    assert "2. BUDI – menunggu ANI LESTARI\n" in found["U2"]["text"]
    quarter.json("unit", "acting", "U2", "--nip", CITRA, "--kind", "plt", "--from", "2025-04-01")
    found = {one["unit_code"]: one for one in quarter.json(*words)}
    assert found["U2"]["text"].startswith("Yth. Ibu CITRA DEWI\n")


def test_who_has_nobody_to_act_is_told_of_and_in_no_message(kinerja: Kinerja) -> None:
    alone = [(*one[:7], "U9", "UPTD KOSONG", "", "Aktif") for one in PEOPLE if one[0] == BUDI]
    stray = [(CITRA, *PEOPLE[3][1:7], "", "", "", "Aktif")]
    kinerja.begin([*PEOPLE[:2], *alone, *stray])
    kinerja.json("period", "open", QUARTER)
    opened_in_time(kinerja, QUARTER)
    day = ["report", "missing", QUARTER, "--as-of", "2025-04-10"]
    rows = {row["nip"]: row for row in kinerja.json(*day)}
    assert (rows[BUDI]["assessor"], rows[BUDI]["actor"], rows[BUDI]["actor_nip"]) == ("no assessor", None, None)
    assert kinerja.json(*day)[-1]["assessor"] == "no assessor"
    ran = kinerja(*day, "--text")
    assert "BUDI" not in ran.out
    assert "nobody is known who must act: 2" in ran.err
    texts = [one["text"] for one in kinerja.json(*day, "--text", "--by", "unit")]
    assert any("Yth. Pimpinan UPTD KOSONG\n" in text and "belum ada pejabat yang ditetapkan" in text for text in texts)
    assert any(text.startswith("Yth. Pimpinan Kota Contoh\n") for text in texts)
    assert "no unit · people: 1" in kinerja(*day, "--by", "unit", "--format", "table").out
    status = kinerja.json("status", "--as-of", "2025-04-10")
    assert status["no_assessor"] == 2
    assert "Without an assessor: 2" in kinerja("status", "--as-of", "2025-04-10", "--format", "table").out


def test_a_closed_period_is_said_to_be_closed(quarter: Kinerja) -> None:
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    ran = quarter("report", "missing", QUARTER, "--as-of", "2025-04-20", "--format", "table")
    assert "2025-Q1 is closed" in ran.out
    assert "kinerja period reopen 2025-Q1" in ran.out


def test_unknown_periods_units_and_days_are_refused(quarter: Kinerja) -> None:
    assert quarter("report", "missing", "2024-Q1").code == 4
    assert quarter("report", "missing", QUARTER, "--unit", "U7").code == 4
    assert quarter("report", "missing", QUARTER, "--as-of", "besok").code == 2
    assert quarter("report", "missing", QUARTER, "--text", "--steps", "semua").code == 2


def test_the_status_says_how_many_wait_for_what(quarter: Kinerja) -> None:
    follow_up(quarter)
    found = quarter.json("status", "--as-of", "2025-04-25")
    keys = ["agency", "as_of", "staff", "units", "open_periods", "overdue", "due", "next"]
    assert list(found) == [*keys, "deadlines", "objections", "no_assessor", "last_backup"]
    (period,) = found["open_periods"]
    assert list(period) == ["period", "window_ends", "appraisals", "rated", "steps"]
    assert [list(step.values()) for step in period["steps"] if step["step"] in ("R3", "R6")] == [
        ["R3", "evaluation document handed to the person", 1, "2025-04-11", "2025-05-05", 0],
        ["R6", "rating by the assessor's superior, who signs D.1.2", 2, "2025-04-14", "2025-05-06", 0],
    ]
    assert [(one["until"], one["step"], one["waiting"]) for one in found["deadlines"]] == [
        ("2025-05-02", "R10", 1),
        ("2025-05-05", "R3", 1),
        ("2025-05-06", "R6", 2),
        ("2025-05-07", "R4", 1),
        ("2025-06-03", "R5", 2),
    ]
    assert found["objections"] == {"undecided": 1, "late": 0, "decide_by": "2025-05-02"}
    later = quarter.json("status", "--as-of", "2025-05-05")
    assert later["objections"] == {"undecided": 1, "late": 1, "decide_by": None}
    (decision,) = [step for step in later["open_periods"][0]["steps"] if step["step"] == "R10"]
    assert (decision["until"], decision["late"]) == ("2025-05-02", 1)


def test_the_status_of_closed_periods_looks_back_a_while(quarter: Kinerja) -> None:
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    found = quarter.json("status", "--as-of", "2025-04-20")
    assert (found["open_periods"], [one["step"] for one in found["deadlines"]]) == ([], ["R6"])
    assert quarter.json("status", "--as-of", "2025-12-01")["deadlines"] == []


def test_the_status_fits_on_80_columns_and_is_silent_where_nothing_waits(
    quarter: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    follow_up(quarter)
    day = ["status", "--format", "table", "--as-of"]
    shown = quarter(*day, "2025-05-05").out
    assert max(map(len, shown.splitlines())) <= 80
    assert "2025-Q1, rating by the superior: 2 waiting, 2025-04-14 to 2025-05-06\n" in shown
    assert "2025-Q1, decision on the objection: 1 waiting, 2025-04-22 to 2025-05-02, 1 late\n" in shown
    assert "  2025-05-06  2025-Q1, rating by the superior: 2 waiting\n" in shown
    assert "Undecided objections: 1, 1 of them late" in shown
    quarter.json("objection", "decide", "1", "--upheld", "--explanation", "x", "--date", "2025-05-01")
    for nip in (HEAD, ANI):
        quarter.json("score", "record", nip, QUARTER, *GOOD)
    days = [
        "--signed",
        "2025-04-11",
        "--received",
        "2025-04-15",
        "--returned",
        "2025-04-20",
        "--reported",
        "2025-05-01",
    ]
    quarter.json("score", "dates", QUARTER, *days)
    quiet = quarter(*day, "2025-05-05").out
    assert "waiting" not in quiet
    assert "Next last days" not in quiet
    assert "objections" not in quiet
    assert "assessor" not in quiet


def test_a_back_filled_period_waits_without_a_day(agency: Kinerja) -> None:
    agency.json("period", "open", QUARTER)
    assert "2025-Q1, rating: 4 waiting\n" in agency("status", "--format", "table").out


def test_a_closed_period_is_told_of_wherever_its_ratings_are_waited_for(quarter: Kinerja) -> None:
    reopen = f"`kinerja period reopen {QUARTER} --reason TEXT`"
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    ran = quarter("deadlines", QUARTER, "--as-of", "2025-04-20", "--format", "tsv")
    assert ran.err.count(reopen) == 1
    steps = {row["code"]: row["step"] for row in quarter.json("deadlines", QUARTER, "--as-of", "2025-04-20")}
    assert steps["R6"].endswith("; the period is closed and must be reopened first")
    for by in ("assessor", "unit"):
        ran = quarter("report", "missing", QUARTER, "--as-of", "2025-04-20", "--text", "--by", by)
        assert "setelah periode ini, yang sudah ditutup, dibuka kembali" in ran.out
        assert "paling lambat" not in ran.out
        assert ran.err.count(reopen) == 1
    quarter.json("period", "reopen", QUARTER, "--reason", "Belum semua dinilai")
    assert reopen not in quarter("deadlines", QUARTER, "--as-of", "2025-04-20", "--format", "tsv").err


def test_the_head_of_the_region_rates_as_the_assessor_after_the_window_too(quarter: Kinerja) -> None:
    rated_by_region_head(quarter, QUARTER, HEAD)
    rows = quarter.json("report", "missing", QUARTER, "--as-of", "2025-04-20")
    what = {row["nip"]: (row["step"], row["what"], row["actor"]) for row in rows}
    assert what[HEAD] == ("R6", "rating by the assessor", "Kepala Daerah")
    assert what[BUDI][1] == "rating by the assessor's superior, who signs D.1.2"
    text = quarter("report", "missing", QUARTER, "--as-of", "2025-04-20", "--text").out
    (letter,) = (one for one in text.split("-" * 40) if "Kepala Daerah" in one)
    own, stepping_in = sorted(one for one in letter.split("\n\n") if one.startswith("Mohon"))
    assert "selaku atasan pejabat penilai" in stepping_in
    assert "SURYA DARMA" in own
    assert "selaku" not in own
