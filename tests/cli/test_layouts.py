"""Rosters as offices really keep them: DUK, one sheet an office, section rows, signatures, headings of one's own."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, SIASN, Kinerja, roster, workbook

DUK = (
    ("DAFTAR URUT KEPANGKATAN PEGAWAI NEGERI SIPIL",),
    ("DINAS KESEHATAN KOTA CONTOH TAHUN 2025",),
    (),
    ("NO", "NAMA", "NIP", "PANGKAT", None, "JABATAN", None, "MASA KERJA", None, "PENDIDIKAN", None, "USIA"),
    (None, None, None, "GOL.", "TMT", "NAMA", "TMT", "TH", "BL", "NAMA", "LULUS", None),
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    (1, "Dr. H. SURYA DARMA, M.Kes.", HEAD, "IV/b", "01-04-2020", "Kepala Dinas Kesehatan", "17 Mei 2021",
     25, 3, "S-2", 2005, 51),
    (2, "ANI LESTARI, S.Kep.", ANI, "Penata (III/c)", "1 Oktober 2022", "Perawat Ahli Muda", "01/01/2023",
     15, 0, "S-1", 2008, 41),
    (None, "JUMLAH", 2),
    (),
    (None, None, None, None, None, "Contoh, 31 Desember 2025"),
    (None, None, None, None, None, "Kepala BKPSDM Kota Contoh"),
    (None, None, None, None, None, "Drs. H. AMIR HAMZAH"),
    (None, None, "NIP. 19700101 199503 1 009", None, None, "Pembina Utama Muda"),
)  # fmt: skip


def people(kinerja: Kinerja) -> dict[str, dict[str, Any]]:
    return {row["nip"]: row for row in kinerja.json("staff", "list")}


def test_a_duk_with_merged_headings_numbering_and_a_signature(begun: Kinerja, tmp_path: Path) -> None:
    file = tmp_path / "duk.xlsx"
    book = Workbook()
    page = book.active
    assert page is not None
    for row in DUK:
        page.append(list(row))
    for merged in ("A1:L1", "A2:L2", "D4:E4", "F4:G4", "H4:I4", "J4:K4", "A4:A5", "B4:B5", "C4:C5"):
        page.merge_cells(merged)
    book.save(file)
    found = begun.json("staff", "import", file)
    (sheet,) = found["files"]
    assert (sheet["layout"], sheet["header_row"], sheet["rows"]) == ("duk", 5, 2)
    assert "DAFTAR URUT KEPANGKATAN" in sheet["reason"]
    assert sheet["unit"] == "DINAS KESEHATAN"
    assert (found["rows"], found["added"], found["rejected"]) == (2, 2, 0)
    note, _dates = found["problems"][::-1][:2]
    assert (note["code"], note["severity"], note["row"]) == ("rows-about-nobody", "note", 9)
    assert "9, 11-14" in note["message"]
    ani = begun.json("staff", "show", ANI)
    assert (ani["name"], ani["back_title"], ani["rank"], ani["position"]) == (
        "ANI LESTARI",
        "S.Kep.",
        "III/c",
        "Perawat Ahli Muda",
    )
    assert (ani["rank_since"], ani["position_since"], ani["unit"]) == ("2022-10-01", "2023-01-01", "DINAS KESEHATAN")


def offices(path: Path, sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> Path:
    book = Workbook()
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def test_one_sheet_an_office_named_by_its_tab_or_its_title(begun: Kinerja, tmp_path: Path) -> None:
    heading = ("No", "NIP", "Nama", "Jabatan")
    file = offices(
        tmp_path / "kantor.xlsx",
        [
            ("DINKES", [heading, (1, ANI, "Ani Lestari", "Perawat")]),
            ("Sheet2", [("UNIT KERJA : Dinas Perhubungan",), heading, (1, BUDI, "Budi", "Staf")]),
            ("Sheet3", [("DAFTAR PEGAWAI KECAMATAN CONTOH KOTA",), heading, (1, CITRA, "Citra Dewi", "Staf")]),
            ("Catatan", [("Dikirim lewat surel tanggal 3 Maret",)]),
        ],
    )
    ran = begun("staff", "import", file, "--format", "json")
    assert ran.code == 0
    assert [(one["sheet"], one["layout"], one["unit"]) for one in ran.data["files"]] == [
        ("DINKES", "per_unit", "DINKES"),
        ("Sheet2", "per_unit", "Dinas Perhubungan"),
        ("Sheet3", "per_unit", "KECAMATAN CONTOH KOTA"),
    ]
    assert {row["name"]: row["unit"] for row in people(begun).values()} == {
        "Ani Lestari": "DINKES",
        "Budi": "Dinas Perhubungan",
        "Citra Dewi": "KECAMATAN CONTOH KOTA",
    }
    assert "Catatan" in begun("staff", "import", file, "--dry-run").err


def test_rows_between_people_name_their_unit_and_the_one_above_it(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("DATA PEGAWAI",),
        ("NO", "NAMA", "NIP", "GOL"),
        ("DINAS KESEHATAN",),
        (1, "Surya Darma", HEAD, "IV/b"),
        (None, "A. BIDANG PELAYANAN"),
        (2, "Ani Lestari", ANI, "III/c"),
        (),
        ("NO", "NAMA", "NIP", "GOL"),
        ("BIDANG PENCEGAHAN",),
        (3, "Budi", BUDI, "III/a"),
        ("BADAN KEPEGAWAIAN",),
        (4, "Citra Dewi", CITRA, "IX"),
        (None, "JUMLAH", "4"),
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "bagian.xlsx", rows))
    assert found["files"][0]["layout"] == "per_unit"
    assert (found["added"], found["units_added"]) == (4, 4)
    assert {row["name"]: row["unit_path"] for row in people(begun).values()} == {
        "Surya Darma": "DINAS KESEHATAN",
        "Ani Lestari": "DINAS KESEHATAN › BIDANG PELAYANAN",
        "Budi": "DINAS KESEHATAN › BIDANG PENCEGAHAN",
        "Citra Dewi": "BADAN KEPEGAWAIAN",
    }
    assert [problem["code"] for problem in found["problems"]] == ["rows-about-nobody"]
    again = begun.json("staff", "import", tmp_path / "bagian.xlsx")
    assert (again["operation"], again["unchanged"]) == (None, 4)


def test_a_list_that_names_no_unit_leaves_the_known_ones(agency: Kinerja, tmp_path: Path) -> None:
    file = workbook(tmp_path / "nama.xlsx", [("NIP", "NAMA"), (BUDI, "BUDI"), (CITRA, "CITRA DEWI")])
    found = agency.json("staff", "import", file)
    assert (found["files"][0]["layout"], found["changed"], found["unchanged"]) == ("generic", 0, 2)


def test_name_and_nip_in_one_cell(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NO", "NAMA / NIP", "PANGKAT/GOL. RUANG", "UNIT KERJA"),
        (1, f"Dr. Ani Lestari, S.Kep.\nNIP. {ANI[:8]} {ANI[8:14]} {ANI[14]} {ANI[15:]}", "III/c", "DINAS KESEHATAN"),
        (2, f"Nina Marlina\n{CITRA}", "IX", "DINAS KESEHATAN"),
        (3, "Tanpa Nomor", "III/a", "DINAS KESEHATAN"),
    ]  # fmt: skip
    ran = begun("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--accept-valid", "--format", "json")
    assert (ran.code, ran.data["added"], ran.data["rejected"]) == (7, 2, 1)
    assert [(one["code"], one["row"]) for one in ran.data["problems"]] == [("nip-missing", 4)]
    found = people(begun)
    assert (found[ANI]["display_name"], found[ANI]["rank"]) == ("Dr. Ani Lestari, S.Kep.", "III/c")
    assert found[CITRA]["name"] == "Nina Marlina"


def test_a_person_without_a_nip_is_never_taken_for_a_note(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "JABATAN", "UNIT KERJA"),
        (ANI, "Ani Lestari", "Perawat", "DINAS KESEHATAN"),
        (None, "Tanpa Nomor", None, None),
        (BUDI, "Budi", "Staf", "DINAS KESEHATAN"),
        (),
        (None, "Juga Tanpa", "Staf", "DINAS KESEHATAN"),
    ]
    ran = begun("staff", "import", workbook(tmp_path / "a.xlsx", rows), "--format", "json")
    assert ran.code == 3
    assert [(one["code"], one["row"]) for one in ran.data["problems"]] == [("nip-missing", 3), ("nip-missing", 6)]


def test_headings_of_ones_own_are_mapped_once_and_kept(begun: Kinerja, tmp_path: Path) -> None:
    heading = ("Nomor Pokok", "Siapa", "Tempat")
    first = workbook(tmp_path / "a.xlsx", [heading, (ANI, "Ani Lestari", "DINAS KESEHATAN")])
    assert begun("staff", "import", first).code == 3
    pairs = ("--map", "nip=Nomor Pokok", "--map", "name=siapa", "--map", "unit=Tempat")
    found = begun.json("staff", "import", first, *pairs, "--save-map", "Dinkes")
    assert (found["added"], found["files"][0]["mapping"]) == (1, None)
    second = workbook(tmp_path / "b.xlsx", [heading, (BUDI, "Budi", "DINAS KESEHATAN")])
    found = begun.json("staff", "import", second)
    assert (found["added"], found["files"][0]["mapping"]) == (1, "dinkes")
    assert begun.json("staff", "import", second, "--map", "dinkes")["unchanged"] == 1
    listed = {one["key"]: one["value"] for one in begun.json("settings", "list")}
    assert listed["map.dinkes"] == '{"name": "siapa", "nip": "Nomor Pokok", "unit": "Tempat"}'
    assert begun("settings", "set", "map.dinkes", "x").code == 2
    assert begun("settings", "set", "map.dinkes", "").code == 0
    assert begun("staff", "import", second).code == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--map", "dinkes"), "mapping-not-saved"),
        (("--save-map", "dinkes"), "usage"),
        (("--map", "unit=Tempat", "--save-map", "dinas kesehatan!"), "usage"),
        (("--map", "unit="), "usage"),
    ],
)
def test_mappings_that_cannot_be(agency: Kinerja, tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    before = agency.snapshot()
    ran = agency("staff", "import", tmp_path / "roster.xlsx", *words, "--format", "json")
    assert ran.error["code"] == code
    assert agency.snapshot() == before


def test_a_mapping_is_not_kept_where_nothing_is_saved(begun: Kinerja, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [("Nomor", "NAMA"), ("123", "Ani Lestari")])
    assert begun("staff", "import", file, "--map", "nip=Nomor", "--save-map", "x").code == 3
    assert begun("staff", "import", file, "--map", "nip=Nomor", "--save-map", "x", "--dry-run").code == 3
    assert not [one for one in begun.json("settings", "list") if one["key"].startswith("map.")]


def test_moves_promotions_and_returns_are_told_apart(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("staff", "set", CITRA, "--status", "cltn")
    rows = [list(row) for row in PEOPLE]
    rows[2][3] = "III/b"
    rows[1][7:10] = ["U3", "BIDANG PENCEGAHAN", "U1"]
    rows = [[*row, since] for row, since in zip(rows, ("", "01-02-2026", "", ""), strict=True)]
    file = roster(tmp_path / "baru.xlsx", rows, headings=(*SIASN, "TMT JABATAN"))
    found = agency.json("staff", "import", file, "--dry-run")
    assert found["moved"] == [{"nip": ANI, "name": "ANI LESTARI", "old": "U2", "new": "U3", "since": "2026-02-01"}]
    assert found["promoted"] == [{"nip": BUDI, "name": "BUDI", "old": "III/a", "new": "III/b"}]
    assert found["returned"] == [{"nip": CITRA, "name": "CITRA DEWI", "old": "cltn", "new": "active"}]
    shown = agency("staff", "import", file, "--format", "table")
    assert "Moved: ANI LESTARI" in shown.out
    assert "since 2026-02-01" in shown.out
    (past,) = agency.json("staff", "show", ANI)["placements"]
    assert (past["until"], past["unit_code"], past["assessor_nip"]) == ("2026-01-31", "U2", HEAD)
    assert agency.json("staff", "import", file)["operation"] is None


def test_an_appraisal_knows_the_units_of_its_period(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2026-02-16")
    spans = agency.json("explain", BUDI, "2026-Q1")["spans"]
    assert [(one["starts"], one["ends"], one["unit_code"], one["assessor_nip"]) for one in spans] == [
        ("2026-01-01", "2026-02-15", "U2", ANI),
        ("2026-02-16", "2026-03-31", "U1", HEAD),
    ]
    assert "moved within the period" in agency("explain", BUDI, "2026-Q1", "--format", "table").out
    assert len(agency.json("explain", CITRA, "2026-Q1")["spans"]) == 1
    assert agency("staff", "set", BUDI, "--unit", "U2", "--since", "2099-01-01").code == 2
    assert agency("staff", "set", BUDI, "--since", "2026-02-16").code == 2


def test_a_move_learnt_late_leaves_the_later_one_and_says_so(agency: Kinerja) -> None:
    agency.json("unit", "set", "U3", "--name", "BIDANG BARU", "--parent", "U1")
    agency.json("period", "open", "2026-Q1")
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2026-03-01")
    ran = agency("staff", "set", BUDI, "--unit", "U3", "--since", "2026-02-01", "--format", "table")
    assert (ran.code, "A later move is known: BUDI is in U1 now, as before." in ran.out) == (0, True)
    spans = agency.json("explain", BUDI, "2026-Q1")["spans"]
    assert [(one["starts"], one["unit_code"]) for one in spans] == [
        ("2026-01-01", "U2"),
        ("2026-02-01", "U3"),
        ("2026-03-01", "U1"),
    ]
    silent = agency("staff", "set", BUDI, "--unit", "u1", "--since", "2026-03-10", "--format", "table")
    assert "later move" not in silent.out
    assert agency.json("explain", BUDI, "2026-Q1")["spans"][-1]["starts"] == "2026-03-10"


@pytest.mark.parametrize("words", [["--parent", "U1"], ["--name", "X"], ["--parent", "U1", "--head", ANI]])
def test_the_tree_of_units_has_no_days(agency: Kinerja, words: list[str]) -> None:
    before = agency.snapshot()
    ran = agency("unit", "set", "U2", *words, "--since", "2026-02-01")
    assert (ran.code, "--since is for --head alone" in ran.err) == (2, True)
    assert agency.snapshot() == before


def test_two_rows_with_days_of_their_own_are_one_person_who_moved(agency: Kinerja, tmp_path: Path) -> None:
    heading = ("NIP", "NAMA", "UNIT KERJA", "PERIODE AWAL", "PERIODE AKHIR")
    rows = [
        heading,
        (BUDI, "BUDI", "DINAS KESEHATAN", "01-06-2026", "31-12-2026"),
        (BUDI, "BUDI", "BIDANG PELAYANAN", "01-01-2026", "31-05-2026"),
    ]
    agency.json("staff", "set", BUDI, "--unit", "U1", "--since", "2026-01-01")
    found = agency.json("staff", "import", workbook(tmp_path / "skp.xlsx", rows))
    assert {one["code"] for one in found["problems"]} == {"date-ambiguous"}
    assert agency.json("staff", "show", BUDI)["unit_code"] == "U1"
    assert [(one["until"], one["unit_code"]) for one in agency.json("staff", "show", BUDI)["placements"]] == [
        ("2025-12-31", "U2"),
        ("2026-05-31", "U2"),
    ]
    rows[2] = (BUDI, "BUDI", "BIDANG PELAYANAN", "01-01-2026", "31-08-2026")
    ran = agency("staff", "import", workbook(tmp_path / "skp.xlsx", rows), "--format", "json")
    assert {one["code"] for one in ran.data["problems"]} == {"spans-overlap", "date-ambiguous"}
    assert ran.code == 3


def test_a_nip_that_excel_broke_is_proposed_where_one_person_fits(agency: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "TANGGAL LAHIR"),
        (float(ANI), "Ani Lestari, S.Kep.", "15-01-1985"),
        ("1.99207E+17", "BUDI", "08-07-1992"),
        (float(CITRA), "Orang Lain", None),
        ("199503122024212000", "CITRA DEWI", None),
    ]
    before = agency.snapshot()
    ran = agency("staff", "import", workbook(tmp_path / "rusak.xlsx", rows), "--format", "json")
    assert ran.code == 3
    fixes = [(one["code"], "Perhaps" in one["fix"]) for one in ran.data["problems"]]
    assert fixes == [("nip-numeric", True), ("nip-damaged", True), ("nip-numeric", False), ("nip-serial", True)]
    assert "19850115 201001 2 001" in ran.data["problems"][0]["fix"]
    assert agency.snapshot() == before


def test_cells_are_cleaned_and_it_is_said_once(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "NAMA", "JABATAN", "UNIT KERJA"),
        (ANI, "ani  lestari", "Perawat\u00a0Ahli", " DINAS  KESEHATAN"),
        (BUDI, "budi ma'ruf", "Staf", "DINAS KESEHATAN"),
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert sorted((one["code"], one["column"], one["severity"]) for one in found["problems"]) == [
        ("text-cleaned", "B", "note"),
        ("text-cleaned", "C", "note"),
        ("text-cleaned", "D", "note"),
    ]
    assert {row["name"]: row["position"] for row in people(begun).values()} == {
        "Ani Lestari": "Perawat Ahli",
        "Budi Ma'ruf": "Staf",
    }
    assert begun.json("unit", "list")[0]["unit"] == "DINAS KESEHATAN"


def test_a_second_table_may_head_its_numbers_in_another_way(begun: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NO", "NAMA", "NIP", "GOL", "UNIT KERJA"),
        (1, "Ani Lestari", ANI, "III/c", "DINAS KESEHATAN"),
        (),
        ("Daftar PPPK",),
        ("NO", "NAMA", "NI PPPK", "GOL", "UNIT KERJA"),
        (1, "Citra Dewi", CITRA, "IX", "DINAS KESEHATAN"),
    ]
    found = begun.json("staff", "import", workbook(tmp_path / "a.xlsx", rows))
    assert (found["added"], found["rejected"], found["problems"]) == (2, 0, [])
