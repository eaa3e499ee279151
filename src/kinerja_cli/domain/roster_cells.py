"""What single cells of a roster say of a person: words, names with their titles, ranks and days.

A blank cell says nothing, and neither does one that cannot be understood: nothing that is known gives way to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.ranks import parse_rank
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.unit_cells import LEVELS, cell_text

PERSON = (
    *("nip", "name", "front_title", "back_title", "sex", "birth_date", "employment", "cpns_status", "status"),
    *("rank", "rank_since", "position", "position_type", "position_since", "echelon"),
    *("assessor_nip", "assessor_name", "span_start", "span_end"),
)
"""The columns that speak of a person, in the order in which a row is read."""

SPOKEN_OF_BY: Mapping[str, tuple[str, ...]] = {
    "employment": ("employment", "cpns_status"),
    "position_type": ("position_type", "echelon"),
    "unit": ("unit_code", "unit", *LEVELS),
    "assessor": ("assessor_nip", "assessor_name"),
}
"""The columns that speak of a field, where these are others than the one of its name."""


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name and its titles as they are kept; `untidy` where the cell was not written that way."""

    name: str
    front_title: str | None
    back_title: str | None
    untidy: bool


def fields_of_columns(columns: Mapping[str, int]) -> frozenset[str]:
    """The fields of a person, and "unit" and "assessor", that a sheet with these columns can speak of."""
    names = {one.name for one in fields(Employee)} & set(PERSON)
    return frozenset(
        name
        for name in (names - {"assessor_nip"}) | SPOKEN_OF_BY.keys()
        if any(column in columns for column in SPOKEN_OF_BY.get(name, (name,)))
    )


word = lru_cache(maxsize=65536, typed=True)(cell_text)
"""The text of a cell that holds what many cells hold."""


def read_name(written: CellValue, front: CellValue, back: CellValue, *, apart: bool) -> WrittenName:
    """Name and titles, which a sheet where they do not stand `apart` writes into one cell."""
    name = cell_text(written)
    untidy = bool(name) and name != written
    if apart:
        front_title, back_title = word(front) or None, word(back) or None
    else:
        front_title, name, back_title = split_titles(name)
        name = cell_text(name)
    if name.islower():
        return WrittenName(
            " ".join(part[:1].upper() + part[1:] for part in name.split()), front_title, back_title, True
        )
    return WrittenName(name, front_title, back_title, untidy)


@lru_cache(maxsize=4096)
def rank_of(text: str, pppk: bool) -> str | None:
    """The rank that a word names, if it is one."""
    return parse_rank(text, pppk=pppk)


def birth_told(value: CellValue) -> str:
    """A birth date as a NIP begins with it, or nothing."""
    born = read_date(value).day if word(value) else None
    return f"{born:%Y%m%d}" if born else ""
