"""Import sheets of feedback: our template, lists of colleagues, and reports from the public, as one operation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kinerja_cli.actions.feedback import read_giver
from kinerja_cli.actions.headings import remember_mapping
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.sheets_read import FileRead, file_read, left_alone, readings, told_notes
from kinerja_cli.domain.feedback_reading import FeedbackRead, read_feedback
from kinerja_cli.domain.feedback_rules import Feedback
from kinerja_cli.domain.feedback_settling import ClosedPeriod, settle_feedback
from kinerja_cli.domain.rows import Row
from kinerja_cli.errors import Problem, Severity
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.feedback import add_feedback, load_feedback, next_feedback_id
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.staff import load_staff

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile


@dataclass(frozen=True, slots=True)
class FeedbackImport:
    """What an import of feedback came to; `blank` counts rows that say nothing yet."""

    operation: int | None
    dry_run: bool
    files: tuple[FileRead, ...]
    skipped: "tuple[IgnoredSheet, ...]"
    rows: int
    added: int
    unchanged: int
    rejected: int
    blank: int
    accepted: bool
    problems: tuple[Problem, ...]

    @property
    def taken(self) -> int:
        """The rows that were good, saved now or known before."""
        return self.added + self.unchanged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as added."""
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "files": [one.as_dict() for one in self.files],
            "ignored_sheets": left_alone(self.skipped),
            "rows": self.rows,
            "added": self.added if self.accepted else 0,
            "unchanged": self.unchanged if self.accepted else 0,
            "rejected": self.rejected,
            "blank": self.blank,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(slots=True)
class _Sheets:
    """The sheets as they were read, with their rows."""

    files: list[FileRead] = field(default_factory=list)
    skipped: "list[IgnoredSheet]" = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def foreign(self) -> list[str]:
        """The files that are no template of ours."""
        return list(dict.fromkeys(one.file for one in self.files if not one.template))


def import_feedback(
    store: Store,
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    *,
    today: date,
    giver: str | None = None,
    accept_valid: bool = False,
    dry_run: bool = False,
    save_map: tuple[str, Mapping[str, str]] | None = None,
) -> FeedbackImport:
    """Take in feedback as one operation: whole, or with `accept_valid` the rows without an error.

    `giver` is whom feedback is from where a row does not say, `save_map` a name and the mapping to keep under it.
    The files are read before the store is locked. Raises NoRows where no sheet holds anything, but for a template
    of ours that nobody has filled in yet.
    """
    usual = None if giver is None else read_giver(giver)
    loaded = _load(sheets)
    if not loaded.rows and loaded.foreign() and not dry_run:
        raise NoRows(", ".join(loaded.foreign()))
    read = read_feedback(loaded.rows, today=today, giver=usual)
    with store.writing("feedback.import", dry_run=dry_run) as operation:
        connection = operation.connection
        changes = settle_feedback(
            read,
            staff=load_staff(connection),
            kept=_kept(connection, read),
            closed=[
                ClosedPeriod(one.code, one.starts, one.ends) for one in load_periods(connection) if not one.is_open
            ],
            today=today,
            first_id=next_feedback_id(connection),
        )
        accepted = accept_valid or not any(one.severity is Severity.ERROR for one in changes.problems)
        if accepted:
            add_feedback(operation, changes.added)
            if save_map is not None:
                remember_mapping(operation, *save_map)
        operation.facts.update({"files": name_files(one.file for one in loaded.files), "added": len(changes.added)})
    return FeedbackImport(
        operation=operation.seq,
        dry_run=dry_run,
        files=tuple(loaded.files),
        skipped=tuple(loaded.skipped),
        rows=len(read.drafts),
        added=len(changes.added),
        unchanged=changes.unchanged,
        rejected=changes.rejected,
        blank=read.blank,
        accepted=accepted,
        problems=(*changes.problems, *loaded.notes),
    )


def _load(sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]") -> _Sheets:
    """Read every sheet once; of each only the rows are kept, the sheet itself is let go."""
    loaded = _Sheets()
    for sheet in readings(sheets, loaded.skipped, loaded.notes):
        rows = list(sheet.rows)
        loaded.rows.extend(rows)
        loaded.notes.extend(told_notes(sheet))
        loaded.files.append(file_read(sheet, len(rows)))
    return loaded


def _kept(connection: Connection, read: FeedbackRead) -> list[Feedback]:
    """The feedback that what was read may repeat: of its days, or of all where a row gives none."""
    days = [draft.day for draft in read.drafts]
    dated = [day.isoformat() for day in days if day is not None]
    if len(dated) < len(days) or not dated:
        return load_feedback(connection) if days else []
    return load_feedback(connection, since=min(dated), until=max(dated))
