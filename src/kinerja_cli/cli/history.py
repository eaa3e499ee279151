"""`kinerja history`: what was done, by whom, when."""

from dataclasses import asdict
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View


def history(
    nip: Annotated[str | None, typer.Option("--nip", metavar="NIP", help=_("Only what changed this person."))] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="PERIOD", help=_("Only what touched this period."))
    ] = None,
    reads: Annotated[
        bool, typer.Option("--reads", help=_("Who read people's data: files and long lists, in place of what changed."))
    ] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """List operations, the newest first."""
    from kinerja_cli.actions.history import list_operations

    rows = [asdict(one) for one in list_operations(open_store(), nip=nip, period=period, reads=reads)]
    columns = [
        Column("operation", _("No."), "number"),
        Column("kind", _("Kind")),
        Column("at", _("When")),
        Column("actor", _("Who")),
        Column("summary", _("What")),
        Column("changes", _("Changes"), "number"),
        Column("undone_by", _("Undone by"), "number", in_table=False),
        Column("reason", _("Reason")),
        Column("period", _("Period"), in_table=False),
    ]
    show(View(_("History"), columns, rows), output, to)
