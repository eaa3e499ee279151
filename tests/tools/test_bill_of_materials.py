"""The bill of materials names every package of the lock, or is none."""

from pathlib import Path

from tools.bill_of_materials import missing_from

HASHED = [{"hashes": [{"alg": "SHA-256", "content": "00"}]}]
RICH = {"name": "rich", "version": "15.0.0", "externalReferences": HASHED}


def test_a_whole_bill_has_nothing_missing() -> None:
    assert missing_from({"components": [RICH]}, {"rich": "15.0.0"}) == []


def test_what_a_bill_leaves_out_is_named() -> None:
    bare = {"name": "lxml", "version": "6.0", "externalReferences": [{"type": "distribution"}]}
    wanted = {"rich": "15.0.1", "lxml": "6.0", "typer": "0.28.0"}
    assert missing_from({"components": [RICH, bare]}, wanted) == [
        "lxml has no hash",
        "rich 15.0.1 is not listed",
        "typer 0.28.0 is not listed",
    ]
    assert missing_from({}, {"rich": "1"}) == ["rich 1 is not listed"]


def test_make_check_asks_and_lists() -> None:
    make = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    assert "\ncheck: test audit sbom\n" in make
