"""Rows become people; every mistake is told at its place and none stops the reading."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from kinerja_cli.domain.roster import RosterRead, read_roster
from kinerja_cli.domain.rows import STAMP_KIND, TEMPLATE, CellValue, Row, Source
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitRef
from kinerja_cli.errors import Severity
from tests.domain.made import BUDI, PPPK, SARI, TODAY, codes, read, sheet

FULL: dict[str, CellValue] = {
    "nip": "'198501152010011001",
    "name": "  Budi\u00a0 Santoso ",
    "front_title": "Dr.",
    "back_title": "S.E.",
    "sex": "Laki-laki",
    "birth_date": "15-01-1985",
    "employment": "PNS Daerah",
    "cpns_status": "P",
    "status": "Aktif",
    "rank": "Penata (III/c)",
    "rank_since": "1 April 2020",
    "position": "Kepala Dinas",
    "position_type": "Struktural",
    "position_since": datetime(2021, 5, 17),  # noqa: DTZ001 - as a spreadsheet holds it
    "echelon": "II.b",
    "unit_code": 12.0,
    "unit": "DINAS SOSIAL",
    "assessor_nip": "-",
    "assessor_name": "",
}


def person(**said: CellValue) -> dict[str, CellValue]:
    return {"nip": BUDI, "name": "Budi"} | said


def only(result: RosterRead) -> Employee:
    (row,) = result.people
    return row.employee


def test_a_whole_row_becomes_a_person() -> None:
    result = read(FULL)
    (row,) = result.people
    assert row.employee == Employee(
        nip=BUDI,
        name="Budi Santoso",
        front_title="Dr.",
        back_title="S.E.",
        sex="L",
        employment="pns",
        status="active",
        rank="III/c",
        rank_since="2020-04-01",
        position="Kepala Dinas",
        position_type="jpt_pratama",
        position_since="2021-05-17",
        echelon="II.b",
    )
    assert row.employee.display_name == "Dr. Budi Santoso, S.E."
    assert row.unit == UnitRef("12", "DINAS SOSIAL")
    assert (row.assessor_nip, row.assessor_name, row.has_assessor) == (None, "", False)
    assert (row.place("unit").row, row.place("unit").column) == (2, "Q")
    assert (result.rows, result.rejected, codes(result)) == (1, 0, ["text-cleaned"])


def test_short_rows_are_filled_up_and_blank_ones_are_nobody() -> None:
    source = Source("a.xlsx", "S", "generic", 1, {"nip": 0, "name": 1, "rank": 5})
    rows = [Row(source, 2, [BUDI, "Budi"]), Row(source, 3, ["", "-"]), Row(source, 4, [])]
    result = read_roster(rows, today=TODAY)
    assert (only(result).rank, result.rows, result.problems) == (None, 1, ())


@pytest.mark.parametrize(
    ("nip", "code", "value"),
    [
        (None, "nip-missing", None),
        (198501152010011001, "nip-numeric", "198501152010011001"),
        (1.98501152010011e17, "nip-numeric", "198501152010011008"),
        ("1.98501E+17", "nip-damaged", "1.98501E+17"),
        ("198501152010011", "nip-length", "198501152010011"),
        ("19900230 201503 2 004", "nip-birth-date", "19900230 201503 2 004"),
        ("198501152010013001", "nip-sex-digit", "198501152010013001"),
        ("199503122024132007", "nip-month", "199503122024132007"),
    ],
)
def test_a_row_without_a_possible_nip_is_refused(nip: CellValue, code: str, value: str | None) -> None:
    result = read({"nip": nip, "name": "Budi"}, {"nip": SARI, "name": "Sari"})
    problem = result.problems[0]
    assert (problem.code, problem.value, problem.place.row, problem.place.column) == (code, value, 2, "A")
    assert problem.message
    assert problem.fix
    assert (result.rows, result.rejected, len(result.people)) == (2, 1, 1)
    assert result.seen == {SARI}
    assert result.unidentified == {"BUDI"}


def test_numbers_that_differ_in_the_last_digit_are_two_people() -> None:
    result = read(person(), person(nip="198501152010011002"))
    assert [row.employee.nip for row in result.people] == [BUDI, "198501152010011002"]


def test_an_unusual_pppk_code_is_a_warning() -> None:
    result = read(person(nip="199503122024222007"))
    assert (codes(result), only(result).employment) == (["nip-unusual-code"], "pppk")


def test_a_name_is_needed_and_one_word_is_enough() -> None:
    result = read({"nip": BUDI, "name": "-"}, {"nip": SARI, "name": "Sari"})
    assert (codes(result), result.rejected) == (["name-missing"], 1)
    assert only(result).name == "Sari"


def test_titles_are_split_off_only_where_they_have_no_columns() -> None:
    together = only(read({"nip": BUDI, "name": "Dr. Budi, S.E."}))
    assert (together.front_title, together.name, together.back_title) == ("Dr.", "Budi", "S.E.")
    apart = only(read({"nip": BUDI, "name": "Ir. Budi", "back_title": ""}))
    assert (apart.front_title, apart.name, apart.back_title) == (None, "Ir. Budi", None)


@pytest.mark.parametrize(
    ("sex", "taken", "told"),
    [
        ("", "L", []),
        ("pria", "L", []),
        ("F", "P", ["nip-sex-mismatch"]),
        ("x", "L", ["sex-unknown"]),
    ],
)
def test_the_column_of_sex_counts_before_the_nip(sex: str, taken: str, told: list[str]) -> None:
    result = read(person(sex=sex))
    assert (only(result).sex, codes(result)) == (taken, told)


@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("15-01-1985", []),
        ("15/1/1985", []),
        (date(1985, 1, 15), []),
        ("-", []),
        ("", []),
        ("16-01-1985", ["16-01-1985"]),
        ("31-02-1985", ["31-02-1985"]),
    ],
)
def test_the_birth_date_is_only_compared(born: CellValue, told: list[str]) -> None:
    result = read(person(birth_date=born))
    assert [problem.value for problem in result.problems] == told
    assert all(problem.code == "nip-birth-mismatch" for problem in result.problems)
    assert len(result.people) == 1


@pytest.mark.parametrize(
    ("nip", "said", "taken", "told"),
    [
        (BUDI, {}, "pns", []),
        (PPPK, {}, "pppk", []),
        (BUDI, {"cpns_status": "C"}, "cpns", []),
        (BUDI, {"cpns_status": "P"}, "pns", []),
        (BUDI, {"employment": "PNS", "cpns_status": "C"}, "cpns", []),
        (BUDI, {"employment": "", "cpns_status": "CPNS"}, "cpns", []),
        (PPPK, {"employment": "PPPK Paruh Waktu", "cpns_status": "C"}, "pppk_paruh_waktu", []),
        (PPPK, {"employment": "honorer"}, "pppk", ["employment-unknown"]),
    ],
)
def test_employment_goes_by_word_then_status_then_nip(
    nip: str, said: dict[str, CellValue], taken: str, told: list[str]
) -> None:
    result = read(person(nip=nip, **said))
    assert (only(result).employment, codes(result)) == (taken, told)


@pytest.mark.parametrize(
    ("field", "value", "taken", "told"),
    [
        ("status", "", "active", []),
        ("status", "CLTN", "cltn", []),
        ("status", "gone fishing", "active", ["status-unknown"]),
        ("rank", "-", None, []),
        ("rank", "33", "III/c", []),
        ("rank", "Jenderal", None, ["rank-unknown"]),
        ("position_type", "Jabatan Fungsional", "fungsional", []),
        ("position_type", "Dewan", None, ["position-type-unknown"]),
        ("echelon", "IV.a", "IV.a", []),
        ("position", "-", None, []),
    ],
)
def test_words_are_known_or_warned_of(field: str, value: str, taken: str | None, told: list[str]) -> None:
    result = read(person(**{field: value}))
    assert (getattr(only(result), field), codes(result)) == (taken, told)
    assert all(problem.severity is Severity.WARNING for problem in result.problems)


def test_a_golongan_of_a_pppk_may_be_a_bare_number() -> None:
    assert only(read(person(nip=PPPK, rank=9.0))).rank == "IX"


def test_an_echelon_alone_tells_the_kind_of_position() -> None:
    assert only(read(person(echelon="III.a"))).position_type == "administrator"


@pytest.mark.parametrize(
    ("value", "code"),
    [("31/02/2020", "date-impossible"), ("01-03-2028", "date-future"), (True, "date-impossible")],
)
def test_impossible_and_far_dates_refuse_the_row(value: CellValue, code: str) -> None:
    result = read(person(rank_since=value))
    assert (codes(result), result.rejected, result.people) == ([code], 1, ())
    assert "TMT GOLONGAN" in result.problems[0].message
    assert result.seen == {BUDI}
    assert result.unidentified == set()


def test_ambiguous_dates_are_one_note_a_column() -> None:
    result = read(
        person(rank_since="03/04/2015", position_since="-"),
        person(nip=SARI, rank_since="03/04/2015", position_since="13/04/2015"),
        person(nip=PPPK, rank_since="04/05/2015", position_since="2015-03-01"),
    )
    (note,) = result.problems
    assert (note.code, note.value, note.facts["count"]) == ("date-ambiguous", "03/04/2015", 3)
    assert (note.place.row, note.place.column) == (None, "C")
    assert result.people[0].employee.rank_since == "2015-04-03"


def test_units_are_told_by_code_name_parents_and_levels() -> None:
    named = {"unit_code": "", "unit": "SUBBAGIAN", "unit_parent_code": "9", "unit_parent": "DINAS"}
    (row,) = read(person(**named)).people
    assert row.unit == UnitRef("", "SUBBAGIAN", "9", "DINAS")
    for first, second, whole in [
        ("DINAS", "SUBBAGIAN", ("DINAS", "SUBBAGIAN")),
        ("SUBBAGIAN", "DINAS", ("DINAS", "SUBBAGIAN")),
        ("KOTA", "DINAS", ("KOTA", "DINAS", "SUBBAGIAN")),
    ]:
        levels = {"unit": "SUBBAGIAN", "unit_level_1": first, "unit_level_2": second, "unit_level_3": "-"}
        (row,) = read(person(**levels)).people
        assert row.unit.levels == whole
    (row,) = read(person(unit_level_1="DINAS")).people
    assert row.unit == UnitRef(levels=("DINAS",))


def test_a_sheet_without_nip_is_a_table_of_units() -> None:
    table = sheet(
        {"unit_code": "1", "unit": "KOTA", "unit_parent_code": ""},
        {"unit_code": "", "unit": "", "unit_parent_code": "1"},
        name="unor",
    )
    people = sheet(person())
    result = read_roster([table[0], *people, table[1]], today=TODAY)
    assert [ref for ref, _place in result.units] == [UnitRef("1", "KOTA")]
    assert result.units[0][1].sheet == "unor"
    assert (result.rows, len(result.people)) == (1, 1)


def test_rows_alike_count_once() -> None:
    rows = [person(rank="III/c"), person(name="BUDI", rank="III-c"), person(rank="Penata")]
    result = read(*rows)
    (note,) = result.problems
    assert (note.code, note.severity, note.place.row) == ("duplicate-row", Severity.NOTE, 3)
    assert "a.xlsx, sheet S, row 2; a.xlsx, sheet S, row 3" in note.message
    assert (len(result.people), result.rows, result.rejected) == (1, 3, 0)


def test_rows_that_disagree_are_both_refused() -> None:
    rows = [
        person(rank="III/c", unit="A"),
        person(rank="III/d", unit="B"),
        person(nip=SARI, rank="", unit="A"),
    ]
    result = read(*rows)
    assert [(one.code, one.place.row) for one in result.problems] == [
        ("duplicate-conflict", 2),
        ("duplicate-conflict", 3),
    ]
    assert "row 3" in result.problems[0].message
    assert "GOLONGAN, UNOR" in result.problems[0].message
    assert [row.employee.nip for row in result.people] == [SARI]
    assert (result.rows, result.rejected) == (3, 2)


def test_conflicts_are_found_across_sheets_and_a_third_row() -> None:
    rows = [*sheet(person(rank="III/c")), *sheet(person(), name="T"), *sheet(person(rank="I/a"), name="U")]
    result = read_roster(rows, today=TODAY)
    assert codes(result) == ["duplicate-conflict"] * 3
    assert result.people == ()


def test_sheets_complete_each_other() -> None:
    rows = [
        *sheet(person(rank="III/c", unit_code="1")),
        *sheet(person(assessor_nip=f" {SARI}", assessor_name="Sari", name="Budi, S.E."), name="T"),
        *sheet(person(unit="DINAS", unit_code="1"), name="U"),
        *sheet(person(position="Analis"), name="V"),
    ]
    (row,) = read_roster(rows, today=TODAY).people
    assert (row.employee.rank, row.employee.back_title, row.employee.position) == ("III/c", "S.E.", "Analis")
    assert (row.assessor_nip, row.assessor_name, row.unit.code) == (f" {SARI}", "Sari", "1")
    only_unit = [*sheet(person()), *sheet(person(unit="DINAS"), name="T")]
    (row,) = read_roster(only_unit, today=TODAY).people
    assert row.unit.name == "DINAS"


def test_numeric_assessors_alike_are_alike() -> None:
    assert codes(read(person(assessor_nip=5), person(assessor_nip=5.0))) == ["duplicate-row"]


@pytest.mark.parametrize("field", ["name", "position", "unit"])
def test_a_text_that_no_name_can_be_keeps_its_row_out(field: str) -> None:
    result = read(person(**{field: "X" * 1_000, "rank": None}), {"nip": SARI, "name": "Sari", field: "X" * 1_001})
    assert [row.employee.nip for row in result.people] == [BUDI]
    (problem,) = result.problems
    assert (problem.code, problem.field, result.rejected) == ("text-too-long", field, 1)
    assert len(problem.message) < 200


def test_a_unit_id_that_is_a_number_too_long_to_be_kept_is_dropped() -> None:
    result = read(person(unit_code=8.1234567890123456e17, unit="DINAS"))
    assert (result.people[0].unit, codes(result)) == (UnitRef(name="DINAS"), ["unit-code-numeric"])


def test_days_in_a_unit_that_run_backwards_or_have_passed_are_told() -> None:
    assert codes(read(person(unit="A", span_start="2025-03-01", span_end="2025-02-01"))) == ["span-backwards"]
    assert codes(read(person(unit="A", span_start="2025-02-01", span_end="2025-03-01"))) == ["span-ended"]


def test_days_in_one_unit_under_two_posts_are_one_after_the_other() -> None:
    result = read(
        person(unit="A", position="Analis", span_start="2025-03-01", span_end="2025-05-31"),
        person(unit="A", position="Pranata", span_start="2025-06-01"),
    )
    (present,) = result.people
    assert (present.employee.position, [one.employee.position for one in present.earlier]) == ("Pranata", ["Analis"])


def test_a_name_without_a_letter_is_told() -> None:
    assert codes(read(person(name="123"))) == ["name-suspicious"]


def test_in_a_template_the_day_comes_first_and_no_date_is_doubtful() -> None:
    source = Source("a.xlsx", "S", "generic", 1, {"nip": 0, "name": 1, "rank_since": 2})
    rows = [BUDI, "Budi", "01/04/2020"]
    assert codes(read_roster([Row(source, 2, rows)], today=TODAY)) == ["date-ambiguous"]
    given_out = replace(source, stamp={STAMP_KIND: TEMPLATE})
    assert codes(read_roster([Row(given_out, 2, rows)], today=TODAY)) == []


def test_marks_that_repeat_the_row_above_stand_for_the_last_unit_named() -> None:
    result = read(
        person(unit="DINAS"),
        person(nip=SARI, name="Sari", unit="sda"),
        person(nip=PPPK, name="Citra", unit=0),
    )
    assert {row.unit for row in result.people} == {UnitRef(name="DINAS")}
    assert sorted(codes(result)) == ["unit-as-above", "unit-zero"]


def test_where_name_and_nip_share_a_cell_that_cell_is_named() -> None:
    source = Source(
        "a.xlsx", "S", "generic", 1, {"name_nip": 1, "nip": 7, "name": 8}, derived=frozenset({"nip", "name"})
    )
    assert [source.place(2, field).column for field in ("nip", "name", "name_nip")] == ["B", "B", "B"]
