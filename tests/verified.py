"""Verify a store in both ways: by the program, and by the verifier that stands alone."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from kinerja_cli.storage.audit.verifier import __file__ as verifier_file
from tests.builders import Kinerja


def verify(kinerja: Kinerja, *words: str | Path) -> Any:  # noqa: ANN401 - JSON is whatever the command printed
    """What the program finds."""
    ran = kinerja("audit", "verify", *words, "--format", "json")
    assert ran.code in (0, 8), ran.err
    assert ran.data["ok"] is (ran.code == 0)
    return ran.data


def alone(kinerja: Kinerja, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """What the verifier says, which never breaks."""
    done = subprocess.run(
        [sys.executable, "-I", verifier_file, str(kinerja.db), *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done
