"""The tree of commands: its groups, and every command hung into its place."""

from collections.abc import Sequence
from datetime import UTC, datetime
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli import __version__
from kinerja_cli.cli import commands_of_people, commands_of_periods, commands_of_store
from kinerja_cli.cli.entry import Entry
from kinerja_cli.cli.help_words import Group
from kinerja_cli.cli.origin import NotedCommand
from kinerja_cli.cli.state import session
from kinerja_cli.domain.nip import judge_nip
from kinerja_cli.errors import UsageError
from kinerja_cli.i18n import LANGUAGES

__all__ = ["COMMANDS", "GROUPS", "Entry", "app_for"]

_OPTIONS = _("[OPTIONS]")
_SUBCOMMANDS = _("COMMAND [ARGS]...")


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
    "history": _("List what was done, the newest first."),
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
    on_behalf_of: Annotated[
        str | None,
        typer.Option(
            "--on-behalf-of",
            metavar="NIP",
            envvar="KINERJA_ON_BEHALF_OF",
            help=_("Who asked for this, for the history; a claim that nobody checks."),
        ),
    ] = None,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help=_("Say only what went wrong; of what was done nothing, unless --format asks for it.")
        ),
    ] = False,
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
    session.on_behalf_of = None if on_behalf_of is None else _claimed(on_behalf_of)


def _claimed(text: str) -> str:
    """The NIP that somebody claims to act for. Raises UsageError where it is the NIP of nobody."""
    judged = judge_nip(text, today=datetime.now(UTC).date())
    if judged.facts is None:
        raise UsageError(
            _("{value} is no NIP (--on-behalf-of).").format(value=text or "''"),
            _("Give all 18 digits. Without the option, look whether KINERJA_ON_BEHALF_OF is set."),
        )
    return judged.facts.nip


def app_for(words: Sequence[str]) -> typer.Typer:
    """The tree with the one command that these words begin with, or with all of them where they begin with none.

    Typer looks at every parameter of every command it is given, which takes longer than most commands.
    """
    for entry in COMMANDS:
        path = _path(entry)
        if list(words[: len(path)]) == path:
            # A command that is a group as well comes with those in it.
            return _tree([one for one in COMMANDS if _path(one)[: len(path)] == path])
    return _tree(COMMANDS)


def _path(entry: Entry) -> list[str]:
    """The words that call a command."""
    return [*entry.group.split(), entry.name]


def _tree(entries: Sequence[Entry]) -> typer.Typer:
    """These commands, each hung into its group."""
    app = typer.Typer(
        name="kinerja",
        cls=Group,
        options_metavar=_OPTIONS,
        subcommand_metavar=_SUBCOMMANDS,
        help=_("Run the performance appraisal of civil servants (PermenPANRB 6/2022) from one local file."),
        epilog=_("Begin with `kinerja demo`, or with `kinerja init --agency NAME`."),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=True,
        callback=_options,
    )
    groups = {"": app}
    both = {entry.name for entry in entries if not entry.group} & GROUPS.keys()
    for name, purpose in GROUPS.items():
        if name in both or any(f"{entry.group} ".startswith(f"{name} ") for entry in entries):
            above, _space, own = name.rpartition(" ")
            groups[name] = typer.Typer(
                cls=Group,
                options_metavar=_OPTIONS,
                subcommand_metavar=_SUBCOMMANDS,
                help=purpose,
                no_args_is_help=name not in both,
            )
            groups[above].add_typer(groups[name], name=own)
    for entry in entries:
        example = _("Example: {command}").format(command=entry.example)
        if entry.name in both and not entry.group:
            # A group that is a command as well, where none of its own is named after it.
            groups[entry.name].callback(invoke_without_command=True, help=entry.help, epilog=example)(entry.function)
            continue
        command = groups[entry.group].command
        add = command(entry.name, cls=NotedCommand, options_metavar=_OPTIONS, help=entry.help, epilog=example)
        add(entry.function)
    return app
