"""What holds for every test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine

# A slow machine is no failure; on CI the same examples each time, so that a red run is red again.
settings.register_profile(
    "kinerja",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=200 if os.environ.get("KINERJA_FAULTS") else 50,
)
settings.load_profile("kinerja")

_MEMORY = Path("/dev/shm")
_ROOM = 2 << 30


def pytest_configure() -> None:
    """Keep the folders of tests in memory where it has room: nobody needs their stores to be on a disk.

    `make faults` stays on the disk, for it is about what a disk does.
    """
    if os.environ.get("KINERJA_FAULTS") or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Let all stores share what SQLAlchemy makes of a statement, which a process with one store makes once as well.

    Tests open thousands of stores in one process, and spent a third of their time on the same statements.
    """
    first: list[Engine] = []

    def make(*arguments: Any, **named: Any) -> Engine:  # noqa: ANN401 - whatever the program tells the real one
        engine = create_engine(*arguments, **named)
        if first:
            engine.dialect = engine.pool._dialect = first[0].dialect
            engine._compiled_cache = first[0]._compiled_cache
        else:
            first.append(engine)
        return engine

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kinerja_cli.storage.database.create_engine", make)
        yield
