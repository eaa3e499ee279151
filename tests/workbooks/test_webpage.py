"""Tables of web pages and XML workbooks of Excel 2003 are read as the sheets they stand for."""

from datetime import datetime
from pathlib import Path

import pytest

from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, FileKind, Limits, check_file
from kinerja_cli.workbooks.read import IgnoredSheet, Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.refusals import FileRefused, FileTooLarge
from kinerja_cli.workbooks.sources import open_grids

A, B = "198501152010011001", "199002202015022002"
ROWS = f"<tr><td>{A}</td><td>BUDI</td></tr><tr><td>{B}</td><td>SITI</td></tr>"
HEADS = "<tr><th>NIP</th><th>NAMA</th></tr>"


def grids(path: Path, content: str | bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, list[list[object]]]:
    """The sheets of a file of this content, by name."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_grids(path, check_file(path, limits), limits, 31) as sheets:
        return {one.name: [list(row) for row in one.rows(frozenset(range(20)))] for one in sheets}


@pytest.mark.parametrize(
    "page",
    [
        f"<table>{HEADS}{ROWS}</table>",
        f"<html xmlns:x='urn:x'><head><title>x</title><style>td {{}}</style></head><body>"
        f"<!-- <table> --><TABLE border=1><THEAD>{HEADS}</THEAD><TBODY>{ROWS}</TBODY></TABLE></body></html>",
        f"<table><tr><td>NIP<td>NAMA<tr><td x:num='1.98E17'>{A}<td>BUDI"
        f"<tr><td>{B}<td><font size=1>SI<b>TI</b></font></table>",
        f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><table>{HEADS}{ROWS}</table></body></html>",
        f"Warning: x in <b>y</b><br>\n<table>{HEADS}{ROWS}</table>".partition("\n")[2],
        f"<table><tr><td><table>{HEADS}{ROWS}</table></td></tr></table>",
        f"<script>document.write('<table>')</script><meta charset=utf-8><table>{HEADS}{ROWS}",
    ],
)
def test_a_table_however_it_is_written(tmp_path: Path, page: str) -> None:
    assert grids(tmp_path / "a.xls", page) == {"Tabel 1": [["NIP", "NAMA"], [A, "BUDI"], [B, "SITI"]]}
    (reading,) = read_sheets(tmp_path / "a.xls", Purpose.ROSTER)
    assert isinstance(reading, SheetReading)
    assert [(row.number, row.get("nip"), row.get("name")) for row in reading.rows] == [(2, A, "BUDI"), (3, B, "SITI")]


def test_merged_cells_lines_and_tables_inside_cells_keep_their_places(tmp_path: Path) -> None:
    page = (
        "<h3>DAFTAR\n PEGAWAI</h3><p>Dinas&nbsp;X<br>2026</p>"
        "<table><caption>Data <i>2026</i></caption>"
        "<tr><th rowspan=2>NIP<th rowspan=2>NAMA<th colspan=2>GOLONGAN</tr><tr><th>Ruang<th>TMT</tr>"
        "<tr><td>1<td>BUDI<br/>S.Pd. <table><tr><td>a<td>b</table> x<td rowspan='2' colspan=2>III/a"
        "<tr><td>2<td>&nbsp;<tr></tr><td>3</table>"
        "<table><tr><td>sisa</table><table><tr><td>a<td>#N/A<tr><td colspan=x rowspan=-1>b</table>"
    )
    assert grids(tmp_path / "a.html", page) == {
        "Data 2026": [
            ["DAFTAR PEGAWAI"],
            ["Dinas X"],
            ["2026"],
            ["NIP", "NAMA", "GOLONGAN", ""],
            ["", "", "Ruang", "TMT"],
            ["1", "BUDI\nS.Pd.\na b\nx", "III/a", ""],
            ["2", ""],
            [],
            ["3"],
        ],
        "Tabel 2": [["sisa"], ["a", "#N/A"], ["b"]],
    }


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *(("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "cp1252"), ("charset=iso-8859-1", "cp1252")),
        *(("charset=windows-1251", "cp1251"), ("charset=nonsense", "utf-8"), ("charset=utf-16", "utf-8")),
    ],
)
def test_pages_in_every_encoding(tmp_path: Path, declared: str, encoding: str) -> None:
    letter = "Ж" if encoding == "cp1251" else "é"
    page = f"<html><meta content='text/html; {declared}'><table><tr><td>caf{letter}<td>x</table>".encode(encoding)
    assert grids(tmp_path / "a.xls", page) == {"Tabel 1": [[f"caf{letter}", "x"]]}


@pytest.mark.parametrize(
    "page", ["<html><p>NIP", "<html><table><tr><td>satu</table>", "<!DOCTYPE html><html>Session expired"]
)
def test_a_page_without_a_table_is_refused_by_saying_so(tmp_path: Path, page: str) -> None:
    with pytest.raises(FileRefused) as caught:
        grids(tmp_path / "a.xls", page)
    assert caught.value.code == "file-kind"
    assert "a web page without a table" in caught.value.message


def test_limits_hold_for_pages(tmp_path: Path) -> None:
    for page in (HEADS + ROWS, "<tr><td colspan=3>x", "<tr><td rowspan=9 colspan=2>x" + "<tr><td>y" * 3):
        with pytest.raises(FileTooLarge):
            grids(tmp_path / "a.xls", f"<table>{page}</table>", Limits(rows=2, columns=2))
    with pytest.raises(FileTooLarge):
        grids(tmp_path / "a.xls", f"<table>{HEADS}{ROWS}</table>", Limits(cells=5))
    with pytest.raises(FileTooLarge):
        grids(tmp_path / "a.xls", f"<p>a<p>b<table>{HEADS}</table>", Limits(rows=2))


def test_errors_in_a_page_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(f"<table>{HEADS}<tr><td>{A}<td>#REF!</table>")
    (reading,) = read_sheets(tmp_path / "a.xls", Purpose.ROSTER)
    assert isinstance(reading, SheetReading)
    assert reading.source.unreadable == {2: {1: "#REF!"}}


BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">{}</Workbook>"""


