"""The units of the practice agency: a small city government that grows with its staff."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the tree. `head` is the post that leads it, empty where nobody does."""

    code: str
    name: str
    parent_code: str | None
    depth: int
    head: str
    echelon: str
    place: str


@lru_cache(maxsize=1)
def practice_data() -> dict[str, Any]:
    """Names, posts and units the agency is put together from."""
    text = resources.files("kinerja_cli.actions").joinpath("practice.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def grow_units(rng: random.Random, wanted: int) -> tuple[Unit, ...]:
    """A tree of at least the base units, parents before their children, grown until there are `wanted`."""
    data = practice_data()
    plan = data["units"]
    tree = _Tree(rng, data["agency"]["name"])
    tree.attach(plan["base"], tree.root)
    for name in plan["further"]:
        if len(tree.units) >= wanted:
            break
        tree.attach(plan["organisation"], tree.root, name=name)
    education, health = (tree.named(f"DINAS {name}") for name in ("PENDIDIKAN", "KESEHATAN"))
    districts = plan["district_names"]
    for number in count():
        if len(tree.units) >= wanted:
            break
        round_, index = divmod(number, len(districts))
        name = districts[index] + (f" {round_ + 1}" if round_ else "")
        for rows, parent in (
            (plan["district"], tree.root),
            (plan["district_health"], health),
            (plan["district_schools"], education),
        ):
            tree.attach(rows, parent, name=name, n=str(number + 1))
    kept = max(wanted, len(plan["base"]) + 1)
    return tuple(tree.units[:kept])


class _Tree:
    """Units as they are added, the agency itself first."""

    def __init__(self, rng: random.Random, agency: str) -> None:
        self._rng = rng
        self.root = Unit(self._code(), agency, None, 0, "", "", "")
        self.units = [self.root]

    def named(self, name: str) -> Unit:
        """The first unit of a name."""
        return next(unit for unit in self.units if unit.name == name)

    def attach(self, rows: Sequence[Sequence[Any]], parent: Unit, **words: str) -> None:
        """Add rows of the plan under a unit; a row is a child of the last one a step less deep."""
        line = {rows[0][0] - 1: parent}
        for depth, name, head, echelon, place in rows:
            above = line[depth - 1]
            unit = Unit(
                self._code(),
                name.format(**words),
                above.code,
                above.depth + 1,
                head.format(**words),
                echelon,
                place,
            )
            line[depth] = unit
            self.units.append(unit)

    def _code(self) -> str:
        """An identifier as SIASN gives its units."""
        return f"{self._rng.getrandbits(128):032X}"
