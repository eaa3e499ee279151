"""Lists of holidays as offices write them: which days are off, which are shared leave, on which one works after all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from itertools import chain, groupby
from typing import Final, Literal, cast, get_args

from kinerja_cli.domain import holiday_problems, problems
from kinerja_cli.domain.dates import MONTHS, read_date
from kinerja_cli.domain.nearness import nearest
from kinerja_cli.domain.personnel import vocabulary
from kinerja_cli.domain.rows import CellValue, Row
from kinerja_cli.domain.text import clean_text, fold
from kinerja_cli.errors import N_, Place, Problem, ProblemKind, Severity

DayKind = Literal["holiday", "shared_leave", "working"]
"""What a day is: off, shared leave (cuti bersama), or one on which the agency works although others do not."""

DAY_LABELS: Final[Mapping[str, str]] = {
    "holiday": N_("holiday"),
    "shared_leave": N_("shared leave"),
    "working": N_("working day"),
}
WEEKDAY_LABELS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)

_YEARS: Final = range(2000, 2100)
_FIELDS: Final = ("day", "name", "kind")
_BETWEEN_NAMES: Final = "; "
_WEEKDAYS: Final = (
    ("senin", "monday"),
    ("selasa", "tuesday"),
    ("rabu", "wednesday"),
    ("kamis", "thursday"),
    ("jumat", "jum'at", "jum’at", "friday"),
    ("sabtu", "saturday"),
    ("minggu", "ahad", "sunday"),
)
_WEEKDAY_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAY_NUMBERS)})\b"
_UNTIL = r"(?:-|–|s\.?/?d\.?|sampai(?: dengan)?|hingga|to)"
_BETWEEN = rf"(?:{_UNTIL}|,|&|/|dan|and)"
_NAMED_DAYS = re.compile(rf"(?P<named>{_WEEKDAY}(?: ?{_BETWEEN} ?{_WEEKDAY})*)[ ,/]*(?P<rest>.+)")
_DAYS = re.compile(
    rf"(?P<days>\d\d?(?: ?{_BETWEEN} ?\d\d?)+) (?P<month>{'|'.join(name for names in MONTHS for name in names)})"
    r" (?P<year>\d{4})"
)
_SHORT_YEAR = re.compile(r"(.*\D)(\d\d)")
_SPAN = re.compile(rf"(\d\d?) ?{_UNTIL} ?(\d\d?)")


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day of a list, and where it stands in it."""

    day: date
    kind: DayKind
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class HolidaysRead:
    """What the rows of a list say: a day once, in order; `rejected` rows say nothing that can be taken."""

    days: tuple[ListedDay, ...]
    rows: int
    rejected: int
    problems: tuple[Problem, ...]


def read_days(value: CellValue) -> tuple[date, ...]:
    """The days a cell names: one, or several of one month; none where it is no date. A day of the week may lead.

    >>> [day.isoformat() for day in read_days("Sabtu-Minggu, 21-22 Maret 2026")]
    ['2026-03-21', '2026-03-22']
    >>> read_days("Senin, 17 Agustus 2026"), read_days("hari raya")
    ((datetime.date(2026, 8, 17),), ())
    """
    text = value if not isinstance(value, str) else _named(value)[1]
    one = read_date(text).day
    if one is not None:
        return (one,) if one.year in _YEARS else ()
    listed = _DAYS.fullmatch(text) if isinstance(text, str) else None
    if listed is None:
        return ()
    numbers = _SPAN.sub(lambda span: ",".join(map(str, range(int(span[1]), int(span[2]) + 1))), listed["days"])
    days = [read_date(f"{number} {listed['month']} {listed['year']}").day for number in re.findall(r"\d+", numbers)]
    found = tuple(day for day in days if day is not None and day.year in _YEARS)
    # A span that runs backwards, or a day that the month does not have, spoils the whole cell.
    return found if found and len(found) == len(days) and list(found) == sorted(set(found)) else ()


def read_holidays(rows: Iterable[Row]) -> HolidaysRead:
    """What lists of holidays say. Two names of one day are kept both; of rows that contradict each other none is."""
    told: list[Problem] = []
    named: list[tuple[ListedDay, ...]] = []
    count = 0
    for _source, sheet in groupby(rows, key=lambda row: row.source):
        reader = _Sheet(told)
        for row in sheet:
            count += 1
            named.append(reader.read(row))
        reader.sum_up()
    by_day: dict[date, list[ListedDay]] = {}
    for one in chain.from_iterable(named):
        by_day.setdefault(one.day, []).append(one)
    found: dict[date, ListedDay] = {}
    taken = 0
    for days in named:
        if days and not _contradicted(days, by_day, told):
            taken += 1
            _take(found, days)
    return HolidaysRead(tuple(found[day] for day in sorted(found)), count, count - taken, tuple(told))


