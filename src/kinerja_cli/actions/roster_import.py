"""Import rosters: people and units of all files, as one operation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kinerja_cli.actions.headings import remember_mapping
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.refusals import NoRows
from kinerja_cli.actions.sheets_read import (
    FileRead,
    file_read,
    left_alone,
    left_out,
    readings,
    told_notes,
    told_units,
)
from kinerja_cli.actions.succession import follow_changes, keep_arrivals, keep_heads, keep_standings
from kinerja_cli.domain import roster_problems
from kinerja_cli.domain.history import Acting, Delegation
from kinerja_cli.domain.nip_proposals import with_proposals
from kinerja_cli.domain.roster import RosterChanges, differences, read_roster, resolve_roster
from kinerja_cli.domain.roster_acting import ActingChanges, Leadership
from kinerja_cli.domain.roster_rows import LeftOut
from kinerja_cli.domain.rows import Row
from kinerja_cli.domain.staff import Employee
from kinerja_cli.errors import Place, Problem, Severity
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.history import add_dated, load_dated, remove_dated, replace_dated
from kinerja_cli.storage.store.placements import add_placements, load_placements, remove_placements
from kinerja_cli.storage.store.staff import add_staff, change_staff, load_staff
from kinerja_cli.storage.store.units import (
    add_units,
    change_units,
    load_heads,
    load_set_heads,
    load_units,
    save_heads,
)
from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
from kinerja_cli.workbooks.watched import RefusedFile


@dataclass(frozen=True, slots=True)
class RosterImport:
    """What an import of rosters came to."""

    operation: int | None
    dry_run: bool
    files: tuple[FileRead, ...]
    skipped: tuple[IgnoredSheet, ...]
    rows: int
    rejected: int
    accepted: bool
    changes: RosterChanges
    problems: tuple[Problem, ...]

    @property
    def taken(self) -> int:
        """The people and acting appointments whose rows were good, saved now or known before."""
        acting = self.changes.acting
        people = len(self.changes.added) + len(self.changes.changed) + self.changes.unchanged
        return people + len(acting.added) + len(acting.changed) + acting.unchanged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as added or changed."""
        taken = self.accepted
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "files": [one.as_dict() for one in self.files],
            "ignored_sheets": left_alone(self.skipped),
            "rows": self.rows,
            "added": len(self.changes.added) if taken else 0,
            "changed": len(self.changes.changed) if taken else 0,
            "unchanged": self.changes.unchanged if taken else 0,
            "rejected": self.rejected,
            "left": len(self.changes.left) if taken else 0,
            "units_added": len(self.changes.units_added) if taken else 0,
            "problems": [problem.as_dict() for problem in self.problems],
            "changes": [
                {"nip": new.nip, "name": new.display_name, "field": one.field, "old": one.old, "new": one.new}
                for old, new in self.changes.changed
                for one in differences(old, new)
            ]
            if taken
            else [],
            "moved": [
                {
                    "nip": move.new.nip,
                    "name": move.new.display_name,
                    "old": move.old.unit_code,
                    "new": move.new.unit_code,
                    "since": move.since.isoformat(),
                }
                for move in self.changes.moves
            ]
            if taken
            else [],
            "acting": list(acting_rows(self.changes)) if taken else [],
            "acting_unchanged": self.changes.acting.unchanged if taken else 0,
            "acting_unused": self.changes.acting.unused if taken else 0,
            "promoted": _shown(self.changes.promoted, "rank") if taken else [],
            "returned": _shown(self.changes.returned, "status") if taken else [],
            "departed": _shown(self.changes.departed, "status") if taken else [],
            "units_changed": [
                {"unit_code": new.code, "field": name, "old": getattr(old, name), "new": getattr(new, name)}
                for old, new in self.changes.units_changed
                for name in ("name", "parent_code")
                if getattr(old, name) != getattr(new, name)
            ]
            if taken
            else [],
            "absent": [
                {"nip": person.nip, "name": person.display_name, "unit_code": person.unit_code}
                for person in self.changes.left
            ]
            if taken
            else [],
        }


def _shown(pairs: Iterable[tuple[Employee, Employee]], name: str) -> list[dict[str, object]]:
    """One field of people before and after."""
    return [
        {"nip": new.nip, "name": new.display_name, "old": getattr(old, name), "new": getattr(new, name)}
        for old, new in pairs
    ]


def acting_rows(changes: RosterChanges) -> Iterator[dict[str, object]]:
    """The acting appointments that are new, changed, or ended by another one that follows."""
    acting = changes.acting
    for change, records in (
        ("new", acting.added),
        ("changed", [new for _old, new in acting.changed]),
        ("ended", [new for _old, new in acting.ended]),
    ):
        for one in records:
            yield {
                "change": change,
                "unit_code": one.unit_code,
                "unit": changes.all_units[one.unit_code].name,
                "nip": one.nip,
                "name": changes.staff[one.nip].display_name,
                "kind": one.kind,
                "starts": one.starts,
                "ends": one.ends,
            }


