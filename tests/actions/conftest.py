"""A store with a small agency in it, its first quarter open."""

from datetime import date
from pathlib import Path

import pytest

from kinerja_cli.actions.agency import init_agency, set_setting
from kinerja_cli.actions.periods import open_period
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from kinerja_cli.workbooks.read import Purpose, read_sheets
from tests.builders import roster

TODAY = date(2026, 4, 2)
QUARTER = "2026-Q1"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences in English, whatever a test before spoke."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    """A store with people and no period."""
    origin = Origin(at="2026-04-02T01:00:00+00:00", actor="admin@bkd")
    store = init_agency(str(tmp_path / "kinerja.db"), origin, {"agency": "Kota Contoh"}, today=TODAY)
    import_roster(store, read_sheets(roster(tmp_path / "roster.xlsx"), Purpose.ROSTER), today=TODAY)
    return store


@pytest.fixture
def store(empty: Store) -> Store:
    """A store with people, and the first quarter open for them."""
    open_period(empty, QUARTER, today=TODAY)
    return empty


@pytest.fixture
def numeric(empty: Store) -> Store:
    """The same agency under the numeric regulation."""
    set_setting(empty, "regulation", "pp-30-2019")
    open_period(empty, QUARTER, today=TODAY)
    return empty
