"""Killed at any point, a store is as before or as after, never between, and the next run works by itself.

`make faults` kills at every write, sync and rename of an upgrade from every older schema, of a restore and of a
backup; the suite itself tries a few.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kinerja_cli.actions.backups import look_at
from kinerja_cli.main import main
from kinerja_cli.storage import copies, health, manifests
from kinerja_cli.storage.database import SCHEMA_VERSION
from tests.faults.kills import Scenario, can_kill, kill_at, points_of, some_of
from tests.old_stores import holds, old_store, rows_of

ALL = int(os.environ.get("KINERJA_FAULTS") or "0") > 1000
FEW = 2
STORE = "kinerja.db"

pytestmark = pytest.mark.skipif(not can_kill(), reason="there is no strace on this machine, or it may not trace")


def upgrade(schema: int) -> Scenario:
    """An upgrade from an older schema."""

    def prepare(folder: Path) -> None:
        old_store(folder / STORE, schema)

    def judge(folder: Path) -> list[str]:
        path = folder / STORE
        reference = old_store(folder / "reference.db", schema)
        before = rows_of(reference)
        found = copies.describe(path)
        faults = [] if found.schema in (schema, SCHEMA_VERSION) else [f"the schema is {found.schema}"]
        faults += [f"rows of {name} are lost" for name, rows in before.items() if found.rows[name] != len(rows)]
        unsound = [one.name for one in folder.glob("*.bak") if copies.check_copy(one).schema != schema]
        faults += [f"{name} is no copy of the old store" for name in unsound]
        # Salts differ from one store to the next, so that rows are compared with those of this one.
        own = {name: rows for name, rows in rows_of(path).items() if name in before}
        if _run(path, "db", "upgrade") != 0:
            faults.append("the next run fails")
        inside = health.look_inside(path)
        if (inside.schema, inside.verdict, inside.differing) != (SCHEMA_VERSION, "ok", ()):
            faults.append(f"afterwards it is not as a new one: {inside.verdict} {inside.differing}")
        if not holds(path, own):
            faults.append("afterwards rows are lost or changed")
        return faults

    return Scenario(
        f"db upgrade from schema {schema}",
        prepare,
        lambda folder: ["--db", str(folder / STORE), "db", "upgrade"],
        judge,
    )


def _two_stages(folder: Path) -> None:
    """A store with a backup of an earlier stage of it."""
    path = folder / STORE
    _run(path, "init", "--agency", "Kota Contoh")
    _run(path, "backup", "create", "-o", str(folder / "early.db"))
    for days in range(15, 22):
        _run(path, "settings", "set", "window_days", str(days))


def _judge_restore(folder: Path) -> list[str]:
    path, faults = folder / STORE, list[str]()
    early = copies.check_copy(folder / "early.db")
    found = copies.describe(path)
    inside = health.look_inside(path)
    if inside.verdict != "ok" or inside.differing:
        faults.append(f"the store is damaged: {inside.verdict} {inside.differing}")
    if found.operations not in (early.operations, 8):
        faults.append(f"the store is neither: {found.operations} operations")
    kept = [copies.check_copy(one) for one in folder.glob("*.bak")]
    if found == early and not any(one.operations == 8 for one in kept):
        faults.append("the store was replaced without a copy of it")
    if _run(path, "backup", "restore", str(folder / "early.db"), "--yes") != 0:
        faults.append("the next run fails")
    if copies.describe(path) != early:
        faults.append("the next run does not restore")
    return faults


RESTORE = Scenario(
    "backup restore",
    _two_stages,
    lambda folder: ["--db", str(folder / STORE), "backup", "restore", str(folder / "early.db"), "--yes"],
    _judge_restore,
)


def _judge_create(folder: Path) -> list[str]:
    path, faults = folder / STORE, list[str]()
    if copies.describe(path).operations != 8:
        faults.append("the store has changed")
    for number in (1, 2):
        for backup, _manifest in manifests.backups_in(folder / "backups"):
            if not look_at(backup).ok:
                faults.append(f"{backup.name} can be seen but is not sound")
        bare = [one for one in (folder / "backups").glob("*.db") if not manifests.manifest_path(one).exists()]
        if bare:
            faults.append(f"{bare[0].name} has no manifest")
        if number == 1 and _run(path, "backup", "create", str(folder / "backups")) != 0:
            faults.append("the next run fails")
    if not manifests.backups_in(folder / "backups"):
        faults.append("the next run made nothing")
    return faults


CREATE = Scenario(
    "backup create",
    _two_stages,
    lambda folder: ["--db", str(folder / STORE), "backup", "create", str(folder / "backups"), "--keep", "daily=1"],
    _judge_create,
)


SCENARIOS = [upgrade(1), RESTORE, *([upgrade(0), upgrade(2), CREATE] if ALL else [])]
"""The suite itself tries two, since each point is a run of the program."""


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_killed_at_any_point_a_store_is_as_before_or_as_after(
    scenario: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_LANG", "en")
    points = points_of(scenario, tmp_path / "counted")
    assert len(points) > FEW
    chosen = points if ALL else list(some_of(points, FEW))

    def attempt(place: int) -> list[str]:
        return kill_at(scenario, chosen[place], tmp_path / f"point{place}")

    with ThreadPoolExecutor(2) as threads:
        faults = [fault for found in threads.map(attempt, range(len(chosen))) for fault in found]
    if ALL:
        with capsys.disabled():
            told = f"\n{scenario.name}: killed at {len(chosen)} of {len(points)} points, {len(faults)} bad"
            print(told)  # noqa: T201 - `make faults` shows it
    assert faults == []


def _run(path: Path, *words: str) -> int:
    """Run the program in this process."""
    return main(["--db", str(path), "-q", *words])
