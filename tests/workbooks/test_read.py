"""What people send is read as it is: any kind of file, any place of the heading, true row numbers."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja_cli.errors import Exit
from kinerja_cli.workbooks import sources
from kinerja_cli.workbooks.guard import Limits
from kinerja_cli.workbooks.read import IgnoredSheet, Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.refusals import (
    FileDamaged,
    FileTooLarge,
    MappingMissing,
    MappingUnknown,
    NoHeading,
    SheetMissing,
)
from tests.workbooks.made import ROSTER, Rows, csv_file, ods, roster_xml, xls, xlsb, xlsx, xlsx_of

A, B = "198501152010011001", "199002202015022002"
SIASN = (
    "PNS ID",
    "NIP BARU",
    "NIP LAMA",
    "NAMA",
    "NIK",
    "AGAMA NAMA",
    "UNOR ID",
    "UNOR NAMA",
    "GOL AKHIR NAMA",
)
RECAP = (
    "No",
    "NIP",
    "Nama",
    "Jabatan",
    "Rating Hasil Kinerja",
    "Rating Perilaku Kerja",
    "Predikat Kinerja Periodik",
)


@pytest.fixture(params=[0, 1 << 60], ids=["lean", "whole"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a large file gives, a small one gives: each test here runs both ways."""
    usual, sources.LEAN_FROM = sources.LEAN_FROM, request.param
    yield
    sources.LEAN_FROM = usual


def only(path: Path, purpose: Purpose = Purpose.ROSTER, **options: object) -> SheetReading:
    """The one sheet of a file that is understood."""
    found = [r for r in read_sheets(path, purpose, **options) if isinstance(r, SheetReading)]  # type: ignore[arg-type]  # the cases give their arguments loosely
    (reading,) = found
    return reading


@pytest.mark.parametrize("make", [xlsx, xls, xlsb, ods, csv_file])
def test_every_kind_of_file_gives_the_same_rows(tmp_path: Path, make: Callable[[Path, Rows], Path]) -> None:
    path = make(tmp_path / "roster", ROSTER)
    reading = only(path)
    assert [(row.number, row.get("nip"), row.get("name"), row.get("unit")) for row in reading.rows] == [
        (2, A, "BUDI SANTOSO", "Dinas Pendidikan"),
        (3, B, "SITI AMINAH", "Dinas Kesehatan"),
    ]
    source = reading.source
    assert (source.file, source.layout, source.header_row, source.above) == ("roster", "generic", 1, ())
    assert source.sheet == ("roster" if make is csv_file else "Data")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_every_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [
        ("NIP", "NAMA", "JABATAN"),
        (A, "BUDI, S.Pd., M.Si.; café", 'Kepala "Seksi"\nKurikulum'),
        (),
        (B, "SITI", "x"),
    ]
    path = csv_file(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding)
    assert [(r.number, r.get("nip"), r.get("name"), r.get("position")) for r in only(path).rows] == [
        (2, A, "BUDI, S.Pd., M.Si.; café", 'Kepala "Seksi"\nKurikulum'),
        (4, B, "SITI", "x"),
    ]


def test_the_apostrophe_of_our_own_text_export_is_taken_off_again(tmp_path: Path) -> None:
    cells = ("'=1+1", "'+62", "'-5", "'@x", "'plain", "O'Neil")
    path = csv_file(tmp_path / "a.csv", [("NIP", "NAMA"), *((A, cell) for cell in cells)])
    assert [row.get("name") for row in only(path).rows] == ["=1+1", "+62", "-5", "@x", "'plain", "O'Neil"]


def test_limits_hold_for_text_files(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [("NIP", "NAMA"), *[(A, "x")] * 50])
    with pytest.raises(FileTooLarge):
        list(only(path, limits=Limits(rows=50)).rows)
    with pytest.raises(FileTooLarge):
        list(read_sheets(path, Purpose.ROSTER, limits=Limits(columns=1)))


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"NIP,NAMA\n" + A.encode() + b",\x81\x8d\n")
    with pytest.raises(FileDamaged):
        list(read_sheets(path, Purpose.ROSTER))
    path.write_bytes(b"NIP,NAMA\n" + A.encode() + b',"' + b"x" * 200_000 + b'"\n')
    with pytest.raises(FileDamaged):
        list(only(path).rows)


