"""What a roster changes: units and people as they are known, beside what the files say.

A person's row and their links are judged apart: a unit or an assessor that cannot be found is a warning and
an empty link, the person is taken. Files never remove anybody by silence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from gettext import gettext as _
from operator import attrgetter
from typing import Literal

from kinerja_cli.domain import problems
from kinerja_cli.domain.absence import absent
from kinerja_cli.domain.assessors import Heads, assessor_loops, assessors, recognise_heads
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.nip import NIP_LENGTH, clean_nip
from kinerja_cli.domain.personnel import STATUS_LABELS, is_appraised
from kinerja_cli.domain.placements import Move, Placement, move_of
from kinerja_cli.domain.ranks import rank_order
from kinerja_cli.domain.roster_acting import ActingChanges, AgencyAfter, Leadership, own_posts, resolve_acting
from kinerja_cli.domain.roster_reading import read_roster
from kinerja_cli.domain.roster_rows import RosterRead, RosterRow
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.succession import Overruled, ended_placement
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.units import Unit, UnitRef, UnitsRead, UnitTree, read_units
from kinerja_cli.errors import Place, Problem, ProblemKind

__all__ = [
    "FieldChange",
    "RosterChanges",
    "RosterRead",
    "RosterRow",
    "differences",
    "read_roster",
    "resolve_roster",
]

_FIELDS = tuple(one.name for one in fields(Employee))
_LINKS = ("unit_code", "assessor_nip", "assessor_rule")
_OWN_FIELDS = tuple(name for name in _FIELDS if name not in _LINKS)
_own = attrgetter(*_OWN_FIELDS)
_CHAIN_SHOWN = 6
_WITHOUT_ECHELON = frozenset({"fungsional", "pelaksana"})
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a person, before and after."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """What is to be stored. `changed` pairs hold the person before and after.

    `problems` are those of units, assessors and acting officials alone; those of the rows stand in the RosterRead,
    those of the heads of units with `heads`. `moves` are changes of unit, `placements` what is to be kept of the units
    left, `placements_gone` what was kept and is overruled by a move dated earlier. `left` are the people in service
    whom no row names, whether they are kept or retired.
    """

    units_added: tuple[Unit, ...] = ()
    units_changed: tuple[tuple[Unit, Unit], ...] = ()
    added: tuple[Employee, ...] = ()
    changed: tuple[tuple[Employee, Employee], ...] = ()
    unchanged: int = 0
    left: tuple[Employee, ...] = ()
    problems: tuple[Problem, ...] = ()
    all_units: Mapping[str, Unit] = field(default_factory=dict)
    staff: Mapping[str, Employee] = field(default_factory=dict)
    heads: Heads = field(default_factory=lambda: Heads({}))
    moves: tuple[Move, ...] = ()
    placements: tuple[Placement, ...] = ()
    placements_gone: tuple[Placement, ...] = ()
    acting: ActingChanges = field(default_factory=ActingChanges)

    @property
    def promoted(self) -> tuple[tuple[Employee, Employee], ...]:
        """The people whose rank went up."""
        return tuple(
            (old, new)
            for old, new in self.changed
            if old.rank and new.rank and rank_order(new.rank) > rank_order(old.rank)
        )

    @property
    def returned(self) -> tuple[tuple[Employee, Employee], ...]:
        """The people who are back in service."""
        return tuple(
            (old, new) for old, new in self.changed if is_appraised(new.status) and not is_appraised(old.status)
        )

    @property
    def departed(self) -> tuple[tuple[Employee, Employee], ...]:
        """The people who are in service no more, as the file says or because it does not name them."""
        return tuple(
            (old, new) for old, new in self.changed if is_appraised(old.status) and not is_appraised(new.status)
        )

    def restated(self, today: date) -> Iterator[Move]:
        """The people who stay in their unit with another legal standing, which counts from today."""
        moved = {move.old.nip for move in self.moves}
        return (Move(old, new, today) for old, new in self.changed if old.status != new.status and old.nip not in moved)


def differences(old: Employee, new: Employee) -> tuple[FieldChange, ...]:
    """The fields in which a person before and after differ."""
    return tuple(
        FieldChange(name, before, after)
        for name in _FIELDS
        if (before := getattr(old, name)) != (after := getattr(new, name))
    )


def resolve_roster(
    read: RosterRead,
    *,
    known: Mapping[str, Employee],
    units: Mapping[str, Unit],
    today: date,
    placements: Mapping[str, Sequence[Placement]] | None = None,
    led: Leadership | None = None,
    set_heads: Mapping[str, str] | None = None,
    leavers: Literal["keep", "retire"] = "keep",
) -> RosterChanges:
    """Look up the units and assessors that rows name, and compare everybody with who is known.

    `placements` are the units that people have left before, `led` who leads and acts until now, and `set_heads` the
    heads that a person named, by unit.
    """
    led = led or Leadership()
    read, of_acting = own_posts(read, known)
    found = read_units(units, read.units, _mentioned(read.people))
    told = [*of_acting.problems, *found.problems]
    staff = dict(known)
    for row in read.people:
        staff[row.employee.nip] = _placed(row, known.get(row.employee.nip), found, told)
    links = _Links(staff, known, told, read.people)
    links.look_up()

    told.extend(_still_away(read.people, known, staff))
    absence = absent(known, read)
    left = absence.people
    told.extend(absence.problems)
    if leavers == "retire":
        staff |= {person.nip: replace(staff[person.nip], status="retired") for person in left}
    heads = recognise_heads(found.units, staff, set_heads or {})
    links.cut_circles(assessors(staff, UnitTree(found.units), heads.heads))
    changed = tuple((old, staff[nip]) for nip, old in known.items() if staff[nip] != old)
    moves = _moves(changed, read.people, today)
    before = placements or {}
    rated_by = assessors(known, UnitTree(units), led.heads) if moves else {}
    acting = resolve_acting(read.acting, AgencyAfter(found.units, staff, heads.heads), led, today=today)
    gone, left_units = _left(moves, read.people, before, rated_by)
    return RosterChanges(
        units_added=tuple(unit for code, unit in found.units.items() if code not in units),
        units_changed=tuple((old, found.units[code]) for code, old in units.items() if found.units[code] != old),
        added=tuple(staff[row.employee.nip] for row in read.people if row.employee.nip not in known),
        changed=changed,
        unchanged=sum(known.get(row.employee.nip) == staff[row.employee.nip] for row in read.people),
        left=left,
        problems=(*told, *acting.problems),
        all_units=found.units,
        staff=staff,
        heads=heads,
        moves=moves,
        placements=(*left_units, *_stayed(read.people, before, found)),
        placements_gone=tuple(gone),
        acting=replace(acting, refused=acting.refused + of_acting.refused),
    )


def _moves(changed: Iterable[tuple[Employee, Employee]], people: Iterable[RosterRow], today: date) -> tuple[Move, ...]:
    """Who went to another unit, and since when."""
    since = {row.employee.nip: row.span_start for row in people if row.span_start}
    moves = (move_of(old, new, since=since.get(old.nip), today=today) for old, new in changed)
    return tuple(move for move in moves if move is not None)


def _left(
    moves: Iterable[Move],
    people: Iterable[RosterRow],
    before: Mapping[str, Sequence[Placement]],
    rated_by: Mapping[str, str | None],
) -> Overruled[Placement]:
    """What moves end, but for those whose file itself says where they were before."""
    told = {row.employee.nip for row in people if row.earlier}
    gone: list[Placement] = []
    kept: list[Placement] = []
    for move in (one for one in moves if one.old.nip not in told):
        forgotten, left = ended_placement(move, rated_by.get(move.old.nip), before.get(move.old.nip, ()))
        gone += forgotten
        kept += left
    return gone, kept


def _stayed(
    people: Iterable[RosterRow], before: Mapping[str, Sequence[Placement]], found: UnitsRead
) -> Iterator[Placement]:
    """The units that the file itself says people were in before, and that are not known yet."""
    for row in (person for person in people if person.earlier):
        known = {one.ends for one in before.get(row.employee.nip, ())}
        following = [one.span_start or "" for one in (*row.earlier[1:], row)]
        for one, next_start in zip(row.earlier, following, strict=True):
            ends = one.span_end or (date.fromisoformat(next_start) - _A_DAY).isoformat()
            code = found.codes.get(one.unit)
            if ends not in known and code is not None:
                yield Placement(row.employee.nip, ends, code, one.employee.position)


def _still_away(
    people: Iterable[RosterRow], known: Mapping[str, Employee], staff: Mapping[str, Employee]
) -> Iterator[Problem]:
    """People whom a file without standings names although they have left."""
    for row in people:
        nip = row.employee.nip
        if nip in known and "status" not in row.given and not is_appraised(staff[nip].status):
            status = _(STATUS_LABELS[staff[nip].status])
            yield problems.STILL_AWAY.at(
                row.place("nip"), field="status", value=nip, name=staff[nip].display_name, status=status
            )


def _mentioned(people: Iterable[RosterRow]) -> list[tuple[UnitRef, Place]]:
    """Each unit that people's rows name, where it is named first."""
    first: dict[UnitRef, RosterRow] = {}
    for row in (row for person in people for row in (person, *person.earlier)):
        if row.unit.code or row.unit.name or row.unit.levels or row.unit.parent_name:
            first.setdefault(row.unit, row)
    return [(ref, row.place("unit_code" if ref.code and not ref.name else "unit")) for ref, row in first.items()]


