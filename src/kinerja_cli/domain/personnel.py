"""The words personnel files use for employment, legal standing, sex, kind of position and kind of day.

The words are data (`regulations/personnel.toml`); this module turns a word into the value kinerja keeps.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from importlib import resources

from kinerja_cli.domain.text import fold
from kinerja_cli.errors import N_

EMPLOYMENTS = ("pns", "cpns", "pppk", "pppk_paruh_waktu")
"""Kinds of employment, as UU 20/2023 and KepmenPANRB 16/2025 name them."""

STATUSES = (
    "active",
    "study",
    "secondment",
    "suspended",
    "cltn",
    "pension_prep",
    "retired",
    "dismissed",
    "transferred",
    "deceased",
)
"""What a person's legal standing (kedudukan hukum) comes to."""

POSITION_TYPES = (
    "jpt_utama",
    "jpt_madya",
    "jpt_pratama",
    "administrator",
    "pengawas",
    "struktural",
    "fungsional",
    "pelaksana",
)
"""Kinds of position from the top down; `struktural` is a structural post whose echelon nobody gave."""

EMPLOYMENT_LABELS = {
    "pns": N_("PNS"),
    "cpns": N_("CPNS"),
    "pppk": N_("PPPK"),
    "pppk_paruh_waktu": N_("PPPK paruh waktu"),
}

STATUS_LABELS = {
    "active": N_("active"),
    "study": N_("on study leave"),
    "secondment": N_("seconded"),
    "suspended": N_("suspended"),
    "cltn": N_("on unpaid leave (CLTN)"),
    "pension_prep": N_("preparing for retirement"),
    "retired": N_("retired"),
    "dismissed": N_("dismissed"),
    "transferred": N_("moved away"),
    "deceased": N_("deceased"),
}

POSITION_TYPE_LABELS = {
    "jpt_utama": N_("JPT utama"),
    "jpt_madya": N_("JPT madya"),
    "jpt_pratama": N_("JPT pratama"),
    "administrator": N_("Administrator"),
    "pengawas": N_("Pengawas"),
    "struktural": N_("Struktural (no echelon)"),
    "fungsional": N_("Fungsional"),
    "pelaksana": N_("Pelaksana"),
}

_NUMERALS = ("I", "II", "III", "IV")
_ECHELON = re.compile(r"(?:ESELON )?(IV|I{1,3}) ?([AB])?")
_NO_ECHELON = (9, 9)

SEX_LABELS = {"L": N_("Male"), "P": N_("Female")}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded spelling → value, for each kind of word; `appraised` are the standings that are rated.
    `not_rated` are the words that stand where a rating is still to come; `posts` says of posts how the units begin
    that they lead, `alike` which words of units mean the same, `acting` how a row is marked as acting."""

    employment: Mapping[str, str]
    status: Mapping[str, str]
    sex: Mapping[str, str]
    position_type: Mapping[str, str]
    echelon: Mapping[str, str]
    appraised: frozenset[str]
    functional_heads: tuple[str, ...]
    leading: tuple[str, ...]
    advisers: tuple[str, ...]
    not_rated: frozenset[str]
    by_region_head: frozenset[str]
    alone_by_region_head: frozenset[str]
    assessing: frozenset[str]
    assessing_if_leading: frozenset[str]
    days: Mapping[str, str]
    posts: Mapping[str, tuple[str, ...]]
    alike: Mapping[str, str]
    acting: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words of the personnel file shipped with the program."""
    text = resources.files("kinerja_cli.regulations").joinpath("personnel.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Vocabulary(
        employment=_by_spelling(data["employment"]),
        status=_by_spelling({value: entry["spellings"] for value, entry in data["status"].items()}),
        sex=_by_spelling(data["sex"]),
        position_type=_by_spelling(data["position_type"] | _own_names(POSITION_TYPES, data["position_type"])),
        echelon=data["echelon"],
        appraised=frozenset(value for value, entry in data["status"].items() if entry["appraised"]),
        functional_heads=tuple(data["heads"]["functional"]),
        leading=tuple(data["heads"]["leading"]),
        advisers=tuple(data["heads"]["advisers"]),
        not_rated=frozenset(map(fold, data["ratings"]["not_rated"])),
        by_region_head=frozenset(data["region_head"]["position_types"]),
        alone_by_region_head=frozenset(data["region_head"]["leading_alone"]),
        assessing=frozenset(data["assessors"]["position_types"]),
        assessing_if_leading=frozenset(data["assessors"]["leading_a_unit"]),
        days=_by_spelling(data["days"]),
        posts={post: tuple(units) for post, units in data["heads"]["posts"].items()},
        alike=data["heads"]["alike"],
        acting={mark: tuple(words) for mark, words in data["acting"].items()},
    )


def out_reason(reason: str | None) -> str:
    """Why somebody is out of a period, in words: a legal standing in the user's language, or what was written."""
    return _(STATUS_LABELS[reason]) if reason in STATUS_LABELS else reason or ""


def is_standing(reason: str | None) -> bool:
    """Whether somebody is out of a period by their legal standing, and not by an exclusion, which has words."""
    return reason in STATUS_LABELS


def is_appraised(status: str) -> bool:
    """Whether people of this standing take part in an appraisal."""
    return status in vocabulary().appraised


@lru_cache(maxsize=4096)
def echelon_order(echelon: str | None) -> tuple[int, int]:
    """Where an echelon stands, the highest first; what is no echelon comes last.

    >>> echelon_order("II.b"), echelon_order("Eselon IVa"), echelon_order("Non Eselon")
    ((2, 1), (4, 0), (9, 9))
    """
    match = _ECHELON.fullmatch(fold(echelon or ""))
    if match is None:
        return _NO_ECHELON
    return _NUMERALS.index(match[1]) + 1, "AB".index(match[2]) if match[2] else 9


@lru_cache(maxsize=4096)
def position_kind(word: str, echelon: str) -> str | None:
    """The kind of a position from its SIASN word and its echelon; None where the word is unknown.

    >>> position_kind("Struktural", "II.b"), position_kind("JABATAN FUNGSIONAL", ""), position_kind("?", "")
    ('jpt_pratama', 'fungsional', None)
    """
    words = vocabulary()
    order = echelon_order(echelon)
    level = None if order == _NO_ECHELON else words.echelon[_NUMERALS[order[0] - 1]]
    if not word:
        return level
    kind = words.position_type.get(fold(word))
    return level if kind == "struktural" and level is not None else kind


def _by_spelling(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(spelling): value for value, spellings in values.items() for spelling in (*spellings, value)}


def _own_names(values: tuple[str, ...], known: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {value: [] for value in values if value not in known}
