"""Lists that name the unit anywhere but in a column: on the tab, in a title, in a row between people."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.corpus.books import Rows, book, merged, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import (
    AHMAD,
    BAMBANG,
    DINKES,
    DISDIK,
    LAILA,
    PUSKESMAS,
    RUSDI,
    SEKRETARIAT,
    SIGNER,
    SMP,
    SRI,
    SUPARMI,
    TOGAR,
    YUNITA,
    Person,
)

_HEADINGS = ("No", "Nama", "NIP", "Gol", "Jabatan")
_DISDIK, _DINKES = (RUSDI, SRI, SUPARMI), (YUNITA, AHMAD, TOGAR, LAILA)
_SEVEN = tuple(one.nip for one in (*_DISDIK, *_DINKES))
_BY_OFFICE = {one.nip: {"unit": DISDIK, "name": one.name, "rank": one.rank} for one in _DISDIK} | {
    one.nip: {"unit": DINKES, "name": one.name, "rank": one.rank} for one in _DINKES
}


def _lines(people: Iterable[Person], start: int = 1) -> list[Sequence[object]]:
    return [(n, one.titled, one.nip, one.rank, one.position) for n, one in enumerate(people, start)]


@case(
    Expected(
        sheets=(Sheet("per_unit", 1, 3, "Dinas Pendidikan"), Sheet("per_unit", 1, 4, "Dinas Kesehatan")),
        people=_SEVEN,
        counts={"rows": 7, "units_added": 2},
        facts={one.nip: {"unit": "Dinas Pendidikan"} for one in _DISDIK}
        | {one.nip: {"unit": "Dinas Kesehatan"} for one in _DINKES},
    )
)
def unit_on_the_tab(folder: Path) -> Made:
    return book(
        folder / "pegawai.xlsx",
        {"Dinas Pendidikan": [_HEADINGS, *_lines(_DISDIK)], "Dinas Kesehatan": [_HEADINGS, *_lines(_DINKES)]},
    )


@case(
    Expected(
        sheets=(Sheet("per_unit", 5, 3, "Sheet1"), Sheet("per_unit", 5, 4, "Sheet2")),
        people=_SEVEN,
        counts={"rows": 7, "units_added": 2},
        facts=_BY_OFFICE,
        units=(DISDIK, DINKES),
    )
)
def unit_in_a_title(folder: Path) -> Made:
    def rows(unit: str, people: Sequence[Person]) -> list[Sequence[object]]:
        return [["DAFTAR NAMA PEGAWAI"], [f"UNIT KERJA : {unit}"], ["TAHUN 2025"], [], _HEADINGS, *_lines(people)]

    sheets = {"Sheet1": rows(DISDIK, _DISDIK), "Sheet2": rows(DINKES, _DINKES)}
    return book(folder / "pegawai.xlsx", sheets, Sheet1=merged("A1:E1", "A2:E2", "A3:E3"))


@case(
    Expected(
        sheets=(Sheet("per_unit", 4, 3),),
        people=tuple(one.nip for one in _DISDIK),
        facts={one.nip: {"unit": DISDIK} for one in _DISDIK},
    )
)
def unit_in_a_title_of_two_cells(folder: Path) -> Made:
    rows = [["DAFTAR PEGAWAI"], ["OPD", ":", DISDIK], [], _HEADINGS, *_lines(_DISDIK)]
    return one(folder / "pegawai.xlsx", rows)


@case(
    Expected(
        people=_SEVEN,
        counts={"rows": 7, "rejected": 0, "units_added": 2},
        facts=_BY_OFFICE,
    )
)
def unit_in_rows_between_people(folder: Path) -> Made:
    rows = [["DAFTAR PEGAWAI KOTA BINJAI"], [], _HEADINGS,
            [DISDIK], *_lines(_DISDIK), [DINKES], *_lines(_DINKES)]  # fmt: skip
    return one(folder / "pegawai.xlsx", rows)


@case(Expected(people=_SEVEN, counts={"rows": 7, "rejected": 0, "units_added": 2}, facts=_BY_OFFICE))
def unit_in_merged_rows_between_people(folder: Path) -> Made:
    rows = [_HEADINGS, ["", DISDIK], *_lines(_DISDIK), [], ["", DINKES], *_lines(_DINKES)]
    return one(folder / "pegawai.xlsx", rows, merged("B2:E2", "B7:E7"))


@case(
    Expected(
        sheets=(Sheet("per_unit", 3, 3, DISDIK), Sheet("per_unit", 3, 4, DINKES)),
        people=_SEVEN,
        counts={"rows": 7, "rejected": 0, "units_added": 4},
        facts={
            RUSDI.nip: {"unit": DISDIK},
            SRI.nip: {"unit": SEKRETARIAT, "unit_path": f"{DISDIK} › {SEKRETARIAT}"},
            SUPARMI.nip: {"unit": SEKRETARIAT},
            YUNITA.nip: {"unit": DINKES},
            LAILA.nip: {"unit": PUSKESMAS, "unit_path": f"{DINKES} › {PUSKESMAS}"},
        },
    )
)
def unit_on_the_tab_and_in_rows(folder: Path) -> Made:
    return book(
        folder / "pegawai.xlsx",
        {
            DISDIK: [["DAFTAR PEGAWAI"], [], _HEADINGS, *_lines([RUSDI]), [SEKRETARIAT], *_lines([SRI, SUPARMI], 2)],
            DINKES: [["DAFTAR PEGAWAI"], [], _HEADINGS, *_lines([YUNITA]), ["A. " + PUSKESMAS],
                     *_lines([AHMAD, TOGAR, LAILA], 2)],
        },
    )  # fmt: skip


@case(Expected(people=_SEVEN, counts={"rows": 7, "rejected": 0, "units_added": 2}, facts=_BY_OFFICE, nobody=(SIGNER,)))
def unit_in_rows_with_subtotals_and_a_signature(folder: Path) -> Made:
    rows = [
        _HEADINGS, [DISDIK], *_lines(_DISDIK), ["", "Jumlah", "", 3], [DINKES], *_lines(_DINKES), ["", "Jumlah", "", 4],
        ["", "TOTAL", "", 7], [], ["", "", "Binjai, 2 Januari 2026"], ["", "", "Kepala Bidang Mutasi"],
        ["", "", "MARTUA HUTAGALUNG"], ["", "", f"NIP {SIGNER}"],
    ]  # fmt: skip
    return one(folder / "pegawai.xlsx", rows)


@case(
    Expected(
        sheets=(Sheet("per_unit", 4, 3), Sheet("per_unit", 4, 4)),
        people=_SEVEN,
        counts={"rows": 7, "units_added": 2},
        facts=_BY_OFFICE,
    )
)
def one_file_per_office_in_a_folder(folder: Path) -> Made:
    offices = folder / "dari OPD"
    offices.mkdir()
    for name, unit, people in (("01 disdik", DISDIK, _DISDIK), ("02 dinkes", DINKES, _DINKES)):
        one(offices / f"{name}.xlsx", [["DATA ASN"], [f"Perangkat Daerah: {unit}"], [], _HEADINGS, *_lines(people)])
    (offices / "~$01 disdik.xlsx").write_bytes(b"\x05Admin")
    (offices / "baca dulu.txt").write_text("kirim sebelum tanggal 5")
    return offices


@case(
    Expected(
        people=_SEVEN,
        facts={
            **{one.nip: {"unit": one.unit} for one in (*_DISDIK, *_DINKES)},
        },
        counts={"rows": 7, "units_added": 4},
    )
)
def column_of_the_unit_outweighs_the_tab(folder: Path) -> Made:
    def rows(people: Sequence[Person]) -> list[Sequence[object]]:
        headings = (*_HEADINGS, "Unit Kerja")
        return [headings, *((*line, one.unit) for line, one in zip(_lines(people), people, strict=True))]

    return book(folder / "pegawai.xlsx", {"BIDANG SATU": rows(_DISDIK), "BIDANG DUA": rows(_DINKES)})


@case(
    Expected(
        sheets=(Sheet("per_unit", 2, 1, SMP),),
        people=(BAMBANG.nip,),
        facts={BAMBANG.nip: {"unit": SMP}},
        left_alone=("REKAP", "Petunjuk"),
    )
)
def offices_beside_a_summary(folder: Path) -> Made:
    summary: Rows = [["REKAPITULASI PEGAWAI"], ["No", "Unit Kerja", "Gol IV", "Gol III", "Jumlah"], [1, SMP, 0, 1, 1],
               ["", "JUMLAH", 0, 1, 1]]  # fmt: skip
    guide = [["Isi satu baris untuk setiap pegawai."], ["Jangan mengubah judul kolom."]]
    return book(
        folder / "pegawai.xlsx",
        {"Petunjuk": guide, SMP: [["DAFTAR PEGAWAI"], _HEADINGS, *_lines([BAMBANG])], "REKAP": summary},
    )
