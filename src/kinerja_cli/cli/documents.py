"""`kinerja score dates`: the days on which evaluation documents were signed, handed over, received and returned."""

from datetime import date
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_day
from kinerja_cli.cli.messages import show_problems
from kinerja_cli.cli.options import DryRun, Output, PeriodArgument, UnitOption
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note

_NO_DAY = "-"


def score_dates(
    period: PeriodArgument,
    nip: Annotated[
        list[str] | None, typer.Option("--nip", metavar="NIP", help=_("Only this person; may be given several times."))
    ] = None,
    unit: UnitOption = None,
    signed: Annotated[
        str | None, typer.Option("--signed", metavar="DATE", help=_("When the assessor signed; - takes a day away."))
    ] = None,
    handed_over: Annotated[
        str | None, typer.Option("--handed-over", metavar="DATE", help=_("When it was handed to the person."))
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="DATE", help=_("When the person received it."))
    ] = None,
    returned: Annotated[
        str | None, typer.Option("--returned", metavar="DATE", help=_("When the person returned it, signed."))
    ] = None,
    reported: Annotated[
        str | None, typer.Option("--reported", metavar="DATE", help=_("When it was reported to the PyB."))
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Keep the days of evaluation documents: of some people, of a unit, or of everybody rated."""
    from kinerja_cli.actions.documents import keep_dates

    store = open_store()
    given = {
        "signed": signed,
        "handed_over": handed_over,
        "received": received,
        "returned": returned,
        "reported": reported,
    }
    days = {event: _day(text, event) for event, text in given.items() if text is not None}
    done = keep_dates(store, period, days, today=today(store), nips=nip or (), unit=unit, dry_run=dry_run)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("people", _("People"), "number"),
        Column("changed", _("Changed"), "number"),
        Column("unrated", _("Not rated"), "number"),
    ]
    row = done.as_dict()
    show(View(_("Days of documents"), columns, [row], single=True, data=row, notes=dry_run_note(dry_run)), output)
    show_problems(done.problems)


def _day(text: str, event: str) -> date | None:
    """The day that was typed; None takes one away."""
    return None if text.strip() == _NO_DAY else read_day(text, f"--{event.replace('_', '-')}")
