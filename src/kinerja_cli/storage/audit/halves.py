"""Cut a long chain in two, so that each of two processes has as much to do, and put what both found together.

Both parts are walked as the whole would be, and join only where nothing at all is wrong with either. Otherwise the
chain is walked once more as one, so that what is found does not depend on where it was cut.
"""

from sqlite3 import Connection
from typing import Final

from kinerja_cli.storage.audit.chain import Chain
from kinerja_cli.storage.audit.closures import closures_until
from kinerja_cli.storage.audit.findings import Findings
from kinerja_cli.storage.audit.rows import RECORDED
from kinerja_cli.storage.audit.sieve import Sums, as_text

_COST_OF_A_ROW: Final = 1.6
"""A live row, with what its indexes hold of it, takes about so much longer than a recorded change."""


def middle(connection: Connection, there: frozenset[str]) -> Chain | None:
    """The operation at which to cut, where the process that goes through the live rows has time for the rest.

    The numbers that operations give of themselves may be wrong, which only makes the parts uneven.
    """
    rows = sum(_count(connection, table.name) for table in RECORDED if table.name in there)
    (changes,) = connection.execute("SELECT total(changes) FROM operation").fetchone()
    wanted, passed = (changes + rows * _COST_OF_A_ROW) / 2, 0
    for seq, hash_, at, many in connection.execute("SELECT seq, hash, at, changes FROM operation ORDER BY seq"):
        if not isinstance(many, int) or not isinstance(seq, int):
            return None
        passed += many
        if passed >= wanted:
            if passed >= changes:
                return None
            closures = closures_until(connection, seq)
            return Chain(sequence=seq, hash=str(as_text(hash_)), at=str(as_text(at)), closures=closures)
    return None


def joined(cut: Chain, first: tuple[Chain, Findings], second: tuple[Chain, Findings]) -> tuple[Chain, Findings] | None:
    """Both parts as one; None where anything was found that is an error, or where they do not meet."""
    (one, early), (other, late) = first, second
    findings = Findings()
    for found in (*early.listed(), *late.listed()):
        if found.is_error:
            return None
        findings.add(found)
    meet = (one.sequence, one.hash, one.at, one.closures) == (cut.sequence, cut.hash, cut.at, cut.closures)
    persons = one.persons.joined(other.persons)
    if not meet or persons is None:
        return None
    sums = Sums()
    for relation in {*one.sums, *other.sums}:
        sums[relation] = [sum(pair) for pair in zip(one.sums[relation], other.sums[relation], strict=True)]
    emptied = {name: one.emptied.get(name, 0) + other.emptied.get(name, 0) for name in {*one.emptied, *other.emptied}}
    one.erased.lines += other.erased.lines
    chain = Chain(
        one.operations + other.operations,
        one.changes + other.changes,
        other.sequence,
        other.hash,
        other.at,
        emptied=emptied,
        erased=one.erased,
        erasures=[*one.erasures, *other.erasures],
        closures=other.closures,
        persons=persons,
        sums=sums,
        hashes=one.hashes | other.hashes,
    )
    return chain, findings


def _count(connection: Connection, name: str) -> int:
    """How many rows a table has."""
    return int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
