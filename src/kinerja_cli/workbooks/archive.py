"""The parts inside a packed spreadsheet, unpacked piece by piece and never believed about their own size."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kinerja_cli.workbooks.refusals import FileDamaged

_PACKED_PIECE = 1 << 16
_PIECE = 1 << 20
_LOCAL_HEADER = 30


def entries(path: Path) -> list[ZipInfo]:
    """The table of contents of a packed file."""
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileDamaged(path, str(error)) from error


def pieces(path: Path, stream: BinaryIO, entry: ZipInfo) -> Iterator[bytes]:
    """The content of one part, a megabyte at a time at most.

    It is unpacked here rather than by `zipfile`, which stops at the size that the file claims, while the
    reader of workbooks goes on: what is checked must be what is read. Damage on the way shows by the check sum.
    """
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileDamaged(path, f"{entry.filename}: compression {entry.compress_type}")
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise FileDamaged(path, entry.filename)
    extra = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    stream.seek(extra, 1)
    packed = _packed(stream, entry.compress_size)
    size = check = 0
    try:
        for piece in packed if entry.compress_type == ZIP_STORED else _inflate(packed):
            size += len(piece)
            if size > entry.file_size:
                break
            check = zlib.crc32(piece, check)
            yield piece
    except zlib.error as error:
        raise FileDamaged(path, f"{entry.filename}: {error}") from error
    if size != entry.file_size or check != entry.CRC:
        raise FileDamaged(path, entry.filename)


def _packed(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := stream.read(min(size, _PACKED_PIECE))):
        size -= len(piece)
        yield piece


def _inflate(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack with a ceiling on each step: 64 kB in must never become gigabytes out at once."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        rest = piece
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()
