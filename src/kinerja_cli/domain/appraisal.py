"""From ratings, or from SKP and perilaku values, to a predikat, with every step told.

The predikat is always looked up in the regulation that the period froze. Values are classified exactly as
they are and rounded, half up, only where they are shown.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _
from math import floor

from kinerja_cli.domain.regulation import Band, NumericRules, Regulation
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text
from kinerja_cli.errors import Exit, KinerjaError

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d{1,2})?", re.ASCII)
_PERHAPS_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+", re.ASCII)


class ScoreOutOfRange(KinerjaError):
    """A value lies outside the scale of the regulation."""

    code = "score-out-of-range"
    exit = Exit.REJECTED

    def __init__(self, what: str, score: Decimal, rules: NumericRules) -> None:
        super().__init__(
            _("{what} {score} lies outside the scale from {lowest} to {highest}.").format(
                what=what, score=score, lowest=rules.lowest, highest=rules.highest
            ),
            _("Correct the value; nothing was saved."),
        )


class NumberInvalid(KinerjaError):
    """A text is no number."""

    code = "number-invalid"
    exit = Exit.REJECTED

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a number with at most two decimals.").format(text=text),
            _("Write it like 87, 87,5 or 87.5."),
        )


class NumberAmbiguous(KinerjaError):
    """A text may mean two numbers, since comma and dot are both used for thousands and for decimals."""

    code = "number-ambiguous"
    exit = Exit.REJECTED

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” can be read as thousands or as decimals.").format(text=text),
            _("Write at most two decimals and no separator of thousands, like 87,5 or 1250."),
        )


class MethodMismatch(KinerjaError):
    """Ratings were given where the regulation wants numbers, or the other way round."""

    code = "method-mismatch"
    exit = Exit.REFUSED

    def __init__(self, regulation: Regulation) -> None:
        if regulation.numeric is None:
            hint = _("Give a rating of hasil and one of perilaku.")
        else:
            hint = _("Give a value for SKP and one for perilaku.")
        message = _("{regulation} does not appraise in this way.")
        super().__init__(message.format(regulation=regulation.short), hint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A predikat and how it came about: its cell or band, the article, and each step in words."""

    predikat: str
    cell: str
    source: str
    value: Decimal | None
    steps: tuple[str, ...]


def predikat_of(regulation: Regulation, hasil: str, perilaku: str) -> str:
    """The predikat of two ratings alone: for whole files of them, where nobody reads the steps."""
    if regulation.numeric is not None:
        raise MethodMismatch(regulation)
    return regulation.cells[hasil, perilaku].predikat


def appraise(regulation: Regulation, hasil: str, perilaku: str) -> Outcome:
    """The predikat of two ratings, given as machine values.

    >>> from kinerja_cli.domain.regulation import load_regulation
    >>> appraise(load_regulation("permenpanrb-6-2022"), "diatas", "dibawah").predikat
    'kurang'
    """
    predikat = predikat_of(regulation, hasil, perilaku)
    cell = regulation.cells[hasil, perilaku]
    labels = {
        "hasil": regulation.rating(hasil).label,
        "perilaku": regulation.rating(perilaku).label,
        "predikat": regulation.predikat_label(predikat),
    }
    told = (
        (_("Hasil kerja is rated {hasil} ({source})."), regulation.rating(hasil).source),
        (_("Perilaku kerja is rated {perilaku} ({source})."), regulation.rating(perilaku).source),
        (_("Hasil {hasil} and perilaku {perilaku} give predikat {predikat} ({source})."), cell.source),
    )
    steps = tuple(sentence.format(source=source, **labels) for sentence, source in told)
    return Outcome(predikat, cell.code, cell.source, None, steps)


