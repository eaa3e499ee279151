"""A year with cron on every night ends in the same store as a year in which cron ran once, at its end.

`make faults` goes through it with a city of 5,000 people (YEAR=…), night by night; the suite with 60 and fewer nights.
"""

import os
import time
from collections import Counter
from pathlib import Path
from shutil import copyfile

import pytest

from kinerja_cli.actions.rollover import roll_over
from tests.faults.year import (
    DAYS,
    FIRST,
    build_city,
    busy_days,
    differences,
    events,
    kept,
    open_city,
    record,
    year_days,
)

PEOPLE = int(os.environ.get("KINERJA_FAULTS_YEAR") or "60")
SEED = int(os.environ.get("KINERJA_FAULTS_SEED") or "2026")
WHOLE = PEOPLE > 1000

pytestmark = pytest.mark.skipif(bool(os.environ.get("KINERJA_FAULTS_CASE")), reason="one damaged file is asked for")


def test_a_year_of_nights_ends_in_the_same_store_as_one_run_that_catches_up(tmp_path: Path) -> None:
    city, practice = build_city(tmp_path, PEOPLE)
    happened = events(practice, open_city(city), SEED, min(PEOPLE, 250))
    nightly, late = (open_city(copyfile(city, tmp_path / name)) for name in ("nightly.db", "late.db"))
    for store in (nightly, late):
        assert roll_over(store, FIRST, allow_unrated=True).stopped is None
    refused, nights, spent = Counter[str](), 0, 0.0
    runs = year_days() if WHOLE else busy_days(happened)
    for day in year_days():
        if day in runs:
            began = time.perf_counter()
            roll_over(nightly, day, allow_unrated=True)
            nights, spent = nights + 1, spent + time.perf_counter() - began
        for one in happened.get(day, []):
            codes = [record(store, one, tmp_path) for store in (nightly, late)]
            assert codes[0] == codes[1], one
            refused[codes[0] or one.kind] += 1
    assert roll_over(nightly, day, allow_unrated=True).operations == ()
    began = time.perf_counter()
    done = roll_over(late, day, allow_unrated=True)
    caught_up = time.perf_counter() - began
    told = ", ".join(f"{count} {what}" for what, count in sorted(refused.items()))
    print(  # noqa: T201 - `make faults` shows it
        f"\n{PEOPLE} people, {DAYS} days (seed {SEED}): {told}; {nights} nights took {spent:.1f} s,"
        f" catching up {caught_up:.1f} s"
    )
    assert done.stopped is None
    assert list(differences(nightly, late)) == []
    _looks_like_a_year(kept(late))


def _looks_like_a_year(found: dict[str, list[tuple[object, ...]]]) -> None:
    """That the two stores are the same says little of a year in which nothing happened."""
    states = {str(row[0]): row[5] for row in found["period"]}
    assert states == dict.fromkeys(("2026", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"), "closed") | dict.fromkeys(
        ("2027", "2027-Q1"), "open"
    )
    last = [row for row in found["appraisal"] if row[0] == "2026"]
    out = [row for row in last if row[-2] is not None]
    assert 0 < len(out) < len(last) / 2
    assert {"acting", "above", "unit"} <= {row[20] for row in last}