def import_roster(
    store: Store,
    sheets: Iterable[SheetReading | IgnoredSheet | RefusedFile],
    *,
    today: date,
    accept_valid: bool = False,
    dry_run: bool = False,
    leavers: Literal["keep", "retire"] = "keep",
    save_map: tuple[str, Mapping[str, str]] | None = None,
) -> RosterImport:
    """Take in rosters as one operation: whole, or with `accept_valid` the rows without an error.

    The files are read before the store is locked. `save_map` is a name and the mapping to keep under it. Raises
    NoRows where no sheet holds anybody, but for a template of ours that nobody has filled in yet.
    """
    files: list[FileRead] = []
    skipped: list[IgnoredSheet] = []
    notes: list[Problem] = []
    unnamed: list[LeftOut] = []
    read = read_roster(_rows(sheets, files, skipped, notes, unnamed), today=today)
    read = replace(read, left_out=tuple(unnamed))
    # So far only a file that was refused is an error here; who stands in it is not absent.
    if leavers == "retire" and any(one.severity is Severity.ERROR for one in notes):
        leavers = "keep"
        notes.append(roster_problems.LEAVERS_KEPT.at(Place()))
    foreign = sorted({one.file for one in files if not one.template})
    empty = not read.rows and not read.units
    if empty and foreign and not dry_run:
        raise NoRows(", ".join(foreign))
    with store.writing("staff.import", dry_run=dry_run) as operation:
        connection = operation.connection
        changes = resolve_roster(
            read,
            known=(known := load_staff(connection)),
            units=load_units(connection),
            today=today,
            placements=load_placements(connection),
            led=Leadership(load_dated(connection, Acting), load_dated(connection, Delegation), load_heads(connection)),
            set_heads=load_set_heads(connection),
            leavers=leavers,
        )
        # What the store itself has to be told of is no matter of a file that holds nothing.
        of_store = () if empty else (*changes.problems, *changes.heads.problems)
        told = (*with_proposals(read, known), *of_store, *notes)
        accepted = accept_valid or not any(one.severity is Severity.ERROR for one in told)
        if accepted and not empty:
            _write(operation, changes, today)
            if save_map is not None:
                remember_mapping(operation, *save_map)
        operation.facts.update(
            {
                "files": name_files(one.file for one in files),
                "added": len(changes.added),
                "changed": len(changes.changed),
                "units": len(changes.units_added),
                "units_changed": len(changes.units_changed),
                "acting": len(changes.acting.added) + len(changes.acting.changed) + len(changes.acting.ended),
            }
        )
    return RosterImport(
        operation.seq,
        dry_run,
        tuple(files),
        tuple(skipped),
        read.rows,
        read.rejected + changes.acting.refused,
        accepted,
        changes,
        told,
    )


def _rows(
    sheets: Iterable[SheetReading | IgnoredSheet | RefusedFile],
    files: list[FileRead],
    skipped: list[IgnoredSheet],
    notes: list[Problem],
    unnamed: list[LeftOut],
) -> Iterator[Row]:
    """Every row of every sheet, noting on the way what was read and what was left alone."""
    for sheet in readings(sheets, skipped, notes):
        count = 0
        for row in sheet.rows:
            count += 1
            yield row
        files.append(file_read(sheet, count))
        notes.extend((*told_units(sheet), *told_notes(sheet)))
        unnamed.extend(left_out(sheet))


def _write(operation: Operation, changes: RosterChanges, today: date) -> None:
    """Store what changed and what has ended by it, and the heads of units as everybody's positions now make them."""
    heads = load_heads(operation.connection)
    add_units(operation, changes.units_added)
    change_units(operation, changes.units_changed)
    add_staff(operation, changes.added)
    change_staff(operation, changes.changed)
    remove_placements(operation, changes.placements_gone)
    add_placements(operation, changes.placements)
    save_heads(operation, changes.heads.heads, "position")
    keep_standings(operation, changes.changed, today)
    keep_arrivals(operation, changes.added, today)
    keep_heads(operation, heads, [*changes.moves, *changes.restated(today)], today)
    _write_acting(operation, changes.acting)
    follow_changes(operation, today)


def _write_acting(operation: Operation, acting: ActingChanges) -> None:
    """Store what people lead for a time: what was known before gives way, with its first day too."""
    pairs = (*acting.changed, *acting.ended)
    dated = [(old, new) for old, new in pairs if old.starts != new.starts]
    replace_dated(operation, [one for one in pairs if one not in dated])
    remove_dated(operation, [old for old, _new in dated])
    add_dated(operation, [*(new for _old, new in dated), *acting.added])
