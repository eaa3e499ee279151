"""The agency whose ratings and feedback the corpus imports: the invented people, some periods open."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.builders import command
from tests.corpus.books import one
from tests.corpus.people import EVERYBODY, SIASN_HEADINGS, siasn_rows

PERIODS = ("2025-Q1", "2025-Q2", "2025-06", "2025")


def rated_agency(db: Path) -> Path:
    """A store with everybody in it and the periods open."""
    command(db, "init", "--agency", "Kota Contoh")
    roster = one(db.with_suffix(".roster.xlsx"), [SIASN_HEADINGS, *siasn_rows(EVERYBODY)])
    command(db, "staff", "import", roster)
    roster.unlink()
    for code in PERIODS:
        command(db, "period", "open", code)
    return db


def empty_agency(db: Path) -> Path:
    """A store with nobody in it."""
    command(db, "init", "--agency", "Kota Contoh")
    return db


STORES: Mapping[str, Callable[[Path], Path]] = {"staff": empty_agency, "score": rated_agency}
"""The store that cases of each command begin with."""


def store_of(folder: Path) -> Path:
    """The store that the files of a case will be imported into: it lies beside their folder."""
    return folder.parent / "kinerja.db"
