"""Whatever a file does, the program says one clear sentence, quickly and within its memory, and lives on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kinerja_cli.errors import Exit
from kinerja_cli.main import main
from tests.workbooks.hostile import HOSTILE, cut

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="measures processes that part by fork")

_ROOT = Path(__file__).parents[2]
_SECONDS, _MEGABYTES = 15, 300
"""The seconds are five times what is wanted: the machine may be busy with other tests."""


def outcomes(home: Path) -> dict[str, Any]:
    """How the import of every file ended, by its name."""
    folder = home / "files"
    folder.mkdir()
    for name, (make, _outcome) in HOSTILE.items():
        make(folder / name)
    cut(folder)
    store = home / "kinerja.db"
    assert main(["--db", str(store), "init", "--agency", "Kota Contoh"]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.hostile_run", str(store), str(folder)],
        cwd=_ROOT, env=os.environ | {"KINERJA_LANG": "en"}, stdout=subprocess.PIPE, check=True, timeout=300,
    )  # fmt: skip
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


def complaints(name: str, found: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with how the import of one file ended."""
    if "Traceback" in found["err"]:
        yield "a traceback"
    if found["seconds"] > _SECONDS or found["megabytes"] > _MEGABYTES:
        yield f"{found['seconds']:.1f} s, {found['megabytes']} MB"
    if name not in HOSTILE:
        allowed = (Exit.REJECTED,) if name.endswith(("xlsx", "ods")) else (Exit.OK, Exit.REJECTED)
        if found["code"] not in allowed:
            yield f"exit code {found['code']}"
        return
    exit_code, code = HOSTILE[name][1]
    if found["code"] != exit_code:
        yield f"exit code {found['code']}: {found['err'][:300]}"
    elif code:
        error = json.loads(found["err"])["error"]
        if error["code"] != code or len(error["message"].splitlines()) != 1 or not error["hint"]:
            yield f"{error['code']}: {error['message']} {error['hint']}"


def test_hostile_and_broken_files_are_refused_or_read_quickly_and_in_little_memory(tmp_path: Path) -> None:
    found = outcomes(tmp_path)
    assert len(found) == len(HOSTILE) + 36
    assert {name: said for name, one in found.items() if (said := list(complaints(name, one)))} == {}
