#!/usr/bin/env python3
"""Verify a store of kinerja without kinerja: one file of plain Python, short enough to be read before it is trusted.

    python3 verify.py kinerja.db [--anchor FILE]...

It looks at the schema, the chain of operations, the digest of every change, what each operation may do to closed
periods, every row, every index, the fingerprints of closed periods, and anchors. Each finding is one line. It ends
with 0 (nothing found), 8 (something), 6 (no store to be read) or 3 (no anchors in FILE).
"""

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

APPLICATION = 0x6B6E726A
ODD = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError)
HALF_DONE = "a killed run left a -journal beside it; any command of kinerja, such as `kinerja doctor`, ends that"
SCHEMA = """
index ix_appraisal_nip 7596a44f66ee
index ix_appraisal_period_code_unit_code_predikat d9fa8b5f6974
index ix_change_nip ebd728deb67f
index ix_feedback_nip_given_on b7f5a90a2372
index ix_objection_period_code_nip 7a763df87be0
index ix_operation_period_code 96edb8327328
index ix_staff_assessor_nip 6a10b8eb085e
index ix_staff_unit_code e8fb12329eef
index ix_unit_head_nip 14e8ef0f05d0
index ix_unit_parent_code 442005bb7caa
table acting c2ce4b071728
table alembic_version b79bb459825c
table appraisal 9f6778955642
table change 20eae6340411
table delegation cf575ece8764
table document_day 92a631995536
table exclusion d33499906ab1
table feedback 0f86c7922d8a
table headship 8dd7a075e738
table holiday d9f9b2635011
table justification b306d042908b
table objection 7bec56b812f2
table operation e5992730cf53
table period dd862176d1c7
table period_unit aa75a3cccac9
table placement e97c07f7d429
table regulation 4ca258295dcd
table setting ce3d10375ef8
table staff 65e633d05a77
table standing 18f4faf7ed5f
table unit 1c9bcab0e667
table unit_head 98719d869a10
table unit_rating 2c4ae11f6b87
trigger appraisal_closed_to_delete 482918f2a033
trigger appraisal_closed_to_insert 16d63f33777d
trigger appraisal_closed_to_moving_in b22fce5a5c01
trigger appraisal_closed_to_update 4637cf57c7c0
trigger change_is_kept 6e43bfd9e3e8
trigger change_is_not_removed 0ab352bb124e
trigger change_is_not_replaced b7ebb56277f0
trigger feedback_closed_to_delete b3a049581db9
trigger feedback_closed_to_insert a8224c741273
trigger feedback_closed_to_update f6ed5517ba49
trigger operation_is_kept 639c0c24dff0
trigger operation_is_not_removed b1bb9cc0c218
trigger operation_is_not_replaced 4c15ad3e8d49
trigger period_unit_closed_to_delete a864a635d1dd
trigger period_unit_closed_to_insert 391d301642e3
trigger period_unit_closed_to_moving_in adcd18b01147
trigger period_unit_closed_to_update 9ffd3c184c21
"""
"""Of everything in schema 3 its kind, its name, and the start of the SHA-256 of how it is made."""

