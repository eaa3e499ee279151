"""Keep objections in step with the day on which people received the document they object to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.calendars import load_calendars
from kinerja_cli.domain import objection_problems
from kinerja_cli.domain.deadlines import last_day_to
from kinerja_cli.domain.objections import DECISION_LABELS, Objection, check_succession
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store.objections import change_objection, load_objections
from kinerja_cli.storage.store.periods import StoredPeriod
from kinerja_cli.storage.store.staff import names_by_nip


class ReceiptStands(KinerjaError):
    """An objection was judged by the day of receipt, so that it cannot be taken away, or changed any more."""

    code = "receipt-stands"
    exit = Exit.REFUSED

    def __init__(self, one: Objection, name: str) -> None:
        if one.is_open:
            why = _("objection {number}, filed on {filed}, is not decided yet").format(
                number=one.id, filed=one.filed_on
            )
            hint = _("Give the right day in place of “-”; nothing was saved.")
        else:
            why = _("objection {number} was decided on {day} ({decision})").format(
                number=one.id, day=one.decided_on, decision=_(DECISION_LABELS[one.state])
            )
            hint = _("Leave {nip} out: name the others with --nip. Nothing was saved.").format(nip=one.nip)
        super().__init__(
            _("{name} received the document on {day}, and that day stands: {why}.").format(
                name=name, day=one.received_on, why=why
            ),
            hint,
        )


def follow_receipts(
    operation: Operation,
    period: StoredPeriod,
    units: Mapping[str, str | None],
    received: Mapping[str, date | None],
) -> tuple[Problem, ...]:
    """Judge undecided objections anew by the day of receipt, by NIP, and tell what became of them.

    `units` has the unit whose working days count. Raises ReceiptStands where the day is taken away or the objection
    is decided, and ObjectionDay where it was filed before.
    """
    moved = [
        one
        for one in load_objections(operation.connection, period_code=period.code)
        if one.nip in received and received[one.nip] != date.fromisoformat(one.received_on)
    ]
    return tuple(_followed(operation, moved, units, received)) if moved else ()


def _followed(
    operation: Operation,
    moved: list[Objection],
    units: Mapping[str, str | None],
    received: Mapping[str, date | None],
) -> Iterator[Problem]:
    people = names_by_nip(operation.connection, (one.nip for one in moved))
    calendars = load_calendars(operation.connection)
    for one in moved:
        name, day = people[one.nip].display_name, received[one.nip]
        if day is None or not one.is_open:
            raise ReceiptStands(one, name)
        filed = date.fromisoformat(one.filed_on)
        check_succession((_("the receipt of the document"), day), (_("the objection"), filed))
        last = last_day_to("R9", day, calendars.of_unit(units[one.nip]).last_day)
        late = filed > last
        change_objection(operation, one, replace(one, received_on=day.isoformat(), late=int(late)))
        yield objection_problems.RECEIPT_MOVED.at(
            Place(),
            field="received",
            value=day,
            name=name,
            before=one.received_on,
            last=last,
            number=one.id,
            filed=filed,
            state=_("late") if late else _("in time"),
        )
