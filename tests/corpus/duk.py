"""DUK, the list of people by rank, as offices type it and as one application prints it."""

from collections.abc import Sequence
from pathlib import Path

from tests.corpus.books import Rows, book, merged, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import BAMBANG, DINKES, FIVE, RUSDI, SIGNER, SRI, SUPARMI, YUNITA, Person, day

_PNS = (RUSDI, SRI, BAMBANG, SUPARMI)
_NIPS = tuple(one.nip for one in _PNS)
_FACTS = {
    one.nip: {
        "name": one.name,
        "front_title": one.front or None,
        "back_title": one.back or None,
        "rank": one.rank,
        "rank_since": one.rank_since.isoformat(),
        "position": one.position,
        "position_since": one.position_since.isoformat(),
    }
    for one in _PNS
}
_UPPER = ("NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN", "", "MASA KERJA", "", "LATIHAN JABATAN", "", "",
          "PENDIDIKAN", "", "", "USIA", "CATATAN MUTASI", "KET.")  # fmt: skip
_LOWER = ("", "", "", "GOL.", "TMT", "NAMA", "TMT", "TH", "BL", "NAMA", "BLN/TH", "JAM", "NAMA", "LULUS", "TINGKAT",
          "", "", "")  # fmt: skip
_SPANS = ("D{0}:E{0}", "F{0}:G{0}", "H{0}:I{0}", "J{0}:L{0}", "M{0}:O{0}")
_DOWN = ("A{0}:A{1}", "B{0}:B{1}", "C{0}:C{1}", "P{0}:P{1}", "Q{0}:Q{1}", "R{0}:R{1}")
_TITLES = (("DAFTAR URUT KEPANGKATAN PEGAWAI NEGERI SIPIL",), ("KEADAAN 31 DESEMBER 2025",), ())
_SIGNATURE: tuple[Sequence[object], ...] = (
    (),
    (*[""] * 13, "Binjai, 31 Desember 2025"),
    (*[""] * 13, "KEPALA BKPSDM KOTA BINJAI"),
    (),
    (*[""] * 13, "MARTUA HUTAGALUNG, S.H."),
    (*[""] * 13, "Pembina Utama Muda"),
    (*[""] * 13, f"NIP. {SIGNER[:8]} {SIGNER[8:14]} {SIGNER[14]} {SIGNER[15:]}"),
)


def _line(number: int, one: Person) -> list[object]:
    return [
        *(number, one.titled, one.nip, one.rank, day(one.rank_since), one.position, day(one.position_since)),
        *("17", "04", "DIKLATPIM IV", "05/2016", "360", "ILMU PEMERINTAHAN", "2004", "S-1", "48", "", ""),
    ]


def _merges(row: int) -> list[str]:
    return [span.format(row, row + 1) for span in (*_SPANS, *_DOWN)]


@case(
    Expected(
        sheets=(Sheet("duk", 5, 4),),
        people=_NIPS,
        counts={"rows": 4, "added": 4, "rejected": 0},
        facts=_FACTS,
        nobody=(SIGNER,),
    )
)
def duk_classic(folder: Path) -> Made:
    lines = [_line(n, person) for n, person in enumerate(_PNS, 1)]
    rows = [*_TITLES, _UPPER, _LOWER, range(1, 19), *lines, *_SIGNATURE]
    return one(folder / "DUK 2025.xlsx", rows, merged("A1:R1", "A2:R2", *_merges(4)))


@case(
    Expected(
        sheets=(Sheet("duk", 5, 4),), people=_NIPS, counts={"rows": 4, "rejected": 0}, facts=_FACTS, nobody=(SIGNER,)
    )
)
def duk_signature_under_the_column_of_the_nip(folder: Path) -> Made:
    lines = [_line(n, person) for n, person in enumerate(_PNS, 1)]
    below = ("Binjai, 31 Desember 2025", "Kepala BKPSDM,", "", "MARTUA HUTAGALUNG", f"NIP. {SIGNER}")
    signature: Rows = [["", "", text] for text in below]
    return one(
        folder / "DUK.xlsx", [*_TITLES, _UPPER, _LOWER, range(1, 19), *lines, [], *signature], merged(*_merges(4))
    )


