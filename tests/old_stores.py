"""Stores as older versions of the program left them: migrated only so far, with rows in them."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData

import kinerja_cli.storage.migrations as migrations
from kinerja_cli.storage import database
from kinerja_cli.storage.ledger import Image, Operation, Origin

SCHEMAS = (0, 1, 2)
"""Every schema that was ever released before this one."""

PEOPLE = 60
UNITS = 8
STORE_ID = "0123456789abcdef0123456789abcdef"


def old_store(path: Path, schema: int) -> Path:
    """A store of an older schema with an agency in it: people, a closed and an open period, feedback, a ledger.

    Schema 0 is a file that was marked as ours and got no further.
    """
    path.touch(mode=0o600)
    with database.make_engine(path).connect() as raw:
        connection = database.for_writing(raw)
        with connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id = {database.APPLICATION_ID}")
            if schema:
                _migrate_to(connection, schema)
                _fill(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by the names of the columns it had when it was written."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            if name != "alembic_version"
        ]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def holds(path: Path, old: dict[str, list[tuple[object, ...]]]) -> bool:
    """Whether a store still has every row of an older one; columns that came later stand at the end of a row."""
    now = rows_of(path)
    return all(
        name in now and len(now[name]) == len(rows) and {row[: len(rows[0])] for row in now[name]} == set(rows)
        for name, rows in old.items()
        if rows
    )


def _migrate_to(connection: Connection, schema: int) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, f"{schema:04d}")


def _fill(connection: Connection) -> None:
    """Rows written through the ledger into whatever columns the tables have."""
    tables = MetaData()
    tables.reflect(bind=connection)

    def operation(kind: str, *inserted: tuple[str, Iterable[Image]]) -> None:
        writing = Operation(connection, kind, Origin("2026-01-05T02:00:00+00:00", "siti@bkd"))
        for relation, rows in inserted:
            writing.insert(tables.tables[relation], rows)
        writing.seal()

    nips = [f"19800101201001{number:04d}" for number in range(PEOPLE)]
    periods = [
        _period("2026-Q1", "2026-01-01", "2026-03-31", "2026-04-14"),
        _period("2026-Q2", "2026-04-01", "2026-06-30", "2026-07-14"),
    ]
    settings = {"agency": "Kota Contoh", "store_id": STORE_ID, "timezone": "Asia/Jakarta"}
    operation("agency.init", ("setting", [{"key": key, "value": value} for key, value in settings.items()]))
    operation(
        "staff.import",
        ("unit", [{"code": f"u{number}", "name": f"Unit {number}"} for number in range(UNITS)]),
        ("staff", [_person(nip, number) for number, nip in enumerate(nips)]),
        ("unit_head", [{"unit_code": "u0", "nip": nips[0], "rule": "set"}]),
    )
    operation(
        "period.open",
        ("period", periods),
        ("appraisal", [_appraisal(str(one["code"]), nip) for one in periods for nip in nips]),
    )
    operation("feedback.add", ("feedback", [_feedback(number, nip) for number, nip in enumerate(nips[:9], start=1)]))
    connection.exec_driver_sql("UPDATE period SET state = 'closed', fingerprint = 'f' WHERE code = '2026-Q1'")


def _period(code: str, starts: str, ends: str, window_ends: str) -> Image:
    return {
        "code": code,
        "kind": "quarterly",
        "starts": starts,
        "ends": ends,
        "window_ends": window_ends,
        "state": "open",
        "regulation_id": "permenpanrb-6-2022",
        "regulation_text": "",
        "peer_opinion": 0,
    }


def _person(nip: str, number: int) -> Image:
    return {
        "nip": nip,
        "name": f"PEGAWAI KE {number}",
        "employment": "pns",
        "status": "active",
        "unit_code": f"u{number % UNITS}",
        "assessor_rule": "unit",
    }


def _appraisal(code: str, nip: str) -> Image:
    return {
        "period_code": code,
        "nip": nip,
        "span": 1,
        "unit_code": "u1",
        "employment": "pns",
        "hasil": "sesuai",
        "perilaku": "sesuai",
        "predikat": "baik",
        "final": 0,
    }


def _feedback(number: int, nip: str) -> Image:
    return {
        "id": number,
        "nip": nip,
        "given_on": "2026-05-04",
        "giver": "rekan",
        "anonymous": 0,
        "text": f"Umpan balik {number}",
    }
