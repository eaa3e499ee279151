"""Every command keeps the promises made of all of them: help, an example, a line in README and manual, keys, codes."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_cli.cli.app import COMMANDS, Entry
from kinerja_cli.domain.agency import SETTINGS
from kinerja_cli.errors import Exit
from tests.builders import ANI, BUDI, Kinerja, recap, roster

ROOT = Path(__file__).parent.parent
NAMES = {" ".join(filter(None, (entry.group, entry.name))): entry for entry in COMMANDS}
HEAVY = ("sqlmodel", "sqlalchemy", "openpyxl", "python_calamine", "alembic", "pydantic", "lxml")

KEYS = {
    "staff list": "nip name front_title back_title display_name unit_code unit unit_path position position_type rank "
    "employment status assessor_nip",
    "unit list": "unit_code unit parent_code level head_nip staff",
    "period list": "period kind starts ends window_ends state appraisals rated unrated",
    "score list 2026-Q1": "nip name unit_code unit position position_type rank employment assessor_nip hasil perilaku "
    "predikat organisation final state",
    "report results 2026-Q1": "nip name unit_code unit position position_type rank employment assessor_nip hasil "
    "perilaku predikat organisation final state",
    "report summary 2026-Q1": "key label staff rated unrated sangat_baik baik butuh_perbaikan kurang sangat_kurang",
    "report distribution 2026-Q1": "unit_code unit organisation n counts findings",
    f"explain {BUDI} 2026-Q1": "nip name period regulation hasil perilaku predikat cell source steps",
    "audit verify": "ok operations head first_bad anchors findings",
    "audit head": "store_id sequence hash at",
    "history": "operation kind at actor summary changes undone_by",
}
"""What scripts were promised; a command may print more keys, never fewer."""


@pytest.fixture
def kinerja(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kinerja:
    monkeypatch.setenv("KINERJA_LANG", "en")
    monkeypatch.delenv("KINERJA_DB", raising=False)
    return Kinerja(capsys, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_and_an_example(kinerja: Kinerja, name: str) -> None:
    ran = kinerja(*name.split(), "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert NAMES[name].help
    assert NAMES[name].example.startswith(f"kinerja {name}")


def test_a_mistyped_command_is_told_which_there_are(kinerja: Kinerja) -> None:
    """Also one in a group, although a command that is known is loaded alone."""
    assert "import" in kinerja("staff", "imprt").err
    assert "rollover" in kinerja("period", "--help").out
    assert "staff" in kinerja("--help").out
    assert "rollover" in kinerja("--lang", "en", "period", "rolover", "--as-of", "2026-01-01").err


@pytest.mark.parametrize("page", ["README.md", "docs/manual.md", "docs/manual.id.md"])
@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_in_the_documents(name: str, page: str) -> None:
    assert f"kinerja {name}" in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/manual.md", "docs/manual.id.md"])
def test_the_documents_name_no_command_that_does_not_exist(page: str) -> None:
    groups = {entry.group for entry in COMMANDS if entry.group}
    for line in re.findall(r"`kinerja ([a-z][^`]*)`", (ROOT / page).read_text(encoding="utf-8")):
        words = line.split()
        names = [" ".join(words[:count]) for count in (3, 2, 1)]
        assert any(name in NAMES for name in names) or words in (["help"],) or line in groups, line


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["staff", "import", "--help"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    script = (
        "import json, sys; from kinerja_cli.main import main; code = main(sys.argv[1:]);"
        "sys.stderr.write(json.dumps(sorted(sys.modules))); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert not loaded & set(HEAVY)
    if words == ["--version"]:
        assert "rich" not in loaded


@pytest.mark.parametrize("words", KEYS)
def test_json_has_the_keys_that_were_promised(kinerja: Kinerja, words: str) -> None:
    kinerja.begin()
    kinerja.json("period", "open", "2026-Q1")
    kinerja.json("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    found = kinerja.json(*words.split())
    rows = found if isinstance(found, list) else [found]
    assert rows
    for row in rows:
        assert list(row)[: len(KEYS[words].split())] == KEYS[words].split()


def test_every_way_to_end_is_reached(kinerja: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {kinerja("staff", "list").code, kinerja("period", "open").code}
    kinerja.begin()
    broken = roster(
        tmp_path / "broken.xlsx", [("x", "DEDI", "M", "", "", "", "", "", "", "", ""), (ANI, "ANI", *[""] * 9)]
    )
    codes |= {
        kinerja("unit", "list").code,
        kinerja("staff", "import", broken).code,
        kinerja("staff", "import", broken, "--accept-valid").code,
        kinerja("staff", "show", BUDI[:-1] + "9").code,
        kinerja("init", "--agency", "Lain").code,
    }
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("kinerja_cli.actions.units.load_units", _fail)
    codes.add(kinerja("unit", "list").code)
    stranger = recap(tmp_path / "recap.xlsx", [("198001012005011009", "DEDI", "sesuai", "sesuai", "Baik")])
    codes.add(kinerja("reconcile", stranger).code)
    assert codes == {*Exit} - {Exit.INTERRUPTED, Exit.TERMINATED, Exit.HUNG_UP}


def _fail(*_: object) -> None:
    raise ZeroDivisionError("198501152010011001")


def test_a_fault_is_one_sentence_and_a_private_file(
    kinerja: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinerja.begin()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("kinerja_cli.actions.units.load_units", _fail)
    ran = kinerja("unit", "list")
    assert "Traceback" not in ran.err
    assert "198501152010011001" not in ran.err
    incidents = list((tmp_path / "state").rglob("*.txt"))
    assert len(incidents) == 1
    assert "198501152010011001" not in incidents[0].read_text(encoding="utf-8")
    assert incidents[0].stat().st_mode & 0o077 == 0


def _tour() -> Iterator[list[str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("kinerja "):
                yield shlex.split(line, comments=True)[1:]


def test_the_tour_of_the_readme_runs(kinerja: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    steps = list(_tour())
    assert len(steps) > 12
    for words in steps:
        ran = kinerja(*words)
        assert ran.code == 0, (words, ran.err)


def test_every_command_ends_without_a_terminal(kinerja: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    for name in NAMES:
        # The doctor finds it out instead of stumbling over it.
        expected = (Exit.FINDINGS,) if name == "doctor" else (Exit.USAGE, Exit.STORE)
        if name != "demo":
            assert kinerja(*name.split()).code in expected, name


def test_what_people_type_never_steers_a_terminal_or_a_spreadsheet(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    nasty = '=HYPERLINK("x")\x1b[31m'
    kinerja.json("feedback", "add", BUDI, "--from", "rekan", "--text", nasty, "--date", "2026-02-03")
    for form in ("table", "tsv", "csv"):
        shown = kinerja("feedback", "list", "--format", form).out
        assert "\x1b" not in shown
        if form != "table":
            assert "'=HYPERLINK" in shown
    out = tmp_path / "out.csv"
    kinerja("feedback", "list", "-o", out)
    assert "\x1b" not in out.read_text(encoding="utf-8")


def test_every_entry_is_a_command_of_its_own() -> None:
    assert len(NAMES) == len(COMMANDS)
    assert all(isinstance(entry, Entry) for entry in COMMANDS)


def test_the_demonstration_runs_whole(kinerja: Kinerja, tmp_path: Path) -> None:
    ran = kinerja("demo", "--keep", tmp_path / "latihan")
    assert ran.code == 0, ran.err[-2000:]
    assert "$ kinerja period close 2025" in ran.err
    assert {"rekap-2025.xlsx", "hasil-2025.xlsx", "kinerja.db"} <= {
        one.name for one in (tmp_path / "latihan").iterdir()
    }
    assert [one.name for one in (tmp_path / "latihan").rglob("*") if one.stat().st_mode & 0o077] == []
    assert kinerja("demo", "--keep", tmp_path / "latihan").code == 2


def test_a_recap_can_name_a_whole_year(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.begin()
    kinerja.json("period", "open", "2026")
    rows = [(BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik")]
    found = kinerja.json("score", "import", recap(tmp_path / "x.xlsx", rows, period="Periode Tahunan 2026"))
    assert (found["period"], found["recorded"]) == ("2026", 1)


@pytest.mark.parametrize("page", ["docs/manual.md", "docs/manual.id.md"])
def test_every_setting_is_in_the_manuals(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [key for key in SETTINGS if f"| `{key}` |" not in text] == []
