"""Lists of any making: short ones, English ones, our own, those with odd headings, and what is no list at all."""

from collections.abc import Sequence
from pathlib import Path

from tests.builders import command
from tests.corpus.books import Rows, book, filled, merged, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import (
    BAMBANG,
    DINKES,
    DISDIK,
    EVERYBODY,
    FIVE,
    LAILA,
    RUSDI,
    SEKRETARIAT,
    SIASN_HEADINGS,
    SIGNER,
    SRI,
    SUPARMI,
    TOGAR,
    YUNITA,
    as_imported,
    day,
    siasn_rows,
)

_FIVE = tuple(one.nip for one in FIVE)
_ALL = tuple(one.nip for one in EVERYBODY)
_EXAMPLES = ("198501152010011001", "197501012000011001")
"""On the sheet that explains our template."""

_PLAIN = ("No", "NIP", "Nama", "Unit Kerja")


def _plain(people: Sequence[object] = FIVE) -> list[Sequence[object]]:
    return [(n, person.nip, person.name, person.unit) for n, person in enumerate(EVERYBODY, 1) if person in people]


@case(
    Expected(
        sheets=(Sheet("generic", 1, 5),),
        people=_FIVE,
        counts={"rows": 5, "added": 5},
        facts={
            LAILA.nip: {"name": LAILA.name, "employment": "pppk", "sex": "P", "status": "active", "unit": None},
            RUSDI.nip: {"name": RUSDI.name, "employment": "pns", "sex": "L", "rank": None},
        },
    )
)
def list_of_nip_and_name_alone(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", [["NIP", "NAMA"], *((person.nip, person.name) for person in FIVE)])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 5),),
        people=_FIVE,
        facts={
            RUSDI.nip: {"name": RUSDI.name, "rank": "IV/c", "position": RUSDI.position, "unit": DISDIK, "sex": "L",
                        "front_title": "Drs. H.", "back_title": "M.Si.", "rank_since": "2019-04-01"},
            LAILA.nip: {"employment": "pppk", "rank": "IX", "status": "active"},
        },
    )
)  # fmt: skip
def list_with_english_headings(folder: Path) -> Made:
    headings = ("Employee Number", "Full Name", "Front Title", "Back Title", "Gender", "Date of Birth", "Rank",
                "Rank Since", "Position", "Unit", "Employment", "Status")  # fmt: skip
    rows = [
        (p.nip, p.name, p.front, p.back, "Male" if p.nip[14] == "1" else "Female", day(p.born), p.rank,
         day(p.rank_since), p.position, p.unit, "PPPK" if p.pppk else "PNS", "Active")
        for p in FIVE
    ]  # fmt: skip
    return one(folder / "staff.xlsx", [headings, *rows])


@case(
    Expected(
        sheets=(Sheet("kinerja_roster", 1, 3, "Pegawai"),),
        people=_FIVE[:3],
        facts={person.nip: as_imported(person) for person in FIVE[:3]},
        nobody=_EXAMPLES,
    )
)
def our_template_filled_in(folder: Path) -> Made:
    path = folder / "template.xlsx"
    command(folder / "other.db", "staff", "template", "-o", path)
    rows = [
        {
            "NIP": person.nip, "Nama": person.name, "Gelar Depan": person.front, "Gelar Belakang": person.back,
            "Tanggal Lahir": day(person.born), "Jenis Pegawai": "PNS", "Golongan": person.rank,
            "TMT Golongan": person.rank_since, "Jenis Jabatan": person.kind, "Jabatan": person.position,
            "Eselon": person.echelon, "Unit Kerja": person.unit,
        }
        for person in FIVE[:3]
    ]  # fmt: skip
    return filled(path, dict(enumerate(rows, 2)), heading_row=1)


@case(Expected(sheets=(Sheet("kinerja_roster", 1, 0),), counts={"rows": 0, "added": 0}, nobody=_EXAMPLES))
def our_template_empty(folder: Path) -> Made:
    path = folder / "template.xlsx"
    command(folder / "other.db", "staff", "template", "-o", path)
    return path


@case(
    Expected(
        people=_ALL,
        counts={"rows": 8, "added": 8, "rejected": 0},
        facts={person.nip: as_imported(person) for person in EVERYBODY},
    )
)
def our_export_back(folder: Path) -> Made:
    other, path = folder / "other.db", folder / "export.xlsx"
    command(other, "init", "--agency", "Kota Contoh")
    command(other, "staff", "import", one(folder / "siasn.xlsx", [SIASN_HEADINGS, *siasn_rows(EVERYBODY)]))
    command(other, "staff", "export", "-o", path)
    return path


