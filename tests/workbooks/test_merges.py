"""Merged cells of .ods files are found, and cost nothing however far they reach."""

from pathlib import Path

from kinerja_cli.workbooks.merges import find_merges
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from tests.workbooks.made import ods, xlsx


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
