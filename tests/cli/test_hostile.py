"""Whatever a file does, the program says one clear sentence, quickly and within its memory, and lives on."""

import json
import os
import subprocess
import sys
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


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """How the import of every file ended, by its name."""
    home = tmp_path_factory.mktemp("hostile")
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
    Path("/tmp/door/out.jsonl").write_bytes(done.stdout)
    return {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_read_quickly_and_in_little_memory(name: str, outcomes: dict[str, Any]) -> None:
    found = outcomes[name]
    wanted, code = HOSTILE[name][1]
    assert (found["code"], code in found["err"]) == (wanted, True), found["err"][-500:]
    assert "Traceback" not in found["err"]
    assert found["seconds"] < _SECONDS
    assert found["megabytes"] < _MEGABYTES
    if code:
        error = json.loads(found["err"])["error"]
        assert error["code"] == code
        assert len(error["message"].splitlines()) == 1
        assert error["hint"]


def test_a_file_cut_anywhere_ends_in_a_documented_way(outcomes: dict[str, Any]) -> None:
    cuts = {name: one for name, one in outcomes.items() if name.startswith("cut")}
    assert len(cuts) == 36
    for name, one in cuts.items():
        assert one["code"] in (Exit.OK, Exit.REJECTED), name
        assert "Traceback" not in one["err"], name
        assert (one["seconds"], one["megabytes"]) < (_SECONDS, _MEGABYTES), name
    assert all(one["code"] == Exit.REJECTED for name, one in cuts.items() if name.endswith(("xlsx", "ods")))
