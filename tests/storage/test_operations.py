"""What is asked of the ledger as a whole."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from kinerja_cli.storage.store import operations
from kinerja_cli.storage.tables import OPERATION

YEARS = st.lists(st.integers(2020, 2032), min_size=1, max_size=9)


@pytest.mark.parametrize("block", [1, 2, 3, 1000])
@given(years=YEARS, after=st.integers(0, 9))
def test_the_first_gap_is_found_however_the_ledger_is_cut_into_blocks(block: int, years: list[int], after: int) -> None:
    times = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=at) for at, year in enumerate(years)]
    wanted = next((one for one, next_ in pairwise(times[after:]) if next_.year - one.year > 3), None)
    engine = create_engine("sqlite://")
    with engine.begin() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "_BLOCK", block)
        OPERATION.create(connection)
        told = {"kind": "x", "actor": "x", "context": "{}", "facts": "{}"} | dict.fromkeys(
            ("digest", "previous", "hash"), "0" * 64
        )
        connection.execute(
            OPERATION.insert(),
            [{"seq": at, "at": one.isoformat(), "changes": 0} | told for at, one in enumerate(times, 1)],
        )
        found = operations.first_gap(
            connection, after=after, is_gap=lambda one, next_: (next_ - one) > timedelta(days=3 * 366)
        )
    engine.dispose()
    assert found == wanted
