"""Files that are out to harm, or broken as files get broken: each with how an import of it has to end.

An outcome is an exit code, and the code of the refusal where there is one.
"""

import os
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from struct import pack
from typing import Final, TypeAlias

import xlwt  # type: ignore[import-untyped]  # has no stubs
from xlwt.CompoundDoc import XlsDoc  # type: ignore[import-untyped]  # has no stubs

from tests.workbooks.made import (
    ROSTER,
    SHEET_END,
    SHEET_START,
    cell,
    csv_file,
    ods,
    ole,
    roster_xml,
    xls,
    xlsx,
    xlsx_of,
)

Outcome: TypeAlias = tuple[int, str]

READ: Final = (0, "")
DAMAGED: Final = (3, "file-damaged")
LARGE: Final = (3, "file-too-large")
KIND: Final = (3, "file-kind")

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'.encode()
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
_PAGE_ROW = b"<tr><td>198501152010011001</td><td>BUDI</td></tr>"
_XML = (
    b'<?xml version="1.0"?>%b<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Data"><Table>%b</Table>'
    b"</Worksheet></Workbook>"
)


def rewritten(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A good workbook with some parts replaced."""
    whole = xlsx_of(path.with_suffix(".whole"), roster_xml())
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
    whole.unlink()
    return path


def sheet(body: bytes) -> Callable[[Path], object]:
    """A workbook whose sheet has this between its tags."""
    return lambda path: xlsx_of(path, body)


def part(name: str, content: bytes) -> Callable[[Path], object]:
    """A good roster with one part more."""
    return lambda path: xlsx_of(path, roster_xml(), {name: content})


def replaced(name: str, content: bytes) -> Callable[[Path], object]:
    """A good roster with one part replaced."""
    return lambda path: rewritten(path, {name: content})


def text(content: bytes) -> Callable[[Path], object]:
    """A file of these bytes."""
    return lambda path: path.write_bytes(content)


def many_rows(path: Path) -> None:
    """All rows that a sheet can have, under a size tag that speaks of two."""
    start = SHEET_START.replace(b"<sheetData>", b'<dimension ref="A1:B2"/><sheetData>')
    rows = "".join([f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_048_577)])
    xlsx_of(path, start + rows.encode() + SHEET_END, whole=True)


def wide_block(path: Path) -> None:
    """Two cells that span forty million, and enough of nothing between them to look like a large sheet."""
    noise = random.Random(1).randbytes(300_000).hex().encode()
    xlsx_of(path, roster_xml() + b"<x>" + noise * 80 + b"</x>" + cell("SR78000", "x"))


def hidden_rules(path: Path) -> None:
    """A bomb behind a comment longer than what one looks at first."""
    noise = random.Random(1).randbytes(150_000).hex().encode()
    rewritten(
        path, {"xl/workbook.xml": b"<!--" + noise + b"-->" + _BOMB.partition(b"?>")[2] + b"<workbook>&l9;</workbook>"}
    )


def links(path: Path) -> None:
    """A workbook that draws on others, on a file share and on the web."""
    link = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="x/externalLinkPath" Target="http://192.0.2.1/a.xlsx" TargetMode="External"/></Relationships>'
    )
    parts = {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": relation}
    xlsx_of(path, roster_xml(), parts)


def odd_names(path: Path) -> None:
    """Parts whose names would lie outside of any folder they were unpacked to."""
    xlsx_of(path, roster_xml(), {"/etc/kinerja": b"x", "../../kinerja": b"x", "C:\\kinerja": b"x"})


def twice(path: Path) -> None:
    """Two sheets of one name: a reader may take either."""
    xlsx_of(path, roster_xml())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", SHEET_START + cell("XFD1048576", "x") + SHEET_END)


def zip64(path: Path) -> None:
    """A good workbook in the notation for parts of more than four gigabytes."""
    whole = xlsx_of(path.with_suffix(".whole"), roster_xml())
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            with target.open(name, "w", force_zip64=True) as stream:
                stream.write(source.read(name))
    whole.unlink()


def locked_xls(path: Path) -> None:
    """A workbook of old Excel under a password."""
    book = xlwt.Workbook()
    book.add_sheet("Data").write(0, 0, "x")
    data = book.get_biff_data()
    begin = 4 + int.from_bytes(data[2:4], "little")
    lock = pack("<HHHHH", 0x2F, 54, 1, 1, 1) + b"\x11" * 48
    XlsDoc().save(str(path), data[:begin] + lock + data[begin:])


def _nested(tag: bytes, depth: int) -> bytes:
    return (b"<" + tag + b">") * depth + (b"</" + tag + b">") * depth


def _linked(path: Path) -> None:
    target = xlsx(path.parent.parent / "target.xlsx", ROSTER)
    path.symlink_to(target)


def _to_itself(path: Path) -> None:
    path.symlink_to(path)


HOSTILE: Final[Mapping[str, tuple[Callable[[Path], object], Outcome]]] = {
    "good.xlsx": (sheet(roster_xml()), READ),
    "spaces.xlsx": (lambda path: xlsx_of(path, roster_xml() + b" " * (300 << 20)), LARGE),
    "rows.xlsx": (many_rows, LARGE),
    "block.xlsx": (wide_block, LARGE),
    "far.xlsx": (sheet(cell("XFD1048576", "x")), LARGE),
    "laughs.xlsx": (replaced("xl/worksheets/sheet1.xml", _BOMB + b"<worksheet>&l9;</worksheet>"), DAMAGED),
    "strings.xlsx": (part("xl/sharedStrings.xml", _OUTSIDE + b"<sst>&e;</sst>"), DAMAGED),
    "book.xlsx": (replaced("xl/workbook.xml", _BOMB + b"<workbook>&l9;</workbook>"), DAMAGED),
    "relations.xlsx": (
        replaced("xl/_rels/workbook.xml.rels", _OUTSIDE + b"<Relationships>&e;</Relationships>"),
        DAMAGED,
    ),
    "types.xlsx": (replaced("[Content_Types].xml", _BOMB + b"<Types>&l9;</Types>"), DAMAGED),
    "styles.xlsx": (part("xl/styles.xml", _BOMB + b"<styleSheet>&l9;</styleSheet>"), DAMAGED),
    "hidden.xlsx": (hidden_rules, DAMAGED),
    "utf7.xlsx": (replaced("xl/worksheets/sheet1.xml", b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'), DAMAGED),
    "links.xlsx": (links, READ),
    "locked.xlsx": (lambda path: ole(path, "EncryptedPackage"), (3, "file-encrypted")),
    "locked.xls": (locked_xls, (3, "file-encrypted")),
    "macro.xlsx": (part("xl/vbaProject.bin", b"x"), (3, "file-macro")),
    "names.xlsx": (odd_names, READ),
    "twice.xlsx": (twice, DAMAGED),
    "zip64.xlsx": (zip64, READ),
    "entries.xlsx": (lambda path: xlsx_of(path, roster_xml(), {f"x/{n}": b"" for n in range(3_000)}), LARGE),
    "claims.xlsx": (part("xl/sharedStrings.xml", b'<sst uniqueCount="99999999999"/>'), DAMAGED),
    "nul.xlsx": (sheet(roster_xml() + b"\0\0<row>\0</row>"), READ),
    "deep.xlsx": (sheet(roster_xml() + _nested(b"x", 30_000)), READ),
    "deep_book.xlsx": (
        replaced("xl/workbook.xml", b"<workbook>" + _nested(b"x", 30_000) + b"</workbook>"),
        (3, "heading-missing"),
    ),
    "control.xlsx": (
        sheet(roster_xml() + b'<row r="4">' + cell("A4", "198501152010011009") + cell("B4", "A\x01\x1bB") + b"</row>"),
        READ,
    ),
    "letters.xlsx": (
        sheet(roster_xml() + b'<row r="4">' + cell("A4", "198501152010011009") + cell("B4", "B" * 40_000) + b"</row>"),
        (3, "rows-rejected"),
    ),
    "letters.csv": (text(b"NIP,NAMA\n198501152010011009," + b"B" * 40_000 + b"\n"), (3, "rows-rejected")),
    "formulas.csv": (text(b"NIP,NAMA\n198501152010011009,=cmd|' /C calc'!A0\n"), READ),
    "quote.csv": (text(b'NIP,NAMA\n198501152010011009,"BUDI\n' + b"198501152010011008,SITI\n" * 9_000), DAMAGED),
    "line.csv": (text(b"NIP,NAMA," + b"x" * (30 << 20)), DAMAGED),
    "columns.csv": (text(b"NIP,NAMA" + b",x" * 1_000_000), LARGE),
    "binary.csv": (text(random.Random(1).randbytes(9_000)), KIND),
    "empty.xlsx": (text(b""), (3, "file-empty")),
    "page.xls": (text(b"<table><tr><td>NIP<td>NAMA</tr>" + _PAGE_ROW + b"</table>"), READ),
    "page_rows.xls": (text(b"<table><tr><td>NIP<td>NAMA</tr>" + _PAGE_ROW * 1_000_000 + b"</table>"), LARGE),
    "page_spans.xls": (text(b"<table><tr><td colspan=1000000>NIP<td>NAMA</tr></table>"), LARGE),
    "page_reach.xls": (
        text(b"<table><tr><td rowspan=65000 colspan=500>NIP" + b"<tr><td>x" * 400_000 + b"</table>"),
        LARGE,
    ),
    "page_deep.xls": (text(b"<table>" + b"<b>" * 3_000_000), DAMAGED),
    "page_tables.xls": (text(b"<table><tr><td>" * 500_000), DAMAGED),
    "page_text.xls": (text(b"<html><body>" + b"a &amp; b<br>" * 2_000_000), KIND),
    "page_remote.xls": (
        text(b'<html><img src="http://192.0.2.1/x"><table><tr><td>NIP<td>NAMA</tr>' + _PAGE_ROW + b"</table>"),
        READ,
    ),
    "old_xml.xls": (text(_XML % (_BOMB.partition(b"?>")[2], b"<Row><Cell><Data>&l9;</Data></Cell></Row>")), DAMAGED),
    "old_far.xls": (
        text(_XML % (b"", b'<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>x</Data></Cell></Row>')),
        LARGE,
    ),
    "old_deep.xls": (text(_XML % (b"", _nested(b"Row", 300_000))), (3, "heading-missing")),
    "repeated.ods": (
        lambda path: ods(
            path,
            body='<table:table-row table:number-rows-repeated="1048576">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"/></table:table-row>',
        ),
        LARGE,
    ),
    "pipe.xlsx": (os.mkfifo, (3, "file-unreadable")),
    "device.xlsx": (lambda path: path.symlink_to("/dev/zero"), (3, "file-unreadable")),
    "itself.xlsx": (_to_itself, (3, "file-unreadable")),
    "linked.xlsx": (_linked, READ),
    "nowhere.xlsx": (lambda path: path.symlink_to("/nowhere"), (4, "file-missing")),
}
"""Every file by its name: how it is made and how its import ends."""


def cut(folder: Path) -> list[str]:
    """Good files of every kind, cut at every tenth of their length; what they are called."""
    names = []
    for ending, make in (("xlsx", xlsx), ("xls", xls), ("ods", ods), ("csv", csv_file)):
        whole = make(folder / "whole").read_bytes()
        for tenth in range(1, 10):
            names.append(f"cut{tenth}.{ending}")
            (folder / names[-1]).write_bytes(whole[: len(whole) * tenth // 10])
        (folder / "whole").unlink()
    return names
