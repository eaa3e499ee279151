"""When the power goes out, what was acknowledged is there, and everything is as after one command or the next.

`make faults` looks at 1,500 states and more; the suite itself at a few.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from kinerja_cli.storage.audit import audit_file
from tests.builders import ANI, BUDI
from tests.faults.outcomes import ALL, ONE_CASE, SEED, enough, record
from tests.faults.power import TRACE, Recording, outage, settled
from tests.faults.running import Crew, Warm, can_trace
from tests.faults.situations import DB
from tests.faults.stages import STORE, Ledger, Stages, inside, ledger_of, unsound
from tests.old_stores import old_store

pytestmark = [
    pytest.mark.skipif(not can_trace(), reason="there is no strace on this machine, or it may not trace"),
    pytest.mark.skipif(ONE_CASE, reason="one damaged file is asked for"),
]

_RATED = ("--perilaku", "sesuai", "--rated-on", "2026-04-02")
LIFE: Sequence[Sequence[str]] = (
    ("init", "--agency", "Kota Contoh"),
    ("staff", "import", "roster.xlsx"),
    ("period", "open", "2026-Q1"),
    ("score", "import", "recap.xlsx"),
    ("score", "record", ANI, "2026-Q1", "--hasil", "diatas", *_RATED),
    ("backup", "create", "-o", "early.db"),
    ("staff", "list", "-o", "list.xlsx"),
    ("period", "close", "2026-Q1"),
    ("audit", "head", "--anchor", "anchor.json"),
    ("period", "reopen", "2026-Q1", "--reason", "Salah input"),
    ("score", "record", BUDI, "2026-Q1", "--hasil", "dibawah", *_RATED),
    ("undo", "9", "--yes"),
    ("period", "rollover", "--as-of", "2026-07-20"),
    ("backup", "restore", "early.db", "--yes"),
    ("staff", "list", "-o", "list.csv"),
    ("settings", "set", "window_days", "20"),
)
"""A life with every kind of command that writes."""


@dataclass(frozen=True)
class Standing:
    """What lies in the folder after a command: the inside of the store, its ledger, and every document."""

    store: tuple[object, ...] | None
    ledger: Ledger
    documents: dict[str, bytes]


def _standing(folder: Path) -> Standing:
    documents = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if (path.is_file() and not path.name.startswith((".", STORE))) or path.suffix in (".json", ".bak")
    }
    store = folder / STORE
    # A file that was only marked as ours has no tables yet.
    whole = store.exists() and inside(store)[2] != (0,)
    return Standing(inside(store) if store.exists() else None, ledger_of(store) if whole else (), documents)


def _lived(warm: Warm, folder: Path, life: Sequence[Sequence[str]]) -> tuple[Recording, list[Standing]]:
    """Let an agency live in a folder, and keep every call and every stage on the way."""
    recording, standings = Recording.of(folder), [_standing(folder)]
    log = folder.parent / "calls"
    for number, words in enumerate(life, start=1):
        ended = warm.run([*DB, *words], folder, trace=["-o", str(log), *TRACE])
        assert ended.code == 0, (words, ended)
        recording.add(log.read_text(encoding="ascii").splitlines(), number)
        standings.append(_standing(folder))
    return recording, standings


def _faults(found: Path, standings: Sequence[Standing]) -> list[str]:
    """What is wrong with what is left; it must be as after one of these commands."""
    faults = list[str]()
    if (found / STORE).exists():
        faults += unsound(found / STORE)
    now = _standing(found)
    if now.store not in [one.store for one in standings] and not _between(found / STORE, now, standings):
        faults.append("the store is as after no command" if now.store else "the store is lost")
    for name in now.documents.keys() | {name for one in standings for name in one.documents}:
        content = now.documents.get(name)
        if content not in [one.documents.get(name) for one in standings]:
            if name.endswith(".db.json") and name.removesuffix(".json") not in now.documents:
                # Without its backup a manifest speaks of nothing.
                continue
            faults.append(f"{name} is {'lost' if content is None else 'neither old nor new'}")
    return faults


def _between(path: Path, now: Standing, standings: Sequence[Standing]) -> bool:
    """Whether a command that records several operations, as `period rollover` does, has got as far as one of them."""
    first, last = standings[0].ledger, standings[-1].ledger
    return (
        len(first) < len(now.ledger) < len(last)
        and now.ledger == last[: len(now.ledger)]
        and not audit_file(path).findings
    )


def _go_out(warm: Warm, folder: Path, name: str, recording: Recording, standings: list[Standing], tries: int) -> None:
    copied = folder / "copied"
    settled(recording, copied)
    real = {path.relative_to(recording.root): path for path in recording.root.rglob("*") if path.is_file()}
    assert {path.relative_to(copied) for path in copied.rglob("*") if path.is_file()} == real.keys()
    for path, original in real.items():
        assert (copied / path).read_bytes() == original.read_bytes(), f"the record of {path} is not whole"

    rng, failed = Random(SEED), list[str]()
    # The moment after something was acknowledged is the one that matters most.
    moments = [place for place, event in enumerate(recording.events, start=1) if event.kind == "said"]
    for number in range(tries):
        until = rng.choice(moments) if number % 3 == 0 else rng.randint(0, len(recording.events))
        left = folder / f"left{number}"
        outage(recording, until, left, rng)
        begun = max((one.place for one in recording.events[:until] if one.kind == "begun"), default=0)
        said = max((one.place for one in recording.events[:until] if one.kind == "said"), default=0)
        faults = _faults(left, standings[said : begun + 1])
        if (left / STORE).exists() and (number % 40 == 0 or not ALL):
            for words in (("db", "upgrade"), ("audit", "verify"), ("settings", "set", "window_days", "30")):
                ended = warm.run([*DB, *words], left)
                # What was half upgraded is an agency made by hand, of which no audit can be clean.
                if ended.code and not (words[0] == "audit" and name != "a life"):
                    faults.append(f"the next run fails: {' '.join(words)}: {ended}")
        if faults:
            failed.append(f"{name}, until event {until} of command {begun}, {left}: {'; '.join(faults)[:500]}")
        else:
            shutil.rmtree(left)
    record("F3", f"power out: {name}", tries, len(failed), f"{len(recording.events)} events")
    assert failed == []


def test_whenever_the_power_goes_out_in_a_life_nothing_acknowledged_is_lost(
    crew: Crew, stages: Stages, tmp_path: Path
) -> None:
    folder = tmp_path / "life"
    folder.mkdir()
    for name in ("roster.xlsx", "recap.xlsx", "list.xlsx", "list.csv"):
        shutil.copyfile(stages.at("begun") / name, folder / name)
    with crew.one() as warm:
        recording, standings = _lived(warm, folder, LIFE)
        _go_out(warm, tmp_path, "a life", recording, standings, enough(1500, 12))


@pytest.mark.parametrize("schema", (0, 1, 2) if ALL else ())
def test_whenever_the_power_goes_out_in_an_upgrade_nothing_is_lost(schema: int, crew: Crew, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    old_store(folder / STORE, schema)
    with crew.one() as warm:
        recording, standings = _lived(warm, folder, [("db", "upgrade")])
        _go_out(warm, tmp_path, f"db upgrade from {schema}", recording, standings, enough(150, 1))
