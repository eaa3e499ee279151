"""`kinerja audit` against an outsider with all rights to the file: what hid from it before, it names now."""

import json
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kinerja_cli.storage.audit import aside, halves, persons
from kinerja_cli.storage.ledger import operation_hash
from tests.attacks import append, as_blobs, poison_index, run_sql, tamper, write_schema
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, command, roster
from tests.verified import alone, verify

Q1, Q2 = "2025-Q1", "2025-Q2"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small agency: a closed quarter with a decided objection, an open one with a rating."""
    folder = tmp_path_factory.mktemp("whole")
    db = folder / "kinerja.db"
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "staff", "import", roster(tmp_path_factory.mktemp("roster") / "roster.xlsx"))
    command(db, "period", "open", Q1)
    for nip in (HEAD, ANI, BUDI, CITRA):
        command(db, "score", "record", nip, Q1, *GOOD)
    command(db, "objection", "file", BUDI, Q1, "--received", "2025-07-07", "--filed", "2025-07-09", "--reason", "Salah")
    command(db, "objection", "decide", "1", "--upheld", "--explanation", "Sudah tepat", "--date", "2025-07-14")
    command(db, "period", "close", Q1)
    command(db, "period", "open", Q2)
    command(db, "score", "record", BUDI, Q2, *GOOD)
    return folder


@pytest.fixture
def closed(kinerja: Kinerja, whole: Path) -> Kinerja:
    """The program with a store of that agency."""
    shutil.copytree(whole, kinerja.folder, dirs_exist_ok=True)
    return kinerja


def errors(kinerja: Kinerja, *words: str | Path) -> set[str]:
    """The codes of all errors that the program finds; the verifier finds something as well, or nothing either."""
    found = {one["code"] for one in verify(kinerja, *words)["findings"] if one["severity"] == "error"}
    verifier(kinerja, *words, code=8 if found else 0)
    return found


def verifier(kinerja: Kinerja, *words: str | Path, code: int) -> str:
    """What the verifier prints, which ends so and says nothing else."""
    done = alone(kinerja, *words)
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    return done.stdout


def record(kinerja: Kinerja, period: str = Q1) -> Path:
    (path,) = kinerja.db.with_name("kinerja.db.manifests").glob(f"{period}-*.json")
    return path


def image(db: Path, sql: str) -> dict[str, Any]:
    """One row as a mapping."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        return dict(connection.execute(sql).fetchone())


def fingerprint(kinerja: Kinerja, period: str) -> str:
    """What the ratings of a period give now, as the audit finds it."""
    (one,) = [one for one in verify(kinerja)["findings"] if one["code"] == "audit-fingerprint"]
    assert period in one["message"]
    return str(one["found"])


def test_a_store_with_everything_in_it_is_as_it_was_recorded(closed: Kinerja) -> None:
    assert errors(closed, "--anchor", record(closed)) == set()


@pytest.mark.parametrize(
    ("table", "column", "where", "code"),
    [
        ("appraisal", "predikat", f"period_code = '{Q1}' AND nip = '{ANI}'", "audit-row-changed"),
        ("period", "state", f"code = '{Q1}'", "audit-row-changed"),
        ("setting", "value", "key = 'agency'", "audit-row-changed"),
        ("staff", "status", f"nip = '{ANI}'", "audit-row-changed"),
        ("operation", "kind", "seq = 3", "audit-operation-changed"),
        ("operation", "at", "seq = 3", "audit-operation-changed"),
        ("change", "relation", "seq = 3 AND ordinal = 1", "audit-change-changed"),
        ("change", "key", "seq = 3 AND ordinal = 1", "audit-change-changed"),
        ("change", "nip", "seq = 4", "audit-change-changed"),
        ("change", "before", "seq = 4", "audit-change-changed"),
        ("change", "after", "seq = 4", "audit-change-changed"),
    ],
)
def test_a_blob_of_the_same_bytes_as_a_text_is_named(
    closed: Kinerja, table: str, column: str, where: str, code: str
) -> None:
    """One flipped bit makes a blob of a text, which other programs read otherwise."""
    as_blobs(closed.db, table, column, where)
    assert code in errors(closed)


