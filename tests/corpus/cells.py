"""What stands in cells: numbers that were once a NIP, dates of every notation, ranks, titles, and dirt."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from tests.corpus.books import calculated, one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import BAMBANG, DISDIK, EVERYBODY, FIVE, LAILA, RUSDI, SRI, SUPARMI, TOGAR, YUNITA, Person
from tests.workbooks.made import csv_file

_PLAIN = ("No", "NIP", "Nama", "Unit Kerja")


def _list(folder: Path, nips: Sequence[object], people: Sequence[Person] = EVERYBODY) -> Path:
    rows = [(n, nip, p.name, p.unit) for n, (nip, p) in enumerate(zip(nips, people, strict=False), 1)]
    return one(folder / "daftar.xlsx", [_PLAIN, *rows])


def _spaced(nip: str, mark: str) -> str:
    return mark.join((nip[:8], nip[8:14], nip[14], nip[15:]))


@case(Expected(sheets=(Sheet("generic", 1, 8),), people=tuple(p.nip for p in EVERYBODY), counts={"rejected": 0}))
def nips_written_with_marks(folder: Path) -> Made:
    marks: tuple[Callable[[str], str], ...] = (
        lambda n: _spaced(n, " "),
        lambda n: _spaced(n, "."),
        lambda n: f"'{n}",
        lambda n: f"\u00a0{n}\u00a0",
        lambda n: _spaced(n, "\u00a0"),
        lambda n: _spaced(n, "-"),
        lambda n: f"{n}\n",
        lambda n: f"\u200b{n}",
    )
    return _list(folder, [mark(p.nip) for mark, p in zip(marks, EVERYBODY, strict=True)])


_DAMAGED: tuple[tuple[object, str], ...] = (
    (int(RUSDI.nip), "nip-numeric@B2"),
    ("1.97508E+17", "nip-damaged@B3"),
    ("1,98204E+17", "nip-damaged@B4"),
    ("197911302007012000", "nip-serial@B5"),
    (LAILA.nip[:-1], "nip-length@B6"),
    ("19951225202203100S", "nip-not-digits@B7"),
    ("I96812O51992032003", "nip-not-digits@B8"),
    ("198813092011011006", "nip-birth-date@B9"),
)


@case(
    Expected(
        code=3, problems=tuple(code for _, code in _DAMAGED), counts={"rows": 8, "added": 0, "rejected": 8},
        nobody=("197911302007012000", "198813092011011006"),
    )
)  # fmt: skip
def nips_damaged_in_every_way(folder: Path) -> Made:
    return _list(folder, [nip for nip, _ in _DAMAGED])


@case(
    Expected(
        code=7,
        people=(SRI.nip, SUPARMI.nip, BAMBANG.nip),
        problems=("nip-numeric@B2", "nip-length@B6"),
        counts={"rows": 5, "added": 3, "rejected": 2},
    ),
    "--accept-valid",
)
def the_good_rows_among_bad_ones(folder: Path) -> Made:
    nips: list[object] = [p.nip for p in FIVE]
    nips[0], nips[4] = float(RUSDI.nip), LAILA.nip[1:]
    return _list(folder, nips)


_DAYS: tuple[tuple[object, str], ...] = (
    (date(2019, 3, 1), "2019-03-01"),
    (datetime(2019, 3, 2, 0, 0), "2019-03-02"),  # noqa: DTZ001 - what a spreadsheet keeps has no time zone
    (43527, "2019-03-03"),
    ("2019-03-04", "2019-03-04"),
    ("13-03-2019", "2019-03-13"),
    ("14/03/2019", "2019-03-14"),
    ("15.03.2019", "2019-03-15"),
    ("1 Maret 2019", "2019-03-01"),
    ("17 Agustus 2019", "2019-08-17"),
    ("5 Nopember 2019", "2019-11-05"),
    ("03/04/2015", "2015-04-03"),
    ("2019-03-20 00:00:00", "2019-03-20"),
    ("-", ""),
)
_DATED = tuple(f"1979113020070120{n}" for n in range(11, 11 + len(_DAYS)))


@case(
    Expected(
        sheets=(Sheet("generic", 1, len(_DAYS)),),
        people=_DATED,
        notes=("date-ambiguous@C",),
        facts={nip: {"rank_since": iso or None} for nip, (_, iso) in zip(_DATED, _DAYS, strict=True)},
    )
)
def dates_of_every_notation(folder: Path) -> Made:
    rows = [(nip, "SUPARMI", day) for nip, (day, _) in zip(_DATED, _DAYS, strict=True)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "TMT PANGKAT"), *rows])


@case(
    Expected(
        code=3,
        problems=("date-impossible@C2", "date-impossible@C3", "date-impossible@C4", "date-future@D5"),
        counts={"rows": 4, "rejected": 4},
    )
)
def dates_that_cannot_be(folder: Path) -> Made:
    days = (("31-02-2019", ""), ("01-13-2019", ""), ("belum ada", ""), ("", "01-01-2091"))
    rows = [(p.nip, p.name, *pair) for p, pair in zip(EVERYBODY, days, strict=False)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "TMT PANGKAT", "TMT JABATAN"), *rows])


_NAMES = (
    ("Dr. H. Budi Santoso, S.Pd., M.Si.", "Dr. H.", "Budi Santoso", "S.Pd., M.Si."),
    ("Drs. SUHARTONO", "Drs.", "SUHARTONO", None),
    ("Suparmi", None, "Suparmi", None),
    ("dr. RATNA DEWI, Sp.A.", "dr.", "RATNA DEWI", "Sp.A."),
    ("Hj. Dra. NURHAYATI , M.M", "Hj. Dra.", "NURHAYATI", "M.M"),
    ("Prof. Dr. Ir. A. HAKIM LUBIS, M.Sc., Ph.D.", "Prof. Dr. Ir.", "A. HAKIM LUBIS", "M.Sc., Ph.D."),
    ("drg. MAYA", "drg.", "MAYA", None),
    ("NI WAYAN ARI, A.Md.Keb.", None, "NI WAYAN ARI", "A.Md.Keb."),
)


@case(
    Expected(
        people=tuple(p.nip for p in EVERYBODY),
        facts={
            p.nip: {"front_title": front, "name": name, "back_title": back}
            for p, (_, front, name, back) in zip(EVERYBODY, _NAMES, strict=True)
        },
    )
)
def titles_in_the_column_of_the_name(folder: Path) -> Made:
    rows = [(p.nip, written) for p, (written, *_) in zip(EVERYBODY, _NAMES, strict=True)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA DAN GELAR"), *rows])


_RANKS = (
    ("III/c", "III/c"), ("IIIc", "III/c"), ("III c", "III/c"), ("III-C", "III/c"), ("Penata (III/c)", "III/c"),
    ("Penata, III/c", "III/c"), ("III/c - Penata", "III/c"), ("Penata Tk.I / III.d", "III/d"), ("Pembina", "IV/a"),
    ("Gol. II/a", "II/a"), ("Golongan III/b", "III/b"), ("iv/e", "IV/e"), ("III/z", None), ("Penata (III/d)", None),
)  # fmt: skip
_RANKED = tuple(f"1979113020070120{n}" for n in range(11, 11 + len(_RANKS)))


@case(
    Expected(
        people=(*_RANKED, LAILA.nip),
        problems=("rank-unknown@C14", "rank-unknown@C15"),
        facts={nip: {"rank": rank} for nip, (_, rank) in zip(_RANKED, _RANKS, strict=True)}
        | {LAILA.nip: {"rank": "IX"}},
    )
)
def ranks_in_every_spelling(folder: Path) -> Made:
    rows = [(nip, "SUPARMI", rank) for nip, (rank, _) in zip(_RANKED, _RANKS, strict=True)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "PANGKAT/GOL.RUANG"), *rows, (LAILA.nip, LAILA.name, "9")])


_SEXES = (("L", "L"), ("P", "P"), ("Laki-laki", "L"), ("perempuan", "P"), ("PRIA", "L"), ("Wanita", "P"), ("M", "L"),
          ("f", "P"), ("X", None))  # fmt: skip
_SEXED = tuple(
    f"197911302007011{n:03}" if sex in ("L", None) else f"197911302007012{n:03}" for n, (_, sex) in enumerate(_SEXES, 1)
)


@case(
    Expected(
        people=_SEXED,
        problems=("nip-sex-mismatch@C3", "sex-unknown@C10"),
        facts={nip: {"sex": sex or "L"} for nip, (_, sex) in zip(_SEXED[2:], _SEXES[2:], strict=True)},
    )
)
def sexes_in_every_spelling(folder: Path) -> Made:
    rows = [[nip, "PEGAWAI", sex] for nip, (sex, _) in zip(_SEXED, _SEXES, strict=True)]
    rows[1][2] = "Pria"
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "L/P"), *rows])


_KINDS = (("PNS", "pns"), ("PNS Daerah", "pns"), ("CPNS", "cpns"), ("Pegawai Negeri Sipil", "pns"))


@case(
    Expected(
        people=(*(p.nip for p in EVERYBODY[:4]), LAILA.nip, TOGAR.nip),
        problems=("employment-unknown@C7",),
        facts={p.nip: {"employment": kind} for p, (_, kind) in zip(EVERYBODY, _KINDS, strict=False)}
        | {LAILA.nip: {"employment": "pppk_paruh_waktu"}, TOGAR.nip: {"employment": "pns"}},
    )
)
def kinds_of_employment(folder: Path) -> Made:
    words = [*(word for word, _ in _KINDS), "PPPK Paruh Waktu", "Honorer"]
    rows = [(p.nip, p.name, word) for p, word in zip(EVERYBODY, words, strict=False)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "STATUS KEPEGAWAIAN"), *rows])


@case(
    Expected(
        sheets=(Sheet("generic", 1, 5),),
        people=(RUSDI.nip, SRI.nip, BAMBANG.nip),
        counts={"rows": 5, "added": 3, "rejected": 0},
        notes=("duplicate-row@B5",),
    )
)
def the_same_person_twice_alike(folder: Path) -> Made:
    return _list(folder, [RUSDI.nip, SRI.nip, BAMBANG.nip, f"'{RUSDI.nip}", _spaced(SRI.nip, " ")],
                 (RUSDI, SRI, BAMBANG, RUSDI, SRI))  # fmt: skip


@case(
    Expected(
        code=3,
        problems=("duplicate-conflict@B2", "duplicate-conflict@B4"),
        counts={"rows": 3, "added": 0, "rejected": 2},
    )
)
def the_same_person_twice_in_two_units(folder: Path) -> Made:
    rows = [(1, RUSDI.nip, RUSDI.name, DISDIK), (2, SRI.nip, SRI.name, SRI.unit), (3, RUSDI.nip, RUSDI.name, "BKPSDM")]
    return one(folder / "daftar.xlsx", [_PLAIN, *rows])


@case(
    Expected(
        people=(BAMBANG.nip, SUPARMI.nip, TOGAR.nip),
        facts={
            BAMBANG.nip: {"name": "BAMBANG HERMANTO", "unit": "SMP NEGERI 4 BINJAI"},
            SUPARMI.nip: {"name": "SUPARMI", "unit": "SMP NEGERI 4 BINJAI"},
            TOGAR.nip: {"name": "TOGAR SIMANJUNTAK", "unit": "SMP NEGERI 4 BINJAI"},
        },
        units=("SMP NEGERI 4 BINJAI",),
    )
)
def dirt_in_cells(folder: Path) -> Made:
    rows = [
        (BAMBANG.nip, "  BAMBANG   HERMANTO ", "SMP NEGERI 4 BINJAI"),
        (f"{SUPARMI.nip}\u200b", "\ufeffSUPARMI\u00a0", "SMP\nNEGERI 4\u00a0BINJAI"),
        (TOGAR.nip, "TOGAR\tSIMANJUNTAK\u200e", " Smp Negeri  4 Binjai"),
    ]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA", "UNIT KERJA"), *rows])


@case(
    Expected(
        people=(RUSDI.nip, SRI.nip),
        facts={RUSDI.nip: {"name": "RUSDI TANJUNG", "unit": DISDIK}, SRI.nip: {"name": SRI.name, "unit": DISDIK}},
    )
)
def formulas_with_the_value_they_had(folder: Path) -> Made:
    rows = [(RUSDI.nip, '=UPPER("Rusdi Tanjung")', "=E1"), ("=F1", SRI.name, "=E1")]
    path = one(folder / "daftar.xlsx", [("NIP", "NAMA", "UNIT KERJA"), *rows])
    return calculated(path, {"B2": "RUSDI TANJUNG", "C2": DISDIK, "A3": SRI.nip, "C3": DISDIK})


@case(
    Expected(
        code=3,
        problems=("formula-without-value@B2", "formula-without-value@A3"),
        counts={"rows": 3, "added": 0, "rejected": 2},
    )
)
def formulas_never_calculated(folder: Path) -> Made:
    rows = [(RUSDI.nip, '=UPPER("Rusdi Tanjung")'), ('="1975082220001"&"22001"', SRI.name), (YUNITA.nip, YUNITA.name)]
    return one(folder / "daftar.xlsx", [("NIP", "NAMA"), *rows])


@case(
    Expected(
        code=3,
        problems=("cell-error@A3",),
        counts={"rows": 3, "added": 0, "rejected": 1},
    )
)
def errors_in_cells(folder: Path) -> Made:
    rows = [(RUSDI.nip, RUSDI.name), ("=VLOOKUP(B3,F:G,2,0)", SRI.name), (YUNITA.nip, YUNITA.name)]
    return calculated(one(folder / "daftar.xlsx", [("NIP", "NAMA"), *rows]), {"A3": None})


@case(
    Expected(
        people=(RUSDI.nip, SRI.nip, YUNITA.nip),
        facts={
            RUSDI.nip: {"name": '=HYPERLINK("http://contoh")'},
            SRI.nip: {"name": "+62 SRI"},
            YUNITA.nip: {"name": "@SUM(A1)"},
        },
        problems=("name-unusual@B3", "name-unusual@B4"),
    )
)
def text_that_looks_like_a_formula(folder: Path) -> Made:
    path = folder / "daftar.csv"
    path.write_text(
        f'NIP,NAMA\n{RUSDI.nip},"\'=HYPERLINK(""http://contoh"")"\n{SRI.nip},\'+62 SRI\n{YUNITA.nip},\'@SUM(A1)\n'
    )
    return path


@case(
    Expected(code=7, people=(SRI.nip,), problems=("text-too-long@C2",), counts={"rows": 2, "added": 1, "rejected": 1}),
    "--accept-valid",
)
def a_text_longer_than_any_unit_is_named(folder: Path) -> Made:
    rows = [(RUSDI.nip, RUSDI.name, "DINAS " * 8_000), (SRI.nip, SRI.name, SRI.unit)]
    return csv_file(folder / "daftar.csv", [("NIP", "NAMA", "UNIT KERJA"), *rows])
