"""Judge the identity number of a civil servant: NIP of a PNS, NI PPPK of a contract employee.

Eighteen digits: birth date (8), year of appointment (4), month of it or the PPPK code 21 (2), sex (1) and
serial (3). There is no check digit, so every part that can be impossible is looked at.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from kinerja_cli.domain.rows import CellValue

Nip = NewType("Nip", str)
"""Eighteen digits that have been judged and found possible."""

NIP_LENGTH = 18
PPPK_CODE = 21
"""Stands where a PNS has the month of appointment. Later contracts are said to bear higher codes."""

YOUNGEST_AT_APPOINTMENT = 15

_SPACES = " \t\r\n\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff"
_MARKS = ".-\u00ad\u2010\u2011\u2012\u2013\u2014"
_FORMATTING = dict.fromkeys(map(ord, _SPACES + _MARKS))
_QUOTES = "'`\"\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u2032="
_LABEL = re.compile(r"\(?NIP(?:PPK|PK|3K)?[:=]*(?=[\d'`\u2018\u2019]|$)", re.IGNORECASE)
_THROUGH_A_NUMBER = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}|\d{15,18}[.,]0+")


class NipFault(StrEnum):
    """Why a value cannot be the NIP of anybody."""

    MISSING = "missing"
    NUMERIC_CELL = "numeric-cell"
    DAMAGED = "damaged"
    LENGTH = "length"
    NOT_DIGITS = "not-digits"
    BIRTH_DATE = "birth-date"
    TOO_YOUNG = "too-young"
    FUTURE = "future"
    MONTH = "month"
    SEX_DIGIT = "sex-digit"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class NipFacts:
    """What a NIP says about its holder; `month` is None for PPPK, `sex` is L (pria) or P (wanita)."""

    nip: Nip
    born: date
    year: int
    month: int | None
    pppk: bool
    sex: str
    serial: int


@dataclass(frozen=True, slots=True)
class NipJudgement:
    """Either the facts of a possible NIP or the fault of an impossible one.

    `unusual_code` marks a NI PPPK with a code above 21: possible, but worth a second look.
    """

    facts: NipFacts | None = None
    fault: NipFault | None = None
    unusual_code: bool = False


_FAULTY = {fault: NipJudgement(fault=fault) for fault in NipFault}


def clean_nip(text: str) -> str:
    """A NIP without what people and programs put around and between its digits, its own label too.

    >>> clean_nip("'19850115 201001 1 001"), clean_nip("19850115.201001.1.001\\u00a0"), clean_nip("NIP. 1985 0115")
    ('198501152010011001', '198501152010011001', '19850115')
    """
    bare = text.translate(_FORMATTING).strip(_QUOTES)
    label = _LABEL.match(bare)
    return bare if label is None else bare[label.end() :].strip(_QUOTES)


def judge_nip(value: CellValue, *, today: date) -> NipJudgement:
    """Judge the content of a NIP cell; the first fault from left to right is the one told.

    A number is refused even when all its digits look right: spreadsheets keep only fifteen of them.

    >>> judge_nip("199503122024212007", today=date(2026, 1, 1)).facts.pppk
    True
    >>> judge_nip("1.98501E+17", today=date(2026, 1, 1)).fault
    <NipFault.DAMAGED: 'damaged'>
    """
    if not isinstance(value, str):
        return _FAULTY[_fault_of_untyped(value)]
    digits = value
    if not _is_digits(digits) or len(digits) != NIP_LENGTH:
        digits = clean_nip(value)
        fault = _fault_of_shape(digits, value)
        if fault is not None:
            return _FAULTY[fault]
    return _judge_digits(digits, today)


def went_through_a_number(text: str) -> bool:
    """Whether a spreadsheet made a number of what was to be a NIP, and text of that.

    >>> went_through_a_number("1.98407E+17"), went_through_a_number("198501152010011001")
    (True, False)
    """
    return _THROUGH_A_NUMBER.fullmatch(text.strip().strip(_QUOTES)) is not None


def format_nip(nip: str) -> str:
    """A NIP as official forms print it.

    >>> format_nip("198501152010011001")
    '19850115 201001 1 001'
    """
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def _judge_digits(digits: str, today: date) -> NipJudgement:
    """Judge eighteen digits by what they mean."""
    year, month = int(digits[8:12]), int(digits[12:14])
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return _FAULTY[NipFault.BIRTH_DATE]
    sex, serial = digits[14], int(digits[15:])
    fault = None
    if born > today:
        fault = NipFault.BIRTH_DATE
    elif year < born.year + YOUNGEST_AT_APPOINTMENT:
        fault = NipFault.TOO_YOUNG
    elif year > today.year + 1:
        fault = NipFault.FUTURE
    elif not (1 <= month <= 12 or month >= PPPK_CODE):
        fault = NipFault.MONTH
    elif sex not in "12":
        fault = NipFault.SEX_DIGIT
    elif serial == 0:
        fault = NipFault.SERIAL
    if fault is not None:
        return _FAULTY[fault]
    pppk = month >= PPPK_CODE
    facts = NipFacts(Nip(digits), born, year, None if pppk else month, pppk, "L" if sex == "1" else "P", serial)
    return NipJudgement(facts, None, month > PPPK_CODE)


def _fault_of_shape(digits: str, written: str) -> NipFault | None:
    """What is wrong with a cleaned text as such, before its digits are given a meaning."""
    if not digits:
        return NipFault.MISSING
    if went_through_a_number(written):
        return NipFault.DAMAGED
    if not _is_digits(digits):
        return NipFault.NOT_DIGITS
    return None if len(digits) == NIP_LENGTH else NipFault.LENGTH


def _fault_of_untyped(value: CellValue) -> NipFault:
    """What a cell without text is: empty, a number, or something that never was a NIP."""
    if value is None:
        return NipFault.MISSING
    if isinstance(value, int | float) and not isinstance(value, bool):
        return NipFault.NUMERIC_CELL
    return NipFault.NOT_DIGITS


def _is_digits(text: str) -> bool:
    """Whether a text is made of 0 to 9 alone; `isdigit` by itself takes the digits of every script."""
    return text.isascii() and text.isdigit()


_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){14,}")


def without_numbers(text: str) -> str:
    """A text without any NIP or NIK, however they are spaced.

    >>> without_numbers("berkas 19850115 201001 1 001.xlsx")
    'berkas [number].xlsx'
    """
    return _LONG_NUMBER.sub("[number]", text)
