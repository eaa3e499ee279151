"""What a dossier may say: givers of feedback from within the agency stay unnamed unless somebody asks for them."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from kinerja_cli.domain.feedback import Giver

Row: TypeAlias = Mapping[str, str | int | None]
"""A row as it is kept, or the columns of it that changed."""

SHELTERED: Final = frozenset((Giver.REKAN.value, Giver.BAWAHAN.value))
"""Whose feedback is told without their name: peers and subordinates speak freely only where they can."""

WHO: Final = ("giver_nip", "giver_name")
"""The columns that say who gave feedback."""


def sheltered(row: Row, giver: str | None) -> dict[str, str | int | None]:
    """A row of feedback as the person it is about may read it; `giver` is where it came from, if that is known.

    >>> sheltered({"text": "Cekatan", "giver_nip": "19…"}, "rekan")
    {'text': 'Cekatan'}
    """
    hidden = giver is None or giver in SHELTERED
    return {name: value for name, value in row.items() if not (hidden and name in WHO)}


def fields_changed(before: Row | None, after: Row | None) -> list[tuple[str, str | int | None, str | int | None]]:
    """What a change did to each column, in their order: its name, what it was and what it became.

    >>> fields_changed({"rank": "III/a"}, {"rank": "III/b"})
    [('rank', 'III/a', 'III/b')]
    """
    old, new = before or {}, after or {}
    return [(name, old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())]


def givers_by_key(rows: Iterable[tuple[str, Row | None]]) -> dict[str, str]:
    """Where each piece of feedback came from, by its key, as far as images of its beginning or end say it."""
    return {key: str(row["giver"]) for key, row in rows if row is not None and "giver" in row}
