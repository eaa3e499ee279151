"""What is left of a NIP that was damaged, by which its owner may still be found."""

import re
from dataclasses import dataclass

from kinerja_cli.domain.nip import NIP_LENGTH, NipFault, clean_nip
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text

_EXACT = 15
_POWER = re.compile(r"[\'\"]?(\d)(?:[.,](\d+))?[eE]")


@dataclass(frozen=True, slots=True)
class DamagedNip:
    """A NIP that is none: where in the problems it is told, and what the row says of its owner.

    `name` is folded; `born` is the birth date of its column, else what the first digits may still say of it.
    `certain` are the first digits as far as the damage left them alone, `unit` the unit that the row names.
    """

    problem: int
    name: str
    born: str = ""
    certain: str = ""
    unit: str = ""


def certain_digits(written: CellValue, fault: NipFault) -> str:
    """The first digits of a NIP that a spreadsheet made a number of; nothing where any of them may be wrong.

    >>> certain_digits(198501152010011001.0, NipFault.NUMERIC_CELL), certain_digits("1.98501E+17", NipFault.DAMAGED)
    ('198501152010011', '19850')
    """
    if fault is NipFault.DAMAGED and (power := _POWER.match(clean_text(written))):
        # The last digit that is shown was rounded.
        return (power[1] + (power[2] or ""))[:_EXACT][:-1]
    if fault not in (NipFault.NUMERIC_CELL, NipFault.DAMAGED, NipFault.SERIAL):
        return ""
    text = f"{written:.0f}" if isinstance(written, int | float) else clean_nip(clean_text(written))
    digits = re.match(r"\d*", text)
    return digits[0][:_EXACT] if digits and len(digits[0]) == NIP_LENGTH else ""