@case(
    Expected(
        sheets=(Sheet("duk", 5, 4),), people=_NIPS, counts={"rows": 4, "rejected": 0}, facts=_FACTS, nobody=(SIGNER,)
    )
)
def duk_grouped_by_golongan(folder: Path) -> Made:
    groups: list[list[object]] = [
        ["GOLONGAN IV"], *(_line(n, person) for n, person in enumerate(_PNS[:2], 1)),
        ["GOLONGAN III"], *(_line(n, person) for n, person in enumerate(_PNS[2:], 3)),
    ]  # fmt: skip
    rows: Rows = [*_TITLES, _UPPER, _LOWER, [f"({n})" for n in range(1, 19)], *groups, *_SIGNATURE]
    return one(folder / "DUK.xlsx", rows, merged(*_merges(4), "A7:R7", "A10:R10"))


_PRINTED = ("NO", "NAMA PEGAWAI", "NIP / NIDN", "GOLONGAN / PANGKAT", "JABATAN", "UNIT KERJA", "PENDIDIKAN TERAKHIR",
            "TMT PANGKAT TERAKHIR", "TMT KGB", "MASA KERJA")  # fmt: skip
_RANKS = {"IV/c": "IV/c - Pembina Utama Muda", "IV/a": "Pembina (IV/a)", "III/d": "III/d / Penata Tingkat I",
          "III/b": "Penata Muda Tk. I, III/b"}  # fmt: skip


@case(
    Expected(
        sheets=(Sheet("duk", 3, 4),),
        people=_NIPS,
        counts={"rows": 4, "rejected": 0, "units_added": 3},
        facts={
            one.nip: {"rank": one.rank, "unit": one.unit, "name": one.name, "rank_since": one.rank_since.isoformat()}
            for one in _PNS
        },
    )
)
def duk_as_an_application_prints_it(folder: Path) -> Made:
    lines = [
        [n, one.titled, one.nip, _RANKS[one.rank], one.position, one.unit, "S-1", day(one.rank_since), "01-04-2024",
         "17 Tahun 4 Bulan"]
        for n, one in enumerate(_PNS, 1)
    ]  # fmt: skip
    return one(folder / "duk.xlsx", [["Daftar Urut Kepangkatan"], [], _PRINTED, *lines])


@case(
    Expected(
        people=(*_NIPS, YUNITA.nip),
        counts={"rows": 5, "rejected": 0},
        facts={RUSDI.nip: {"unit": "DINAS PENDIDIKAN"}, YUNITA.nip: {"unit": DINKES}},
        nobody=(SIGNER,),
    )
)
def duk_one_sheet_per_office(folder: Path) -> Made:
    def rows(people: Sequence[Person]) -> list[Sequence[object]]:
        return [
            *_TITLES,
            _UPPER,
            _LOWER,
            range(1, 19),
            *(_line(n, one) for n, one in enumerate(people, 1)),
            *_SIGNATURE,
        ]

    return book(folder / "DUK.xlsx", {"DINAS PENDIDIKAN": rows(_PNS), "DINAS KESEHATAN": rows((YUNITA,))})


@case(
    Expected(
        sheets=(Sheet("duk", 4, 5),),
        people=tuple(one.nip for one in FIVE),
        counts={"rows": 5, "rejected": 0},
        facts={one.nip: {"name": one.name, "rank": one.rank} for one in FIVE},
    )
)
def duk_name_and_nip_in_one_cell(folder: Path) -> Made:
    lines = [
        [n, f"{one.titled}\nNIP. {one.nip[:8]} {one.nip[8:14]} {one.nip[14]} {one.nip[15:]}", one.rank,
         day(one.rank_since), one.position, day(one.position_since)]
        for n, one in enumerate(FIVE, 1)
    ]  # fmt: skip
    rows: Rows = [["DAFTAR URUT KEPANGKATAN"], [], ["NO", "NAMA / NIP", "PANGKAT", "", "JABATAN", ""],
            ["", "", "GOL", "TMT", "NAMA", "TMT"], *lines]  # fmt: skip
    return one(folder / "duk.xlsx", rows, merged("C3:D3", "E3:F3", "A3:A4", "B3:B4"))