def test_the_heading_is_found_under_titles_and_the_numbers_are_those_of_the_spreadsheet(
    tmp_path: Path,
) -> None:
    rows = [
        ("DAFTAR PEGAWAI", None, None),
        (),
        (None, "Dinas Pendidikan", date(2026, 1, 31)),
        (None, "No", "N I P", "NIP", "Nama\nPegawai", "Gol./Ruang"),
        (None, 1, 2, 3, 4, 5),
        (None, 1, None, A, "BUDI", "III/c"),
        (),
        (None, 2, None, None, None, None),
        (None, "No", None, "NIP", "Nama Pegawai", "Gol./Ruang"),
        (None, 2, None, B, "SITI", "III/d"),
        (None, None, None, None, "TANPA NIP", None),
    ]
    reading = only(xlsx(tmp_path / "a.xlsx", rows))
    assert reading.source.header_row == 4
    assert reading.source.above == (("DAFTAR PEGAWAI",), (), ("Dinas Pendidikan", "2026-01-31"))
    assert [(r.number, r.get("nip"), r.get("rank")) for r in reading.rows] == [
        (6, A, "III/c"),
        (10, B, "III/d"),
        (11, None, None),
    ]
    assert next(iter(reading.rows)).place("nip").column == "D"
    assert reading.ignored == ("N I P",)


def test_rows_can_be_gone_through_again(tmp_path: Path) -> None:
    reading = only(xlsx(tmp_path / "a.xlsx"))
    assert len(list(reading.rows)) == len(list(reading.rows)) == 2


def test_values_keep_their_types(tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "TANGGAL LAHIR", "TMT GOLONGAN", "STATUS"),
        (A, "BUDI", datetime(1985, 1, 15), 1.5, True),  # noqa: DTZ001 - a spreadsheet's dates bear no zone
    ]
    (row,) = only(xlsx(tmp_path / "a.xlsx", rows)).rows
    born = row.get("birth_date")
    assert isinstance(born, date)
    assert born.isoformat()[:10] == "1985-01-15"
    assert (row.get("rank_since"), row.get("status")) == (1.5, True)
    (row,) = only(xlsx(tmp_path / "b.xlsx", [("NIP", "NAMA"), (198501152010011001, "BUDI")])).rows
    assert isinstance(row.get("nip"), (int, float))


def test_hidden_sheets_are_left_out_with_a_reason_hidden_rows_and_columns_are_data(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = xlsx(tmp_path / "a.xlsx", ROSTER, Rahasia=ROSTER, Kosong=(), Catatan=[("halo",)])
    book = load_workbook(path)
    book["Rahasia"].sheet_state = "hidden"
    book["Data"].row_dimensions[2].hidden = True
    book["Data"].column_dimensions["C"].hidden = True
    book.save(path)
    found = list(read_sheets(path, Purpose.ROSTER))
    assert [type(reading) for reading in found] == [SheetReading, IgnoredSheet, IgnoredSheet, IgnoredSheet]
    reading = found[0]
    assert isinstance(reading, SheetReading)
    assert [row.get("unit") for row in reading.rows] == ["Dinas Pendidikan", "Dinas Kesehatan"]
    reasons = {r.sheet: r.reason for r in found if isinstance(r, IgnoredSheet)}
    assert reasons == {
        "Rahasia": "the sheet is hidden",
        "Kosong": "the sheet is empty",
        "Catatan": "it has no heading row",
    }
    assert only(path, sheet="rahasia").source.sheet == "Rahasia"


def test_a_sheet_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(SheetMissing) as caught:
        list(read_sheets(xlsx(tmp_path / "a.xlsx", ROSTER, Lain=ROSTER), Purpose.ROSTER, sheet="Pegawai"))
    assert caught.value.exit == Exit.NOT_FOUND
    assert "Data, Lain" in caught.value.hint


@pytest.mark.parametrize(
    ("rows", "purpose", "missing", "found"),
    [
        ([("NIP", "JABATAN"), (A, "x")], Purpose.ROSTER, ("NAMA",), ("NIP", "JABATAN")),
        ([("Nama", "Umur")], Purpose.ROSTER, ("NIP",), ("Nama", "Umur")),
        ([("a", "b")], Purpose.ROSTER, ("NIP", "NAMA"), ()),
        ([], Purpose.ROSTER, ("NIP", "NAMA"), ()),
        ([RECAP[:5]], Purpose.RATINGS, ("Rating Perilaku Kerja",), RECAP[:5]),
        ([("NIP", "Nilai SKP")], Purpose.RATINGS, ("Nilai Perilaku",), ("NIP", "Nilai SKP")),
        ([()] * 30 + [("NIP", "NAMA")], Purpose.ROSTER, ("NIP", "NAMA"), ()),
    ],
)
def test_missing_headings_are_named_with_those_found(
    tmp_path: Path, rows: Rows, purpose: Purpose, missing: tuple[str, ...], found: tuple[str, ...]
) -> None:
    with pytest.raises(NoHeading) as caught:
        list(read_sheets(xlsx(tmp_path / "a.xlsx", rows), purpose))
    assert (caught.value.missing, caught.value.found, caught.value.exit) == (missing, found, Exit.REJECTED)
    assert all(name in caught.value.message for name in (*missing, *found))


def test_the_nearest_sheet_says_what_is_missing(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("a",)], Lain=[("NIP", "x")], Lagi=[("b",)])
    with pytest.raises(NoHeading) as caught:
        list(read_sheets(path, Purpose.ROSTER))
    assert caught.value.missing == ("NAMA",)


