"""`kinerja demo`: a practice agency run through its year, each command shown before it runs."""

import shlex
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.state import session
from kinerja_cli.errors import Exit, KinerjaError, UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.demo import PracticeFiles

_RATED_ON = {"2026-Q1": "2026-04-02", "2026-Q2": "2026-07-02", "2026": "2027-01-20"}
"""The day on which each period of the run is rated, so that its windows refuse nothing."""


class DemoStopped(KinerjaError):
    """A command of the demonstration ended otherwise than it should."""

    code = "demo-stopped"

    def __init__(self, command: str, code: int) -> None:
        super().__init__(
            _("The demonstration stopped: {command} ended with exit code {code}.").format(command=command, code=code),
            _("This is a fault of the program; please report it with what is shown above."),
        )


def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help=_("Where to put the practice files; a new folder by default.")),
    ] = None,
) -> None:
    """Build a practice agency of 600 invented people and run it through two quarters and the year.

    Nothing of the user's is touched: everything happens in a folder of its own.
    """
    from kinerja_cli.actions.demo import write_practice

    folder = _folder(keep)
    files = write_practice(folder)
    say(_("A practice agency was made in {folder}. All people in it are invented.").format(folder=folder))
    db = str(folder / "kinerja.db")
    for arguments in _steps(files, folder):
        _run(db, arguments)
    say("")
    say(_("Done. The files are in {folder}:").format(folder=folder))
    for path in sorted(folder.iterdir()):
        say(f"  {path.name}")
    say(_("Go on with: export KINERJA_DB={db}; kinerja status").format(db=shlex.quote(db)))


def _folder(keep: Path | None) -> Path:
    """The folder to work in: the one asked for, which must be empty or new, else a temporary one."""
    if keep is None:
        return Path(tempfile.mkdtemp(prefix="kinerja-demo-"))
    try:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
        empty = not any(keep.iterdir())
    except OSError as error:
        raise UsageError(
            _("{folder} cannot be used: {reason}.").format(folder=keep, reason=error.strerror),
            _("Name a new or empty folder with --keep."),
        ) from error
    if not empty:
        raise UsageError(
            _("The folder {folder} is not empty.").format(folder=keep),
            _("Name a new or empty folder with --keep."),
        )
    return keep


def _steps(files: "PracticeFiles", folder: Path) -> list[list[str]]:
    """The commands of a year, as a user would type them."""
    steps = [
        ["init", "--agency", files.practice.name],
        ["staff", "import", str(files.roster), str(files.units)],
        ["unit", "tree"],
        ["period", "rollover", "--as-of", "2026-01-02"],
    ]
    for period in ("2026-Q1", "2026-Q2"):
        if period == "2026-Q2":
            steps.append(["period", "rollover", "--as-of", "2026-04-02"])
        steps.append(["score", "import", str(files.recaps[period])])
        steps.append(["report", "missing", period])
        steps.extend(_rest(files, period))
        steps.append(["period", "close", period])
    steps += [
        [
            "feedback",
            "add",
            files.someone,
            "--from",
            "masyarakat",
            "--text",
            "Ramah, cekatan dan solutif.",
            "--aspect",
            "berorientasi_pelayanan",
            "--tone",
            "positive",
            "--date",
            "2026-07-10",
        ],
        [
            "feedback",
            "add",
            files.someone,
            "--from",
            "pimpinan",
            "--text",
            "Laporan selalu tepat waktu.",
            "--aspect",
            "akuntabel",
            "--date",
            "2026-07-15",
        ],
        ["score", "import", str(files.recaps["2026"])],
        *_rest(files, "2026"),
        ["report", "staff", files.someone],
        ["explain", files.someone, "2026"],
        ["period", "close", "2026"],
        ["report", "summary", "2026", "--by", "position_type"],
        ["report", "summary", "2026", "--by", "unit", "-o", str(folder / "rekap-2026.xlsx")],
        ["report", "results", "2026", "-o", str(folder / "hasil-2026.xlsx")],
        ["period", "list"],
        ["history"],
    ]
    return steps


def _rest(files: "PracticeFiles", period: str) -> list[list[str]]:
    """The ratings that the recaps left open, recorded by hand: given in time, whatever day it is now."""
    rated = ["--hasil", "sesuai", "--perilaku", "sesuai"]
    if _RATED_ON[period] < datetime.now(UTC).date().isoformat():
        rated += ["--rated-on", _RATED_ON[period]]
    return [["score", "record", nip, period, *rated] for nip in files.unrated[period]]


def _run(db: str, arguments: list[str]) -> None:
    """Show a command, then run it through the same door a user takes."""
    from kinerja_cli.cli.run import run

    command = shlex.join(["kinerja", *arguments])
    sys.stdout.flush()
    say("")
    say(f"$ {command}")
    before = replace(session)
    code = run(["--db", db, *arguments])
    for name in ("db", "quiet", "format", "command"):
        setattr(session, name, getattr(before, name))
    sys.stdout.flush()
    if code != Exit.OK:
        raise DemoStopped(command, code)
