"""Tell which people's data left the store between two days, by whom and how, with the draft of a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from gettext import gettext as _
from zoneinfo import ZoneInfo

from kinerja_cli.actions.backups import list_backups
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.clock import day_in
from kinerja_cli.domain.notices import Concerned, Disclosure, Incident, notice
from kinerja_cli.errors import KinerjaError, UsageError
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import load_head
from kinerja_cli.storage.store.reads import Read, people_read, reads_between
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import names_by_nip


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What is on record of data that left, and the draft of the notice about it."""

    incident: Incident
    text: str

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        found = self.incident
        return {
            "from": found.since.isoformat(),
            "to": found.until.isoformat(),
            "made_at": found.made_at,
            "people": len(found.people),
            "largest_unlisted": found.largest,
            "reads": [read_as_dict(one) for one in found.disclosures],
            "concerned": [{"nip": one.nip, "name": one.name, "times": one.times} for one in found.people],
            "backups": list(found.copies),
            "notice": self.text,
        }


def read_as_dict(one: Disclosure) -> dict[str, object]:
    """One list or file, by the keys promised to scripts."""
    return {
        "operation": one.operation,
        "at": one.at,
        "actor": one.actor,
        "place": one.place,
        "command": one.command,
        "to": one.taken,
        "sha256": one.sha256,
        "people": one.people,
        "listed": one.listed,
        "of": one.chosen,
        "data": one.data,
    }


def incident_report(store: Store, since: date, until: date) -> IncidentReport:
    """What left from one day to another, both included, as the agency's calendar has them."""
    if until < since:
        raise UsageError(
            _("{until} lies before {since}.").format(until=until.isoformat(), since=since.isoformat()),
            _("Give the first day with --from and the last with --to."),
        )
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        zone = agency.timezone
        first, end = _moment(since, zone), _moment(until + timedelta(days=1), zone)
        reads = reads_between(connection, first, end)
        counted = people_read(connection, first, end)
        names = names_by_nip(connection, (nip for nip, _times in counted))
        sequence, hash_, _at = load_head(connection)
    people = [Concerned(nip, names[nip].display_name if nip in names else "-", times) for nip, times in counted]
    incident = Incident(
        agency=agency.name,
        since=since,
        until=until,
        zone=zone.key,
        made_at=_local(store.origin.at, zone),
        head=f"operasi {sequence}, {hash_}",
        disclosures=[_disclosure(one, zone) for one in reads],
        people=people,
        copies=_copies(store, since, until, zone),
    )
    return IncidentReport(incident, notice(incident))


def _disclosure(one: Read, zone: ZoneInfo) -> Disclosure:
    return Disclosure(
        operation=one.operation,
        at=_local(one.at, zone),
        actor=one.actor,
        place=_place(one.context),
        command=one.command,
        taken=one.file or f"{one.form} (pipa)",
        sha256=one.sha256,
        people=one.people,
        listed=one.listed,
        chosen=", ".join(f"{name} {value}" for name, value in sorted(one.of.items())),
    )


def _place(context: Mapping[str, object]) -> str:
    """Where it was done from, as far as that is on record: host, terminal, the address logged in from, and as whom."""
    told = {name: context.get(name) for name in ("host", "terminal", "ssh", "sudo_user")}
    return ", ".join(f"{name} {value}" for name, value in told.items() if value)


def _copies(store: Store, since: date, until: date, zone: ZoneInfo) -> list[str]:
    """The backups made in that time in the folder where they usually are."""
    try:
        backups = list_backups(str(store.path))
    except (KinerjaError, OSError):
        return []
    return [
        f"{path.name} ({_local(manifest.at, zone)})"
        for path, manifest, own in backups
        if own and since <= day_in(datetime.fromisoformat(manifest.at), zone) <= until
    ]


def _moment(day: date, zone: ZoneInfo) -> str:
    """When a day begins, as the ledger writes moments."""
    return datetime.combine(day, time.min, zone).astimezone(UTC).isoformat(timespec="seconds")


def _local(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).isoformat(" ", "seconds")
