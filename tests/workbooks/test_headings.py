"""The vocabulary of headings: unambiguous, and closed to what an appraisal has no need of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.workbooks.headings import normalise, vocabularies

PERSONAL = (
    "NIK",
    "NPWP NOMOR",
    "NPWP",
    "BPJS",
    "AGAMA ID",
    "AGAMA NAMA",
    "AGAMA",
    "ALAMAT",
    "NOMOR HP",
    "EMAIL",
    "EMAIL GOV",
    "JENIS KAWIN ID",
    "JENIS KAWIN NAMA",
    "TEMPAT LAHIR NAMA",
    "KARTU ASN VIRTUAL",
    "IS VALID NIK",
    "NAMA SEKOLAH",
)


def test_no_spelling_belongs_to_two_fields() -> None:
    for name, vocabulary in vocabularies().items():
        for spelling, (field, _) in vocabulary.spellings.items():
            assert spelling == normalise(spelling), (name, spelling)
            assert field in vocabulary.labels
        taken = [field for field in vocabulary.fields if vocabulary.spellings[normalise(field)][0] != field]
        assert taken == [], name


@pytest.mark.parametrize("heading", PERSONAL)
def test_personal_columns_match_nothing(heading: str) -> None:
    assert [name for name, v in vocabularies().items() if v.match([heading], {}).columns] == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIP BARU", "nip"),
        ("n.i.p", "nip"),
        ("Gelar_Depan", "front_title"),
        ("KEDUDUKAN HUKUM NAMA", "status"),
        ("STATUS CPNS PNS", "cpns_status"),
        ("JENIS PEGAWAI NAMA", "employment"),
        ("GOL AKHIR NAMA", "rank"),
        ("Pangkat / Gol. Ruang", "rank"),
        ("TMT GOLONGAN", "rank_since"),
        ("JENIS JABATAN NAMA", "position_type"),
        ("JABATAN NAMA", "position"),
        ("TMT JABATAN", "position_since"),
        ("ESELON NAMA", "echelon"),
        ("UNOR ID", "unit_code"),
        ("UNOR NAMA", "unit"),
        ("Unit Kerja", "unit"),
        ("UNOR INDUK ID", "unit_parent_code"),
        ("ID ATASAN", "unit_parent_code"),
        ("UNOR INDUK NAMA", "unit_parent"),
        ("UNOR (1)", "unit_level_1"),
        ("UNOR (5)", "unit_level_5"),
        ("NIP Pejabat Penilai", "assessor_nip"),
        ("NIP ATASAN", "assessor_nip"),
        ("ASSESSOR NIP", "assessor_nip"),
        ("assessor_nip", "assessor_nip"),
        ("Nama Atasan", "assessor_name"),
        ("L/P", "sex"),
        ("TANGGAL LAHIR", "birth_date"),
        ("NIP LAMA", None),
        ("GOL AWAL NAMA", None),
    ],
)
def test_headings_of_rosters(heading: str, field: str | None) -> None:
    columns = vocabularies()["roster"].match([heading], {}).columns
    assert list(columns) == ([field] if field else [])


@given(st.text())
def test_normalising_twice_changes_nothing(heading: str) -> None:
    assert normalise(normalise(heading)) == normalise(heading)
