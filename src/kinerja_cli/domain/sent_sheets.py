"""Look over a rating workbook of ours that comes back: rows pasted in or taken out, locked cells changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from kinerja_cli.domain import sheet_problems
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.domain.seals import Identity, Seal, Stamp, read_seal, row_key, text_digest
from kinerja_cli.domain.text import clean_text
from kinerja_cli.errors import Problem

_ANY_DAY = date.max
_NAMED = 10
_LOCKED: Final = {"name": "Nama", "position": "Jabatan"}
"""The locked cells that are looked at, by what the sheet calls them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in the period, as a sheet names them."""

    nip: str
    name: str
    position: str


class Roll:
    """Everybody in a period, found by NIP or by the key of their row."""

    def __init__(self, identity: Identity, people: Mapping[str, Person]) -> None:
        self.identity = identity
        self.people = people

    def key(self, nip: str) -> str:
        """The key of the row of a person."""
        return row_key(self.identity, nip)

    @cached_property
    def by_key(self) -> Mapping[str, Person]:
        """The people by the keys of their rows."""
        return {self.key(nip): person for nip, person in self.people.items()}


@dataclass(slots=True)
class Examined:
    """What was odd about a sheet, and the numbers of the rows whose person is not certain."""

    problems: list[Problem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)


def examine_sheet(source: Source, rows: Iterable[Row], stamp: Stamp | None, roll: Roll) -> Examined:
    """Compare a sheet with what it was sent with.

    Without a `stamp` nobody knows who was on the sheet, and only rows that still have their key are compared. What
    is wrong with the ratings themselves is not looked at here.
    """
    found, here = Examined(), set[str]()
    sent = frozenset(() if stamp is None else stamp.keys)
    for row in rows:
        written = clean_text(row.get("nip"))
        if not written:
            continue
        facts = judge_nip(row.get("nip"), today=_ANY_DAY).facts
        key = clean_text(row.get("row_key"))
        owner = roll.by_key.get(key) if key else None
        here.add(key)
        if facts is None:
            continue
        expected = roll.key(facts.nip)
        if owner is not None and key != expected:
            found.refused.add(row.number)
            found.problems.append(
                sheet_problems.NIP_CHANGED.at(
                    row.place("nip"), field="nip", value=facts.nip, nip=owner.nip, name=owner.name
                )
            )
            continue
        here.add(expected)
        person = roll.people.get(facts.nip)
        seal = read_seal(key, clean_text(row.get("row_seal"))) if key == expected else None
        if person is None:
            continue
        if stamp is not None and (seal is None or expected not in sent):
            found.problems.append(
                sheet_problems.ROW_PASTED.at(
                    row.place("nip"), field="nip", value=person.nip, nip=person.nip, name=person.name
                )
            )
        elif seal is not None:
            found.problems += _changed_cells(row, person, seal)
    gone = [key for key in sent if key not in here]
    if stamp is not None and gone:
        found.problems.append(_gone(source, [key for key in stamp.keys if key in gone], roll))
    return found


def _changed_cells(row: Row, person: Person, seal: Seal) -> Iterable[Problem]:
    """The locked cells that say something else than they were sent with and than is on record."""
    for name, what in _LOCKED.items():
        value, known = clean_text(row.get(name)), clean_text(getattr(person, name))
        if row.has(name) and value != known and text_digest(value) != getattr(seal, name):
            yield sheet_problems.LOCKED_CHANGED.at(
                row.place(name), field=name, value=value, nip=person.nip, what=what, known=known
            )


def _gone(source: Source, keys: list[str], roll: Roll) -> Problem:
    """Tell who was on a sheet and is no longer."""
    names = [roll.by_key[key].name for key in keys if key in roll.by_key]
    named = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return sheet_problems.ROWS_GONE.at(source.place(), count=len(keys), names=named)
