"""`kinerja feedback`: what leaders, peers, subordinates and the public say."""

from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_day
from kinerja_cli.cli.options import DryRun, NipArgument, Output, To, UnitOption
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note, feedback_words


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

    rows = [dict(row) for row in list_feedback(open_store(), nip=nip, unit=unit, period=period)]
    show(View(_("Feedback"), feedback_columns(), rows), output, to)
