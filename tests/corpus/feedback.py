"""Feedback as units, desks and the public send it, on an agency whose people are known."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from tests.builders import command
from tests.corpus.agency import store_of
from tests.corpus.books import book, one
from tests.corpus.case import Expected, Made, Maker, Sheet
from tests.corpus.case import case as any_case
from tests.corpus.people import BAMBANG, EVERYBODY, LAILA, RUSDI, SRI, SUPARMI, TOGAR
from tests.workbooks.made import csv_file

_ALL = tuple(p.nip for p in EVERYBODY)
_HEADINGS = ("No", "NIP", "Nama", "Dari", "Umpan Balik", "Aspek", "Sifat", "Tanggal")


def case(expected: Expected, *options: str) -> Callable[[Maker], Maker]:
    """A case of `feedback import`."""
    return any_case(expected, *options, command=("feedback", "import"))


@case(Expected(people=_ALL, counts={"rows": 2, "added": 2, "rejected": 0}))
def feedback_template_filled_in(folder: Path) -> Made:
    path = folder / "template.xlsx"
    command(store_of(folder), "feedback", "template", "-o", path)
    template = load_workbook(path)
    page = template.worksheets[0]
    said = ((SUPARMI, "Rekan kerja", "Teliti dan sabar"), (TOGAR, "Masyarakat", "Menjelaskan dengan jelas"))
    for row, (person, giver, text) in enumerate(said, 5):
        for column, value in enumerate((person.nip, person.name, giver, text), 1):
            page.cell(row, column, value)
    template.save(path)
    return path


@case(Expected(sheets=(Sheet("generic", 3, 3),), people=_ALL, counts={"rows": 3, "added": 3, "rejected": 0}))
def feedback_of_a_unit(folder: Path) -> Made:
    rows = [
        (1, SUPARMI.nip, SUPARMI.name, "Pimpinan", "Disiplin.\nCepat.", "Akuntabel", "Positif", "17-03-2025"),
        (2, f"'{BAMBANG.nip}", BAMBANG.titled, "rekan", "Kurang tepat waktu", "", "Negatif", "2025-02-20"),
        (3, LAILA.nip, LAILA.name, "MASYARAKAT", "Ramah", "Berorientasi Pelayanan", "", "3 Maret 2025"),
    ]
    return one(folder / "umpan balik.xlsx", [["UMPAN BALIK TRIWULAN I TAHUN 2025"], [], _HEADINGS, *rows])


@case(Expected(people=_ALL, counts={"rows": 2, "added": 2}), "--from", "masyarakat")
def feedback_of_the_public_as_csv(folder: Path) -> Made:
    rows = [("Tanggal Laporan", "NIP Terlapor", "Nama Terlapor", "Isi Laporan", "Nama Pelapor"),
            ("05/03/2025", LAILA.nip, LAILA.name, "Antrean tertib; petugas sigap", "Ibu W"),
            ("06/03/2025", TOGAR.nip, TOGAR.name, "Datang terlambat", "Bapak X")]  # fmt: skip
    return csv_file(folder / "lapor.csv", rows, delimiter=";", encoding="cp1252")


@case(
    Expected(
        code=3,
        people=_ALL,
        problems=(
            "feedback-person-unknown@B2",
            "feedback-giver-unknown@D3",
            "feedback-text-missing@E4",
            "nip-length@B5",
        ),
        counts={"rows": 5, "added": 0, "rejected": 4},
    )
)
def feedback_with_every_kind_of_slip(folder: Path) -> Made:
    rows = [
        (1, "198001012005011001", "ORANG LAIN", "Rekan kerja", "Rajin", "", "", ""),
        (2, SRI.nip, SRI.name, "tetangga", "Rajin", "", "", ""),
        (3, RUSDI.nip, RUSDI.name, "Bawahan", "", "Akuntabel", "", ""),
        (4, BAMBANG.nip[:-2], BAMBANG.name, "Rekan kerja", "Sabar", "", "", ""),
        (5, TOGAR.nip, TOGAR.name, "Pimpinan", "Tekun", "", "", ""),
    ]
    return one(folder / "umpan balik.xlsx", [_HEADINGS, *rows])


@case(Expected(people=_ALL, counts={"rows": 2, "added": 2}, left_alone=("Rekap",)))
def feedback_beside_a_summary(folder: Path) -> Made:
    rows = [
        (1, SRI.nip, SRI.name, "Rekan kerja", "Rapi", "", "", ""),
        (2, TOGAR.nip, TOGAR.name, "Bawahan", "Adil", "", "", ""),
    ]
    return book(folder / "ub.xlsx", {"Rekap": [["Jumlah umpan balik"], ["Rekan", 1]], "Isi": [_HEADINGS, *rows]})
