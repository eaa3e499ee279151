"""Without the right to write or to read, a command says so with the way out, and whoever may read still can."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.outcomes import ALL, ONE_CASE, record
from tests.faults.running import Ended, cold
from tests.faults.situations import DB
from tests.faults.stages import STORE, Stages, ledger_of

NOBODY = 65534

pytestmark = [
    pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else"),
    pytest.mark.skipif(shutil.which("setpriv") is None, reason="there is no setpriv on this machine"),
]

WRITES = ("settings", "set", "window_days", "20")
LISTS = ("staff", "list")
COMMANDS = (WRITES, LISTS, ("staff", "list", "-o", "new.xlsx"), ("backup", "create"), ("audit", "verify"))
EXPECTED = {
    "a file that may only be read": (6, 0, 0, 0, 0),
    "a folder that may only be read": (6, 0, 6, 6, 0),
    "a file of somebody else": (6, 6, 6, 6, 6),
    "a folder of somebody else": (6, 6, 6, 6, 6),
    "a file system that may only be read": (6, 0, 6, 6, 0),
}
"""The exit codes of those commands, in the order in which they are given."""
TRIED = len(COMMANDS) if ALL else 2
"""Each starts Python anew; one that writes and one that reads stand for the others in the short run."""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may reach, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="kinerja-rights-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("case", EXPECTED)
def test_without_the_right_a_command_says_so_and_changes_nothing(case: str, place: Path, stages: Stages) -> None:
    folder = place / "store"
    shutil.copytree(stages.at("rated"), folder)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    before, faults = ledger_of(folder / STORE), list[str]()
    with _withheld(case, folder):
        for words, code in list(zip(COMMANDS, EXPECTED[case], strict=True))[:TRIED]:
            ended = _as_nobody(words, folder, place)
            told = ended.err.strip().splitlines()
            if ended.code != code or "damaged" in ended.err or "Traceback" in ended.err:
                faults.append(f"{' '.join(words)}: {ended}")
            if code == 6 and len(told) < 2:
                faults.append(f"{' '.join(words)}: no way out: {ended.err}")
    if ledger_of(folder / STORE) != before:
        faults.append("something was changed")
    record("F7", case, TRIED, len(faults))
    assert faults == []


@contextmanager
def _withheld(case: str, folder: Path) -> Iterator[None]:
    """A store and its folder without the right that a case is about."""
    if case == "a file system that may only be read":
        with _mounted_read_only(folder):
            yield
        return
    if case == "a file that may only be read":
        (folder / STORE).chmod(0o400)
    elif case == "a folder that may only be read":
        # Where SQLite's journal lies there already, it is all that a write needs.
        (folder / f"{STORE}-journal").unlink(missing_ok=True)
        folder.chmod(0o500)
    else:
        path = folder / STORE if case == "a file of somebody else" else folder
        os.chown(path, 0, 0)
        path.chmod(0o700 if path == folder else 0o600)
    yield


@contextmanager
def _mounted_read_only(folder: Path) -> Iterator[None]:
    bound = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False)
    if bound.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _as_nobody(words: tuple[str, ...], folder: Path, place: Path) -> Ended:
    """Run a command as an account that owns nothing else, from a folder it may be in."""
    before = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    absolute = [*DB[:1], str(folder / STORE), *(str(folder / word) if "." in word else word for word in words)]
    return cold(absolute, place, before)
