"""`kinerja staff`: rosters in, people out."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from gettext import gettext as _
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.arrangements import acting_notes
from kinerja_cli.cli.inputs import check_workbook, read_all, read_day, read_headings, spreadsheets
from kinerja_cli.cli.marked_copy import MarkedCopy
from kinerja_cli.cli.messages import progress, say, show_problems
from kinerja_cli.cli.options import (
    AcceptValid,
    DryRun,
    Files,
    Mapping,
    NipArgument,
    Output,
    ProblemsFile,
    SaveMap,
    SheetName,
    Since,
    To,
    UnitOption,
)
from kinerja_cli.cli.outcome import end_import, import_notes, nothing_in, say_what_was_read
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import find_store, open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import (
    assessor_rules,
    dry_run_note,
    employments,
    position_types,
    sexes,
    spoken_value,
    staff_fields,
    standings,
)
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.roster_import import RosterImport

_CHANGES_SHOWN = 20


class Leavers(StrEnum):
    """What becomes of people whom the files do not name."""

    KEEP = "keep"
    RETIRE = "retire"


def staff_import(
    files: Files,
    sheet: SheetName = None,
    mapping: Mapping = None,
    save_map: SaveMap = None,
    accept_valid: AcceptValid = False,
    leavers: Annotated[
        Leavers, typer.Option("--leavers", help=_("What becomes of people absent from the files."))
    ] = Leavers.KEEP,
    problems: ProblemsFile = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Import rosters in any layout; all files are one operation."""
    from kinerja_cli.actions.roster_import import import_roster
    from kinerja_cli.actions.units import unit_depths
    from kinerja_cli.workbooks.layouts import Purpose

    store = open_store()
    paths = spreadsheets(files)
    headings = read_headings(store, mapping, save_map)
    copy = MarkedCopy(problems, paths)
    with progress(_("Reading the roster")), copy.reading():
        result = import_roster(
            store,
            read_all(
                paths,
                Purpose.ROSTER,
                sheet=sheet,
                headings=headings,
                units=unit_depths(store),
                seen=copy.seen,
                accept_valid=accept_valid,
            ),
            today=today(store),
            accept_valid=accept_valid,
            dry_run=dry_run,
            leavers=leavers.value,
            save_map=headings.to_save,
        )
    notes = _import_notes(result)
    copy.write(result.problems, result.operation, notes)
    say_what_was_read(result.files, result.skipped)
    end_import(result, copy, _import_view(result, copy, notes), output)


def _import_notes(result: "RosterImport") -> list[str]:
    """What is said under the counts of an import, however it changed people."""
    known = _("Everything was known already; nothing was written.")
    return import_notes(
        result,
        again=known if result.taken else _("Nothing of it was taken; the problems say why."),
        empty="" if any(one.rows for one in result.files) else nothing_in(result.files),
    )


def _import_view(result: "RosterImport", copy: MarkedCopy, notes: Sequence[str]) -> View:
    """The counts, and the first changes old → new."""
    from kinerja_cli.actions.roster_import import acting_rows

    data = result.as_dict() | copy.facts
    if result.accepted:
        notes = [
            *notes,
            *_people_on_the_move(result),
            *acting_notes(acting_rows(result.changes), most=_CHANGES_SHOWN),
            *_changes(result),
            *_unit_changes(result),
            *_absent(result),
        ]
    return View(
        _("Roster import"),
        [
            Column("operation", _("Operation"), "number"),
            Column("rows", _("Rows"), "number"),
            Column("added", _("Added"), "number"),
            Column("changed", _("Changed"), "number"),
            Column("unchanged", _("Unchanged"), "number"),
            Column("rejected", _("Rejected"), "number"),
            Column("left", _("Absent"), "number"),
            Column("units_added", _("Units added"), "number"),
        ],
        [data],
        single=True,
        notes=tuple(notes),
        data=data,
    )


def _people_on_the_move(result: "RosterImport") -> Iterator[str]:
    """Who moved, was promoted, came back or left, the first few of each."""
    changes = result.changes
    units = changes.all_units
    for move in changes.moves[:_CHANGES_SHOWN]:
        old, new = (units[code].name if code else "-" for code in (move.old.unit_code, move.new.unit_code))
        yield _("Moved: {name} ({nip}) from {old} to {new} since {day}").format(
            name=move.new.display_name, nip=move.new.nip, old=old, new=new, day=move.since.isoformat()
        )
    told = (
        (_("Promoted: {name} ({nip}) from {old} to {new}"), "rank", changes.promoted),
        (_("Back in service: {name} ({nip}), {old} → {new}"), "status", changes.returned),
        (_("No longer in service: {name} ({nip}), {old} → {new}"), "status", changes.departed),
    )
    for sentence, field, pairs in told:
        for before, after in pairs[:_CHANGES_SHOWN]:
            yield sentence.format(
                name=after.display_name,
                nip=after.nip,
                old=spoken_value(field, getattr(before, field)),
                new=spoken_value(field, getattr(after, field)),
            )
    shown = (changes.moves, changes.promoted, changes.returned, changes.departed)
    more = sum(max(0, len(one) - _CHANGES_SHOWN) for one in shown)
    if more:
        yield _("… and {count} more who moved, rose, came or went (see them all with --format json)").format(count=more)


