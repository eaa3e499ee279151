"""How a row says that somebody acts for a time (Plt., Plh.): in a column of its own, or where the position begins."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kinerja_cli.domain.personnel import vocabulary
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import fold
from kinerja_cli.domain.unit_cells import cell_text

Kind = Literal["plt", "plh"]
_KINDS: Final[tuple[Kind, ...]] = ("plt", "plh")


@dataclass(frozen=True, slots=True)
class ActingMark:
    """That a row speaks of what somebody leads for a time; `kind` is None where the mark does not give it.

    `by_title` says that nothing but the position tells so, which is all that some lists write of a person.
    """

    kind: Kind | None
    by_title: bool


def read_mark(cell: CellValue, position: str) -> tuple[ActingMark | None, bool]:
    """The mark of a row, if it has one, and whether its column holds a word that is none.

    The column has the last word; where it is blank, or says something else, the position decides.

    >>> read_mark(1, "Plh. Camat Kuta"), read_mark(0, "Plt. Camat Kuta"), read_mark(None, "Camat Kuta")
    ((ActingMark(kind='plh', by_title=False), False), (None, False), (None, False))
    """
    titled = title_kind(position)
    by_title = None if titled is None else ActingMark(titled, by_title=True)
    text = cell_text(cell)
    if not text:
        return by_title, False
    said = _column_says(fold(text))
    if said is None:
        return by_title, True
    if said == "unmarked":
        return None, False
    return ActingMark(titled if said == "marked" else said, by_title=False), False


@lru_cache(maxsize=65536)
def title_kind(position: str) -> Kind | None:
    """As what a position lets somebody act that begins with Plt. or Plh.

    >>> title_kind("Plt. Kepala Dinas"), title_kind("Pelaksana Harian Lurah"), title_kind("Pelaksana")
    ('plt', 'plh', None)
    """
    folded = f"{fold(position)} "
    return next((kind for begins, kind in _beginnings() if folded.startswith(begins)), None)


def without_mark(position: str) -> str:
    """The post that is acted in.

    >>> without_mark("PLT.  Kepala Dinas"), without_mark("Camat Kuta")
    ('KEPALA DINAS', 'CAMAT KUTA')
    """
    folded = f"{fold(position)} "
    begun = next((begins for begins, _kind in _beginnings() if folded.startswith(begins)), "")
    return folded[len(begun) :].strip(" ,:;")


@lru_cache(maxsize=1)
def _beginnings() -> tuple[tuple[str, Kind], ...]:
    """What the positions of those begin with who act, and the kind."""
    return tuple((f"{word} ", kind) for kind in _KINDS for word in vocabulary().acting[kind])


@lru_cache(maxsize=256)
def _column_says(text: str) -> Kind | Literal["marked", "unmarked"] | None:
    """What a word in the column comes to; None where it is no such word."""
    words = vocabulary().acting
    if text.isdecimal():
        return "marked" if int(text) else "unmarked"
    if text in words["plh"]:
        return "plh"
    if text in words["plt"] or text in words["plt_in_column"]:
        return "plt"
    if text in words["marked"]:
        return "marked"
    return "unmarked" if text in words["unmarked"] else None
