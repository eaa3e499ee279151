"""The ledger: whatever is written can be told from its images, and nothing recorded can be changed unnoticed."""

import errno
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from kinerja_cli.actions.agency import init_agency, set_setting
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.units import Unit
from kinerja_cli.errors import Exit
from kinerja_cli.storage.database import holder_path
from kinerja_cli.storage.ledger import (
    GENESIS,
    Operation,
    Origin,
    RowsNotTaken,
    canonical,
    change_digest,
    operation_hash,
)
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.rows import read_rows
from kinerja_cli.storage.store.units import add_units, change_units, load_units
from kinerja_cli.storage.tables import UNIT

DAY = date(2026, 1, 5)
ORIGIN = Origin("2026-01-05T02:00:00+00:00", "siti@bkd", {"version": "1"})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = init_agency(str(tmp_path / "k.db"), ORIGIN, {"agency": "Kota Contoh"}, today=date(2026, 1, 5))
    set_unit(made, "dinkes", name="Dinas Kesehatan", since=DAY, today=DAY)
    set_unit(made, "p2p", name="Bidang P2P", parent="dinkes", since=DAY, today=DAY)
    set_unit(made, "p2p", name="Bidang Pencegahan", since=DAY, today=DAY)
    set_setting(made, "window_days", "20")
    return made


def read(store: Store, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(store.path)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_each_write_is_one_numbered_operation(store: Store) -> None:
    rows = read(store, "SELECT seq, kind, actor FROM operation ORDER BY seq")
    assert [(row["seq"], row["kind"]) for row in rows] == [
        (1, "agency.init"),
        (2, "unit.set"),
        (3, "unit.set"),
        (4, "unit.set"),
        (5, "settings.set"),
    ]
    assert {row["actor"] for row in rows} == {"siti@bkd"}


def test_an_operation_that_changes_nothing_is_none(store: Store) -> None:
    assert set_setting(store, "window_days", "20").operation is None
    assert len(read(store, "SELECT seq FROM operation")) == 5


def test_a_dry_run_leaves_the_file_as_it_was(store: Store) -> None:
    before = store.path.read_bytes()
    assert set_unit(store, "p2p", name="Lain", since=DAY, today=DAY, dry_run=True) is None
    assert store.path.read_bytes() == before


def test_the_chain_can_be_walked_by_its_description_alone(store: Store) -> None:
    previous = GENESIS
    for row in read(store, "SELECT * FROM operation ORDER BY seq"):
        changes = read(store, f"SELECT * FROM change WHERE seq = {row['seq']} ORDER BY ordinal")
        digests = hashlib.sha256()
        for change in changes:
            digest = change_digest(change["salt"], change["relation"], change["key"], change["before"], change["after"])
            assert digest == change["digest"]
            digests.update(digest)
        header = {key: row[key] for key in row.keys() if key != "hash"}  # noqa: SIM118 - a Row iterates over values
        assert row["digest"] == digests.hexdigest()
        assert row["previous"] == previous
        assert row["changes"] == len(changes)
        assert operation_hash(header) == row["hash"]
        previous = row["hash"]


def test_folding_the_images_gives_the_live_rows(store: Store) -> None:
    state: dict[tuple[str, str], dict[str, object]] = {}
    for row in read(store, "SELECT relation, key, before, after FROM change ORDER BY seq, ordinal"):
        place = (row["relation"], row["key"])
        before, after = (json.loads(row[name]) if row[name] else {} for name in ("before", "after"))
        if not row["after"]:
            del state[place]
            continue
        kept = {key: value for key, value in state.get(place, {}).items() if key not in before}
        state[place] = kept | after
    live = {
        (relation, str(row[key])): {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118 - as above
        for relation, key in (("unit", "code"), ("setting", "key"))
        for row in read(store, f"SELECT * FROM {relation}")
    }
    assert state == live


def test_an_update_keeps_the_changed_columns_only(store: Store) -> None:
    row = read(store, "SELECT before, after FROM change WHERE seq = 4")[0]
    assert json.loads(row["before"]) == {"name": "Bidang P2P"}
    assert json.loads(row["after"]) == {"name": "Bidang Pencegahan"}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE operation SET actor = 'x' WHERE seq = 2",
        "DELETE FROM operation WHERE seq = 5",
        "UPDATE change SET after = '{}' WHERE seq = 2",
        "DELETE FROM change WHERE seq = 2",
        "REPLACE INTO operation SELECT * FROM operation WHERE seq = 2",
        "REPLACE INTO change SELECT * FROM change WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_rewrite_the_ledger(store: Store, attack: str) -> None:
    connection = sqlite3.connect(store.path)
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute(attack)
    connection.close()


def test_lawful_erasure_of_images_is_possible_and_leaves_the_digest(store: Store) -> None:
    connection = sqlite3.connect(store.path)
    connection.execute(
        "UPDATE change SET key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL WHERE seq = 2"
    )
    assert connection.execute("SELECT count(digest) FROM change WHERE seq = 2").fetchone() == (1,)
    connection.close()


@given(st.dictionaries(st.text(min_size=1), st.none() | st.integers() | st.text(), max_size=6))
def test_canonical_images_have_one_spelling(image: dict[str, str | int | None]) -> None:
    text = canonical(image)
    assert json.loads(text) == {key: value for key, value in image.items() if value is not None}
    assert canonical(dict(reversed(list(image.items())))) == text


def _add(operation: Operation) -> None:
    add_units(operation, [Unit("baru", "Bidang Baru", "dinkes")])


def _change(operation: Operation) -> None:
    old = load_units(operation.connection)["p2p"]
    change_units(operation, [(old, replace(old, name="Lain"))])


def _remove(operation: Operation) -> None:
    operation.remove(UNIT, read_rows(operation.connection, select(UNIT).where(UNIT.c.code == "p2p")))


@pytest.mark.parametrize(("event", "write"), [("INSERT", _add), ("UPDATE", _change), ("DELETE", _remove)])
def test_a_row_that_a_foreign_trigger_swallows_is_never_acknowledged(
    store: Store, event: str, write: Callable[[Operation], None]
) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"CREATE TRIGGER evil BEFORE {event} ON unit BEGIN SELECT RAISE(IGNORE); END")
    before = read(store, "SELECT * FROM unit")
    with store.writing("test", dry_run=True) as operation, pytest.raises(RowsNotTaken) as refused:
        write(operation)
    assert refused.value.exit is Exit.STORE
    assert read(store, "SELECT * FROM unit") == before


def test_a_note_of_who_writes_that_cannot_be_written_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, *_arguments: object, **_named: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kinerja_cli.storage.database.os.fdopen", full)
    assert set_setting(store, "window_days", "21").operation == 6
    assert not holder_path(store.path).exists()
