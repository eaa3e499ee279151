"""The calendar left to itself: missed days, two runs at once, a run that fails half way."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kinerja_cli.actions import rollover
from kinerja_cli.actions.agency import set_setting
from kinerja_cli.actions.periods import NobodyToAppraise, open_or_add, open_period
from kinerja_cli.actions.rating_windows import days_before, every_days_before
from kinerja_cli.actions.rollover import RolledOver, roll_over
from kinerja_cli.actions.scores import record_score
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.actions.undo import undo_operation
from kinerja_cli.domain.clock import day_in
from kinerja_cli.errors import KinerjaError
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import BUDI, PEOPLE, command, roster

DODI = "199001012025211001"
_DODI = (DODI, "DODI", "M", "", "Pelaksana", "PENGADMINISTRASI", "", "U2", "BIDANG PELAYANAN", "U1", "Aktif")
MADE = Origin("2026-01-02T02:00:00+00:00", "siti@bkd")
KINDS = {"quarterly": "monthly", "monthly": "quarterly"}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each cadence the store of an agency whose part-timers have the other one, before anything is open."""
    made = {}
    patch = pytest.MonkeyPatch()
    patch.setattr("kinerja_cli.cli.store.origin", lambda: MADE)
    patch.setattr("kinerja_cli.cli.agency.origin", lambda: MADE)
    for cadence, other in KINDS.items():
        folder = tmp_path_factory.mktemp(cadence)
        db = made[cadence] = folder / "kinerja.db"
        command(db, "init", "--agency", "Kota Contoh", "--cadence", cadence)
        command(db, "settings", "set", "part_time_cadence", other)
        command(db, "staff", "import", roster(folder / "roster.xlsx", [*PEOPLE, _DODI]))
        command(db, "staff", "set", DODI, "--employment", "pppk_paruh_waktu")
        command(db, "settings", "set", "since", "2026-01-01")
    patch.undo()
    return made


@pytest.fixture
def fresh(stores: dict[str, Path], tmp_path: Path) -> Callable[..., Store]:
    """A store of its own for each call."""

    def copy(cadence: str = "quarterly", name: str = "a") -> Store:
        path = tmp_path / f"{name}.db"
        copyfile(stores[cadence], path)
        return open_store(path)

    return copy


def open_store(path: Path) -> Store:
    return Store.open(str(path), Origin("2026-01-05T02:00:00+00:00", "cron@bkd"))


