"""A program with its own store for every test of the command line."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import Kinerja


@pytest.fixture
def kinerja(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kinerja:
    """The program in English, outside of any terminal, with a store that does not exist yet."""
    monkeypatch.setenv("KINERJA_LANG", "en")
    monkeypatch.delenv("KINERJA_DB", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    # Agencies of tests begin in the year of their periods, whatever year it is.
    monkeypatch.setattr("kinerja_cli.cli.agency.today_in", lambda _zone: date(2026, 1, 1))
    return Kinerja(capsys, tmp_path)


@pytest.fixture
def agency(kinerja: Kinerja) -> Kinerja:
    """The program with a small agency in its store."""
    return kinerja.begin()


@pytest.fixture
def begun(kinerja: Kinerja) -> Kinerja:
    """The program with nobody in its store."""
    return kinerja.begin([])
