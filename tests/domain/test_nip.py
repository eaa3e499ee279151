"""What a NIP is found to be, and every way in which it can be impossible."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.domain.nip import NipFacts, NipFault, clean_nip, format_nip, judge_nip
from kinerja_cli.domain.rows import CellValue

TODAY = date(2026, 7, 20)


def facts_of(value: CellValue) -> NipFacts:
    judgement = judge_nip(value, today=TODAY)
    assert judgement.fault is None
    assert judgement.facts is not None
    return judgement.facts


@pytest.mark.parametrize(
    ("text", "born", "year", "month", "pppk", "sex", "serial"),
    [
        ("198501152010011001", date(1985, 1, 15), 2010, 1, False, "L", 1),
        ("199207082019032015", date(1992, 7, 8), 2019, 3, False, "P", 15),
        ("199503122024212007", date(1995, 3, 12), 2024, None, True, "P", 7),
        ("'198501152010011001", date(1985, 1, 15), 2010, 1, False, "L", 1),
        ("200002292024122999", date(2000, 2, 29), 2024, 12, False, "P", 999),
    ],
)
def test_a_possible_nip_tells_its_facts(
    text: str, born: date, year: int, month: int | None, pppk: bool, sex: str, serial: int
) -> None:
    facts = facts_of(text)
    assert (facts.born, facts.year, facts.month) == (born, year, month)
    assert (facts.pppk, facts.sex, facts.serial) == (pppk, sex, serial)


@pytest.mark.parametrize(
    "written",
    [
        "19850115 201001 1 001",
        "19850115.201001.1.001",
        "19850115-201001-1-001",
        "\u00a019850115\u202f201001 1\u200b001\ufeff",
        "\u2019198501152010011001",
        "`198501152010011001\t",
        '="198501152010011001"',
        "198501152010011001\n",
    ],
)
def test_what_stands_around_the_digits_does_not_matter(written: str) -> None:
    assert clean_nip(written) == "198501152010011001"
    assert facts_of(written).nip == "198501152010011001"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (None, NipFault.MISSING),
        ("", NipFault.MISSING),
        (" \u00a0'", NipFault.MISSING),
        ("-", NipFault.MISSING),
        (198501152010011001, NipFault.NUMERIC_CELL),
        (1.98501152010011e17, NipFault.NUMERIC_CELL),
        (12, NipFault.NUMERIC_CELL),
        (True, NipFault.NOT_DIGITS),
        (datetime(1985, 1, 15), NipFault.NOT_DIGITS),  # noqa: DTZ001 - cells have no time zone
        ("1.98501E+17", NipFault.DAMAGED),
        ("1,98501E+17", NipFault.DAMAGED),
        ("'1.98501152010011e17", NipFault.DAMAGED),
        ("2E+17", NipFault.DAMAGED),
        ("198501152010011000.0", NipFault.DAMAGED),
        ("198501152010011", NipFault.LENGTH),
        ("1985011520100110011", NipFault.LENGTH),
        ("500123456", NipFault.LENGTH),
        ("Budi Santoso", NipFault.NOT_DIGITS),
        ("19850115201001100I", NipFault.NOT_DIGITS),
        ("198501'152010011001", NipFault.NOT_DIGITS),
        ("١٩٨٥٠١١٥٢٠١٠٠١١٠٠١", NipFault.NOT_DIGITS),
        ("19900230 201503 2 004", NipFault.BIRTH_DATE),
        ("000001152010011001", NipFault.BIRTH_DATE),
        ("202701152042011001", NipFault.BIRTH_DATE),
        ("198501151995011001", NipFault.TOO_YOUNG),
        ("198501151999121001", NipFault.TOO_YOUNG),
        ("198501152028011001", NipFault.FUTURE),
        ("198501152010001001", NipFault.MONTH),
        ("199503122024132007", NipFault.MONTH),
        ("199503122024202007", NipFault.MONTH),
        ("198501152010013001", NipFault.SEX_DIGIT),
        ("198501152010010001", NipFault.SEX_DIGIT),
        ("198501152010011000", NipFault.SERIAL),
    ],
)
def test_an_impossible_nip_tells_its_fault(value: CellValue, fault: NipFault) -> None:
    judgement = judge_nip(value, today=TODAY)
    assert (judgement.fault, judgement.facts, judgement.unusual_code) == (fault, None, False)


def test_the_limits_themselves_are_possible() -> None:
    assert facts_of("198501152000011001").year == 2000, "appointed in the year of the fifteenth birthday"
    assert facts_of("198501152027011001").year == 2027, "appointed next year"
    born_today = judge_nip("202607202041011001", today=TODAY)
    assert born_today.fault is NipFault.FUTURE, "the birth date of today is a date; the appointment is not"


@pytest.mark.parametrize(("code", "unusual"), [("12", False), ("21", False), ("22", True), ("99", True)])
def test_a_pppk_code_above_21_is_possible_but_unusual(code: str, unusual: bool) -> None:
    judgement = judge_nip(f"199503122024{code}2007", today=TODAY)
    assert judgement.facts is not None
    assert judgement.facts.pppk is (code != "12")
    assert judgement.unusual_code is unusual


@given(
    born=st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    age=st.integers(15, 20),
    month=st.integers(1, 12),
    sex=st.sampled_from("12"),
    serial=st.integers(1, 999),
)
def test_every_nip_survives_being_printed_and_read(born: date, age: int, month: int, sex: str, serial: int) -> None:
    nip = f"{born:%Y%m%d}{born.year + age}{month:02}{sex}{serial:03}"
    assert facts_of(format_nip(nip)) == facts_of(nip)
    assert facts_of(nip) == NipFacts(
        facts_of(nip).nip, born, born.year + age, month, False, "L" if sex == "1" else "P", serial
    )


@given(st.text())
def test_no_text_breaks_the_judgement(text: str) -> None:
    judgement = judge_nip(text, today=TODAY)
    assert (judgement.facts is None) is (judgement.fault is not None)
