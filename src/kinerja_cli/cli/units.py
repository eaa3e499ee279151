"""`kinerja unit`: the units of the agency."""

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.options import DryRun, Output, Since, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.unit_rating import standing_columns, standing_data
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.units import UnitShown

_INDENT = "  "


def unit_list(
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help=_("With the organisation predikat of a period.")),
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """List units, each after its parent."""
    from kinerja_cli.actions.units import list_units

    store = open_store()
    columns, rows = _columns(), [_row(one) for one in list_units(store)]
    title = _("Units")
    if period is not None:
        from kinerja_cli.actions.unit_rating import units_in_period

        standings = units_in_period(store, period, today=today(store))
        rows = [row | standing_data(standings[str(row["unit_code"])]) for row in rows]
        columns = [replace(one, in_table=one.key in ("unit_code", "unit")) for one in columns] + standing_columns()
        title = _("Organisation predikat {period}").format(period=parse_period(period).code)
    show(View(title, columns, rows), output, to)


def unit_tree(output: Output = None, to: To = None) -> None:
    """Show the units as a tree with their heads."""
    from kinerja_cli.actions.units import list_units

    rows = [
        _row(one) | {"tree": _INDENT * (one.level - 1) + one.unit, "head": one.head} for one in list_units(open_store())
    ]
    columns = [
        Column("tree", _("Unit"), in_export=False),
        *(Column(one.key, one.title, one.kind, in_table=one.key in ("unit_code", "staff")) for one in _columns()),
        Column("head", _("Head")),
    ]
    show(View(_("Unit tree"), columns, rows), output, to)


def unit_set(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The unit's code (see `kinerja unit list`)."))],
    name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help=_("Its name; makes the unit if there is none."))
    ] = None,
    parent: Annotated[
        str | None, typer.Option("--parent", metavar="CODE", help=_('The unit above it; "-" puts it at the top.'))
    ] = None,
    head: Annotated[
        str | None, typer.Option("--head", metavar="NIP", help=_('Who leads it; "-" leaves it to the positions.'))
    ] = None,
    since: Since = None,
    work_days: Annotated[
        str | None,
        typer.Option(
            "--work-days", metavar="5|6", help=_('Its working days a week; "-" follows the unit above, or the setting.')
        ),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Name a unit, move it in the tree, say who leads it or how many days a week it works."""
    from kinerja_cli.actions.units import set_unit
    from kinerja_cli.cli.inputs import read_calendar_day

    if name is None and parent is None and head is None and work_days is None:
        raise UsageError(_("There is nothing to change."), _("Give --name, --parent, --head or --work-days."))
    if since is not None and (head is None or parent is not None):
        raise UsageError(
            _("--since is for --head alone: names, working weeks and the tree of units have no days."),
            _(
                "A unit stands in its new place from now on, and periods that open from now on keep it so. Give --head"
                " with --since by itself."
            ),
        )
    store = open_store()
    day = today(store)
    operation = set_unit(
        store,
        code,
        name=name,
        parent=parent,
        head=head,
        work_days=work_days,
        since=day if since is None else read_calendar_day(since, "--since"),
        today=day,
        dry_run=dry_run,
    )
    show(
        View(
            _("Unit changed") if operation else _("Nothing changed"),
            [Column("operation", _("Operation"), "number"), Column("unit_code", _("Code"))],
            [{"operation": operation, "unit_code": code}],
            single=True,
            notes=dry_run_note(dry_run),
        ),
        output,
    )


def _row(one: "UnitShown") -> dict[str, object]:
    return {
        "unit_code": one.unit_code,
        "unit": one.unit,
        "parent_code": one.parent_code,
        "level": one.level,
        "head_nip": one.head_nip,
        "staff": one.staff,
        "work_days": one.work_days,
    }


def _columns() -> list[Column]:
    return [
        Column("unit_code", _("Code")),
        Column("unit", _("Unit")),
        Column("parent_code", _("Parent's code")),
        Column("level", _("Level"), "number"),
        Column("head_nip", _("Head's NIP"), "nip"),
        Column("staff", _("People"), "number"),
        Column("work_days", _("Days a week"), "number"),
    ]
