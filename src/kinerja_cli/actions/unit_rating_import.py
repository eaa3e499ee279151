"""Take in a list of units with the organisation predikat each was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.organisation import organisation_of
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.sheets_read import FileRead, file_read, readings
from kinerja_cli.actions.unit_rating import check_issued, late_results
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.unit_ratings import read_unit_ratings
from kinerja_cli.errors import Problem
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.unit_ratings import save_unit_ratings
from kinerja_cli.storage.store.units import load_units

if TYPE_CHECKING:
    from kinerja_cli.domain.rows import Row
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile


@dataclass(frozen=True, slots=True)
class UnitRatingsImport:
    """What a list came to; `blank` rows have no predikat."""

    operation: int | None
    dry_run: bool
    period: str
    files: tuple[FileRead, ...]
    skipped: "tuple[IgnoredSheet, ...]"
    rows: int
    recorded: int
    changed: int
    unchanged: int
    blank: int
    rejected: int
    accepted: bool
    problems: tuple[Problem, ...]

    @property
    def taken(self) -> int:
        """The rows that were good, saved now or known before."""
        return self.recorded + self.changed + self.unchanged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as recorded."""
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "period": self.period,
            "files": [one.as_dict() for one in self.files],
            "rows": self.rows,
            "recorded": self.recorded if self.accepted else 0,
            "changed": self.changed if self.accepted else 0,
            "unchanged": self.unchanged if self.accepted else 0,
            "blank": self.blank,
            "rejected": self.rejected,
            "problems": [one.as_dict() for one in self.problems],
        }


def import_unit_ratings(
    store: Store,
    period_text: str,
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    *,
    today: date,
    issued: date | None = None,
    reason: str | None = None,
    accept_valid: bool = False,
    dry_run: bool = False,
) -> UnitRatingsImport:
    """Record the organisation predikat of many units: whole, or with `accept_valid` the rows without an error.

    `issued` and `reason` hold for rows that do not say. Raises NoRows where no sheet has a row.
    """
    period = parse_period(period_text)
    check_issued(period, issued, today)
    skipped: list[IgnoredSheet] = []
    files: list[FileRead] = []
    rows: list[Row] = []
    told: list[Problem] = []
    for sheet in readings(sheets, skipped, told):
        before = len(rows)
        rows.extend(sheet.rows)
        files.append(file_read(sheet, len(rows) - before))
    if not rows:
        raise NoRows(name_files(one.file for one in files))
    with store.writing("unit.rate", dry_run=dry_run) as operation:
        connection = operation.connection
        units = load_units(connection)
        counting = organisation_of(connection, period, today)
        read = read_unit_ratings(
            rows,
            period=period,
            rules=counting.rules,
            units=units,
            issued_before=counting.issued,
            today=today,
            issued=issued,
            reason=reason,
        )
        operation.period_code = period.code
        operation.reason = reason
        operation.facts.update({"units": read.recorded + read.changed})
        accepted = accept_valid or not read.rejected
        if accepted:
            save_unit_ratings(operation, read.pairs)
    return UnitRatingsImport(
        operation.seq,
        dry_run,
        period.code,
        tuple(files),
        tuple(skipped),
        read.rows,
        read.recorded,
        read.changed,
        read.unchanged,
        read.blank,
        read.rejected,
        accepted,
        (*read.problems, *told, *late_results(counting, units, (new for _old, new in read.pairs))),
    )
