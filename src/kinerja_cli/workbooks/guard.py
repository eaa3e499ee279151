"""The guard at the door: what a file really is, and whether it may be opened at all."""

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipInfo

from kinerja_cli.errors import N_
from kinerja_cli.workbooks.archive import entries, pieces
from kinerja_cli.workbooks.extent import Bounds, check_strings, sweep
from kinerja_cli.workbooks.extent_other import XLSB_SHEET, sweep_ods, sweep_xlsb
from kinerja_cli.workbooks.refusals import (
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileKindUnknown,
    FileMacro,
    FileMissing,
    FileRefused,
    FileTooLarge,
    FileUnreadable,
)
from kinerja_cli.workbooks.wellformed import check_whole, holds_rows

__all__ = ["DEFAULT_LIMITS", "FileKind", "FileRefused", "Limits", "check_file"]


class FileKind(StrEnum):
    """The kinds of spreadsheet that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    XML = "xml"
    """The workbook of Excel 2003 in XML, which some systems save under the name of an .xls."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be. An export of 80,000 people with 70 columns stays far below each of these."""

    packed: int = 64 << 20
    unpacked: int = 1 << 30
    ratio: int = 200
    ratio_from: int = 1 << 20
    """Parts smaller than this may be packed as tightly as they like."""
    entries: int = 2_000
    rows: int = 500_000
    columns: int = 512
    cells: int = 40_000_000
    memory: int = 2 << 30
    """What the reader of .xls, .xlsb and .ods may take, and below for how many seconds it may work."""
    seconds: int = 120

    @property
    def bounds(self) -> Bounds:
        """The limits of one sheet."""
        return Bounds(self.rows, self.columns, self.cells)


DEFAULT_LIMITS = Limits()

_HEAD = 4096
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRINGS = "sharedstrings.xml"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"Rar!", N_("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7-Zip archive")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"{\\rtf", N_("a text document")),
)
_STRANGE_TO_TEXT = 20
"""A text that a mainframe or a paste has sprinkled with control characters is still a text."""

