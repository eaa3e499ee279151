"""Which units the recaps are of, whom they should therefore have, and whether a person stands in the right one.

A recap bears the name of a unit penilaian, which may be the satuan kerja, a unit above it or one below it. Names
repeat in an agency, so of several units of one name the one whose people stand in the recap is meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from kinerja_cli.domain.recaps import RecapEntry
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.units import UnitTree

_NEARLY = 0.8
_CODED = re.compile(r"^[\d.]+ ?[-–] ?")
_BETWEEN = re.compile(r"\s*[›>|;,/]\s*|\s+[-–]\s+")
_MOST = 2
"""Most people of a unit stand somewhere if so many times as many are at least all of them."""

_CLEARLY = 2
"""A unit is meant rather than its namesake if so many times more people of it stand in the recap."""


@dataclass(slots=True)
class RecapPart:
    """The rows of one sheet that bear one unit's name; `codes` are the units meant, none where it is unknown."""

    label: str
    first: RecapEntry
    nips: list[str] = field(default_factory=list)
    codes: frozenset[str] = frozenset()


class RecapUnits:
    """The units that recaps are of, beside the units of the store.

    `unit_of` has the units of the people who take part; a recap may also bear the name of the whole `agency`.
    """

    def __init__(
        self, entries: Iterable[RecapEntry], unit_of: Mapping[str, str | None], tree: UnitTree, agency: str
    ) -> None:
        self.tree = tree
        self._agency = fold(agency)
        self._lines: dict[str | None, tuple[str, ...]] = {}
        self._agreeing: dict[tuple[int, str], bool] = {}
        self._by_name: dict[str, list[str]] = {}
        for unit in tree.units.values():
            self._by_name.setdefault(fold(unit.name), []).append(unit.code)
        self._parts: dict[tuple[int, str], RecapPart] = {}
        for entry in entries:
            key = (id(entry.source), entry.unit)
            part = self._parts.get(key)
            if part is None:
                part = self._parts[key] = RecapPart(entry.unit, entry)
            if entry.nip is not None:
                part.nips.append(entry.nip)
        for part in self._parts.values():
            part.codes = self._meant(part, Counter(unit_of.get(nip) for nip in part.nips))
        self._part_of: dict[str, RecapPart] = {}
        for part in self._parts.values():
            for code in part.codes:
                self._part_of.setdefault(code, part)
        self.named = frozenset(self._part_of)
        """The units that recaps name."""
        nowhere = {nip for part in self._parts.values() if not part.codes for nip in part.nips}
        there = Counter(unit_of[nip] for nip in nowhere if nip in unit_of)
        whole = Counter(unit_of.values())
        self.unplaced = frozenset(
            code for code, count in there.items() if code is not None and count * _MOST >= whole[code]
        )
        """The units of which most people stand in recaps that bear no name, or one that no unit has."""

    def line(self, code: str | None) -> tuple[str, ...]:
        """The codes of a unit and of those above it, the unit itself first."""
        line = self._lines.get(code)
        if line is None:
            line = self._lines[code] = tuple(one.code for one in self.tree.line(code))
        return line

    def part_of(self, entry: RecapEntry) -> RecapPart:
        """The part of the recaps that a row belongs to."""
        return self._parts[id(entry.source), entry.unit]

    def unknown(self) -> list[list[RecapPart]]:
        """The parts that bear a name no unit has, those of one name together."""
        named: dict[str, list[RecapPart]] = {}
        for part in self._parts.values():
            if part.label and not part.codes:
                named.setdefault(fold(part.label), []).append(part)
        return [*named.values()]

    def nearest(self, part: RecapPart) -> str | None:
        """The name of the unit that a part of unknown name may be of."""
        near = get_close_matches(fold(part.label), self._by_name, n=1, cutoff=_NEARLY)
        return self.tree.units[self._by_name[near[0]][0]].name if near else None

    def agrees(self, code: str | None, part: RecapPart) -> bool:
        """Whether somebody of a unit may stand in a part: it is of that unit, or of one above or below it."""
        if code is None or not part.codes:
            return True
        key = (id(part), code)
        agreeing = self._agreeing.get(key)
        if agreeing is None:
            below = any(code in self.line(meant) for meant in part.codes)
            agreeing = self._agreeing[key] = below or not part.codes.isdisjoint(self.line(code))
        return agreeing

    def covers(self, code: str | None) -> bool:
        """Whether the people of a unit should stand in the recaps."""
        return code in self.unplaced or not self.named.isdisjoint(self.line(code))

    def part_for(self, code: str | None) -> RecapPart | None:
        """The part in which somebody of a covered unit is looked for first: that of the nearest unit."""
        return next((self._part_of[above] for above in self.line(code) if above in self._part_of), None)

    def untouched(self, code: str | None, touched: frozenset[str]) -> str | None:
        """The highest unit on the way down to a unit, beneath those that recaps name, that nothing touches."""
        way = [*reversed(self.line(code))]
        start = next((at for at, above in enumerate(way) if above in self.named), -1)
        return next((below for below in way[start + 1 :] if below not in touched), None)

    def above(self, codes: Iterable[str | None]) -> frozenset[str]:
        """Some units and all those above them."""
        return frozenset(above for code in set(codes) for above in self.line(code))

    def _meant(self, part: RecapPart, people: Mapping[str | None, int]) -> frozenset[str]:
        """The units that a part can be of, by its name and by whose people stand in it."""
        candidates = self._called(part.label)
        if not candidates and self._agency and self._agency == fold(_CODED.sub("", part.label)):
            return frozenset(unit.code for unit in self.tree.units.values() if unit.parent_code is None)
        if len(candidates) < 2:
            return frozenset(candidates)
        counts = Counter({code: self._standing(code, people) for code in candidates})
        (best, most), (_second, fewer), *_rest = counts.most_common()
        if most >= max(1, fewer * _CLEARLY):
            return frozenset((best,))
        return frozenset(code for code, count in counts.items() if count) or frozenset(candidates)

    def _standing(self, code: str, people: Mapping[str | None, int]) -> int:
        """How many people stand in a unit or one below it; those of the units above where there are none."""
        above = set(self.line(code))
        within = sum(count for unit, count in people.items() if code in self.line(unit))
        return within or sum(count for unit, count in people.items() if unit in above)

    def _called(self, label: str) -> Sequence[str]:
        """The units of that name: bare, after a code, or with those above it."""
        if label in self.tree.units:
            return (label,)
        for written in (label, _CODED.sub("", label)):
            if found := self._by_name.get(fold(written)):
                return found
        names = [fold(name) for name in _BETWEEN.split(label) if name.strip()]
        lines = {code: self.line(code) for name in names[:1] + names[-1:] for code in self._by_name.get(name, ())}
        return [code for code, line in lines.items() if set(names) <= {fold(self.tree.units[one].name) for one in line}]
