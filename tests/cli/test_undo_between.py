"""Taking back what other work came after: what both decide follows, what contradicts is refused."""

from datetime import date
from typing import Any

import pytest

from kinerja_cli.actions.staff import set_employee
from kinerja_cli.storage.store import Store
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja
from tests.cli.kept import ORIGIN
from tests.cli.stored import last, state

QUARTER = "2025-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
SINCE = ("--since", "2025-02-01")


@pytest.fixture
def quarter(agency: Kinerja) -> Kinerja:
    """A small agency whose roster is operation 2, with a period opened by operation 3."""
    agency.json("period", "open", QUARTER)
    return agency


def part(kinerja: Kinerja, nip: str, period: str = QUARTER) -> Any:  # noqa: ANN401 - a row of JSON
    """A person's part in a period."""
    return next(one for one in kinerja.json("score", "list", period) if one["nip"] == nip)


def obstacles(kinerja: Kinerja, operation: int) -> set[tuple[str, str]]:
    """The codes and operations with which an undo is refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja("undo", str(operation), "--yes", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "undo-built-on")
    assert kinerja.snapshot() == before
    return {(one["code"], one["value"]) for one in ran.error["problems"]}


def circle(kinerja: Kinerja, operation: int) -> str:
    """What would go round in a circle, so that an undo is refused."""
    before = kinerja.snapshot()
    ran = kinerja("undo", str(operation), "--yes", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "undo-circle")
    assert kinerja.snapshot() == before
    return str(ran.error["message"])


def test_who_goes_back_to_a_unit_is_rated_by_whoever_leads_it_now(quarter: Kinerja) -> None:
    quarter.json("staff", "set", BUDI, "--unit", "U1", *SINCE)
    assert part(quarter, BUDI)["assessor_nip"] == HEAD
    quarter.json("unit", "set", "U2", "--head", CITRA, *SINCE)
    assert "follow what was done since: 1 rows change" in quarter("undo", "4").err
    assert quarter.json("undo", "4", "--yes")["followed"] == 1
    assert (part(quarter, BUDI)["unit_code"], part(quarter, BUDI)["assessor_nip"]) == ("U2", CITRA)
    quarter.json("undo", "6", "--yes")
    assert (part(quarter, BUDI)["unit_code"], part(quarter, BUDI)["assessor_nip"]) == ("U1", HEAD)
    assert quarter("audit", "verify").code == 0


def test_who_is_unrated_again_is_rated_by_whoever_leads_the_unit_now(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("unit", "set", "U2", "--head", CITRA, *SINCE)
    assert part(quarter, BUDI)["assessor_nip"] == ANI
    assert quarter.json("undo", "4", "--yes")["followed"] == 1
    assert part(quarter, BUDI)["assessor_nip"] == CITRA


def test_a_post_that_comes_back_leads_its_unit_again_unless_somebody_else_does(quarter: Kinerja) -> None:
    quarter.json("staff", "set", ANI, "--position-type", "pelaksana")
    quarter.json("staff", "set", CITRA, "--position-type", "pengawas", "--position", "KEPALA SEKSI")
    heads = {one["unit_code"]: one["head_nip"] for one in quarter.json("unit", "list")}
    assert heads["U2"] == CITRA
    quarter.json("undo", "5", "--yes")
    quarter.json("undo", "4", "--yes")
    heads = {one["unit_code"]: one["head_nip"] for one in quarter.json("unit", "list")}
    assert heads["U2"] == ANI


def test_periods_that_days_have_changed_follow_an_undo_too(agency: Kinerja) -> None:
    store = Store.open(str(agency.db), ORIGIN)
    set_employee(store, CITRA, rank="III/d", today=date(2026, 1, 2))
    agency.json("unit", "acting", "U2", "--nip", CITRA, "--from", "2026-02-01")
    agency.json("period", "open", "2026-Q1")
    agency.json("undo", "3", "--yes")
    assert part(agency, BUDI, "2026-Q1")["assessor_nip"] == CITRA


def test_units_do_not_come_to_stand_below_themselves(quarter: Kinerja) -> None:
    quarter.json("unit", "set", "U2", "--parent", "-")
    quarter.json("unit", "set", "U1", "--parent", "U2")
    assert "DINAS KESEHATAN → BIDANG PELAYANAN → DINAS KESEHATAN" in circle(quarter, 4)
    quarter.json("undo", "5", "--yes")
    quarter.json("undo", "4", "--yes")


def test_nobody_comes_to_appraise_their_own_assessor(quarter: Kinerja) -> None:
    quarter.json("staff", "set", BUDI, "--assessor", CITRA)
    quarter.json("staff", "set", BUDI, "--assessor", HEAD)
    quarter.json("staff", "set", CITRA, "--assessor", BUDI)
    assert "CITRA DEWI" in circle(quarter, 5)
    quarter.json("undo", "6", "--yes")
    quarter.json("undo", "5", "--yes")


def test_a_rating_that_an_objection_is_about_stays(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("score", "record", CITRA, QUARTER, *GOOD)
    words = ["--received", "2025-04-15", "--filed", "2025-04-22", "--reason", "x"]
    quarter.json("objection", "file", BUDI, QUARTER, *words)
    assert obstacles(quarter, 4) == {("undo-about-rating", "6")}
    quarter.json("undo", "5", "--yes")
    quarter.json("undo", "6", "--yes")
    quarter.json("undo", "4", "--yes")


def test_a_rating_whose_document_has_days_stays(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-08")
    assert obstacles(quarter, 4) == {("undo-about-rating", "5")}


def test_a_rating_that_was_carried_into_another_period_stays(quarter: Kinerja) -> None:
    quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    quarter.json("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01")
    quarter.json("period", "open", "2025-Q2")
    quarter.json("score", "record", BUDI, "2025-Q2", "--carry", QUARTER, "--note", "x")
    assert obstacles(quarter, 4) == {("undo-about-rating", "7")}
    quarter.json("undo", "7", "--yes")
    quarter.json("undo", "4", "--yes")


def test_what_the_calendar_opened_and_was_taken_back_does_not_bind_who_opens_it(agency: Kinerja) -> None:
    agency.json("period", "rollover", "--as-of", "2026-01-02")
    opened = [one["operation"] for one in agency.json("history", "--kind", "period.open")]
    for operation in range(last(agency), min(opened) - 1, -1):
        assert agency("undo", str(operation), "--yes").code == 0
    assert agency.json("period", "list") == []
    before = state(agency)
    agency.json("period", "open", "2026-Q1", "--unit", "U2")
    people = {one["nip"] for one in agency.json("score", "list", "2026-Q1")}
    agency.json("staff", "set", HEAD, "--rank", "IV/c")
    assert {one["nip"] for one in agency.json("score", "list", "2026-Q1")} == people
    for operation in (last(agency), last(agency) - 1):
        agency.json("undo", str(operation), "--yes")
    assert state(agency) == before


def test_the_number_of_feedback_taken_back_goes_to_other_feedback(quarter: Kinerja) -> None:
    words = ["feedback", "add", BUDI, "--from", "rekan", "--date", "2025-02-03", "--text"]
    quarter.json(*words, "Ramah")
    quarter.json("undo", "4", "--yes")
    quarter.json(*words, "Cekatan")
    assert obstacles(quarter, 5) == {("undo-changed-later", "6")}
