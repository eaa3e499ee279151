"""A bit that flips in a store is named by the audit: the table and the row, or at least that the file is damaged."""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import pytest

from tests.faults.outcomes import ONE_CASE, SEED, enough, record
from tests.faults.running import Crew, Warm
from tests.faults.situations import DB
from tests.faults.stages import STORE, Stages

pytestmark = pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for")

Rows: TypeAlias = dict[str, list[str]]
_LEDGER: Final = {"operation", "change"}


def test_flipped_bits_in_live_rows_are_all_named(crew: Crew, stages: Stages, tmp_path: Path) -> None:
    whole = (stages.at("closed") / STORE).read_bytes()
    rows = _live(stages.at("closed") / STORE, _tables(stages.at("closed") / STORE))
    assert rows is not None
    chance, wanted = Random(SEED), enough(400, 4)
    hurt = list[tuple[int, bytes, list[str]]]()
    scratch, flips, pages = tmp_path / "scratch.db", 0, _pages(stages.at("closed") / STORE)
    while len(hurt) < wanted:
        content, flips = bytearray(whole), flips + 1
        place = chance.choice(pages) * 4096 + chance.randrange(4096)
        content[place] ^= 1 << chance.randrange(8)
        scratch.write_bytes(content)
        now = _live(scratch, list(rows))
        if now is not None and now != rows:
            hurt.append((place, bytes(content), [name for name in rows if rows[name] != now.get(name)]))

    def attempt(warm: Warm, one: tuple[int, bytes, list[str]]) -> list[str]:
        place, content, tables = one
        folder = tmp_path / f"bit{place}"
        shutil.copytree(stages.at("closed"), folder, dirs_exist_ok=True)
        (folder / STORE).write_bytes(content)
        ended = warm.run([*DB, "audit", "verify", "--format", "json"], folder)
        shutil.rmtree(folder)
        if ended.code != 8:
            return [f"byte {place} in {tables}: {ended}"]
        found = {finding["table"] for finding in json.loads(ended.out)["findings"]}
        return [f"byte {place}: {name} is not named, but {found}" for name in tables if name not in found]

    found = crew.each(hurt, attempt)
    record("F12", "bits flipped in live rows", wanted, sum(map(bool, found)), f"of {flips} flips in their pages")
    assert [fault for faults in found for fault in faults] == []


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return sorted(names - _LEDGER)


def _pages(path: Path) -> list[int]:
    """The pages of the file in which the rows of those tables lie, counted from 0; all where SQLite cannot tell."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return [
                page - 1
                for (page,) in connection.execute(
                    "SELECT pageno FROM dbstat WHERE name NOT IN ('operation', 'change') AND name IN"
                    " (SELECT name FROM sqlite_schema WHERE type = 'table') ORDER BY pageno"
                )
            ]
        except sqlite3.OperationalError:
            return list(range(1, path.stat().st_size // 4096))


def _live(path: Path, names: Sequence[str]) -> Rows | None:
    """Every row of those tables, read past every index; None where that cannot be."""
    with closing(sqlite3.connect(path)) as connection:
        # Text and a blob of the same bytes are not the same.
        connection.text_factory = lambda content: ("text", content)
        try:
            return {
                name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}" NOT INDEXED'))) for name in names
            }
        except (sqlite3.Error, UnicodeDecodeError):
            return None