def _changes(result: "RosterImport") -> Iterator[str]:
    """The first changes as people read them, and how many more there are."""
    from kinerja_cli.domain.roster import differences

    fields = staff_fields()
    units = result.changes.all_units
    told = {
        (new.nip, field)
        for field, pairs in (
            ("unit_code", [(move.old, move.new) for move in result.changes.moves]),
            ("rank", result.changes.promoted),
            ("status", (*result.changes.returned, *result.changes.departed)),
        )
        for _old, new in pairs
    }
    every = (
        (new, change)
        for old, new in result.changes.changed
        for change in differences(old, new)
        if (new.nip, change.field) not in told
    )
    for person, change in islice(every, _CHANGES_SHOWN):
        values = [
            units[value].name
            if change.field == "unit_code" and isinstance(value, str) and value in units
            else spoken_value(change.field, value)
            for value in (change.old, change.new)
        ]
        yield _("{name} ({nip}): {field} {old} → {new}").format(
            name=person.display_name, nip=person.nip, field=fields[change.field], old=values[0], new=values[1]
        )
    more = sum(1 for _change in every)
    if more:
        yield _("… and {count} more changes (see them all with --format json)").format(count=more)


def _unit_changes(result: "RosterImport") -> Iterator[str]:
    """The units renamed or moved."""
    units = result.changes.all_units
    pairs = result.changes.units_changed
    for old, new in pairs[:_CHANGES_SHOWN]:
        if old.name != new.name:
            yield _("Unit {code}: {old} → {new}").format(code=new.code, old=old.name, new=new.name)
        if old.parent_code != new.parent_code:
            above = [units[code].name if code else "-" for code in (old.parent_code, new.parent_code)]
            yield _("Unit {name}: moved from {old} to {new}").format(name=new.name, old=above[0], new=above[1])
    if len(pairs) > _CHANGES_SHOWN:
        yield _("… and {count} more units changed").format(count=len(pairs) - _CHANGES_SHOWN)


def _absent(result: "RosterImport") -> Iterator[str]:
    """The people in service whom the files do not name."""
    left = result.changes.left
    for person in left[:_CHANGES_SHOWN]:
        yield _("Absent from the files: {name} ({nip})").format(name=person.display_name, nip=person.nip)
    if len(left) > _CHANGES_SHOWN:
        yield _("… and {count} more absent (see them all with --format json)").format(count=len(left) - _CHANGES_SHOWN)


def staff_columns() -> list[Column]:
    """The columns of a list of people."""
    return [
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name"), in_table=False),
        Column("front_title", _("Front title"), in_table=False),
        Column("back_title", _("Back title"), in_table=False),
        Column("display_name", _("Name and titles")),
        Column("unit_code", _("Unit code"), in_table=False),
        Column("unit", _("Unit")),
        Column("unit_path", _("Unit and those above"), in_table=False),
        Column("position", _("Position")),
        Column("position_type", _("Kind of position"), in_table=False, labels=position_types()),
        Column("rank", _("Rank")),
        Column("employment", _("Employment"), labels=employments(), wide=True),
        Column("status", _("Standing"), labels=standings(), wide=True),
        Column("assessor_nip", _("Assessor's NIP"), "nip", wide=True),
    ]


