"""What retention looks at and takes away: whole closed periods, old feedback, people who left long ago."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, Table, func, select

from kinerja_cli.domain.retention import ERASED_NAME, Closed, PastPeriod
from kinerja_cli.storage.dated_tables import (
    ACTING,
    DELEGATION,
    DOCUMENT_DAY,
    EXCLUSION,
    HEADSHIP,
    JUSTIFICATION,
    OBJECTION,
    STANDING,
)
from kinerja_cli.storage.erasure import Erasure
from kinerja_cli.storage.ledger import Operation, Value
from kinerja_cli.storage.store.appraisals import fingerprint
from kinerja_cli.storage.store.periods import change_period, load_periods
from kinerja_cli.storage.store.reads import READ_OF
from kinerja_cli.storage.store.rows import read_rows
from kinerja_cli.storage.tables import (
    APPRAISAL,
    FEEDBACK,
    PERIOD,
    PERIOD_UNIT,
    PLACEMENT,
    STAFF,
    UNIT_HEAD,
)

_OF_PERIODS: Final = (DOCUMENT_DAY, OBJECTION, JUSTIFICATION, APPRAISAL, PERIOD_UNIT)
"""What goes with a period; children before what they refer to."""

_NAMING: Final[tuple[tuple[Table, str], ...]] = (
    (APPRAISAL, "nip"),
    (APPRAISAL, "assessor_nip"),
    (APPRAISAL, "rated_by"),
    (PERIOD_UNIT, "head_nip"),
    (DOCUMENT_DAY, "nip"),
    (OBJECTION, "nip"),
    (OBJECTION, "decided_by"),
    (FEEDBACK, "nip"),
    (FEEDBACK, "giver_nip"),
    (STAFF, "assessor_nip"),
    (UNIT_HEAD, "nip"),
)
"""Columns that name people and would name nobody any more if those were removed."""

_OWN: Final = (PLACEMENT, EXCLUSION)
"""What goes with a person as soon as they are past their retention; how they stood stays as long as they do."""

_AT_ONCE: Final = 500


def load_closed(connection: Connection) -> list[Closed]:
    """Every period with the number of its appraisals, in order of time."""
    counted = connection.execute(select(APPRAISAL.c.period_code, func.count()).group_by(APPRAISAL.c.period_code))
    counts = {code: count for code, count in counted}
    columns = (PERIOD.c[name] for name in ("code", "starts", "ends", "window_ends", "state"))
    rows = connection.execute(select(*columns).order_by(PERIOD.c.starts, PERIOD.c.ends.desc())).fetchall()
    return [
        Closed(code, starts, ends, window_ends, state == "open", counts.get(code, 0))
        for code, starts, ends, window_ends, state in rows
    ]


def feedback_days(connection: Connection) -> dict[int, str]:
    """The day of every piece of feedback, by its number."""
    return {number: day for number, day in connection.execute(select(FEEDBACK.c.id, FEEDBACK.c.given_on))}


def left_days(connection: Connection) -> dict[str, str]:
    """The last day of everybody's standing before the one they have now."""
    return dict(
        connection.execute(select(STANDING.c.nip, func.max(STANDING.c.ends)).group_by(STANDING.c.nip)).fetchall()
    )


def people_standing(connection: Connection) -> dict[str, tuple[str, str]]:
    """Everybody's name and standing."""
    rows = connection.execute(select(STAFF.c.nip, STAFF.c.name, STAFF.c.status))
    return {nip: (name, status) for nip, name, status in rows}


def people_in_open(connection: Connection) -> set[str]:
    """The people in periods that are open."""
    statement = select(APPRAISAL.c.nip).join(PERIOD, PERIOD.c.code == APPRAISAL.c.period_code)
    return set(connection.execute(statement.where(PERIOD.c.state == "open").distinct()).scalars())


