"""`kinerja audit`: whatever another program does to the store is named, and what cannot be found is known."""

import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kinerja_cli.storage.audit import aside
from tests.attacks import forge, run_sql, tamper, tamper_deeply
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, command, roster
from tests.verified import alone, verify

RATINGS = ((HEAD, "diatas"), (ANI, "sesuai"), (BUDI, "sesuai"), (CITRA, "diatas"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small agency with a closed quarter and an open one, made once."""
    folder = tmp_path_factory.mktemp("whole")
    db = folder / "kinerja.db"
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "staff", "import", roster(tmp_path_factory.mktemp("roster") / "roster.xlsx"))
    command(db, "period", "open", "2026-Q1")
    for nip, hasil in RATINGS:
        words = ("--hasil", hasil, "--perilaku", "sesuai", "--rated-on", "2026-04-02")
        command(db, "score", "record", nip, "2026-Q1", *words)
    command(db, "period", "close", "2026-Q1")
    command(db, "period", "open", "2026-Q2")
    command(db, "unit", "set", "u2", "--name", "Bidang Pelayanan, ")
    return folder


@pytest.fixture
def closed(kinerja: Kinerja, whole: Path) -> Kinerja:
    """The program with a store of that agency."""
    shutil.copytree(whole, kinerja.folder, dirs_exist_ok=True)
    return kinerja


def codes(found: Any) -> set[str]:  # noqa: ANN401 - JSON is whatever the command printed
    return {one["code"] for one in found["findings"]}


def test_a_store_that_nobody_touched_is_as_it_was_recorded(closed: Kinerja) -> None:
    found = verify(closed)
    assert list(found)[:5] == ["ok", "operations", "head", "first_bad", "anchors"]
    head = closed.json("audit", "head")
    assert (found["ok"], found["operations"], found["head"]) == (True, head["sequence"], head["hash"])
    assert (found["first_bad"], found["anchors"], found["findings"]) == (None, [], [])
    assert (found["closed_periods"], found["rows"] > 20) == (1, True)
    assert alone(closed).returncode == 0
    ran = closed("audit", "verify", "--format", "table")
    assert "all is as it was recorded" in ran.out


@pytest.mark.parametrize(
    ("sql", "table", "nip", "field", "recorded", "found"),
    [
        (f"UPDATE staff SET name = 'BUDI Y' WHERE nip = '{BUDI}'", "staff", BUDI, "name", "BUDI", "BUDI Y"),
        (
            f"UPDATE appraisal SET predikat = 'sangat_baik' WHERE nip = '{ANI}' AND period_code = '2026-Q1'",
            "appraisal",
            ANI,
            "predikat",
            "baik",
            "sangat_baik",
        ),
        (
            f"UPDATE appraisal SET final = 1 WHERE nip = '{ANI}' AND period_code = '2026-Q2'",
            "appraisal",
            ANI,
            "final",
            0,
            1,
        ),
        (
            f"UPDATE appraisal SET note = 'x' WHERE nip = '{ANI}' AND period_code = '2026-Q2'",
            "appraisal",
            ANI,
            "note",
            None,
            "x",
        ),
        (
            "UPDATE setting SET value = 'Kota Lain' WHERE key = 'agency'",
            "setting",
            None,
            "value",
            "Kota Contoh",
            "Kota Lain",
        ),
        (
            "UPDATE period SET window_ends = '2026-12-31' WHERE code = '2026-Q2'",
            "period",
            None,
            "window_ends",
            None,
            None,
        ),
        (
            "UPDATE unit SET name = 'Bidang Pelayanan' WHERE code = 'u2'",
            "unit",
            None,
            "name",
            "Bidang Pelayanan,",
            "Bidang Pelayanan",
        ),
        (
            "UPDATE period_unit SET head_nip = NULL WHERE period_code = '2026-Q1'",
            "period_unit",
            None,
            "head_nip",
            None,
            None,
        ),
    ],
)
def test_a_value_changed_by_another_program_is_named(
    closed: Kinerja, sql: str, table: str, nip: str | None, field: str, recorded: object, found: object
) -> None:
    tamper(closed.db, sql)
    said = verify(closed)
    changed = [one for one in said["findings"] if one["code"] == "audit-row-changed"]
    assert {(one["table"], one["field"]) for one in changed} == {(table, field)}
    assert changed[0]["nip"] == nip
    assert (changed[0]["name"] is not None) == (nip is not None)
    if recorded is not None or found is not None:
        assert (changed[0]["recorded"], changed[0]["found"]) == (recorded, found)
        assert str(found) in changed[0]["message"]
    assert alone(closed).returncode == 8


def test_rows_missing_and_rows_too_many_are_named(closed: Kinerja) -> None:
    tamper(
        closed.db,
        f"DELETE FROM appraisal WHERE nip = '{CITRA}' AND period_code = '2026-Q2'",
        f"INSERT INTO standing VALUES ('{BUDI}', '2026-01-01', 'cltn')",
    )
    said = verify(closed)
    assert {(one["code"], one["table"], one["nip"]) for one in said["findings"]} == {
        ("audit-row-missing", "appraisal", CITRA),
        ("audit-row-extra", "standing", BUDI),
    }
    assert alone(closed).returncode == 8


def test_people_who_swap_their_ratings_are_found(closed: Kinerja) -> None:
    """The sums of a table stay the same then; those of its rows do not."""
    swap = f"CASE nip WHEN '{ANI}' THEN 'diatas' ELSE 'sesuai' END"
    tamper(
        closed.db,
        f"UPDATE appraisal SET hasil = {swap} WHERE nip IN ('{ANI}', '{CITRA}') AND period_code = '2026-Q1'",
    )
    said = verify(closed)
    assert {(one["nip"], one["field"]) for one in said["findings"] if one["table"]} == {
        (ANI, "hasil"),
        (CITRA, "hasil"),
    }
    assert {one["field"] for one in said["findings"] if one["code"] == "audit-fingerprint"} == {None}


def test_a_closed_period_that_was_rewritten_with_its_fingerprint_is_found(closed: Kinerja) -> None:
    tamper(closed.db, "UPDATE period SET fingerprint = 'x' WHERE code = '2026-Q1'")
    assert codes(verify(closed)) == {"audit-fingerprint", "audit-row-changed"}
    assert alone(closed).returncode == 8


def test_a_change_between_two_operations_is_found_although_the_later_one_wrote_over_it(closed: Kinerja) -> None:
    run_sql(closed.db, f"UPDATE staff SET rank = 'IV/e' WHERE nip = '{BUDI}'")
    assert closed("staff", "set", BUDI, "--rank", "III/b").code == 0
    (one,) = verify(closed)["findings"]
    assert (one["code"], one["recorded"], one["found"]) == ("audit-row-changed-before", "III/a", "IV/e")
    assert alone(closed).returncode == 8


ATTACKS = {
    "edit": ("UPDATE operation SET actor = 'nobody' WHERE seq = 4",),
    "edit an image": ("UPDATE change SET after = replace(after, 'sesuai', 'diatas') WHERE seq = 4",),
    "delete": ("DELETE FROM change WHERE seq = 4", "DELETE FROM operation WHERE seq = 4"),
    "delete a change": ("DELETE FROM change WHERE seq = 2 AND ordinal = 3",),
    "swap": (
        "UPDATE operation SET seq = -4 WHERE seq = 4",
        "UPDATE operation SET seq = 4 WHERE seq = 5",
        "UPDATE operation SET seq = 5 WHERE seq = -4",
    ),
    "hide from a person": (f"UPDATE change SET nip = '{CITRA}' WHERE seq = 4",),
    "hide from everybody": ("UPDATE change SET nip = NULL WHERE seq = 4",),
    "orphans": ("DELETE FROM operation WHERE seq = 4",),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_editing_deleting_and_swapping_is_found_by_the_chain_alone(closed: Kinerja, attack: str) -> None:
    tamper(closed.db, "PRAGMA foreign_keys=OFF", *ATTACKS[attack])
    said = verify(closed)
    assert not said["ok"]
    assert said["first_bad"] in (2, 4, 5)
    if not attack.startswith("hide"):
        assert alone(closed).returncode == 8


def last(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT max(seq) FROM operation").fetchone()[0])


def cut(db: Path) -> None:
    """Take the last operation off, and what it did."""
    seq = last(db)
    tamper(
        db,
        f"DELETE FROM change WHERE seq = {seq}",
        f"DELETE FROM operation WHERE seq = {seq}",
        "UPDATE unit SET name = 'BIDANG PELAYANAN' WHERE code = 'u2'",
    )


def test_a_cut_tail_is_found_by_an_anchor_alone(closed: Kinerja) -> None:
    anchors = closed.folder / "anchors.json"
    closed.json("audit", "head", "--anchor", anchors)
    end = last(closed.db)
    cut(closed.db)
    unit = verify(closed)
    assert {one["table"] for one in unit["findings"]} <= {"unit"}
    assert unit["first_bad"] is None
    said = verify(closed, "--anchor", anchors)
    assert "audit-tail-cut" in codes(said)
    assert (said["first_bad"], said["anchors"][0]["state"], said["anchors"][0]["ok"]) == (end, "cut", False)
    assert "cut off or rewritten" in alone(closed, "--anchor", anchors).stdout


def test_a_chain_rewritten_from_an_edit_on_is_found_by_an_anchor_alone(closed: Kinerja) -> None:
    anchors = closed.folder / "anchors.json"
    closed.json("audit", "head", "--anchor", anchors)
    end = last(closed.db)
    forge(closed.db, "UPDATE operation SET actor = 'nobody' WHERE seq = 4", after=3)
    assert verify(closed)["ok"]
    assert alone(closed).returncode == 0
    said = verify(closed, "--anchor", anchors)
    assert codes(said) == {"audit-rewritten"}
    assert "operation 0" not in said["findings"][0]["message"]
    assert "no earlier anchor fits" in said["findings"][0]["message"]
    assert said["first_bad"] == end
    assert alone(closed, "--anchor", anchors).returncode == 8


def test_program_and_verifier_agree_on_what_holds_no_anchors(closed: Kinerja) -> None:
    file, good = closed.folder / "anchors.json", closed.folder / "good.json"
    closed.json("audit", "head", "--anchor", good)
    for text in ('{"anchors": []}', '{"anchors": [{}]}', '{"x": 1}', "[]", "", "[" * 200_000):
        file.write_text(text)
        for given in ((file,), (good, file)):
            words = [word for one in given for word in ("--anchor", one)]
            assert (closed("audit", "verify", *words).code, alone(closed, *words).returncode) == (3, 3), text[:20]
    file.unlink()
    os.mkfifo(file)
    assert (closed("audit", "verify", "--anchor", file).code, alone(closed, "--anchor", file).returncode) == (3, 3)
    assert alone(closed, "--anchor", good).returncode == 0


def test_the_verifier_says_what_a_killed_run_left_and_the_way_out(closed: Kinerja) -> None:
    kill = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('PRAGMA cache_spill=1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('DROP TRIGGER change_is_kept'); c.execute(\"UPDATE change SET nip = nip || 'x'\"); os._exit(9)"
    )
    before = closed.snapshot()
    subprocess.run([sys.executable, "-c", kill, closed.db], check=False)
    assert closed.db.with_name("kinerja.db-journal").stat().st_size
    done = alone(closed)
    assert done.returncode == 6
    assert "killed run" in done.stderr
    assert "kinerja doctor" in done.stderr
    closed("doctor")
    assert closed.snapshot() == before
    assert alone(closed).returncode == 0


def test_the_record_of_a_closing_is_an_anchor_that_narrows_down_where_it_was_rewritten(closed: Kinerja) -> None:
    anchors = closed.folder / "anchors.json"
    closed.json("audit", "head", "--anchor", anchors)
    (record,) = closed.db.with_name("kinerja.db.manifests").iterdir()
    closing_at = json.loads(record.read_text())["operation"]
    forge(closed.db, f"UPDATE operation SET actor = 'x' WHERE seq = {closing_at + 1}", after=closing_at)
    said = verify(closed, "--anchor", record, "--anchor", anchors)
    assert [one["state"] for one in said["anchors"]] == ["holds", "rewritten"]
    assert f"after operation {closing_at} " in said["findings"][0]["message"]


def test_what_is_forged_after_the_last_anchor_cannot_be_found(closed: Kinerja) -> None:
    """The manual says so; this test says that it is true."""
    anchors = closed.folder / "anchors.json"
    closed.json("audit", "head", "--anchor", anchors)
    end = last(closed.db)
    closed.json("unit", "set", "u2", "--name", "Bidang Lain")
    forge(closed.db, f"UPDATE operation SET actor = 'nobody' WHERE seq = {end + 1}", after=end)
    assert verify(closed, "--anchor", anchors)["ok"]


def test_what_was_never_recorded_cannot_be_found_but_by_its_rows(closed: Kinerja) -> None:
    """A rating that nobody gave to kinerja leaves no trace; one put there past kinerja does."""
    assert verify(closed)["ok"]
    run_sql(closed.db, f"UPDATE appraisal SET predikat = 'baik' WHERE nip = '{ANI}' AND period_code = '2026-Q2'")
    assert not verify(closed)["ok"]


def test_an_anchor_of_another_store_is_told(closed: Kinerja, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.json"
    assert closed("--db", tmp_path / "other.db", "init", "--agency", "Kota Lain").code == 0
    closed.json("--db", str(tmp_path / "other.db"), "audit", "head", "--anchor", anchors)
    assert codes(verify(closed, "--anchor", anchors)) == {"audit-anchor-foreign"}
    assert alone(closed, "--anchor", anchors).returncode == 8


def test_anchors_are_kept_behind_each_other_and_each_once(closed: Kinerja) -> None:
    anchors = closed.folder / "anchors.json"
    first = closed.json("audit", "head", "--anchor", anchors)
    closed.json("audit", "head", "--anchor", anchors)
    closed.json("unit", "set", "u2", "--name", "Bidang Lain")
    second = closed.json("audit", "head", "--anchor", anchors)
    assert list(first) == ["store_id", "sequence", "hash", "at"]
    assert json.loads(anchors.read_text())["anchors"] == [first, second]
    assert stat.S_IMODE(anchors.stat().st_mode) == 0o600
    assert verify(closed, "--anchor", anchors)["ok"]


def test_a_file_without_anchors_is_refused_and_left_alone(closed: Kinerja, tmp_path: Path) -> None:
    other = tmp_path / "notes.json"
    other.write_text("{}")
    for words in (("head",), ("verify",)):
        ran = closed("audit", *words, "--anchor", other, "--format", "json")
        assert (ran.code, ran.error["code"]) == (3, "anchor-unreadable")
    assert other.read_text() == "{}"
    ran = closed("audit", "verify", "--anchor", tmp_path / "none.json", "--format", "json")
    assert (ran.code, ran.error["code"]) == (4, "file-missing")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert closed("audit", "verify", "--anchor", tmp_path / "binary").code == 3
    assert closed("audit", "head", "--anchor", tmp_path / "no" / "anchors.json").code == 4


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DROP TRIGGER operation_is_kept", "audit-schema-missing"),
        ("DROP INDEX ix_change_nip", "audit-schema-missing"),
        ("DROP TABLE holiday", "audit-schema-missing"),
        ("CREATE TRIGGER mine AFTER UPDATE ON staff BEGIN SELECT 1; END", "audit-trigger-foreign"),
        ("ALTER TABLE staff ADD COLUMN shoe TEXT", "audit-schema-changed"),
        ("UPDATE alembic_version SET version_num = '0001'", "audit-schema-version"),
        ("DELETE FROM alembic_version", "audit-schema-version"),
    ],
)
def test_whatever_is_dropped_added_or_altered_is_named(closed: Kinerja, sql: str, code: str) -> None:
    run_sql(closed.db, sql)
    assert code in codes(verify(closed))
    assert alone(closed).returncode == 8


def test_a_guard_that_does_nothing_is_no_guard(closed: Kinerja) -> None:
    run_sql(
        closed.db,
        "DROP TRIGGER operation_is_kept",
        "CREATE TRIGGER operation_is_kept BEFORE UPDATE ON operation BEGIN SELECT 1; END",
    )
    (one,) = verify(closed)["findings"]
    assert (one["code"], "operation_is_kept" in one["message"]) == ("audit-schema-changed", True)


def test_a_table_of_somebody_else_is_odd_and_no_error(closed: Kinerja) -> None:
    run_sql(closed.db, "CREATE TABLE mine (x)")
    said = verify(closed)
    assert (said["ok"], codes(said)) == (True, {"audit-schema-extra"})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE appraisal SET predikat = 'baik' WHERE period_code = '2026-Q1'",
        "DELETE FROM appraisal WHERE period_code = '2026-Q1'",
        "UPDATE period_unit SET name = 'x' WHERE period_code = '2026-Q1'",
        "UPDATE operation SET actor = 'x'",
        "DELETE FROM operation",
        "UPDATE change SET after = '{}'",
        "DELETE FROM change",
        "REPLACE INTO operation SELECT * FROM operation WHERE seq = 2",
    ],
)
def test_the_ledger_and_closed_periods_refuse_other_programs_while_the_guards_stand(closed: Kinerja, sql: str) -> None:
    with closing(sqlite3.connect(closed.db)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    assert verify(closed)["ok"]


EMPTIED = "UPDATE change SET key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL"


def test_images_that_no_operation_has_emptied_are_a_finding(closed: Kinerja) -> None:
    run_sql(closed.db, f"{EMPTIED} WHERE seq = 4")
    said = verify(closed)
    assert "audit-emptied" in codes(said)
    assert alone(closed).returncode == 8


def test_images_that_an_operation_has_emptied_leave_the_chain_whole(closed: Kinerja) -> None:
    """Erasure empties a person's images and says in its own operation how many."""
    closed.json("feedback", "add", BUDI, "--from", "rekan", "--text", "Cekatan", "--date", "2026-05-03")
    seq = last(closed.db)
    facts = """UPDATE operation SET facts = '{"emptied":1}' WHERE seq = """
    forge(closed.db, f"{facts}{seq - 1}", after=seq - 2)
    run_sql(closed.db, f"{EMPTIED} WHERE seq = {seq}")
    said = verify(closed)
    assert (said["ok"], codes(said)) == (
        True,
        {"audit-erased", "audit-erased-unsealed", "audit-row-unknown"},
    )
    assert alone(closed).returncode == 0


def test_a_clock_that_ran_backwards_is_odd_and_no_error(closed: Kinerja) -> None:
    forge(closed.db, "UPDATE operation SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 4", after=3)
    said = verify(closed)
    assert (said["ok"], codes(said)) == (True, {"audit-time-backwards"})


def test_many_findings_are_few_on_a_screen_and_all_in_a_file(closed: Kinerja, tmp_path: Path) -> None:
    rows = ", ".join(f"('k{number}', 'v')" for number in range(40))
    run_sql(closed.db, f"INSERT INTO setting VALUES {rows}")
    ran = closed("audit", "verify", "--format", "table")
    assert (ran.code, "30 more like these" in ran.out) == (8, True)
    assert len(verify(closed)["findings"]) == 40
    assert closed("audit", "verify", "-o", tmp_path / "found.csv").code == 8
    assert len((tmp_path / "found.csv").read_text().splitlines()) == 41


def test_a_file_that_cannot_be_read_at_all_is_none_of_ours(closed: Kinerja) -> None:
    closed.db.write_bytes(b"\x00" * 8192)
    assert closed("audit", "verify").code == 6
    assert alone(closed).returncode == 6


def test_the_second_process_finds_what_one_alone_does(closed: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    tamper(closed.db, f"UPDATE staff SET sex = 'P' WHERE nip = '{BUDI}'")
    here = verify(closed)
    monkeypatch.setattr("kinerja_cli.storage.audit._WORTH_A_PROCESS", 0)
    monkeypatch.setattr(aside, "_can_fork", lambda: hasattr(os, "fork"))
    assert verify(closed) == here


def test_where_hashes_can_be_foreseen_every_row_is_compared_in_full(
    closed: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert verify(closed)["ok"]


HOSTILE = {
    "garbage": (
        "UPDATE operation SET kind = 1.5, context = x'ff00', changes = 'many', facts = NULL",
        "UPDATE change SET digest = 7, salt = 'x', before = 12, nip = 3",
    ),
    "nothing": ("UPDATE operation SET hash = NULL, previous = NULL, at = NULL", "UPDATE change SET seq = NULL"),
    "numbers": ("UPDATE operation SET seq = 'a' || seq", "UPDATE change SET seq = 'b', ordinal = NULL"),
    "huge": (
        "UPDATE change SET after = zeroblob(3000000)",
        "UPDATE staff SET name = hex(zeroblob(1000000)), nip = NULL",
        "UPDATE operation SET facts = '{\"emptied\":' || replace(hex(zeroblob(3000)), '0', '9') || '}'",
    ),
    "deep": ("UPDATE change SET after = replace(hex(zeroblob(50000)), '0', '['), salt = x'00'",),
    "no text": ("UPDATE staff SET name = CAST(x'fffe41' AS TEXT)", "UPDATE period SET code = CAST(x'ff' AS TEXT)"),
    "no tables": ("DROP TABLE operation", "DROP TABLE change", "DROP TABLE appraisal"),
    "no columns": ("ALTER TABLE change DROP COLUMN salt", "ALTER TABLE appraisal DROP COLUMN nip"),
    "endless": (
        "DROP TABLE change",
        "CREATE VIEW change AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq FROM n) SELECT seq FROM n",
        "DROP TABLE staff",
        "CREATE VIEW staff AS WITH RECURSIVE n(nip) AS (SELECT 1 UNION ALL SELECT nip FROM n) SELECT nip FROM n",
    ),
    "odd images": ("UPDATE change SET after = '[1]', before = '\"x\"'",),
    "closed by nobody": ("UPDATE period SET state = 'closed', fingerprint = 3.5, code = 4",),
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_store_is_a_finding_and_never_a_fault(closed: Kinerja, attack: str) -> None:
    tamper_deeply(closed.db, *HOSTILE[attack])
    ran = closed("audit", "verify", "--format", "json")
    assert ran.code == 8, ran.err
    assert ran.data["findings"]
    assert closed("audit", "verify", "-o", closed.folder / "found.csv").code == 8
    assert alone(closed).returncode == 8


def test_flipped_bits_are_found_wherever_they_change_what_is_read(closed: Kinerja) -> None:
    """Damage is named or refused; where neither happens, every value is still what it was."""
    whole = closed.db.read_bytes()
    rows = dump(closed.db)
    chance = random.Random(2026)
    found = 0
    for _ in range(60):
        hurt = bytearray(whole)
        hurt[chance.randrange(100, len(hurt))] ^= 1 << chance.randrange(8)
        closed.db.write_bytes(hurt)
        ran = closed("audit", "verify", "--format", "json")
        assert ran.code in (0, 6, 8), ran.err
        found += ran.code != 0
        if not ran.code:
            assert dump(closed.db) == rows
    assert found > 10


def dump(db: Path) -> object:
    """Every value of every table, and the schema."""
    with closing(sqlite3.connect(db)) as connection:
        connection.text_factory = bytes
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        try:
            return [
                sorted(map(repr, connection.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED'))) for name in names
            ]
        except sqlite3.DatabaseError as error:
            return str(error)


def test_the_verifier_is_one_short_file_that_any_python_runs(closed: Kinerja, tmp_path: Path) -> None:
    file = tmp_path / "verify.py"
    assert closed("audit", "verifier", "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    assert "import kinerja" not in text
    assert "from kinerja" not in text
    assert len([line for line in text.splitlines() if line.strip()]) < 350
    done = subprocess.run([sys.executable, "-I", file, closed.db], capture_output=True, text=True, check=False)
    assert (done.returncode, "findings: 0" in done.stdout) == (0, True)
    assert closed("audit", "verifier", "-o", tmp_path / "no" / "verify.py").code == 4


def test_closing_leaves_a_record_that_names_nobody(closed: Kinerja) -> None:
    (record,) = closed.db.with_name("kinerja.db.manifests").iterdir()
    kept = json.loads(record.read_text())
    shown = closed.json("period", "show", "2026-Q1")
    assert (kept["period"], kept["fingerprint"], kept["rated"]) == ("2026-Q1", shown["fingerprint"], 4)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700
    assert not any(nip in record.read_text() for nip, _hasil in RATINGS)
    assert verify(closed, "--anchor", record)["ok"]


def test_the_record_of_a_closing_can_be_had_again(closed: Kinerja, tmp_path: Path) -> None:
    (record,) = closed.db.with_name("kinerja.db.manifests").iterdir()
    text = record.read_text()
    before = closed.snapshot()
    again = closed.json("period", "close", "2026-Q1", "--manifest", tmp_path / "record.json")
    assert (again["operation"], again["manifest"]) == (None, str(tmp_path / "record.json"))
    assert (tmp_path / "record.json").read_text() == text
    record.unlink()
    assert closed.json("period", "close", "2026-Q1")["manifest"] == str(record)
    assert record.read_text() == text
    assert closed.snapshot() == before


def test_a_dry_run_leaves_no_record(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    agency.json("period", "close", "2026-Q1", "--allow-unrated", "--dry-run")
    assert not agency.db.with_name("kinerja.db.manifests").exists()


def test_a_record_that_cannot_be_written_is_a_warning(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    ran = agency("period", "close", "2026-Q1", "--allow-unrated", "--manifest", tmp_path / "no" / "record.json")
    assert ran.code == 0
    assert "manifest-unwritten" in ran.err
    assert "kinerja audit head" in ran.err
    assert agency.json("period", "show", "2026-Q1")["state"] == "closed"


def test_the_calendar_leaves_records_too(agency: Kinerja) -> None:
    assert agency("period", "rollover", "--as-of", "2026-05-20", "--allow-unrated", "--catch-up").code == 0
    records = sorted(path.name for path in agency.db.with_name("kinerja.db.manifests").iterdir())
    assert records
    assert verify(agency)["ok"]


def test_a_recap_to_be_kept_carries_fingerprint_and_head(closed: Kinerja, tmp_path: Path) -> None:
    head, shown = closed.json("audit", "head"), closed.json("period", "show", "2026-Q1")
    for report in ("summary", "results"):
        file = tmp_path / f"{report}.xlsx"
        assert closed("report", report, "2026-Q1", "-o", file).code == 0
        page = load_workbook(file).worksheets[0]
        cells = " ".join(str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None)
        assert head["hash"] in cells
        assert shown["fingerprint"] in cells
