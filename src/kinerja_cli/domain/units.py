"""Units and their tree: who stands below whom, who leads, and which unit a row of a file means.

A unit is known by its code: the UNOR ID where there is one, else a short name made from its own. Names repeat
(every dinas has a "SUBBAGIAN UMUM"), so a unit without an ID is the same only under the same parent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from kinerja_cli.domain import problems
from kinerja_cli.domain.text import fold, slug
from kinerja_cli.errors import Place, Problem

_NEARLY = 0.93
SEPARATOR = " › "
"""What stands between the names of a path."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the agency; `work_days` a week, 5 or 6, where it says so itself."""

    code: str
    name: str
    parent_code: str | None = None
    work_days: int | None = None


@dataclass(frozen=True, slots=True)
class UnitRef:
    """What a row says of a unit: an ID, a name, its parent, or the names of all levels from the top down."""

    code: str = ""
    name: str = ""
    parent_code: str = ""
    parent_name: str = ""
    levels: tuple[str, ...] = ()

    @property
    def names_a_parent(self) -> bool:
        """Whether the row says where the unit stands."""
        return bool(self.parent_code or self.parent_name or len(self.levels) > 1)

    @property
    def names_only_a_parent(self) -> bool:
        """Whether the unit itself is left blank beside the one it lies in: then that one is meant."""
        return not (self.code or self.name or self.levels)


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """The units after a file was read: all of them, which code each reference means, what was odd."""

    units: Mapping[str, Unit]
    codes: Mapping[UnitRef, str | None]
    problems: tuple[Problem, ...]


class UnitTree:
    """Units with their children, walked from either end."""

    def __init__(self, units: Mapping[str, Unit]) -> None:
        self.units = units
        self._paths: dict[str, tuple[Unit, ...]] = {}

    def line(self, code: str | None) -> tuple[Unit, ...]:
        """A unit and those above it, the unit itself first; empty where there is no such unit."""
        if code is None or code not in self.units:
            return ()
        unread: list[Unit] = []
        at: str | None = code
        while at is not None and at in self.units and at not in self._paths:
            unread.append(self.units[at])
            at = self.units[at].parent_code
        above = self._paths.get(at, ()) if at is not None else ()
        for unit in reversed(unread):
            above = self._paths[unit.code] = (unit, *above)
        return self._paths[code]

    def path(self, code: str | None) -> str:
        """The names from the top down, as a person reads them."""
        return SEPARATOR.join(unit.name for unit in reversed(self.line(code)))

    def level(self, code: str) -> int:
        """How deep a unit stands, 1 at the top."""
        return len(self.line(code))

    def within(self, code: str) -> frozenset[str]:
        """The unit and everything below it."""
        return frozenset(other for other in self.units if any(unit.code == code for unit in self.line(other)))

    def ordered(self) -> list[Unit]:
        """All units, each after its parent, siblings by name."""
        return sorted(
            self.units.values(),
            key=lambda unit: [(above.name, above.code) for above in reversed(self.line(unit.code))],
        )


@dataclass(slots=True)
class _Reading:
    """Units while a file is being read."""

    units: dict[str, Unit]
    by_name: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, unit: Unit) -> str:
        """Take in a unit, or what is newly known of it."""
        if unit.code not in self.units:
            self.by_name.setdefault(fold(unit.name), []).append(unit.code)
        self.units[unit.code] = unit
        return unit.code

    def find(self, name: str, parent: str | None = None) -> list[str]:
        """The codes of units of that name, below that parent if one is given."""
        codes = self.by_name.get(fold(name), [])
        return [code for code in codes if parent is None or self.units[code].parent_code == parent]

    def make(self, name: str, parent: str | None) -> str:
        """A new unit without an ID, its code made from its name."""
        stem = slug(name) or "unit"
        code, number = stem, 1
        while code in self.units:
            number += 1
            code = f"{stem}-{number}"
        return self.add(Unit(code, name, parent))


