"""Recording ratings one by one, and listing them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_cli.actions.arrangements import delegate
from kinerja_cli.actions.periods import close_period, open_period
from kinerja_cli.actions.scores import list_scores, record_score, show_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.staff import change_staff, find_employee
from tests.actions.conftest import TODAY
from tests.builders import ANI, BUDI, CITRA, HEAD

QUARTER = "2026-Q1"
STRANGER = "198001012005011009"


def rated(store: Store) -> dict[object, object]:
    """Everybody's predikat of the quarter."""
    return {row["nip"]: row["predikat"] for row in list_scores(store, QUARTER)}


def test_a_rating_is_recorded_as_given_by_the_assessor_on_record(store: Store) -> None:
    done = record_score(store, BUDI, QUARTER, hasil="Di atas ekspektasi", perilaku="2", note=" Rajin ", today=TODAY)
    assert done.as_dict() == {
        "operation": 4,
        "nip": BUDI,
        "name": "BUDI",
        "period": QUARTER,
        "hasil": "diatas",
        "perilaku": "sesuai",
        "predikat": "baik",
        "assessor_nip": ANI,
        "suggested_hasil": None,
    }
    assert (done.rated_by, done.note, done.before) == (ANI, "Rajin", None)


def test_the_same_rating_again_writes_nothing_and_keeps_who_gave_it(store: Store) -> None:
    delegate(store, ANI, HEAD, ratee=BUDI, starts=TODAY, ends=None, today=TODAY)
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", by=HEAD, today=TODAY)
    again = record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", today=TODAY)
    assert (again.operation, again.rated_by, again.before) == (None, HEAD, "baik")


def test_another_rating_overwrites_and_says_what_it_was(store: Store) -> None:
    delegate(store, ANI, HEAD, ratee=None, starts=TODAY, ends=None, today=TODAY)
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", note="Lama", by=HEAD, today=TODAY)
    done = record_score(store, BUDI, QUARTER, hasil="diatas", perilaku="diatas", today=TODAY)
    assert (done.predikat, done.before, done.note, done.rated_by) == ("sangat_baik", "baik", "Lama", ANI)


def test_a_note_can_be_taken_away(store: Store) -> None:
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", note="Lama", today=TODAY)
    assert record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", note=" ", today=TODAY).note is None


def test_a_dry_run_shows_the_rating_and_keeps_nothing(store: Store) -> None:
    done = record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", dry_run=True, today=TODAY)
    assert (done.operation, done.predikat) == (None, "baik")
    assert rated(store)[BUDI] is None


@pytest.mark.parametrize(
    ("nip", "period", "given", "code", "exit_code"),
    [
        ("123", QUARTER, {"hasil": "1", "perilaku": "1"}, "nip-malformed", Exit.USAGE),
        (STRANGER, QUARTER, {"hasil": "1", "perilaku": "1"}, "nip-unknown", Exit.NOT_FOUND),
        (BUDI, "2026-Q9", {"hasil": "1", "perilaku": "1"}, "period-malformed", Exit.USAGE),
        (BUDI, "2026-Q2", {"hasil": "1", "perilaku": "1"}, "period-unknown", Exit.NOT_FOUND),
        (BUDI, QUARTER, {}, "usage", Exit.USAGE),
        (BUDI, QUARTER, {"perilaku": "1"}, "usage", Exit.USAGE),
        (BUDI, QUARTER, {"skp": "90"}, "usage", Exit.USAGE),
        (BUDI, QUARTER, {"hasil": "baik", "perilaku": "1"}, "rating-unknown", Exit.REJECTED),
        (BUDI, QUARTER, {"skp": "90", "perilaku_score": "90"}, "method-mismatch", Exit.REFUSED),
        (BUDI, QUARTER, {"hasil": "1", "perilaku": "1", "by": BUDI}, "assessor-self", Exit.REFUSED),
        (BUDI, QUARTER, {"hasil": "1", "perilaku": "1", "by": STRANGER}, "nip-unknown", Exit.NOT_FOUND),
    ],
)
def test_what_cannot_be_recorded(
    store: Store, nip: str, period: str, given: dict[str, str], code: str, exit_code: Exit
) -> None:
    before = store.path.read_bytes()
    with pytest.raises(KinerjaError) as refused:
        record_score(store, nip, period, **given, today=TODAY)  # type: ignore[arg-type]  # the cases give their arguments loosely
    assert (refused.value.code, refused.value.exit) == (code, exit_code)
    assert refused.value.hint
    assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "option"),
    [({"hasil": "1"}, "--perilaku"), ({"perilaku": "1"}, "--hasil"), ({"perilaku_score": "90"}, "--skp")],
)
def test_the_option_that_is_missing_is_named(store: Store, given: dict[str, str], option: str) -> None:
    with pytest.raises(KinerjaError, match=f"The option {option} is missing"):
        record_score(store, BUDI, QUARTER, **given, today=TODAY)  # type: ignore[arg-type]  # the cases give their arguments loosely


def test_a_misspelt_rating_is_told_with_the_nearest(store: Store) -> None:
    with pytest.raises(KinerjaError, match="perhaps Sesuai Ekspektasi is meant"):
        record_score(store, BUDI, QUARTER, hasil="Sesuia Ekspektasi", perilaku="1", today=TODAY)


