"""A bit that flips in a store is named by the audit: the table and the row, or at least that the file is damaged."""

import json
import shutil
import sqlite3
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
_LEDGER: Final = ("operation", "change")


def test_flipped_bits_in_live_rows_are_all_named(crew: Crew, stages: Stages, tmp_path: Path) -> None:
    whole = (stages.at("closed") / STORE).read_bytes()
    rows = _live(stages.at("closed") / STORE)
    assert rows is not None
    chance, wanted = Random(SEED), enough(400, 4)
    hurt = list[tuple[int, bytes, list[str]]]()
    scratch, flips = tmp_path / "scratch.db", 0
    while len(hurt) < wanted:
        content, flips = bytearray(whole), flips + 1
        place = chance.randrange(100, len(content))
        content[place] ^= 1 << chance.randrange(8)
        scratch.write_bytes(content)
        now = _live(scratch)
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
    record("F12", "bits flipped in live rows", wanted, sum(map(bool, found)), f"of {flips} flips anywhere")
    assert [fault for faults in found for fault in faults] == []


def _live(path: Path) -> Rows | None:
    """Every row of every table but the ledger's, read past every index; None where that cannot be."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        try:
            names = [name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
            return {
                name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}" NOT INDEXED')))
                for name in names
                if name not in _LEDGER
            }
        except (sqlite3.Error, UnicodeDecodeError):
            return None
