"""`kinerja demo`: a practice agency run through its year, each command shown before it runs."""

import shlex
import sys
import tempfile
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.state import session
from kinerja_cli.errors import Exit, KinerjaError, UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.demo import PracticeFiles


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
    """Build a practice agency of 600 invented people and run it through a year and its four quarters.

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
    from kinerja_cli.actions.demo import QUARTERS, YEAR

    steps = [
        ["init", "--agency", files.practice.name],
        ["settings", "set", "since", f"{YEAR}-01-01"],
        ["staff", "import", str(files.roster), str(files.units)],
        ["unit", "tree"],
    ]
    for number, quarter in enumerate(QUARTERS):
        steps.append(["period", "rollover", "--as-of", f"{YEAR}-{3 * number + 1:02}-02"])
        steps.append(["score", "import", str(files.recaps[quarter])])
        if number == 0:
            steps.append(["report", "missing", quarter])
        steps += _rest(files, quarter)
        if number == 2:
            steps += _feedback(files.someone, YEAR)
        steps.append(["period", "close", quarter])
    steps += [
        ["score", "import", str(files.recaps[YEAR])],
        *_rest(files, YEAR),
        ["report", "staff", files.someone],
        ["explain", files.someone, YEAR],
        ["period", "close", YEAR],
        ["report", "summary", YEAR, "--by", "position_type"],
        ["report", "summary", YEAR, "--by", "unit", "-o", str(folder / f"rekap-{YEAR}.xlsx")],
        ["report", "results", YEAR, "-o", str(folder / f"hasil-{YEAR}.xlsx")],
        ["period", "list"],
        ["history"],
    ]
    return steps


def _feedback(nip: str, year: str) -> list[list[str]]:
    """What the public and a leader say of somebody in the third quarter."""
    praise = ["--text", "Ramah, cekatan dan solutif.", "--aspect", "berorientasi_pelayanan", "--tone", "positive"]
    report = ["--text", "Laporan selalu tepat waktu.", "--aspect", "akuntabel"]
    return [
        ["feedback", "add", nip, "--from", "masyarakat", *praise, "--date", f"{year}-07-10"],
        ["feedback", "add", nip, "--from", "pimpinan", *report, "--date", f"{year}-07-15"],
    ]


def _rest(files: "PracticeFiles", period: str) -> list[list[str]]:
    """The ratings that the recaps left open, recorded by hand."""
    rated = ["--hasil", "sesuai", "--perilaku", "sesuai"]
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
