"""Exports of SIASN, in the shapes in which they reach an agency."""

from datetime import date
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from tests.corpus.books import book, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import (
    BAMBANG,
    DISDIK,
    EVERYBODY,
    FIVE,
    LAILA,
    PUSKESMAS,
    RUSDI,
    SEKRETARIAT,
    SIASN,
    SIASN_HEADINGS,
    SMP,
    SRI,
    SUPARMI,
    TOGAR,
    Person,
    as_imported,
    crowd,
    siasn_rows,
    with_,
)

_ALL = tuple(one.nip for one in EVERYBODY)
_FIVE = tuple(one.nip for one in FIVE)
_FACTS = {one.nip: as_imported(one) for one in EVERYBODY}
_NEEDED = tuple(name for name in SIASN_HEADINGS if name in SIASN)


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 8),),
        people=_ALL,
        counts={"rows": 8, "added": 8, "rejected": 0, "units_added": 5},
        facts=_FACTS
        | {
            RUSDI.nip: as_imported(RUSDI, rank_since="2019-04-01", position_since="2022-01-17", sex="L",
                                   position_type="jpt_pratama", echelon="II.b"),
            LAILA.nip: as_imported(LAILA, rank="IX", employment="pppk", sex="P", position_type="fungsional"),
        },
    )
)  # fmt: skip
def siasn_as_exported(folder: Path) -> Made:
    return one(folder / "siasn.xlsx", [SIASN_HEADINGS, *siasn_rows(EVERYBODY)])


@case(Expected(sheets=(Sheet("siasn", 1, 8),), people=_ALL, facts=_FACTS))
def siasn_in_another_order(folder: Path) -> Made:
    headings = SIASN_HEADINGS[::-1]
    rows = siasn_rows(EVERYBODY, headings)
    nip = headings.index("NIP BARU")
    for row in rows:
        row[nip] = f"'{row[nip]}"
    return one(folder / "siasn.xlsx", [headings, *rows])


@case(Expected(sheets=(Sheet("siasn", 5, 8, "Data"),), people=_ALL, facts=_FACTS))
def siasn_with_titles_above(folder: Path) -> Made:
    titles = [["DAFTAR PEGAWAI APARATUR SIPIL NEGARA"], ["PEMERINTAH KOTA BINJAI"], ["Keadaan 31 Desember 2025"], []]
    return book(folder / "siasn.xlsx", {"Data": [*titles, SIASN_HEADINGS, *siasn_rows(EVERYBODY)]})


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 5),),
        people=_FIVE,
        facts={
            SRI.nip: {"unit": SEKRETARIAT, "unit_path": f"{DISDIK} › {SEKRETARIAT}"},
            SUPARMI.nip: {"unit": "SUBBAGIAN UMUM", "unit_path": f"{DISDIK} › {SEKRETARIAT} › SUBBAGIAN UMUM"},
            RUSDI.nip: {"unit": DISDIK},
        },
    )
)
def siasn_with_levels_of_units(folder: Path) -> Made:
    headings = [name for name in _NEEDED if name not in ("UNOR ID", "UNOR NAMA")]
    levels = {SRI: (DISDIK, SEKRETARIAT, ""), SUPARMI: (DISDIK, SEKRETARIAT, "SUBBAGIAN UMUM"),
              BAMBANG: (DISDIK, SMP, ""), LAILA: ("DINAS KESEHATAN", PUSKESMAS, "")}  # fmt: skip
    rows = [
        [*row, *levels.get(person, (DISDIK, "", ""))]
        for person, row in zip(FIVE, siasn_rows(FIVE, headings), strict=True)
    ]
    return one(folder / "siasn.xlsx", [[*headings, "UNOR (1)", "UNOR (2)", "UNOR (3)"], *rows])


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 3),),
        people=_FIVE[:3],
        facts={
            RUSDI.nip: {"rank_since": "2019-04-01", "position_since": "2022-01-17"},
            SRI.nip: {"rank_since": "2021-10-01", "position_since": "2021-03-05"},
            BAMBANG.nip: {"rank_since": "2022-04-01", "position_since": "2019-03-13"},
        },
    )
)
def siasn_dates_as_dates_and_serials(folder: Path) -> Made:
    rows = siasn_rows(FIVE[:3], _NEEDED)
    epoch = date(1899, 12, 30)
    for person, row in zip(FIVE[:3], rows, strict=True):
        row[_NEEDED.index("TMT GOLONGAN")] = person.rank_since
        row[_NEEDED.index("TMT JABATAN")] = (person.position_since - epoch).days
        row[_NEEDED.index("TANGGAL LAHIR")] = str((person.born - epoch).days)
    return one(folder / "siasn.xlsx", [_NEEDED, *rows])


_PPPK = tuple(
    with_(LAILA, nip=f"1991061820242120{number:02}", name=f"PPPK {rank}", rank=rank)
    for number, rank in enumerate(("I", "IV", "V", "IX", "XI", "XVII"), 11)
)


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 6),),
        people=tuple(one.nip for one in _PPPK),
        facts={one.nip: {"rank": one.rank, "employment": "pppk"} for one in _PPPK},
    )
)
def siasn_pppk_with_roman_ranks(folder: Path) -> Made:
    return one(folder / "siasn.xlsx", [_NEEDED, *siasn_rows(_PPPK, _NEEDED)])


@case(Expected(sheets=(Sheet("siasn", 1, 8),), people=_ALL, facts=_FACTS))
def siasn_hidden_rows_and_columns(folder: Path) -> Made:
    def hide(page: Worksheet) -> None:
        for row in (3, 4, 7):
            page.row_dimensions[row].hidden = True
        for column in ("A", "B", "E", "AK"):
            page.column_dimensions[column].hidden = True
        page.auto_filter.ref = page.dimensions

    return one(folder / "siasn.xlsx", [SIASN_HEADINGS, *siasn_rows(EVERYBODY)], hide)


