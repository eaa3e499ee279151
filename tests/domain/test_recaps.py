"""Recaps of e-Kinerja row by row: every wording of titles, labels and empty cells."""

from dataclasses import replace

import pytest

from kinerja_cli.domain.appraisal import MethodMismatch
from kinerja_cli.domain.rating_cells import Judge
from kinerja_cli.domain.recap_titles import titled_unit
from kinerja_cli.domain.recaps import RecapEntry, read_recaps
from kinerja_cli.domain.regulation import load_regulation, parse_predikat, parse_rating
from kinerja_cli.domain.rows import CellValue, Row, Source
from tests.domain.made import BUDI, SARI, sheet

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")
NOTHING = (None, "", " ", "-", "–", "—", "Belum dinilai", "BELUM  DINILAI", "Tidak ada", "N/A", "n.a.", "NA", "Nihil")


def entries(*rows: dict[str, CellValue]) -> list[RecapEntry]:
    """What one recap with these rows says."""
    return read_recaps(sheet(*({"hasil": "", "perilaku": "", **row} for row in rows)), P6, peer_opinion=False)


@pytest.mark.parametrize("empty", NOTHING)
def test_what_says_that_there_is_no_rating_is_no_rating(empty: CellValue) -> None:
    (entry,) = entries({"nip": BUDI, "name": "BUDI", "hasil": empty, "perilaku": empty, "predikat": empty})
    assert (entry.rated, entry.predikat, entry.verdict.faults) == (False, None, ())
    (half,) = entries({"nip": BUDI, "hasil": empty, "perilaku": "Sesuai Ekspektasi"})
    assert [fault.kind.code for fault in half.verdict.faults] == ["rating-half"]
    verdict = Judge(PP30, peer_opinion=False).values(empty, empty, None, empty)
    assert (verdict.predikat, verdict.faults) == (None, ())


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Diatas Ekspektasi", "diatas"),
        ("di atas ekspektasi", "diatas"),
        ("DI ATAS  EKSPEKTASI", "diatas"),
        ("Diatas", "diatas"),
        ("1", "diatas"),
        (1, "diatas"),
        ("Sesuai Ekspektasi", "sesuai"),
        ("sesuai", "sesuai"),
        ("2", "sesuai"),
        (2.0, "sesuai"),
        ("Dibawah Ekspektasi", "dibawah"),
        ("Di bawah ekspektasi", "dibawah"),
        ("3", "dibawah"),
    ],
)
def test_ratings_are_known_in_every_spelling(label: CellValue, value: str) -> None:
    assert parse_rating(P6, label) == value


@pytest.mark.parametrize(
    ("label", "value", "noted"),
    [
        ("Sangat Baik", "sangat_baik", False),
        ("BAIK", "baik", False),
        ("Butuh Perbaikan", "butuh_perbaikan", False),
        ("Cukup", "butuh_perbaikan", True),
        ("Kurang", "kurang", False),
        ("Kurang/Misconduct", "kurang", False),
        ("Kurang/Mis Conduct", "kurang", False),
        ("Kurang (Misconduct)", "kurang", False),
        ("KURANG/ MIS CONDUCT", "kurang", False),
        ("Kurang/Mis-Conduct", "kurang", False),
        ("Misconduct", "kurang", False),
        ("Sangat Kurang", "sangat_kurang", False),
    ],
)
def test_predikat_are_known_in_every_spelling(label: str, value: str, noted: bool) -> None:
    assert parse_predikat(P6, label) == (value, noted)


@pytest.mark.parametrize("label", ["Tidak Baik", "Baik?", "Kurang Baik", "Sangat", "Istimewa"])
def test_part_of_a_label_is_no_label(label: str) -> None:
    assert parse_predikat(P6, label) is None


def test_a_row_tells_everything_it_has() -> None:
    (entry,) = entries(
        {
            "nip": "'19850115 201001 1 001",
            "name": "BUDI",
            "unit": "BIDANG PELAYANAN",
            "assessor_nip": SARI,
            "assessor_name": "Sari",
            "hasil": "Diatas Ekspektasi",
            "perilaku": 2,
            "predikat": "Cukup",
        }
    )
    assert (entry.nip, entry.unit, entry.assessor_nip, entry.assessor_name) == (BUDI, "BIDANG PELAYANAN", SARI, "Sari")
    assert (entry.predikat, entry.verdict.predikat, entry.rated) == ("butuh_perbaikan", "baik", False)
    assert entry.place("predikat").row == 2


