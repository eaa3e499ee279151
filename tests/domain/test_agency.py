"""The agency's settings: each checked, each with a default that passes its own check."""

from datetime import date

import pytest

from kinerja_cli.domain.agency import SETTINGS, SettingInvalid, SettingUnknown, check_setting, read_agency
from kinerja_cli.domain.periods import PeriodKind
from kinerja_cli.errors import Exit


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("agency", " Kota  Contoh ", "Kota Contoh"),
        ("cadence", " Monthly", "monthly"),
        ("regulation", "pp-30-2019", "pp-30-2019"),
        ("timezone", "WITA", "Asia/Makassar"),
        ("timezone", " Asia/Jayapura", "Asia/Jayapura"),
        ("window_days", "014", "14"),
        ("window_days", "90", "90"),
        ("peer_opinion", "Ya", "yes"),
        ("peer_opinion", "no", "no"),
        ("since", "2025-01-01", "2025-01-01"),
    ],
)
def test_a_setting_is_kept_in_one_spelling(key: str, value: str, kept: str) -> None:
    assert check_setting(key, value) == kept


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("agency", " "),
        ("cadence", "weekly"),
        ("timezone", "Asia/Nowhere"),
        ("timezone", "../etc"),
        ("window_days", "91"),
        ("window_days", "-1"),
        ("window_days", "²"),
        ("peer_opinion", "maybe"),
        ("since", "31-13-2025"),
        ("since", ""),
    ],
)
def test_a_value_that_does_not_fit_is_refused(key: str, value: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        check_setting(key, value)
    assert (refused.value.code, refused.value.exit) == ("setting-invalid", Exit.USAGE)
    assert key in refused.value.message
    assert refused.value.hint


def test_an_unknown_setting_is_answered_with_those_there_are() -> None:
    with pytest.raises(SettingUnknown) as refused:
        check_setting("colour", "red")
    assert refused.value.exit == Exit.NOT_FOUND
    assert all(key in refused.value.hint for key in SETTINGS)


def test_every_default_but_the_name_passes_its_own_check() -> None:
    for key, setting in SETTINGS.items():
        assert key == "agency" or setting.check(setting.default) == setting.default
        assert setting.meaning


def test_the_agency_is_what_was_set_over_the_defaults() -> None:
    agency = read_agency({"agency": "Kota Contoh", "peer_opinion": "yes"})
    assert (agency.name, agency.cadence, agency.peer_opinion) == ("Kota Contoh", PeriodKind.QUARTERLY, True)
    assert (agency.timezone.key, agency.window_days, agency.since) == ("Asia/Jakarta", 14, date(2026, 1, 1))
