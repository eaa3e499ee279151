"""A practice agency: an invented city government to learn, demonstrate and measure with.

The same seed and size give the same agency, person for person, on every machine.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from kinerja_cli.actions.practice_awkward import Awkward, arrange_awkward_cases
from kinerja_cli.actions.practice_people import PeopleMaker, Person
from kinerja_cli.actions.practice_units import Unit, grow_units, practice_data

__all__ = ["FEWEST_PEOPLE", "Awkward", "Person", "Practice", "Rating", "Unit", "build_practice", "ratings"]

FEWEST_PEOPLE: Final = 150
"""Fewer would not fill the smallest tree of units and all awkward cases."""

NOT_RATED: Final = "-"
"""What stands in place of a rating that has not been given."""

_PEOPLE_PER_UNIT: Final = 15
_CHANGE: Final = 0.4
_CHANGE_OF_YEAR: Final = 0.02
"""How often an annual rating is another: it looks back on the same months."""
_UNAPPRAISED: Final = frozenset({"CLTN", "Pensiun", "Pindah Instansi"})


class Rating(NamedTuple):
    """The two ratings of one person in one period, as machine values; "-" where not yet rated."""

    unit_code: str
    nip: str
    hasil: str
    perilaku: str


@dataclass(frozen=True, slots=True)
class Practice:
    """An agency: its units (the agency itself first, parents before children) and its people.

    `awkward` lists who has what awkward about them; `heads` has the head of every unit that has one.
    """

    seed: int
    code: str
    name: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    awkward: tuple[tuple[str, Awkward], ...]
    heads: Mapping[str, str]
    units_by_code: Mapping[str, Unit]

    def unit(self, code: str) -> Unit:
        """The unit of a code."""
        return self.units_by_code[code]

    def organisations(self) -> dict[str, str]:
        """For every unit the organisation (perangkat daerah) it belongs to, by code."""
        root = self.units[0].code
        belongs = {root: root}
        for unit in self.units[1:]:
            belongs[unit.code] = unit.code if unit.parent_code == root else belongs[unit.parent_code or root]
        return belongs


def build_practice(*, seed: int = 2026, people: int = 600) -> Practice:
    """The agency of a seed and a size; about one unit for every 15 people."""
    if people < FEWEST_PEOPLE:
        raise ValueError(f"a practice agency needs at least {FEWEST_PEOPLE} people")
    data = practice_data()
    rng = random.Random(seed)
    units = grow_units(rng, people // _PEOPLE_PER_UNIT)
    maker = PeopleMaker(rng)
    staff = [maker.head(unit) for unit in units if unit.head]
    staffed = [unit for unit in units if unit.place]
    weights = list(accumulate(data["places"][unit.place] for unit in staffed))
    staff += [maker.member(unit) for unit in rng.choices(staffed, cum_weights=weights, k=people - len(staff))]
    awkward = arrange_awkward_cases(units, staff, maker)
    rng.shuffle(staff)
    return Practice(
        seed=seed,
        code=data["agency"]["code"],
        name=data["agency"]["name"],
        units=units,
        people=tuple(staff),
        awkward=awkward,
        heads={person.unit_code: person.nip for person in staff if person.leads},
        units_by_code={unit.code: unit for unit in units},
    )


def ratings(practice: Practice, period_code: str) -> list[Rating]:
    """Ratings of everyone who is appraised, in a period; two or three people are not yet rated.

    Most people keep much the same ratings from period to period.
    """
    mix = practice_data()["ratings"]["mix"]
    pairs = [(hasil, perilaku) for hasil, perilaku, _weight in mix]
    weights = list(accumulate(weight for _hasil, _perilaku, weight in mix))
    usual = random.Random(f"{practice.seed} ratings")
    now = random.Random(f"{practice.seed} {period_code}")
    change = _CHANGE if "-" in period_code else _CHANGE_OF_YEAR
    appraised = [person for person in practice.people if person.status not in _UNAPPRAISED]
    waiting = {person.nip for person in now.sample(appraised, now.randint(2, 3))}
    found = []
    for person in appraised:
        pair = usual.choices(pairs, cum_weights=weights)[0]
        if now.random() < change:
            pair = now.choices(pairs, cum_weights=weights)[0]
        hasil, perilaku = (NOT_RATED, NOT_RATED) if person.nip in waiting else pair
        found.append(Rating(person.unit_code, person.nip, hasil, perilaku))
    return found
