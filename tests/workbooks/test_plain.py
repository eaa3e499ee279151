"""Bare workbooks: what goes in comes out, text stays text, a failure leaves what was there."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kinerja_cli.domain.text import STEERING
from kinerja_cli.workbooks.plain import write_plain

TEXT = st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=20)


# A spreadsheet's dates bear no zone.
DAY = datetime(2026, 3, 7)  # noqa: DTZ001 - a spreadsheet's dates have no zone


def test_values_of_every_kind_and_several_sheets(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    write_plain(path, [("Satu", [("a", 1, 2.5, DAY, None, "z")]), ("Dua", [])])
    book = load_workbook(path)
    assert book.sheetnames == ["Satu", "Dua"]
    assert list(book["Satu"].iter_rows(values_only=True)) == [("a", 1, 2.5, DAY, None, "z")]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(0)", "#N/A", "+62", "-5", "@x", "007", "  x ", "1E5"])
def test_text_is_never_a_formula_an_error_or_a_number(text: str, tmp_path: Path) -> None:
    write_plain(tmp_path / "plain.xlsx", [("Satu", [(text,)])])
    cell = load_workbook(tmp_path / "plain.xlsx")["Satu"]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_a_workbook_cannot_hold_is_left_out_of_text(tmp_path: Path) -> None:
    write_plain(tmp_path / "plain.xlsx", [("Satu", [("a\x07b",)])])
    assert load_workbook(tmp_path / "plain.xlsx")["Satu"]["A1"].value == "ab"


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), max_size=4))
def test_text_survives_but_for_the_unseen(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("plain") / "plain.xlsx"
    write_plain(path, [("Satu", rows)])
    sheet = load_workbook(path)["Satu"]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            assert (sheet.cell(number, column).value or "") == STEERING.sub("", text)


def test_nothing_tells_when_it_was_written(tmp_path: Path) -> None:
    write_plain(tmp_path / "plain.xlsx", [("Satu", [("a",)])])
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
    properties = load_workbook(tmp_path / "plain.xlsx").properties
    assert properties.created == properties.modified


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    path.write_bytes(b"old")

    def rows() -> Iterator[tuple[str]]:
        yield ("a",)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        write_plain(path, [("Satu", rows())])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
