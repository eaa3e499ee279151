"""`kinerja settings holidays`: the days on which nobody works, and the agency's own list of them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import CALENDAR_YEARS, check_workbook, read_all, read_calendar_day, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.options import AcceptValid, DryRun, Files, Output, ProblemsFile, SheetName, To
from kinerja_cli.cli.outcome import end_import, import_notes, nothing_in, say_what_was_read
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.domain.text import whole_number
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.holidays import HolidayImport


def holidays_import(
    files: Files,
    sheet: SheetName = None,
    problems: ProblemsFile = None,
    accept_valid: AcceptValid = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Import holidays, shared leave and working days of the agency's own; all files are one operation."""
    from kinerja_cli.actions.holidays import import_holidays
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    copy = MarkedCopy(problems, paths)
    with progress(_("Reading the holidays")), copy.reading():
        result = import_holidays(
            store,
            read_all(paths, Purpose.HOLIDAYS, sheet=sheet, seen=copy.seen, accept_valid=accept_valid),
            accept_valid=accept_valid,
            dry_run=dry_run,
        )
    notes = import_notes(
        result,
        again=_("Everything is kept already; nothing was written."),
        empty="" if result.rows else nothing_in(result.files),
    )
    copy.write(result.problems, result.operation, notes)
    say_what_was_read(result.files, result.skipped)
    end_import(result, copy, _import_view(result, copy, notes), output)


def holidays_list(
    year: Annotated[
        str | None, typer.Argument(metavar="[YEAR]", help=_("The year to list; the current one if left away."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """List the holidays of a year: the public ones, and what the agency says of its own."""
    from kinerja_cli.actions.holidays import list_holidays

    store = open_store()
    wanted = today(store).year if year is None else _year(year)
    rows: list[dict[str, object]] = [
        asdict(one) | {"weekday": date.fromisoformat(one.date).weekday()} for one in list_holidays(store, wanted)
    ]
    words = _words()
    columns = [
        Column("date", _("Date"), "date"),
        Column("weekday", _("Day"), labels=_weekdays(), in_export=False),
        Column("kind", _("Kind"), labels=words),
        Column("name", _("Name")),
        Column("source", _("From"), labels={"library": _("public holidays"), "agency": _("the agency's list")}),
        Column("off", _("Off"), labels={True: _("yes"), False: _("no")}),
        Column("instead_of", _("Instead of")),
    ]
    notes = (_("Public holidays come from a library; compare them with the joint decree (SKB) of the year."),)
    show(View(_("Holidays of {year}").format(year=wanted), columns, rows, notes=notes), output, to)


def holidays_template(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("The workbook to write."))],
) -> None:
    """Write an empty list of holidays to fill in."""
    check_workbook(to, "hari-libur.xlsx")
    from kinerja_cli.workbooks.holiday_template import write_holiday_template

    write_holiday_template(to)
    say(_("Template written to {file}").format(file=to))


def holidays_remove(
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("The day, day first or as 2026-12-31."))],
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Forget what the agency's list says of a day."""
    from kinerja_cli.actions.holidays import remove_holiday

    wanted = read_calendar_day(day, "DATE")
    operation = remove_holiday(open_store(), wanted, dry_run=dry_run)
    show(
        View(
            _("Day removed from the list"),
            [Column("operation", _("Operation"), "number"), Column("date", _("Date"), "date")],
            [{"operation": operation, "date": wanted.isoformat()}],
            single=True,
            notes=dry_run_note(dry_run),
        ),
        output,
    )


def _import_view(result: "HolidayImport", copy: MarkedCopy, notes: Sequence[str]) -> View:
    """The counts of an import of holidays."""
    data = result.as_dict() | copy.facts
    return View(
        _("Import of holidays"),
        [
            Column("operation", _("Operation"), "number"),
            Column("rows", _("Rows"), "number"),
            Column("added", _("Added"), "number"),
            Column("changed", _("Changed"), "number"),
            Column("unchanged", _("Unchanged"), "number"),
            Column("rejected", _("Rejected"), "number"),
        ],
        [data],
        single=True,
        notes=tuple(notes),
        data=data,
    )


def _year(text: str) -> int:
    """The year to list, as typed."""
    typed = text.strip()
    year = whole_number(typed, CALENDAR_YEARS[-1])
    if year is None or year not in CALENDAR_YEARS:
        raise UsageError(
            _("{value} is no year.").format(value=text or "''"),
            _("Write one from {first} to {last}.").format(first=CALENDAR_YEARS[0], last=CALENDAR_YEARS[-1]),
        )
    return year


def _words() -> dict[object, str]:
    """What people call the kinds of days."""
    from kinerja_cli.domain.holidays import DAY_LABELS

    return {kind: _(label) for kind, label in DAY_LABELS.items()}


def _weekdays() -> dict[object, str]:
    """The days of the week by number, Monday 0."""
    from kinerja_cli.domain.holidays import WEEKDAY_LABELS

    return {number: _(label) for number, label in enumerate(WEEKDAY_LABELS)}
