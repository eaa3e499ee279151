"""Where only the result cannot be written, the command says that its work is done, so that nobody does it twice."""

import errno
import os
from pathlib import Path

import pytest

from tests.builders import BUDI, Kinerja, Ran


class Full:
    """Standard output on a disk that is full."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Refuse whatever there is to write, as the system does."""
        if text:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return 0

    def flush(self) -> None:
        """Nothing waits to be written."""

    def isatty(self) -> bool:
        """It is a file."""
        return False

    def fileno(self) -> int:
        """It has no number of its own."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def untold(kinerja: Kinerja, *words: str | Path) -> Ran:
    """Run a command that has nowhere to write its result."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", Full())
        return kinerja(*words)


WRITING = (
    ("feedback", "add", BUDI, "--from", "atasan", "--text", "Rapi"),
    ("period", "open", "2026-Q1"),
    ("settings", "set", "window_days", "20"),
    ("staff", "set", BUDI, "--unit", "U1"),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
@pytest.mark.parametrize("form", [(), ("--format", "json"), ("--format", "table")], ids=" ".join)
def test_an_operation_that_cannot_be_told_is_named(
    agency: Kinerja, words: tuple[str, ...], form: tuple[str, ...]
) -> None:
    before = agency.json("history", "--limit", "1")[0]["operation"]
    ran = untold(agency, *words, *form)
    after = agency.json("history", "--limit", "1")[0]["operation"]
    assert (ran.code, after) == (6, before + 1)
    assert "result-unwritten" in ran.err
    assert f"kept as operation {after}." in ran.err
    assert "run the command again;" not in ran.err


def test_a_period_closed_is_said_to_be(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    ran = untold(agency, "period", "close", "2026-Q1", "--allow-unrated", "--format", "json")
    assert (ran.code, ran.error["code"], ran.error["exit"]) == (6, "result-unwritten", 6)
    assert agency.json("period", "show", "2026-Q1")["state"] == "closed"


def test_what_has_done_nothing_may_be_run_again(agency: Kinerja) -> None:
    for words in (("staff", "list"), ("period", "open", "2026-Q1", "--dry-run"), ("backup", "create", "--dry-run")):
        ran = untold(agency, *words)
        assert (ran.code, "file-unwritable" in ran.err) == (6, True)


def test_a_result_whose_file_cannot_be_written_is_told_as_well(agency: Kinerja) -> None:
    agency.json("settings", "set", "window_days", "20")
    number = str(agency.json("history", "--limit", "1")[0]["operation"])
    for file, undone in ((agency.folder / "no" / "x.json", number), (agency.folder / "x.doc", str(int(number) + 1))):
        ran = agency("undo", undone, "--yes", "-o", file)
        assert (ran.code, f"kept as operation {int(undone) + 1}." in ran.err) == (6, True)


def test_a_store_or_backup_that_was_made_is_said_to_be(agency: Kinerja, tmp_path: Path) -> None:
    file, store = agency.folder / "copy.db", tmp_path / "new.db"
    ran = untold(agency, "backup", "create", "-o", file)
    assert (ran.code, f"The backup {file} is made." in ran.err, file.is_file()) == (6, True, True)
    ran = untold(agency, "backup", "restore", file, "--to", store)
    assert (ran.code, f"put back as {store}." in ran.err, store.is_file()) == (6, True, True)
    ran = untold(agency, "--db", tmp_path / "other.db", "init", "--agency", "Kota Lain")
    assert (ran.code, f"The store {tmp_path / 'other.db'} is made." in ran.err) == (6, True)
