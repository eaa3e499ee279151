"""`kinerja reconcile` as a user has it: files in, findings out, nothing changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, REKAP, Kinerja, recap, workbook
from tests.cli.kept import opened_in_time

SESUAI, DIATAS = "Sesuai Ekspektasi", "Diatas Ekspektasi"
GOOD = (SESUAI, SESUAI, "Baik")
EVERYBODY = (
    (HEAD, "SURYA DARMA", *GOOD),
    (ANI, "ANI LESTARI", *GOOD),
    (BUDI, "BUDI", *GOOD),
    (CITRA, "CITRA DEWI", *GOOD),
)
KEYS = (
    "severity code nip name unit_store unit_recap assessor_store assessor_recap predikat_store predikat_recap people "
    "file sheet row column message fix"
)


@pytest.fixture
def rated(agency: Kinerja) -> Kinerja:
    """An agency whose first quarter is open and rated as the recap says."""
    agency.json("period", "open", "2026-Q1")
    agency.json("score", "import", recap(agency.folder / "import.xlsx", EVERYBODY))
    return agency


def found(kinerja: Kinerja, *arguments: str | Path, code: int = 0) -> list[tuple[str, str, str | None]]:
    """Severity, code and person of every finding."""
    ran = kinerja("reconcile", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    assert all(" ".join(row) == KEYS for row in ran.data)
    return [(row["severity"], row["code"], row["nip"]) for row in ran.data]


def changed(at: int, *cells: object) -> list[Sequence[object]]:
    """Everybody, one of them otherwise."""
    return [cells if number == at else row for number, row in enumerate(EVERYBODY)]


def test_a_recap_that_agrees_ends_with_zero_and_says_so(rated: Kinerja) -> None:
    path = recap(rated.folder / "a.xlsx", EVERYBODY)
    before = rated.snapshot()
    ran = rated("reconcile", path, "--format", "table")
    assert ran.code == 0
    assert "Compared: people 4, rows 4, files 1." in ran.out
    assert "Everything agrees." in ran.out
    assert found(rated, path) == []
    assert rated.snapshot() == before


@pytest.mark.parametrize(
    ("row", "severity", "code"),
    [
        ((BUDI, "BUDI", DIATAS, SESUAI, "Baik"), "error", "rating-differs"),
        ((BUDI, "BUDI", "-", "Belum dinilai", ""), "warning", "rated-here-only"),
        ((BUDI, "BUDI", SESUAI, SESUAI, "Sangat Baik"), "error", "matrix-disagrees"),
        ((BUDI, "BUDI", SESUAI, "", ""), "error", "rating-half"),
        ((BUDI, "BUDI", "sesui ekspektasi", SESUAI, "Baik"), "error", "rating-unknown"),
        ((BUDI, "BUDI", SESUAI, SESUAI, "Baik Sekali"), "error", "predikat-unknown"),
        ((BUDI, "TUTI HANDAYANI", *GOOD), "warning", "name-differs"),
        ((float(BUDI), "BUDI", *GOOD), "error", "nip-numeric"),
    ],
)
def test_one_row_that_differs_is_one_finding(rated: Kinerja, row: Sequence[object], severity: str, code: str) -> None:
    path = recap(rated.folder / "a.xlsx", changed(2, *row))
    assert found(rated, path, code=8 if severity == "error" else 0) == [(severity, code, BUDI)]


def test_findings_stand_in_a_table_with_their_place_and_are_counted(rated: Kinerja) -> None:
    path = recap(rated.folder / "a.xlsx", changed(2, BUDI, "BUDI", DIATAS, DIATAS, "Sangat Baik"))
    ran = rated("reconcile", path, "--format", "table")
    assert ran.code == 8
    assert ran.err == ""
    (line,) = (line for line in ran.out.splitlines() if BUDI in line)
    assert line.split()[:5] == ["error", "rating-differs", BUDI, "a.xlsx", "8"]
    assert "rated Diatas Ekspektasi / Diatas Ekspektasi (Sangat Baik) in the recap" in line
    assert "Findings: rating-differs 1." in ran.out


def test_who_is_missing_gone_or_a_stranger_is_told(rated: Kinerja) -> None:
    stranger = "198001012005011009"
    rated.json("staff", "set", CITRA, "--status", "retired")
    path = recap(rated.folder / "a.xlsx", [*EVERYBODY[:2], EVERYBODY[3], (stranger, "TONO", *GOOD)])
    assert found(rated, path, code=8) == [("error", "not-on-roster", stranger), ("warning", "rated-here-only", BUDI)]


def test_a_period_never_opened_is_compared_with_the_roster_alone(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--status", "transferred")
    rows = [*EVERYBODY[:2], (BUDI, "BUDI", "-", "-", "-"), EVERYBODY[3]]
    path = recap(agency.folder / "a.xlsx", rows, period="Periode Tahunan 2026")
    assert found(agency, path, code=8) == [
        ("error", "not-on-roster", CITRA),
        ("warning", "not-rated-in-recap", BUDI),
    ]
    ran = agency("reconcile", path, "--format", "table")
    assert "2026 was never opened here, so there are no ratings to compare with." in ran.out
    assert "not in service (moved away)" in ran.out
    absent = recap(agency.folder / "b.xlsx", EVERYBODY[:2], period="Periode Tahunan 2026")
    assert found(agency, absent, code=8) == [("error", "not-rated-in-recap", BUDI)]


def test_a_closed_period_is_compared_all_the_same(rated: Kinerja) -> None:
    rated.json("period", "close", "2026-Q1")
    before = rated.snapshot()
    path = recap(rated.folder / "a.xlsx", changed(1, ANI, "ANI LESTARI", DIATAS, DIATAS, "Sangat Baik"))
    assert found(rated, path, code=8) == [("error", "rating-differs", ANI)]
    assert rated.snapshot() == before


def test_who_is_rated_there_only_is_a_warning(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    path = recap(agency.folder / "a.xlsx", EVERYBODY)
    everybody = sorted(found(agency, path))
    assert everybody == sorted(("warning", "rated-there-only", nip) for nip in (ANI, BUDI, CITRA, HEAD))


def test_somebody_in_service_who_is_not_in_the_period_is_told_how_to_get_in(agency: Kinerja) -> None:
    agency.json("staff", "set", BUDI, "--status", "cltn")
    agency.json("period", "open", "2026-Q1")
    agency.json("staff", "set", BUDI, "--status", "active")
    path = recap(agency.folder / "a.xlsx", EVERYBODY)
    ran = agency("reconcile", path, "--format", "json")
    (finding,) = (row for row in ran.data if row["nip"] == BUDI)
    assert (ran.code, finding["code"]) == (8, "not-on-roster")
    assert "kinerja period open 2026-Q1 --late-joiners" in finding["fix"]


def test_two_files_for_one_person_name_both_places(rated: Kinerja) -> None:
    one = recap(rated.folder / "a.xlsx", EVERYBODY)
    two = recap(rated.folder / "b.xlsx", [(BUDI, "BUDI", DIATAS, DIATAS, "Sangat Baik")], unit="BIDANG PELAYANAN")
    ran = rated("reconcile", one, two, "--format", "json")
    (finding,) = ran.data
    assert (ran.code, finding["severity"], finding["code"]) == (8, "error", "twice")
    assert "a.xlsx, sheet Sheet1, row 8" in finding["message"]
    assert "b.xlsx, sheet Sheet1, row 6" in finding["message"]
    again = recap(rated.folder / "c.xlsx", [EVERYBODY[2]], unit="BIDANG PELAYANAN")
    assert found(rated, one, again) == [("note", "twice", BUDI)]


def test_units_are_compared_and_those_without_a_recap_told_once(rated: Kinerja) -> None:
    school = ("198001012005011009", "TONO", "M", "III/a", "Fungsional", "GURU", "", "S", "SD NEGERI 1", "", "Aktif")
    headings = (
        "NIP BARU",
        "NAMA",
        "JENIS KELAMIN",
        "GOL AKHIR NAMA",
        "JENIS JABATAN NAMA",
        "JABATAN NAMA",
        "ESELON NAMA",
    )
    more = (*headings, "UNOR ID", "UNOR NAMA", "UNOR INDUK ID", "KEDUDUKAN HUKUM NAMA")
    rated.json("staff", "import", workbook(rated.folder / "more.xlsx", [more, school]))
    rated.json("period", "open", "2026-Q1")
    dinas = recap(rated.folder / "a.xlsx", EVERYBODY)
    ran = rated("reconcile", dinas, "--format", "json")
    (finding,) = ran.data
    assert (ran.code, finding["code"], finding["unit_store"], finding["people"]) == (
        0,
        "unit-without-recap",
        "SD NEGERI 1",
        1,
    )
    assert found(rated, dinas, "--unit", "U1") == []
    assert rated("reconcile", dinas, "--unit", "ZZ").code == 4
    wrong = recap(rated.folder / "b.xlsx", [*EVERYBODY, (school[0], "TONO", *GOOD)])
    assert found(rated, wrong) == [("warning", "rated-there-only", school[0]), ("warning", "unit-differs", school[0])]
    nowhere = recap(rated.folder / "c.xlsx", EVERYBODY, unit="DINAS KESEHATN")
    ran = rated("reconcile", nowhere, "--unit", "U1", "--format", "json")
    assert ran.data == []
    ran = rated("reconcile", nowhere, "--format", "json")
    assert "perhaps DINAS KESEHATAN is meant" in ran.data[0]["message"]


def test_assessors_are_compared_where_the_recap_names_them(rated: Kinerja) -> None:
    rows = [
        [at, nip, name, "-", hasil, perilaku, predikat, HEAD if nip != HEAD else "", "SURYA DARMA, M.Kes."]
        for at, (nip, name, hasil, perilaku, predikat) in enumerate(EVERYBODY, 1)
    ]
    headings = [*REKAP, "NIP Pejabat Penilai Kinerja", "Nama Pejabat Penilai Kinerja"]
    above = [["7371 - Pemerintah Kota Contoh"], ["DINAS KESEHATAN"], ["TW I 2026"], []]
    path = workbook(rated.folder / "a.xlsx", [*above, headings, *rows])
    assert found(rated, path) == [("warning", "assessor-differs", BUDI), ("warning", "assessor-differs", CITRA)]


def test_the_period_is_read_from_the_titles_as_in_an_import(rated: Kinerja) -> None:
    one = recap(rated.folder / "a.xlsx", EVERYBODY)
    two = recap(rated.folder / "b.xlsx", EVERYBODY, period="Periode Bulanan 6 Tahun 2026")
    bare = recap(rated.folder / "c.xlsx", EVERYBODY, period="Rekap")
    mixed = rated("reconcile", one, two, "--format", "json")
    assert (mixed.code, mixed.error["code"]) == (3, "periods-differ")
    assert "2026-06: b.xlsx (Sheet1); 2026-Q1: a.xlsx (Sheet1)" in mixed.error["message"]
    assert rated("reconcile", bare).code == 2
    assert found(rated, bare, "--period", "TW I 2026") == []
    assert found(rated, one, two, "--period", "2026-Q1", code=8) == [("error", "period-other", None)]


def test_files_without_people_and_files_that_are_no_recaps_are_refused(rated: Kinerja) -> None:
    assert rated("reconcile", recap(rated.folder / "a.xlsx", [])).code == 3
    assert rated("reconcile", workbook(rated.folder / "b.xlsx", [["Surat"]])).code == 3
    assert rated("reconcile", rated.folder / "none.xlsx").code == 4


def test_a_sheet_left_out_is_named(rated: Kinerja) -> None:
    path = recap(rated.folder / "a.xlsx", EVERYBODY)
    book = load_workbook(path)
    book.create_sheet("Petunjuk").append(["Cara membaca"])
    book.save(path)
    ran = rated("reconcile", path, "--format", "table")
    assert "Left out: a.xlsx, sheet Petunjuk: it has no heading row." in ran.out


def test_a_workbook_has_the_findings_and_a_sheet_of_their_kinds(rated: Kinerja) -> None:
    rows = changed(2, BUDI, "BUDI", DIATAS, DIATAS, "Sangat Baik")
    to = rated.folder / "selisih.xlsx"
    ran = rated("reconcile", recap(rated.folder / "a.xlsx", rows), "-o", to)
    assert (ran.code, ran.out) == (8, "")
    assert f"Findings written to {to}: 1" in ran.err
    findings, kinds = load_workbook(to).worksheets
    head = next(row for row in findings.iter_rows(values_only=True) if row[0] == "Severity")
    assert "Assessor in the recap" not in head, "no recap names an assessor"
    values = [row for row in findings.iter_rows(values_only=True) if row[2] == BUDI]
    assert [(row[0], row[1], row[3]) for row in values] == [("error", "rating-differs", "BUDI")]
    assert ("error", "rating-differs", 1) in [row[:3] for row in kinds.iter_rows(values_only=True)]


def test_the_older_regulation_is_compared_in_numbers(kinerja: Kinerja) -> None:
    kinerja.begin()
    kinerja.json("settings", "set", "regulation", "pp-30-2019")
    kinerja.json("period", "open", "2026-Q1")
    kinerja.json("score", "record", BUDI, "2026-Q1", "--skp", "95", "--perilaku-score", "90")
    headings = ["NIP", "Nama", "Nilai SKP", "Nilai Perilaku", "Unit Kerja"]
    rows = [["Periode Triwulan I 2026"], headings, [BUDI, "BUDI", "96", "90", "BIDANG PELAYANAN"]]
    path = workbook(kinerja.folder / "a.xlsx", rows)
    ran = kinerja("reconcile", path, "--unit", "U2", "--format", "json")
    (finding,) = (row for row in ran.data if row["nip"] == BUDI)
    assert finding["code"] == "rating-differs"
    ratings = recap(kinerja.folder / "b.xlsx", EVERYBODY)
    assert kinerja("reconcile", ratings).code == 5


def what_to_do(kinerja: Kinerja, *paths: Path) -> tuple[str, str, str]:
    """Code, sentence and remedy of the one thing that differs about Budi."""
    rows = [row for row in kinerja("reconcile", *paths, "--format", "json").data if row["nip"] == BUDI]
    (row,) = rows
    return row["code"], row["message"], row["fix"]


BETTER = changed(2, BUDI, "BUDI", DIATAS, DIATAS, "Sangat Baik")


def test_who_is_out_of_the_period_is_not_to_be_imported(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    path = recap(agency.folder / "a.xlsx", BETTER)
    agency.json("staff", "set", BUDI, "--status", "retired", "--since", "2026-02-01")
    code, message, fix = what_to_do(agency, path)
    assert code == "rated-there-only"
    assert "out of 2026-Q1 since 2026-02-01 (retired)" in message
    assert "An import does not take it" in fix
    assert f"`kinerja staff set {BUDI} --status STATUS --since DATE`" in fix
    refused = agency("score", "import", path, "--format", "json")
    (problem,) = refused.data["problems"]
    assert (problem["code"], problem["severity"]) == ("left-period", "error")
    assert f"`kinerja staff set {BUDI} --status STATUS --since DATE`" in problem["fix"]


def test_who_is_left_out_is_named_the_command_that_takes_them_in(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    path = recap(agency.folder / "a.xlsx", BETTER)
    agency.json("staff", "exclude", BUDI, "--reason", "Cuti", "--from", "2026-02-01")
    end = f"`kinerja staff exclude {BUDI} --end DATE`"
    code, message, fix = what_to_do(agency, path)
    assert code == "rated-there-only"
    assert "out of 2026-Q1 since 2026-02-01 (Cuti)" in message
    assert end in fix
    (problem,) = agency("score", "import", path, "--format", "json").data["problems"]
    assert problem["code"] == "left-period"
    assert end in problem["fix"]
    refused = agency(
        "score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--format", "json"
    )
    assert refused.error["code"] == "person-left"
    assert end in refused.error["hint"]
    without = recap(agency.folder / "b.xlsx", [row for row in EVERYBODY if row[0] != BUDI])
    assert BUDI not in {nip for _severity, _code, nip in found(agency, without)}
    agency.json("staff", "exclude", BUDI, "--end", "2026-03-01")
    assert agency.json("score", "import", path)["recorded"] == 4


def test_a_result_that_was_decided_on_stands_and_e_kinerja_is_to_follow(rated: Kinerja) -> None:
    path = recap(rated.folder / "a.xlsx", BETTER)
    rated.json(
        "objection", "file", BUDI, "2026-Q1", "--received", "2026-04-10", "--filed", "2026-04-13", "--reason", "x"
    )
    code, message, fix = what_to_do(rated, path)
    assert code == "rating-differs"
    assert "objection 1 to that is not decided yet" in message
    assert "`kinerja objection decide 1`" in fix
    rated.json("objection", "decide", "1", "--upheld", "--explanation", "bukti", "--date", "2026-04-14")
    code, message, fix = what_to_do(rated, path)
    assert code == "rating-differs"
    assert "objection 1 was decided on 2026-04-14" in message
    assert "have it corrected in e-Kinerja" in fix
    assert "score import" not in fix
    (problem,) = rated("score", "import", path, "--format", "json").data["problems"]
    assert problem["code"] == "decision-stands"


def test_a_late_rating_stands_and_e_kinerja_is_to_follow(agency: Kinerja) -> None:
    agency.json("period", "open", "2025-Q1")
    opened_in_time(agency, "2025-Q1")
    agency.json("score", "record", BUDI, "2025-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--late")
    path = recap(agency.folder / "a.xlsx", BETTER, period="Periode Triwulan 1 Tahun 2025")
    code, message, fix = what_to_do(agency, path)
    assert code == "rating-differs"
    assert "which is final" in message
    assert "have it corrected in e-Kinerja" in fix
    assert "score import" not in fix


def test_a_closed_period_is_to_be_reopened_before_a_recap_is_imported(rated: Kinerja) -> None:
    agency, reopen = rated, "`kinerja period reopen 2026-Q1 --reason TEXT`"
    agency.json("period", "close", "2026-Q1")
    code, _message, fix = what_to_do(agency, recap(agency.folder / "a.xlsx", BETTER))
    assert (code, reopen in fix) == ("rating-differs", True)


def test_what_a_closed_period_lacks_is_to_be_taken_in_after_reopening_it(agency: Kinerja) -> None:
    agency.json("staff", "set", CITRA, "--status", "cltn")
    agency.json("period", "open", "2026-Q1")
    agency.json("period", "close", "2026-Q1", "--allow-unrated")
    agency.json("staff", "set", CITRA, "--status", "active")
    rows = agency("reconcile", recap(agency.folder / "a.xlsx", EVERYBODY), "--format", "json").data
    assert {row["code"] for row in rows} == {"rated-there-only", "not-on-roster"}
    assert all("`kinerja period reopen 2026-Q1 --reason TEXT`" in row["fix"] for row in rows)
