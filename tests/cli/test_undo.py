"""Taking back through the front door: what is shown first, what stands in the way, and how it is all remembered."""

import io
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, SIASN, Kinerja, Ran, recap, roster, workbook
from tests.cli.stored import last, state

QUARTER = "2026-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
RATED = [(BUDI, "BUDI", "Diatas Ekspektasi", "Sesuai Ekspektasi", "Baik")]


@pytest.fixture
def quarter(agency: Kinerja) -> Kinerja:
    """A small agency whose roster is operation 2, with a period opened by operation 3."""
    agency.json("period", "open", QUARTER)
    return agency


def refused(kinerja: Kinerja, operation: int, *more: str) -> Ran:
    """How an undo is refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja("undo", str(operation), "--yes", *more, "--format", "json")
    assert ran.code != 0
    assert kinerja.snapshot() == before
    return ran


class Terminal(io.StringIO):
    """Somebody at the keyboard."""

    def isatty(self) -> bool:
        return True


def test_an_import_on_which_ratings_were_built_is_kept_and_what_was_built_is_named(quarter: Kinerja) -> None:
    quarter.json("score", "import", recap(quarter.folder / "r.xlsx", RATED))
    ran = refused(quarter, 2)
    assert (ran.code, ran.error["code"]) == (5, "undo-built-on")
    assert "(operations 4, 3)" in ran.error["message"]
    assert {(one["code"], one["value"]) for one in ran.error["problems"]} == {
        ("undo-referred-to", "3"),
        ("undo-referred-to", "4"),
    }
    assert refused(quarter, 3).error["problems"][0] | {"message": ""} == {
        "severity": "error",
        "code": "undo-changed-later",
        "file": None,
        "sheet": None,
        "row": None,
        "column": None,
        "field": "appraisal",
        "value": "4",
        "message": "",
        "fix": "Take that one back first: `kinerja undo 4`.",
    }
    for operation in (4, 3, 2):
        assert quarter("undo", str(operation), "--yes").code == 0
    assert quarter.json("staff", "list") == []
    assert quarter.json("period", "list") == []


def test_a_command_that_changed_thousands_of_rows_is_one_step_shown_first(agency: Kinerja) -> None:
    nips = [f"1990{month:02d}{day:02d}201901{sex}001" for month in range(1, 13) for day in range(1, 28) for sex in "12"]
    people = [(nip, f"ORANG {nip}", "", "", "Fungsional", "GURU", "", "U9", "SD BARU", "U1", "Aktif") for nip in nips]
    before = state(agency)
    agency.json("staff", "import", roster(agency.folder / "many.xlsx", people))
    shown = agency.json("undo", "3", "--dry-run")
    assert (shown["operation"], shown["undoes"], shown["dry_run"], shown["kind"]) == (None, 3, True, "staff.import")
    assert [(part["table"], part["action"], part["rows"]) for part in shown["parts"]] == [
        ("staff", "removed", len(nips)),
        ("unit", "removed", 1),
    ]
    assert len(shown["parts"][0]["examples"]) == 3
    assert last(agency) == 3
    done = agency.json("undo", "3", "--yes", "--reason", "Berkas yang salah")
    assert done == shown | {"operation": 4, "dry_run": False}
    assert state(agency) == before
    newest, undone = agency.json("history", "--limit", "2")
    assert (newest["kind"], newest["undoes"], newest["undone_by"], newest["reason"]) == (
        "undo",
        3,
        None,
        "Berkas yang salah",
    )
    assert newest["summary"].startswith("operation 3 taken back: roster of many.xlsx: ")
    assert undone["undone_by"] == 4


def test_what_is_undone_can_be_had_again_and_not_be_undone_twice(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("undo", "4", "--yes")
    ran = refused(quarter, 4)
    assert (ran.code, ran.error["code"]) == (5, "undo-done")
    assert "kinerja undo 5" in ran.error["hint"]
    quarter.json("undo", "5", "--yes")
    assert quarter.json("score", "show", BUDI, QUARTER)["predikat"] == "baik"
    assert refused(quarter, 5).error["code"] == "undo-done"
    assert quarter.json("undo", "4", "--yes")["operation"] == 7
    assert [one["undone_by"] for one in quarter.json("history", "--limit", "4")] == [None, None, 6, 7]
    assert quarter.json("undo", "3", "--yes")["kind"] == "period.open"


def test_a_redo_waits_for_what_was_done_meanwhile(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("undo", "4", "--yes")
    quarter.json("score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas")
    assert refused(quarter, 5).error["problems"][0]["value"] == "6"
    quarter.json("undo", "6", "--yes")
    quarter.json("undo", "5", "--yes")
    assert quarter.json("score", "show", BUDI, QUARTER)["predikat"] == "baik"


def test_nothing_of_a_closed_period_is_taken_back(quarter: Kinerja) -> None:
    quarter.json("feedback", "add", BUDI, "--from", "rekan", "--text", "Ramah", "--date", "2026-02-03")
    for nip in (HEAD, ANI, BUDI, CITRA):
        quarter.json("score", "record", nip, QUARTER, *GOOD)
    quarter.json("unit", "rate", QUARTER, "U2", "baik")
    quarter.json("period", "close", QUARTER)
    for operation in (3, 4, 5, 9):
        ran = refused(quarter, operation)
        assert (ran.code, ran.error["code"]) == (5, "period-closed")
        assert "kinerja period reopen 2026-Q1" in ran.error["hint"]
    ran = refused(quarter, 10)
    assert (ran.code, ran.error["code"]) == (5, "undo-never")
    assert "kinerja period reopen 2026-Q1" in ran.error["hint"]
    # What is recorded of a closed period after it closed may be a slip like any other.
    before = state(quarter)
    quarter.json("unit", "rate", QUARTER, "U1", "baik")
    quarter.json("undo", "11", "--yes")
    assert state(quarter) == before


def test_after_reopening_ratings_can_be_taken_back_but_not_the_opening(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("period", "close", QUARTER, "--allow-unrated")
    quarter.json("period", "reopen", QUARTER, "--reason", "Salah input")
    assert "kinerja period close 2026-Q1" in refused(quarter, 6).error["hint"]
    quarter.json("undo", "4", "--yes")
    assert {one["code"] for one in refused(quarter, 3).error["problems"]} == {"undo-closed-since"}


def test_what_was_never_done_or_made_the_store_is_not_undone(agency: Kinerja) -> None:
    ran = refused(agency, 99)
    assert (ran.code, ran.error["code"]) == (4, "operation-unknown")
    ran = refused(agency, 1)
    assert (ran.code, ran.error["code"]) == (5, "undo-never")


def test_open_periods_go_back_with_what_they_had_followed(quarter: Kinerja) -> None:
    before = state(quarter)
    quarter.json("staff", "set", BUDI, "--unit", "U1", "--since", "2026-02-01")
    assert state(quarter)["appraisal"] != before["appraisal"]
    quarter.json("undo", "4", "--yes")
    assert state(quarter) == before


def test_periods_opened_since_follow_what_is_taken_back(agency: Kinerja) -> None:
    agency.json("unit", "set", "U2", "--head", CITRA, "--since", "2025-02-01")
    agency.json("period", "open", QUARTER)
    found = agency.json("undo", "3", "--yes")
    assert found["followed"] > 0
    assert {one["assessor_nip"] for one in agency.json("score", "list", QUARTER) if one["nip"] == BUDI} == {ANI}
    # The undo did more than take back, so that it is in the way of what came before it until it is undone itself.
    agency.json("undo", "5", "--yes")
    assert {one["assessor_nip"] for one in agency.json("score", "list", QUARTER) if one["nip"] == BUDI} == {CITRA}


def test_what_would_refer_to_what_is_gone_since_stays_away(agency: Kinerja) -> None:
    agency.json("unit", "set", "U9", "--name", "BIDANG BARU", "--parent", "U1")
    agency.json("staff", "set", BUDI, "--unit", "U9")
    agency.json("undo", "4", "--yes")
    agency.json("undo", "3", "--yes")
    ran = refused(agency, 5)
    assert {(one["code"], one["value"]) for one in ran.error["problems"]} == {("undo-gone-since", "6")}


def test_a_row_that_another_program_changed_is_not_covered_up(agency: Kinerja) -> None:
    agency.json("unit", "set", "U2", "--name", "BIDANG LAIN")
    with sqlite3.connect(agency.db) as connection:
        connection.execute("UPDATE unit SET name = 'X' WHERE code = 'U2'")
    connection.close()
    ran = refused(agency, 3)
    assert (ran.code, ran.error["code"]) == (6, "undo-differs")


def test_what_was_lawfully_erased_is_not_guessed(agency: Kinerja) -> None:
    agency.json("unit", "set", "U2", "--name", "BIDANG LAIN")
    with sqlite3.connect(agency.db) as connection:
        connection.execute(
            "UPDATE change SET key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL WHERE seq = 3"
        )
    connection.close()
    ran = refused(agency, 3)
    assert (ran.code, ran.error["code"]) == (5, "undo-erased")
    assert [one["action"] for one in agency.json("history", "show", "3")["rows"]] == ["erased"]
    assert "erased" in agency("history", "show", "3", "--format", "table").out


def test_without_a_terminal_it_says_what_it_would_do_and_how_to_say_yes(quarter: Kinerja) -> None:
    before = quarter.snapshot()
    ran = quarter("undo", "3")
    assert ran.code == 2
    assert "parts in periods, goes: 4 (" in ran.err
    assert "--yes" in ran.err
    assert ran.out == ""
    assert quarter.snapshot() == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("ya\n", 0), ("n\n", 5), ("", 5)])
def test_at_a_terminal_it_asks(quarter: Kinerja, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    ran = quarter("undo", "3")
    assert ran.code == code
    assert "Operation 3: 2026-Q1 opened, 4 people added" in ran.err
    assert "Take operation 3 back? [y/N]" in ran.err
    assert last(quarter) == (4 if code == 0 else 3)


def test_a_rating_taken_back_is_not_counted_as_typed(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("undo", "4", "--yes")
    assert quarter.json("score", "show", BUDI, QUARTER)["predikat"] is None
    assert [one["kind"] for one in quarter.json("history", "--nip", BUDI, "--limit", "2")] == ["undo", "score.record"]


def test_the_history_is_narrowed_down(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("staff", "set", BUDI, "--unit", "U1", "--since", "2026-02-01")

    def kinds(*words: str) -> list[str]:
        return [one["kind"] for one in quarter.json("history", *words)]

    assert kinds("--kind", "staff") == ["staff.set", "staff.import"]
    assert kinds("--kind", "staff.import", "--kind", "period") == ["period.open", "staff.import"]
    assert kinds("--limit", "1") == ["staff.set"]
    assert kinds("--period", QUARTER, "--kind", "score") == ["score.record"]
    actor = quarter.json("history", "--limit", "1")[0]["actor"]
    assert len(kinds("--actor", actor.upper())) == 5
    assert kinds("--actor", "nobody-of-that-name") == []
    day = quarter.json("history", "--limit", "1")[0]["at"][:10]
    assert len(kinds("--since", "1/1/2020", "--until", day)) == 5
    assert kinds("--until", "2020-12-31") == []
    for words in (["--kind", "staff.fly"], ["--since", "yesterday"], ["--limit", "0"]):
        assert quarter("history", *words).code == 2


def test_somebody_who_is_no_longer_on_the_roster_still_has_a_history(agency: Kinerja) -> None:
    agency.json("undo", "2", "--yes")
    assert [one["kind"] for one in agency.json("history", "--nip", BUDI)] == ["undo", "staff.import"]
    assert agency("history", "--nip", "198803032012121003").code == 4
    names = {row["name"] for row in agency.json("history", "show", "3")["rows"] if row["table"] == "staff"}
    assert "ANI LESTARI" in names


def test_one_operation_is_shown_with_every_field_old_and_new(quarter: Kinerja, tmp_path: Path) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("staff", "set", CITRA, "--assessor", HEAD)
    shown = quarter.json("history", "show", "4")
    assert (shown["operation"], shown["kind"], shown["undone_by"]) == (4, "score.record", None)
    assert shown["rows"] == [
        {
            "table": "appraisal",
            "action": "changed",
            "key": f"2026-Q1/{BUDI}/1",
            "nip": BUDI,
            "name": "BUDI",
            "before": {"hasil": None, "perilaku": None, "predikat": None, "rated_by": None},
            "after": {"hasil": "sesuai", "perilaku": "sesuai", "predikat": "baik", "rated_by": ANI},
        }
    ]
    table = quarter("history", "show", "4", "--format", "table").out
    assert "hasil: - → Sesuai Ekspektasi" in table
    assert f"rated by: - → ANI LESTARI ({ANI})" in table
    lines = quarter("history", "show", "4").out.splitlines()
    assert lines[0].split("\t") == ["table", "action", "key", "nip", "name", "field", "before", "after"]
    assert lines[3].split("\t")[5:] == ["predikat", "", "baik"]
    quarter("history", "show", "2", "-o", tmp_path / "two.xlsx")
    sheet = load_workbook(tmp_path / "two.xlsx").worksheets[0]
    assert sum(row[3].value in (HEAD, ANI, BUDI, CITRA) for row in sheet.iter_rows()) >= len(PEOPLE)
    assert quarter("history", "show", "99").code == 4
    assert quarter("history", "show", "x").code == 2


def test_rows_with_the_same_change_stand_on_one_line_of_the_screen(quarter: Kinerja) -> None:
    rows = [(nip, "x", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik") for nip in (BUDI, CITRA)]
    quarter.json("score", "import", recap(quarter.folder / "r.xlsx", rows))
    table = quarter("history", "show", "4", "--format", "table").out
    assert table.count("predikat: - → Baik") == 1
    assert len(quarter.json("history", "show", "4")["rows"]) == 2


def test_a_unit_whose_code_holds_a_slash_comes_and_goes(agency: Kinerja) -> None:
    headings = SIASN
    file = workbook(
        agency.folder / "u.xlsx",
        [headings, (BUDI, "BUDI", "M", "III/a", "Fungsional", "PERAWAT", "", "K/1/2", "POS", "U1", "Aktif")],
    )
    agency.json("staff", "import", file)
    agency.json("period", "open", QUARTER)
    agency.json("unit", "justify", QUARTER, "K/1/2", "--reason", "x")
    agency.json("unit", "acting", "K/1/2", "--nip", CITRA, "--kind", "plt", "--from", "2026-01-01")
    for operation in (6, 5, 4, 3):
        assert agency("undo", str(operation), "--yes").code == 0
    for operation in (10, 9, 8, 7):
        assert agency("undo", str(operation), "--yes").code == 0
    assert [row["unit_code"] for row in agency.json("staff", "list", "--search", "BUDI")] == ["K/1/2"]
