"""`kinerja period`: review periods from opening to closing."""

from dataclasses import asdict
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.messages import say
from kinerja_cli.cli.options import AllowUnrated, AsOf, DryRun, Output, PeriodArgument, To, UnitOption
from kinerja_cli.cli.render import Format, show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note


def period_open(
    period: PeriodArgument,
    unit: UnitOption = None,
    late_joiners: Annotated[
        bool, typer.Option("--late-joiners", help=_("Add people who came since; the period must be open already."))
    ] = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Open a period for everybody in service, or add to an open one whoever is missing."""
    from kinerja_cli.actions.periods import open_period

    done = open_period(open_store(), period, unit=unit, late_joiners=late_joiners, dry_run=dry_run)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("state", _("State"), labels=_states()),
        Column("appraisals", _("People"), "number"),
        Column("added", _("Added"), "number"),
    ]
    show(View(_("Period opened"), columns, [asdict(done)], single=True, notes=dry_run_note(dry_run)), output)
    say(_("Next: kinerja score import FILE, or kinerja score record NIP {period}").format(period=done.period))


def period_close(
    period: PeriodArgument,
    allow_unrated: AllowUnrated = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Close a period and print its fingerprint."""
    from kinerja_cli.actions.periods import close_period

    done = close_period(open_store(), period, allow_unrated=allow_unrated, dry_run=dry_run)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("state", _("State"), labels=_states()),
        Column("rated", _("Rated"), "number"),
        Column("unrated", _("Not rated"), "number"),
        Column("fingerprint", _("Fingerprint")),
    ]
    if done.objections:
        columns.append(Column("objections", _("Undecided objections"), "list"))
    show(View(_("Period closed"), columns, [asdict(done)], single=True, notes=dry_run_note(dry_run)), output)


def period_reopen(
    period: PeriodArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why; it stays in the history."))],
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Open a closed period again."""
    from kinerja_cli.actions.periods import reopen_period
    from kinerja_cli.domain.periods import parse_period

    operation = reopen_period(open_store(), period, reason=reason, dry_run=dry_run)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("state", _("State"), labels=_states()),
    ]
    row = {"operation": operation, "period": parse_period(period).code, "state": "open"}
    show(View(_("Period reopened"), columns, [row], single=True, notes=dry_run_note(dry_run)), output)


def period_list(output: Output = None, to: To = None) -> None:
    """List periods with their dates and how far they are."""
    from kinerja_cli.actions.periods import list_periods

    show(View(_("Periods"), _columns(), list_periods(open_store())), output, to)


def period_show(period: PeriodArgument, output: Output = None, to: To = None) -> None:
    """Show one period and what was frozen in it."""
    from kinerja_cli.actions.periods import show_period

    columns = [
        *_columns(),
        Column("regulation", _("Regulation")),
        Column("peer_opinion", _("Peers heard"), labels={True: _("yes"), False: _("no")}),
        Column("units", _("Units"), "number"),
        Column("fingerprint", _("Fingerprint")),
    ]
    found = show_period(open_store(), period)
    show(View(str(found["period"]), columns, [found], single=True), output, to)


def period_rollover(
    as_of: AsOf = None,
    allow_unrated: AllowUnrated = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Open and close whatever is due, in order, once; for cron. Nothing due is success and silence."""
    from kinerja_cli.actions.periods import roll_over

    store = open_store()
    day = read_calendar_day(as_of, "--as-of") if as_of is not None else today(store)
    done = roll_over(store, day, allow_unrated=allow_unrated, dry_run=dry_run)
    data = {
        "as_of": done.as_of,
        "opened": list(done.opened),
        "closed": list(done.closed),
        "unrated": done.unrated,
        "operations": list(done.operations),
        "objections": done.objections,
    }
    if not (done.opened or done.closed) and (output or session.format) is not Format.JSON:
        return
    waiting = {code: count for code, count in done.unrated.items() if code not in done.closed}
    disputed = [code for code in done.objections if code not in waiting]
    rows: list[dict[str, object]] = []
    rows += [{"period": code, "done": "opened", "unrated": None} for code in done.opened]
    rows += [{"period": code, "done": "closed", "unrated": done.unrated.get(code, 0)} for code in done.closed]
    rows += [{"period": code, "done": "waits", "unrated": count} for code, count in waiting.items()]
    rows += [{"period": code, "done": "disputed", "unrated": 0} for code in disputed]
    labels = {
        "opened": _("opened"),
        "closed": _("closed"),
        "waits": _("past its window, waits for ratings"),
        "disputed": _("past its window, waits for decisions on objections"),
    }
    columns = [
        Column("period", _("Period")),
        Column("done", _("Done"), labels=dict(labels)),
        Column("unrated", _("Not rated"), "number"),
    ]
    title = _("Rollover on {day}").format(day=done.as_of)
    notes = dry_run_note(dry_run)
    show(View(title, columns, rows, notes=notes, data=data), output)


def _states() -> dict[object, str]:
    return {"open": _("open"), "closed": _("closed")}


def _columns() -> list[Column]:
    return [
        Column("period", _("Period")),
        Column(
            "kind",
            _("Kind"),
            labels={"monthly": _("month"), "quarterly": _("quarter"), "annual": _("year")},
        ),
        Column("starts", _("Starts"), "date"),
        Column("ends", _("Ends"), "date"),
        Column("window_ends", _("Window ends"), "date"),
        Column("state", _("State"), labels=_states()),
        Column("appraisals", _("People"), "number"),
        Column("rated", _("Rated"), "number"),
        Column("unrated", _("Not rated"), "number"),
    ]
