"""The doctor through the front door: facts of a sound store, and each thing that can be wrong with its remedy."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kinerja_cli.actions.agency import set_setting
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import Kinerja


def found(kinerja: Kinerja, code: int = 0) -> dict[str, dict[str, str]]:
    ran = kinerja("doctor", "--format", "json")
    assert ran.code == code, ran.out
    for one in ran.data:
        assert list(one) == ["severity", "code", "message", "fix"]
        assert one["fix"] or one["severity"] == "note"
    return {one["code"]: one for one in ran.data}


def altered(kinerja: Kinerja, *statements: str) -> None:
    with closing(sqlite3.connect(kinerja.db)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_store_has_facts_and_no_errors(agency: Kinerja) -> None:
    agency.folder.chmod(0o700)
    agency.json("backup", "create")
    facts = found(agency)
    assert {one["severity"] for one in facts.values()} == {"note"}
    assert sqlite3.sqlite_version in facts["doctor-sqlite"]["message"]
    assert "2 operations" in facts["doctor-schema"]["message"]
    assert "Asia/Jakarta" in facts["doctor-time"]["message"]
    assert "doctor-backup" in facts
    before = agency.snapshot()
    quiet = agency("--quiet", "doctor")
    assert (quiet.code, quiet.out, quiet.err, agency.snapshot()) == (0, "", "", before)


def test_a_missing_store_is_a_finding(kinerja: Kinerja) -> None:
    assert found(kinerja, 8)["store-missing"]["severity"] == "error"


def test_a_damaged_store_is_a_finding(agency: Kinerja) -> None:
    content = agency.db.read_bytes()
    agency.db.write_bytes(content[: 4096 * 4] + bytes(4096 * 4) + content[4096 * 8 :])
    assert {"doctor-damaged", "store-failed"} & found(agency, 8).keys()
    agency.db.write_bytes(b"nothing of ours" * 999)
    assert "store-foreign" in found(agency, 8)


def test_other_schemas_are_findings(agency: Kinerja) -> None:
    altered(agency, "PRAGMA user_version = 99")
    assert "99" in found(agency, 8)["store-version"]["message"]
    altered(agency, "PRAGMA user_version = 2")
    assert "db upgrade" in found(agency, 8)["store-version"]["fix"]


def test_guards_that_are_gone_or_new_are_named(agency: Kinerja) -> None:
    altered(
        agency,
        "DROP TRIGGER operation_is_kept",
        "CREATE TRIGGER quiet_change AFTER INSERT ON staff BEGIN SELECT 1; END",
        "CREATE TABLE mine (x)",
    )
    told = found(agency, 8)["doctor-schema-differs"]["message"]
    assert all(word in told for word in ("-trigger operation_is_kept", "+trigger quiet_change", "+table mine"))


def test_an_older_store_that_was_upgraded_is_as_a_new_one(kinerja: Kinerja) -> None:
    from tests.old_stores import old_store

    old_store(kinerja.db, 1)
    assert kinerja("db", "upgrade").code == 0
    assert "doctor-schema-differs" not in found(kinerja)


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_modes_that_let_others_in_are_named_with_the_command_that_mends_them(agency: Kinerja) -> None:
    agency.db.chmod(0o644)
    agency.folder.chmod(0o777)
    facts = found(agency, 8)
    assert f"chmod 600 {agency.db}" in facts["doctor-file-mode"]["fix"]
    assert facts["doctor-folder-mode"]["severity"] == "warning"


def test_a_clock_that_was_set_back_is_an_error_and_one_far_ahead_a_warning(agency: Kinerja) -> None:
    set_setting(Store.open(str(agency.db), Origin("2099-01-01T00:00:00+00:00", "siti@bkd")), "window_days", "15")
    assert "2099-01-01" in found(agency, 8)["doctor-clock"]["message"]


def test_long_silence_is_a_warning(kinerja: Kinerja) -> None:
    from datetime import date

    from kinerja_cli.actions.agency import init_agency

    init_agency(str(kinerja.db), Origin("2019-01-01T00:00:00+00:00", "x"), {"agency": "Lama"}, today=date(2019, 1, 1))
    assert found(kinerja)["doctor-clock-ahead"]["severity"] == "warning"


def test_a_gap_in_the_ledger_is_told_of_until_somebody_vouches_for_the_clock(kinerja: Kinerja) -> None:
    from datetime import date

    from kinerja_cli.actions.agency import init_agency

    init_agency(str(kinerja.db), Origin("2019-01-01T00:00:00+00:00", "x"), {"agency": "Lama"}, today=date(2019, 1, 1))
    kinerja.json("settings", "set", "window_days", "15")
    gap = found(kinerja)["doctor-clock-ahead"]
    assert "2019-01-01" in gap["message"]
    assert "--clock-is-right" in gap["fix"]
    kinerja("period", "rollover", "--clock-is-right", "--dry-run")
    kinerja("period", "rollover", "--clock-is-right")
    assert "doctor-clock-ahead" not in found(kinerja)


def test_what_killed_runs_left_is_named(agency: Kinerja, tmp_path: Path) -> None:
    agency.db.with_name("kinerja.db-holder").write_text(
        '{"actor": "x", "pid": 4194999, "since": "s"}', encoding="utf-8"
    )
    (tmp_path / ".kinerja-20260101T000000Z.db.0123456789ab.part").write_text("", encoding="utf-8")
    strays = [one["message"] for one in agency("doctor", "--format", "json").data if one["code"] == "doctor-stray"]
    assert len(strays) == 2
    agency.db.with_name("kinerja.db-journal").write_bytes(b"\xd9\xd5\x05\xf9" + bytes(600))
    ran = agency("doctor", "--format", "json")
    assert "doctor-journal-hot" in {one["code"] for one in ran.data}


def test_a_store_in_wal_mode_is_a_warning(agency: Kinerja) -> None:
    altered(agency, "PRAGMA journal_mode=WAL")
    assert found(agency)["doctor-journal"]["severity"] == "warning"


def test_old_backups_and_little_space_are_warnings(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    from collections import namedtuple
    from datetime import UTC, datetime

    from kinerja_cli.actions.backups import Wanted, create_backup

    assert found(agency)["doctor-no-backup"]["severity"] == "warning"
    create_backup(str(agency.db), Wanted(), now=datetime(2026, 1, 5, tzinfo=UTC))
    agency.json("settings", "set", "window_days", "20")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("kinerja_cli.actions.doctor.shutil.disk_usage", lambda _path: usage(0, 0, 5_000_000))
    facts = found(agency)
    assert {facts[code]["severity"] for code in ("backup-old", "doctor-space-short")} == {"warning"}
