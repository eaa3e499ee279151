"""What is said to people on standard error: what goes on, what is wrong with their input, and errors."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _

from kinerja_cli.cli.grouping import SEVERITIES, grouped
from kinerja_cli.cli.state import session
from kinerja_cli.cli.streams import hush
from kinerja_cli.cli.values import as_json as jsonable
from kinerja_cli.cli.values import plain
from kinerja_cli.cli.views import Format
from kinerja_cli.domain.text import without_steering
from kinerja_cli.errors import KinerjaError, Problem, Severity

_HANGING = "  "
"""Before what goes on from the line above, so that the first words of a message stand out."""


def say(text: str) -> None:
    """Tell what goes on; silent with --quiet, and in JSON, where standard error holds errors alone."""
    if not _silent():
        _put([(plain(text), "")])


def show_problems(problems: Sequence[Problem], *, hint: str = "") -> None:
    """Show what is wrong with the input, the worst first, those alike together, on one screen.

    `hint` says where all of them can be seen. With --quiet only errors are shown; in JSON nothing is, since the
    result holds them all.
    """
    session.problems_shown = True
    if session.format is Format.JSON:
        return
    wanted = [one for one in problems if not session.quiet or one.severity is Severity.ERROR]
    if not wanted:
        return
    lines, whole = grouped(wanted)
    for line in lines:
        _put(line)
    counts = {severity: sum(one.severity is severity for one in wanted) for severity in Severity}
    total = _("Errors: {errors}, warnings: {warnings}, notes: {notes}.").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], notes=counts[Severity.NOTE]
    )
    _put([(total, "bold")])
    if hint or not whole:
        hint = hint or _("See them all with --format json; kinerja explain CODE tells what one means.")
        _put([(f"  {hint}", "")])


def warn(problem: Problem, *, lightly: bool = False) -> None:
    """Tell of one thing that is odd without a file being at fault; with --quiet too, and in JSON as one line.

    What is told `lightly` went wrong nowhere: it is silent as what goes on is.
    """
    if lightly and _silent():
        return
    if session.format is Format.JSON:
        told = {"code": problem.code, "message": problem.message, "hint": problem.fix}
        _write(without_steering(json.dumps({"warning": told}, ensure_ascii=False)) + "\n")
        return
    word, style = SEVERITIES[problem.severity]
    _put([(f"{_(word)}[{problem.code}]", style), (f": {plain(problem.message)}", "")])
    _put([(f"  {plain(problem.fix)}", "")])


def show_error(error: KinerjaError, as_json: bool) -> None:
    """Tell why the command ended: in a sentence and how to mend it, or as one JSON object on one line."""
    if as_json:
        _write(_error_json(error))
        return
    if error.problems and not session.problems_shown:
        show_problems(error.problems)
    word, style = SEVERITIES[Severity.ERROR]
    _put([(f"{_(word)}[{error.code}]", style), (f": {plain(error.message)}", "")])
    for line in plain(error.hint).splitlines():
        _put([(f"  {line}", "")])


def _error_json(error: KinerjaError) -> str:
    told = {
        "code": error.code,
        "exit": int(error.exit),
        "message": error.message,
        "hint": error.hint,
        "problems": [problem.as_dict() for problem in error.problems],
    }
    return without_steering(json.dumps({"error": told}, ensure_ascii=False, default=jsonable)) + "\n"


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal that work goes on; yields what counts steps where there is a total."""
    if _silent() or not sys.stderr.isatty():
        yield _uncounted
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
    counted = [BarColumn(), MofNCompleteColumn()] if total is not None else []
    console = Console(file=sys.stderr, color_system=None if _colourless() else "auto", markup=False)
    with Progress(*columns, *counted, console=console, transient=True) as bar:
        task = bar.add_task(plain(label), total=total)
        yield lambda steps: bar.advance(task, steps)


def _uncounted(_steps: int) -> None:
    """Count nothing: nobody looks."""


def _silent() -> bool:
    return session.quiet or session.format is Format.JSON


def _colourless() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _put(parts: Sequence[tuple[str, str]]) -> None:
    """One line of parts, each in its style; styled, and broken where the screen ends, only on a terminal.

    Where it cannot be written (a full disk, a terminal that is gone) the exit code has to do.
    """
    if not sys.stderr.isatty():
        _write("".join(part for part, _style in parts) + "\n")
        return
    try:
        _paint(parts)
    except OSError:
        hush(sys.stderr)


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        hush(sys.stderr)


def _paint(parts: Sequence[tuple[str, str]]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=sys.stderr,
        color_system=None if _colourless() else "auto",
        markup=False,
        emoji=False,
        highlight=False,
    )
    for number, line in enumerate(Text.assemble(*parts).wrap(console, max(console.width - len(_HANGING), 20))):
        line.rstrip()
        console.print(Text(_HANGING if number else "").append_text(line), soft_wrap=True)
