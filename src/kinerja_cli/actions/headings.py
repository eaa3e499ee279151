"""Which heading holds which field, kept by name for the next file from the same source."""

import json
import re
from collections.abc import Mapping
from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError, UsageError
from kinerja_cli.storage.ledger import Operation
from kinerja_cli.storage.store import Connection, Store
from kinerja_cli.storage.store.settings import load_settings, save_setting

MAPPING = "map."
"""What the settings that hold mappings begin with."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class MappingNotSaved(KinerjaError):
    """No mapping of that name was ever saved."""

    code = "mapping-not-saved"
    exit = Exit.NOT_FOUND

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(
            _("No mapping was saved as {name}.").format(name=name),
            _("Saved: {names}.").format(names=", ".join(names))
            if names
            else _("Write --map FIELD=HEADING, and --save-map {name} to keep it.").format(name=name),
        )


def load_mappings(connection: Connection) -> dict[str, dict[str, str]]:
    """Every mapping that is kept, by name: field to heading."""
    return {
        key.removeprefix(MAPPING): json.loads(value)
        for key, value in sorted(load_settings(connection).items())
        if key.startswith(MAPPING) and value
    }


def saved_mappings(store: Store) -> dict[str, dict[str, str]]:
    """Every mapping that the store keeps."""
    with store.reading() as connection:
        return load_mappings(connection)


def check_mapping_name(name: str) -> str:
    """The name of a mapping, in small letters. Raises UsageError."""
    kept = name.strip().lower()
    if _NAME.fullmatch(kept) is None:
        raise UsageError(
            _("{value} is no name for a mapping.").format(value=name or "''"),
            _("Use letters, digits and hyphens, for example --save-map dinas-kesehatan."),
        )
    return kept


def remember_mapping(operation: Operation, name: str, mapping: Mapping[str, str]) -> None:
    """Keep a mapping under a name that `check_mapping_name` has passed."""
    text = json.dumps(dict(sorted(mapping.items())), ensure_ascii=False)
    if load_settings(operation.connection).get(MAPPING + name) != text:
        save_setting(operation, MAPPING + name, text)


def forget_mapping(operation: Operation, name: str) -> None:
    """Keep a mapping no longer. Raises MappingNotSaved."""
    known = load_mappings(operation.connection)
    if name not in known:
        raise MappingNotSaved(name, sorted(known))
    save_setting(operation, MAPPING + name, "")
