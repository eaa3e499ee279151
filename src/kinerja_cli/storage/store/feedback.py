"""Feedback on people, kept by day; a period looks at the days it spans."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from sqlalchemy import Connection, select

from kinerja_cli.domain.feedback_rules import Feedback
from kinerja_cli.storage.ledger import Image, Operation, next_number
from kinerja_cli.storage.store.operations import undone_operations
from kinerja_cli.storage.tables import CHANGE, FEEDBACK, OPERATION, STAFF

_FIELDS = tuple(field.name for field in fields(Feedback))
_COLUMNS = [FEEDBACK.c[name] for name in _FIELDS]


def load_feedback(
    connection: Connection,
    *,
    nip: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Feedback]:
    """Feedback in order of its day: on one person, and between two days (both included), where given."""
    statement = select(*_COLUMNS).join(STAFF, STAFF.c.nip == FEEDBACK.c.nip)
    if nip is not None:
        statement = statement.where(FEEDBACK.c.nip == nip)
    if since is not None:
        statement = statement.where(FEEDBACK.c.given_on >= since)
    if until is not None:
        statement = statement.where(FEEDBACK.c.given_on <= until)
    statement = statement.order_by(FEEDBACK.c.given_on, FEEDBACK.c.id)
    return [Feedback(*row) for row in connection.execute(statement)]


def add_feedback(operation: Operation, feedback: Sequence[Feedback]) -> None:
    """Keep feedback."""
    operation.insert(FEEDBACK, [_image(one) for one in feedback])


def change_feedback(operation: Operation, pairs: Iterable[tuple[Feedback, Feedback]]) -> None:
    """Keep feedback in new words: each pair is a piece before and after."""
    operation.update(FEEDBACK, [(_image(old), _image(new)) for old, new in pairs])


def feedback_from_sheets(connection: Connection, period_code: str) -> set[int]:
    """The pieces that came in with rating sheets of a period."""
    statement = (
        select(CHANGE.c.key)
        .join(OPERATION, OPERATION.c.seq == CHANGE.c.seq)
        .where(
            OPERATION.c.kind == "score.import",
            OPERATION.c.period_code == period_code,
            CHANGE.c.relation == FEEDBACK.name,
            CHANGE.c.key.is_not(None),
            # The number of a piece that was taken back goes to the next one that comes.
            OPERATION.c.seq.not_in(list(undone_operations(connection))),
        )
    )
    return {int(key) for key in connection.execute(statement).scalars()}


def next_feedback_id(connection: Connection) -> int:
    """The number the next piece of feedback gets."""
    return next_number(connection, FEEDBACK, "id")


def _image(piece: Feedback) -> Image:
    return {name: getattr(piece, name) for name in _FIELDS}