CLOSED_RATING = f"period_code = '{Q1}' AND nip = '{ANI}'"
RAISE = f"UPDATE appraisal SET predikat = 'sangat_baik' WHERE {CLOSED_RATING}"


def forge_rating(kinerja: Kinerja, *kinds: str) -> None:
    """Raise a rating of a closed period with its fingerprint, all of it recorded as operations of these kinds."""
    before = image(kinerja.db, f"SELECT fingerprint FROM period WHERE code = '{Q1}'")
    tamper(kinerja.db, RAISE)
    after = {"fingerprint": fingerprint(kinerja, Q1)}
    tamper(kinerja.db, f"UPDATE period SET fingerprint = '{after['fingerprint']}' WHERE code = '{Q1}'")
    rating = ("appraisal", f"{Q1}/{ANI}/1", ANI, {"predikat": "baik"}, {"predikat": "sangat_baik"})
    shut, open_ = {"state": "closed"}, {"state": "open"}
    if len(kinds) == 1:
        append(kinerja.db, kinds[0], rating, ("period", Q1, None, before, after))
        return
    append(kinerja.db, kinds[0], ("period", Q1, None, before | shut, open_))
    append(kinerja.db, "score.record", rating)
    append(kinerja.db, kinds[1], ("period", Q1, None, open_, after | shut))


@pytest.mark.parametrize("kind", ["score.record", "settings.set", "undo", "period.close", "period.reopen"])
def test_an_operation_forged_behind_the_last_may_not_change_a_closed_period(closed: Kinerja, kind: str) -> None:
    forge_rating(closed, kind)
    assert errors(closed) == {"audit-closed-changed"}
    said = verify(closed, "--anchor", record(closed))
    assert said["anchors"][0]["state"] == "altered"
    assert "audit-closing-differs" in {one["code"] for one in said["findings"]}
    assert "closing record" in verifier(closed, "--anchor", record(closed), code=8)


def test_an_operation_that_says_it_only_read_changes_nothing(closed: Kinerja) -> None:
    rating = ("appraisal", f"{Q2}/{BUDI}/1", BUDI, {"predikat": "baik"}, {"predikat": "sangat_baik"})
    tamper(
        closed.db,
        f"UPDATE appraisal SET predikat = 'sangat_baik' WHERE period_code = '{Q2}' AND nip = '{BUDI}'",
    )
    append(closed.db, "read.export", rating)
    assert errors(closed) == {"audit-read-changed"}


def test_a_period_is_turned_by_closing_reopening_and_undoing_alone(closed: Kinerja) -> None:
    forge_rating(closed, "settings.set", "score.import")
    assert errors(closed) == {"audit-period-turned"}


def test_an_undo_turns_no_period(closed: Kinerja) -> None:
    forge_rating(closed, "undo", "undo")
    assert errors(closed) == {"audit-period-turned"}


def test_what_is_forged_as_a_reopening_is_seen_in_the_history_alone(closed: Kinerja) -> None:
    """No rule tells it from one; but it stands there, and the closing record has another fingerprint."""
    forge_rating(closed, "period.reopen", "period.close")
    assert errors(closed, "--anchor", record(closed)) == set()
    assert "period.reopen" in [one["kind"] for one in closed.json("history", "--limit", "3")]


def test_reopening_and_closing_again_is_lawful(closed: Kinerja) -> None:
    kept = record(closed)
    closed.json("period", "reopen", Q1, "--reason", "Keliru")
    assert errors(closed, "--anchor", kept) == set()
    closed.json("score", "record", ANI, Q1, "--hasil", "diatas", "--perilaku", "diatas")
    closed.json("period", "close", Q1)
    assert errors(closed, "--anchor", kept) == set()


