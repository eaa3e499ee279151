"""`kinerja unit acting`, `kinerja staff delegate`, `kinerja staff exclude`: what holds for a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.messages import show_problems
from kinerja_cli.cli.options import DryRun, EndOn, From, Output, To, Until
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.arrangements import Arranged, Arrangement
    from kinerja_cli.domain.history import Acting, Delegation, Exclusion


_ACTING_KINDS: dict[object, str] = {"plt": "Plt.", "plh": "Plh."}


class ActingKind(StrEnum):
    """Plt. for a vacant post, Plh. for an absent holder."""

    PLT = "plt"
    PLH = "plh"


def unit_acting(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help=_("The unit; without it, all are listed."))] = None,
    nip: Annotated[str | None, typer.Option("--nip", metavar="NIP", help=_("Who leads it for the time."))] = None,
    kind: Annotated[
        ActingKind, typer.Option("--kind", help=_("plt for a vacant post, plh for an absent holder."))
    ] = ActingKind.PLT,
    starts: From = None,
    ends: Until = None,
    end: EndOn = None,
    dry_run: DryRun = False,
    output: Output = None,
    to: To = None,
) -> None:
    """Say who leads a unit for a time (Plt., Plh.), end that, or list it."""
    from kinerja_cli.actions.arrangements import appoint_acting, end_arrangement, list_arrangements
    from kinerja_cli.domain.history import Acting

    store = open_store()
    day = today(store)
    _one_wish(nip, end)
    if nip is None and end is None:
        _listed(_("Acting officials"), _acting_columns(), list_arrangements(store, Acting, code), output, to)
        return
    unit = _named(code, _("unit"), "CODE")
    if end is not None:
        last = read_calendar_day(end, "--end")
        done = end_arrangement(store, Acting, unit, last=last, today=day, dry_run=dry_run)
    else:
        done = appoint_acting(
            store,
            unit,
            str(nip),
            kind.value,
            starts=_day(starts, "--from", day),
            ends=_last(ends),
            today=day,
            dry_run=dry_run,
        )
    _done(_("Acting official"), _acting_columns(), done, output, dry_run=dry_run)


def staff_delegate(
    nip: Annotated[str | None, typer.Argument(metavar="NIP", help=_("The assessor; without, all are listed."))] = None,
    delegate_to: Annotated[str | None, typer.Option("--to", metavar="NIP", help=_("Who rates in their place."))] = None,
    ratee: Annotated[
        str | None, typer.Option("--for", metavar="NIP", help=_("Only for this person; '*' is all."))
    ] = None,
    starts: From = None,
    ends: Until = None,
    end: EndOn = None,
    dry_run: DryRun = False,
    output: Output = None,
    to: To = None,
) -> None:
    """Hand an assessor's authority to another official for a time, end that, or list it."""
    from kinerja_cli.actions.arrangements import delegate, end_arrangement, list_arrangements
    from kinerja_cli.domain.history import Delegation

    store = open_store()
    day = today(store)
    _one_wish(delegate_to, end)
    if delegate_to is None and end is None:
        _listed(_("Delegations"), _delegation_columns(), list_arrangements(store, Delegation, nip), output, to)
        return
    assessor = _named(nip, _("assessor"), "NIP")
    if end is not None:
        last = read_calendar_day(end, "--end")
        done = end_arrangement(store, Delegation, assessor, last=last, today=day, ratee=ratee, dry_run=dry_run)
    else:
        done = delegate(
            store,
            assessor,
            str(delegate_to),
            ratee=ratee,
            starts=_day(starts, "--from", day),
            ends=_last(ends),
            today=day,
            dry_run=dry_run,
        )
    _done(_("Delegation"), _delegation_columns(), done, output, dry_run=dry_run)


