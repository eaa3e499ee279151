"""`kinerja feedback`: what leaders, peers, subordinates and the public say."""

from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import check_workbook, read_all, read_day, read_headings, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.options import (
    AcceptValid,
    DryRun,
    Files,
    Mapping,
    NipArgument,
    Output,
    ProblemsFile,
    SaveMap,
    SheetName,
    To,
    UnitOption,
)
from kinerja_cli.cli.outcome import end_import, import_notes, nothing_in, say_what_was_read
from kinerja_cli.cli.reads import note_files
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import find_store, open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note, feedback_words

if TYPE_CHECKING:
    from kinerja_cli.actions.feedback_import import FeedbackImport


def feedback_columns() -> list[Column]:
    """The columns of a list of feedback."""
    words = feedback_words()
    return [
        Column("id", _("No."), "number", in_table=False),
        Column("date", _("Date"), "date"),
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("from", _("From"), labels=words),
        Column("giver", _("Giver")),
        Column("aspect", _("Aspect"), labels=words),
        Column("tone", _("Tone"), labels=words),
        Column("anonymous", _("Anonymous"), in_table=False, labels={True: _("yes"), False: _("no")}),
        Column("text", _("Feedback")),
    ]


def feedback_add(
    nip: NipArgument,
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="SOURCE", help=_("Who gives it: pimpinan, rekan, bawahan, masyarakat, pihak_lain.")
        ),
    ],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=_("What they say."))],
    aspect: Annotated[
        str | None,
        typer.Option(
            "--aspect", metavar="WORD", help=_("What it is about: hasil, or a BerAKHLAK value such as akuntabel.")
        ),
    ] = None,
    tone: Annotated[
        str | None, typer.Option("--tone", metavar="WORD", help=_("positive, neutral or negative."))
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=_("The day it was given; today by default."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NIP|NAME", help=_("Who said it, if they may be named."))
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_("Never keep who said it."))] = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Add feedback on one person."""
    from kinerja_cli.actions.feedback import add_feedback

    store = open_store()
    day = today(store)
    row = add_feedback(
        store,
        nip,
        giver=source,
        text=text,
        today=day,
        aspect=aspect,
        tone=tone,
        on=read_day(date, "--date") if date is not None else None,
        anonymous=anonymous,
        by=by,
        dry_run=dry_run,
    )
    columns = [Column("operation", _("Operation"), "number"), *feedback_columns()]
    show(View(_("Feedback added"), columns, [dict(row)], single=True, notes=dry_run_note(dry_run)), output)


def feedback_import(
    files: Files,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help=_("Who gives it, where a row does not say: pimpinan, rekan, bawahan, masyarakat, pihak_lain."),
        ),
    ] = None,
    sheet: SheetName = None,
    mapping: Mapping = None,
    save_map: SaveMap = None,
    problems: ProblemsFile = None,
    accept_valid: AcceptValid = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Import feedback: our template, lists of any kind, reports from the public; all files are one operation."""
    from kinerja_cli.actions.feedback_import import import_feedback
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    headings = read_headings(store, mapping, save_map)
    copy = MarkedCopy(problems, paths)
    with progress(_("Reading the feedback")), copy.reading():
        result = import_feedback(
            store,
            read_all(
                paths, Purpose.FEEDBACK, sheet=sheet, headings=headings, seen=copy.seen, accept_valid=accept_valid
            ),
            today=today(store),
            giver=source,
            accept_valid=accept_valid,
            dry_run=dry_run,
            save_map=headings.to_save,
        )
    notes = _import_notes(result)
    copy.write(result.problems, result.operation, notes)
    say_what_was_read(result.files, result.skipped)
    end_import(result, copy, _import_view(result, copy, notes), output)


def _import_notes(result: "FeedbackImport") -> list[str]:
    """What is said under the counts of an import."""
    return import_notes(
        result,
        again=_("Everything is kept already; nothing was written."),
        empty="" if result.rows else nothing_in(result.files),
    )


def _import_view(result: "FeedbackImport", copy: MarkedCopy, notes: Sequence[str]) -> View:
    """The counts of an import of feedback."""
    data = result.as_dict() | copy.facts
    return View(
        _("Import of feedback"),
        [
            Column("operation", _("Operation"), "number"),
            Column("rows", _("Rows"), "number"),
            Column("added", _("Added"), "number"),
            Column("unchanged", _("Unchanged"), "number"),
            Column("rejected", _("Rejected"), "number"),
        ],
        [data],
        single=True,
        notes=tuple(notes),
        data=data,
    )


def feedback_template(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("The workbook to write."))],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="CODE", help=_("Add a sheet with the people of this unit and those below it.")),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="PERIOD", help=_("For feedback given within this period."))
    ] = None,
) -> None:
    """Write an empty list of feedback to fill in, with drop-downs and notes."""
    check_workbook(to, "umpan-balik.xlsx")
    from kinerja_cli.actions.templates import people_to_copy, period_to_fill
    from kinerja_cli.workbooks.feedback_template import Colleague, write_feedback_template

    span = None if period is None else period_to_fill(find_store(), period)
    listed = None if unit is None else people_to_copy(open_store(), unit)
    write_feedback_template(
        to,
        people=[
            Colleague(person.nip, person.display_name, person.position, of)
            for person, of in (listed.people if listed is not None else ())
        ],
        unit=None if listed is None else listed.unit,
        period=span,
    )
    if listed is not None:
        note_files([to], [person.nip for person, _of in listed.people], {"unit": unit})
    say(_("Template written to {file}").format(file=to))


def feedback_list(
    nip: Annotated[str | None, typer.Argument(metavar="[NIP]", help=_("One person; everybody if left away."))] = None,
    unit: UnitOption = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="PERIOD", help=_("Only what was given within this period."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """List feedback by its day."""
    from kinerja_cli.actions.feedback import list_feedback
    from kinerja_cli.domain.periods import parse_period

    rows = [dict(row) for row in list_feedback(open_store(), nip=nip, unit=unit, period=period)]
    code = None if period is None else parse_period(period).code
    show(View(_("Feedback"), feedback_columns(), rows, of={"period": code, "unit": unit}), output, to)
