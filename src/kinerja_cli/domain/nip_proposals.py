"""Whose NIP a damaged one may be: the one person known with whom what else stands in the row agrees."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

from kinerja_cli.domain.damaged_nips import DamagedNip
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.nip import format_nip
from kinerja_cli.domain.roster_rows import RosterRead
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.units import UnitTree
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
    return _with_proposal(problem, _("Perhaps {nip} of {name} is meant: name and birth date agree."), person)


def with_rated_proposals(
    told: Sequence[Problem],
    damaged: Iterable[DamagedNip],
    staff: Mapping[str, Employee],
    *,
    rated: Container[str],
    tree: UnitTree,
) -> tuple[Problem, ...]:
    """The problems of rating sheets, where a damaged NIP points to one person by name with that person's NIP.

    The digits that are left must agree. Of namesakes those who take part in the period (`rated`) go first, then
    those of the unit that the row names. It is only proposed: the row is refused as before.
    """
    named: dict[str, list[Employee]] = {}
    for person in staff.values():
        named.setdefault(fold(person.name), []).append(person)
    proposed = list(told)
    for one in damaged:
        bearers = named.get(one.name) or named.get(fold(split_titles(one.name)[1]), [])
        found = [person for person in bearers if person.nip.startswith(one.certain)]
        found = [person for person in found if person.nip in rated] or found
        of_unit = [person for person in found if one.unit and one.unit in _units_of(person, tree)]
        if len(of_unit or found) == 1:
            sentence = _("Perhaps {nip} of {name} is meant: the name agrees.")
            if of_unit:
                sentence = _("Perhaps {nip} of {name} is meant: name and unit agree.")
            proposed[one.problem] = _with_proposal(told[one.problem], sentence, (of_unit or found)[0])
    return tuple(proposed)


def _units_of(person: Employee, tree: UnitTree) -> frozenset[str]:
    """The names of a person's unit and of those above it, folded."""
    return frozenset(fold(unit.name) for unit in tree.line(person.unit_code))


def _with_proposal(problem: Problem, sentence: str, person: Employee) -> Problem:
    """A problem with a person in its remedy."""
    proposal = " " + sentence.format(nip=format_nip(person.nip), name=person.display_name)
    return replace(problem, facts={**problem.facts, "proposal": proposal})