def staff_exclude(
    nip: Annotated[str | None, typer.Argument(metavar="NIP", help=_("The person; without, all are listed."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Why; it is shown."))] = None,
    starts: From = None,
    ends: Until = None,
    end: EndOn = None,
    dry_run: DryRun = False,
    output: Output = None,
    to: To = None,
) -> None:
    """Leave a person out of appraisal for a time, end that, or list who is left out."""
    from kinerja_cli.actions.arrangements import end_arrangement, exclude, list_arrangements
    from kinerja_cli.domain.history import Exclusion

    store = open_store()
    day = today(store)
    _one_wish(reason, end)
    if reason is None and end is None:
        _listed(_("Left out of appraisal"), _exclusion_columns(), list_arrangements(store, Exclusion, nip), output, to)
        return
    person = _named(nip, _("person"), "NIP")
    if end is not None:
        last = read_calendar_day(end, "--end")
        done = end_arrangement(store, Exclusion, person, last=last, today=day, dry_run=dry_run)
    else:
        done = exclude(
            store,
            person,
            str(reason),
            starts=_day(starts, "--from", day),
            ends=_last(ends),
            today=day,
            dry_run=dry_run,
        )
    _done(_("Left out of appraisal"), _exclusion_columns(), done, output, dry_run=dry_run)


def acting_notes(changes: Iterable[Mapping[str, object]], *, most: int) -> Iterator[str]:
    """What a roster changed of those who act for a time, in sentences, `most` of them."""
    rows = list(changes)
    told = {
        "new": _("Acting: {kind} {name} ({nip}) for {unit}, {days}"),
        "changed": _("Acting, changed: {kind} {name} ({nip}) for {unit}, {days}"),
        "ended": _("Acting, ended: {kind} {name} ({nip}) for {unit}, {days}"),
    }
    for row in rows[:most]:
        days = _("since {starts}") if row["ends"] is None else _("{starts} to {ends}")
        shown = {"kind": _ACTING_KINDS[row["kind"]], "days": days.format(**row)}
        yield told[str(row["change"])].format(**{**row, **shown})
    if len(rows) > most:
        yield _("… and {count} more who act (see them all with --format json)").format(count=len(rows) - most)


def _one_wish(begins: str | None, end: str | None) -> None:
    """Either something begins, or something ends."""
    if begins is not None and end is not None:
        raise UsageError(
            _("--end ends what runs; it does not go with what is to begin."), _("Run the command once for each.")
        )


def _named(subject: str | None, what: str, metavar: str) -> str:
    if subject is None:
        raise UsageError(
            _("Which {what} is missing.").format(what=what), _("Give {metavar} first.").format(metavar=metavar)
        )
    return subject


def _day(text: str | None, option: str, default: date) -> date:
    return default if text is None else read_calendar_day(text, option)


def _last(text: str | None) -> date | None:
    return None if text is None else read_calendar_day(text, "--until")


def _days() -> list[Column]:
    return [Column("starts", _("From"), "date"), Column("ends", _("Until"), "date")]


def _acting_columns() -> list[Column]:
    return [
        Column("unit_code", _("Unit code")),
        Column("nip", _("NIP"), "nip"),
        Column("kind", _("Kind"), labels=_ACTING_KINDS),
        *_days(),
    ]


def _delegation_columns() -> list[Column]:
    everybody: dict[object, str] = {"*": _("all whom they rate")}
    return [
        Column("assessor_nip", _("Assessor's NIP"), "nip"),
        Column("delegate_nip", _("Rates in their place"), "nip"),
        Column("ratee", _("For"), labels=everybody),
        *_days(),
    ]


def _exclusion_columns() -> list[Column]:
    return [Column("nip", _("NIP"), "nip"), Column("reason", _("Reason")), *_days()]


def _listed(title: str, columns: list[Column], records: "Sequence[Arrangement]", output: Output, to: To) -> None:
    show(View(title, columns, [asdict(one) for one in records]), output, to)


def _done(
    title: str,
    columns: list[Column],
    done: "Arranged[Acting] | Arranged[Delegation] | Arranged[Exclusion]",
    output: Output,
    *,
    dry_run: bool,
) -> None:
    shown = [Column("operation", _("Operation"), "number"), *columns]
    row = {"operation": done.operation, **asdict(done.record)}
    show_problems(done.problems)
    data = row | {"problems": [one.as_dict() for one in done.problems]}
    show(View(title, shown, [row], single=True, data=data, notes=dry_run_note(dry_run)), output)
