"""`kinerja init`, `kinerja status`, `kinerja settings`."""

from dataclasses import asdict
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.options import AsOf, DryRun, Output, To
from kinerja_cli.cli.origin import origin
from kinerja_cli.cli.render import show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import location, open_store, today, today_in
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note

if TYPE_CHECKING:
    from kinerja_cli.actions.agency import SettingSet
    from kinerja_cli.actions.status import Status


def init(
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help=_("Name of the agency."))],
    cadence: Annotated[
        str, typer.Option("--cadence", metavar="quarterly|monthly", help=_("How often people are appraised."))
    ] = "quarterly",
    regulation: Annotated[
        str, typer.Option("--regulation", metavar="ID", help=_("The regulation to follow, or its file."))
    ] = "permenpanrb-6-2022",
    timezone: Annotated[
        str, typer.Option("--timezone", metavar="ZONE", help=_("WIB, WITA, WIT or an IANA name."))
    ] = "Asia/Jakarta",
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Make the store of an agency."""
    from kinerja_cli.actions.agency import init_agency
    from kinerja_cli.domain.agency import check_setting

    zone = check_setting("timezone", timezone)
    wanted = {"agency": agency, "cadence": cadence, "regulation": regulation, "timezone": zone}
    store = session.store = init_agency(location(), origin(), wanted, today=today_in(zone), dry_run=dry_run)
    if not dry_run:
        session.done = _("The store {store} is made.").format(store=store.path)
    made = {"store": str(store.path), "agency": agency, "operation": None if dry_run else 1}
    show(
        View(
            _("Dry run: nothing was saved") if dry_run else _("Store made"),
            [
                Column("store", _("Store")),
                Column("agency", _("Agency")),
                Column("operation", _("Operation"), "number"),
            ],
            [made],
            single=True,
        ),
        output,
    )
    if not dry_run:
        say(_("Next: kinerja staff import FILE"))


def status(as_of: AsOf = None, output: Output = None, to: To = None) -> None:
    """Say where the agency stands today."""
    from kinerja_cli.actions.status import agency_status
    from kinerja_cli.cli.inputs import read_calendar_day

    store = open_store()
    found = agency_status(store, read_calendar_day(as_of, "--as-of") if as_of is not None else today(store))
    data = {
        "agency": found.agency,
        "as_of": found.as_of,
        "staff": found.staff,
        "units": found.units,
        "open_periods": list(found.open_periods),
        "overdue": list(found.overdue),
        "due": list(found.due),
        "next": None
        if found.next is None
        else {"action": found.next.action, "period": found.next.period, "on": found.next.on},
        "deadlines": list(found.deadlines),
        "objections": found.objections,
        "no_assessor": found.no_assessor,
        "last_backup": None if found.last_backup is None else asdict(found.last_backup),
    }
    notes = [
        _("{staff} people in service, {units} units").format(staff=found.staff, units=found.units),
    ]
    if found.due:
        notes.append(
            _("Due to open: {periods} (`kinerja period rollover` does it)").format(periods=", ".join(found.due))
        )
    if found.overdue:
        notes.append(_("Past their window and still open: {periods}").format(periods=", ".join(found.overdue)))
    if found.next:
        doing = _("opens") if found.next.action == "open" else _("closes")
        notes.append(
            _("Next: {period} {doing} on {day}").format(period=found.next.period, doing=doing, day=found.next.on)
        )
    notes += _waiting_lines(found)
    if found.last_backup is None:
        notes.append(_("No backup yet: `kinerja backup create` makes one"))
    else:
        notes.append(
            _("Last backup: {at}, {count} operations ago").format(
                at=found.last_backup.at, count=found.last_backup.operations_since
            )
        )
    show(
        View(
            _("{agency} on {day}").format(agency=found.agency, day=found.as_of),
            [
                Column("period", _("Open period")),
                Column("window_ends", _("Window ends"), "date"),
                Column("appraisals", _("People"), "number"),
                Column("rated", _("Rated"), "number"),
            ],
            list(found.open_periods),
            notes=tuple(notes),
            data=data,
        ),
        output,
        to,
    )


def _waiting_lines(found: "Status") -> list[str]:
    """Who waits for what, in a few lines; what is not waited for is not spoken of."""
    from kinerja_cli.domain.moves import SHORT_LABELS

    lines = [
        _step_line(period["period"], step, _(SHORT_LABELS[step["step"]]))
        for period in found.open_periods
        for step in period["steps"]
    ]
    if found.deadlines:
        lines.append(_("Next last days:"))
    lines += [
        "  "
        + _("{until}  {period}, {what}: {waiting} waiting").format_map({**one, "what": _(SHORT_LABELS[one["step"]])})
        for one in found.deadlines
    ]
    waiting, late = found.objections["undecided"], found.objections["late"]
    if waiting:
        lines.append(
            _("Undecided objections: {count}, {late} of them late (`kinerja objection list --open`)").format(
                count=waiting, late=late
            )
        )
    if found.no_assessor:
        lines.append(
            _("Without an assessor: {count} (`kinerja unit set CODE --head NIP` says who leads a unit)").format(
                count=found.no_assessor
            )
        )
    return lines


def _step_line(period: object, step: dict[str, Any], what: str) -> str:
    """How many wait for one step, with its days where there are any."""
    if step["until"] is None:
        sentence = _("{period}, {what}: {waiting} waiting")
    elif step["late"]:
        sentence = _("{period}, {what}: {waiting} waiting, {since} to {until}, {late} late")
    else:
        sentence = _("{period}, {what}: {waiting} waiting, {since} to {until}")
    return sentence.format(**{**step, "period": period, "what": what})


def settings_list(output: Output = None, to: To = None) -> None:
    """List the agency's settings with their meaning."""
    from kinerja_cli.actions.agency import list_settings

    rows = [
        {"key": one.key, "value": one.value, "default": one.is_default, "meaning": one.meaning}
        for one in list_settings(open_store())
    ]
    columns = [
        Column("key", _("Setting")),
        Column("value", _("Value")),
        Column("default", _("Default"), labels={True: _("yes"), False: _("no")}),
        Column("meaning", _("Meaning")),
    ]
    show(View(_("Settings"), columns, rows), output, to)


