"""Nobody's NIP, name, words or rating gets out when a command fails: not on the screen, not in a file, not in a log."""

import contextlib
import errno
import gc
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import xlwt  # type: ignore[import-untyped]  # it has no stubs
from sqlalchemy import bindparam, text
from sqlalchemy.types import TypeDecorator, Unicode

from kinerja_cli.cli.app import COMMANDS
from kinerja_cli.cli.incidents import kind_of, write_incident
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.main import main
from kinerja_cli.storage.ledger import Operation
from tests.builders import BUDI, HEAD, PEOPLE, SIASN, Kinerja, roster

CANARY = "KENARI"
"""Part of every name and text in these stores; no file of the program may hold it."""

SECRETS = (CANARY, CANARY.lower(), *(str(person[0]) for person in PEOPLE), "diatas", "dibawah")

PEOPLE_MARKED = tuple((*p[:1], f"{CANARY} {n}", *p[2:5], f"{CANARY} JABATAN", *p[6:]) for n, p in enumerate(PEOPLE))


@pytest.fixture
def marked(kinerja: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kinerja:
    """An agency of people whose every word is a canary; incidents and temporary files lie beside it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kinerja.begin(PEOPLE_MARKED)
    kinerja.json("period", "open", "2026-Q1")
    kinerja.json("score", "record", BUDI, "2026-Q1", "--hasil", "diatas", "--perilaku", "sesuai", "--note", CANARY)
    kinerja.json("feedback", "add", BUDI, "--from", "rekan", "--text", f"{CANARY} ramah", "--date", "2026-02-03")
    return kinerja


def leaks(kinerja: Kinerja, *texts: str) -> list[str]:
    """The canaries in texts, in incident files and in temporary ones."""
    kept = [one for name in ("state", "temporary") for one in (kinerja.folder / name).rglob("*") if one.is_file()]
    everything = [*texts, *(one.read_bytes().decode("utf-8", "replace") + one.name for one in kept)]
    return [secret for secret in SECRETS for one in everything if secret in one]


def incidents(kinerja: Kinerja) -> list[Path]:
    return list((kinerja.folder / "state").rglob("*.txt"))


def _broken_statement(*arguments: object, **_: object) -> None:
    operation = arguments[0]
    assert isinstance(operation, Operation)
    statement = text("INSERT INTO staff (nip, name) VALUES (:nip, :name)")
    operation.connection.execute(statement, {"nip": BUDI, "name": CANARY})


def _no_such_table(*arguments: object, **_: object) -> None:
    operation = arguments[0]
    assert isinstance(operation, Operation)
    operation.connection.execute(text("SELECT :name FROM nowhere"), {"name": f"{CANARY} {HEAD}"})


class _Choosy(TypeDecorator[str]):
    impl = Unicode
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: object) -> str:
        raise ValueError(f"{value} is not liked")


def _unbindable(*arguments: object, **_: object) -> None:
    operation = arguments[0]
    assert isinstance(operation, Operation)
    statement = text("SELECT :name").bindparams(bindparam("name", type_=_Choosy()))
    operation.connection.execute(statement, {"name": f"{CANARY} {HEAD}"})


def _raising(make: Callable[[], BaseException]) -> Callable[..., None]:
    def broken(*_: object, **__: object) -> None:
        by_name: dict[str, int] = {}
        try:
            by_name[f"{CANARY} {HEAD} diatas"]
        except KeyError as error:
            raise make() from error

    return broken


FAULTS: dict[str, Callable[..., None]] = {
    "statement": _broken_statement,
    "table": _no_such_table,
    "value": _unbindable,
    "message": _raising(lambda: ValueError(f"{CANARY} {HEAD} diatas")),
    "key": _raising(lambda: KeyError(f"{CANARY}", HEAD)),
    "file": _raising(lambda: OSError(errno.ELIBBAD, "bad", f"/home/{CANARY.lower()}/{HEAD}.xlsx")),
    "letters": _raising(lambda: UnicodeEncodeError("ascii", CANARY, 0, 3, HEAD)),
    "group": _raising(lambda: ExceptionGroup(CANARY, [ValueError(HEAD), KeyError(CANARY)])),
    "depth": _raising(lambda: RecursionError(CANARY)),
    "memory": _raising(lambda: MemoryError(CANARY)),
    "interrupt": _raising(lambda: KeyboardInterrupt(CANARY)),
}
WRITING = (
    ("staff", "import", "roster.xlsx"),
    ("staff", "set", BUDI, "--position", f"{CANARY} BARU"),
    ("staff", "exclude", BUDI, "--reason", CANARY, "--from", "2026-01-02"),
    ("score", "record", BUDI, "2026-Q1", "--hasil", "dibawah", "--perilaku", "sesuai", "--note", CANARY),
    ("feedback", "add", BUDI, "--from", "rekan", "--text", CANARY, "--date", "2026-02-04"),
    ("period", "open", "2026-Q2"),
    ("period", "close", "2026-Q1", "--allow-unrated"),
)


@pytest.mark.parametrize("fault", FAULTS)
def test_no_failing_command_says_anything_of_anybody(
    marked: Kinerja, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    roster(marked.folder / "roster.xlsx", [*PEOPLE_MARKED, ("198001012005011009", CANARY, *PEOPLE_MARKED[0][2:])])
    monkeypatch.chdir(marked.folder)
    before = marked.snapshot()
    for place in ("insert", "update"):
        monkeypatch.setattr(Operation, place, FAULTS[fault])
    for number, words in enumerate(WRITING):
        ran = marked(*words, *(("--format", "json") if number % 2 else ()))
        assert ran.code in (1, 130), (words, ran)
        assert "Traceback" not in ran.err
        assert leaks(marked, ran.out, ran.err) == [], (words, ran)
    monkeypatch.undo()
    assert marked.snapshot() == before
    assert len(incidents(marked)) > 0 or fault in ("memory", "interrupt")
    assert all(one.stat().st_mode & 0o077 == 0 for one in (marked.folder / "state").rglob("*"))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("kinerja_cli.cli.render.show", ("status",)),
        ("kinerja_cli.cli.table.spoken", ("report", "results", "2026-Q1", "--format", "table")),
        ("kinerja_cli.cli.render.written", ("report", "results", "2026-Q1", "--format", "csv")),
        ("kinerja_cli.workbooks.rowxml.RowWriter.data", ("report", "results", "2026-Q1", "-o", "x.xlsx")),
        ("kinerja_cli.workbooks.rowxml.RowWriter.data", ("staff", "export", "-o", "x.xlsx")),
        ("kinerja_cli.workbooks.rowxml.RowWriter.data", ("score", "sheets", "2026-Q1", "-o", "lembar")),
        ("kinerja_cli.workbooks.annotated.write_annotated", ("staff", "import", "salah.xlsx", "--problems", "x.xlsx")),
        ("kinerja_cli.storage.store.operations.StoredOperation", ("history",)),
        ("kinerja_cli.files.sync_file", ("backup", "create")),
    ],
)
def test_no_failing_view_leaves_half_of_it_anywhere(
    marked: Kinerja, monkeypatch: pytest.MonkeyPatch, place: str, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(marked.folder)
    roster(marked.folder / "salah.xlsx", [*PEOPLE_MARKED, ("1234", CANARY, *PEOPLE_MARKED[0][2:])])
    there = {one for one in marked.folder.rglob("*") if one.is_file()}
    with monkeypatch.context() as patched:
        patched.setattr(place, FAULTS["message"])
        ran = marked(*words)
    assert ran.code in (0, 1), ran
    assert "Traceback" not in ran.err
    if "--problems" not in words:
        assert leaks(marked, ran.err) == []
    else:
        assert leaks(marked) == []
    new = {one for one in marked.folder.rglob("*") if one.is_file()} - there - set(incidents(marked))
    assert ran.code == 0 or new == set()


def test_of_an_error_its_kind_and_codes_are_kept_and_no_word() -> None:
    assert kind_of(OSError(errno.ENOSPC, CANARY, f"{CANARY}.xlsx")) == "OSError errno 28"
    assert kind_of(KinerjaError(CANARY)) == "kinerja_cli.errors.KinerjaError fault"


def test_an_incident_tells_where_and_of_what_kind(marked: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Operation, "seal", FAULTS["table"])
    ran = marked("settings", "set", "window_days", "20")
    (kept,) = incidents(marked)
    told = kept.read_text(encoding="utf-8")
    assert str(kept) in ran.err
    assert "command settings set\n" in told
    assert "sqlalchemy.exc.OperationalError SQLITE_ERROR" in told
    assert "kinerja_cli/cli/run.py:" in told
    assert str(Path.home()) not in told


def test_a_fault_is_told_where_no_file_can_be_written(marked: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_state_path", homeless)
    assert write_incident(ValueError(CANARY)) is None
    monkeypatch.setattr(Operation, "seal", FAULTS["message"])
    ran = marked("settings", "set", "window_days", "20")
    assert ran.code == 1
    assert "ValueError" in ran.err
    assert leaks(marked, ran.err) == []


def test_nothing_is_logged(marked: Kinerja, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.engine.Engine", "alembic"):
        caplog.set_level(logging.DEBUG, name)
    roster(marked.folder / "lagi.xlsx", [*PEOPLE_MARKED, ("198001012005011009", CANARY, *PEOPLE_MARKED[0][2:])])
    assert marked("staff", "import", marked.folder / "lagi.xlsx").code == 0
    assert marked("report", "results", "2026-Q1").code == 0
    # Of the rows that come back SQLAlchemy would tell somebody who asks for it in code, which nobody can here.
    told = "\n".join(one.getMessage() for one in caplog.records if not one.getMessage().startswith("Row "))
    assert leaks(marked, told) == []


def test_no_other_process_is_told_of_anybody(marked: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of a process can be read by everybody on its machine."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for number, row in enumerate([SIASN, *PEOPLE_MARKED, ("198001012005011009", CANARY, *PEOPLE_MARKED[0][2:])]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(marked.folder / "roster.xls"))
    started: list[str] = []
    run = subprocess.run

    def noted(command: list[str], **how: object) -> object:
        started.append(" ".join(command))
        assert "env" not in how
        return run(command, **how)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setattr(subprocess, "run", noted)
    assert marked("staff", "import", marked.folder / "roster.xls").code == 0
    assert started
    assert leaks(marked, *started) == []


def test_python_itself_prints_nothing_of_anybody(tmp_path: Path) -> None:
    """Warnings, and errors in clearing up, would be printed with their words."""
    script = f"""
import sys, warnings
import kinerja_cli.cli.run as door

class Late:
    def __del__(self):
        raise ValueError("{CANARY} {HEAD}")

def run(words):
    warnings.warn("{CANARY} {HEAD}", UserWarning)
    late = Late()
    del late
    raise ValueError("{CANARY}")

door.run = run
from kinerja_cli.main import main
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, "status"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr == "error[fault]: kinerja cannot start here (ValueError)\n"


def test_too_little_memory_to_start_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hungry(_words: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr("kinerja_cli.cli.run.run", hungry)
    assert main(["status"]) == Exit.FAULT
    assert capsys.readouterr().err == "error[fault]: there is not enough memory for kinerja to start\n"


def test_no_option_takes_a_secret() -> None:
    """Secrets come from a file: what is typed can be read by everybody on the machine, and stays in a history."""
    secret = ("password", "passphrase", "secret", "token", "credential", "private", "sandi")
    for entry in COMMANDS:
        for name, hint in entry.function.__annotations__.items():
            declared = [name, *(word for part in getattr(hint, "__metadata__", ()) for word in part.param_decls or ())]
            assert not [one for one in declared for word in secret if word in one.lower()], entry
            if "identity" in declared:
                assert "Path" in str(hint), entry


def test_a_secret_key_given_by_mistake_is_not_repeated(marked: Kinerja) -> None:
    secret = "AGE-SECRET-KEY-1" + "Q" * 58
    ran = marked("backup", "create", "--recipient", secret)
    assert ran.code == 2
    assert "SECRET-KEY" not in ran.out + ran.err
    assert leaks(marked, ran.err) == []
    gc.collect()
    with contextlib.suppress(FileNotFoundError):
        assert not list((marked.folder / "kinerja.db.backups").iterdir())
