"""Who leads each unit, by the posts people hold, and circles of people who appraise each other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja_cli.domain import problems
from kinerja_cli.domain.personnel import echelon_order, is_appraised, vocabulary
from kinerja_cli.domain.rating_order import Order
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import Place, Problem

_STRUCTURAL = ("jpt_utama", "jpt_madya", "jpt_pratama", "administrator", "pengawas", "struktural")
_HEIGHTS = {kind: height for height, kind in enumerate(_STRUCTURAL)}
_ACTING = re.compile(r"^(?:(?:PLT|PLH|PJ|PJS|PENJABAT|PELAKSANA TUGAS|PELAKSANA HARIAN) )+")


@dataclass(frozen=True, slots=True)
class Heads:
    """Who leads each unit, and the units where that cannot be told."""

    heads: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def recognise_heads(units: Mapping[str, Unit], staff: Mapping[str, Employee], set_heads: Mapping[str, str]) -> Heads:
    """The head of every unit that has one: set by a person, else the holder of its highest post.

    A functional official leads a unit (a school, a health centre) only where it has no structural post.
    """
    by_unit: dict[str, list[Employee]] = {}
    for person in staff.values():
        if person.unit_code is not None:
            by_unit.setdefault(person.unit_code, []).append(person)
    heads: dict[str, str] = {}
    found: list[Problem] = []
    for unit in units.values():
        chosen = staff.get(set_heads.get(unit.code, ""))
        if chosen is not None and is_appraised(chosen.status):
            heads[unit.code] = chosen.nip
            continue
        highest = _highest(unit, by_unit.get(unit.code, ()))
        if len(highest) == 1:
            heads[unit.code] = highest[0].nip
        elif highest:
            names = ", ".join(sorted(person.display_name for person in highest))
            found.append(
                problems.HEAD_AMBIGUOUS.at(Place(), field="head_nip", value=unit.code, unit=unit.name, names=names)
            )
    return Heads(heads, tuple(found))


def assessors(staff: Mapping[str, Employee], tree: UnitTree, heads: Mapping[str, str]) -> dict[str, str | None]:
    """The assessor of everybody in service, where nobody acts for another and nothing is delegated."""
    return {nip: rater.nip for nip, rater in Order(staff, tree, heads).raters().items()}


def assessor_loops(assessors: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Every circle of people who appraise each other in turn, each beginning with the first one met.

    >>> assessor_loops({"a": "b", "b": "c", "c": "b", "d": "d", "e": None})
    [('b', 'c'), ('d',)]
    """
    settled: set[str] = set()
    loops: list[tuple[str, ...]] = []
    for start in assessors:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = len(path)
            at = assessors.get(at)
        if at is not None and at in path:
            loops.append(tuple(path)[path[at] :])
        settled.update(path)
    return loops


def _highest(unit: Unit, people: Sequence[Employee]) -> list[Employee]:
    """Those in service who hold the highest leading post of a unit: one, none, or several of one height."""
    name = fold(unit.name)
    structural: list[tuple[tuple[int, ...], Employee]] = []
    functional: list[tuple[tuple[int, ...], Employee]] = []
    words = vocabulary()
    for person in people:
        if not is_appraised(person.status):
            continue
        position = _ACTING.sub("", fold(person.position or ""))
        height = _HEIGHTS.get(person.position_type or "")
        if height is not None:
            if not position.startswith(words.advisers):
                key = (height, *echelon_order(person.echelon), _exactness(position, name))
                structural.append((key, person))
        elif position.startswith(words.functional_heads):
            functional.append(((0 if name in position else 1,), person))
    ranked = structural or functional
    best = min((key for key, _person in ranked), default=())
    return [person for key, person in ranked if key == best]


def _exactness(position: str, unit: str) -> int:
    """How plainly a position leads the unit, from 0: KEPALA of this very unit, CAMAT, SEKRETARIS."""
    named = bool(unit) and unit in position
    if position.startswith("SEKRETARIS"):
        return 0 if unit.startswith("SEKRETARIAT") else 2
    if position.startswith(vocabulary().leading):
        return 0 if named else 1
    return 2 if named else 3
