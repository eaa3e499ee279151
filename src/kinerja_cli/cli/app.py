"""The tree of commands: its groups, and every command hung into its place."""

from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli import __version__
from kinerja_cli.cli import commands_of_people, commands_of_periods, commands_of_store
from kinerja_cli.cli.entry import Entry
from kinerja_cli.cli.state import session
from kinerja_cli.errors import UsageError
from kinerja_cli.i18n import LANGUAGES

__all__ = ["COMMANDS", "GROUPS", "Entry", "app_for"]

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
    "audit": _("Proof that nobody changed what was recorded."),
    "incident": _("What there is to say when people's data got out."),
    "retention": _("What is past the time for which it may be kept."),
    "backup": _("Copies of the store: make, try out, put back."),
    "db": _("The store itself."),
}

COMMANDS = (*commands_of_people.COMMANDS, *commands_of_periods.COMMANDS, *commands_of_store.COMMANDS)
"""Every command, in the order in which they are shown."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kinerja {__version__}")
        raise typer.Exit


def _options(
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


def app_for(words: Sequence[str]) -> typer.Typer:
    """The tree with the one command that these words begin with, or with all of them where they begin with none.

    Typer looks at every parameter of every command it is given, which takes longer than most commands.
    """
    for entry in COMMANDS:
        path = [*entry.group.split(), entry.name]
        if list(words[: len(path)]) == path:
            return _tree([entry])
    return _tree(COMMANDS)


def _tree(entries: Sequence[Entry]) -> typer.Typer:
    """These commands, each hung into its group."""
    app = typer.Typer(
        name="kinerja",
        help=_("Run the performance appraisal of civil servants (PermenPANRB 6/2022) from one local file."),
        epilog=_("Begin with `kinerja demo`, or with `kinerja init --agency NAME`."),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=True,
        callback=_options,
    )
    groups = {"": app}
    for name, purpose in GROUPS.items():
        if any(f"{entry.group} ".startswith(f"{name} ") for entry in entries):
            above, _space, own = name.rpartition(" ")
            groups[name] = typer.Typer(help=purpose, no_args_is_help=True)
            groups[above].add_typer(groups[name], name=own)
    for entry in entries:
        example = _("Example: {command}").format(command=entry.example)
        groups[entry.group].command(entry.name, help=entry.help, epilog=example)(entry.function)
    return app