def at(store: Store, day: str) -> Store:
    """The store on a day, whatever the clock says."""
    return Store.open(str(store.path), Origin(f"{day}T02:00:00+00:00", "x@y"))


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything about periods but the text of the regulation."""
    columns = {
        "period": "code, kind, starts, ends, window_ends, state, regulation_id, participants, fingerprint, opened_on"
    }
    found = {}
    with sqlite3.connect(store.path) as connection:
        for table in ("period", "period_unit", "appraisal"):
            found[table] = sorted(connection.execute(f"SELECT {columns.get(table, '*')} FROM {table}"), key=repr)
    connection.close()
    return found


def kinds(store: Store) -> list[tuple[str, str]]:
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute("SELECT kind, period_code FROM operation WHERE kind LIKE 'period.%' ORDER BY seq")
        found = rows.fetchall()
    connection.close()
    return found


_A_YEAR = 400


@pytest.mark.parametrize("cadence", KINDS)
@pytest.mark.parametrize(("missed", "allow_unrated"), [(1, False), (35, False), (35, True), (_A_YEAR, True)])
def test_a_run_after_missed_days_comes_to_the_same_as_a_run_each_day(
    fresh: Callable[..., Store], cadence: str, missed: int, allow_unrated: bool
) -> None:
    each = 1
    if missed == _A_YEAR and "KINERJA_FAULTS_YEAR" not in os.environ:
        if cadence == "monthly":
            pytest.skip("half a minute of nights; `make faults` takes them")
        each = 3  # cron that runs every third night; `make faults` lets it run every night
    start = date(2026, 3, 31)
    daily, late = fresh(cadence, "daily"), fresh(cadence, "late")
    for store in (daily, late):
        roll_over(store, start, allow_unrated=allow_unrated)
    for days in range(1, missed + 1, each):
        roll_over(daily, start + timedelta(days=days), allow_unrated=allow_unrated)
    end = start + timedelta(days=missed)
    assert roll_over(late, end, allow_unrated=allow_unrated).stopped is None
    assert tables(late) == tables(daily)
    assert kinds(late) == kinds(daily)
    again = roll_over(late, end, allow_unrated=allow_unrated)
    assert (again.opened, again.closed, again.operations) == ((), (), ())


def test_who_may_still_rate_does_not_depend_on_the_night_on_which_a_period_was_opened(
    fresh: Callable[..., Store],
) -> None:
    daily, late = fresh(name="daily"), fresh(name="late")
    for day in (date(2026, 1, 5), date(2026, 4, 1), date(2026, 7, 1)):
        roll_over(daily, day)
    for store in (daily, late):
        roll_over(store, date(2026, 7, 20))
    for code in ("2026-Q1", "2026-Q2", "2026-Q3", "2026"):
        told = [_rated(store, code, date(2026, 7, 20)) for store in (daily, late)]
        assert told[0] == told[1], code
        assert told[0] == ("window-ended" if code in ("2026-Q1", "2026-Q2") else "")


def test_windows_are_those_that_were_set_when_a_period_fell_due(fresh: Callable[..., Store]) -> None:
    daily, late = fresh(name="daily"), fresh(name="late")
    for store in (daily, late):
        roll_over(store, date(2026, 1, 5))
    roll_over(daily, date(2026, 4, 1))
    for store in (daily, late):
        then = at(store, "2026-05-10")
        set_setting(then, "window_days", "20")
        set_setting(then, "window_days_before", "40")
    roll_over(daily, date(2026, 7, 1))
    for store in (daily, late):
        roll_over(store, date(2026, 8, 1))
    assert tables(late) == tables(daily)
    with daily.reading() as one, late.reading() as other:
        assert every_days_before(one) == every_days_before(other)
        assert every_days_before(one)["2026-Q2"] == 14
        assert every_days_before(one)["2026-Q3"] == 40


def test_a_window_set_on_the_due_day_or_undone_is_none_that_the_night_would_have_seen(
    fresh: Callable[..., Store],
) -> None:
    daily, late = fresh(name="daily"), fresh(name="late")
    for store in (daily, late):
        roll_over(store, date(2026, 1, 5))
        undone = at(store, "2026-03-01")
        set_setting(undone, "window_days", "60")
        undo_operation(undone, _last(store), today=date(2026, 3, 1))
    roll_over(daily, date(2026, 4, 1))
    for store in (daily, late):
        set_setting(Store.open(str(store.path), Origin("2026-04-01T05:00:00+00:00", "x@y")), "window_days", "30")
        roll_over(store, date(2026, 4, 10))
    windows = [{row[0]: row[4] for row in tables(store)["period"]} for store in (daily, late)]
    assert windows[0] == windows[1]
    assert windows[0]["2026-Q2"] == "2026-07-14"


def _last(store: Store) -> int:
    with closing(sqlite3.connect(store.path)) as connection:
        (number,) = connection.execute("SELECT max(seq) FROM operation").fetchone()
    return int(number)


def test_a_period_opened_late_closes_in_the_same_run_by_the_window_of_its_own_night(
    fresh: Callable[..., Store],
) -> None:
    daily, late = fresh(name="daily"), fresh(name="late")
    for store in (daily, late):
        roll_over(store, date(2026, 1, 5))
    roll_over(daily, date(2026, 4, 1))
    for store in (daily, late):
        set_setting(at(store, "2026-05-01"), "window_days", "60")
        done = roll_over(store, date(2026, 7, 20), allow_unrated=True)
        assert "2026-Q2" in done.closed
    assert tables(late) == tables(daily)


def test_a_window_set_while_the_clock_was_ahead_counts_from_when_the_clock_was_right(
    fresh: Callable[..., Store],
) -> None:
    store = fresh()
    roll_over(store, date(2026, 1, 5))
    set_setting(at(store, "2027-02-01"), "window_days", "30")
    set_employee(at(store, "2026-02-02"), BUDI, rank="III/d", today=date(2026, 2, 2))
    roll_over(at(store, "2026-06-01"), date(2026, 6, 1))
    assert {row[0]: row[4] for row in tables(store)["period"]}["2026-Q2"] == "2026-07-30"


def test_a_period_that_kept_no_days_before_its_end_has_those_set_when_it_was_opened(
    fresh: Callable[..., Store],
) -> None:
    """As stores have them whose periods were opened before this was noted; what was undone is not read."""
    store = fresh()
    with at(store, "2026-01-05").writing("period.open") as operation:
        operation.period_code = "2026-Q1"
        operation.facts["added"] = 0
    open_period(store, "2026-Q1", today=date(2026, 1, 5))
    undo_operation(store, _last(store), today=date(2026, 1, 5))
    set_setting(at(store, "2026-01-06"), "window_days_before", "40")
    open_period(store, "2026-Q1", today=date(2026, 1, 6))
    set_setting(at(store, "2026-01-07"), "window_days_before", "7")
    with store.reading() as connection:
        assert every_days_before(connection)["2026-Q1"] == days_before(connection, "2026-Q1") == 40


def test_a_cadence_set_within_a_quarter_says_who_goes_on_as_before(fresh: Callable[..., Store]) -> None:
    store = fresh("monthly")
    roll_over(store, date(2026, 4, 2))
    done = set_setting(store, "part_time_cadence", "same", today=date(2026, 4, 6), dry_run=True)
    assert (done.operation, done.kept, done.kept_until) == (None, {"part_time": "quarterly"}, date(2026, 6, 30))
    done = set_setting(store, "cadence", "quarterly", today=date(2026, 4, 6))
    assert (done.kept, done.kept_until) == ({"full_time": "monthly"}, date(2026, 6, 30))
    assert set_setting(store, "cadence", "monthly", today=date(2026, 4, 6)).kept == {}
    assert set_setting(store, "window_days", "20", today=date(2026, 4, 6)).kept_until is None


def test_a_period_from_before_the_agency_began_is_filled_in_on_whatever_night_it_was_opened(
    fresh: Callable[..., Store],
) -> None:
    """Nobody could have rated in time here; so it is as well where the agency asked for such periods later."""
    store = fresh()
    set_setting(at(store, "2026-06-20"), "cadence", "monthly")
    daily, late = fresh(name="daily"), fresh(name="late")
    for one in (daily, late):
        copyfile(store.path, one.path)
    roll_over(daily, date(2026, 6, 21))
    for one in (daily, late):
        roll_over(one, date(2026, 8, 1))
        days = {row[0]: row[9] for row in tables(one)["period"]}
        assert (days["2026-03"], days["2026-07"], days["2026"]) == ("2026-06-20", "2026-07-01", "2026-01-02")
        assert _rated(one, "2026-03", date(2026, 8, 1)) == ""
        assert _rated(one, "2026-06", date(2026, 8, 1)) == "window-ended"
    assert tables(late) == tables(daily)


def test_who_turns_out_to_have_left_before_a_period_is_not_in_it_in_either_store(
    fresh: Callable[..., Store],
) -> None:
    daily, late = fresh(name="daily"), fresh(name="late")
    for store in (daily, late):
        roll_over(store, date(2026, 1, 5))
    roll_over(daily, date(2026, 4, 1))
    for store in (daily, late):
        set_employee(store, BUDI, status="retired", since=date(2026, 3, 28), today=date(2026, 4, 2))
        roll_over(store, date(2026, 4, 20), allow_unrated=True)
    assert tables(late) == tables(daily)
    rows = {str(row[0]): row[-2] for row in tables(daily)["appraisal"] if row[1] == BUDI}
    assert rows == {"2026": "2026-03-28", "2026-Q1": "2026-03-28"}


def _rated(store: Store, code: str, today: date) -> str:
    """How a plain rating of somebody is refused, if it is."""
    try:
        record_score(store, BUDI, code, today=today, hasil="sesuai", perilaku="sesuai")
    except KinerjaError as refused:
        return refused.code
    return ""


def test_each_period_is_one_operation_and_a_dry_run_tells_the_same(fresh: Callable[..., Store]) -> None:
    store = fresh("monthly")
    before = store.path.read_bytes()
    told = roll_over(store, date(2026, 4, 20), allow_unrated=True, dry_run=True)
    assert store.path.read_bytes() == before
    done = roll_over(store, date(2026, 4, 20), allow_unrated=True)
    assert (told.opened, told.closed, told.unrated) == (done.opened, done.closed, done.unrated)
    assert len(done.operations) == len(done.opened) + len(done.closed)
    assert done.opened == ("2026", "2026-01", "2026-Q1", "2026-02", "2026-03", "2026-Q2", "2026-04")
    assert done.closed == ("2026-01", "2026-02", "2026-Q1", "2026-03")
    assert done.unrated == {"2026-01": 4, "2026-02": 4, "2026-Q1": 1, "2026-03": 4}


def test_what_waits_is_told_by_a_dry_run_too(fresh: Callable[..., Store]) -> None:
    store = fresh()
    told = roll_over(store, date(2026, 4, 20), dry_run=True)
    assert (told, told.closed) == (roll_over(store, date(2026, 4, 20), dry_run=True), ())
    assert told.unrated == roll_over(store, date(2026, 4, 20)).unrated


def test_a_run_that_fails_keeps_what_was_done_before_and_goes_on_from_there(
    fresh: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, whole = fresh(name="broken"), fresh(name="whole")
    real = open_or_add

    def broken(*arguments: Any, **named: Any) -> tuple[int, int]:  # noqa: ANN401 - passed on as they came
        if "2026-Q2" in repr(arguments):
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    monkeypatch.setattr("kinerja_cli.actions.rollover.open_or_add", broken)
    done = roll_over(store, date(2026, 7, 1), allow_unrated=True)
    assert isinstance(done.stopped, OSError)
    assert done.opened[:2] == ("2026", "2026-01")
    assert "2026-Q2" not in done.opened
    assert "2026-Q3" not in done.opened
    monkeypatch.undo()
    assert roll_over(store, date(2026, 7, 1), allow_unrated=True).opened[0] == "2026-Q2"
    roll_over(whole, date(2026, 7, 1), allow_unrated=True)
    assert tables(store) == tables(whole)


def test_two_runs_that_saw_the_same_things_due_do_each_once(
    fresh: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other run comes between this one's look at what is due and its first step."""
    store, alone = fresh(name="shared"), fresh(name="alone")
    day = date(2026, 4, 20)
    real, between = rollover._asked, list[RolledOver]()

    def looked(*arguments: object, **named: object) -> object:
        due = real(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came
        monkeypatch.setattr(rollover, "_asked", real)
        between.append(roll_over(open_store(store.path), day, allow_unrated=True))
        return due

    monkeypatch.setattr(rollover, "_asked", looked)
    second = roll_over(store, day, allow_unrated=True)
    assert (second.opened, second.closed, second.operations, second.stopped) == ((), (), (), None)
    assert len(between[0].opened) > 3
    roll_over(alone, day, allow_unrated=True)
    assert (tables(store), kinds(store)) == (tables(alone), kinds(alone))


@pytest.mark.parametrize(
    ("zone", "instant", "opened"),
    [
        (zone, instant, turned)
        for zone, hour in (("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15))
        for instant, turned in (
            (datetime(2026, 12, 31, hour, 0, tzinfo=UTC), True),
            (datetime(2026, 12, 31, hour - 1, 59, 59, tzinfo=UTC), False),
            (datetime(2026, 12, 31, 17, 30, tzinfo=UTC), True),
        )
    ],
)
def test_the_year_turns_at_midnight_of_the_agency(
    fresh: Callable[..., Store], zone: str, instant: datetime, opened: bool
) -> None:
    store = fresh()
    roll_over(store, date(2026, 12, 30))
    done = roll_over(store, day_in(instant, ZoneInfo(zone)))
    assert ("2027" in done.opened) is opened


def test_a_new_period_never_closes_another_of_its_kind(fresh: Callable[..., Store]) -> None:
    store = fresh()
    roll_over(store, date(2026, 4, 1))
    states = {row[0]: row[5] for row in tables(store)["period"]}
    assert (states["2026-Q1"], states["2026-Q2"]) == ("open", "open")


def test_those_with_a_cadence_of_their_own_are_in_its_periods_and_in_the_year(fresh: Callable[..., Store]) -> None:
    store = fresh("monthly")
    roll_over(store, date(2026, 1, 15))
    people = {code: {row[1] for row in tables(store)["appraisal"] if row[0] == code} for code in ("2026-01", "2026-Q1")}
    assert people["2026-Q1"] == {DODI}
    assert people["2026-01"] == {str(one[0]) for one in PEOPLE}
    assert len([row for row in tables(store)["appraisal"] if row[0] == "2026"]) == 5


def test_a_cadence_that_nobody_has_opens_nothing_and_troubles_nobody(tmp_path: Path) -> None:
    db = tmp_path / "kinerja.db"
    command(db, "init", "--agency", "Kota Contoh")
    command(db, "settings", "set", "part_time_cadence", "monthly")
    assert isinstance(roll_over(open_store(db), date(2026, 1, 15)).stopped, NobodyToAppraise)
    command(db, "staff", "import", roster(tmp_path / "roster.xlsx"))
    done = roll_over(open_store(db), date(2026, 3, 20))
    assert (done.opened, done.closed, done.unrated, done.stopped) == (("2026", "2026-Q1"), (), {}, None)


def test_part_timers_who_are_all_gone_keep_no_period_waiting(fresh: Callable[..., Store], tmp_path: Path) -> None:
    store = fresh("monthly")
    command(store.path, "staff", "set", DODI, "--status", "retired", "--since", "2025-12-01")
    done = roll_over(store, date(2026, 4, 20), allow_unrated=True)
    assert done.stopped is None
    assert [code for code in (*done.opened, *done.closed) if "Q" in code] == []


def test_an_open_period_keeps_who_takes_part_when_the_setting_changes(fresh: Callable[..., Store]) -> None:
    store = fresh("monthly")
    roll_over(store, date(2026, 1, 15))
    command(store.path, "settings", "set", "part_time_cadence", "same")
    assert open_period(store, "2026-Q1", today=date(2026, 1, 15)).added == 0
    roll_over(store, date(2026, 2, 1))
    participants = {row[0]: row[7] for row in tables(store)["period"]}
    assert participants == {"2026": "everybody", "2026-01": "full_time", "2026-Q1": "part_time", "2026-02": "full_time"}
