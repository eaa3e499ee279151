"""What tests are made of, one builder a noun: workbooks, rosters, recaps, and the command itself."""

import contextlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kinerja_cli.main import main

SIASN = (
    "NIP BARU",
    "NAMA",
    "JENIS KELAMIN",
    "GOL AKHIR NAMA",
    "JENIS JABATAN NAMA",
    "JABATAN NAMA",
    "ESELON NAMA",
    "UNOR ID",
    "UNOR NAMA",
    "UNOR INDUK ID",
    "KEDUDUKAN HUKUM NAMA",
)
REKAP = ("No", "NIP", "Nama", "Jabatan", "Rating Hasil Kinerja", "Rating Perilaku Kerja", "Predikat Kinerja Periodik")

HEAD = "197501012000011001"
ANI = "198501152010012001"
BUDI = "199207082019031015"
CITRA = "199503122024212007"

PEOPLE: tuple[tuple[object, ...], ...] = (
    (
        HEAD,
        "SURYA DARMA",
        "M",
        "IV/b",
        "Struktural",
        "KEPALA DINAS KESEHATAN",
        "II.b",
        "U1",
        "DINAS KESEHATAN",
        "",
        "Aktif",
    ),
    (
        ANI,
        "ANI LESTARI",
        "F",
        "III/c",
        "Struktural",
        "KEPALA BIDANG PELAYANAN",
        "III.b",
        "U2",
        "BIDANG PELAYANAN",
        "U1",
        "Aktif",
    ),
    (BUDI, "BUDI", "M", "III/a", "Fungsional", "PERAWAT AHLI PERTAMA", "", "U2", "BIDANG PELAYANAN", "U1", "Aktif"),
    (
        CITRA,
        "CITRA DEWI",
        "F",
        "IX",
        "Fungsional",
        "AHLI PERTAMA - BIDAN",
        "",
        "U2",
        "BIDANG PELAYANAN",
        "U1",
        "PPPK Aktif",
    ),
)
"""A small dinas: its head, a bidang with its head, a nurse and a midwife."""


_BEGUN: dict[tuple[Sequence[object], ...], list[bytes]] = {}
"""The store and the roster of agencies begun, by their people; making a store takes longer than most tests."""


def workbook(path: Path, rows: Iterable[Sequence[object]], *, sheet: str = "Sheet1") -> Path:
    """A real .xlsx with these rows from A1 on."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def roster(path: Path, people: Iterable[Sequence[object]] = PEOPLE, *, headings: Sequence[str] = SIASN) -> Path:
    """A roster as SIASN gives it: a title, an empty row, the headings, the people."""
    return workbook(path, [["DATA ASN KOTA CONTOH"], [], list(headings), *people])


def recap(
    path: Path,
    rows: Iterable[Sequence[object]],
    *,
    period: str = "Periode Triwulan 1 Tahun 2026",
    unit: str = "DINAS KESEHATAN",
) -> Path:
    """An e-Kinerja BKN "Rekap Penilaian": rows of (NIP, name, hasil, perilaku, predikat)."""
    numbered = [
        [n, nip, name, "-", hasil, perilaku, predikat]
        for n, (nip, name, hasil, perilaku, predikat) in enumerate(rows, start=1)
    ]
    return workbook(path, [["7371 - Pemerintah Kota Contoh"], [unit], [period], [], list(REKAP), *numbered])


def command(db: Path, *arguments: str | Path) -> None:
    """Run a command that must succeed, outside of any test, on a store of its own."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--db", str(db), *(str(one) for one in arguments)])
    if code:
        raise RuntimeError(err.getvalue())


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and what it left on either stream."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON is whatever the command printed
        """What it printed on stdout, as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error it printed on stderr, as JSON: the last line, after any warnings."""
        found = json.loads(self.err.splitlines()[-1])["error"]
        assert isinstance(found, dict)
        return found


class Kinerja:
    """The program as a user has it: one store, commands through the front door."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.folder = folder
        self.db = folder / "kinerja.db"
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run a command and see how it ended."""
        self._capsys.readouterr()
        code = main(["--db", str(self.db), *(str(one) for one in arguments)])
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    def json(self, *arguments: str | Path) -> Any:  # noqa: ANN401 - JSON is whatever the command printed
        """Run a command that must succeed, and read its JSON."""
        ran = self(*arguments, "--format", "json")
        assert ran.code == 0, ran.err
        return ran.data

    def begin(self, people: Iterable[Sequence[object]] = PEOPLE) -> "Kinerja":
        """A store with a small agency in it, made once for all tests that want the same people."""
        people = tuple(people)
        files = [self.db, *([self.folder / "roster.xlsx"] if people else [])]
        if people in _BEGUN:
            for path, content in zip(files, _BEGUN[people], strict=True):
                path.write_bytes(content)
                path.chmod(0o600)
            return self
        assert self("init", "--agency", "Kota Contoh").code == 0
        if people:
            assert self("staff", "import", roster(files[1], people)).code == 0
        _BEGUN[people] = [path.read_bytes() for path in files]
        return self

    def snapshot(self) -> bytes:
        """Everything in the store, to tell whether anything changed."""
        return self.db.read_bytes()