def _contradicted(days: Sequence[ListedDay], by_day: Mapping[date, Sequence[ListedDay]], told: list[Problem]) -> bool:
    """Whether another row says otherwise of a day of this one, which is told of both."""
    for one in days:
        other = next((each for each in by_day[one.day] if each.kind != one.kind), None)
        if other is not None:
            told.append(
                holiday_problems.CONFLICT.at(
                    one.place,
                    field="kind",
                    value=one.day.isoformat(),
                    kind=_(DAY_LABELS[one.kind]),
                    otherwise=_(DAY_LABELS[other.kind]),
                    other=_("row {row} of {file}").format(row=other.place.row, file=other.place.file),
                )
            )
            return True
    return False


def _take(found: dict[date, ListedDay], days: Sequence[ListedDay]) -> None:
    """Put the days of a row to those of the rows before it."""
    for one in days:
        earlier = found.get(one.day)
        names = [] if earlier is None else earlier.name.split(_BETWEEN_NAMES)
        if earlier is None:
            found[one.day] = one
        elif one.name not in names:
            found[one.day] = replace(earlier, name=_BETWEEN_NAMES.join([*names, one.name]))


class _Sheet:
    """One sheet as it is read, row by row."""

    def __init__(self, told: list[Problem]) -> None:
        self.told = told
        self.ambiguous: list[tuple[Row, str]] = []

    def read(self, row: Row) -> tuple[ListedDay, ...]:
        """The days of one row; none where something in it is wrong."""
        before = len(self.told)
        unread = row.source.unreadable.get(row.number, {})
        broken = {name for name in _FIELDS if row.source.columns.get(name) in unread}
        for name in broken:
            self._tell(row, holiday_problems.CELL_UNREADABLE, name, unread[row.source.columns[name]])
        days = () if "day" in broken else self._days(row)
        said = clean_text(row.get("day")) if not days else days[0].isoformat()
        name = clean_text(row.get("name"))
        if not name and "name" not in broken:
            self._tell(row, holiday_problems.NAME_MISSING, "name", said)
        kind = None if "kind" in broken else self._kind(row, said)
        if kind is None or any(problem.severity is Severity.ERROR for problem in self.told[before:]):
            return ()
        return tuple(ListedDay(day, kind, name, row.place("kind")) for day in days)

    def sum_up(self) -> None:
        """Tell what concerns the sheet as a whole."""
        if self.ambiguous:
            row, first = self.ambiguous[0]
            column = row.source.place(None, "day")
            self.told.append(problems.DATE_AMBIGUOUS.at(column, field="day", value=first, count=len(self.ambiguous)))

    def _days(self, row: Row) -> tuple[date, ...]:
        value = row.get("day")
        if not clean_text(value):
            self._tell(row, holiday_problems.DATE_MISSING, "day")
            return ()
        days = read_days(value)
        if not days:
            said = clean_text(value)
            meant = _with_whole_year(said)
            if meant:
                written = ", ".join(f"{day:%d-%m-%Y}" for day in meant)
                self._tell(row, holiday_problems.YEAR_SHORT, "day", said, written=written)
            else:
                self._tell(row, holiday_problems.DATE_INVALID, "day", said)
            return ()
        named, rest = _named(value) if isinstance(value, str) else ((), "")
        if len(days) == len(named) == 1 and days[0].weekday() != named[0]:
            self._tell(
                row,
                holiday_problems.WEEKDAY_DIFFERS,
                "day",
                days[0].isoformat(),
                named=_(WEEKDAY_LABELS[named[0]]),
                weekday=_(WEEKDAY_LABELS[days[0].weekday()]),
            )
        # A template of ours says itself that the day comes first.
        if read_date(rest).ambiguous and not row.source.is_template:
            self.ambiguous.append((row, rest))
        return days

    def _kind(self, row: Row, said: str) -> DayKind | None:
        word = clean_text(row.get("kind"))
        if not word:
            self._tell(row, holiday_problems.KIND_MISSING, "kind", said)
            return None
        spellings = vocabulary().days
        kind = spellings.get(fold(word))
        if kind is None:
            near = nearest(fold(word), spellings.items())
            suggestion = _("; perhaps {label} is meant").format(label=_(DAY_LABELS[near])) if near else ""
            self._tell(row, holiday_problems.KIND_UNKNOWN, "kind", word, suggestion=suggestion)
            return None
        assert kind in get_args(DayKind)
        return cast("DayKind", kind)

    def _tell(self, row: Row, kind: ProblemKind, field: str, value: object = None, /, **facts: object) -> None:
        self.told.append(kind.at(row.place(field), field=field, value=value, **facts))


def _with_whole_year(text: str) -> tuple[date, ...]:
    """The days a text would name if the two digits at its end were a year of this century."""
    short = _SHORT_YEAR.fullmatch(text)
    return () if short is None else read_days(f"{short[1]}20{short[2]}")


def _named(text: str) -> tuple[tuple[int, ...], str]:
    """The days of the week that lead a date, as numbers, and the date without them."""
    folded = clean_text(text).lower()
    match = _NAMED_DAYS.fullmatch(folded)
    if match is None:
        return (), folded
    return tuple(_WEEKDAY_NUMBERS[name] for name in re.findall(_WEEKDAY, match["named"])), match["rest"]
