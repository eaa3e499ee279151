"""Who takes part in a period, in which unit, rated by whom, and who is out before its end.

All of it follows from the history alone, so that it comes to the same on whichever day it is worked out. A
person counts where they are on the last day of the period. Who rates is decided by how things stand when the
evaluation begins, shortly before that day: an assessor who leaves earlier does not rate, one who leaves within
the window does (PermenPANRB 6/2022 Lampiran IV.A.13-14).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kinerja_cli.domain.history import History
from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.rating_order import Order, Rater, order_on
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a period: as they count in it, who rates them, and from which day they are out, and why.

    `out_reason` is a legal standing (`retired`, `cltn` …), or the words of an exclusion.
    """

    person: Employee
    rater: Rater
    out_on: str | None = None
    out_reason: str | None = None


@dataclass(slots=True)
class Participation:
    """A period beside the history: ISO days from `starts` to `ends`, evaluated from `opens` on, seen on `today`."""

    history: History
    tree: UnitTree
    starts: str
    ends: str
    opens: str
    today: str
    counted_on: str = field(init=False)
    """The day on which people count where they are."""
    rated_on: str = field(init=False)
    """The day whose order of assessors holds."""
    order: Order = field(init=False)
    """Who rates whom."""
    _people: Mapping[str, Employee] = field(init=False)

    def __post_init__(self) -> None:
        self.counted_on = min(self.ends, max(self.today, self.starts))
        self.rated_on = min(self.opens, max(self.today, self.starts))
        self._people = self.history.staff_on(self.counted_on)
        self.order = order_on(self.history, self.tree, self.rated_on, staff=self._as_raters())

    def members(self, day: str, *, gone_since: str | None = None) -> list[str]:
        """The NIP of everybody who was in service on a day, and so takes part in a period opened for it.

        Left out are those of whom it became known on the day `gone_since` that they are gone: rosters that do not
        say since when are most often late, so they do not count as having been there.
        """
        just_gone = {
            nip
            for nip, past in self.history.standings.items()
            if not is_appraised(self.history.staff[nip].status) and _next(max(one.ends for one in past)) == gone_since
        }
        people = self.history.staff_on(day)
        return [nip for nip, person in people.items() if is_appraised(person.status) and nip not in just_gone]

    def parts(self, nips: Iterable[str]) -> Iterator[tuple[str, Part]]:
        """The part of each of some people."""
        for nip in nips:
            person = self._people[nip]
            out_on, reason = self._out(person)
            yield nip, Part(person, self.order.rater_of(person), out_on, reason)

    def was_there(self, nip: str) -> bool:
        """Whether a person was in service on any day of the period so far."""
        since = ""
        for one in sorted(self.history.standings.get(nip, ()), key=lambda one: one.ends):
            if since < self.counted_on and one.ends >= self.starts and is_appraised(one.status):
                return True
            since = one.ends
        return since < self.counted_on and is_appraised(self.history.staff[nip].status)

    def joined_on(self, nip: str) -> str:
        """The first day of the period on which a person was there."""
        came = [one.ends for one in self.history.standings.get(nip, ()) if one.ends < self.counted_on]
        away = [end for end in came if not is_appraised(self.history.person_on(nip, end).status)]
        return max([self.starts, *(_next(end) for end in away)])

    def _as_raters(self) -> Mapping[str, Employee]:
        """People where they count, with the standing they had when the evaluation began."""
        if self.rated_on == self.counted_on:
            return self._people
        people = dict(self._people)
        for nip in self.history.standings:
            status = self.history.person_on(nip, self.rated_on).status
            people[nip] = replace(people[nip], status=status)
        return people

    def _out(self, person: Employee) -> tuple[str | None, str | None]:
        """From which day within the period a person is out, and why."""
        if not is_appraised(person.status):
            before = [one.ends for one in self.history.standings.get(person.nip, ()) if one.ends < self.counted_on]
            first = _next(max(before)) if before else self.starts
            return max(first, self.starts), person.status
        exclusion = self.history.excluded_on(person.nip, self.counted_on)
        if exclusion is not None:
            return max(exclusion.starts, self.starts), exclusion.reason
        return None, None


def _next(day: str) -> str:
    """The day after one."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
