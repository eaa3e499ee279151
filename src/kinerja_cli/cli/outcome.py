"""How an import ends: its exit code, and the sentence where rows kept it from being saved."""

from collections.abc import Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING

import typer

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity

if TYPE_CHECKING:
    from kinerja_cli.actions.sheets_read import FileRead
    from kinerja_cli.workbooks.read import IgnoredSheet


class RowsRejected(KinerjaError):
    """The files hold rows that cannot be taken, so nothing was."""

    code = "rows-rejected"
    exit = Exit.REJECTED

    def __init__(self, problems: Sequence[Problem]) -> None:
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        super().__init__(
            _("Nothing was saved: {count} errors in the files.").format(count=errors),
            _("Correct them and import again, or take the good rows alone with --accept-valid."),
            problems,
        )


def say_what_was_read(files: "Sequence[FileRead]", skipped: "Sequence[IgnoredSheet]") -> None:
    """Which sheets were read as what, and what of them was left alone."""
    for one in files:
        say(
            _("{file}, sheet {sheet}: read as {layout} ({reason}), headings in row {row}, {count} rows").format(
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


def import_notes(
    *, accepted: bool, rejected: int, taken: int, dry_run: bool, written: bool, again: str, empty: str = ""
) -> list[str]:
    """What an import says under its counts.

    `again` is its sentence for files that held nothing new, `empty` the one for files that held nothing at all.
    """
    if not accepted or (rejected and not taken):
        return [_("Nothing was saved.")]
    if empty:
        return [empty, *dry_run_note(dry_run)]
    if dry_run:
        return [*dry_run_note(dry_run)]
    return [] if written else [again]


def end_import(*, accepted: bool, rejected: int, taken: int, problems: Sequence[Problem]) -> None:
    """Raise what the exit code of an import asks for; return where all went well.

    `taken` counts the rows that were good, saved now or known before: with none of them nothing was done in part.
    """
    if not accepted or (rejected and not taken):
        raise RowsRejected(problems)
    if rejected:
        raise typer.Exit(Exit.PARTIAL)
