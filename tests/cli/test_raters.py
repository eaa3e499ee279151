"""Who may be named as having rated somebody, or as having decided on an objection."""

from dataclasses import replace

import pytest

from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.staff import change_staff, load_staff
from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja
from tests.cli.kept import ORIGIN, opened_in_time

GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
QUARTER = "2025-Q1"
DINI = "198801012012012005"
KASI = (DINI, "DINI", "F", "III/c", "Struktural", "KEPALA SEKSI RUJUKAN", "IV.a", "U3", "SEKSI RUJUKAN", "U2", "Aktif")


@pytest.fixture
def open_quarter(kinerja: Kinerja) -> Kinerja:
    """The dinas with a seksi below its bidang, and a quarter to be filled in."""
    kinerja.begin([*PEOPLE, KASI])
    kinerja.json("period", "open", QUARTER)
    return kinerja


def refused(kinerja: Kinerja, *words: str) -> tuple[int, str]:
    """How a command is refused, which leaves everything as it was."""
    before = kinerja.snapshot()
    ran = kinerja(*words, "--format", "json")
    assert kinerja.snapshot() == before
    return ran.code, ran.error["code"]


def test_only_the_assessor_is_named_with_by(open_quarter: Kinerja) -> None:
    for other in (CITRA, HEAD, DINI):
        assert refused(open_quarter, "score", "record", BUDI, QUARTER, *GOOD, "--by", other) == (
            5,
            "rater-not-assessor",
        )
    ran = open_quarter("score", "record", BUDI, QUARTER, *GOOD, "--by", CITRA)
    assert f"ANI LESTARI ({ANI}) does" in ran.err
    assert f"staff delegate {ANI} --to NIP --for {BUDI}" in " ".join(ran.err.split())
    open_quarter.json("score", "record", BUDI, QUARTER, *GOOD, "--by", ANI)
    open_quarter.json("score", "record", CITRA, QUARTER, *GOOD)
    assert open_quarter.json("score", "show", CITRA, QUARTER)["rated_by"] == ANI


def test_a_delegate_and_the_assessor_of_a_new_link_may_rate_what_was_rated_before(open_quarter: Kinerja) -> None:
    open_quarter.json("score", "record", BUDI, QUARTER, *GOOD)
    better = ["score", "record", BUDI, QUARTER, "--hasil", "diatas", "--perilaku", "diatas", "--by", DINI]
    assert refused(open_quarter, *better) == (5, "rater-not-assessor")
    open_quarter.json("staff", "delegate", ANI, "--to", DINI, "--for", BUDI)
    assert open_quarter.json(*better)["predikat"] == "sangat_baik"
    wanted = ["check", QUARTER, "--only", "check-rated-by-other"]
    assert open_quarter.json(*wanted) == []
    open_quarter.json("score", "record", CITRA, QUARTER, *GOOD)
    open_quarter.json("staff", "set", CITRA, "--assessor", HEAD)
    open_quarter.json("score", "record", CITRA, QUARTER, "--hasil", "1", "--perilaku", "1", "--by", HEAD)
    assert open_quarter.json(*wanted) == []


def test_where_the_rules_name_nobody_a_link_comes_first(open_quarter: Kinerja) -> None:
    for nip in (ANI, HEAD):
        open_quarter.json("staff", "set", nip, "--status", "retired", "--since", "2025-01-01")
    words = ["score", "record", BUDI, QUARTER, *GOOD, "--by", DINI]
    ran = open_quarter(*words)
    assert (ran.code, "the rules name nobody" in " ".join(ran.err.split())) == (5, True)
    open_quarter.json("staff", "set", BUDI, "--assessor", DINI)
    assert open_quarter.json(*words)["assessor_nip"] == DINI


