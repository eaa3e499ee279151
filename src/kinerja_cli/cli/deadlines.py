"""`kinerja deadlines`: which steps are due of whom, and until when."""

from enum import StrEnum
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.options import AsOf, Output, To, UnitOption
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import closed_note, deadline_states


class Order(StrEnum):
    """What the steps stand together by."""

    DUE = "due"
    UNIT = "unit"
    ASSESSOR = "assessor"


def deadlines(
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("One period; the current ones if left away."))
    ] = None,
    as_of: AsOf = None,
    by: Annotated[Order, typer.Option("--by", help=_("What the steps stand together by."))] = Order.DUE,
    late: Annotated[bool, typer.Option("--late", help=_("Only what is late."))] = False,
    unit: UnitOption = None,
    output: Output = None,
    to: To = None,
) -> None:
    """List every open step with its last day and who must act, in working days."""
    from kinerja_cli.actions.deadlines import closed_for_rating, list_deadlines
    from kinerja_cli.domain.periods import parse_period

    store = open_store()
    day = read_calendar_day(as_of, "--as-of") if as_of is not None else today(store)
    rows = list_deadlines(store, period, as_of=day, by=by.value, unit=unit, late=late)
    columns = [
        Column("code", _("Code")),
        Column("nip", _("NIP"), "nip", in_table=False),
        Column("name", _("Name")),
        Column("period", _("Period")),
        Column("unit_code", _("Unit code"), in_table=False, in_workbook=False),
        Column("unit", _("Unit"), wide=True),
        Column("actor_nip", _("NIP of who must act"), "nip", in_table=False),
        Column("actor", _("Who must act")),
        Column("starts", _("Counts from"), "date", in_table=False),
        Column("last_day", _("Last day"), "date"),
        Column("state", _("State"), labels=deadline_states()),
        Column("step", _("Step")),
        Column("assessor_nip", _("Assessor's NIP"), "nip", in_table=False),
        Column("assessor", _("Assessor"), in_table=by is Order.ASSESSOR),
    ]
    title = _("Deadlines on {day}").format(day=day.isoformat())
    code = None if period is None else parse_period(period).code
    notes = tuple(closed_note(one) for one in closed_for_rating(store, rows))
    show(View(title, columns, rows, notes=notes, of={"period": code, "unit": unit}), output, to)
