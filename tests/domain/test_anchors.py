"""Anchors: what is remembered outside, read back strictly, and laid beside a chain."""

import json

import pytest

from kinerja_cli.domain.anchors import (
    Anchor,
    Closing,
    judge_anchors,
    read_anchors,
    read_closing,
    with_anchor,
    write_anchors,
)

ONE = Anchor("store", 3, "a" * 64, "2026-01-05T02:00:00+00:00")
TWO = Anchor("store", 7, "b" * 64, "2026-02-05T02:00:00+00:00")


def test_what_is_written_is_read_back() -> None:
    assert read_anchors(write_anchors([ONE, TWO])) == [ONE, TWO]


def test_an_anchor_is_kept_once() -> None:
    assert with_anchor([ONE], ONE) == [ONE]
    assert with_anchor([ONE], TWO) == [ONE, TWO]


def test_a_closing_record_a_backup_and_a_bare_anchor_are_anchors_too() -> None:
    assert read_anchors(json.dumps({"form": "kinerja-closing-1", "head": ONE.as_dict()})) == [ONE]
    assert read_anchors(json.dumps(ONE.as_dict())) == [ONE]
    backup = {"store_id": "store", "operations": 3, "head": "A" * 64, "head_at": None}
    assert read_anchors(json.dumps(backup)) == [Anchor("store", 3, "a" * 64, "")]


def test_a_closing_record_tells_its_period_and_fingerprint_and_nothing_else_does() -> None:
    record = {"form": "kinerja-closing-1", "head": ONE.as_dict(), "period": "2026-Q1", "fingerprint": "c" * 64}
    assert read_closing(json.dumps(record)) == Closing("2026-Q1", "c" * 64)
    for other in (write_anchors([ONE]), "no json", "[]", json.dumps({**record, "period": 3})):
        assert read_closing(other) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[" * 100_000,
        "[]",
        "{}",
        '{"anchors": []}',
        '{"anchors": [1]}',
        json.dumps({"anchors": [ONE.as_dict(), {**ONE.as_dict(), "sequence": "3"}]}),
        json.dumps({**ONE.as_dict(), "sequence": True}),
        json.dumps({**ONE.as_dict(), "sequence": 0}),
        json.dumps({**ONE.as_dict(), "hash": "short"}),
        json.dumps({**ONE.as_dict(), "store_id": None}),
    ],
)
def test_half_an_anchor_is_none(text: str) -> None:
    assert read_anchors(text) is None


def test_each_anchor_says_what_became_of_the_chain() -> None:
    foreign = Anchor("other", 3, ONE.hash, "")
    judged = judge_anchors([ONE, TWO, foreign], store_id="store", end=5, hashes={3: ONE.hash})
    assert [(one.state, one.after) for one in judged] == [("holds", 0), ("cut", 3), ("foreign", 0)]
    (rewritten,) = judge_anchors([ONE], store_id="store", end=5, hashes={3: "c" * 64})
    assert (rewritten.state, rewritten.after) == ("rewritten", 0)
