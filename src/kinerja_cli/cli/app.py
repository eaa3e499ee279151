"""The whole tree of commands on one screen: where each stands, what it is for, and an example of it."""

from collections.abc import Callable
from gettext import gettext as _
from typing import Annotated, Any, NamedTuple

import typer

from kinerja_cli import __version__
from kinerja_cli.cli import (
    agency,
    arrangements,
    database,
    deadlines,
    demo,
    distribution,
    documents,
    explain,
    feedback,
    history,
    holidays,
    moves,
    objections,
    periods,
    reconcile,
    reports,
    score_sheets,
    scores,
    staff,
    unit_rating,
    units,
)
from kinerja_cli.cli.state import session
from kinerja_cli.errors import UsageError
from kinerja_cli.i18n import LANGUAGES

app = typer.Typer(
    name="kinerja",
    help=_("Run the performance appraisal of civil servants (PermenPANRB 6/2022) from one local file."),
    epilog=_("Begin with `kinerja demo`, or with `kinerja init --agency NAME`."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


class Entry(NamedTuple):
    """One command: its group ("" at the top), its name, its function, its help and an example."""

    group: str
    name: str
    function: Callable[..., Any]
    help: str
    example: str


GROUPS = {
    "staff": _("People: import rosters, look them up, change one."),
    "unit": _("Units: the tree, who leads each, and their organisation predikat."),
    "period": _("Periods: open, close, and let the calendar do it."),
    "score": _("Ratings: record, import, list."),
    "objection": _("Objections to results, and the decisions on them."),
    "feedback": _("Feedback from leaders, peers, subordinates and the public."),
    "report": _("Summaries and lists to print or export."),
    "settings": _("The agency's settings."),
    "settings holidays": _("Holidays, shared leave, and days of the agency's own."),
    "db": _("The store itself."),
}

COMMANDS = (
    Entry("", "init", agency.init, _("Make the store of an agency."), 'kinerja init --agency "Kota Binjai"'),
    Entry("", "demo", demo.demo, _("Run a practice agency through a whole year."), "kinerja demo --keep latihan"),
    Entry("", "status", agency.status, _("Say where the agency stands today."), "kinerja status"),
    Entry("settings", "list", agency.settings_list, _("List settings with their meaning."), "kinerja settings list"),
    Entry("settings", "get", agency.settings_get, _("Print one setting."), "kinerja settings get cadence"),
    Entry(
        "settings",
        "set",
        agency.settings_set,
        _("Change one setting; periods already open keep what they froze."),
        "kinerja settings set window_days 20",
    ),
    Entry(
        "settings holidays",
        "import",
        holidays.holidays_import,
        _("Import holidays and shared leave over the public ones."),
        "kinerja settings holidays import hari-libur-2026.csv --dry-run",
    ),
    Entry(
        "settings holidays",
        "list",
        holidays.holidays_list,
        _("List the holidays of a year, and who says so."),
        "kinerja settings holidays list 2026",
    ),
    Entry(
        "settings holidays",
        "template",
        holidays.holidays_template,
        _("Write an empty list of holidays to fill in."),
        "kinerja settings holidays template -o hari-libur.xlsx",
    ),
    Entry(
        "settings holidays",
        "remove",
        holidays.holidays_remove,
        _("Forget what the agency's list says of a day."),
        "kinerja settings holidays remove 2026-05-08",
    ),
    Entry(
        "staff",
        "import",
        staff.staff_import,
        _("Import rosters in any layout; all files are one operation."),
        "kinerja staff import siasn.xlsx unor.xlsx --dry-run",
    ),
    Entry(
        "staff",
        "list",
        staff.staff_list,
        _("List people with their unit and assessor."),
        "kinerja staff list --search siti",
    ),
    Entry(
        "staff",
        "show",
        staff.staff_show,
        _("Show everything kept about one person."),
        "kinerja staff show 198501152010011001",
    ),
    Entry(
        "staff",
        "set",
        staff.staff_set,
        _("Change what is known of one person."),
        "kinerja staff set 198501152010011001 --unit dinas-kesehatan",
    ),
    Entry(
        "staff",
        "delegate",
        arrangements.staff_delegate,
        _("Hand an assessor's authority to another official for a time."),
        "kinerja staff delegate 197501012000011001 --to 198501152010012001 --until 2026-09-30",
    ),
    Entry(
        "staff",
        "exclude",
        arrangements.staff_exclude,
        _("Leave a person out of appraisal for a time, with the reason."),
        'kinerja staff exclude 198501152010011001 --reason "Masa persiapan pensiun" --from 2026-07-01',
    ),
    Entry(
        "staff",
        "export",
        staff.staff_export,
        _("Write everybody to a file that can be imported again."),
        "kinerja staff export -o pegawai.xlsx",
    ),
    Entry(
        "staff",
        "template",
        staff.staff_template,
        _("Write an empty roster to fill in."),
        "kinerja staff template -o roster.xlsx",
    ),
    Entry("unit", "list", units.unit_list, _("List units, each after its parent."), "kinerja unit list -o unit.xlsx"),
    Entry("unit", "tree", units.unit_tree, _("Show the units as a tree with their heads."), "kinerja unit tree"),
    Entry(
        "unit",
        "set",
        units.unit_set,
        _("Name a unit, move it, say who leads it or how many days it works."),
        "kinerja unit set dinas-kesehatan --head 198501152010011001",
    ),
    Entry(
        "unit",
        "acting",
        arrangements.unit_acting,
        _("Say who leads a unit for a time (Plt., Plh.)."),
        "kinerja unit acting dinas-kesehatan --nip 198501152010011001 --kind plt --from 2026-08-01",
    ),
    Entry(
        "unit",
        "show",
        unit_rating.unit_show,
        _("Show one unit, and its organisation predikat in every period."),
        "kinerja unit show dinas-kesehatan",
    ),
    Entry(
        "unit",
        "rate",
        unit_rating.unit_rate,
        _("Record the organisation predikat of a unit."),
        "kinerja unit rate 2026-Q1 dinas-kesehatan baik --issued 2026-04-02",
    ),
    Entry(
        "unit",
        "justify",
        distribution.unit_justify,
        _("Record why the distribution of a unit does not follow its pattern."),
        'kinerja unit justify 2026-Q1 dinas-kesehatan --reason "Seluruh target tercapai"',
    ),
    Entry(
        "period",
        "open",
        periods.period_open,
        _("Open a period for everybody in service, or add whoever is missing."),
        "kinerja period open 2026-Q1",
    ),
    Entry(
        "period",
        "close",
        periods.period_close,
        _("Close a period and print its fingerprint."),
        "kinerja period close 2026-Q1",
    ),
    Entry(
        "period",
        "reopen",
        periods.period_reopen,
        _("Open a closed period again, with a reason."),
        'kinerja period reopen 2026-Q1 --reason "Salah input Dinas PUPR"',
    ),
    Entry("period", "list", periods.period_list, _("List periods and how far they are."), "kinerja period list"),
    Entry(
        "period",
        "show",
        periods.period_show,
        _("Show one period and what was frozen in it."),
        "kinerja period show 2026-Q1",
    ),
    Entry(
        "period",
        "rollover",
        periods.period_rollover,
        _("Open and close whatever is due, in order, once; for cron."),
        "kinerja period rollover --as-of 2026-07-20 --dry-run",
    ),
    Entry(
        "score",
        "record",
        scores.score_record,
        _("Record the ratings of one person."),
        "kinerja score record 198501152010011001 2026-Q1 --hasil diatas --perilaku sesuai",
    ),
    Entry(
        "score",
        "import",
        scores.score_import,
        _("Import ratings: e-Kinerja BKN recaps, or our own sheets."),
        "kinerja score import rekap/",
    ),
    Entry(
        "score",
        "sheets",
        score_sheets.score_sheets,
        _("Write one rating workbook for each unit, to send out and import again."),
        "kinerja score sheets 2026-Q1 -o lembar/",
    ),
    Entry(
        "score",
        "template",
        score_sheets.score_template,
        _("Write a rating sheet to fill in from scratch."),
        "kinerja score template -o nilai.xlsx",
    ),
    Entry(
        "score",
        "list",
        scores.score_list,
        _("List the ratings of a period; as .xlsx a sheet to fill in and import again."),
        "kinerja score list 2026-Q1 --unrated -o isian.xlsx",
    ),
    Entry(
        "score",
        "show",
        scores.score_show,
        _("Show the ratings of one person."),
        "kinerja score show 198501152010011001",
    ),
    Entry(
        "score",
        "dates",
        documents.score_dates,
        _("Keep the days on which evaluation documents were signed, received and returned."),
        "kinerja score dates 2026-Q1 --unit dinas-kesehatan --signed 2026-04-08",
    ),
    Entry(
        "",
        "deadlines",
        deadlines.deadlines,
        _("List which steps are due, until when, and who must act."),
        "kinerja deadlines 2026-Q1 --by assessor",
    ),
    Entry(
        "objection",
        "file",
        objections.objection_file,
        _("Record an objection to a result."),
        'kinerja objection file 198501152010011001 2026-Q1 --received 2026-04-20 --reason "Target sudah tercapai"',
    ),
    Entry(
        "objection",
        "decide",
        objections.objection_decide,
        _("Record the decision on an objection: upheld, or changed."),
        'kinerja objection decide 3 --changed --hasil diatas --perilaku sesuai --explanation "Bukti baru"',
    ),
    Entry(
        "objection",
        "list",
        objections.objection_list,
        _("List objections with their days and decisions."),
        "kinerja objection list 2026-Q1 --open",
    ),
    Entry(
        "objection",
        "show",
        objections.objection_show,
        _("Show one objection, with the result before and after."),
        "kinerja objection show 3",
    ),
    Entry(
        "",
        "reconcile",
        reconcile.reconcile,
        _("Compare e-Kinerja BKN recaps with the roster and the ratings kept here."),
        "kinerja reconcile rekap/ --period 2026-Q1 -o selisih.xlsx",
    ),
    Entry(
        "feedback",
        "add",
        feedback.feedback_add,
        _("Add feedback on one person."),
        'kinerja feedback add 198501152010011001 --from masyarakat --text "Ramah dan cekatan"',
    ),
    Entry(
        "feedback",
        "import",
        feedback.feedback_import,
        _("Import feedback: our template, any list, or reports from the public."),
        "kinerja feedback import umpan-balik.xlsx --dry-run",
    ),
    Entry(
        "feedback",
        "template",
        feedback.feedback_template,
        _("Write an empty list of feedback to fill in."),
        "kinerja feedback template -o umpan-balik.xlsx --unit dinas-kesehatan",
    ),
    Entry(
        "feedback",
        "list",
        feedback.feedback_list,
        _("List feedback by its day."),
        "kinerja feedback list --period 2026-Q1",
    ),
    Entry(
        "report",
        "summary",
        reports.report_summary,
        _("Summarise a period: how many people have each predikat."),
        "kinerja report summary 2026-Q1 --by unit -o rekap.xlsx",
    ),
    Entry(
        "report",
        "results",
        reports.report_results,
        _("List everybody's result of a period."),
        "kinerja report results 2026-Q1 -o hasil.xlsx",
    ),
    Entry(
        "report",
        "staff",
        reports.report_staff,
        _("Show one person's history: periods, ratings and feedback."),
        "kinerja report staff 198501152010011001",
    ),
    Entry(
        "report",
        "missing",
        moves.report_missing,
        _("List who is not rated yet and whose move it is, or write messages to remind them."),
        "kinerja report missing 2026-Q1 --text -o pengingat.txt",
    ),
    Entry(
        "report",
        "distribution",
        distribution.report_distribution,
        _("Compare how predikat are distributed with the pattern of the organisation predikat."),
        "kinerja report distribution 2026-Q1 -o distribusi.xlsx",
    ),
    Entry(
        "",
        "explain",
        explain.explain,
        _("Explain how a predikat came out, or what a code means."),
        "kinerja explain 198501152010011001 2026-Q1",
    ),
    Entry(
        "", "history", history.history, _("List what was done, the newest first."), "kinerja history --period 2026-Q1"
    ),
    Entry("db", "info", database.db_info, _("Show where the store is, its schema and its size."), "kinerja db info"),
    Entry(
        "db",
        "upgrade",
        database.db_upgrade,
        _("Bring the store's schema up to date, after a verified copy."),
        "kinerja db upgrade",
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kinerja {__version__}")
        raise typer.Exit


@app.callback()
def options(
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="PATH", envvar="KINERJA_DB", help=_("The store to work on.")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="id|en", help=_("Language of messages.")),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Say only what went wrong."))] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version and end."))
    ] = False,
) -> None:
    """Take the options that stand before every command; the language was chosen before this was read."""
    del version
    if lang is not None and lang.lower() not in LANGUAGES:
        raise UsageError(
            _("{value} is no value for {option}.").format(value=lang or "''", option="--lang"),
            _("Allowed: {allowed}.").format(allowed=", ".join(LANGUAGES)),
        )
    session.db = db
    session.quiet = quiet


def _register() -> None:
    """Hang every command into its group."""
    groups: dict[str, typer.Typer] = {"": app}
    for name, purpose in GROUPS.items():
        above, _space, own = name.rpartition(" ")
        groups[name] = typer.Typer(help=purpose, no_args_is_help=True)
        groups[above].add_typer(groups[name], name=own)
    for entry in COMMANDS:
        example = _("Example: {command}").format(command=entry.example)
        groups[entry.group].command(entry.name, help=entry.help, epilog=example)(entry.function)


_register()
