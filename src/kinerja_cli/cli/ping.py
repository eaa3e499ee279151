"""`--ping-url`: tell a monitoring service that a run began and with which exit code it ended, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import typer

from kinerja_cli.cli.messages import warn
from kinerja_cli.cli.refusals import system_refusal
from kinerja_cli.domain import calendar_problems
from kinerja_cli.errors import Exit, KinerjaError, Place, UsageError

_SECONDS = 10


@contextmanager
def pinging(url: str | None, *, dry_run: bool) -> Iterator[None]:
    """Call URL/start before the work and URL/EXITCODE after it; a call that fails is one warning and no more.

    `@FILE` is the address that a file holds: with many services it is all one needs to call in somebody's name, and
    what is typed can be read by everybody on the machine.
    """
    address = None if url is None else _address(_kept(url) if url.startswith("@") else url)
    if address is None or dry_run:
        yield
        return
    failures = [_call(address, "start")]
    code: int = Exit.FAULT
    try:
        yield
        code = Exit.OK
    except BaseException as error:
        code = exit_code_of(error)
        raise
    finally:
        failures.append(_call(address, str(int(code))))
        reason = next(filter(None, failures), None)
        if reason is not None:
            warn(calendar_problems.PING_FAILED.at(Place(), host=address.hostname, reason=reason))


def exit_code_of(error: BaseException) -> int:
    """The exit code that a command ends with when this is raised in it."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, KinerjaError):
        return error.exit
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    refusal = system_refusal(error) if isinstance(error, OSError) else None
    return Exit.FAULT if refusal is None else refusal.exit


def _kept(named: str) -> str:
    """The first line of the file that an address was named by."""
    file = Path(named[1:]).expanduser()
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip().partition("\n")[0].strip()
    except OSError as error:
        raise UsageError(
            _("{file} cannot be read: {reason} (--ping-url).").format(file=file, reason=error.strerror or error),
            _("After the @ comes the path of a file whose first line is the address."),
        ) from error


def _address(url: str) -> SplitResult:
    """The address in its parts. Raises UsageError where it is none that can be called."""
    try:
        address = urlsplit(url.strip())
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or any(map(str.isspace, url.strip())):
        raise UsageError(
            _("What --ping-url names is no address to call."),
            _("It begins with http:// or https://; /start and the exit code are put after its path."),
        )
    return address


def _call(address: SplitResult, last: str) -> str | None:
    """Call the address with one more word at the end of its path; why that failed, or None where it did not."""
    # Only now: a run that calls nobody need not load what speaks to the network.
    from http.client import HTTPException
    from urllib import request

    path = f"{address.path.rstrip('/')}/{last}"
    wanted = request.Request(address._replace(path=path, fragment="").geturl(), headers={"User-Agent": "kinerja"})
    # Put together here, since the usual opener also follows redirections to ftp.
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPRedirectHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(wanted, timeout=_SECONDS):
            return None
    except (OSError, HTTPException, ValueError) as error:
        return str(getattr(error, "reason", "")) or str(error) or type(error).__name__
