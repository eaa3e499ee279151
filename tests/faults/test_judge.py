"""The judge of damaged files finds what it is there to find."""

from dataclasses import replace
from typing import Any

import pytest

from tests.faults.damage import Damaged
from tests.faults.good import PEOPLE, STAFF, Good, packed, parts_of
from tests.faults.judge import Outcome, faults
from tests.faults.whole import whole

ROWS = {one.nip: row for row, one in enumerate(PEOPLE, 2)}
SHEET = b"".join(b'<row r="%d"><c>%b</c></row>' % (row, nip.encode()) for nip, row in ROWS.items())
GOOD = Good("a.xlsx", STAFF, packed({"xl/worksheets/sheet1.xml": SHEET, "xl/styles.xml": b"<a/>"}), ROWS)
FIRST, SECOND = PEOPLE[0].nip, PEOPLE[1].nip
NOTHING: dict[str, Any] = {"problems": [], "rows": len(PEOPLE)}
FINE = Outcome(
    code=0, out="", err="", saved=frozenset(ROWS), result=NOTHING, changed_for_nothing=False, incidents=0, seconds=0.1,
    megabytes=1,
)  # fmt: skip


def hurt(after: bytes, part: str = "xl/worksheets/sheet1.xml") -> Damaged:
    parts = parts_of(GOOD.content)
    return Damaged(packed(parts | {part: after}), "", part, parts[part], after)


CUT = hurt(SHEET.replace(FIRST.encode(), b""))


def test_whoever_is_untouched_must_be_there() -> None:
    assert set(whole(GOOD, CUT)) == set(ROWS) - {FIRST}
    assert set(whole(GOOD, hurt(b"<b/>", "xl/styles.xml"))) == set(ROWS)
    assert faults(GOOD, CUT, replace(FINE, saved=FINE.saved - {FIRST})) == []
    assert faults(GOOD, CUT, replace(FINE, saved=FINE.saved - {SECOND})) == [
        f"1 lost without a word, the first in row {ROWS[SECOND]}"
    ]


@pytest.mark.parametrize(
    "problem",
    [
        {"row": ROWS[SECOND], "message": "The row has no NIP."},
        {"row": 9, "message": "Rows about nobody, left out: 2 (row 3-4). They say: “x”, “y”"},
        {"row": None, "message": PEOPLE[1].name},
    ],
)
def test_whoever_is_told_of_is_not_lost(problem: dict[str, Any]) -> None:
    missing = FINE.saved - {SECOND}
    out = str(problem["message"])
    outcome = replace(FINE, saved=missing, result={"problems": [problem], "rows": 0}, out=out)
    assert faults(GOOD, CUT, outcome) == []


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (replace(FINE, code=1), "exit code 1"),
        (replace(FINE, out="Traceback (most recent call last)"), "a traceback"),
        (replace(FINE, incidents=1), "an incident file"),
        (replace(FINE, changed_for_nothing=True), "the store changed although nothing was to be saved"),
        (replace(FINE, code=3), "no word on standard error"),
        (replace(FINE, seconds=9.0), "9.0 s of computing"),
        (replace(FINE, megabytes=900), "900 MB more"),
    ],
)
def test_every_other_broken_promise_is_told(outcome: Outcome, told: str) -> None:
    assert told in faults(GOOD, CUT, outcome)
