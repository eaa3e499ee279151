"""The units people have left."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from kinerja_cli.domain.placements import Placement
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.tables import PLACEMENT

_FIELDS = ("nip", "ends", "unit_code", "position", "assessor_nip")
_COLUMNS = [PLACEMENT.c[name] for name in _FIELDS]


def load_placements(connection: Connection, nip: str | None = None) -> dict[str, list[Placement]]:
    """What everybody, or one person, has left behind, by NIP and in order of time."""
    statement = select(*_COLUMNS).order_by(PLACEMENT.c.nip, PLACEMENT.c.ends)
    if nip is not None:
        statement = statement.where(PLACEMENT.c.nip == nip)
    found: dict[str, list[Placement]] = {}
    for row in connection.execute(statement):
        found.setdefault(row[0], []).append(Placement(*row))
    return found


def add_placements(operation: Operation, placements: Iterable[Placement]) -> None:
    """Keep the units that people have left."""
    operation.insert(PLACEMENT, [_image(one) for one in placements])


def remove_placements(operation: Operation, placements: Iterable[Placement]) -> None:
    """Forget what a move dated earlier has overruled; the ledger keeps it."""
    operation.remove(PLACEMENT, [_image(one) for one in placements])


def _image(one: Placement) -> Image:
    return {name: getattr(one, name) for name in _FIELDS}
