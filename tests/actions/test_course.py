"""People who come, go, move or act for others while a period is open, and what becomes of their part in it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kinerja_cli.actions.agency import set_setting
from kinerja_cli.actions.arrangements import (
    appoint_acting,
    delegate,
    end_arrangement,
    exclude,
    list_arrangements,
)
from kinerja_cli.actions.explain import explain_person, explain_rater
from kinerja_cli.actions.moves import missing
from kinerja_cli.actions.periods import AssessorCircle, close_period, list_periods, open_period, reopen_period
from kinerja_cli.actions.reports import summary
from kinerja_cli.actions.rollover import roll_over
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.scores import list_scores, record_score, show_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.history import Acting, Delegation, Exclusion
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.workbooks.read import Purpose, read_sheets
from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, roster

Q3 = "2026-Q3"
JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (7, 8, 9, 10))
WINDOW = date(2026, 9, 20)
DINI = "199901012026081001"


@pytest.fixture
def third(empty: Store) -> Store:
    """The third quarter, opened on its first day."""
    open_period(empty, Q3, today=JULY)
    return empty


def part(store: Store, nip: str, period: str = Q3) -> dict[str, object]:
    """One person's part in a period."""
    return next(row for row in list_scores(store, period) if row["nip"] == nip)


def take(store: Store, folder: Path, people: list[tuple[object, ...]], today: date) -> None:
    """Import a roster on a day."""
    import_roster(store, read_sheets(roster(folder / "r.xlsx", people), Purpose.ROSTER), today=today)


def test_an_open_period_follows_a_move_and_the_new_head_rates(third: Store) -> None:
    set_employee(third, BUDI, unit="U1", since=AUGUST, today=AUGUST)
    assert (part(third, BUDI)["unit_code"], part(third, BUDI)["assessor_nip"]) == ("U1", HEAD)
    spans = explain_person(third, BUDI, Q3)["spans"]
    assert isinstance(spans, list)
    assert [(one["starts"], one["ends"], one["unit_code"]) for one in spans] == [
        ("2026-07-01", "2026-07-31", "U2"),
        ("2026-08-01", "2026-09-30", "U1"),
    ]


