"""Put together everything that is held about one person, with its trail: the answer to who asks what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from kinerja_cli.actions.lookup import require_nip
from kinerja_cli.actions.ratings_given import stored_value
from kinerja_cli.actions.refusals import NipNotFound
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.dossiers import fields_changed, givers_by_key, sheltered
from kinerja_cli.domain.names import display_name
from kinerja_cli.domain.units import UnitTree
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.dossiers import (
    StoredChange,
    changes_of,
    feedback_by,
    last_image,
    mentions_of,
    named_in,
    rows_about,
)
from kinerja_cli.storage.store.reads import READ_OF, Read, reads_of
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.units import load_units

SECTIONS = {
    "placements": "placement",
    "standings": "standing",
    "leads": "unit_head",
    "headships": "headship",
    "acting": "acting",
    "delegations": "delegation",
    "exclusions": "exclusion",
    "appraisals": "appraisal",
    "documents": "document_day",
    "objections": "objection",
}
"""The parts of a dossier that are rows of one table, as they are kept."""

_HUNDREDTHS = frozenset(("skp", "perilaku_score", "new_skp", "new_perilaku_score"))
_FEEDBACK = "feedback"
_PARTS_OF_A_NAME = ("front_title", "name", "back_title")

_Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is held about a person; who is not `on_roster` any more is told of as the ledger last knew them.

    `parts` are the rows of each part, `units` what the units in them are called. `named_in` counts the rows about
    others that name the person, `trail` is what every operation changed, `mentions` the operations that wrote such
    rows about others, and `reads` the lists and files that the person was in, or may have been in.
    """

    nip: str
    name: str
    made_at: str
    on_roster: bool
    person: _Row
    parts: dict[str, list[_Row]]
    feedback_received: list[_Row]
    feedback_given: list[_Row]
    units: dict[str, str] = field(default_factory=dict)
    named_in: list[_Row] = field(default_factory=list)
    trail: list[_Row] = field(default_factory=list)
    mentions: list[_Row] = field(default_factory=list)
    reads: list[_Row] = field(default_factory=list)

    def as_dict(self) -> _Row:
        """The keys promised to scripts."""
        return {
            "nip": self.nip,
            "name": self.name,
            "made_at": self.made_at,
            "on_roster": self.on_roster,
            "person": self.person,
            **self.parts,
            "feedback_received": self.feedback_received,
            "feedback_given": self.feedback_given,
            "named_in": self.named_in,
            "trail": self.trail,
            "mentions": self.mentions,
            "reads": self.reads,
        }


def dossier(store: Store, text: str, *, name_givers: bool = False) -> Dossier:
    """Everything held about the person with a NIP, also where only the ledger still knows them. Raises NipNotFound.

    Givers of feedback by peers and subordinates are named only where `name_givers` asks for it; those who gave it
    anonymously are kept nowhere.
    """
    nip = require_nip(text)
    with store.reading() as connection:
        zone = read_agency(load_settings(connection)).timezone
        tree = UnitTree(load_units(connection))
        rows = rows_about(connection, nip)
        changes = changes_of(connection, nip)
        mentions = mentions_of(connection, nip)
        if not changes and not mentions and not any(rows.values()):
            raise NipNotFound(nip)
        given = feedback_by(connection, nip)
        named = list(named_in(connection, nip))
        reads = reads_of(connection, nip)
    known: dict[str, Value] = rows["staff"][0] if rows["staff"] else last_image(changes)
    unit = known.get("unit_code")
    return Dossier(
        nip=nip,
        name=_name(known),
        made_at=_local(store.origin.at, zone),
        on_roster=bool(rows["staff"]),
        person={"nip": nip, **known, "unit": tree.path(unit if isinstance(unit, str) else None) or None},
        parts={part: [_spoken(row) for row in rows[table]] for part, table in SECTIONS.items()},
        feedback_received=[dict(row if name_givers else sheltered(row, str(row["giver"]))) for row in rows[_FEEDBACK]],
        feedback_given=[_given(row) for row in given],
        units={code: unit.name for code, unit in tree.units.items()},
        named_in=[
            {"table": table, "field": column, "period": period, "rows": count} for table, column, period, count in named
        ],
        trail=_trail(changes, zone, name_givers=name_givers),
        mentions=[
            {
                "operation": one.operation,
                "at": _local(one.at, zone),
                "actor": one.actor,
                "kind": one.kind,
                "table": one.relation,
                "rows": one.rows,
            }
            for one in mentions
        ],
        reads=[_read(one, zone) for one in reads],
    )


def _trail(changes: Sequence[StoredChange], zone: ZoneInfo, *, name_givers: bool) -> list[_Row]:
    """Every change, with what it did to each field; a row that was only read is told of among the reads."""
    givers = givers_by_key(
        (one.key, image) for one in changes if one.relation == _FEEDBACK for image in (one.before, one.after)
    )
    trail: list[_Row] = []
    for one in changes:
        if one.relation == READ_OF:
            continue
        before, after = one.before, one.after
        if one.relation == _FEEDBACK and not name_givers:
            giver = givers.get(one.key)
            before = None if before is None else sheltered(before, giver)
            after = None if after is None else sheltered(after, giver)
        action = "added" if one.before is None else "removed" if one.after is None else "changed"
        trail.append(
            {
                "operation": one.operation,
                "at": _local(one.at, zone),
                "actor": one.actor,
                "kind": one.kind,
                "reason": one.reason,
                "table": one.relation,
                "key": one.key,
                "action": action,
                "changes": [
                    {"field": name, "old": _value(name, old), "new": _value(name, new)}
                    for name, old, new in fields_changed(before, after)
                ],
            }
        )
    return trail


def _given(row: dict[str, Value]) -> _Row:
    """Feedback that the person gave: their own words, and about whom."""
    return {name: row[name] for name in ("given_on", "nip", "name", "giver", "aspect", "tone", "text")}


def _read(one: Read, zone: ZoneInfo) -> _Row:
    return {
        "operation": one.operation,
        "at": _local(one.at, zone),
        "actor": one.actor,
        "command": one.command,
        "people": one.people,
        "of": one.of,
        "form": one.form,
        "file": one.file,
        "certain": one.certain,
    }


def _spoken(row: dict[str, Value]) -> _Row:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Value) -> object:
    """A value as people and scripts get it: scores as numbers, not as the hundredths they are kept in."""
    return stored_value(value) if name in _HUNDREDTHS and isinstance(value, int) else value


def _name(row: dict[str, Value]) -> str:
    front, name, back = (None if row.get(part) is None else str(row[part]) for part in _PARTS_OF_A_NAME)
    return display_name(front, name or "", back)


def _local(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).isoformat(timespec="seconds")