HIDDEN = "CREATE TRIGGER {} BEFORE UPDATE ON appraisal BEGIN SELECT RAISE(IGNORE); END"


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("CAST('trigger' AS BLOB)", "evil", "audit-schema-strange"),
        ("'TRIGGER'", "evil", "audit-schema-strange"),
        ("'trigger'", "sqlite_evil", "audit-schema-strange"),
        ("'trigger'", "evil", "audit-trigger-foreign"),
    ],
)
def test_a_trigger_is_named_under_whatever_kind_and_name_it_hides(
    closed: Kinerja, kind: str, name: str, code: str
) -> None:
    write_schema(
        closed.db,
        f"INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)"
        f" VALUES ({kind}, '{name}', 'appraisal', 0, '{HIDDEN.format(name)}')",
    )
    assert code in errors(closed)


def test_what_sqlite_makes_for_itself_is_no_finding(closed: Kinerja) -> None:
    run_sql(closed.db, "ANALYZE")
    assert errors(closed) == set()


def test_rows_with_an_empty_key_are_named(closed: Kinerja) -> None:
    run_sql(
        closed.db,
        "INSERT INTO unit (code, name) VALUES ('', 'HANTU')",
        "INSERT INTO setting VALUES ('', 'x')",
    )
    found = [one for one in verify(closed)["findings"] if one["code"] == "audit-row-extra"]
    assert [(one["table"], one["key"]) for one in found] == [("setting", ""), ("unit", "")]
    assert errors(closed) == {"audit-row-extra"}


@pytest.mark.parametrize("nip", [f"'{CITRA}'", "NULL"])
@pytest.mark.parametrize("which", ["before IS NULL", "before IS NOT NULL"])
def test_a_change_filed_under_another_person_is_named_although_its_key_names_nobody(
    closed: Kinerja, which: str, nip: str
) -> None:
    tamper(closed.db, f"UPDATE change SET nip = {nip} WHERE relation = 'objection' AND {which}")
    assert errors(closed) == {"audit-person-differs"}


