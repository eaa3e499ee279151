"""Look for ratings that something recorded since would have made another's: a move, a changed result."""

from collections.abc import Iterator

from kinerja_cli.domain import check_problems as kinds
from kinerja_cli.domain.check_facts import Checked, Facts, Flaw, about_person, how_to_rate


def moved_since_rated(facts: Facts) -> Iterator[Flaw]:
    """Whose row in an open period is not where, or not of whom, the rules say by now."""
    for one in facts.parts:
        if facts.is_open and one.predikat is not None and one.now is not None and not (one.stands or one.out):
            unit, assessor = one.now
            yield about_person(
                facts,
                kinds.MOVED_SINCE_RATED,
                one,
                unit_kept=facts.unit_name(one.unit_code),
                unit_now=facts.unit_name(unit),
                assessor_now=assessor,
                how=how_to_rate(facts, one),
            )


def carried_differs(facts: Facts) -> Iterator[Flaw]:
    """Whose result was carried over from one that is another by now."""
    for one in facts.parts:
        if one.ratings is None or one.carried in (None, one.ratings):
            continue
        if not (one.stands or one.out):
            yield about_person(
                facts,
                kinds.CARRIED_DIFFERS,
                one,
                known=facts.labels(one.ratings),
                source=one.carried_from,
                now=facts.labels(one.carried or ()),
                how=_first(facts, one),
            )


def _first(facts: Facts, one: Checked) -> str:
    """What the command needs besides; in a closed period it is opened again first."""
    how = how_to_rate(facts, one)
    return how if facts.is_open else f"{how}` after `kinerja period reopen {facts.period} --reason TEXT"
