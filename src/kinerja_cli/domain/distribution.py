"""Whether the predikat of a unit's people follow the pattern of its organisation predikat, and what would make them.

SE MenPANRB 3/2023 gives shares; what a unit of so many people may have is counted in heads. Whatever is found is a
warning or a note: the pattern is guidance, and changes nobody's predikat.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from gettext import gettext as _
from math import ceil, floor
from operator import itemgetter
from typing import Final

from kinerja_cli.domain.appraisal import round_half_up
from kinerja_cli.domain.organisation_rules import MAJORITY, MAX, MIN, NOBODY, SOME, OrganisationRules, PatternRule
from kinerja_cli.domain.regulation import PREDIKAT
from kinerja_cli.errors import Severity

NO_DATA: Final = "no_data"
NO_ORGANISATION: Final = "no_organisation"
SMALL_UNIT: Final = "small_unit"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know of a distribution; a warning where it breaks the pattern.

    `have` is how many people have one of `predikat`, `allowed` how many of them there may or should be.
    """

    severity: Severity
    rule: str
    have: int
    allowed: int | None
    message: str
    predikat: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other finding of a pattern."""
        return f"{self.rule} {'/'.join(self.predikat)} {self.have} {self.allowed}"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many people of a unit of this size may have one of some predikat."""

    predikat: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Move:
    """So many people whose predikat would have to be another."""

    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True)
class Fit:
    """The fewest people whose predikat would have to differ for the pattern to fit, and what the counts would be.

    Without a number the pattern cannot fit so many people at all.
    """

    changes: int | None
    counts: Mapping[str, int]
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A distribution beside its pattern. `fit` is None where there is no pattern to fit, or nobody."""

    n: int
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]
    fit: Fit | None

    @property
    def fits(self) -> bool:
        """Whether nothing breaks the pattern."""
        return not self.breaches

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """What breaks the pattern, and asks for a justification."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)


def check_distribution(
    counts: Mapping[str, int], organisation: str | None, rules: OrganisationRules, words: Mapping[str, str]
) -> Checked:
    """Compare how many people have each predikat with the pattern; `words` are what people call the predikat.

    People without a predikat are not among the counts: a missing rating is never a rating.
    """
    have = {value: counts.get(value, 0) for value in PREDIKAT}
    n = sum(have.values())
    if n == 0:
        message = _("Nobody is rated yet: there is no data to compare.")
        return Checked(0, (Finding(Severity.NOTE, NO_DATA, 0, None, message),), (), None)
    if organisation is None:
        message = _("No organisation predikat counts for this unit, so there is no pattern to compare with.")
        return Checked(n, (Finding(Severity.NOTE, NO_ORGANISATION, n, None, message),), (), None)
    pattern = rules.patterns[organisation]
    findings = [*_breaches(pattern, have, n, words), *_unlike(pattern, have, n, words)]
    if n < rules.small_unit:
        message = _("The unit is too small: {n} people, fewer than {least}, so shares mean little.")
        message = message.format(n=n, least=rules.small_unit)
        findings.append(Finding(Severity.NOTE, SMALL_UNIT, n, rules.small_unit, message))
    limits = limits_of(pattern, n)
    return Checked(n, tuple(findings), limits, fewest_changes(limits, have))


def limits_of(pattern: Sequence[PatternRule], n: int) -> tuple[Limit, ...]:
    """What a pattern comes to in a unit of `n` people; shares are rounded so that the rule stays as given."""
    limits: dict[tuple[str, ...], Limit] = {}
    for rule in pattern:
        key = tuple(value for value in PREDIKAT if value in rule.predikat)
        old = limits.get(key, Limit(key, 0, n))
        limits[key] = Limit(key, max(old.least, _least(rule, n)), min(old.most, _most(rule, n)))
    return tuple(limits.values())


