"""What the options before the command have set, for as long as one command runs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kinerja_cli.cli.views import Format
    from kinerja_cli.storage.store import Store


@dataclass(slots=True)
class Session:
    """One run of the program.

    `format` is the one named anywhere on the command line, known before the words are understood, so that even
    a mistake in them is told in JSON where JSON is wished. `command` holds the names of the command alone,
    `options` the names of those given to it, `words` how many other words: never a value. `on_behalf_of` is a NIP.
    `store` is the store the command works on, once that is open, `day` the day it is there.
    `done` says in a sentence what was done that is no operation: from then on the command need not be run again.
    """

    db: str | None = None
    quiet: bool = False
    format: "Format | None" = None
    command: str = ""
    options: str = ""
    words: int = 0
    on_behalf_of: str | None = None
    problems_shown: bool = False
    day: "date | None" = None
    store: "Store | None" = None
    done: str | None = None

    def reset(self) -> None:
        """Forget the run before; only tests run two in one process."""
        self.db, self.quiet, self.format = None, False, None
        self.command, self.options, self.words = "", "", 0
        self.on_behalf_of, self.problems_shown, self.day = None, False, None
        self.store = self.done = None


session = Session()
"""The one run of this process."""
