"""`kinerja score sheets` and `score template`: rating workbooks to send out and fill in."""

from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.options import DryRun, Output, PeriodArgument, UnitOption
from kinerja_cli.cli.reads import note_files
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import UsageError


class Paper(StrEnum):
    """What a workbook is printed on."""

    FOLIO = "folio"
    A4 = "a4"


def score_sheets(
    period: PeriodArgument,
    to: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help=_("The folder to write to; made if there is none."))
    ],
    unit: UnitOption = None,
    paper: Annotated[Paper, typer.Option("--paper", help=_("What they are printed on."))] = Paper.FOLIO,
    feedback: Annotated[
        bool, typer.Option("--feedback", help=_("Add a column for feedback on each BerAKHLAK value."))
    ] = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Write one rating workbook for each unit, to send out and import again."""
    from kinerja_cli.actions.score_sheets import write_sheets

    store = open_store()
    with progress(_("Writing the sheets")):
        done = write_sheets(
            store,
            period,
            to,
            today=today(store),
            unit=unit,
            paper=paper.value,
            feedback=feedback,
            dry_run=dry_run,
        )
    data = done.as_dict()
    columns = [
        Column("unit_code", _("Unit code"), in_table=False),
        Column("unit", _("Unit")),
        Column("people", _("People"), "number"),
        Column("rated", _("Rated"), "number"),
        Column("file", _("File")),
    ]
    rows = [{one.key: getattr(sheet, one.key) for one in columns} for sheet in done.files]
    show(View(_("Rating sheets"), columns, rows, notes=dry_run_note(dry_run), data=data), output)
    if not dry_run:
        people = [nip for sheet in done.files for nip in sheet.nips]
        note_files([to / sheet.file for sheet in done.files], people, {"period": done.period, "unit": unit})
        say(
            _("Written to {folder}: sheets {files}, people {people}").format(
                files=len(done.files), people=data["people"], folder=to
            )
        )


def score_template(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("The workbook to write."))],
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help=_("Put the people of this open period into it.")),
    ] = None,
    unit: UnitOption = None,
) -> None:
    """Write a rating sheet to fill in from scratch, with drop-downs and notes."""
    from kinerja_cli.actions.score_sheets import write_template
    from kinerja_cli.domain.periods import parse_period

    if to.suffix.lower() != ".xlsx":
        raise UsageError(
            _("A template is a workbook: {file} must end in .xlsx.").format(file=to), _("For example -o nilai.xlsx.")
        )
    if unit is not None and period is None:
        raise UsageError(
            _("--unit needs a period."), _("Say whose unit it is with --period, for example --period 2026-Q1.")
        )
    store = open_store()
    people = write_template(store, to, today=today(store), period_code=period, unit=unit)
    note_files([to], people, {"period": None if period is None else parse_period(period).code, "unit": unit})
    if period is None:
        say(_("Template written to {file}").format(file=to))
    else:
        say(_("{count} people written to {file}").format(count=len(people), file=to))
