"""The agency's settings: what they mean, what they may be, and what holds where nobody said otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kinerja_cli.domain.dates import read_date
from kinerja_cli.domain.periods import PeriodKind
from kinerja_cli.domain.retention import MOST_YEARS, read_years
from kinerja_cli.domain.text import clean_text, whole_number
from kinerja_cli.errors import N_, Exit, KinerjaError

DEFAULT_REGULATION: Final = "permenpanrb-6-2022"
DEFAULT_DISTRIBUTION: Final = "se-3-2023"
LONGEST_WINDOW: Final = 90
"""Days; a longer window would run into the next period's."""


class SettingUnknown(KinerjaError):
    """There is no such setting."""

    code = "setting-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, key: str) -> None:
        super().__init__(
            _("There is no setting {key}.").format(key=key),
            _("Settings are: {keys}.").format(keys=", ".join(SETTINGS)),
        )


class SettingInvalid(KinerjaError):
    """The value does not fit the setting."""

    code = "setting-invalid"
    exit = Exit.USAGE

    def __init__(self, key: str, value: str, allowed: str) -> None:
        super().__init__(
            _("{value} is no value for the setting {key}.").format(key=key, value=value or "''"),
            _("Allowed: {allowed}.").format(allowed=allowed),
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its meaning, its default, and the check that gives the value as it is kept."""

    meaning: str
    default: str
    allowed: str
    check: Callable[[str], str | None]


def _name(value: str) -> str | None:
    return clean_text(value) or None


def _choice(*values: str) -> Callable[[str], str | None]:
    return lambda value: value.strip().lower() if value.strip().lower() in values else None


def _zone(value: str) -> str | None:
    known = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
    name = known.get(value.strip().lower(), value.strip())
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return name


def _days(value: str) -> str | None:
    number = whole_number(value.strip(), LONGEST_WINDOW)
    return None if number is None else str(number)


def _folder(value: str) -> str | None:
    named = value.strip()
    # A relative path would name another folder wherever kinerja is started.
    return named if not named or named.startswith(("/", "~")) or named[1:3] in (":\\", ":/") else None


def _truth(value: str) -> str | None:
    spoken = value.strip().lower()
    if spoken in ("yes", "ya", "true", "1"):
        return "yes"
    return "no" if spoken in ("no", "tidak", "false", "0") else None


def _day(value: str) -> str | None:
    day = read_date(value).day
    return None if day is None else day.isoformat()


SETTINGS: Final[Mapping[str, Setting]] = {
    "agency": Setting(N_("name of the agency, as summaries print it"), "", N_("any name"), _name),
    "cadence": Setting(
        N_("how often people are appraised besides the year (PermenPANRB 6/2022 Pasal 24)"),
        "quarterly",
        "quarterly, monthly",
        _choice("quarterly", "monthly"),
    ),
    "regulation": Setting(
        N_("the regulation that periods opened from now on follow"),
        DEFAULT_REGULATION,
        N_("permenpanrb-6-2022, pp-30-2019, or a regulation file"),
        _name,
    ),
    "distribution": Setting(
        N_("how the predikat of a unit's people should be distributed by its organisation predikat"),
        DEFAULT_DISTRIBUTION,
        N_("se-3-2023, or a file of patterns"),
        _name,
    ),
    "timezone": Setting(
        N_("the zone that decides which day it is: WIB, WITA, WIT or an IANA name"),
        "Asia/Jakarta",
        "WIB, WITA, WIT, Asia/Jakarta …",
        _zone,
    ),
    "window_days": Setting(
        N_("days after the end of a month or quarter in which it can be appraised; a year's window is fixed"),
        "14",
        f"0-{LONGEST_WINDOW}",
        _days,
    ),
    "window_days_before": Setting(
        N_("days before the end of a period from which on it is appraised; who leads a unit then rates"),
        "14",
        f"0-{LONGEST_WINDOW}",
        _days,
    ),
    "part_time_cadence": Setting(
        N_("how often PPPK paruh waktu are appraised, where it differs from the others"),
        "same",
        "same, quarterly, monthly",
        _choice("same", "quarterly", "monthly"),
    ),
    "work_days": Setting(
        N_("working days a week, where a unit has no week of its own"),
        "5",
        "5, 6",
        _choice("5", "6"),
    ),
    "shared_leave": Setting(
        N_("whether shared leave (cuti bersama) is no working day"),
        "yes",
        "yes, no",
        _truth,
    ),
    "count_from": Setting(
        N_("where counting in working days begins: on the next working day, or on the same day"),
        "next",
        "next, same",
        _choice("next", "same"),
    ),
    "region_head": Setting(
        N_("the head of the region (Kepala Daerah), who rates the heads of perangkat daerah; has no NIP"),
        "Kepala Daerah",
        N_("any name"),
        _name,
    ),
    "leavers_in_base": Setting(
        N_("whether people rated who left before the end of a period count in its distribution"),
        "no",
        "yes, no",
        _truth,
    ),
    "close_with_objections": Setting(
        N_("what closing a period does while objections in it are undecided"),
        "refuse",
        "refuse, allow",
        _choice("refuse", "allow"),
    ),
    "peer_opinion": Setting(
        N_("under PP 30/2019: whether colleagues and subordinates are heard (60/40 instead of 70/30)"),
        "no",
        "yes, no",
        _truth,
    ),
    "backup_dir": Setting(
        N_("the folder of backups, best on another disk; beside the store where it is not set"),
        "",
        N_("a folder, from the root on; '' for the one beside the store"),
        _folder,
    ),
    "retention_period_years": Setting(
        N_("years after its window for which a closed period is kept; check it against the archive schedule (JRA)"),
        "10",
        f"1-{MOST_YEARS}, never",
        read_years,
    ),
    "retention_staff_years": Setting(
        N_("years for which a person who left is kept; check it against the archive schedule (JRA)"),
        "10",
        f"1-{MOST_YEARS}, never",
        read_years,
    ),
    "since": Setting(
        N_("rollover opens no periods of years before this day"),
        "2026-01-01",
        N_("a date such as 2026-01-01"),
        _day,
    ),
}
"""Every setting by its key."""


CADENCE_SETTINGS: Final = ("cadence", "part_time_cadence")
"""The settings that say which parts a year has for whom."""


@dataclass(frozen=True, slots=True)
class Agency:
    """The settings as the program uses them."""

    name: str
    cadence: PeriodKind
    regulation: str
    timezone: ZoneInfo
    window_days: int
    peer_opinion: bool
    since: date
    window_days_before: int = 14
    part_time_cadence: PeriodKind | None = None
    work_days: int = 5
    shared_leave: bool = True
    count_same_day: bool = False
    region_head: str = "Kepala Daerah"
    leavers_in_base: bool = False
    close_with_objections: bool = False
    distribution: str = DEFAULT_DISTRIBUTION


def check_setting(key: str, value: str) -> str:
    """The value as it is kept. Raises SettingUnknown or SettingInvalid."""
    setting = SETTINGS.get(key)
    if setting is None:
        raise SettingUnknown(key)
    kept = setting.check(value)
    if kept is None:
        raise SettingInvalid(key, value, _(setting.allowed))
    return kept


def read_agency(kept: Mapping[str, str]) -> Agency:
    """The agency from the settings that were set, and the defaults of the rest."""
    values = {key: kept.get(key, setting.default) for key, setting in SETTINGS.items()}
    return Agency(
        name=values["agency"],
        cadence=PeriodKind(values["cadence"]),
        regulation=values["regulation"],
        timezone=ZoneInfo(values["timezone"]),
        window_days=int(values["window_days"]),
        peer_opinion=values["peer_opinion"] == "yes",
        since=date.fromisoformat(values["since"]),
        window_days_before=int(values["window_days_before"]),
        part_time_cadence=_other_cadence(values["part_time_cadence"], values["cadence"]),
        work_days=int(values["work_days"]),
        shared_leave=values["shared_leave"] == "yes",
        count_same_day=values["count_from"] == "same",
        region_head=values["region_head"],
        leavers_in_base=values["leavers_in_base"] == "yes",
        close_with_objections=values["close_with_objections"] == "allow",
        distribution=values["distribution"],
    )


def _other_cadence(part_time: str, cadence: str) -> PeriodKind | None:
    """The cadence of PPPK paruh waktu where it is not that of everybody."""
    return None if part_time in ("same", cadence) else PeriodKind(part_time)
