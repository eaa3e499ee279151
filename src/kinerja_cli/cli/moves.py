"""`kinerja report missing`: who waits for which step, whose move it is, and messages to remind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.inputs import read_calendar_day
from kinerja_cli.cli.options import AsOf, Output, PeriodArgument, To, UnitOption
from kinerja_cli.cli.render import show
from kinerja_cli.cli.store import open_store, today
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import closed_note, deadline_states

if TYPE_CHECKING:
    from kinerja_cli.storage.store import Store

_Row = Mapping[str, object]


class By(StrEnum):
    """Whose people stand together."""

    ASSESSOR = "assessor"
    UNIT = "unit"


class Steps(StrEnum):
    """Which steps are looked at."""

    RATING = "rating"
    ALL = "all"


def report_missing(
    period: PeriodArgument,
    unit: UnitOption = None,
    by: Annotated[By, typer.Option("--by", help=_("Whose people stand together."))] = By.ASSESSOR,
    steps: Annotated[
        Steps,
        typer.Option("--steps", help=_("Only who is not rated, or also documents and objections that are due.")),
    ] = Steps.RATING,
    as_of: AsOf = None,
    text: Annotated[
        bool,
        typer.Option(
            "--text", help=_("Write messages to paste, one to each who must act, or with --by unit to each unit.")
        ),
    ] = False,
    output: Output = None,
    to: To = None,
) -> None:
    """List who is not rated yet: which step, who must act, since when, until when."""
    from kinerja_cli.actions.moves import is_closed, missing
    from kinerja_cli.domain.periods import parse_period

    store = open_store()
    code = parse_period(period).code
    day = read_calendar_day(as_of, "--as-of") if as_of is not None else today(store)
    every_step = steps is Steps.ALL
    if text:
        show(_messages(store, code, day, unit, by, every_step=every_step), output, to)
        return
    rows = missing(store, code, as_of=day, unit=unit, by=by.value, every_step=every_step)
    title = _("Missing ratings {period}") if not every_step else _("What {period} waits for")
    counts = _counts(rows, by)
    headings = {_group(by, row): _heading(row) for row in counts}
    view = View(
        title.format(period=code),
        _columns(by),
        rows,
        subtitle=_("on {day}").format(day=day.isoformat()),
        notes=_total(rows, code, closed=is_closed(store, code)),
        group=lambda row: headings[_group(by, row)],
        beside=(_counted(counts, by),) if rows else (),
        of={"period": code, "unit": unit},
    )
    show(view, output, to)


def _columns(by: By) -> list[Column]:
    """All that scripts get; people see by whom or what the rows stand together in the headings between them."""
    return [
        Column("assessor_nip", _("Assessor's NIP"), "nip", in_table=False),
        Column("assessor", _("Assessor"), in_table=by is By.UNIT, wide=True),
        Column("nip", _("NIP"), "nip", in_table=False),
        Column("name", _("Name")),
        Column("unit_code", _("Unit code"), in_table=False, in_workbook=False),
        Column("unit", _("Unit"), in_table=by is By.ASSESSOR, wide=True),
        Column("position", _("Position"), in_table=False),
        Column("step", _("Step"), in_table=False),
        Column("short", _("Waits for"), in_export=False),
        Column("what", _("What waits"), in_table=False),
        Column("actor_nip", _("NIP of who must act"), "nip", in_table=False),
        Column("actor", _("Who must act")),
        Column("since", _("Since"), "date", in_table=False),
        Column("until", _("Until"), "date"),
        Column("state", _("State"), labels=deadline_states()),
    ]


def _group(by: By, row: _Row) -> tuple[object, ...]:
    """What a row stands together with others by."""
    return (row["assessor_nip"], row["assessor"]) if by is By.ASSESSOR else (row["unit_code"],)


def _counts(rows: Sequence[_Row], by: By) -> list[dict[str, object]]:
    """How many people of each assessor or unit wait, how many of them too long already, and the next last day."""
    found: dict[tuple[object, ...], list[_Row]] = {}
    for row in rows:
        found.setdefault(_group(by, row), []).append(row)
    counts: list[dict[str, object]] = []
    for group in found.values():
        ahead = [str(row["until"]) for row in group if row["until"] and row["state"] != "late"]
        counts.append(
            {key: group[0][key] for key in ("assessor_nip", "assessor", "unit_code", "unit")}
            | {
                "name": (group[0]["assessor"] if by is By.ASSESSOR else group[0]["unit"]) or _("no unit"),
                "people": len({row["nip"] for row in group}),
                "late": len({row["nip"] for row in group if row["state"] == "late"}),
                "until": min(ahead, default=None),
            }
        )
    return counts


def _heading(row: _Row) -> str:
    """What people read above the rows of a group."""
    if row["late"]:
        return _("{name} · people: {people}, late: {late}").format(**row)
    return _("{name} · people: {people}").format(**row)


def _counted(counts: Sequence[dict[str, object]], by: By) -> View:
    """The groups on a sheet of their own."""
    columns = [
        Column("assessor_nip", _("Assessor's NIP"), "nip", in_workbook=by is By.ASSESSOR),
        Column("unit_code", _("Unit code"), in_workbook=by is By.UNIT),
        Column("name", _("Assessor") if by is By.ASSESSOR else _("Unit")),
        Column("people", _("People"), "number"),
        Column("late", _("Late"), "number"),
        Column("until", _("Next last day"), "date"),
    ]
    return View(_("By assessor") if by is By.ASSESSOR else _("By unit"), columns, counts)


def _total(rows: Sequence[_Row], code: str, *, closed: bool) -> tuple[str, ...]:
    if not rows:
        return ()
    from kinerja_cli.domain.moves import RATING

    late = len({row["nip"] for row in rows if row["state"] == "late"})
    people = len({row["nip"] for row in rows})
    notes = [_("People: {people}, late: {late}").format(people=people, late=late)]
    if closed and any(row["step"] in RATING for row in rows):
        notes.append(closed_note(code))
    return tuple(notes)


def _messages(store: "Store", code: str, day: date, unit: str | None, by: By, *, every_step: bool) -> View:
    """The messages to paste; nothing is sent anywhere."""
    from kinerja_cli.actions.reminders import reminders
    from kinerja_cli.domain.reminders import SEPARATOR

    found = reminders(store, code, as_of=day, unit=unit, by=by.value, every_step=every_step)
    notes = [_("Messages: {count}. Nothing was sent.").format(count=len(found.messages))]
    if found.messages and found.closed:
        notes.append(closed_note(code))
    if found.unheard:
        notes.append(
            _(
                "In no message, since nobody is known who must act: {count} (see `kinerja report missing {period}`)."
            ).format(count=found.unheard, period=code)
        )
    columns = [
        Column("actor_nip", _("NIP of who must act"), "nip"),
        Column("actor", _("Who must act")),
        Column("text", _("Message")),
    ]
    return View(
        _("Messages {period}").format(period=code),
        columns,
        found.messages,
        notes=tuple(notes),
        data=list(found.messages),
        text=f"\n\n{SEPARATOR}\n\n".join(str(one["text"]) for one in found.messages),
        people=found.nips,
        of={"period": code, "unit": unit},
    )
