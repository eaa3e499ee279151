"""What the experiments share: processes that have loaded the program, stages of an agency, and the table at the end."""

from collections.abc import Iterator

import pytest

from tests.faults.outcomes import ALL, TRIED, table
from tests.faults.running import WORKERS, Crew
from tests.faults.stages import Stages


@pytest.fixture(scope="session")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """Processes to run commands with."""
    crew = Crew(tmp_path_factory.mktemp("crew"), WORKERS)
    yield crew
    crew.stop()


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """A small agency at every stage of a quarter, each made once."""
    return Stages(tmp_path_factory.mktemp("stages"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the one table of `make faults`."""
    if ALL and TRIED:
        terminalreporter.section("what was tried")
        for line in table():
            terminalreporter.write_line(line)
