"""What a case of the corpus is: a function that makes the files, and what must come of importing them.

A case is written from what is promised to users, not from the code. Its problems are given as they are told:
`nip-numeric@B7` is a code and its cell, `date-ambiguous@F` a code and its column.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Made = Path | Sequence[Path]
Maker = Callable[[Path], Made]

_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True)
class Sheet:
    """A sheet that must be understood: its layout, its heading row (the last of two), and how many rows it has."""

    layout: str
    header_row: int
    rows: int
    name: str | None = None


@dataclass(frozen=True)
class Expected:
    """What must come of a case.

    `people` are the NIPs that the store must hold afterwards, no more and no fewer. `problems` are all errors and
    warnings; `notes` are those that must be among the notes. `facts` are of `staff show` (of `score list` for
    ratings) by NIP. `counts` are keys of the result. `error` is the code of what refuses the file as a whole.
    `left_alone` are sheets that must be named as not read, `nobody` numbers that look like a NIP in the file and
    are nobody's, `units` the names of all units, and `acting` the appointments there must be: unit, NIP, kind, first
    and last day.
    """

    code: int = 0
    sheets: tuple[Sheet, ...] = ()
    people: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    units: tuple[str, ...] | None = None
    error: str | None = None
    acting: tuple[tuple[str, str, str, str, str | None], ...] = ()
    left_alone: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One kind of file that offices really have."""

    name: str
    make: Maker
    command: tuple[str, ...]
    options: tuple[str, ...]
    expected: Expected


CASES: dict[str, Case] = {}


def case(expected: Expected, *options: str, command: tuple[str, str] = ("staff", "import")) -> Callable[[Maker], Maker]:
    """Make a function that makes files a case of the corpus, under its own name."""

    def enter(make: Maker) -> Maker:
        name = make.__name__
        if name in CASES:
            raise ValueError(name)
        CASES[name] = Case(name, make, command, options, expected)
        return make

    return enter


def nips_in(text: str) -> set[str]:
    """Whatever could be the NIP of somebody in a text, however its digits are spaced."""
    found = re.findall(r"(?<![0-9A-Fa-f])(?:19|20)(?:[ .\u00a0-]?\d){16}(?![0-9A-Fa-f])", text)
    return {re.sub(r"\D", "", one) for one in found}
