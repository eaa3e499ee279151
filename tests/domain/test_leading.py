"""Whether a post leads a unit, by what both are called."""

import pytest

from kinerja_cli.domain.leading import leads_unit, names_unit

LED = [
    ("KEPALA DINAS", "DINAS KESEHATAN"),
    ("Kepala Dinas Kesehatan Kota Binjai", "Dinas Kesehatan"),
    ("Kepala", "Puskesmas Tanah Tinggi"),
    ("Kepala UPTD Puskesmas Tanah Tinggi", "PUSKESMAS TANAH TINGGI"),
    ("Kepala Sub Bagian Umum", "SUBBAGIAN UMUM"),
    ("Kasubbag Umum", "SUB BAGIAN UMUM"),
    ("Kepala Subbagian Umum & Kepegawaian", "SUBBAGIAN UMUM DAN KEPEGAWAIAN"),
    ("Kepala Sekolah", "SMP NEGERI 4 BINJAI"),
    ("Kepala Sekolah SDN 1 Binjai", "SD NEGERI 1 BINJAI"),
    ("Kepala Pelaksana BPBD", "BADAN PENANGGULANGAN BENCANA DAERAH"),
    ("Camat", "KECAMATAN BINJAI KOTA"),
    ("Lurah Tanah Tinggi", "KELURAHAN TANAH TINGGI"),
    ("Inspektur", "INSPEKTORAT DAERAH"),
    ("Sekretaris Dinas", "SEKRETARIAT"),
    ("Sekretaris Daerah", "SEKRETARIAT DAERAH"),
    ("Direktur RSUD dr. Djoelham", "RSUD DR. DJOELHAM"),
    ("Asisten Administrasi Umum", "ASISTEN ADMINISTRASI UMUM"),
]
NOT_LED = [
    ("Kepala Bidang Mutasi", "DINAS KESEHATAN"),
    ("Kepala Bidang Mutasi", "BIDANG PEMBINAAN"),
    ("Kepala Bidang I", "BIDANG II"),
    ("Kepala Seksi Pelayanan Kecamatan Binjai Kota", "KECAMATAN BINJAI KOTA"),
    ("Sekretaris Dinas Kesehatan", "DINAS KESEHATAN"),
    ("Sekretaris Daerah", "SEKRETARIAT DPRD"),
    ("Inspektur Pembantu Wilayah I", "INSPEKTORAT DAERAH"),
    ("Kepala Sekolah SD Negeri 1", "SMP NEGERI 1"),
    ("Kepala Sekolah", "DINAS PENDIDIKAN"),
    ("Camat Binjai Utara", "KECAMATAN BINJAI SELATAN"),
    ("Wakil Direktur", "RSUD DR. DJOELHAM"),
    ("Staf Ahli Bidang Hukum", "STAF AHLI"),
    ("Perawat Ahli Muda", "PUSKESMAS TANAH TINGGI"),
    ("", "DINAS KESEHATAN"),
    ("Kepala Dinas", ""),
]


@pytest.mark.parametrize(("post", "unit"), LED)
def test_posts_that_lead_a_unit(post: str, unit: str) -> None:
    assert leads_unit(post, unit)


@pytest.mark.parametrize(("post", "unit"), NOT_LED)
def test_posts_that_do_not_lead_a_unit(post: str, unit: str) -> None:
    assert not leads_unit(post, unit)
    assert not names_unit(post, unit)


def test_a_unit_is_named_by_the_whole_of_its_name() -> None:
    assert names_unit("Kepala Dinas Kesehatan", "DINAS KESEHATAN")
    assert names_unit("Camat Binjai Kota", "KECAMATAN BINJAI KOTA")
    assert not names_unit("Kepala Dinas", "DINAS KESEHATAN")
    assert not names_unit("Kepala", "DINAS KESEHATAN")
