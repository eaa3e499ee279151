"""Formulas without a value and errors are found in every kind of file, however it is written."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]  # has no stubs
from openpyxl import Workbook

from kinerja_cli.workbooks import sources
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.unreadable_other import find_errors
from tests.workbooks.made import SHEET_END, SHEET_START, cell, csv_file, ods, record, xlsb, xlsx_of

A = "198501152010011001"
HEADING = b'<row r="1">' + cell("A1", "NIP") + cell("B1", "NAMA") + cell("C1", "GOLONGAN") + b"</row>"


@pytest.fixture(params=[0, 1 << 60], ids=["lean", "whole"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever is found in a large file is found in a small one: each test here runs both ways."""
    usual, sources.LEAN_FROM = sources.LEAN_FROM, request.param
    yield
    sources.LEAN_FROM = usual


def only(path: Path) -> SheetReading:
    (reading,) = [one for one in read_sheets(path, Purpose.ROSTER) if isinstance(one, SheetReading)]
    return reading


def unreadable(path: Path) -> dict[int, dict[int, str]]:
    return {row: dict(cells) for row, cells in only(path).source.unreadable.items()}


def of_cell(path: Path, xml: str) -> str | None:
    """What is found of a cell C2 written so."""
    row = b'<row r="2">' + cell("A2", A) + cell("B2", "BUDI") + xml.encode() + b"</row>"
    found = unreadable(xlsx_of(path, HEADING + row))
    assert set(found) <= {2}
    assert set(found.get(2, {})) <= {2}
    return found.get(2, {}).get(2)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="C2"><f>VLOOKUP(A2,X!A:B,2)</f></c>', "=VLOOKUP(A2,X!A:B,2)"),
        ('<c r="C2" s="1"><f>A1&amp;"x"</f><v/></c>', '=A1&"x"'),
        ('<c r="C2"><f>A1</f><v></v></c>', "=A1"),
        ('<c r="C2"><f>A1</f> <v /> </c>', "=A1"),
        ('<c r="C2" t="str"><f>A1</f></c>', "=A1"),
        ('<c r="C2"><f t="shared" ref="C2:C9" si="0">A1+1</f></c>', "=A1+1"),
        ('<c r="C2"><f t="shared" si="0"/></c>', "=…"),
        ('<c r="C2"><f t="array" ref="C2:C9">SUM(A1:A9)</f><v/></c>', "=SUM(A1:A9)"),
        ('<c r="C2"><f/></c>', "=…"),
        (f'<c r="C2"><f>{"A1+" * 40}A1</f></c>', f"={'A1+' * 19}A…"),
        ('<c r="C2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="C2" t="e"><f>NA()</f><v>#N/A</v></c>', "#N/A"),
        ('<c r="C2" s="3" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="e" r="C2"><v>#REF!</v></c>', "#REF!"),
        ('<c r="C2" t="e"/>', "#"),
        ('<c r="C2" t="str"><f>IF(1,"","")</f><v></v></c>', None),
        ('<c r="C2" t="str"><f>IF(1,"","")</f><v/></c>', None),
        ('<c r="C2" t="str"><f>A1</f><v>III/a</v></c>', None),
        ('<c r="C2"><v>3</v><f>A1</f></c>', None),
        ('<c r="C2"><f>A1</f><v>0</v></c>', None),
        ('<c r="C2" t="inlineStr"><is><t> t="e" &lt;f></t></is></c>', None),
        ('<c r="C2"/>', None),
        ('<c r="D2" t="e"><v>#REF!</v></c>', None),
    ],
)
def test_what_a_cell_of_an_xlsx_lacks(tmp_path: Path, xml: str, text: str | None) -> None:
    assert of_cell(tmp_path / "a.xlsx", xml) == text


def test_several_cells_of_a_row_and_shared_formulas_from_another_row(tmp_path: Path) -> None:
    rows = HEADING
    rows += (
        f'<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="7">X!A2</f></c>{cell("B2", "BUDI").decode()}'
        '<c r="C2" t="e"><v>#N/A</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="7"/></c><c r="B3"><f>X!B3</f></c><c r="C3"><f>A1</f><v>1</v></c></row>'
    ).encode()
    assert unreadable(xlsx_of(tmp_path / "a.xlsx", rows)) == {
        2: {0: "=X!A2", 2: "#N/A"},
        3: {0: "=X!A2", 1: "=X!B3"},
    }


