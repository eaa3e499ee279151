"""Who was where, in which standing, and who led which unit, on any day.

The present is what the roster says; the past is what has ended: each record holds until its last day, and begins
where the one before it ended. So nothing about the present has to be dated, and one look answers for any day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol, TypeVar

from kinerja_cli.domain.placements import Placement
from kinerja_cli.domain.staff import Employee

ABSENT: Final = "absent"
"""The standing of somebody who had not come yet, or was not with the agency."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A legal standing that a person no longer has: `ends` is the last day of it, as ISO text."""

    nip: str
    ends: str
    status: str


@dataclass(frozen=True, slots=True)
class Headship:
    """A unit that a person, or nobody, no longer leads: `ends` is the last day of it, as ISO text."""

    unit_code: str
    ends: str
    nip: str | None


@dataclass(frozen=True, slots=True)
class Acting:
    """An official who leads a unit for a time: Plt. for a vacant post, Plh. for an absent holder.

    Both days are part of it; without `ends` it runs on. PermenPANRB 6/2022 Lampiran IV.A.5-6.
    """

    unit_code: str
    starts: str
    nip: str
    kind: Literal["plt", "plh"]
    ends: str | None = None

    def covers(self, day: str) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Delegation:
    """An assessor's authority handed to another official for a time; for one person (`ratee`), or for all.

    PermenPANRB 6/2022 Pasal 1 (9).
    """

    assessor_nip: str
    ratee: str
    starts: str
    delegate_nip: str
    ends: str | None = None

    def covers(self, day: str) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


EVERYBODY: Final = "*"
"""The ratee of a delegation that is for all whom the assessor rates."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days on which a person is not appraised although in service, and why; without `ends` it runs on."""

    nip: str
    starts: str
    reason: str
    ends: str | None = None

    def covers(self, day: str) -> bool:
        """Whether it is in force on a day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


class _Ended(Protocol):
    @property
    def ends(self) -> str: ...


_Record = TypeVar("_Record", bound=_Ended)


@dataclass(frozen=True, slots=True)
class History:
    """Everything dated that decides who takes part and who rates; `staff` and `heads` are the present."""

    staff: Mapping[str, Employee]
    heads: Mapping[str, str]
    placements: Mapping[str, Sequence[Placement]] = field(default_factory=dict)
    standings: Mapping[str, Sequence[Standing]] = field(default_factory=dict)
    headships: Mapping[str, Sequence[Headship]] = field(default_factory=dict)
    acting: Sequence[Acting] = ()
    delegations: Sequence[Delegation] = ()
    exclusions: Mapping[str, Sequence[Exclusion]] = field(default_factory=dict)

    def staff_on(self, day: str) -> dict[str, Employee]:
        """Everybody as they were on a day: unit, position, assessor and standing of then."""
        moved = self.placements.keys() | self.standings.keys()
        return {nip: self.person_on(nip, day) if nip in moved else one for nip, one in self.staff.items()}

    def person_on(self, nip: str, day: str) -> Employee:
        """One person as they were on a day. Raises KeyError where nobody has the NIP."""
        person = self.staff[nip]
        place = in_force(self.placements.get(nip, ()), day)
        if place is not None:
            person = replace(person, unit_code=place.unit_code, position=place.position or person.position)
        standing = in_force(self.standings.get(nip, ()), day)
        return person if standing is None else replace(person, status=standing.status)

    def heads_on(self, day: str) -> dict[str, str]:
        """Who led each unit on a day, without those acting."""
        heads = dict(self.heads)
        for code, past in self.headships.items():
            ended = in_force(past, day)
            if ended is not None:
                if ended.nip is None:
                    heads.pop(code, None)
                else:
                    heads[code] = ended.nip
        return heads

    def excluded_on(self, nip: str, day: str) -> Exclusion | None:
        """The exclusion that keeps a person out on a day, if any."""
        return next((one for one in self.exclusions.get(nip, ()) if one.covers(day)), None)

    def left_on(self, nip: str) -> str | None:
        """The first day of the standing that a person has now; None where it was never another."""
        past = self.standings.get(nip, ())
        return max((one.ends for one in past), default=None)


def in_force(ended: Iterable[_Record], day: str) -> _Record | None:
    """Of records that have ended the one that held on a day; None where the present held already.

    >>> in_force([Standing("1", "2026-03-31", "active")], "2026-03-31").status
    'active'
    >>> in_force([Standing("1", "2026-03-31", "active")], "2026-04-01") is None
    True
    """
    return min((one for one in ended if one.ends >= day), key=lambda one: one.ends, default=None)