OTHERS = re.compile("(?P<table>CREATE (?:VIRTUAL )?TABLE )|(?P<index>CREATE (?:UNIQUE )?INDEX )|(?P<view>CREATE VIEW )")
SQLITES = ("sqlite_sequence(name,seq)", "sqlite_stat1(tbl,idx,stat)", "sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)")
ERASES, READS = "retention.apply", "person_read"
TURNED_BY = {("closed", "open"): "period.reopen", ("open", "closed"): "period.close"}


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
        # Of the operation at hand: tables, emptied changes, rows of closed periods, periods opened and closed.
        self.relations, self.emptied = set[str](), list[str]()
        self.touched, self.turns = list[str](), list[tuple[str, str | None, str | None]]()
        # Of the whole chain: emptied changes, what operations say of them, and what became of each period.
        self.empty, self.seals = "", list[tuple[int, str | None]]()
        self.state: dict[str, str | None] = {}
        self.reopened: dict[str, list[int]] = {}
        self.prints: dict[str, str] = {}

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
        """Every row of the schema: as kinerja made it, of SQLite itself, or an ordinary thing of somebody else."""
        made = dict(line.rsplit(" ", 1) for line in SCHEMA.split("\n") if line)
        types = "typeof(type) || typeof(name) || typeof(tbl_name) || typeof(sql)"
        schema = self.store.execute(f"SELECT type, name, tbl_name, sql, {types} FROM sqlite_schema ORDER BY type, name")
        for kind, name, table, sql, types in schema:
            what = f"{kind} {name}"
            if types != "text" * 4 or what not in made:
                self.other(kind, name, table, sql, types)
            elif digest(f"{table}\n{clauses(kind, sql)}")[:12] != made.pop(what):
                self.found(f"the {what}: not as kinerja made it")
            if kind == "table" and f"\n{what} " in SCHEMA and str(sql)[:12] == "CREATE TABLE":
                columns = self.store.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,))
                self.tables[name] = [column for (column,) in columns]
        for what in made:
            self.found(f"the {what}: missing")
        steps = [tuple(row) for row in self.rows("SELECT * FROM alembic_version LIMIT 2", "alembic_version")]
        if steps != [("0003",)]:
            self.found(f"alembic_version: holds {steps} instead of 0003")
        self.tables.pop("alembic_version", None)

    def other(self, kind: str, name: str, table: str, sql: str | None, types: str) -> None:
        """What kinerja has not made: of SQLite itself, an ordinary thing of somebody else, or what no SQL writes."""
        ordinary = OTHERS.match(str(sql)) if types == "text" * 4 else None
        if ordinary and name[:7] != "sqlite_" and ordinary.lastgroup == kind:
            say(f"note: the {kind} {name} is somebody else's")
        elif not (
            (types == "texttexttextnull" and kind == "index" and name.startswith(f"sqlite_autoindex_{table}_"))
            or (ordinary and kind == "table" and name == table and str(sql)[13:] in SQLITES)
        ):
            self.found(f"schema: the {kind} {name} is none that kinerja or SQLite makes")

    def indexes(self) -> None:
        """What SQLite finds when it compares every index with its table."""
        for (text,) in self.store.execute("PRAGMA integrity_check"):
            if text != "ok":
                self.found(f"indexes and pages: {text}")

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
            self.lawful(seq, header["kind"])
            if '"emptied":' in str(header["facts"]):
                facts = json.loads(header["facts"])
                self.accounted += int(facts.get("emptied", 0))
                self.seals.append((seq, facts.get("emptied_all")))
            before, previous, at, self.hashes[seq] = seq, recorded, str(header["at"]), str(recorded)

    def lawful(self, seq: int, kind: str) -> None:
        """What an operation did to closed periods, and to tables if it only read, against what its kind may do."""
        if str(kind).startswith("read.") and self.relations - {READS}:
            self.found(f"operation {seq} ({kind}): only read, it says, and changed {sorted(self.relations - {READS})}")
        for row in self.touched if kind != ERASES else ():
            self.found(f"operation {seq} ({kind}): changed {row} although its period was closed")
        for code, old, new in self.turns:
            if kind not in (ERASES, TURNED_BY.get((str(old), str(new)))) and {old, new} != {None, "open"}:
                self.found(f"operation {seq} ({kind}): took period {code} from {old} to {new}, which it may not")
            if (old, new) == ("closed", "open"):
                self.reopened.setdefault(code, []).append(seq)
        if self.emptied:
            self.empty += f"{seq} {digest(''.join(self.emptied))}\n"
        for one in (self.relations, self.emptied, self.touched, self.turns):
            one.clear()

    def rest(self) -> None:
        """Changes without an operation, and those that are empty though no operation has emptied them."""
        orphans = "SELECT DISTINCT seq FROM change WHERE seq NOT IN (SELECT seq FROM operation)"
        for (seq,) in self.rows(orphans, "change"):
            self.found(f"operation {seq}: is missing, its changes are there")
        if len(self.erased) != self.accounted:
            self.found(f"{len(self.erased)} changes are emptied, operations account for {self.accounted}")
        sealed = [(seq, seal) for seq, seal in self.seals if seal is not None]
        if sealed and (sealed[-1][1] != digest(self.empty) or sealed[-1] != self.seals[-1]):
            self.found(f"other changes are emptied than operation {sealed[-1][0]} left so")
        if sealed and len(sealed) == len(self.seals):
            # Every row that stayed was recorded anew, so that none may be unknown.
            self.erased.clear()

    def change(self, row: sqlite3.Row, digests: "hashlib._Hash") -> None:
        """One change against its digest; then what it leaves of its row."""
        seq, ordinal, relation, key, nip, before, after, salt, kept = row
        digests.update(kept)
        self.relations.add(relation)
        if (key, nip, before, after, salt) == (None,) * 5:
            self.erased.append(relation)
            self.emptied.append(f"{ordinal}\n")
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
        about = image.get("nip") if relation in self.tables else key
        if nip != about and (whole or "nip" in image):
            self.found(f"operation {seq}: files its change of {relation} {key} under {nip!r}, it is about {about!r}")
        if relation == "period":
            old, new = self.state.get(key), None if after is None else image.get("state", self.state.get(key))
            self.state[key] = new
            if old != new:
                self.turns.append((key, old, new))
            elif old == "closed":
                self.touched.append(f"period {key}")
        elif relation in ("appraisal", "period_unit") and self.state.get(key.partition("/")[0]) == "closed":
            self.touched.append(f"{relation} {key}")

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
            self.prints[period["code"]] = period["fingerprint"]
            if told.hexdigest() != period["fingerprint"]:
                self.found(f"period {period['code']}: fingerprint {period['fingerprint']}, found {told.hexdigest()}")

    def anchor(self, file: Path) -> None:
        """Anchors from outside."""
        mine = dict(map(tuple, self.rows("SELECT key, value FROM setting", "setting"))).get("store_id")
        anchors, of, seal = anchors_in(file)
        for one in anchors:
            if one["store_id"] != mine:
                self.found(f"anchor of operation {one['sequence']} in {file}: of another store")
            elif self.hashes.get(one["sequence"]) != one["hash"]:
                self.found(f"anchor of operation {one['sequence']} in {file}: the chain is cut off or rewritten")
        later = [seq for seq in self.reopened.get(of, ()) if anchors and seq > anchors[0]["sequence"]]
        if seal and seal != self.prints.get(of) and not later:
            self.found(f"closing record {file}: {of} was closed with {seal}, now it is {self.prints.get(of)}")

    def recorded(self, place: bytes) -> tuple[bool, dict[str, Any]] | None:
        """What is recorded of a row and whether that is all of it; taken off the pile."""
        found = self.last.execute("SELECT image FROM last WHERE place = ?", (place,)).fetchone()
        self.last.execute("DELETE FROM last WHERE place = ?", (place,))
        return None if found is None else json.loads(found[0])

    def rows(self, statement: str, table: str, *values: object) -> Iterator[sqlite3.Row]:
        """The rows of a query, where the table is a table: a view in its place might have no end."""
        yield from self.store.execute(statement, values) if table in self.tables else ()