_XML_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_PAGE = re.compile(
    r"<(?:!doctype html|!--|(?:html|head|body|meta|title|style|link|script|table|div|center|form|font|span|p|b|br"
    r"|h\d)\b)"
)
_TABLE = re.compile(r"<table\b[^<>]*>.*?<t[rhd]\b", re.DOTALL)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_FIRST_TAG = re.compile(rb"[\xef\xbb\xbf\s]*(?>(?><\?.*?\?>|<!--.*?-->)\s*)*+<[^?!\s]", re.DOTALL)
_LONGEST_PROLOG = 1 << 20
_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([^"']*)""")
_READABLE = (b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
"""Encodings in which a tag is written in the bytes that are looked for."""

_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", N_("a Word document")),
    ("PowerPoint Document", N_("a PowerPoint presentation")),
    ("__nameid_version1.0", N_("an Outlook message")),
)
_ZIP_FOLDERS: tuple[tuple[str, str], ...] = (
    ("word/", N_("a Word document")),
    ("ppt/", N_("a PowerPoint presentation")),
)


def check_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileKind:
    """What kind of spreadsheet a file is by its content; a `FileRefused` where it is not to be opened."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileUnreadable(path, _("it is a folder"))
        if not path.is_file():
            raise FileUnreadable(path, _("it is no ordinary file"))
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if not head:
                raise FileEmpty(path)
            if size > limits.packed:
                raise FileTooLarge(path, "packed", size, limits.packed)
            return _check_content(path, stream, head, limits)
    except FileNotFoundError as error:
        raise FileMissing(path) from error
    except OSError as error:
        raise FileUnreadable(path, error.strerror or os.strerror(error.errno or 0)) from error


def _check_content(path: Path, stream: BinaryIO, head: bytes, limits: Limits) -> FileKind:
    if head.startswith(_ZIP):
        return _check_archive(path, stream, limits)
    if head.startswith(_EMPTY_ZIP):
        raise FileKindUnknown(path, _("an empty archive"))
    if head.startswith(_OLE):
        return _check_ole(path, stream)
    for signature, seems in _SIGNATURES:
        if head.startswith(signature):
            raise FileKindUnknown(path, _(seems))
    return _check_text(path, head)


def _check_text(path: Path, head: bytes) -> FileKind:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff \t\r\n\f\v").lower()
    if not text:
        raise FileEmpty(path)
    if (kind := _markup(path, text)) is not None:
        return kind
    strange = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)
    if not wide and (0 in head or strange * _STRANGE_TO_TEXT > len(head)):
        raise FileKindUnknown(path, _("a file of another program"))
    return FileKind.CSV


def _markup(path: Path, text: str) -> FileKind | None:
    """What a text that may be a document is; None where it is plain text after all."""
    if text.startswith("<") and _XML_WORKBOOK in text and "workbook" in text:
        return FileKind.XML
    # Systems print warnings before their pages, and leave out what pages should begin with.
    if _PAGE.match(text) or _TABLE.search(text) or (text.startswith("<?xml") and "<html" in text):
        return FileKind.HTML
    if text.startswith("<"):
        raise FileKindUnknown(path, _("an XML document"))
    if text.startswith("mime-version:"):
        raise FileKindUnknown(path, _("a web archive"))
    if text.startswith("{"):
        raise FileKindUnknown(path, _("a JSON document"))
    return None


def _check_ole(path: Path, stream: BinaryIO) -> FileKind:
    """The container of old Excel, old Word and everything encrypted: its streams tell which."""
    stream.seek(0)
    content = stream.read()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise FileEncrypted(path)
    if has("Workbook") or has("Book\0"):
        return FileKind.XLS
    for name, seems in _OLE_STREAMS:
        if has(name):
            raise FileKindUnknown(path, _(seems))
    raise FileKindUnknown(path, _("a file of another program"))


def _check_archive(path: Path, stream: BinaryIO, limits: Limits) -> FileKind:
    parts = entries(path)
    _check_names(path, parts)
    kind = _archive_kind(path, stream, parts)
    if len(parts) > limits.entries:
        raise FileTooLarge(path, "entries", len(parts), limits.entries)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise FileTooLarge(path, "unpacked", unpacked, limits.unpacked)
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size >= limits.ratio_from and ratio > limits.ratio:
            raise FileTooLarge(path, "ratio", ratio, limits.ratio)
    for part in parts:
        _check_part(path, stream, part, kind, limits)
    return kind


def _check_names(path: Path, parts: list[ZipInfo]) -> None:
    """Two parts of one name would let what is checked be another than what is read."""
    names: set[str] = set()
    for part in parts:
        name = part.filename.lower()
        if name in names:
            raise FileDamaged(path, _("{part} is in it twice").format(part=part.filename[:80]))
        names.add(name)


def _archive_kind(path: Path, stream: BinaryIO, parts: list[ZipInfo]) -> FileKind:
    names = {part.filename: part for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise FileEncrypted(path)
    if "mimetype" in names and _start(path, stream, names["mimetype"]).strip() == _ODS_TYPE:
        if "META-INF/manifest.xml" in names and b"encryption-data" in _start(
            path, stream, names["META-INF/manifest.xml"]
        ):
            raise FileEncrypted(path)
        return FileKind.ODS
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileMacro(path)
    if "[Content_Types].xml" in names and b"macroEnabled" in _start(path, stream, names["[Content_Types].xml"]):
        raise FileMacro(path)
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    for folder, seems in _ZIP_FOLDERS:
        if any(name.startswith(folder) for name in names):
            raise FileKindUnknown(path, _(seems))
    raise FileKindUnknown(path, _("a ZIP archive"))


def _check_part(path: Path, stream: BinaryIO, part: ZipInfo, kind: FileKind, limits: Limits) -> None:
    """Every part is unpacked to its end: only that proves its size, and any part may be declared a sheet."""
    start = _prolog(path, stream, part)
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) or b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise FileDamaged(path, f"{part.filename}: DOCTYPE")
    if b"<?xml" in start[:8] and (said := _ENCODING.search(start, 0, 200)) and said[1].lower() not in _READABLE:
        raise FileDamaged(path, f"{part.filename}: {said[1].decode('ascii', 'replace')}")
    if part.filename.lower().endswith(_STRINGS):
        check_strings(path, pieces(path, stream, part), part.file_size)
    if kind is FileKind.ODS:
        sweep_ods(path, pieces(path, stream, part), limits.bounds)
    elif kind is FileKind.XLSB and start.startswith(XLSB_SHEET):
        sweep_xlsb(path, pieces(path, stream, part), limits.bounds)
    else:
        sweep(path, lambda: pieces(path, stream, part), limits.bounds)
    if holds_rows(part.filename):
        check_whole(path, part.filename, pieces(path, stream, part), part.file_size)


def _prolog(path: Path, stream: BinaryIO, part: ZipInfo) -> bytes:
    """The start of a part as far as its first tag, if it is XML: rules and entities can stand nowhere else."""
    start = b""
    for piece in pieces(path, stream, part):
        start += piece
        if start.lstrip(_BLANK)[:1] not in (b"<", b"") or _FIRST_TAG.match(start):
            break
        if len(start) > _LONGEST_PROLOG:
            raise FileDamaged(path, f"{part.filename}: DOCTYPE")
    return start


def _start(path: Path, stream: BinaryIO, part: ZipInfo) -> bytes:
    """The first piece of a part."""
    return next(pieces(path, stream, part), b"")
