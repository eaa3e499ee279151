"""People by their names: who may be meant where a number does not say it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import fold

_MOST: Final = 3
_NEAR: Final = 0.85
_LOOKS: Final = 20
"""Looking for near names goes through everybody, so it is done for this many names and then no more."""


class Namesakes:
    """Everybody by name, for proposals: a name alone never decides who somebody is."""

    def __init__(self, people: Iterable[Employee]) -> None:
        self._people = people
        self._named: dict[str, list[Employee]] = {}
        self._near: dict[str, tuple[Employee, ...]] = {}

    def meant(self, name: str) -> tuple[Employee, ...]:
        """The people a name can mean, a few at most: those who bear it, else those who nearly do."""
        wanted = _bare(name)
        if not wanted:
            return ()
        if not self._named:
            for person in self._people:
                self._named.setdefault(fold(person.name), []).append(person)
        bearers = self._named.get(wanted)
        return self._nearly(wanted) if bearers is None else tuple(bearers[:_MOST])

    def _nearly(self, wanted: str) -> tuple[Employee, ...]:
        if wanted not in self._near and len(self._near) < _LOOKS:
            near = get_close_matches(wanted, self._named, n=1, cutoff=_NEAR)
            self._near[wanted] = tuple(self._named[near[0]][:_MOST]) if near else ()
        return self._near.get(wanted, ())


def _bare(name: str) -> str:
    """A name as it is compared: without titles.

    >>> _bare("Dr. Ani  Lestari, S.E.")
    'ANI LESTARI'
    """
    return fold(split_titles(name)[1])
