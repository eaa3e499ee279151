"""A process of its own that damages files and imports them, so that nothing they do can stop the others."""

import contextlib
import io
import json
import os
import resource
import shutil
import sqlite3
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from kinerja_cli.main import main
from kinerja_cli.workbooks import sources
from tests.faults.damage import Damaged, damage, fingerprint
from tests.faults.good import FEEDBACK, SCORE, STAFF, Good
from tests.faults.judge import SAVED, Outcome, faults

ADDRESS_SPACE = 4 << 30
_SAVED = {
    STAFF: "SELECT nip FROM staff",
    SCORE: "SELECT nip FROM appraisal WHERE predikat IS NOT NULL",
    FEEDBACK: "SELECT nip FROM feedback",
}


@dataclass(frozen=True)
class Verdict:
    """One damaged file imported: how that ended, and what about it is not as promised."""

    number: int
    told: str
    code: int
    faults: tuple[str, ...]
    seconds: float


def serve(
    connection: Connection, folder: Path, good: list[Good], stores: dict[tuple[str, str], Path], seed: int
) -> None:
    """Answer numbers of cases with verdicts until there are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"KINERJA_LANG": "en", "XDG_STATE_HOME": str(folder / "state"), "COLUMNS": "200"}
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    bench = _Bench(folder, good, stores, seed)
    bench.run(0)  # What loads only once shall not be counted against the first case.
    while (number := connection.recv()) is not None:
        connection.send(bench.run(number))


def case_of(good: list[Good], seed: int, number: int) -> tuple[Good, Damaged, Random]:
    """The file of a case, and what happened to it: the same for one seed and number on every machine."""
    rng = Random(f"{seed}/{number}")
    one = good[number % len(good)]
    return one, damage(one, rng), rng


@dataclass
class _Bench:
    folder: Path
    good: list[Good]
    stores: dict[tuple[str, str], Path]
    seed: int

    def run(self, number: int) -> Verdict:
        """Damage one file, import it, and judge how that went."""
        good, hurt, rng = case_of(self.good, self.seed, number)
        path = self.folder / good.name.replace(".htm", "")
        path.write_bytes(hurt.content)
        db = self.folder / "store.db"
        shutil.copyfile(self.stores[good.command], db)
        options = [option for option, chance in (("--accept-valid", 0.8), ("--dry-run", 0.1)) if rng.random() < chance]
        options += ["--format", "json"] if rng.random() < 0.9 else []
        if good.command != FEEDBACK and rng.random() < 0.2:
            options += ["--problems", str(self.folder / "masalah.xlsx")]
        # Large workbooks are read in another way, which small ones shall be as well now and then.
        sources.LEAN_FROM = rng.choice((1, 1 << 20))
        words = [*good.command, str(path), *options]
        outcome = self._import(db, words, _SAVED[good.command])
        told = (
            f"{good.name}, {hurt.how}; kinerja {' '.join(good.command)} {' '.join(options)}; "
            f"lean from {sources.LEAN_FROM}; content {fingerprint(hurt.content)}"
        )
        wrong = faults(good, hurt, outcome)
        return Verdict(number, told, outcome.code, tuple(wrong), outcome.seconds)

    def _import(self, db: Path, words: list[str], question: str) -> Outcome:
        before = db.read_bytes()
        _forget_peak()
        resident, spent = _memory("VmRSS"), _spent()
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["--db", str(db), *words])
        spent = _spent() - spent
        said = out.getvalue()
        tried = "--dry-run" in words
        # Dry runs save nobody, so only how they end can be judged.
        result: dict[str, Any] | None = json.loads(said) if said.startswith("{") and not tried else None
        incidents = self.folder / "state" / "kinerja" / "incidents"
        count = len(list(incidents.iterdir())) if incidents.exists() else 0
        shutil.rmtree(incidents, ignore_errors=True)
        changed = db.read_bytes() != before
        return Outcome(
            code=code,
            out=said,
            err=err.getvalue(),
            saved=_saved(db, question),
            result=result,
            changed_for_nothing=changed and (tried or code not in SAVED),
            incidents=count,
            seconds=spent,
            megabytes=_memory("VmHWM") - resident,
        )


def _saved(db: Path, question: str) -> frozenset[str]:
    """The NIPs that the store answers with, asked of it without kinerja."""
    with contextlib.closing(sqlite3.connect(db)) as connection:
        return frozenset(nip for (nip,) in connection.execute(question))


def _spent() -> float:
    """Seconds of computing by this process and those it started."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def _forget_peak() -> None:
    """Let the highest use of memory be counted anew, where the system can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _memory(name: str) -> float:
    """A figure of this process's memory in megabytes; nothing where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(f"{name}:")), 0.0)
