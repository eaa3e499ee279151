"""What a period comes to: how many people of each group have which predikat, and how many have none yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from gettext import gettext as _

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one unit, rank or the like; `rated` is the sum of `counts`, which counts no unrated.

    `left` are those who were out before the end of the period; they are among the others only where they count.
    """

    key: str | None
    label: str
    staff: int = 0
    rated: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    left: int = 0

    @property
    def unrated(self) -> int:
        """How many still wait for a rating."""
        return self.staff - self.rated


def summarise(counts: Iterable[tuple[str | None, str, str | None, int]]) -> tuple[Group, ...]:
    """Groups ordered by label from counted (key, label, predikat, people); without a predikat is not rated.

    Groups of one label and different keys stay apart: many units are called SUBBAGIAN UMUM.
    """
    tallies: dict[tuple[str | None, str], dict[str | None, int]] = {}
    for key, label, predikat, people in counts:
        tally = tallies.setdefault((key, label), {})
        tally[predikat] = tally.get(predikat, 0) + people
    groups = [_group(key, label, tally) for (key, label), tally in tallies.items()]
    return tuple(sorted(groups, key=lambda group: (group.label.casefold(), group.key or "")))


def total(groups: Iterable[Group]) -> Group:
    """All groups as one."""
    tally: dict[str | None, int] = {}
    for group in groups:
        tally[None] = tally.get(None, 0) + group.unrated
        for predikat, people in group.counts.items():
            tally[predikat] = tally.get(predikat, 0) + people
    return _group(None, _("Total"), tally)


def share(n: int, of: int) -> Decimal | None:
    """What part of all that is, in percent to one decimal, half up; None of nobody.

    >>> share(1, 8), share(1, 0)
    (Decimal('12.5'), None)
    """
    return (Decimal(n) * 100 / Decimal(of)).quantize(_TENTH, ROUND_HALF_UP) if of else None


def _group(key: str | None, label: str, tally: Mapping[str | None, int]) -> Group:
    counts = {predikat: people for predikat, people in tally.items() if predikat is not None and people}
    return Group(key, label, sum(tally.values()), sum(counts.values()), counts)
