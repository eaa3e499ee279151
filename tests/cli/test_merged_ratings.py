"""A rating in merged cells belongs to the first of them, in whichever kind of file, and however large it is."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]  # has no stubs
from openpyxl import Workbook

from kinerja_cli.workbooks import sources
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja
from tests.workbooks.made import ods

MEETS = "Sesuai Ekspektasi"
TITLE = ("Periode Triwulan 1 Tahun 2026",)
HEADINGS = ("NIP", "Nama", "Rating Hasil Kerja", "Rating Perilaku Kerja")
ROWS = (
    TITLE,
    HEADINGS,
    (HEAD, "SURYA DARMA", MEETS, MEETS),
    (ANI, "ANI LESTARI", MEETS, MEETS),
    (BUDI, "BUDI", "", ""),
    (CITRA, "CITRA DEWI", MEETS, MEETS),
)
"""The ratings of ANI and BUDI are merged, C4:C5 and D4:D5."""


def _xlsx(path: Path) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in ROWS:
        page.append(list(row))
    for merged in ("A1:D1", "C4:C5", "D4:D5"):
        page.merge_cells(merged)
    target = path.with_suffix(".xlsx")
    book.save(target)
    return target


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if number == 0 or (number in (3, 4) and column > 1):
                continue
            page.write(number, column, value)
    page.write_merge(0, 0, 0, 3, *TITLE)
    page.write_merge(3, 4, 2, 2, MEETS)
    page.write_merge(3, 4, 3, 3, MEETS)
    target = path.with_suffix(".xls")
    book.save(str(target))
    return target


def _ods(path: Path) -> Path:
    body = ""
    for number, row in enumerate(ROWS):
        body += "<table:table-row>"
        for column, value in enumerate(row):
            tall = number == 3 and column > 1
            wide = number == 0
            spans = ' table:number-columns-spanned="1" table:number-rows-spanned="2"' if tall else ""
            spans = ' table:number-columns-spanned="4" table:number-rows-spanned="1"' if wide else spans
            if number == 4 and column > 1:
                body += "<table:covered-table-cell/>"
                continue
            body += f'<table:table-cell office:value-type="string"{spans}><text:p>{escape(value)}</text:p>'
            body += "</table:table-cell>" + ('<table:covered-table-cell table:number-columns-repeated="3"/>' * wide)
        body += "</table:table-row>"
    return ods(path.with_suffix(".ods"), body=body)


def _large_xlsx(path: Path) -> Path:
    return _xlsx(path)


@pytest.mark.parametrize("make", [_xlsx, _xls, _ods, _large_xlsx])
def test_ratings_under_merged_cells_are_refused(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path]
) -> None:
    if make is _large_xlsx:
        monkeypatch.setattr(sources, "LEAN_FROM", 0)
    assert agency("period", "open", "2026-Q1").code == 0
    ran = agency("score", "import", make(tmp_path / "nilai"), "--accept-valid", "--format", "json")
    assert ran.code == 7, ran.err
    assert (ran.data["recorded"], ran.data["rejected"]) == (3, 1)
    told = [(one["code"], one["row"], one["column"], one["value"]) for one in ran.data["problems"]]
    assert told == [("cell-merged", 5, "C", "C4:C5"), ("cell-merged", 5, "D", "D4:D5")]