def _placed(row: RosterRow, old: Employee | None, found: UnitsRead, told: list[Problem]) -> Employee:
    """The person with their unit, and the link they had; what the row is silent on stays as it was."""
    unit = _unit_of(row, old, found, told)
    values = _own(row.employee)
    if old is None:
        return Employee(*(*values, unit))
    if not row.given.issuperset(_OWN_FIELDS):
        said = zip(_OWN_FIELDS, values, _own(old), strict=True)
        values = tuple(new if name == "nip" or name in row.given else kept for name, new, kept in said)
    person = Employee(*(*values, unit, old.assessor_nip, old.assessor_rule))
    return _without_what_went(person, row, old)


def _without_what_went(person: Employee, row: RosterRow, old: Employee) -> Employee:
    """The person without what went with another rank or post: its day, and the echelon of who leads no more.

    A title that now stands in the name itself is not kept in front of it.
    """
    if person.front_title and "front_title" not in row.given and person.name.startswith(f"{person.front_title} "):
        person = replace(person, front_title=None)
    if person.rank != old.rank and person.rank_since and "rank_since" not in row.given:
        person = replace(person, rank_since=None)
    led = person.echelon and "echelon" not in row.given and person.position_type != old.position_type
    if led and person.position_type in _WITHOUT_ECHELON:
        person = replace(person, echelon=None)
    return person


