"""Import a roster, look at people, change one of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from gettext import gettext as _
from typing import Literal

from kinerja_cli.actions.lookup import check_in_service, require_employee, require_unit
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.refusals import AssessorSelf, NoRows
from kinerja_cli.domain.assessors import assessor_loops, assessors, recognise_heads
from kinerja_cli.domain.personnel import (
    EMPLOYMENTS,
    POSITION_TYPES,
    STATUSES,
    vocabulary,
)
from kinerja_cli.domain.ranks import parse_rank
from kinerja_cli.domain.roster import (
    RosterChanges,
    differences,
    read_roster,
    resolve_roster,
)
from kinerja_cli.domain.rows import Row
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Store
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


@dataclass(frozen=True, slots=True)
class FileRead:
    """One sheet that was read: what was recognised in it and how many rows it had."""

    file: str
    sheet: str
    layout: str
    header_row: int
    rows: int
    ignored: tuple[str, ...]
    template: bool = False


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
        """The people whose rows were good, saved now or known before."""
        return len(self.changes.added) + len(self.changes.changed) + self.changes.unchanged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as added or changed."""
        taken = self.accepted
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "files": [
                {
                    "file": one.file,
                    "sheet": one.sheet,
                    "layout": one.layout,
                    "header_row": one.header_row,
                    "rows": one.rows,
                }
                for one in self.files
            ],
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


def import_roster(
    store: Store,
    sheets: Iterable[SheetReading | IgnoredSheet],
    *,
    today: date,
    accept_valid: bool = False,
    dry_run: bool = False,
    leavers: Literal["keep", "retire"] = "keep",
) -> RosterImport:
    """Take in rosters as one operation: whole, or with `accept_valid` the rows without an error.

    The files are read before the store is locked. Raises NoRows where no sheet holds anybody, but for a template
    of ours that nobody has filled in yet.
    """
    files: list[FileRead] = []
    skipped: list[IgnoredSheet] = []
    read = read_roster(_rows(sheets, files, skipped), today=today)
    foreign = sorted({one.file for one in files if not one.template})
    empty = not read.rows and not read.units
    if empty and foreign and not dry_run:
        raise NoRows(", ".join(foreign))
    with store.writing("staff.import", dry_run=dry_run) as operation:
        connection = operation.connection
        changes = resolve_roster(
            read,
            known=load_staff(connection),
            units=load_units(connection),
            set_heads=load_set_heads(connection),
            leavers=leavers,
        )
        # What the store itself has to be told of is no matter of a file that holds nothing.
        known = () if empty else (*changes.problems, *changes.heads.problems)
        problems = (*read.problems, *known)
        accepted = accept_valid or not any(one.severity is Severity.ERROR for one in problems)
        if accepted and not empty:
            _write(operation, changes)
        operation.facts.update(
            {
                "files": name_files(one.file for one in files),
                "added": len(changes.added),
                "changed": len(changes.changed),
                "units": len(changes.units_added),
                "units_changed": len(changes.units_changed),
            }
        )
    return RosterImport(
        operation.seq,
        dry_run,
        tuple(files),
        tuple(skipped),
        read.rows,
        read.rejected,
        accepted,
        changes,
        problems,
    )


def _rows(
    sheets: Iterable[SheetReading | IgnoredSheet], files: list[FileRead], skipped: list[IgnoredSheet]
) -> Iterator[Row]:
    """Every row of every sheet, noting on the way what was read and what was left alone."""
    for sheet in sheets:
        if isinstance(sheet, IgnoredSheet):
            skipped.append(sheet)
            continue
        count = 0
        for row in sheet.rows:
            count += 1
            yield row
        source = sheet.source
        files.append(
            FileRead(
                source.file,
                source.sheet,
                source.layout,
                source.header_row,
                count,
                sheet.ignored,
                source.is_template,
            )
        )


def _write(operation: Operation, changes: RosterChanges) -> None:
    """Store what changed, and the heads of units as everybody's positions now make them."""
    add_units(operation, changes.units_added)
    change_units(operation, changes.units_changed)
    add_staff(operation, changes.added)
    change_staff(operation, changes.changed)
    save_heads(operation, changes.heads.heads, "position")


def list_staff(
    store: Store, *, unit: str | None = None, status: str | None = None, search: str | None = None
) -> list[dict[str, object]]:
    """People with their unit and the assessor they have today, ordered by unit and name.

    `unit` includes the units below it; `search` looks in names and NIP, whatever the case.
    """
    with store.reading() as connection:
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
        heads = load_heads(connection)
    rated_by = assessors(staff, tree, heads)
    chosen = _chosen(staff, tree, unit=unit, status=status, search=search)
    return [_shown(person, tree, rated_by.get(person.nip)) for person in chosen]


def _chosen(
    staff: Mapping[str, Employee],
    tree: UnitTree,
    *,
    unit: str | None = None,
    status: str | None = None,
    search: str | None = None,
) -> list[Employee]:
    """The people asked for, ordered by unit and name."""
    status = _choice("--status", status, vocabulary().status, STATUSES)
    within = None if unit is None else tree.within(require_unit(tree.units, unit).code)
    wanted = fold(search) if search else ""
    people = [
        person
        for person in staff.values()
        if (within is None or person.unit_code in within)
        and (status is None or person.status == status)
        and (not wanted or wanted in fold(person.display_name) or wanted.replace(" ", "") in person.nip)
    ]
    return sorted(people, key=lambda one: (tree.path(one.unit_code), one.name, one.nip))


