"""What every command leaves on the screen and on the disk: private, and harmless whatever people are called."""

import contextlib
import csv
import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kinerja_cli.cli.app import COMMANDS
from kinerja_cli.main import main
from kinerja_cli.storage import dated_tables, tables
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import Kinerja, Ran
from tests.cli.walk import Left, Words, walk, walked

NASTY = (
    '=HYPERLINK("file://x"&A1,"{}")[bold red]x[/]\x1b[31m\x07\x08\x7f\x9b31m\u202e\u200f\u2066\u2028\ufeff'
    "\r\n\t|<img src=x>`*_\x00"
)
"""A name with everything in it that a spreadsheet, a terminal, a page or a reader could fall for."""

TYPED = Words("+cmd|' /C calc'!A0 {} [red]x[/red] <img src=x>", "@SUM(1+1) [red]x[/red]\x1b[31m\u202e\x9b2J\r\nkedua")
"""What gets past the reading of files and of the command line as it is."""

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
NUMBER = re.compile(r"-\d+(\.\d+)?")


@dataclass(frozen=True)
class Walk:
    """The whole walk: what each command left, and the folder in which everything lies."""

    folder: Path
    all: list[Left]

    def written(self, *endings: str) -> list[Path]:
        """The files with these endings, whoever wrote them; those the walk itself made are left out."""
        made = {"roster.xlsx", "lagi.xlsx", "recap.xlsx", "selisih.xlsx", "libur.xlsx", "umpan.xlsx"}
        return [one for one in self.folder.rglob("*") if one.suffix in endings and one.name not in made]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    db = folder / "kinerja.db"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KINERJA_LANG", "en")
        patched.setenv("XDG_STATE_HOME", str(folder / "state"))
        patched.setenv("SUDO_USER", "=cmd\x1b[31m")
        for name in ("KINERJA_DB", "COLUMNS"):
            patched.delenv(name, raising=False)
        before = os.umask(0)
        yield Walk(folder, list(walk(Runner(db), folder, TYPED, meanwhile={"period rollover": lambda: poison(db)})))
        os.umask(before)


@dataclass(frozen=True)
class Runner:
    """Runs commands on one store, outside of any single test."""

    db: Path

    def __call__(self, *words: str | Path) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["--db", str(self.db), *map(str, words)])
        return Ran(code, out.getvalue(), err.getvalue())


def poison(db: Path) -> None:
    """Call everybody and everything the nastiest name, as no reading of a file would let through."""
    texts = {
        tables.STAFF: ("name", "position", "rank"),
        tables.UNIT: ("name",),
        tables.PERIOD_UNIT: ("name", "path"),
        tables.APPRAISAL: ("position", "rank", "out_reason"),
        dated_tables.HOLIDAY: ("name",),
        dated_tables.EXCLUSION: ("reason",),
    }
    with Store.open(str(db), Origin("2026-01-02T02:00:00+00:00", "siti@bkd")).writing("staff.import") as operation:
        for table, columns in texts.items():
            rows = [dict(row._mapping) for row in operation.connection.execute(select(table))]
            named = {column: NASTY.format(column) for column in columns}
            operation.update(table, [(row, row | named) for row in rows])


def test_the_walk_goes_through_every_command() -> None:
    goes = [f"{line} " for line in walked()]
    names = {" ".join(filter(None, (entry.group, entry.name))) for entry in COMMANDS} - {"demo"}
    assert {name for name in names if not any(line.startswith(f"{name} ") for line in goes)} == set()


def test_the_nasty_names_came_through(left: Walk) -> None:
    """Or all that follows would prove nothing."""
    people = [json.loads(one.ran.out) for one in left.all if one.step.words[:2] == ("staff", "list") and _json(one)]
    assert people
    rated = [one.ran.out for one in left.all if one.step.words[:2] == ("report", "results") and _json(one)]
    assert json.loads(rated[0])[0]["name"] == NASTY.format("name")


def _json(one: Left) -> bool:
    return one.file is None and one.ran.out[:1] in "[{"


def test_nothing_on_the_screen_steers_a_terminal(left: Walk) -> None:
    for one in left.all:
        for text in (one.ran.out, one.ran.err):
            found = HARMFUL.search(text)
            assert found is None, (one.step.words, text[max(found.start() - 60, 0) : found.end() + 20])


