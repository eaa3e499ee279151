"""Records of old workbooks that grew over their neighbours are found, so that no row vanishes unseen."""

import struct
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]  # has no stubs

from kinerja_cli.workbooks.biff import broken_record


def _book(path: Path) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    for at in range(120):
        page.write(at, 0, f"ORANG {at}")
        for column in range(1, 4):
            page.write(at, column, None)
        for column in range(4, 7):
            page.write(at, column, at)
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(("kind", "size", "cell"), [(0x00BE, 12, 2), (0x00BD, 24, 6)])
def test_a_record_of_several_cells_that_swallows_others_is_broken(
    tmp_path: Path, kind: int, size: int, cell: int
) -> None:
    path = tmp_path / "a.xls"
    whole = _book(path)
    assert broken_record(path) is None
    at = whole.index(struct.pack("<HH", kind, size))
    for grown in (size + 1024, size + cell, 2):
        path.write_bytes(whole[:at] + struct.pack("<HH", kind, grown) + whole[at + 4 :])
        assert broken_record(path) is not None
