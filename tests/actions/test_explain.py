"""Explaining a predikat with its article, and every code there is."""

import importlib
import pkgutil
from decimal import Decimal

import pytest

import kinerja_cli
from kinerja_cli.actions.agency import set_setting
from kinerja_cli.actions.explain import explain_code, explain_person
from kinerja_cli.actions.meanings import MEANINGS
from kinerja_cli.actions.periods import open_period
from kinerja_cli.actions.scores import record_score
from kinerja_cli.domain.problem_codes import PROBLEMS
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Store
from tests.actions.conftest import TODAY
from tests.builders import BUDI

QUARTER = "2026-Q1"


def refusals() -> set[type[KinerjaError]]:
    """Every refusal of the program."""
    for module in pkgutil.walk_packages(kinerja_cli.__path__, "kinerja_cli."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {KinerjaError}
    fresh = {KinerjaError}
    while fresh:
        fresh = {below for one in fresh for below in one.__subclasses__()} - found
        found |= fresh
    return found


def test_every_refusal_has_a_meaning_with_its_exit_code() -> None:
    exits = {one.code: one.exit for one in refusals() if one.__module__.startswith("kinerja_cli.")}
    assert {code: refusal.exit for code, refusal in MEANINGS.items()} == exits


def test_only_codes_of_problems_have_no_meaning_of_their_own() -> None:
    assert {code for code, refusal in MEANINGS.items() if not refusal.meaning} <= PROBLEMS.keys()


@pytest.mark.parametrize("code", sorted({*PROBLEMS, *MEANINGS}))
def test_every_code_is_explained(code: str) -> None:
    found = explain_code(f" {code.upper()} ")
    assert found["code"] == code
    assert found["message"]
    assert found["meaning"]
    assert "{" not in f"{found['message']}{found['fix']}{found['meaning']}"


def test_a_problem_tells_its_severity_and_what_it_leads_to() -> None:
    assert explain_code("nip-length")["exit"] == Exit.REJECTED
    assert explain_code("duplicate-row")["exit"] is None
    assert explain_code("rating-differs")["exit"] == Exit.FINDINGS
    assert explain_code("unit-differs")["exit"] is None
    assert (explain_code("assessor-self")["severity"], explain_code("assessor-self")["exit"]) == ("warning", 5)
    assert explain_code("nip-unknown")["exit"] == Exit.NOT_FOUND


def test_an_unknown_code_is_refused_with_near_ones() -> None:
    with pytest.raises(KinerjaError) as refused:
        explain_code("nip-lenght")
    assert (refused.value.code, refused.value.exit) == ("code-unknown", Exit.NOT_FOUND)
    assert "nip-length" in refused.value.hint
    with pytest.raises(KinerjaError, match="There is no code zzz"):
        explain_code("zzz")


def test_a_predikat_is_explained_with_the_article(store: Store) -> None:
    record_score(store, BUDI, QUARTER, hasil="diatas", perilaku="dibawah", today=TODAY)
    found = explain_person(store, BUDI, QUARTER)
    assert (found["regulation"], found["predikat"], found["cell"]) == (
        "permenpanrb-6-2022",
        "kurang",
        "hasil diatas × perilaku dibawah",
    )
    assert "IV.B.3" in str(found["source"])
    assert isinstance(found["steps"], list)
    assert "Kurang" in found["steps"][-1]


def test_who_is_not_rated_is_said_so_and_nothing_is_guessed(store: Store) -> None:
    found = explain_person(store, BUDI, QUARTER)
    assert (found["predikat"], found["cell"], found["source"], found["hasil"]) == (None, None, None, None)
    assert found["steps"] == ["BUDI is not rated in 2026-Q1 yet; a missing rating is never guessed."]


def test_scores_are_explained_with_their_weights(empty: Store) -> None:
    set_setting(empty, "regulation", "pp-30-2019")
    open_period(empty, QUARTER, today=TODAY)
    record_score(empty, BUDI, QUARTER, skp="95", perilaku_score="90", today=TODAY)
    found = explain_person(empty, BUDI, QUARTER)
    assert (found["predikat"], found["value"], found["skp"]) == ("baik", Decimal("93.5"), Decimal(95))
    assert "70%" in str(found["steps"])
    assert explain_person(empty, "198501152010012001", QUARTER)["predikat"] is None


def test_only_people_of_the_period_are_explained(store: Store) -> None:
    for nip, period, code in (("198001012005011009", QUARTER, "nip-unknown"), (BUDI, "2026-Q2", "period-unknown")):
        with pytest.raises(KinerjaError) as refused:
            explain_person(store, nip, period)
        assert refused.value.code == code