def sheet(name: str, rows: str, more: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table ss:ExpandedRowCount="9">{rows}</Table>{more}</Worksheet>'


def text(value: str, kind: str = "String", **at: int) -> str:
    attributes = " ".join(f'ss:{name}="{number}"' for name, number in at.items())
    return f'<Cell {attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_an_xml_workbook_of_excel_2003(tmp_path: Path) -> None:
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    rows = (
        f"<Row>{text('NIP')}{text('NAMA')}{text('GOLONGAN')}</Row>"
        f'<Row ss:Index="3">{text(A)}{text("<html:B>BU</html:B>DI", MergeAcross=1)}{text("x")}</Row>'
        f"<Row>{text('1.98E17', 'Number')}{text('9', 'Number', Index=3)}</Row>"
        f"<Row>{text('2026-01-31T00:00:00.000', 'DateTime')}{text('1', 'Boolean')}{text('x', 'Number')}</Row>"
        f"<Row>{text('#REF!', 'Error')}"
        '<Cell ss:Formula="=RC[1]"/><Cell ss:Formula="=1"><Data ss:Type="String"></Data></Cell></Row><Row/>'
    )
    path = tmp_path / "a.xls"
    path.write_text(
        BOOK.format(sheet("Data", rows) + sheet("Rahasia", f"<Row>{text('NIP')}{text('NAMA')}</Row>", hidden))
    )
    assert check_file(path) is FileKind.XML
    found = list(read_sheets(path, Purpose.ROSTER))
    assert isinstance(found[1], IgnoredSheet)
    assert isinstance(found[0], SheetReading)
    assert [row.number for row in found[0].rows] == [3, 4, 5, 6]
    assert found[0].source.unreadable == {6: {0: "#REF!", 1: "=RC[1]"}}
    assert grids(path, path.read_bytes())["Data"] == [
        ["NIP", "NAMA", "GOLONGAN"],
        [],
        [A, "BUDI", "", "x"],
        [1.98e17, "", 9.0],
        [datetime(2026, 1, 31), True, "x"],  # noqa: DTZ001 - a spreadsheet's dates bear no zone
        [],
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOOK.format("<Worksheet>"), "file-damaged"),
        (BOOK.format(sheet("x", "<Row>&e;</Row>")), "file-damaged"),
        (BOOK.format("").replace("<Workbook", "<!DOCTYPE x [<!ENTITY e 'x'>]><Workbook"), "file-damaged"),
        (BOOK.format(sheet("x", f'<Row ss:Index="600000">{text("x")}</Row>')), "file-too-large"),
        (BOOK.format(sheet("x", f"<Row>{text('x', Index=600)}</Row>")), "file-too-large"),
        (
            BOOK.format(sheet("x", f"<Row>{text('x', Index=512)}</Row>" * 10_000)),
            "file-too-large",
        ),
    ],
)
def test_an_xml_workbook_that_is_broken_or_out_to_harm(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        grids(tmp_path / "a.xls", content)
    assert caught.value.code == code


def test_a_file_that_is_still_being_written_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.csv", f"NIP,NAMA\n{A},BUDI\n"), ("a.html", f"<table>{HEADS}{ROWS}</table>")):
        path = tmp_path / name
        path.write_text(content)
        reading = read_sheets(path, Purpose.ROSTER)
        assert isinstance(next(reading), SheetReading)
        with path.open("a") as stream:
            stream.write("x")
        with pytest.raises(FileRefused) as caught:
            next(reading)
        assert caught.value.code == "file-unreadable"
        assert "it changed while it was read" in caught.value.message
