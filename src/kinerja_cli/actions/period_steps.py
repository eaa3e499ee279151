"""What everybody in a period has behind them and ahead of them: the facts deadlines count from, and who must act."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from gettext import gettext
from typing import TypeVar

from kinerja_cli.actions.calendars import Calendars, load_calendars
from kinerja_cli.actions.lookup import require_unit
from kinerja_cli.actions.rating_windows import days_before
from kinerja_cli.actions.superiors import Superiors
from kinerja_cli.domain.deadlines import Facts, LastDay
from kinerja_cli.domain.finality import LATE, REGION_HEAD
from kinerja_cli.domain.history import History
from kinerja_cli.domain.moves import BACK_FILLED_LABEL
from kinerja_cli.domain.objections import Objection
from kinerja_cli.domain.periods import parse_period, window_opens
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import Unit, UnitTree
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal, load_appraisals
from kinerja_cli.storage.store.documents import load_document_days
from kinerja_cli.storage.store.history import load_history
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.periods import PeriodUnit, StoredPeriod, load_period_units

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who must act: the head of the region has a name and no NIP; neither where nobody is known."""

    nip: str | None
    name: str | None


class AgencyDay:
    """What is the same for all periods of an agency on a day."""

    def __init__(self, connection: Connection, as_of: date) -> None:
        self.connection = connection
        self.as_of = as_of
        self.calendars: Calendars = load_calendars(connection)
        self.history: History = load_history(connection)
        by_week = cache(lambda calendar: cache(calendar.last_day))
        # What was counted once is not counted again, for no unit that works on the same days.
        self.last_day: Callable[[str | None], LastDay] = cache(lambda unit: by_week(self.calendars.of_unit(unit)))
        # Sentences too are looked up once: for a language without a catalogue gettext goes to the disk every time.
        self.words: Callable[[str], str] = cache(gettext)

    @property
    def staff(self) -> Mapping[str, Employee]:
        """Everybody, as they are now."""
        return self.history.staff

    @property
    def region_head(self) -> str:
        """The head of the region, by name where the agency gave it."""
        return self.calendars.agency.region_head or "Kepala Daerah"

    def name_of(self, nip: str | None) -> str | None:
        """A person's name with its titles."""
        person = self.staff.get(nip or "")
        return None if person is None else person.display_name


class PeriodSteps:
    """The people of a period on a day, or those of a unit and the units below it, as the period froze them."""

    def __init__(self, day: AgencyDay, period: StoredPeriod, unit: str | None = None) -> None:
        self.day = day
        self.period = period
        self.units: Mapping[str, PeriodUnit] = load_period_units(day.connection, period.code)
        self._within = None if unit is None else _within(self.units, unit)
        self._appraisals = load_appraisals(day.connection, period.code)

    def judged(self, judge: Callable[[Facts, LastDay], _T]) -> Iterator[tuple[Appraisal, _T]]:
        """What is known of everybody, as `judge` sees it; of those who left only who is rated.

        Whoever has no days of their own stands like everybody else on the same working days: judged once.
        """
        connection, code = self.day.connection, self.period.code
        days = load_document_days(connection, period_code=code)
        objections = {one.nip: one for one in load_objections(connection, period_code=code)}
        alike: dict[tuple[object, ...], _T] = {}
        for nip, one in self._appraisals.items():
            if (self._within is not None and one.unit_code not in self._within) or (one.is_out and not one.is_rated):
                continue
            last_day = self.day.last_day(one.unit_code)
            own, objection = days.get((code, nip), {}), objections.get(nip)
            if own or objection is not None:
                yield one, judge(self._facts(one, own, objection), last_day)
                continue
            key = (one.is_rated, one.final_rule, one.final, last_day)
            if key not in alike:
                alike[key] = judge(self._facts(one, {}, None), last_day)
            yield one, alike[key]

    def assessor(self, one: Appraisal) -> Actor:
        """The assessor of an appraisal."""
        if one.assessor_rule == REGION_HEAD:
            return Actor(None, self.day.region_head)
        return Actor(one.assessor_nip, self.day.name_of(one.assessor_nip))

    def actor(self, one: Appraisal, role: str) -> Actor:
        """Who must act in a step of an appraisal: the person, the assessor or the assessor's superior."""
        if role == "person":
            return Actor(one.nip, self.day.name_of(one.nip))
        if role == "assessor":
            return self.assessor(one)
        above = self._superiors.above(one)
        return Actor(above.nip, self.day.region_head if above.is_region_head else self.day.name_of(above.nip))

    @staticmethod
    def label(one: Appraisal, code: str, label: str, *, own: str = BACK_FILLED_LABEL) -> str:
        """What a step is called: above the head of the region there is nobody to rate in the assessor's place."""
        return own if code == "R6" and one.assessor_rule == REGION_HEAD else label

    @cached_property
    def _superiors(self) -> Superiors:
        day = self.day
        return Superiors(day.connection, self.period, day.as_of, history=day.history, appraisals=self._appraisals)

    @cached_property
    def _opens(self) -> date:
        kept = days_before(self.day.connection, self.period.code)
        return window_opens(parse_period(self.period.code), days_before=kept)

    def _facts(self, one: Appraisal, days: Mapping[str, date], objection: Objection | None) -> Facts:
        """What is known of one appraisal."""
        known = dict(days)
        if objection is not None:
            known["filed"] = date.fromisoformat(objection.filed_on)
            known.setdefault("received", date.fromisoformat(objection.received_on))
            if objection.decided_on is not None:
                known["decided"] = date.fromisoformat(objection.decided_on)
        return Facts(
            self._opens,
            date.fromisoformat(self.period.window_ends),
            rated=one.is_rated,
            superior_rated=one.final_rule == LATE,
            final=bool(one.final),
            changed=objection is not None and objection.decision == "changed",
            days=known,
        )


def _within(frozen: Mapping[str, PeriodUnit], unit: str) -> frozenset[str]:
    tree = UnitTree({code: Unit(code, one.name, one.parent_code) for code, one in frozen.items()})
    return tree.within(require_unit(tree.units, unit).code)
