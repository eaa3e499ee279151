"""Who takes people's data out of the store is on record, and reading never fails for it."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kinerja_cli.cli import reads
from kinerja_cli.storage import store as stores
from kinerja_cli.storage.audit.verifier import main as verify_alone
from kinerja_cli.storage.database import StoreFailed
from kinerja_cli.storage.store import reads as stored
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja

TODAY = ("--from", "2020-01-01", "--to", "2090-01-01")


def facts(kinerja: Kinerja) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(kinerja.db)) as store:
        rows = store.execute("SELECT facts FROM operation WHERE kind LIKE 'read.%' ORDER BY seq")
        return [json.loads(text) for (text,) in rows]


def people_of(kinerja: Kinerja) -> set[str]:
    with closing(sqlite3.connect(kinerja.db)) as store:
        return {nip for (nip,) in store.execute("SELECT nip FROM change WHERE relation = 'person_read'")}


def test_a_file_of_people_is_recorded_with_its_hash(agency: Kinerja, tmp_path: Path) -> None:
    file = tmp_path / "pegawai.csv"
    assert agency("staff", "export", "-o", file, "--unit", "u2").code == 0
    (one,) = facts(agency)
    assert one == {
        "command": "staff export",
        "file": "pegawai.csv",
        "form": "csv",
        "listed": 1,
        "of_unit": "u2",
        "people": 3,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    assert people_of(agency) == {ANI, BUDI, CITRA}


def test_history_keeps_reads_apart(agency: Kinerja, tmp_path: Path) -> None:
    agency("report", "staff", BUDI, "-o", tmp_path / "budi.json")
    assert [one["operation"] for one in agency.json("history")] == [2, 1]
    (one,) = agency.json("history", "--reads")
    assert (one["kind"], one["summary"]) == ("read.export", "report staff: written to budi.json, people: 1")
    assert agency.json("history", "--reads", "--nip", ANI) == []


def test_a_few_people_on_standard_output_are_looked_up_and_many_are_listed(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = agency.snapshot()
    agency.json("staff", "list")
    agency.json("staff", "show", BUDI)
    assert agency.snapshot() == before
    monkeypatch.setattr(reads, "IN_BULK", 4)
    agency.json("staff", "list", "--search", "budi")
    assert agency.snapshot() == before
    agency.json("staff", "list")
    (one,) = facts(agency)
    assert (one["command"], one["people"], one["form"]) == ("staff list", 4, "json")
    assert agency.json("history", "--reads")[0]["summary"] == "staff list: listed as json, people: 4"


def test_on_a_terminal_nothing_is_recorded(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "IN_BULK", 1)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    before = agency.snapshot()
    assert agency("staff", "list").code == 0
    assert agency.snapshot() == before


def test_lists_without_people_and_dry_runs_are_not_recorded(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    before = agency.snapshot()
    for words in (("unit", "list"), ("report", "summary", "2026-Q1"), ("history",), ("period", "list")):
        assert agency(*words, "-o", tmp_path / "x.csv").code == 0
    assert agency("score", "sheets", "2026-Q1", "-o", tmp_path / "formulir", "--dry-run").code == 0
    assert agency.snapshot() == before


def test_sheets_and_templates_with_people_are_recorded(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    agency("score", "sheets", "2026-Q1", "-o", tmp_path / "formulir")
    agency("score", "template", "-o", tmp_path / "nilai.xlsx", "--period", "2026-Q1", "--unit", "u2")
    agency("feedback", "template", "-o", tmp_path / "umpan.xlsx", "--unit", "u2")
    agency("score", "template", "-o", tmp_path / "kosong.xlsx")
    assert [(one["command"], one["people"]) for one in facts(agency)] == [
        ("score sheets", 4),
        ("score template", 3),
        ("feedback template", 3),
    ]
    assert facts(agency)[0]["file"] == "formulir/ (2)"


def test_a_nip_in_the_name_of_a_file_does_not_get_into_the_chain(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "dossier", BUDI, "-o", tmp_path / f"{BUDI}.json")
    assert facts(agency)[0]["file"] == "[number].json"


def test_of_very_many_only_the_number_is_kept(agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "LISTED_AT_MOST", 3)
    agency("staff", "export", "-o", tmp_path / "semua.csv")
    assert facts(agency)[0]["listed"] == 0
    assert people_of(agency) == set()
    (read,) = agency.json("staff", "dossier", BUDI)["reads"]
    assert (read["command"], read["people"], read["certain"]) == ("staff export", 4, False)


def test_a_dossier_tells_who_read(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "export", "-o", tmp_path / "semua.csv", "--unit", "u2")
    (read,) = agency.json("staff", "dossier", BUDI)["reads"]
    assert (read["command"], read["file"], read["of"], read["certain"]) == (
        "staff export", "semua.csv", {"unit": "u2"}, True,
    )  # fmt: skip
    assert agency.json("staff", "dossier", HEAD)["reads"] == []


def test_the_chain_holds_with_reads_in_it(agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agency("staff", "export", "-o", tmp_path / "semua.csv")
    agency.json("staff", "set", BUDI, "--rank", "III/b")
    assert agency.json("audit", "verify")["findings"] == []
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert agency.json("audit", "verify")["findings"] == []
    monkeypatch.setattr("sys.argv", ["verify.py", str(agency.db)])
    assert verify_alone() == 0


def refused(*_: object, **__: object) -> NoReturn:
    raise StoreFailed(Path("kinerja.db"), "it may be read but not written", "")


def test_a_store_that_cannot_be_written_can_still_be_read(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores.Store, "writing", refused)
    file = tmp_path / "semua.csv"
    ran = agency("staff", "export", "-o", file)
    assert ran.code == 0
    assert "warning[read-unrecorded]" in ran.err
    assert BUDI in file.read_text(encoding="utf-8")


def test_another_writer_does_not_keep_anybody_from_reading(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "_BRIEFLY", 0)
    with closing(sqlite3.connect(agency.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = agency("staff", "export", "-o", tmp_path / "semua.csv")
    assert ran.code == 0
    assert "warning[read-unrecorded]" in ran.err
    assert facts(agency) == []


def test_nothing_due_stays_silent_after_reads(begun: Kinerja, tmp_path: Path) -> None:
    shutil.copy(begun.db, tmp_path / "x.db")
    assert begun("period", "rollover", "--as-of", "2025-06-01").out == ""


def test_an_incident_report_is_a_notice_nearly_ready(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "export", "-o", tmp_path / "bocor.csv", "--unit", "u2")
    report = tmp_path / "insiden.md"
    assert agency("incident", "report", *TODAY, "-o", report).code == 0
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# Draf pemberitahuan kegagalan pelindungan data pribadi\n")
    for part in ("Pasal 46", "bocor.csv", "BUDI", "kinerja staff export", "Upaya penanganan", "unit u2"):
        assert part in text
    assert HEAD not in text
    found = agency.json("incident", "report", *TODAY)
    assert {one["nip"] for one in found["concerned"]} == {ANI, BUDI, CITRA}
    assert [one["command"] for one in found["reads"]] == ["staff export", "incident report"]


def test_an_incident_report_of_a_quiet_time_says_so(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "export", "-o", tmp_path / "pegawai.csv")
    ran = agency("incident", "report", "--from", "2020-01-01", "--to", "2020-01-31")
    assert "tidak ada daftar atau berkas" in ran.out
    assert agency("incident", "report", "--from", "2020-02-01", "--to", "2020-01-31").code == 2


def test_an_incident_report_names_the_backups_of_that_time(agency: Kinerja) -> None:
    assert agency("backup", "create").code == 0
    (copy,) = agency.json("incident", "report", *TODAY)["backups"]
    assert copy.startswith("kinerja-")
