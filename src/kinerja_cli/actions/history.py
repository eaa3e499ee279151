"""What was done: the ledger as a list, and one operation with every row it changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from gettext import gettext as _

from kinerja_cli.actions.agency import load_agency
from kinerja_cli.actions.lookup import require_nip, require_period
from kinerja_cli.actions.operation_words import SUMMARIES, Told
from kinerja_cli.actions.refusals import NipNotFound, OperationUnknown
from kinerja_cli.actions.rows_named import Names, as_said, nip_of, nips_in
from kinerja_cli.errors import UsageError
from kinerja_cli.storage.ledger import Image
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.changes import RowChange, last_known, load_changes
from kinerja_cli.storage.store.operations import (
    StoredOperation,
    Wanted,
    find_operation,
    known_kinds,
    load_operations,
    undone_operations,
)


@dataclass(frozen=True, slots=True)
class OperationShown:
    """An operation as people read it; `at` is in the agency's time zone.

    `on_behalf_of` is the NIP of whom somebody claimed to act for, `origin` what the system said of who it was.
    """

    operation: int
    kind: str
    at: str
    actor: str
    summary: str
    reason: str | None
    period: str | None
    changes: int
    undone_by: int | None
    undoes: int | None
    on_behalf_of: str | None
    origin: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One row that an operation changed: `added`, `changed`, `removed`, or `erased` where its images are gone.

    `before` and `after` hold the fields that changed, of a row that was added or removed all it had.
    """

    table: str
    action: str
    key: str | None
    nip: str | None
    name: str | None
    of: str
    before: dict[str, object] | None
    after: dict[str, object] | None


def list_operations(
    store: Store,
    *,
    nip: str | None = None,
    period: str | None = None,
    kinds: Sequence[str] = (),
    actor: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    reads: bool = False,
) -> list[OperationShown]:
    """Operations, the newest first; `since` and `until` are days in the agency's time zone, both included.

    Those that only note who read people's data are left out, unless their kind is asked for; or the only ones.
    """
    zone = load_agency(store).timezone
    with store.reading() as connection:
        _check_kinds(connection, kinds)
        wanted = Wanted(
            nip=_somebody(connection, nip) if nip is not None else None,
            period_code=require_period(connection, period).code if period is not None else None,
            kinds=kinds,
            actor=actor,
            since=_midnight(since, zone) if since is not None else None,
            before=_midnight(until + timedelta(days=1), zone) if until is not None else None,
            limit=limit,
            reads=reads,
        )
        operations = load_operations(connection, wanted)
        told, undone = Told.of(connection, operations), undone_operations(connection)
    return [_shown(one, told, undone, zone) for one in operations]


def show_operation(store: Store, number: int) -> tuple[OperationShown, list[ChangeShown], Names]:
    """One operation, every row it changed in the order in which it did, and who is called how.

    Raises OperationUnknown.
    """
    zone = load_agency(store).timezone
    with store.reading() as connection:
        operation = find_operation(connection, number)
        if operation is None:
            raise OperationUnknown(number)
        changes = list(load_changes(connection, number))
        nips = {nip for one in changes for nip in _people_in(one)}
        names = Names.known(connection, nips)
        shown = _shown(operation, Told.of(connection, [operation]), undone_operations(connection), zone)
    return shown, [_change(one, names) for one in changes], names


def _people_in(change: RowChange) -> set[str]:
    """The people whom a change is about or names."""
    about = None if change.key is None else nip_of(change.relation, change.key, change.nip)
    named = nips_in(change.before or {}) | nips_in(change.after or {})
    return named if about is None else named | {about}


def _somebody(connection: Connection, text: str) -> str:
    """The NIP of somebody who is on the roster, or was. Raises NipMalformed and NipNotFound."""
    nip = require_nip(text)
    if last_known(connection, nip) is None:
        raise NipNotFound(nip)
    return nip


def _check_kinds(connection: Connection, kinds: Sequence[str]) -> None:
    known = {*SUMMARIES, *known_kinds(connection)}
    words = {kind.partition(".")[0] for kind in known}
    for kind in kinds:
        if kind not in known | words:
            raise UsageError(
                _("{value} is no kind of operation (--kind).").format(value=kind),
                _("Possible: {choices}.").format(choices=", ".join(sorted(known))),
            )


def _midnight(day: date, zone: tzinfo) -> str:
    """When a day begins in a zone, as the ledger writes instants."""
    return datetime.combine(day, time.min, zone).astimezone(UTC).isoformat(timespec="seconds")


def _shown(one: StoredOperation, told: Told, undone: dict[int, int], zone: tzinfo) -> OperationShown:
    return OperationShown(
        one.seq,
        one.kind,
        datetime.fromisoformat(one.at).astimezone(zone).isoformat(timespec="seconds"),
        one.actor,
        told.summary(one.seq),
        one.reason,
        one.period_code,
        one.changes,
        undone.get(one.seq),
        one.undoes,
        *origin_of(one.context),
    )


def _change(one: RowChange, names: Names) -> ChangeShown:
    if one.key is None:
        return ChangeShown(one.relation, "erased", None, None, None, "", None, None)
    action = "added" if one.before is None else "removed" if one.after is None else "changed"
    before, after = one.before, one.after
    if before is not None and after is not None:
        fields = sorted({*before, *after})
        before, after = {name: before.get(name) for name in fields}, {name: after.get(name) for name in fields}
    named = names.of(one.relation, one.key, one.nip, after or before or {})
    return ChangeShown(one.relation, action, one.key, named.nip, named.name, named.of, _said(before), _said(after))


def _said(image: Image | None) -> dict[str, object] | None:
    return None if image is None else {name: as_said(name, value) for name, value in image.items()}


def origin_of(context: str) -> tuple[str | None, dict[str, object]]:
    """Whom an operation was claimed to be for, and what the system said of who did it from where."""
    told = json.loads(context)
    claimed = told.pop("on_behalf_of", None)
    return None if claimed is None else str(claimed), told
