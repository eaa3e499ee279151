"""A small agency at every stage of a quarter, as folders that can be copied, and what a store holds to be compared."""

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import RLock
from typing import Final, TypeAlias

from tests.builders import ANI, BUDI, CITRA, HEAD, command, recap, roster

STORE: Final = "kinerja.db"
Ledger: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

RATINGS: Final = tuple(
    (nip, name, "Sesuai Ekspektasi", "Diatas Ekspektasi", "Baik")
    for nip, name in ((HEAD, "SURYA DARMA"), (ANI, "ANI LESTARI"), (BUDI, "BUDI"), (CITRA, "CITRA DEWI"))
)
STEPS: Final[dict[str, Sequence[str]]] = {
    "begun": ("init", "--agency", "Kota Contoh"),
    "staffed": ("staff", "import", "roster.xlsx"),
    "opened": ("period", "open", "2026-Q1"),
    "rated": ("score", "import", "recap.xlsx"),
    "kept": ("backup", "create", "-o", "early.db"),
    "closed": ("period", "close", "2026-Q1"),
}
"""The commands that lead from one stage to the next."""

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+\-.:\dZ]*")


class Stages:
    """Folders with the store and the files of the agency, made when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._making = RLock()

    def at(self, name: str) -> Path:
        """The folder of a stage, to be copied and never changed."""
        with self._making:
            return self._made(name)

    def _made(self, name: str) -> Path:
        folder = self._folder / name
        if not folder.exists():
            names = list(STEPS)
            before = names[names.index(name) - 1] if name != names[0] else None
            if before is None:
                folder.mkdir()
                roster(folder / "roster.xlsx")
                recap(folder / "recap.xlsx", RATINGS)
                (folder / "list.xlsx").write_bytes(b"the list of last year")
                (folder / "list.csv").write_bytes(b"the list of last year")
            else:
                shutil.copytree(self.at(before), folder)
            command(folder / STORE, *(folder / word if "." in word else word for word in STEPS[name]))
        return folder


def ledger_of(path: Path) -> Ledger:
    """Every operation with its changes, without the instants that differ from one run to the next."""
    with closing(sqlite3.connect(path)) as connection:
        changes: dict[int, list[str]] = {}
        for seq, *change in connection.execute(
            "SELECT seq, relation, key, before, after FROM change ORDER BY seq, ordinal"
        ):
            changes.setdefault(seq, []).append(_INSTANT.sub("…", repr(change)))
        kinds = connection.execute("SELECT seq, kind FROM operation ORDER BY seq").fetchall()
    return tuple((kind, tuple(changes.get(seq, ()))) for seq, kind in kinds)


def inside(path: Path) -> tuple[object, ...]:
    """Every row of every table, and the schema."""
    with closing(sqlite3.connect(path)) as connection:
        schema = sorted(connection.execute("SELECT type, name, sql FROM sqlite_schema"), key=repr)
        names = [name for kind, name, _sql in schema if kind == "table"]
        rows = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
        return repr(schema), repr(rows), connection.execute("PRAGMA user_version").fetchone()


def unsound(path: Path) -> list[str]:
    """What SQLite finds wrong with a store."""
    with closing(sqlite3.connect(path)) as connection:
        verdict = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        dangling = [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return [one for one in verdict if one != "ok"] + dangling