def read_units(
    known: Mapping[str, Unit],
    listed: Iterable[tuple[UnitRef, Place]],
    mentioned: Iterable[tuple[UnitRef, Place]],
) -> UnitsRead:
    """Work out the units of a file: `listed` are rows of a table of units, `mentioned` those named by people.

    A file may rename a known unit or move it; it never removes one.
    """
    reading = _Reading(dict(known))
    for code, unit in known.items():
        reading.by_name.setdefault(fold(unit.name), []).append(code)
    before = dict(reading.by_name)
    first: dict[UnitRef, Place] = {}
    for ref, place in (*listed, *mentioned):
        first.setdefault(ref, place)

    coded = [(ref, place) for ref, place in first.items() if ref.code]
    for ref, place in coded:
        _take_code(reading, ref, place)
    for ref, place in sorted(coded, key=lambda entry: len(entry[0].levels)):  # so that levels above exist
        _take_parent(reading, ref, place)
    codes: dict[UnitRef, str | None] = {ref: ref.code for ref, _ in coded}
    codes |= _Named(reading, {ref: place for ref, place in first.items() if not ref.code}).resolve()
    _cut_loops(reading, first)
    _note_near_names(reading, known, before, first, codes)
    fresh = [code for code in reading.units if code not in known]
    if len(fresh) > 1 and first and not any(ref.names_a_parent for ref in first):
        anywhere = next(iter(first.values()))
        place = Place(anywhere.file, anywhere.sheet)
        reading.problems.append(problems.NO_PARENTS.at(place, field="unit"))
    return UnitsRead(reading.units, codes, tuple(reading.problems))


def _take_code(reading: _Reading, ref: UnitRef, place: Place) -> None:
    """A unit with an ID: new, renamed, or as it was."""
    name = ref.name or (ref.levels[-1] if ref.levels else "")
    old = reading.units.get(ref.code)
    earlier = reading.named.get(ref.code)
    if earlier is not None and name and fold(earlier) != fold(name):
        reading.problems.append(
            problems.UNIT_NAMES_DIFFER.at(place, field="unit", value=name, unit=ref.code, other=earlier)
        )
        return
    if name:
        reading.named.setdefault(ref.code, name)
    if old is None:
        reading.add(Unit(ref.code, name or ref.code))
    elif name and name != old.name and earlier is None:
        reading.add(replace(old, name=name))


def _take_parent(reading: _Reading, ref: UnitRef, place: Place) -> None:
    """Where a unit with an ID stands, if the row says so."""
    parent: str | None = None
    if ref.parent_code:
        if ref.parent_code not in reading.units and ref.parent_name:
            reading.add(Unit(ref.parent_code, ref.parent_name))
        if ref.parent_code in reading.units:
            parent = ref.parent_code
    elif ref.parent_name:
        found = [code for code in reading.find(ref.parent_name) if code != ref.code]
        parent = found[0] if len(found) == 1 else None
        if not found and fold(ref.parent_name) != fold(ref.name):
            parent = reading.make(ref.parent_name, None)
    elif len(ref.levels) > 1:
        parent = _walk(reading, ref.levels[:-1])
    else:
        return
    unit = reading.units[ref.code]
    if parent is None and (ref.parent_code or ref.parent_name) and fold(ref.parent_name) != fold(unit.name):
        reading.problems.append(
            problems.UNIT_PARENT_UNKNOWN.at(
                place, field="unit_parent_code", value=ref.parent_code or ref.parent_name, unit=unit.name
            )
        )
        return
    if parent != ref.code:
        reading.add(replace(unit, parent_code=parent))


def _walk(reading: _Reading, levels: Sequence[str]) -> str | None:
    """The unit that a list of names leads to from the top down; what is missing on the way is made."""
    parent: str | None = None
    for name in levels:
        tops = [code for code in reading.find(name) if reading.units[code].parent_code is None]
        found = reading.find(name, parent) if parent is not None else tops or _only(reading.find(name))
        parent = found[0] if found else reading.make(name, parent)
    return parent


def _only(codes: list[str]) -> list[str]:
    """The one unit of a name that stands below another, as a dinas does where the agency itself is a unit."""
    return codes if len(codes) == 1 else []