def export_staff(store: Store, *, unit: str | None = None, status: str | None = None) -> list[dict[str, object]]:
    """People as a roster that can be imported again: an assessor derived from the unit tree is left out."""
    with store.reading() as connection:
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
    rows = []
    for person in _chosen(staff, tree, unit=unit, status=status):
        own, parent = (*tree.line(person.unit_code)[:2], None, None)[:2]
        rows.append(
            {
                **{field.name: getattr(person, field.name) for field in fields(Employee)},
                "unit": own.name if own else None,
                "unit_parent_code": parent.code if parent else None,
                "unit_parent": parent.name if parent else None,
            }
        )
    return rows


def _shown(person: Employee, tree: UnitTree, assessor: str | None) -> dict[str, object]:
    """A person as lists show them."""
    line = tree.line(person.unit_code)
    return {
        "nip": person.nip,
        "name": person.name,
        "front_title": person.front_title,
        "back_title": person.back_title,
        "display_name": person.display_name,
        "unit_code": person.unit_code,
        "unit": line[0].name if line else None,
        "unit_path": tree.path(person.unit_code) or None,
        "position": person.position,
        "position_type": person.position_type,
        "rank": person.rank,
        "employment": person.employment,
        "status": person.status,
        "assessor_nip": assessor,
    }


def show_employee(store: Store, nip: str) -> dict[str, object]:
    """Everything kept about one person, and who appraises them by which rule."""
    with store.reading() as connection:
        person = require_employee(connection, nip)
        staff = load_staff(connection)
        tree = UnitTree(load_units(connection))
        heads = load_heads(connection)
    assessor = assessors(staff, tree, heads).get(person.nip)
    named = staff[assessor].display_name if assessor else None
    return _shown(person, tree, assessor) | {
        "assessor": named,
        "assessor_rule": person.assessor_rule,
        "sex": person.sex,
        "rank_since": person.rank_since,
        "position_since": person.position_since,
        "echelon": person.echelon,
    }


def set_employee(
    store: Store,
    nip: str,
    *,
    unit: str | None = None,
    assessor: str | None = None,
    status: str | None = None,
    position: str | None = None,
    position_type: str | None = None,
    rank: str | None = None,
    employment: str | None = None,
    dry_run: bool = False,
) -> tuple[int | None, Employee]:
    """Change what is known of one person; an assessor of "-" leaves it to the unit tree again."""
    words = vocabulary()
    status = _choice("--status", status, words.status, STATUSES)
    position_type = _choice("--position-type", position_type, words.position_type, POSITION_TYPES)
    employment = _choice("--employment", employment, words.employment, EMPLOYMENTS)
    for option, text in (("--position", position), ("--rank", rank), ("--unit", unit), ("--assessor", assessor)):
        if text is not None and not clean_text(text):
            raise UsageError(
                _("{option} is empty.").format(option=option), _("Give a value, or leave the option away.")
            )
    with store.writing("staff.set", dry_run=dry_run) as operation:
        connection = operation.connection
        old = require_employee(connection, nip)
        new = replace(
            old,
            status=status or old.status,
            position=clean_text(position) or old.position,
            position_type=position_type or old.position_type,
            employment=employment or old.employment,
            rank=_rank(rank, employment or old.employment) if rank else old.rank,
        )
        if unit is not None:
            new = replace(new, unit_code=require_unit(load_units(connection), unit).code)
        if assessor == "-":
            new = replace(new, assessor_nip=None, assessor_rule="unit")
        elif assessor is not None:
            superior = require_employee(connection, assessor)
            if superior.nip == old.nip:
                raise AssessorSelf(old.display_name)
            check_in_service(superior)
            new = replace(new, assessor_nip=superior.nip, assessor_rule="roster")
        change_staff(operation, [(old, new)])
        staff = load_staff(connection)
        units = load_units(connection)
        heads = recognise_heads(units, staff, load_set_heads(connection))
        save_heads(operation, heads.heads, "position")
        _refuse_circle(new, staff, assessors(staff, UnitTree(units), heads.heads))
    return operation.seq, new


class AssessorLoop(KinerjaError):
    """The assessor named is, in the end, appraised by the person."""

    code = "assessor-loop"
    exit = Exit.REFUSED

    def __init__(self, name: str, assessor: str) -> None:
        super().__init__(
            _("{assessor} cannot appraise {name}: by the links set, {name} appraises them in turn.").format(
                name=name, assessor=assessor
            ),
            _("Change the other link first; see `kinerja staff show NIP`."),
        )


def _refuse_circle(person: Employee, staff: Mapping[str, Employee], rated_by: Mapping[str, str | None]) -> None:
    """Refuse a change after which the person would, in the end, appraise their own assessor."""
    for loop in assessor_loops(rated_by):
        if person.nip in loop:
            assessor = staff[rated_by[person.nip] or person.nip]
            raise AssessorLoop(person.display_name, assessor.display_name)


def _rank(text: str, employment: str) -> str:
    """The rank a text names, for this kind of employment."""
    rank = parse_rank(text, pppk=employment.startswith("pppk"))
    if rank is None:
        raise UsageError(
            _("{value} is no rank.").format(value=text),
            _("Write I/a to IV/e for PNS, I to XVII for PPPK."),
        )
    return rank


def _choice(option: str, text: str | None, spellings: Mapping[str, str], allowed: tuple[str, ...]) -> str | None:
    """The value that a word names, in any spelling that rosters use too."""
    if text is None:
        return None
    value = spellings.get(fold(text))
    if value is None:
        raise UsageError(
            _("{value} is no value for {option}.").format(value=text or "''", option=option),
            _("Allowed: {allowed}.").format(allowed=", ".join(allowed)),
        )
    return value
