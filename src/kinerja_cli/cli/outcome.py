"""How an import ends: what is shown of it, and its exit code."""

from collections.abc import Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

import typer

from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import say, show_problems
from kinerja_cli.cli.render import Format, show
from kinerja_cli.cli.views import View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity

if TYPE_CHECKING:
    from kinerja_cli.actions.sheets_read import FileRead
    from kinerja_cli.workbooks.read import IgnoredSheet


class Imported(Protocol):
    """What every import comes to, whatever it takes in."""

    @property
    def operation(self) -> int | None:
        """The number of the operation; None where nothing was written."""

    @property
    def dry_run(self) -> bool:
        """Whether nothing was to be kept."""

    @property
    def accepted(self) -> bool:
        """Whether the files were taken, with or without some of their rows."""

    @property
    def rejected(self) -> int:
        """The rows with an error."""

    @property
    def taken(self) -> int:
        """The rows that were good, saved now or known before."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Everything that was odd."""


class RowsRejected(KinerjaError):
    """The files hold rows that cannot be taken, so nothing was."""

    code = "rows-rejected"
    exit = Exit.REJECTED

    def __init__(self, problems: Sequence[Problem]) -> None:
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        super().__init__(
            _("Nothing was saved. Errors in the files: {count}.").format(count=errors),
            _("Correct them and import again, or take the good rows alone with --accept-valid."),
            problems,
        )


def say_what_was_read(files: "Sequence[FileRead]", skipped: "Sequence[IgnoredSheet]") -> None:
    """Which sheets were read as what, and what of them was left alone."""
    for one in files:
        say(
            _("{file}, sheet {sheet}: read as {layout} ({reason}), headings in row {row}, rows: {count}").format(
                file=one.file,
                sheet=one.sheet,
                layout=one.layout,
                reason=one.reason,
                row=one.header_row,
                count=one.rows,
            )
        )
        if one.unit:
            say(_("  unit named by its title or tab: {unit}").format(unit=one.unit))
        if one.mapped_by:
            say(_("  headings understood by the mapping kept as {name}").format(name=one.mapped_by))
        if one.ignored:
            say(_("  columns not used: {columns}").format(columns=", ".join(one.ignored)))
    say_left_alone(skipped)


def say_left_alone(skipped: "Sequence[IgnoredSheet]") -> None:
    """Which sheets were not read, and why."""
    for left in skipped:
        say(
            _("{file}, sheet {sheet}: left alone, {reason}").format(
                file=left.file, sheet=left.sheet, reason=left.reason
            )
        )


def nothing_in(files: "Sequence[FileRead]") -> str:
    """The sentence for files that hold no row to be taken."""
    if files and all(one.template for one in files):
        return _("0 rows, nothing to do: the template is not filled in yet.")
    return _("0 rows, nothing to do.")


def import_notes(result: Imported, *, again: str, empty: str = "") -> list[str]:
    """What an import says under its counts.

    `again` is its sentence for files that held nothing new, `empty` the one for files that held nothing at all.
    """
    if not result.accepted or (result.rejected and not result.taken):
        return [_("Nothing was saved.")]
    if empty:
        return [empty, *dry_run_note(result.dry_run)]
    if result.dry_run:
        return [*dry_run_note(result.dry_run)]
    return [] if result.operation is not None else [again]


def end_import(result: Imported, copy: MarkedCopy, view: View, output: Format | None) -> None:
    """Show what an import came to and what was wrong, then raise what its exit code asks for, if anything.

    With none of its rows good, nothing was done in part.
    """
    show(view, output)
    show_problems(result.problems, hint=copy.hint)
    copy.tell()
    if not result.accepted or (result.rejected and not result.taken):
        raise RowsRejected(result.problems)
    if result.rejected or any(problem.severity is Severity.ERROR for problem in result.problems):
        raise typer.Exit(Exit.PARTIAL)
