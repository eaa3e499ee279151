"""What to write to everybody who must act in a period, or to whoever leads the units: messages ready to paste."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kinerja_cli.actions.moves import By, is_closed, missing
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.history import History
from kinerja_cli.domain.moves import RATING
from kinerja_cli.domain.periods import parse_period, period_title
from kinerja_cli.domain.reminders import Addressee, Errand, Waiting, reminder, unit_reminder
from kinerja_cli.domain.staff import Employee
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.settings import load_settings

_Row = Mapping[str, object]
_UNDATED = "no day"
"""What stands in the place of a day that nothing asks for; behind every day."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """Messages with whom they are for and whom they are about; `unheard` counts people for whom nobody can act.

    `nips` are the people whom the messages name. `closed` says that they ask for ratings which cannot be taken before
    the period is opened again.
    """

    messages: tuple[dict[str, object], ...]
    unheard: int
    nips: tuple[str, ...] = ()
    closed: bool = False


def reminders(
    store: Store,
    period_code: str,
    *,
    as_of: date,
    unit: str | None = None,
    by: By = "assessor",
    every_step: bool = False,
) -> Reminders:
    """A message for everybody who must act, or one for each unit; the steps are those of `missing`."""
    rows = missing(store, period_code, as_of=as_of, unit=unit, by=by, every_step=every_step)
    shut = is_closed(store, period_code)
    closed = shut and any(row["step"] in RATING for row in rows)
    with store.reading() as connection:
        agency = read_agency(load_settings(connection)).name
        history = load_history(connection)
    period = period_title(parse_period(period_code))
    if by == "unit":
        leaders = _leaders(history, as_of)
        found = tuple(_to_unit(one, history.staff, leaders, period, agency, shut=shut) for one in _by_unit(rows))
        return Reminders(found, 0, _nips(rows), closed)
    unheard = {row["nip"] for row in rows if row["actor"] is None}
    found = tuple(_to_actor(one, history.staff, period, agency, shut=shut) for one in _by_actor(rows))
    return Reminders(found, len(unheard), _nips(row for row in rows if row["actor"] is not None), closed)


def _nips(rows: Iterable[_Row]) -> tuple[str, ...]:
    return tuple(sorted({str(row["nip"]) for row in rows}))


def _by_actor(rows: Iterable[_Row]) -> list[list[_Row]]:
    """The steps of each who must act, by name."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        if row["actor"] is not None:
            found.setdefault((str(row["actor"]), str(row["actor_nip"] or "")), []).append(row)
    return [found[key] for key in sorted(found)]


def _by_unit(rows: Iterable[_Row]) -> list[list[_Row]]:
    """The steps of each unit, in the order of the units."""
    found: dict[object, list[_Row]] = {}
    for row in rows:
        found.setdefault(row["unit_code"], []).append(row)
    return list(found.values())


def _to_actor(
    rows: Sequence[_Row], staff: Mapping[str, Employee], period: str, agency: str, *, shut: bool
) -> dict[str, object]:
    """The message to somebody about all they must do."""
    nip, name = rows[0]["actor_nip"], str(rows[0]["actor"])
    person = staff.get(str(nip))
    to = Addressee(name) if person is None else Addressee(name, person.position, person.sex)
    text = reminder(to, period, _errands(rows, shut=shut), agency)
    return {"actor_nip": nip, "actor": name, "text": text, "people": _people(rows)}


def _to_unit(
    rows: Sequence[_Row],
    staff: Mapping[str, Employee],
    leaders: Mapping[str, str],
    period: str,
    agency: str,
    *,
    shut: bool,
) -> dict[str, object]:
    """The message to whoever leads a unit about all that its people wait for."""
    code, unit = rows[0]["unit_code"], str(rows[0]["unit"] or "yang belum mempunyai unit kerja")
    nip = leaders.get(str(code))
    head = staff.get(nip or "")
    if head is not None:
        to = Addressee(head.display_name, head.position, head.sex)
    else:
        # People without a unit are the agency's own to place.
        to = Addressee(f"Pimpinan {agency if code is None else unit}", is_person=False)
    return {
        "actor_nip": nip,
        "actor": to.name,
        "text": unit_reminder(to, unit, period, _errands(rows, shut=shut), agency),
        "people": _people(rows),
        "unit_code": code,
        "unit": rows[0]["unit"],
    }


def _errands(rows: Iterable[_Row], *, shut: bool) -> list[Errand]:
    """What is to be done, each step with everybody who waits for it until the same day; what is due first, first.

    What the head of the region rates after the window stands apart: nobody is above them to step in.
    """
    found: dict[tuple[str, str, bool, str], list[_Row]] = {}
    for row in rows:
        own = row["step"] in RATING and (row["actor_nip"], row["actor"]) == (row["assessor_nip"], row["assessor"])
        found.setdefault((str(row["until"] or _UNDATED), str(row["step"]), own, str(row["state"])), []).append(row)
    return [
        Errand(
            step,
            state,
            _day(min((str(row["since"]) for row in waiting if row["since"]), default=_UNDATED)),
            _day(until),
            [_waiting(row) for row in waiting],
            own=own,
            closed=shut and step in RATING,
        )
        for (until, step, own, state), waiting in sorted(found.items())
    ]


def _waiting(row: _Row) -> Waiting:
    assessor = None if row["assessor_nip"] is None else row["assessor"]
    return Waiting(str(row["name"]), _text(row["unit"]), _text(assessor), _text(row["actor"]))


def _people(rows: Iterable[_Row]) -> list[dict[str, object]]:
    return [{key: row[key] for key in ("nip", "name", "unit", "step", "until", "state")} for row in rows]


def _leaders(history: History, as_of: date) -> dict[str, str]:
    """Who leads each unit on a day, acting officials in the place of holders."""
    day = as_of.isoformat()
    return history.heads_on(day) | {one.unit_code: one.nip for one in history.acting if one.covers(day)}


def _day(text: str) -> date | None:
    return None if text == _UNDATED else date.fromisoformat(text)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
