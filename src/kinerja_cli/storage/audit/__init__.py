"""Verify a store: its shape, its chain, every live row against what was recorded, every closed period."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.storage.audit.aside import working_aside
from kinerja_cli.storage.audit.chain import Chain, account_for_erasure, walk_chain
from kinerja_cli.storage.audit.closures import Closures
from kinerja_cli.storage.audit.comparison import compare_rows
from kinerja_cli.storage.audit.findings import Finding, Findings
from kinerja_cli.storage.audit.halves import joined, middle
from kinerja_cli.storage.audit.indexes import check_indexes
from kinerja_cli.storage.audit.rows import BROKEN, NOT_A_TABLE, LiveRows, is_of_content, scan_rows
from kinerja_cli.storage.audit.shape import compare_shape
from kinerja_cli.storage.audit.sieve import as_text, differing
from kinerja_cli.storage.database import WAIT_SECONDS, speaking_plainly
from kinerja_cli.storage.tables import CHANGE, OPERATION, SETTING, STAFF

__all__ = ["Finding", "StoreAudit", "audit_file"]

_CACHE_KIB: Final = 65_536
_AT_ONCE: Final = 500
_WORTH_A_PROCESS: Final = 32 << 20
"""A smaller file is gone through before a second process has begun."""

_Part = tuple[Chain, Findings]


@dataclass(frozen=True, slots=True)
class StoreAudit:
    """What an audit came to: how far the chain goes, what was looked at, what was found, and the people's names."""

    store_id: str | None
    operations: int
    sequence: int
    hash: str
    at: str
    first_bad: int | None
    hashes: dict[int, str]
    rows: int
    fingerprints: dict[str, str | None]
    closures: Closures
    findings: tuple[Finding, ...]
    names: dict[str, str]

    @property
    def closed_periods(self) -> int:
        """How many closed periods were recomputed."""
        return len(self.fingerprints)


def audit_file(path: Path, wanted: Collection[int] = ()) -> StoreAudit:
    """Verify the store in a file; `wanted` are the operations whose hashes are asked for.

    Nobody can write meanwhile, and nothing is written. The memory needed does not grow with the store. What is
    damaged is a finding; a file that cannot be used at all raises as every command does.
    """
    findings = Findings()
    with speaking_plainly(path), closing(_connect(path)) as connection:
        connection.execute("BEGIN")
        # Whoever has read holds off writers, also on behalf of the second process, which takes no lock of its own.
        there = frozenset[str]()
        with _noting(findings, "sqlite_schema"):
            there = compare_shape(connection, findings)
        chain, live = _both(path, connection, findings, there, wanted)
        for name, reason in live.unreadable.items():
            findings.add(Finding(kinds.UNREADABLE, table=name.decode(), facts={"reason": reason}))
        for period, (recorded, found) in live.fingerprints.items():
            if recorded != found:
                findings.add(Finding(kinds.FINGERPRINT, recorded=recorded, found=found, facts={"period": period}))
        if chain is not None:
            buckets = [one for one in differing(chain.sums, live.sums) if one[0] not in live.unreadable]
            with _noting(findings, "change"):
                erased = {} if chain.is_sealed else chain.emptied
                compare_rows(connection, buckets, live.counts, erased, findings)
            with _noting(findings, "change"):
                for one in chain.persons.misfiled(connection):
                    findings.add(one)
        for one in live.indexes:
            findings.add(one)
        listed = tuple(findings.listed())
        store_id = _store_id(connection) if SETTING.name in there else None
        names = _names(connection, listed) if STAFF.name in there else {}
    chain = chain or Chain()
    return StoreAudit(
        store_id,
        chain.operations,
        chain.sequence,
        chain.hash,
        chain.at,
        chain.first_bad,
        chain.hashes,
        sum(live.counts.values()),
        {period: recorded for period, (recorded, _found) in live.fingerprints.items()},
        chain.closures,
        listed,
        names,
    )


def _both(
    path: Path, connection: sqlite3.Connection, findings: Findings, there: frozenset[str], wanted: Collection[int]
) -> tuple[Chain | None, LiveRows]:
    """The chain walked and the live rows gone through, side by side where the store is large."""
    missing = sorted({OPERATION.name, CHANGE.name} - there)
    for name in missing:
        findings.add(Finding(kinds.UNREADABLE, table=name, facts={"reason": NOT_A_TABLE}))
    large = path.stat().st_size > _WORTH_A_PROCESS
    cut = None
    if large and not missing:
        with suppress(*BROKEN):
            cut = middle(connection, there)

    def live_rows() -> tuple[LiveRows, _Part | None]:
        with closing(_connect(path, shielded=True)) as other:
            live = scan_rows(other, there)
            live.indexes = check_indexes(other, there)
        if cut is None:
            return live, None
        with closing(_connect(path, shielded=True)) as other:
            return live, _part(other, wanted, since=cut)

    with working_aside(live_rows, worth_it=large) as result:
        first = None if cut is None else _part(connection, wanted, until=cut)
        chain = None
        if cut is None and not missing:
            chain = _whole(connection, findings, wanted)
        live, second = result()
    if cut is not None:
        both = joined(cut, first, second) if first and second else None
        if both is None:
            return _whole(connection, findings, wanted), live
        chain, found = both
        for one in found.listed():
            findings.add(one)
        account_for_erasure(chain, findings)
    return chain, live


def _part(
    connection: sqlite3.Connection, wanted: Collection[int], *, until: Chain | None = None, since: Chain | None = None
) -> _Part | None:
    """A part of the chain walked by itself; None where it cannot be read through."""
    findings = Findings()
    try:
        return walk_chain(connection, findings, wanted, until=until, since=since), findings
    except BROKEN:
        return None


def _whole(connection: sqlite3.Connection, findings: Findings, wanted: Collection[int]) -> Chain | None:
    """The whole chain walked in one; None where it cannot be read through, which is then a finding."""
    whole = list[Chain]()
    with _noting(findings, "operation, change"):
        whole.append(walk_chain(connection, findings, wanted))
    return whole[0] if whole else None


def _store_id(connection: sqlite3.Connection) -> str | None:
    """The id of the store, where it can be read."""
    with suppress(*BROKEN):
        for (value,) in connection.execute("SELECT value FROM setting WHERE \"key\" = 'store_id'"):
            return str(as_text(value))
    return None


def _names(connection: sqlite3.Connection, found: Sequence[Finding]) -> dict[str, str]:
    """What the people are called whom findings are about, as far as that can be read."""
    nips = sorted({one.nip for one in found if one.nip is not None and one.nip.isascii() and one.nip.isdigit()})
    names = {}
    with suppress(*BROKEN):
        for start in range(0, len(nips), _AT_ONCE):
            some = nips[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            for nip, name in connection.execute(f"SELECT nip, name FROM staff WHERE nip IN ({marks})", some):
                names[str(as_text(nip))] = str(as_text(name))
    return names


def _connect(path: Path, *, shielded: bool = False) -> sqlite3.Connection:
    """A connection that only reads, gives text as bytes, and trusts nothing in the file.

    One that is `shielded` by the lock of another connection takes none: a lock belongs to a process and would be
    waited for behind a writer, and SQLite forbids to share what it knows of locks with a copy of the process.
    """
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if shielded else ''}"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection.text_factory = bytes
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", f"cache_size=-{_CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _noting(findings: Findings, table: str) -> Iterator[None]:
    """Make a finding of what cannot be read, and go on with the rest."""
    try:
        yield
    except BROKEN as error:
        if not is_of_content(error):
            raise
        findings.add(Finding(kinds.UNREADABLE, table=table, facts={"reason": str(error)}))
