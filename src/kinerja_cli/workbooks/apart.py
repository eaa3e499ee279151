"""Read .xls, .xlsb and .ods in a process of their own.

On a damaged file of these kinds the reader of workbooks may ask for all memory or never come to an end, neither
of which can be caught from inside. They are the small and rare ones, so the detour costs nobody anything; .xlsx
is swept instead, because there a detour would cost most of the time.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from kinerja_cli.workbooks.grid import SheetRead
from kinerja_cli.workbooks.refusals import FileDamaged, FileEncrypted

_CHILD = Path(__file__).with_name("child.py")


def read_apart(path: Path, *, memory: int, seconds: int) -> list[SheetRead]:
    """All sheets of a workbook; whatever becomes of the other process, this one gets an answer or refuses."""
    # -P keeps the folder the command happens to be run in from being looked into for modules.
    command = [sys.executable, "-P", str(_CHILD), str(path), str(memory), str(seconds)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds * 3, check=True,
        )  # fmt: skip
        kind, content = pickle.loads(done.stdout)
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError) as error:
        raise FileDamaged(path, type(error).__name__) from error
    if kind == "password":
        raise FileEncrypted(path)
    if kind == "damaged":
        raise FileDamaged(path, content)
    return [SheetRead(*sheet) for sheet in content]
