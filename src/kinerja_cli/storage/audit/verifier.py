#!/usr/bin/env python3
"""Verify a store of kinerja without kinerja: one file of plain Python, short enough to be read before it is trusted.

    python3 verify.py kinerja.db [--anchor FILE]...

It looks at the chain of operations, the digest of every change, every row, closed periods, guards and anchors. Each
finding is one line. It ends with 0 (nothing found), 8 (something), 6 (no store to be read) or 3 (no anchors in FILE).
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

APPLICATION = 0x6B6E726A
ODD = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError)
HALF_DONE = "a killed run left a -journal beside it; any command of kinerja, such as `kinerja doctor`, ends that"
GUARDS = "894a716ed2069e9fd7409227e2329ccdf7f1107ea200af0bd3e0f5ffddbc17f9"
"""The SHA-256 of the triggers of schema 3, by name, each on a line with single spaces."""


class Verifier:
    """One store, looked through once."""

    def __init__(self, path: Path) -> None:
        self.store = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None)
        self.store.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        self.store.row_factory = sqlite3.Row
        self.store.execute("PRAGMA trusted_schema=OFF")
        self.store.execute("BEGIN")
        if self.store.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise sqlite3.DatabaseError("this is no store of kinerja")
        # What is recorded of each row is kept on disk: the memory needed does not grow with the store.
        self.last = sqlite3.connect("", isolation_level=None)
        self.last.execute("CREATE TABLE last (place BLOB PRIMARY KEY, image BLOB) WITHOUT ROWID")
        self.last.execute("BEGIN")
        self.count, self.accounted, self.erased = 0, 0, list[str]()
        self.hashes: dict[int, str] = {}
        self.tables: dict[str, list[str]] = {}

    def found(self, text: str) -> None:
        """Print a finding and count it."""
        self.count += 1
        say(text)

    def part(self, name: str, work: Callable[..., None], *what: object) -> None:
        """Do one part; what a damaged or hostile file does to it is a finding."""
        try:
            work(*what)
        except (*ODD, MemoryError) as error:
            self.found(f"{name}: cannot be read through: {type(error).__name__}: {error}")

    def shape(self) -> None:
        """The tables that are tables, with the columns of their keys; and the guards as kinerja made them."""
        schema = self.store.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        for kind, name, sql in schema:
            if kind == "table" and not str(sql).startswith("CREATE V") and name[:7] not in ("sqlite_", "alembic"):
                columns = self.store.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,))
                self.tables[name] = [column for (column,) in columns]
        guards = "\n".join(" ".join(str(sql).split()) for kind, _name, sql in schema if kind == "trigger")
        if digest(guards) != GUARDS:
            self.found("triggers: those that guard the ledger and closed periods are not as kinerja made them")
        if not {"operation", "change"} <= self.tables.keys():
            self.found("the tables operation and change: missing")

    def chain(self) -> None:
        """Every operation against its hash, the one before it, and its changes."""
        before, previous, at = 0, "0" * 64, ""
        for header in map(dict, self.rows("SELECT * FROM operation ORDER BY seq", "operation")):
            seq, recorded = header["seq"], header.pop("hash")
            if seq != before + 1:
                self.found(f"operation {seq}: follows number {before}, so that some are missing")
            elif header["previous"] != previous:
                self.found(f"operation {seq}: chains to another operation than the one before it")
            if digest("kinerja.operation.1\n" + canonical(header)) != recorded:
                self.found(f"operation {seq}: was changed, its hash does not fit")
            changes, digests = 0, hashlib.sha256()
            for change in self.rows("SELECT * FROM change WHERE seq = ? ORDER BY ordinal", "change", seq):
                changes += 1
                self.part(f"operation {seq}, change {changes}", self.change, change, digests)
            if (changes, digests.hexdigest()) != (header["changes"], header["digest"]):
                self.found(f"operation {seq}: has {changes} changes, recorded {header['changes']}, or not those")
            if str(header["at"]) < at:
                say(f"note: operation {seq} was done at {header['at']}, before {at}")
            if '"emptied":' in str(header["facts"]):
                self.accounted += int(json.loads(header["facts"]).get("emptied", 0))
            before, previous, at, self.hashes[seq] = seq, recorded, str(header["at"]), str(recorded)

    def rest(self) -> None:
        """Changes without an operation, and those that are empty though no operation has emptied them."""
        orphans = "SELECT DISTINCT seq FROM change WHERE seq NOT IN (SELECT seq FROM operation)"
        for (seq,) in self.rows(orphans, "change"):
            self.found(f"operation {seq}: is missing, its changes are there")
        if len(self.erased) != self.accounted:
            self.found(f"{len(self.erased)} changes are emptied, operations account for {self.accounted}")

    def change(self, row: sqlite3.Row, digests: "hashlib._Hash") -> None:
        """One change against its digest; then what it leaves of its row."""
        seq, _ordinal, relation, key, nip, before, after, salt, kept = row
        digests.update(kept)
        if (key, nip, before, after, salt) == (None,) * 5:
            self.erased.append(relation)
            return
        told = "\x1f".join((relation, key, before or "", after or ""))
        if hashlib.sha256(b"kinerja.change.1\n" + salt + raw(told)).digest() != kept:
            self.found(f"operation {seq}: what it recorded of {relation} {key} was changed")
        place = raw(f"{relation}\x1f{key}")
        was, now = json.loads(before or "{}"), json.loads(after or "{}")
        whole, image = self.recorded(place) or (before is None, dict(was))
        for name in [name for name in was if image.get(name) != was[name]]:
            self.found(f"{relation} {key}, {name}: recorded {image.get(name)!r}, operation {seq} met {was[name]!r}")
        if after is not None:
            image = {name: value for name, value in image.items() if name not in was} | now
            self.last.execute("INSERT INTO last VALUES (?, ?)", (place, json.dumps([whole, image])))

    def live(self, table: str) -> None:
        """Every row of a table against what was recorded of it."""
        for row in self.rows(f'SELECT * FROM "{table}"', table):
            values = {name: value for name, value in dict(row).items() if value is not None}
            key = "/".join(str(values.get(name)) for name in self.tables[table])
            place = raw(f"{table}\x1f{key}")
            known = self.recorded(place)
            if known is None and table not in self.erased:
                self.found(f"{table} {key}: was never recorded, or it was recorded as removed")
            whole, image = known or (False, {})
            for name in sorted(image.keys() | values.keys() if whole else image):
                if image.get(name) != values.get(name):
                    self.found(f"{table} {key}, {name}: recorded {image.get(name)!r}, found {values.get(name)!r}")

    def left_over(self) -> None:
        """Rows that were recorded and are not there."""
        for place, image in self.last.execute("SELECT place, image FROM last ORDER BY place"):
            table, _sign, key = place.decode("utf-8", "surrogateescape").partition("\x1f")
            if json.loads(image)[0] or table not in self.erased:
                self.found(f"{table} {key}: was recorded, is missing")

    def periods(self) -> None:
        """Every closed period against its fingerprint."""
        appraisals = "SELECT * FROM appraisal WHERE period_code = ? ORDER BY nip, span"
        for period in map(dict, self.rows("SELECT * FROM period WHERE state = 'closed' ORDER BY code", "period")):
            told = hashlib.sha256(b"kinerja.period.1\n")
            kept = {key: value for key, value in period.items() if key not in ("state", "fingerprint", "opened_on")}
            told.update(raw(canonical(kept)) + b"\n")
            for row in self.rows(appraisals, "appraisal", period["code"]):
                told.update(raw(canonical(dict(row))) + b"\n")
            if told.hexdigest() != period["fingerprint"]:
                self.found(f"period {period['code']}: fingerprint {period['fingerprint']}, found {told.hexdigest()}")

    def anchor(self, file: Path) -> None:
        """Anchors from outside."""
        mine = dict(map(tuple, self.rows("SELECT key, value FROM setting", "setting"))).get("store_id")
        for one in anchors_in(file):
            if one["store_id"] != mine:
                self.found(f"anchor of operation {one['sequence']} in {file}: of another store")
            elif self.hashes.get(one["sequence"]) != one["hash"]:
                self.found(f"anchor of operation {one['sequence']} in {file}: the chain is cut off or rewritten")

    def recorded(self, place: bytes) -> tuple[bool, dict[str, Any]] | None:
        """What is recorded of a row and whether that is all of it; taken off the pile."""
        found = self.last.execute("SELECT image FROM last WHERE place = ?", (place,)).fetchone()
        self.last.execute("DELETE FROM last WHERE place = ?", (place,))
        return None if found is None else json.loads(found[0])

    def rows(self, statement: str, table: str, *values: object) -> Iterator[sqlite3.Row]:
        """The rows of a query, where the table is a table: a view in its place might have no end."""
        yield from self.store.execute(statement, values) if table in self.tables else ()


def anchors_in(file: Path) -> list[dict[str, Any]]:
    """The anchors of a file: a list of them, a closing record, or the manifest of a backup; none in anything else."""
    try:
        content = json.loads(file.read_text(encoding="utf-8") if file.is_file() else "")
        head = content.get("head")
        head = {**content, "sequence": content["operations"], "hash": head} if isinstance(head, str) else head
        return [one for one in content.get("anchors", [head or content]) if one["store_id"] and one["hash"]]
    except ODD:
        return []


def canonical(image: dict[str, Any]) -> str:
    """The one spelling that hashes are taken of."""
    kept = {key: value for key, value in sorted(image.items()) if value is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def say(text: str) -> None:
    """Print a line, whatever it holds."""
    sys.stdout.buffer.write(text[:500].replace("\n", " ").encode("utf-8", "backslashreplace") + b"\n")


def raw(text: str) -> bytes:
    """The bytes of a text, also of one that is none."""
    return text.encode("utf-8", "surrogateescape")


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(raw(text)).hexdigest()


def main() -> int:
    """Verify the store that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--anchor", type=Path, action="append", default=[], metavar="FILE")
    wanted = parser.parse_args()
    if not all(map(anchors_in, wanted.anchor)):
        parser.exit(3, f"no anchors in one of {', '.join(map(str, wanted.anchor))}\n")
    try:
        one = Verifier(wanted.store)
    except ODD as error:
        parser.exit(6, f"{wanted.store}: cannot be read: {HALF_DONE if 'readonly' in str(error) else error}\n")
    one.part("schema", one.shape)
    one.part("chain", one.chain)
    one.part("changes", one.rest)
    for table in sorted(one.tables.keys() - {"operation", "change"}):
        one.part(table, one.live, table)
    one.part("rows", one.left_over)
    one.part("periods", one.periods)
    for file in wanted.anchor:
        one.part(str(file), one.anchor, file)
    end = max(one.hashes, default=0)
    say(f"operations: {len(one.hashes)}, head: {end} {one.hashes.get(end, '')}, findings: {one.count}")
    return 8 if one.count else 0


if __name__ == "__main__":
    sys.exit(main())
