"""What `check` looks at, and how what it finds is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from gettext import gettext as _

from kinerja_cli.domain.history import Delegation
from kinerja_cli.domain.rating_order import Rater
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Place, Problem, ProblemKind

Ratings = tuple[object, ...]
"""What was given, whatever the regulation asks for: two ratings, or two values."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One rule broken, of whom or of which unit."""

    problem: Problem
    nip: str | None = None
    unit_code: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One person's part in the period that is looked at; `entered` is when the rating was typed, where it was.

    `entitled` may rate beside the assessor, `expected` is the predikat that the ratings give, `before` the ratings of
    the period before of the same kind, and `parts` what the parts of a year came to. `late` is a rating by the
    superior; `superior_known` is whether the rules say who could give one. `stands` says that nobody can give the
    rating anew. `now` are the unit and the assessor by name that the rules give by now, where they are others than the
    row has; `carried` are the ratings by now of the period that the result was `carried_from`.
    """

    nip: str
    name: str
    unit_code: str | None
    assessor_nip: str | None
    assessor_rule: str | None = None
    ratings: Ratings | None = None
    predikat: str | None = None
    expected: str | None = None
    note: str | None = None
    rated_by: str | None = None
    entitled: frozenset[str] = frozenset()
    out: bool = False
    entered: datetime | None = None
    before: Ratings | None = None
    parts: Mapping[str, str | None] = field(default_factory=dict)
    objection_open: bool = False
    late: bool = False
    superior_known: bool = True
    stands: bool = False
    now: tuple[str | None, str] | None = None
    carried_from: str | None = None
    carried: Ratings | None = None


@dataclass(frozen=True, slots=True)
class PatternFound:
    """What a unit's predikat are beside the pattern of its organisation predikat; `finding` is a sentence.

    `outdated` says that there is a justification, given for other findings.
    """

    unit_code: str
    finding: str
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is looked at: people and who rates them today, and the period where one is named.

    `members` are those in service while the period ran; `without_organisation` the units for which no
    organisation predikat is found; `last` the code of the period before; `window_over` says whether ratings
    should all be there; `closed_to_assessors` that the assessor's ratings are only taken with their day;
    `region_head` is the head of the region by name; `delegations` are those in force; `is_open` says whether the
    period can be rated in.
    """

    staff: Mapping[str, Employee]
    raters: Mapping[str, Rater]
    tree: UnitTree
    leaders: Mapping[str, str]
    period: str | None = None
    parts: Sequence[Checked] = ()
    members: Sequence[str] = ()
    without_organisation: Sequence[str] = ()
    patterns: Sequence[PatternFound] = ()
    last: str | None = None
    labels: Callable[[Ratings], str] = str
    window_over: bool = True
    closed_to_assessors: bool = False
    region_head: str = ""
    delegations: Sequence[Delegation] = ()
    is_open: bool = True

    def with_patterns(self, patterns: Sequence[PatternFound]) -> "Facts":
        """The same with what was found about distributions."""
        return replace(self, patterns=patterns)

    def name(self, nip: str | None) -> str:
        """Somebody by name; the NIP where nobody is known by it, and "nobody" of none."""
        person = self.staff.get(nip or "")
        return person.display_name if person else nip or _("nobody")

    def unit_name(self, code: str | None) -> str:
        """A unit by its path."""
        return self.tree.path(code) or code or "-"


def flaw(facts: Facts, kind: ProblemKind, *, nip: str | None = None, unit: str | None = None, **said: object) -> Flaw:
    """One flaw, of a person or a unit, with the words its sentences need."""
    words: dict[str, object] = {
        "nip": nip,
        "unit": unit,
        "unit_name": facts.unit_name(unit),
        "period": facts.period,
        "name": facts.name(nip),
    }
    value = nip or unit
    return Flaw(Problem(kind, Place(), None, value, words | said), nip, unit, facts.period)


def about_person(facts: Facts, kind: ProblemKind, one: Checked, **said: object) -> Flaw:
    """A flaw about one person's part."""
    return flaw(facts, kind, nip=one.nip, unit=one.unit_code, **({"name": one.name} | said))


def how_to_rate(facts: Facts, one: Checked) -> str:
    """What a command that rates somebody anew needs besides, on the day that is looked at."""
    if one.late:
        return " --late"
    return " --rated-on DATE" if facts.closed_to_assessors else ""
