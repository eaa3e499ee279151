"""`kinerja retention`: what is past its retention is erased, nothing of it is left, and the chain still holds."""

import sqlite3
from contextlib import closing

import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja
from tests.verified import alone, verify

SECRET = "RAHASIA"


@pytest.fixture
def old(agency: Kinerja) -> Kinerja:
    """An agency with periods of long ago, in which Budi and Citra have left."""
    for period in ("2023-Q2", "2023"):
        agency.json("period", "open", period)
    for giver, nip, day in ((ANI, BUDI, "2023-05-05"), (BUDI, ANI, "2024-05-05")):
        words = ("--from", "rekan", "--by", giver, "--text", f"Teliti {SECRET}", "--date", day)
        agency.json("feedback", "add", nip, *words)
    for period in ("2023-Q2", "2023"):
        ratings = ("--hasil", "sesuai", "--perilaku", "sesuai", "--note", SECRET)
        agency.json("score", "record", BUDI, period, *ratings)
        agency.json("period", "close", period, "--allow-unrated")
    agency.json("period", "open", "2025-Q1")
    agency.json("period", "close", "2025-Q1", "--allow-unrated")
    agency.json("staff", "exclude", BUDI, "--reason", SECRET, "--from", "2023-06-01", "--until", "2023-06-30")
    agency.json("staff", "set", BUDI, "--status", "retired", "--since", "2025-05-01")
    agency.json("staff", "set", CITRA, "--status", "transferred", "--since", "2023-02-01")
    return agency


def years(kinerja: Kinerja, period: str, staff: str) -> Kinerja:
    kinerja.json("settings", "set", "retention_period_years", period)
    kinerja.json("settings", "set", "retention_staff_years", staff)
    return kinerja


def holds(kinerja: Kinerja) -> None:
    """Both verifiers find nothing but that images were lawfully emptied."""
    found = verify(kinerja)
    assert [one["code"] for one in found["findings"]] == ["audit-erased"], str(found["findings"])
    done = alone(kinerja)
    assert done.returncode == 0, done.stdout


def test_nothing_is_past_its_retention_by_default(old: Kinerja) -> None:
    assert old.json("retention", "plan") == []
    before = old.snapshot()
    done = old.json("retention", "apply", "--yes")
    assert (done["operation"], done["emptied"]) == (None, 0)
    assert old.snapshot() == before
    assert old.json("retention", "plan", "--as-of", "2099-01-01") != []


def test_without_yes_it_is_only_shown(old: Kinerja) -> None:
    years(old, "1", "1")
    before = old.snapshot()
    done = old.json("retention", "apply")
    assert (done["dry_run"], done["operation"], done["removed"]) == (True, None, 2)
    assert done["emptied"] > 0
    assert old("retention", "apply").code == 0
    assert old.snapshot() == before


def test_what_is_past_its_retention_is_gone_for_good(old: Kinerja) -> None:
    years(old, "1", "1")
    plan = old.json("retention", "plan")
    assert [(one["what"], one["of"], one["action"]) for one in plan] == [
        ("period", "2023", "empty"),
        ("period", "2023-Q2", "empty"),
        ("period", "2025-Q1", "empty"),
        ("feedback", None, "remove"),
        ("person", "BUDI", "remove"),
        ("person", "CITRA DEWI", "remove"),
    ]
    done = old.json("retention", "apply", "--yes", "--reason", "Berita acara 1")
    assert (done["appraisals"], done["feedback"], done["removed"]) == (12, 2, 2)
    held = old.snapshot()
    for word in (SECRET, BUDI, CITRA, "CITRA DEWI"):
        assert word.encode() not in held
    holds(old)
    assert old("staff", "dossier", BUDI).code == 4
    assert old.json("retention", "plan") == []
    assert old.json("history")[0]["reason"] == "Berita acara 1"
    assert {one["state"] for one in old.json("period", "list")} == {"closed"}


def test_a_kept_period_keeps_its_fingerprint_and_the_nip_it_needs(old: Kinerja) -> None:
    fingerprint = old.json("period", "show", "2025-Q1")["fingerprint"]
    years(old, "2", "1")
    done = old.json("retention", "apply", "--yes")
    assert (done["periods"], done["shortened"], done["removed"]) == (["2023", "2023-Q2"], 2, 0)
    shown = old.json("staff", "show", BUDI)
    assert (shown["name"], shown["position"], shown["unit_code"]) == ("(data dihapus)", None, None)
    assert old.json("period", "show", "2025-Q1")["fingerprint"] == fingerprint
    assert SECRET.encode() not in old.snapshot()
    holds(old)
    years(old, "1", "1")
    assert old.json("retention", "apply", "--yes")["removed"] == 2
    assert BUDI.encode() not in old.snapshot()
    holds(old)


def test_what_must_stay_says_why(old: Kinerja) -> None:
    years(old, "never", "1")
    old.json("period", "open", "2024-Q1")
    old.json("staff", "set", HEAD, "--status", "retired", "--since", "2024-02-15")
    why = {one["nip"]: (one["action"], one["why"]) for one in old.json("retention", "plan")}
    assert why[HEAD] == ("keep", "open_period")
    assert why[CITRA] == ("shorten", "referred")
    with closing(sqlite3.connect(old.db)) as store:
        store.execute("DELETE FROM standing WHERE nip = ?", (CITRA,))
        store.commit()
    assert {one["nip"]: one["why"] for one in old.json("retention", "plan")}[CITRA] == "no_day"
    years(old, "1", "never")
    assert not [one for one in old.json("retention", "plan") if one["what"] == "person"]


def test_who_led_a_unit_long_ago_can_be_removed(old: Kinerja) -> None:
    days = ("--from", "2022-01-01", "--until", "2022-02-01")
    old.json("unit", "acting", "U1", "--nip", ANI, "--kind", "plh", *days)
    old.json("staff", "delegate", HEAD, "--to", ANI, *days)
    old.json("staff", "set", BUDI, "--unit", "U1", "--since", "2022-03-01")
    old.json("staff", "set", ANI, "--status", "retired", "--since", "2023-02-01")
    years(old, "1", "1")
    assert old.json("retention", "apply", "--yes")["removed"] == 3
    assert ANI.encode() not in old.snapshot()
    holds(old)


def test_an_erasure_nobody_accounts_for_is_found(old: Kinerja) -> None:
    years(old, "1", "1")
    old.json("retention", "apply", "--yes")
    with closing(sqlite3.connect(old.db)) as store:
        store.execute(
            "UPDATE change SET key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL"
            " WHERE relation = 'unit' AND ordinal = 1"
        )
        store.commit()
    ran = old("audit", "verify", "--format", "json")
    assert ran.code == 8
    assert "audit-emptied" in {one["code"] for one in ran.data["findings"]}


@pytest.mark.parametrize("value", ["0", "101", "lama", ""])
def test_years_are_years(agency: Kinerja, value: str) -> None:
    assert agency("settings", "set", "retention_staff_years", value).code == 2


def test_a_reason_needs_words(old: Kinerja) -> None:
    assert old("retention", "apply", "--reason", " ").code == 2
    assert HEAD.encode() in old.snapshot()
