"""`kinerja unit`: the units of the agency."""

from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.options import DryRun, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.units import UnitShown

_INDENT = "  "


def unit_list(output: Output = None, to: To = None) -> None:
    """List units, each after its parent."""
    from kinerja_cli.actions.units import list_units

    show(View(_("Units"), _columns(), [_row(one) for one in list_units(open_store())]), output, to)


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

    if name is None and parent is None and head is None and work_days is None:
        raise UsageError(_("There is nothing to change."), _("Give --name, --parent, --head or --work-days."))
    operation = set_unit(open_store(), code, name=name, parent=parent, head=head, work_days=work_days, dry_run=dry_run)
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