def test_who_is_rated_keeps_the_unit_in_which_it_was_done(third: Store) -> None:
    record_score(third, BUDI, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    set_employee(third, BUDI, unit="U1", since=WINDOW, today=WINDOW)
    assert (part(third, BUDI)["unit_code"], part(third, BUDI)["assessor_nip"]) == ("U2", ANI)


def test_a_move_after_the_last_day_changes_nothing_of_the_period(third: Store) -> None:
    set_employee(third, BUDI, unit="U1", since=OCTOBER, today=date(2026, 10, 5))
    assert part(third, BUDI)["unit_code"] == "U2"


def test_a_new_head_rates_unless_the_window_was_open_when_the_old_one_left(empty: Store) -> None:
    """The regulation's example: 25 August does not rate the third quarter, 25 September does."""
    for day, rater in ((date(2026, 8, 25), BUDI), (date(2026, 9, 25), ANI)):
        open_period(empty, Q3, today=JULY)
        set_unit(empty, "U2", head=BUDI, since=day, today=day)
        assert part(empty, CITRA)["assessor_nip"] == rater
        set_unit(empty, "U2", head=ANI, since=day, today=day)


def test_a_head_recognised_by_the_post_leaves_it_to_the_next(third: Store, tmp_path: Path) -> None:
    moved = [one for one in PEOPLE if one[0] != ANI]
    moved.append(
        (ANI, "ANI LESTARI", "F", "III/c", "Struktural", "SEKRETARIS", "III.a", "U1", "DINAS KESEHATAN", "", "Aktif")
    )
    next_head = ("199001012014031001", "EKA", "M", "III/d", "Struktural", "KEPALA BIDANG PELAYANAN", "III.b", "U2")
    take(third, tmp_path, [*moved, (*next_head, "BIDANG PELAYANAN", "U1", "Aktif")], today=date(2026, 8, 25))
    assert part(third, CITRA)["assessor_nip"] == next_head[0]
    assert explain_rater(third, CITRA, date(2026, 8, 24))["assessor_nip"] == ANI


def test_who_leaves_stays_with_the_reason_and_holds_nobody_up(third: Store) -> None:
    set_employee(third, BUDI, status="retired", since=SEPTEMBER, today=SEPTEMBER)
    row = part(third, BUDI)
    assert (row["state"], row["out_on"], row["out_reason"]) == ("out", "2026-09-01", "retired")
    with pytest.raises(KinerjaError, match="out of 2026-Q3 since 2026-09-01") as refused:
        record_score(third, BUDI, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    assert (refused.value.code, refused.value.exit) == ("person-left", Exit.REFUSED)
    assert BUDI not in {one["nip"] for one in missing(third, Q3, as_of=WINDOW)}
    for nip in (HEAD, ANI, CITRA):
        record_score(third, nip, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    assert (summary(third, Q3).total.staff, summary(third, Q3).total.left) == (3, 1)
    assert (list_periods(third)[0]["unrated"], list_periods(third)[0]["left"]) == (0, 1)
    assert close_period(third, Q3).unrated == 0


def test_who_was_rated_before_leaving_counts_where_the_setting_says_so(third: Store) -> None:
    record_score(third, BUDI, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    set_employee(third, BUDI, status="pensiun", since=WINDOW, today=WINDOW)
    assert (part(third, BUDI)["state"], part(third, BUDI)["predikat"]) == ("rated", "baik")
    assert (summary(third, Q3).total.rated, summary(third, Q3).total.left) == (0, 1)
    set_setting(third, "leavers_in_base", "yes")
    assert (summary(third, Q3).total.rated, summary(third, Q3).total.left) == (1, 1)


def test_who_served_to_the_last_day_is_still_to_be_rated(third: Store) -> None:
    set_employee(third, BUDI, status="retired", since=OCTOBER, today=OCTOBER)
    assert part(third, BUDI)["state"] == "unrated"
    record_score(third, BUDI, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)


def test_a_day_learnt_late_can_be_corrected(third: Store) -> None:
    late = date(2026, 10, 10)
    set_employee(third, BUDI, status="retired", since=late, today=late)
    assert part(third, BUDI)["out_on"] is None
    set_employee(third, BUDI, status="retired", since=SEPTEMBER, today=late)
    assert part(third, BUDI)["out_on"] == "2026-09-01"


def test_who_comes_back_is_in_again(third: Store) -> None:
    set_employee(third, BUDI, status="cltn", since=AUGUST, today=AUGUST)
    assert part(third, BUDI)["out_on"] == "2026-08-01"
    set_employee(third, BUDI, status="active", since=SEPTEMBER, today=SEPTEMBER)
    assert (part(third, BUDI)["state"], part(third, BUDI)["out_reason"]) == ("unrated", None)


def test_a_joiner_is_in_once_added_and_from_the_day_they_came(third: Store, tmp_path: Path) -> None:
    dini = (DINI, "DINI", "M", "III/a", "Pelaksana", "ARSIPARIS", "", "U2", "BIDANG PELAYANAN", "U1", "CPNS")
    take(third, tmp_path, [*PEOPLE, dini], today=date(2026, 8, 20))
    assert DINI not in {row["nip"] for row in list_scores(third, Q3)}
    assert open_period(third, Q3, late_joiners=True, today=date(2026, 8, 20)).added == 1
    spans = explain_person(third, DINI, Q3)["spans"]
    assert isinstance(spans, list)
    assert [one["starts"] for one in spans] == ["2026-08-01"]
    # Nobody comes into a period that was over before they came.
    assert open_period(third, "2026-Q2", today=date(2026, 8, 20)).appraisals == 4


def test_who_is_excluded_counts_again_after_the_last_day(third: Store) -> None:
    exclude(third, BUDI, "Anggota  KPU", starts=JULY, ends=date(2026, 9, 30), today=JULY)
    assert (part(third, BUDI)["out_reason"], part(third, BUDI)["state"]) == ("Anggota KPU", "out")
    assert list_arrangements(third, Exclusion, BUDI)[0].ends == "2026-09-30"
    end_arrangement(third, Exclusion, BUDI, last=date(2026, 8, 31), today=SEPTEMBER)
    assert part(third, BUDI)["state"] == "unrated"


def test_an_acting_head_rates_until_the_definitive_one_does_again(third: Store) -> None:
    appoint_acting(third, "u2", CITRA, "plh", starts=AUGUST, ends=None, today=AUGUST)
    assert part(third, BUDI)["assessor_nip"] == CITRA
    assert explain_person(third, BUDI, Q3)["assessor_rule"] == "acting"
    end_arrangement(third, Acting, "U2", last=date(2026, 8, 31), today=SEPTEMBER)
    assert (part(third, BUDI)["assessor_nip"], part(third, BUDI)["assessor_rule"]) == (ANI, "unit")
    assert [explain_rater(third, BUDI, day)["rule"] for day in (date(2026, 8, 31), SEPTEMBER)] == ["acting", "unit"]


def test_authority_is_delegated_for_a_time(third: Store) -> None:
    delegate(third, ANI, HEAD, ratee=BUDI, starts=AUGUST, ends=None, today=AUGUST)
    assert [part(third, nip)["assessor_nip"] for nip in (BUDI, CITRA)] == [HEAD, ANI]
    assert list_arrangements(third, Delegation)[0].ratee == BUDI
    with pytest.raises(UsageError, match="begins on 2026-08-01 and cannot end on 2026-07-31"):
        end_arrangement(third, Delegation, ANI, last=date(2026, 7, 31), today=AUGUST)
    end_arrangement(third, Delegation, ANI, last=AUGUST, today=SEPTEMBER)
    assert part(third, BUDI)["assessor_nip"] == ANI


def test_nothing_ends_before_it_began(third: Store) -> None:
    appoint_acting(third, "U2", CITRA, "plh", starts=AUGUST, ends=date(2026, 8, 31), today=JULY)
    exclude(third, BUDI, "Anggota KPU", starts=AUGUST, ends=None, today=JULY)
    with pytest.raises(UsageError, match="begins on 2026-08-01"):
        end_arrangement(third, Acting, "U2", last=JULY, today=JULY)
    with pytest.raises(UsageError, match="begins on 2026-08-01"):
        end_arrangement(third, Exclusion, BUDI, last=JULY, today=JULY)
    assert len(list_arrangements(third, Acting)) == len(list_arrangements(third, Exclusion)) == 1


def test_which_of_several_delegations_ends_must_be_said(third: Store) -> None:
    delegate(third, ANI, HEAD, ratee=BUDI, starts=JULY, ends=None, today=JULY)
    delegate(third, ANI, HEAD, ratee=None, starts=JULY, ends=None, today=JULY)
    with pytest.raises(KinerjaError, match=r"for all since 2026-07-01.*for BUDI|for BUDI.*for all") as refused:
        end_arrangement(third, Delegation, ANI, last=AUGUST, today=AUGUST)
    assert (refused.value.code, refused.value.exit) == ("arrangement-ambiguous", Exit.USAGE)
    assert end_arrangement(third, Delegation, ANI, ratee="*", last=AUGUST, today=AUGUST).record.ratee == "*"
    assert end_arrangement(third, Delegation, ANI, ratee=BUDI, last=AUGUST, today=AUGUST).record.ratee == BUDI
    with pytest.raises(KinerjaError, match="Nothing of this kind"):
        end_arrangement(third, Delegation, ANI, ratee=CITRA, last=AUGUST, today=AUGUST)
    with pytest.raises(KinerjaError, match="Nothing of this kind"):
        end_arrangement(third, Delegation, ANI, last=SEPTEMBER, today=SEPTEMBER)


def test_a_closed_period_tells_what_it_kept_and_what_was_learnt_since_apart(third: Store) -> None:
    set_employee(third, BUDI, unit="U1", since=AUGUST, today=AUGUST)
    record_score(third, CITRA, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    close_period(third, Q3, today=OCTOBER, allow_unrated=True)
    assert explain_person(third, BUDI, Q3, today=OCTOBER)["changed_since"] is None
    set_employee(third, BUDI, unit="U2", since=SEPTEMBER, today=OCTOBER)
    set_employee(third, CITRA, status="retired", since=SEPTEMBER, today=OCTOBER)
    told = explain_person(third, BUDI, Q3, today=OCTOBER)
    assert [(one["unit_code"], one["ends"], one["assessor_nip"]) for one in told["spans"]] == [  # type: ignore[attr-defined]  # a list of spans
        ("U2", "2026-07-31", ANI),
        ("U1", "2026-09-30", HEAD),
    ]
    changed = told["changed_since"]
    assert isinstance(changed, dict)
    assert (changed["unit_code"], changed["assessor_nip"]) == ("U2", ANI)
    assert [one["unit_code"] for one in changed["spans"]] == ["U2", "U1", "U2"]
    assert [step for step in told["steps"] if "without effect" in step] == [  # type: ignore[attr-defined]  # a list of sentences
        "Recorded since, and without effect on 2026-Q3: DINAS KESEHATAN › BIDANG PELAYANAN, rated by ANI LESTARI."
    ]
    (left,) = [step for step in explain_person(third, CITRA, Q3)["steps"] if "without effect" in step]  # type: ignore[attr-defined]  # a list of sentences
    assert left.endswith("CITRA DEWI is out since 2026-09-01.")


def test_a_new_head_after_the_window_opened_is_no_other_assessor_of_the_period(third: Store) -> None:
    record_score(third, BUDI, Q3, hasil="sesuai", perilaku="sesuai", today=WINDOW)
    set_unit(third, "U2", head=CITRA, since=date(2026, 9, 25), today=date(2026, 9, 25))
    told = explain_person(third, BUDI, Q3, today=date(2026, 9, 25))
    assert (told["assessor_nip"], told["changed_since"]) == (ANI, None)
    assert told["spans"][0]["assessor_nip"] == ANI  # type: ignore[index]  # a list of spans


def test_who_can_be_no_assessor_by_post_is_told(third: Store) -> None:
    set_employee(third, CITRA, position_type="pelaksana", today=JULY)
    assert [one.code for one in set_employee(third, BUDI, assessor=CITRA, today=JULY).problems] == ["assessor-unfit"]
    acting = appoint_acting(third, "U2", CITRA, "plt", starts=AUGUST, ends=None, today=AUGUST)
    assert [one.code for one in acting.problems] == ["assessor-unfit"]
    with pytest.raises(KinerjaError, match="leads no unit on 2026-08-01") as refused:
        delegate(third, HEAD, BUDI, ratee=None, starts=AUGUST, ends=None, today=AUGUST)
    assert (refused.value.code, refused.value.exit) == ("delegate-leads-nothing", Exit.REFUSED)
    appoint_acting(third, "U2", BUDI, "plt", starts=JULY, ends=date(2026, 7, 31), today=AUGUST)
    handed = delegate(third, HEAD, BUDI, ratee=None, starts=JULY, ends=date(2026, 7, 31), today=AUGUST)
    assert handed.problems == ()


def test_a_delegation_that_changes_nothing_is_told(third: Store) -> None:
    set_employee(third, CITRA, position_type="pengawas", today=JULY)
    # Ani rates Citra, and Head does not rate Budi.
    for ratee in (ANI, BUDI):
        idle = delegate(third, HEAD, CITRA, ratee=ratee, starts=AUGUST, ends=None, today=AUGUST)
        assert [one.code for one in idle.problems] == ["delegation-idle"]
    assert delegate(third, ANI, HEAD, ratee=BUDI, starts=AUGUST, ends=None, today=AUGUST).problems == ()


def test_the_head_of_a_dinas_is_rated_by_the_head_of_the_region(third: Store) -> None:
    set_setting(third, "region_head", "Wali Kota Contoh")
    found = explain_rater(third, HEAD, AUGUST)
    assert (found["assessor_nip"], found["assessor"], found["rule"]) == (None, "Wali Kota Contoh", "region_head")
    assert explain_person(third, HEAD, Q3)["assessor"] == "Wali Kota Contoh"
    assert "IV.A.12" in str(explain_person(third, HEAD, Q3)["assessed"])


def test_what_makes_no_sense_is_refused(third: Store) -> None:
    with pytest.raises(UsageError, match="lies before the first"):
        exclude(third, BUDI, "x", starts=AUGUST, ends=JULY, today=AUGUST)
    with pytest.raises(UsageError, match="needs a reason"):
        exclude(third, BUDI, "  ", starts=AUGUST, ends=None, today=AUGUST)
    appoint_acting(third, "U2", CITRA, "plt", starts=AUGUST, ends=None, today=AUGUST)
    for code, wish in (
        (
            "arrangement-overlaps",
            lambda: appoint_acting(third, "U2", BUDI, "plt", starts=WINDOW, ends=None, today=WINDOW),
        ),
        ("assessor-self", lambda: delegate(third, ANI, ANI, ratee=None, starts=JULY, ends=None, today=JULY)),
        ("assessor-self", lambda: delegate(third, ANI, BUDI, ratee=BUDI, starts=JULY, ends=None, today=JULY)),
        ("arrangement-missing", lambda: end_arrangement(third, Acting, "U1", last=WINDOW, today=WINDOW)),
    ):
        with pytest.raises(KinerjaError) as refused:
            wish()
        assert refused.value.code == code
    set_employee(third, BUDI, status="retired", since=AUGUST, today=AUGUST)
    with pytest.raises(KinerjaError, match="not in service"):
        appoint_acting(third, "U1", BUDI, "plt", starts=AUGUST, ends=None, today=AUGUST)


def circled(store: Store, starts: date, ends: date | None, today: date) -> None:
    """Let Citra rate Ani by delegation, who rates Budi, who rates Citra by a link set before the delegation holds."""
    set_employee(store, CITRA, position_type="pengawas", assessor="-", today=today)
    delegate(store, HEAD, CITRA, ratee=ANI, starts=starts, ends=ends, today=today)
    set_employee(store, CITRA, assessor=BUDI, today=starts - timedelta(days=1))


def test_a_circle_made_by_delegation_is_found_before_opening(empty: Store) -> None:
    set_employee(empty, BUDI, position_type="pengawas", today=JULY)
    circled(empty, JULY, None, JULY)
    with pytest.raises(
        KinerjaError, match=r"CITRA DEWI → BUDI → ANI LESTARI|ANI LESTARI → CITRA DEWI → BUDI"
    ) as refused:
        open_period(empty, Q3, today=JULY)
    assert (refused.value.code, refused.value.exit) == ("assessor-circle", Exit.REFUSED)
    assert list_periods(empty) == []


def test_a_catching_up_rollover_sees_who_was_there_on_each_first_day(empty: Store) -> None:
    set_setting(empty, "since", "2026-01-01")
    roll_over(empty, date(2026, 1, 1))
    set_employee(empty, BUDI, unit="U1", since=date(2026, 2, 10), today=date(2026, 2, 10))
    set_employee(empty, CITRA, status="retired", since=date(2026, 5, 1), today=date(2026, 5, 1))
    done = roll_over(empty, date(2026, 7, 20), allow_unrated=True)
    assert done.opened == ("2026-Q2", "2026-Q3")
    assert [(row["period"], row["unit_code"]) for row in show_score(empty, BUDI)] == [
        ("2026-Q1", "U1"),
        ("2026-Q2", "U1"),
        ("2026-Q3", "U1"),
        ("2026", "U1"),
    ]
    assert [(row["period"], row["state"]) for row in show_score(empty, CITRA)] == [
        ("2026-Q1", "unrated"),
        ("2026-Q2", "out"),
        ("2026", "out"),
    ]
    again = roll_over(empty, date(2026, 7, 20), allow_unrated=True)
    assert again.operations == ()


def test_a_standing_dated_before_an_earlier_one_overrules_it(third: Store) -> None:
    set_employee(third, BUDI, status="cltn", since=SEPTEMBER, today=SEPTEMBER)
    set_employee(third, BUDI, status="retired", since=AUGUST, today=WINDOW)
    assert (part(third, BUDI)["out_on"], part(third, BUDI)["out_reason"]) == ("2026-08-01", "retired")


def test_saying_the_same_standing_again_moves_no_day_unless_one_is_given(third: Store) -> None:
    set_employee(third, BUDI, status="cltn", since=AUGUST, today=AUGUST)
    set_employee(third, BUDI, status="active", since=SEPTEMBER, today=SEPTEMBER)
    set_employee(third, BUDI, status="active", position="PERAWAT", today=WINDOW)
    assert explain_rater(third, BUDI, SEPTEMBER)["assessor_nip"] == ANI
    assert standing_ends(third, BUDI) == ["2026-07-31", "2026-08-31"]


def standing_ends(store: Store, nip: str) -> list[str]:
    """The last days of the standings that somebody has no longer."""
    with store.reading() as connection:
        return [one.ends for one in load_history(connection).standings[nip]]


def test_a_move_dated_before_one_that_is_known_holds_until_that_one(third: Store) -> None:
    set_unit(third, "U3", name="BIDANG BARU", parent="U1", since=AUGUST, today=AUGUST)
    set_employee(third, BUDI, unit="U1", since=SEPTEMBER, today=SEPTEMBER)
    set_employee(third, BUDI, unit="U3", since=AUGUST, today=WINDOW)
    spans = explain_person(third, BUDI, Q3)["spans"]
    assert isinstance(spans, list)
    assert [(one["starts"], one["unit_code"]) for one in spans] == [
        ("2026-07-01", "U2"),
        ("2026-08-01", "U3"),
        ("2026-09-01", "U1"),
    ]
    set_employee(third, BUDI, unit="U3", since=SEPTEMBER, today=WINDOW)
    spans = explain_person(third, BUDI, Q3)["spans"]
    assert isinstance(spans, list)
    assert [(one["starts"], one["unit_code"]) for one in spans] == [("2026-07-01", "U2"), ("2026-08-01", "U3")]


def test_the_unit_somebody_is_in_with_a_day_says_since_when(third: Store) -> None:
    set_employee(third, BUDI, unit="U1", since=SEPTEMBER, today=SEPTEMBER)
    for day in (AUGUST, WINDOW):
        set_employee(third, BUDI, unit="U1", since=day, today=WINDOW)
        spans = explain_person(third, BUDI, Q3)["spans"]
        assert isinstance(spans, list)
        assert [(one["starts"], one["unit_code"]) for one in spans] == [
            ("2026-07-01", "U2"),
            (day.isoformat(), "U1"),
        ]
    assert set_employee(third, BUDI, unit="U1", today=WINDOW)[0] is None


def test_a_head_named_since_a_day_before_the_last_change_leads_from_that_day(third: Store) -> None:
    set_unit(third, "U2", head=BUDI, since=WINDOW, today=WINDOW)
    set_unit(third, "U2", head=HEAD, since=AUGUST, today=WINDOW)
    raters = [explain_rater(third, CITRA, day)["assessor_nip"] for day in (date(2026, 7, 31), AUGUST, WINDOW)]
    assert raters == [ANI, HEAD, HEAD]


def test_a_unit_stays_without_a_head_for_the_days_on_which_it_had_none(third: Store) -> None:
    set_employee(third, ANI, status="retired", since=AUGUST, today=AUGUST)
    assert (part(third, CITRA)["assessor_nip"], part(third, CITRA)["assessor_rule"]) == (HEAD, "above")
    set_unit(third, "U2", head=BUDI, since=OCTOBER, today=OCTOBER)
    assert (part(third, CITRA)["assessor_nip"], part(third, CITRA)["assessor_rule"]) == (HEAD, "above")
    assert explain_rater(third, CITRA, OCTOBER)["assessor_nip"] == BUDI


def test_who_acts_below_the_unit_they_lead_does_not_come_to_rate_themself(third: Store) -> None:
    appoint_acting(third, "U2", HEAD, "plt", starts=AUGUST, ends=None, today=AUGUST)
    assert part(third, HEAD)["assessor_nip"] is None
    assert part(third, HEAD)["assessor_rule"] == "region_head"
    assert open_period(third, "2026-Q4", today=OCTOBER).added == 4
    set_employee(third, ANI, position_type="fungsional", position="DOKTER", today=OCTOBER)
    set_unit(third, "U3", name="SEKSI", parent="U2", since=OCTOBER, today=OCTOBER)
    set_unit(third, "U2", head=ANI, since=OCTOBER, today=OCTOBER)
    end_arrangement(third, Acting, "U2", last=OCTOBER, today=OCTOBER)
    appoint_acting(third, "U3", ANI, "plt", starts=date(2026, 10, 2), ends=None, today=date(2026, 10, 2))
    assert explain_rater(third, ANI, date(2026, 10, 2))["assessor_nip"] == HEAD


def test_who_turns_out_never_to_have_been_there_is_taken_out_and_who_was_comes_in(empty: Store) -> None:
    set_employee(empty, CITRA, status="cltn", since=date(2026, 6, 1), today=date(2026, 6, 1))
    roll_over(empty, JULY)
    learnt = date(2026, 7, 6)
    assert CITRA not in {row["nip"] for row in list_scores(empty, Q3)}
    set_employee(empty, BUDI, status="retired", since=JULY, today=learnt)
    set_employee(empty, CITRA, status="active", since=JULY, today=learnt)
    assert {row["nip"] for row in list_scores(empty, Q3)} == {HEAD, ANI, CITRA}


def test_a_period_that_a_person_opened_takes_in_nobody_by_itself(third: Store, tmp_path: Path) -> None:
    early = ("199901012026071001", "DINI", "M", "III/a", "Pelaksana", "ARSIPARIS", "", "U2", "BIDANG PELAYANAN", "U1")
    take(third, tmp_path, [*PEOPLE, (*early, "CPNS")], today=date(2026, 7, 20))
    assert len(list_scores(third, Q3)) == 4
    roll_over(third, date(2026, 7, 21))
    assert len(list_scores(third, Q3)) == 4
    assert open_period(third, Q3, late_joiners=True, today=date(2026, 7, 21)).added == 1


def test_adding_people_to_a_reopened_period_does_not_let_the_calendar_close_it(empty: Store) -> None:
    roll_over(empty, JULY)
    set_setting(empty, "since", "2026-01-01")
    close_period(empty, Q3, allow_unrated=True)
    reopen_period(empty, Q3, reason="Salah ketik")
    set_employee(empty, BUDI, status="cltn", since=AUGUST, today=AUGUST)
    open_period(empty, Q3, late_joiners=True, today=AUGUST)
    assert Q3 not in roll_over(empty, date(2026, 11, 1), allow_unrated=True).closed


def test_closing_sees_what_ended_since_the_last_change_although_no_cron_ran(third: Store) -> None:
    appoint_acting(third, "U2", CITRA, "plt", starts=AUGUST, ends=date(2026, 8, 31), today=AUGUST)
    exclude(third, BUDI, "Anggota KPU", starts=AUGUST, ends=date(2026, 8, 31), today=AUGUST)
    assert (part(third, BUDI)["assessor_nip"], part(third, BUDI)["state"]) == (CITRA, "out")
    assert close_period(third, Q3, today=OCTOBER, allow_unrated=True).unrated == 4
    assert (part(third, BUDI)["assessor_nip"], part(third, BUDI)["state"]) == (ANI, "unrated")


def test_a_circle_that_has_come_and_gone_holds_no_catching_up_run(empty: Store) -> None:
    set_employee(empty, BUDI, position_type="pengawas", today=date(2026, 4, 30))
    circled(empty, date(2026, 2, 1), date(2026, 4, 30), date(2026, 4, 30))
    done = roll_over(empty, date(2026, 5, 20), allow_unrated=True)
    assert (done.stopped, done.closed) == (None, ("2026-Q1",))
    circled(empty, JULY, None, JULY)
    assert isinstance(roll_over(empty, JULY, allow_unrated=True).stopped, AssessorCircle)


def test_a_night_follows_only_where_something_begins_or_ends(third: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    roll_over(third, AUGUST)
    appoint_acting(third, "U2", CITRA, "plh", starts=WINDOW, ends=None, today=AUGUST)
    looks: list[date] = []
    monkeypatch.setattr("kinerja_cli.actions.participation.follow_open", lambda _operation, today: looks.append(today))
    nights = [date(2026, 8, 2), date(2026, 9, 19), WINDOW, date(2026, 7, 31)]
    for night in nights:
        roll_over(third, night)
    assert looks == nights[2:]
