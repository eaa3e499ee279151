"""Who is absent from a roster: people in service whom no row names, not even one that was left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain import problems
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.nip import NIP_LENGTH, clean_nip
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.roster_rows import LeftOut, RosterRead
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.errors import Problem

_DIGITS = re.compile(r"\d[\d\s.\-]{16,26}\d")
_BETWEEN = re.compile(r"[,;:()\[\]|]+")
_WORDS_OF_A_NAME = 8


@dataclass(frozen=True, slots=True)
class Absence:
    """The people whom the files do not name, and what is told of those who stand in rows that were left out."""

    people: tuple[Employee, ...] = ()
    problems: tuple[Problem, ...] = ()


def absent(known: Mapping[str, Employee], read: RosterRead) -> Absence:
    """Who in service is absent. Whoever may be meant by a row without a sound NIP is not; nor is who is written
    in a row about nobody, which is told: left out by mistake, they would be taken for gone.
    """
    if not read.rows:
        return Absence()
    missing = [
        person
        for nip, person in known.items()
        if nip not in read.seen and is_appraised(person.status) and fold(person.name) not in read.unidentified
    ]
    written = _written(read.left_out) if missing else {}
    found = [(person, written.get(person.nip) or written.get(_words(person.name))) for person in missing]
    return Absence(
        tuple(person for person, row in found if row is None),
        tuple(_told(person, row) for person, row in found if row is not None),
    )


def _told(person: Employee, row: LeftOut) -> Problem:
    return problems.NOT_ABSENT.at(row.place, field="name", value=row.text, nip=person.nip, name=person.display_name)


def _written(rows: Sequence[LeftOut]) -> dict[str, LeftOut]:
    """What may be a NIP or a name in rows that were left out; a single word only where it stands by itself."""
    return {text: row for row in reversed(rows) for text in (*_nips(row.text), *_names(row.text))}


def _nips(text: str) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        nip = clean_nip("".join(match[0].split()))
        if len(nip) == NIP_LENGTH:
            yield nip


def _names(text: str) -> Iterable[str]:
    for part in (text, *text.split("; ")):
        whole = _words(split_titles(part)[1])
        if whole:
            yield whole
        words = _words(part).split()
        for start in range(len(words)):
            for end in range(start + 2, min(start + _WORDS_OF_A_NAME, len(words)) + 1):
                yield " ".join(words[start:end])


def _words(text: str) -> str:
    """A name as it is compared: folded, without what stands between names and titles."""
    return " ".join(fold(_BETWEEN.sub(" ", text)).split())
