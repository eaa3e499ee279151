"""Numbers and days far beyond what anybody means are refused in a sentence, wherever an option takes one."""

import pytest

from tests.builders import ANI, BUDI, Kinerja

DAYS = ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31", "1-1-1899")
NUMBERS = ("9" * 23, "9223372036854775808", "9" * 5_000, "²", "1e400", "nan")

WITH_A_DAY = (
    ("status", "--as-of"),
    ("deadlines", "--as-of"),
    ("check", "--as-of"),
    ("report", "missing", "2026-Q1", "--as-of"),
    ("retention", "plan", "--as-of"),
    ("period", "rollover", "--catch-up", "--dry-run", "--as-of"),
    ("explain", BUDI, "--on"),
    ("history", "--since"),
    ("history", "--until"),
    ("incident", "report", "--to", "2026-01-01", "--from"),
    ("incident", "report", "--from", "2026-01-01", "--to"),
    ("settings", "holidays", "remove"),
    ("staff", "set", BUDI, "--unit", "U1", "--since"),
    ("staff", "delegate", ANI, "--to", BUDI, "--from"),
    ("staff", "delegate", ANI, "--to", BUDI, "--until"),
    ("staff", "exclude", BUDI, "--reason", "Tugas belajar", "--from"),
    ("staff", "exclude", BUDI, "--reason", "Tugas belajar", "--until"),
    ("unit", "set", "U2", "--head", BUDI, "--since"),
    ("unit", "acting", "U2", "--nip", BUDI, "--from"),
    ("unit", "rate", "2026-Q1", "U2", "baik", "--issued"),
    ("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--rated-on"),
    ("score", "dates", "2026-Q1", BUDI, "--signed"),
    ("objection", "file", BUDI, "2026-Q1", "--reason", "Keliru", "--received"),
    ("objection", "file", BUDI, "2026-Q1", "--reason", "Keliru", "--filed"),
    ("objection", "decide", "1", "--upheld", "--date"),
    ("feedback", "add", BUDI, "--from", "atasan", "--text", "Rapi", "--date"),
)
WITH_A_NUMBER = (
    ("history", "--limit"),
    ("history", "show"),
    ("undo", "--dry-run"),
    ("report", "summary", "2026-Q1", "--suppress"),
    ("report", "distribution", "2026-Q1", "--suppress"),
    ("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai", "--skp"),
    ("objection", "show"),
    ("objection", "decide", "--upheld"),
    ("settings", "holidays", "list"),
    ("settings", "set", "window_days"),
    ("settings", "set", "window_days_before"),
    ("settings", "set", "retention_period_years"),
    ("settings", "set", "retention_staff_years"),
    ("period", "show"),
    ("period", "open"),
)


@pytest.fixture
def opened(agency: Kinerja) -> Kinerja:
    agency.json("period", "open", "2026-Q1")
    return agency


@pytest.mark.parametrize("words", WITH_A_DAY, ids=" ".join)
def test_a_day_at_the_edge_of_the_calendar_is_no_fault(opened: Kinerja, words: tuple[str, ...]) -> None:
    for day in DAYS:
        ran = opened(*words, day)
        assert ran.code in (2, 4, 5), (day, ran.err)
        assert "Traceback" not in ran.err
    assert opened("history").code == 0


@pytest.mark.parametrize("words", WITH_A_NUMBER, ids=" ".join)
def test_a_number_that_nothing_has_is_no_fault(opened: Kinerja, words: tuple[str, ...]) -> None:
    for number in NUMBERS:
        ran = opened(*words, number)
        wide = words[-1] in ("--limit", "--suppress") and number.isascii() and number.isdigit() and len(number) < 99
        assert ran.code in ((0,) if wide else (2, 3, 4)), (number[:30], ran.err)


def test_a_rotation_may_keep_more_than_there_are(opened: Kinerja) -> None:
    assert opened("backup", "create", "--keep", "daily=999999999").code == 0
    assert opened("backup", "create", "--keep", f"daily={'9' * 5_000}").code == 2
