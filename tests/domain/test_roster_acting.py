"""Rows marked as acting beside what is known of who acts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.history import Acting
from kinerja_cli.domain.roster import RosterChanges, resolve_roster
from kinerja_cli.domain.roster_acting import Leadership
from kinerja_cli.domain.rows import CellValue
from tests.domain.made import BUDI, SARI, TODAY, TONO, codes, read

HEAD: dict[str, CellValue] = {"nip": TONO, "name": "Tono", "unit": "DINAS SOSIAL", "position": "Kepala Dinas"}
PEOPLE: list[dict[str, CellValue]] = [
    {"nip": BUDI, "name": "Budi", "unit": "BIDANG A", "unit_parent": "DINAS SOSIAL", "position": "Kepala Bidang A"},
    {"nip": SARI, "name": "Sari", "unit": "BIDANG B", "unit_parent": "DINAS SOSIAL", "position": "Analis"},
]


def acts(nip: str, unit: str = "DINAS SOSIAL", **more: CellValue) -> dict[str, CellValue]:
    name = {BUDI: "Budi", SARI: "Sari", TONO: "Tono"}[nip]
    return {"nip": nip, "name": name, "unit": unit, "acting": 1, **more}


def resolve(*rows: dict[str, CellValue], acting: Sequence[Acting] = ()) -> RosterChanges:
    return resolve_roster(read(*PEOPLE, *rows), today=TODAY, known={}, units={}, led=Leadership(acting))


def after(changes: RosterChanges, before: Sequence[Acting] = ()) -> list[Acting]:
    """The appointments there are once these changes are made."""
    acting = changes.acting
    gone = {old for old, _new in (*acting.changed, *acting.ended)}
    kept = [one for one in before if one not in gone]
    return [*kept, *(new for _old, new in (*acting.changed, *acting.ended)), *acting.added]


def test_without_a_day_it_counts_from_today_and_goes_on_as_known() -> None:
    first = resolve(acts(BUDI))
    assert first.acting.added == (Acting("dinas-sosial", TODAY.isoformat(), BUDI, "plt"),)
    known = [Acting("dinas-sosial", "2025-03-01", BUDI, "plh")]
    again = resolve(acts(BUDI), acting=known)
    assert (again.acting.unchanged, again.acting.changed) == (1, ())


def test_the_day_of_the_own_post_is_not_taken_for_that_of_acting() -> None:
    own = {**PEOPLE[0], "position_since": "2020-01-06"}
    row = acts(BUDI, position_since="2020-01-06")
    found = resolve_roster(read(own, row), today=TODAY, known={}, units={})
    assert [one.starts for one in found.acting.added] == [TODAY.isoformat()]


def test_only_positions_that_disagree_give_nobody_a_post() -> None:
    rows = [
        {"nip": BUDI, "name": "Budi", "unit": unit, "position": f"Plt. Kepala {unit}"}
        for unit in ("BIDANG A", "BIDANG B")
    ]
    found = resolve_roster(read(*rows), today=TODAY, known={}, units={})
    assert (codes(found), found.added, found.acting.refused) == (["duplicate-conflict"] * 2, (), 2)


def test_who_can_be_no_assessor_by_post_is_told() -> None:
    clerk = {**PEOPLE[1], "position_type": "Pelaksana"}
    found = resolve_roster(read(PEOPLE[0], clerk, acts(SARI)), today=TODAY, known={}, units={})
    assert codes(found) == ["assessor-unfit"]


def test_a_plh_and_a_head_who_is_one_by_acting_alone_are_no_contradiction() -> None:
    head = {**HEAD, "position_type": "jpt_pratama"}
    assert codes(resolve(head, acts(BUDI, acting="Plh"))) == []
    assert codes(resolve(head, acts(BUDI))) == ["acting-beside-head"]
    assert codes(resolve(head, acts(BUDI, span_start="2025-01-01", span_end="2025-02-01"))) == []
    titled = {**head, "position": "Plt. Kepala Dinas"}
    assert codes(resolve(titled, acts(BUDI))) == ["acting-only-post"]


def test_what_cannot_be_recorded_is_told_with_why() -> None:
    assert codes(resolve(acts(TONO))) == ["acting-without-post"]
    assert codes(resolve(acts(BUDI, name="Orang Lain"))) == ["acting-name"]
    assert codes(resolve(acts(BUDI, span_end="2025-01-01"))) == ["span-backwards"]
    assert codes(resolve(acts(BUDI, unit=""))) == ["acting-unit-unknown"]
    assert codes(resolve(acts(BUDI, position="Plt. Analis Kebijakan"))) == ["acting-not-head"]


def test_a_mark_that_nobody_knows_is_told_and_the_position_decides() -> None:
    said = read(acts(BUDI, acting="Barangkali", position="Plt. Kepala Dinas Sosial"))
    assert codes(said) == ["acting-mark-unknown"]
    assert [row.employee.nip for row in said.acting] == [BUDI]


def test_who_is_away_acts_for_nobody() -> None:
    away = {**PEOPLE[0], "status": "Pensiun"}
    found = resolve_roster(read(away, PEOPLE[1], acts(BUDI, status="Pensiun")), today=TODAY, known={}, units={})
    assert (codes(found), found.acting.unused) == (["acting-away"], 1)


def test_a_post_that_names_the_unit_below_leads_that_one() -> None:
    found = resolve(acts(SARI, position="Plt. Kepala Bidang A"))
    assert [(one.unit_code, one.kind) for one in found.acting.added] == [("bidang-a", "plt")]
    assert [one.kind for one in resolve(acts(SARI, unit="BIDANG A", acting="Plt")).acting.added] == ["plt"]


def test_rows_alike_count_once_and_two_for_one_unit_not_at_all() -> None:
    alike = resolve(acts(BUDI), acts(BUDI))
    assert (codes(alike), len(alike.acting.added)) == (["duplicate-row"], 1)
    both = resolve(acts(BUDI), acts(SARI, unit="DINAS SOSIAL"))
    assert (codes(both), both.acting.added, both.acting.refused) == (["acting-conflict"] * 2, (), 2)


def test_who_acts_until_a_known_day_is_not_pushed_out() -> None:
    held = [Acting("dinas-sosial", "2026-01-01", SARI, "plt", "2026-06-30")]
    found = resolve(acts(BUDI), acting=held)
    assert (codes(found), found.acting.added, found.acting.ended) == (["acting-overlaps"], (), ())


def test_somebody_known_keeps_their_post_and_acts_by_a_row_that_is_the_only_one_of_theirs() -> None:
    known = resolve_roster(read(*PEOPLE), today=TODAY, known={}, units={})
    row = {"nip": BUDI, "name": "Budi", "unit": "DINAS SOSIAL", "position": "Plt. Kepala Dinas Sosial"}
    found = resolve_roster(read(row), today=TODAY, known=known.staff, units=known.all_units)
    assert found.staff[BUDI].position == "Kepala Bidang A"
    assert [one.unit_code for one in found.acting.added] == ["dinas-sosial"]


def test_only_the_appointment_that_closes_a_circle_is_refused() -> None:
    """Budi rates Tono, who rates Sari; were Sari to act for the unit of Budi, all three would go round."""
    people = [
        {"nip": BUDI, "name": "Budi", "unit": "BIDANG A", "unit_parent": "DINAS SOSIAL", "position": "Analis"},
        {"nip": TONO, "name": "Tono", "unit": "BIDANG B", "unit_parent": "DINAS SOSIAL", "position": "Analis"},
        {"nip": SARI, "name": "Sari", "unit": "BIDANG B", "unit_parent": "DINAS SOSIAL", "position": "Analis"},
    ]
    first = resolve_roster(read(*people), today=TODAY, known={}, units={})
    links = {TONO: BUDI, SARI: TONO}
    staff = {
        nip: replace(one, assessor_nip=links[nip], assessor_rule="roster") if nip in links else one
        for nip, one in first.staff.items()
    }
    rows = [acts(SARI, unit="BIDANG A"), acts(TONO, unit="DINAS SOSIAL")]
    found = resolve_roster(read(*rows), today=TODAY, known=staff, units=first.all_units)
    assert codes(found).count("acting-circle") == 1
    assert [one.nip for one in found.acting.added] == [TONO]


_DAYS = st.one_of(st.none(), st.integers(-60, 60).map(lambda days: (TODAY + timedelta(days=days)).isoformat()))
_ROWS = st.lists(
    st.builds(
        lambda nip, unit, mark, starts, ends: acts(nip, unit, acting=mark, span_start=starts, span_end=ends),
        st.sampled_from([BUDI, SARI]),
        st.sampled_from(["DINAS SOSIAL", "BIDANG A", "BIDANG B"]),
        st.sampled_from(["Plt", "Plh", 1, "Ya"]),
        _DAYS,
        _DAYS,
    ),
    max_size=5,
)


@given(st.lists(_ROWS, min_size=1, max_size=3))
def test_any_files_leave_one_official_a_day_and_the_last_again_changes_nothing(
    files: list[list[dict[str, CellValue]]],
) -> None:
    known: list[Acting] = []
    for rows in files:
        known = after(resolve(*rows, acting=known), known)
        for one in known:
            assert one.ends is None or one.starts <= one.ends
            others = [other for other in known if other is not one and other.unit_code == one.unit_code]
            assert not any(other.covers(one.starts) for other in others)
    again = resolve(*files[-1], acting=known).acting
    assert (again.added, again.changed, again.ended) == ((), (), ())
