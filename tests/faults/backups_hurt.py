"""Upgrades, restores and backups to which something happens."""

import shutil
from pathlib import Path
from threading import Lock

from kinerja_cli.actions.backups import look_at
from kinerja_cli.storage import copies, health, manifests
from kinerja_cli.storage.database import SCHEMA_VERSION
from tests.builders import command
from tests.faults.running import Ended, Warm
from tests.faults.situations import DB, Scene, Situation, standing
from tests.faults.stages import STORE, ledger_of
from tests.old_stores import holds, old_store, rows_of

_ONE_AT_A_TIME = Lock()
"""A fresh schema is made to compare with, and Alembic makes one at a time in a process."""


def upgraded(scene: Scene, schema: int) -> Situation:
    """An upgrade from an older schema."""
    made = scene.folder
    made.mkdir()
    before = rows_of(old_store(made / STORE, schema))

    def judge(warm: Warm, folder: Path, ended: Ended) -> list[str]:
        path = folder / STORE
        found = copies.describe(path)
        faults = [] if found.schema in (schema, SCHEMA_VERSION) else [f"the schema is {found.schema}"]
        faults += [f"rows of {name} are lost" for name, rows in before.items() if found.rows[name] != len(rows)]
        if (ended.out.strip() or ended.code == 0) and found.schema != SCHEMA_VERSION:
            faults.append("what was acknowledged is lost")
        unsound = [one.name for one in folder.glob("*.bak") if copies.check_copy(one).schema != schema]
        faults += [f"{name} is no copy of the old store" for name in unsound]
        again = warm.run([*DB, "db", "upgrade"], folder)
        if again.code != 0:
            faults.append(f"the next run fails: {again.code} {again.err}")
        with _ONE_AT_A_TIME:
            inside = health.look_inside(path)
        if (inside.schema, inside.verdict, inside.differing) != (SCHEMA_VERSION, "ok", ()):
            faults.append(f"afterwards it is not as a new one: {inside.verdict} {inside.differing}")
        if not holds(path, before):
            faults.append("afterwards rows are lost or changed")
        return faults

    return Situation(f"db upgrade from {schema}", made, [*DB, "db", "upgrade"], judge)


def restored(scene: Scene) -> Situation:
    """A backup put back over a store in which work has gone on since."""
    made = scene.folder
    shutil.copytree(scene.stages.at("closed"), made)
    for days in range(15, 19):
        command(made / STORE, "settings", "set", "window_days", str(days))
    words = [*DB, "backup", "restore", "early.db", "--yes"]
    before, after = ledger_of(made / STORE), ledger_of(made / "early.db")

    def judge(warm: Warm, folder: Path, ended: Ended) -> list[str]:
        faults, now = standing(warm, folder)
        if now not in (before, after):
            faults.append("the store is neither")
        if (ended.out.strip() or ended.code == 0) and now != after:
            faults.append("what was acknowledged is lost")
        if "othing was changed" in ended.err and now != before:
            faults.append("something was changed")
        kept = [copies.check_copy(one) for one in folder.glob("*.bak")]
        if now == after and not any(one.operations == len(before) for one in kept):
            faults.append("the store was replaced without a copy of it")
        again = warm.run(words, folder)
        if again.code != 0 or ledger_of(folder / STORE) != after:
            faults.append(f"the next run fails: {again.code} {again.err}")
        return faults + standing(warm, folder)[0]

    return Situation("backup restore", made, words, judge)


def backed_up(scene: Scene) -> Situation:
    """A backup made, with older ones taken away for it."""
    stage = scene.stages.at("rated")
    words = [*DB, "backup", "create", "backups", "--keep", "daily=1"]
    before = ledger_of(stage / STORE)

    def judge(warm: Warm, folder: Path, ended: Ended) -> list[str]:
        faults, now = standing(warm, folder)
        if now != before:
            faults.append("the store has changed")
        for attempt in (1, 2):
            there = manifests.backups_in(folder / "backups")
            with _ONE_AT_A_TIME:
                faults += [f"{one.name} can be seen but is not sound" for one, _said in there if not look_at(one).ok]
            bare = [one for one in (folder / "backups").glob("*.db") if not manifests.manifest_path(one).exists()]
            faults += [f"{one.name} has no manifest" for one in bare]
            if (attempt == 2 or ended.out.strip() or ended.code == 0) and not there:
                faults.append("there is no backup")
            if attempt == 1 and (again := warm.run(words, folder)).code != 0:
                faults.append(f"the next run fails: {again.code} {again.err}")
        return faults

    return Situation("backup create", stage, words, judge)
