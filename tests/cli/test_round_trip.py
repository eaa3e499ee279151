"""What an export wrote is read back as it was: no text becomes a formula, loses a letter or gains one."""

import contextlib
import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from kinerja_cli.main import main
from tests.workbooks.made import csv_file, xlsx

_ODD = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "'",
    "''",
    '"',
    ",",
    ";",
    "=1+1",
    "@SUM(1)",
    "'=x",
    "\x01",
    "\x1b[31m",
    "\u202e",
)
_ODD_LETTERS = (
    "\u200d",
    "e\u0301",
    "\u0645\u062d\u0645\u062f",
    "\U0001f468\u200d\U0001f469",
    "\u00a0",
    "_x0041_",
    "<b>",
    "&",
)
_LETTERS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)
TEXTS = st.lists(st.one_of(st.sampled_from((*_ODD, *_ODD_LETTERS)), _LETTERS), min_size=1, max_size=6).map("".join)


def run(store: Path, *arguments: str | Path) -> tuple[int, str]:
    """A command that is to leave nothing but its result."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--db", str(store), *map(str, arguments)])
    return code, out.getvalue() if code in (0, 7) else err.getvalue()


def staff(store: Path) -> Any:  # noqa: ANN401 - JSON is whatever the command printed
    """Everybody in a store, without what only the store itself can know."""
    code, out = run(store, "staff", "list", "--format", "json")
    assert code == 0, out
    return json.loads(out)


def importing(store: Path, *files: Path) -> None:
    """Import into a new store."""
    store.unlink(missing_ok=True)
    assert run(store, "init", "--agency", "Kota Contoh")[0] == 0
    code, said = run(store, "staff", "import", *files, "--accept-valid")
    assert code in (0, 7), said


@pytest.mark.parametrize("ending", ["csv", "xlsx", "tsv"])
@settings(
    max_examples=6, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=20))
@example(texts=[("=1+1", "@SUM(1)", "-")])
@example(texts=[("'=x", "''=x", "'")])
@example(texts=[('"Budi" S', '"', "a\x02\x01=b")])
@example(texts=[("e\u200d\u0301", "\u200d=1+1", "\u202eabc")])
@example(texts=[("-x", "\t=1", "\r\n+1")])
@example(texts=[("_x0041_", "_x000D_ab", "\U0001f468\u200d\U0001f469")])
def test_import_export_import_gives_equal_people(
    ending: str, texts: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    # One person is always good, since a file in which nobody is would be refused as a whole.
    texts = [("BUDI", "PERAWAT", "DINAS"), *texts]
    heading = ("NIP", "NAMA", "JABATAN", "UNIT KERJA")
    rows = [(f"198501152010011{n:03}", *cells) for n, cells in enumerate(texts, 1)]
    first, second, exported = tmp_path / "a.db", tmp_path / "b.db", tmp_path / f"out.{ending}"
    exported.unlink(missing_ok=True)
    importing(first, csv_file(tmp_path / "in.csv", [heading, *rows]))
    assert run(first, "staff", "export", "-o", exported)[0] == 0
    before = staff(first)
    importing(second, exported)
    assert staff(second) == before
    if ending == "xlsx":
        with zipfile.ZipFile(exported) as archive:
            assert not any(
                re.search(rb"<(\w+:)?f[\s>]", archive.read(name)) for name in archive.namelist() if "/sheet" in name
            )
    else:
        with exported.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream, delimiter="," if ending == "csv" else "\t") for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_a_text_longer_than_a_cell_can_hold_is_refused_not_cut(tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    assert run(store, "init", "--agency", "Kota Contoh")[0] == 0
    for make in (csv_file, xlsx):
        path = make(tmp_path / "long", [("NIP", "NAMA"), ("198501152010011001", "B" * 32_767)])
        code, err = run(store, "staff", "import", path)
        assert code == 3
        assert "text-too-long" in err
        assert "32767" in err
        assert "B" * 100 not in err
