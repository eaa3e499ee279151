"""`kinerja unit rate`, `kinerja unit show`: the organisation predikat of units."""

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_all, read_day, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, show_problems
from kinerja_cli.cli.options import AcceptValid, DryRun, Output, PeriodArgument, To
from kinerja_cli.cli.outcome import end_import, import_notes, say_what_was_read
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note, organisation_labels, organisation_origins
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from kinerja_cli.actions.unit_rating import UnitStanding


def unit_rate(
    period: PeriodArgument,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help=_("The unit's code (see `kinerja unit list`)."))
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE]", help=_("istimewa, baik, butuh_perbaikan, kurang or sangat_kurang.")),
    ] = None,
    source: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help=_("A list of units with their predikat, in place of one.")),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why; needed to change one on record."))
    ] = None,
    issued: Annotated[
        str | None, typer.Option("--issued", metavar="DATE", help=_("The day it was issued; today by default."))
    ] = None,
    accept_valid: AcceptValid = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record the organisation predikat of a unit in a period, or of all units in a list."""
    day = None if issued is None else read_day(issued, "--issued")
    if source and code is None:
        _rate_listed(period, source, reason, day, output, accept_valid=accept_valid, dry_run=dry_run)
    elif code is None or value is None or source:
        raise UsageError(
            _("A unit's code and its predikat are needed, or a list of them."),
            _("Give CODE and VALUE, or --from FILE."),
        )
    else:
        _rate_one(period, code, value, reason, day, dry_run, output)


def _rate_listed(
    period: str,
    files: list[Path],
    reason: str | None,
    issued: "date | None",
    output: Output,
    *,
    accept_valid: bool,
    dry_run: bool,
) -> None:
    from kinerja_cli.actions.unit_rating_import import import_unit_ratings
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    with progress(_("Reading the list")):
        result = import_unit_ratings(
            store,
            period,
            read_all(paths, Purpose.ORGANISATION, sheet=None, accept_valid=accept_valid),
            today=today(store),
            issued=issued,
            reason=reason,
            accept_valid=accept_valid,
            dry_run=dry_run,
        )
    say_what_was_read(result.files, result.skipped)
    data = result.as_dict()
    view = View(
        _("List of organisation predikat"),
        [
            Column("operation", _("Operation"), "number"),
            Column("period", _("Period")),
            Column("rows", _("Rows"), "number"),
            Column("recorded", _("Recorded"), "number"),
            Column("changed", _("Overwritten"), "number"),
            Column("unchanged", _("Unchanged"), "number"),
            Column("blank", _("Without predikat"), "number"),
            Column("rejected", _("Rejected"), "number"),
        ],
        [data],
        single=True,
        notes=tuple(import_notes(result, again=_("Everything was recorded already; nothing was written."))),
        data=data,
    )
    end_import(result, MarkedCopy(None, paths), view, output)


def _rate_one(
    period: str,
    code: str,
    value: str,
    reason: str | None,
    issued: "date | None",
    dry_run: bool,
    output: Output,
) -> None:
    from kinerja_cli.actions.unit_rating import rate_unit

    store = open_store()
    done = rate_unit(store, period, code, value, today=today(store), reason=reason, issued=issued, dry_run=dry_run)
    title = _("Organisation predikat recorded")
    if done.operation is None:
        title = _("Dry run") if dry_run else _("Recorded before; nothing changed")
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("unit_code", _("Code")),
        Column("unit", _("Unit")),
        Column("organisation", _("Organisation's predikat"), labels=organisation_labels()),
        Column("issued_on", _("Issued on"), "date"),
        Column("reason", _("Reason")),
        Column("before", _("Before"), labels=organisation_labels()),
        Column("counts", _("Counts now"), labels=organisation_labels()),
        Column("counts_from", _("From"), labels=organisation_origins()),
    ]
    row = {one.key: getattr(done, one.key) for one in columns}
    data = row | {"problems": [one.as_dict() for one in done.problems]}
    notes = (*(() if done.counts == done.organisation else done.steps), *dry_run_note(dry_run))
    show(View(title, columns, [row], single=True, notes=notes, data=data), output)
    show_problems(done.problems)


def unit_show(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The unit's code (see `kinerja unit list`)."))],
    output: Output = None,
    to: To = None,
) -> None:
    """Show one unit, and its organisation predikat in every period."""
    from kinerja_cli.actions.unit_rating import show_unit

    store = open_store()
    found = show_unit(store, code, today=today(store))
    one = found.unit
    columns = [
        Column("unit_code", _("Code")),
        Column("unit", _("Unit")),
        Column("path", _("Stands under")),
        Column("parent_code", _("Parent's code")),
        Column("level", _("Level"), "number"),
        Column("head_nip", _("Head's NIP"), "nip"),
        Column("head", _("Head")),
        Column("staff", _("People"), "number"),
        Column("work_days", _("Working days"), "number"),
        Column("periods", _("Organisation's predikat"), "list"),
    ]
    row: dict[str, object] = {name: getattr(one, name) for name in one.__dataclass_fields__}
    row |= {"path": found.path, "work_days": found.work_days}
    lines = [_line(standing) for standing in found.periods]
    data = {column.key: row.get(column.key) for column in columns} | {
        "periods": [standing_data(standing) for standing in found.periods]
    }
    show(View(one.unit, columns, [row | {"periods": lines}], single=True, data=data), output, to)


def standing_data(standing: "UnitStanding") -> dict[str, object]:
    """What scripts get of a unit in a period."""
    return {
        "period": standing.period,
        "recorded": standing.recorded,
        "issued_on": standing.issued_on,
        "reason": standing.reason,
        "organisation": standing.organisation,
        "organisation_from": standing.organisation_from,
        "organisation_unit_code": standing.organisation_unit_code,
        "organisation_period": standing.organisation_period,
        "justification": standing.justification,
    }


def standing_columns() -> list[Column]:
    """The columns that `unit list` has more where a period is named."""
    words = organisation_labels()
    return [
        Column("recorded", _("Recorded"), labels=words),
        Column("issued_on", _("Issued on"), "date", wide=True),
        Column("reason", _("Reason"), in_table=False),
        Column("organisation", _("Counts"), labels=words),
        Column("organisation_from", _("From"), labels=organisation_origins()),
        Column("organisation_unit_code", _("Of unit"), in_table=False),
        Column("organisation_period", _("Of period"), in_table=False),
        Column("justification", _("Justification"), in_table=False),
    ]


def _line(standing: "UnitStanding") -> str:
    """One period of a unit in words."""
    words = organisation_labels()
    if standing.organisation is None:
        return _("{period}: none").format(period=standing.period)
    origin = organisation_origins()[standing.organisation_from]
    return _("{period}: {value} ({origin})").format(
        period=standing.period, value=words[standing.organisation], origin=origin
    )
