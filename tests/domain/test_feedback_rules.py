"""Who may give feedback, and when two pieces of it are one and the same."""

from dataclasses import replace

import pytest

from kinerja_cli.domain.feedback import Giver
from kinerja_cli.domain.feedback_rules import Feedback, GiverFault, Kept, giver_fault, looks_like_nip
from kinerja_cli.domain.namesakes import Namesakes
from kinerja_cli.domain.staff import Employee
from tests.domain.made import BUDI, SARI

PERSON = Employee(BUDI, "BUDI SANTOSO", "Dr.")
COLLEAGUE = Employee(SARI, "SARI")
SAID = Feedback(1, BUDI, "2026-03-01", "rekan", SARI, "SARI", 0, None, None, "Rajin\nsekali")


@pytest.mark.parametrize(
    ("source", "giver", "fault"),
    [
        (Giver.REKAN, COLLEAGUE, None),
        (Giver.MASYARAKAT, PERSON, GiverFault.SELF),
        (Giver.BAWAHAN, "budi  santoso", GiverFault.SELF),
        (Giver.BAWAHAN, "Dr. Budi Santoso", GiverFault.SELF),
        (Giver.MASYARAKAT, "Budi Santoso", None),
        (Giver.PIMPINAN, "", None),
        (Giver.REKAN, replace(COLLEAGUE, status="retired"), GiverFault.GONE),
        (Giver.PIHAK_LAIN, replace(COLLEAGUE, status="retired"), None),
    ],
)
def test_who_may_speak(source: Giver, giver: Employee | str, fault: GiverFault | None) -> None:
    assert giver_fault(PERSON, source, giver) is fault


def test_a_number_with_a_digit_missing_is_still_meant_as_a_nip() -> None:
    assert looks_like_nip(BUDI[:-1])
    assert not looks_like_nip("CV Maju 2026")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"text": " RAJIN  sekali "}, True),
        ({"aspect": "loyal", "tone": "positive"}, True),
        ({"giver_nip": None}, True),
        ({"giver_nip": None, "giver_name": None, "anonymous": 1}, False),
        ({"giver": "bawahan"}, False),
        ({"given_on": "2026-03-02"}, False),
        ({"nip": SARI}, False),
        ({"text": "Rajin"}, False),
    ],
)
def test_the_same_words_of_the_same_giver_on_the_same_day_are_one_feedback(
    other: dict[str, object], same: bool
) -> None:
    again = replace(SAID, id=2, **other)  # type: ignore[arg-type]  # the cases give their fields loosely
    assert (Kept([SAID]).find(again) is SAID) is same


def test_without_a_day_any_day_will_do() -> None:
    later = replace(SAID, given_on="2026-04-01")
    assert Kept([SAID]).find(later) is None
    assert Kept([SAID]).find(later, dated=False) is SAID
    assert Kept().find(later, dated=False) is None


def test_who_is_kept_by_name_alone_is_not_taken_for_a_number() -> None:
    assert Kept([replace(SAID, giver_nip=None)]).find(SAID) is None


def test_people_are_found_by_their_name_or_nearly_so() -> None:
    people = Namesakes([PERSON, COLLEAGUE, replace(COLLEAGUE, nip="1")])
    assert people.meant("Budi Santoso, S.E.") == (PERSON,)
    assert [one.nip for one in people.meant("sari")] == [SARI, "1"]
    assert people.meant("Budi Santosa") == people.meant("Budi Santosa") == (PERSON,)
    assert people.meant("Tono") == people.meant(" ") == ()


def test_near_names_are_not_sought_for_ever() -> None:
    people = Namesakes([PERSON])
    for number in range(20):
        people.meant(f"ORANG {number}")
    assert people.meant("Budi Santosa") == ()
    assert people.meant("Budi Santoso") == (PERSON,)
