"""How a recap to be published shows that it hides counts of few people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from gettext import gettext as _
from typing import Final

from kinerja_cli.cli.views import Column

HIDDEN: Final = "*"
"""What people see in the place of a hidden count; scripts get null."""

_Row = Mapping[str, object]


def hide(row: _Row, hidden: Collection[str]) -> dict[str, object]:
    """A row without the counts that are hidden, and without the percentages that would tell them."""
    good = {"sangat_baik", "baik", "rated"}
    shares = {key for key in row if key.endswith("_percent") and {key.removesuffix("_percent"), "rated"} & {*hidden}}
    gone = {*hidden, *shares, *(("good",) if good & {*hidden} else ())}
    return {key: HIDDEN if key in gone else value for key, value in row.items()}


def for_scripts(rows: Iterable[_Row], columns: Sequence[Column]) -> list[dict[str, object]]:
    """The rows as JSON has them: what is hidden is null."""
    keys = [column.key for column in columns if column.exported]
    return [{key: None if row.get(key) == HIDDEN else row.get(key) for key in keys} for row in rows]


def suppression_notes(least: int | None) -> tuple[str, ...]:
    """What stands under a recap that hides counts."""
    if least is None:
        return ()
    told = _(
        "{sign}: hidden, since it counts fewer than {least} people, or would let such a count be worked out."
        " Who left is not shown."
    )
    return (told.format(sign=HIDDEN, least=least),)
