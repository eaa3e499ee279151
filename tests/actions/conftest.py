"""A store with a small agency in it, its first quarter open."""

from datetime import date
from pathlib import Path
from shutil import copyfile

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
ORIGIN = Origin(at="2026-04-02T01:00:00+00:00", actor="admin@bkd")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences in English, whatever a test before spoke."""
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with people and no period, to be copied: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("imported")
    store = init_agency(str(folder / "kinerja.db"), ORIGIN, {"agency": "Kota Contoh"}, today=TODAY)
    import_roster(store, read_sheets(roster(folder / "roster.xlsx"), Purpose.ROSTER), today=TODAY)
    return store.path


@pytest.fixture
def empty(imported: Path, tmp_path: Path) -> Store:
    """A store with people and no period."""
    copyfile(imported.with_name("roster.xlsx"), tmp_path / "roster.xlsx")
    return Store.open(str(copyfile(imported, tmp_path / imported.name)), ORIGIN)


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
