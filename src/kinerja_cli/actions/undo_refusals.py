"""Why an operation is not taken back: one refusal for each reason, with what to do instead."""

from collections.abc import Sequence
from gettext import gettext as _

from kinerja_cli.errors import N_, Exit, KinerjaError, Problem
from kinerja_cli.storage.store.operations import StoredOperation

NEVER = {
    "agency.init": N_("It made the store itself. To begin anew, make another store."),
    "period.close": N_("A closed period is opened again with `kinerja period reopen {period} --reason TEXT`."),
    "period.reopen": N_("A reopened period is closed again with `kinerja period close {period}`."),
    "retention.apply": N_("What was erased is gone, and that is the point. A backup from before still has it."),
    "read.export": N_("It changed nothing: it notes that people's data were written to a file."),
    "read.list": N_("It changed nothing: it notes that people's data were listed."),
}
"""Kinds of operations that are not undone, and what to do instead."""


class UndoneAlready(KinerjaError):
    """The operation is taken back already."""

    code = "undo-done"
    exit = Exit.REFUSED

    def __init__(self, number: int, by: int) -> None:
        super().__init__(
            _("Operation {number} is taken back already, by operation {by}.").format(number=number, by=by),
            _("To have it again, take that one back: `kinerja undo {by}`.").format(by=by),
        )


class NotUndoable(KinerjaError):
    """Operations of this kind are not undone."""

    code = "undo-never"
    exit = Exit.REFUSED

    def __init__(self, operation: StoredOperation) -> None:
        super().__init__(
            _("Operation {number} ({kind}) cannot be taken back.").format(number=operation.seq, kind=operation.kind),
            _(NEVER[operation.kind]).format(period=operation.period_code),
        )


class UndoErased(KinerjaError):
    """What the operation changed was lawfully erased from the history."""

    code = "undo-erased"
    exit = Exit.REFUSED

    def __init__(self, number: int) -> None:
        super().__init__(
            _("Operation {number} cannot be taken back: what it changed was erased from the history.").format(
                number=number
            ),
            _("Correct what is wrong by a new entry."),
        )


class UndoDiffers(KinerjaError):
    """The store does not hold what the ledger says the operation left, and no operation changed it since."""

    code = "undo-differs"
    exit = Exit.STORE

    def __init__(self, number: int, relation: str, key: str) -> None:
        super().__init__(
            _(
                "Operation {number} cannot be taken back: {table} {key} is not as the history says, and no operation "
                "of kinerja changed it since."
            ).format(number=number, table=relation, key=key),
            _("Another program wrote to the store, or it is damaged. Put back the latest good copy."),
        )


class UndoClosed(KinerjaError):
    """A period that the operation touched is closed."""

    code = "period-closed"
    exit = Exit.REFUSED

    def __init__(self, number: int, periods: Sequence[str]) -> None:
        super().__init__(
            _("Operation {number} cannot be taken back: it touched {periods}, which is closed since.").format(
                number=number, periods=", ".join(periods)
            ),
            _("If it must change, reopen it with `kinerja period reopen {period} --reason TEXT`.").format(
                period=periods[0]
            ),
        )


class UndoBuiltOn(KinerjaError):
    """Later work stands on the operation."""

    code = "undo-built-on"
    exit = Exit.REFUSED

    def __init__(self, number: int, problems: Sequence[Problem]) -> None:
        later = sorted({int(one.value or 0) for one in problems}, reverse=True)
        super().__init__(
            _("Operation {number} cannot be taken back: later work stands on it (operations {later}).").format(
                number=number, later=", ".join(map(str, later))
            ),
            _("Take those back first, the newest before the others, or correct what is wrong by a new entry."),
            problems,
        )


class UndoCircle(KinerjaError):
    """With what was done since, units would stand below themselves, or people would appraise each other in turn."""

    code = "undo-circle"
    exit = Exit.REFUSED

    def __init__(self, number: int, names: Sequence[str]) -> None:
        super().__init__(
            _(
                "Operation {number} cannot be taken back: with what was done since, this would go round in a circle: "
                "{chain}."
            ).format(number=number, chain=" → ".join((*names, names[0]))),
            _("Take back first what was done since, the newest before the others, or correct it by a new entry."),
        )
