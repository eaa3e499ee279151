"""Erase for good: rows go, and so does all that the ledger recorded of them, while its chain stays whole.

The chain covers a digest of each change, not what was changed. So images, keys and salts can be emptied. The facts
of the operation say how many it emptied, and hold a digest over all that are emptied then, which is how an audit
tells it from an attack.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, Text, cast, literal, select

from kinerja_cli.storage.dated_tables import STANDING
from kinerja_cli.storage.emptied import SEALED, digest_of_emptied
from kinerja_cli.storage.ledger import Image, Operation, Value, row_key
from kinerja_cli.storage.store.rows import read_rows

EMPTIED: Final = "emptied"
"""The fact of an operation that says how many changes it emptied."""

TABLES: Final = dict(STANDING.metadata.tables)
_NIP: Final = re.compile("[0-9]{18}")
_RECORDED: Final = 'SELECT relation, "key", "before", "after" FROM change WHERE "key" IS NOT NULL'
_AT_ONCE: Final = 500


class Erasure:
    """What one operation erases: first everything is taken away, then `finish` empties what was recorded of it."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._forgotten: set[tuple[str, str]] = set()
        self._anew: list[tuple[Table, list[Image]]] = []
        # What is freed is overwritten with zeros, so that it cannot be found in the file.
        operation.connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def remove(self, relation: Table, rows: Sequence[Image]) -> None:
        """Take rows away for good."""
        self._operation.remove(relation, rows)
        self.forget(relation.name, (row_key(relation, row) for row in rows))

    def rewrite(self, relation: Table, pairs: Sequence[tuple[Image, Image]]) -> None:
        """Let rows stay with other values, and nothing be left of those they had; keys do not change."""
        self._operation.end(relation, pairs)
        self.forget(relation.name, (row_key(relation, old) for old, _new in pairs))
        self._anew.append((relation, [new for _old, new in pairs]))

    def forget(self, subject: str, keys: Iterable[str]) -> None:
        """Empty also what was recorded under these keys, although no row is there."""
        self._forgotten.update((subject, key) for key in keys)

    def forget_mentions(self, nips: Collection[str]) -> None:
        """Let nothing recorded name these people either, which goes through the whole ledger.

        Rows that only once named them are recorded anew as they are, so that they are still known.
        """
        wanted = frozenset(nips)
        if not wanted:
            return
        connection = self._operation.connection
        found: dict[str, set[str]] = {}
        for relation, key, *images in connection.exec_driver_sql(_RECORDED):
            if wanted.intersection(_NIP.findall(f"{key} {images}")) and (relation, key) not in self._forgotten:
                found.setdefault(relation, set()).add(key)
        for relation, keys in sorted(found.items()):
            if relation in TABLES:
                rows = _live(connection, TABLES[relation], sorted(keys))
                self.rewrite(TABLES[relation], [(row, row) for row in rows])
            self.forget(relation, keys)

    def finish(self) -> int:
        """Empty what was recorded of everything erased, and say how many changes that were."""
        connection = self._operation.connection
        connection.exec_driver_sql("PRAGMA temp_store = MEMORY")
        connection.exec_driver_sql(
            "CREATE TEMP TABLE forgotten (relation TEXT, key TEXT, PRIMARY KEY (relation, key)) WITHOUT ROWID"
        )
        if self._forgotten:
            connection.exec_driver_sql("INSERT INTO forgotten VALUES (?, ?)", sorted(self._forgotten))
        # One way through the ledger, whatever is forgotten: there is no index on keys.
        emptied = connection.exec_driver_sql(
            "UPDATE change SET key = NULL, nip = NULL, before = NULL, after = NULL, salt = NULL"
            " WHERE key IS NOT NULL AND (relation, key) IN (SELECT relation, key FROM temp.forgotten)"
        ).rowcount
        connection.exec_driver_sql("DROP TABLE temp.forgotten")
        self._operation.facts[SEALED] = digest_of_emptied(connection)
        for relation, rows in self._anew:
            self._operation.begin(relation, rows)
        self._operation.facts[EMPTIED] = emptied
        return emptied


def _live(connection: Connection, table: Table, keys: Sequence[str]) -> list[dict[str, Value]]:
    """The rows there are with these keys, as the ledger writes keys."""
    parts: list[ColumnElement[str]] = [cast(column, Text) for column in table.primary_key.columns]
    key = reduce(lambda before, part: before + literal("/") + part, parts)
    rows: list[dict[str, Value]] = []
    for start in range(0, len(keys), _AT_ONCE):
        rows += read_rows(connection, select(table).where(key.in_(keys[start : start + _AT_ONCE])))
    return rows
