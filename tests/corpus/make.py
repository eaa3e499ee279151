"""Write every workbook of the corpus into a new folder, to be looked at: `python -m tests.corpus.make FOLDER`."""

import shutil
import sys
from importlib import import_module
from pathlib import Path

from tests.corpus.agency import STORES, store_of
from tests.corpus.case import CASES

SUBJECTS = ("siasn", "duk", "offices", "lists", "formats", "cells", "ratings", "feedback", "assessors", "acting")
"""The modules that hold the cases."""


def load_cases() -> None:
    """Let every subject enter its cases."""
    for subject in SUBJECTS:
        import_module(f"tests.corpus.{subject}")


def make(folder: Path) -> None:
    """Every case in a folder of its own, its files beside the store they are for."""
    load_cases()
    folder.mkdir(parents=True)
    stores = {subject: begin(folder / f"{subject}.db") for subject, begin in STORES.items()}
    for name, case in CASES.items():
        inside = folder / name / "files"
        inside.mkdir(parents=True)
        shutil.copy(stores[case.command[0]], store_of(inside))
        case.make(inside)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