def objecting(kinerja: Kinerja) -> list[str]:
    """Let Budi object; the words that decide it."""
    kinerja.json("score", "record", BUDI, QUARTER, *GOOD)
    days = ["--received", "2025-07-07", "--filed", "2025-07-10"]
    kinerja.json("objection", "file", BUDI, QUARTER, "--reason", "Target tercapai", *days)
    return ["objection", "decide", "1", "--upheld", "--explanation", "Sudah tepat", "--date", "2025-07-21"]


def test_nobody_but_the_superior_decides(open_quarter: Kinerja) -> None:
    words = objecting(open_quarter)
    for other in (CITRA, DINI):
        assert refused(open_quarter, *words, "--by", other) == (5, "decider-not-superior")
    assert f"SURYA DARMA ({HEAD})" in open_quarter(*words, "--by", CITRA).err
    assert open_quarter.json(*words, "--by", HEAD)["decided_by"] == HEAD


def test_who_came_to_stand_above_the_assessor_does_not_decide_their_own_objection(open_quarter: Kinerja) -> None:
    words = objecting(open_quarter)
    acting = ["--kind", "plt", "--from", "2025-04-01", "--until", "2025-12-31"]
    open_quarter.json("unit", "acting", "U1", "--nip", BUDI, *acting)
    found = open_quarter.json("explain", ANI, "--on", "2025-04-14")
    assert found["assessor_nip"] == BUDI
    assert refused(open_quarter, *words, "--by", BUDI) == (5, "decider-involved")
    assert "nobody decides on their own objection" in " ".join(open_quarter(*words, "--by", BUDI).err.split())
    ran = open_quarter(*words, "--by", HEAD)
    assert (ran.code, "Kepala Daerah" in ran.err) == (5, True)
    assert open_quarter.json(*words)["decided_by"] is None


def test_the_superior_of_the_day_of_the_decision_decides_too(open_quarter: Kinerja) -> None:
    words = objecting(open_quarter)
    open_quarter.json("unit", "acting", "U1", "--nip", DINI, "--from", "2025-07-01", "--until", "2025-07-31")
    assert open_quarter.json(*words, "--by", DINI)["decided_by"] == DINI


def test_where_nobody_is_known_the_superior_is_named(open_quarter: Kinerja) -> None:
    words = objecting(open_quarter)
    open_quarter.json("staff", "set", HEAD, "--status", "retired")
    assert refused(open_quarter, *words) == (5, "superior-unknown")
    assert refused(open_quarter, *words, "--by", ANI) == (5, "decider-involved")
    assert open_quarter.json(*words, "--by", DINI)["decided_by"] == DINI


def test_a_late_rating_is_given_by_nobody_to_themself(open_quarter: Kinerja) -> None:
    opened_in_time(open_quarter, QUARTER)
    open_quarter.json("unit", "acting", "U1", "--nip", BUDI, "--from", "2025-04-01", "--until", "2025-12-31")
    found = open_quarter.json("score", "record", BUDI, QUARTER, *GOOD, "--late")
    assert (found["rated_by"], found["final_rule"]) == (None, "late")


def test_what_is_odd_about_an_assessor_is_told_when_recorded_and_by_check(open_quarter: Kinerja) -> None:
    done = open_quarter.json("staff", "set", CITRA, "--assessor", BUDI)
    assert [one["code"] for one in done["problems"]] == ["assessor-unfit"]
    assert "leads no unit" in open_quarter("staff", "set", CITRA, "--assessor", BUDI).err
    assert refused(open_quarter, "staff", "delegate", ANI, "--to", BUDI) == (5, "delegate-leads-nothing")
    (row,) = open_quarter.json("check", "--only", "check-assessor-unfit")
    assert (row["nip"], row["severity"], f"staff set {CITRA} --assessor NIP" in row["fix"]) == (BUDI, "warning", True)
    acting = open_quarter.json("unit", "acting", "U2", "--nip", CITRA, "--kind", "plh")
    assert acting["problems"] == []


