"""The days in the life of people's evaluation documents, by period."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select

from kinerja_cli.storage.dated_tables import DOCUMENT_DAY
from kinerja_cli.storage.ledger import Image, Operation


def load_document_days(
    connection: Connection, *, period_code: str | None = None, nip: str | None = None
) -> dict[tuple[str, str], dict[str, date]]:
    """The days of each event by period and NIP: of everybody, of one period, of one person."""
    columns = [DOCUMENT_DAY.c[name] for name in ("period_code", "nip", "event", "day")]
    statement = select(*columns).order_by(*DOCUMENT_DAY.primary_key.columns)
    if period_code is not None:
        statement = statement.where(DOCUMENT_DAY.c.period_code == period_code)
    if nip is not None:
        statement = statement.where(DOCUMENT_DAY.c.nip == nip)
    found: dict[tuple[str, str], dict[str, date]] = {}
    for code, person, event, day in connection.execute(statement):
        found.setdefault((code, person), {})[event] = date.fromisoformat(day)
    return found


def save_document_days(
    operation: Operation, pairs: Iterable[tuple[tuple[str, str], Mapping[str, date], Mapping[str, date]]]
) -> int:
    """Keep days: for each period and NIP those before and those after. How many documents changed."""
    added: list[Image] = []
    moved: list[tuple[Image, Image]] = []
    gone: list[Image] = []
    changed = 0
    for key, before, after in pairs:
        changed += before != after
        for event in sorted(before.keys() | after.keys()):
            old, new = before.get(event), after.get(event)
            if old is None and new is not None:
                added.append(_image(key, event, new))
            elif old is not None and new is None:
                gone.append(_image(key, event, old))
            elif old is not None and new is not None and old != new:
                moved.append((_image(key, event, old), _image(key, event, new)))
    operation.insert(DOCUMENT_DAY, added)
    operation.update(DOCUMENT_DAY, moved)
    operation.remove(DOCUMENT_DAY, gone)
    return changed


def _image(key: tuple[str, str], event: str, day: date) -> Image:
    return {"period_code": key[0], "nip": key[1], "event": event, "day": day.isoformat()}
