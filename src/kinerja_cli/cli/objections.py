"""`kinerja objection`: objections (keberatan) to results, and what was decided on them."""

from collections.abc import Mapping
from gettext import gettext as _
from typing import Annotated

import typer

from kinerja_cli.cli.inputs import read_day
from kinerja_cli.cli.messages import show_problems
from kinerja_cli.cli.options import DryRun, NipArgument, Output, PeriodArgument, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note, objection_states, predikat_labels, rating_labels
from kinerja_cli.errors import UsageError


def objection_file(
    nip: NipArgument,
    period: PeriodArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("The reasons the person gives."))],
    received: Annotated[
        str | None,
        typer.Option("--received", metavar="DATE", help=_("When the person received the document, if not on record.")),
    ] = None,
    filed: Annotated[
        str | None, typer.Option("--filed", metavar="DATE", help=_("When it was handed in; today by default."))
    ] = None,
    record_anyway: Annotated[
        bool, typer.Option("--record-anyway", help=_("Keep it on record as late, after the last day."))
    ] = False,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record an objection: up to 14 working days after the document was received."""
    from kinerja_cli.actions.objections import file_objection

    store = open_store()
    done = file_objection(
        store,
        nip,
        period,
        today=today(store),
        reason=reason,
        received=read_day(received, "--received") if received is not None else None,
        filed=read_day(filed, "--filed") if filed is not None else None,
        record_anyway=record_anyway,
        dry_run=dry_run,
    )
    show_problems(done.problems)
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("id", _("No."), "number"),
        *_who(),
        Column("received", _("Document received"), "date"),
        Column("filed", _("Filed"), "date"),
        Column("last_day", _("Last day to file"), "date"),
        Column("late", _("Late"), labels=_truth()),
        Column("decide_by", _("Decision due by"), "date"),
        Column("predikat", _("Predikat"), labels=predikat_labels()),
        Column("reason", _("Reasons")),
    ]
    data = done.as_dict()
    show(View(_("Objection"), columns, [data], single=True, data=data, notes=dry_run_note(dry_run)), output)


def objection_decide(
    what: Annotated[str, typer.Argument(metavar="ID|NIP", help=_("The number of the objection, or a NIP."))],
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("The period, when a NIP is given."))
    ] = None,
    upheld: Annotated[bool, typer.Option("--upheld", help=_("The result stands."))] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help=_("The result is changed to a new pair of ratings."))
    ] = False,
    explanation: Annotated[
        str, typer.Option("--explanation", metavar="TEXT", help=_("Why it was decided so; required."))
    ] = "",
    hasil: Annotated[
        str | None, typer.Option("--hasil", "--result", metavar="VALUE", help=_("The new rating of hasil."))
    ] = None,
    perilaku: Annotated[
        str | None, typer.Option("--perilaku", "--behaviour", metavar="VALUE", help=_("The new rating of perilaku."))
    ] = None,
    skp: Annotated[
        str | None, typer.Option("--skp", metavar="N", help=_("SKP score 0-120 (numeric regulation)."))
    ] = None,
    perilaku_score: Annotated[
        str | None, typer.Option("--perilaku-score", metavar="N", help=_("Perilaku score 0-120 (numeric regulation)."))
    ] = None,
    innovation: Annotated[
        bool, typer.Option("--innovation", help=_("The person made an innovation (numeric regulation)."))
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NIP", help=_("Who decided: the assessor's superior."))
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help=_("When it was decided; today by default."))
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Record the decision on an objection: upheld, or changed to new ratings."""
    from kinerja_cli.actions.objections import decide_objection

    if upheld == changed:
        raise UsageError(
            _("Say how it was decided: either --upheld or --changed."),
            _("With --changed give the new ratings, such as --hasil sesuai --perilaku diatas."),
        )
    store = open_store()
    done = decide_objection(
        store,
        what,
        period,
        today=today(store),
        changed=changed,
        explanation=explanation,
        hasil=hasil,
        perilaku=perilaku,
        skp=skp,
        perilaku_score=perilaku_score,
        innovation=innovation,
        by=by,
        on=read_day(date, "--date") if date is not None else None,
        dry_run=dry_run,
    )
    show_problems(done.problems)
    data = done.as_dict()
    row = data | {"before_spoken": _spoken(data["before"]), "after_spoken": _spoken(data["after"])}
    columns = [
        Column("operation", _("Operation"), "number"),
        Column("id", _("No."), "number"),
        *_who(),
        Column("decision", _("Decision"), labels=objection_states()),
        Column("decided", _("Decided"), "date"),
        Column("decided_by", _("Decided by"), "nip"),
        Column("decide_by", _("Decision due by"), "date"),
        Column("late", _("Late"), labels=_truth()),
        Column("before_spoken", _("Result before")),
        Column("after_spoken", _("Result after")),
        Column("explanation", _("Explanation")),
    ]
    show(View(_("Decision"), columns, [row], single=True, data=data, notes=dry_run_note(dry_run)), output)