def fewest_changes(limits: Sequence[Limit], counts: Mapping[str, int]) -> Fit:
    """The fewest people whose predikat would have to differ so that all limits are kept.

    Predikat that count together are filled and emptied together, so the fewest changes are what the over-full
    ones have too many, or what the others lack, whichever is more. Of the ways to do it each step takes the nearest
    predikat, and of two as near the better one.
    """
    have = {value: counts.get(value, 0) for value in PREDIKAT}
    n = sum(have.values())
    bounded = {value for limit in limits for value in limit.predikat}
    groups = [*limits, *(Limit((value,), 0, n) for value in PREDIKAT if value not in bounded)]
    if any(one.least > one.most for one in groups):
        return Fit(None, have)
    if not sum(one.least for one in groups) <= n <= sum(one.most for one in groups):
        return Fit(None, have)
    moves: dict[tuple[str, str], int] = {}
    while (step := _next_step(groups, have)) is not None:
        have[step.before] -= step.people
        have[step.after] += step.people
        pair = (step.before, step.after)
        moves[pair] = moves.get(pair, 0) + step.people
    changed = tuple(Move(before, after, people) for (before, after), people in moves.items())
    return Fit(sum(moves.values()), have, changed)


def _next_step(groups: Sequence[Limit], have: Mapping[str, int]) -> Move | None:
    """The next people to change, as many at once as may; None where all limits are kept."""
    sums = [(one, sum(have[value] for value in one.predikat)) for one in groups]
    over = [(one, people - one.most) for one, people in sums if people > one.most]
    under = [(one, one.least - people) for one, people in sums if people < one.least]
    if not over and not under:
        return None
    # One who leaves a full place for an empty one mends both; else they come from where there are some to spare.
    givers = over or [(one, people - one.least) for one, people in sums if people > one.least]
    takers = under or [(one, one.most - people) for one, people in sums if people < one.most]
    steps = (
        (
            abs(PREDIKAT.index(before) - PREDIKAT.index(after)),
            PREDIKAT.index(after),
            Move(before, after, min(spare, room, have[before])),
        )
        for giver, spare in givers
        for taker, room in takers
        if giver is not taker
        for before in giver.predikat
        if have[before]
        for after in taker.predikat
    )
    return min(steps, key=itemgetter(0, 1))[2]


def _breaches(
    pattern: Sequence[PatternRule], have: Mapping[str, int], n: int, words: Mapping[str, str]
) -> Iterator[Finding]:
    """What breaks the pattern, in its order."""
    for rule in pattern:
        people = sum(have[value] for value in rule.predikat)
        least, most = _least(rule, n), _most(rule, n)
        if least <= people <= most:
            continue
        sentence = {
            MAX: _("{what}: {have} of {n} ({share}%); at most {allowed} may be ({percent}%, {source})."),
            MIN: _("{what}: {have} of {n} ({share}%); at least {allowed} should be ({percent}%, {source})."),
            SOME: _("{what}: {have} of {n}; at least {allowed} should be ({source})."),
            NOBODY: _("{what}: {have} of {n}; nobody should be ({source})."),
        }[rule.kind]
        allowed = most if people > most else least
        yield _finding(Severity.WARNING, rule, people, allowed, n, sentence, words)


def _unlike(
    pattern: Sequence[PatternRule], have: Mapping[str, int], n: int, words: Mapping[str, str]
) -> Iterator[Finding]:
    """What is worth a note: fewer people than one would expect have the predikat that matches the unit's."""
    for rule in pattern:
        people = sum(have[value] for value in rule.predikat)
        if rule.kind == MAJORITY and people < _share(rule, n):
            sentence = _("{what}: {have} of {n} ({share}%); most people are expected there ({source}).")
            yield _finding(Severity.NOTE, rule, people, ceil(_share(rule, n)), n, sentence, words)


def _finding(
    severity: Severity,
    rule: PatternRule,
    people: int,
    allowed: int,
    n: int,
    sentence: str,
    words: Mapping[str, str],
) -> Finding:
    message = sentence.format(
        what="/".join(words[value] for value in rule.predikat),
        have=people,
        n=n,
        share=f"{round_half_up(Fraction(people * 100, n)).normalize():f}",
        allowed=allowed,
        percent=f"{rule.percent.normalize():f}",
        source=rule.source,
    )
    return Finding(severity, rule.kind, people, allowed, message, rule.predikat)


def _share(rule: PatternRule, n: int) -> Fraction:
    return Fraction(rule.percent) * n / 100


def _least(rule: PatternRule, n: int) -> int:
    """How many people a rule asks for."""
    if rule.kind == MIN:
        return ceil(_share(rule, n))
    return rule.people if rule.kind == SOME else 0


def _most(rule: PatternRule, n: int) -> int:
    """How many people a rule lets be."""
    if rule.kind == MAX:
        return floor(_share(rule, n))
    return 0 if rule.kind == NOBODY else n
