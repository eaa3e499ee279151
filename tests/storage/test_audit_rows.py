"""What an audit reads of live rows: every spelling that differs from the recorded one, and none that does not."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.storage.audit import Finding, aside, audit_file, halves
from tests.attacks import run_sql, tamper, tamper_deeply
from tests.builders import ANI, BUDI, command, roster

ODD = (
    "Jl. Mawar, ",
    'Kepala "Bidang", ',
    "tab\tand line\nend",
    "back\\slash",
    "null, :null",
    '":null',
    "Ḥadīṯ 東京 😀",
    "\x01\x7f",
    ",",
    "",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with names that are spelled in odd ways, some ratings, and columns empty in some rows only."""
    folder = tmp_path_factory.mktemp("whole")
    db = folder / "kinerja.db"
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "staff", "import", roster(folder / "roster.xlsx"))
    command(db, "period", "open", "2026-Q1")
    for nip, note in ((BUDI, ODD[1]), (ANI, ODD[6])):
        words = ("--hasil", "sesuai", "--perilaku", "sesuai", "--rated-on", "2026-04-02", "--note", note)
        command(db, "score", "record", nip, "2026-Q1", *words)
    command(db, "period", "close", "2026-Q1", "--allow-unrated")
    command(db, "unit", "set", "u2", "--name", "Bidang Pelayanan, ")
    return db


@pytest.fixture
def db(whole: Path, tmp_path: Path) -> Path:
    """A copy of that store."""
    return Path(shutil.copy(whole, tmp_path / "copy.db"))


@pytest.fixture(params=["one process", "two processes"])
def audited(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Sequence[Finding]]:
    """An audit by one process, or by two with the chain cut between them."""
    if request.param == "two processes":
        monkeypatch.setattr("kinerja_cli.storage.audit._WORTH_A_PROCESS", 0)
        monkeypatch.setattr(aside, "_can_fork", lambda: hasattr(os, "fork"))
        monkeypatch.setattr(halves, "_COST_OF_A_ROW", 0)
    return lambda path: audit_file(path).findings


Audited = Callable[[Path], Sequence[Finding]]


def test_rows_with_empty_columns_and_odd_signs_are_as_recorded(db: Path, audited: Audited) -> None:
    assert audited(db) == ()


@pytest.mark.parametrize("text", ODD)
def test_a_text_of_any_spelling_is_told_from_another(db: Path, audited: Audited, text: str) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE staff SET position = ? WHERE nip = ?", (text, BUDI))
        connection.commit()
    assert [(one.kind, one.nip, one.column, one.found) for one in audited(db)] == [
        (kinds.ROW_CHANGED, BUDI, "position", text)
    ]


@pytest.mark.parametrize(
    ("value", "found"),
    [("0.0", "0.0"), ("'0'", "0"), ("x'30'", "X'30'"), ("NULL", None), ("9e999", "inf"), ("1", 1)],
)
def test_a_value_that_means_the_same_and_is_another_is_named(
    db: Path, audited: Audited, value: str, found: object
) -> None:
    """A column without a type takes any of them; in a table as kinerja makes it, damage alone can leave them."""
    untyped = ("ALTER TABLE appraisal DROP COLUMN final", "ALTER TABLE appraisal ADD COLUMN final")
    tamper_deeply(db, *untyped, f"UPDATE appraisal SET final = iif(nip = '{ANI}', {value}, 0)")
    assert [(one.nip, one.column, one.recorded, one.found) for one in audited(db) if one.kind is kinds.ROW_CHANGED] == [
        (ANI, "final", 0, found)
    ]


def test_a_blob_of_the_bytes_of_the_text_is_named(db: Path, audited: Audited) -> None:
    """One bit makes a blob of a text."""
    tamper_deeply(db, f"UPDATE staff SET name = CAST(name AS BLOB) WHERE nip = '{BUDI}'")
    assert {(one.nip, one.column, one.found) for one in audited(db) if one.kind is kinds.ROW_CHANGED} == {
        (BUDI, "name", "X'42554449'")
    }


def test_bytes_that_are_no_text_are_named_whatever_else_is_in_the_row(db: Path, audited: Audited) -> None:
    statement = r"UPDATE staff SET name = CAST(x'5cff41' AS TEXT), position = '\' WHERE nip = "
    run_sql(db, f"{statement}'{BUDI}'")
    assert {(one.nip, one.column) for one in audited(db)} == {(BUDI, "name"), (BUDI, "position")}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET after = '{}' WHERE seq = 2 AND ordinal = 2",
        "UPDATE change SET salt = zeroblob(16) WHERE seq = (SELECT max(seq) FROM change)",
        "DELETE FROM operation WHERE seq = 4",
        "DELETE FROM operation WHERE seq = 2",
        "DELETE FROM change WHERE seq = 3 AND ordinal = 1",
        "UPDATE operation SET hash = replace(hash, 'a', 'b') WHERE seq = 2",
        "UPDATE operation SET changes = 0",
        "UPDATE change SET seq = 99 WHERE seq = 2 AND ordinal = 1",
    ],
)
def test_where_the_chain_is_cut_does_not_change_what_is_found(
    db: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    tamper(db, "PRAGMA foreign_keys=OFF", sql)
    alone = audit_file(db)
    assert any(one.is_error for one in alone.findings)
    monkeypatch.setattr("kinerja_cli.storage.audit._WORTH_A_PROCESS", 0)
    for cost in (0, 1, 100):
        monkeypatch.setattr(halves, "_COST_OF_A_ROW", cost)
        for can in (True, False):
            monkeypatch.setattr(aside, "_can_fork", lambda can=can: can)
            assert audit_file(db) == alone


def test_a_chain_in_two_parts_gives_the_hashes_and_the_head_of_the_whole(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = audit_file(db, {1, 2, 4})
    assert set(alone.hashes) == {1, 2, 4}
    monkeypatch.setattr("kinerja_cli.storage.audit._WORTH_A_PROCESS", 0)
    monkeypatch.setattr(halves, "_COST_OF_A_ROW", 0)
    with closing(sqlite3.connect(db)) as connection:
        connection.text_factory = bytes
        cut = halves.middle(connection, frozenset())
    assert cut is not None
    assert 1 <= cut.sequence < alone.sequence
    assert audit_file(db, {1, 2, 4}) == alone
