"""What a roster changes: units and assessors looked up, people compared with who is known."""

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.nip_proposals import with_proposals
from kinerja_cli.domain.roster import FieldChange, RosterRead, differences, read_roster, resolve_roster
from kinerja_cli.domain.roster_acting import Leadership
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit
from tests.domain.made import BUDI, PPPK, SARI, TODAY, TONO, codes, read, resolve, sheet
from tests.domain.test_roster_reading import FULL

PEOPLE: list[dict[str, CellValue]] = [
    {"nip": BUDI, "name": "Budi", "unit": "DINAS SOSIAL", "rank": "III/c"},
    {"nip": SARI, "name": "Sari", "unit": "DINAS SOSIAL", "rank": "III/a"},
]


def test_the_same_file_twice_changes_nothing() -> None:
    first = resolve(*PEOPLE)
    assert [one.nip for one in first.added] == [BUDI, SARI]
    assert first.units_added == (Unit("dinas-sosial", "DINAS SOSIAL"),)
    again = resolve(*PEOPLE, known=first)
    assert (again.added, again.changed, again.unchanged, again.left) == ((), (), 2, ())
    assert (again.units_added, again.units_changed, again.problems) == ((), (), ())
    assert again.staff == first.staff


def test_a_moved_person_and_a_new_one_are_shown() -> None:
    first = resolve(*PEOPLE)
    moved = PEOPLE[0] | {"unit": "DINAS  sosial"}
    second = resolve(moved, PEOPLE[1] | {"unit": "INSPEKTORAT"}, {"nip": TONO, "name": "Tono"}, known=first)
    ((old, new),) = second.changed
    assert differences(old, new) == (FieldChange("unit_code", "dinas-sosial", "inspektorat"),)
    assert [one.nip for one in second.added] == [TONO]
    assert second.unchanged == 1


def test_known_units_are_renamed() -> None:
    first = resolve(PEOPLE[0] | {"unit_code": "1"})
    second = resolve(PEOPLE[0] | {"unit_code": "1", "unit": "DINAS SOSIAL DAN PPA"}, known=first)
    assert second.units_changed == ((Unit("1", "DINAS SOSIAL"), Unit("1", "DINAS SOSIAL DAN PPA")),)


def test_a_list_with_fewer_columns_wipes_nothing() -> None:
    whole = PEOPLE[0] | {
        "name": "Budi, S.E.",
        "status": "Tugas Belajar",
        "sex": "P",
        "employment": "CPNS",
        "position": "Analis",
        "echelon": "IV.a",
        "position_since": "2020-01-01",
    }
    first = resolve(whole)
    again = resolve({"nip": BUDI, "name": "Budi"}, known=first)
    assert (again.unchanged, again.changed, again.problems) == (1, (), ())
    titled = resolve({"nip": BUDI, "name": "Budi, S.E., M.Si."}, known=first)
    ((old, new),) = titled.changed
    assert differences(old, new) == (FieldChange("back_title", "S.E.", "S.E., M.Si."),)


def test_a_list_with_all_columns_empties_nothing_that_it_leaves_empty() -> None:
    fields = ("front_title", "back_title", "sex", "employment", "status", "rank", "rank_since")
    others = ("position", "position_type", "position_since", "echelon")
    blank: dict[str, CellValue] = dict.fromkeys((*fields, *others), "")
    blank |= {"nip": BUDI, "name": "Budi"}
    first = resolve(blank | {"rank": "III/c", "position": "Analis", "status": "CLTN"})
    assert (first.staff[BUDI].rank, first.staff[BUDI].status) == ("III/c", "cltn")
    again = resolve(blank, known=first)
    assert again.staff[BUDI] == first.staff[BUDI]
    assert [problem.code for problem in again.problems] == ["still-away"]


