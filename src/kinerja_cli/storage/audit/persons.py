"""Whom changes are about: the person each is filed under, which no digest covers, against its key and its images."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Final

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.storage.audit.findings import Finding
from kinerja_cli.storage.audit.rows import key_of
from kinerja_cli.storage.audit.sieve import as_text
from kinerja_cli.storage.dated_tables import STANDING

# By way of a dated table, so that all of them are there whatever was loaded before.
_TABLES: Final = {table.name.encode(): table for table in STANDING.metadata.tables.values()}
_PERSONAL: Final = frozenset(name for name, table in _TABLES.items() if "nip" in table.columns)
_BY_PERSON: Final = frozenset(name for name in _PERSONAL if "nip" in _TABLES[name].primary_key.columns)
"""Tables with a column of the person, and those in which it is part of the key."""

_PERHAPS_NOBODY: Final = frozenset(name for name in _PERSONAL if _TABLES[name].columns["nip"].nullable)
"""Tables whose rows can be about nobody: a unit may have been without a head."""

_PERSON: Final = re.compile(rb'"nip":"([^"]*)"')
_AT_MOST: Final = 200_000
"""The persons of so many rows are remembered, which bounds the memory; of further ones the live row is asked."""

_Unsure = tuple[int, bytes, bytes, bytes | None]


@dataclass(slots=True)
class Persons:
    """Whom rows are about whose keys do not say so, as far as a walk along the chain has come."""

    known: dict[tuple[bytes, bytes], bytes | None] = field(default_factory=dict)
    unsure: list[_Unsure] = field(default_factory=list)
    """Changes of rows whose beginning was not seen: operation, table, key, and the person they are filed under."""

    def fits(
        self, seq: int, relation: bytes, key: bytes, nip: bytes | None, before: bytes | None, after: bytes | None
    ) -> bool:
        """Whether a change is filed under the person of its row; the key does not hold the one it is filed under."""
        if relation not in _PERSONAL:
            return nip is None
        if relation in _BY_PERSON or (nip is None and relation not in _PERHAPS_NOBODY):
            return False
        place = relation, key
        if after is None:
            self.known.pop(place, None)
            return nip == _person(before)
        if before is None or b'"nip":' in before or b'"nip":' in after:
            if place in self.known or len(self.known) < _AT_MOST:
                self.known[place] = _person(after)
            return nip == _person(after)
        # Only what changed is in the images.
        if place in self.known:
            return nip == self.known[place]
        if len(self.unsure) < _AT_MOST:
            self.unsure.append((seq, relation, key, nip))
        return True

    def misfiled(self, connection: Connection) -> Iterator[Finding]:
        """What is filed under another person than the live row says, where nothing recorded says more."""
        for relation in sorted({one[1] for one in self.unsure}):
            wanted = {one[2] for one in self.unsure if one[1] == relation and (relation, one[2]) not in self.known}
            table = _TABLES[relation]
            rows = connection.execute(f"SELECT {key_of(table)}, nip FROM {table.name}") if wanted else ()
            live = {key: nip for key, nip in rows if key in wanted}
            for seq, of, key, nip in self.unsure:
                if of == relation and key in live and live[key] != nip:
                    yield misfiled(seq, relation, key, nip)

    def joined(self, later: "Persons") -> "Persons | None":
        """What both parts of a chain know; None where the later one filed something under another person."""
        unsure = list(self.unsure)
        for one in later.unsure:
            _seq, relation, key, nip = one
            if (relation, key) not in self.known:
                unsure.append(one)
            elif self.known[relation, key] != nip:
                return None
        return Persons(self.known | later.known, unsure)


def misfiled(seq: int, relation: bytes, key: bytes, nip: bytes | None) -> Finding:
    """A change that is filed under a person whom it is not about."""
    found = None if nip is None else str(as_text(nip))
    return Finding(kinds.PERSON_DIFFERS, seq, str(as_text(relation)), str(as_text(key)), found, found=found)


def _person(image: bytes | None) -> bytes | None:
    """The person an image names."""
    found = _PERSON.search(image or b"")
    return found[1] if found else None
