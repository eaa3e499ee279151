"""`--suppress N`: a recap to be published hides counts of few people and what would tell them."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja


@pytest.fixture
def rated(agency: Kinerja) -> Kinerja:
    agency.json("period", "open", "2026-Q1")
    for nip in (HEAD, ANI, BUDI, CITRA):
        agency.json("score", "record", nip, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    return agency


def test_groups_of_few_are_hidden(rated: Kinerja) -> None:
    plain = rated.json("report", "summary", "2026-Q1")
    assert sum(row["staff"] for row in plain) == 4
    hidden = rated.json("report", "summary", "2026-Q1", "--suppress", "5")
    assert [list(row) for row in hidden] == [list(row) for row in plain]
    assert {row["staff"] for row in hidden} == {None}
    assert {row["baik"] for row in hidden} == {None}
    assert {row["left"] for row in hidden} == {None}


def test_people_are_told_in_the_footer(rated: Kinerja, tmp_path: Path) -> None:
    for words in (("report", "summary"), ("report", "distribution")):
        ran = rated(*words, "2026-Q1", "--suppress", "5", "--format", "table")
        assert ran.code == 0
        assert "*: hidden, since it counts fewer than 5 people" in ran.out
        file = tmp_path / "rekap.xlsx"
        assert rated(*words, "2026-Q1", "--suppress", "5", "-o", file).code == 0
        book = load_workbook(file)
        told = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
        assert "*" in told
        assert 3 not in told
        assert len(book.worksheets) == 1


def test_a_list_for_scripts_hides_as_well(rated: Kinerja) -> None:
    ran = rated("report", "summary", "2026-Q1", "--suppress", "5", "--format", "csv")
    assert "3" not in ran.out.replace("2026", "")


FORMS = ("table", "json", "csv", "tsv", ".xlsx", ".csv", ".tsv", ".json", ".md")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", [("summary",), ("summary", "--by", "sex"), ("distribution",)], ids=" ".join)
def test_no_form_tells_a_hidden_count_anywhere(
    rated: Kinerja, tmp_path: Path, words: tuple[str, ...], form: str
) -> None:
    asked = ("report", *words[:1], "2026-Q1", *words[1:])
    told = _told(rated, tmp_path, form, *asked)
    assert _counts(told)
    hidden = _told(rated, tmp_path, form, *asked, "--suppress", "5")
    assert _counts(hidden) == set()


def _told(rated: Kinerja, folder: Path, form: str, *words: str) -> str:
    """All that a report says in a form, on standard output and error or in a file."""
    if not form.startswith("."):
        ran = rated(*words, "--format", form)
        assert ran.code == 0
        return ran.out + ran.err
    file = folder / f"rekap{form}"
    ran = rated(*words, "-o", file)
    assert ran.code == 0
    if form != ".xlsx":
        return file.read_text(encoding="utf-8") + ran.err
    book = load_workbook(file)
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row) + ran.err


def _counts(told: str) -> set[str]:
    """The numbers of people in it: all but those of the period, of the rules, of the limit and of the chain."""
    for known in ("2026-Q1", "3/2023", "fewer than 5", *re.findall("operation [0-9]+, [0-9a-f]{64}", told)):
        told = told.replace(known, "")
    return set(re.findall(r"(?<![\w.])[1-9][0-9]*", told))


def test_where_all_groups_are_large_enough_nothing_is_hidden(rated: Kinerja) -> None:
    found = rated.json("report", "summary", "2026-Q1", "--by", "sex", "--suppress", "2")
    assert [row["staff"] for row in found] == [2, 2]
    assert [row["baik"] for row in found] == [2, 2]


def test_a_distribution_tells_nothing_of_a_hidden_unit(rated: Kinerja) -> None:
    rated.json("unit", "justify", "2026-Q1", "u2", "--reason", "Target tercapai")
    for row in rated.json("report", "distribution", "2026-Q1", "--suppress", "5"):
        told = ("findings", "allowed", "changes", "fit", "justification", "n", "unrated", "out")
        assert {row[name] for name in told} == {None}
        assert row["counts"]["baik"] is None


def test_nested_units_cannot_be_hidden(rated: Kinerja) -> None:
    ran = rated("report", "distribution", "2026-Q1", "--suppress", "5", "--with-below")
    assert ran.code == 2
    assert "--with-below" in ran.err


def test_a_limit_is_two_at_least(rated: Kinerja) -> None:
    assert rated("report", "summary", "2026-Q1", "--suppress", "1").code == 2