def test_people_absent_are_reported_and_kept_or_retired() -> None:
    first = resolve(*PEOPLE, {"nip": TONO, "name": "Tono", "status": "Pensiun"})
    kept = resolve(PEOPLE[0], known=first)
    assert [one.nip for one in kept.left] == [SARI]
    assert (kept.changed, kept.staff[SARI].status) == ((), "active")
    retired = resolve(PEOPLE[0], known=first, retire=True)
    ((old, new),) = retired.changed
    assert (old.status, new.status, [one.nip for one in retired.left]) == ("active", "retired", [SARI])


def test_people_of_refused_rows_are_not_absent() -> None:
    first = resolve(*PEOPLE)
    bad_date = PEOPLE[0] | {"rank_since": "31-02-2020"}
    damaged = PEOPLE[1] | {"nip": "1.99207E+17"}
    second = resolve(bad_date, damaged, known=first, retire=True)
    assert (second.left, second.changed) == ((), ())


def test_an_empty_unit_is_a_warning_that_takes_no_known_unit_away_and_no_column_is_none() -> None:
    first = resolve(*PEOPLE)
    second = resolve(PEOPLE[0] | {"unit": ""}, PEOPLE[1], known=first)
    assert codes(second) == ["unit-missing"]
    assert second.unchanged == 2
    assert codes(resolve(PEOPLE[0] | {"unit": ""}, PEOPLE[1])) == ["unit-missing"]
    assert second.staff[BUDI].unit_code == first.staff[BUDI].unit_code == "dinas-sosial"
    assert resolve({"nip": BUDI, "name": "Budi"}).problems == ()


def test_a_name_of_several_units_keeps_the_present_one() -> None:
    table = sheet(
        *(
            {"unit_code": code, "unit": name, "unit_parent_code": parent}
            for code, name, parent in [("1", "A", ""), ("2", "B", ""), ("3", "UMUM", "1"), ("4", "UMUM", "2")]
        ),
        name="unor",
    )
    people = sheet({"nip": BUDI, "name": "Budi", "unit_code": "4"}, {"nip": SARI, "name": "Sari", "unit_code": "1"})
    first = resolve_roster(read_roster([*table, *people], today=TODAY), today=TODAY, known={}, units={})
    assert first.problems == ()
    again = resolve(
        {"nip": BUDI, "name": "Budi", "unit": "Umum"},
        {"nip": SARI, "name": "Sari", "unit": "Umum"},
        known=first,
    )
    assert codes(again) == ["unit-ambiguous"]
    assert "Sari stays in A" in again.problems[0].message
    new = resolve({"nip": TONO, "name": "Tono", "unit": "Umum"}, known=first)
    assert "Tono was taken without a unit" in new.problems[0].message
    assert new.staff[TONO].unit_code is None
    assert (again.staff[BUDI].unit_code, again.staff[SARI].unit_code) == ("4", "1")


def linked(nip: str, assessor: CellValue = "", name: str = "", **said: CellValue) -> dict[str, CellValue]:
    return {"nip": nip, "name": f"P{nip[-4:]}", "assessor_nip": assessor, "assessor_name": name} | said


def test_assessors_are_found_wherever_they_stand() -> None:
    result = resolve(
        linked(BUDI, f"'{SARI}"),
        linked(SARI, "", "Drs. p1002, M.M."),
        linked(TONO),
        linked(PPPK, "-", "P1002"),
    )
    assert result.problems == ()
    assert [(one.assessor_nip, one.assessor_rule) for one in result.added] == [
        (SARI, "roster"),
        (TONO, "roster"),
        (None, "unit"),
        (TONO, "roster"),
    ]


