"""What was issued on units in a period: their organisation predikat, and why a distribution is as it is."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select

from kinerja_cli.domain.organisation import UnitRating
from kinerja_cli.storage.dated_tables import JUSTIFICATION, UNIT_RATING
from kinerja_cli.storage.ledger import Image, Operation
from kinerja_cli.storage.store.rows import read_row
from kinerja_cli.storage.store.traces import facts_of

_UNIT: Final = "unit"
_FINDINGS: Final = "findings"
_BETWEEN: Final = "\n"
"""Facts of an operation that justified a distribution: of which unit, and the keys of its findings, a line each."""

_COLUMNS = [UNIT_RATING.c[name] for name in ("period_code", "unit_code", "organisation", "issued_on", "reason")]


def load_unit_ratings(connection: Connection, period_code: str) -> dict[str, UnitRating]:
    """The organisation predikat issued for a period, by unit; the period need not have been opened."""
    statement = select(*_COLUMNS).where(UNIT_RATING.c.period_code == period_code)
    return {row[1]: UnitRating(*row) for row in connection.execute(statement)}


def load_ratings_of_unit(connection: Connection, unit_code: str) -> list[UnitRating]:
    """Every organisation predikat of a unit, by the code of the period."""
    statement = select(*_COLUMNS).where(UNIT_RATING.c.unit_code == unit_code).order_by(UNIT_RATING.c.period_code)
    return [UnitRating(*row) for row in connection.execute(statement)]


def save_unit_ratings(operation: Operation, pairs: Iterable[tuple[UnitRating | None, UnitRating]]) -> None:
    """Keep organisation predikat: each pair is one before, where there was one, and after."""
    listed = list(pairs)
    operation.insert(UNIT_RATING, [_image(new) for old, new in listed if old is None])
    operation.update(UNIT_RATING, [(_image(old), _image(new)) for old, new in listed if old is not None])


def load_justifications(connection: Connection, period_code: str) -> dict[str, str]:
    """Why the distribution of units is as it is in a period, by unit."""
    statement = select(JUSTIFICATION.c.unit_code, JUSTIFICATION.c.reason)
    rows = connection.execute(statement.where(JUSTIFICATION.c.period_code == period_code))
    return {row.unit_code: row.reason for row in rows}


def justified_findings(connection: Connection, period_code: str) -> dict[str, frozenset[str]]:
    """The findings that each unit's justification was given for; of a unit of which nobody kept them there is nothing.

    They stand with the operation that recorded the justification.
    """
    found: dict[str, frozenset[str]] = {}
    for facts in facts_of(connection, "unit.justify", period_code):
        unit, findings = facts.get(_UNIT), facts.get(_FINDINGS)
        if unit is not None and findings is not None:
            found[str(unit)] = frozenset(str(findings).split(_BETWEEN)) - {""}
    return found


def save_justification(
    operation: Operation, period_code: str, unit_code: str, reason: str, findings: Iterable[str]
) -> None:
    """Keep why the distribution of a unit is as it is, and for which findings, over what was said before."""
    connection, given = operation.connection, frozenset(findings)
    old = read_row(connection, JUSTIFICATION, period_code=period_code, unit_code=unit_code)
    new: Image = {"period_code": period_code, "unit_code": unit_code, "reason": reason}
    if old == new and justified_findings(connection, period_code).get(unit_code) != given:
        # The same words for other findings: the row is written anew, since there is no operation without a change.
        operation.remove(JUSTIFICATION, [new])
        old = None
    operation.facts.update({_UNIT: unit_code, _FINDINGS: _BETWEEN.join(sorted(given))})
    if old is None:
        operation.insert(JUSTIFICATION, [new])
    else:
        operation.update(JUSTIFICATION, [(old, new)])


def _image(one: UnitRating) -> Image:
    return {
        "period_code": one.period_code,
        "unit_code": one.unit_code,
        "organisation": one.organisation,
        "issued_on": one.issued_on,
        "reason": one.reason,
    }
