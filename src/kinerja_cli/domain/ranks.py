"""Ranks: pangkat and golongan ruang of a PNS (I/a to IV/e), golongan of a PPPK (I to XVII).

A rank is stored as its golongan alone, "III/c" or "IX". It is recognised by exact comparison with every known
spelling, so that a name and a golongan that contradict each other are not recognised at all.
"""

import re
from typing import Final

PNS_RANKS: Final[tuple[tuple[str, str], ...]] = (
    ("I/a", "Juru Muda"),
    ("I/b", "Juru Muda Tingkat I"),
    ("I/c", "Juru"),
    ("I/d", "Juru Tingkat I"),
    ("II/a", "Pengatur Muda"),
    ("II/b", "Pengatur Muda Tingkat I"),
    ("II/c", "Pengatur"),
    ("II/d", "Pengatur Tingkat I"),
    ("III/a", "Penata Muda"),
    ("III/b", "Penata Muda Tingkat I"),
    ("III/c", "Penata"),
    ("III/d", "Penata Tingkat I"),
    ("IV/a", "Pembina"),
    ("IV/b", "Pembina Tingkat I"),
    ("IV/c", "Pembina Utama Muda"),
    ("IV/d", "Pembina Utama Madya"),
    ("IV/e", "Pembina Utama"),
)
"""Golongan ruang and pangkat of a PNS, lowest first."""

PPPK_RANKS: Final[tuple[str, ...]] = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
"""Golongan of a PPPK, lowest first; they have no pangkat."""

PPPK_BASE: Final = 100
"""PPPK golongan are a scale of their own: they stand after the PNS, in their own order."""

UNRANKED: Final = 999
"""Where people without a rank stand: last."""

_NAMES = dict(PNS_RANKS)
_ORDER = {code: number for number, (code, _name) in enumerate(PNS_RANKS, 1)} | {
    code: PPPK_BASE + number for number, code in enumerate(PPPK_RANKS, 1)
}
_SEPARATORS = re.compile(r"[\W_]+")
_SHORT_WORDS = {"TK": "TINGKAT", "TKT": "TINGKAT", "TKI": "TINGKATI", "TK1": "TINGKAT1"}
_PREFIX = re.compile(r"^(?:PANGKAT)?(?:GOLONGAN|GOL)?(?:RUANG)?")


def parse_rank(text: str, *, pppk: bool = False) -> str | None:
    """The rank a text names, or None; a bare number up to 17 is a golongan only for a PPPK.

    A Roman numeral up to IV without a ruang is complete for a PPPK and half a rank for a PNS.

    >>> parse_rank("Penata (III/c)"), parse_rank("iii-c"), parse_rank("33"), parse_rank("Penata Tk. I")
    ('III/c', 'III/c', 'III/c', 'III/d')
    >>> parse_rank("Golongan IX"), parse_rank("9", pppk=True), parse_rank("III"), parse_rank("Penata (III/d)")
    ('IX', 'IX', None, None)
    """
    spelling = _PREFIX.sub("", _fold(text))
    if pppk:
        return _PPPK_SPELLINGS.get(spelling) or _PNS_SPELLINGS.get(spelling)
    return _PNS_SPELLINGS.get(spelling)


def rank_order(rank: str | None) -> int:
    """Where a rank stands when people are sorted: PNS from 1, PPPK from 101, without rank last.

    >>> rank_order("I/a"), rank_order("IV/e"), rank_order("IX"), rank_order(None)
    (1, 17, 109, 999)
    """
    return UNRANKED if rank is None else _ORDER.get(rank, UNRANKED)


def rank_label(rank: str | None) -> str:
    """A rank for people to read: golongan ruang and pangkat.

    >>> rank_label("III/c"), rank_label("IX"), rank_label(None)
    ('III/c Penata', 'IX', '')
    """
    if rank is None:
        return ""
    name = _NAMES.get(rank)
    return rank if name is None else f"{rank} {name}"


def _fold(text: str) -> str:
    """A spelling without case and separators, "Tk. I" written out."""
    return "".join(_SHORT_WORDS.get(word, word) for word in _SEPARATORS.split(text.upper()))


def _pns_spellings() -> dict[str, str]:
    """Every spelling of a PNS rank: golongan, pangkat, both in either order, and the code of SIASN."""
    spellings: dict[str, str] = {}
    for code, name in PNS_RANKS:
        group, room = code.split("/")
        number, letter = PPPK_RANKS.index(group) + 1, room.upper()
        golongan, pangkat = f"{group}{letter}", _fold(name)
        written = {golongan, f"{number}{letter}", f"{number}{'ABCDE'.index(letter) + 1}"}
        written |= {pangkat, pangkat + golongan, golongan + pangkat}
        if name.endswith("Tingkat I"):
            arabic = f"{pangkat[:-1]}1"
            written |= {arabic, arabic + golongan, golongan + arabic}
        spellings |= dict.fromkeys(written, code)
    return spellings


_PPPK_SPELLINGS = {code: code for code in PPPK_RANKS} | {str(number): code for number, code in enumerate(PPPK_RANKS, 1)}
_PNS_SPELLINGS = _pns_spellings() | {code: code for code in PPPK_RANKS[4:]}