def _unit_of(row: RosterRow, old: Employee | None, found: UnitsRead, told: list[Problem]) -> str | None:
    """The code of the unit a row means; warned of where it is empty or could be several."""
    before = old.unit_code if old is not None else None
    name, ref = row.employee.name, row.unit
    if "unit" not in row.given:
        if row.lacks_unit:
            told.append(problems.UNIT_MISSING.at(row.place("unit"), field="unit", name=name))
        return before
    code = found.codes[ref]
    if code is not None:
        # Where the cell of the unit itself is blank, whoever is known to be in one below stays there.
        within = ref.names_only_a_parent and code in (unit.code for unit in UnitTree(found.units).line(before))
        return before if within else code
    if before is None or before not in found.units:
        outcome = _("{name} was taken without a unit").format(name=name)
    elif fold(found.units[before].name) == fold(ref.name):
        return before
    else:
        outcome = _("{name} stays in {unit}").format(name=name, unit=found.units[before].name)
    said = ref.name or ref.parent_name
    told.append(problems.UNIT_AMBIGUOUS.at(row.place("unit"), field="unit", value=said, name=name, outcome=outcome))
    return before


class _Links:
    """The links to assessors that rows name, while they are looked up."""

    def __init__(
        self,
        staff: dict[str, Employee],
        known: Mapping[str, Employee],
        told: list[Problem],
        people: Iterable[RosterRow],
    ) -> None:
        self.staff = staff
        self.known = known
        self.told = told
        self.rows = {row.employee.nip: row for row in people}
        self.by_name: dict[str, list[str]] = {}
        self.nips: dict[CellValue, str] = {}

    def look_up(self) -> None:
        """Look up every named assessor; whom a row names in vain leaves the link that is known as it is."""
        for nip, row in self.rows.items():
            if not row.has_assessor:
                continue
            person, found = self.staff[nip], self._link(row)
            if found is not None or nip not in self.known or self._is_gone(person.assessor_nip):
                self.staff[nip] = Employee(*(*_own(person), person.unit_code, found, "roster"))

    def cut_circles(self, rated_by: Mapping[str, str | None]) -> None:
        """Empty the named links that go round in circles, by themselves or together with the heads of units."""
        named = {nip: one.assessor_nip for nip, one in self.staff.items() if one.assessor_rule == "roster"}
        for loop in assessor_loops({**rated_by, **named}):
            self._empty(loop)

    def _is_gone(self, nip: str | None) -> bool:
        """Whether the assessor who is known has left the service, so that the link is worth nothing."""
        return nip is not None and not is_appraised(self.staff[nip].status)

    def _link(self, row: RosterRow) -> str | None:
        """The NIP of the assessor a row names, or None with a warning."""
        nip = self._by_nip(row) if row.assessor_nip is not None else self._by_name(row)
        if nip is None:
            return None
        assessor = self.staff[nip]
        if nip == row.employee.nip:
            self._warn(problems.ASSESSOR_SELF, row, nip)
            return None
        if not is_appraised(assessor.status):
            status = _(STATUS_LABELS[assessor.status])
            facts = {"assessor": assessor.display_name, "status": status}
            self._warn(problems.ASSESSOR_INACTIVE, row, nip, **facts)
            return None
        return nip

    def _by_nip(self, row: RosterRow) -> str | None:
        """The assessor by their NIP."""
        value = row.assessor_nip
        nip = self.nips.get(value)
        if nip is None:
            nip = self.nips[value] = clean_nip(value) if isinstance(value, str) else ""
        if nip in self.staff:
            return nip
        plain = len(nip) == NIP_LENGTH and nip.isascii() and nip.isdigit()
        shown = f"{value:.0f}" if isinstance(value, float) else clean_text(value)
        self._warn(problems.ASSESSOR_UNKNOWN if plain else problems.ASSESSOR_DAMAGED, row, shown)
        return None

    def _by_name(self, row: RosterRow) -> str | None:
        """The assessor by a name that one person bears, those in service before others."""
        if not self.by_name:
            for nip, person in self.staff.items():
                self.by_name.setdefault(fold(person.name), []).append(nip)
        name = row.assessor_name
        nips = self.by_name.get(fold(name)) or self.by_name.get(fold(split_titles(name)[1]), [])
        serving = [nip for nip in nips if is_appraised(self.staff[nip].status)]
        found = serving or nips
        if len(found) == 1:
            return found[0]
        kind = problems.ASSESSOR_AMBIGUOUS if found else problems.ASSESSOR_UNKNOWN
        self._warn(kind, row, name, count=len(found))
        return None

    def _warn(self, kind: ProblemKind, row: RosterRow, value: str, **facts: object) -> None:
        """Say that a link is left empty, and why."""
        name = "assessor_nip" if row.assessor_nip is not None else "assessor_name"
        nip, person = row.employee.nip, row.employee.display_name
        keeps = nip in self.known and not self._is_gone(self.staff[nip].assessor_nip)
        outcome = _("what was known before stays") if keeps else _("the link was left empty")
        self.told.append(kind.at(row.place(name), field=name, value=value, name=person, outcome=outcome, **facts))

    def _empty(self, loop: tuple[str, ...]) -> None:
        """Empty the link of everybody in a circle whose link was named."""
        names = [self.staff[nip].display_name for nip in (*loop, loop[0])]
        if len(names) > _CHAIN_SHOWN:
            names[_CHAIN_SHOWN - 2 : -1] = ["…"]
        chain = " → ".join(names)
        for nip in loop:
            person = self.staff[nip]
            if person.assessor_rule != "roster":
                continue
            row = self.rows.get(nip)
            place = row.place("assessor_nip") if row is not None else Place()
            self.told.append(
                problems.ASSESSOR_LOOP.at(place, field="assessor_nip", value=nip, name=person.display_name, chain=chain)
            )
            self.staff[nip] = replace(person, assessor_nip=None)
