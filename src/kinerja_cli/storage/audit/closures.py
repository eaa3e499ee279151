"""Follow along the chain which periods are closed, and name what changed them although it may not have."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Final

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.storage.audit.findings import MOST, Finding
from kinerja_cli.storage.audit.sieve import as_text
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.tables import APPRAISAL, PERIOD, PERIOD_UNIT

_PERIOD: Final = PERIOD.name.encode()
_WITHIN: Final = frozenset((APPRAISAL.name.encode(), PERIOD_UNIT.name.encode()))
"""Tables whose rows belong to a period, and whose keys begin with it."""

_ERASES: Final = "retention.apply"
_TURNED_BY: Final = {("closed", "open"): "period.reopen", ("open", "closed"): "period.close"}
"""Which kind of operation opens and closes; neither can be taken back, so that no undo does."""

_BEGINNINGS: Final = frozenset(((None, "open"), ("open", None)))
"""A period is opened for the first time, or the operation that did it is taken back."""

_RECORDED: Final = f"""SELECT change.seq, kind, "key", "before", "after" FROM change JOIN operation USING (seq)
WHERE relation = '{PERIOD.name}' AND nip IS NULL AND "key" IS NOT NULL AND change.seq <= ? ORDER BY 1, ordinal"""

_Turn = tuple[bytes, str | None, str | None]


@dataclass(slots=True)
class Closures:
    """Which periods are closed where a walk along the chain has come to, and which operations opened them again."""

    states: dict[bytes, str] = field(default_factory=dict)
    reopened: dict[bytes, list[int]] = field(default_factory=dict)
    prefixes: tuple[bytes, ...] = ()
    """What the keys of rows of closed periods begin with."""

    _touched: list[tuple[bytes, bytes, bytes | None]] = field(default_factory=list)
    _turns: list[_Turn] = field(default_factory=list)

    def note(self, relation: bytes, key: bytes, nip: bytes | None, before: bytes | None, after: bytes | None) -> None:
        """Take in a change of the operation that is walked at the moment."""
        if relation == _PERIOD:
            was, now = self.states.get(key), _state(after)
            if after is not None and before is not None and now is None:
                now = was
            if was != now:
                self._turns.append((key, was, now))
                self._turn(key, now)
            elif was == "closed":
                self._touched.append((relation, key, nip))
        elif relation in _WITHIN and key.startswith(self.prefixes) and len(self._touched) < MOST:
            self._touched.append((relation, key, nip))

    def judge(self, seq: int, kind: Value) -> Iterator[Finding]:
        """What the operation has done to closed periods that operations of its kind may not; then it is over."""
        lawful = kind == _ERASES
        facts: dict[str, Value] = {"kind": kind}
        for relation, key, nip in () if lawful else self._touched:
            yield Finding(kinds.CLOSED_CHANGED, seq, _text(relation), _text(key), _text(nip), facts=facts)
        for code, was, now in self._turns:
            if not (lawful or (was, now) in _BEGINNINGS or kind == _TURNED_BY.get((was or "", now or ""))):
                yield Finding(
                    kinds.PERIOD_TURNED, seq, PERIOD.name, _text(code), None, "state", was or "–", now or "–", facts
                )
            if (was, now) == ("closed", "open"):
                self.reopened.setdefault(code, []).append(seq)
        self.forget()

    def forget(self) -> None:
        """Let go of what an operation did that is not there to be judged by."""
        self._turns.clear()
        self._touched.clear()

    def since(self, code: str, seq: int) -> bool:
        """Whether the ratings of a closed period could lawfully change after an operation."""
        return any(one > seq for one in self.reopened.get(code.encode("utf-8", "surrogateescape"), ()))

    def _turn(self, code: bytes, state: str | None) -> None:
        if state is None:
            del self.states[code]
        else:
            self.states[code] = state
        self.prefixes = tuple(one + b"/" for one, now in self.states.items() if now == "closed")


def closures_until(connection: Connection, seq: int) -> Closures:
    """How periods stand after an operation, found by way of the index; what walks there compares it with its own."""
    closures = Closures()
    current: tuple[int, Value] | None = None
    for number, kind, key, before, after in connection.execute(_RECORDED, (seq,)):
        if current is not None and number != current[0]:
            list(closures.judge(*current))
        current = (number, as_text(kind))
        if isinstance(key, bytes):
            closures.note(_PERIOD, key, None, before, after)
    if current is not None:
        list(closures.judge(*current))
    return closures


def _state(image: object) -> str | None:
    """The state that an image of a period tells."""
    if not isinstance(image, bytes):
        return None
    try:
        state = json.loads(image).get("state")
    except (ValueError, AttributeError, RecursionError):
        return None
    return None if state is None else str(state)


def _text(value: bytes | None) -> str | None:
    return None if value is None else str(as_text(value))