def test_assessors_that_cannot_be_are_warned_of_and_left_empty() -> None:
    result = resolve(
        linked(BUDI, BUDI),
        linked(SARI, "198001012005011009"),
        linked(TONO, 1.98501152010011e17),
        linked(PPPK, "1.98501E+17"),
        linked("198501152010011003", "", "Nobody"),
        linked("198501152010011004", "198501152010011005"),
        linked("198501152010011005", status="Pensiun"),
        linked("198501152010011006", 198501152010011001),
    )
    assert codes(result) == [
        "assessor-self",
        "assessor-unknown",
        "assessor-damaged",
        "assessor-damaged",
        "assessor-unknown",
        "assessor-inactive",
        "assessor-damaged",
    ]
    assert all(problem.message and problem.place.row for problem in result.problems)
    assert result.problems[2].value == "198501152010011008"
    assert result.problems[4].field == "assessor_name"
    assert all(one.assessor_nip is None for one in result.added)
    assert [one.assessor_rule for one in result.added].count("roster") == 7


def test_a_name_of_two_people_is_no_assessor_unless_one_has_left() -> None:
    twin = {"nip": SARI, "name": "Ahmad", "assessor_name": ""}
    other = {"nip": TONO, "name": "ahmad", "assessor_name": ""}
    asks = {"nip": BUDI, "name": "Budi", "assessor_name": "Ahmad"}
    result = resolve(twin, other, asks)
    assert codes(result) == ["assessor-ambiguous"]
    assert "2 people" in result.problems[0].message
    gone = resolve(twin, other | {"status": "Pensiun"}, asks)
    assert (codes(gone), gone.staff[BUDI].assessor_nip) == ([], SARI)


def test_neither_a_sheet_without_assessors_nor_a_blank_cell_ends_a_link() -> None:
    first = resolve(linked(BUDI, SARI), linked(SARI))
    silent = resolve({"nip": BUDI, "name": "P1001"}, {"nip": SARI, "name": "P2015"}, known=first)
    assert silent.unchanged == 2
    blank = resolve(linked(BUDI), linked(SARI), known=first)
    assert (blank.staff[BUDI].assessor_nip, blank.staff[BUDI].assessor_rule) == (SARI, "roster")


def test_everybody_in_a_circle_is_emptied_and_told() -> None:
    first = resolve(linked(BUDI, SARI), linked(SARI))
    second = resolve(linked(SARI, TONO), linked(TONO, BUDI), linked(PPPK, BUDI), known=first)
    assert codes(second) == ["assessor-loop"] * 3
    assert "P1001 → P2015 → P1002 → P1001" in second.problems[0].message
    assert [problem.place.row for problem in second.problems] == [None, 2, 3]
    assert [second.staff[nip].assessor_nip for nip in (BUDI, SARI, TONO, PPPK)] == [None, None, None, BUDI]
    assert {new.nip for _old, new in second.changed} == {BUDI, SARI}


def test_a_long_circle_is_shown_in_short() -> None:
    nips = [f"198501152010011{serial:03}" for serial in range(1, 1000)]
    result = resolve(*(linked(nip, above) for nip, above in zip(nips, [*nips[1:], nips[0]], strict=True)))
    assert codes(result) == ["assessor-loop"] * 999
    assert result.problems[0].message.count("→") == 5


@given(st.lists(st.sampled_from([BUDI, SARI, TONO, PPPK]), min_size=4, max_size=4))
def test_what_was_taken_is_the_same_when_taken_again(above: list[str]) -> None:
    rows = [linked(nip, link, unit="X") for nip, link in zip([BUDI, SARI, TONO, PPPK], above, strict=True)]
    first = resolve(*rows)
    again = resolve(*rows, known=first)
    assert (again.changed, again.unchanged) == ((), 4)
    links: dict[str, str | None] = {nip: one.assessor_nip for nip, one in first.staff.items()}
    for start in links:
        at: str | None = start
        for _step in range(5):
            at = links.get(at) if at is not None else None
        assert at is None


def test_nothing_read_is_nothing_changed() -> None:
    result = resolve_roster(RosterRead(), today=TODAY, known={BUDI: Employee(BUDI, "Budi")}, units={})
    assert (result.changed, [one.nip for one in result.left]) == ((), [])
    assert read().people == ()


