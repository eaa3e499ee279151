"""The schema: the migrations lead to what the tables describe, and the file is what was decided."""

import os
import re
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from kinerja_cli.actions.agency import init_agency
from kinerja_cli.actions.database import store_info, upgrade_store
from kinerja_cli.storage import database, health
from kinerja_cli.storage.dated_tables import (
    ACTING,
    DELEGATION,
    DOCUMENT_DAY,
    EXCLUSION,
    HEADSHIP,
    HOLIDAY,
    JUSTIFICATION,
    OBJECTION,
    STANDING,
    UNIT_RATING,
)
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.migrations import migrate
from kinerja_cli.storage.store import Store, StoreUnsupported
from kinerja_cli.storage.tables import Base
from tests.old_stores import SCHEMAS, holds, old_store, rows_of

DATED = (
    STANDING,
    HEADSHIP,
    ACTING,
    DELEGATION,
    EXCLUSION,
    HOLIDAY,
    UNIT_RATING,
    JUSTIFICATION,
    DOCUMENT_DAY,
    OBJECTION,
)
LATER_COLUMNS = (
    ("unit", "work_days"),
    ("period", "opened_on"),
    ("period", "participants"),
    ("appraisal", "final_rule"),
    ("appraisal", "assessor_rule"),
    ("appraisal", "carried_from"),
    ("appraisal", "out_on"),
    ("appraisal", "out_reason"),
)
ORIGIN = Origin("2026-01-05T02:00:00+00:00", "siti@bkd")


def made(path: Path) -> Store:
    return init_agency(str(path), ORIGIN, {"agency": "Kota Contoh"}, today=date(2026, 1, 5))


def shape(path: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    ).fetchall()
    connection.close()
    return {name: parts(sql) for name, sql in rows if not name.startswith("alembic")}


def parts(sql: str) -> list[str]:
    """A statement's columns and constraints in an order of their own, since theirs says nothing."""
    head, _, rest = " ".join(sql.split()).partition("(")
    body, _, tail = rest.rpartition(")")
    outer = re.split(r", (?=\w+ (?:TEXT|INTEGER|BLOB|VARCHAR)\b|CONSTRAINT )", body.strip())
    clauses = [clause for one in outer for clause in re.split(r" (?=CONSTRAINT )", one)]
    return [head.strip(), *sorted(clauses), tail.strip()]


def test_the_migrations_lead_to_what_the_tables_describe(tmp_path: Path) -> None:
    migrated = made(tmp_path / "migrated.db").path
    described = tmp_path / "described.db"
    engine = database.make_engine(described)
    Base.metadata.create_all(engine)
    engine.dispose()
    assert shape(migrated) == shape(described)


def test_every_table_is_strict_and_every_constraint_has_a_name(tmp_path: Path) -> None:
    for name, clauses in shape(made(tmp_path / "k.db").path).items():
        if not clauses[0].startswith("CREATE TABLE"):
            continue
        sql = " ".join(clauses)
        assert clauses[-1] in ("STRICT", "WITHOUT ROWID, STRICT", "STRICT, WITHOUT ROWID"), name
        assert sql.count("CHECK (") == sql.count("CONSTRAINT ck_"), name
        assert sql.count("FOREIGN KEY") == sql.count("CONSTRAINT fk_"), name
        assert "CASCADE" not in sql, name


def test_the_file_is_marked_private_and_waits_for_others(tmp_path: Path) -> None:
    store = made(tmp_path / "k.db")
    if os.name == "posix":
        assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    with store.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "application_id",
                "user_version",
            )
        }
    assert pragmas == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
        "application_id": database.APPLICATION_ID,
        "user_version": database.SCHEMA_VERSION,
    }


def test_making_a_store_never_overwrites(tmp_path: Path) -> None:
    place = tmp_path / "k.db"
    place.write_text("something of mine")
    with pytest.raises(database.StoreExists):
        made(place)
    assert place.read_text() == "something of mine"
    assert [path.name for path in tmp_path.iterdir()] == ["k.db"]


def test_a_store_that_failed_to_begin_is_not_left_behind(tmp_path: Path) -> None:
    place = tmp_path / "k.db"
    with pytest.raises(KeyError):
        init_agency(str(place), ORIGIN, {"cadence": "monthly"}, today=date(2026, 1, 5))
    assert not list(tmp_path.iterdir())


