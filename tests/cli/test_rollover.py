"""The command for cron: silent where it may be, plain where it must be, and careful with the clock."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kinerja_cli.actions.clock import ClockAhead, check_clock, confirm_clock
from kinerja_cli.cli.ping import exit_code_of
from kinerja_cli.cli.store import today
from kinerja_cli.domain.clock import day_in
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from tests.builders import BUDI, Kinerja
from tests.cli.kept import done_at


def test_nothing_due_is_silence_but_an_object_in_json(agency: Kinerja) -> None:
    agency.json("period", "rollover", "--as-of", "2026-04-20")
    ran = agency("period", "rollover", "--as-of", "2026-04-21")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert agency.json("period", "rollover", "--as-of", "2026-04-21") == {
        "as_of": "2026-04-21",
        "opened": [],
        "closed": [],
        "unrated": {"2026-Q1": 4},
        "operations": [],
        "objections": {},
    }


def test_a_failure_says_what_was_done_before_it_then_what_why_and_how_to_mend_it(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kinerja_cli.actions.periods import NobodyToAppraise, open_or_add

    def broken(*arguments: Any, **named: Any) -> tuple[int, int]:  # noqa: ANN401 - passed on as they came
        if "2026-Q2" in repr(arguments):
            raise NobodyToAppraise("2026-Q2")
        return open_or_add(*arguments, **named)

    monkeypatch.setattr("kinerja_cli.actions.rollover.open_or_add", broken)
    ran = agency("period", "rollover", "--as-of", "2026-04-20", "--format", "json")
    assert (ran.code, ran.data["opened"], ran.error["code"]) == (5, ["2026", "2026-Q1"], "nobody-to-appraise")
    assert ran.error["hint"]
    assert [row["period"] for row in agency.json("period", "list")] == ["2026", "2026-Q1"]
    again = agency("period", "rollover", "--as-of", "2026-04-20", "--format", "json")
    assert (again.code, again.out, again.error["code"]) == (5, "", "nobody-to-appraise")


def test_a_day_far_after_the_last_operation_is_refused_unless_it_is_meant(agency: Kinerja) -> None:
    agency.json("settings", "set", "since", "2099-01-01")
    before = agency.snapshot()
    for words in ([], ["--dry-run"]):
        ran = agency("period", "rollover", "--as-of", "2099-12-31", *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "clock-ahead")
        assert "--catch-up" in ran.error["hint"]
    assert agency.snapshot() == before
    done = agency.json("period", "rollover", "--as-of", "2099-12-31", "--catch-up")
    assert done["opened"] == ["2099", "2099-Q1", "2099-Q2", "2099-Q3", "2099-Q4"]


def test_two_years_without_a_run_are_caught_up_with(agency: Kinerja) -> None:
    done_at(agency, "2030-01-01T00:00:00+00:00")
    confirm_clock(Store.open(str(agency.db), Origin("2030-01-01T00:00:00+00:00", "siti@bkd")))
    assert agency("period", "rollover", "--as-of", "2032-01-03", "--dry-run").code == 0
    assert agency("period", "rollover", "--as-of", "2032-01-04", "--dry-run").code == 5


def idle(kinerja: Kinerja, *days: str) -> Kinerja:
    """A store made on the first of some days, on the others of which somebody set a setting."""
    from kinerja_cli.actions.agency import init_agency

    made, *others = (f"{day}T02:00:00+00:00" for day in days)
    init_agency(str(kinerja.db), Origin(made, "siti@bkd"), {"agency": "Lama"}, today=date.fromisoformat(days[0]))
    for number, at in enumerate(others, 15):
        done_at(kinerja, at, str(number))
    return kinerja


def test_a_command_by_a_clock_far_ahead_does_not_lift_the_guard(kinerja: Kinerja) -> None:
    idle(kinerja, "2019-03-01", "2019-05-02", "2024-01-01", "2024-01-02")
    ran = kinerja("settings", "set", "window_days", "20")
    assert (ran.code, ran.err.count("warning[clock-far-ahead]: The clock says ")) == (0, 1)
    assert "2019-05-02 09:00:00+07:00" in ran.err
    assert "kinerja period rollover --clock-is-right" in ran.err
    for words in ([], ["--dry-run"], ["--as-of", "2024-01-03"]):
        ran = kinerja("period", "rollover", *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "clock-ahead")


def test_a_clock_far_ahead_is_refused_whatever_day_is_named(kinerja: Kinerja) -> None:
    idle(kinerja, "2019-03-01")
    before = kinerja.snapshot()
    ran = kinerja("period", "rollover", "--as-of", "2019-06-01", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "clock-ahead")
    assert "2019-03-01 09:00:00+07:00" in ran.error["message"]
    assert "2019-06-01" not in ran.error["message"]
    assert kinerja.snapshot() == before
    ran = kinerja("period", "rollover", "--as-of", "2019-06-01", "--catch-up")
    assert (ran.code, "error[nobody-to-appraise]" in ran.err) == (5, True)
    assert [row["kind"] for row in kinerja.json("history")] == ["clock.confirm", "agency.init"]


@pytest.mark.parametrize("words", ["--clock-is-right", "--catch-up"])
def test_one_command_vouches_for_the_clock_of_a_store_that_was_idle(kinerja: Kinerja, words: str) -> None:
    idle(kinerja, "2019-03-01", "2024-01-01")
    assert "error[nobody-to-appraise]" in kinerja("period", "rollover", "--catch-up", "--dry-run").err
    assert kinerja("period", "rollover", "--format", "json").error["code"] == "clock-ahead"
    assert kinerja("period", "rollover", words, "--format", "json").error["code"] == "nobody-to-appraise"
    assert [row["kind"] for row in kinerja.json("history")].count("clock.confirm") == 1
    ran = kinerja("settings", "set", "window_days", "30")
    assert (ran.code, "clock" in ran.err) == (0, False)
    assert kinerja("period", "rollover", "--format", "json").error["code"] == "nobody-to-appraise"


def test_a_clock_far_ahead_that_was_set_right_leaves_nothing_once_somebody_says_so(agency: Kinerja) -> None:
    done_at(agency, "2098-01-01T00:00:00+00:00")
    assert agency("period", "rollover", "--format", "json").error["code"] == "clock-behind"
    assert agency("period", "rollover", "--clock-is-right").code == 0
    ran = agency("settings", "set", "window_days", "20")
    assert (ran.code, "clock" in ran.err) == (0, False)
    done_at(agency, "2098-01-01T00:00:00+00:00", "30")
    ahead = Store.open(str(agency.db), Origin("2098-01-02T00:00:00+00:00", "siti@bkd"))
    with pytest.raises(ClockAhead):
        check_clock(ahead)


def test_a_clock_set_back_opens_nothing_and_fails_until_somebody_says_that_it_is_right(agency: Kinerja) -> None:
    done_at(agency, "2098-01-01T00:00:00+00:00")
    before = agency.snapshot()
    ran = agency("--quiet", "period", "rollover")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.startswith("error[clock-behind]: The clock says ")
    assert "2098-01-01 07:00:00+07:00" in ran.err
    assert "--clock-is-right" in ran.err
    in_json = agency("period", "rollover", "--format", "json")
    assert (in_json.code, in_json.out, in_json.error["code"]) == (5, "", "clock-behind")
    with Service(200).running() as service:
        assert agency("period", "rollover", "--ping-url", service.url).code == 5
        assert service.paths == ["/ping/abc/start", "/ping/abc/5"]
    assert agency("period", "rollover", "--clock-is-right", "--dry-run").code == 2
    assert agency.snapshot() == before
    ran = agency("period", "rollover", "--clock-is-right")
    assert (ran.code, "2026-Q1" in ran.out, "The clock counts as right from now on." in ran.err) == (0, True, True)
    kinds = [row["kind"] for row in agency.json("history")]
    ran = agency("--quiet", "period", "rollover", "--clock-is-right")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert [row["kind"] for row in agency.json("history")] == kinds
    assert kinds.count("clock.confirm") == 1
    done_at(agency, "2097-01-01T00:00:00+00:00", "16")
    assert agency("period", "rollover").code == 5


def test_today_never_lies_before_a_day_on_which_something_was_done(agency: Kinerja) -> None:
    agency.json("period", "rollover", "--as-of", "2026-01-05")
    opened = {row["period"]: row["window_ends"] for row in agency.json("period", "list")}
    assert opened["2026-Q1"] == "2026-04-14"
    done_at(agency, "2098-01-01T00:00:00+00:00")
    words = ("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--late")
    ran = agency(*words)
    assert ran.err.count("warning[clock-set-back]: The clock says ") == 1
    assert "2098-01-01 counts as today" in ran.err
    assert agency.json("staff", "exclude", BUDI, "--reason", "KPU", "--from", "2097-12-31")["operation"]


def test_a_clock_set_back_within_the_day_changes_nothing(agency: Kinerja) -> None:
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    done_at(agency, now.replace(hour=23, minute=59).astimezone(UTC).isoformat(timespec="seconds"))
    ran = agency("period", "rollover")
    assert (ran.code, "clock" in ran.err) == (0, False)


def test_a_slip_of_the_year_opens_no_periods_of_the_past(agency: Kinerja) -> None:
    before = agency.snapshot()
    for words in ([], ["--dry-run"]):
        ran = agency("period", "rollover", "--as-of", "2016-04-20", *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (5, "before-since")
        assert "settings set since 2016-01-01" in ran.error["hint"]
    assert agency.snapshot() == before
    agency.json("settings", "set", "since", "2025-01-01")
    assert agency.json("period", "rollover", "--as-of", "2025-02-01")["opened"] == ["2025", "2025-Q1"]


def test_a_year_of_which_there_is_a_period_is_no_slip(agency: Kinerja) -> None:
    agency.json("period", "open", "2024-Q1")
    assert agency.json("period", "rollover", "--as-of", "2024-02-01")["opened"] == ["2024"]


def test_a_day_that_somebody_gives_does_not_depend_on_the_clock(agency: Kinerja) -> None:
    done_at(agency, "2098-01-01T00:00:00+00:00")
    assert agency.json("period", "rollover", "--as-of", "2026-01-05")["opened"] == ["2026", "2026-Q1"]


def test_a_clock_that_is_a_little_late_is_believed(agency: Kinerja) -> None:
    done_at(agency, datetime.now(UTC).isoformat(timespec="seconds"))
    ran = agency("period", "rollover", "--dry-run")
    assert (ran.code, "clock-behind" in ran.err) == (0, False)


@pytest.mark.parametrize("zone", ["WIB", "WITA", "WIT"])
@pytest.mark.parametrize("host", ["UTC", "Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_is_that_of_the_agency_whatever_the_zone_of_the_host(
    agency: Kinerja, monkeypatch: pytest.MonkeyPatch, zone: str, host: str
) -> None:
    agency.json("settings", "set", "timezone", zone)
    zone_info = ZoneInfo(agency.json("settings", "get", "timezone")["value"])
    store = Store.open(str(agency.db), Origin("2026-01-05T02:00:00+00:00", "siti@bkd"))
    monkeypatch.setenv("TZ", host)
    time.tzset()
    try:
        # Midnight may come in between, so the day is asked for before and after.
        before, told, after = day_in(datetime.now(UTC), zone_info), today(store), day_in(datetime.now(UTC), zone_info)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert before <= told <= after


def test_two_processes_at_once_open_each_period_once(agency: Kinerja) -> None:
    words = [sys.executable, "-m", "kinerja_cli", "--db", str(agency.db), "period", "rollover"]
    words += ["--as-of", "2026-07-20", "--allow-unrated", "--format", "json"]
    runs = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) for _ in range(2)]
    told = [run.communicate(timeout=60) for run in runs]
    assert [(run.returncode, err) for run, (_out, err) in zip(runs, told, strict=True)] == [(0, b""), (0, b"")]
    rows = [row for row in agency.json("history") if row["kind"].startswith("period.")]
    steps = [(row["kind"], row["period"]) for row in reversed(rows)]
    assert sorted(steps) == sorted(set(steps))
    assert [code for kind, code in steps if kind == "period.open"] == ["2026", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert [code for kind, code in steps if kind == "period.close"] == ["2026-Q1", "2026-Q2"]
    silent = agency("period", "rollover", "--as-of", "2026-07-20", "--allow-unrated")
    assert (silent.code, silent.out, silent.err) == (0, "", "")


class Service:
    """A monitoring service on this machine, and what it was told."""

    def __init__(self, status: int) -> None:
        calls = self.calls = list[tuple[str, str, str | None]]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append((self.command, self.path, self.headers["Content-Length"]))
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server gives
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/ping/abc"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def paths(self) -> list[str]:
        return [path for _method, path, _length in self.calls]

    @contextmanager
    def running(self) -> Iterator["Service"]:
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_a_monitoring_service_is_told_of_start_and_exit_and_nothing_else(agency: Kinerja) -> None:
    with Service(200).running() as service:
        assert agency("period", "rollover", "--as-of", "2026-01-05", "--ping-url", service.url).code == 0
        assert service.calls == [("GET", "/ping/abc/start", None), ("GET", "/ping/abc/0", None)]
        service.calls.clear()
        ran = agency("period", "rollover", "--as-of", "2026-01-05", "--ping-url", f"{service.url}/?create=1#x")
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert service.paths == ["/ping/abc/start?create=1", "/ping/abc/0?create=1"]


def test_the_address_can_come_from_a_file_that_nobody_else_reads(agency: Kinerja) -> None:
    with Service(200).running() as service:
        (agency.folder / "alamat").write_text(f"\n {service.url} \n# Healthchecks\n", encoding="utf-8")
        words = ("period", "rollover", "--as-of", "2026-01-05", "--ping-url")
        assert agency(*words, f"@{agency.folder / 'alamat'}").code == 0
        assert service.paths == ["/ping/abc/start", "/ping/abc/0"]
        for wrong in ("@", f"@{agency.folder / 'tiada'}", f"@{agency.folder}", f"@{agency.db}"):
            ran = agency(*words, wrong)
            assert ran.code == 2, wrong
            assert "--ping-url" in ran.err


@pytest.mark.parametrize(
    ("words", "code"), [(["--as-of", "2099-12-31"], 5), (["--as-of", "x"], 2), (["--db", "nowhere"], 6)]
)
def test_a_failure_is_told_with_its_exit_code(agency: Kinerja, words: list[str], code: int) -> None:
    if words[0] == "--db":
        agency.db = agency.folder / "nowhere.db"
        words = []
    with Service(200).running() as service:
        assert agency("period", "rollover", *words, "--ping-url", service.url).code == code
        assert service.paths == ["/ping/abc/start", f"/ping/abc/{code}"]


def test_nothing_is_told_by_a_dry_run(agency: Kinerja) -> None:
    with Service(200).running() as service:
        assert agency("period", "rollover", "--as-of", "2026-01-05", "--dry-run", "--ping-url", service.url).code == 0
        assert service.calls == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_service_that_refuses_is_one_warning_and_no_failure(agency: Kinerja, status: int) -> None:
    with Service(status).running() as service:
        ran = agency("--quiet", "period", "rollover", "--as-of", "2026-01-05", "--ping-url", service.url)
    assert ran.code == 0
    assert ran.err.count("warning[ping-failed]: 127.0.0.1 could not be told") == 1
    assert "abc" not in ran.err
    assert len(agency.json("period", "list")) == 2


def test_a_service_that_is_not_there_is_one_warning_and_no_failure(agency: Kinerja) -> None:
    url = Service(200)
    url._server.server_close()
    ran = agency("period", "rollover", "--as-of", "2026-01-05", "--ping-url", url.url)
    assert (ran.code, ran.err.count("ping-failed")) == (0, 1)
    in_json = agency("period", "rollover", "--as-of", "2026-01-05", "--ping-url", url.url, "--format", "json")
    assert (in_json.code, in_json.data["opened"]) == (0, [])
    assert in_json.err.startswith('{"warning": {"code": "ping-failed"')


@pytest.mark.parametrize(
    "url", ["", "ping.example", "ftp://ping.example/x", "file:///etc/passwd", "http://", "http://[x", "http://a b/c"]
)
def test_an_address_that_cannot_be_called_is_refused_before_anything_is_done(agency: Kinerja, url: str) -> None:
    before = agency.snapshot()
    for words in ([], ["--dry-run"]):
        ran = agency("period", "rollover", "--as-of", "2026-01-05", "--ping-url", url, *words, "--format", "json")
        assert (ran.code, ran.error["code"]) == (2, "usage")
    assert agency.snapshot() == before


def test_every_way_to_end_has_the_exit_code_that_is_told() -> None:
    ended = [KeyboardInterrupt(), SystemExit(143), SystemExit(None), ZeroDivisionError(), PermissionError(13, "no")]
    assert [int(exit_code_of(one)) for one in ended] == [130, 143, 1, 1, 6]


def test_a_closing_record_that_a_killed_rollover_did_not_write_is_written_by_the_next(kinerja: Kinerja) -> None:
    kinerja.begin()
    kinerja.json("period", "open", "2026-Q1")
    kinerja.json("period", "close", "2026-Q1", "--allow-unrated")
    (record,) = kinerja.folder.glob("kinerja.db.manifests/2026-Q1-*.json")
    record.unlink()
    assert kinerja("period", "rollover", "--as-of", "2026-04-01", "--dry-run").code == 0
    assert not record.exists()
    assert kinerja("period", "rollover", "--as-of", "2026-04-01").code == 0
    assert record.exists()