def objection_list(
    period: Annotated[
        str | None, typer.Argument(metavar="[PERIOD]", help=_("One period; all of them if left away."))
    ] = None,
    undecided: Annotated[bool, typer.Option("--open", help=_("Only those that wait for their decision."))] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """List objections with their days and decisions."""
    from kinerja_cli.actions.objections_shown import list_objections
    from kinerja_cli.domain.periods import parse_period

    rows = list_objections(open_store(), period, undecided=undecided)
    of = {"period": None if period is None else parse_period(period).code}
    show(View(_("Objections"), _columns(), rows, data=rows, of=of), output, to)


def objection_show(
    number: Annotated[str, typer.Argument(metavar="ID", help=_("The number of the objection."))],
    output: Output = None,
    to: To = None,
) -> None:
    """Show one objection: reasons, explanation, the result before and after."""
    from kinerja_cli.actions.objections_shown import show_objection

    found = show_objection(open_store(), number)
    row = found | {"before_spoken": _spoken(found["before"]), "after_spoken": _spoken(found["after"])}
    columns = [
        *_columns(whole=True),
        Column("before_spoken", _("Result before"), in_export=False),
        Column("after_spoken", _("Result after"), in_export=False),
    ]
    title = _("Objection {number}").format(number=found["id"])
    show(View(title, columns, [row], single=True, data=found), output, to)


def _columns(*, whole: bool = False) -> list[Column]:
    """The columns of objections; a list leaves the long texts out on a screen."""
    predikat = predikat_labels()
    return [
        Column("id", _("No."), "number"),
        *_who(),
        Column("state", _("State"), labels=objection_states()),
        Column("received", _("Document received"), "date", in_table=whole),
        Column("filed", _("Filed"), "date"),
        Column("last_day", _("Last day to file"), "date", in_table=whole),
        Column("late", _("Late"), labels=_truth(), in_table=whole),
        Column("decide_by", _("Decision due by"), "date"),
        Column("decided", _("Decided"), "date"),
        Column("decided_by", _("Decided by"), "nip", in_table=whole),
        Column("decided_late", _("Decided late"), labels=_truth(), in_table=whole),
        Column("reason", _("Reasons"), in_table=whole),
        Column("explanation", _("Explanation"), in_table=whole),
        Column("predikat", _("Predikat"), labels=predikat),
        Column("new_predikat", _("New predikat"), labels=predikat),
    ]


def _who() -> list[Column]:
    return [Column("nip", _("NIP"), "nip"), Column("name", _("Name")), Column("period", _("Period"))]


def _truth() -> dict[object, str]:
    return {True: _("yes"), False: _("no")}


def _spoken(rating: object) -> str:
    """A result in one line: both ratings or scores, and the predikat."""
    if not isinstance(rating, Mapping):
        return ""
    words = rating_labels()
    parts = [words[rating[key]] for key in ("hasil", "perilaku") if rating[key] is not None]
    parts += [str(rating[key]) for key in ("skp", "perilaku_score") if rating[key] is not None]
    return f"{' / '.join(parts)}: {predikat_labels()[rating['predikat']]}"
