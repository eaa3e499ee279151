"""A large workbook is read without its unwanted columns, and never with one cell less than was wanted."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.workbooks import sources
from kinerja_cli.workbooks.lean import NotLean, open_lean
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.unreadable import Finding
from tests.workbooks.made import SHEET_END, SHEET_START, Rows, cell, roster_xml, xlsx, xlsx_of

A = "198501152010011001"
WIDE = [[f"{column}.{row}" for column in range(60)] for row in range(1, 80)]


def with_shared_strings(path: Path, rows: Rows) -> Path:
    """A workbook as Excel writes it: its texts in a table, the cells with their numbers, the last first."""
    texts = [str(value) for row in rows for value in row]
    table = {text: number for number, text in enumerate(reversed(texts))}
    body = b""
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{chr(65 + column)}{number}" s="0" t="s"><v>{table[str(value)]}</v></c>'
            for column, value in enumerate(row)
        )
        body += f'<row r="{number}" spans="1:3">{cells}</row>'.encode()
    strings = "".join(f"<si><t>{text}</t></si>" for text in table)
    start = SHEET_START.decode().split("<worksheet")[1].split(">")[0]
    return xlsx_of(path, body, {"xl/sharedStrings.xml": f"<sst{start}>{strings}</sst>".encode()})


def test_only_the_wanted_columns_are_there_and_each_at_its_place(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", WIDE, Lain=[("x",)])
    book = open_lean(path, 5)
    assert book.heads.sheet_names == ["Data", "Lain"]
    assert book.heads.get_sheet_by_name("Data").to_python() == WIDE[:5]
    rows = book.sheet("Data", Finding(frozenset({0, 3, 25, 26, 59}))).to_python()
    assert rows == [[text if n in (0, 3, 25, 26, 59) else "" for n, text in enumerate(row)] for row in WIDE]
    assert book.sheet("Lain", Finding(frozenset({0}))).to_python() == [["x"]]


def test_texts_in_a_table_are_found(tmp_path: Path) -> None:
    rows = [("NIP", "NAMA", "NIK"), *((f"1985011520100110{n:02}", f"N{n}", f"33{n}") for n in range(50))]
    book = open_lean(with_shared_strings(tmp_path / "a.xlsx", rows), 3)
    assert book.heads.get_sheet_by_name("Data").to_python() == [list(row) for row in rows[:3]]
    lean = book.sheet("Data", Finding(frozenset({0, 1}))).to_python()
    assert [row[:2] for row in lean] == [list(row[:2]) for row in rows]
    assert {tuple(row[2:]) for row in lean} <= {("",), ()}


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET_START + roster_xml() + b"<row>" + cell("A9", "x").replace(b' r="A9"', b"") + b"</row>" + SHEET_END,
        SHEET_START + roster_xml() + b'<row><c t="n" r="A9"><v>1</v></c></row>' + SHEET_END,
        SHEET_START + roster_xml() + b"<row><c r='A9'><v>1</v></c></row>" + SHEET_END,
        SHEET_START + b"<!-- x -->" + roster_xml() + SHEET_END,
        SHEET_START + roster_xml().replace(b"PEGAWAI 2", b"<![CDATA[<c r=]]>") + SHEET_END,
        SHEET_START.replace(b"<sheetData>", b"<x:sheetData>") + roster_xml() + SHEET_END.replace(b"</s", b"</x:s"),
    ],
)
def test_what_is_written_in_another_way_is_read_whole(
    tmp_path: Path, sheet: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", sheet, whole=True)
    with pytest.raises(NotLean):
        open_lean(path, 30).sheet("Data", Finding(frozenset({0, 1})))
    found = []
    for least in (0, 1 << 60):
        monkeypatch.setattr(sources, "LEAN_FROM", least)
        for reading in read_sheets(path, Purpose.ROSTER):
            assert isinstance(reading, SheetReading)
            found.append([(row.number, row.get("nip"), row.get("name")) for row in reading.rows])
    assert found[0] == found[1] != []


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b'<?xml version="1.0" encoding="nonsense"?><workbook/>'),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
    ],
)
def test_a_book_that_does_not_say_where_its_sheets_are(tmp_path: Path, part: str, content: bytes) -> None:
    whole = xlsx_of(tmp_path / "whole.xlsx", roster_xml())
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    with pytest.raises(NotLean):
        open_lean(tmp_path / "a.xlsx", 30)


def test_a_row_without_end_is_not_collected(tmp_path: Path) -> None:
    body = b'<row r="1">' + cell("A1", "x" * (17 << 20))
    path = xlsx_of(tmp_path / "a.xlsx", body)
    with pytest.raises(NotLean):
        open_lean(path, 30)
    path = xlsx_of(tmp_path / "b.xlsx", roster_xml(40) + body)
    with pytest.raises(NotLean):
        open_lean(path, 30).sheet("Data", Finding(frozenset({0})))


CELLS = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.integers(0, 9999))


@given(
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12),
    wanted=st.frozensets(st.integers(0, 3)),
)
def test_lean_and_whole_agree_on_every_wanted_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]], wanted: frozenset[int]
) -> None:
    path = xlsx(tmp_path_factory.mktemp("lean") / "a.xlsx", [("a", "b", "c", "d"), *rows])
    book = open_lean(path, 3)
    whole = list(open_lean(path, 100).heads.get_sheet_by_name("Data").iter_rows())
    lean = list(book.sheet("Data", Finding(wanted)).iter_rows())

    def wanted_cells(table: list[list[object]]) -> dict[tuple[int, int], object]:
        return {
            (r, c): value for r, row in enumerate(table) for c, value in enumerate(row) if value != "" and c in wanted
        }

    offset = min(wanted, default=0)
    shifted = [[""] * offset + row for row in lean] if wanted else []
    assert wanted_cells(shifted) == wanted_cells(whole)  # type: ignore[arg-type]  # the cases give their arguments loosely
