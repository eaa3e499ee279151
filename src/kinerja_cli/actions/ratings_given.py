"""Ratings as they are typed, for one person: two words, or two numbers, and the predikat they come to."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from kinerja_cli.domain.appraisal import (
    MethodMismatch,
    Outcome,
    appraise,
    appraise_numbers,
    parse_number,
)
from kinerja_cli.domain.rating_cells import SPOKEN, hundredths, perhaps_meant
from kinerja_cli.domain.regulation import Regulation, parse_rating, read_regulation
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.periods import StoredPeriod

_OPTIONS = {
    "hasil": "--hasil",
    "perilaku": "--perilaku",
    "skp": "--skp",
    "perilaku_score": "--perilaku-score",
}


class RatingUnknown(KinerjaError):
    """A word is none of the three ratings."""

    code = "rating-unknown"
    exit = Exit.REJECTED

    def __init__(self, what: str, text: str, regulation: Regulation) -> None:
        labels = ", ".join(term.label for term in regulation.ratings)
        super().__init__(
            _("{value} is no rating of {what}{suggestion}.").format(
                value=text, what=what, suggestion=perhaps_meant(regulation, text, regulation.ratings)
            ),
            _("Give one of: {labels}; diatas, sesuai and dibawah will do.").format(labels=labels),
        )


def stored_value(hundredths: object) -> Decimal | None:
    """A value as people know it, from the hundredths that are stored."""
    return Decimal(hundredths).scaleb(-2) if isinstance(hundredths, int) else None


def check_given(given: Mapping[str, str | None]) -> None:
    """Two ratings or two values; what is missing is named."""
    for pair in (("hasil", "perilaku"), ("skp", "perilaku_score")):
        there = [name for name in pair if given[name] is not None]
        if len(there) == 1:
            lacking = next(name for name in pair if name not in there)
            raise UsageError(
                _("The option {option} is missing.").format(option=_OPTIONS[lacking]),
                _("A predikat needs both {first} and {second}.").format(
                    first=_OPTIONS[pair[0]], second=_OPTIONS[pair[1]]
                ),
            )
    if all(value is None for value in given.values()):
        raise UsageError(
            _("The options --hasil and --perilaku are missing."),
            _("Give both ratings; under a numeric regulation give --skp and --perilaku-score."),
        )


def rated_with(
    old: Appraisal, period: StoredPeriod, given: Mapping[str, str | None], *, innovation: bool
) -> tuple[Appraisal, Outcome]:
    """The appraisal with what was given, and how the predikat came about."""
    regulation = read_regulation(period.regulation_text)
    named = {name for name, value in given.items() if value is not None}
    if regulation.numeric is None:
        if named != {"hasil", "perilaku"} or innovation:
            raise MethodMismatch(regulation)
        hasil = _rating(regulation, "hasil", str(given["hasil"]))
        perilaku = _rating(regulation, "perilaku", str(given["perilaku"]))
        outcome = appraise(regulation, hasil, perilaku)
        return replace(old, hasil=hasil, perilaku=perilaku, predikat=outcome.predikat), outcome
    if named != {"skp", "perilaku_score"}:
        raise MethodMismatch(regulation)
    skp, score = parse_number(given["skp"]), parse_number(given["perilaku_score"])
    outcome = appraise_numbers(regulation, skp, score, innovation=innovation, peer_opinion=bool(period.peer_opinion))
    new = replace(
        old,
        skp=hundredths(skp),
        perilaku_score=hundredths(score),
        innovation=int(innovation),
        predikat=outcome.predikat,
    )
    return new, outcome


def _rating(regulation: Regulation, name: str, text: str) -> str:
    """The rating that a word names. Raises RatingUnknown."""
    value = parse_rating(regulation, text)
    if value is None:
        raise RatingUnknown(SPOKEN[name], text, regulation)
    return value