def settings_get(
    key: Annotated[str, typer.Argument(metavar="SETTING", help=_("The setting's name."))],
    output: Output = None,
    to: To = None,
) -> None:
    """Print the value of one setting."""
    from kinerja_cli.actions.agency import list_settings
    from kinerja_cli.domain.agency import SettingUnknown

    found = next((one for one in list_settings(open_store()) if one.key == key), None)
    if found is None:
        raise SettingUnknown(key)
    show(
        View(
            key,
            [Column("key", _("Setting")), Column("value", _("Value"))],
            [{"key": key, "value": found.value}],
            single=True,
        ),
        output,
        to,
    )


def _kept_cadences(done: "SettingSet") -> list[str]:
    """What a new cadence leaves as it is until the quarter ends, for reading."""
    words = {
        ("full_time", "quarterly"): _("everybody but PPPK paruh waktu goes on by quarter until {day}"),
        ("full_time", "monthly"): _("everybody but PPPK paruh waktu goes on by month until {day}"),
        ("part_time", "quarterly"): _("PPPK paruh waktu go on by quarter until {day}"),
        ("part_time", "monthly"): _("PPPK paruh waktu go on by month until {day}"),
    }
    if done.kept_until is None:
        return []
    ends = done.kept_until.isoformat()
    told = "; ".join(words[group, str(kind)].format(day=ends) for group, kind in done.kept.items())
    return [_("The quarter ends as it began: {told}. What is set now counts after that.").format(told=told)]


def settings_set(
    key: Annotated[str, typer.Argument(metavar="SETTING", help=_("The setting's name."))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Its new value."))],
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Change one setting; periods already open keep what they froze."""
    from kinerja_cli.actions.agency import set_setting

    store = open_store()
    done = set_setting(store, key, value, today=today(store), dry_run=dry_run)
    show(
        View(
            _("Setting changed") if done.operation else _("Nothing changed"),
            [
                Column("operation", _("Operation"), "number"),
                Column("key", _("Setting")),
                Column("value", _("Value")),
            ],
            [{"operation": done.operation, "key": key, "value": done.value}],
            single=True,
            notes=(*_kept_cadences(done), *dry_run_note(dry_run)),
        ),
        output,
    )