def test_which_delegation_ends_is_asked(open_quarter: Kinerja) -> None:
    for words in (["--for", BUDI], []):
        open_quarter.json("staff", "delegate", ANI, "--to", DINI, *words, "--from", "2025-04-01")
    end = ["staff", "delegate", ANI, "--end", "2025-05-01"]
    assert refused(open_quarter, *end) == (2, "arrangement-ambiguous")
    assert "--for" in open_quarter(*end).err
    assert open_quarter.json(*end, "--for", "*")["ratee"] == "*"
    # The one that ends on that very day does not run on any more, so that the other one is meant.
    assert (found := open_quarter.json(*end))["ratee"] == BUDI
    assert found["ends"] == "2025-05-01"
    assert refused(open_quarter, *end[:-1], "2025-03-01") == (2, "usage")


def test_what_a_decision_stands_means_names_the_way_back_for_every_path(open_quarter: Kinerja) -> None:
    told = open_quarter.json("explain", "decision-stands")
    assert "kinerja undo" in told["fix"]
    assert "score record" in told["meaning"]


def test_no_head_acting_official_or_delegate_closes_a_circle_of_assessors(open_quarter: Kinerja) -> None:
    for nip, assessor in ((DINI, CITRA), (CITRA, HEAD)):
        open_quarter.json("staff", "set", nip, "--assessor", assessor)
    orders = (
        ["unit", "set", "U2", "--head", DINI],
        ["unit", "acting", "U2", "--nip", DINI],
        ["unit", "acting", "U2", "--nip", DINI, "--from", "2025-02-01", "--until", "2025-03-01"],
        ["staff", "delegate", ANI, "--to", DINI, "--for", BUDI],
    )
    for words in orders:
        open_quarter.json(*words, "--dry-run")
    open_quarter.json("staff", "set", CITRA, "--assessor", BUDI)
    for words in orders:
        assert refused(open_quarter, *words) == (5, "assessor-loop")


def test_no_assessor_named_closes_a_circle_with_a_delegation(open_quarter: Kinerja) -> None:
    """By posts and links nothing goes round: it does since DINI rates BUDI for ANI."""
    open_quarter.json("staff", "set", CITRA, "--assessor", BUDI)
    open_quarter.json("staff", "set", DINI, "--assessor", CITRA, "--dry-run")
    open_quarter.json("staff", "delegate", ANI, "--to", DINI, "--for", BUDI)
    assert refused(open_quarter, "staff", "set", DINI, "--assessor", CITRA) == (5, "assessor-loop")


def test_why_nobody_stands_above_an_assessor_is_told(open_quarter: Kinerja) -> None:
    assert "Pasal 1 (9)" in open_quarter.json("explain", BUDI, "--on", "2025-04-14")["superior_source"]
    open_quarter.json("staff", "set", HEAD, "--status", "retired", "--since", "2025-01-01")
    assert "no unit above" in open_quarter.json("explain", BUDI, "--on", "2025-04-14")["superior_source"]
    linked(open_quarter, ANI, BUDI)
    found = open_quarter.json("explain", BUDI, "--on", "2025-04-14")
    assert (found["superior_nip"], "ANI LESTARI → BUDI → ANI LESTARI" in found["superior_source"]) == (None, True)
    for nip, assessor in ((CITRA, DINI), (DINI, ANI)):
        linked(open_quarter, nip, assessor)
    open_quarter.json("staff", "set", ANI, "--status", "retired", "--since", "2025-02-01")
    found = open_quarter.json("explain", CITRA, "--on", "2025-04-14")
    assert (found["superior_nip"], "not in service" in found["superior_source"]) == (None, True)


def linked(kinerja: Kinerja, nip: str, assessor: str) -> None:
    """Let a roster of older days name an assessor, whatever that closes."""
    with Store.open(str(kinerja.db), ORIGIN).writing("test.link") as operation:
        old = load_staff(operation.connection)[nip]
        change_staff(operation, [(old, replace(old, assessor_nip=assessor, assessor_rule="roster"))])
