"""`kinerja staff` through the front door: what an admin types, and what comes of it."""

from pathlib import Path

import pytest
from python_calamine import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, SIASN, Kinerja, roster, workbook


def test_an_unedited_export_is_taken_in(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    found = kinerja.json("staff", "import", roster(tmp_path / "siasn.xlsx"))
    assert found == {
        "operation": 2,
        "dry_run": False,
        "files": [
            {
                "file": "siasn.xlsx",
                "sheet": "Sheet1",
                "layout": "siasn",
                "header_row": 3,
                "rows": 4,
                "reason": "it has the headings GOL AKHIR NAMA, KEDUDUKAN HUKUM NAMA, UNOR ID",
                "unit": None,
                "mapping": None,
            }
        ],
        "ignored_sheets": [],
        "rows": 4,
        "added": 4,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "left": 0,
        "units_added": 2,
        "problems": [],
        "changes": [],
        "moved": [],
        "acting": [],
        "acting_unchanged": 0,
        "acting_unused": 0,
        "promoted": [],
        "returned": [],
        "departed": [],
        "units_changed": [],
        "absent": [],
        "problems_file": None,
    }


def test_the_same_file_again_changes_nothing(agency: Kinerja, tmp_path: Path) -> None:
    before = agency.snapshot()
    found = agency.json("staff", "import", roster(tmp_path / "again.xlsx"))
    assert (found["operation"], found["unchanged"], found["added"], found["changed"]) == (None, 4, 0, 0)
    assert agency.snapshot() == before


def test_moves_and_changes_are_shown_old_and_new(agency: Kinerja, tmp_path: Path) -> None:
    moved = [list(row) for row in PEOPLE]
    moved[2][7:10] = ["U3", "BIDANG PENCEGAHAN", "U1"]
    found = agency.json("staff", "import", roster(tmp_path / "moved.xlsx", moved))
    assert found["changes"] == [{"nip": BUDI, "name": "BUDI", "field": "unit_code", "old": "U2", "new": "U3"}]
    assert (found["changed"], found["unchanged"], found["units_added"]) == (1, 3, 1)


def test_a_bad_row_keeps_everything_out_unless_told_otherwise(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    broken = [*PEOPLE, ("19900230201503 2 004", "DEDI", "M", "", "", "", "", "U2", "BIDANG PELAYANAN", "U1", "")]
    file = roster(tmp_path / "broken.xlsx", broken)
    before = kinerja.snapshot()
    ran = kinerja("staff", "import", file, "--format", "json")
    assert ran.code == 3
    assert ran.data["operation"] is None
    assert ran.error["exit"] == 3
    problem = ran.error["problems"][0]
    assert (problem["code"], problem["sheet"], problem["row"], problem["column"]) == (
        "nip-birth-date",
        "Sheet1",
        8,
        "A",
    )
    assert kinerja.snapshot() == before
    partly = kinerja("staff", "import", file, "--accept-valid", "--format", "json")
    assert partly.code == 7
    assert (partly.data["added"], partly.data["rejected"]) == (4, 1)


def test_two_people_whose_nip_differ_in_the_last_digit_stay_two(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    twins = [("198501152010011001", "A"), ("198501152010011002", "B")]
    kinerja.json("staff", "import", workbook(tmp_path / "two.xlsx", [["NIP", "Nama"], *twins]))
    assert [row["nip"] for row in kinerja.json("staff", "list")] == [nip for nip, _ in twins]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (198501152010011001, "nip-numeric"),
        ("1.98501E+17", "nip-damaged"),
        ("198501152010011", "nip-length"),
        ("19850115201001100A", "nip-not-digits"),
        ("198501152010013001", "nip-sex-digit"),
        ("199503122024132007", "nip-month"),
        ("198501151995011001", "nip-too-young"),
        ("", "nip-missing"),
    ],
)
def test_a_nip_that_cannot_be_is_refused_with_its_own_reason(
    agency: Kinerja, tmp_path: Path, cell: object, code: str
) -> None:
    before = agency.snapshot()
    ran = agency(
        "staff", "import", workbook(tmp_path / "x.xlsx", [["NIP", "Nama"], [cell, "Seseorang"]]), "--format", "json"
    )
    assert ran.code == 3
    assert [problem["code"] for problem in ran.data["problems"]] == [code]
    assert agency.snapshot() == before


def test_conflicting_duplicates_name_each_other(agency: Kinerja, tmp_path: Path) -> None:
    twice = [["NIP", "Nama"], [BUDI, "BUDI"], [BUDI, "BADU"]]
    ran = agency("staff", "import", workbook(tmp_path / "twice.xlsx", twice), "--format", "json")
    assert ran.code == 3
    assert [problem["row"] for problem in ran.data["problems"]] == [2, 3]
    assert {problem["code"] for problem in ran.data["problems"]} == {"duplicate-conflict"}


def test_identical_duplicates_are_one_note(agency: Kinerja, tmp_path: Path) -> None:
    twice = [["NIP", "Nama"], [BUDI, "BUDI"], [BUDI, "BUDI"]]
    found = agency.json("staff", "import", workbook(tmp_path / "twice.xlsx", twice))
    assert [(one["severity"], one["code"]) for one in found["problems"]] == [("note", "duplicate-row")]


def test_the_assessor_comes_from_the_unit_tree(agency: Kinerja) -> None:
    rated_by = {row["nip"]: row["assessor_nip"] for row in agency.json("staff", "list")}
    assert rated_by == {HEAD: None, ANI: HEAD, BUDI: ANI, CITRA: ANI}


@pytest.mark.parametrize(
    ("assessor", "code"),
    [
        ("198001012005011009", "assessor-unknown"),
        ("1.98501E+17", "assessor-damaged"),
        (BUDI, "assessor-self"),
    ],
)
def test_a_bad_assessor_keeps_the_link_that_is_known_and_takes_the_person(
    agency: Kinerja, tmp_path: Path, assessor: str, code: str
) -> None:
    rows = [["NIP", "Nama", "NIP ATASAN"], [BUDI, "BUDI", assessor]]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert [(one["severity"], one["code"]) for one in found["problems"]] == [("warning", code)]
    assert "what was known before stays" in found["problems"][0]["message"]
    assert agency.json("staff", "show", BUDI)["assessor_nip"] == ANI


def test_people_absent_from_a_file_are_kept_and_counted(agency: Kinerja, tmp_path: Path) -> None:
    found = agency.json("staff", "import", roster(tmp_path / "few.xlsx", PEOPLE[:2]))
    assert found["left"] == 2
    assert len(agency.json("staff", "list", "--status", "active")) == 4
    retired = agency.json("staff", "import", roster(tmp_path / "few.xlsx", PEOPLE[:2]), "--leavers", "retire")
    assert (retired["left"], retired["changed"]) == (2, 2)
    assert len(agency.json("staff", "list", "--status", "active")) == 2


def test_personal_columns_never_reach_the_store(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    headings = [*SIASN, "NIK", "AGAMA NAMA", "ALAMAT", "NOMOR HP", "NPWP NOMOR"]
    secret = ["1271010101800001", "RAHASIAGAMA", "JALAN RAHASIA", "081200000000", "990000000000000"]
    kinerja.json("staff", "import", roster(tmp_path / "x.xlsx", [[*PEOPLE[0], *secret]], headings=headings))
    kept = kinerja.snapshot()
    assert not [one for one in secret if one.encode() in kept]


def test_a_dry_run_tells_the_same_and_keeps_nothing(agency: Kinerja, tmp_path: Path) -> None:
    file = roster(
        tmp_path / "new.xlsx", [*PEOPLE, ("199001012015011004", "EKO", "M", "", "", "", "", "U2", "X", "U1", "")]
    )
    before = agency.snapshot()
    dry = agency.json("staff", "import", file, "--dry-run")
    assert agency.snapshot() == before
    wet = agency.json("staff", "import", file)
    assert {**dry, "operation": 0, "dry_run": None} == {**wet, "operation": 0, "dry_run": None}
    assert dry["operation"] is None


@pytest.mark.parametrize(
    ("make", "code", "exit_code"),
    [
        (lambda folder: folder / "missing.xlsx", "file-missing", 4),
        (lambda folder: _text(folder / "notes.xlsx", "%PDF-1.7 hello"), "file-kind", 3),
        (lambda folder: _text(folder / "empty.xlsx", ""), "file-empty", 3),
        (lambda folder: workbook(folder / "x.xlsx", [["Tanggal", "Jumlah"], [1, 2]]), "heading-missing", 3),
        (lambda folder: workbook(folder / "x.xlsx", [["NIP", "Nama"]]), "no-rows", 3),
    ],
)
def test_files_that_cannot_be_read(agency: Kinerja, tmp_path: Path, make, code: str, exit_code: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a maker of files
    before = agency.snapshot()
    ran = agency("staff", "import", make(tmp_path), "--format", "json")
    assert ran.code == exit_code
    assert (ran.error["code"], ran.error["exit"]) == (code, exit_code)
    assert ran.error["message"]
    assert ran.error["hint"]
    assert agency.snapshot() == before


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_exports_come_back_as_they_went(agency: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert agency("staff", "export", "-o", out).code == 0
    cells = load_workbook(str(out)).get_sheet_by_index(0).to_python()
    assert any(BUDI in row for row in cells)
    assert agency.json("staff", "import", out)["unchanged"] == 4


def test_the_template_imports_as_it_is(agency: Kinerja, tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    assert agency("staff", "template", "-o", template).code == 0
    found = agency.json("staff", "import", template, "--dry-run")
    assert (found["rows"], found["files"][0]["layout"]) == (0, "kinerja_roster")


def test_setting_an_assessor_refuses_the_person_and_loops(agency: Kinerja) -> None:
    assert agency("staff", "set", BUDI, "--assessor", BUDI, "--format", "json").error["code"] == "assessor-self"
    agency.json("staff", "set", BUDI, "--assessor", CITRA)
    loop = agency("staff", "set", CITRA, "--assessor", BUDI, "--format", "json")
    assert (loop.code, loop.error["code"]) == (5, "assessor-loop")
    agency.json("staff", "set", BUDI, "--assessor", "-")
    assert agency.json("staff", "show", BUDI)["assessor_nip"] == ANI


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_tree_by_names_does_not_hang_on_the_order_of_rows(
    kinerja: Kinerja, tmp_path: Path, order: tuple[int, int]
) -> None:
    kinerja("init", "--agency", "Kota Contoh")
    rows = [
        ["198501152010011001", "C", "Subbag Umum", "Dinas B"],
        ["198501152010011002", "D", "Dinas B", "Kota"],
    ]
    file = workbook(tmp_path / "x.xlsx", [["NIP", "Nama", "Unit Kerja", "Unit Induk"], *(rows[at] for at in order)])
    assert kinerja.json("staff", "import", file)["units_added"] == 3
    paths = {row["nip"]: row["unit_path"] for row in kinerja.json("staff", "list")}
    assert paths["198501152010011001"] == "Kota › Dinas B › Subbag Umum"
    assert kinerja.json("staff", "import", file)["operation"] is None


def test_a_table_of_units_says_nothing_about_people(agency: Kinerja, tmp_path: Path) -> None:
    table = [["ID", "NAMA_UNOR", "ID_ATASAN"], ["U1", "DINAS KESEHATAN", ""], ["U2", "BIDANG YANKES", "U1"]]
    found = agency.json("staff", "import", workbook(tmp_path / "unor.xlsx", table), "--leavers", "retire")
    assert (found["rows"], found["left"], found["changed"]) == (0, 0, 0)
    assert found["units_changed"] == [
        {"unit_code": "U2", "field": "name", "old": "BIDANG PELAYANAN", "new": "BIDANG YANKES"}
    ]
    assert len(agency.json("staff", "list", "--status", "active")) == 4


def test_a_circle_of_a_named_and_a_derived_assessor_is_reported(agency: Kinerja, tmp_path: Path) -> None:
    assert agency("staff", "set", HEAD, "--assessor", BUDI, "--format", "json").error["code"] == "assessor-loop"
    rows = [["NIP", "Nama", "NIP Penilai"], [ANI, "ANI LESTARI", BUDI]]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert [problem["code"] for problem in found["problems"]] == ["assessor-loop"]
    rated_by = {row["nip"]: row["assessor_nip"] for row in agency.json("staff", "list")}
    assert (rated_by[ANI], rated_by[BUDI]) == (None, ANI)


def test_absent_people_are_named(agency: Kinerja, tmp_path: Path) -> None:
    found = agency.json("staff", "import", roster(tmp_path / "few.xlsx", PEOPLE[:3]))
    assert [one["nip"] for one in found["absent"]] == [CITRA]


def test_somebody_who_left_does_not_return_by_a_list_without_standings(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("staff", "set", BUDI, "--status", "Pensiun")
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", [["NIP", "Nama"], [BUDI, "BUDI"]]))
    assert [problem["code"] for problem in found["problems"]] == ["still-away"]


def test_a_csv_with_an_open_quotation_mark_loses_nobody(agency: Kinerja, tmp_path: Path) -> None:
    file = _text(tmp_path / "x.csv", f'NIP,Nama\n{BUDI},"BUDI\n{CITRA},CITRA\n')
    ran = agency("staff", "import", file, "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "file-damaged")


def test_a_unit_id_that_lost_its_digits_is_not_trusted(agency: Kinerja, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["NIP", "Nama", "UNOR ID", "UNOR NAMA"],
        [BUDI, "BUDI", 1234567890123456789, "BIDANG BARU"],
    ]
    found = agency.json("staff", "import", workbook(tmp_path / "x.xlsx", rows))
    assert "unit-code-numeric" in {problem["code"] for problem in found["problems"]}
    assert agency.json("staff", "show", BUDI)["unit_code"] == "bidang-baru"


def test_only_people_in_service_lead_and_appraise(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--status", "retired")
    for words in (["staff", "set", BUDI, "--assessor", CITRA], ["unit", "set", "U2", "--head", CITRA]):
        ran = agency(*words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "assessor-inactive")


@pytest.mark.parametrize(
    "words",
    [
        ["unit", "set", "U1", "--name", " "],
        ["unit", "set", "", "--name", "Kosong"],
        ["staff", "set", BUDI, "--rank", ""],
        ["staff", "set", BUDI, "--employment", "pegawai"],
    ],
)
def test_empty_and_unknown_values_are_refused(agency: Kinerja, words: list[str]) -> None:
    before = agency.snapshot()
    assert agency(*words).code == 2
    assert agency.snapshot() == before


def test_a_rank_is_judged_by_the_employment_given_with_it(agency: Kinerja) -> None:
    agency.json("staff", "set", BUDI, "--rank", "III", "--employment", "PPPK")
    assert agency.json("staff", "show", BUDI)["rank"] == "III"