@pytest.mark.parametrize(
    "change",
    [
        (b"<c ", b"<x:c "),
        (b'r="', b"r='"),
        (b"<sheetData>", b"<!-- x --><sheetData>"),
        (b"</sheetData>", b"</sheetData><extLst><![CDATA[<c r=]]></extLst>"),
        (b' r="3"', b""),
    ],
)
def test_an_unusual_way_of_writing_hides_nothing(tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    rows = b'<row r="2">' + cell("A2", A) + b'<c r="B2"><f>X!A1</f></c><c r="C2" t="e"><v>#REF!</v></c></row>'
    sheet = SHEET_START + HEADING + rows + b'<row r="3">' + cell("A3", A) + b'<c r="B3" t="e"/></row>' + SHEET_END
    sheet = sheet.replace(*change)
    if change[1] == b"<x:c ":
        sheet = sheet.replace(b"</c>", b"</x:c>").replace(
            b" xmlns=", b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns=', 1
        )
    if change[1] == b"r='":
        sheet = sheet.replace(b'1" t', b"1' t").replace(b'2" t', b"2' t").replace(b'3" t', b"3' t")
        sheet = sheet.replace(b'2">', b"2'>").replace(b'1">', b"1'>").replace(b'3">', b"3'>")
    assert unreadable(xlsx_of(tmp_path / "a.xlsx", sheet, whole=True)) == {2: {1: "=X!A1", 2: "#REF!"}, 3: {1: "#"}}


def test_a_sheet_that_nobody_ever_calculated_is_no_empty_sheet(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Data"
    page.append(["NIP", "NAMA"])
    for number in range(2, 5):
        page.append([f"=Sumber!A{number}", f"=Sumber!B{number}"])
    book.save(tmp_path / "a.xlsx")
    reading = only(tmp_path / "a.xlsx")
    assert [row.number for row in reading.rows] == [2, 3, 4]
    assert reading.source.unreadable[4] == {0: "=Sumber!A4", 1: "=Sumber!B4"}


def test_old_excel_files_tell_their_errors(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("Kosong", "Pegawai é"):
        page = book.add_sheet(name)
        for column, text in enumerate(("NIP", "NAMA", "GOLONGAN")):
            page.write(0, column, text)
    page.write(1, 0, A)
    page.row(1).set_cell_error(1, 0x17)
    page.row(2).set_cell_error(0, 0x2A)
    book.save(str(tmp_path / "a.xls"))
    found = {
        one.source.sheet: one
        for one in read_sheets(tmp_path / "a.xls", Purpose.ROSTER)
        if isinstance(one, SheetReading)
    }
    assert found["Kosong"].source.unreadable == {}
    assert found["Pegawai é"].source.unreadable == {2: {1: "#REF!"}, 3: {0: "#N/A"}}
    assert [row.number for row in found["Pegawai é"].rows] == [2, 3]


def test_a_formula_of_old_excel_that_came_to_an_error() -> None:
    # A real file of LibreOffice, since nothing in Python writes such a result.
    path = Path(__file__).with_name("formula_errors.xls")
    assert find_errors(path) == {"Sheet": {2: {1: "#DIV/0!", 2: "#N/A"}, 3: {0: "#NAME?"}}}


def test_binary_workbooks_tell_their_errors(tmp_path: Path) -> None:
    path = xlsb(
        tmp_path / "a.xlsb",
        [("NIP", "NAMA", "GOLONGAN"), (A, "BUDI", record(3, b"\x2a")), (A, record(11, b"\x17" + b"\0" * 6), "x")],
    )
    assert unreadable(path) == {2: {2: "#N/A"}, 3: {1: "#REF!"}}


def test_ods_files_tell_errors_and_formulas_never_calculated(tmp_path: Path) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        (
            "<table:table-row>" + "".join(map(text.format, ("NIP", "NAMA", "GOLONGAN"))) + "</table:table-row>",
            f'<table:table-row table:number-rows-repeated="2">{text.format(A)}'
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
            'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
            '<table:table-cell table:formula="of:=IF(1&gt;2;&quot;&quot;)"><text:p/></table:table-cell>'
            "</table:table-row>",
            f"<table:table-row><table:table-cell/>{text.format('BUDI')}"
            '<table:table-cell table:formula="of:=[.A1]>2"/></table:table-row>',
        )
    )
    assert unreadable(ods(tmp_path / "a.ods", body=body)) == {2: {1: "#N/A"}, 3: {1: "#N/A"}, 4: {2: "=[.A1]>2"}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_errors_in_text_files(tmp_path: Path, encoding: str) -> None:
    rows = [("NIP", "NAMA", "GOLONGAN"), (A, "#N/A", "III/a"), (A, "#1", " Err:502 "), ("#REF!", "Budi #REF!", "")]
    assert unreadable(csv_file(tmp_path / "a.csv", rows, encoding=encoding)) == {
        2: {1: "#N/A"},
        3: {2: "Err:502"},
        4: {0: "#REF!"},
    }


def test_broken_containers_tell_nothing_rather_than_fail(tmp_path: Path) -> None:
    whole = Path(__file__).with_name("formula_errors.xls").read_bytes()
    for length in range(0, len(whole), len(whole) // 10):
        (tmp_path / "a.xls").write_bytes(whole[:length])
        assert isinstance(find_errors(tmp_path / "a.xls"), dict)
    for at in range(0, 600, 3):
        (tmp_path / "a.xls").write_bytes(whole[:at] + b"\xff" * 3 + whole[at + 3 :])
        assert isinstance(find_errors(tmp_path / "a.xls"), dict)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x", "x")
    assert find_errors(tmp_path / "a.zip") == {}
