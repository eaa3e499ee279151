"""Recaps of e-Kinerja BKN and rating sheets, on an agency whose people are known and whose periods are open."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

from tests.builders import command
from tests.corpus.agency import rated_agency, store_of
from tests.corpus.books import book, filled, html_as_xls, one
from tests.corpus.case import Expected, Made, Maker, Sheet
from tests.corpus.case import case as any_case
from tests.corpus.people import (
    AHMAD,
    BAMBANG,
    DINKES,
    DISDIK,
    EVERYBODY,
    LAILA,
    RUSDI,
    SIGNER,
    SRI,
    SUPARMI,
    TOGAR,
    YUNITA,
    Person,
)
from tests.workbooks.made import csv_file, ods, xls

_HEADINGS = ("No", "NIP", "Nama", "Jabatan", "Rating Hasil Kinerja", "Rating Perilaku Kerja",
             "Predikat Kinerja Periodik")  # fmt: skip
_UP, _AS, _DOWN = "Diatas Ekspektasi", "Sesuai Ekspektasi", "Dibawah Ekspektasi"
_FOUR: tuple[tuple[Person, str, str, str], ...] = (
    (RUSDI, _UP, _UP, "Sangat Baik"),
    (SRI, _AS, _AS, "Baik"),
    (BAMBANG, _AS, _DOWN, "Kurang"),
    (SUPARMI, _DOWN, _DOWN, "Sangat Kurang"),
)
_FACTS = {
    RUSDI.nip: {"hasil": "diatas", "perilaku": "diatas", "predikat": "sangat_baik"},
    SRI.nip: {"hasil": "sesuai", "perilaku": "sesuai", "predikat": "baik"},
    BAMBANG.nip: {"hasil": "sesuai", "perilaku": "dibawah", "predikat": "kurang"},
    SUPARMI.nip: {"hasil": "dibawah", "perilaku": "dibawah", "predikat": "sangat_kurang"},
}
_ALL = tuple(p.nip for p in EVERYBODY)


def _lines(rated: Sequence[tuple[Person, object, object, object]]) -> list[Sequence[object]]:
    return [(n, p.nip, p.titled, p.position, *ratings) for n, (p, *ratings) in enumerate(rated, 1)]


def _recap(
    rated: Sequence[tuple[Person, object, object, object]],
    period: str = "Periode Triwulan 1 Tahun 2025",
    unit: str = DISDIK,
) -> list[Sequence[object]]:
    return [["7375 - Pemerintah Kota Binjai"], [unit], [period], [], _HEADINGS, *_lines(rated)]


def case(expected: Expected, *options: str) -> Callable[[Maker], Maker]:
    return any_case(expected, *options, command=("score", "import"))


@case(
    Expected(
        sheets=(Sheet("ekinerja_rekap", 5, 4),), people=_ALL, counts={"recorded": 4, "period": "2025-Q1", "left": 4},
        facts=_FACTS,
    )
)  # fmt: skip
def recap_of_a_quarter(folder: Path) -> Made:
    return one(folder / "Rekap Penilaian (12).xlsx", _recap(_FOUR))


@case(Expected(people=_ALL, counts={"recorded": 4, "period": "2025-06"}, facts=_FACTS))
def recap_of_a_month(folder: Path) -> Made:
    return one(folder / "Rekap Penilaian.xlsx", _recap(_FOUR, "Periode Bulanan 6 Tahun 2025"))


@case(
    Expected(
        people=_ALL,
        counts={"recorded": 4, "period": "2025"},
        facts=_FACTS,
        problems=("parts-missing@E6", "parts-missing@E7", "parts-missing@E8", "parts-missing@E9"),
    )
)
def recap_of_a_year(folder: Path) -> Made:
    rows = _recap(_FOUR, "Periode Tahunan Tahun 2025")
    rows[4] = [*_HEADINGS[:6], "Predikat Kinerja Tahunan"]
    return one(folder / "Rekap Penilaian.xlsx", rows)


@case(
    Expected(
        people=_ALL,
        counts={"rows": 5, "recorded": 1, "unrated": 4, "rejected": 0},
        facts={RUSDI.nip: _FACTS[RUSDI.nip], SRI.nip: {"hasil": None, "perilaku": None, "predikat": None}},
    )
)
def recap_with_people_not_rated(folder: Path) -> Made:
    rows = [_FOUR[0], (SRI, "-", "-", "-"), (BAMBANG, "", "", ""), (SUPARMI, None, None, None), (LAILA, " - ", "–", "")]
    return one(folder / "Rekap.xlsx", _recap(rows))


@case(
    Expected(
        people=_ALL,
        counts={"rows": 8, "recorded": 8},
        facts={
            p.nip: {"hasil": hasil, "perilaku": "sesuai"}
            for p, hasil in zip(
                EVERYBODY,
                ("diatas", "diatas", "diatas", "sesuai", "sesuai", "dibawah", "dibawah", "sesuai"),
                strict=True,
            )
        },
    )
)
def recap_with_ratings_in_every_spelling(folder: Path) -> Made:
    words = ("DI ATAS EKSPEKTASI", "diatas", 1, "Sesuai  ekspektasi", "2", "Di bawah Ekspektasi", "Dibawah", "sesuai")
    rows = [(p, word, "Sesuai Ekspektasi ", "") for p, word in zip(EVERYBODY, words, strict=True)]
    return one(folder / "Rekap.xlsx", _recap(rows))


@case(
    Expected(
        sheets=(Sheet("kinerja_sheet", 3, 4),), people=_ALL, counts={"recorded": 4, "period": "2025-Q1"}, facts=_FACTS
    )
)
def ratings_under_the_headings_of_the_regulation(folder: Path) -> Made:
    headings = ("No.", "Nama Pegawai", "NIP", "Rating Hasil Kerja", "Rating Perilaku Kerja", "Predikat Kinerja Pegawai")
    rows = [(n, p.titled, p.nip, *r) for n, (p, *r) in enumerate(_FOUR, 1)]
    return one(folder / "nilai.xlsx", [["PENILAIAN TRIWULAN I TAHUN 2025"], [], headings, *rows])


@case(
    Expected(
        sheets=(Sheet("kinerja_sheet", 1, 4),), people=_ALL, counts={"recorded": 4, "period": "2025-Q1"}, facts=_FACTS
    ),
    "--period",
    "2025-Q1",
)
def ratings_without_a_word_of_the_period(folder: Path) -> Made:
    rows = [(p.nip, hasil, perilaku) for p, hasil, perilaku, _ in _FOUR]
    return one(folder / "nilai.xlsx", [("NIP", "Hasil Kerja", "Perilaku Kerja"), *rows])


@case(Expected(code=2, error="period-missing", people=_ALL))
def ratings_of_no_period_at_all(folder: Path) -> Made:
    rows = [(p.nip, hasil, perilaku) for p, hasil, perilaku, _ in _FOUR]
    return one(folder / "nilai.xlsx", [("NIP", "Hasil Kerja", "Perilaku Kerja"), *rows])


_HEALTH = ((YUNITA, _AS, _UP, "Baik"), (AHMAD, _UP, _AS, "Baik"), (TOGAR, _AS, _AS, "Baik"))


@case(
    Expected(
        sheets=(Sheet("ekinerja_rekap", 5, 3), Sheet("ekinerja_rekap", 5, 4)),
        people=_ALL,
        counts={"rows": 7, "recorded": 7, "left": 1, "period": "2025-Q1"},
        facts=_FACTS | {YUNITA.nip: {"predikat": "baik"}},
    )
)
def recaps_of_two_units_in_a_folder(folder: Path) -> Made:
    inside = folder / "rekap"
    inside.mkdir()
    one(inside / "Rekap Penilaian.xlsx", _recap(_FOUR))
    one(inside / "Rekap Penilaian (1).xlsx", _recap(_HEALTH, unit=DINKES))
    return inside


@case(
    Expected(
        sheets=(Sheet("ekinerja_rekap", 5, 4, "Sheet1"), Sheet("ekinerja_rekap", 5, 3, "Sheet2")),
        people=_ALL,
        counts={"rows": 7, "recorded": 7},
    )
)
def recaps_of_two_units_in_one_file(folder: Path) -> Made:
    return book(folder / "rekap.xlsx", {"Sheet1": _recap(_FOUR), "Sheet2": _recap(_HEALTH, unit=DINKES)})


@case(Expected(code=3, error="periods-differ", people=_ALL))
def recaps_of_two_periods(folder: Path) -> Made:
    return (
        one(folder / "a.xlsx", _recap(_FOUR)),
        one(folder / "b.xlsx", _recap(_HEALTH, "Periode Triwulan 2 Tahun 2025", DINKES)),
    )


@case(Expected(code=3, people=_ALL, problems=("predikat-mismatch@G6",), counts={"rejected": 1, "recorded": 0}))
def recap_whose_predikat_disagrees(folder: Path) -> Made:
    return one(folder / "rekap.xlsx", _recap([(RUSDI, _AS, _AS, "Sangat Baik"), *_FOUR[1:]]))


@case(
    Expected(
        code=3,
        people=_ALL,
        problems=("rating-unknown@E6", "rating-half@F7", "predikat-unknown@G8", "nip-numeric@B9"),
        counts={"rows": 4, "rejected": 4, "recorded": 0},
    )
)
def recap_with_every_kind_of_slip(folder: Path) -> Made:
    rows = _recap([(RUSDI, "Sangat Baik", _AS, ""), (SRI, _AS, "", ""), (BAMBANG, _AS, _AS, "Istimewa"), _FOUR[3]])
    rows[-1] = [4, int(SUPARMI.nip), *rows[-1][2:]]
    return one(folder / "rekap.xlsx", rows)


@case(
    Expected(
        code=7,
        people=_ALL,
        problems=("nip-unknown@B7",),
        counts={"rows": 4, "rejected": 1, "recorded": 3},
        facts={RUSDI.nip: _FACTS[RUSDI.nip]},
    ),
    "--accept-valid",
)
def recap_with_somebody_nobody_knows(folder: Path) -> Made:
    rows = _recap(_FOUR)
    rows[6] = [2, "198001012005011001", "ORANG LAIN", *rows[6][3:]]
    return one(folder / "rekap.xlsx", rows)


@case(
    Expected(code=3, people=_ALL, problems=("duplicate-conflict@B6", "duplicate-conflict@B10"), counts={"rejected": 2})
)
def recap_with_a_person_rated_twice(folder: Path) -> Made:
    return one(folder / "rekap.xlsx", _recap([*_FOUR, (RUSDI, _AS, _AS, "Baik")]))


@case(
    Expected(people=_ALL, counts={"rows": 4, "recorded": 4, "rejected": 0}, facts=_FACTS, nobody=(SIGNER,)),
)
def recap_with_blank_rows_repeated_headings_and_a_signature(folder: Path) -> Made:
    rows = _recap(_FOUR)
    signature = [["", "", "", "", "Binjai, 4 April 2025"], ["", "", "", "", "Kepala Dinas"], ["", f"NIP. {SIGNER}"]]
    return one(folder / "rekap.xlsx", [*rows[:7], [], _HEADINGS, *rows[7:], [], [], *signature])


@case(Expected(people=_ALL, counts={"rows": 4, "recorded": 4, "period": "2025-Q1"}, facts=_FACTS))
def recaps_in_four_kinds_of_files(folder: Path) -> Made:
    recaps = [[["" if c is None else c for c in row] for row in _recap([line])] for line in _FOUR]
    return (
        csv_file(folder / "a.csv", recaps[0], delimiter=";"),
        xls(folder / "b.xls", recaps[1]),
        ods(folder / "c.ods", recaps[2]),
        html_as_xls(folder / "d.xls", recaps[3]),
    )


_RATED = {RUSDI.nip: (_UP, _UP), SRI.nip: (_AS, _AS)}


def _fill_in(path: Path, rated: Mapping[str, tuple[str, str]] = _RATED) -> None:
    """Write ratings into a workbook that has the people already."""
    cells = [[str(cell or "") for cell in row] for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    heading_row = next(number for number, row in enumerate(cells, 1) if "NIP" in row)
    nip = cells[heading_row - 1].index("NIP")
    columns = ("Rating Hasil Kerja", "Rating Perilaku Kerja")
    filled(
        path,
        {
            number: dict(zip(columns, rated[row[nip]], strict=True))
            for number, row in enumerate(cells, 1)
            if row[nip] in rated
        },
        heading_row,
    )


def _sent_out(folder: Path, store: Path) -> list[Path]:
    out = folder / "keluar"
    command(store, "score", "sheets", "2025-Q1", "-o", out)
    return sorted(out.glob("*.xlsx"))


@case(
    Expected(
        people=_ALL,
        counts={"rows": 8, "recorded": 2, "unrated": 6, "rejected": 0, "period": "2025-Q1"},
        facts={nip: _FACTS[nip] for nip in _RATED},
    )
)
def rating_workbooks_of_ours_filled_in(folder: Path) -> Made:
    workbooks = _sent_out(folder, store_of(folder))
    for path in workbooks:
        _fill_in(path)
    return folder / "keluar"


@case(Expected(code=3, people=_ALL, problems=("agency-other@",) * 5, counts={"recorded": 0}))
def rating_workbooks_of_another_agency(folder: Path) -> Made:
    workbooks = _sent_out(folder, rated_agency(folder / "other.db"))
    for path in workbooks:
        _fill_in(path)
    return folder / "keluar"


@case(
    Expected(
        sheets=(Sheet("kinerja_sheet", 6, 2),),
        people=_ALL,
        counts={"rows": 2, "recorded": 2, "period": "2025-Q1"},
        facts={nip: _FACTS[nip] for nip in _RATED},
    )
)
def rating_template_filled_in(folder: Path) -> Made:
    path = folder / "template.xlsx"
    command(store_of(folder), "score", "template", "-o", path)
    template = load_workbook(path)
    page = template.worksheets[0]
    page["A2"] = "Periode: Triwulan I Tahun 2025"
    for row, person in enumerate((RUSDI, SRI), 7):
        for column, value in enumerate((person.nip, person.name, *_RATED[person.nip]), 2):
            page.cell(row, column, value)
    template.save(path)
    return path


@case(Expected(sheets=(Sheet("kinerja_sheet", 6, 0),), people=_ALL, counts={"recorded": 0}), "--period", "2025-Q1")
def rating_template_empty(folder: Path) -> Made:
    path = folder / "template.xlsx"
    command(store_of(folder), "score", "template", "-o", path)
    return path
