"""Files that somebody else may have put where kinerja reads or writes: nothing hangs, breaks or is written over."""

import json
import os
from pathlib import Path

import pytest

from tests.builders import Kinerja

NESTED = "[" * 200_000


@pytest.fixture
def reopened(agency: Kinerja) -> Kinerja:
    """An agency whose closed period an older backup has opened again."""
    agency.json("period", "open", "2026-Q1")
    agency.json("backup", "create", "-o", agency.folder / "open.db")
    agency.json("period", "close", "2026-Q1", "--allow-unrated")
    agency.json("backup", "restore", agency.folder / "open.db", "--yes")
    return agency


def test_a_closing_record_of_a_closing_taken_back_is_kept_and_told(reopened: Kinerja) -> None:
    (old,) = reopened.db.with_name("kinerja.db.manifests").iterdir()
    text = old.read_text()
    ran = reopened("period", "close", "2026-Q1", "--allow-unrated", "--format", "json")
    new = Path(ran.data["manifest"])
    assert new != old
    assert "manifest-aside" in ran.err
    assert str(old) in json.loads(ran.err)["warning"]["message"]
    assert old.read_text() == text
    assert reopened("audit", "verify", "--anchor", new).code == 0
    assert reopened("audit", "verify", "--anchor", old).code == 8
    again = reopened("period", "close", "2026-Q1", "--format", "json")
    assert (again.data["manifest"], again.err) == (str(new), "")
    assert len(list(new.parent.iterdir())) == 2


@pytest.mark.parametrize("what", ["foreign", "link", "dangling", "fifo", "folder"])
def test_whatever_has_the_name_of_a_closing_record_is_left_alone(agency: Kinerja, what: str) -> None:
    agency.json("period", "open", "2026-Q1")
    number = agency.json("history", "--limit", "1")[0]["operation"] + 1
    taken = agency.db.with_name("kinerja.db.manifests") / f"2026-Q1-{number}.json"
    other = agency.folder / "other.txt"
    taken.parent.mkdir()
    if what == "foreign":
        taken.write_text('{"x":1}')
    elif what == "fifo":
        os.mkfifo(taken)
    elif what == "folder":
        taken.mkdir()
    else:
        taken.symlink_to(other)
    if what == "link":
        other.write_text("mine")
    before = taken.lstat()
    ran = agency("period", "close", "2026-Q1", "--allow-unrated", "--format", "json")
    assert ran.code == 0
    assert "manifest-aside" in ran.err
    assert ran.data["manifest"] == str(taken.with_name(f"2026-Q1-{number}-2.json"))
    assert (taken.lstat().st_ino, taken.lstat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert other.exists() == (what == "link")
    assert agency("audit", "verify", "--anchor", ran.data["manifest"]).code == 0


def test_a_newer_version_does_not_write_the_same_closing_record_again(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    record = Path(agency.json("period", "close", "2026-Q1", "--allow-unrated")["manifest"])
    kept = json.loads(record.read_text())
    record.write_text(json.dumps(kept | {"program": "0.0.1", "agency": "Kota Lama"}))
    assert agency.json("period", "close", "2026-Q1")["manifest"] == str(record)
    assert json.loads(record.read_text())["program"] == "0.0.1"


@pytest.mark.parametrize(
    "manifest",
    [
        NESTED,
        "9" * 10_000,
        "[]",
        '{"form": "kinerja-backup-1"}',
        {"operations": "many"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"rows": {"employee": "all"}},
        {"head": 7},
    ],
    ids=lambda given: str(given)[:30],
)
def test_a_manifest_that_is_none_of_ours_stops_nothing(agency: Kinerja, manifest: str | dict[str, object]) -> None:
    good = Path(agency.json("backup", "create")["file"])
    strange = good.with_name("x.db")
    strange.write_bytes(good.read_bytes())
    beside = strange.with_name("x.db.json")
    if isinstance(manifest, dict):
        kept = json.loads(good.with_name(f"{good.name}.json").read_text())
        manifest = json.dumps(kept | {"file": strange.name} | manifest)
    beside.write_text(manifest)
    for words in (("status",), ("doctor",), ("backup", "list"), ("backup", "drill")):
        assert agency(*words).code == 0, words
    assert [row["file"] for row in agency.json("backup", "list")] == [str(good)]
    assert agency.json("backup", "create", "--keep", "daily=1")["kept"] == 1
    assert agency("backup", "verify", strange).code == 8
    assert "backup-no-manifest" in agency("backup", "restore", strange, "--to", agency.folder / "new.db").err


def test_a_pipe_for_a_manifest_is_not_waited_for(agency: Kinerja) -> None:
    good = Path(agency.json("backup", "create")["file"])
    good.with_name("x.db").write_bytes(good.read_bytes())
    os.mkfifo(good.with_name("x.db.json"))
    assert len(agency.json("backup", "list")) == 1


def test_anchors_are_read_from_files_alone(agency: Kinerja, tmp_path: Path) -> None:
    pipe, large, folder = tmp_path / "pipe", tmp_path / "large", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    with large.open("wb") as file:
        file.truncate(1 << 40)
    for strange in (pipe, large, folder, Path("/dev/zero"), Path("/dev/null")):
        ran = agency("audit", "verify", "--anchor", strange, "--format", "json")
        assert (ran.code, ran.error["code"]) == (3, "anchor-unreadable")
        assert agency("audit", "head", "--anchor", strange).code == 3


def test_rules_are_read_from_files_alone(agency: Kinerja, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert agency("settings", "set", "regulation", pipe).code == 4
    assert agency("settings", "set", "distribution", pipe).code == 4
