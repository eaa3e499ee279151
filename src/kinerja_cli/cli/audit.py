"""`kinerja audit`: prove that nobody changed what was recorded, and keep what proves it."""

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.refusals import system_refusal
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import severities
from kinerja_cli.errors import Exit, Severity

if TYPE_CHECKING:
    from kinerja_cli.actions.audit import Verified

_Row = Mapping[str, object]
_FEW = 10
_WORST_FIRST = (str(Severity.ERROR), str(Severity.WARNING), str(Severity.NOTE))


def audit_verify(
    anchor: Annotated[
        list[Path] | None,
        typer.Option(
            "--anchor",
            metavar="FILE",
            help=_("Anchors kept outside, a closing record or a backup's manifest; may be given again."),
        ),
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Verify every recorded operation and compare every row with what was recorded of it; nothing is changed."""
    from kinerja_cli.actions.audit import verify_store

    store = open_store(tells_clock=False)
    done = verify_store(store, anchor or ())
    rows = sorted((one.as_dict() for one in done.findings), key=lambda row: _WORST_FIRST.index(str(row["severity"])))
    data = {
        "ok": done.ok,
        "operations": done.audit.operations,
        "head": done.audit.hash,
        "first_bad": done.first_bad,
        "anchors": [one.as_dict() for one in done.anchors],
        "findings": rows,
        "sequence": done.audit.sequence,
        "at": done.audit.at,
        "rows": done.audit.rows,
        "closed_periods": done.audit.closed_periods,
    }
    title = _("Audit: all is as it was recorded") if done.ok else _("Audit: not all is as it was recorded")
    show(View(title, _finding_columns(), rows, notes=_notes(done), data=data, on_screen=_few(rows)), output, to)
    if not done.ok:
        raise typer.Exit(Exit.FINDINGS)


def audit_head(
    anchor: Annotated[
        Path | None,
        typer.Option("--anchor", metavar="FILE", help=_("Put it behind the anchors in this file as well.")),
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Show the end of the chain, to be written down or kept outside the store."""
    from kinerja_cli.actions.audit import head, keep_anchor

    found = head(open_store())
    columns = [
        Column("store_id", _("Store")),
        Column("sequence", _("Operation"), "number"),
        Column("hash", _("Hash")),
        Column("at", _("When")),
    ]
    kept = None
    if anchor is not None:
        try:
            kept = keep_anchor(anchor, found)
        except OSError as error:
            refusal = system_refusal(error, anchor)
            if refusal is None:
                raise
            raise refusal from error
    show(View(_("Head of the chain"), columns, [found.as_dict()], single=True), output, to)
    if kept is not None:
        say(
            _("{file} holds {count} anchors. Keep it where whoever writes to the store cannot.").format(
                file=anchor, count=kept
            )
        )


def audit_verifier(
    to: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.py", help=_("The file to write."))],
) -> None:
    """Write a verifier that needs nothing but Python, for an auditor who wants to read it first."""
    from kinerja_cli.actions.audit import write_verifier

    try:
        write_verifier(to)
    except OSError as error:
        refusal = system_refusal(error, to)
        if refusal is None:
            raise
        raise refusal from error
    say(_("Next: python3 {file} STORE, with --anchor FILE for each file of anchors").format(file=to))


def _finding_columns() -> list[Column]:
    return [
        Column("severity", _("Severity"), labels=severities()),
        Column("code", _("Code")),
        Column("operation", _("Operation"), "number", in_table=False),
        Column("table", _("Table"), in_table=False),
        Column("key", _("Row"), in_table=False),
        Column("nip", _("NIP"), "nip", in_table=False),
        Column("name", _("Name"), in_table=False),
        Column("field", _("Field"), in_table=False),
        Column("recorded", _("Recorded"), in_table=False),
        Column("found", _("Found"), in_table=False),
        Column("message", _("What is wrong")),
        Column("fix", _("What to do")),
    ]


def _notes(done: "Verified") -> tuple[str, ...]:
    """How far the chain goes, and what was looked at."""
    audit = done.audit
    notes = [
        _("Operations: {count}; the last is number {sequence} of {at}.").format(
            count=audit.operations, sequence=audit.sequence, at=audit.at or "–"
        ),
        _("Head: {hash}").format(hash=audit.hash),
        _("Rows compared: {rows}; closed periods recomputed: {periods}.").format(
            rows=audit.rows, periods=audit.closed_periods
        ),
    ]
    if done.anchors:
        held = sum(one.judged.state == "holds" for one in done.anchors)
        notes.append(_("Anchors that hold: {held} of {count}.").format(held=held, count=len(done.anchors)))
    elif done.ok:
        notes.append(_("Without --anchor nobody can tell whether the whole chain was rewritten or its end cut off."))
    return tuple(notes)


def _few(rows: Sequence[_Row]) -> list[_Row]:
    """What fits a screen: of each code the first few, and how many more there are."""
    alike: dict[object, list[_Row]] = {}
    for row in rows:
        alike.setdefault(row["code"], []).append(row)
    shown = []
    for same in alike.values():
        few = same if len(same) <= _FEW + 1 else same[:_FEW]
        shown += few
        if len(few) < len(same):
            more = _("… and {count} more like these").format(count=len(same) - len(few))
            see = _("See them all: `{command}`.").format(command="kinerja audit verify -o FILE.xlsx")
            shown.append(dict(same[0]) | {"message": more, "fix": see})
    return shown
