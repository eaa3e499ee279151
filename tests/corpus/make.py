"""Write every workbook of the corpus into a folder, to be looked at: `python -m tests.corpus.make FOLDER`."""

import sys
from importlib import import_module
from pathlib import Path

from tests.corpus.case import CASES

SUBJECTS = ("siasn", "duk", "offices", "lists", "formats", "cells", "ratings")
"""The modules that hold the cases."""


def load_cases() -> None:
    """Let every subject enter its cases."""
    for subject in SUBJECTS:
        import_module(f"tests.corpus.{subject}")


def make(folder: Path) -> None:
    """Every case in a folder of its own."""
    load_cases()
    for name, case in CASES.items():
        inside = folder / name
        inside.mkdir(parents=True, exist_ok=True)
        case.make(inside)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