def test_a_predikat_that_is_none_stays_as_it_is_written() -> None:
    (entry,) = entries({"nip": BUDI, "hasil": 1, "perilaku": 1, "predikat": "Baik Sekali"})
    assert entry.predikat == "Baik Sekali"


def test_a_damaged_assessor_is_kept_as_text() -> None:
    (entry,) = entries({"nip": BUDI, "assessor_nip": 1.98501152010011e17})
    assert (entry.assessor_nip, entry.assessor_damaged) == ("", "198501152010011008")


def test_a_row_without_a_nip_is_told_and_a_blank_one_is_not() -> None:
    rows = entries({"nip": None, "name": "BUDI"}, {"nip": None, "name": "-"}, {"nip": "1.98501E+17", "name": "ANI"})
    assert [(row.nip, row.damage and row.damage.code) for row in rows] == [(None, "nip-missing"), (None, "nip-damaged")]


def test_a_cell_without_a_value_is_no_missing_rating() -> None:
    (row,) = sheet({"nip": BUDI, "name": "BUDI", "hasil": "", "perilaku": ""})
    source = replace(row.source, unreadable={row.number: {row.source.columns["hasil"]: "=A1"}})
    (entry,) = read_recaps([replace(row, source=source)], P6, peer_opinion=False)
    assert entry.nip is None
    assert entry.damage is not None
    assert entry.damage.code == "formula-without-value"


def test_the_title_names_the_unit_where_the_row_does_not() -> None:
    source = Source(
        "a.xlsx",
        "S",
        "ekinerja_rekap",
        4,
        {"nip": 0, "unit": 1, "hasil": 2, "perilaku": 3},
        (("7371 - Kota",), ("DINAS",)),
    )
    rows = [Row(source, 5, [BUDI, "BIDANG", 1, 1]), Row(source, 6, [SARI, "-", 1, 1]), Row(source, 7, [SARI])]
    assert [entry.unit for entry in read_recaps(rows, P6, peer_opinion=False)] == ["BIDANG", "DINAS", "DINAS"]


def test_ratings_and_numbers_are_not_mixed() -> None:
    with pytest.raises(MethodMismatch):
        read_recaps(sheet({"nip": BUDI, "skp": 90, "perilaku_score": 90}), P6, peer_opinion=False)
    (entry,) = read_recaps(sheet({"nip": BUDI, "skp": 90, "perilaku_score": 90}), PP30, peer_opinion=False)
    assert entry.predikat == "baik"


@pytest.mark.parametrize(
    ("titles", "recap", "unit"),
    [
        ([("7371 - Kota",), ("DINAS  KESEHATAN",), ("Periode Tahunan 2026",)], True, "DINAS KESEHATAN"),
        ([("7371 - Kota",), ("DINAS KESEHATAN",), ("Periode Tahunan 2026",)], False, "DINAS KESEHATAN"),
        ([("REKAP PENILAIAN",), ("7371 - Kota",), ("DINAS KESEHATAN",)], True, "DINAS KESEHATAN"),
        ([("REKAP PENILAIAN",), ("DINAS KESEHATAN",), ("Tahun 2026",)], True, "DINAS KESEHATAN"),
        ([("REKAP PENILAIAN",), ("KOTA CONTOH",), ("DINAS KESEHATAN",)], True, "DINAS KESEHATAN"),
        ([("Kota Contoh",), ("DINAS KESEHATAN",)], False, None),
        ([("Unit Kerja : DINAS KESEHATAN",)], False, "DINAS KESEHATAN"),
        ([("Unit Penilaian", ":", "DINAS KESEHATAN")], False, "DINAS KESEHATAN"),
        ([("7371 - Kota",), ("Periode Tahunan 2026",)], True, None),
        ([("7371 - Kota",)], True, None),
        ([("Periode Tahunan 2026",)], True, None),
        ([(), ()], True, None),
        ([], False, None),
    ],
)
def test_titles_name_the_unit(titles: list[tuple[str, ...]], recap: bool, unit: str | None) -> None:
    assert titled_unit(titles, recap=recap) == unit
