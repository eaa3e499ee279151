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

DINAS = "dinas-sosial"
TITLED: dict[str, CellValue] = {
    "nip": BUDI,
    "name": "Budi",
    "unit": "DINAS SOSIAL",
    "position": "Plt. Kepala Dinas Sosial",
}


def acts(nip: str, unit: str = "DINAS SOSIAL", **more: CellValue) -> dict[str, CellValue]:
    name = {BUDI: "Budi", SARI: "Sari", TONO: "Tono"}[nip]
    return {"nip": nip, "name": name, "unit": unit, "acting": 1, **more}


def resolve(*rows: dict[str, CellValue], acting: Sequence[Acting] = ()) -> RosterChanges:
    return resolve_roster(read(*PEOPLE, *rows), today=TODAY, known={}, units={}, led=Leadership(acting))


def later(*rows: dict[str, CellValue], known: RosterChanges, acting: Sequence[Acting] = ()) -> RosterChanges:
    """What a file changes of what an earlier one left."""
    return resolve_roster(read(*rows), today=TODAY, known=known.staff, units=known.all_units, led=Leadership(acting))


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


def test_the_only_row_of_somebody_known_speaks_of_their_rank_too_but_not_under_another_name() -> None:
    first = resolve()
    row: dict[str, CellValue] = {**TITLED, "rank": "III/d", "position_since": "2025-03-01"}
    found = later(row, known=first)
    budi = found.staff[BUDI]
    assert (codes(found), budi) == ([], replace(first.staff[BUDI], rank="III/d"))
    other = later({**row, "name": "Orang Lain"}, known=first)
    assert (codes(other), other.staff) == (["acting-name"], first.staff)


def test_who_is_known_by_an_acting_post_alone_has_none_of_their_own_yet() -> None:
    first = resolve_roster(read(TITLED), today=TODAY, known={}, units={})
    again = later(TITLED, known=first)
    for found in (first, again):
        assert (codes(found), found.acting.added) == (["acting-only-post"], ())
    assert again.changed == ()


def test_a_post_without_a_unit_is_a_post_of_ones_own() -> None:
    post: dict[str, CellValue] = {"nip": BUDI, "name": "Budi", "position": "Analis"}
    first = resolve_roster(read(post, HEAD), today=TODAY, known={}, units={})
    found = later({**TITLED, "acting": "Plh"}, known=first)
    by_title = later({**TITLED, "position": "Plh. Kepala Dinas Sosial"}, known=first)
    for one in (found, by_title):
        assert (codes(one), one.staff[BUDI].position) == ([], "Analis")
        assert [(new.nip, new.kind) for new in one.acting.added] == [(BUDI, "plh")]


def test_the_day_of_the_acting_post_is_the_first_of_acting() -> None:
    found = resolve(acts(BUDI, position_since="2025-03-01"))
    assert [one.starts for one in found.acting.added] == ["2025-03-01"]


def test_of_units_called_alike_the_post_leads_the_one_below_the_unit_of_the_row() -> None:
    twins: list[dict[str, CellValue]] = [
        {"nip": nip, "name": name, "unit": "SUBBAGIAN UMUM", "unit_code": code, "unit_parent": parent}
        for nip, name, code, parent in ((TONO, "Tono", "u1", "DINAS SOSIAL"), (BUDI, "Budi", "u2", "DINAS PANGAN"))
    ]
    first = resolve_roster(read(*twins, PEOPLE[1]), today=TODAY, known={}, units={})
    post = "Plt. Kepala Subbagian Umum"
    below = later(acts(SARI, "DINAS PANGAN", position=post), known=first)
    assert (codes(below), [one.unit_code for one in below.acting.added]) == ([], ["u2"])
    beside = later(acts(SARI, "BIDANG B", position=post), known=first)
    assert (codes(beside), beside.acting.added, beside.acting.unused) == (["acting-not-head"], (), 1)


def test_a_post_that_names_one_unit_alone_leads_it_wherever_it_stands() -> None:
    found = resolve(acts(SARI, "BIDANG B", position="Plt. Kepala Bidang A"))
    assert (codes(found), [one.unit_code for one in found.acting.added]) == ([], ["bidang-a"])


