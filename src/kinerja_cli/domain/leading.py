"""Whether a post leads a unit, by what both are called: Camat Kuta the Kecamatan Kuta, a Kepala Bidang no Dinas."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kinerja_cli.domain.personnel import vocabulary
from kinerja_cli.domain.text import fold

_HEADS = ("KEPALA", "KETUA")
_NO_WORD = re.compile(r"[^\w]+")

_Parted = tuple[Sequence[str], Sequence[str]]
"""What a post says of the unit it leads, and what that unit is called, without the kind of unit."""


def leads_unit(position: str, unit: str) -> bool:
    """Whether a post leads a unit of that name, as far as either is written out.

    >>> leads_unit("Kepala Dinas Kesehatan Kota Binjai", "DINAS KESEHATAN"), leads_unit("Camat", "KECAMATAN KUTA")
    (True, True)
    >>> leads_unit("Kepala Bidang Mutasi", "DINAS KESEHATAN"), leads_unit("Sekretaris Dinas", "DINAS KESEHATAN")
    (False, False)
    """
    parted = _parted(position, unit)
    if parted is None:
        return False
    said, named = parted
    shorter = min(len(said), len(named))
    return list(said[:shorter]) == list(named[:shorter])


def names_unit(position: str, unit: str) -> bool:
    """Whether a post leads a unit of that name and gives the whole of it.

    >>> names_unit("Camat Kuta", "Kecamatan Kuta"), names_unit("Camat", "Kecamatan Kuta")
    (True, False)
    """
    parted = _parted(position, unit)
    return parted is not None and bool(parted[0]) and list(parted[0]) == list(parted[1])


def _parted(position: str, unit: str) -> _Parted | None:
    """A post beside the name of a unit; None where it leads another kind of unit, or none."""
    post, name = _words(position), _words(unit)
    words = vocabulary()
    if not post or not name or fold(position).startswith(words.advisers):
        return None
    for called in sorted(words.posts, key=len, reverse=True):
        begins = called.split()
        if list(post[: len(begins)]) == begins:
            rest = post[len(begins) :]
            for kind in sorted(words.posts[called], key=len, reverse=True):
                of_kind = kind.split()
                if list(name[: len(of_kind)]) == of_kind:
                    said = rest[len(of_kind) :] if list(rest[: len(of_kind)]) == of_kind else rest
                    return said, name[len(of_kind) :]
            break
    if post[0] in _HEADS:
        return post[1:], name
    return (post, name) if post[0] == name[0] else None


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words of a post or unit; those alike made alike."""
    found = f" {_NO_WORD.sub(' ', fold(text).replace('&', ' DAN ')).strip()} "
    for spelling, meant in vocabulary().alike.items():
        found = found.replace(f" {spelling} ", f" {meant} ")
    return tuple(found.split())