@case(Expected(sheets=(Sheet("generic", 3, 5),), people=_FIVE, facts={SRI.nip: {"unit": SEKRETARIAT}}))
def list_with_small_headings_over_two_lines(folder: Path) -> Made:
    headings = ("no.", "n i p\n", "nama\nlengkap", "unit\r\nkerja")
    return one(folder / "daftar.xlsx", [["daftar pegawai"], [], headings, *_plain()])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 5),),
        people=_FIVE,
        facts={RUSDI.nip: {"position": RUSDI.position, "unit": DISDIK, "name": RUSDI.name}},
    )
)
def list_with_a_column_twice(folder: Path) -> Made:
    headings = ("NIP LAMA", "NIP BARU", "NAMA", "JABATAN", "JABATAN", "UNIT KERJA", "UNIT KERJA")
    rows = [("400050961", p.nip, p.name, p.position, p.position, p.unit, p.unit) for p in FIVE]
    return one(folder / "daftar.xlsx", [headings, *rows])


@case(Expected(sheets=(Sheet("generic", 1, 5),), people=_FIVE, counts={"rows": 5, "rejected": 0}, nobody=(SIGNER,)))
def list_with_notes_and_a_signature_at_the_end(folder: Path) -> Made:
    notes = [
        [], ["Catatan:"], ["1. Data per 31 Desember 2025"], ["2. Sumber: SIASN BKN"], ["Jumlah pegawai: 5 orang"], [],
        ["", "", "Binjai, 31 Desember 2025"], ["", "", "Kepala BKPSDM"], [], ["", "", "MARTUA HUTAGALUNG, S.H."],
        ["", "", f"NIP. {SIGNER}"],
    ]  # fmt: skip
    return one(folder / "daftar.xlsx", [_PLAIN, *_plain(), *notes])


@case(
    Expected(
        code=3,
        problems=("nip-missing@B4", "nip-missing@B8", "name-missing@C9"),
        counts={"rows": 8, "added": 0, "rejected": 3},
    )
)
def people_without_a_nip_or_a_name(folder: Path) -> Made:
    rows = [list(row) for row in _plain()]
    rows.insert(2, [3, "", "KANDIDAT TANPA NIP", DINKES])
    rows.append([7, None, "PEGAWAI TERAKHIR TANPA NIP", DINKES])
    rows.append([8, TOGAR.nip, " ", DINKES])
    return one(folder / "daftar.xlsx", [_PLAIN, *rows])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 5, "Pegawai"),),
        people=_FIVE,
        left_alone=("Rekap Golongan", "Pivot", "Kosong"),
    )
)
def list_beside_sheets_that_are_none(folder: Path) -> Made:
    by_rank: Rows = [["Golongan", "L", "P", "Jumlah"], ["IV", 1, 1, 2], ["III", 1, 1, 2], ["IX", 0, 1, 1]]
    pivot: Rows = [["Count of NIP", "Column Labels"], ["Row Labels", "PNS", "PPPK", "Grand Total"], [DISDIK, 1, 0, 1]]
    return book(
        folder / "daftar.xlsx",
        {"Rekap Golongan": by_rank, "Pegawai": [_PLAIN, *_plain()], "Pivot": pivot, "Kosong": []},
    )


@case(Expected(code=3, error="heading-missing"))
def a_pivot_table_alone(folder: Path) -> Made:
    pivot: Rows = [["Count of NIP", "Column Labels"], ["Row Labels", "PNS", "PPPK", "Grand Total"], [DISDIK, 1, 0, 1]]
    return one(folder / "pivot.xlsx", pivot)


@case(Expected(code=3, error="heading-missing"))
def an_empty_sheet_alone(folder: Path) -> Made:
    return one(folder / "kosong.xlsx", [])