def test_a_unit_that_nobody_knows_is_told_as_the_row_writes_it() -> None:
    unknown = acts(BUDI, "DINAS PANGAN", position="Plt. Kepala")
    found = [resolve(unknown), resolve({**unknown, "unit": ""}), resolve(acts(BUDI, ""))]
    assert [(*codes(one), one.problems[0].value) for one in found] == [
        ("acting-unit-unknown", "DINAS PANGAN"),
        ("acting-unit-unknown", "Plt. Kepala"),
        ("acting-unit-unknown", "-"),
    ]


def test_a_later_file_brings_the_first_day_forward_and_never_back() -> None:
    known = Acting(DINAS, "2025-03-01", BUDI, "plt")
    earlier = resolve(acts(BUDI, span_start="2025-02-01"), acting=[known]).acting
    assert earlier.changed == ((known, replace(known, starts="2025-02-01")),)
    back = resolve(acts(BUDI, span_start="2025-04-01"), acting=[known]).acting
    assert (back.changed, back.unchanged) == ((), 1)


def test_a_later_file_gives_the_last_day_and_the_kind() -> None:
    known = Acting(DINAS, "2025-03-01", BUDI, "plt")
    found = resolve(acts(BUDI, acting="Plh", span_start="2025-03-01", span_end="2025-06-30"), acting=[known]).acting
    ended = replace(known, kind="plh", ends="2025-06-30")
    assert found.changed == ((known, ended),)
    again = resolve(acts(BUDI, span_start="2025-03-01"), acting=[ended]).acting
    assert (again.changed, again.unchanged) == ((), 1)


def test_who_follows_ends_what_ran_on_the_day_before_in_whatever_order_the_rows_stand() -> None:
    known = Acting(DINAS, "2025-03-01", TONO, "plt")
    people = [*PEOPLE, {**HEAD, "unit": "BIDANG B", "position": "Analis"}]
    rows = [acts(SARI, span_start="2025-09-01"), acts(BUDI, span_start="2025-06-01", span_end="2025-08-31")]
    for files in (rows, rows[::-1]):
        found = later(*files, known=resolve(*people[2:]), acting=[known])
        assert codes(found) == []
        assert found.acting.ended == ((known, replace(known, ends="2025-05-31")),)
        assert [(one.nip, one.starts) for one in found.acting.added] == [(BUDI, "2025-06-01"), (SARI, "2025-09-01")]


def test_who_began_on_the_same_day_or_later_is_not_pushed_out() -> None:
    for starts in ("2025-06-01", "2025-07-01"):
        held = Acting(DINAS, starts, SARI, "plt")
        found = resolve(acts(BUDI, span_start="2025-06-01"), acting=[held])
        assert (codes(found), found.acting.added, found.acting.ended) == (["acting-overlaps"], (), ())


def test_who_can_be_no_assessor_is_told_once_and_not_with_every_file() -> None:
    clerk: dict[str, CellValue] = {**PEOPLE[1], "position_type": "Pelaksana"}
    first = resolve_roster(read(PEOPLE[0], clerk, acts(SARI)), today=TODAY, known={}, units={})
    again = later(acts(SARI), known=first, acting=first.acting.added)
    assert (codes(first), codes(again), again.acting.unchanged) == (["assessor-unfit"], [], 1)


def test_a_new_head_beside_a_plt_is_told_without_a_row_and_a_known_one_no_more() -> None:
    head: dict[str, CellValue] = {**HEAD, "position_type": "jpt_pratama"}
    runs = [Acting(DINAS, "2025-03-01", BUDI, "plt")]
    new = resolve(head, acting=runs)
    assert [(one.code, one.place.row) for one in new.problems] == [("acting-beside-head", None)]
    led = Leadership(runs, heads={DINAS: TONO})
    assert codes(resolve_roster(read(*PEOPLE, head), today=TODAY, known={}, units={}, led=led)) == []
    over = [replace(runs[0], ends="2025-06-30")]
    assert codes(resolve(head, acting=over)) == []


def test_who_only_stands_highest_in_a_unit_without_a_post_that_leads_it_contradicts_no_plt() -> None:
    secretary: dict[str, CellValue] = {**HEAD, "position": "Sekretaris Dinas", "position_type": "administrator"}
    found = resolve(secretary, acts(BUDI))
    assert (found.heads.heads[DINAS], codes(found)) == (TONO, [])


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
