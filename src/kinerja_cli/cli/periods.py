"""`kinerja period`: review periods from opening to closing."""

from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.closing import leave_record
from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.messages import say, warn
from kinerja_cli.cli.options import AllowUnrated, AsOf, DryRun, Output, PeriodArgument, To, UnitOption
from kinerja_cli.cli.ping import pinging
from kinerja_cli.cli.render import Format, show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.domain import calendar_problems
from kinerja_cli.errors import Place, UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.rollover import RolledOver


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
    from kinerja_cli.actions.periods import open_period, window_over

    store = open_store()
    ended = window_over(store, period, today(store))
    done = open_period(store, period, today=today(store), unit=unit, late_joiners=late_joiners, dry_run=dry_run)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("state", _("State"), labels=_states()),
        Column("appraisals", _("People"), "number"),
        Column("added", _("Added"), "number"),
    ]
    show(View(_("Period opened"), columns, [asdict(done)], single=True, notes=dry_run_note(dry_run)), output)
    if ended is not None:
        warn(calendar_problems.PERIOD_PAST.at(Place(), period=done.period, ends=ended.isoformat()), lightly=True)
    say(_("Next: kinerja score import FILE, or kinerja score record NIP {period}").format(period=done.period))


def period_close(
    period: PeriodArgument,
    allow_unrated: AllowUnrated = False,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="FILE", help=_("Where to write the closing record; beside the store by default.")
        ),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Close a period, print its fingerprint, and leave a closing record."""
    from kinerja_cli.actions.periods import close_period

    store = open_store()
    done = close_period(store, period, today=today(store), allow_unrated=allow_unrated, dry_run=dry_run)
    record = None if dry_run else leave_record(store, done.period, manifest)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("period", _("Period")),
        Column("state", _("State"), labels=_states()),
        Column("rated", _("Rated"), "number"),
        Column("unrated", _("Not rated"), "number"),
        Column("fingerprint", _("Fingerprint")),
        Column("manifest", _("Closing record")),
    ]
    if done.objections:
        columns.append(Column("objections", _("Undecided objections"), "list"))
    show(
        View(
            _("Period closed"), columns, [asdict(done) | {"manifest": record}], single=True, notes=dry_run_note(dry_run)
        ),
        output,
    )
    if done.early is not None:
        warn(calendar_problems.PERIOD_EARLY.at(Place(), period=done.period, ends=done.early), lightly=True)


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
        Column("participants", _("Takes part"), labels=_participants()),
        Column("units", _("Units"), "number"),
        Column("fingerprint", _("Fingerprint")),
    ]
    found = show_period(open_store(), period)
    show(View(str(found["period"]), columns, [found], single=True), output, to)


def period_rollover(
    as_of: AsOf = None,
    allow_unrated: AllowUnrated = False,
    catch_up: Annotated[
        bool,
        typer.Option(
            "--catch-up",
            help=_("Go on although the day, or the clock, lies more than two years after the last operation."),
        ),
    ] = False,
    clock_is_right: Annotated[
        bool,
        typer.Option(
            "--clock-is-right",
            help=_(
                "Say that the clock is right now, although something was done on a later day, or nothing for two years."
            ),
        ),
    ] = False,
    ping_url: Annotated[
        str | None,
        typer.Option(
            "--ping-url",
            metavar="URL",
            help=_(
                "Call URL/start before and URL/EXITCODE after the run; nothing else is sent, with --dry-run nothing. "
                "@FILE takes the URL from a file."
            ),
        ),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Open and close whatever is due, in order, once; for cron. Nothing due is success and silence."""
    with pinging(ping_url, dry_run=dry_run):
        if clock_is_right:
            _confirm_clock(dry_run=dry_run)
        _roll_over(as_of, output, allow_unrated=allow_unrated, catch_up=catch_up, dry_run=dry_run)


def _confirm_clock(*, dry_run: bool) -> None:
    """Let what was done by a clock that was ahead tell nothing any more."""
    from kinerja_cli.actions.clock import confirm_clock

    if dry_run:
        raise UsageError(
            _("--clock-is-right is kept, so it does not go with --dry-run."), _("Leave one of the two away.")
        )
    if confirm_clock(open_store(tells_clock=False)) is not None:
        say(_("The clock counts as right from now on."))


def _roll_over(as_of: str | None, output: Format | None, *, allow_unrated: bool, catch_up: bool, dry_run: bool) -> None:
    """Do what is due and show it; what ended it early is raised once the rest has been shown."""
    from kinerja_cli.actions.clock import check_clock
    from kinerja_cli.actions.closing_records import closings_of_late
    from kinerja_cli.actions.rollover import roll_over

    store = open_store(tells_clock=False)
    given = None if as_of is None else read_calendar_day(as_of, "--as-of")
    day = check_clock(store, as_of=given, catch_up=catch_up, dry_run=dry_run)
    done = roll_over(store, day, today=today(store), allow_unrated=allow_unrated, dry_run=dry_run)
    for code in () if dry_run else closings_of_late(store):
        leave_record(store, code)
    if done.opened or done.closed or ((output or session.format) is Format.JSON and done.stopped is None):
        _show_rollover(done, output, dry_run=dry_run)
    if done.stopped is not None:
        raise done.stopped


def _show_rollover(done: "RolledOver", output: Format | None, *, dry_run: bool) -> None:
    """What the calendar opened and closed, and which periods wait."""
    data = {
        "as_of": done.as_of,
        "opened": list(done.opened),
        "closed": list(done.closed),
        "unrated": done.unrated,
        "operations": list(done.operations),
        "objections": done.objections,
    }
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
        Column("left", _("Left"), "number", in_table=False),
    ]
    title = _("Rollover on {day}").format(day=done.as_of)
    notes = dry_run_note(dry_run)
    show(View(title, columns, rows, notes=notes, data=data), output)


def _states() -> dict[object, str]:
    return {"open": _("open"), "closed": _("closed")}


def _participants() -> dict[object, str]:
    return {
        "everybody": _("everybody"),
        "full_time": _("all but PPPK paruh waktu"),
        "part_time": _("PPPK paruh waktu"),
    }


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
        Column("left", _("Left"), "number", in_table=False),
    ]
