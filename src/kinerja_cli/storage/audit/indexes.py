"""Compare every index with its table: reports are read by way of indexes, the audit itself is not."""

import sqlite3
from collections.abc import Collection
from typing import Final

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.storage.audit.findings import Finding
from kinerja_cli.storage.audit.rows import BROKEN, RECORDED, is_of_content
from kinerja_cli.storage.audit.sieve import as_text
from kinerja_cli.storage.tables import OPERATION

_CHECKED: Final = (*RECORDED, OPERATION)
"""All but the table of changes, whose index serves lists by person alone and would take as long as all others."""

_FINE: Final = "ok"


def check_indexes(connection: sqlite3.Connection, there: Collection[str]) -> list[Finding]:
    """What SQLite finds wrong with each table and its indexes. Raises where the file itself cannot be used."""
    found = []
    for name in (table.name for table in _CHECKED if table.name in there):
        try:
            said = [str(as_text(text)) for (text,) in connection.execute(f"PRAGMA integrity_check('{name}')")]
        except BROKEN as error:
            if not is_of_content(error):
                raise
            said = [str(error)]
        found += [Finding(kinds.INDEX, table=name, facts={"reason": one}) for one in said if one != _FINE]
    return found
