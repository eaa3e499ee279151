"""What an audit has found, as far as a list is of use to anybody."""

from dataclasses import dataclass, field

from kinerja_cli.domain.audit_problems import MORE
from kinerja_cli.errors import ProblemKind, Severity
from kinerja_cli.storage.ledger import Value

MOST = 100_000
"""So many findings are kept; more hint at one cause, and would only fill the memory."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: which kind, where in the ledger or in which row, and what is different."""

    kind: ProblemKind
    operation: int | None = None
    table: str | None = None
    key: str | None = None
    nip: str | None = None
    column: str | None = None
    recorded: Value = None
    found: Value = None
    facts: dict[str, Value] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether the store is not what was recorded."""
        return self.kind.severity is Severity.ERROR


class Findings:
    """The findings of one audit, in the order in which they were made."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._more = 0

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it where there are too many to list."""
        if len(self._kept) < MOST:
            self._kept.append(finding)
        else:
            self._more += 1

    def listed(self) -> list[Finding]:
        """All that were kept, and how many there were beyond."""
        return self._kept + ([Finding(MORE, found=self._more)] if self._more else [])
