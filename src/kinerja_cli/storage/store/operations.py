"""The ledger as history: which operations there were."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, func, or_, select

from kinerja_cli.domain.undoing import undone_by
from kinerja_cli.storage.dated_tables import DOCUMENT_DAY, JUSTIFICATION, UNIT_RATING
from kinerja_cli.storage.ledger import GENESIS
from kinerja_cli.storage.tables import APPRAISAL, CHANGE, OPERATION, PERIOD, PERIOD_UNIT, STAFF

_AT_ONCE = 500
"""So many values one statement asks for."""

_LARGEST = (1 << 63) - 1
"""SQLite has no larger number."""

_TWO_YEARS: Final = timedelta(days=730)
_BLOCK: Final = 1000

READ_KINDS: Final = ("read.export", "read.list")
"""Operations that change nothing: people's data was written to a file, or to a pipe."""


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """One operation; `at` is UTC, `facts` and `context` are JSON text."""

    seq: int
    kind: str
    at: str
    actor: str
    facts: str
    context: str
    reason: str | None
    period_code: str | None
    undoes: int | None
    changes: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which operations are asked for; nothing of it means all.

    `kinds` may be whole (`staff.import`) or the word before the point (`staff`). `since` and `before` are UTC in ISO
    form, the second not included. Those that only note who read people's data are left out, unless their kind is
    asked for; with `reads` they are the only ones.
    """

    nip: str | None = None
    period_code: str | None = None
    kinds: Sequence[str] = ()
    actor: str | None = None
    since: str | None = None
    before: str | None = None
    limit: int | None = None
    reads: bool = False


_COLUMNS = [OPERATION.c[field.name] for field in fields(StoredOperation)]
_OF_PERIODS = (APPRAISAL, PERIOD_UNIT, PERIOD, UNIT_RATING, JUSTIFICATION, DOCUMENT_DAY)
"""The tables whose keys begin with a period."""


def load_operations(connection: Connection, wanted: Wanted) -> list[StoredOperation]:
    """Operations, the newest first."""
    statement = (
        select(*_COLUMNS)
        .order_by(OPERATION.c.seq.desc())
        .limit(None if wanted.limit is None else min(wanted.limit, _LARGEST))
    )
    if wanted.nip is not None:
        statement = statement.where(OPERATION.c.seq.in_(select(CHANGE.c.seq).where(CHANGE.c.nip == wanted.nip)))
    if wanted.period_code is not None:
        statement = statement.where(
            (OPERATION.c.period_code == wanted.period_code) | OPERATION.c.seq.in_(_touching(wanted.period_code))
        )
    if wanted.kinds:
        named = [
            (OPERATION.c.kind == kind) | OPERATION.c.kind.startswith(f"{kind}.", autoescape=True)
            for kind in wanted.kinds
        ]
        statement = statement.where(or_(*named))
    only_read = OPERATION.c.kind.in_(READ_KINDS)
    if wanted.reads:
        statement = statement.where(only_read)
    elif not wanted.kinds:
        statement = statement.where(~only_read)
    if wanted.actor is not None:
        statement = statement.where(OPERATION.c.actor.icontains(wanted.actor, autoescape=True))
    if wanted.since is not None:
        statement = statement.where(OPERATION.c.at >= wanted.since)
    if wanted.before is not None:
        statement = statement.where(OPERATION.c.at < wanted.before)
    return [StoredOperation(**row._mapping) for row in connection.execute(statement)]


def _touching(period_code: str) -> Select[tuple[int]]:
    """The operations that changed rows of a period, whatever they were about."""
    of_period = (CHANGE.c.key == period_code) | CHANGE.c.key.startswith(f"{period_code}/", autoescape=True)
    return select(CHANGE.c.seq).where(CHANGE.c.relation.in_([one.name for one in _OF_PERIODS]), of_period)


def find_operation(connection: Connection, seq: int) -> StoredOperation | None:
    """One operation, or None."""
    if seq > _LARGEST:
        return None
    row = connection.execute(select(*_COLUMNS).where(OPERATION.c.seq == seq)).first()
    return None if row is None else StoredOperation(**row._mapping)


def find_operations(connection: Connection, seqs: Iterable[int]) -> dict[int, StoredOperation]:
    """The operations of those numbers."""
    wanted = sorted(set(seqs))
    found: dict[int, StoredOperation] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        statement = select(*_COLUMNS).where(OPERATION.c.seq.in_(wanted[start : start + _AT_ONCE]))
        found.update((row.seq, StoredOperation(**row._mapping)) for row in connection.execute(statement))
    return found


def undone_operations(connection: Connection) -> dict[int, int]:
    """The operations that are taken back, each with the one that did it."""
    statement = select(OPERATION.c.seq, OPERATION.c.undoes).where(OPERATION.c.undoes.is_not(None))
    return undone_by({seq: undoes for seq, undoes in connection.execute(statement) if undoes is not None})


def inexact_undos(connection: Connection) -> list[int]:
    """The undos that did more than take back, since periods opened meanwhile had to follow."""
    statement = select(OPERATION.c.seq, OPERATION.c.facts).where(OPERATION.c.undoes.is_not(None))
    return [seq for seq, facts in connection.execute(statement) if "followed" in json.loads(facts)]


def known_kinds(connection: Connection) -> list[str]:
    """The kinds of operations there are."""
    return list(connection.execute(select(OPERATION.c.kind).distinct().order_by(OPERATION.c.kind)).scalars())


def last_of(connection: Connection, period_code: str, kind: str) -> int:
    """The number of the last operation of a kind on a period; 0 where there was none."""
    statement = select(func.max(OPERATION.c.seq)).where(
        OPERATION.c.period_code == period_code, OPERATION.c.kind == kind
    )
    return connection.execute(statement).scalar() or 0


def latest_operation_at(connection: Connection, *, after: int = 0) -> datetime | None:
    """The latest time at which anything was done by any clock, of the operations after a number; None where none is."""
    at = connection.execute(select(func.max(OPERATION.c.at)).where(OPERATION.c.seq > after)).scalar()
    return None if at is None else datetime.fromisoformat(at)


def first_gap(connection: Connection, *, after: int, is_gap: Callable[[datetime, datetime], bool]) -> datetime | None:
    """The time of the first operation after a number from which the next one is as far as `is_gap` says; or None.

    Only what is more than two years apart is looked at. Every command asks, of however long a ledger: so its blocks
    are, and only those that span as much are gone through.
    """
    number, at = OPERATION.c.seq, OPERATION.c.at
    blocks = (
        select(func.max(number), func.min(at), func.max(at))
        .where(number > after)
        .group_by(number // _BLOCK)
        .order_by(func.min(number))
    )
    begins, known = after + 1, ""
    for last, earliest, latest in connection.execute(blocks):
        if _apart(min(known or earliest, earliest), latest) > _TWO_YEARS:
            times = select(at).where(number.between(begins, last)).order_by(number)
            for one, next_ in pairwise(connection.execute(times).scalars()):
                if _apart(one, next_) > _TWO_YEARS and is_gap(*map(datetime.fromisoformat, (one, next_))):
                    return datetime.fromisoformat(one)
        # The gap may lie between this block and the next one.
        begins, known = last, earliest
    return None


def _apart(one: str, other: str) -> timedelta:
    return datetime.fromisoformat(other) - datetime.fromisoformat(one)


def settings_changed_at(connection: Connection, keys: Sequence[str]) -> datetime:
    """When one of these settings was last changed, or else when the store was made."""
    statement = (
        select(OPERATION.c.seq, OPERATION.c.kind, OPERATION.c.facts)
        .where(OPERATION.c.kind.in_(("agency.init", "settings.set")))
        .order_by(OPERATION.c.seq.desc())
    )
    for seq, kind, facts in connection.execute(statement):
        if kind == "agency.init" or json.loads(facts).get("key") in keys:
            return _done_by(connection, seq)
    raise LookupError("a store begins with agency.init")


def first_known_at(connection: Connection, nips: Sequence[str] | None = None) -> datetime | None:
    """When the first of some people, or of all, became known to the store; None where nobody did."""
    known = select(CHANGE.c.seq).where(CHANGE.c.relation == STAFF.name).order_by(CHANGE.c.seq).limit(1)
    parts = [] if nips is None else [nips[start : start + _AT_ONCE] for start in range(0, len(nips), _AT_ONCE)]
    some = [known] if nips is None else [known.where(CHANGE.c.nip.in_(part)) for part in parts]
    found = [seq for one in some if (seq := connection.execute(one).scalar()) is not None]
    return _done_by(connection, min(found)) if found else None


def shown_at(seq: ColumnElement[int] | int) -> ScalarSelect[str]:
    """When an operation was done at the latest (UTC, ISO).

    Its own clock may have been ahead: then one of those after it shows a time before its own.
    """
    later = OPERATION.alias()
    return select(func.min(later.c.at)).where(later.c.seq >= seq).scalar_subquery()


def _done_by(connection: Connection, seq: int) -> datetime:
    return datetime.fromisoformat(connection.execute(select(shown_at(seq))).scalar_one())


def count_operations(connection: Connection) -> int:
    """How many operations were done: the number of the last one."""
    return connection.execute(select(func.max(OPERATION.c.seq))).scalar() or 0


def was_reopened(connection: Connection, period_code: str) -> bool:
    """Whether the last time a period changed its state was that somebody reopened it."""
    statement = (
        select(OPERATION.c.kind)
        .where(
            OPERATION.c.period_code == period_code,
            OPERATION.c.kind.in_(("period.open", "period.close", "period.reopen")),
            OPERATION.c.seq.not_in(list(undone_operations(connection))),
        )
        .order_by(OPERATION.c.seq.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar() == "period.reopen"


MEMBERS_ON: Final = "members_on"
"""The fact of an operation that opened a period: the day on which the calendar takes in whoever was in service."""


def members_on(connection: Connection, period_code: str) -> str | None:
    """The day whose people take part in a period that the calendar opened; None where a person opened it."""
    statement = (
        select(OPERATION.c.facts)
        .where(
            OPERATION.c.period_code == period_code,
            OPERATION.c.kind == "period.open",
            OPERATION.c.seq.not_in(list(undone_operations(connection))),
        )
        .order_by(OPERATION.c.seq)
        .limit(1)
    )
    day = json.loads(connection.execute(statement).scalar() or "{}").get(MEMBERS_ON)
    return None if day is None else str(day)


FOLLOWED_ON: Final = "followed_on"
"""The fact of an operation in which every open period followed how things were on a day: that day."""

_NO_COURSE: Final = (
    *("score.record", "score.import", "score.dates", "objection.file", "objection.decide"),
    *("feedback.add", "feedback.import", "unit.rate", "unit.justify", "holidays.import", "holidays.remove"),
    "period.close",
    *READ_KINDS,
)
"""Operations that change nothing of what open periods follow."""


def followed_on(connection: Connection) -> str | None:
    """The day as of which all open periods were followed, where nothing has changed since that they would follow."""
    statement = (
        select(OPERATION.c.facts).where(OPERATION.c.kind.not_in(_NO_COURSE)).order_by(OPERATION.c.seq.desc()).limit(1)
    )
    day = json.loads(connection.execute(statement).scalar() or "{}").get(FOLLOWED_ON)
    return None if day is None else str(day)


def first_hash(connection: Connection) -> str:
    """The hash of the store's first operation, which tells this store from every other."""
    return str(connection.execute(select(OPERATION.c.hash).order_by(OPERATION.c.seq).limit(1)).scalar_one())