def test_a_heading_row_without_data_gives_no_rows(tmp_path: Path) -> None:
    assert list(only(xlsx(tmp_path / "a.xlsx", [("NIP", "NAMA")])).rows) == []


@pytest.mark.parametrize(
    ("headings", "purpose", "layout"),
    [
        (SIASN, Purpose.ROSTER, "siasn"),
        (("ID", "NAMA_UNOR", "ID_ATASAN"), Purpose.ROSTER, "siasn"),
        (("Kode Unit", "Unit Kerja", "Kode Unit Induk"), Purpose.ROSTER, "siasn"),
        (("NO", "NAMA PEGAWAI", "NIP / NIDN", "GOLONGAN / PANGKAT"), Purpose.ROSTER, "generic"),
        (("nip", "name", "unit_code", "unit_parent_code", "unit"), Purpose.ROSTER, "generic"),
        (RECAP, Purpose.RATINGS, "ekinerja_rekap"),
        (("NIP", "Nama", "Rating Hasil Kerja", "Rating Perilaku Kerja"), Purpose.RATINGS, "kinerja_sheet"),
        (("nip", "hasil", "perilaku", "note"), Purpose.RATINGS, "kinerja_sheet"),
        (("NIP", "Nilai SKP", "Nilai Perilaku", "Inovasi"), Purpose.RATINGS, "kinerja_sheet"),
    ],
)
def test_layouts(tmp_path: Path, headings: tuple[str, ...], purpose: Purpose, layout: str) -> None:
    assert only(xlsx(tmp_path / "a.xlsx", [headings]), purpose).source.layout == layout


def test_personal_columns_have_no_field_and_are_listed_as_ignored(tmp_path: Path) -> None:
    reading = only(xlsx(tmp_path / "a.xlsx", [SIASN, ("p", A, "131", "BUDI", "33", "ISLAM", "U1", "Dinas", "III/c")]))
    assert dict(reading.source.columns) == {"nip": 1, "name": 3, "unit_code": 6, "unit": 7, "rank": 8}
    assert reading.ignored == ("PNS ID", "NIP LAMA", "NIK", "AGAMA NAMA")


def test_a_recap_keeps_what_stands_above_it(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("4071 - Pemerintah Kota Contoh",),
        ("Dinas Pendidikan",),
        ("Periode Bulanan 6 Tahun 2026",),
        (),
        RECAP,
    ]
    rows.append((1, A, "BUDI", "Guru", "Diatas Ekspektasi", "Sesuai Ekspektasi", "Baik"))
    reading = only(xlsx(tmp_path / "a.xlsx", rows), Purpose.RATINGS)
    assert reading.source.above[2] == ("Periode Bulanan 6 Tahun 2026",)
    (row,) = reading.rows
    assert (row.number, row.get("hasil"), row.get("perilaku"), row.get("predikat")) == (
        6,
        "Diatas Ekspektasi",
        "Sesuai Ekspektasi",
        "Baik",
    )


