"""`kinerja incident report`: which people's data left when, by whom, as the draft of a notice."""

from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_day
from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View


def incident_report(
    since: Annotated[str, typer.Option("--from", metavar="DATE", help=_("The first day to look at."))],
    until: Annotated[str, typer.Option("--to", metavar="DATE", help=_("The last day to look at."))],
    output: Output = None,
    to: To = None,
) -> None:
    """Tell which people's data left when, by whom and how, with the draft of the notice the law asks for."""
    from kinerja_cli.actions import disclosures

    found = disclosures.incident_report(open_store(), read_day(since, "--from"), read_day(until, "--to"))
    columns = [
        Column("operation", _("No."), "number"),
        Column("at", _("When")),
        Column("actor", _("Who")),
        Column("place", _("From where"), wide=True),
        Column("command", _("Command")),
        Column("to", _("Where to")),
        Column("people", _("People"), "number"),
        Column("of", _("Chosen by")),
        Column("listed", _("People on record"), labels={True: _("yes"), False: _("no")}, in_table=False),
        Column("data", _("Data"), in_table=False, width=50),
        Column("sha256", _("SHA-256"), in_table=False),
    ]
    people = [{"nip": one.nip, "name": one.name, "times": one.times} for one in found.incident.people]
    concerned = View(
        _("People"),
        [Column("nip", _("NIP"), "nip"), Column("name", _("Name")), Column("times", _("Times"), "number")],
        people,
    )
    view = View(
        _("Incident report"),
        columns,
        [disclosures.read_as_dict(one) for one in found.incident.disclosures],
        notes=(
            _("Lists and files: {count}; people on record by name: {people}.").format(
                count=len(found.incident.disclosures), people=len(people)
            ),
        ),
        data=found.as_dict(),
        beside=(concerned,) if people else (),
        text=found.text.rstrip("\n"),
        is_document=True,
        people=[one.nip for one in found.incident.people],
    )
    show(view, output, to)
