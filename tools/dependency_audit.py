"""Ask for known weaknesses of everything the lock names, and never take silence for an all-clear.

pip-audit ends well where it could ask about nothing at all, as without a network. So its answer is counted: every
package of the lock must have been answered for.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

CLEAN, WEAK, NOT_RUN = 0, 1, 2
"""How the audit ends: nothing known, something known, or not everything could be asked about."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_SHOWN = 5


def pins(lock: str) -> dict[str, str]:
    """The packages of a lock and their versions, those of other systems too.

    >>> pins("rich==15.0.0 ; sys_platform == 'win32' \\\\\\n    --hash=sha256:00")
    {'rich': '15.0.0'}
    """
    return {_name(name): version for name, version in _PIN.findall(lock)}


def verdict(wanted: Iterable[str], answer: str) -> tuple[int, list[str]]:
    """The exit code for an answer of pip-audit in JSON, and what to say of it."""
    try:
        told: list[dict[str, Any]] = json.loads(answer)["dependencies"]
        audited = {_name(one["name"]): one["vulns"] for one in told if "vulns" in one}
    except (ValueError, KeyError, TypeError):
        return NOT_RUN, ["audit NOT RUN: pip-audit gave no answer that can be read."]
    weak = [
        f"  {name}: {found['id']}, mended in {', '.join(found.get('fix_versions') or ()) or 'no version yet'}"
        for name, vulns in sorted(audited.items())
        for found in vulns
    ]
    missing = sorted(set(wanted) - audited.keys())
    if weak:
        return WEAK, [f"audit: {len(weak)} known weaknesses.", *weak]
    if missing or not audited:
        named = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        return NOT_RUN, [f"audit NOT RUN: {len(audited)} packages were audited, {len(missing)} were not ({named})."]
    return CLEAN, [f"audit: {len(audited)} packages, nothing known against any of them."]


def main(arguments: Sequence[str]) -> int:
    """Audit a lock with pip-audit; `AUDIT=skip` says aloud that it was not done and ends well."""
    if os.environ.get("AUDIT") == "skip":
        print("audit SKIPPED (AUDIT=skip): nothing was asked about any package.")
        return CLEAN
    (lock,) = arguments
    wanted = pins(Path(lock).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        # Without markers and hashes: what is installed elsewhere is asked about here, and nothing is fetched.
        bare = Path(folder) / "pins.txt"
        bare.write_text("".join(f"{name}=={version}\n" for name, version in wanted.items()), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(bare), "--no-deps", "--disable-pip"]
        done = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True, check=False
        )
    code, lines = verdict(wanted, done.stdout)
    if not done.stdout:
        # Only then: beside an answer it says "No known vulnerabilities found" of packages it could not ask about.
        print(done.stderr.rstrip(), file=sys.stderr)
    print("\n".join(lines), file=sys.stdout if code == CLEAN else sys.stderr)
    if code == NOT_RUN:
        print("Run it where the index of packages can be reached, or say AUDIT=skip.", file=sys.stderr)
    return code


def _name(text: str) -> str:
    """A package as indexes call it."""
    return re.sub(r"[-_.]+", "-", text).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
