"""Mistakes in the words of a command, as Typer finds them, told in the user's language with a way on."""

import difflib
import re
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from typing import Any, TypeAlias

import typer

from kinerja_cli.cli.state import session
from kinerja_cli.errors import KinerjaError, UsageError

Secret: TypeAlias = Any
"""A refusal or a parameter of Typer, which keeps their classes to itself."""

Told: TypeAlias = tuple[str, list[str]]

_BEFORE = ("--db", "--lang", "--on-behalf-of", "--quiet", "-q", "--version")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_BRACKETED = re.compile(r"\) \((.*)\)$", re.DOTALL)


def usage_error(error: typer.TyperException) -> KinerjaError:
    """What Typer refuses, as one of our own errors.

    Typer keeps the classes of its refusals to itself; their names and fields are what can be relied on.
    """
    told = _TOLD.get(type(error).__name__)
    message, ways = told(error) if told else (error.format_message(), [])
    return UsageError(message, "\n".join([*ways, _see_help(error)]))


def _see_help(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else f"kinerja {session.command}".rstrip()
    return _("See `{command} --help`.").format(command=command)


def _no_such_option(error: Secret) -> Told:
    message = _("There is no option {name}.").format(name=error.option_name)
    if error.option_name in _BEFORE:
        return message, [_("It stands before the command: kinerja {name} …").format(name=error.option_name)]
    return message, _did_you_mean(error.possibilities or ())


def _option_misused(error: Secret) -> Told:
    if "not take" in error.message:
        return _("The option {name} takes no value.").format(name=error.option_name), []
    return _("The option {name} needs a value after it.").format(name=error.option_name), []


def _missing(error: Secret) -> Told:
    name = _name_of(error)
    ways = _possible(error.param)
    if getattr(error.param, "param_type_name", "") == "option":
        return _("The option {name} is missing.").format(name=name), ways
    return _("{name} is missing.").format(name=name), ways


def _bad_value(error: Secret) -> Told:
    name, value = _name_of(error), _quoted(error.message)
    ways = _possible(error.param)
    if ways and value is not None:
        choices = _choices(error.param)
        message = _("{value} is no value of {name}.").format(value=value, name=name)
        return message, [*_did_you_mean(difflib.get_close_matches(value.lower(), choices)), *ways]
    kind = getattr(getattr(error.param, "type", None), "name", "")
    if kind in ("int", "integer", "integer range") and value is not None:
        return _("{value} is no whole number ({name}).").format(value=value, name=name), []
    if kind in ("float", "float range") and value is not None:
        return _("{value} is no number ({name}).").format(value=value, name=name), []
    return _("{name}: {reason}").format(name=name, reason=error.message), []


def _wrong_words(error: Secret) -> Told:
    """Words that are no command, and words too many."""
    commands: Iterable[str] = getattr(error.ctx.command, "commands", ()) if error.ctx else ()
    names = sorted(commands)
    if names:
        ways = [_("Commands: {names}.").format(names=" ".join(names))]
        word = _quoted(error.message)
        if word is None:
            return _("{command} needs a command after it.").format(command=error.ctx.command_path), ways
        path = error.ctx.command_path
        message = _("{command} has no command {name}.").format(command=path, name=word)
        return message, _did_you_mean(difflib.get_close_matches(word.lower(), names)) or ways
    extra = _BRACKETED.search(error.message)
    if extra:
        return _("Too many words: {words}").format(words=extra[1]), [
            _("Put words that belong together between quotes.")
        ]
    return str(error.message), []


def _did_you_mean(names: Sequence[str]) -> list[str]:
    return [_("Did you mean {names}?").format(names=_(" or ").join(names))] if names else []


def _possible(param: Secret) -> list[str]:
    choices = _choices(param)
    return [_("Possible: {choices}.").format(choices=", ".join(choices))] if choices else []


def _choices(param: Secret) -> list[str]:
    given = getattr(getattr(param, "type", None), "choices", ())
    return [str(getattr(choice, "value", choice)) for choice in given]


def _name_of(error: Secret) -> str:
    """An option by its long name, an argument as the help writes it."""
    param = error.param
    if param is None:
        return str(error.param_hint or _("A value"))
    if getattr(param, "param_type_name", "") == "option":
        return str(max(param.opts, key=len))
    return str(getattr(param, "metavar", None) or param.human_readable_name).strip("[]")


def _quoted(message: str) -> str | None:
    """The first word between quotes: what the user typed."""
    found = _QUOTED.search(message)
    return None if found is None else found[1] or found[2] or ""


_TOLD = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _option_misused,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "UsageError": _wrong_words,
}
