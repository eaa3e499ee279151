"""A year of an invented city: who comes, goes, moves, acts for others, day by day, the same for one seed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from kinerja_cli.actions.agency import init_agency
from kinerja_cli.actions.arrangements import appoint_acting, delegate, end_arrangement, exclude
from kinerja_cli.actions.practice import FEWEST_PEOPLE, Practice, build_practice
from kinerja_cli.actions.practice_files import write_roster, write_units
from kinerja_cli.actions.practice_units import Unit
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.units import set_unit
from kinerja_cli.domain.history import Acting
from kinerja_cli.errors import KinerjaError
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.units import load_heads
from kinerja_cli.workbooks.read import Purpose, read_sheets
from tests.builders import roster

FIRST: Final = date(2026, 1, 1)
DAYS: Final = 400
_ORIGIN: Final = Origin("2026-01-01T00:15:00+00:00", "cron@bkd")
_WINDOW: Final = 14
_LEAVING: Final = ("retired", "transferred", "deceased", "dismissed")
_CHANCES: Final = {
    "move": 30, "leave": 10, "away": 4, "back": 4, "join": 6, "act": 8, "stop": 4, "head": 5, "exclude": 4, "hand": 3,
}  # fmt: skip
_COMPARED: Final = {
    "period": "code, kind, starts, ends, window_ends, state, regulation_id, participants, fingerprint, opened_on",
    "period_unit": "*",
    "appraisal": "*",
}


@dataclass(frozen=True)
class Event:
    """Something that was recorded on a day, and counts since a day that may lie before it."""

    kind: str
    day: date
    since: date
    nip: str = ""
    unit: str = ""
    other: str = ""
    until: date | None = None


@dataclass
class _City:
    """The city as chance has it so far: who is in service where, and who is away."""

    rng: Random
    units: list[Unit]
    led: list[str]
    serving: dict[str, str]
    away: list[str] = field(default_factory=list)
    gone: int = 0
    joined: int = 0

    def event(self, day: date, since: date) -> Event:
        """The next thing that happens."""
        rng = self.rng
        kind = rng.choices(list(_CHANCES), list(_CHANCES.values()))[0]
        nip, other = rng.sample(sorted(self.serving), 2)
        unit = rng.choice(self.units).code
        until = rng.choice((None, day + timedelta(days=rng.randrange(60))))
        if kind == "head":
            # Whoever leads a unit first counts as having led it always, which a day by day run cannot know.
            unit = rng.choice(self.led)
        elif kind == "move":
            self.serving[nip] = unit
        elif kind in ("leave", "away"):
            self.serving.pop(nip)
            if kind == "away":
                self.away.append(nip)
        elif kind == "back":
            if not self.away:
                return self.event(day, since)
            nip = self.away.pop(rng.randrange(len(self.away)))
            self.serving[nip] = unit
        elif kind == "join":
            self.joined += 1
            appointed = rng.choice((f"{day:%Y%m}", f"{day.year}21", f"{since:%Y%m}"))
            nip = f"19990101{appointed}1{self.joined % 1000:03}"
            self.serving[nip] = unit
        return Event(kind, day, since, nip, unit, rng.choice(_LEAVING) if kind == "leave" else other, until)


def build_city(folder: Path, people: int) -> tuple[Path, Practice]:
    """The store of a practice agency before its first period, and the agency."""
    practice = build_practice(people=max(people, FEWEST_PEOPLE))
    practice = replace(practice, people=practice.people[:people])
    roster_file, units = folder / "roster.xlsx", folder / "units.xlsx"
    write_units(units, practice)
    write_roster(roster_file, practice)
    db = folder / "city.db"
    store = init_agency(str(db), _ORIGIN, {"agency": "Kota Contoh"}, today=FIRST)
    sheets = [sheet for path in (units, roster_file) for sheet in read_sheets(path, Purpose.ROSTER)]
    import_roster(store, sheets, today=FIRST, accept_valid=True)
    return db, practice


def open_city(db: Path) -> Store:
    """The store at a path, as cron has it."""
    return Store.open(str(db), _ORIGIN)


def events(practice: Practice, store: Store, seed: int, count: int) -> dict[date, list[Event]]:
    """What happens in the year, by the day on which it is recorded.

    Some of it is recorded late, but nothing that would change a period that the calendar has closed by then: what
    is learnt after that cannot be the same for a run that closes it later.
    """
    rng = Random(seed)
    serving = {one.nip: one.unit_code for one in practice.people if "ktif" in one.status and not one.cells}
    with store.reading() as connection:
        led = sorted(load_heads(connection))
    city = _City(rng, [unit for unit in practice.units if unit.place], led, serving)
    found: dict[date, list[Event]] = {}
    for day in sorted(FIRST + timedelta(days=rng.randrange(DAYS)) for _ in range(count)):
        late = rng.choice((0, 0, 1, 3, 20))
        since = max(day - timedelta(days=late), _open_since(day))
        found.setdefault(day, []).append(city.event(day, since))
    return found


def busy_days(happened: dict[date, list[Event]]) -> list[date]:
    """The days of the year on which something happens or falls due, each with those around it, and every tenth day."""
    firsts = [date(year, month, 1) for year in (FIRST.year, FIRST.year + 1) for month in range(1, 13)]
    turns = {day + timedelta(days=days) for day in firsts for days in (0, _WINDOW)}
    busy = {day + timedelta(days=days) for day in turns | happened.keys() for days in (0, 1)}
    return [day for day in year_days() if day in busy or (day - FIRST).days % 10 == 0]


def year_days() -> list[date]:
    """Every day after the first."""
    return [FIRST + timedelta(days=days) for days in range(1, DAYS + 1)]


def record(store: Store, event: Event, folder: Path) -> str:
    """Record what happened on its day; how that was refused, if it was."""
    one, today = event, event.day
    try:
        if one.kind == "move":
            set_employee(store, one.nip, unit=one.unit, since=one.since, today=today)
        elif one.kind == "leave":
            set_employee(store, one.nip, status=one.other, since=one.since, today=today)
        elif one.kind in ("away", "back"):
            status = "cltn" if one.kind == "away" else "active"
            set_employee(store, one.nip, status=status, since=one.since, today=today)
        elif one.kind == "join":
            _join(store, one, folder)
        elif one.kind == "act":
            appoint_acting(store, one.unit, one.nip, "plt", starts=one.since, ends=one.until, today=today)
        elif one.kind == "stop":
            end_arrangement(store, Acting, one.unit, last=today, today=today)
        elif one.kind == "head":
            set_unit(store, one.unit, head=one.nip, since=one.since, today=today)
        elif one.kind == "exclude":
            exclude(store, one.nip, "Anggota KPU", starts=one.since, ends=one.until, today=today)
        else:
            delegate(store, one.nip, one.other, ratee=None, starts=one.since, ends=one.until, today=today)
    except KinerjaError as refused:
        return refused.code
    return ""


def kept(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything about periods, but the text of the regulation."""
    with closing(sqlite3.connect(store.path)) as connection:
        return {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in _COMPARED.items()
        }


def differences(one: Store, other: Store) -> Iterator[str]:
    """The rows that only one of two stores has, in words."""
    first, second = kept(one), kept(other)
    for table in _COMPARED:
        left, right = set(first[table]), set(second[table])
        for row in sorted(left ^ right, key=repr):
            yield f"{table} {'daily' if row in left else 'at once'}: {row}"


def _join(store: Store, one: Event, folder: Path) -> None:
    """Take in somebody new by a roster that has nobody else."""
    row = (
        one.nip,
        f"BARU {one.nip[-3:]}",
        "M",
        "III/a",
        "Pelaksana",
        "PENGADMINISTRASI",
        "",
        one.unit,
        "",
        "",
        "Aktif",
    )
    import_roster(store, read_sheets(roster(folder / "baru.xlsx", [row]), Purpose.ROSTER), today=one.day)


def _open_since(day: date) -> date:
    """The first day after the last quarter that the calendar has closed by the morning of a day."""
    ends = [date(year, month, 1) for year in (FIRST.year, FIRST.year + 1) for month in (1, 4, 7, 10)]
    return max(first for first in ends if first + timedelta(days=_WINDOW) <= day or first == FIRST)
