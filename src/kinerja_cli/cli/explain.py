"""`kinerja explain`: how a predikat came out, and what a code means."""

from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import predikat_words, rating_labels, severities
from kinerja_cli.errors import UsageError


def explain(
    what: Annotated[
        str, typer.Argument(metavar="NIP|CODE", help=_("A person's NIP, or the code of a problem or error."))
    ],
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("The period, when a NIP is given."))
    ] = None,
    output: Output = None,
    to: To = None,
) -> None:
    """Explain how a predikat came out, with the article; or what a code means."""
    if any(letter.isdigit() for letter in what[:4]):
        _explain_person(what, period, output, to)
    elif period is not None:
        raise UsageError(_("{code} is a code; codes have no period.").format(code=what), _("Leave the period away."))
    else:
        _explain_code(what, output, to)


def _explain_person(nip: str, period: str | None, output: Output, to: To) -> None:
    from kinerja_cli.actions.explain import explain_person
    from kinerja_cli.actions.scores import frozen_regulation

    if period is None:
        raise UsageError(_("The period is missing."), _("For example: kinerja explain NIP 2026-Q1"))
    store = open_store()
    found = dict(explain_person(store, nip, period))
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
    ]
    beside = ("spans", "final", "final_rule", "carried_from", "parts", "objections")
    promised = {one.key: found[one.key] for one in columns} | {key: found[key] for key in beside}
    show(View(_("How the predikat came out"), columns, [found], single=True, data=promised), output, to)


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
