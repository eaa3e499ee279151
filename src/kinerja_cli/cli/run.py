"""Run one command, and turn every way it can end into an exit code and a sentence."""

import sys
from collections.abc import Sequence
from gettext import gettext as _

import typer

from kinerja_cli.cli.incidents import write_incident
from kinerja_cli.cli.messages import say, show_error
from kinerja_cli.cli.refusals import FileUnwritable, FolderMissing, ResultUnwritten, system_refusal
from kinerja_cli.cli.state import session
from kinerja_cli.cli.streams import hush, prepare_streams, put
from kinerja_cli.cli.usage import usage_error
from kinerja_cli.cli.views import Format
from kinerja_cli.errors import Exit, KinerjaError, UsageError

_GLOBAL_WITH_VALUE = ("--db", "--lang", "--on-behalf-of")


class Fault(KinerjaError):
    """The program is at fault, not the user."""

    code = "fault"
    exit = Exit.FAULT


def run(argv: Sequence[str], app: typer.Typer | None = None) -> int:
    """Run the command of these words and give its exit code; never raises."""
    prepare_streams()
    session.reset()
    session.format = asked_format(argv)
    try:
        words = plain_words(argv)
        if app is None:
            from kinerja_cli.cli.app import app_for

            app = app_for(words)
        session.command = command_of(app, words)
        code = _invoke(app, argv)
        put("")
    except KinerjaError as error:
        return _refuse(error)
    except KeyboardInterrupt:
        return _stopped(Exit.INTERRUPTED)
    except OSError as error:
        hush(sys.stdout)
        return _refuse(system_refusal(error) or _fault(error))
    except Exception as error:  # noqa: BLE001 - the last resort: nobody is to see a traceback
        return _refuse(_fault(error))
    return _stopped(code) if code in (Exit.INTERRUPTED, Exit.TERMINATED, Exit.HUNG_UP) else code


def asked_format(argv: Sequence[str]) -> Format | None:
    """The form named on the command line, before its words are understood."""
    asked = None
    for index, word in enumerate(argv):
        if word == "--":
            break
        if word == "--format":
            asked = "".join(argv[index + 1 : index + 2])
        elif word.startswith("--format="):
            asked = word.removeprefix("--format=")
    return Format(asked) if asked in list(Format) else None


def plain_words(argv: Sequence[str]) -> list[str]:
    """The words that are no options, nor values of the options that stand before a command."""
    words: list[str] = []
    skip = False
    for word in argv:
        if skip or word.startswith("-"):
            skip = word in _GLOBAL_WITH_VALUE
        else:
            words.append(word)
    return words


def command_of(app: typer.Typer, words: Sequence[str]) -> str:
    """The names of the command and nothing that was typed after them: no value may reach a log."""
    names: list[str] = []
    for word in words:
        if any(word == _command_name(command) for command in app.registered_commands):
            names.append(word)
            break
        inside = next((group.typer_instance for group in app.registered_groups if group.name == word), None)
        if inside is None:
            break
        names.append(word)
        app = inside
    return " ".join(names)


def _command_name(command: object) -> str:
    name = getattr(command, "name", None) or getattr(getattr(command, "callback", None), "__name__", "")
    return str(name).lower().replace("_", "-")


def _invoke(app: typer.Typer, argv: Sequence[str]) -> int:
    """What Typer makes of the words: an exit code, or one of our errors."""
    try:
        result = app(args=list(argv), standalone_mode=False, prog_name="kinerja")
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            # The help itself has been printed, or is what the error says.
            put(error.format_message().rstrip() + "\n" if error.format_message().strip() else "")
            return Exit.USAGE
        raise usage_error(error) from error
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            # Typer has met a closed pipe while it printed a help page.
            return Exit.OK
        return end.code if isinstance(end.code, int) else Exit.OK if end.code is None else Exit.FAULT
    return result if isinstance(result, int) else Exit.OK


def _stopped(code: int) -> int:
    say(_("Interrupted.") if code == Exit.INTERRUPTED else _("Stopped."))
    return int(code)


def _refuse(error: KinerjaError) -> int:
    done = _done()
    if done is not None and isinstance(error, (FileUnwritable, FolderMissing, UsageError)):
        # Whoever were told to run it again would do everything twice.
        error = ResultUnwritten(done, error)
    show_error(error, session.format is Format.JSON)
    return int(error.exit)


def _done() -> str | None:
    """What the command has done that stays, in a sentence; None where it is as if it had not run."""
    kept = [] if session.store is None else session.store.kept
    if session.done is None and kept:
        return _("Done and kept as operation {numbers}.").format(numbers=", ".join(map(str, kept)))
    return session.done


def _fault(error: BaseException) -> Fault:
    """A sentence for what should never happen, and where its details are."""
    if isinstance(error, MemoryError):
        return Fault(
            _("There is not enough memory for this."), _("Close other programs, or import fewer files at once.")
        )
    kept = write_incident(error)
    kind = type(error).__name__
    message = _("This is a fault of the program, not yours ({kind}).").format(kind=kind)
    if kept is None:
        return Fault(message, _("Please report it with what you did."))
    return Fault(
        message,
        _("Please report it with the file {file}; it holds places in the program, and nothing of your data.").format(
            file=kept
        ),
    )
