"""The audit of dependencies never takes silence for an all-clear."""

import json
from pathlib import Path

import pytest

from tools.dependency_audit import CLEAN, NOT_RUN, WEAK, main, pins, verdict

CLEAR = {"name": "Rich", "version": "15.0.0", "vulns": []}
ASKED_IN_VAIN = {"name": "lxml", "skip_reason": "Dependency not found on PyPI and could not be audited"}
BROKEN = {"name": "lxml", "version": "6.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["6.0.1"]}]}


def told(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_everything_asked_and_nothing_known_is_the_one_good_end() -> None:
    assert verdict(["rich"], told(CLEAR)) == (CLEAN, ["audit: 1 packages, nothing known against any of them."])


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (["lxml"], told(ASKED_IN_VAIN)),
        (["rich", "lxml"], told(CLEAR, ASKED_IN_VAIN)),
        (["rich", "lxml"], told(CLEAR)),
        (["rich"], told()),
        ([], told()),
        (["rich"], ""),
        (["rich"], "[]"),
        (["rich"], "No known vulnerabilities found"),
    ],
)
def test_a_package_nobody_answered_for_is_an_audit_that_was_not_run(wanted: list[str], answer: str) -> None:
    code, lines = verdict(wanted, answer)
    assert code == NOT_RUN
    assert "NOT RUN" in lines[0]


def test_a_known_weakness_is_named_with_the_version_that_mends_it() -> None:
    code, lines = verdict(["rich", "lxml"], told(CLEAR, BROKEN))
    assert code == WEAK
    assert lines[1] == "  lxml: PYSEC-2026-1, mended in 6.0.1"


def test_the_whole_lock_is_asked_about() -> None:
    lock = (Path(__file__).parents[2] / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert {"typer", "sqlalchemy", "colorama"} <= pins(lock).keys()
    assert len(pins(lock)) == lock.count("==") - lock.count("sys_platform ==")


def test_it_can_only_be_left_out_aloud(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AUDIT", "skip")
    assert main(["nowhere.txt"]) == CLEAN
    assert "SKIPPED" in capsys.readouterr().out


def test_an_audit_without_its_tool_was_not_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("AUDIT", raising=False)
    monkeypatch.setattr("sys.executable", "false")
    (tmp_path / "lock.txt").write_text("rich==15.0.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    assert main([str(tmp_path / "lock.txt")]) == NOT_RUN
    assert "AUDIT=skip" in capfd.readouterr().err
