"""`kinerja undo`: show what taking an operation back would do, ask, and do it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.asking import confirm
from kinerja_cli.cli.messages import say
from kinerja_cli.cli.options import DryRun, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.row_words import table_words, undo_words
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note

if TYPE_CHECKING:
    from kinerja_cli.actions.rows_named import Named
    from kinerja_cli.actions.undo import TakenBack


def undo(
    number: Annotated[int, typer.Argument(metavar="OPERATION", help=_("Its number in `kinerja history`."))],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why; it stays in the history."))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do it without asking."))] = False,
    dry_run: DryRun = False,
    output: Output = None,
    to: To = None,
) -> None:
    """Take one whole operation back, as a new operation."""
    from kinerja_cli.actions.undo import undo_operation

    store = open_store()
    day = today(store)
    if not (yes or dry_run):
        _preview(undo_operation(store, number, today=day, reason=reason, dry_run=True))
        confirm(_("Take operation {number} back?").format(number=number), "--yes")
    show(_view(undo_operation(store, number, today=day, reason=reason, dry_run=dry_run)), output, to)


def _preview(found: "TakenBack") -> None:
    """Tell on standard error what would be done, for whoever is asked."""
    say(_("Operation {number}: {summary}").format(number=found.undoes, summary=found.summary))
    tables, actions = table_words(), undo_words()
    for part in found.parts:
        examples = "; ".join(_examples(part.examples))
        more = "; …" if part.rows > len(part.examples) else ""
        say(f"  {tables[part.table]}, {actions[part.action]}: {part.rows} ({examples}{more})")
    if found.followed:
        say(f"  {_followed(found)}")


def _followed(found: "TakenBack") -> str:
    """What an undo changed beyond what it took back."""
    return _("Heads and open periods follow what was done since: {count} rows change.").format(count=found.followed)


def _view(found: "TakenBack") -> View:
    columns = [
        Column("table", _("Where"), labels=table_words()),
        Column("action", _("Rows"), labels=undo_words()),
        Column("rows", _("Count"), "number"),
        Column("examples", _("The first of them"), "list"),
    ]
    rows: list[Mapping[str, object]] = [
        {"table": part.table, "action": part.action, "rows": part.rows, "examples": list(_examples(part.examples))}
        for part in found.parts
    ]
    notes = [_("What the operation had changed in full: `kinerja history show {number}`.").format(number=found.undoes)]
    if found.followed:
        notes.append(_followed(found))
    if found.operation is not None:
        notes.insert(
            0,
            _("Taken back by operation {number}; `kinerja undo {number}` takes that back again.").format(
                number=found.operation
            ),
        )
    title = _("Undo of operation {number}: {summary}").format(number=found.undoes, summary=found.summary)
    data = asdict(found) | {"parts": [asdict(part) for part in found.parts]}
    return View(title, columns, rows, notes=(*notes, *dry_run_note(found.dry_run)), data=data)


def _examples(named: "tuple[Named, ...]") -> Iterator[str]:
    """The first rows by name, with what tells them from others on the same person or unit."""
    for one in named:
        who = f"{one.name} ({one.nip})" if one.name and one.nip else one.name or one.nip
        of = one.of if one.of != who else ""
        yield ", ".join(filter(None, (who, of))) or "-"
