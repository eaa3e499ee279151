"""List what the program is made of, as a CycloneDX bill that others' tools read: every package with its hashes."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.dependency_audit import pins

ROOT = Path(__file__).parent.parent


def missing_from(bill: Mapping[str, Any], wanted: Mapping[str, str]) -> list[str]:
    """What a bill does not say of the packages of a lock: the package, its version, or a hash of it."""
    listed = {one["name"]: one for one in bill.get("components", ())}
    problems = []
    for name, version in sorted(wanted.items()):
        one = listed.get(name)
        if one is None or one.get("version") != version:
            problems.append(f"{name} {version} is not listed")
        elif not any(reference.get("hashes") for reference in one.get("externalReferences", ())):
            problems.append(f"{name} has no hash")
    return problems


def main(arguments: Sequence[str]) -> int:
    """Write the bill of a lock to a file: made by cyclonedx-py, valid under its schema, and whole."""
    lock, target = map(Path, arguments)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--pyproject", str(ROOT / "pyproject.toml")]
    made = subprocess.run(
        [*command, "--output-reproducible", str(lock)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if made.returncode:
        print(made.stderr, file=sys.stderr)
        return made.returncode
    bill = json.loads(made.stdout)
    # cyclonedx-py does not know versions that are kept in the package itself.
    version = re.search(
        r'^__version__ = "(.+)"', (ROOT / "src/kinerja_cli/__init__.py").read_text("utf-8"), re.MULTILINE
    )
    bill["metadata"]["component"]["version"] = version[1] if version else "0"
    text = json.dumps(bill, indent=2, sort_keys=True) + "\n"
    schema = import_module("cyclonedx.schema").SchemaVersion.from_version(bill["specVersion"])
    invalid = import_module("cyclonedx.validation.json").JsonStrictValidator(schema).validate_str(text)
    wanted = pins(lock.read_text(encoding="utf-8"))
    problems = [*([str(invalid)] if invalid else []), *missing_from(bill, wanted)]
    if problems:
        print("The bill of materials is not whole:", *problems, sep="\n  ", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {len(wanted)} packages, valid under CycloneDX {bill['specVersion']}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
