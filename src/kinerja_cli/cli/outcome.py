"""How an import ends: its exit code, and the sentence where rows kept it from being saved."""

from collections.abc import Sequence
from gettext import gettext as _

import typer

from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity


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


def import_notes(*, accepted: bool, rejected: int, taken: int, dry_run: bool, written: bool, again: str) -> list[str]:
    """What an import says under its counts; `again` is its sentence for files that held nothing new."""
    if not accepted or (rejected and not taken):
        return [_("Nothing was saved.")]
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
