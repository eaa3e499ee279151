"""Spreadsheets made for a test: honest ones of every kind, and hostile ones."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

import xlwt  # type: ignore[import-untyped]  # has no stubs
from openpyxl import Workbook

Rows: TypeAlias = Iterable[Sequence[object]]
NOTHING: Mapping[str, bytes] = {}

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_RELS}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET_START = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_ODS_TEXT = '<table:table-cell office:value-type="string">'
SHEET_END = b"</sheetData></worksheet>"
ROSTER = (
    ("NIP", "NAMA", "UNIT KERJA"),
    ("198501152010011001", "BUDI SANTOSO", "Dinas Pendidikan"),
    ("199002202015022002", "SITI AMINAH", "Dinas Kesehatan"),
)


def xlsx(path: Path, rows: Rows = ROSTER, **sheets: Rows) -> Path:
    """A workbook of Excel: the first sheet is called Data, further ones as the arguments."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Data"
    for row in rows:
        page.append(list(row))
    for name, content in sheets.items():
        other = book.create_sheet(name)
        for row in content:
            other.append(list(row))
    book.save(path)
    return path


def xlsx_of(path: Path, body: bytes, parts: Mapping[str, bytes] = NOTHING, *, whole: bool = False) -> Path:
    """A workbook whose only sheet has this XML between the tags of its data, with further parts by name."""
    sheet = body if whole else SHEET_START + body + SHEET_END
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _ROOT_RELS)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cell(reference: str, text: str) -> bytes:
    """A cell of text as it stands in the XML of a sheet."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'.encode()


def roster_xml(rows: int = 2, first: int = 1) -> bytes:
    """The rows of a small roster, its heading row at `first`."""
    lines = [
        b"<row>" + b"".join(cell(f"{c}{first}", t) for c, t in zip("AB", ("NIP", "NAMA"), strict=True)) + b"</row>"
    ]
    for number in range(first + 1, first + 1 + rows):
        nip = cell(f"A{number}", f"198501152010011{number % 1000:03}")
        lines.append(f'<row r="{number}">'.encode() + nip + cell(f"B{number}", f"PEGAWAI {number}") + b"</row>")
    return b"".join(lines)


def xls(path: Path, rows: Rows = ROSTER) -> Path:
    """A workbook of old Excel."""
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    book.save(str(path))
    return path


def ods(path: Path, rows: Rows = ROSTER, *, body: str | None = None, manifest: str = "") -> Path:
    """A spreadsheet of LibreOffice; `body` replaces the rows by XML of one's own."""
    if body is None:
        body = "".join(
            "<table:table-row>"
            + "".join(f"{_ODS_TEXT}<text:p>{escape(str(value))}</text:p></table:table-cell>" for value in row)
            + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
            for row in rows
        ) + (
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    listed = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        f"{manifest}</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", listed)
        archive.writestr("content.xml", content)
    return path


def csv_file(path: Path, rows: Rows = ROSTER, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A text file of cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def ole(path: Path, stream: str) -> Path:
    """A compound file that holds one stream of this name, as far as the guard looks into it."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512)
    return path


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook: kind and length in seven bits a byte."""

    def number(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*out, value])

    return number(kind) + number(len(content)) + content


def _wide(text: str) -> bytes:
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def xlsb(path: Path, rows: Rows = ROSTER, *, far: tuple[int, int] | None = None) -> Path:
    """A binary workbook; `far` adds one more cell at that row and column, counted from 0."""
    cells: dict[int, dict[int, object]] = {number: dict(enumerate(row)) for number, row in enumerate(rows)}
    if far:
        cells.setdefault(far[0], {})[far[1]] = "x"
    body = b""
    for number, row in cells.items():
        body += record(0, number.to_bytes(4, "little") + b"\0" * 13)
        for column, value in row.items():
            at = column.to_bytes(4, "little") + b"\0\0\0\0"
            if isinstance(value, bytes):  # a record of the test's own, which has no place yet
                body += record(value[0], at + value[2:])
            else:
                body += record(6, at + _wide(str(value)))
    sheet = record(129) + record(148, b"\0" * 16) + record(145) + body + record(146) + record(130)
    bundle = b"\0\0\0\0" + (1).to_bytes(4, "little") + _wide("rId1") + _wide("Data")
    book = record(131) + record(143) + record(156, bundle) + record(144) + record(132)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.replace("workbook.xml", "workbook.bin"))
        archive.writestr("_rels/.rels", _ROOT_RELS.replace("workbook.xml", "workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", _BOOK_RELS.replace("sheet1.xml", "sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path
