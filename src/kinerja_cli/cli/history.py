"""`kinerja history`: what was done, by whom, when, and what one operation changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_day
from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.row_words import action_words, field_words, said, table_words
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View

if TYPE_CHECKING:
    from kinerja_cli.actions.history import ChangeShown
    from kinerja_cli.actions.rows_named import Names

_LINES = 8
"""So many lines of one table are shown on a screen."""
_CALLED = 3
"""So many of those on one line are called by name."""
_UNSAID = frozenset(("nip", "name", "span", "code", "rule", "assessor_rule"))
"""Fields that say no more than who or what a row is about, or only how the program came to it."""
_FIELDS = 5
"""So many fields of a row that was added or removed are shown on a screen."""


def history(
    context: typer.Context,
    nip: Annotated[str | None, typer.Option("--nip", metavar="NIP", help=_("Only what changed this person."))] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="PERIOD", help=_("Only what touched this period."))
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help=_("Only this kind: staff.import, or staff for all of them; may be given several times."),
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="TEXT", help=_("Only what was done by whoever has this in the name.")),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=_("Only what was done on this day or later."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("Only what was done on this day or earlier."))
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=_("Only the newest so many."))
    ] = None,
    reads: Annotated[
        bool, typer.Option("--reads", help=_("Who read people's data: files and long lists, in place of what changed."))
    ] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """List operations, the newest first; `history show N` is a command below it."""
    from kinerja_cli.actions.history import list_operations

    if context.invoked_subcommand is not None:
        return
    found = list_operations(
        open_store(),
        nip=nip,
        period=period,
        kinds=kind or (),
        actor=actor,
        since=read_day(since, "--since") if since is not None else None,
        until=read_day(until, "--until") if until is not None else None,
        limit=limit,
        reads=reads,
    )
    rows = [asdict(one) for one in found]
    claims = any(row["on_behalf_of"] for row in rows)
    columns = [
        Column("operation", _("No."), "number"),
        Column("kind", _("Kind")),
        Column("at", _("When")),
        Column("actor", _("Who")),
        Column("summary", _("What")),
        Column("changes", _("Changes"), "number"),
        Column("undone_by", _("Undone by"), "number", in_table=any(one.undone_by for one in found)),
        Column("reason", _("Reason"), in_table=any(one.reason for one in found)),
        Column("period", _("Period"), in_table=False),
        Column("undoes", _("Undoes"), "number", in_table=False),
        Column("on_behalf_of", _("For (claimed)"), "nip", in_table=claims, in_workbook=claims),
    ]
    # Who did it in every detail is for scripts: in a table it would fill the screen.
    data = [{**{one.key: row[one.key] for one in columns}, "origin": row["origin"]} for row in rows]
    show(View(_("History"), columns, rows, data=data), output, to)


def history_show(
    number: Annotated[int, typer.Argument(metavar="OPERATION", help=_("Its number in `kinerja history`."))],
    output: Output = None,
    to: To = None,
) -> None:
    """Show what one operation changed."""
    from kinerja_cli.actions.history import show_operation

    operation, changes, names = show_operation(open_store(), number)
    columns = [
        Column("table", _("Where"), labels=table_words()),
        Column("action", _("How"), labels=action_words()),
        Column("key", _("Key"), in_table=False),
        Column("nip", "NIP", "nip"),
        Column("name", _("Name")),
        Column("of", _("Of"), in_export=False),
        Column("field", _("Field"), labels=field_words(), in_table=False),
        Column("before", _("Before"), in_table=False),
        Column("after", _("After"), in_table=False),
        Column("change", _("What changed"), "list", in_export=False),
    ]
    shown, left = _on_screen(changes, names)
    notes = [_("{at}, {actor}, {kind}").format(at=operation.at, actor=operation.actor, kind=operation.kind)]
    if operation.reason:
        notes.append(_("Reason: {reason}").format(reason=operation.reason))
    if operation.on_behalf_of:
        notes.append(_("On behalf of {nip}, as claimed.").format(nip=operation.on_behalf_of))
    if operation.undone_by is not None:
        notes.append(_("Taken back by operation {number}.").format(number=operation.undone_by))
    if left:
        notes.append(_("{count} more rows: see all with -o FILE.xlsx or --format json.").format(count=left))
    data = asdict(operation) | {"rows": list(_objects(changes))}
    title = _("Operation {number}: {summary}").format(number=operation.operation, summary=operation.summary)
    show(View(title, columns, list(_lines(changes)), notes=tuple(notes), data=data, on_screen=shown), output, to)


def _on_screen(changes: "Iterable[ChangeShown]", names: "Names") -> tuple[list[Mapping[str, object]], int]:
    """The first rows of each table, those with the same change on one line; and how many more there are."""
    labels = field_words()
    tables: dict[tuple[str, str], dict[object, list[ChangeShown]]] = {}
    for one in changes:
        tables.setdefault((one.table, one.action), {}).setdefault(_alike(one), []).append(one)
    shown: list[Mapping[str, object]] = []
    left = 0
    for lines in tables.values():
        # What happened to most comes first; it keeps its order otherwise.
        for number, group in enumerate(sorted(lines.values(), key=lambda group: -len(group))):
            if number < _LINES:
                shown.append({**_grouped(group), "change": _told(group[0], labels, names)})
            else:
                left += len(group)
    return shown, left


def _alike(one: "ChangeShown") -> object:
    """What rows have in common that stand on one line: the same change in the same place."""
    if one.before is None or one.after is None:
        return one.key
    return one.of, tuple(one.before.items()), tuple(one.after.items())


def _grouped(group: "list[ChangeShown]") -> dict[str, object]:
    """Who or what a line is about: one row, or the first of several."""
    first = group[0]
    of = "" if first.of == first.name else first.of
    if len(group) == 1:
        return {**_named(first), "of": of}
    called = [one.name or one.nip or one.key for one in group[:_CALLED]]
    more = [_("and {count} more").format(count=len(group) - _CALLED)] if len(group) > _CALLED else []
    return {**_named(first), "nip": None, "name": [*called, *more], "of": of}


def _told(one: "ChangeShown", labels: Mapping[object, str], names: "Names") -> list[str]:
    """What became of a row, a field a line; of one that came or went the first fields on one."""

    def said_of(field: str, value: object) -> str:
        return names.spelled(field, value) or said(field, value)

    if one.before is not None and one.after is not None:
        return [
            f"{labels[field]}: {said_of(field, one.before[field])} → {said_of(field, one.after[field])}"
            for field in one.after
        ]
    fields = [(field, value) for field, value in (one.after or one.before or {}).items() if field not in _UNSAID]
    told = "; ".join(f"{labels[field]}: {said_of(field, value)}" for field, value in fields[:_FIELDS])
    return [told + ("; …" if len(fields) > _FIELDS else "")]


def _lines(changes: "Iterable[ChangeShown]") -> Iterator[Mapping[str, object]]:
    """A line for each field that changed, and one for each row that came or went."""
    for one in changes:
        named = _named(one)
        if one.before is not None and one.after is not None:
            for field, after in one.after.items():
                yield {**named, "field": field, "before": one.before[field], "after": after}
            continue
        whole = {key: _whole(image) for key, image in (("before", one.before), ("after", one.after))}
        yield {**named, "field": None, **whole}


def _whole(image: Mapping[str, object] | None) -> list[str] | None:
    return None if image is None else [f"{field}: {value}" for field, value in image.items()]


def _objects(changes: "Iterable[ChangeShown]") -> Iterator[Mapping[str, object]]:
    """The rows for JSON: before and after as objects of fields."""
    for one in changes:
        yield {**_named(one), "before": one.before, "after": one.after}


def _named(one: "ChangeShown") -> dict[str, object]:
    return {"table": one.table, "action": one.action, "key": one.key, "nip": one.nip, "name": one.name}
