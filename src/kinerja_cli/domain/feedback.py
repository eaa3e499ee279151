"""Umpan balik: who gives it, what it is about, and whether it praises or complains.

The regulation names pimpinan, rekan kerja, bawahan and pihak lain (Pasal 18); the city counts the public,
masyarakat, apart. Feedback is weighed by the assessor and never turned into a number.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from gettext import gettext as _
from typing import Final, TypeVar

from kinerja_cli.domain.regulation import fold_label
from kinerja_cli.errors import N_


class Giver(StrEnum):
    """Where feedback comes from."""

    PIMPINAN = "pimpinan"
    REKAN = "rekan"
    BAWAHAN = "bawahan"
    MASYARAKAT = "masyarakat"
    PIHAK_LAIN = "pihak_lain"


class Aspect(StrEnum):
    """What feedback is about: hasil kerja, or one of the seven BerAKHLAK values of perilaku kerja."""

    HASIL = "hasil"
    BERORIENTASI_PELAYANAN = "berorientasi_pelayanan"
    AKUNTABEL = "akuntabel"
    KOMPETEN = "kompeten"
    HARMONIS = "harmonis"
    LOYAL = "loyal"
    ADAPTIF = "adaptif"
    KOLABORATIF = "kolaboratif"


class Tone(StrEnum):
    """Whether feedback praises, only tells, or complains."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


Word = TypeVar("Word", bound=StrEnum)

_NEAR = 0.75

_LABELS: Final[Mapping[StrEnum, str]] = {
    Giver.PIMPINAN: N_("Pimpinan"),
    Giver.REKAN: N_("Rekan kerja setingkat"),
    Giver.BAWAHAN: N_("Pegawai di bawahnya"),
    Giver.MASYARAKAT: N_("Masyarakat"),
    Giver.PIHAK_LAIN: N_("Pihak lain"),
    Aspect.HASIL: N_("Hasil kerja"),
    Aspect.BERORIENTASI_PELAYANAN: N_("Berorientasi Pelayanan"),
    Aspect.AKUNTABEL: N_("Akuntabel"),
    Aspect.KOMPETEN: N_("Kompeten"),
    Aspect.HARMONIS: N_("Harmonis"),
    Aspect.LOYAL: N_("Loyal"),
    Aspect.ADAPTIF: N_("Adaptif"),
    Aspect.KOLABORATIF: N_("Kolaboratif"),
    Tone.POSITIVE: N_("Positive"),
    Tone.NEUTRAL: N_("Neutral"),
    Tone.NEGATIVE: N_("Negative"),
}


def feedback_label(word: Giver | Aspect | Tone) -> str:
    """A giver, aspect or tone for people to read, in their language."""
    return _(_LABELS[word])


def parse_giver(text: str) -> Giver | None:
    """The giver a text names, or None.

    >>> parse_giver("Rekan kerja setingkat").value, parse_giver("public").value, parse_giver("tetangga")
    ('rekan', 'masyarakat', None)
    """
    return _GIVERS.get(fold_label(text))


def parse_aspect(text: str) -> Aspect | None:
    """The aspect a text names, or None."""
    return _ASPECTS.get(fold_label(text))


def parse_tone(text: str) -> Tone | None:
    """The tone a text names, or None."""
    return _TONES.get(fold_label(text))


def near_word(text: str, kind: type[Giver] | type[Aspect] | type[Tone]) -> str | None:
    """The label nearest to a misspelt word, in the user's language, or None if none is near.

    >>> near_word("masarakat", Giver), near_word("tetangga", Giver)
    ('Masyarakat', None)
    """
    known: Mapping[str, Giver | Aspect | Tone]
    known = _GIVERS if kind is Giver else _ASPECTS if kind is Aspect else _TONES
    near = get_close_matches(fold_label(text), known, n=1, cutoff=_NEAR)
    return feedback_label(known[near[0]]) if near else None


def _spellings(words: Iterable[Word], others: Mapping[Word, tuple[str, ...]]) -> dict[str, Word]:
    """Every accepted spelling of some words: the machine value, the label, and the others given."""
    spellings: dict[str, Word] = {}
    for word in words:
        written = (word.value, _LABELS[word], *others.get(word, ()))
        spellings |= dict.fromkeys(map(fold_label, written), word)
    return spellings


_GIVERS = _spellings(
    Giver,
    {
        Giver.PIMPINAN: (
            "atasan",
            "atasan langsung",
            "pejabat penilai",
            "pejabat penilai kinerja",
            "penilai",
            "ketua tim",
            "superior",
            "leader",
        ),
        Giver.REKAN: (
            "rekan kerja",
            "rekan sejawat",
            "rekan setingkat",
            "sejawat",
            "teman sejawat",
            "kolega",
            "peer",
            "colleague",
        ),
        Giver.BAWAHAN: ("pegawai dibawahnya", "staf", "staff", "anak buah", "subordinate"),
        Giver.MASYARAKAT: (
            "publik",
            "warga",
            "pelapor",
            "responden",
            "pengguna layanan",
            "penerima layanan",
            "public",
            "citizen",
        ),
        Giver.PIHAK_LAIN: ("lainnya", "lain-lain", "other", "third party"),
    },
)
_ASPECTS = _spellings(
    Aspect,
    {
        Aspect.HASIL: ("hasil kinerja", "result", "results"),
        Aspect.BERORIENTASI_PELAYANAN: ("pelayanan", "orientasi pelayanan"),
    },
)
_TONES = _spellings(
    Tone,
    {
        Tone.POSITIVE: ("positif", "apresiasi", "pujian", "+"),
        Tone.NEUTRAL: ("netral", "saran", "masukan", "aspirasi", "permintaan informasi"),
        Tone.NEGATIVE: (
            "negatif",
            "keluhan",
            "kritik",
            "aduan",
            "pengaduan",
            "pengaduan berkadar pengawasan",
            "pengaduan tidak berkadar pengawasan",
            "-",
        ),
    },
)
