"""One and the same list in every kind of file."""

from collections.abc import Sequence
from pathlib import Path

from tests.corpus.books import html_as_xls, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import EVERYBODY, FIVE, LAILA, RUSDI, with_
from tests.workbooks.made import csv_file, ods, xls, xlsb

_HEADINGS = ("No", "NIP", "Nama", "Gol", "Unit Kerja")
_RENE = with_(RUSDI, name="RENÉ TANJUNG “UCOK”")
_PEOPLE = (_RENE, *FIVE[1:])
_ROWS: tuple[Sequence[object], ...] = (
    ("DAFTAR PEGAWAI; KEADAAN 31-12-2025", "", "", "", ""),
    ("", "", "", "", ""),
    _HEADINGS,
    *((str(n), p.nip, f"{p.name}, {p.back}" if p.back else p.name, p.rank, p.unit) for n, p in enumerate(_PEOPLE, 1)),
)
_FACTS = {p.nip: {"name": p.name, "back_title": p.back or None, "rank": p.rank, "unit": p.unit} for p in _PEOPLE}
_LIST = Expected(
    sheets=(Sheet("generic", 3, 5),),
    people=tuple(p.nip for p in _PEOPLE),
    counts={"rows": 5, "added": 5, "rejected": 0},
    facts=_FACTS,
)


@case(_LIST)
def csv_with_commas(folder: Path) -> Made:
    return csv_file(folder / "daftar.csv", _ROWS)


@case(_LIST)
def csv_with_semicolons_of_a_western_windows(folder: Path) -> Made:
    return csv_file(folder / "daftar.csv", _ROWS, delimiter=";", encoding="cp1252")


@case(_LIST)
def csv_with_tabs_and_a_byte_order_mark(folder: Path) -> Made:
    return csv_file(folder / "daftar.csv", _ROWS, delimiter="\t", encoding="utf-8-sig")


@case(_LIST)
def csv_that_names_its_separator(folder: Path) -> Made:
    path = csv_file(folder / "daftar.csv", _ROWS, delimiter=";")
    path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    return path


@case(_LIST)
def text_of_excel_in_sixteen_bits(folder: Path) -> Made:
    return csv_file(folder / "daftar.csv", _ROWS, delimiter="\t", encoding="utf-16")


@case(_LIST)
def old_excel(folder: Path) -> Made:
    return xls(folder / "daftar.xls", _ROWS)


@case(_LIST)
def binary_excel(folder: Path) -> Made:
    return xlsb(folder / "daftar.xlsb", _ROWS)


@case(_LIST)
def libreoffice(folder: Path) -> Made:
    return ods(folder / "daftar.ods", _ROWS)


@case(_LIST)
def web_page_called_excel(folder: Path) -> Made:
    return html_as_xls(folder / "daftar.xls", _ROWS)


@case(_LIST)
def new_excel_called_old(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", _ROWS).rename(folder / "daftar.xls")


@case(
    Expected(
        people=tuple(p.nip for p in EVERYBODY),
        counts={"rows": 8, "added": 8, "rejected": 0},
        facts={LAILA.nip: {"name": LAILA.name, "unit": LAILA.unit}},
    )
)
def every_kind_in_one_folder(folder: Path) -> Made:
    inside = folder / "kiriman"
    inside.mkdir()
    rows = [[_HEADINGS, (1, p.nip, p.name, p.rank, p.unit)] for p in EVERYBODY]
    one(inside / "a.xlsx", rows[0])
    xls(inside / "b.xls", rows[1])
    xlsb(inside / "c.xlsb", rows[2])
    ods(inside / "d.ods", rows[3])
    csv_file(inside / "e.csv", rows[4], delimiter=";")
    csv_file(inside / "f.CSV", rows[5])
    one(inside / "G.XLSX", rows[6])
    html_as_xls(inside / "h.xls", rows[7])
    return inside


@case(Expected(code=3, error="file-damaged"))
def a_download_that_broke_off(folder: Path) -> Made:
    path = one(folder / "daftar.xlsx", _ROWS)
    path.write_bytes(path.read_bytes()[:-900])
    return path


@case(Expected(code=3, error="file-kind"))
def a_picture_called_excel(folder: Path) -> Made:
    path = folder / "daftar.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    return path


@case(Expected(code=3, error="file-empty"))
def an_empty_file(folder: Path) -> Made:
    path = folder / "daftar.csv"
    path.write_bytes(b"")
    return path