def appraise_numbers(
    regulation: Regulation, skp: Decimal, perilaku: Decimal, *, innovation: bool, peer_opinion: bool
) -> Outcome:
    """The predikat of two values; `peer_opinion` chooses their weights, `innovation` opens the top predikat.

    >>> from kinerja_cli.domain.regulation import load_regulation
    >>> pp30 = load_regulation("pp-30-2019")
    >>> outcome = appraise_numbers(pp30, Decimal(95), Decimal(90), innovation=False, peer_opinion=False)
    >>> outcome.value, outcome.predikat
    (Decimal('93.5'), 'baik')
    """
    rules = regulation.numeric
    if rules is None:
        raise MethodMismatch(regulation)
    _check_scale("SKP", skp, rules)
    _check_scale("Perilaku", perilaku, rules)
    weights = rules.weights_with_peer_opinion if peer_opinion else rules.weights
    parts = [
        ("SKP", skp, weights.skp, Fraction(skp) * Fraction(weights.skp) / 100),
        ("Perilaku", perilaku, weights.perilaku, Fraction(perilaku) * Fraction(weights.perilaku) / 100),
    ]
    value = sum((part for *_rest, part in parts), Fraction())
    band = next(band for band in rules.bands if value >= band.lowest)
    predikat, source = band.predikat, band.source
    steps = [
        _("{what} {score} × {weight}% = {part} ({source}).").format(
            what=what, score=_plain(score), weight=_plain(weight), part=_plain(part), source=weights.source
        )
        for what, score, weight, part in parts
    ]
    steps.append(
        _("The sum {value} lies in {band}: predikat {predikat} ({source}).").format(
            value=_plain(value),
            band=_band_code(band),
            predikat=regulation.predikat_label(predikat),
            source=source,
        )
    )
    if predikat == rules.innovation.predikat:
        source = rules.innovation.source
        if innovation:
            step = _("A new idea or method is on record, so {predikat} stands ({source}).")
        else:
            predikat = rules.innovation.otherwise
            step = _("Without a new idea or method on record the predikat is {predikat} ({source}).")
        steps.append(step.format(predikat=regulation.predikat_label(predikat), source=source))
    return Outcome(predikat, _band_code(band), source, _decimal(value), tuple(steps))


def parse_number(value: CellValue) -> Decimal:
    """A number as typed or as a cell holds it, with at most two decimals after a comma or a dot.

    What may be meant as thousands, like 1.250, is refused rather than guessed.

    >>> parse_number("87,5"), parse_number("87.5"), parse_number(93.45000000000002)
    (Decimal('87.5'), Decimal('87.5'), Decimal('93.45'))
    """
    # A spreadsheet keeps fifteen digits of a number; what follows is the noise of binary fractions.
    text = f"{value:.15g}" if isinstance(value, float) else clean_text(value)
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if isinstance(value, str) and _PERHAPS_THOUSANDS.fullmatch(text):
        raise NumberAmbiguous(text)
    raise NumberInvalid(text)


def round_half_up(value: Decimal | Fraction | int, places: int = 2) -> Decimal:
    """A value for showing, rounded half up (away from zero) from its exact amount.

    >>> round_half_up(Decimal("28.125")), round_half_up(Fraction(2, 3)), round_half_up(-1, 0)
    (Decimal('28.13'), Decimal('0.67'), Decimal('-1'))
    """
    scaled = Fraction(value) * 10**places
    whole = floor(abs(scaled) + Fraction(1, 2))
    return Decimal(-whole if scaled < 0 else whole).scaleb(-places)


def _check_scale(what: str, score: Decimal, rules: NumericRules) -> None:
    """Refuse what is no value of the scale."""
    if not score.is_finite() or not rules.lowest <= score <= rules.highest:
        raise ScoreOutOfRange(what, score, rules)


def _decimal(value: Fraction) -> Decimal:
    """A weighted sum as Decimal, exact since its parts have finitely many decimals."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _plain(value: Decimal | Fraction) -> str:
    """A number in its shortest plain spelling, without exponent."""
    number = _decimal(value) if isinstance(value, Fraction) else value
    return f"{number.normalize():f}"


def _band_code(band: Band) -> str:
    """How a band is called, its limits included or not as the regulation has them."""
    return f"{_plain(band.lowest)} ≤ nilai {'≤' if band.closed else '<'} {_plain(band.highest)}"
