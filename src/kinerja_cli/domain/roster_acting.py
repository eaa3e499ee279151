"""What the rows of rosters come to that say where people act for a time (Plt., Plh.), beside what is known of it.

Such a row never gives a person another post. It makes, dates or follows an acting appointment; that a file has none
of a unit ends nothing, since most lists have no such rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from gettext import gettext as _

from kinerja_cli.domain import acting_problems, problems, roster_problems
from kinerja_cli.domain.acting_marks import title_kind, without_mark
from kinerja_cli.domain.arrangement_problems import ASSESSOR_UNFIT
from kinerja_cli.domain.assessing import why_unfit
from kinerja_cli.domain.assessors import assessor_loops
from kinerja_cli.domain.history import Acting, Delegation
from kinerja_cli.domain.leading import leads_unit, names_unit
from kinerja_cli.domain.personnel import STATUS_LABELS, is_appraised
from kinerja_cli.domain.rating_order import Order
from kinerja_cli.domain.roster_rows import RosterRead, RosterRow, one_of, places_of
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.unit_cells import NO_UNIT
from kinerja_cli.domain.units import Unit, UnitTree, read_units
from kinerja_cli.errors import Place, Problem, ProblemKind, Severity

_A_DAY = timedelta(days=1)
_OF_A_POST = frozenset({"position", "position_type", "position_since", "echelon", "unit", "assessor"})


@dataclass(frozen=True, slots=True)
class ActingChanges:
    """What rows marked as acting change: `changed` and `ended` hold an appointment before and after.

    `refused` counts the rows with an error, `unused` those of which only a warning tells why nothing was recorded,
    `unchanged` the appointments that were known.
    """

    added: tuple[Acting, ...] = ()
    changed: tuple[tuple[Acting, Acting], ...] = ()
    ended: tuple[tuple[Acting, Acting], ...] = ()
    unchanged: int = 0
    refused: int = 0
    unused: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Leadership:
    """Who leads and who rates by a store: acting appointments, delegations, and the heads of units until now."""

    acting: Sequence[Acting] = ()
    delegations: Sequence[Delegation] = ()
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgencyAfter:
    """Units, people and heads as the other rows of the files leave them."""

    units: Mapping[str, Unit]
    staff: Mapping[str, Employee]
    heads: Mapping[str, str]


def own_posts(read: RosterRead, known: Mapping[str, Employee]) -> tuple[RosterRead, ActingChanges]:
    """The rows with those taken for own posts that say Plt. or Plh. only in the position, and are all there is.

    Whoever is known with a post of their own keeps it, and acts by such a row; where it is the only one of theirs it
    speaks of their rank and standing nevertheless.
    """
    there = {row.employee.nip for row in read.people}
    alone: dict[str, list[RosterRow]] = {}
    beside: dict[str, list[RosterRow]] = {}
    acting: list[RosterRow] = []
    for row in read.acting:
        nip, person = row.employee.nip, known.get(row.employee.nip)
        if nip not in there and row.acting is not None and row.acting.by_title and not _has_post(person):
            alone.setdefault(nip, []).append(row)
            continue
        acting.append(row)
        if nip not in there and person is not None and fold(person.name) == fold(row.employee.name):
            beside.setdefault(nip, []).append(_without_post(row))
    told: list[Problem] = []
    people: list[RosterRow] = []
    refused: set[str] = set()
    for nip, rows in (*alone.items(), *beside.items()):
        whole = one_of(rows, told)
        if whole is None:
            refused.add(nip)
            continue
        people.append(whole)
        if nip in alone:
            person = whole.employee
            told.append(_about(acting_problems.ACTING_ONLY_POST, whole, person, "position", person.position))
    left = tuple(row for row in acting if row.employee.nip not in refused)
    count = sum(row.employee.nip in refused for row in read.acting)
    return replace(read, people=(*read.people, *people), acting=left), ActingChanges(
        refused=count, problems=tuple(told)
    )


def _without_post(row: RosterRow) -> RosterRow:
    """What a row says of the person themself, whatever they act as: rank, standing and the like."""
    given = row.given - _OF_A_POST
    return replace(row, given=given, unit=NO_UNIT, assessor_nip=None, assessor_name="", span_start=None, span_end=None)


def _has_post(person: Employee | None) -> bool:
    """Whether somebody is known with a unit or a post that is their own."""
    if person is None or (person.unit_code is None and person.position is None):
        return False
    return title_kind(person.position or "") is None


def resolve_acting(rows: Sequence[RosterRow], after: AgencyAfter, before: Leadership, *, today: date) -> ActingChanges:
    """What rows marked as acting come to, once everybody's own rows are known."""
    resolving = _Resolving(after, before, today)
    resolving.take(rows)
    if resolving.makes_circles():
        # Looked for one by one only here: each look goes through everybody.
        resolving = _Resolving(after, before, today, one_by_one=True)
        resolving.take(rows)
    resolving.tell_of_heads()
    return resolving.outcome()


