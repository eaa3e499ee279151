"""Who rates whom on one day: the assessor (pejabat penilai) of each person, and by which rule.

PermenPANRB 6/2022 Pasal 1 (9) and Lampiran IV.A make the direct superior the assessor. A roster that names the
assessor is taken at its word; otherwise it is whoever leads the own unit, for the leader whoever leads the
nearest unit above. An acting official leads in the holder's place, authority can be delegated, and the head of
the region, who has no NIP, rates the heads of perangkat daerah and whoever acts at the top.

Who leads several units, also for a time, is rated from above the highest of them. So everybody is rated by somebody
who leads a unit nearer to the top than any of their own, and nobody in the end by themself.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kinerja_cli.domain.history import EVERYBODY, Acting, Delegation, History
from kinerja_cli.domain.personnel import is_appraised, vocabulary
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.errors import N_

REGION_HEAD: Final = "region_head"
"""The rule by which the head of the region rates."""

RULE_LABELS: Final = {
    "roster": N_("named by the roster (PermenPANRB 6/2022 Pasal 1 (9))"),
    "delegation": N_("by delegation of the assessor's authority (PermenPANRB 6/2022 Pasal 1 (9))"),
    "acting": N_("acting head of the unit, Plt. or Plh. (PermenPANRB 6/2022 Lampiran IV.A.5-6)"),
    "unit": N_("head of the own unit (PermenPANRB 6/2022 Pasal 1 (9))"),
    "above": N_("head of the nearest unit above (PermenPANRB 6/2022 Pasal 1 (9))"),
    REGION_HEAD: N_("head of the region, Kepala Daerah (PermenPANRB 6/2022 Lampiran IV.A.12)"),
    "none": N_("nobody: the roster names none, and no unit above has a head in service"),
}
"""Every rule in words, with its source."""


class Rater(NamedTuple):
    """Who rates, by which rule; no NIP where it is the head of the region, or nobody."""

    nip: str | None
    rule: str


@dataclass(slots=True)
class Order:
    """Who rates whom, out of how things are on one day; `heads` are the holders of posts, by unit."""

    staff: Mapping[str, Employee]
    tree: UnitTree
    heads: Mapping[str, str]
    acting: Sequence[Acting] = ()
    delegations: Sequence[Delegation] = ()
    _leaders: dict[str, str] = field(init=False)
    _stands_in: dict[str, list[str]] = field(init=False)
    _delegates: dict[tuple[str, str], str] = field(init=False)
    _of_unit: dict[str | None, Rater] = field(init=False)
    _highest: dict[str, tuple[int, bool, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._leaders = {code: nip for code, nip in self.heads.items() if self._serves(nip)}
        self._stands_in = {}
        for one in self.acting:
            if self._serves(one.nip):
                self._leaders[one.unit_code] = one.nip
                self._stands_in.setdefault(one.nip, []).append(one.unit_code)
        self._delegates = {(one.assessor_nip, one.ratee): one.delegate_nip for one in self.delegations}
        self._of_unit = {}
        self._highest = {}
        for code, nip in (*self.heads.items(), *self._leaders.items()):
            # An absent holder stays one. Of two at one height the one acted in counts: its work is reported there.
            led = (self.tree.level(code), code not in self._stands_in.get(nip, ()), code)
            if code in self.tree.units and led < self._highest.get(nip, (led[0] + 1, True, "")):
                self._highest[nip] = led

    @property
    def leaders(self) -> Mapping[str, str]:
        """Who leads each unit, acting officials in the place of holders; only people in service."""
        return self._leaders

    def raters(self) -> dict[str, Rater]:
        """The assessor of everybody in service."""
        return {nip: self.rater_of(person) for nip, person in self.staff.items() if is_appraised(person.status)}

    def rater_of(self, person: Employee) -> Rater:
        """The assessor of one person, who need not be in service any more; never the person themself."""
        rater = self._by_rule(person)
        if rater.nip is None:
            named = person.assessor_nip if person.assessor_rule == "roster" else None
            return rater if named is None else self._handed_on(named, person) or rater
        return self._handed_on(rater.nip, person) or rater

    def superior_of(self, rater: Rater, person: Employee) -> Rater:
        """The assessor's own superior (atasan pejabat penilai), who rates where the assessor does not in time.

        Where the assessor is not known any more, whoever leads the nearest unit above that of the person. It is never
        the person themself.
        """
        assessor = self.staff.get(rater.nip or person.assessor_nip or "")
        if assessor is not None:
            return self.above(assessor, (person.nip,))
        if rater.rule == REGION_HEAD:
            return Rater(None, rater.rule)
        found = self._leading(self.tree.line(person.unit_code)[1:])
        return self.above(person) if found.nip == person.nip else found

    def above(self, assessor: Employee, involved: Collection[str] = ()) -> Rater:
        """Who stands above an assessor; whoever is `involved` is passed over for the next one up."""
        passed: set[str] = set()
        at = assessor
        while at.nip not in passed:
            passed.add(at.nip)
            found = self.rater_of(at)
            if found.nip is None or (found.nip not in involved and found.nip not in passed):
                return found
            at = self.staff[found.nip]
        return Rater(None, "none")

    def _by_rule(self, person: Employee) -> Rater:
        """The assessor before anything is delegated."""
        words = vocabulary()
        top = person.position_type in words.by_region_head
        if person.assessor_rule == "roster":
            named = person.assessor_nip
            if named is None or named == person.nip or not self._serves(named):
                return Rater(None, REGION_HEAD if top and named is None else "roster")
            if not self._acts_above(person, self.staff[named]):
                return Rater(named, "roster")
        if top:
            return Rater(None, REGION_HEAD)
        if person.nip not in self._highest:
            if person.unit_code not in self._of_unit:
                self._of_unit[person.unit_code] = self._leading(self.tree.line(person.unit_code), own=True)
            return self._of_unit[person.unit_code]
        _level, definitive, code = self._highest[person.nip]
        above = self.tree.line(code)[1:]
        if not above and (not definitive or person.position_type in words.alone_by_region_head):
            return Rater(None, REGION_HEAD)
        return self._leading(above)

    def _acts_above(self, person: Employee, named: Employee) -> bool:
        """Whether somebody came, by acting, to stand above the assessor whom the roster names for them."""
        return named.assessor_rule != "roster" and self._by_rule(named) == Rater(person.nip, "acting")

    def _leading(self, line: Sequence[Unit], *, own: bool = False) -> Rater:
        """Who leads the first unit of a line that anybody leads; `own` says that the line begins with the own unit."""
        for at, unit in enumerate(line):
            nip = self._leaders.get(unit.code)
            if nip is not None:
                if unit.code in self._stands_in.get(nip, ()):
                    return Rater(nip, "acting")
                return Rater(nip, "unit" if own and at == 0 else "above")
        return Rater(None, "none")

    def _handed_on(self, assessor: str, person: Employee) -> Rater | None:
        """Whom an assessor handed the rating of a person to; None where to nobody in service whom they do not rate."""
        for delegate in self._delegates_of(assessor, person.nip):
            if delegate != person.nip and self._serves(delegate) and not self._may_rate(person.nip, delegate):
                return Rater(delegate, "delegation")
        return None

    def _delegates_of(self, assessor: str, ratee: str) -> Iterator[str]:
        """Whom an assessor handed the rating of somebody to: for them alone, then for all."""
        if self._delegates:
            for key in ((assessor, ratee), (assessor, EVERYBODY)):
                if key in self._delegates:
                    yield self._delegates[key]

    def _may_rate(self, nip: str, ratee: str) -> bool:
        """Whether somebody rates another by rule, or by delegation."""
        person = self.staff[ratee]
        assessor = self._by_rule(person).nip or person.assessor_nip or ""
        return nip == assessor or nip in self._delegates_of(assessor, ratee)

    def _serves(self, nip: str | None) -> bool:
        """Whether the NIP is somebody in service."""
        person = self.staff.get(nip or "")
        return person is not None and is_appraised(person.status)


def order_on(history: History, tree: UnitTree, day: str, *, staff: Mapping[str, Employee] | None = None) -> Order:
    """Who rates whom on a day; `staff` are people as they count where that is another day."""
    return Order(
        history.staff_on(day) if staff is None else staff,
        tree,
        history.heads_on(day),
        [one for one in history.acting if one.covers(day)],
        [one for one in history.delegations if one.covers(day)],
    )
