"""Every refusal: the sentence a user reads, how to mend it, and the exit code.

Two things go wrong in two ways. Bad *input* becomes a `Problem`, which knows its place in the user's file, and
reading goes on, so that every mistake of a file is seen at once. A *state* that forbids a wish raises a
`KinerjaError`, which ends the command with its exit code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from enum import IntEnum, StrEnum
from gettext import gettext as _
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes, a promise to scripts and cron jobs."""

    OK = 0
    FAULT = 1
    USAGE = 2
    REJECTED = 3
    NOT_FOUND = 4
    REFUSED = 5
    STORE = 6
    PARTIAL = 7
    FINDINGS = 8
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class Severity(StrEnum):
    """How bad a problem is: an error keeps its row out, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool knows for "mark, translate later"
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a user's file something stands: `row` as the spreadsheet numbers it, `column` its letter."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One thing that can be wrong with input: a stable code, and sentences with `{fields}` to fill."""

    code: str
    severity: Severity
    message: str
    fix: str
    meaning: str

    def at(
        self,
        place: Place,
        *,
        field: str | None = None,
        value: object = None,
        **facts: object,
    ) -> "Problem":
        """This kind of problem, found at a place, with the facts its sentences name."""
        return Problem(self, place, field, None if value is None else str(value), facts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of a user's file."""

    kind: ProblemKind
    place: Place
    field: str | None = None
    value: str | None = None
    facts: Mapping[str, object] = made(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.kind.severity

    @property
    def code(self) -> str:
        """The stable slug of its kind."""
        return self.kind.code

    @property
    def message(self) -> str:
        """What is wrong, in the user's language."""
        return self._filled(self.kind.message)

    @property
    def fix(self) -> str:
        """What to do about it, in the user's language."""
        return self._filled(self.kind.fix)

    def _filled(self, sentence: str) -> str:
        """A sentence in the user's language with its facts; a proposal and a name only where there is one."""
        return _(sentence).format(
            **{"proposal": "", "whose": "", "value": self.value, "field": self.field, **self.facts}
        )

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts; a key without a value is null."""
        return {
            "severity": str(self.severity),
            "code": self.code,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "field": self.field,
            "value": self.value,
            "message": self.message,
            "fix": self.fix,
        }


class KinerjaError(Exception):
    """A wish that cannot be granted. Subclasses say it in one sentence and know how to mend it."""

    code: ClassVar[str] = "fault"
    exit: ClassVar[Exit] = Exit.FAULT

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)


class UsageError(KinerjaError):
    """The words of the command are off."""

    code = "usage"
    exit = Exit.USAGE