def anchors_in(file: Path) -> tuple[list[dict[str, Any]], Any, Any]:
    """The anchors of a file: a list of them, a closing record with its period and fingerprint, or the manifest of a
    backup; none in anything else."""
    try:
        content = json.loads(file.read_text(encoding="utf-8") if file.is_file() else "")
        head = content.get("head")
        head = {**content, "sequence": content["operations"], "hash": head} if isinstance(head, str) else head
        anchors = [one for one in content.get("anchors", [head or content]) if one["store_id"] and one["hash"]]
        return anchors, content.get("period"), content.get("fingerprint")
    except ODD:
        return [], None, None


def canonical(image: dict[str, Any]) -> str:
    """The one spelling that hashes are taken of."""
    kept = {key: value for key, value in sorted(image.items()) if value is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=repr)


def clauses(kind: str, sql: str) -> str:
    """How a thing is made; of a table the columns and constraints in an order of their own, as theirs says nothing."""
    if kind != "table":
        return " ".join(sql.split())
    head, _bracket, rest = " ".join(sql.replace('"', "").split()).partition("(")
    body, _bracket, tail = rest.rpartition(")")
    parts, depth = [""], 0
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    parts = [piece for part in parts for piece in re.split(" (?=CONSTRAINT )", part.strip())]
    return "\n".join((head.strip(), *sorted(parts), tail.strip()))


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
    if not all(anchors_in(file)[0] for file in wanted.anchor):
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
    one.part("indexes", one.indexes)
    one.part("periods", one.periods)
    for file in wanted.anchor:
        one.part(str(file), one.anchor, file)
    end = max(one.hashes, default=0)
    say(f"operations: {len(one.hashes)}, head: {end} {one.hashes.get(end, '')}, findings: {one.count}")
    return 8 if one.count else 0


if __name__ == "__main__":
    sys.exit(main())
