"""The house keeps its own rules: the ones no linter knows."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import hatchling.build
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "kinerja_cli"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = (".ci", "bench", "data", "docs", "requirements", "src", "tests", "tools")
LOCKS = {
    "run": PROJECT["project"]["dependencies"],
    "dev": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "audit": PROJECT["dependency-groups"]["audit"],
}

# Put together here, so that this file does not name what it looks for.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"))]
HERE = re.compile(r"(?<![\w.~}>*])/(?:" + "|".join(("work", "root", "tmp", "opt")) + r")/|\." + "pyenv")
ELSEWHERE = re.compile(
    r"(?<![\w/-])(?:" + "|".join(("design", "interface", "acceptance", "reliability")) + r")\.md"
    r"|\bissue #?\d"
)


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the repository with its name."""
    files = [path for path in ROOT.glob("*") if path.suffix in {".md", ".toml", ""} and path.is_file()]
    for folder in FOLDERS:
        files += (ROOT / folder).rglob("*")
    for path in files:
        if "__pycache__" in path.parts or path.name.startswith(".coverage") or not path.is_file():
            continue
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines(pattern: str) -> list[str]:
    """Where a pattern stands in our Python files."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in ("bench", "src", "tests", "tools")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def test_every_top_level_module_has_a_floor() -> None:
    (floors,) = (
        contract["layers"] for contract in PROJECT["tool"]["importlinter"]["contracts"] if contract["type"] == "layers"
    )
    floor_of = {module for floor in floors for module in re.split(r"\s*[|:]\s*", floor)}
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in packages()}

    assert modules - {"__init__"} == floor_of


def packages() -> list[Path]:
    return list(PACKAGE.glob("*/__init__.py"))


def test_every_folder_with_python_is_a_package() -> None:
    """Without `__init__.py` the import contracts do not see what lies in a folder."""
    folders = {path.parent for path in python_files()}

    assert named(sorted(folder for folder in folders if not (folder / "__init__.py").exists())) == []


def test_no_file_outgrows_its_reader() -> None:
    long = [path for path in python_files() if len(path.read_text(encoding="utf-8").splitlines()) > 420]

    assert named(long) == []


def test_every_module_is_called_after_what_it_is_for() -> None:
    nameless = {"common", "helper", "helpers", "misc", "util", "utils"}

    assert named([path for path in python_files() if nameless & {path.stem, path.parent.name}]) == []


def test_the_repository_names_no_machine_and_no_registry() -> None:
    found = [
        f"{name}: {line.strip()}"
        for name, text in texts()
        for line in text.splitlines()
        if HERE.search(line) or ELSEWHERE.search(line) or any(host in line for host in HOSTS)
    ]

    assert found == []


def test_every_exception_to_a_rule_gives_its_reason() -> None:
    silenced = r"# (?:no" + r"qa|type: " + r"ignore|prag" + r"ma: no)"
    reasoned = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]|pragma: no (?:cover|branch)) +(?:-|#) \S")

    assert [line for line in lines(silenced) if not reasoned.search(line)] == []


def test_types_are_checked_everywhere_alike() -> None:
    assert PROJECT["tool"]["mypy"]["strict"] is True
    assert "overrides" not in PROJECT["tool"]["mypy"]


def test_every_dependency_has_bounds() -> None:
    dated = {"tzdata"}  # numbered by year: there is no version to stop at
    open_ended = [
        requirement.name
        for requirement in map(Requirement, LOCKS["dev"] + LOCKS["audit"])
        if requirement.name not in dated and not {"==", "~="} & {one.operator for one in requirement.specifier}
    ]

    assert open_ended == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    pinned = pins(lock)
    unmet = [
        str(requirement)
        for requirement in map(Requirement, LOCKS[lock])
        if not requirement.specifier.contains(pinned.get(requirement.name, "0"))
    ]

    assert unmet == [], "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_everything_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def test_both_locks_agree() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_the_wheel_holds_the_whole_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / hatchling.build.build_wheel(str(tmp_path))
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert packed == {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {
        "kinerja_cli/locale/id/LC_MESSAGES/kinerja.mo",
        "kinerja_cli/regulations/permenpanrb-6-2022.toml",
        "kinerja_cli/regulations/pp-30-2019.toml",
        "kinerja_cli/regulations/se-3-2023.toml",
        "kinerja_cli/workbooks/headings.toml",
        "kinerja_cli/storage/migrations/env.py",
    } <= packed


def test_the_wheel_is_the_same_whenever_and_wherever_it_is_built(tmp_path: Path) -> None:
    """So that anybody can build it again and see that nothing else is in it."""
    built = []
    for number, mask in enumerate((0o077, 0o022)):
        copy = tmp_path / str(number)
        shutil.copytree(PACKAGE, copy / "src" / "kinerja_cli", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, copy)
        for path in copy.rglob("*"):
            os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
            path.chmod(path.stat().st_mode & ~mask)
        command = [sys.executable, "-c", "import hatchling.build; print(hatchling.build.build_wheel('.'))"]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=True)
        built.append((copy / done.stdout.split()[-1]).read_bytes())
    assert built[0] == built[1]
