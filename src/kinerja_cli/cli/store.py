"""Which store a command works on, who is at the keyboard, and which day it is there."""

import getpass
import os
import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kinerja_cli import __version__
from kinerja_cli.cli.state import session
from kinerja_cli.domain.clock import day_in

if TYPE_CHECKING:
    from kinerja_cli.storage.ledger import Origin
    from kinerja_cli.storage.store import Store

_NO_LOGIN = 4294967295
"""What Linux says where nobody has logged in, as under cron."""


def location() -> str:
    """The store named on the command line or in KINERJA_DB, else the one in the user's data folder."""
    if session.db:
        return session.db
    from platformdirs import user_data_path

    return str(user_data_path("kinerja") / "kinerja.db")


def open_store() -> "Store":
    """The store this command works on."""
    from kinerja_cli.storage.store import Store

    session.store = Store.open(location(), origin())
    return session.store


def find_store() -> "Store | None":
    """The store, for a command that can do without one; None where there is none yet."""
    from kinerja_cli.storage.database import StoreMissing

    try:
        return open_store()
    except StoreMissing:
        return None


def today(store: "Store") -> date:
    """The day it is where the agency is, whatever the host's clock is set to."""
    from kinerja_cli.actions.agency import load_agency

    return day_in(datetime.now(UTC), load_agency(store).timezone)


def today_in(zone: str) -> date:
    """The day it is in a time zone."""
    return day_in(datetime.now(UTC), ZoneInfo(zone))


def origin() -> "Origin":
    """Who runs this command from where: names only, never the values on the command line."""
    from kinerja_cli.storage.ledger import Origin

    user, host = _user(), socket.gethostname()
    context: dict[str, str | int | None] = {
        "version": __version__,
        "command": session.command,
        "host": host,
        "user": user,
        "sudo_user": os.environ.get("SUDO_USER"),
        "login_uid": _login_uid(),
        "terminal": _terminal(),
        "ssh": os.environ.get("SSH_CONNECTION", "").partition(" ")[0] or None,
    }
    return Origin(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        actor=f"{os.environ.get('SUDO_USER') or user}@{host}",
        context=context,
    )


def _user() -> str:
    """The effective user's name; a number where the system has no name for it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"


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
        return os.ttyname(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):
        return None
