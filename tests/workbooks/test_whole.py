"""A file that is broken inside is refused, also where its reader would give the half of it as if that were all."""

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja_cli.workbooks import sources, wellformed
from kinerja_cli.workbooks.guard import check_file
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.refusals import FileDamaged
from tests.corpus.books import html_as_xls
from tests.workbooks.made import SHEET_END, SHEET_START, ods, roster_xml, xls, xlsb, xlsx, xlsx_of

PEOPLE = [("NIP", "NAMA"), *((f"19850115201001{n:04}", f"PEGAWAI {n}") for n in range(1001, 1041))]
BROKEN: list[Callable[[bytes], bytes]] = [
    lambda xml: xml.replace(b"</row>", b"", 1),
    lambda xml: xml.replace(b"</is>", b"", 1),
    lambda xml: xml.replace(b"<is>", b"<is><</is>", 1),
    lambda xml: xml.replace(b'r="A3"', b'r="A3', 1),
    lambda xml: xml.removesuffix(SHEET_END),
]


def _people(path: Path) -> int:
    return sum(
        1 for sheet in read_sheets(path, Purpose.ROSTER) if isinstance(sheet, SheetReading) for _row in sheet.rows
    )


@pytest.mark.parametrize("broken", BROKEN)
def test_a_sheet_whose_tags_are_broken(tmp_path: Path, broken: Callable[[bytes], bytes]) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", broken(SHEET_START + roster_xml(9) + SHEET_END), whole=True)
    with pytest.raises(FileDamaged, match="is damaged"):
        _people(path)


def test_an_ods_whose_tags_are_broken(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", body="<table:table-row><table:table-cell></table:table-row>")
    with pytest.raises(FileDamaged, match=r"content\.xml"):
        check_file(path)


def test_in_a_large_sheet_rows_must_end_as_often_as_they_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wellformed, "PARSED_TO", 0)
    empty = b'<row r="90"/><row r="91" spans="1:2" />'
    good = SHEET_START + roster_xml(9) + empty + SHEET_END
    assert _people(xlsx_of(tmp_path / "a.xlsx", good, whole=True)) == 9
    path = xlsx_of(tmp_path / "b.xlsx", good.replace(b"</row>", b"", 1), whole=True)
    with pytest.raises(FileDamaged, match="10 <row>, 9 </row>"):
        check_file(path)


def test_control_characters_in_a_sheet_keep_nobody_out(tmp_path: Path) -> None:
    body = roster_xml(3).replace(b"PEGAWAI 2", b"PEGAWAI\x07 2").replace(b"PEGAWAI 3", b"PEGAWAI&#x1F; 3")
    assert _people(xlsx_of(tmp_path / "a.xlsx", body)) == 3


def test_a_byte_changed_on_the_way_shows_by_the_check_sum(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", PEOPLE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"198501152010011007", b"198501152010011107"))
    with pytest.raises(FileDamaged):
        check_file(path)


def test_an_old_workbook_is_whole(tmp_path: Path) -> None:
    assert _people(xls(tmp_path / "a.xls", PEOPLE)) == 40


@pytest.mark.parametrize("what", ["an end too early", "a length too long", "zeros", "a kind there is not"])
def test_an_old_workbook_whose_records_break_off(tmp_path: Path, what: str) -> None:
    path = xls(tmp_path / "a.xls", PEOPLE)
    data = bytearray(path.read_bytes())
    rows = [match.start() for match in re.finditer(re.escape(struct.pack("<HH", 0x00FD, 10)), data)]
    at = rows[40]
    record = {
        "an end too early": struct.pack("<HH", 0x000A, 0),
        "a length too long": struct.pack("<HH", 0x00FD, 0x7FFF),
        "zeros": bytes(4),
        "a kind there is not": struct.pack("<HH", 0xFD00, 10),
    }[what]
    data[at : at + 4] = record
    path.write_bytes(data)
    with pytest.raises(FileDamaged):
        _people(path)


@pytest.mark.parametrize("size", [0.3, 0.6, 0.9])
def test_a_web_page_that_broke_off(tmp_path: Path, size: float) -> None:
    path = html_as_xls(tmp_path / "a.xls", PEOPLE)
    page = path.read_text().partition("</table>")[0]
    cut = page[: page.rfind("<td>", 0, int(len(page) * size)) + 9]
    path.write_text(cut)
    with pytest.raises(FileDamaged, match="ends within a table"):
        _people(path)
    path.write_text(page)
    assert _people(path) == 40


@pytest.mark.parametrize("lean_from", [0, 1 << 60])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_capitals_in_the_names_of_parts_do_not_matter(
    tmp_path: Path, part: str, lean_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LEAN_FROM", lean_from)
    path = xlsx(tmp_path / "a.xlsx", PEOPLE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.upper() if name == part else name, content)
    assert _people(path) == 40


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<td>PEGAWAI 1003", "<!-- <td>PEGAWAI 1003", "a comment is not closed"),
        ("<tr><td>198501152010011003", "</table><tr><td>198501152010011003", "outside of every table"),
    ],
)
def test_a_web_page_that_hides_rows(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = html_as_xls(tmp_path / "a.xls", PEOPLE)
    page = path.read_text()
    assert old in page
    path.write_text(page.replace(old, new))
    with pytest.raises(FileDamaged, match=told):
        _people(path)


def test_a_web_page_with_comments_across_the_seams_of_pieces(tmp_path: Path) -> None:
    path = html_as_xls(tmp_path / "a.xls", PEOPLE)
    path.write_text(path.read_text().replace("<tr>", f"<!-- {'x' * 997} --><tr>") + "<!-- y -->" * 40_000)
    assert _people(path) == 40


def test_the_rows_of_a_binary_workbook_must_go_down(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", PEOPLE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    header = b"\x00\x11" + (20).to_bytes(4, "little")
    assert sheet.count(header) == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(header, b"\x00\x11\0\0\0\0"))
    with pytest.raises(FileDamaged, match="row 1 comes after row 20"):
        _people(path)
