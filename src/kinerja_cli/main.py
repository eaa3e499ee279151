"""The door of the program: private files, the user's language, and a clean end when told to stop."""

import gc
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from types import FrameType

from kinerja_cli import __version__
from kinerja_cli.errors import Exit
from kinerja_cli.i18n import activate, choose_language


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(0o077)
    if argv is None:
        _say_nothing_of_data()
    if words == ["--version"]:
        # Asked for by scripts all day long: answered without loading a single command.
        sys.stdout.write(f"kinerja {__version__}\n")
        return Exit.OK
    # A command makes many objects and few circles: looking for circles as often as Python does by default
    # costs a large import a tenth of its time.
    gc.set_threshold(200_000, 50, 50)
    try:
        _stop_cleanly()
        activate(choose_language(_asked_language(words), os.environ))
        # Only now: what the help says is translated while these modules load.
        from kinerja_cli.cli.run import run

        return run(words)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except MemoryError:
        sys.stderr.write("error[fault]: there is not enough memory for kinerja to start\n")
        return Exit.FAULT
    except Exception as error:  # noqa: BLE001 - what Python would print holds the words of the error
        sys.stderr.write(f"error[fault]: kinerja cannot start here ({type(error).__name__})\n")
        return Exit.FAULT


def _say_nothing_of_data() -> None:
    """Keep Python from printing by itself what went wrong beside the work: such words may be somebody's data.

    Those who work on the program say otherwise with -W or PYTHONWARNINGS.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        sys.unraisablehook = _pass_over


def _pass_over(_what: object) -> None:
    """Say nothing of an error in clearing up, which nobody can act on."""


def _asked_language(words: Sequence[str]) -> str | None:
    """What --lang says, looked for by hand: it must be known before the options themselves are loaded."""
    asked = None
    for index, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang":
            asked = "".join(words[index + 1 : index + 2])
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked


def _stop_cleanly() -> None:
    """Let SIGTERM and SIGHUP unwind the program, so that locks are freed and temporary files removed."""
    # Only the main thread may say so; whoever calls us from another one keeps their own way.
    try:
        signal.signal(signal.SIGTERM, _stop)
        # Windows has no terminals that hang up, and under nohup it was asked that they do not matter.
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, _stop)
    except ValueError:
        return


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(Exit.TERMINATED if number == signal.SIGTERM else Exit.HUNG_UP)
