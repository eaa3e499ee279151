"""Keep feedback on people, from every source the regulation and the city name, and list it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from typing import TypeVar

from kinerja_cli.actions.lookup import require_employee, require_unit
from kinerja_cli.actions.refusals import PeriodClosed
from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.feedback import Aspect, Giver, Tone, parse_aspect, parse_giver, parse_tone
from kinerja_cli.domain.feedback_rules import Feedback, GiverFault, Kept, giver_fault, looks_like_nip, service_begins
from kinerja_cli.domain.periods import parse_period
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.text import clean_lines, clean_text
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.feedback import add_feedback as keep_feedback
from kinerja_cli.storage.store.feedback import load_feedback, next_feedback_id
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.staff import names_by_nip
from kinerja_cli.storage.store.units import load_units

Word = TypeVar("Word", bound=StrEnum)


class FeedbackSelf(KinerjaError):
    """Nobody gives feedback on themself."""

    code = "feedback-self"
    exit = Exit.REFUSED

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} cannot give feedback on themself.").format(name=name),
            _("Name another giver with --by; for a namesake give the NIP."),
        )


class FeedbackGiverGone(KinerjaError):
    """Who has left the service gives no feedback as a leader, peer or subordinate."""

    code = "feedback-giver-gone"
    exit = Exit.REFUSED

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} has left the service and cannot give feedback from within it.").format(name=name),
            _("Use --from pihak_lain with the name instead of the NIP."),
        )


class FeedbackDuplicate(KinerjaError):
    """The same giver has said the same of the same person on the same day."""

    code = "feedback-duplicate"
    exit = Exit.REFUSED

    def __init__(self, name: str, day: str) -> None:
        super().__init__(
            _("This feedback on {name} of {day} is kept already.").format(name=name, day=day),
            _("Nothing was saved; see it with `kinerja feedback list NIP`."),
        )


class FeedbackBeforeService(KinerjaError):
    """Nobody is given feedback on their work before they had it."""

    code = "feedback-day-before-service"
    exit = Exit.REFUSED

    def __init__(self, name: str, day: str, since: str) -> None:
        super().__init__(
            _("The feedback is of {value}, but by the NIP {name} was appointed in {since}.").format(
                value=day, name=name, since=since
            ),
            _("Correct the year of the day; perhaps the century is wrong."),
        )


def add_feedback(
    store: Store,
    nip: str,
    *,
    giver: str,
    text: str,
    today: date,
    aspect: str | None = None,
    tone: str | None = None,
    on: date | str | None = None,
    anonymous: bool = False,
    by: str | None = None,
    dry_run: bool = False,
) -> dict[str, object]:
    """Keep one piece of feedback; the row as lists show it, with the number of its operation.

    `by` is a NIP or a name. Of anonymous feedback the giver is looked at, to refuse what no giver may do, and
    is never kept.
    """
    source = read_giver(giver)
    said = clean_lines(text)
    if not said:
        raise UsageError(_("The feedback has no words."), _("Give them with --text."))
    wanted = Feedback(
        id=0,
        nip="",
        given_on=_day(on, today).isoformat(),
        giver=source.value,
        giver_nip=None,
        giver_name=None,
        anonymous=int(anonymous),
        aspect=None if aspect is None else _one_of("--aspect", aspect, parse_aspect, Aspect).value,
        tone=None if tone is None else _one_of("--tone", tone, parse_tone, Tone).value,
        text=said,
    )
    with store.writing("feedback.add", dry_run=dry_run) as operation:
        connection = operation.connection
        person = require_employee(connection, nip)
        giver_nip, giver_name = _identity(connection, person, source, by)
        new = replace(wanted, nip=person.nip)
        since = service_begins(person.nip)
        if since is not None and new.given_on < since.isoformat():
            raise FeedbackBeforeService(person.display_name, new.given_on, f"{since:%m-%Y}")
        if not anonymous:
            new = replace(new, giver_nip=giver_nip, giver_name=giver_name)
        _refuse_closed(connection, new.given_on)
        _refuse_again(connection, new, person)
        new = replace(new, id=next_feedback_id(connection))
        keep_feedback(operation, [new])
        units = load_units(connection)
    return {"operation": operation.seq} | _shown(new, person, UnitTree(units))


def list_feedback(
    store: Store, *, nip: str | None = None, unit: str | None = None, period: str | None = None
) -> list[dict[str, object]]:
    """Feedback in order of its day: on one person, on the people of a unit and those below it, in a period.

    A period need not be open to be looked at: feedback belongs to the days it spans.
    """
    days = None if period is None else parse_period(period)
    with store.reading() as connection:
        units = load_units(connection)
        wanted = None if nip is None else require_employee(connection, nip).nip
        rows = load_feedback(
            connection,
            nip=wanted,
            since=None if days is None else days.starts.isoformat(),
            until=None if days is None else days.ends.isoformat(),
        )
        people = names_by_nip(connection, (row.nip for row in rows))
    tree = UnitTree(units)
    within = None if unit is None else tree.within(require_unit(units, unit).code)
    return [_shown(row, people[row.nip], tree) for row in rows if within is None or people[row.nip].unit_code in within]


def read_giver(text: str) -> Giver:
    """The giver that --from names. Raises UsageError."""
    return _one_of("--from", text, parse_giver, Giver)


def _one_of(option: str, text: str, parse: Callable[[str], Word | None], words: Iterable[Word]) -> Word:
    """The word that a text names, or a refusal that lists the words."""
    word = parse(text)
    if word is None:
        raise UsageError(
            _("{value} is no value for {option}.").format(value=text, option=option),
            _("Allowed: {allowed}.").format(allowed=", ".join(one.value for one in words)),
        )
    return word


def _day(on: date | str | None, today: date) -> date:
    """The day the feedback was given, which cannot lie ahead."""
    day = today if on is None else read_date(on).day
    if day is None:
        raise UsageError(
            _("{value} is no date ({option}).").format(value=on, option="--date"),
            _("Write it as 2026-12-31, 31-12-2026 or 31 Desember 2026."),
        )
    if day > today:
        raise UsageError(
            _("{day} lies in the future.").format(day=day.isoformat()),
            _("Give the day the feedback was given with --date; without it, today counts."),
        )
    return day


def _identity(connection: Connection, person: Employee, source: Giver, by: str | None) -> tuple[str | None, str | None]:
    """NIP and name of the giver, as far as they are known. Raises FeedbackSelf and FeedbackGiverGone."""
    if by is None or not by.strip():
        return None, None
    giver = require_employee(connection, by) if looks_like_nip(by) else clean_text(by)
    fault = giver_fault(person, source, giver)
    if fault is GiverFault.SELF:
        raise FeedbackSelf(person.display_name)
    if isinstance(giver, str):
        return None, giver
    if fault is GiverFault.GONE:
        raise FeedbackGiverGone(giver.display_name)
    return giver.nip, giver.display_name


def _refuse_closed(connection: Connection, day: str) -> None:
    """Refuse what would add to a period that is closed."""
    for period in load_periods(connection):
        if not period.is_open and period.starts <= day <= period.ends:
            raise PeriodClosed(period.code)


def _refuse_again(connection: Connection, new: Feedback, person: Employee) -> None:
    """Refuse what is kept already, word for word, from the same giver on the same day."""
    if Kept(load_feedback(connection, nip=new.nip, since=new.given_on, until=new.given_on)).find(new):
        raise FeedbackDuplicate(person.display_name, new.given_on)


def _shown(feedback: Feedback, person: Employee, tree: UnitTree) -> dict[str, object]:
    """A piece of feedback as lists show it; the giver only where they let themselves be named."""
    line = tree.line(person.unit_code)
    return {
        "id": feedback.id,
        "date": feedback.given_on,
        "nip": feedback.nip,
        "name": person.display_name,
        "unit_code": person.unit_code,
        "unit": line[0].name if line else None,
        "from": feedback.giver,
        "giver_nip": feedback.giver_nip,
        "giver": feedback.giver_name,
        "aspect": feedback.aspect,
        "tone": feedback.tone,
        "anonymous": bool(feedback.anonymous),
        "text": feedback.text,
    }