def staff_list(
    unit: UnitOption = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STANDING", help=_("Only people of this standing, e.g. active."))
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="TEXT", help=_("Only people whose name or NIP holds this."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """List people with their unit and assessor."""
    from kinerja_cli.actions.staff import list_staff

    rows = list_staff(open_store(), unit=unit, status=status, search=search)
    of = {"unit": unit, "status": status, "search": "given" if search else None}
    show(View(_("Staff"), staff_columns(), rows, of=of), output, to)


def staff_show(nip: NipArgument, output: Output = None, to: To = None) -> None:
    """Show everything kept about one person."""
    from kinerja_cli.actions.staff import show_employee

    columns = [
        *(Column(one.key, one.title, one.kind, labels=one.labels) for one in staff_columns() if one.key != "unit_code"),
        Column("assessor", _("Assessor")),
        Column("assessor_rule", _("Assessor from"), labels=assessor_rules()),
        Column("sex", _("Sex"), labels=sexes()),
        Column("rank_since", _("Rank since"), "date"),
        Column("position_since", _("Position since"), "date"),
        Column("echelon", _("Echelon")),
        Column("unit_code", _("Unit code")),
        Column("before", _("Units before"), "list"),
    ]
    person = show_employee(open_store(), nip)
    past = person["placements"]
    assert isinstance(past, list)
    before = [_("until {day}: {unit}").format(day=one["until"], unit=one["unit"] or "-") for one in past]
    row = {name: value for name, value in person.items() if name != "placements"} | {"before": before}
    show(View(str(person["display_name"]), columns, [row], single=True, data=person), output, to)


def staff_set(
    nip: NipArgument,
    unit: Annotated[str | None, typer.Option("--unit", metavar="CODE", help=_("The unit to move to."))] = None,
    assessor: Annotated[
        str | None,
        typer.Option("--assessor", metavar="NIP", help=_('Who appraises them; "-" leaves it to the unit tree.')),
    ] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STANDING", help=_("Their standing."))] = None,
    position: Annotated[str | None, typer.Option("--position", metavar="TEXT", help=_("Their position."))] = None,
    position_type: Annotated[
        str | None, typer.Option("--position-type", metavar="KIND", help=_("The kind of their position."))
    ] = None,
    rank: Annotated[str | None, typer.Option("--rank", metavar="RANK", help=_("III/c, IX …"))] = None,
    employment: Annotated[
        str | None, typer.Option("--employment", metavar="KIND", help=_("pns, cpns, pppk, pppk_paruh_waktu."))
    ] = None,
    since: Since = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Change what is known of one person."""
    from kinerja_cli.actions.staff import set_employee

    given = (unit, assessor, status, position, position_type, rank, employment)
    if all(one is None for one in given):
        raise UsageError(
            _("There is nothing to change."), _("Name at least one option; see `kinerja staff set --help`.")
        )
    if since is not None and unit is None and status is None:
        raise UsageError(
            _("--since says nothing without --unit or --status."), _("Give the unit moved to, or the new standing.")
        )
    store = open_store()
    day = today(store)
    operation, person, problems = set_employee(
        store,
        nip,
        since=None if since is None else read_day(since, "--since"),
        today=day,
        unit=unit,
        assessor=assessor,
        status=status,
        position=position,
        position_type=position_type,
        rank=rank,
        employment=employment,
        dry_run=dry_run,
    )
    show_problems(problems)
    notes = dry_run_note(dry_run)
    if unit is not None and (person.unit_code or "").casefold() != unit.strip().casefold():
        kept = _("A later move is known: {name} is in {unit} now, as before.")
        notes = (*notes, kept.format(name=person.display_name, unit=person.unit_code))
    row = {"operation": operation, "nip": person.nip, "name": person.display_name}
    show(
        View(
            _("Person changed") if operation else _("Nothing changed"),
            [
                Column("operation", _("Operation"), "number"),
                Column("nip", _("NIP"), "nip"),
                Column("name", _("Name")),
            ],
            [row],
            single=True,
            data=row | {"problems": [one.as_dict() for one in problems]},
            notes=notes,
        ),
        output,
    )


def staff_export(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=_("The file to write."))],
    unit: UnitOption = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STANDING", help=_("Only people of this standing."))
    ] = None,
) -> None:
    """Write everybody to a file that can be imported again."""
    from kinerja_cli.actions.staff import export_staff
    from kinerja_cli.workbooks.layouts import ROSTER_TEMPLATE

    rows = export_staff(open_store(), unit=unit, status=status)
    columns = [
        Column(field, heading, "nip" if field.endswith("nip") else "text")
        for field, heading in ROSTER_TEMPLATE
        if not rows or field in rows[0]
    ]
    show(View(_("Staff"), columns, rows, of={"unit": unit, "status": status}), None, to)
    say(_("{count} people written to {file}").format(count=len(rows), file=to))


def staff_template(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help=_("The workbook to write."))],
) -> None:
    """Write an empty roster to fill in, with drop-downs and notes; where there is a store, its units to choose from."""
    check_workbook(to, "roster.xlsx")
    from kinerja_cli.actions.templates import units_to_choose
    from kinerja_cli.workbooks.templates import UnitChoice, write_roster_template

    store = find_store()
    units = units_to_choose(store) if store is not None else []
    write_roster_template(to, [UnitChoice(unit.code, unit.name, parent) for unit, parent in units])
    say(_("Template written to {file}").format(file=to))
