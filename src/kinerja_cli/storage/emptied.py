"""Which recorded changes are emptied: one digest over all of them, so that none can be exchanged for another."""

from hashlib import sha256

from sqlalchemy import Connection

SEALED = "emptied_all"
"""The fact of an operation that holds the digest of everything that is emptied once it is done."""

_EMPTIED = 'SELECT seq, ordinal FROM change WHERE "key" IS NULL ORDER BY seq, ordinal'


class Emptied:
    """Emptied changes in their order: of each operation a line with a hash over their numbers, of all one over those.

    So the memory needed grows with the operations and the largest of them alone, and two parts of a chain can be put
    together.
    """

    def __init__(self) -> None:
        self.lines = bytearray()
        self._seq = 0
        self._ordinals = list[bytes]()

    def add(self, seq: int, ordinal: int) -> None:
        """Take in the next emptied change."""
        if seq != self._seq:
            self.close()
            self._seq = seq
        self._ordinals.append(b"%d\n" % ordinal)

    def close(self) -> None:
        """Finish the operation at hand."""
        if self._ordinals:
            hashed = sha256(b"".join(self._ordinals)).hexdigest()
            self.lines += b"%d %b\n" % (self._seq, hashed.encode())
            self._ordinals.clear()

    def digest(self) -> str:
        """The digest over everything taken in."""
        self.close()
        return sha256(self.lines).hexdigest()


def digest_of_emptied(connection: Connection) -> str:
    """The digest over all changes that are emptied now."""
    emptied = Emptied()
    for seq, ordinal in connection.exec_driver_sql(_EMPTIED):
        emptied.add(seq, ordinal)
    return emptied.digest()
