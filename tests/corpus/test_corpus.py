"""Every case of the corpus comes to what users are promised, and nobody in any file is lost without a word."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from tests.builders import Kinerja, Ran
from tests.corpus.agency import STORES
from tests.corpus.case import CASES, Case, nips_in
from tests.corpus.make import load_cases

load_cases()

_TAKEN = {
    "staff": ("added", "changed", "unchanged"),
    "score": ("recorded", "changed", "unchanged", "unrated"),
    "feedback": ("added", "unchanged", "blank"),
}


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The stores that cases begin with, made once and copied."""
    folder = tmp_path_factory.mktemp("agencies")
    made = {begin: begin(folder / f"{subject}.db") for subject, begin in STORES.items()}
    return {subject: made[begin] for subject, begin in STORES.items()}


@pytest.fixture
def kinerja(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Kinerja:
    """The program in English, with its incidents where they can be found."""
    monkeypatch.setenv("KINERJA_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("KINERJA_DB", raising=False)
    return Kinerja(capsys, tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_the_corpus_is_read_as_promised(name: str, kinerja: Kinerja, agencies: dict[str, Path]) -> None:
    case = CASES[name]
    expected = case.expected
    files = _made(case, kinerja, agencies)
    ran = kinerja(*case.command, *files, *case.options, "--format", "json")
    said = _said(ran)

    assert not (kinerja.folder / "state" / "kinerja" / "incidents").exists()
    assert (ran.code, ran.error["code"] if ran.err else None) == (
        expected.code,
        expected.error or ("rows-rejected" if expected.code == 3 else None),
    ), said
    if not expected.error:
        _compare(case, ran.data)
    stored = kinerja.json("staff", "list")
    assert {one["nip"] for one in stored} == set(expected.people)
    _compare_facts(case, kinerja, ran.data["period"] if case.command[0] == "score" and ran.out else None)
    acting = kinerja.json("unit", "acting")
    names = {one["unit_code"]: one["unit"] for one in kinerja.json("unit", "list")} if acting else {}
    found = [(names[one["unit_code"]], one["nip"], one["kind"], one["starts"], one["ends"]) for one in acting]
    assert sorted(found) == sorted(expected.acting)
    if expected.units is not None:
        assert {one["unit"] for one in kinerja.json("unit", "list")} == set(expected.units)
    if expected.error or "--dry-run" in case.options:
        return
    if expected.code:
        # What is wrong keeps everything out; that what is right was read as well shows when it is let in.
        ran = kinerja(*case.command, *files, *case.options, "--accept-valid", "--format", "json")
        stored = kinerja.json("staff", "list")
    told = {(one["file"], one["row"]) for one in ran.data["problems"]}
    known = nips_in(ran.out + ran.err) | {one["nip"] for one in stored} | set(expected.nobody)
    assert not [nip for nip, *place in _nips_of(files) if nip not in known and tuple(place) not in told], said


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.expected.left_alone])
def test_sheets_that_are_no_list_are_named(name: str, kinerja: Kinerja, agencies: dict[str, Path]) -> None:
    case = CASES[name]
    ran = kinerja(*case.command, *_made(case, kinerja, agencies), *case.options)
    for sheet in case.expected.left_alone:
        assert any(sheet in line and "left alone" in line for line in ran.err.splitlines()), ran.err


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 80


def _made(case: Case, kinerja: Kinerja, agencies: dict[str, Path]) -> list[Path]:
    """The files of a case, beside the store they are to be imported into."""
    shutil.copy(agencies[case.command[0]], kinerja.db)
    folder = kinerja.folder / "files"
    folder.mkdir()
    made = case.make(folder)
    return [made] if isinstance(made, Path) else list(made)


def _said(ran: Ran) -> str:
    """What a command told, in a few lines."""
    lines = [ran.error["message"]] if ran.err else []
    if ran.out:
        lines += [f"{one['layout']}, heading {one['header_row']}, {one['rows']} rows" for one in ran.data["files"]]
        lines += [f"{_place(one)}: {one['message']}" for one in ran.data["problems"]]
    return "\n".join(lines)


def _compare(case: Case, result: dict[str, Any]) -> None:
    """The result of the import with what was expected of it."""
    expected = case.expected
    if expected.sheets:
        wanted = [(one.layout, one.header_row, one.rows) for one in expected.sheets]
        assert [(one["layout"], one["header_row"], one["rows"]) for one in result["files"]] == wanted
        names = [one.name for one in expected.sheets if one.name]
        assert [one["sheet"] for one in result["files"]][: len(names)] == names or not names
    problems = [(one["severity"], _place(one)) for one in result["problems"]]
    assert sorted(place for severity, place in problems if severity != "note") == sorted(expected.problems)
    assert set(expected.notes) <= {place for severity, place in problems if severity == "note"}
    assert {key: result[key] for key in expected.counts} == dict(expected.counts)
    taken = sum(result[key] for key in _TAKEN[case.command[0]]) + _acting(result)
    again = sum(_more_than_once(one) for one in result["problems"] if one["code"] == "duplicate-row")
    if expected.code in (0, 7):
        assert result["rows"] == taken + result["rejected"] + again
    else:
        assert taken == (result["unrated"] if case.command[0] == "score" else 0)


def _acting(result: dict[str, Any]) -> int:
    """How many rows say where somebody acts, and are no second row of a person by that."""
    made = [one for one in result.get("acting", ()) if one["change"] != "ended"]
    return len(made) + int(result.get("acting_unchanged", 0)) + int(result.get("acting_unused", 0))


def _place(problem: dict[str, Any]) -> str:
    return f"{problem['code']}@{problem['column'] or ''}{problem['row'] or ''}"


def _more_than_once(problem: dict[str, Any]) -> int:
    """How many rows beyond the first say the same of one person."""
    return int(problem["message"].split(" rows alike")[0].rsplit(" ", 1)[1]) - 1


def _compare_facts(case: Case, kinerja: Kinerja, period: str | None) -> None:
    """What the store says of people with what was expected."""
    ratings = {one["nip"]: one for one in kinerja.json("score", "list", period)} if period else {}
    listed = {one["nip"]: one for one in kinerja.json("staff", "list")}
    for nip, facts in case.expected.facts.items():
        found = ratings.get(nip) if period else listed[nip]
        assert found is not None, nip
        if not facts.keys() <= found.keys():
            found = kinerja.json("staff", "show", nip)
        assert {key: found[key] for key in facts} == dict(facts), nip


def _nips_of(files: list[Path]) -> Iterator[tuple[str, str, int]]:
    """Every number in the files that could be a NIP, with its file and row, read as the cells have them."""
    for path in files:
        for one in sorted(path.iterdir()) if path.is_dir() else [path]:
            for row, text in _texts(one):
                yield from ((nip, one.name, row) for nip in nips_in(text))


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The text of cells, or of lines where the file is text, with their rows."""
    try:
        book = CalamineWorkbook.from_path(path)
    except (CalamineError, ValueError):
        data = path.read_bytes()
        yield from enumerate(data.decode("utf-16" if data[:2] == b"\xff\xfe" else "latin-1").splitlines(), 1)
        return
    for name in book.sheet_names:
        for number, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
            yield from ((number, cell.replace("\u200b", "")) for cell in row if isinstance(cell, str))
