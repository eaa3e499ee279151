"""What the options before the command have set, for as long as one command runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_cli.cli.views import Format


@dataclass(slots=True)
class Session:
    """One run of the program.

    `format` is the one named anywhere on the command line, known before the words are understood, so that even
    a mistake in them is told in JSON where JSON is wished. `command` holds the names of the command alone.
    """

    db: str | None = None
    quiet: bool = False
    format: "Format | None" = None
    command: str = ""
    problems_shown: bool = False
    clock_told: bool = False

    def reset(self) -> None:
        """Forget the run before; only tests run two in one process."""
        self.db, self.quiet, self.format = None, False, None
        self.command, self.problems_shown, self.clock_told = "", False, False


session = Session()
"""The one run of this process."""