def people_named(connection: Connection, periods: Collection[str], feedback: Collection[int], until: str) -> set[str]:
    """The people whom rows still name once those periods and that feedback are gone.

    Acting officials and delegations count while they run, or ended after `until`.
    """
    found: set[str] = set()
    for table, column in _NAMING:
        period = table.c.get("period_code")
        statement = select(table.c[column]).where(table.c[column].is_not(None))
        if period is not None and periods:
            statement = statement.where(period.not_in(sorted(periods)))
        if table is FEEDBACK:
            rows = connection.execute(select(FEEDBACK.c.id, table.c[column]).where(table.c[column].is_not(None)))
            found.update(nip for number, nip in rows if number not in feedback)
            continue
        found.update(connection.execute(statement.distinct()).scalars())
    for table, columns in ((ACTING, ("nip",)), (DELEGATION, ("assessor_nip", "delegate_nip", "ratee"))):
        runs = table.c.ends.is_(None) | (table.c.ends > until)
        for column in columns:
            found.update(connection.execute(select(table.c[column]).where(runs)).scalars())
    return found


def erase_periods(
    operation: Operation, erasure: Erasure, past: Sequence[PastPeriod], feedback: Collection[int]
) -> None:
    """Take everything out of periods that are past their retention, and feedback with it; they stay closed.

    What is left of a period is when it was and by which regulation, with a fingerprint of that alone.
    """
    connection = operation.connection
    pieces = [row for row in read_rows(connection, select(FEEDBACK)) if row["id"] in feedback]
    days = {str(row["given_on"]) for row in pieces}
    emptied = {one.code for one in past}
    # Closed periods that were emptied before guard the feedback of their days as well.
    closed = [
        one
        for one in load_periods(connection)
        if one.code in emptied or (not one.is_open and any(one.starts <= day <= one.ends for day in days))
    ]
    opened = [replace(period, state="open") for period in closed]
    for period, unlocked in zip(closed, opened, strict=True):
        change_period(operation, period, unlocked)
    for table in _OF_PERIODS:
        for code in sorted(emptied):
            erasure.remove(table, read_rows(connection, select(table).where(table.c.period_code == code)))
    erasure.remove(FEEDBACK, pieces)
    for unlocked in opened:
        change_period(
            operation, unlocked, replace(unlocked, state="closed", fingerprint=fingerprint(connection, unlocked.code))
        )


def erase_people(
    operation: Operation, erasure: Erasure, shorten: Collection[str], remove: Collection[str], until: str
) -> None:
    """Take out of people all but NIP, employment and days, or take them away whole, with what only concerns them."""
    connection = operation.connection
    everybody = [*shorten, *remove]
    for table in _OWN:
        erasure.remove(table, list(_rows_of(connection, table, "nip", everybody)))
    erasure.remove(STANDING, list(_rows_of(connection, STANDING, "nip", remove)))
    erasure.rewrite(HEADSHIP, [(row, row | {"nip": None}) for row in _rows_of(connection, HEADSHIP, "nip", remove)])
    gone = frozenset(remove)
    for table, columns in ((ACTING, ("nip",)), (DELEGATION, ("assessor_nip", "delegate_nip", "ratee"))):
        ended = read_rows(connection, select(table).where(table.c.ends <= until))
        erasure.remove(table, [row for row in ended if any(row[column] in gone for column in columns)])
    left_by_others = _rows_of(connection, PLACEMENT, "assessor_nip", remove)
    erasure.rewrite(PLACEMENT, [(row, row | {"assessor_nip": None}) for row in left_by_others])
    erasure.rewrite(STAFF, [(row, _shortened(row)) for row in _rows_of(connection, STAFF, "nip", shorten)])
    erasure.remove(STAFF, list(_rows_of(connection, STAFF, "nip", remove)))
    erasure.forget(READ_OF, everybody)
    erasure.forget_mentions(remove)


def _shortened(row: dict[str, Value]) -> dict[str, Value]:
    """A person of whom nothing is left that says who they were."""
    kept = {name: row[name] for name in ("nip", "employment", "status")}
    return {**dict.fromkeys(row), **kept, "name": ERASED_NAME, "assessor_rule": "unit"}


def _rows_of(connection: Connection, table: Table, column: str, nips: Iterable[str]) -> Iterator[dict[str, Value]]:
    """The whole rows of a table that name some people in a column."""
    wanted = sorted(nips)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        yield from read_rows(connection, select(table).where(table.c[column].in_(part)))
