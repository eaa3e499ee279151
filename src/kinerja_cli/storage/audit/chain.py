"""Walk the chain: every change against its salted digest, every operation against its changes and the one before."""

import json
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from sqlite3 import Connection
from typing import Final

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.domain.nip import NIP_LENGTH
from kinerja_cli.storage.audit.closures import Closures
from kinerja_cli.storage.audit.findings import Finding, Findings
from kinerja_cli.storage.audit.persons import Persons, misfiled
from kinerja_cli.storage.audit.rows import PORTION, plain
from kinerja_cli.storage.audit.sieve import EMPTY_KEY, LAST, Sums, Weights, as_text, weigh
from kinerja_cli.storage.emptied import SEALED, Emptied
from kinerja_cli.storage.ledger import CHANGE_TAG, GENESIS, Value, operation_hash
from kinerja_cli.storage.store.reads import READ_OF
from kinerja_cli.storage.tables import OPERATION

_NOTHING: Final = sha256().hexdigest()
_HEADER: Final = tuple(column.name for column in OPERATION.columns)
_KINDS_OF: Final = ", ".join(f'typeof("{name}")' for name in _HEADER)
_OPERATIONS: Final = f"SELECT {', '.join(_HEADER)}, {_KINDS_OF} FROM operation"
# SQLite sorts every blob behind every text, which tells them apart in a third of the time that typeof() takes.
_CHANGES: Final = """SELECT seq, ordinal, relation, "key", nip, "before", "after", salt, digest,
relation >= x'' OR "key" >= x'' OR nip >= x'' OR "before" >= x'' OR "after" >= x''
FROM change"""
_READS: Final = "read."
_READ_CHANGES: Final = f"""SELECT relation, "key", nip FROM change WHERE seq = ? AND relation <> '{READ_OF}'"""