def test_where_no_more_persons_are_remembered_the_live_row_is_asked(
    closed: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(closed.db, f"UPDATE change SET nip = '{CITRA}' WHERE relation = 'objection' AND before IS NOT NULL")
    monkeypatch.setattr(persons, "_AT_MOST", 1)
    assert errors(closed) == {"audit-person-differs"}


@pytest.mark.parametrize("cost", [0, 1, 3])
def test_two_processes_find_what_one_does(closed: Kinerja, monkeypatch: pytest.MonkeyPatch, cost: int) -> None:
    """Wherever the chain is cut between them; nothing at all is found in a store that is whole."""
    monkeypatch.setattr("kinerja_cli.storage.audit._WORTH_A_PROCESS", 0)
    monkeypatch.setattr(aside, "_can_fork", lambda: hasattr(os, "fork"))
    monkeypatch.setattr(halves, "_COST_OF_A_ROW", cost)
    assert errors(closed, "--anchor", record(closed)) == set()
    forge_rating(closed, "read.list")
    tamper(closed.db, f"UPDATE change SET nip = '{CITRA}' WHERE relation = 'objection' AND before IS NOT NULL")
    assert errors(closed) == {"audit-closed-changed", "audit-read-changed", "audit-person-differs"}


INDEX = "ix_appraisal_period_code_unit_code_predikat"


def test_an_index_that_tells_otherwise_than_its_table_is_named(closed: Kinerja) -> None:
    poison_index(closed.db, INDEX, RAISE, f"UPDATE appraisal NOT INDEXED SET predikat = 'baik' WHERE {CLOSED_RATING}")
    assert errors(closed) == {"audit-index"}
    assert {one["table"] for one in verify(closed)["findings"]} == {"appraisal"}


@pytest.fixture
def erased(closed: Kinerja) -> Kinerja:
    """The same agency after its closed quarter was erased; a copy from before lies beside it."""
    shutil.copy(closed.db, closed.folder / "before.db")
    closed.json("settings", "set", "retention_period_years", "1")
    assert closed.json("retention", "apply", "--yes")["emptied"] > 0
    return closed


def test_rows_put_into_what_was_erased_are_errors(erased: Kinerja) -> None:
    assert errors(erased) == set()
    columns = ("'2025-Q1'" if name == "period_code" else name for name in image(erased.db, "SELECT * FROM appraisal"))
    tamper(
        erased.db,
        f"INSERT INTO appraisal SELECT {', '.join(columns)} FROM appraisal WHERE period_code = '{Q2}' LIMIT 1",
    )
    assert "audit-row-extra" in errors(erased)


def test_a_second_erasure_answers_for_the_first_as_well(erased: Kinerja) -> None:
    erased.json("period", "close", Q2, "--allow-unrated")
    assert erased.json("retention", "apply", "--yes")["emptied"] > 0
    assert errors(erased) == set()
    run_sql(erased.db, "DROP TRIGGER change_is_kept", f"UPDATE change SET {NOTHING} WHERE seq = 2 AND ordinal = 1")
    assert "audit-erased-others" in errors(erased)


NOTHING = "key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL"


def test_what_was_erased_cannot_be_exchanged_for_what_was_not(erased: Kinerja) -> None:
    """The number of emptied changes stays the same; which they are does not."""
    run_sql(erased.db, f"UPDATE change SET {NOTHING} WHERE relation = 'feedback' OR (seq = 2 AND ordinal = 1)")
    with closing(sqlite3.connect(erased.db)) as connection:
        (seq, ordinal) = connection.execute(
            "SELECT seq, ordinal FROM change WHERE key IS NULL AND relation = 'appraisal' AND seq > 2 LIMIT 1"
        ).fetchone()
    back = "key = (SELECT key FROM old.change AS c WHERE {0}), nip = (SELECT nip FROM old.change AS c WHERE {0})"
    back += "".join(
        f", {name} = (SELECT {name} FROM old.change AS c WHERE {{0}})" for name in ("before", "after", "salt")
    )
    same = f"c.seq = {seq} AND c.ordinal = {ordinal}"
    with closing(sqlite3.connect(erased.db, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS old", (str(erased.folder / "before.db"),))
        connection.execute("DROP TRIGGER change_is_kept")
        connection.execute(f"UPDATE main.change SET {back.format(same)} WHERE seq = {seq} AND ordinal = {ordinal}")
    found = errors(erased)
    assert "audit-erased-others" in found
    assert "audit-emptied" not in found


def test_erasing_without_a_digest_behind_one_with_it_is_an_error(erased: Kinerja) -> None:
    tamper(erased.db, f"UPDATE change SET {NOTHING} WHERE seq = 2 AND ordinal = 1")
    append(erased.db, "retention.apply")
    last = image(erased.db, "SELECT max(seq) AS seq FROM operation")["seq"]
    facts = json.dumps({"emptied": 1}, separators=(",", ":"))
    rehash(erased.db, last, facts)
    assert "audit-erased-others" in errors(erased)


def rehash(db: Path, seq: int, facts: str) -> None:
    """Let an operation say something else, with its own hash made to fit."""

    header = image(db, f"SELECT * FROM operation WHERE seq = {seq}") | {"facts": facts}
    header.pop("hash")
    tamper(db, f"UPDATE operation SET facts = '{facts}', hash = '{operation_hash(header)}' WHERE seq = {seq}")


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE alembic_version SET version_num = '0001'", "PRAGMA user_version = 1"),
        ("DELETE FROM alembic_version", "PRAGMA user_version = 1"),
        ("UPDATE alembic_version SET version_num = '0002'", "PRAGMA user_version = 1"),
        ("DROP TABLE alembic_version", "PRAGMA user_version = 2"),
    ],
)
def test_a_store_that_lies_about_its_schema_is_not_upgraded(closed: Kinerja, statements: Sequence[str]) -> None:
    run_sql(closed.db, *statements)
    ran = closed("db", "upgrade", "--format", "json")
    assert (ran.code, ran.error["code"]) == (6, "store-failed")
    assert "its tables are not those of its schema" in ran.error["message"]