@case(Expected(code=3, error="heading-missing"))
def a_list_without_a_nip(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", [["No", "Nama", "Unit Kerja"], *((1, p.name, p.unit) for p in FIVE)])


@case(Expected(sheets=(Sheet("generic", 1, 0),), counts={"rows": 0, "added": 0}), "--dry-run")
def headings_alone_tried(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", [_PLAIN])


@case(Expected(code=3, error="no-rows"))
def headings_alone(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", [_PLAIN])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 3, "PNS"), Sheet("generic", 2, 2, "PPPK")),
        people=(RUSDI.nip, SRI.nip, BAMBANG.nip, SUPARMI.nip, LAILA.nip),
        counts={"rows": 5, "added": 5},
    )
)
def two_lists_in_one_file(folder: Path) -> Made:
    return book(
        folder / "daftar.xlsx",
        {"PNS": [_PLAIN, *_plain((RUSDI, SRI, BAMBANG))], "PPPK": [["PPPK"], _PLAIN, *_plain((SUPARMI, LAILA))]},
    )


@case(
    Expected(
        sheets=(Sheet("generic", 2, 5),),
        people=_FIVE,
        facts={person.nip: {"name": person.name, "unit": person.unit} for person in FIVE},
    )
)
def cells_merged_across(folder: Path) -> Made:
    rows = [(p.name, "", p.nip, "", p.unit, "", "") for p in FIVE]
    ranges = [f"{a}{r}:{b}{r}" for r in range(2, 8) for a, b in ("AB", "CD", "EG")]
    headings = ("NAMA PEGAWAI", "", "NIP", "", "UNIT KERJA", "", "")
    return one(folder / "daftar.xlsx", [["DAFTAR PEGAWAI"], headings, *rows], merged("A1:G1", *ranges))


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 3),),
        counts={"rows": 0, "units_added": 3},
        units=(DISDIK, SEKRETARIAT, DINKES),
    )
)
def a_table_of_units(folder: Path) -> Made:
    return one(
        folder / "unor.xlsx",
        [["ID", "NAMA_UNOR", "ID_ATASAN"], ["7371", DISDIK, ""], ["7372", SEKRETARIAT, "7371"], ["7373", DINKES, ""]],
    )


@case(
    Expected(
        people=(RUSDI.nip, SRI.nip),
        counts={"rows": 2, "added": 2, "units_added": 2},
        facts={
            SRI.nip: {"unit": SEKRETARIAT, "unit_code": "7372", "unit_path": f"{DISDIK} › {SEKRETARIAT}",
                      "assessor_nip": RUSDI.nip},
        },
    )
)  # fmt: skip
def people_and_units_in_a_folder_with_numbers_as_ids(folder: Path) -> Made:
    files = folder / "siasn"
    files.mkdir()
    one(files / "unor.xlsx", [["ID", "NAMA_UNOR", "ID_ATASAN"], [7371, DISDIK, None], [7372, SEKRETARIAT, 7371]])
    headings = ("NIP BARU", "NAMA", "JENIS JABATAN NAMA", "JABATAN NAMA", "ESELON NAMA", "UNOR ID", "UNOR NAMA")
    rows = [(p.nip, p.name, p.kind, p.position, p.echelon, code, p.unit) for p, code in ((RUSDI, 7371), (SRI, "7372"))]
    one(files / "pegawai.xlsx", [headings, *rows])
    return files


@case(
    Expected(
        people=(RUSDI.nip,),
        problems=("unit-code-numeric@C2",),
        facts={RUSDI.nip: {"unit": DISDIK}},
    )
)
def an_id_of_a_unit_too_long_for_a_number(folder: Path) -> Made:
    return one(folder / "d.xlsx", [["NIP", "NAMA", "UNOR ID", "UNOR NAMA"], [RUSDI.nip, RUSDI.name, 10**17, DISDIK]])


@case(
    Expected(sheets=(Sheet("generic", 1, 5),), people=_FIVE, facts={SRI.nip: {"unit": SEKRETARIAT}}),
    "--map", "nip=Nomor Pegawai", "--map", "unit=Tempat Tugas",
)  # fmt: skip
def headings_named_by_hand(folder: Path) -> Made:
    rows = [(p.nip, p.name, p.unit) for p in FIVE]
    return one(folder / "daftar.xlsx", [["Nomor Pegawai", "Nama", "Tempat Tugas"], *rows])


@case(Expected(code=4, error="sheet-missing"), "--sheet", "Pegawai 2026")
def a_sheet_that_is_not_there(folder: Path) -> Made:
    return one(folder / "daftar.xlsx", [_PLAIN, *_plain()])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 2),),
        people=(YUNITA.nip, TOGAR.nip),
        facts={YUNITA.nip: {"unit": DINKES}, TOGAR.nip: {"unit": DINKES}},
    ),
)
def a_unit_merged_down_over_two_people(folder: Path) -> Made:
    rows = [(1, YUNITA.nip, YUNITA.name, DINKES), (2, TOGAR.nip, TOGAR.name, "")]
    return one(folder / "daftar.xlsx", [_PLAIN, *rows], merged("D2:D3"))
