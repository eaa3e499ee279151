"""Every rule of `check`, each broken once, and what keeps it from crying wolf."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kinerja_cli.domain.check_facts import Checked, Facts, Flaw, PatternFound
from kinerja_cli.domain.checks import CHECKS, MANY, run_checks
from kinerja_cli.domain.history import Delegation
from kinerja_cli.domain.rating_order import Rater
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Severity

TREE = UnitTree({"d": Unit("d", "DINAS"), "b": Unit("b", "BIDANG", "d")})
BOSS, ANI, BUDI = "198001012005011001", "199001012020012001", "199001012020011002"
STAFF = {
    BOSS: Employee(BOSS, "Kepala", unit_code="d"),
    ANI: Employee(ANI, "Ani", unit_code="b"),
    BUDI: Employee(BUDI, "Budi", unit_code="b"),
}
RATERS = {BOSS: Rater(None, "region_head"), ANI: Rater(BOSS, "above"), BUDI: Rater(BOSS, "above")}
GOOD = ("sesuai", "sesuai")
FACTS = Facts(STAFF, RATERS, TREE, {"d": BOSS, "b": BOSS}, "2026-Q1", last="2025-Q4")
AT = datetime(2026, 4, 1, tzinfo=UTC)


def rated(nip: str, **changed: object) -> Checked:
    """Somebody whom the assessor rated, and of whom nothing is wrong."""
    one = Checked(nip, f"N{nip}", "b", BOSS, "above", GOOD, "baik", "baik", None, BOSS)
    return replace(one, **changed)  # type: ignore[arg-type]  # the cases name fields


def codes(facts: Facts, *only: str) -> list[str]:
    """The codes of what is found."""
    return [flaw.problem.code for flaw in run_checks(facts, only or None)]


def one_flaw(facts: Facts) -> Flaw:
    """The only flaw there is."""
    (flaw,) = run_checks(facts)
    assert flaw.problem.message
    assert "{" not in flaw.problem.message + flaw.problem.fix
    return flaw


def test_where_nothing_is_wrong_nothing_is_told() -> None:
    assert (
        codes(replace(FACTS, parts=[rated(ANI), rated(BUDI, out=True, ratings=None, predikat=None, expected=None)]))
        == []
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FACTS, staff=STAFF | {ANI: Employee(ANI, "Ani")}), "check-no-unit"),
        (replace(FACTS, raters=RATERS | {ANI: Rater(None, "none")}), "check-no-assessor"),
        (replace(FACTS, raters=RATERS | {ANI: Rater(None, "roster")}), "check-no-assessor"),
        (
            replace(FACTS, raters=RATERS | {ANI: Rater(BUDI, "roster"), BUDI: Rater(ANI, "roster")}),
            "check-assessor-circle",
        ),
        (replace(FACTS, leaders={"d": BOSS}), "check-no-head"),
        (replace(FACTS, members=[ANI]), "check-not-in-period"),
        (
            replace(FACTS, parts=[rated(ANI, ratings=None, predikat=None, expected=None, rated_by=None)]),
            "check-unrated",
        ),
        (replace(FACTS, parts=[rated(ANI, expected="kurang")]), "check-predikat-disagrees"),
        (replace(FACTS, parts=[rated(ANI, expected=None)]), "check-predikat-disagrees"),
        (replace(FACTS, parts=[rated(ANI, rated_by=ANI)]), "check-rated-by-self"),
        (replace(FACTS, parts=[rated(ANI, rated_by=BUDI, assessor_nip=None)]), "check-rated-by-other"),
        (replace(FACTS, parts=[rated(ANI, now=("d", "Kepala"))]), "check-moved-since-rated"),
        (replace(FACTS, parts=[rated(ANI, carried_from="2025-Q4", carried=("diatas", "x"))]), "check-carried-differs"),
        (replace(FACTS, parts=[rated(ANI, objection_open=True)]), "check-objection-open"),
        (replace(FACTS, without_organisation=["b"]), "check-organisation-missing"),
        (replace(FACTS, patterns=[PatternFound("b", "Baik: 9 of 10")]), "check-distribution"),
        (replace(FACTS, parts=[rated(ANI, parts={"2026-Q1": "baik", "2026-Q2": None})]), "check-parts-missing"),
        (replace(FACTS, parts=[rated(ANI, parts={"2026-Q1": "kurang"})]), "check-unlike-parts"),
    ],
)
def test_each_rule_is_told_when_it_is_broken(facts: Facts, code: str) -> None:
    assert one_flaw(facts).problem.code == code


def test_an_assessor_who_left_is_named_once_and_a_delegate_heals_it() -> None:
    staff = STAFF | {
        BUDI: Employee(BUDI, "Budi", unit_code="b", status="retired"),
        ANI: Employee(ANI, "Ani", unit_code="b", assessor_nip=BUDI, assessor_rule="roster"),
    }
    facts = replace(FACTS, staff=staff, raters=RATERS | {ANI: Rater(None, "roster")})
    flaw = one_flaw(facts)
    assert (flaw.problem.code, flaw.nip) == ("check-assessor-left", ANI)
    assert "Budi" in flaw.problem.message
    assert codes(replace(facts, raters=RATERS | {ANI: Rater(BOSS, "delegation")})) == []


def test_nobody_is_late_while_the_window_is_open() -> None:
    waiting = rated(ANI, ratings=None, predikat=None, expected=None, rated_by=None)
    assert one_flaw(replace(FACTS, parts=[waiting])).problem.severity is Severity.ERROR
    assert one_flaw(replace(FACTS, parts=[waiting], window_over=False)).problem.severity is Severity.NOTE


def test_the_superior_may_rate_and_a_note_explains_a_year_unlike_its_parts() -> None:
    assert codes(replace(FACTS, parts=[rated(ANI, rated_by=BUDI, entitled=frozenset([BUDI]))])) == []
    assert codes(replace(FACTS, parts=[rated(ANI, parts={"2026-Q1": "kurang"}, note="Membaik")])) == []


def many(count: int = MANY, **changed: object) -> list[Checked]:
    """So many people of one assessor, told apart by their ratings."""
    return [rated(str(n), **({"ratings": ("sesuai", f"{n}")} | changed)) for n in range(count)]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (many(ratings=GOOD), "check-one-rating-for-all"),
        (
            [replace(one, entered=AT + timedelta(seconds=10 * n)) for n, one in enumerate(many())],
            "check-rated-in-seconds",
        ),
        (many(note="Kinerja sudah baik"), "check-notes-identical"),
        ([replace(one, before=one.ratings) for one in many()], "check-same-as-last"),
    ],
)
def test_patterns_that_auditors_look_for(parts: list[Checked], code: str) -> None:
    flaw = one_flaw(replace(FACTS, parts=parts))
    assert (flaw.problem.code, flaw.nip, flaw.problem.severity) == (code, BOSS, Severity.WARNING)


@pytest.mark.parametrize(
    "parts",
    [
        many(MANY - 1, ratings=GOOD),
        [replace(one, entered=AT + timedelta(seconds=30 * n)) for n, one in enumerate(many())],
        many(note="Baik"),
        many(2, note="Kinerja sudah baik"),
        [replace(one, before=one.ratings if n else GOOD) for n, one in enumerate(many())],
        [replace(one, before=one.ratings) for one in many()[1:]] + many(1),
        many(rated_by=None),
    ],
)
def test_what_only_looks_like_a_pattern_is_left_alone(parts: list[Checked]) -> None:
    assert codes(replace(FACTS, parts=parts)) == []


def test_an_assessor_nobody_knows_is_named_by_the_nip() -> None:
    parts = [replace(one, rated_by="9", assessor_nip="9") for one in many(ratings=GOOD)]
    flaw = one_flaw(replace(FACTS, parts=parts, without_organisation=[]))
    assert (flaw.nip, flaw.unit_code) == ("9", None)
    assert flaw.problem.message.startswith("9 gave")


def test_one_rule_can_be_run_by_itself() -> None:
    facts = replace(FACTS, leaders={}, parts=[rated(ANI, rated_by=ANI)])
    assert codes(facts, "check-rated-by-self") == ["check-rated-by-self"]
    assert set(codes(facts)) == {"check-no-head", "check-rated-by-self"}
    assert len({kind.code for kind in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("kind", "rule", "leaders", "command"),
    [
        ("pelaksana", "unit", {"d": BOSS}, "unit set d --head NIP"),
        ("pelaksana", "acting", {"d": BOSS}, "unit acting d --end DATE"),
        ("pelaksana", "above", {}, "unit set CODE --head NIP"),
        ("fungsional", "roster", {}, f"staff set {ANI} --assessor NIP"),
        ("fungsional", "delegation", {}, f"staff delegate {BUDI} --end DATE"),
    ],
)
def test_an_assessor_below_pengawas_is_told_with_the_command_that_ends_it(
    kind: str, rule: str, leaders: dict[str, str], command: str
) -> None:
    facts = replace(
        FACTS,
        staff=STAFF | {BOSS: replace(STAFF[BOSS], position_type=kind)},
        raters=RATERS | {ANI: Rater(BOSS, rule), BUDI: Rater(BOSS, rule)},
        leaders=leaders,
        delegations=[Delegation(BUDI, "*", "2026-01-01", BOSS)],
    )
    (flaw,) = run_checks(facts, ["check-assessor-unfit"])
    assert (flaw.nip, command in flaw.problem.fix) == (BOSS, True)
    assert "People they rate: 2" in flaw.problem.message


@pytest.mark.parametrize(
    ("delegations", "command"),
    [
        ([(BUDI, "*", BOSS), (BUDI, "9", ANI)], f"staff delegate {BUDI} --end DATE --for '*'`"),
        ([(BUDI, ANI, BOSS), (BUDI, "*", "9")], f"staff delegate {BUDI} --end DATE --for {ANI}`"),
        ([("8", "9", BOSS), (BUDI, "*", BOSS)], f"staff delegate {BUDI} --end DATE`"),
        ([], "staff delegate NIP --end DATE`"),
    ],
)
def test_the_command_says_which_of_several_delegations_ends(
    delegations: list[tuple[str, str, str]], command: str
) -> None:
    facts = replace(
        FACTS,
        staff=STAFF | {BOSS: replace(STAFF[BOSS], position_type="fungsional")},
        raters=RATERS | {ANI: Rater(BOSS, "delegation")},
        leaders={},
        delegations=[Delegation(giver, ratee, "2026-01-01", taker) for giver, ratee, taker in delegations],
    )
    told = [flaw.problem.fix for flaw in run_checks(facts, ["check-assessor-unfit"])]
    assert any(command in fix for fix in told)


def test_a_functional_official_who_leads_a_unit_may_rate() -> None:
    staff = STAFF | {BOSS: replace(STAFF[BOSS], position_type="fungsional")}
    assert codes(replace(FACTS, staff=staff), "check-assessor-unfit") == []
    assert codes(replace(FACTS, staff=staff, leaders={}), "check-assessor-unfit") == ["check-assessor-unfit"]


def test_the_commands_printed_say_what_they_need_on_the_day() -> None:
    late = replace(rated("1"), predikat="kurang", late=True)
    waiting = replace(rated("2"), predikat=None, expected=None, ratings=None, superior_known=False)
    facts = replace(FACTS, parts=[late, replace(late, late=False), waiting], closed_to_assessors=True)
    fixes = [flaw.problem.fix for flaw in run_checks(facts, ["check-predikat-disagrees", "check-unrated"])]
    assert "--late --by NIP`" in fixes[0]
    assert [fix.endswith(f"{how}`.") for fix, how in zip(fixes[1:], ("--late", "--rated-on DATE"), strict=True)] == [
        True,
        True,
    ]
    open_still = run_checks(replace(facts, parts=[replace(late, late=False)], closed_to_assessors=False))
    assert any(flaw.problem.fix.endswith("--perilaku RATING`.") for flaw in open_still)


def test_a_justification_of_other_findings_is_said_beside_the_finding() -> None:
    flaw = one_flaw(replace(FACTS, patterns=[PatternFound("b", "Baik: 9 of 10.", outdated=True)]))
    assert "Baik: 9 of 10. The justification on record was given for other findings." in flaw.problem.message


def test_who_is_in_the_period_is_not_missed_in_it() -> None:
    flaw = one_flaw(replace(FACTS, parts=[rated(ANI)], members=[ANI, BUDI]))
    assert (flaw.problem.code, flaw.nip) == ("check-not-in-period", BUDI)


def test_what_was_found_about_distributions_is_laid_beside_the_facts() -> None:
    found = [PatternFound("b", "Baik: 9 of 10.")]
    assert FACTS.with_patterns(found) == replace(FACTS, patterns=found)


def test_a_rating_that_stands_is_not_asked_for_anew() -> None:
    moved = rated(ANI, now=("d", "Kepala"), carried_from="2025-Q4", carried=("diatas", "x"))
    assert codes(replace(FACTS, parts=[replace(moved, stands=True), replace(moved, out=True)])) == []
    assert codes(replace(FACTS, parts=[replace(moved, carried=None)], is_open=False)) == []
    closed = one_flaw(replace(FACTS, parts=[moved], is_open=False))
    assert "--note TEXT` after `kinerja period reopen 2026-Q1 --reason TEXT`" in closed.problem.fix
