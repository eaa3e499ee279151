"""Merged cells are found behind the rows of a sheet, however its parts fall and whatever stands in them."""

from pathlib import Path

import pytest

from kinerja_cli.workbooks.merges import find_merges, merges_of_sheet
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from tests.workbooks.made import ods, xlsx

_SHEET = b'<worksheet><sheetData><row><c><v>mergeCell ref="A1:B2"</v></c></row></sheetData><mergeCells count="2">'
_SHEET += b"<mergeCell ref=\"C4:C5\"/><x:mergeCell  ref='AA1:AB1000000' /></mergeCells></worksheet>"


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_merged_cells_are_found_wherever_the_pieces_end(size: int) -> None:
    pieces = [_SHEET[at : at + size] for at in range(0, len(_SHEET), size)]
    assert merges_of_sheet(pieces) == [((3, 2), (4, 2)), ((0, 26), (999_999, 27))]


def test_a_sheet_without_rows_or_merges_has_none() -> None:
    assert merges_of_sheet([b"<worksheet><sheetData/></worksheet>"]) == []
    assert merges_of_sheet([]) == []


def test_other_files_have_none(tmp_path: Path) -> None:
    assert find_merges(xlsx(tmp_path / "a.xlsx", [("x",)])) == {}
    (tmp_path / "b.ods").write_bytes(b"PK")
    assert find_merges(tmp_path / "b.ods") == {}
    assert find_merges(ods(tmp_path / "c.ods")) == {}


def test_a_merge_over_everything_costs_nothing(tmp_path: Path) -> None:
    spans = 'table:number-columns-spanned="999999999" table:number-rows-spanned="9000"'
    texts = ("NIP", "Nama", "Rating Hasil Kerja", "Rating Perilaku Kerja")
    cells = [
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    ]
    wide = f'<table:table-cell {spans} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    body = f"<table:table-row>{''.join(cells)}</table:table-row><table:table-row>{wide}</table:table-row>"
    (reading,) = read_sheets(ods(tmp_path / "a.ods", body=body), Purpose.RATINGS)
    assert isinstance(reading, SheetReading)
    assert len(reading.source.unreadable) == 9000