def test_what_looks_like_markup_is_shown_as_it_is(left: Walk) -> None:
    shown = "".join(one.ran.out for one in left.all if one.step.words[:2] == ("report", "results"))
    assert "[bold red]x[/]" in shown


def test_no_file_of_text_steers_anything(left: Walk) -> None:
    files = left.written(".csv", ".tsv", ".json", ".md", ".txt", ".py")
    assert len(files) > 100
    for file in files:
        text = file.read_bytes().decode("utf-8-sig")
        found = HARMFUL.search(text)
        assert found is None, (file.name, text[max(found.start() - 60, 0) : found.end() + 20])


def test_no_cell_of_a_list_is_a_formula(left: Walk) -> None:
    cells = 0
    for file in left.written(".csv", ".tsv"):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.reader(opened, delimiter="\t" if file.suffix == ".tsv" else ","):
                cells += len(row)
                evil = [cell for cell in row if cell[:1] in ("=", "+", "-", "@") and not NUMBER.fullmatch(cell)]
                assert evil == [], (file.name, evil)
    assert cells > 1000


def test_no_page_has_markup_of_data(left: Walk) -> None:
    pages = "".join(file.read_text(encoding="utf-8") for file in left.written(".md"))
    assert "img src=x" in pages
    assert not re.search(r"(?<!\\)<img", pages)
    assert not re.search(r"(?<!\\)`", pages)


def test_json_is_read_back_exactly(left: Walk) -> None:
    read = [json.loads(file.read_text(encoding="utf-8")) for file in left.written(".json")]
    assert NASTY.format("name") in {str(row.get("name")) for one in read if isinstance(one, list) for row in one}


def test_no_workbook_holds_a_formula_a_link_or_a_hidden_sign(left: Walk) -> None:
    files = left.written(".xlsx")
    assert len(files) > 40
    for file in files:
        with zipfile.ZipFile(file) as archive:
            parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        for name, text in parts.items():
            # Ends of lines are nothing else in a cell.
            found = HARMFUL.search(re.sub("[\r\u2028]", "", text))
            assert found is None, (file.name, name, text[max(found.start() - 60, 0) : found.end() + 20])
            # Links of our own lead to other cells of the same file; charts name the cells they show.
            assert not re.search(r"<hyperlink (?![^>]*location=)|ddeLink|TargetMode", text), (file.name, name)
            assert "/charts/" in name or not re.search(r"<f[ >/]", text), (file.name, name)
            assert "externalLink" not in name
        book = load_workbook(file)
        for page in book:
            assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row), file.name


def test_everything_is_readable_by_its_owner_alone(left: Walk) -> None:
    kept = [left.folder / "kinerja.db", *left.folder.rglob("*")]
    assert len(kept) > 200
    made = {f"{name}.xlsx" for name in ("roster", "lagi", "recap", "selisih", "libur", "umpan")}
    open_to_others = [
        f"{stat.filemode(one.stat().st_mode)} {one.relative_to(left.folder)}"
        for one in kept
        if one.stat().st_mode & 0o077 and one.name not in made
    ]
    assert open_to_others == []
    assert left.folder / "kinerja.db.manifests" in kept
    assert any(one.name.startswith("kinerja.db.backups") or "backup" in one.name for one in kept)


def test_no_draft_and_no_note_is_left(left: Walk) -> None:
    drafts = [one.name for one in left.folder.rglob("*") if one.name.endswith((".part", "-holder", "-wal", "-shm"))]
    assert drafts == []
    assert [one.name for one in left.folder.rglob("*-journal") if one.stat().st_size] == []


def test_no_command_of_the_walk_was_a_fault(left: Walk) -> None:
    assert not (left.folder / "state").exists()


def test_a_link_in_the_place_of_a_note_is_not_followed(agency: Kinerja) -> None:
    """Whoever may write to the folder could otherwise have a file of ours overwritten."""
    ours = agency.folder / "penting.txt"
    ours.write_text("isi", encoding="utf-8")
    note = agency.folder / "kinerja.db-holder"
    note.symlink_to(ours)
    assert agency("settings", "set", "window_days", "20").code == 0
    assert ours.read_text(encoding="utf-8") == "isi"
    assert note.is_symlink()


def test_a_file_that_was_open_to_others_is_private_once_written_anew(agency: Kinerja) -> None:
    file = agency.folder / "pegawai.xlsx"
    file.touch()
    file.chmod(0o666)
    assert agency("staff", "export", "-o", file).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
