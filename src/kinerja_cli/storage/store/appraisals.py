"""Appraisals: who takes part in a period, and what they were rated."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from sqlalchemy import Connection, Select, func, or_, select

from kinerja_cli.storage.ledger import Image, Operation, canonical
from kinerja_cli.storage.store.rows import read_row, read_rows
from kinerja_cli.storage.tables import APPRAISAL, PERIOD, STAFF


@dataclass(frozen=True, slots=True)
class Appraisal:
    """One person in one period; scores are integer hundredths, truth is 0 or 1."""

    period_code: str
    nip: str
    span: int
    unit_code: str | None
    position: str | None
    position_type: str | None
    rank: str | None
    employment: str
    sex: str | None
    assessor_nip: str | None
    hasil: str | None = None
    perilaku: str | None = None
    skp: int | None = None
    perilaku_score: int | None = None
    innovation: int | None = None
    predikat: str | None = None
    note: str | None = None
    rated_by: str | None = None
    final: int = 0
    final_rule: str | None = None
    assessor_rule: str | None = None
    carried_from: str | None = None
    out_on: str | None = None
    out_reason: str | None = None

    @property
    def is_rated(self) -> bool:
        """Whether there is a predikat; nothing is ever inferred without one."""
        return self.predikat is not None

    @property
    def is_out(self) -> bool:
        """Whether the person left or was excluded before the period's end, so that nobody waits for a rating."""
        return self.out_on is not None


_FIELDS = tuple(field.name for field in fields(Appraisal))
_values = attrgetter(*_FIELDS)
_COLUMNS = [APPRAISAL.c[name] for name in _FIELDS]

FINGERPRINT_TAG = b"kinerja.period.1\n"
"""What stands before everything that a fingerprint covers."""

_CHANGING = ("state", "fingerprint", "opened_on")

GROUPS = ("unit", "parent", "position_type", "rank", "employment", "sex")
"""What a summary can be grouped by."""


def load_appraisals(connection: Connection, period_code: str) -> dict[str, Appraisal]:
    """Everybody who takes part in a period, by NIP; of several spans the last."""
    statement = select(*_COLUMNS).where(APPRAISAL.c.period_code == period_code).order_by(APPRAISAL.c.span)
    return {row[1]: Appraisal(*row) for row in connection.execute(statement).fetchall()}


def load_appraisals_of(connection: Connection, nip: str) -> list[Appraisal]:
    """A person's appraisals of all periods, in order of time."""
    statement = (
        select(*_COLUMNS)
        .join(PERIOD, PERIOD.c.code == APPRAISAL.c.period_code)
        .where(APPRAISAL.c.nip == nip)
        .order_by(PERIOD.c.ends, PERIOD.c.starts.desc(), APPRAISAL.c.span)
    )
    return [Appraisal(*row) for row in connection.execute(statement).fetchall()]


def find_appraisal(connection: Connection, period_code: str, nip: str) -> Appraisal | None:
    """One person in one period, or None."""
    statement = (
        select(*_COLUMNS)
        .where(APPRAISAL.c.period_code == period_code, APPRAISAL.c.nip == nip)
        .order_by(APPRAISAL.c.span.desc())
    )
    row = connection.execute(statement).first()
    return None if row is None else Appraisal(*row)


def add_appraisals(operation: Operation, appraisals: Iterable[Appraisal]) -> None:
    """Take people into a period."""
    operation.insert(APPRAISAL, [_image(one) for one in appraisals])


def change_appraisals(operation: Operation, pairs: Iterable[tuple[Appraisal, Appraisal]]) -> None:
    """Keep ratings: each pair is the appraisal before and after."""
    operation.update(APPRAISAL, [(_image(old), _image(new)) for old, new in pairs])


def remove_appraisals(operation: Operation, appraisals: Iterable[Appraisal]) -> None:
    """Take people out of a period in which they never were; the ledger keeps what was there."""
    operation.remove(APPRAISAL, [_image(one) for one in appraisals])