@case(Expected(sheets=(Sheet("siasn", 2, 8),), people=_ALL, counts={"rows": 8}, facts=_FACTS))
def siasn_blank_rows_between(folder: Path) -> Made:
    rows = [line for row in siasn_rows(EVERYBODY) for line in (row, [], [" ", None, "\u00a0"])]
    return one(folder / "siasn.xlsx", [[], SIASN_HEADINGS, *rows])


_CROWD = crowd(160)


@case(
    Expected(
        sheets=(Sheet("siasn", 3, 160),),
        people=tuple(one.nip for one in _CROWD),
        counts={"rows": 160, "added": 160, "rejected": 0},
    )
)
def siasn_headings_on_every_page(folder: Path) -> Made:
    rows = siasn_rows(_CROWD, _NEEDED)
    pages = [line for start in range(0, 160, 50) for line in (_NEEDED, *rows[start : start + 50])]
    return one(folder / "siasn.xlsx", [["DATA PEGAWAI"], [], *pages])


@case(Expected(sheets=(Sheet("siasn", 1, 5),), people=_FIVE, counts={"rows": 5, "rejected": 0}))
def siasn_totals_at_the_end(folder: Path) -> Made:
    total = ["JUMLAH", "", "", 5] + [""] * 30 + [5]
    return one(folder / "siasn.xlsx", [SIASN_HEADINGS, *siasn_rows(FIVE), [], total, ["Dicetak dari SIASN"]])


_STANDINGS = {
    "Aktif": "active", "PPPK Aktif": "active", "Pensiun BUP": "retired", "MENCAPAI BATAS USIA PENSIUN": "retired",
    "CLTN": "cltn", "Cuti di Luar Tanggungan Negara": "cltn", "Diberhentikan dengan Hormat": "dismissed",
    "Pindah Instansi": "transferred", "Meninggal Dunia": "deceased", "Tugas Belajar": "study",
    "Pemberhentian Sementara": "suspended", "Masa Persiapan Pensiun": "pension_prep", "Dipekerjakan": "secondment",
}  # fmt: skip
_STANDING = {
    word: with_(SUPARMI, nip=f"1979113020070120{number}", status=word, name=f"PEGAWAI {word.upper()}")
    for number, word in enumerate(_STANDINGS, 11)
}
_ODD = with_(SUPARMI, nip="197911302007012091", status="Entah ke Mana")


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 14),),
        people=(*(one.nip for one in _STANDING.values()), _ODD.nip),
        problems=("status-unknown@X15",),
        facts={_STANDING[word].nip: {"status": status} for word, status in _STANDINGS.items()}
        | {_ODD.nip: {"status": "active"}},
    )
)
def siasn_every_legal_standing(folder: Path) -> Made:
    headings = [*SIASN_HEADINGS[:8], *SIASN_HEADINGS[9:]]
    return one(folder / "siasn.xlsx", [headings, *siasn_rows((*_STANDING.values(), _ODD), headings)])


@case(Expected(sheets=(Sheet("siasn", 1, 5),), people=_FIVE, facts={n: _FACTS[n] for n in _FIVE}))
def siasn_headings_in_small_letters_with_underscores(folder: Path) -> Made:
    headings = [name.lower().replace(" ", "_") for name in SIASN_HEADINGS]
    return one(folder / "siasn.xlsx", [headings, *siasn_rows(FIVE)])


@case(Expected(sheets=(Sheet("siasn", 2, 5),), people=_FIVE, facts={n: _FACTS[n] for n in _FIVE}))
def siasn_headings_with_line_breaks(folder: Path) -> Made:
    headings = [f" {name.replace(' ', chr(10))} " for name in SIASN_HEADINGS]
    return one(folder / "siasn.xlsx", [[], headings, *siasn_rows(FIVE)])


@case(Expected(sheets=(Sheet("siasn", 1, 8),), people=_ALL, facts=_FACTS))
def siasn_with_three_hundred_columns(folder: Path) -> Made:
    more = [f"KOLOM TAMBAHAN {n}" for n in range(300 - len(SIASN_HEADINGS))]
    rows = [[*row, *("x" for _ in more)] for row in siasn_rows(EVERYBODY)]
    return one(folder / "siasn.xlsx", [[*SIASN_HEADINGS, *more], *rows])


@case(Expected(sheets=(Sheet("siasn", 30, 5),), people=_FIVE, counts={"rows": 5}))
def siasn_heading_in_row_30(folder: Path) -> Made:
    return one(
        folder / "siasn.xlsx", [*([f"Catatan baris {n}"] for n in range(1, 30)), _NEEDED, *siasn_rows(FIVE, _NEEDED)]
    )


@case(Expected(code=3, error="heading-missing"))
def siasn_heading_in_row_31(folder: Path) -> Made:
    return one(
        folder / "siasn.xlsx", [*([f"Catatan baris {n}"] for n in range(1, 31)), _NEEDED, *siasn_rows(FIVE, _NEEDED)]
    )


_LONG = "UNIT PELAKSANA TEKNIS DAERAH " + " ".join(f"BAGIAN URUSAN KE-{n}" for n in range(45))


@case(Expected(sheets=(Sheet("siasn", 1, 2),), people=(RUSDI.nip, TOGAR.nip), facts={TOGAR.nip: {"unit": _LONG}}))
def siasn_extremely_long_names_of_units(folder: Path) -> Made:
    people: tuple[Person, ...] = (RUSDI, with_(TOGAR, unit=_LONG))
    return one(folder / "siasn.xlsx", [_NEEDED, *siasn_rows(people, _NEEDED)])
