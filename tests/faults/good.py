"""The good workbooks that are damaged: every kind of file, a roster and a recap, with the people in them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from tests.builders import command
from tests.corpus.books import book, html_as_xls, merged
from tests.corpus.people import SIASN, Person, crowd, siasn_rows
from tests.workbooks.made import csv_file, ods, xls, xlsb

STAFF, SCORE = ("staff", "import"), ("score", "import")
PEOPLE = crowd(36)
PERIOD = "2025-Q1"

_HEADINGS = tuple(SIASN)
_ROSTER: list[Sequence[object]] = [["DATA PEGAWAI"], [], _HEADINGS, *siasn_rows(PEOPLE, _HEADINGS)]
_RECAP: list[Sequence[object]] = [
    ["7375 - Pemerintah Kota Binjai"],
    ["DINAS PENDIDIKAN"],
    ["Periode Triwulan 1 Tahun 2025"],
    [],
    ("No", "NIP", "Nama", "Jabatan", "Rating Hasil Kinerja", "Rating Perilaku Kerja", "Predikat Kinerja Periodik"),
    *(
        [str(n), one.nip, one.name, one.position, "Sesuai Ekspektasi", "Diatas Ekspektasi", "Baik"]
        for n, one in enumerate(PEOPLE, 1)
    ),
]


@dataclass(frozen=True)
class Good:
    """A workbook with nothing wrong: its command, its content, and the row of each person in it by NIP."""

    name: str
    command: tuple[str, str]
    content: bytes
    rows: dict[str, int]

    @property
    def kind(self) -> str:
        """The ending of its name, which says what kind of file it is."""
        return self.name.rpartition(".")[2]


def all_good(folder: Path) -> list[Good]:
    """Every good workbook, the same bytes on every machine."""
    staff: dict[str, Callable[[Path], Path]] = {
        "siasn.xlsx": lambda path: book(path, {"Data": _ROSTER, "Catatan": [["Data per 31-12-2025"]]}),
        "duk.xlsx": _duk,
        "export.xlsx": _export,
        "siasn.xls": lambda path: xls(path, _ROSTER),
        "siasn.xlsb": lambda path: xlsb(path, _ROSTER),
        "siasn.ods": lambda path: ods(path, _ROSTER),
        "siasn.csv": lambda path: csv_file(path, _ROSTER, delimiter=";"),
        "siasn.htm.xls": lambda path: html_as_xls(path, _ROSTER),
    }
    score: dict[str, Callable[[Path], Path]] = {
        "rekap.xlsx": lambda path: book(path, {"Sheet1": _RECAP}),
        "rekap.xls": lambda path: xls(path, _RECAP),
        "rekap.ods": lambda path: ods(path, _RECAP),
        "rekap.csv": lambda path: csv_file(path, _RECAP),
    }
    return [
        _good(make(folder / name), words)
        for words, files in ((STAFF, staff), (SCORE, score))
        for name, make in files.items()
    ]


def _good(path: Path, words: tuple[str, str]) -> Good:
    content = path.read_bytes()
    if content[:2] == b"PK":
        content = packed(parts_of(content))
    return Good(path.name, words, content, _rows_of(path) or _rows_from(4 if words == STAFF else 6))


def _rows_from(first: int) -> dict[str, int]:
    return {one.nip: row for row, one in enumerate(PEOPLE, first)}


def _rows_of(path: Path) -> dict[str, int]:
    """Where everybody stands in a workbook of Excel, which kinerja itself writes in an order of its own."""
    if path.suffix != ".xlsx":
        return {}
    known = {one.nip for one in PEOPLE}
    lines = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return {str(cell): row for row, cells in enumerate(lines, 1) for cell in cells if str(cell) in known}


def _duk(path: Path) -> Path:
    upper = ("NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN")
    lower = ("", "", "", "GOL.", "TMT", "")
    lines = [(n, one.name, one.nip, one.rank, "01-04-2020", one.position) for n, one in enumerate(PEOPLE, 1)]
    signature = [[], ["", "", "", "", "Binjai, 31 Desember 2025"], ["", "", "", "", "NIP. 197106151998031007"]]
    rows: list[Sequence[object]] = [["DAFTAR URUT KEPANGKATAN"], ["UNIT KERJA : DINAS PENDIDIKAN"], [], upper, lower,
                                    range(1, 7), *lines, *signature]  # fmt: skip
    return book(path, {"DUK": rows}, DUK=merged("A1:F1", "A2:F2", "D4:E4", "A4:A5", "B4:B5", "C4:C5"))


def _export(path: Path) -> Path:
    """A workbook that kinerja wrote, which packs its sheets in its own way."""
    db, roster = path.with_name("export.db"), path.with_name("export.csv")
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "staff", "import", csv_file(roster, _ROSTER))
    command(db, "staff", "export", "-o", path)
    return path


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a packed workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-02T03:04:05Z", parts[core])
    return parts


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as a workbook, every time the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 4))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def agency(db: Path) -> None:
    """A store in which everybody is known and a period is open."""
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "staff", "import", csv_file(db.with_suffix(".csv"), _ROSTER))
    command(db, "period", "open", PERIOD)


def names(people: Sequence[Person] = PEOPLE) -> dict[str, str]:
    """The name of everybody by NIP."""
    return {one.nip: one.name for one in people}
