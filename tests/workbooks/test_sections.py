"""Units that no column holds: how titles, tabs and rows between people name them."""

import pytest

from kinerja_cli.workbooks.sections import is_note, unit_of_text
from kinerja_cli.workbooks.tabs import unit_of_tab, units_of_tabs
from kinerja_cli.workbooks.titles import read_titles
from kinerja_cli.workbooks.unit_words import KnownUnits, SectionUnit


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("UNIT KERJA : DINAS KESEHATAN", "DINAS KESEHATAN"),
        ("Perangkat Daerah: Badan Kepegawaian", "Badan Kepegawaian"),
        ("NAMA OPD = KECAMATAN CONTOH KOTA", "KECAMATAN CONTOH KOTA"),
        ("DAFTAR PEGAWAI DINAS KESEHATAN KOTA CONTOH TAHUN 2026", "DINAS KESEHATAN"),
        ("DATA ASN KECAMATAN CONTOH KOTA", "KECAMATAN CONTOH KOTA"),
        ("DATA ASN KECAMATAN CONTOH KOTA TAHUN 2026", "KECAMATAN CONTOH KOTA"),
        ("DAFTAR GURU SMP NEGERI 3 CONTOH PER 31 DESEMBER 2025", "SMP NEGERI 3 CONTOH"),
        ("PEMERINTAH KOTA CONTOH", None),
        ("DAFTAR URUT KEPANGKATAN", None),
        ("Dinasti", None),
    ],
)
def test_titles(title: str, name: str | None) -> None:
    found = read_titles([("PEMERINTAH KOTA CONTOH",), (title,)]).unit
    assert (found.name if found else None) == name


def test_a_label_goes_before_a_word_in_another_title() -> None:
    rows = [("DAFTAR PEGAWAI DINAS LAMA",), ("UNIT KERJA", ":", "Dinas Baru")]
    assert read_titles(rows).unit == SectionUnit("Dinas Baru", 1)


@pytest.mark.parametrize("text", ["PNS", "GURU", "A. ESELON II", "12", "Keterangan", "BIDANG"])
def test_rows_that_name_no_unit(text: str) -> None:
    assert unit_of_text(text) is None


def test_sections_stand_in_each_other_by_word_and_by_count() -> None:
    line: tuple[SectionUnit, ...] = ()
    seen = []
    for text in (
        "KECAMATAN CONTOH TIMUR",
        "I. SEKRETARIAT",
        "a. SUBBAGIAN UMUM",
        "b. SUBBAGIAN KEUANGAN",
        "II. SEKSI PEMERINTAHAN",
        "III. KELURAHAN MELATI",
        "DINAS SOSIAL",
    ):
        unit = unit_of_text(text)
        assert unit is not None
        line = unit.below(line)
        seen.append(" > ".join(one.name for one in line))
    assert seen == [
        "KECAMATAN CONTOH TIMUR",
        "KECAMATAN CONTOH TIMUR > SEKRETARIAT",
        "KECAMATAN CONTOH TIMUR > SEKRETARIAT > SUBBAGIAN UMUM",
        "KECAMATAN CONTOH TIMUR > SEKRETARIAT > SUBBAGIAN KEUANGAN",
        "KECAMATAN CONTOH TIMUR > SEKSI PEMERINTAHAN",
        "KECAMATAN CONTOH TIMUR > KELURAHAN MELATI",
        "DINAS SOSIAL",
    ]


@pytest.mark.parametrize(
    "tab", ["Sheet1", "Lembar 2", "DATA (3)", "pns", " ", "Pensiun", "Guru SD", "Lampiran I", "T", "JAN 2026", "2026"]
)
def test_tabs_that_name_no_unit(tab: str) -> None:
    assert unit_of_tab(tab) is None
    assert units_of_tabs([tab, "Mawar"]) == [None, None]


@pytest.mark.parametrize(
    ("tab", "name"),
    [
        ("Dinas Sosial", "Dinas Sosial"),
        ("01. Dinas Sosial", "Dinas Sosial"),
        ("Data Dinas Sosial 2026", "Dinas Sosial"),
        ("DINSOS", "DINSOS"),
        ("dinkes", "Dinas Kesehatan Kota Contoh"),
        ("DLHK", "Dinas Lingkungan Hidup dan Kebersihan Kota Contoh"),
        ("Klinik Melati", "Klinik Melati"),
    ],
)
def test_a_tab_counts_where_a_word_or_a_known_unit_says_so(tab: str, name: str) -> None:
    known = KnownUnits(
        {
            "Dinas Kesehatan Kota Contoh": 1,
            "Dinas Lingkungan Hidup dan Kebersihan Kota Contoh": 1,
            "Klinik Melati": 2,
        }
    )
    found = unit_of_tab(tab, known)
    assert found is not None
    assert found.name == name


def test_other_tabs_count_only_where_every_sheet_may_be_a_unit() -> None:
    assert units_of_tabs(["Melati", "Mawar"]) == [SectionUnit("Melati", 1), SectionUnit("Mawar", 1)]
    assert units_of_tabs(["Melati"]) == [None]
    assert units_of_tabs(["Dinas Sosial", "Melati", "Honorer"]) == [SectionUnit("Dinas Sosial", 1), None, None]


@pytest.mark.parametrize("text", ["JUMLAH", "Total: 5", "Catatan : data sementara", "Mengetahui,"])
def test_notes(text: str) -> None:
    assert is_note(text)
    assert not is_note(f"X{text}")