def test_who_takes_no_part_in_the_period_is_refused_with_the_way_in(empty: Store) -> None:
    set_employee(empty, CITRA, status="cltn", since=TODAY, today=TODAY)
    open_period(empty, QUARTER, today=TODAY)
    with pytest.raises(KinerjaError) as refused:
        record_score(empty, CITRA, QUARTER, hasil="1", perilaku="1", today=TODAY)
    assert (refused.value.code, refused.value.exit) == ("not-in-period", Exit.REFUSED)
    assert "--late-joiners" in refused.value.hint


def test_a_closed_period_takes_no_rating(store: Store) -> None:
    close_period(store, QUARTER, allow_unrated=True)
    with pytest.raises(KinerjaError) as refused:
        record_score(store, BUDI, QUARTER, hasil="1", perilaku="1", today=TODAY)
    assert (refused.value.code, refused.value.exit) == ("period-closed", Exit.REFUSED)
    assert "kinerja period reopen 2026-Q1" in refused.value.hint


def test_scores_under_the_numeric_regulation(numeric: Store) -> None:
    done = record_score(numeric, BUDI, QUARTER, skp="95", perilaku_score="90", today=TODAY)
    assert (done.predikat, done.value, done.skp, done.hasil) == ("baik", Decimal("93.5"), Decimal("95.00"), None)
    assert show_score(numeric, BUDI, QUARTER)[0]["innovation"] is False
    assert record_score(
        numeric, BUDI, QUARTER, skp="120", perilaku_score="110", innovation=True, today=TODAY
    ).predikat == ("sangat_baik")
    for given in ({"hasil": "1", "perilaku": "1"}, {"hasil": "1", "perilaku": "1", "skp": "1", "perilaku_score": "1"}):
        with pytest.raises(KinerjaError) as refused:
            record_score(numeric, BUDI, QUARTER, **given, today=TODAY)  # type: ignore[arg-type]  # the cases give their arguments loosely
        assert refused.value.code == "method-mismatch"
    for skp, code in (("1.250", "number-ambiguous"), ("121", "score-out-of-range"), ("x", "number-invalid")):
        with pytest.raises(KinerjaError) as refused:
            record_score(numeric, BUDI, QUARTER, skp=skp, perilaku_score="90", today=TODAY)
        assert (refused.value.code, refused.value.exit) == (code, Exit.REJECTED)


def test_a_list_has_the_promised_keys_and_everybody_by_unit_and_name(store: Store) -> None:
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", today=TODAY)
    rows = list_scores(store, QUARTER)
    assert [row["nip"] for row in rows] == [HEAD, ANI, BUDI, CITRA]
    assert rows[2] == {
        "nip": BUDI,
        "name": "BUDI",
        "unit_code": "U2",
        "unit": "BIDANG PELAYANAN",
        "position": "PERAWAT AHLI PERTAMA",
        "position_type": "fungsional",
        "rank": "III/a",
        "employment": "pns",
        "assessor_nip": ANI,
        "hasil": "sesuai",
        "perilaku": "sesuai",
        "predikat": "baik",
        "organisation": None,
        "final": False,
        "state": "rated",
        "out_on": None,
        "out_reason": None,
        "assessor_rule": "unit",
        "skp": None,
        "perilaku_score": None,
        "innovation": None,
        "suggested_hasil": None,
        "objection": None,
    }


def test_a_list_can_be_cut_to_a_unit_with_those_below_and_to_the_unrated(store: Store) -> None:
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", today=TODAY)
    assert len(list_scores(store, QUARTER, unit="U1")) == 4
    assert [row["nip"] for row in list_scores(store, QUARTER, unit="u2", unrated=True)] == [ANI, CITRA]
    with pytest.raises(KinerjaError) as refused:
        list_scores(store, QUARTER, unit="bidang pelayanan")
    assert (refused.value.code, refused.value.exit) == ("unit-unknown", Exit.NOT_FOUND)
    assert "BIDANG PELAYANAN (U2)" in refused.value.hint


def test_one_persons_ratings_are_shown_by_period_with_what_was_frozen(store: Store) -> None:
    record_score(store, BUDI, QUARTER, hasil="sesuai", perilaku="sesuai", note="Rajin", today=TODAY)
    set_employee(store, BUDI, unit="U1", since=TODAY, today=TODAY)
    open_period(store, "2026-Q2", today=TODAY)
    rows = show_score(store, BUDI)
    assert [(row["period"], row["unit_code"], row["state"], row["note"]) for row in rows] == [
        (QUARTER, "U2", "rated", "Rajin"),
        ("2026-Q2", "U1", "unrated", None),
    ]
    assert show_score(store, BUDI, "2026-Q2") == rows[1:]


def test_the_titles_of_a_person_are_part_of_the_name(store: Store) -> None:
    with store.writing("staff.set") as operation:
        old = find_employee(operation.connection, BUDI)
        assert old is not None
        change_staff(operation, [(old, replace(old, front_title="Ns.", back_title="S.Kep."))])
    assert "Ns. BUDI, S.Kep." in [row["name"] for row in list_scores(store, QUARTER)]