def test_units_left_are_told_by_the_file_itself_once() -> None:
    rows = [
        {"nip": BUDI, "name": "Budi", "unit": "Q", "span_start": "01-06-2025", "span_end": None},
        {"nip": BUDI, "name": "Budi", "unit": "P", "span_start": "01-01-2025", "span_end": None},
        {"nip": SARI, "name": "Sari", "unit": "P", "span_start": None, "span_end": None},
    ]
    first = resolve(*rows)
    assert first.staff[BUDI].unit_code == "q"
    assert [(one.ends, one.unit_code) for one in first.placements] == [("2025-05-31", "p")]
    again = resolve_roster(
        read(*rows), today=TODAY, known=first.staff, units=first.all_units, placements={BUDI: list(first.placements)}
    )
    assert (again.placements, again.changed) == ((), ())


def test_days_that_overlap_or_do_not_begin_part_nobody() -> None:
    rows = [
        {"nip": BUDI, "name": "Budi", "unit": "Q", "span_start": "01-06-2025", "span_end": None},
        {"nip": BUDI, "name": "Budi", "unit": "P", "span_start": None, "span_end": "31-05-2025"},
    ]
    found = read(*rows)
    assert (found.people, found.rejected) == ((), 2)
    assert {one.code for one in found.problems} >= {"spans-overlap"}


def test_a_person_who_moved_leaves_the_unit_with_its_assessor() -> None:
    known = resolve(
        {"nip": SARI, "name": "Sari", "position": "Kepala Dinas P", "position_type": "Struktural", "unit": "Dinas P"},
        {"nip": BUDI, "name": "Budi", "position": "Staf", "position_type": "Pelaksana", "unit": "Dinas P"},
    )
    moved = resolve_roster(
        read({"nip": BUDI, "name": "Budi", "unit": "Dinas Q"}),
        today=TODAY,
        known=known.staff,
        units=known.all_units,
        led=Leadership(heads=known.heads.heads),
    )
    (placement,) = moved.placements
    assert (placement.ends, placement.assessor_nip) == ("2026-01-19", SARI)
    again = resolve_roster(
        read({"nip": BUDI, "name": "Budi", "unit": "Dinas R"}),
        today=TODAY,
        known=moved.staff,
        units=moved.all_units,
        placements={BUDI: [placement]},
    )
    assert (len(again.moves), again.placements) == (1, ())


def test_promotions_returns_and_departures() -> None:
    known = resolve(
        {"nip": BUDI, "name": "Budi", "rank": "III/a", "status": "CLTN"},
        {"nip": SARI, "name": "Sari", "rank": "III/b", "status": "Aktif"},
    )
    later = resolve(
        {"nip": BUDI, "name": "Budi", "rank": "III/c", "status": "Aktif"},
        {"nip": SARI, "name": "Sari", "rank": "III/a", "status": "Pensiun"},
        known=known,
    )
    assert [new.nip for _, new in later.promoted] == [BUDI]
    assert [new.nip for _, new in later.returned] == [BUDI]
    assert [new.nip for _, new in later.departed] == [SARI]


def test_a_damaged_nip_is_proposed_only_where_one_person_fits() -> None:
    known = resolve({"nip": BUDI, "name": "Budi Santoso"}).staff
    twin = BUDI[:-1] + "2"
    damaged = read({"nip": float(BUDI), "name": "Drs. Budi Santoso"})
    assert BUDI[:8] in with_proposals(damaged, known)[0].fix
    both = {**known, twin: Employee(twin, "Budi Santoso")}
    assert with_proposals(damaged, both) == damaged.problems
    assert with_proposals(read({"nip": BUDI, "name": "Xu"}), known) == ()
    born = read({"nip": "1.9E+17", "name": "Budi Santoso", "birth_date": "15-01-1985"})
    assert "1985" in with_proposals(born, known)[0].fix
    beside = read({"nip": "1.98501E+17", "name": "Sari", "birth_date": "08-07-1992"}, {"nip": SARI, "name": "Sari"})
    assert "Sari" in with_proposals(beside, {})[0].fix


