"""The words of help pages that Typer itself writes, in the language of the program."""

from gettext import gettext as _
from typing import Any

from typer.core import TyperCommand, TyperGroup

from kinerja_cli.errors import N_

_WORDS = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer says of the options it adds, and says in English alone."""


class Command(TyperCommand):
    """A command whose help is in one language throughout."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - Typer keeps the names of these types to itself
        """The options and arguments, those that Typer adds with their words translated."""
        return _translated(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the line that says how the command is typed."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))


class Group(TyperGroup):
    """A group of commands whose help is in one language throughout."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - as above
        """The options, those that Typer adds with their words translated."""
        return _translated(super().get_params(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the line that says how a command of the group is typed."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))


def _translated(params: list[Any]) -> list[Any]:
    for one in params:
        if getattr(one, "help", None) in _WORDS:
            one.help = _(one.help)
    return params
