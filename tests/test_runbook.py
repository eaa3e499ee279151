"""What runs at night is documented: units that systemd takes, a crontab for cron, a remedy for each exit code."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kinerja_cli.cli.app import COMMANDS
from kinerja_cli.errors import Exit

DOCS = Path(__file__).parents[1] / "docs"
UNITS = (
    "kinerja.service",
    "kinerja.timer",
    "kinerja-alert@.service",
    "kinerja-backup.service",
    "kinerja-backup.timer",
)
PROGRAM = "/usr/local/bin/kinerja"
JOB = "--quiet period rollover"
BACKUPS = ("--quiet backup create --keep daily=7,weekly=4,monthly=12", "--quiet backup drill")


@pytest.mark.parametrize("page", ["runbook.md", "runbook.id.md"])
def test_every_exit_code_has_its_section(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [int(code) for code in re.findall(r"^## (\d+): ", text, flags=re.MULTILINE)] == sorted(map(int, Exit))
    sections = re.split(r"^## \d+: .+$", text, flags=re.MULTILINE)[1:]
    for section in sections:
        assert len(re.findall(r"^\*\*.+?\.\*\* ", section, flags=re.MULTILINE)) >= 2, section


@pytest.mark.parametrize("page", ["README.md", "docs/manual.md", "docs/manual.id.md"])
def test_the_runbook_and_the_units_can_be_found(page: str) -> None:
    text = (DOCS.parent / page).read_text(encoding="utf-8")
    for name in (
        "runbook.id.md" if page.endswith("id.md") else "runbook.md",
        "systemd/kinerja.service",
        "cron/kinerja",
    ):
        assert name in text


@pytest.mark.parametrize("text", ["systemd/kinerja.service", "cron/kinerja"])
def test_the_job_is_the_command_there_is_with_its_whole_path(text: str) -> None:
    assert f"{PROGRAM} {JOB}" in (DOCS / text).read_text(encoding="utf-8")
    assert ("period", "rollover") in {(entry.group, entry.name) for entry in COMMANDS}


def test_the_crontab_has_lines_of_the_form_cron_takes() -> None:
    lines = (DOCS / "cron" / "kinerja").read_text(encoding="utf-8").splitlines(keepends=True)
    assert all(line.endswith("\n") for line in lines), "cron leaves out a last line without its end"
    spoken = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    *settings, job = spoken
    assert all(re.fullmatch(r"[A-Z_]+=[^\s#]+", setting) for setting in settings)
    assert "MAILTO" in {setting.partition("=")[0] for setting in settings}
    minute, hour, day, month, weekday, account, command = job.split(None, 6)
    assert (day, month, weekday) == ("*", "*", "*"), "kinerja knows which day it is due on, cron need not"
    assert (int(minute) in range(60), int(hour) in range(24), account) == (True, True, "kinerja")
    assert (command, "%" in command) == (f"{PROGRAM} {JOB}", False)


@pytest.mark.parametrize("text", ["systemd/kinerja-backup.service", "cron/kinerja-backup", "manual.md", "manual.id.md"])
def test_backups_are_made_and_tried_out_by_commands_there_are(text: str) -> None:
    content = (DOCS / text).read_text(encoding="utf-8")
    for job in BACKUPS:
        assert f"{PROGRAM} {job}\n" in content
    assert {("backup", "create"), ("backup", "drill")} <= {(entry.group, entry.name) for entry in COMMANDS}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        # The program may not be installed on this machine, so another takes its place.
        text = (DOCS / "systemd" / name).read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
