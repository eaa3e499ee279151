"""Organisation predikat through the front door: recorded, resolved, frozen at closing, compared with the pattern."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kinerja_cli.domain.organisation_rules import load_distribution
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, workbook

YEAR, QUARTER = "2025", "2025-Q4"
RATED = {HEAD: ("diatas", "diatas"), ANI: ("diatas", "diatas"), BUDI: ("sesuai", "sesuai"), CITRA: ("sesuai", "sesuai")}


@pytest.fixture
def year(agency: Kinerja) -> Kinerja:
    """A small agency with the year 2025 and its last quarter open."""
    agency.json("period", "open", YEAR)
    agency.json("period", "open", QUARTER)
    return agency


def rate(kinerja: Kinerja, period: str = QUARTER) -> None:
    """Rate everybody."""
    for nip, (hasil, perilaku) in RATED.items():
        kinerja.json("score", "record", nip, period, "--hasil", hasil, "--perilaku", perilaku)


def counting(kinerja: Kinerja, period: str, command: str = "score list") -> dict[str, str | None]:
    """The organisation predikat that counts for each person."""
    return {row["nip"]: row["organisation"] for row in kinerja.json(*command.split(), period)}


def test_a_result_is_recorded_with_its_day_and_counts(year: Kinerja) -> None:
    done = year.json("unit", "rate", QUARTER, "u1", "Baik", "--issued", "2/1/2026")
    assert list(done) == [
        "operation",
        "period",
        "unit_code",
        "unit",
        "organisation",
        "issued_on",
        "reason",
        "before",
        "counts",
        "counts_from",
        "problems",
    ]
    assert done["operation"] is not None
    assert (done["unit_code"], done["organisation"], done["issued_on"]) == ("U1", "baik", "2026-01-02")
    assert (done["before"], done["counts"], done["counts_from"], done["problems"]) == (None, "baik", "own", [])


def test_recording_the_same_again_changes_nothing(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    before = year.snapshot()
    again = year.json("unit", "rate", QUARTER, "U1", "BAIK")
    assert (again["operation"], again["issued_on"]) == (None, "2026-01-02")
    assert year.json("unit", "rate", QUARTER, "U1", "kurang", "--reason", "x", "--dry-run")["operation"] is None
    assert year.snapshot() == before


def test_a_change_needs_a_reason_which_stays_on_record(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    refused = year("unit", "rate", QUARTER, "U1", "kurang", "--format", "json")
    assert (refused.code, "--reason" in refused.error["hint"]) == (2, True)
    changed = year.json("unit", "rate", QUARTER, "U1", "kurang", "--issued", "2026-01-05", "--reason", "Ralat SK")
    assert (changed["before"], changed["organisation"], changed["reason"]) == ("baik", "kurang", "Ralat SK")
    (last,) = year.json("history")[:1]
    assert (last["kind"], last["reason"], last["period"]) == ("unit.rate", "Ralat SK", QUARTER)


def test_sangat_baik_is_taken_as_istimewa_with_a_warning(year: Kinerja) -> None:
    done = year.json("unit", "rate", QUARTER, "U1", "Sangat Baik", "--issued", "2026-01-02")
    (problem,) = done["problems"]
    assert done["organisation"] == "istimewa"
    assert (problem["severity"], problem["code"]) == ("warning", "organisation-noted")
    assert year.json("unit", "rate", QUARTER, "U2", "Cukup", "--issued", "2026-01-02")["problems"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["U1", "bagus"], 3),
        (["U9", "baik"], 4),
        (["U1", "baik", "--issued", "2025-09-30"], 2),
        (["U1", "baik", "--issued", "2099-01-01"], 2),
        (["U1", "baik", "--issued", "kemarin"], 2),
    ],
)
def test_what_cannot_be_is_refused(year: Kinerja, words: list[str], code: int) -> None:
    before = year.snapshot()
    assert year("unit", "rate", QUARTER, *words).code == code
    assert year.snapshot() == before


def test_the_unit_that_the_assessor_leads_counts_for_a_person(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "istimewa", "--issued", "2026-01-02")
    year.json("unit", "rate", QUARTER, "U2", "kurang", "--issued", "2026-01-02")
    expected = {HEAD: "istimewa", ANI: "istimewa", BUDI: "kurang", CITRA: "kurang"}
    assert counting(year, QUARTER) == expected
    assert counting(year, QUARTER, "report results") == expected
    assert year.json("score", "show", BUDI, QUARTER)["organisation"] == "kurang"


def test_a_unit_without_one_takes_that_of_the_unit_above_and_explain_says_so(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    found = year.json("explain", BUDI, QUARTER)
    assert (found["organisation"], found["organisation_unit_code"], found["organisation_from"]) == (
        "baik",
        "U2",
        "above",
    )
    told = " ".join(found["steps"])
    assert "BIDANG PELAYANAN" in told
    assert "DINAS KESEHATAN" in told
    assert "IV.B.1" in told


def test_an_annual_result_not_issued_by_the_end_of_january_gives_way_to_last_years(year: Kinerja) -> None:
    """Issued on 10 February 2026 the result of 2025 does not count, and that of 2024 does; on 30 January it would."""
    year.json("unit", "rate", "2024", "U1", "baik", "--issued", "2025-01-20")
    late = year.json("unit", "rate", YEAR, "U1", "istimewa", "--issued", "2026-02-10")
    assert (late["counts"], late["counts_from"]) == ("baik", "last_year")
    assert [one["code"] for one in late["problems"]] == ["organisation-late"]
    assert counting(year, YEAR)[ANI] == "baik"
    told = " ".join(year.json("explain", ANI, YEAR)["steps"])
    assert "2026-02-10" in told
    assert "2024" in told
    assert "IV.B.1.f" in told
    in_time = year.json("unit", "rate", YEAR, "U1", "istimewa", "--issued", "2026-01-30", "--reason", "Tanggal SK")
    assert (in_time["counts"], in_time["counts_from"], in_time["problems"]) == ("istimewa", "own", [])
    assert counting(year, YEAR)[ANI] == "istimewa"


def test_an_annual_result_that_never_came_gives_way_to_last_years(year: Kinerja) -> None:
    year.json("unit", "rate", "2024", "U1", "kurang", "--issued", "2025-01-20")
    assert counting(year, YEAR)[ANI] == "kurang"
    assert counting(year, QUARTER)[ANI] is None


def test_closing_freezes_what_counts_and_renaming_moves_nothing(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    report = year.json("report", "distribution", QUARTER)
    year.json("period", "close", QUARTER)
    year.json("unit", "rate", QUARTER, "U2", "kurang", "--issued", "2026-01-02")
    year.json("unit", "set", "U1", "--name", "DINAS KESEHATAN DAN KB")
    year.json("unit", "set", "U2", "--parent", "-")
    assert counting(year, QUARTER) == dict.fromkeys((HEAD, ANI, BUDI, CITRA), "baik")
    closed = year.json("report", "distribution", QUARTER)
    assert [row | {"organisation_from": ""} for row in closed] == [row | {"organisation_from": ""} for row in report]
    told = " ".join(year.json("explain", BUDI, QUARTER)["steps"])
    assert "was closed" in told
    assert "nearest unit above" not in told


def test_a_period_reopened_takes_what_was_issued_since_and_freezes_it_again(year: Kinerja) -> None:
    rate(year)
    year.json("period", "close", QUARTER)
    assert "organisation" not in " ".join(year.json("explain", BUDI, QUARTER)["steps"])
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    assert counting(year, QUARTER)[BUDI] is None
    year.json("period", "reopen", QUARTER, "--reason", "Predikat organisasi terbit")
    assert counting(year, QUARTER)[BUDI] == "baik"
    year.json("period", "close", QUARTER)
    assert counting(year, QUARTER)[BUDI] == "baik"
    assert "nearest unit above" in " ".join(year.json("explain", BUDI, QUARTER)["steps"])


def test_rollover_freezes_too(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    assert QUARTER in year.json("period", "rollover", "--as-of", "2026-01-20")["closed"]
    year.json("unit", "rate", QUARTER, "U1", "kurang", "--issued", "2026-01-21", "--reason", "Ralat")
    assert counting(year, QUARTER)[BUDI] == "baik"


def test_the_result_of_the_unit_led_is_offered_to_its_head_and_never_imposed(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U2", "istimewa", "--issued", "2026-01-02")
    rows = {row["nip"]: row["suggested_hasil"] for row in year.json("score", "list", QUARTER)}
    assert rows == {HEAD: None, ANI: "diatas", BUDI: None, CITRA: None}
    words = ("score", "record", ANI, QUARTER, "--hasil", "sesuai", "--perilaku", "sesuai")
    ran = year(*words)
    assert ran.code == 0
    assert "suggests Diatas Ekspektasi" in ran.err
    done = year.json(*words)
    assert (done["hasil"], done["suggested_hasil"]) == ("sesuai", "diatas")
    as_offered = year("score", "record", ANI, QUARTER, "--hasil", "diatas", "--perilaku", "sesuai")
    assert "suggests" not in as_offered.err
    assert "suggests Diatas Ekspektasi" in " ".join(year.json("explain", ANI, QUARTER)["steps"])


def test_the_distribution_is_counted_in_the_unit_that_the_assessor_leads(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    top, below = year.json("report", "distribution", QUARTER)
    assert list(top)[:6] == ["unit_code", "unit", "organisation", "n", "counts", "findings"]
    assert (top["unit_code"], top["n"], top["counts"]["sangat_baik"]) == ("U1", 1, 1)
    assert (below["unit_code"], below["n"], below["counts"]["baik"]) == ("U2", 2, 2)
    assert list(below["findings"][0])[:5] == ["severity", "rule", "have", "allowed", "message"]
    assert [(one["severity"], one["rule"]) for one in below["findings"]] == [
        ("warning", "max"),
        ("warning", "some"),
        ("note", "small_unit"),
    ]
    assert below["allowed"] == [
        {"predikat": ["baik"], "least": 0, "most": 1},
        {"predikat": ["butuh_perbaikan", "kurang"], "least": 1, "most": 2},
    ]
    assert (below["changes"], below["fit"]["counts"]["butuh_perbaikan"]) == (1, 1)
    assert below["fit"]["moves"] == [{"from": "baik", "to": "butuh_perbaikan", "people": 1}]


def test_who_leads_the_top_counts_in_no_unit_and_that_is_said(year: Kinerja) -> None:
    rate(year)
    table = year("report", "distribution", QUARTER, "--format", "table").out
    assert "In none of these units" in table
    assert "nobody above them is known: 1." in table
    below = year("report", "distribution", QUARTER, "--unit", "U2", "--format", "table").out
    assert "In none of these units" not in below


def test_with_below_counts_each_unit_with_everything_under_it(year: Kinerja) -> None:
    rate(year)
    rows = {row["unit_code"]: row["n"] for row in year.json("report", "distribution", QUARTER, "--with-below")}
    assert rows == {"U1": 3, "U2": 2}
    (only,) = year.json("report", "distribution", QUARTER, "--unit", "u2", "--with-below")
    assert (only["unit_code"], only["n"]) == ("U2", 2)
    assert only["findings"][0]["rule"] == "no_organisation"


def test_people_not_rated_are_left_out_and_told_apart(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    (top, below) = year.json("report", "distribution", QUARTER)
    assert (below["n"], below["unrated"], below["out"]) == (0, 2, 0)
    assert [one["rule"] for one in top["findings"]] == ["no_data"]
    year.json("score", "record", BUDI, QUARTER, "--hasil", "sesuai", "--perilaku", "sesuai")
    below = year.json("report", "distribution", QUARTER)[1]
    assert (below["n"], below["unrated"]) == (1, 1)


def test_a_unit_named_without_people_is_shown_all_the_same(year: Kinerja) -> None:
    year.json("unit", "set", "U3", "--name", "UPTD BARU", "--parent", "U1")
    year.json("period", "open", "2026-Q1")
    (row,) = year.json("report", "distribution", "2026-Q1", "--unit", "U3")
    assert (row["unit"], row["n"], row["findings"][0]["rule"]) == ("UPTD BARU", 0, "no_data")


def test_a_justification_is_shown_beside_the_findings_and_changes_none(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    before = year.json("report", "distribution", QUARTER)[1]
    done = year.json("unit", "justify", QUARTER, "u2", "--reason", " Semua target tercapai ")
    assert (done["period"], done["unit_code"]) == (QUARTER, "U2")
    after = year.json("report", "distribution", QUARTER)[1]
    assert after["justification"] == "Semua target tercapai"
    assert [one["justified"] for one in after["findings"]] == [True, True, False]
    assert [one | {"justified": False} for one in after["findings"]] == before["findings"]
    assert "(justified)" in year("report", "distribution", QUARTER, "--format", "tsv").out
    assert year.json("unit", "justify", QUARTER, "U2", "--reason", "Semua target tercapai")["operation"] is None
    year.json("unit", "justify", QUARTER, "U2", "--reason", "Unit kecil", "--dry-run")
    year.json("unit", "justify", QUARTER, "U2", "--reason", "Unit kecil")
    assert year.json("report", "distribution", QUARTER)[1]["justification"] == "Unit kecil"


def test_a_justification_needs_an_open_period_a_unit_and_a_reason(year: Kinerja) -> None:
    assert year("unit", "justify", QUARTER, "U9", "--reason", "x").code == 4
    assert year("unit", "justify", "2024", "U1", "--reason", "x").code == 4
    assert year("unit", "justify", QUARTER, "U1", "--reason", " ").code == 2
    rate(year)
    year.json("period", "close", QUARTER)
    refused = year("unit", "justify", QUARTER, "U1", "--reason", "x", "--format", "json")
    assert (refused.code, refused.error["code"]) == (5, "period-closed")


def test_the_distribution_fits_a_screen_of_eighty_columns_and_a_workbook(
    year: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    monkeypatch.setenv("COLUMNS", "80")
    ran = year("report", "distribution", QUARTER, "--format", "table")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines()[:12])) <= 80
    assert "B 2 (≤ 1)" in ran.out
    assert "change 1: B 1, BP 1" in ran.out
    assert year("report", "distribution", QUARTER, "-o", tmp_path / "d.xlsx").code == 0
    sheet = load_workbook(tmp_path / "d.xlsx").active
    assert sheet is not None
    written = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "DINAS KESEHATAN" in written
    assert "B 1, BP 1" in written


def test_units_show_what_is_on_record_and_what_counts(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02", "--reason", "SK 1")
    year.json("unit", "justify", QUARTER, "U2", "--reason", "Unit kecil")
    top, below = year.json("unit", "list", "--period", QUARTER)
    assert list(top)[:6] == ["unit_code", "unit", "parent_code", "level", "head_nip", "staff"]
    assert (top["recorded"], top["issued_on"], top["organisation"], top["reason"]) == (
        "baik",
        "2026-01-02",
        "baik",
        "SK 1",
    )
    assert (below["recorded"], below["organisation"], below["organisation_from"]) == (None, "baik", "above")
    assert (below["organisation_unit_code"], below["justification"]) == ("U1", "Unit kecil")
    shown = year.json("unit", "show", "u2")
    assert (shown["unit_code"], shown["path"], shown["head_nip"]) == ("U2", "DINAS KESEHATAN › BIDANG PELAYANAN", ANI)
    assert [(one["period"], one["organisation"]) for one in shown["periods"]] == [(YEAR, None), (QUARTER, "baik")]
    assert "2025-Q4: Baik (unit above)" in year("unit", "show", "U2", "--format", "table").out
    assert year("unit", "show", "U9").code == 4


def test_a_period_never_opened_has_results_too(agency: Kinerja) -> None:
    agency.json("unit", "rate", "2024", "U1", "baik", "--issued", "2025-01-20")
    rows = agency.json("unit", "list", "--period", "2024")
    assert [row["organisation"] for row in rows] == ["baik", "baik"]
    assert [one["period"] for one in agency.json("unit", "show", "U1")["periods"]] == ["2024"]


def test_an_agency_can_bring_patterns_of_its_own(year: Kinerja, tmp_path: Path) -> None:
    text = load_distribution("se-3-2023").text
    own = tmp_path / "pola.toml"
    own.write_text(text.replace('id = "se-3-2023"', 'id = "pola-kota"').replace("percent = 70", "percent = 100"))
    assert year.json("settings", "set", "distribution", own)["value"] == "pola-kota"
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    below = year.json("report", "distribution", QUARTER)[1]
    assert [one["rule"] for one in below["findings"]] == ["some", "small_unit"]
    assert year.json("settings", "set", "distribution", "se-3-2023")["value"] == "se-3-2023"
    assert year("settings", "set", "distribution", "se-9-2023").code == 4
    assert year("settings", "set", "distribution", tmp_path / "none.toml").code == 4
    own.write_text("id = 1")
    assert year("settings", "set", "distribution", own).code == 3


def test_the_numeric_regulation_knows_no_pattern(agency: Kinerja) -> None:
    agency.json("settings", "set", "regulation", "pp-30-2019")
    agency.json("period", "open", QUARTER)
    agency.json("unit", "rate", QUARTER, "U2", "baik", "--issued", "2026-01-02")
    agency.json("score", "record", ANI, QUARTER, "--skp", "95", "--perilaku-score", "90")
    found = agency.json("report", "distribution", QUARTER)
    assert [one["rule"] for row in found for one in row["findings"]] == ["other_regulation"] * 2
    assert {row["suggested_hasil"] for row in agency.json("score", "list", QUARTER)} == {None}


LIST = ("No", "Kode Unit", "Unit Kerja", "Predikat Kinerja Organisasi", "Tanggal SK", "Keterangan")


def test_a_list_of_units_is_recorded_as_one_operation(year: Kinerja, tmp_path: Path) -> None:
    rows = [
        ["PREDIKAT KINERJA ORGANISASI TRIWULAN IV TAHUN 2025"],
        [],
        LIST,
        (1, "", "Dinas  Kesehatan", "Baik", "2 Januari 2026", "SK 1"),
        (2, "u2", "", "", "", ""),
        ["", "", "", "", "", "Kepala BKPSDM"],
    ]
    done = year.json("unit", "rate", QUARTER, "--from", workbook(tmp_path / "predikat.xlsx", rows))
    assert {key: done[key] for key in ("rows", "recorded", "changed", "unchanged", "blank", "rejected")} == {
        "rows": 1,
        "recorded": 1,
        "changed": 0,
        "unchanged": 0,
        "blank": 2,
        "rejected": 0,
    }
    assert (done["period"], done["problems"]) == (QUARTER, [])
    top = year.json("unit", "list", "--period", QUARTER)[0]
    assert (top["recorded"], top["issued_on"], top["reason"]) == ("baik", "2026-01-02", "SK 1")
    again = year.json("unit", "rate", QUARTER, "--from", tmp_path / "predikat.xlsx")
    assert (again["operation"], again["unchanged"]) == (None, 1)


def test_a_list_with_mistakes_is_refused_whole_unless_the_good_rows_are_wanted(year: Kinerja, tmp_path: Path) -> None:
    rows = [LIST, (1, "U1", "", "Sangat Baik", "", ""), (2, "U9", "", "Baik", "", ""), (3, "U2", "", "Bagus", "", "")]
    path = workbook(tmp_path / "predikat.xlsx", rows)
    before = year.snapshot()
    refused = year("unit", "rate", QUARTER, "--from", path, "--issued", "2026-01-02", "--format", "json")
    assert (refused.code, refused.error["code"], year.snapshot() == before) == (3, "rows-rejected", True)
    assert [(one["code"], one["row"]) for one in refused.data["problems"]] == [
        ("organisation-noted", 2),
        ("organisation-unit-unknown", 3),
        ("organisation-unknown", 4),
    ]
    taken = year(
        "unit", "rate", QUARTER, "--from", path, "--issued", "2026-01-02", "--accept-valid", "--format", "json"
    )
    assert (taken.code, taken.data["recorded"], taken.data["rejected"]) == (7, 1, 2)


def test_the_list_that_kinerja_writes_can_be_filled_in_and_read_again(year: Kinerja, tmp_path: Path) -> None:
    path = tmp_path / "unit.xlsx"
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    assert year("unit", "list", "--period", QUARTER, "-o", path).code == 0
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    (row,) = (number for number, cells in enumerate(sheet.iter_rows(values_only=True), 1) if "U2" in cells)
    headings = next(cells for cells in sheet.iter_rows(values_only=True) if "Recorded" in cells)
    sheet.cell(row, headings.index("Recorded") + 1, "Kurang")
    sheet.cell(row, headings.index("Issued on") + 1, "3/1/2026")
    book.save(path)
    done = year.json("unit", "rate", QUARTER, "--from", path)
    assert (done["recorded"], done["unchanged"], done["rejected"]) == (1, 1, 0)
    assert year.json("unit", "list", "--period", QUARTER)[1]["recorded"] == "kurang"


def test_one_unit_or_a_list_is_needed(year: Kinerja, tmp_path: Path) -> None:
    empty = workbook(tmp_path / "kosong.xlsx", [LIST])
    assert year("unit", "rate", QUARTER).code == 2
    assert year("unit", "rate", QUARTER, "U1").code == 2
    assert year("unit", "rate", QUARTER, "U1", "baik", "--from", empty).code == 2
    assert year("unit", "rate", QUARTER, "--from", empty).code == 3
    assert year("unit", "rate", QUARTER, "--from", workbook(tmp_path / "x.xlsx", [["Nama"], ["A"]])).code == 3


def test_a_late_correction_leaves_the_result_that_was_issued_in_time(year: Kinerja, tmp_path: Path) -> None:
    year.json("unit", "rate", YEAR, "U1", "baik", "--issued", "2026-01-20")
    before = year.snapshot()
    words = ["unit", "rate", YEAR, "U1", "kurang", "--issued", "2026-02-10", "--reason", "Ralat"]
    ran = year(*words, "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "organisation-stands")
    assert "2026-01-20" in ran.error["message"]
    assert "2026-01-31" in ran.error["message"]
    listed = workbook(tmp_path / "d.xlsx", [["Kode Unit", "Predikat", "Alasan"], ["U1", "Kurang", "Ralat"]])
    ran = year("unit", "rate", YEAR, "--from", listed, "--issued", "2026-02-10", "--format", "json")
    (problem,) = ran.data["problems"]
    assert (ran.code, problem["code"], problem["row"]) == (3, "organisation-stands", 2)
    assert year.snapshot() == before
    assert counting(year, YEAR)[ANI] == "baik"
    again = year.json("unit", "rate", YEAR, "U1", "kurang", "--issued", "2026-01-25", "--reason", "Ralat SK")
    assert (again["counts"], again["counts_from"]) == ("kurang", "own")


def test_last_years_result_that_came_two_years_late_does_not_count(year: Kinerja) -> None:
    year.json("unit", "rate", "2024", "U1", "istimewa", "--issued", "2026-03-01")
    assert counting(year, YEAR)[ANI] is None
    assert "neither counts" in " ".join(year.json("explain", ANI, YEAR)["steps"])


def test_a_justification_counts_for_the_findings_it_was_given_for_alone(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    rate(year)
    check = ["check", QUARTER, "--only", "check-distribution"]
    assert {row["unit_code"] for row in year.json(*check)} == {"U1", "U2"}
    year.json("unit", "justify", QUARTER, "U1", "--reason", "Dua orang saja")
    done = year.json("unit", "justify", QUARTER, "U2", "--reason", "Semua target tercapai")
    assert len(done["findings"]) == 2
    assert year.json(*check) == []
    year.json("score", "record", CITRA, QUARTER, "--hasil", "diatas", "--perilaku", "diatas")
    below = year.json("report", "distribution", QUARTER)[1]
    assert (below["justification"], below["justification_expired"]) == ("Semua target tercapai", False)
    year.json("score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas")
    year.json("unit", "rate", QUARTER, "U2", "butuh_perbaikan", "--issued", "2026-01-02")
    below = year.json("report", "distribution", QUARTER)[1]
    assert (below["justification"], below["justification_expired"]) == ("Semua target tercapai", True)
    assert not any(one["justified"] for one in below["findings"])
    assert "for other findings" in year("report", "distribution", QUARTER, "--format", "table").out
    found = year.json(*check)
    assert found
    assert all("given for other findings" in row["message"] for row in found)
    assert year.json("unit", "justify", QUARTER, "U2", "--reason", "Semua target tercapai")["operation"]
    assert year.json(*check) == []
    assert year.json("unit", "justify", QUARTER, "U2", "--reason", "Semua target tercapai")["operation"] is None


def test_a_justification_given_before_anything_breaks_the_pattern_counts_for_nothing(year: Kinerja) -> None:
    year.json("unit", "rate", QUARTER, "U1", "baik", "--issued", "2026-01-02")
    ran = year("unit", "justify", QUARTER, "U2", "--reason", "Sudah baik")
    assert "counts for nothing" in ran.out + ran.err
    rate(year)
    assert year.json("report", "distribution", QUARTER)[1]["justification_expired"] is True
