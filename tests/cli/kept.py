"""What no command can say in a test that never reads the clock: how a period was opened, and whose the holidays are."""

from collections.abc import Iterable
from dataclasses import replace

from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import change_appraisals, find_appraisal
from kinerja_cli.storage.store.holidays import AgencyDay, save_agency_days
from kinerja_cli.storage.store.periods import change_period, find_stored_period
from tests.builders import Kinerja

ORIGIN = Origin("2026-01-02T02:00:00+00:00", "siti@bkd")


def opened_in_time(kinerja: Kinerja, code: str) -> None:
    """Let a period have been opened on its first day."""
    with Store.open(str(kinerja.db), ORIGIN).writing("test.opened") as operation:
        old = find_stored_period(operation.connection, code)
        assert old is not None
        change_period(operation, old, replace(old, opened_on=old.starts))


def done_at(kinerja: Kinerja, at: str, days: str = "15") -> None:
    """Let the last operation of the store be one of another time."""
    from kinerja_cli.actions.agency import set_setting

    set_setting(Store.open(str(kinerja.db), Origin(at, "siti@bkd")), "window_days", days)


def rated_by_region_head(kinerja: Kinerja, code: str, nip: str) -> None:
    """Let the head of the region be somebody's assessor in a period."""
    with Store.open(str(kinerja.db), ORIGIN).writing("test.region_head") as operation:
        old = find_appraisal(operation.connection, code, nip)
        assert old is not None
        change_appraisals(operation, [(old, replace(old, assessor_nip=None, assessor_rule="region_head"))])


def holidays(kinerja: Kinerja, days: Iterable[AgencyDay]) -> None:
    """Let the agency's own file have spoken of days."""
    with Store.open(str(kinerja.db), ORIGIN).writing("test.holidays") as operation:
        save_agency_days(operation, days)