def test_the_more_exact_spelling_wins_and_the_first_of_equals(tmp_path: Path) -> None:
    reading = only(xlsx(tmp_path / "a.xlsx", [("NIP", "NIP BARU", "NAMA", "NAMA", "PANGKAT", "GOL RUANG")]))
    columns = {name: at for name, at in reading.source.columns.items() if name not in reading.source.derived}
    assert columns == {"nip": 1, "name": 2, "rank": 5}
    assert reading.ignored == ("NIP", "NAMA", "PANGKAT")


def test_headings_split_over_two_rows(tmp_path: Path) -> None:
    rows = [
        ("No", "Nama", "NIP", "Pangkat", None, "Jabatan", None),
        (None, None, None, "Gol", "TMT Gol", "Nama Jabatan", "TMT Jabatan"),
        (1, "BUDI", A, "III/c", "01-04-2024", "Guru", "01-01-2020"),
    ]
    reading = only(xlsx(tmp_path / "a.xlsx", rows))
    assert reading.source.header_row == 2
    (row,) = reading.rows
    assert (row.number, row.get("rank"), row.get("rank_since"), row.get("position")) == (
        3,
        "III/c",
        "01-04-2024",
        "Guru",
    )
    split = [("NIP", "Rating", None), (None, "Hasil Kerja", "Perilaku Kerja"), (A, "Sesuai", "Sesuai")]
    reading = only(xlsx(tmp_path / "b.xlsx", split), Purpose.RATINGS)
    assert (reading.source.header_row, [row.get("perilaku") for row in reading.rows]) == (2, ["Sesuai"])


def test_mapping_a_heading_by_hand(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("Nomor", "NAMA", "Bagian", "UNIT KERJA"), (A, "BUDI", "Tata Usaha", "Dinas")])
    (row,) = only(path, mapping={"nip": "nomor", "unit": "Bagian"}).rows
    assert (row.get("nip"), row.get("unit")) == (A, "Tata Usaha")
    with pytest.raises(MappingUnknown) as unknown:
        read_sheets(path, Purpose.ROSTER, mapping={"agama": "AGAMA"})
    assert unknown.value.exit == Exit.USAGE
    assert "assessor_nip" in unknown.value.hint
    for mapping in ({"nip": "Nomer"}, {"nip": "Nomor", "unit": "Bidang"}):
        with pytest.raises(MappingMissing) as caught:
            list(read_sheets(path, Purpose.ROSTER, mapping=mapping))
        assert caught.value.exit == Exit.REJECTED
        assert "Bagian" in caught.value.hint


def test_a_sheet_of_units_is_read_with_its_own_meaning_of_id_and_name(tmp_path: Path) -> None:
    rows = [("ID", "NAMA_UNOR", "ID_ATASAN"), ("u-1", "Dinas Pendidikan", ""), ("u-2", "Bidang SD", "u-1")]
    reading = only(xlsx(tmp_path / "a.xlsx", rows))
    assert [(r.get("unit_code"), r.get("unit"), r.get("unit_parent_code")) for r in reading.rows] == [
        ("u-1", "Dinas Pendidikan", None),
        ("u-2", "Bidang SD", "u-1"),
    ]


def test_rows_far_down_and_right_keep_their_place(tmp_path: Path) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", roster_xml(3, first=20))
    assert [row.number for row in only(path).rows] == [21, 22, 23]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)


@settings(max_examples=40)
@given(names=st.lists(NAMES, max_size=8))
def test_every_text_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    path = tmp_path_factory.mktemp("text") / "a.xlsx"
    xlsx(path, [("NIP", "NAMA"), *((f"19850115201001{n:04}", "x" + name) for n, name in enumerate(names))])
    assert [row.get("name") for row in only(path).rows] == ["x" + name for name in names]