def load_head(connection: Connection) -> tuple[int, str, str]:
    """The end of the chain: the number, the hash and the time (UTC) of the last operation."""
    statement = select(OPERATION.c.seq, OPERATION.c.hash, OPERATION.c.at).order_by(OPERATION.c.seq.desc()).limit(1)
    row = connection.execute(statement).first()
    return (0, GENESIS, "") if row is None else (row.seq, row.hash, row.at)


def last_closing(connection: Connection, period_code: str) -> tuple[int, str, str] | None:
    """The number, the hash and the time (UTC) of the operation that closed a period last."""
    statement = (
        select(OPERATION.c.seq, OPERATION.c.hash, OPERATION.c.at)
        .where(OPERATION.c.period_code == period_code, OPERATION.c.kind == "period.close")
        .order_by(OPERATION.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else (row.seq, row.hash, row.at)


def closed_last(connection: Connection) -> list[str]:
    """The periods that were closed since anything but opening and closing was recorded, in that order."""
    others = select(func.coalesce(func.max(OPERATION.c.seq), 0)).where(OPERATION.c.kind.not_like("period.%"))
    statement = (
        select(OPERATION.c.period_code)
        .where(OPERATION.c.kind == "period.close", OPERATION.c.seq > others.scalar_subquery())
        .order_by(OPERATION.c.seq)
    )
    return [code for code in connection.execute(statement).scalars() if code is not None]


def typed_ratings(connection: Connection, period_code: str) -> dict[str, str]:
    """When each rating of a period was last typed by itself (UTC, ISO); those of imported files are not there.

    What was taken back was not typed.
    """
    statement = (
        select(CHANGE.c.nip, func.max(OPERATION.c.at))
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(
            OPERATION.c.kind == "score.record",
            OPERATION.c.period_code == period_code,
            CHANGE.c.relation == APPRAISAL.name,
            OPERATION.c.seq.not_in(list(undone_operations(connection))),
        )
        .group_by(CHANGE.c.nip)
    )
    return {nip: at for nip, at in connection.execute(statement) if nip is not None}


def last_raters(connection: Connection, period_code: str, nips: Sequence[str]) -> dict[str, tuple[int, str]]:
    """For each of some people the operation that last changed their appraisal of a period, and who ran it."""
    raters: dict[str, tuple[int, str]] = {}
    for start in range(0, len(nips), _AT_ONCE):
        last = (
            select(CHANGE.c.nip, func.max(CHANGE.c.seq).label("seq"))
            .where(
                CHANGE.c.nip.in_(nips[start : start + _AT_ONCE]),
                CHANGE.c.relation == APPRAISAL.name,
                CHANGE.c.key.startswith(f"{period_code}/", autoescape=True),
            )
            .group_by(CHANGE.c.nip)
            .subquery()
        )
        statement = select(last.c.nip, last.c.seq, OPERATION.c.actor).join(OPERATION, OPERATION.c.seq == last.c.seq)
        raters |= {nip: (seq, actor) for nip, seq, actor in connection.execute(statement)}
    return raters
