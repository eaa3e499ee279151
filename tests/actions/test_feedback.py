"""Feedback: from whom it is taken, what is refused, and what is never kept."""

from datetime import date

import pytest

from kinerja_cli.actions.feedback import add_feedback, list_feedback
from kinerja_cli.actions.periods import close_period
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from tests.builders import ANI, BUDI, CITRA, HEAD

TODAY = date(2026, 4, 2)


def add(store: Store, nip: str = BUDI, giver: str = "rekan", text: str = "Rajin", **more: object) -> dict[str, object]:
    """Add feedback, today."""
    return add_feedback(store, nip, giver=giver, text=text, today=TODAY, **more)  # type: ignore[arg-type]  # the cases give their arguments loosely


def test_feedback_is_kept_with_its_words_and_shown(store: Store) -> None:
    row = add(store, giver="Public", text=" Ramah \n sekali", aspect="Pelayanan", tone="positif", by="Ibu Wati")
    assert row == {
        "operation": 4,
        "id": 1,
        "date": "2026-04-02",
        "nip": BUDI,
        "name": "BUDI",
        "unit_code": "U2",
        "unit": "BIDANG PELAYANAN",
        "from": "masyarakat",
        "giver_nip": None,
        "giver": "Ibu Wati",
        "aspect": "berorientasi_pelayanan",
        "tone": "positive",
        "anonymous": False,
        "text": "Ramah\nsekali",
    }
    del row["operation"]
    assert list_feedback(store) == [row]


def test_a_giver_named_by_nip_is_shown_by_name(store: Store) -> None:
    row = add(store, by=CITRA, giver="rekan", on="7/3/2026")
    assert (row["giver_nip"], row["giver"], row["date"]) == (CITRA, "CITRA DEWI", "2026-03-07")


def test_the_giver_of_anonymous_feedback_is_looked_at_and_never_kept(store: Store) -> None:
    row = add(store, by="Orang Rahasia", anonymous=True)
    assert (row["giver"], row["giver_nip"], row["anonymous"]) == (None, None, True)
    assert b"Orang Rahasia" not in store.path.read_bytes()
    with pytest.raises(KinerjaError) as refused:
        add(store, by=BUDI, anonymous=True, text="Hebat")
    assert refused.value.code == "feedback-self"


def test_a_dry_run_keeps_nothing(store: Store) -> None:
    assert add(store, dry_run=True)["operation"] is None
    assert list_feedback(store) == []


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"giver": "tetangga"}, "pimpinan, rekan, bawahan, masyarakat, pihak_lain"),
        ({"aspect": "rupa"}, "hasil, berorientasi_pelayanan"),
        ({"tone": "nyaring"}, "positive, neutral, negative"),
        ({"text": " \n "}, "--text"),
        ({"on": "31-02-2026"}, "31-12-2026"),
        ({"on": date(2026, 4, 3)}, "--date"),
        ({"nip": "123"}, "18 digits"),
    ],
)
def test_wrong_words_are_refused_with_the_right_ones(store: Store, given: dict[str, object], names: str) -> None:
    with pytest.raises(KinerjaError) as refused:
        add(store, **given)  # type: ignore[arg-type]  # the cases give their arguments loosely
    assert refused.value.exit == Exit.USAGE
    assert names in refused.value.hint
    assert list_feedback(store) == []


@pytest.mark.parametrize(
    ("giver", "by", "code"),
    [
        ("rekan", BUDI, "feedback-self"),
        ("rekan", "'19920708 201903 1 015", "feedback-self"),
        ("bawahan", "Budi", "feedback-self"),
        ("rekan", "198001012005011009", "nip-unknown"),
        ("rekan", "1980010120050110", "nip-malformed"),
    ],
)
def test_givers_that_are_refused(store: Store, giver: str, by: str, code: str) -> None:
    with pytest.raises(KinerjaError) as refused:
        add(store, giver=giver, by=by)
    assert refused.value.code == code


def test_a_namesake_from_the_public_is_taken(store: Store) -> None:
    assert add(store, giver="masyarakat", by="Budi")["giver"] == "Budi"


def test_who_has_left_the_service_is_no_colleague_any_more(store: Store) -> None:
    set_employee(store, CITRA, status="retired", since=TODAY, today=TODAY)
    with pytest.raises(KinerjaError) as refused:
        add(store, by=CITRA)
    assert (refused.value.code, refused.value.exit) == ("feedback-giver-gone", Exit.REFUSED)
    assert add(store, giver="pihak_lain", by=CITRA)["giver"] == "CITRA DEWI"


def test_the_same_again_is_refused_and_anything_else_is_not(store: Store) -> None:
    add(store, by=CITRA)
    with pytest.raises(KinerjaError) as refused:
        add(store, by=CITRA, text=" rajin ")
    assert (refused.value.code, refused.value.exit) == ("feedback-duplicate", Exit.REFUSED)
    for other in ({"by": ANI}, {"by": CITRA, "giver": "bawahan"}, {"by": CITRA, "on": "1/4/2026"}, {"nip": HEAD}, {}):
        add(store, **other)
    assert len(list_feedback(store)) == 6


def test_days_of_a_closed_period_take_no_feedback(store: Store) -> None:
    close_period(store, "2026-Q1", allow_unrated=True)
    for day in ("2026-01-01", "2026-03-31"):
        with pytest.raises(KinerjaError) as refused:
            add(store, on=day)
        assert (refused.value.code, refused.value.exit) == ("period-closed", Exit.REFUSED)
    add(store, on="2026-04-01")
    add(store, on="2025-12-31")


def test_a_list_is_ordered_by_day_and_cut_by_person_unit_and_period(store: Store) -> None:
    add(store, on="2026-04-01")
    add(store, on="2026-03-31")
    add(store, nip=HEAD, on="2026-03-01")
    assert [row["date"] for row in list_feedback(store)] == ["2026-03-01", "2026-03-31", "2026-04-01"]
    assert [row["date"] for row in list_feedback(store, nip=BUDI, period="2026-Q1")] == ["2026-03-31"]
    assert [row["nip"] for row in list_feedback(store, unit="U2")] == [BUDI, BUDI]
    assert len(list_feedback(store, unit="U1", period="2026")) == 3
    for wrong in ({"nip": "198001012005011009"}, {"unit": "U9"}, {"period": "kapan"}):
        with pytest.raises(KinerjaError):
            list_feedback(store, **wrong)
