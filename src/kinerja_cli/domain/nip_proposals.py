"""Whose NIP a damaged one may be: the one person known whose name and birth date agree with the row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.nip import format_nip
from kinerja_cli.domain.roster_rows import DamagedNip, RosterRead
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.errors import Problem

_BIRTH = 8


def with_proposals(read: RosterRead, staff: Mapping[str, Employee]) -> tuple[Problem, ...]:
    """The problems of a roster, where a damaged NIP points to one person with that person's NIP in the remedy.

    It is only proposed: the row is refused as before, since two people may share a name and a birthday.
    """
    if not read.damaged:
        return read.problems
    owners = _owners([*staff.values(), *(row.employee for row in read.people)])
    told = list(read.problems)
    for damaged in read.damaged:
        told[damaged.problem] = _proposed(told[damaged.problem], damaged, owners)
    return tuple(told)


def _owners(people: Iterable[Employee]) -> dict[tuple[str, str], dict[str, Employee]]:
    """People by folded name and birth date, of whom one NIP counts once."""
    owners: dict[tuple[str, str], dict[str, Employee]] = {}
    for person in people:
        owners.setdefault((fold(person.name), person.nip[:_BIRTH]), {})[person.nip] = person
    return owners


def _proposed(
    problem: Problem, damaged: DamagedNip, owners: Mapping[tuple[str, str], Mapping[str, Employee]]
) -> Problem:
    """The problem with the one owner there may be, or as it was."""
    names: Sequence[str] = (damaged.name, fold(split_titles(damaged.name)[1]))
    found = next((owners[name, damaged.born] for name in names if (name, damaged.born) in owners), {})
    if len(found) != 1:
        return problem
    (person,) = found.values()
    proposal = " " + _("Perhaps {nip} of {name} is meant: name and birth date agree.").format(
        nip=format_nip(person.nip), name=person.display_name
    )
    return replace(problem, facts={**problem.facts, "proposal": proposal})