class _Named:
    """References without an ID, while they are looked up: whatever their order, parents come before children."""

    def __init__(self, reading: _Reading, places: Mapping[UnitRef, Place]) -> None:
        self.reading = reading
        self.places = places
        self.codes: dict[UnitRef, str | None] = {}
        self.below: dict[str, list[UnitRef]] = {}
        for ref in places:
            if ref.name and ref.names_a_parent and not ref.levels:
                self.below.setdefault(fold(ref.name), []).append(ref)

    def resolve(self) -> dict[UnitRef, str | None]:
        """The code each reference means; None where several units could be meant."""
        # A bare name may mean a unit that another row places, so it waits until all of those stand.
        for ref in sorted(self.places, key=lambda ref: not ref.names_a_parent):
            self._place(ref, frozenset())
        return {ref: self.codes[ref] for ref in self.places}

    def _place(self, ref: UnitRef, below: frozenset[UnitRef]) -> str | None:
        """The unit of one reference; made where nothing of the name is known."""
        if ref in self.codes:
            return self.codes[ref]
        reading = self.reading
        if ref.levels:
            code = _walk(reading, ref.levels)
        elif ref.name and ref.parent_name and fold(ref.parent_name) != fold(ref.name):
            code = self._under_parent(ref, below | {ref})
        else:
            name = ref.name or ref.parent_name
            found = reading.find(name) if name else []
            code = None
            if name and len(found) < 2:
                code = found[0] if found else reading.make(name, None)
        self.codes[ref] = code
        return code

    def _under_parent(self, ref: UnitRef, below: frozenset[UnitRef]) -> str | None:
        """The unit of that name under the parent named, which is placed first if a row says where it stands."""
        reading = self.reading
        saying = [one for one in self.below.get(fold(ref.parent_name), []) if one not in below]
        parents = reading.find(ref.parent_name)
        if len(saying) == 1 and not parents:
            placed = self._place(saying[0], below)
            parents = reading.find(ref.parent_name) if placed is None else [placed]
        if len(parents) > 1 or (not parents and len(saying) > 1):
            reading.problems.append(
                problems.UNIT_PARENT_AMBIGUOUS.at(
                    self.places[ref], field="unit_parent", value=ref.parent_name, unit=ref.name
                )
            )
            return None
        parent = parents[0] if parents else reading.make(ref.parent_name, None)
        found = reading.find(ref.name, parent)
        return found[0] if found else reading.make(ref.name, parent)


def _cut_loops(reading: _Reading, first: Mapping[UnitRef, Place]) -> None:
    """Take one link out of every circle of parents, and say so."""
    places = {ref.code: place for ref, place in first.items() if ref.code}
    settled: set[str] = set()
    for start in list(reading.units):
        path: set[str] = set()
        at: str | None = start
        while at is not None and at in reading.units and at not in settled and at not in path:
            path.add(at)
            at = reading.units[at].parent_code
        if at is not None and at in path:
            unit = reading.units[at]
            reading.units[at] = replace(unit, parent_code=None)
            reading.problems.append(
                problems.UNIT_PARENT_LOOP.at(
                    places.get(at, Place()), field="unit_parent_code", value=unit.parent_code, unit=unit.name
                )
            )
        settled |= path


def _note_near_names(
    reading: _Reading,
    known: Mapping[str, Unit],
    before: Mapping[str, Sequence[str]],
    first: Mapping[UnitRef, Place],
    codes: Mapping[UnitRef, str | None],
) -> None:
    """Warn of a new unit named without an ID whose name is nearly that of a known one."""
    if not known:
        return
    for ref, place in first.items():
        code = codes.get(ref)
        if ref.code or code is None or code in known or fold(reading.units[code].name) in before:
            continue
        name = reading.units[code].name
        near = get_close_matches(fold(name), list(before), n=1, cutoff=_NEARLY)
        if near and (others := before[near[0]]):
            other = reading.units[others[0]].name
            reading.problems.append(problems.UNIT_LIKE_ANOTHER.at(place, field="unit", value=name, other=other))