def rated_counts(connection: Connection, period_code: str) -> tuple[int, int]:
    """How many people of a period are rated, and how many are still to be; who left without a rating is neither."""
    statement = select(func.count(), func.count(APPRAISAL.c.predikat)).where(
        APPRAISAL.c.period_code == period_code, or_(APPRAISAL.c.out_on.is_(None), APPRAISAL.c.predikat.is_not(None))
    )
    staff, rated = connection.execute(statement).one()
    return rated, staff - rated


def distribution(
    connection: Connection, period_code: str, column: str, *, leavers: bool
) -> list[tuple[str | None, str | None, int]]:
    """How many people of a period have each predikat (or none), by the value of a column.

    Those who left before its end count only where they are rated and `leavers` are to count.
    """
    group = APPRAISAL.c[column]
    stayed = APPRAISAL.c.out_on.is_(None)
    statement = (
        select(group, APPRAISAL.c.predikat, func.count())
        .where(APPRAISAL.c.period_code == period_code)
        .where(or_(stayed, APPRAISAL.c.predikat.is_not(None)) if leavers else stayed)
        .group_by(group, APPRAISAL.c.predikat)
    )
    return [(key, predikat, count) for key, predikat, count in connection.execute(statement).fetchall()]


def count_left(connection: Connection, period_code: str, column: str) -> dict[str | None, int]:
    """How many people left a period, or were left out, before its end, by the value of a column."""
    group = APPRAISAL.c[column]
    statement = (
        select(group, func.count())
        .where(APPRAISAL.c.period_code == period_code, APPRAISAL.c.out_on.is_not(None))
        .group_by(group)
    )
    return {key: count for key, count in connection.execute(statement)}


def rating_combinations(
    connection: Connection, period_code: str
) -> list[tuple[str | None, str | None, str | None, int]]:
    """How many people of a period have each hasil, perilaku and predikat together."""
    columns = (APPRAISAL.c.hasil, APPRAISAL.c.perilaku, APPRAISAL.c.predikat)
    statement = select(*columns, func.count()).where(APPRAISAL.c.period_code == period_code).group_by(*columns)
    return [(hasil, perilaku, predikat, people) for hasil, perilaku, predikat, people in connection.execute(statement)]


def results(connection: Connection, period_code: str, *, unrated: bool = False) -> list[dict[str, str | int | None]]:
    """The appraisals of a period with the names of the people, ordered by unit and name."""
    statement: Select[*tuple[object, ...]] = (
        select(APPRAISAL, STAFF.c.name, STAFF.c.front_title, STAFF.c.back_title)
        .join(STAFF, STAFF.c.nip == APPRAISAL.c.nip)
        .where(APPRAISAL.c.period_code == period_code)
        .order_by(APPRAISAL.c.unit_code, STAFF.c.name, APPRAISAL.c.nip)
    )
    if unrated:
        statement = statement.where(APPRAISAL.c.predikat.is_(None), APPRAISAL.c.out_on.is_(None))
    return read_rows(connection, statement)


def fingerprint(connection: Connection, period_code: str) -> str:
    """A period's fingerprint: SHA-256 over the period and its appraisals, each as canonical JSON on a line."""
    digest = hashlib.sha256(FINGERPRINT_TAG)
    digest.update(fingerprint_line(read_row(connection, PERIOD, code=period_code) or {}))
    statement = (
        select(*sorted(_COLUMNS, key=lambda column: column.name))
        .where(APPRAISAL.c.period_code == period_code)
        .order_by(APPRAISAL.c.nip, APPRAISAL.c.span)
    )
    for row in read_rows(connection, statement):
        digest.update(canonical(row).encode() + b"\n")
    return digest.hexdigest()


def fingerprint_line(period: Image) -> bytes:
    """What a fingerprint covers of the period itself: all that stays as it is from opening on."""
    kept = {name: value for name, value in period.items() if name not in _CHANGING}
    return canonical(kept).encode("utf-8", "surrogateescape") + b"\n"


def _image(one: Appraisal) -> Image:
    return dict(zip(_FIELDS, _values(one), strict=True))
