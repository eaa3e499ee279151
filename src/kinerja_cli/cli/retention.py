"""`kinerja retention`: what is past the time for which it may be kept, and erasing it."""

from collections.abc import Iterator
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.options import AsOf, DryRun, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note

if TYPE_CHECKING:
    from kinerja_cli.actions.retention import RetentionPlan


def retention_plan(as_of: AsOf = None, output: Output = None, to: To = None) -> None:
    """List what is past its retention: closed periods, feedback, people who left; nothing is changed."""
    from kinerja_cli.actions import retention

    store = open_store()
    day = today(store) if as_of is None else read_calendar_day(as_of, "--as-of")
    plan = retention.retention_plan(store, day)
    rows = list(_rows(plan))
    columns = [
        Column("what", _("What"), labels={"period": _("period"), "feedback": _("feedback"), "person": _("person")}),
        Column("of", _("Of")),
        Column("nip", _("NIP"), "nip", in_table=False),
        Column("name", _("Name"), in_table=False),
        Column("day", _("Past since, or left"), "date"),
        Column("rows", _("Ratings or pieces"), "number"),
        Column("action", _("What becomes of it"), labels=_actions()),
        Column("why", _("Because"), labels=_reasons()),
    ]
    notes = (
        _("Kept: periods {period_years} years after their window, people {staff_years} years after they left.").format(
            period_years=plan.period_years, staff_years=plan.staff_years
        ),
        _("Both are settings; the archive schedule of the agency (JRA, UU 43/2009) decides, and a jurist should look."),
        *([] if rows else [_("Nothing is past its retention.")]),
    )
    show(View(_("Retention on {day}").format(day=day.isoformat()), columns, rows, notes=notes), output, to)


def retention_apply(
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it; without this it is only shown."))] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help=_("The decision it rests on, without names: it stays for good.")),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Erase what is past its retention, from the ledger too; it cannot be undone, and the chain still holds."""
    from kinerja_cli.actions.retention import apply_retention

    store = open_store()
    done = apply_retention(store, today=today(store), reason=reason, dry_run=dry_run or not yes)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("periods", _("Periods emptied"), "list"),
        Column("appraisals", _("Ratings"), "number"),
        Column("feedback", _("Feedback"), "number"),
        Column("shortened", _("People of whom only the NIP is left"), "number"),
        Column("removed", _("People of whom nothing is left"), "number"),
        Column("emptied", _("Recorded changes emptied"), "number"),
    ]
    notes = [*dry_run_note(done.dry_run)]
    if done.plan.is_empty:
        notes.append(_("Nothing is past its retention."))
    elif done.dry_run and not dry_run:
        notes.append(_("Look at `kinerja retention plan` first; then add --yes."))
    elif not done.dry_run:
        notes.append(_("Older backups still hold it: let them run out, or take them away."))
    row = done.as_dict()
    show(View(_("Retention"), columns, [row], single=True, data=row, notes=tuple(notes)), output)


def _rows(plan: "RetentionPlan") -> Iterator[dict[str, object]]:
    for period in plan.periods:
        yield _row("period", period.code, period.since, period.appraisals, "empty")
    if plan.feedback:
        yield _row("feedback", None, None, len(plan.feedback), "remove")
    for person in plan.people:
        action = "remove" if person.remove else "shorten" if person.shorten else "keep"
        yield _row("person", person.name, person.left_on, None, action) | {
            "nip": person.nip,
            "name": person.name,
            "why": None if person.kept is None else str(person.kept),
        }


def _row(what: str, of: str | None, day: str | None, rows: int | None, action: str) -> dict[str, object]:
    told = {"what": what, "of": of, "day": day, "rows": rows, "action": action}
    return told | dict.fromkeys(("nip", "name", "why"))


def _actions() -> dict[object, str]:
    return {
        "empty": _("all ratings in it are erased"),
        "remove": _("erased"),
        "shorten": _("all but the NIP is erased"),
        "keep": _("stays"),
    }


def _reasons() -> dict[object, str]:
    return {
        "no_day": _("nobody knows when they left"),
        "open_period": _("they are in an open period"),
        "referred": _("something that is kept needs the NIP"),
    }
