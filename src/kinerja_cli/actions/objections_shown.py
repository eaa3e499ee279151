"""Objections as they are listed and shown, with the days that follow from theirs."""

from datetime import date
from gettext import gettext as _

from kinerja_cli.actions.calendars import load_calendars
from kinerja_cli.actions.lookup import require_appraisal, require_period
from kinerja_cli.actions.ratings_given import stored_value
from kinerja_cli.domain.deadlines import last_day_to
from kinerja_cli.domain.objections import Objection
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.objections import find_objection, load_objections
from kinerja_cli.storage.store.staff import names_by_nip

_LONGEST_NUMBER = 9
"""Digits of an objection's number; a NIP has 18."""


class ObjectionUnknown(KinerjaError):
    """There is no such objection."""

    code = "objection-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, what: str) -> None:
        super().__init__(
            _("There is no objection {what}.").format(what=what), _("See them all with `kinerja objection list`.")
        )


def list_objections(
    store: Store, period_code: str | None = None, *, undecided: bool = False
) -> list[dict[str, object]]:
    """Objections in the order in which they were filed: all, of a period, those that wait for their decision."""
    with store.reading() as connection:
        code = None if period_code is None else require_period(connection, period_code).code
        return objections_shown(connection, load_objections(connection, period_code=code, undecided=undecided))


def show_objection(store: Store, number: str) -> dict[str, object]:
    """One objection with everything on record about it."""
    with store.reading() as connection:
        return objections_shown(connection, [objection_by_number(connection, number)])[0]


def objections_of(connection: Connection, nip: str, period_code: str | None = None) -> list[dict[str, object]]:
    """The objections of a person, of one period or of all."""
    return objections_shown(connection, load_objections(connection, nip=nip, period_code=period_code))


def objections_shown(connection: Connection, objections: list[Objection]) -> list[dict[str, object]]:
    """Objections as lists show them, with the days that follow from theirs."""
    if not objections:
        return []
    people = names_by_nip(connection, (one.nip for one in objections))
    calendars = load_calendars(connection)
    shown = []
    for one in objections:
        person = people[one.nip]
        appraisal = require_appraisal(connection, person, require_period(connection, one.period_code))
        last_day = calendars.of_unit(appraisal.unit_code).last_day
        shown.append(
            {
                "id": one.id,
                "nip": one.nip,
                "name": person.display_name,
                "period": one.period_code,
                "state": one.state,
                "received": one.received_on,
                "filed": one.filed_on,
                "last_day": last_day_to("R9", date.fromisoformat(one.received_on), last_day).isoformat(),
                "late": bool(one.late),
                "decide_by": one.decide_by(last_day).isoformat(),
                "decided": one.decided_on,
                "decided_by": one.decided_by,
                "decided_late": one.is_decided_late(last_day) if one.decided_on else None,
                "reason": one.reason,
                "explanation": one.explanation,
                "predikat": one.predikat,
                "new_predikat": one.new_predikat,
                "before": rating_of(one),
                "after": rating_of(one, new=True) if one.decision == "changed" else None,
            }
        )
    return shown


def objection_by_number(connection: Connection, text: str) -> Objection:
    """The objection of a number as typed."""
    number = text.strip()
    if not (number.isascii() and number.isdigit()) or len(number) > _LONGEST_NUMBER:
        raise UsageError(
            _("{value} is no number of an objection.").format(value=text),
            _("Give its number, or a NIP and a period. `kinerja objection list` shows them."),
        )
    found = find_objection(connection, int(number))
    if found is None:
        raise ObjectionUnknown(number)
    return found


def rating_of(one: Objection, *, new: bool = False) -> dict[str, object]:
    """The result objected to, or the one that was decided."""
    if new:
        values = (one.new_hasil, one.new_perilaku, one.new_skp, one.new_perilaku_score, one.new_predikat)
    else:
        values = (one.hasil, one.perilaku, one.skp, one.perilaku_score, one.predikat)
    hasil, perilaku, skp, score, predikat = values
    return {
        "hasil": hasil,
        "perilaku": perilaku,
        "skp": stored_value(skp),
        "perilaku_score": stored_value(score),
        "predikat": predikat,
    }
