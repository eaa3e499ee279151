"""Who runs a command, from where and how: what the system says of them, and what they claim."""

import getpass
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kinerja_cli import __version__
from kinerja_cli.cli.help_words import Command
from kinerja_cli.cli.state import session

if TYPE_CHECKING:
    from kinerja_cli.storage.ledger import Origin

ON_BEHALF_OF: Final = "on_behalf_of"
"""What the ledger calls the person whom somebody says they act for."""

_NO_LOGIN = 4294967295
"""What Linux says where nobody has logged in, as under cron."""

_LONGEST = 256


class NotedCommand(Command):
    """A command that notes which of its options were given, and how many other words: never a value."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer keeps the class of its contexts to itself
        """Note it and run."""
        options, words = [], 0
        for param in self.params:
            # By name, since Typer also keeps to itself what says where a value came from.
            source = ctx.get_parameter_source(param.name) if param.name else None
            if getattr(source, "name", "") != "COMMANDLINE":
                continue
            if param.param_type_name == "option":
                options.append(next((name for name in param.opts if name.startswith("--")), param.opts[0]))
            else:
                value = ctx.params.get(param.name)
                words += len(value) if isinstance(value, (list, tuple)) else 1
        session.options, session.words = " ".join(sorted(options)), words
        return super().invoke(ctx)


def origin() -> "Origin":
    """Who runs this command from where: names only, never the values on the command line."""
    from kinerja_cli.storage.ledger import Origin

    user, host, login = _user(), _host(), _login_uid()
    sudo = _variable("SUDO_USER")
    context: dict[str, str | int | None] = {
        "version": __version__,
        "command": session.command,
        "options": session.options or None,
        "words": session.words,
        "host": host,
        "user": user,
        "uid": _uid(),
        "sudo_user": sudo,
        "login_uid": login,
        "login_user": None if login is None else _name_of(login),
        "terminal": _terminal(),
        "ssh": (_variable("SSH_CONNECTION") or "").partition(" ")[0] or None,
        ON_BEHALF_OF: session.on_behalf_of,
    }
    return Origin(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        actor=f"{_person(user, sudo, login)}@{host}",
        context=context,
    )


def _person(user: str, sudo: str | None, login: int | None) -> str:
    """Who is meant by a user: behind sudo the one who called it, unless the system knows of another login.

    Anybody can set the variable that sudo leaves; the login that the system keeps, nobody can.
    """
    known = None if login is None else _name_of(login)
    return user if sudo is None or (known is not None and known != sudo) else sudo


def _user() -> str:
    """The effective user's name, as the system has it; a number where it has no name for it."""
    uid = _uid()
    if uid is not None:
        return _name_of(uid) or str(uid)
    try:
        # Windows, where there are no numbers.
        return _clean(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "unknown"


def _uid() -> int | None:
    return os.geteuid() if hasattr(os, "geteuid") else None


def _name_of(uid: int) -> str | None:
    """What the system calls the user of a number; containers often have no name for theirs."""
    try:
        import pwd

        return _clean(pwd.getpwuid(uid).pw_name) or None
    except (ImportError, KeyError, OverflowError):
        return None


def _host() -> str:
    try:
        return _clean(socket.gethostname()) or "unknown"
    except OSError:
        return "unknown"


def _login_uid() -> int | None:
    """Who logged in, which su and sudo do not change; only Linux tells."""
    try:
        uid = int(Path("/proc/self/loginuid").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return None if uid == _NO_LOGIN else uid


def _terminal() -> str | None:
    """The terminal at the keyboard, or None under cron."""
    try:
        return _clean(os.ttyname(sys.stdin.fileno()))
    except (OSError, ValueError, AttributeError):
        return None


def _variable(name: str) -> str | None:
    return _clean(os.environ.get(name, "")) or None


def _clean(text: str) -> str:
    """A name that anything can keep and show: the system lets names hold bytes that are no letters."""
    return "".join(one if one.isprintable() else "?" for one in text[:_LONGEST])