def test_days_in_a_unit_that_nobody_names_leave_nothing() -> None:
    rows = (
        {"nip": BUDI, "name": "Budi", "unit": "Q", "span_start": "01-06-2025"},
        {"nip": BUDI, "name": "Budi", "unit": None, "span_start": "01-01-2025"},
    )
    found = resolve(*rows)
    assert (found.staff[BUDI].unit_code, found.placements) == ("q", ())


def test_another_legal_standing_counts_from_today_for_who_stays() -> None:
    first = resolve(*PEOPLE, {"nip": TONO, "name": "Tono"})
    away = {"status": "CLTN"}
    second = resolve(PEOPLE[0] | away, PEOPLE[1] | away | {"unit": "INSPEKTORAT"}, {"nip": TONO}, known=first)
    ((old, new, since),) = [(move.old, move.new, move.since) for move in second.restated(TODAY)]
    assert (old.nip, old.status, new.status, since) == (BUDI, "active", "cltn", TODAY)


def test_what_went_with_another_rank_or_post_goes_with_it() -> None:
    whole: dict[str, CellValue] = {
        "nip": BUDI,
        "name": "Budi",
        "front_title": "Dr.",
        "rank": "III/c",
        "rank_since": "2020-04-01",
        "position_type": "Pengawas",
        "echelon": "IV.a",
    }
    first = resolve(whole)
    kept = first.staff[BUDI]
    assert (kept.front_title, kept.rank_since, kept.echelon) == ("Dr.", "2020-04-01", "IV.a")
    second = resolve({"nip": BUDI, "name": "Budi", "rank": "III/d", "position_type": "Fungsional"}, known=first)
    now = second.staff[BUDI]
    assert (now.rank, now.rank_since, now.position_type, now.echelon) == ("III/d", None, "fungsional", None)


def test_of_a_long_circle_of_assessors_the_middle_is_left_out() -> None:
    nips = [f"19850115201001100{number}" for number in range(1, 9)]
    rows = [
        {"nip": nip, "name": f"Budi {chr(65 + at)}", "assessor_nip": nips[(at + 1) % len(nips)]}
        for at, nip in enumerate(nips)
    ]
    result = resolve(*rows)
    assert set(codes(result)) == {"assessor-loop"}
    assert "Budi A → Budi B → Budi C → Budi D → … → Budi A" in result.problems[0].message


def test_a_whole_row_of_somebody_known_says_everything_anew() -> None:
    first = resolve(FULL)
    assert resolve(FULL, known=first).unchanged == 1
    assert resolve(FULL | {"rank": "III/d"}, known=first).staff[BUDI].rank == "III/d"


def test_a_title_that_stands_in_the_name_now_is_not_kept_in_front_of_it() -> None:
    first = resolve({"nip": BUDI, "name": "Budi", "front_title": "Dr.", "back_title": "S.E."})
    assert first.staff[BUDI].display_name == "Dr. Budi, S.E."
    second = resolve({"nip": BUDI, "name": "Dr. Budi", "back_title": "S.E."}, known=first)
    assert second.staff[BUDI].display_name == "Dr. Budi, S.E."


def test_in_a_circle_through_the_head_of_a_unit_only_the_named_link_is_emptied() -> None:
    head: dict[str, CellValue] = {"position": "KEPALA DINAS SOSIAL", "echelon": "II.b", "assessor_nip": SARI}
    result = resolve(PEOPLE[0] | head, PEOPLE[1])
    assert (codes(result), result.problems[0].place.row) == (["assessor-loop"], 2)
    assert (result.staff[BUDI].assessor_nip, result.staff[SARI].assessor_rule) == (None, "unit")
