"""Name the rows of the ledger as people do: a person by name, a unit by its name, everything with its period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_cli.domain.names import display_name
from kinerja_cli.storage.ledger import Image, Value
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.changes import TABLES, key_values, last_known
from kinerja_cli.storage.store.staff import names_by_nip
from kinerja_cli.storage.store.units import load_units

_HUNDREDTHS = frozenset(("skp", "perilaku_score", "new_skp", "new_perilaku_score"))
_YES_OR_NO = frozenset(("anonymous", "final", "innovation", "late", "peer_opinion"))
_NAMES_PERSON = ("nip", "assessor_nip")
_NAMES_UNIT = ("unit_code", "code")
_HOLDS_NIP = frozenset(("nip", "assessor_nip", "delegate_nip", "head_nip", "giver_nip", "rated_by", "decided_by"))
_HOLDS_UNIT = frozenset(("unit_code", "parent_code"))
_UNSAID = frozenset(("nip", "span"))


@dataclass(frozen=True, slots=True)
class Named:
    """A row as people call it: the person or thing it is about, and which of several rows on it (`of`)."""

    nip: str | None
    name: str | None
    of: str


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what is called how."""

    people: Mapping[str, str]
    units: Mapping[str, str]

    @classmethod
    def known(cls, connection: Connection, nips: Iterable[str]) -> "Names":
        """The names of those people, also of those who are no longer on the roster, and of all units."""
        wanted = set(nips)
        people = {nip: person.display_name for nip, person in names_by_nip(connection, wanted).items()}
        for nip in wanted - people.keys():
            image = last_known(connection, nip)
            if image is not None:
                people[nip] = _person(image)
        return cls(people, {code: unit.name for code, unit in load_units(connection).items()})

    def of(self, relation: str, key: str, nip: str | None, image: Image) -> Named:
        """What a row is called; the image is what is known of it."""
        table = TABLES[relation]
        columns = [column.name for column in table.primary_key.columns]
        values = dict(zip(columns, key_values(table, key), strict=True))
        nip = nip or _text(next((values[name] for name in _NAMES_PERSON if name in values), None))
        of = "/".join(str(value) for name, value in values.items() if name not in _UNSAID and value != nip)
        if nip is not None:
            known = self.people.get(nip)
            return Named(nip, known or (_person(image) if relation == "staff" and image.get("name") else None), of)
        unit = next((str(values[name]) for name in _NAMES_UNIT if name in values), None)
        name = image.get("name") or (self.units.get(unit) if unit is not None else None)
        return Named(None, _text(name), of)

    def spelled(self, field: str, value: object) -> str | None:
        """The name of the person or unit that a field holds; None where it holds neither, or one unknown."""
        if field in _HOLDS_NIP and value in self.people:
            return f"{self.people[str(value)]} ({value})"
        return self.units.get(str(value)) if field in _HOLDS_UNIT else None


def nips_in(image: Image) -> set[str]:
    """The people whom the fields of a row name."""
    return {str(value) for field, value in image.items() if field in _HOLDS_NIP and value is not None}


def nip_of(relation: str, key: str, nip: str | None) -> str | None:
    """The person whom a row is about, where it is about one."""
    if nip is not None:
        return nip
    table = TABLES[relation]
    values = zip((column.name for column in table.primary_key.columns), key_values(table, key), strict=True)
    return next((str(value) for name, value in values if name in _NAMES_PERSON), None)


def as_said(field: str, value: Value) -> object:
    """A value as the program shows it elsewhere: scores as numbers, truth as truth."""
    if value is None:
        return None
    if field in _HUNDREDTHS:
        return Decimal(value) / 100
    return bool(value) if field in _YES_OR_NO else value


def _person(image: Image) -> str:
    return display_name(_text(image.get("front_title")), str(image.get("name")), _text(image.get("back_title")))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
