"""Commands to which something happens, and what must hold afterwards: as before or as after, and the next run works."""

import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.running import Ended, Warm, counted
from tests.faults.stages import STORE, Ledger, Stages, ledger_of, unsound

DB: Final = ("--db", STORE)
DISK: Final = ("pwrite64", "fdatasync", "fsync", "ftruncate", "rename", "link", "unlink", "write")
"""The calls by which a store, a copy, a file or a name reaches the disk."""

Judge = Callable[[Warm, Path, Ended], list[str]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a situation is made with: an agency at every stage, a process to run commands, and a place to try them."""

    stages: Stages
    warm: Warm
    folder: Path


@dataclass(frozen=True, slots=True)
class Situation:
    """A command in a folder of its own: the folder as it is before, its words, and what must hold afterwards.

    `judge` gives what is wrong, nothing where all is well; it also runs the command again to its end.
    """

    name: str
    folder: Path
    words: Sequence[str]
    judge: Judge

    def points(self, warm: Warm, folder: Path, calls: Sequence[str] = DISK) -> list[tuple[str, int]]:
        """Every call at which something can happen, found by letting the command run to its end once."""
        shutil.copytree(self.folder, folder)
        found = counted(warm, self.words, folder, calls)
        shutil.rmtree(folder)
        return [(call, number) for call in calls for number in found[call]]

    def tried(self, folder: Path, warm: Warm, happen: Callable[[Path], Ended], what: object) -> list[str]:
        """What is wrong after something happened to the command; its folder is removed where nothing is."""
        shutil.copytree(self.folder, folder)
        ended = happen(folder)
        told = spoken(folder, ended) + self.judge(warm, folder, ended)
        if not told:
            shutil.rmtree(folder)
        return [f"{self.name}, {what}: {one} ({ended.code}; {ended.err.strip()[:200]}; {folder})" for one in told]


def spoken(folder: Path, ended: Ended) -> list[str]:
    """What is wrong with the way a command ended and with what it said."""
    faults = []
    if ended.code >= 0 and ended.code not in (0, 6):
        faults.append(f"exit code {ended.code}")
    if ended.code == 6 and ended.err.strip() and len(ended.err.strip().splitlines()) < 2:
        faults.append("no way out is told")
    if "Traceback" in ended.err + ended.out:
        faults.append("a traceback")
    if (folder / "state").exists():
        faults.append("an incident")
    if "damaged" in ended.err:
        faults.append("it calls the store damaged")
    return faults


def recorded(scene: Scene, stage: str, *words: str) -> Situation:
    """A command that records operations. What it should come to is seen by letting it run to its end once."""
    before = ledger_of(scene.stages.at(stage) / STORE)
    shutil.copytree(scene.stages.at(stage), scene.folder)
    done = scene.warm.run([*DB, *words], scene.folder)
    assert done.code == 0, done.err
    after = ledger_of(scene.folder / STORE)
    shutil.rmtree(scene.folder)

    def judge(warm: Warm, folder: Path, ended: Ended) -> list[str]:
        faults, now = standing(warm, folder)
        if now != after[: len(now)] or len(now) < len(before):
            faults.append("the store is between before and after")
        if (ended.out.strip() or ended.code == 0) and now != after:
            faults.append("what was acknowledged is lost")
        if "othing was changed" in ended.err and now != before:
            faults.append("something was changed")
        again = warm.run([*DB, *words], folder)
        # What has been undone cannot be undone again; everything else may be said twice.
        if again.code != 0 and not (words[0] == "undo" and now == after and again.code == 5):
            faults.append(f"the next run fails: {again.code} {again.err}")
        # A roster or a recap that is imported twice is noted twice, though nothing changes.
        if ledger_of(folder / STORE)[: len(after)] != after:
            faults.append("the next run does not finish the work")
        return faults + unrecorded(warm, folder) + standing(warm, folder)[0]

    return Situation(" ".join(words[:2]), scene.stages.at(stage), [*DB, *words], judge)


def standing(warm: Warm, folder: Path) -> tuple[list[str], Ledger]:
    """What is wrong with a store as it lies there, and its ledger. The first to open it is the program itself."""
    audit = warm.run([*DB, "audit", "verify"], folder)
    faults = [] if audit.code == 0 else [f"the audit ends with {audit.code}: {audit.out} {audit.err}"]
    return faults + unsound(folder / STORE), ledger_of(folder / STORE)


def unrecorded(warm: Warm, folder: Path) -> list[str]:
    """Closed periods without a closing record that is whole."""
    faults = []
    listed = warm.run([*DB, "period", "list", "--format", "json"], folder)
    for one in json.loads(listed.out):
        if one["state"] != "closed":
            continue
        records = list((folder / f"{STORE}.manifests").glob(f"{one['period']}-*.json"))
        if not any("fingerprint" in json.loads(record.read_text(encoding="utf-8")) for record in records):
            faults.append(f"{one['period']} has no closing record")
    return faults


def exported(scene: Scene, name: str) -> Situation:
    """A list written over the one of last year."""
    words, stage = [*DB, "staff", "list", "-o", name], scene.stages.at("rated")
    old = (stage / name).read_bytes()
    shutil.copytree(stage, scene.folder)
    done = scene.warm.run(words, scene.folder)
    assert done.code == 0, done.err
    new = _said_by(scene.folder / name)
    shutil.rmtree(scene.folder)

    def judge(warm: Warm, folder: Path, ended: Ended) -> list[str]:
        faults, now = [], (folder / name).read_bytes()
        is_new = now != old
        if is_new and _said_by(folder / name) != new:
            faults.append("the file is neither the old nor the new one")
        if ended.code == 0 and not is_new:
            faults.append("the file was not written though it was said so")
        again = warm.run(words, folder)
        if again.code != 0 or _said_by(folder / name) != new:
            faults.append(f"the next run fails: {again.code} {again.err}")
        return faults + standing(warm, folder)[0]

    return Situation(f"staff list -o {name}", stage, words, judge)


def _said_by(file: Path) -> object:
    """What a file holds; of a workbook everything but the instants at which its parts were packed."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    try:
        with zipfile.ZipFile(file) as book:
            return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    except zipfile.BadZipFile:
        return None


def leftovers(folder: Path) -> list[str]:
    """What a run that was not killed may not leave behind; a journal is for the next run to roll back."""
    return [f"{one.name} is left" for one in folder.rglob("*") if one.name.endswith((".part", "-holder"))]
