"""What the refusals of an undo mean."""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.actions.meaning import Refusal
from kinerja_cli.errors import N_, Exit

UNDO: Final[Mapping[str, Refusal]] = {
    "operation-unknown": Refusal(
        Exit.NOT_FOUND,
        N_("There is no operation with this number."),
        N_("`kinerja history` lists them, each with its number."),
    ),
    "undo-done": Refusal(
        Exit.REFUSED,
        N_("The operation is taken back already."),
        N_("An operation is taken back once. Undoing the undo puts it in force again."),
    ),
    "undo-never": Refusal(
        Exit.REFUSED,
        N_("Operations of this kind cannot be taken back."),
        N_(
            "Making the store is not undone. Closing is taken back by `kinerja period reopen`, which asks for a "
            "reason, and reopening by closing again."
        ),
    ),
    "undo-erased": Refusal(
        Exit.REFUSED,
        N_("What the operation changed was lawfully erased from the history."),
        N_("Nobody can tell any more how the rows stood before. Correct what is wrong by a new entry."),
    ),
    "undo-built-on": Refusal(
        Exit.REFUSED,
        N_("Later work stands on the operation."),
        N_(
            "The list names every later operation that changed the same rows, or refers to what the operation had "
            "added. Nothing is lost by taking back step by step, the newest first."
        ),
    ),
    "undo-differs": Refusal(
        Exit.STORE,
        N_("The store does not hold what its history says."),
        N_("Only damage or another program can do that. An undo would cover it up, so it is refused."),
    ),
    "undo-circle": Refusal(
        Exit.REFUSED,
        N_("With what was done since, units would stand below themselves, or people appraise each other in turn."),
        N_("No single link is wrong: the one that would come back and one set since do not go together."),
    ),
}
"""Each with the exit code it ends a command with."""
