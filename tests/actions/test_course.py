"""People who come, go, move or act for others while a period is open, and what becomes of their part in it."""

from datetime import date
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
from kinerja_cli.actions.periods import close_period, list_periods, open_period
from kinerja_cli.actions.reports import summary
from kinerja_cli.actions.rollover import roll_over
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.scores import list_scores, record_score, show_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.history import Acting, Delegation, Exclusion
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Store
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
    end_arrangement(third, Delegation, ANI, last=date(2026, 7, 31), today=AUGUST)
    assert part(third, BUDI)["assessor_nip"] == ANI
    assert list_arrangements(third, Delegation) == []


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


def test_a_circle_made_by_delegation_is_found_before_opening(empty: Store) -> None:
    delegate(empty, HEAD, BUDI, ratee=ANI, starts=JULY, ends=None, today=JULY)
    with pytest.raises(KinerjaError, match=r"ANI LESTARI → BUDI → ANI LESTARI|BUDI → ANI LESTARI → BUDI") as refused:
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
