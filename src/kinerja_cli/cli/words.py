"""The words that tables and workbooks print for the values of enumerations, in the user's language."""

from gettext import gettext as _

from kinerja_cli.domain.feedback import Aspect, Giver, Tone, feedback_label
from kinerja_cli.domain.personnel import (
    EMPLOYMENT_LABELS,
    POSITION_TYPE_LABELS,
    SEX_LABELS,
    STATUS_LABELS,
)
from kinerja_cli.errors import N_

RATING_LABELS = {
    "diatas": N_("Diatas Ekspektasi"),
    "sesuai": N_("Sesuai Ekspektasi"),
    "dibawah": N_("Dibawah Ekspektasi"),
}
"""The regulation's own words, the same in both languages."""

PREDIKAT_LABELS = {
    "sangat_baik": N_("Sangat Baik"),
    "baik": N_("Baik"),
    "butuh_perbaikan": N_("Butuh Perbaikan"),
    "kurang": N_("Kurang"),
    "sangat_kurang": N_("Sangat Kurang"),
}
"""From best to worst."""


def _spoken(labels: dict[str, str]) -> dict[object, str]:
    return {value: _(label) for value, label in labels.items()}


def rating_labels() -> dict[object, str]:
    """Ratings of hasil and perilaku."""
    return _spoken(RATING_LABELS)


def predikat_labels() -> dict[object, str]:
    """The five predikat."""
    return _spoken(PREDIKAT_LABELS)


def employments() -> dict[object, str]:
    """Kinds of employment."""
    return _spoken(EMPLOYMENT_LABELS)


def position_types() -> dict[object, str]:
    """Kinds of position."""
    return _spoken(POSITION_TYPE_LABELS)


def standings() -> dict[object, str]:
    """What people's legal standing comes to."""
    return _spoken(STATUS_LABELS)


def sexes() -> dict[object, str]:
    """Men and women."""
    return _spoken(SEX_LABELS)


def feedback_words() -> dict[object, str]:
    """Givers, aspects and tones of feedback."""
    return {str(word): feedback_label(word) for kind in (Giver, Aspect, Tone) for word in kind}
