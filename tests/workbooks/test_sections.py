"""Units that no column holds: how titles, tabs and rows between people name them."""

import pytest

from kinerja_cli.workbooks.sections import SectionUnit, is_note, unit_of_tab, unit_of_text, unit_of_titles


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
    found = unit_of_titles([("PEMERINTAH KOTA CONTOH",), (title,)])
    assert (found.name if found else None) == name


def test_a_label_goes_before_a_word_in_another_title() -> None:
    rows = [("DAFTAR PEGAWAI DINAS LAMA",), ("UNIT KERJA", ":", "Dinas Baru")]
    assert unit_of_titles(rows) == SectionUnit("Dinas Baru", 1)


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


@pytest.mark.parametrize("tab", ["Sheet1", "Lembar 2", "DATA (3)", "pns", " "])
def test_tabs_that_name_no_unit(tab: str) -> None:
    assert unit_of_tab(tab, alone=False) is None


def test_a_tab_of_a_lone_sheet_counts_only_where_a_word_says_so() -> None:
    assert unit_of_tab("Dinas Sosial", alone=True) == SectionUnit("Dinas Sosial", 1)
    assert unit_of_tab("DINSOS", alone=True) is None


@pytest.mark.parametrize("text", ["JUMLAH", "Total: 5", "Catatan : data sementara", "Mengetahui,"])
def test_notes(text: str) -> None:
    assert is_note(text)
    assert not is_note(f"X{text}")