@dataclass(frozen=True, slots=True)
class _Claim:
    """One row and the appointment it speaks of; `dated` where it gives a first day."""

    row: RosterRow
    acting: Acting
    dated: bool


class _Resolving:
    """Rows marked as acting, while they are laid beside what is known."""

    def __init__(self, after: AgencyAfter, before: Leadership, today: date, *, one_by_one: bool = False) -> None:
        self.after = after
        self.before = before
        self.today = today
        self.one_by_one = one_by_one
        self.tree = UnitTree(after.units)
        self.now: dict[str, list[Acting]] = {}
        for one in before.acting:
            self.now.setdefault(one.unit_code, []).append(one)
        self.settled: list[tuple[_Claim, Acting | None, Acting]] = []
        self.ended: list[tuple[Acting, Acting]] = []
        self.problems: list[Problem] = []
        self.refused = 0
        self.unused = 0

    def outcome(self) -> ActingChanges:
        """What it all came to."""
        return ActingChanges(
            tuple(new for _claim, old, new in self.settled if old is None),
            tuple((old, new) for _claim, old, new in self.settled if old is not None and old != new),
            tuple(self.ended),
            sum(old == new for _claim, old, new in self.settled),
            self.refused,
            self.unused,
            tuple(self.problems),
        )

    def take(self, rows: Sequence[RosterRow]) -> None:
        """Resolve every row; what ends what goes by the days."""
        if not rows:
            return
        codes = read_units(self.after.units, (), [(row.unit, row.place("unit")) for row in rows]).codes
        claims = [claim for row in rows if (claim := self._claim(row, codes.get(row.unit))) is not None]
        for claim in sorted(self._agreed(claims), key=lambda one: one.acting.starts):
            self._settle(claim)

    def _claim(self, row: RosterRow, named: str | None) -> _Claim | None:
        """The appointment a row speaks of; None with what is wrong with it."""
        person = self._official(row)
        if person is None:
            return None
        code = self._unit_led(row, person, named if named in self.after.units else None)
        if code is None:
            self.unused += 1
            return None
        given = row.span_start or row.employee.position_since
        if row.span_start is None and given == person.position_since:
            given = None  # the day of the own post, copied into this row
        starts = given or self.today.isoformat()
        if row.span_end is not None and row.span_end < starts:
            self._refuse(roster_problems.SPAN_BACKWARDS, row, person, "span_end", row.span_end, starts=starts)
            return None
        kind = row.acting.kind if row.acting is not None else None
        return _Claim(row, Acting(code, starts, person.nip, kind or "plt", row.span_end), given is not None)

    def _official(self, row: RosterRow) -> Employee | None:
        """Who acts by a row: somebody with a post of their own, of that name and in service."""
        person = self.after.staff.get(row.employee.nip)
        if person is None:
            self._refuse(acting_problems.ACTING_WITHOUT_POST, row, row.employee, "nip", row.employee.nip)
        elif fold(person.name) != fold(row.employee.name):
            self._refuse(acting_problems.ACTING_NAME, row, person, "name", row.employee.name)
        elif not is_appraised(person.status):
            self.unused += 1
            self._tell(acting_problems.ACTING_AWAY, row, person, "nip", _(STATUS_LABELS[person.status]))
        else:
            return person
        return None

    def _unit_led(self, row: RosterRow, person: Employee, named: str | None) -> str | None:
        """The unit that the post of a row leads: the one the row names, or the one the post itself does."""
        position = row.employee.position or ""
        post = without_mark(position)
        if named is not None and (not post or leads_unit(post, self.after.units[named].name)):
            return named
        own = [code for code, unit in self.after.units.items() if post and names_unit(post, unit.name)]
        below = [code for code in own if named is not None and any(one.code == named for one in self.tree.line(code))]
        found = below or own
        if len(found) == 1:
            return found[0]
        if named is None:
            value = row.unit.name or row.unit.code or row.unit.parent_name or position or "-"
            self._tell(acting_problems.ACTING_UNIT_UNKNOWN, row, person, "unit", value)
        else:
            unit = self.after.units[named].name
            self._tell(acting_problems.ACTING_NOT_HEAD, row, person, "position", position, unit=unit)
        return None

    def _agreed(self, claims: Sequence[_Claim]) -> Iterator[_Claim]:
        """The rows that do not claim one unit for the same days; rows alike once."""
        alike: dict[Acting, list[_Claim]] = {}
        by_unit: dict[str, list[_Claim]] = {}
        for claim in claims:
            same = alike.setdefault(claim.acting, [])
            same.append(claim)
            if len(same) == 1:
                by_unit.setdefault(claim.acting.unit_code, []).append(claim)
        for same in (one for one in alike.values() if len(one) > 1):
            facts = {"count": len(same), "places": places_of([one.row for one in same])}
            person = self.after.staff[same[0].acting.nip]
            self._tell(problems.DUPLICATE_SAME, same[1].row, person, "nip", person.nip, **facts)
        for code, mine in by_unit.items():
            for claim in mine:
                others = [one.row for one in mine if one is not claim and _meet(one.acting, claim.acting)]
                if not others:
                    yield claim
                    continue
                person, unit = self.after.staff[claim.acting.nip], self.after.units[code].name
                other = places_of(others)
                self._refuse(
                    acting_problems.ACTING_CONFLICT, claim.row, person, "nip", person.nip, unit=unit, other=other
                )

    def _settle(self, claim: _Claim) -> None:
        """Lay one appointment beside those known of its unit."""
        new = claim.acting
        known = self.now.setdefault(new.unit_code, [])
        mine = next((one for one in known if one.nip == new.nip and _meet(one, new)), None)
        if mine is not None:
            new = _continued(mine, claim)
        meeting = [one for one in known if one is not mine and _meet(one, new)]
        holding = [one for one in meeting if one.ends is not None or one.starts >= new.starts]
        person, unit = self.after.staff[new.nip], self.after.units[new.unit_code]
        if holding:
            held = holding[0]
            facts = {"holder": held.nip, "starts": held.starts, "ends": held.ends or _("further notice")}
            kind = acting_problems.ACTING_OVERLAPS
            self._refuse(kind, claim.row, person, "nip", new.starts, unit=unit.name, code=unit.code, **facts)
            return
        eve = (date.fromisoformat(new.starts) - _A_DAY).isoformat()
        ended = [(one, replace(one, ends=eve)) for one in meeting]
        then = [
            *(one for one in known if one is not mine and one not in meeting),
            *(last for _first, last in ended),
            new,
        ]
        changes = self.one_by_one and new != mine
        chain = self._added_circle(self.now, self.now | {new.unit_code: then}, self._held(new)) if changes else ()
        if chain:
            shown = " → ".join(self.after.staff[nip].display_name for nip in (*chain, chain[0]))
            kind = acting_problems.ACTING_CIRCLE
            self._refuse(kind, claim.row, person, "nip", person.nip, unit=unit.name, chain=shown)
            return
        self.now[new.unit_code] = then
        self.ended += ended
        self.settled.append((claim, mine, new))
        why = None if new == mine else why_unfit(person, leads=True)
        if why is not None:
            self._tell(ASSESSOR_UNFIT, claim.row, person, "nip", person.nip, why=why)

    def makes_circles(self) -> bool:
        """Whether people would appraise each other in turn by all of it."""
        known: dict[str, list[Acting]] = {}
        for one in self.before.acting:
            known.setdefault(one.unit_code, []).append(one)
        days = {self._held(new) for _claim, old, new in self.settled if new != old}
        return any(self._added_circle(known, self.now, day) for day in sorted(days))

    def _held(self, one: Acting) -> str:
        """The day next to today on which an appointment holds."""
        day = max(one.starts, self.today.isoformat())
        return day if one.ends is None else min(day, one.ends)

    def _added_circle(
        self, before: Mapping[str, Sequence[Acting]], after: Mapping[str, Sequence[Acting]], day: str
    ) -> tuple[str, ...]:
        """People who would appraise each other in turn on a day and did not before; none where nobody would."""
        there = {frozenset(loop) for loop in self._loops(before, day)}
        return next((loop for loop in self._loops(after, day) if frozenset(loop) not in there), ())

    def _loops(self, acting: Mapping[str, Sequence[Acting]], day: str) -> list[tuple[str, ...]]:
        order = Order(
            self.after.staff,
            self.tree,
            self.after.heads,
            [one for known in acting.values() for one in known if one.covers(day)],
            [one for one in self.before.delegations if one.covers(day)],
        )
        return assessor_loops({nip: rater.nip for nip, rater in order.raters().items()})

    def tell_of_heads(self) -> None:
        """Tell where a Plt. leads a unit that has a head: by a row of the files, or since the head is new."""
        day = self.today.isoformat()
        rows = {(new.unit_code, new.nip): claim.row for claim, _old, new in self.settled}
        for code, known in self.now.items():
            head = self.after.staff.get(self.after.heads.get(code, ""))
            unit = self.after.units.get(code)
            if head is None or unit is None or not is_appraised(head.status):
                continue
            if title_kind(head.position or "") or not leads_unit(head.position or "", unit.name):
                continue
            for one in known:
                row = rows.get((code, one.nip))
                fresh = row is not None or self.before.heads.get(code) != head.nip
                if fresh and one.kind == "plt" and one.nip != head.nip and (one.ends is None or one.ends >= day):
                    name = self.after.staff[one.nip].display_name
                    self.problems.append(
                        acting_problems.ACTING_BESIDE_HEAD.at(
                            Place() if row is None else row.place("nip"),
                            field="unit_code",
                            value=code,
                            unit=unit.name,
                            name=name,
                            head=head.display_name,
                        )
                    )

    def _tell(
        self, kind: ProblemKind, row: RosterRow, person: Employee, name: str, value: object, /, **facts: object
    ) -> None:
        self.problems.append(_about(kind, row, person, name, value, **facts))

    def _refuse(
        self, kind: ProblemKind, row: RosterRow, person: Employee, name: str, value: object, /, **facts: object
    ) -> None:
        """Tell an error, by which the row is not taken."""
        self._tell(kind, row, person, name, value, **facts)
        self.refused += kind.severity is Severity.ERROR


def _continued(known: Acting, claim: _Claim) -> Acting:
    """An appointment that is known, with what a row says of it: an earlier first day, a last day, the kind.

    A later first day is that of an appointment made longer: who acts does so since the day that is known.
    """
    row, new = claim.row, claim.acting
    starts = min(known.starts, new.starts) if claim.dated else known.starts
    told = row.acting is not None and row.acting.kind is not None
    ends = known.ends if row.span_end is None else row.span_end
    return Acting(known.unit_code, starts, known.nip, new.kind if told else known.kind, ends)


def _meet(one: Acting, other: Acting) -> bool:
    """Whether two appointments have a day in common."""
    return not (
        (one.ends is not None and one.ends < other.starts) or (other.ends is not None and other.ends < one.starts)
    )


def _about(
    kind: ProblemKind, row: RosterRow, person: Employee, name: str, value: object, /, **facts: object
) -> Problem:
    """A problem of a row, with the person it is about."""
    return kind.at(row.place(name), field=name, value=value, name=person.display_name, nip=person.nip, **facts)