@dataclass(slots=True)
class Chain:
    """What walking the chain came to: its end, the sums of what is recorded, the hashes asked for."""

    operations: int = 0
    changes: int = 0
    sequence: int = 0
    hash: str = GENESIS
    at: str = ""
    first_bad: int | None = None
    emptied: dict[bytes, int] = field(default_factory=dict)
    erased: Emptied = field(default_factory=Emptied)
    erasures: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Operations that emptied changes: their number, how many they emptied, the digest of all emptied then."""

    closures: Closures = field(default_factory=Closures)
    persons: Persons = field(default_factory=Persons)
    sums: Sums = field(default_factory=Sums)
    hashes: dict[int, str] = field(default_factory=dict)

    @property
    def is_sealed(self) -> bool:
        """Whether every row that stayed when others were erased is known to have been recorded anew."""
        return bool(self.erasures) and all(digest is not None for _seq, _emptied, digest in self.erasures)


def walk_chain(
    connection: Connection,
    findings: Findings,
    wanted: Collection[int],
    *,
    until: Chain | None = None,
    since: Chain | None = None,
) -> Chain:
    """Walk the chain and note what does not fit; `wanted` are the operations whose hashes are asked for.

    `until` and `since` are where to end or to begin, if that is not the end or the beginning of the chain; such a
    part does not say whether erasure is accounted for. The connection gives text as bytes. Raises
    sqlite3.DatabaseError where the file cannot be read through.
    """
    chain = _Walk(connection, findings, frozenset(wanted), until, since).run()
    if until is None and since is None:
        account_for_erasure(chain, findings)
    return chain


def account_for_erasure(chain: Chain, findings: Findings) -> None:
    """As many changes must be emptied as operations say they have, and those that the last of them left so."""
    emptied, accounted = sum(chain.emptied.values()), sum(many for _seq, many, _digest in chain.erasures)
    sealed = [(seq, digest) for seq, _many, digest in chain.erasures if digest is not None]
    if emptied != accounted:
        findings.add(Finding(kinds.EMPTIED, recorded=accounted, found=emptied))
    elif emptied:
        findings.add(Finding(kinds.ERASED, found=emptied))
    if sealed:
        # Whoever keeps digests keeps them for good: an operation after the last that has one may not empty anything.
        seq, digest = sealed[-1]
        if digest != chain.erased.digest() or chain.erasures[-1][0] != seq:
            findings.add(Finding(kinds.ERASED_OTHERS, seq, recorded=digest, found=chain.erased.digest()))
    elif emptied and chain.erasures:
        findings.add(Finding(kinds.ERASED_UNSEALED))


class _Walk:
    """One walk along the chain, or along a part of it."""

    def __init__(
        self,
        connection: Connection,
        findings: Findings,
        wanted: frozenset[int],
        until: Chain | None,
        since: Chain | None,
    ) -> None:
        self._connection = connection
        self._findings = findings
        self._wanted = wanted
        self._last = None if until is None else until.sequence
        self._after = "" if since is None else f" WHERE seq > {since.sequence:d}"
        self.chain = Chain()
        if since is not None:
            self.chain = Chain(sequence=since.sequence, hash=since.hash, at=since.at, closures=deepcopy(since.closures))

    def run(self) -> Chain:
        """Lay operations and their changes beside each other, both in the order of their numbers."""
        operations = self._operations()
        current = next(operations, None)
        for seq, changes, digest in self._groups():
            if not changes:
                # Before the first change there is no operation that it would end.
                continue
            if not isinstance(seq, int):
                self._findings.add(Finding(kinds.CHANGE_ORPHAN, facts={"operation": str(seq)}))
                self.chain.closures.forget()
                continue
            while current is not None and _number(current) < seq:
                self._judge(current, 0, _NOTHING)
                current = next(operations, None)
            if current is None or _number(current) != seq:
                self._bad(Finding(kinds.CHANGE_ORPHAN, seq))
                self.chain.closures.forget()
                continue
            self._judge(current, changes, digest)
            current = next(operations, None)
        while current is not None:
            self._judge(current, 0, _NOTHING)
            current = next(operations, None)
        self.chain.erased.close()
        return self.chain

    def _operations(self) -> Iterator[dict[str, Value]]:
        for row in self._connection.execute(f"{_OPERATIONS}{self._after} ORDER BY seq"):
            # One bit makes a blob of a text, which is told as SQL writes one, so that the hash does not fit it.
            values = map(plain, row, row[len(_HEADER) :])
            header = dict(zip(_HEADER, values, strict=True))
            if self._is_beyond(header["seq"]):
                break
            if isinstance(header["seq"], int):
                yield header
            else:
                self._findings.add(Finding(kinds.OPERATION_CHANGED, facts={"operation": str(header["seq"])}))

    def _groups(self) -> Iterator[tuple[object, int, str]]:
        """The changes of each operation: its number, how many there are, the digest over theirs.

        This is where nearly all the time goes, so that everything is done here that needs every change.
        """
        cursor = self._connection.execute(f"{_CHANGES}{self._after} ORDER BY seq, ordinal")
        sums, weights, closures = self.chain.sums, Weights(), self.chain.closures
        current, count, digests = None, 0, sha256()
        pending: list[bytes] = []
        while portion := cursor.fetchmany(PORTION):
            for seq, ordinal, relation, key, nip, before, after, salt, digest, is_odd in portion:
                if seq != current:
                    digests.update(b"".join(pending))
                    pending.clear()
                    self.chain.changes += count
                    yield current, count, digests.hexdigest()
                    if self._is_beyond(seq):
                        return
                    current, count, digests = seq, 0, sha256()
                count += 1
                try:
                    pending.append(digest)
                    told = b"".join(
                        (CHANGE_TAG, salt, relation, b"\x1f", key, b"\x1f", before or b"", b"\x1f", after or b"")
                    )
                    if sha256(told).digest() != digest or is_odd:
                        pending[-1] = _bytes(digest)
                        self._changed(seq, ordinal, relation, key, nip)
                    if after is None:
                        weight = 0 if before is None else -weigh(before)
                    elif before is None:
                        weight = weigh(after)
                    else:
                        weight = weights[after] - weights[before]
                    known = hash(key) or EMPTY_KEY
                    sums[relation][known & LAST] += known * weight
                    if nip is None or len(nip) != NIP_LENGTH or nip not in key or key.startswith(closures.prefixes):
                        self._look_closely(seq, relation, key, nip, before, after)
                except TypeError:
                    pending[-1] = _bytes(digest)
                    self._judge_odd(seq, ordinal, relation, (key, nip, before, after, salt), digest)
            digests.update(b"".join(pending))
            pending.clear()
        self.chain.changes += count
        yield current, count, digests.hexdigest()

    def _is_beyond(self, seq: object) -> bool:
        """Whether this is not in the part to be walked any more."""
        return self._last is not None and (not isinstance(seq, int) or seq > self._last)

    def _judge(self, header: dict[str, Value], changes: int, digest: str) -> None:
        """One operation against the one before it, against its changes, and against its own hash."""
        chain, seq = self.chain, _number(header)
        if seq != chain.sequence + 1:
            self._bad(Finding(kinds.OPERATION_MISSING, seq, facts={"before": chain.sequence}))
        elif header["previous"] != chain.hash:
            self._bad(Finding(kinds.CHAIN_BROKEN, seq))
        if header["changes"] != changes or header["digest"] != digest:
            self._bad(Finding(kinds.CHANGES_DIFFER, seq, recorded=header["changes"], found=changes))
        recorded = header.pop("hash")
        if _hash(header) != recorded:
            self._bad(Finding(kinds.OPERATION_CHANGED, seq))
        at = str(header["at"])
        if at < chain.at:
            self._findings.add(Finding(kinds.TIME_BACKWARDS, seq, recorded=chain.at, found=at))
        if changes:
            # Without any, those noted so far are of the next operation.
            self._judge_kind(seq, header)
        many, sealed = _emptied_by(header["facts"])
        if many or sealed is not None:
            chain.erasures.append((seq, many, sealed))
        chain.operations += 1
        chain.sequence, chain.hash, chain.at = seq, str(recorded), at
        if seq in self._wanted:
            chain.hashes[seq] = chain.hash

    def _changed(self, seq: object, ordinal: int, relation: object, key: object, nip: object) -> None:
        """A change that is not what its digest commits to."""
        number = seq if isinstance(seq, int) else None
        facts: dict[str, Value] = {"ordinal": ordinal}
        self._bad(Finding(kinds.CHANGE_CHANGED, number, _known(relation), _known(key), _known(nip), facts=facts))

    def _look_closely(
        self, seq: int, relation: bytes, key: bytes, nip: bytes | None, before: bytes | None, after: bytes | None
    ) -> None:
        """A change that is not plainly of the person in its key, or is perhaps of a closed period."""
        plainly = nip is not None and len(nip) == NIP_LENGTH and nip in key
        if not (plainly or self.chain.persons.fits(seq, relation, key, nip, before, after)):
            self._bad(misfiled(seq, relation, key, nip))
        self.chain.closures.note(relation, key, nip, before, after)

    def _judge_kind(self, seq: int, header: dict[str, Value]) -> None:
        """What an operation did that none of its kind may; one that says that it only read holds whom it read alone."""
        kind = header["kind"]
        for one in self.chain.closures.judge(seq, kind):
            self._bad(one)
        if not str(kind).startswith(_READS):
            return
        for relation, key, nip in self._connection.execute(_READ_CHANGES, (seq,)):
            facts: dict[str, Value] = {"kind": kind}
            self._bad(Finding(kinds.READ_CHANGED, seq, _known(relation), _known(key), _known(nip), facts=facts))

    def _judge_odd(self, seq: object, ordinal: int, relation: object, held: tuple[object, ...], digest: object) -> None:
        """A change with something missing: lawfully emptied as a whole, or not as the program writes it."""
        if isinstance(relation, bytes) and isinstance(digest, bytes) and not any(one is not None for one in held):
            self.chain.emptied[relation] = self.chain.emptied.get(relation, 0) + 1
            if isinstance(seq, int):
                self.chain.erased.add(seq, ordinal)
            return
        self._changed(seq, ordinal, relation, *held[:2])

    def _bad(self, finding: Finding) -> None:
        """Note what breaks the chain, and where it does so first."""
        self._findings.add(finding)
        seq, first = finding.operation, self.chain.first_bad
        if seq is not None and (first is None or seq < first):
            self.chain.first_bad = seq


def _bytes(digest: object) -> bytes:
    """A digest where it is one, so that those of an operation can be put together."""
    return digest if isinstance(digest, bytes) else b""


def _number(header: dict[str, Value]) -> int:
    """The number of an operation; others than whole numbers were left out when they were read."""
    seq = header["seq"]
    return seq if isinstance(seq, int) else 0


def _hash(header: dict[str, Value]) -> str | None:
    """The hash of a header; None where it holds what the program cannot have written."""
    try:
        return operation_hash(header)
    except (UnicodeEncodeError, ValueError):
        return None


def _emptied_by(facts: Value) -> tuple[int, str | None]:
    """How many changes an operation says it has emptied, and the digest it keeps of all that were."""
    if not isinstance(facts, str) or '"emptied":' not in facts:
        return 0, None
    try:
        told = json.loads(facts)
        many, sealed = told.get("emptied"), told.get(SEALED)
    except (ValueError, AttributeError, RecursionError):
        return 0, None
    return many if isinstance(many, int) else 0, None if sealed is None else str(sealed)


def _known(value: object) -> str | None:
    return None if value is None else str(as_text(value))