def test_other_databases_are_refused_with_a_sentence() -> None:
    with pytest.raises(StoreUnsupported, match="SQLite"):
        Store.open("postgresql+psycopg://bkd/kinerja", ORIGIN)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "k.db").path
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(database.StoreVersion, match="99"):
        Store.open(str(path), ORIGIN)
    with pytest.raises(database.StoreVersion):
        upgrade_store(str(path))


def test_an_older_schema_is_brought_up_after_a_verified_copy(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    connection.execute("CREATE TABLE kept (x)")
    connection.execute("INSERT INTO kept VALUES (1)")
    connection.commit()
    connection.close()
    before, after, copy = upgrade_store(str(path))
    assert (before, after) == (0, database.SCHEMA_VERSION)
    assert copy is not None
    assert store_info(str(copy)).schema == 0
    assert store_info(str(path)).rows["kept"] == 1
    assert upgrade_store(str(path)) == (database.SCHEMA_VERSION, database.SCHEMA_VERSION, None)


def test_a_store_of_the_first_schema_keeps_everything(tmp_path: Path) -> None:
    """The first schema is that of stores in use: it gains the table of placements and loses nothing."""
    path = made(tmp_path / "k.db").path
    connection = sqlite3.connect(path)
    for name in ("placement", *(dated.name for dated in DATED)):
        connection.execute(f"DROP TABLE {name}")
    for name, column in LATER_COLUMNS:
        connection.execute(f"ALTER TABLE {name} DROP COLUMN {column}")
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO unit VALUES ('u', 'Dinas', NULL)")
    connection.commit()
    connection.close()
    with pytest.raises(database.StoreVersion, match="schema 1"):
        Store.open(str(path), ORIGIN)
    before, after, copy = upgrade_store(str(path))
    assert (before, after) == (1, database.SCHEMA_VERSION)
    assert copy is not None
    assert store_info(str(path)).rows["unit"] == 1
    fresh = made(tmp_path / "fresh.db").path
    assert shape(path) == shape(fresh)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_store_of_any_older_schema_becomes_as_a_new_one(tmp_path: Path, schema: int) -> None:
    path = old_store(tmp_path / "k.db", schema)
    before = rows_of(path)
    assert upgrade_store(str(path))[:2] == (schema, database.SCHEMA_VERSION)
    assert shape(path) == shape(made(tmp_path / "fresh.db").path)
    assert holds(path, before)
    inside = health.look_inside(path)
    assert (inside.verdict, inside.differing) == ("ok", ())
    copies = list(tmp_path.glob("*.bak"))
    assert [rows_of(copy) for copy in copies] == [before]


def test_a_migration_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    connection.execute("CREATE TABLE staff (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    engine = database.make_engine(path)
    with pytest.raises(Exception, match="staff"), engine.connect() as raw:  # noqa: PT012 - the transaction is the point
        writing = database.for_writing(raw)
        with writing.begin():
            migrate(writing)
    engine.dispose()
    assert path.read_bytes() == before


def test_a_closed_period_is_guarded_by_the_database_itself(tmp_path: Path) -> None:
    path = made(tmp_path / "k.db").path
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO period VALUES "
        "('2026-Q1', 'quarterly', '2026-01-01', '2026-03-31', '2026-04-14', 'open', 'r', '', 0, NULL, NULL, NULL)"
    )
    connection.execute(
        "INSERT INTO appraisal (period_code, nip, span, employment, final) VALUES ('2026-Q1', '1', 1, 'pns', 0)"
    )
    connection.execute("INSERT INTO feedback VALUES (1, '1', '2026-02-03', 'rekan', NULL, NULL, 0, NULL, NULL, 'x')")
    connection.execute(
        "INSERT INTO appraisal (period_code, nip, span, employment, final) VALUES ('2026-Q2', '1', 1, 'pns', 0)"
    )
    connection.execute("UPDATE period SET state = 'closed'")
    for attack in (
        "UPDATE appraisal SET predikat = 'baik'",
        "DELETE FROM appraisal",
        "UPDATE appraisal SET period_code = '2026-Q1', span = 2 WHERE period_code = '2026-Q2'",
        "UPDATE feedback SET text = 'y'",
        "DELETE FROM feedback",
        "INSERT INTO appraisal (period_code, nip, span, employment, final) VALUES ('2026-Q1', '2', 1, 'pns', 0)",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="closed"):
            connection.execute(attack)
    connection.close()
