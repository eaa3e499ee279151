"""Make a store, and keep the agency's settings."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.actions.cadences import load_cadences
from kinerja_cli.actions.headings import MAPPING, forget_mapping
from kinerja_cli.domain.agency import CADENCE_SETTINGS, SETTINGS, Agency, SettingInvalid, check_setting, read_agency
from kinerja_cli.domain.organisation_rules import (
    DISTRIBUTIONS,
    DistributionUnknown,
    OrganisationRules,
    load_distribution,
    read_distribution,
)
from kinerja_cli.domain.periods import PeriodKind, quarter_on
from kinerja_cli.domain.regulation import (
    REGULATIONS,
    Regulation,
    RegulationUnknown,
    load_regulation,
    read_regulation,
)
from kinerja_cli.files import read_plain
from kinerja_cli.storage.ledger import Operation, Origin
from kinerja_cli.storage.store import Connection, Store, create_store
from kinerja_cli.storage.store.periods import load_periods
from kinerja_cli.storage.store.settings import (
    load_regulation_text,
    load_settings,
    save_regulation,
    save_setting,
)

_PATTERNS = "distribution:"
"""What the ids of files of patterns begin with in the store, so that none is taken for a regulation."""


@dataclass(frozen=True, slots=True)
class SettingShown:
    """A setting with its value, where that comes from, and what it means."""

    key: str
    value: str
    is_default: bool
    meaning: str


def init_agency(location: str, origin: Origin, wanted: dict[str, str], *, today: date, dry_run: bool = False) -> Store:
    """A new store for an agency: made whole, or not at all. Raises StoreExists where one stands."""
    checked = {key: check_setting(key, value) for key, value in ({"since": f"{today.year}-01-01"} | wanted).items()}
    text = _regulation_file(checked)
    if text is None:
        load_regulation(checked.get("regulation", SETTINGS["regulation"].default))

    def fill(operation: Operation) -> None:
        for key, value in ({"store_id": secrets.token_hex(16)} | checked).items():
            save_setting(operation, key, value)
        if text is not None:
            save_regulation(operation, checked["regulation"], text)
        operation.facts["agency"] = checked["agency"]

    return create_store(location, origin, fill, dry_run=dry_run)


def load_agency(store: Store) -> Agency:
    """The agency's settings as the program uses them."""
    with store.reading() as connection:
        return read_agency(load_settings(connection))


def list_settings(store: Store) -> list[SettingShown]:
    """Every setting with its value and meaning."""
    with store.reading() as connection:
        kept = load_settings(connection)
    return [
        *(
            SettingShown(key, kept.get(key, setting.default), key not in kept, _(setting.meaning))
            for key, setting in SETTINGS.items()
        ),
        *(
            SettingShown(key, value, False, _("headings of a source of files, kept with --save-map"))
            for key, value in sorted(kept.items())
            if key.startswith(MAPPING) and value
        ),
    ]


@dataclass(frozen=True, slots=True)
class SettingSet:
    """The operation that changed a setting, if anything changed, and the value it has now.

    `kept` are the cadences that groups of people keep until `kept_until`, since their quarter has begun with it.
    """

    operation: int | None
    value: str
    kept: Mapping[str, PeriodKind] = field(default_factory=dict)
    kept_until: date | None = None


def set_setting(store: Store, key: str, value: str, *, today: date | None = None, dry_run: bool = False) -> SettingSet:
    """Change a setting; a regulation or a distribution may also be the path of a file, whose text is then kept.

    `today` is asked for what a new cadence leaves as it is.
    """
    if key.startswith(MAPPING):
        return _set_mapping(store, key, value, dry_run=dry_run)
    checked = {key: check_setting(key, value)}
    text = _regulation_file(checked)
    patterns = _distribution_file(checked)
    with store.writing("settings.set", dry_run=dry_run) as operation:
        if key == "regulation" and text is None:
            regulation_by_id(operation.connection, checked[key])
        if text is not None:
            save_regulation(operation, checked[key], text)
        if key == "distribution" and patterns is None:
            distribution_by_id(operation.connection, checked[key])
        if patterns is not None:
            save_regulation(operation, f"{_PATTERNS}{checked[key]}", patterns)
        save_setting(operation, key, checked[key])
        operation.facts.update({"key": key, "value": checked[key]})
        quarter = None if today is None or key not in CADENCE_SETTINGS else quarter_on(today)
        kept = (
            {}
            if quarter is None
            else load_cadences(operation.connection, load_periods(operation.connection)).waiting(quarter)
        )
    return SettingSet(operation.seq, checked[key], kept, quarter.ends if quarter is not None and kept else None)


def _set_mapping(store: Store, key: str, value: str, *, dry_run: bool) -> SettingSet:
    """Forget a saved mapping, which is all that can be set of it here."""
    if value.strip():
        raise SettingInvalid(key, value, _("nothing at all ('') to forget it; --save-map keeps one"))
    with store.writing("settings.set", dry_run=dry_run) as operation:
        forget_mapping(operation, key.removeprefix(MAPPING))
        operation.facts.update({"key": key, "value": ""})
    return SettingSet(operation.seq, "")


def regulation_by_id(connection: Connection, regulation_id: str) -> Regulation:
    """A regulation that ships with the program, or one the agency brought itself."""
    text = load_regulation_text(connection, regulation_id)
    if text is not None:
        return read_regulation(text)
    if regulation_id not in REGULATIONS:
        raise RegulationUnknown(regulation_id)
    return load_regulation(regulation_id)


def distribution_by_id(connection: Connection, distribution_id: str) -> OrganisationRules:
    """The rules on organisation predikat that ship with the program, or those the agency brought itself."""
    text = load_regulation_text(connection, f"{_PATTERNS}{distribution_id}")
    if text is not None:
        return read_distribution(text)
    if distribution_id not in DISTRIBUTIONS:
        raise DistributionUnknown(distribution_id)
    return load_distribution(distribution_id)


def _distribution_file(checked: dict[str, str]) -> str | None:
    """The text of a file of patterns named by its path; the setting then holds the id the file gives itself."""
    named = checked.get("distribution")
    if named is None or not named.endswith(".toml"):
        return None
    try:
        text = read_plain(Path(named).expanduser())
    except (OSError, UnicodeDecodeError) as error:
        raise DistributionUnknown(named) from error
    checked["distribution"] = read_distribution(text).id
    return text


def _regulation_file(checked: dict[str, str]) -> str | None:
    """The text of a regulation named by its file; the setting then holds the id the file gives itself."""
    named = checked.get("regulation")
    if named is None or not named.endswith(".toml"):
        return None
    path = Path(named).expanduser()
    try:
        text = read_plain(path)
    except (OSError, UnicodeDecodeError) as error:
        raise RegulationUnknown(named) from error
    checked["regulation"] = read_regulation(text).id
    return text
