"""What the options before the command have set, for as long as one command runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_cli.cli.views import Format
    from kinerja_cli.storage.store import Store


@dataclass(slots=True)
class Session:
    """One run of the program.

    `format` is the one named anywhere on the command line, known before the words are understood, so that even
    a mistake in them is told in JSON where JSON is wished. `command` holds the names of the command alone, `store`
    the store it works on, once that is open.
    """

    db: str | None = None
    quiet: bool = False
    format: "Format | None" = None
    command: str = ""
    problems_shown: bool = False
    store: "Store | None" = None

    def reset(self) -> None:
        """Forget the run before; only tests run two in one process."""
        self.db, self.quiet, self.format = None, False, None
        self.command, self.problems_shown, self.store = "", False, None


session = Session()
"""The one run of this process."""
