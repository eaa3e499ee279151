"""Backups through the front door: made while others write, tried out, rotated, put back whole or not at all."""

import json
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from kinerja_cli.actions.agency import set_setting
from kinerja_cli.actions.backups import Wanted, create_backup
from kinerja_cli.cli import backups as cli
from kinerja_cli.storage import copies, manifests, mounts
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.attacks import tamper
from tests.builders import BUDI, Kinerja


def made(agency: Kinerja, *words: str | Path) -> dict[str, Any]:
    found = agency.json("backup", "create", *words)
    assert isinstance(found, dict)
    return found


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let backups be made at another time."""

    class Clock(datetime):
        @classmethod
        def now(cls, _tz: object = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), UTC)

    monkeypatch.setattr(cli, "datetime", Clock)


def folder_of(agency: Kinerja) -> Path:
    return agency.db.with_name("kinerja.db.backups")


def test_a_backup_is_private_named_by_store_and_time_and_has_a_manifest(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 1, 5, 17, 0, 7, tzinfo=UTC))
    found = made(agency)
    backup = folder_of(agency) / "kinerja-20260105T170007Z.db"
    assert found["file"] == str(backup)
    manifest = json.loads(backup.with_name(f"{backup.name}.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == manifests.hash_file(backup) == found["sha256"]
    content = copies.describe(agency.db)
    assert (manifest["head"], manifest["operations"]) == (content.head, content.operations) == (found["head"], 2)
    assert (manifest["rows"]["staff"], manifest["schema"], manifest["store_id"]) == (
        4,
        content.schema,
        content.store_id,
    )
    assert sorted(one.name for one in folder_of(agency).iterdir()) == [backup.name, f"{backup.name}.json"]
    if os.name == "posix":
        assert {stat.S_IMODE(one.stat().st_mode) for one in folder_of(agency).iterdir()} == {0o600}
        assert stat.S_IMODE(folder_of(agency).stat().st_mode) == 0o700
    at(monkeypatch, datetime(2026, 1, 5, 17, 0, 7, tzinfo=UTC))
    assert made(agency)["file"].endswith("kinerja-20260105T170007Z-2.db"), "the same second is no reason to lose one"


def test_a_backup_goes_where_it_is_told(agency: Kinerja, tmp_path: Path) -> None:
    assert made(agency, tmp_path / "usb" / "bkd")["file"].startswith(str(tmp_path / "usb" / "bkd" / "kinerja-"))
    assert made(agency, "-o", tmp_path / "one.db")["file"] == str(tmp_path / "one.db")
    again = agency("backup", "create", "-o", tmp_path / "one.db", "--format", "json")
    assert (again.code, again.error["code"]) == (5, "backup-exists")
    assert agency("backup", "create", "-o", agency.db, "--format", "json").code == 5
    assert agency("backup", "create", tmp_path, "-o", tmp_path / "two.db").code == 2
    assert agency("backup", "create", "-o", tmp_path / "nowhere" / "two.db").code == 4
    agency.json("settings", "set", "backup_dir", str(tmp_path / "other"))
    assert made(agency)["file"].startswith(str(tmp_path / "other"))
    assert len(agency.json("backup", "list")) == 1
    assert agency("settings", "set", "backup_dir", "relative").code == 2


def test_cron_hears_nothing_of_success(agency: Kinerja) -> None:
    for words in (("create",), ("drill",)):
        ran = agency("--quiet", "backup", *words)
        assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_dry_run_makes_nothing(agency: Kinerja, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    found = made(agency, "--dry-run", "--keep", "daily=1")
    assert (found["dry_run"], found["operations"], found["removed"]) == (True, 2, [])
    assert sorted(tmp_path.rglob("*")) == before


def test_a_backup_is_consistent_while_others_write(agency: Kinerja) -> None:
    stop = Event()

    def write() -> None:
        store = Store.open(str(agency.db), Origin("2026-01-05T02:00:00+00:00", "siti@bkd"))
        days = 0
        while not stop.is_set():
            days = days % 80 + 1
            set_setting(store, "window_days", str(days))

    writer = Thread(target=write)
    writer.start()
    try:
        wanted = Wanted(agency.folder / "while")
        made = [create_backup(str(agency.db), wanted, now=datetime(2026, 1, day, tzinfo=UTC)) for day in (1, 2, 3)]
    finally:
        stop.set()
        writer.join()
    heads = [one.manifest.operations for one in made]
    assert heads == sorted(heads)
    for one in made:
        assert agency("backup", "verify", one.path).code == 0
        with closing(sqlite3.connect(one.path)) as copy:
            last = copy.execute("SELECT seq, hash FROM operation ORDER BY seq DESC").fetchone()
        assert last == (one.manifest.operations, one.manifest.head)


def test_rotation_keeps_the_newest_of_each_and_what_is_not_ours(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    other = Kinerja(agency._capsys, tmp_path / "elsewhere")
    other.folder.mkdir()
    assert other("init", "--agency", "Kabupaten Lain").code == 0
    at(monkeypatch, datetime(2020, 1, 1, tzinfo=UTC))
    theirs = Path(other.json("backup", "create", folder)["file"])
    (folder / "catatan.txt").write_text("jangan dihapus", encoding="utf-8")
    (folder / "kinerja-20200101T000001Z.db").write_text("named like a backup, without a manifest", encoding="utf-8")
    # 17.00 UTC is the next day of the agency: the two of the 5th and 6th of January UTC are of one day there.
    for moment in ((2026, 1, 4, 20), (2026, 1, 5, 18), (2026, 1, 6, 16), (2026, 1, 6, 18)):
        at(monkeypatch, datetime(*moment, tzinfo=UTC))
        found = made(agency, folder, "--keep", "daily=2")
    assert found["removed"] == ["kinerja-20260104T200000Z.db"]
    left = {one.name for one in folder.iterdir()}
    assert {"catatan.txt", "kinerja-20200101T000001Z.db", theirs.name, f"{theirs.name}.json"} <= left
    ours = [row["file"] for row in agency.json("backup", "list", folder) if row["this_store"]]
    assert [Path(one).name for one in ours] == ["kinerja-20260106T180000Z.db", "kinerja-20260106T160000Z.db"]
    made(agency, folder, "--keep", "daily=0")
    assert len([row for row in agency.json("backup", "list", folder) if row["this_store"]]) == 1


def test_what_killed_runs_left_is_swept_after_a_day(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 1, 5, tzinfo=UTC))
    made(agency)
    folder = folder_of(agency)
    old = [".kinerja-20260101T000000Z.db.0123456789ab.part", "kinerja-20260101T000000Z.db.json"]
    fresh = [".kinerja-20260104T230000Z.db.0123456789ab.part", ".other-20260101T000000Z.db.0123456789ab.part"]
    for name in (*old, *fresh):
        (folder / name).write_text("", encoding="utf-8")
    made(agency)
    assert {name for name in (*old, *fresh) if (folder / name).exists()} == set(fresh)


def test_a_changed_or_lonely_backup_is_found_out(agency: Kinerja, tmp_path: Path) -> None:
    backup = Path(made(agency)["file"])
    assert agency.json("backup", "verify", backup)["ok"] is True

    def codes(path: Path) -> list[str]:
        ran = agency("backup", "verify", path, "--format", "json")
        assert (ran.code, ran.data["ok"]) == (8, False)
        return [one["code"] for one in ran.data["findings"]]

    flipped = Path(shutil.copy(backup, tmp_path / "flipped.db"))
    shutil.copy(manifests.manifest_path(backup), manifests.manifest_path(flipped))
    content = bytearray(flipped.read_bytes())
    content[-7] ^= 1
    flipped.write_bytes(content)
    assert codes(flipped) == ["backup-hash"]
    lonely = Path(shutil.copy(backup, tmp_path / "lonely.db"))
    assert codes(lonely) == ["backup-no-manifest"]
    lonely.write_bytes(backup.read_bytes()[:9_000])
    assert codes(lonely) == ["backup-no-manifest", "backup-damaged"]
    swapped = Path(shutil.copy(backup, tmp_path / "swapped.db"))
    forged = json.loads(manifests.manifest_path(backup).read_text(encoding="utf-8")) | {"head": "f" * 64}
    manifests.manifest_path(swapped).write_text(json.dumps(forged), encoding="utf-8")
    assert codes(swapped) == ["backup-differs"]
    missing = agency("backup", "verify", tmp_path / "none.db", "--format", "json")
    assert (missing.code, missing.error["code"]) == (4, "backup-missing")


def test_a_backup_is_audited_and_what_was_changed_past_kinerja_is_told(agency: Kinerja, tmp_path: Path) -> None:
    tamper(agency.db, f"UPDATE staff SET name = 'DIUBAH' WHERE nip = '{BUDI}'")
    backup = made(agency)["file"]
    ran = agency("backup", "verify", backup, "--format", "json")
    assert (ran.code, [one["code"] for one in ran.data["findings"]]) == (8, ["backup-audit"])
    assert "row-changed" in ran.data["findings"][0]["message"]
    back = agency("backup", "restore", backup, "--to", tmp_path / "again.db")
    assert back.code == 0
    assert "backup-audit" in back.err
    drilled = agency("backup", "drill", "--format", "json")
    assert (drilled.code, [one["code"] for one in drilled.data["findings"]]) == (8, ["backup-audit"])


def test_a_changed_backup_without_a_manifest_replaces_nothing(agency: Kinerja, tmp_path: Path) -> None:
    lonely = Path(shutil.copy(made(agency)["file"], tmp_path / "lonely.db"))
    tamper(lonely, f"UPDATE staff SET name = 'DIUBAH' WHERE nip = '{BUDI}'")
    ran = agency("backup", "verify", lonely, "--format", "json")
    assert [one["code"] for one in ran.data["findings"]] == ["backup-no-manifest", "backup-changed"]
    assert "is what was written" not in ran.data["findings"][1]["message"]
    before = agency.snapshot()
    refused = agency("backup", "restore", lonely, "--yes", "--format", "json")
    assert (refused.code, refused.error["code"], agency.snapshot()) == (6, "backup-unsound", before)
    assert "--to" in refused.error["hint"]
    back = agency("backup", "restore", lonely, "--to", tmp_path / "again.db")
    assert back.code == 0
    assert "backup-changed" in back.err
    assert "is what was written, but" not in back.err
    assert agency("--db", tmp_path / "again.db", "audit", "verify").code == 8


def test_a_damaged_store_is_no_backup(agency: Kinerja) -> None:
    content = bytearray(agency.db.read_bytes())
    content[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    agency.db.write_bytes(content)
    ran = agency("backup", "create", "--format", "json")
    assert (ran.code, ran.error["code"]) == (6, "store-failed")
    assert list(folder_of(agency).iterdir()) == []


def test_restoring_elsewhere_gives_the_same_store(agency: Kinerja, tmp_path: Path) -> None:
    backup = made(agency)["file"]
    found = agency.json("backup", "restore", backup, "--to", tmp_path / "again.db")
    assert (found["store"], found["replaced"], found["safety_copy"]) == (str(tmp_path / "again.db"), None, None)
    assert copies.describe(tmp_path / "again.db") == copies.describe(agency.db)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "again.db").stat().st_mode) == 0o600
    before = (tmp_path / "again.db").read_bytes()
    again = agency("backup", "restore", backup, "--to", tmp_path / "again.db", "--format", "json")
    assert (again.code, again.error["code"]) == (5, "store-exists")
    assert (tmp_path / "again.db").read_bytes() == before


def test_restoring_over_the_store_keeps_it_first(agency: Kinerja) -> None:
    backup = made(agency)["file"]
    early = copies.describe(agency.db)
    agency.json("settings", "set", "window_days", "20")
    late = copies.describe(agency.db)
    asked = agency("backup", "restore", backup, "--format", "json")
    assert (asked.code, asked.error["code"]) == (2, "usage")
    assert "--yes" in asked.error["hint"]
    dry = agency.json("backup", "restore", backup, "--dry-run")
    assert (dry["dry_run"], dry["replaced"], dry["operations"]) == (True, 3, 2)
    assert copies.describe(agency.db) == late
    found = agency.json("backup", "restore", backup, "--yes")
    assert (found["head"], found["safety_sound"]) == (early.head, True)
    assert copies.describe(agency.db) == early
    assert copies.check_copy(Path(found["safety_copy"])) == late
    assert agency.json("settings", "get", "window_days")["value"] == "14"
    back = agency("backup", "restore", found["safety_copy"], "--yes")
    assert back.code == 0
    assert "backup-no-manifest" in back.err
    assert copies.describe(agency.db) == late


def test_on_a_terminal_a_yes_is_asked_for(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = made(agency)["file"]

    class Keyboard:
        def __init__(self, answer: str) -> None:
            self.answer = answer

        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            raise OSError

        def readline(self) -> str:
            return self.answer

    before = agency.snapshot()
    for answer in ("\n", "n\n", ""):
        monkeypatch.setattr(sys, "stdin", Keyboard(answer))
        ran = agency("backup", "restore", backup)
        assert (ran.code, "not-confirmed" in ran.err) == (5, True)
        assert "[y/N]" in ran.err
    assert agency.snapshot() == before
    monkeypatch.setattr(sys, "stdin", Keyboard("ya\n"))
    assert agency("backup", "restore", backup).code == 0


@pytest.mark.parametrize("wreck", ["garbage", "holes", "missing", "empty", "cut"])
def test_a_broken_store_is_replaced_whatever_its_state(agency: Kinerja, wreck: str) -> None:
    backup = made(agency)["file"]
    sound = copies.describe(agency.db)
    content = agency.db.read_bytes()
    broken = {
        "garbage": b"not a database at all" * 500,
        "holes": content[:4096] + bytes(4096 * 8) + content[4096 * 9 :],
        "missing": b"",
        "empty": b"",
        "cut": content[:20_000],
    }[wreck]
    agency.db.unlink()
    if wreck != "missing":
        agency.db.write_bytes(broken)
    # A journal that belongs to what stood there must not be played back into what is put there.
    journal = agency.db.with_name("kinerja.db-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096) if wreck in ("garbage", "missing") else b"")
    found = agency.json("backup", "restore", backup, "--yes")
    assert copies.check_copy(agency.db) == sound
    if wreck == "missing":
        assert found["safety_copy"] is None
    else:
        assert Path(found["safety_copy"]).is_file()
        if wreck == "garbage":
            assert Path(found["safety_copy"]).read_bytes() == broken


def test_a_strangers_database_is_never_replaced(agency: Kinerja, tmp_path: Path) -> None:
    backup = made(agency)["file"]
    stranger = tmp_path / "keuangan.db"
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE gaji (x)")
    before = stranger.read_bytes()
    ran = agency("--db", stranger, "backup", "restore", backup, "--yes", "--format", "json")
    assert (ran.code, ran.error["code"], stranger.read_bytes()) == (6, "store-foreign", before)


def test_a_backup_of_another_store_has_to_be_named(agency: Kinerja, tmp_path: Path) -> None:
    other = Kinerja(agency._capsys, tmp_path / "elsewhere")
    other.folder.mkdir()
    assert other("init", "--agency", "Kabupaten Lain").code == 0
    theirs = made(other)
    before = agency.snapshot()
    ran = agency("backup", "restore", theirs["file"], "--yes", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "backup-other-store")
    assert theirs["store_id"] in ran.error["message"]
    assert "Kabupaten Lain" in ran.error["message"]
    assert agency.snapshot() == before
    assert agency("backup", "restore", theirs["file"], "--yes", "--store-id", "x").code == 5
    assert agency("backup", "restore", theirs["file"], "--yes", "--store-id", theirs["store_id"]).code == 0
    assert copies.describe(agency.db).agency == "Kabupaten Lain"


def test_a_newer_schema_is_not_put_back(agency: Kinerja, tmp_path: Path) -> None:
    backup = Path(made(agency, "-o", tmp_path / "newer.db")["file"])
    manifests.manifest_path(backup).unlink()
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = agency.snapshot()
    for words in (["--yes"], ["--to", tmp_path / "new.db"]):
        ran = agency("backup", "restore", backup, *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (6, "store-version")
    assert agency.snapshot() == before
    assert not (tmp_path / "new.db").exists()


def test_whoever_waited_for_a_restore_is_not_told_of_a_rating_that_is_gone(agency: Kinerja) -> None:
    backup = made(agency)["file"]
    agency.json("period", "open", "2026-Q1")
    store = Store.open(str(agency.db), Origin("2026-01-05T02:00:00+00:00", "siti@bkd"))
    assert agency("backup", "restore", backup, "--yes").code == 0
    operation = set_setting(store, "window_days", "21").operation
    assert operation == 3
    assert agency.json("history")[0]["operation"] == 3
    assert agency.json("settings", "get", "window_days")["value"] == "21"


def test_a_drill_compares_with_the_store_by_sample(agency: Kinerja) -> None:
    missing = agency("backup", "drill", "--format", "json")
    assert (missing.code, missing.error["code"]) == (4, "backup-missing")
    made(agency)
    agency.json("staff", "set", BUDI, "--position", "PERAWAT AHLI MUDA")
    agency.json("settings", "set", "window_days", "20")
    found = agency.json("backup", "drill")
    assert (found["ok"], found["behind"], found["findings"]) == (True, 2, [])
    assert found["sampled"] >= 7
    assert not list(agency.folder.glob(".*.part"))
    with closing(sqlite3.connect(agency.db)) as connection:
        connection.execute("UPDATE unit SET name = 'DIUBAH'")
        connection.commit()
    ran = agency("backup", "drill", "--format", "json")
    assert (ran.code, [one["code"] for one in ran.data["findings"]]) == (8, ["backup-rows"])
    assert BUDI not in ran.out


def test_a_drill_finds_a_ledger_that_was_cut(agency: Kinerja) -> None:
    agency.json("settings", "set", "window_days", "20")
    made(agency)
    with closing(sqlite3.connect(agency.db)) as connection:
        connection.execute("DROP TRIGGER operation_is_not_removed")
        connection.execute("DELETE FROM operation WHERE seq = 3")
        connection.commit()
    ran = agency("backup", "drill", "--format", "json")
    assert ran.code == 8
    assert "backup-apart" in [one["code"] for one in ran.data["findings"]]
    bad = next(folder_of(agency).glob("*.db"))
    bad.write_bytes(bad.read_bytes()[:-1])
    assert agency("backup", "drill").code == 6


def test_no_store_is_made_or_put_on_a_network(agency: Kinerja, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backup = made(agency)["file"]
    share = tmp_path / "share of bkd"
    share.mkdir()
    listed = tmp_path / "mountinfo"
    listed.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"40 22 0:50 / {str(share).replace(' ', chr(92) + '040')} rw shared:1 - nfs4 server:/bkd rw\n"
        "broken line\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(mounts, "MOUNTINFO", listed)
    for words in (["init", "--agency", "X"], ["backup", "restore", backup]):
        ran = agency("--db", share / "kinerja.db", *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (6, "store-network")
        assert "nfs4" in ran.error["message"]
    assert list(share.iterdir()) == []
    assert made(agency, share)["file"].startswith(str(share)), "copies may lie there"
    shutil.copy(agency.db, share / "kinerja.db")
    (share / "kinerja.db").chmod(0o600)
    ran = agency("--db", share / "kinerja.db", "doctor", "--format", "json")
    assert (ran.code, ran.data[0]["code"]) == (8, "store-network")
    monkeypatch.setattr(mounts, "MOUNTINFO", tmp_path / "none")
    assert mounts.file_system(share) is None


def test_encryption_is_refused_with_a_sentence_where_it_is_not_installed(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    ran = agency("backup", "create", "--recipient", "age1x", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "age-missing")
    assert "kinerja-cli[age]" in ran.error["hint"]
    assert not folder_of(agency).exists()


def test_an_encrypted_backup_opens_with_the_secret_key_alone(agency: Kinerja, tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage")
    key, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    secret, wrong, public = tmp_path / "secret.txt", tmp_path / "wrong.txt", tmp_path / "public.txt"
    secret.write_text(f"# made today\n{key}\n", encoding="utf-8")
    wrong.write_text(f"{stranger}\n", encoding="utf-8")
    public.write_text(f"# bkd\n{key.to_public()}\n", encoding="utf-8")
    found = made(agency, "--recipients-file", public)
    backup = Path(found["file"])
    assert (found["encrypted"], backup.name.endswith(".db.age")) == (True, True)
    assert b"BUDI" not in backup.read_bytes()
    assert not [one for one in tmp_path.rglob("*.part")]
    outside = agency.json("backup", "verify", backup)
    assert (outside["ok"], [one["code"] for one in outside["findings"]]) == (True, ["backup-sealed"])
    assert agency.json("backup", "verify", backup, "--identity", secret)["findings"] == []
    locked = agency("backup", "restore", backup, "--to", tmp_path / "x.db", "--format", "json")
    assert (locked.code, locked.error["code"]) == (2, "backup-locked")
    other = agency("backup", "restore", backup, "--to", tmp_path / "x.db", "--identity", wrong, "--format", "json")
    assert (other.code, other.error["code"]) == (3, "identity-wrong")
    assert agency("backup", "drill", "--identity", secret).code == 0
    assert agency("backup", "restore", backup, "--to", tmp_path / "x.db", "--identity", secret).code == 0
    assert copies.describe(tmp_path / "x.db") == copies.describe(agency.db)
    leaked = agency("backup", "create", "--recipient", str(key))
    assert (leaked.code, str(key) in leaked.err) == (2, False)
    empty = tmp_path / "empty.txt"
    empty.write_text("# none\n", encoding="utf-8")
    assert agency("backup", "create", "--recipients-file", empty).code == 2
    assert agency("backup", "verify", backup, "--identity", public).code == 2
    assert not [one for one in tmp_path.rglob("*.part")]


def test_status_tells_of_the_last_backup(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agency.json("status")["last_backup"] is None
    at(monkeypatch, datetime(2026, 1, 5, 17, tzinfo=UTC))
    made(agency)
    agency.json("settings", "set", "window_days", "20")
    assert agency.json("status")["last_backup"] == {
        "file": "kinerja-20260105T170000Z.db",
        "at": "2026-01-06T00:00:00+07:00",
        "operations_since": 1,
    }
