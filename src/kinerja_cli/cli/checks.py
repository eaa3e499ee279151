"""`kinerja check`: every rule that can be broken, with whom it is about and the command that mends it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.options import AsOf, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import severities
from kinerja_cli.errors import Exit, Severity

if TYPE_CHECKING:
    from kinerja_cli.domain.check_facts import Flaw

_Row = Mapping[str, object]
_FEW = 3
_WORST_FIRST = (str(Severity.ERROR), str(Severity.WARNING), str(Severity.NOTE))


def check(
    period: Annotated[
        str | None,
        typer.Argument(metavar="[PERIOD]", help=_("The period; without it, people and every open period.")),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help=_("Only this rule; may be given again."))
    ] = None,
    as_of: AsOf = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Look for every rule that can be broken, and for the patterns auditors look for; nothing is changed."""
    from kinerja_cli.actions.checks import check_store

    store = open_store()
    day = today(store) if as_of is None else read_calendar_day(as_of, "--as-of")
    found = check_store(store, period, only=only or (), as_of=day)
    rows = sorted((_row(flaw) for flaw in found.flaws), key=lambda row: _WORST_FIRST.index(str(row["severity"])))
    looked_at = ", ".join(found.periods) or _("people and units alone")
    notes = [_("Looked at: {periods}").format(periods=looked_at)]
    notes += [
        _("{label}: {count}").format(label=severities()[severity], count=count)
        for severity, count in Counter(str(row["severity"]) for row in rows).items()
    ]
    of = {"period": found.periods[0] if len(found.periods) == 1 else None}
    show(View(_("Checks"), _columns(), rows, notes=tuple(notes), on_screen=_few(rows), of=of), output, to)
    if found.has_errors:
        raise typer.Exit(Exit.FINDINGS)


def _row(flaw: "Flaw") -> dict[str, object]:
    problem = flaw.problem
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "nip": flaw.nip,
        "unit_code": flaw.unit_code,
        "period": flaw.period,
        "message": problem.message,
        "fix": problem.fix,
    }


def _few(rows: Sequence[_Row]) -> list[_Row]:
    """What fits a screen: of each rule in each period the first few, and how many more there are."""
    alike: dict[tuple[object, object, object], list[_Row]] = {}
    for row in rows:
        alike.setdefault((row["severity"], row["code"], row["period"]), []).append(row)
    shown = []
    for (_severity, code, period), same in alike.items():
        # A line that says "1 more" would take the place of the one.
        few = same if len(same) <= _FEW + 1 else same[:_FEW]
        shown += few
        if len(few) < len(same):
            command = " ".join(filter(None, ("kinerja check", str(period or ""), f"--only {code} -o FILE.xlsx")))
            more = _("… and {count} more like these").format(count=len(same) - len(few))
            shown.append(
                dict(same[0]) | {"message": more, "fix": _("See them all: `{command}`.").format(command=command)}
            )
    return shown


def _columns() -> list[Column]:
    return [
        Column("severity", _("Severity"), labels=severities()),
        Column("code", _("Code")),
        Column("nip", _("NIP"), "nip", in_table=False),
        Column("unit_code", _("Unit code"), in_table=False),
        Column("period", _("Period"), in_table=False),
        Column("message", _("What is wrong")),
        Column("fix", _("What to do")),
    ]
