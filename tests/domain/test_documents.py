"""The days of an evaluation document: in order, in the window or after it, never in the future."""

from datetime import date

import pytest

from kinerja_cli.domain.documents import DocumentDay, DocumentOrder, check_days, check_order

APRIL = {number: date(2026, 4, number) for number in range(1, 31)}


def test_days_in_order_are_taken_and_days_not_known_stand_in_nobodys_way() -> None:
    check_order({}, "BUDI")
    check_order({"received": APRIL[3]}, "BUDI")
    check_order({"signed": APRIL[2], "handed_over": APRIL[2], "received": APRIL[3], "returned": APRIL[9]}, "BUDI")
    check_order({"reported": APRIL[2], "signed": APRIL[2], "returned": APRIL[30]}, "BUDI")


@pytest.mark.parametrize(
    ("days", "earlier", "later"),
    [
        ({"signed": APRIL[9], "received": APRIL[3]}, "2026-04-09", "2026-04-03"),
        ({"handed_over": APRIL[9], "received": APRIL[3]}, "2026-04-09", "2026-04-03"),
        ({"signed": APRIL[1], "received": APRIL[9], "returned": APRIL[8]}, "2026-04-09", "2026-04-08"),
        ({"signed": APRIL[9], "reported": APRIL[8]}, "2026-04-09", "2026-04-08"),
    ],
)
def test_days_out_of_order_are_refused_with_both(days: dict[str, date], earlier: str, later: str) -> None:
    with pytest.raises(DocumentOrder) as refused:
        check_order(days, "BUDI")
    assert "BUDI" in refused.value.message
    assert earlier in refused.value.message
    assert later in refused.value.message


@pytest.mark.parametrize("day", [date(2026, 3, 16), date(2026, 4, 21)])
def test_a_day_before_the_window_or_in_the_future_is_refused(day: date) -> None:
    with pytest.raises(DocumentDay, match=day.isoformat()):
        check_days({"signed": day}, opens=date(2026, 3, 17), today=date(2026, 4, 20))
    check_days({"signed": date(2026, 3, 17), "received": APRIL[20]}, opens=date(2026, 3, 17), today=APRIL[20])
