"""`kinerja explain`: how a predikat came out, and what a code means."""

from datetime import date
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import predikat_words, rating_labels, severities, standings
from kinerja_cli.errors import UsageError

_MORE = (
    "spans",
    "changed_since",
    "assessor_nip",
    "assessor",
    "assessor_rule",
    "assessed",
    "out_on",
    "out_reason",
    "organisation",
    "organisation_unit_code",
    "organisation_from",
    "organisation_period",
    "suggested_hasil",
    "final",
    "final_rule",
    "carried_from",
    "parts",
    "parts_out",
    "objections",
)
"""What scripts get beside what people see; for these the steps have sentences."""


def explain(
    what: Annotated[
        str, typer.Argument(metavar="NIP|CODE", help=_("A person's NIP, or the code of a problem or error."))
    ],
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("The period, when a NIP is given."))
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("Who rates the person on that day, and by which rule."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Explain how a predikat came out, with the article; who rates a person; or what a code means."""
    if any(letter.isdigit() for letter in what[:4]):
        if on is not None and period is not None:
            raise UsageError(
                _("A period and --on do not go together."),
                _("Ask for the one or the other: --on tells who rates that day."),
            )
        if on is not None:
            _explain_rater(what, read_calendar_day(on, "--on"), output, to)
        else:
            _explain_person(what, period, output, to)
    elif period is not None:
        raise UsageError(_("{code} is a code; codes have no period.").format(code=what), _("Leave the period away."))
    else:
        _explain_code(what, output, to)


def _explain_person(nip: str, period: str | None, output: Output, to: To) -> None:
    from kinerja_cli.actions.explain import explain_person
    from kinerja_cli.actions.scores import frozen_regulation

    if period is None:
        raise UsageError(
            _("The period is missing."), _("For example: kinerja explain NIP 2026-Q1, or kinerja explain NIP --on DATE")
        )
    store = open_store()
    found = dict(explain_person(store, nip, period, today=today(store)))
    columns = [
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("period", _("Period")),
        Column("regulation", _("Regulation")),
        Column("hasil", _("Hasil kerja"), labels=rating_labels()),
        Column("perilaku", _("Perilaku kerja"), labels=rating_labels()),
        Column("predikat", _("Predikat"), labels=predikat_words(frozen_regulation(store, period))),
        Column("cell", _("Cell")),
        Column("source", _("Source")),
        Column("steps", _("Steps"), "list"),
        Column("assessed", _("Assessor")),
    ]
    promised = {one.key: found[one.key] for one in columns} | {name: found[name] for name in _MORE}
    show(View(_("How the predikat came out"), columns, [found], single=True, data=promised), output, to)


def _explain_rater(nip: str, day: date, output: Output, to: To) -> None:
    from kinerja_cli.actions.explain import explain_rater

    columns = [
        Column("nip", _("NIP"), "nip"),
        Column("name", _("Name")),
        Column("on", _("On"), "date"),
        Column("status", _("Standing"), labels=standings()),
        Column("excluded", _("Left out of appraisal")),
        Column("unit", _("Unit")),
        Column("assessor_nip", _("Assessor's NIP"), "nip"),
        Column("assessor", _("Assessor")),
        Column("source", _("Rule")),
        Column("superior_nip", _("Superior's NIP"), "nip"),
        Column("superior", _("Assessor's superior")),
        Column("superior_source", _("Superior's rule")),
    ]
    found = explain_rater(open_store(), nip, day)
    show(View(_("Who rates"), columns, [found], single=True, data=found), output, to)


def _explain_code(code: str, output: Output, to: To) -> None:
    from kinerja_cli.actions.explain import explain_code

    found = dict(explain_code(code))
    columns = [
        Column("code", _("Code")),
        Column("severity", _("Severity"), labels=severities()),
        Column("exit", _("Exit code"), "number"),
        Column("message", _("What it says")),
        Column("fix", _("What to do")),
        Column("meaning", _("Meaning")),
    ]
    show(View(code, columns, [found], single=True), output, to)
