"""Measure kinerja beside bare scripts and say whether it is as fast and as small as promised.

Ends with 0, or with 8 where a bound is broken; with 1 where a command fails, so that nothing was measured.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cycle import KINERJA, Comparison, Disagreement, make_files, run_cycles, run_starts
from bench.measure import CommandFailed
from bench.verdict import judge, machine, table

WARM_UP = 300
"""A cycle of so few people goes unmeasured before the others: it compiles modules and fills caches."""


def main() -> int:
    """Run the measurements asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[5_000, 80_000], metavar="N", help="sizes of agencies")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="how often each is run (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the findings there as well")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the files made there and use them again")
    wanted = parser.parse_args()
    if not KINERJA.is_file():
        parser.error(f"there is no {KINERJA}; `make bench` installs it and runs this")
    if wanted.repeat < 1 or min(wanted.people) < WARM_UP:
        parser.error(f"--repeat must be at least 1, --people at least {WARM_UP}")
    try:
        comparisons = _compare(wanted)
    except (CommandFailed, Disagreement) as error:
        _say(str(error))
        return 1
    findings = [judge(comparison) for comparison in comparisons]
    broken = [sentence for finding in findings for sentence in finding.broken]
    print(table(findings))
    for sentence in broken:
        print(f"broken: {sentence}")
    if wanted.json:
        result = {
            "machine": machine(),
            "repeat": wanted.repeat,
            "findings": [finding.as_dict() for finding in findings],
            "broken": broken,
        }
        wanted.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 8 if broken else 0


def _compare(wanted: argparse.Namespace) -> list[Comparison]:
    """Every comparison asked for, the starts first."""
    with TemporaryDirectory(prefix="kinerja-bench-") as temporary:
        data = wanted.data.resolve() if wanted.data else Path(temporary, "data")
        scratch = Path(temporary, "scratch")
        scratch.mkdir()
        _say(f"warming up with {WARM_UP} people")
        make_files(data / str(WARM_UP), WARM_UP)
        run_cycles(data / str(WARM_UP), scratch, WARM_UP, 1)
        _say("measuring the start")
        found = run_starts(scratch, wanted.repeat)
        for people in wanted.people:
            _say(f"making files of {people:,} people")
            make_files(data / str(people), people)
            _say(f"measuring the cycle of {people:,} people, {wanted.repeat} times")
            found += run_cycles(data / str(people), scratch, people, wanted.repeat)
    return found


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
