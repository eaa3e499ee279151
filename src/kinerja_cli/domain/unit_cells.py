"""What a row says of its unit: by name or ID, with its parents, or by a mark that repeats the row above."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.units import UnitRef

LEVELS: Final = tuple(f"unit_level_{depth}" for depth in range(1, 6))
UNIT_FIELDS: Final = ("unit_code", "unit", "unit_parent_code", "unit_parent", *LEVELS)
"""The fields of a row that speak of its unit, in the order `unit_ref` takes their cells."""

NO_UNIT: Final = UnitRef()
"""What a row says that names no unit."""

AS_ABOVE: Final = UnitRef(name="=")
"""What a row says some of whose cells stand for the cells above; no unit is ever called so."""

_QUOTES = frozenset("\"'`,\u00b4\u2018\u2019\u201c\u201d\u201e\u2032\u2033\u3003")
_WORDS = frozenset(
    {"SDA", "S D A", "IDEM", "IBID", "DITO", "DITTO", "SAMA", "SAMA DENGAN DI ATAS", "SAMA SEPERTI DI ATAS"}
)
_ZERO = "0"
_DASHES = frozenset("-\u2013\u2014_.")


def cell_text(value: CellValue) -> str:
    """A cell as text; a dash alone stands for an empty cell."""
    text = clean_text(value)
    return "" if _DASHES.issuperset(text) else text


@lru_cache(maxsize=4096, typed=True)
def repeats(field: str, value: CellValue) -> bool:
    """Whether a cell in a column of units says that the unit is that of the cell above.

    >>> [repeats("unit", one) for one in ('"', "s.d.a.", '-"-', "Idem", 0, "Dinas Sosial", None)]
    [True, True, True, True, True, False, False]
    """
    name = fold(clean_text(value))
    if not name:
        return False
    return name in _WORDS or _QUOTES.issuperset(name.replace(" ", "")) or (field == "unit" and is_zero(value))


def is_zero(value: CellValue) -> bool:
    """Whether a cell holds a zero, as a formula gives that looks at a blank cell."""
    return clean_text(value) == _ZERO


def repeated(cells: Sequence[CellValue], above: Sequence[CellValue]) -> list[CellValue]:
    """The cells of a unit in which what repeats the row above is that row's; blank where nothing stands there."""
    pairs = zip(UNIT_FIELDS, cells, above, strict=True)
    return [before if repeats(field, cell) else cell for field, cell, before in pairs]


@lru_cache(maxsize=65536, typed=True)
def unit_ref(code: CellValue, name: CellValue, parent_code: CellValue, parent: CellValue, *above: CellValue) -> UnitRef:
    """What a row says of its unit; the levels are brought into the order from the top down.

    >>> unit_ref(None, "Bidang X", None, "Dinas Sosial").parent_name, unit_ref(None, "sda", None, None) is AS_ABOVE
    ('Dinas Sosial', True)
    """
    if any(map(repeats, UNIT_FIELDS, (code, name, parent_code, parent, *above))):
        return AS_ABOVE
    unit = cell_text(name)
    levels = tuple(level for level in map(_name, above) if level)
    if unit and levels and fold(levels[-1]) != fold(unit):
        levels = levels[::-1] if fold(levels[0]) == fold(unit) else (*levels, unit)
    ref = UnitRef(cell_text(code), unit, cell_text(parent_code), _name(parent), levels)
    return ref if ref.code or ref.name or ref.levels or ref.parent_name else NO_UNIT


def _name(value: CellValue) -> str:
    """The name of a unit above; a zero is none."""
    return "" if is_zero(value) else cell_text(value)
